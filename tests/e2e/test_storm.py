"""A storm of keys, bytes, sizes and signals does not bring it down. ``python -m tests.e2e.storm`` is the long form."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.storm import SESSION, WAYS, Storm


def test_nothing_that_comes_down_the_line_is_a_fault(tutor: str, environment: dict[str, str], tmp_path: Path) -> None:
    storm = Storm(tmp_path / "state", 1, [tutor], environment)
    tally = storm.run(events=SESSION * (len(WAYS) + 1))
    assert tally.faults == []
    assert tally.sessions >= len(WAYS)
    assert tally.reached == {shows for _, _, shows in WAYS}
