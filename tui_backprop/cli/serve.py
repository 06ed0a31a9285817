"""``serve``: the tutor in a browser, for a room without SSH."""

from __future__ import annotations

import socket
from argparse import Namespace
from pathlib import Path

from tui_backprop.cli.verb import UsageError
from tui_backprop.course.files import format_path, printable
from tui_backprop.records.folder import records_folder


def run(arguments: Namespace) -> int:
    """Serve until Ctrl-C; on the loopback address unless another is given."""
    try:
        from tui_backprop.web.server import TutorServer
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is missing: pip install 'tui-backprop[web]'") from None
    from tui_backprop.web.visitors import Visitors

    folder = (Path(arguments.records) if arguments.records else records_folder().with_name("visitors")).absolute()
    if arguments.visitors < 1 or arguments.memory < 0:
        raise UsageError("--visitors is 1 or more, and --memory 0 or more")
    sockets = _listen(arguments.host, arguments.port)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"{format_path(folder)}: this folder cannot be made ({error.strerror}): "
                         "name another with --records") from None
    visitors = Visitors(folder, arguments.visitors)
    TutorServer(visitors, arguments.host, sockets, asks_names=arguments.names, memory=arguments.memory).serve()
    return 0


def _listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen, one for each address of the host. Raises UsageError where one cannot be listened on."""
    if not 0 <= port <= 65535:
        raise UsageError(f"--port {port}: a port is a number from 1 to 65535, or 0 for any that is free")
    found: list[socket.socket] = []
    try:
        for family, _, _, _, address in dict.fromkeys(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            free = found[0].getsockname()[1] if found else port  # all on the same port
            found.append(socket.create_server((str(address[0]), free), family=family))
        return found
    except (OSError, UnicodeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "no such host"
        raise UsageError(f"nothing can listen on {printable(host)}, port {port} ({why}): "
                         "give another --host or --port") from None
