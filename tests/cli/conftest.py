"""What holds for every test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import environment_of


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Around a call: a learner without records."""
    return environment_of(tmp_path / "state")
