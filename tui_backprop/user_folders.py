"""Where a user's and a site's files belong. On Linux it is told by a few variables (the XDG base directories).

Elsewhere `platformdirs` is asked, and where a home folder must be looked for; loading it takes longer than listing the
course.
"""

from __future__ import annotations

import os
import sys

APP = "tui-backprop"
_SITE = "/usr/local/share:/usr/share"


def state_folder() -> str:
    """The folder of what the program keeps for this user; a relative path for a user without a home folder."""
    try:
        return _of_user("XDG_STATE_HOME", ".local/state") or _asked("user_state_dir")
    except RuntimeError:
        return APP


def data_folders() -> tuple[str, ...]:
    """The user's folder of data, then those of the site. Raises RuntimeError for a user without a home folder."""
    user = _of_user("XDG_DATA_HOME", ".local/share") or _asked("user_data_dir")
    site = _of_site() or _asked("site_data_dir", multipath=True).split(os.pathsep)
    return tuple(dict.fromkeys((user, *site)))


def _of_user(variable: str, below_home: str) -> str | None:
    """The app's folder below what the variable names, else below the home folder; None where another must say."""
    if not _follows_xdg():
        return None
    base, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if os.path.isabs(base):  # else it is to be taken as unset
        return os.path.join(base, APP)
    return os.path.join(home.rstrip("/") or "/", below_home, APP) if os.path.isabs(home) else None


def _of_site() -> list[str] | None:
    if not _follows_xdg():
        return None
    named = [base for base in os.environ.get("XDG_DATA_DIRS", "").split(":") if os.path.isabs(base)]
    return [os.path.join(base, APP) for base in named or _SITE.split(":")]


def _follows_xdg() -> bool:
    return sys.platform == "linux" and not hasattr(sys, "getandroidapilevel") and "ANDROID_DATA" not in os.environ


def _asked(name: str, **how: bool) -> str:
    import platformdirs

    return str(getattr(platformdirs, name)(APP, appauthor=False, **how))
