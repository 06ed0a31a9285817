"""``python -m tui_backprop`` is ``tui-backprop``."""

from tui_backprop.cli.main import run

if __name__ == "__main__":
    run()
