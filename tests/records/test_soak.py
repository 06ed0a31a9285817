"""Nothing that was painted is lost: by ``kill -9`` at a random moment, or to another session that writes at once.

The long form is ``python -m tests.records.soak --kills 300 --seconds 60``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.effort import rounds
from tests.records.soak import killed, together


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_every_painted_judgement_survives_a_kill(tmp_path: Path) -> None:
    times = rounds(20)
    tally = killed(tmp_path, times=times, seed=1)
    assert tally.faults == []
    assert len(tally.painted) == times


def test_three_sessions_write_at_once(tmp_path: Path) -> None:
    tally = together(tmp_path, writers=3, answers=100)
    assert tally.faults == []
    assert list(tally.painted.values()) == [101] * 3
