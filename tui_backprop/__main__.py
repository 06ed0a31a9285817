"""``python -m tui_backprop`` and the console command. Interrupted while it is loaded, it ends without a word."""

import sys

_signal = sys.modules["_signal"]  # Python itself begins with it; ``signal`` is a file that loads others
_signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # an exception would be told in twenty lines


def run() -> None:
    """Run the call in ``sys.argv``; ends the process with its exit status."""
    from tui_backprop.garbage import put_off_garbage

    put_off_garbage()
    from tui_backprop.cli.main import run as run_call

    run_call()


if __name__ == "__main__":
    run()
