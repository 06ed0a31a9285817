"""The contents of this learner: Continue, the lessons and the exercises, which are opened from here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import Screen

from tui_backprop import course
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.files import LARGE_FILE
from tui_backprop.course.library import OWN, course_faults, entry_at, is_called, is_path, key_of, lesson_number
from tui_backprop.dataclass import replace
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.following import lesson_after
from tui_backprop.desk.standing import name_to_open, standing
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.maths.numerals import many
from tui_backprop.records.history import History
from tui_backprop.records.journal import Journal
from tui_backprop.records.settings import (
    keep_characters,
    keep_colours,
    keep_notation,
    recall_characters,
    recall_colours,
    recall_notation,
)
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.contents.own import BUILD, FILE, builder_screen, file_screen, own_entries
from tui_backprop.terminal.contents.recorded import RecordedContents
from tui_backprop.terminal.contents.screen import ContentsEntry
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.tutor.recorded_mode import recorded_mode
from tui_backprop.typeset.glyphs import Glyphs

if TYPE_CHECKING:  # the contents wait for no lesson
    from tui_backprop.course.lesson import ExerciseLink
    from tui_backprop.desk.lesson.reading import LessonReading

CAN_YOU_READ = "Can you read ∂C/∂wⱼₖ and ▓░? If not, press F8."
PLAINEST = "These are the plainest characters. F8 once more brings the fullest back."

LESSON, EXERCISE, GUIDED = "lesson", "exercise", "guided"


def entries_of(history: History) -> tuple[ContentsEntry, ...]:
    """The entries: Continue first, then lessons and exercises with the progress in each."""
    lessons = _entries(LESSON, course.lessons(), history)
    exercises = [*_entries(EXERCISE, course.exercises(), history), *own_entries(history)]
    if (place := _place_to_guide(exercises, history)) is not None:
        exercises.insert(place, _offer_guided(exercises[place]))
    if lessons and _is_new(history):
        lessons[0] = replace(lessons[0], summary=f"Start here. {lessons[0].summary}")
    left = history.resume
    if left is None:
        return (*lessons, *exercises)
    name = left.exercise or left.lesson
    title = next((e.title for e in (*lessons, *exercises) if e.key.partition(" ")[2] == name), _title_at(name))
    kind = EXERCISE if left.exercise else LESSON
    detail = f"{many(left.run.done, 'step')} done" if left.exercise else ""
    detail = f"practice, {detail}" if left.run.known and detail else detail
    detail = GUIDED if recorded_mode(left.run.mode).is_guided else detail  # where many steps are worked for the learner
    go_on = ContentsEntry(f"{kind} {name}", f"Continue: {title}", "", "started", detail,
                          "Go on at the step where you stopped.")
    return (go_on, *lessons, *exercises)


def _place_to_guide(exercises: Sequence[ContentsEntry], history: History) -> int | None:
    """The place of the exercise that is offered guided: the first one not gone through yet, for somebody who has done
    none in another mode; None where none is.
    """
    if any(not recorded_mode(run.mode).is_guided for runs in history.exercises.values() for run in runs):
        return None
    names = [entry.key.partition(" ")[2] for entry in exercises]
    return next((place for place, name in enumerate(names)
                 if not any(run.finished for run in history.exercises.get(name, ()))), None)


def _offer_guided(entry: ContentsEntry) -> ContentsEntry:
    """An exercise, guided, as it is offered above the same exercise."""
    return replace(entry, key=f"{GUIDED} {entry.key.partition(' ')[2]}", title=f"{entry.title}, {GUIDED}",
                   summary="New to this? The first step of each kind is worked for you. Then you take over.")


def _is_new(history: History) -> bool:
    """Has nothing been opened yet?"""
    return not history.lessons and not history.exercises


def _title_at(name: str) -> str:
    """The title in the file at a path, or else the name."""
    return entry_at(name).title if is_path(name) else name


def _is_large(name: str) -> bool:
    """Does this exercise's file take so long to read that the learner should see the progress?"""
    try:
        return course.locate(name, "exercise").stat().st_size >= LARGE_FILE
    except (ExerciseError, OSError, ValueError):
        return False  # opening it will say what is wrong


def _entries(kind: str, entries: Sequence[course.Entry], history: History) -> list[ContentsEntry]:
    """The lessons, or the exercises except the learner's own, of all courses."""
    standings = {each.key: standing(each, entries, history) for each in entries}
    titles = {each.key: each.title for each in entries}
    found = []
    for each in entries:
        if each.course != OWN:
            earlier = next((need for need in each.needs if standings.get(key_of(each.course, need)) != "done"), None)
            first = f"After “{titles[key_of(each.course, earlier)]}”. " if earlier else ""
            number = lesson_number(each.name) if kind == LESSON else None
            title = each.title if number is None else f"{number} · {each.title}"
            found.append(ContentsEntry(f"{kind} {name_to_open(each, entries, history)}", title, each.heading,
                                       standings[each.key], summary=first + each.summary))
    return found


class HomeScreen(RecordedContents):
    """Opens what is chosen, and shows the progress when the learner comes back."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "notation", "notation", tooltip="Whose symbols and indices everything is written in"),
        Binding("d", "forget", "forget", tooltip="Begin this exercise or lesson as if it were new; u undoes it"),
        Binding("u", "undo", "undo", show=False, tooltip="Bring back what was forgotten last"),
    ]

    legible = query_one("#legible", MessageView)

    def __init__(
        self, journal: Journal, notation: Notation = HAND_OUT, target: str | None = None,
        offered: str | None = None, *, keeps_glyphs: bool = True,
    ) -> None:
        super().__init__(() if target else entries_of(journal.history), journal)
        self._journal = journal
        self._notation = notation
        self._kept_notation = recall_notation(journal.history)
        self._target, self._offered = target, offered
        self._term = os.environ.get("TERM", "")
        self._keeps_glyphs = keeps_glyphs
        self._is_new = _is_new(journal.history)

    def compose(self) -> ComposeResult:
        """The parts; none while a target named on the command line is in front."""
        if self._target is None:
            yield from super().compose()

    def on_mount(self) -> None:
        self._take_characters()
        if self._target is not None:
            self.open(self._target, self._offered)

    def begin(self) -> None:
        if self._target is not None:
            return  # the parts are not there
        super().begin()
        self._ask_for_characters()
        if faults := course_faults():
            self._say(wrong(faults[0]))

    def _stand(self) -> None:
        """Make the contents, if they are not there yet, since they are to be seen now."""
        if self._target is not None:
            self._target = None
            self._given = entries_of(self._journal.history)
            self.mount_all(super().compose())
            self.begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if self._target is not None else super().check_action(action, parameters)

    def _take_characters(self) -> None:
        """Take the characters and colours chosen here last, and keep those that are chosen from now on."""
        app = self.app
        if isinstance(app, TutorApp):
            app.take_theme(recall_colours(self._journal.history, self._term))
            self.watch(app, "theme", partial(keep_colours, self._journal, self._term), init=False)
        if self._keeps_glyphs and isinstance(app, TutorApp):
            app.glyphs = recall_characters(self._journal.history, self._term) or app.glyphs
            self.watch(app, "glyphs", self._keep_characters, init=False)

    def _ask_for_characters(self) -> None:
        """Ask a newcomer whether the characters can be read."""
        self.legible.show(Paragraph(CAN_YOU_READ, "?", "key"))
        self.legible.display = self._is_new and self.legible.glyphs is not Glyphs.ASCII

    def _keep_characters(self, glyphs: Glyphs) -> None:
        keep_characters(self._journal, self._term, glyphs)
        if self._target is None:
            self.legible.show(Paragraph(PLAINEST if glyphs is Glyphs.ASCII else CAN_YOU_READ, "?", "key"))
            self.legible.display = self._is_new

    def open(
        self, key: str, offered: str | None = None, *, from_lesson: bool = False, practised: str = "",
    ) -> None:
        """Open ``lesson NAME`` or ``exercise NAME`` (or a path).

        ``offered``: the key of the mode in which an exercise is begun, where no run is left to go on with.
        ``from_lesson``: at its end the way leads back to the lesson. ``practised``: the key of the one skill that is
        asked for in an exercise.
        """
        self._journal.refresh()
        kind, _, name = key.partition(" ")
        if kind == GUIDED:
            kind, offered = EXERCISE, GUIDED
        if kind == FILE:
            self._open_file()
            return
        if kind == EXERCISE and _is_large(name):
            self._open_slowly(name, offered)
            return
        try:
            screen = self._lesson(name) if kind == LESSON else self._build_or_exercise(
                kind, name, offered, from_lesson=from_lesson, practised=practised)
        except ExerciseError as error:
            self._tell_wrong(str(error))
            return
        self.app.push_screen(screen, lambda _: self._come_back(practised))

    def _come_back(self, practised: str) -> None:
        """Show the contents again or, after the practice of a skill, the progress that it was chosen from."""
        self.back()
        if practised:
            self.show_progress(practised)

    def _open_slowly(self, name: str, offered: str | None) -> None:
        """Read a large file in a thread, behind a screen that shows the progress."""
        from tui_backprop.terminal.files.opening import OpeningScreen

        def go_on(result: Exercise | ExerciseError | None) -> None:
            keyboard = self.app.keyboard if isinstance(self.app, TutorApp) else None
            if isinstance(result, Exercise):
                self.app.push_screen(self._workbench(result, name, offered), lambda _: self.back())
                if keyboard:
                    keyboard.give_kept()
                return
            if result is not None:
                self._tell_wrong(str(result))
            if keyboard:
                keyboard.drop_kept()

        self.app.push_screen(OpeningScreen(Path(name).name, partial(course.load, name)), go_on)

    def back(self) -> None:
        """Show all of the contents with the progress as it is now, after another screen."""
        self._stand()
        self._is_new = self.legible.display = False
        self.renew()
        self.action_stop_filter()

    def _tell_wrong(self, line: str) -> None:
        self._stand()
        self.call_after_refresh(self._say, wrong(line))  # after the summary that the newly mounted list shows

    def tell_fault(self, line: str) -> None:
        self.back()
        self.tell(wrong(line))

    def renew(self) -> None:
        """Show the progress as it is now, in other sessions too."""
        self._stand()
        self._journal.refresh()
        if (kept := recall_notation(self._journal.history)) != self._kept_notation:  # chosen at a workbench
            self._notation = self._kept_notation = kept
        self.show(entries_of(self._journal.history))

    def action_notation(self) -> None:
        """Choose a notation; it is kept."""
        from tui_backprop.terminal.workbench.notation import NotationScreen

        def use(notation: Notation | None) -> None:
            if notation is not None:
                self._notation = notation
                keep_notation(self._journal, notation)
                self.summary.show(Paragraph(f"Notation: {notation.title}.", role="note"))

        self.app.push_screen(NotationScreen(self._notation), use)

    def _open_file(self) -> None:
        """Ask for a path, and open the exercise there like any other."""
        found: list[Path] = []

        def go_on(done: bool | None) -> None:
            if done:
                self.open(f"{EXERCISE} {found[-1]}")

        self.app.push_screen(file_screen(found.append), go_on)

    def _build_or_exercise(
        self, kind: str, name: str, offered: str | None, *, from_lesson: bool, practised: str,
    ) -> Screen[None]:
        if kind == BUILD:
            return builder_screen(name, self._journal, self._notation)
        return self._workbench(course.load(name), name, offered, from_lesson=from_lesson, practised=practised)

    def _workbench(
        self, exercise: Exercise, name: str, offered: str | None, *, from_lesson: bool = False, practised: str = "",
    ) -> Screen[None]:
        from tui_backprop.desk.workbench.workbench import Workbench
        from tui_backprop.terminal.workbench.screen import WorkbenchScreen

        mode = offered if from_lesson and offered != GUIDED else None  # the lesson says how
        bench = Workbench(exercise, name=name, journal=self._journal, mode=mode, offered=offered,
                          notation=self._notation, from_lesson=from_lesson, practised=practised)
        return WorkbenchScreen(bench, self._open_exercise)

    def _open_exercise(self, name: str, offered: str | None) -> None:
        self.call_later(self.open, f"{EXERCISE} {name}", offered)

    def _lesson(self, name: str) -> Screen[None]:
        from tui_backprop.terminal.lesson.screen import LessonScreen

        lesson = course.load_lesson(name)
        return LessonScreen(lesson, self._journal, self._try, lesson_after(lesson), self._open_lesson)

    def _open_lesson(self, name: str) -> None:
        self.entries.rest_on(f"{LESSON} {name}")  # where the reader is, when the way leads back
        self.call_later(self.open, f"{LESSON} {name}")

    def _try(self, link: ExerciseLink, reading: LessonReading) -> None:
        """Open the exercise that a lesson invites to, on top of the lesson."""
        source, name = link.source, reading.exercise_of(link)
        if not isinstance(source, Exercise):
            self.open(f"{EXERCISE} {name}", link.mode, from_lesson=True)
            return
        bench = self._workbench(replace(source, name=name), name, link.mode, from_lesson=True)
        self.app.push_screen(bench, lambda _: self.renew())


def kind_of(target: str, lessons: Sequence[course.Entry]) -> str:
    """Does a target from the command line mean a lesson or an exercise?"""
    named = any(is_called(entry, target) for entry in lessons)
    return LESSON if named or target.endswith(".md") else EXERCISE
