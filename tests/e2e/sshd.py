"""A real sshd on the loopback interface, with keys and settings of its own, for one run of the tests."""

from __future__ import annotations

import getpass
import os
import select
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.tools import program

DEADLINE = 120.0
TRIES = 5
"""Another program may take the free port before sshd does."""


class Sshd:
    """The server, and how a client of this test gets in: as whoever runs the tests.

    For an ordinary user the system's pseudo-terminals must belong to the group tty, as they do everywhere but in some
    containers: only root's sshd can hand them over.
    """

    def __init__(self, folder: Path, *settings: str) -> None:
        """``settings``: further lines of its ``sshd_config``."""
        self._folder = folder
        self._settings = "\n".join(settings)
        self._log = b""
        for name in ("host_key", "user_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
        (folder / "authorized_keys").write_text((folder / "user_key.pub").read_text("ascii"), "ascii")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # root's sshd insists on it
        for _ in range(TRIES):
            self._port = _free_port()
            self._process = self._start()
            if self._listens():
                return
            self.close()
        raise AssertionError(f"sshd does not start: {self._log.decode(errors='replace')}")

    def command(self, remote: str) -> list[str]:
        """The words of an ssh call, with a terminal, that runs this shell command on the other side."""
        options = {
            "StrictHostKeyChecking": "yes", "UserKnownHostsFile": self._folder / "known_hosts", "IdentitiesOnly": "yes",
            "BatchMode": "yes", "LogLevel": "ERROR",
        }
        settings = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return ["ssh", "-F", os.devnull, "-i", str(self._folder / "user_key"), "-p", str(self._port), *settings,
                "-tt", f"{getpass.getuser()}@127.0.0.1", remote]

    def drop(self) -> None:
        """Break every connection, as a lost line does: the sessions' servers are killed without a word."""
        for child in self._children(self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def close(self) -> None:
        self.drop()
        self._process.terminate()
        self._process.wait(DEADLINE)
        if self._process.stderr:
            self._process.stderr.close()

    def _start(self) -> subprocess.Popen[bytes]:
        folder, port = self._folder, self._port
        key = (folder / "host_key.pub").read_text("ascii")
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}", "ascii")
        (folder / "sshd_config").write_text(f"""
ListenAddress 127.0.0.1
Port {port}
HostKey {folder / "host_key"}
AuthorizedKeysFile {folder / "authorized_keys"}
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
{self._settings}
""", "ascii")
        path = program("sshd")
        assert path is not None
        return subprocess.Popen([path, "-D", "-e", "-f", str(folder / "sshd_config")], stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def _listens(self) -> bool:
        """Read what sshd says until it listens, or ends."""
        assert self._process.stderr is not None
        end = time.monotonic() + DEADLINE
        while f"listening on 127.0.0.1 port {self._port}".encode() not in self._log:
            if not select.select([self._process.stderr], [], [], max(end - time.monotonic(), 0))[0]:
                return False
            said = os.read(self._process.stderr.fileno(), 65536)
            if not said:
                return False
            self._log += said
        return True

    def _children(self, pid: int) -> list[int]:
        """The processes below this one, the lowest last: the listener's are the sessions."""
        try:
            found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        except FileNotFoundError:
            return []
        return [process for child in map(int, found) for process in (child, *self._servers_below(child))]

    def _servers_below(self, pid: int) -> list[int]:
        """A session's second server, which works with the user's rights; not the program that the user started."""
        return [child for child in self._children(pid)
                if Path(f"/proc/{child}/comm").read_text("ascii").startswith("sshd")]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
