"""Suites that need more than pip packages say in one line what is missing, and never pass without it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec

import pytest

ALSO_HERE = os.pathsep.join(("/usr/sbin", "/usr/local/sbin"))
"""Servers are installed here, which is not in everybody's PATH."""


def program(name: str) -> str | None:
    """The path of an installed program."""
    return shutil.which(name, path=os.environ.get("PATH", os.defpath) + os.pathsep + ALSO_HERE)


def require(suite: str, how: str, *, programs: Mapping[str, str] | None = None, modules: tuple[str, ...] = ()) -> None:
    """Stop the run with one line where something is missing.

    ``programs`` maps each program to the package that has it; ``how`` is the command that installs packages.
    """
    packages = [package for name, package in (programs or {}).items() if program(name) is None]
    packages += [name for name in modules if find_spec(name) is None]
    if packages:
        wanted = " ".join(dict.fromkeys(packages))
        raise pytest.UsageError(f"{suite} needs what is not installed here: {how} {wanted}")
