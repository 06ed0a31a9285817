"""A storm of keys, bytes, sizes and signals does not bring it down. ``python -m tests.e2e.storm`` is the long form."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.storm import SESSION, WAYS, Storm, is_before_the_program


def test_nothing_that_comes_down_the_line_is_a_fault(tutor: str, environment: dict[str, str], tmp_path: Path) -> None:
    storm = Storm(tmp_path / "state", 1, [tutor], environment)
    tally = storm.run(events=SESSION * (len(WAYS) + 1))
    assert tally.faults == []
    assert tally.sessions >= len(WAYS)
    assert tally.reached == {shows for _, _, shows in WAYS}


def test_an_interrupt_is_forgiven_while_python_itself_starts_and_not_later() -> None:
    before = b'Traceback\r\n  File "contextlib.py", line 7, in <module>\r\nKeyboardInterrupt\r\n'
    assert is_before_the_program(before)
    assert not is_before_the_program(before.replace(b"contextlib", b"tui_backprop/__main__"))
    assert not is_before_the_program(b"Traceback\r\nKeyError: 1\r\n")
