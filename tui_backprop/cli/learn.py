"""``learn``: a lesson, on its screen or as plain lines."""

from __future__ import annotations

from argparse import Namespace

from tui_backprop import course


def run(arguments: Namespace) -> int:
    """Open the lesson; an error in its name or file is reported before there is a screen."""
    lesson = course.load_lesson(arguments.lesson)
    if arguments.plain or arguments.spoken:
        from tui_backprop.cli.learn_plain import read_plainly

        return read_plainly(lesson, arguments)
    from tui_backprop.terminal.tutor_app import open_tutor

    return open_tutor(arguments.lesson, ascii_only=arguments.ascii, no_colour=arguments.no_color,
                      notation=arguments.notation)
