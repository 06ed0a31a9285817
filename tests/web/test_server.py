"""The server's limits: visitors, windows of one visitor, memory; and what no terminal would send."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from tests.web.browser import DEADLINE
from tests.web.conftest import Serve
from tui_backprop.web.server import OneLine, is_same_origin

FULL = "As many are here as there is room for"


@asynccontextmanager
async def visitor(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody with cookies of their own."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        async with client.get(address) as page:
            assert page.status == 200
        yield client


async def first_bytes(socket: aiohttp.ClientWebSocketResponse) -> bytes:
    async with asyncio.timeout(DEADLINE):
        message = await socket.receive()
        while message.type not in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
            message = await socket.receive()
    return message.data if message.type is aiohttp.WSMsgType.BINARY else b""


async def until_sent(socket: aiohttp.ClientWebSocketResponse, wanted: bytes) -> None:
    """Until these bytes have come down a line that goes on."""
    came = b""
    async with asyncio.timeout(DEADLINE):
        while wanted not in came:
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT)
            came += message.data if isinstance(message.data, bytes) else b""


async def test_who_comes_when_all_places_are_taken_is_told_so_until_one_goes(serve: Serve) -> None:
    address = serve("--visitors", "2")
    async with visitor(address) as first, visitor(address) as second, visitor(address) as third:
        async with first.ws_connect(f"{address}ws") as one, second.ws_connect(f"{address}ws") as two:
            assert await first_bytes(one)
            assert await first_bytes(two)
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                await third.ws_connect(f"{address}ws")
            async with third.get(address) as page:
                assert page.status == 503
                assert FULL in await page.text()
        async with asyncio.timeout(DEADLINE):
            while True:
                async with third.get(address) as page:
                    if page.status == 200:
                        break
                await asyncio.sleep(0.05)
        async with third.ws_connect(f"{address}ws") as three:
            assert await first_bytes(three)


def test_what_a_strangers_request_raises_is_told_in_one_line() -> None:
    try:
        raise ValueError("a\nb")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "a request from\n%s", ("127.0.0.1",), sys.exc_info())
    assert OneLine().format(record) == "tui-backprop: a request from 127.0.0.1 (ValueError)"


async def test_nobody_takes_more_than_a_few_places(serve: Serve) -> None:
    address = serve()
    async with visitor(address) as greedy, visitor(address) as other:
        found = await asyncio.gather(*(greedy.ws_connect(f"{address}ws") for _ in range(8)), return_exceptions=True)
        assert sum(isinstance(each, aiohttp.WSServerHandshakeError) for each in found) == 4
        async with other.ws_connect(f"{address}ws") as socket:
            assert await first_bytes(socket)


async def test_a_visitor_cannot_take_more_memory_than_there_is_for_one(serve: Serve) -> None:
    """With too little to start in, the process ends; the server and its places stay."""
    address = serve("--memory", "40", "--visitors", "1")
    async with visitor(address) as client:
        for _ in range(2):
            async with client.ws_connect(f"{address}ws") as socket:
                assert await first_bytes(socket) == b""


SENT_BY_NO_TERMINAL = (
    "[]", "{}", "5", '["stdin", 5]', '["stdin"]', '["resize", {}]', '["resize", {"width": "a", "height": 1}]',
    '["resize", {"width": 1e300, "height": 1e300}]', "no JSON", "[" * 100_000,
)


async def test_what_no_terminal_sends_ends_that_line_alone(serve: Serve) -> None:
    """The line beside it goes on, and so does the server."""
    address = serve()
    async with visitor(address) as other, other.ws_connect(f"{address}ws") as beside:
        assert await first_bytes(beside)
        for message in SENT_BY_NO_TERMINAL:
            async with visitor(address) as client, client.ws_connect(f"{address}ws") as socket:
                assert await first_bytes(socket), message
                await socket.send_str(message)
        await beside.send_str(json.dumps(["stdin", "\x1bOP"]))
        await until_sent(beside, b"Everywhere")


@pytest.mark.parametrize(("origin", "ours"), [
    ("http://a.org:8000", True), ("https://a.org:8000", True), ("http://a.org", False), ("null", False), ("", False),
    ("http://a.org:8000.evil.org", False), ("http://a.org:8000@evil.org", False), ("http://[", False),
])
def test_only_our_own_page_may_connect(origin: str, ours: bool) -> None:
    request = make_mocked_request("GET", "/ws", headers={"Host": "a.org:8000", "Origin": origin})
    assert is_same_origin(request) == ours


async def test_no_sequence_makes_it_deaf(serve: Serve) -> None:
    address = serve()
    async with visitor(address) as client, client.ws_connect(f"{address}ws") as socket:
        assert await first_bytes(socket)
        for foreign in ("\x1b[1114112u", "\x1b[9999999999999999A", "\x1b[48;99999999;99999999;1;1t", "\x1b]1;?\x07"):
            await socket.send_str(json.dumps(["stdin", foreign]))
        await socket.send_str(json.dumps(["stdin", "\x1bOP"]))
        await until_sent(socket, b"Everywhere")


@pytest.mark.parametrize(("options", "said"), [
    (("--port", "99999"), "a port is a number from 1 to 65535"), (("--visitors", "0"), "--visitors is 1 or more"),
    (("--host", "203.0.113.7"), "give another --host or --port"), (("--records", "/dev/null/x"), "cannot be made"),
])
def test_what_cannot_be_served_is_refused_in_one_line(options: tuple[str, ...], said: str) -> None:
    call = [sys.executable, "-m", "tui_backprop", "serve", *options]
    refused = subprocess.run(call, capture_output=True, text=True, timeout=DEADLINE, cwd=Path(__file__).parents[2])
    assert refused.returncode == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
