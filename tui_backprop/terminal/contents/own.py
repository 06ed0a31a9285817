"""The learners' own part of the contents: the builder, any file, and the exercises they saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.screen import Screen

from tui_backprop import course
from tui_backprop.course.library import OWN, OWN_TITLE
from tui_backprop.derivation.notation import Notation
from tui_backprop.desk.standing import Standing, standing
from tui_backprop.records.drafts import drafts_folder
from tui_backprop.records.history import History
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.contents.screen import ContentsEntry

BUILD, FILE = "build", "file"
_BUILD_SUMMARY = "From nothing, step by step; then watch it, be quizzed on it, or save it as a file."


def own_entries(history: History) -> tuple[ContentsEntry, ...]:
    """The entries to build a network, build a circuit, open a file, and for each saved exercise."""
    exercises = course.exercises()
    saved = [_as_recorded(each, exercises, history) for each in exercises if each.course == OWN]
    return (
        _build("network", "Build a network"), _build("circuit", "Build a circuit"),
        ContentsEntry(FILE, "Open a file…", OWN_TITLE,
                      summary="Any exercise file, from a teacher or from the builder."),
        *saved)


def _build(kind: str, title: str) -> ContentsEntry:
    begun = (drafts_folder() / f"{kind}.toml").exists()
    begun_or_not: Standing = "started" if begun else "new"
    detail = "your draft is kept" if begun else ""
    return ContentsEntry(f"{BUILD} {kind}", title, OWN_TITLE, begun_or_not, detail, _BUILD_SUMMARY)


def _as_recorded(entry: course.Entry, exercises: Sequence[course.Entry], history: History) -> ContentsEntry:
    """The entry of an exercise of the learner's own, which is recorded under its path."""
    done = standing(entry, exercises, history)
    return ContentsEntry(f"exercise {entry.path}", entry.title, OWN_TITLE, done,
                         summary=entry.summary or entry.path.name)


def builder_screen(kind: str, journal: Journal, notation: Notation) -> Screen[None]:
    """The builder, with the draft of this kind."""
    from tui_backprop.desk.builder.builder import Builder
    from tui_backprop.terminal.builder.screen import BuilderScreen

    return BuilderScreen(Builder("circuit" if kind == "circuit" else "network", notation=notation), journal)


def file_screen(take: Callable[[Path], None]) -> Screen[bool]:
    """A screen that asks for an exercise file; ``take`` gets the path of one that can be read."""
    from tui_backprop.terminal.files.ask import FileScreen

    def attempt(path: Path, replace: bool) -> None:
        del replace  # there is nothing to replace
        course.load(path.absolute())
        take(path.absolute())

    return FileScreen("Open an exercise file", attempt)
