"""Nothing that was painted is lost by ``kill -9``, in the app itself. ``python -m tests.e2e.soak`` is the long form."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.soak import Soak


def test_every_painted_judgement_survives_a_kill(tutor: str, environment: dict[str, str], tmp_path: Path) -> None:
    tally = Soak(tmp_path, 4, str(Path(tutor).with_name("python")), environment).run(kills=10)
    assert tally.faults == []
    assert tally.painted >= 10
    assert len(tally.kills) == 3
