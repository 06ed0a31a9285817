"""Where a user's files belong: on Linux told without platformdirs, and the same as it says."""

from __future__ import annotations

import os

import platformdirs
import pytest

from tui_backprop.user_folders import APP, data_folders, state_folder

VARIABLES = ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS")


@pytest.mark.parametrize("given", [
    {"HOME": "/home/ada"},
    {"HOME": "/home/ada/", "XDG_STATE_HOME": "", "XDG_DATA_HOME": "", "XDG_DATA_DIRS": ""},
    {"HOME": "/"},
    {"HOME": "/home/ada", "XDG_STATE_HOME": "/lab/state", "XDG_DATA_HOME": "/lab/data/"},
    {"HOME": "/home/ada", "XDG_DATA_DIRS": "/lab/one:/lab/two:/lab/one"},
    {"HOME": "/home/ada", "XDG_DATA_HOME": "/lab", "XDG_DATA_DIRS": "/lab:/usr/share/"},
    {"XDG_STATE_HOME": "/lab/state", "XDG_DATA_HOME": "/lab/data"},
    {},
], ids=str)
def test_the_folders_are_those_of_platformdirs(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    for variable, value in given.items():
        monkeypatch.setenv(variable, value)
    assert state_folder() == platformdirs.user_state_dir(APP, appauthor=False)
    site = platformdirs.site_data_dir(APP, appauthor=False, multipath=True).split(os.pathsep)
    assert data_folders() == tuple(dict.fromkeys((platformdirs.user_data_dir(APP, appauthor=False), *site)))


def test_a_relative_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("XDG_DATA_DIRS", "data:/lab")
    assert os.path.isabs(state_folder())
    assert data_folders()[1:] == (f"/lab/{APP}",)
