"""What holds for every test: nothing reaches the user's own folders, and nothing hangs on how fast the machine is."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from tests.effort import rounds

settings.register_profile("house", deadline=None, print_blob=True, max_examples=rounds(100))
settings.load_profile("house")


_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_tests = count()
_folder = Path(tempfile.mkdtemp(prefix="tui-backprop-tests-"))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Every second worker begins at a folder's other end, so that in a new clone each compiles half of the files."""
    report = yield
    if isinstance(collector, pytest.Dir) and _worker[-1:] in set("13579"):
        report.result.reverse()
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All workers have the tests in one order, whichever way they read them.

    Those that look at all modules come first: at the end, where workers share what is left, each would read them.
    """
    if _worker:
        items.sort(key=lambda item: (len(item.path.parts), item.path.parts))


def pytest_collection_finish() -> None:
    """Garbage is looked for among what the tests make, more rarely than Python does, and not among the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A worker tells how a test went, and how it was set up and taken down only where that failed.

    Each report is written, sent, read and handed on: a millisecond a test for two that say nothing.
    """
    if not _worker:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """State, data and settings of each test in a folder of its own, which is made when something is written there.

    No fixture: several would have to be set up and taken down for each of five thousand tests.
    """
    own = _folder / str(next(_tests))
    for kind in ("STATE", "DATA", "CONFIG", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = f"{own}/{kind.lower()}"


def pytest_unconfigure() -> None:
    shutil.rmtree(_folder, ignore_errors=True)
