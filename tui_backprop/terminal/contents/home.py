"""The contents of this learner: Continue, the lessons and the exercises, which are opened from here."""

from __future__ import annotations

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import Screen

from tui_backprop import course
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.files import LARGE_FILE
from tui_backprop.course.library import course_faults
from tui_backprop.dataclass import replace
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.contents import BUILD, EXERCISE, FILE, GUIDED, LESSON, entries_of, is_new
from tui_backprop.desk.following import lesson_after, practice_for
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
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
from tui_backprop.terminal.contents.screen import ContentsScreen
from tui_backprop.terminal.widgets.confirm import Confirm
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.typeset.glyphs import Glyphs

if TYPE_CHECKING:  # the contents wait for no lesson
    from tui_backprop.course.lesson import ExerciseLink
    from tui_backprop.course.save import FileState
    from tui_backprop.desk.lesson.reading import LessonReading
    from tui_backprop.desk.records import RecordsDesk, Subject

CAN_YOU_READ = "Can you read ∂C/∂wⱼₖ and ▓░? If not, press F8."
PLAINEST = "These are the plainest characters. F8 once more brings the fullest back."


def _is_large(name: str) -> bool:
    """Does this exercise's file take so long to read that the learner should see the progress?"""
    try:
        return course.locate(name, "exercise").stat().st_size >= LARGE_FILE
    except (ExerciseError, OSError, ValueError):
        return False  # opening it will say what is wrong


class HomeScreen(ContentsScreen):
    """Opens what is chosen, and shows the progress when the learner comes back; also forgets, and brings back."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "progress", "progress", tooltip="What you have mastered, and what comes next"),
        Binding("r", "records", "records", tooltip="What is recorded and where; forget all, export, import"),
        Binding("n", "notation", "notation", tooltip="Whose symbols and indices exercises are written in"),
        Binding("d", "forget", "forget", tooltip="Begin this exercise or lesson as if it were new; u undoes it"),
        Binding("u", "undo", "undo", show=False, tooltip="Bring back what was forgotten last"),
    ]

    legible = query_one("#legible", MessageView)
    confirm = query_one(Confirm)

    def __init__(
        self, journal: Journal, notation: Notation = HAND_OUT, target: str | None = None,
        offered: str | None = None, *, keeps_glyphs: bool = True,
    ) -> None:
        super().__init__(() if target else entries_of(journal.history))
        self._journal = journal
        self._notation = notation
        self._kept_notation = recall_notation(journal.history)
        self._target, self._offered = target, offered
        self._term = os.environ.get("TERM", "")
        self._keeps_glyphs = keeps_glyphs
        self._is_new = is_new(journal.history)

    @cached_property
    def desk(self) -> RecordsDesk:
        """What can be done with the records; what is opened by name does not wait for it."""
        from tui_backprop.desk.records import RecordsDesk

        return RecordsDesk(self._journal)

    def compose(self) -> ComposeResult:
        """The parts; none while a target named on the command line is in front."""
        if self._target is None:
            yield from super().compose()
            yield Confirm()

    def on_mount(self) -> None:
        self._take_characters()
        if self._target is not None:
            self.open(self._target, self._offered)

    def begin(self) -> None:
        if self._target is not None:
            return  # the parts are not there
        super().begin()
        if self.desk.warnings:
            self._say(wrong(self.desk.warnings[0]))
        self._ask_for_characters()
        if faults := course_faults():
            self._say(wrong(faults[0]))

    def _stand(self) -> None:
        """Make the contents, if they are not there yet, since they are to be seen now."""
        if self._target is not None:
            self._target = None
            self._given = entries_of(self._journal.history)
            self.mount_all(self.compose())
            self.begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question is asked, only its own keys are offered."""
        return self._target is None and not self.confirm.display and super().check_action(action, parameters)

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
            screen = self._lesson(name) if kind == LESSON else self._builder(name) if kind == BUILD else \
                self._workbench(course.load(name), name, offered, from_lesson=from_lesson, practised=practised)
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
        self.action_stop_filter()
        self.renew()

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
                self.summary.show(Paragraph(f"Notation: {notation.title}. Lessons keep the course's own.", role="note"))

        self.app.push_screen(NotationScreen(self._notation), use)

    def _open_file(self) -> None:
        """Ask for a path, and open the exercise there like any other."""
        from tui_backprop.terminal.files.ask import FileScreen

        found: list[Path] = []

        def attempt(path: Path, replace: FileState | None) -> None:
            del replace  # there is nothing to replace
            course.load(path.absolute())
            found.append(path.absolute())

        def go_on(done: bool | None) -> None:
            if done:
                self.open(f"{EXERCISE} {found[-1]}")

        self.app.push_screen(FileScreen("Open an exercise file", attempt), go_on)

    def _builder(self, kind: str) -> Screen[None]:
        from tui_backprop.desk.builder.builder import Builder
        from tui_backprop.terminal.builder.screen import BuilderScreen

        builder = Builder("circuit" if kind == "circuit" else "network", notation=self._notation)
        return BuilderScreen(builder, self._journal)

    def _workbench(
        self, exercise: Exercise, name: str, offered: str | None, *, from_lesson: bool = False, practised: str = "",
    ) -> Screen[None]:
        from tui_backprop.desk.workbench.setup import Setup
        from tui_backprop.desk.workbench.workbench import Workbench
        from tui_backprop.terminal.workbench.screen import WorkbenchScreen

        mode = offered if from_lesson and offered != GUIDED else None  # the lesson says how
        bench = Workbench(Setup(exercise, name=name, journal=self._journal, mode=mode, offered=offered,
                          notation=self._notation, from_lesson=from_lesson, practised=practised))
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

    def action_forget(self) -> None:
        """Ask, and after a yes forget the records of the entry under the cursor."""
        subject = self._subject()
        if subject is None:
            return
        question = self.desk.question(subject)
        if question is None:
            self._say(Paragraph(self.desk.nothing(subject), role="note"))
        else:
            self.confirm.ask(question, lambda: self._say_after(self.desk.forget(subject)), self.summary)

    def action_undo(self) -> None:
        """Bring back what was forgotten last."""
        self._say_after(self.desk.undo())

    def action_records(self) -> None:
        from tui_backprop.terminal.records.screen import RecordsScreen

        self.app.push_screen(RecordsScreen(self.desk), lambda _: self.back())

    def action_progress(self) -> None:
        self.show_progress()

    def show_progress(self, skill: str = "") -> None:
        """Show the progress, with the cursor on the skill with this key or else on the one that comes next."""
        from tui_backprop.terminal.records.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(self._journal.standing(), self._practise, skill), lambda _: self.back())

    def _practise(self, skill: str) -> None:
        """Open the first exercise with a step of this skill, or the lesson that teaches it."""
        place = practice_for(skill, self._journal.history)
        if place is None:
            self._say(Paragraph("No exercise or lesson here has a step of this skill.", role="note"))
        else:
            self.call_later(self.open, place, practised=skill)

    def _subject(self) -> Subject | None:
        """The subject in the records of the entry under the cursor; None where it has none."""
        from tui_backprop.desk.records import Subject

        kind, _, name = self.entries.entry.key.partition(" ") if self.entries.entry else ("", "", "")
        return Subject(lesson=name) if kind == LESSON else Subject(exercise=name) if kind == EXERCISE else None

    def _say_after(self, said: str) -> None:
        self.renew()
        self._say(right(said))

    def _say(self, paragraph: Paragraph) -> None:
        """Show a message below the list, after the list has shown the summary of the entry under the cursor."""
        self.entries.call_later(self.call_later, self.tell, paragraph)
