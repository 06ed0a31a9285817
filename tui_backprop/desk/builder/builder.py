"""The builder without its screen: a draft, changes to it, undo, opening and saving."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import assert_never

from tui_backprop.course import build_circuit as circuit
from tui_backprop.course import build_network as network
from tui_backprop.course.draft import (
    NEW_CIRCUIT,
    NEW_NETWORK,
    BuildError,
    CircuitDraft,
    Draft,
    NetworkDraft,
    TaskKind,
    Where,
    draft_from_text,
    draft_of,
    draft_text,
    finish,
)
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.fields import FieldError
from tui_backprop.course.files import format_path
from tui_backprop.course.library import load
from tui_backprop.course.read import is_exercise
from tui_backprop.course.save import FileState, save_text
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.builder import fields
from tui_backprop.desk.builder.kinds import sentence
from tui_backprop.desk.builder.rows import Rows, rows_of
from tui_backprop.desk.paths import format_short, own_folder
from tui_backprop.records.drafts import Drafts
from tui_backprop.typeset.glyphs import Glyphs

MOST_UNDONE = 200
FILLED = "What was missing is drawn (seed {}). u takes it back."
_DRAWN: Mapping[TaskKind, str] = {
    "network": "All weights and biases are drawn anew (seed {}). u takes it back.",
    "circuit": "All inputs are drawn anew (seed {}). u takes it back.",
}
_NEW: Mapping[TaskKind, Draft] = {"network": NEW_NETWORK, "circuit": NEW_CIRCUIT}


def new_seed() -> int:
    """A seed at random."""
    return secrets.randbelow(9999) + 1


class Builder:
    """One draft that is being built. It is kept on disk at once, and the next builder of its kind takes it up."""

    def __init__(
        self, kind: TaskKind, drafts: Drafts | None = None, *, notation: Notation = HAND_OUT,
        seeds: Callable[[], int] = new_seed,
    ) -> None:
        self.drafts = drafts or Drafts()
        self.notation = notation
        self._seeds = seeds
        self.seed: int | None = None
        self._undone: list[Draft] = []
        self._file: tuple[Path, Draft] | None = None
        earlier, kept = self._kept(f"{kind}-earlier"), self._kept(kind)
        self._earlier: list[Draft] = [earlier] if earlier is not None and kept is not None else []
        self.draft: Draft = kept or earlier or _NEW[kind]

    @property
    def kind(self) -> TaskKind:
        return self.draft.kind

    @property
    def title(self) -> str:
        return self.draft.title

    @property
    def missing(self) -> int:
        """How many fields are still to be filled in."""
        return _count(self.draft)

    @property
    def warning(self) -> str | None:
        """One sentence while the draft is not safe on disk; else None."""
        return self.drafts.warning

    def rows(self, glyphs: Glyphs) -> Rows:
        """The list of fields."""
        return rows_of(self.draft, self.seed, glyphs, self.notation)

    def why_not(self, where: Where, text: str) -> str | None:
        """Why a field can't hold this text; None where it can."""
        try:
            if where == ("seed",):
                fields.read_seed(text)
            else:
                fields.enter(self.draft, where, text)
        except BuildError as error:
            return sentence(error.message)
        return None

    def enter(self, where: Where, text: str) -> str:
        """Put a text into a field; gives the message, if any. Raises BuildError."""
        if where == ("seed",):
            return self._draw(fields.read_seed(text), anew=True)
        self._change(fields.enter(self.draft, where, text))
        return ""

    def choose(self, where: Where, by: int) -> None:
        """Take the next of a field's choices, or with −1 the one before."""
        self._change(fields.choose_next(self.draft, where, by))

    def change(self, how: Callable[[Draft, Where], tuple[Draft, Where]], where: Where) -> Where:
        """Add or remove something at a field; gives the field to go on with. Raises BuildError."""
        draft, following = how(self.draft, where)
        self._change(draft)
        return following

    def draw(self) -> str:
        """Fill missing numbers at random; where none is missing, all weights and biases again. Gives the message."""
        return self._draw(self._seeds(), anew=False)

    def undo(self) -> str:
        """Take the last change back; gives the message."""
        if not self._earlier:
            return "There is no change to take back."
        self._undone.append(self.draft)
        self._take(self._earlier.pop())
        return "The last change is taken back. r brings it again."

    def redo(self) -> str:
        """Make the change again that was taken back last; gives the message."""
        if not self._undone:
            return "There is nothing to bring again."
        self._earlier.append(self.draft)
        self._take(self._undone.pop())
        return "Brought again."

    def begin(self) -> str:
        """Begin a new draft of this kind; undo brings the old one back."""
        self._replace(_NEW[self.kind])
        return "A new one is begun. u brings the one before back."

    def open(self, path: Path) -> str:
        """Take up the exercise in a file; gives the message. Raises ExerciseError."""
        path = path.absolute()
        exercise = load(path)
        self._replace(draft_of(exercise))
        self._file = path, self.draft
        return f"Opened {path.name}. u brings the one before back."

    def check(self) -> None:
        """Raise BuildError for what is missing or wrong, before a file's name is asked for."""
        finish(self.draft)

    def save(self, path: Path, *, replace: FileState | None = None) -> str:
        """Save the exercise as a file. Raises BuildError for what is missing, ExerciseError, FileInTheWayError."""
        path = path.absolute()
        _, text = finish(self.draft)
        if path.parent == own_folder():
            _make_folder(path.parent)
        save_text(path, text, is_exercise, replace=replace)
        self._file = path, self.draft
        return f"Saved as {path.name} in {format_path(format_short(path.parent))}."

    def ready(self) -> tuple[Exercise, str]:
        """The exercise to practise, and the name to record it under. Raises BuildError for what is missing.

        It is the file where the draft is saved or was opened; otherwise a copy is kept beside the drafts, so that
        "Continue" finds it even if the draft changes.
        """
        if self._file is not None and self._file[1] == self.draft:
            try:
                exercise = load(self._file[0])
            except ExerciseError:
                pass  # gone or changed since: practise the draft
            else:
                if draft_text(draft_of(exercise)) == draft_text(self.draft):
                    return exercise, str(self._file[0])
        name = f"{self.kind}-practised"
        path = self.drafts.path(name)
        exercise, text = finish(self.draft, str(path))
        self.drafts.keep(name, lambda: text)
        self.drafts.flush()
        return exercise, str(path)

    def _draw(self, seed: int, *, anew: bool) -> str:
        self.seed = seed
        draft = self.draft
        match draft:
            case CircuitDraft():
                anew = anew or all(value is not None for _, value in draft.inputs)
                self._change(circuit.fill(draft, seed, anew=anew))
            case NetworkDraft():
                anew = anew or not network.count_blanks(draft)
                self._change(network.fill(draft, seed, anew=anew))
            case _:
                assert_never(draft)
        return (_DRAWN[draft.kind] if anew else FILLED).format(seed)

    def _change(self, draft: Draft) -> None:
        if draft != self.draft:
            self._earlier = [*self._earlier[-MOST_UNDONE:], self.draft]
            self._undone.clear()
            self._take(draft)

    def _replace(self, draft: Draft) -> None:
        """Take another draft; the one on disk is kept under another name."""
        if self.draft not in _NEW.values():
            self.drafts.set_aside(draft.kind, f"{draft.kind}-earlier")
        self._change(draft)

    def _take(self, draft: Draft) -> None:
        self.draft = draft
        self.drafts.keep(self.kind, lambda: draft_text(draft))

    def _kept(self, name: str) -> Draft | None:
        text = self.drafts.read(name)
        if text is None:
            return None
        try:
            return draft_from_text(text)
        except (ExerciseError, FieldError):
            self.drafts.set_aside(name, f"{name}-damaged")
            return None


@lru_cache(maxsize=2)
def _count(draft: Draft) -> int:
    match draft:
        case CircuitDraft():
            return circuit.count_blanks(draft)
        case NetworkDraft():
            return network.count_blanks(draft)
        case _:
            assert_never(draft)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExerciseError(f"the folder for your own exercises cannot be made ({error.strerror})") from None
