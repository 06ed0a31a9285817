"""``serve``: the tutor in a browser, for a room without SSH."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tui_backprop.cli.verb import UsageError
from tui_backprop.records.folder import records_folder


def run(arguments: Namespace) -> int:
    """Serve until Ctrl-C; loopback unless told otherwise."""
    try:
        from tui_backprop.web.server import TutorServer
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is missing: pip install 'tui-backprop[web]'") from None
    from tui_backprop.web.visitors import Visitors

    folder = Path(arguments.records) if arguments.records else records_folder().with_name("visitors")
    visitors = Visitors(folder.absolute(), arguments.visitors)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    TutorServer(visitors, arguments.host, arguments.port, asks_names=arguments.names, memory=arguments.memory).serve()
    return 0
