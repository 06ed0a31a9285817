"""The server: pages, cookies, and a process of the tutor for each browser, over textual-serve."""

from __future__ import annotations

import asyncio
import logging
import shlex
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from tui_backprop.course.files import printable
from tui_backprop.web.visitors import Visitors, is_key, key_of_name, new_key

COOKIE = "tui-backprop-learner"
_YEAR = 365 * 24 * 3600
_PATIENCE = 5.0
"""Seconds that a process gets to end once its browser has gone."""
_LARGEST_MESSAGE = 1024 * 1024
_USUAL_SIZE = {"width": 80, "height": 24}
_LARGEST_SIDE = 500
_PAGES = Path(__file__).parent

log = logging.getLogger("tui-backprop")


class OneLine(logging.Formatter):
    """A line for each message; what any stranger's request makes the library raise is named, not traced."""

    def format(self, record: logging.LogRecord) -> str:
        """The message, and the kind of the exception that goes with it."""
        line = printable(" ".join(f"tui-backprop: {record.getMessage()}".split()))
        kind = record.exc_info[0] if record.exc_info else None
        return f"{line} ({kind.__name__})" if kind else line


class Tutor(AppService):
    """One visitor's process. ``state`` is the folder of the visitor's records."""

    def __init__(self, command: str, state: Path, socket: web.WebSocketResponse, server: TutorServer) -> None:
        super().__init__(
            command, write_bytes=socket.send_bytes, write_str=socket.send_str, close=_closing(socket),
            download_manager=server.download_manager)
        self._state = state

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), "TUI_BACKPROP_STATE": str(self._state),
                "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

    async def run(self) -> None:
        """Pass on what the process prints, until it ends."""
        with suppress(asyncio.CancelledError):  # of the reading of its errors, which may not have begun
            await super().run()

    async def until_ended(self) -> None:
        """Wait until the process has gone, and what it printed has been passed on."""
        assert self._process is not None
        assert self._task is not None
        gone = asyncio.create_task(self._process.wait())
        await asyncio.wait((self._task, gone), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait((self._task,), timeout=_PATIENCE)
        gone.cancel()

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Pass on a new size, at most that of a real screen. Raises TypeError for what are no numbers."""
        await super().set_terminal_size(_limit(width), _limit(height))

    async def end(self) -> None:
        """Ask the process to end, and kill it if it does not."""
        if self._process is None:
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.stop()
                await self._process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()


class TutorServer(Server):
    """Serves the tutor. ``asks_names``: the first page asks for a name; otherwise a cookie tells visitors apart.

    ``sockets`` listen on the one port of ``host``. ``memory``: the most address space that one visitor's process may
    take, in MB; 0 for no limit.
    """

    def __init__(
        self, visitors: Visitors, host: str, sockets: Sequence[socket.socket], *, asks_names: bool, memory: int
    ) -> None:
        super().__init__("tui-backprop", host=host, port=sockets[0].getsockname()[1], title="Back-propagation by hand")
        self._sockets = sockets
        self._visitors = visitors
        self._asks_names = asks_names
        self._memory = memory

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl-C or SIGTERM; the address is printed once the server can be reached."""
        del debug  # of textual-serve; it shows its log
        self.initialize_logging()
        loop = asyncio.new_event_loop()
        with suppress(NotImplementedError):  # on Windows, where Ctrl-C ends it all the same
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.request_exit)
        web.run_app(self._make_app(), sock=self._sockets, handle_signals=False, loop=loop, print=self._tell_where)

    def _tell_where(self, *_said: object) -> None:
        host = f"[{self.host}]" if ":" in self.host else self.host
        print(f"tui-backprop: open http://{host}:{self.port} in a browser; Ctrl-C ends", flush=True)

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: textual-serve's own greeting is left out."""

    def initialize_logging(self) -> None:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine())
        logging.basicConfig(level="WARNING", handlers=[handler])

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page with the terminal in it, or the one that asks for a name."""
        key = request.cookies.get(COOKIE, "")
        if self._asks_names:
            key = key_of_name(request.query.get("name", "")) or (key if key.startswith("name-") else "")
            if not is_key(key):
                return _page("name.html")
            if "name" in request.query:
                return _with_cookie(web.Response(status=303, headers={"Location": request.path}), key, request)
        if not is_key(key):
            key = new_key()
        if not self._visitors.has_room(key):
            return _page("full.html", 503)
        return _with_cookie(_page("page.html"), key, request)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Connect a browser's terminal with a process, which lives as long as the connection."""
        key = request.cookies.get(COOKIE, "")
        if not is_key(key) or not is_same_origin(request):
            raise web.HTTPForbidden(text="open the page first")
        with self._visitors.place(key) as is_there:
            if not is_there:
                raise web.HTTPServiceUnavailable(text="as many are here as there is room for: come back later")
            return await self._work(key, request)

    async def _work(self, key: str, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LARGEST_MESSAGE)
        await socket.prepare(request)
        tutor = Tutor(self._command_for(key), self._visitors.state_of(key), socket, self)
        try:
            width, height = (to_int(request.query.get(side, ""), usual) for side, usual in _USUAL_SIZE.items())
            await tutor.start(_limit(width), _limit(height))
            await _first_of(self._process_messages(socket, tutor), tutor.until_ended())
        except (ConnectionError, ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:
            log.warning("a browser sent what no terminal sends (%s)", type(error).__name__)
        finally:
            await tutor.end()
        await socket.close()
        return socket

    def _command_for(self, key: str) -> str:
        limit = f"ulimit -v {self._memory * 1024}; " if self._memory and sys.platform != "win32" else ""
        files = str(self._visitors.files_of(key))
        return limit + "exec " + shlex.join([sys.executable, "-m", "tui_backprop", "--confined", files])


def _page(name: str, status: int = 200) -> web.Response:
    return web.Response(text=(_PAGES / name).read_text("utf-8"), content_type="text/html", status=status)


def _with_cookie(response: web.Response, key: str, request: web.Request) -> web.Response:
    secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
    response.set_cookie(COOKIE, key, max_age=_YEAR, httponly=True, samesite="Strict", secure=secure)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _first_of(*waits: Coroutine[object, object, None]) -> None:
    """Wait for one of these, and stop the others. Raises what that one raises."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        for task in (await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED))[0]:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _closing(socket: web.WebSocketResponse) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        await socket.close()

    return close


def _limit(side: int) -> int:
    return min(max(side, 1), _LARGEST_SIDE)


def is_same_origin(request: web.Request) -> bool:
    """Does the request come from our own page? Otherwise another site could act in a visitor's name."""
    origin, host = request.headers.get("Origin"), request.headers.get("X-Forwarded-Host", request.host)
    return origin is None or origin in (f"http://{host}", f"https://{host}")
