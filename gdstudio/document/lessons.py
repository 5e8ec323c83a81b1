"""The lesson part of a document: texts and steps, each step a state of the document. No Qt.

A step begins with the state of the step before it and changes what it names, in the words of the file format:

    {"title": "…", "text": "markdown",
     "graph": {…}, "landscape": {…}, "race": {…},       a new graph; keys of the landscape and the race
     "values": {"w": 3.0}, "racers": {"SGD": {…}},      values of leaves; keys of the racers with these names
     "select": "w", "racer": "SGD", "play": "race",     what is selected and played
     "show": "norms",                                   the gradient norm layer by layer, below the graph
     "views": ["graph", "landscape"],                   what a presentation shows of the window
     "at": 0, "question": {…}, "challenge": {…}}        the step of the race that is shown; see `challenges`

The landscape's own keys switch its views: "view", "field", "secant", "smoothing". `views` may also stand in the lesson,
for all steps that don't have their own. Every text may stand in other languages beside itself: `text` and `text.zh_CN`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gdstudio.document import challenges
from gdstudio.document.challenges import Challenge, Question, Words
from gdstudio.document.entries import Entry, join
from gdstudio.document.goals import racer_index
from gdstudio.document.model import Document, DocumentError
from gdstudio.document.schema import from_json, to_json
from gdstudio.engine.errors import suggestion
from gdstudio.paths import resource_path

PLAYS = ("forward", "backward", "race")
SHOWS = ("norms",)
VIEWS = ("graph", "landscape", "race")
SUFFIX = ".gdstudio"
_PARTS = ("graph", "landscape", "race")
_LISTED = re.compile(r"(?P<list>graph\.nodes|race\.racers)\[(?P<index>\d+)\](?P<rest>.*)")


@dataclass(frozen=True)
class Step:
    """One idea of a lesson.

    Attributes:
        document: the state that the step shows.
        node: the node that is selected; None = none.
        racer: the racer that is selected, its place in the document; None = none.
        play: "forward", "backward" or "race"; None = nothing.
        at: the step of the race that is shown first; None = the last.
        show: "norms" = the strip of gradient norms; None = nothing beside the graph.
        views: what a presentation shows: some of `VIEWS`.
    """

    title: Words
    text: Words
    document: Document
    node: str | None = None
    racer: int | None = None
    play: str | None = None
    at: int | None = None
    show: str | None = None
    views: tuple[str, ...] = VIEWS
    question: Question | None = None
    challenge: Challenge | None = None


@dataclass(frozen=True)
class Lesson:
    """A document's lesson.

    Attributes:
        title: the document's.
        group: the chapter it belongs to.
        text: what it is about.
        steps: at least one.
        suggestions: what to try at the end, markdown.
        at: the step to begin with.
    """

    title: Words
    group: Words
    text: Words
    steps: tuple[Step, ...]
    suggestions: Words
    at: int = 0


@dataclass(frozen=True, order=True)
class Row:
    """A bundled lesson in the table of contents, in the order of their numbers."""

    number: int
    name: str
    title: Words = field(compare=False)
    group: Words = field(compare=False)
    summary: Words = field(compare=False)
    steps: int = field(compare=False)
    challenges: int = field(compare=False)


def has_steps(document: Document) -> bool:
    """Whether the document is a lesson that can be gone through."""
    return bool(document.lesson and document.lesson.get("steps"))


def read_lesson(document: Document) -> Lesson:
    """The lesson of a document, every step with its own state.

    Raises:
        DocumentError: the lesson is wrong; with the path of the entry, such as `lesson.steps[2].values.w`.
    """
    entry = Entry({"lesson": dict(document.lesson or {})})["lesson"]
    rows = entry["steps"]
    if not rows.entries():
        rows.fail("a lesson has at least one step")
    state = to_json(document.replace(lesson=None))
    start = entry.get("start")
    if start is not None:
        state = {key: value for key, value in state.items() if key not in _PARTS}
        state |= {part: start[part].mapping() for part in _PARTS if part in start.mapping()}
    views = _views(entry)
    steps = []
    for row in rows.items():
        state = _changed(state, row)
        steps.append(_step(row, state, document, views))
    at = entry.get("at")
    return Lesson(
        title=challenges.words(Entry(document_titles(document)), "title"),
        group=challenges.words(entry, "group"),
        text=challenges.words(entry, "text"),
        steps=tuple(steps),
        suggestions=challenges.words(entry, "try"),
        at=0 if at is None else at.whole(0, len(steps) - 1),
    )


def document_titles(document: Document) -> dict[str, Any]:
    """The document's title in all its languages; those but the first stand in the lesson."""
    others = {key: value for key, value in (document.lesson or {}).items() if key.startswith("title.")}
    return {"title": document.title, **others}


def shown(document: Document, begun: Document, at: int) -> Document:
    """The state of a step as the open document: with the lesson of `begun`, which remembers its own start.

    So a lesson that is saved half way opens there again, and its first step is still its first.
    """
    lesson = dict(begun.lesson or {})
    if "start" not in lesson:
        data = to_json(begun)
        lesson["start"] = {part: data[part] for part in _PARTS if part in data}
    return document.replace(title=begun.title, lesson={**lesson, "at": at}, extra=begun.extra)


def changed(document: Document, changes: Mapping[str, Any], path: str = "") -> Document:
    """A document with changes in the words of a step: `values`, `racers`, `graph`, `landscape`, `race`.

    Raises:
        DocumentError: with the path of the wrong entry, below `path`.
    """
    state = _changed(to_json(document), Entry(dict(changes), path))
    return _document(state, Entry(dict(changes), path), document)


def folder() -> Path:
    """Where the bundled lessons are."""
    return resource_path("lessons")


@cache
def names() -> tuple[str, ...]:
    """The names of the bundled lessons, in their order."""
    return tuple(row.name for row in contents())


@cache
def contents() -> tuple[Row, ...]:
    """The bundled lessons without their graphs, for lists of them."""
    return tuple(sorted(_row(path) for path in folder().glob(f"*{SUFFIX}")))


def path_of(name: str) -> Path:
    """The file of a bundled lesson."""
    return folder() / f"{name}{SUFFIX}"


def _row(path: Path) -> Row:
    data = json.loads(path.read_text(encoding="utf-8"))
    lesson = Entry(data, path.name)["lesson"]
    titles = {**{k: v for k, v in lesson.value.items() if k.startswith("title.")}, "title": data["title"]}
    steps = list(lesson["steps"].items())
    return Row(
        number=lesson["number"].whole(1, 1000),
        name=path.name.removesuffix(SUFFIX),
        title=challenges.words(Entry(titles), "title"),
        group=challenges.words(lesson, "group"),
        summary=challenges.words(lesson, "text"),
        steps=len(steps),
        challenges=sum(step.get("challenge") is not None for step in steps),
    )


def _changed(state: Mapping[str, Any], row: Entry) -> dict[str, Any]:
    """The JSON of a document after the changes that `row` names; what cannot be is found when it is read."""
    state = dict(state)
    graph, values, racers = row.get("graph"), row.get("values"), row.get("racers")
    if graph is not None:
        state["graph"] = graph.mapping()
    for part in ("landscape", "race"):
        if (entry := row.get(part)) is not None:
            state[part] = {**state.get(part, {}), **entry.mapping()}
    if values is not None:
        state["graph"] = _with_values(state["graph"], values)
    if racers is not None:
        state["race"] = _with_racers(state.get("race", {}), racers)
    return state


def _with_values(graph: Mapping[str, Any], values: Entry) -> dict[str, Any]:
    nodes = [dict(node) for node in graph["nodes"]]
    leaves = {node["id"]: node for node in nodes if "value" in node}
    for name, value in values.mapping().items():
        if name not in leaves:
            raise DocumentError(
                f'no leaf is called "{name}"{suggestion(name, leaves)}', join(values.path, name)
            )
        leaves[name]["value"] = value
    return {**graph, "nodes": nodes}


def _with_racers(race: Mapping[str, Any], racers: Entry) -> dict[str, Any]:
    rows = [dict(racer) for racer in race.get("racers", [])]
    named = {racer.get("name", ""): racer for racer in rows}
    for name in racers.mapping():
        if name not in named:
            raise DocumentError(
                f'no racer is called "{name}"{suggestion(name, named)}', join(racers.path, name)
            )
        change = dict(racers[name].mapping())
        if "options" in change and "optimizer" not in change:
            options = racers[name]["options"].mapping()
            change["options"] = {**named[name].get("options", {}), **options}
        named[name] |= change
    return {**race, "racers": rows}


def _views(row: Entry) -> tuple[str, ...] | None:
    """What a lesson or a step says of the views; None = nothing."""
    views = row.get("views")
    if views is None:
        return None
    if not views.entries():
        views.fail("a presentation shows at least one view")
    return tuple(view.choice(*VIEWS) for view in views.items())


def _step(row: Entry, state: Mapping[str, Any], whole: Document, views: tuple[str, ...] | None) -> Step:
    document = _document(state, row, whole)
    node, play, at, show = row.get("select"), row.get("play"), row.get("at"), row.get("show")
    if node is not None and node.text(200) not in document.graph.nodes:
        node.fail(f'no node "{node.value}"{suggestion(node.value, document.graph.nodes)}')
    racer = row.get("racer")
    question, challenge = row.get("question"), row.get("challenge")
    return Step(
        title=challenges.words(row, "title", required=True),
        text=challenges.words(row, "text", required=True),
        document=document,
        node=None if node is None else node.value,
        racer=None if racer is None else racer_index(racer, document),
        play=None if play is None else play.choice(*PLAYS),
        at=None if at is None else at.whole(0, document.race.steps),
        show=None if show is None else show.choice(*SHOWS),
        views=_views(row) or views or (VIEWS if document.race.racers else VIEWS[:2]),
        question=None if question is None else challenges.read_question(question, document),
        challenge=None if challenge is None else challenges.read_challenge(challenge, document, changed),
    )


def _document(state: Mapping[str, Any], row: Entry, whole: Document) -> Document:
    """The document of a step. A fault in what this step says is told with the step's own path."""
    try:
        made = from_json(state)
        made.race_inputs()
        if made.coordinates:
            made.axes_and_ranges()
    except DocumentError as error:
        raise DocumentError(error.reason, _place(error.entry, state, row)) from error
    return made.replace(lesson=None, extra=whole.extra)


def _place(entry: str, state: Mapping[str, Any], row: Entry) -> str:
    """Where in a step a fault stands that was found in the document which the step makes."""
    found = _LISTED.fullmatch(entry)
    if found is not None:
        nodes = found["list"] == "graph.nodes"
        named = state["graph"]["nodes"] if nodes else state["race"]["racers"]
        changes = row.get("values" if nodes else "racers")
        name = named[int(found["index"])].get("id" if nodes else "name", "")
        if changes is not None and name in changes.mapping():
            return join(changes.path, name) + found["rest"].removeprefix(".value")
    return f"{row.path}.{entry}" if row.path else entry
