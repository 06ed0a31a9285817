"""The shipped lessons are written for a tired reader: short sentences, nothing called easy, right choices anywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tui_backprop.course import lessons, load_lesson
from tui_backprop.course.lesson import Check, Inline, Prose
from tui_backprop.tutor.skills import SKILLS

LESSONS = [entry.name for entry in lessons() if not entry.course]
BELITTLING = re.compile(
    r"\b(simpl[ey]|obvious(?:ly)?|just|eas(?:y|ily)|clearly|trivial(?:ly)?|of course)\b", re.IGNORECASE)


def told(lesson: str) -> Iterator[str]:
    """What a lesson says, each formula as one word."""
    def words(content: Inline) -> str:
        return "".join("x" if run.kind in ("math", "code") else run.text for run in content)

    for block in load_lesson(lesson).blocks:
        if isinstance(block, Check):
            yield from map(words, (block.prompt, *block.hints, *(wrong.say for wrong in block.wrong)))
        elif isinstance(block, Prose):
            yield words(block.content)


@pytest.mark.parametrize("lesson", LESSONS)
def test_sentences_are_short(lesson: str) -> None:
    sentences = [sentence.split() for text in told(lesson) for sentence in re.split(r"(?<=[.?!:])\s+", text)]
    lengths = [len(sentence) for sentence in sentences if sentence]
    assert sum(lengths) / len(lengths) <= 14
    assert max(lengths) <= 30


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_is_called_easy(lesson: str) -> None:
    found = [match[0] for text in told(lesson) for match in BELITTLING.finditer(text)]
    assert found == []


def test_the_right_choice_stands_in_any_place() -> None:
    checks = [block for lesson in LESSONS for block in load_lesson(lesson).blocks
              if isinstance(block, Check) and block.kind == "choice"]
    places = Counter(check.choices.index(check.answer[0]) for check in checks)
    assert max(places.values()) <= 0.6 * len(checks), places


def test_no_question_shows_a_skill_before_a_lesson_teaches_it() -> None:
    taught: set[str] = set()
    for name in LESSONS:
        lesson = load_lesson(name)
        taught |= set(lesson.skills)
        asked = {block.skill for block in lesson.blocks if isinstance(block, Check) and block.skill}
        assert asked <= taught, name
    assert taught <= set(SKILLS)
