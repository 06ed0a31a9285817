"""``new``: a commented template of a lesson, an exercise or a course, in which ``check`` finds no mistake."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from tui_backprop.cli.verb import UsageError
from tui_backprop.course.save import save_text

LESSON = """\
+++
title   = "My lesson"
order   = 100                        # lessons are listed by it
summary = "One line for the contents."
skills  = ["power-rule"]             # what it teaches; a check may name its own: skill = "..."
symbols = ['f', 'x', '\\partial']     # letters and signs that it explains first
+++

# My lesson

A paragraph. Maths stands between dollar signs: $f(x) = x^2$. On a line of its own:

$$
\\frac{\\partial f}{\\partial x} = 2x
$$

> **Definition.** A quotation that begins so is set apart. **Trap.** and **Try it.** are, too.

```check
kind      = "formula"                # formula, number, choice, order or edge
prompt    = 'Differentiate $x^3$ with respect to $x$.'
answer    = "3x^2"
variables = ["x"]
hints     = ["What happens to the exponent?", "It comes down in front, and drops by one."]
wrong     = [{ answer = "3x^3", say = "The 3 came down, but the exponent stayed." }]
```

```plot
formula = "x^2"                      # or exercise = "..." with against = "w 1:j->k", or with training = 20
from    = -2
to      = 3
```

```exercise
exercise = "exercise-1"              # a shipped one, or one in the folder exercises beside this file
```
"""
EXERCISE = """\
format  = 1
title   = "My exercise"
summary = "One line for the contents."

[network]
layers        = [["i"], ["j"], ["k"]]        # the names of the units, inputs first
activation    = "relu"                       # or one for each layer after the input: ["relu", "sigmoid"]
cost          = "squared_error"
learning_rate = 0.1
weights       = [{ "i->j" = 0.86 }, { "j->k" = 0.66 }]
# biases      = [{ "j" = 0.1 }, { "k" = 0.0 }]

[[samples]]                                  # one or more: a batch
inputs  = { i = 0.7 }
targets = { k = 1.0 }

# [ask]                                      # what a quiz asks; left out, it asks for all
# steps = ["gradient", "update"]

[answers]                                    # how fine an answer must be: one of these two
significant_digits = 3                       # 0.0714 and 12.3 have three
# decimals = 3                               # 0.071: as many digits behind the point in every answer
"""
COURSE = """\
title = "My course"

[[sections]]
title   = "Beginning"
lessons = ["01-my-lesson"]           # files of this folder without .md, in their order
# needs = ["Another section"]        # sections or lessons that come before all of these

# [needs]
# "02-next" = ["01-my-lesson"]       # what comes before one lesson
"""
TEMPLATES: Mapping[str, tuple[str, str]] = {"lesson": (LESSON, ".md"), "exercise": (EXERCISE, ".toml")}
"""The templates of single files, each with the ending of its file."""
COURSE_FILES: Mapping[str, str] = {
    "course.toml": COURSE, "01-my-lesson.md": LESSON.replace("order   = 100", "order   = 1  "),
    "exercises/my-exercise.toml": EXERCISE,
}
"""The files of a new course, by their place in its folder."""



def run(arguments: Namespace) -> int:
    """Write the template; never over an existing file."""
    path = Path(arguments.file)
    if arguments.what == "course":
        return _course(path)
    text, ending = TEMPLATES[arguments.what]
    if path.suffix != ending:
        raise UsageError(f"a new {arguments.what} is a file that ends in {ending}, such as my-{arguments.what}{ending}")
    _write(path, text)
    return 0


def _course(folder: Path) -> int:
    """Make a folder with a course file, a lesson and an exercise. Raises UsageError where anything is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: there is something there already, and it stays: choose another name")
    for place, text in COURSE_FILES.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        _write(folder / place, text)
    return 0


def _write(path: Path, text: str) -> None:
    try:
        save_text(path, text, lambda _text: False)
    except FileExistsError:
        raise UsageError(f"{path}: there is such a file already, and it stays: choose another name") from None
