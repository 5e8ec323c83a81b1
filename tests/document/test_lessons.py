"""The lesson part of a document: steps build on one another, and what is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdstudio import cli
from gdstudio.document import DocumentError, authoring, files, from_json, lessons, rehearsal, to_json
from gdstudio.document.challenges import Words, parse_number
from gdstudio.document.goals import outcome

GRAPH = {
    "output": "loss",
    "nodes": [
        {"id": "x", "op": "parameter", "value": 3.0},
        {"id": "k", "op": "constant", "value": 2.0},
        {"id": "kx", "op": "multiply", "inputs": ["k", "x"]},
        {"id": "loss", "op": "square", "inputs": ["kx"]},
    ],
}
RACE = {
    "steps": 10,
    "racers": [
        {"name": "SGD", "optimizer": "sgd", "options": {"learning_rate": 0.01}},
        {"name": "Adam", "optimizer": "adam", "options": {"learning_rate": 0.1}},
    ],
}


def step(**more: Any) -> dict[str, Any]:
    return {"title": "A step", "text": "What to do.", **more}


def document(*steps: dict[str, Any], **lesson: Any):
    data = {"format": "gdstudio", "version": 1, "title": "Square", "graph": GRAPH, "race": RACE}
    return from_json({**data, "lesson": {"text": "About squares.", "steps": list(steps), **lesson}})


def read(*steps: dict[str, Any], **lesson: Any) -> lessons.Lesson:
    return lessons.read_lesson(document(*steps, **lesson))


def challenge(**more: Any) -> dict[str, Any]:
    return {
        "goals": [{"racer": "SGD", "loss_below": 1e-6, "by_step": 5}],
        "may_change": ["learning_rate"],
        "first_try": {"racers": {"SGD": {"options": {"learning_rate": 1.0}}}},
        # The loss is 4x², its slope 8x: the factor 1 - 8·rate is 0 at 1/8.
        "solution": {"racers": {"SGD": {"options": {"learning_rate": 0.125}}}},
        **more,
    }


def test_a_step_begins_where_the_one_before_ended() -> None:
    first, second, third = read(
        step(values={"x": 1.0}),
        step(values={"k": 5.0}, race={"steps": 20}),
        step(racers={"Adam": {"start": [7.0], "options": {"beta1": 0.5}}}),
    ).steps
    assert [one.document.graph.nodes["x"].value.item() for one in (first, second, third)] == [1.0, 1.0, 1.0]
    assert [one.document.graph.nodes["k"].value.item() for one in (first, second, third)] == [2.0, 5.0, 5.0]
    assert (first.document.race.steps, second.document.race.steps) == (10, 20)
    assert len(second.document.race.racers) == 2
    adam = third.document.race.racers[1]
    assert adam.start == (7.0,)
    assert adam.options == {"learning_rate": 0.1, "beta1": 0.5}
    assert second.document.race.racers[1].start is None


def test_another_graph_another_landscape() -> None:
    other = {"output": "loss", "nodes": [{"id": "w", "op": "parameter", "value": 1.0},
                                         {"id": "loss", "op": "exp", "inputs": ["w"]}]}  # fmt: skip
    made = read(step(), step(graph=other, landscape={"axes": ["w"], "ranges": [[-1, 1]]})).steps[1].document
    assert made.coordinates == ("w",)
    assert made.axes_and_ranges() == (("w",), ((-1.0, 1.0),))
    assert made.graph.trace().values["loss"] == pytest.approx(np.e)


def test_what_a_step_selects_and_plays() -> None:
    (made,) = read(step(select="kx", racer="Adam", play="race", at=4)).steps
    assert (made.node, made.racer, made.play, made.at) == ("kx", 1, "race", 4)


def test_texts_in_other_languages() -> None:
    made = read(step(**{"title.zh_CN": "一步"}), **{"text.zh_CN": "关于平方"})
    assert made.text.in_language("zh_CN") == "关于平方"
    assert made.text.in_language("de_DE") == "About squares."
    assert made.steps[0].title.in_language("zh_CN") == "一步"
    assert Words("a", {"zh_CN": "b"}).in_language("zh_CN") == "b"


def test_a_document_with_a_text_alone_is_no_lesson_to_go_through() -> None:
    assert not lessons.has_steps(document())
    assert lessons.has_steps(document(step()))


REFUSALS = [
    (step(values={"y": 1.0}), 'lesson.steps[0].values.y: no leaf is called "y"'),
    (step(values={"x": "much"}), "lesson.steps[0].values.x: must be a number"),
    (step(values={"x": [1.0, [2.0]]}), "lesson.steps[0].values.x[1]: must be a number"),
    (step(racers={"Adam": {"options": {"beta1": 2.0}}}), "lesson.steps[0].racers.Adam.options.beta1: "),
    (step(racers={"Adam": {"start": [1.0, 2.0]}}), "lesson.steps[0].racers.Adam.start: 2 numbers for 1"),
    (step(racers={"SGDD": {}}), 'lesson.steps[0].racers.SGDD: no racer is called "SGDD"; did you mean "SGD"?'),
    (step(select="z"), 'lesson.steps[0].select: no node "z"'),
    (step(racer="Bob"), 'lesson.steps[0].racer: no racer is called "Bob"'),
    (step(play="music"), 'lesson.steps[0].play: must be "forward" or "backward" or "race"'),
    (step(at=11), "lesson.steps[0].at: must be between 0 and 10"),
    (step(landscape={"axes": ["q"]}), 'lesson.steps[0].landscape.axes[0]: no coordinate "q"'),
    (step(race={"steps": -1}), "lesson.steps[0].race.steps: "),
    ({"title": "No text"}, "lesson.steps[0].text: is missing"),
    (step(text=5), "lesson.steps[0].text: must be a text"),
    (step(question={"answer": 1}), "lesson.steps[0].question.ask: is missing"),
    (step(question={"ask": "?", "answer": "six"}), "lesson.steps[0].question.answer: must be a number"),
    (step(question={"ask": "?", "choices": ["a"], "answer": 0}), "lesson.steps[0].question.choices: a choice needs"),
    (step(question={"ask": "?", "choices": ["a", "b"], "answer": 2}), "lesson.steps[0].question.answer: must be between"),
    (step(question={"ask": "?", "answer": {"gradient": "q"}}), 'lesson.steps[0].question.answer.gradient: no node "q"'),
    (step(question={"ask": "?", "answer": {"speed": "x"}}), "lesson.steps[0].question.answer: must be an object"),
    (step(challenge=challenge(goals=[])), "lesson.steps[0].challenge.goals: a challenge has at least one goal"),
    (step(challenge=challenge(goals=[{"win": 1}])), "lesson.steps[0].challenge.goals[0]"),
    (step(challenge=challenge(solution={"racers": {"Bob": {}}})), "lesson.steps[0].challenge.solution.racers.Bob"),
    (step(challenge=challenge(solution={"values": {"q": 1}})), "lesson.steps[0].challenge.solution.values.q"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), REFUSALS, ids=[message for _, message in REFUSALS])
def test_what_is_wrong_is_told_with_its_place(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(wrong)
    assert str(caught.value).startswith(message)


def test_the_place_counts_steps_from_the_first() -> None:
    with pytest.raises(DocumentError, match=r"^lesson\.steps\[1\]\.select"):
        read(step(), step(select="z"))


def test_a_lesson_saved_half_way_opens_there_and_keeps_its_first_step() -> None:
    begun = document(step(), step(values={"x": 1.0}))
    second = lessons.read_lesson(begun).steps[1].document
    saved = from_json(to_json(lessons.shown(second, begun, 1)))
    assert saved.graph.nodes["x"].value == 1.0
    again = lessons.read_lesson(saved)
    assert again.at == 1
    assert again.steps[0].document.graph.nodes["x"].value == 3.0
    # Saved once more from another step, the start is still the same.
    third = from_json(to_json(lessons.shown(again.steps[0].document, saved, 0)))
    assert lessons.read_lesson(third).steps[0].document.graph.nodes["x"].value == 3.0


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2.0), ("−0.5", -0.5), ("4/9", 4 / 9), ("1e-4", 1e-4), ("0,5", 0.5), (" 1 000 ", 1000.0)],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert parse_number(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "two", "1/0", "nan", "inf", "1/2/3"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_answers_are_computed_from_the_step_and_may_be_rounded() -> None:
    # loss = (2·3)² = 36, dloss/dx = 2·6·2 = 24, dloss/dkx = 12.
    asked = [
        {"ask": "?", "answer": {"value": "loss"}},
        {"ask": "?", "answer": {"gradient": "x"}},
        {"ask": "?", "answer": {"local": ["loss", "kx"]}},
    ]
    questions = [read(step(question=question)).steps[0].question for question in asked]
    assert [question.answer for question in questions] == [36.0, 24.0, 12.0]
    assert questions[0].is_right(36.3) and not questions[0].is_right(37.0)


def test_a_challenge_knows_its_solution_from_the_first_try() -> None:
    made = read(step(challenge=challenge())).steps[0].challenge
    assert made.solved(outcome(made.solution))
    assert not made.solved(outcome(made.first_try))
    assert not made.solved(outcome(made.start))


OFFENCES = [
    ({"racers": {"SGD": {"options": {"learning_rate": 0.5}}}}, ()),
    ({"racers": {"SGD": {"options": {"momentum": 0.5}}}}, ("SGD: momentum",)),
    ({"racers": {"SGD": {"start": [0.0]}}}, ("SGD: start",)),
    ({"racers": {"SGD": {"noise": 0.1}}}, ("SGD: noise",)),
    ({"racers": {"SGD": {"optimizer": "adam", "options": {}}}}, ("SGD: optimizer",)),
    ({"racers": {"Adam": {"options": {"learning_rate": 0.5}}}}, ("Adam: learning_rate",)),
    ({"values": {"k": 0.0}}, ("k",)),
    ({"race": {"steps": 1000}}, ("steps",)),
    ({"race": {"racers": []}}, ("racers",)),
    ({"landscape": {"scale": "log"}}, ()),
]


@pytest.mark.parametrize(("changes", "offences"), OFFENCES)
def test_a_challenge_minds_what_was_changed(changes: dict[str, Any], offences: tuple[str, ...]) -> None:
    made = read(step(challenge=challenge())).steps[0].challenge
    assert made.offences(lessons.changed(made.start, changes)) == offences


GOALS = [
    ({"racer": "SGD", "loss_below": 36.0}, True),
    ({"racer": "SGD", "loss_below": 1e-9}, False),
    ({"racer": "SGD", "loss_below": 36.0, "by_step": 0}, False),
    ({"racer": "SGD", "status": "diverged"}, False),
    ({"racer": "SGD", "near": [0.0], "within": 3.0}, True),
    ({"racer": "SGD", "near": [0.0], "within": 0.1}, False),
    ({"racer": "SGD", "beats": "Adam"}, True),
    ({"racer": "Adam", "beats": "SGD"}, False),
    ({"value": "loss", "equals": 36}, True),
    ({"gradient": "x", "equals": 25, "tolerance": 0.5}, False),
    ({"gradient": "x", "above": 20}, True),
    ({"value": "loss", "below": 20}, False),
    ({"slopes": [{"at": {"x": 1.0}, "are": {"x": 8.0}}]}, True),
    ({"slopes": [{"at": {"x": 1.0}, "are": {"x": 9.0}}]}, False),
    ({"slopes": [{"at": {"y": 1.0}, "are": {"y": 9.0}}]}, False),
]


@pytest.mark.parametrize(("goal", "met"), GOALS, ids=str)
def test_goals(goal: dict[str, Any], met: bool) -> None:
    # SGD: x ← x·(1 - 0.08), so after 10 steps x = 3·0.92¹⁰ = 1.30; Adam walks 0.1 a step, to about 2.0.
    made = read(step(challenge=challenge(goals=[goal]))).steps[0].challenge
    assert made.goals[0].met(outcome(made.start)) is met


def test_a_racer_that_is_switched_off_meets_no_goal() -> None:
    made = read(step(challenge=challenge(goals=[{"racer": "SGD", "loss_below": 36.0}]))).steps[0].challenge
    off = lessons.changed(made.start, {"racers": {"SGD": {"enabled": False}}})
    assert not made.goals[0].met(outcome(off))
    both = lessons.changed(off, {"racers": {"Adam": {"enabled": False}}})
    assert outcome(both).race is None
    assert not made.goals[0].met(outcome(both))


# Rehearsals


def test_a_sound_lesson_has_no_faults() -> None:
    assert rehearsal.faults(document(step(play="race"), step(challenge=challenge()))) == []


FAULTS = [
    ((), "it has no lesson with steps"),
    ((step(select="z"),), 'lesson.steps[0].select: no node "z"'),
    ((step(play="race", race={"racers": []}),), "step 1: it plays a race, but no racer is switched on"),
    (
        (step(), step(challenge=challenge(solution={"values": {"k": 0.0}}))),
        "step 2: the solution changes what may not be changed: k",
    ),
    (
        (step(challenge=challenge(solution={})),),
        "step 1: the solution does not meet the goals of the challenge",
    ),
    (
        (step(challenge=challenge(first_try=challenge()["solution"])),),
        "step 1: the first try meets the goals of the challenge already",
    ),
]


@pytest.mark.parametrize(("steps", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_rehearsal_tells_what_is_broken(steps: tuple[dict[str, Any], ...], fault: str) -> None:
    assert rehearsal.faults(document(*steps)) == [fault]


def test_the_command_line_checks_lessons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lessons", "--check", "tape", "autograd"]) == 0
    assert capsys.readouterr().out == "2 lessons, none broken\n"
    files.write(document(step(play="race", race={"racers": []})), tmp_path / "bad.gdstudio")
    assert cli.main(["lessons", "--check", str(tmp_path / "bad.gdstudio")]) == 1
    assert capsys.readouterr().out.endswith("no racer is switched on\n1 lesson, 1 broken\n")


def test_the_command_line_prints_the_course(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lessons"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 31
    assert lines[1].split() == ["derivative", "5", "The", "derivative"]
    assert cli.main(["list", "lessons"]) == 0
    assert "Backpropagation" in capsys.readouterr().out


# Writing lessons


def x_of(made: lessons.Step) -> float:
    return made.document.graph.nodes["x"].value.item()


def test_a_document_becomes_a_lesson_of_one_step() -> None:
    made = authoring.with_step(document().replace(lesson=None), "First", "Look.", "kx")
    (only,) = lessons.read_lesson(made).steps
    assert (str(only.title), str(only.text), only.node, x_of(only)) == ("First", "Look.", "kx", 3.0)


def test_recorded_steps_keep_their_states_whatever_the_document_shows_later() -> None:
    made = authoring.with_step(document().replace(lesson=None), "First", "")
    made = made.replace(graph=made.graph.with_value("x", np.array(5.0)))
    made = authoring.with_step(made, "Second", "")
    made = made.replace(graph=made.graph.with_value("x", np.array(9.0)))
    again = lessons.read_lesson(from_json(to_json(made)))
    assert [(str(one.title), x_of(one)) for one in again.steps] == [("First", 3.0), ("Second", 5.0)]
    assert again.at == 1


def test_a_step_recorded_between_two_leaves_the_later_one_as_it_was() -> None:
    lesson = document(
        step(),
        step(values={"k": 7.0}, landscape={"scale": "log"}, race={"steps": 3}),
        step(values={"x": 1.0}),
    )
    before = lessons.read_lesson(lesson)
    first = lessons.shown(before.steps[0].document, lesson, 0)
    changed = first.replace(graph=first.graph.with_value("x", np.array(4.0)))
    made = authoring.with_step(changed, "Between", "")
    steps = lessons.read_lesson(from_json(to_json(made))).steps
    assert [x_of(one) for one in steps] == [3.0, 4.0, 3.0, 1.0]
    for old, new in zip(before.steps[1:], steps[2:], strict=True):
        assert to_json(old.document) == to_json(new.document)


def test_without_a_step_the_later_ones_are_as_they_were() -> None:
    lesson = document(step(values={"x": 1.0}), step(values={"k": 7.0}), step())
    made = authoring.without_step(lesson, 1)
    steps = lessons.read_lesson(made).steps
    assert [one.document.graph.nodes["k"].value.item() for one in steps] == [2.0, 7.0]
    made = authoring.without_step(authoring.without_step(made, 1), 0)
    assert made.lesson is None


def test_texts_change_in_the_language_that_the_step_speaks() -> None:
    lesson = document(step(**{"title.zh_CN": "一"}))
    made = authoring.with_texts(lesson, 0, "二", "…", "zh_CN")
    (only,) = lessons.read_lesson(made).steps
    assert (str(only.title), only.title.in_language("zh_CN"), str(only.text)) == ("A step", "二", "…")


def test_a_presentation_shows_the_views_of_the_step_or_of_the_lesson() -> None:
    """Without a word of it: graph and surface, and the race where there are racers."""
    own, lesson = read(step(views=["race"]), step(), views=["graph", "race"]).steps
    assert (own.views, lesson.views) == (("race",), ("graph", "race"))
    racing, alone = read(step(), step(race={"racers": []})).steps
    assert (racing.views, alone.views) == (("graph", "landscape", "race"), ("graph", "landscape"))


@pytest.mark.parametrize(
    ("views", "message"),
    [
        ([], "lesson.steps[0].views: a presentation shows at least one view"),
        (["map"], 'lesson.steps[0].views[0]: must be "graph" or "landscape" or "race", not "map"'),
    ],
)
def test_views_that_do_not_exist_are_refused(views, message) -> None:
    with pytest.raises(DocumentError) as caught:
        read(step(views=views))
    assert str(caught.value) == message
