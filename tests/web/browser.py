"""A headless Chromium, driven over its debugging protocol: pages opened, keys pressed, pictures taken."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
          "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0",
          "--remote-allow-origins=*")
_LISTENING = re.compile(rb"DevTools listening on (ws://\S+)")
_NAMED = {"Enter": 13, "Escape": 27}
DEADLINE = 120.0


class Page:
    """A tab in a profile of its own: its cookies are nobody else's."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: str) -> None:
        self._socket = socket
        self._session = session
        self._numbers = itertools.count(1)

    async def call(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers) + hash(self._session) % 10**6 * 1000
        await self._socket.send_json(
            {"id": number, "method": method, "params": parameters, "sessionId": self._session})
        async with asyncio.timeout(DEADLINE):
            while True:
                answer = await self._socket.receive_json()
                if answer.get("id") == number:
                    return answer["result"]

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def until(self, expression: str) -> None:
        """Until this JavaScript is true on the page."""
        async with asyncio.timeout(DEADLINE):
            while not (await self.call("Runtime.evaluate", expression=f"Boolean({expression})"))["result"].get("value"):
                await asyncio.sleep(0.05)

    async def press(self, *keys: str) -> None:
        for key in keys:
            code, text = _NAMED.get(key, 0), {"Enter": "\r", "Escape": ""}.get(key, key)
            await self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, windowsVirtualKeyCode=code)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode((await self.call("Page.captureScreenshot"))["data"]))


@asynccontextmanager
async def browser(program: str, folder: Path, count: int) -> AsyncIterator[list[Page]]:
    """So many pages in one browser, each with cookies of its own."""
    process = subprocess.Popen([program, *_FLAGS, f"--user-data-dir={folder}"], stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)})
    try:
        assert process.stderr is not None
        address = next(found[1] for line in process.stderr if (found := _LISTENING.search(line)))
        async with aiohttp.ClientSession() as client, client.ws_connect(address.decode(), max_msg_size=0) as socket:
            yield [await _page(socket, number) for number in range(count)]
    finally:
        process.terminate()
        process.communicate()


async def _page(socket: aiohttp.ClientWebSocketResponse, number: int) -> Page:
    async def call(method: str, **parameters: Any) -> Any:
        await socket.send_json({"id": number + 1, "method": method, "params": parameters})
        while True:
            answer = await socket.receive_json()
            if answer.get("id") == number + 1 and "result" in answer:
                return answer["result"]

    context = await call("Target.createBrowserContext")
    target = await call("Target.createTarget", url="about:blank", browserContextId=context["browserContextId"])
    attached = await call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
    page = Page(socket, attached["sessionId"])
    await page.call("Page.enable")
    return page
