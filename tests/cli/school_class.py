"""A class of thirty on paper: each works an exercise out, most with a mistake or two, a few leave steps out.

``python -m tests.cli.school_class EXERCISE FOLDER [SEED]`` writes the sheets to a folder, to look at.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.tutor.sheets import Slip, sheet
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.tutor.plan import plan_steps

NAMES: Final = (
    "Ada Lovelace", "Alan Turing", "Katherine Johnson", "Émilie du Châtelet", "Sofja Kowalewskaja", "Kurt Gödel",
    "Maria Gaetana Agnesi", "René Descartes", "Srinivasa Ramanujan", "王贞仪", "Hypatia",
    "Wilhelmina Friederike Gräfin von und zu Unterhaltung-Langenscheidt", "O'Brien, Seán", "",
)
SIZE: Final = 30


@dataclass
class SchoolClass:
    """The sheets by file name, and how often each wrong number was written at each step before any other mistake."""

    sheets: dict[str, dict[str, object]] = field(default_factory=dict)
    seeded: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many sheets have this mistake, by its code, as their first at this step."""

    def write(self, folder: Path) -> None:
        """A file for each sheet."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.sheets.items():
            (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def school_class(exercise: Exercise, seed: int = 1) -> SchoolClass:
    """Thirty sheets: a third without a mistake, most with one, a few with two or with steps left out."""
    chance = random.Random(seed)
    derivation = Derivation(exercise.task, exercise.detail)
    plan = list(plan_steps(derivation, exercise.ask))
    likely = [(quantity, code) for quantity in plan for code in _mistakes(derivation, quantity)]
    favourites = chance.sample(likely, min(4, len(likely)))
    made = SchoolClass()
    for number in range(1, SIZE + 1):
        chosen = chance.choices([[], chance.choices(favourites)[:1], chance.choices(likely)], [3, 4, 2])[0]
        slips = {quantity: _mistakes(derivation, quantity)[code] for quantity, code in chosen}
        answers: dict[str, object] = dict(sheet(exercise, slips=slips, rounded=True))
        if chance.random() < 0.2:
            for quantity in plan[-chance.randrange(1, 4):]:
                if quantity not in slips:
                    del answers[quantity]
        made.seeded.update(chosen)
        content: dict[str, object] = {"exercise": exercise.digest, "answers": answers}
        if name := chance.choice(NAMES):
            content["learner"] = name
        made.sheets[f"sheet-{number:02}.json"] = content
    return made


def _mistakes(derivation: Derivation, quantity: str) -> dict[str, Slip]:
    """What is often written at such a step in place of the value, by the mistake's code."""
    kind = derivation.graph.kind(quantity)
    value = derivation.values(quantity)
    if kind == "factor" and "dC/da" in quantity and value:
        return {"factor_two": lambda own: own / 2, "sign": lambda own: -own}
    if kind == "update":
        old = derivation.values(quantity.replace("'", "", 1))
        if value != old:
            return {"ascent": lambda own: 2 * old - own, "step_only": lambda own: own - old}
    return {}


if __name__ == "__main__":
    school_class(course.load(sys.argv[1]), *map(int, sys.argv[3:])).write(Path(sys.argv[2]))
