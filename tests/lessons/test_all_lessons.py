"""What holds for every lesson: it loads, each step can be evaluated and raced, challenges can be solved."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from gdstudio.document import files, from_json, goals, lessons, library, to_json
from gdstudio.document.challenges import Words
from tests.lessons.support import lesson, outcome

NAMES = lessons.names()
STEPS = [(name, number) for name in NAMES for number in range(1, len(lesson(name).steps) + 1)]
CHALLENGES = [(name, number) for name, number in STEPS if lesson(name).steps[number - 1].challenge]


def texts_of(name: str) -> list[Words]:
    made = lesson(name)
    found = [made.title, made.group, made.text, made.suggestions]
    for step in made.steps:
        found += [step.title, step.text]
        if step.question:
            found += [step.question.ask, step.question.hint, step.question.why, *step.question.choices]
        if step.challenge:
            found.append(step.challenge.hint)
    return [words for words in found if str(words)]


def test_the_course_has_thirty_lessons_in_five_chapters() -> None:
    rows = lessons.contents()
    assert [row.number for row in rows] == list(range(1, 31))
    assert len({row.group.text for row in rows}) == 5
    assert sum(row.challenges for row in rows) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_an_ordinary_document(name: str) -> None:
    path = lessons.path_of(name)
    document = files.read(path)
    assert document.title
    assert from_json(to_json(document)) == document
    assert document.lesson["name"] == name
    assert library.find(name) == document
    # Written as the program writes it, so that a saved lesson changes where it was edited only.
    assert files.to_text(document) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_has_a_summary_and_something_to_try(name: str) -> None:
    made = lesson(name)
    assert 3 <= len(made.steps) <= 8
    assert str(made.text) and str(made.suggestions)
    assert all(len(str(step.text)) < 700 for step in made.steps)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_says_everything_in_both_languages(name: str) -> None:
    for words in texts_of(name):
        chinese = words.in_language("zh_CN")
        assert chinese
        # The same formulas stand in both.
        formulas = re.compile(r"\$\$.+?\$\$", re.DOTALL)
        assert formulas.findall(chinese) == formulas.findall(words.text)


@pytest.mark.parametrize(("name", "number"), STEPS)
def test_a_step_can_be_shown(name: str, number: int) -> None:
    step = lesson(name).steps[number - 1]
    found = outcome(name, number)
    # "autograd" shows on purpose what happens without a scalar loss.
    if (name, number) != ("autograd", 3):
        assert step.document.graph.problems == {}
        assert np.isfinite(found.trace.values[step.document.graph.output]).all()
        step.document.axes_and_ranges()
        assert all(np.isfinite(slope).all() for slope in found.trace.gradients.values())
    if step.play == "race":
        assert found.race is not None
    if step.play == "backward":
        assert found.trace.gradients


@pytest.mark.parametrize(("name", "number"), CHALLENGES)
def test_a_challenge_can_be_solved_and_its_first_try_fails(name: str, number: int) -> None:
    challenge = lesson(name).steps[number - 1].challenge
    assert challenge.solved(goals.outcome(challenge.solution))
    assert challenge.offences(challenge.first_try) == ()
    assert not challenge.solved(goals.outcome(challenge.first_try))
    assert not challenge.solved(goals.outcome(challenge.start))


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_contents_agrees_with_the_file(name: str) -> None:
    row = next(row for row in lessons.contents() if row.name == name)
    data = json.loads(lessons.path_of(name).read_text(encoding="utf-8"))
    assert row.title.text == data["title"]
    assert row.title.in_language("zh_CN") == data["lesson"]["title.zh_CN"]
    assert row.steps == len(lesson(name).steps)
