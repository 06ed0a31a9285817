"""A storm of keys, bytes, sizes and signals does not bring it down. ``python -m tests.e2e.storm`` is the long form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.storm import Storm


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_comes_down_the_line_is_a_fault(
    seed: int, tutor: str, environment: dict[str, str], tmp_path: Path
) -> None:
    tally = Storm(tmp_path / "state", seed, [tutor], environment, painted=1.0).run(events=2500)
    assert tally.faults == []
    assert tally.events >= 2500
    assert tally.sessions >= 10
