"""The table of verbs. Help, the README's table and shell completion follow from it; a new verb is one more entry."""

from __future__ import annotations

from collections.abc import Iterable

from tui_backprop.cli.verb import Argument, Either, Verb


def _notations() -> Iterable[str]:
    from tui_backprop.derivation.notation import NOTATIONS

    return NOTATIONS


def _details() -> Iterable[str]:
    from tui_backprop.derivation.formulas import DETAILS

    return DETAILS


def _solution_formats() -> Iterable[str]:
    from tui_backprop.export.formats import FORMATS

    return (name for name, form in FORMATS.items() if form.solution)


def _sheet_formats() -> Iterable[str]:
    from tui_backprop.export.formats import FORMATS

    return (name for name, form in FORMATS.items() if form.sheets)


def _verdicts_and_mistakes() -> Iterable[tuple[str, str]]:
    from tui_backprop.tutor.marking import VERDICTS
    from tui_backprop.tutor.mistakes.known import MISTAKES
    from tui_backprop.typeset.glyphs import Glyphs, plain_text

    yield "Verdicts", "Every step asked counts one mark:"
    yield from VERDICTS.items()
    yield "Codes of mistakes", "The learner ..."
    for code, mistake in sorted(MISTAKES.items()):
        yield code, plain_text(mistake.done, Glyphs.ASCII)


EVERYWHERE = (
    Argument("--ascii", "plain characters alone"),
    Argument("--no-color", "no colours"),
    Argument("--notation", "whose symbols", "NAME", _notations),
    Argument("--version", "which version this is"),
    Argument("--help", "this page; after a verb, the verb's"),
)
"""Options that every verb takes, before or after its name."""

EXERCISE = Argument("exercise", "a shipped one's name, such as exercise-2, or a file's path", "EXERCISE",
                    offers=("exercise", "file"))
JSON = Argument("--json", "the same for scripts")
DETAIL = Argument("--detail", "how finely the chain rule is cut; as the exercise says, if left out", "DETAIL", _details)

OPEN = Verb(
    "", "opens the tutor where you left off, or at what is named",
    (Argument("target", "a name or a file's path", "LESSON or EXERCISE", times="?",
              offers=("lesson", "exercise", "file")),
     Argument("--confined", "open and save files in this folder alone, as on a shared host", "DIR", offers=("file",))),
    module="tui_backprop.cli.open")
"""The call without a verb."""

VERBS = {verb.name: verb for verb in (
    Verb("list", "lessons and exercises, and how far you are", (JSON,)),
    Verb(
        "solve", "the whole worked solution of an exercise, as a text, a document or a script",
        (EXERCISE, JSON,
         Either((Argument("--format", "how it is written", "FORMAT", _solution_formats, "text"),
                 Argument("--spoken", "in words, to be heard"))), DETAIL,
         Argument("--steps", "some steps alone, counted from 1, such as 3:7", "FROM:TO")),
        examples=("solve exercise-2", "solve exercise-2 --format html > solution.html",
                  "solve my-exercise.toml --detail full --steps 6:9")),
    Verb(
        "quiz", "asks for every value; with --plain as lines of text, for screen readers and scripts",
        (EXERCISE, Argument("--plain", "plain questions and answers, a line each"),
         Argument("--spoken", "the same with formulas as words"),
         Either((Argument("--guided", "the first step of each kind is worked, the next half open, then asked whole"),
                 Argument("--predictions", "the sign of a gradient first; then what reuse saves, what matters most"),
                 Argument("--formulas", "each kind of factor as an expression first, then as a number")))),
        "An answer is a line; ? is a hint, ! shows the value and goes on. The end of the\n"
        "input ends it, all saved, and the next quiz goes on there.",
        ("quiz exercise-1 --plain",)),
    Verb(
        "learn", "a lesson; with --plain as lines of text, for screen readers and scripts",
        (Argument("lesson", "its name, its number, or a file's path", "LESSON",
                  offers=("lesson", "file")),
         Argument("--plain", "plain text, with questions and answers a line each"),
         Argument("--spoken", "the same with formulas as words")),
        "An answer is a line; ? is a hint, ! shows the answer and goes on. The end of the\n"
        "input ends it, all saved, and the lesson goes on there.",
        ("learn slopes --plain", "learn 8 --spoken")),
    Verb(
        "plot", "the cost as a picture: a curve, a map, or what it does in training",
        (EXERCISE,
         Argument("--against", "a weight, bias or activation by its id; twice for a map", "ID", times="+"),
         Argument("--from", "where an axis begins; once or for each", "A", times="+"),
         Argument("--to", "where it ends", "B", times="+"),
         Argument("--training", "so many updates instead", "N"),
         Argument("--rate", "the learning rate of a training; again for more side by side", "R", times="+"),
         Argument("--format", "how it is written", "FORMAT", lambda: ("text", "svg", "json", "csv"), "text")),
        """\
The point of a curve is where the exercise stands, with its slope and the next
point one step of gradient descent away. A map has the path of descent on it,
numbered. The ids of all weights: tui-backprop solve EXERCISE --json""",
        ("plot exercise-2 --against 'w 1:i->j' --format svg > curve.svg",
         "plot mazur --against 'w 2:h1->o1' --against 'w 2:h2->o1'",
         "plot exercise-2 --training 100 --rate 0.1 --rate 1")),
    Verb(
        "mark", "marks sheets of answers, right steps after a wrong one among them",
        (EXERCISE, Argument("sheets", "an answer sheet, or a folder of them (*.json)", "SHEET", times="+",
                            offers=("file",)),
         Either((JSON, Argument("--csv", "a row a step, for a spreadsheet")))),
        """\
A step stands with its number on the screen and on a worksheet, its name and
its id.
--csv   counts is 1 where the step is asked, score is its mark, mistakes are
        the codes of those that are told to the learner
--json  several sheets come with their commonest wrong answers; mistakes are
        the codes of all that lead to the number, likeliest first

A sheet is JSON, as an exam in the tutor writes it, or by hand:
  {"learner": "Ada", "answers": {"z 1:j": "0.602", "a 1:j": "0.602"}}
The ids of all steps: tui-backprop solve EXERCISE --json""",
        ("mark exercise-2 sheets/ --csv > marks.csv",), table=_verdicts_and_mistakes),
    Verb(
        "worksheet", "a sheet of exercises to print, with a blank for every value asked, or its key",
        (Argument("exercises", EXERCISE.about, "EXERCISE", times="+", offers=EXERCISE.offers),
         Argument("--key", "the key to it, in place of the sheet"),
         Argument("--format", "how it is written", "FORMAT", _sheet_formats, "markdown"), DETAIL),
        examples=("worksheet exercise-1 exercise-2 --format html > sheet.html",)),
    Verb(
        "check", "names every mistake in lessons, exercises and courses, each with its line",
        (Argument("files", "a lesson (*.md), an exercise (*.toml), or a course's folder", "FILE", times="+",
                  offers=("file",)),),
        "Each finding is a line, FILE:LINE: what is wrong and what would be right. Exit\n"
        "status 1 where there is any. On a screen it also says where there is none."),
    Verb(
        "new", "a commented template of a lesson, an exercise or a course, which passes check",
        (Argument("what", "which of them", names=lambda: ("lesson", "exercise", "course")),
         Argument("file", "where it goes, of a course a folder; never over a file that is there", "FILE",
                  offers=("file",))),
        examples=("new lesson my-lesson.md", "new exercise my-exercise.toml", "new course my-course")),
    Verb(
        "records", "what you have done, to another machine and from there",
        (Argument("way", "to write it to a new file, or to add what such a file has",
                  names=lambda: ("export", "import")),
         Argument("file", "the file that takes it along", "FILE", offers=("file",))),
        "Export writes all of it; import adds each event once, however often it is done.\n"
        "To forget or bring back: open the tutor and press r in the contents.",
        ("records export history.jsonl",)),
    Verb(
        "progress", "what you have mastered, what should be refreshed, and what comes next",
        (JSON,)),
    Verb(
        "serve", "the tutor in a browser, for a room without SSH",
        (Argument("--port", "the port it listens on; 0 for any that is free", "N", default="8000", read=int),
         Argument("--host", "the address it listens on: this machine alone unless told otherwise", "HOST",
                  default="127.0.0.1"),
         Argument("--names", "ask visitors for their names, and keep what they do under them"),
         Argument("--visitors", "how many may be there at once", "N", default="30", read=int),
         Argument("--memory", "the most a visitor may take, in MB of addresses; 0 for no limit", "MB",
                  default="2000", read=int),
         Argument("--records", "the folder with a folder for each visitor", "DIR", offers=("file",))),
        """\
Needs the extra web: pip install 'tui-backprop[web]'
Each visitor has records of their own, told apart by a cookie, or with --names
by a name that everybody in the room can type: for a class that trusts its own.
Behind a proxy and on several hosts: docs/serving.md""",
        ("serve --port 8000", "serve --host 0.0.0.0 --names")),
    Verb(
        "completion", "what a shell needs to complete these calls",
        (Argument("shell", "which one", names=lambda: ("bash", "zsh", "fish")),),
        """\
The script is static: write it to where the shell looks for it, and again after
a new version. Where that is:
  bash  ~/.local/share/bash-completion/completions/tui-backprop
  zsh   _tui-backprop in any folder of $fpath
  fish  ~/.config/fish/completions/tui-backprop.fish
or, in one shell alone: source <(tui-backprop completion bash)""",
        ("completion fish > ~/.config/fish/completions/tui-backprop.fish",)),
)}
