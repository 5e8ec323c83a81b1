"""A document as JSON values and back, entry by entry.

Reading refuses what is wrong, with the path of the wrong entry; writing leaves out defaults and puts unknown
keys back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from gdstudio.document.entries import Entry, check_tree
from gdstudio.document.graphs import graph_from_json, graph_to_json
from gdstudio.document.landscapes import landscape_from_json, landscape_to_json
from gdstudio.document.limits import LIMITS, Limits
from gdstudio.document.model import (
    BATCH_ORDERS,
    GRADIENTS,
    LARGEST_BUDGET,
    LARGEST_STYLE,
    Document,
    DocumentError,
    LandscapeSettings,
    RacerSettings,
    RaceSettings,
)
from gdstudio.engine import EngineError, Graph, optimizers, schedules
from gdstudio.engine.errors import suggestion

FORMAT = "gdstudio"
VERSION = 1

RACER_KEYS = tuple(part.name for part in fields(RacerSettings) if part.name != "extra")
# What a race has beside its course.
_COMPARISON = ("target", "budget")
_DEFAULTS = {key: getattr(RacerSettings(), key) for key in RACER_KEYS}


def from_json(data: Any, limits: Limits = LIMITS, tell: Callable[[float], None] | None = None) -> Document:
    """The document in parsed JSON.

    Args:
        tell: called with the fraction that is done, now and then; what it raises ends the reading.

    Raises:
        DocumentError: with the path of the entry at fault, such as `graph.nodes[3].inputs[1]: no node "x9"`.
    """
    if not isinstance(data, dict):
        raise DocumentError("not a gdstudio document: it must be an object with format, version and graph")
    file = Entry(data)
    if "format" not in data:
        raise DocumentError(f'is missing; a gdstudio document has "format": "{FORMAT}"', "format")
    file["format"].choice(FORMAT)
    _refuse_crowds(data, limits)
    check_tree(data)
    version = file["version"]
    if isinstance(version.value, int) and version.value > VERSION:
        version.fail(
            f"{version.value} was written by a newer gdstudio; this one reads version {VERSION}; update it"
        )
    if version.value != VERSION or isinstance(version.value, bool):
        version.wrong(str(VERSION))
    graph = graph_from_json(file["graph"], limits, tell)
    title, landscape, race, lesson = (
        file.get("title"),
        file.get("landscape"),
        file.get("race"),
        file.get("lesson"),
    )
    return Document(
        title="" if title is None else title.text(1000),
        graph=graph,
        landscape=LandscapeSettings() if landscape is None else landscape_from_json(landscape, graph),
        race=RaceSettings() if race is None else _race(race, graph, limits),
        lesson=None if lesson is None else lesson.mapping(),
        extra=file.rest("format", "version", "title", "graph", "landscape", "race", "lesson"),
        graph_extra=file["graph"].rest("output", "nodes"),
    )


def _refuse_crowds(data: dict[str, Any], limits: Limits) -> None:
    """Refuse too many nodes or racers before any is looked at."""
    for part, key, limit in (("graph", "nodes", limits.nodes), ("race", "racers", limits.racers)):
        rows = data.get(part)
        rows = rows.get(key) if isinstance(rows, dict) else None
        if isinstance(rows, list) and len(rows) > limit:
            raise DocumentError(f"there are {len(rows):,}; at most {limit:,} are allowed", f"{part}.{key}")


def _race(entry: Entry, graph: Graph, limits: Limits) -> RaceSettings:
    steps, seed, rows = entry.get("steps"), entry.get("seed"), entry.get("racers")
    target, budget = entry.get("target"), entry.get("budget")
    race = RaceSettings(
        steps=RaceSettings.steps if steps is None else steps.whole(1, limits.steps),
        seed=0 if seed is None else seed.whole(0, 2**63 - 1),
        racers=() if rows is None else tuple(_racer(row) for row in rows.items()),
        target=None if target is None else target.number(),
        budget=None if budget is None else budget.whole(1, LARGEST_BUDGET),
        extra=entry.rest("steps", "seed", "racers", *_COMPARISON),
    )
    coordinates = sum(
        value.size for name in graph.parameters if (value := graph.nodes[name].value) is not None
    )
    moments = len(race.racers) * race.steps * coordinates
    if moments > limits.moments:
        entry.fail(
            f"racers × steps × coordinates are {len(race.racers):,} × {race.steps:,} × {coordinates:,} "
            f"numbers to keep; at most {limits.moments:,} are allowed"
        )
    return race


def _racer(entry: Entry) -> RacerSettings:
    optimizer = entry["optimizer"]
    rule = _rule(optimizer)
    options, start, schedule = entry.get("options"), entry.get("start"), entry.get("schedule")
    if options is not None:
        _check_options(rule, options)

    def optional(key: str, read: Callable[[Entry], Any], default: Any = None) -> Any:
        found = entry.get(key)
        return default if found is None else read(found)

    return RacerSettings(
        name=optional("name", lambda name: name.text(200), ""),
        optimizer=rule if isinstance(rule, optimizers.UpdateRule) and rule.source == "own" else rule.name,
        options={} if options is None else dict(options.value),
        start=None if start is None else tuple(number.number() for number in start.items()),
        enabled=optional("enabled", Entry.flag, True),
        color=optional("color", _color),
        style=optional("style", lambda style: style.whole(0, LARGEST_STYLE)),
        gradient=optional("gradient", lambda gradient: gradient.choice(*GRADIENTS), "analytic"),
        convention=optional("convention", lambda name: name.choice(*rule.conventions)),
        schedule=None if schedule is None else _schedule(schedule),
        clip_norm=optional("clip_norm", Entry.size),
        clip_value=optional("clip_value", Entry.size),
        batch_size=optional("batch_size", lambda size: size.whole(1, 2**31)),
        batch_order=optional("batch_order", lambda order: order.choice(*BATCH_ORDERS), "shuffle"),
        batch_scores=optional("batch_scores", lambda name: name.text(200)),
        batch_opening=optional("batch_opening", _opening, RacerSettings.batch_opening),
        batch_ramp=optional("batch_ramp", lambda steps: steps.whole(0, 2**31), RacerSettings.batch_ramp),
        noise=optional("noise", Entry.size, 0.0),
        average_decay=optional("average_decay", _decay, 0.0),
        extra=entry.rest(*RACER_KEYS),
    )


def _rule(entry: Entry) -> optimizers.UpdateRule | optimizers.ClassicalRule:
    """A rule is the name of one, or an object that holds the formula of a person's own."""
    try:
        if not isinstance(entry.value, dict):
            return optimizers.get(entry.text(200))
        entry["formula"].text()
        return optimizers.rule_from_json(entry.value)
    except (EngineError, TypeError) as error:
        entry.fail(str(error))


def _opening(entry: Entry) -> float:
    if not 0 < (part := entry.number()) <= 1:
        entry.wrong("above 0 and at most 1")
    return part


def _decay(entry: Entry) -> float:
    if not 0 <= (kept := entry.number()) < 1:
        entry.wrong("at least 0 and below 1")
    return kept


def _color(entry: Entry) -> str:
    try:
        RacerSettings(color=entry.text(50))
    except DocumentError as error:
        raise DocumentError(error.reason, entry.path) from error
    return entry.value


def _schedule(entry: Entry) -> tuple[str, dict[str, Any]]:
    """A schedule is written `["cosine", {"steps": 200}]`."""
    name, options = entry.items(2)
    try:
        row = schedules.row(name.text(200))
    except EngineError as error:
        name.fail(str(error))
    _check_options(row, options)
    return name.value, dict(options.value)


def _check_options(rule: Any, entry: Entry) -> None:
    """Refuse options that a rule or a schedule does not have, and values that it cannot take."""
    known = {option.name: option for option in rule.options}
    for name in entry.mapping():
        value = entry[name]
        if name not in known:
            hint = suggestion(name, known) or f"; it has {', '.join(known)}"
            value.fail(f"{rule.name} has no such option{hint}")
        try:
            known[name].checked(value.value)
        except EngineError as error:
            value.fail(str(error))


def to_json(document: Document) -> dict[str, Any]:
    """A document as JSON values (dicts, lists, texts, numbers); defaults are left out.

    Raises:
        DocumentError: a number is not finite, or an unknown key holds what JSON cannot.
    """
    data: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if document.title:
        data["title"] = document.title
    data["graph"] = graph_to_json(document.graph) | dict(document.graph_extra)
    if landscape := landscape_to_json(document.landscape):
        data["landscape"] = landscape
    if document.race != RaceSettings():
        data["race"] = _race_json(document.race)
    if document.lesson is not None:
        data["lesson"] = dict(document.lesson)
    data |= document.extra
    check_tree(data)
    return data


def _lists(value: Any) -> Any:
    return [_lists(inner) for inner in value] if isinstance(value, tuple | list) else value


def _race_json(race: RaceSettings) -> dict[str, Any]:
    racers = [_racer_json(racer) for racer in race.racers]
    compared = {key: value for key in _COMPARISON if (value := getattr(race, key)) is not None}
    return {"steps": race.steps, "seed": race.seed, "racers": racers} | compared | dict(race.extra)


def _racer_json(racer: RacerSettings) -> dict[str, Any]:
    row = {key: _lists(getattr(racer, key)) for key in RACER_KEYS}
    if racer.schedule is not None:
        row["schedule"] = [racer.schedule[0], dict(racer.schedule[1])]
    if not isinstance(racer.optimizer, str):
        row["optimizer"] = optimizers.rule_to_json(racer.optimizer)
    row["options"] = dict(racer.options)
    kept = {key: value for key, value in row.items() if key == "optimizer" or value != _DEFAULTS[key]}
    return kept | dict(racer.extra)
