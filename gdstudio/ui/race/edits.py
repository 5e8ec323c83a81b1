"""Edits of the race beyond `ui.commands`: pure functions from a document to the edited one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import optimizers, schedules
from gdstudio.engine.optimizers import UpdateRule
from gdstudio.ui import commands
from gdstudio.ui.race import rules

_USUAL = ("sgd", "momentum", "nesterov", "adam", "rmsprop", "adagrad", "adadelta", "adamw", "adamax", "nadam")


# Learning rates for surfaces of a few coordinates, where libraries' defaults, made for networks, hardly move.
_RATES = {"adadelta": 1.0, "adagrad": 0.5, "ftrl": 0.5}
_USUAL_RATE = 0.05


def set_racers(document: Document, racers: Iterable[RacerSettings]) -> Document:
    """The document with these racers instead of its own."""
    return document.replace(race=document.race.replace(racers=tuple(racers)))


def set_target(document: Document, target: float | None) -> Document:
    """The document with another loss to be reached; None = one that every racer reaches."""
    return _compared(document, target=target)


def set_budget(document: Document, budget: int) -> Document:
    """The document with another budget in gradient evaluations for the leaderboard; 0 = the whole race."""
    return _compared(document, budget=budget or None)


def _compared(document: Document, **changes: Any) -> Document:
    race = document.race.replace(**changes)
    return document if race == document.race else document.replace(race=race)


def set_racer(document: Document, index: int, racer: RacerSettings) -> Document:
    """The document with another racer in a row."""
    racers = list(document.race.racers)
    racers[index] = racer
    return set_racers(document, racers)


def change_racer(document: Document, index: int, **changes: Any) -> Document:
    """The document with other settings of a racer, such as `noise=0.1`."""
    racer = document.race.racers[index]
    changed = racer.replace(**changes)
    return document if changed == racer else set_racer(document, index, changed)


def set_option(document: Document, index: int, name: str, value: Any) -> Document:
    """The document with one hyper-parameter of a racer set; None = back to its default."""
    if name in rules.CLIPS:
        document = change_racer(document, index, **{name: None})
    return commands.set_option(document, index, name, value)


def set_schedule(document: Document, index: int, name: str | None) -> Document:
    """The document with a schedule for a racer's learning rate; one that has a length takes the race's."""
    if name is None:
        return change_racer(document, index, schedule=None)
    steps = float(document.race.steps)
    has_length = any(option.name == "steps" for option in schedules.row(name).options)
    # Cycles of a third of the race let a person see one begin anew.
    length = max(1.0, steps // 3) if name == "cosine_restarts" else steps
    return change_racer(document, index, schedule=(name, {"steps": length} if has_length else {}))


def set_schedule_option(document: Document, index: int, name: str, value: Any) -> Document:
    """The document with one option of a racer's schedule set; None = back to its default."""
    schedule = document.race.racers[index].schedule
    if schedule is None:
        return document
    options = {key: given for key, given in schedule[1].items() if key != name}
    options |= {} if value is None else {name: value}
    return change_racer(document, index, schedule=(schedule[0], options))


def set_own_rule(document: Document, index: int, rule: UpdateRule) -> Document:
    """The document with a rule of a person's own for a racer; its numbers are the rule's, its name follows."""
    racer = document.race.racers[index]
    general = {option.name for option in optimizers.GENERAL_OPTIONS}
    kept = {name: value for name, value in racer.options.items() if name in general}
    name = free_name(document, rule.title, index) if racer.name in _titles(racer.optimizer) else racer.name
    changed = racer.replace(optimizer=rule, options=kept, convention=None, name=name)
    return set_racer(document, index, _fitting(changed))


def _titles(optimizer: rules.Optimizer) -> tuple[str, str]:
    return optimizers.get(optimizer).title, rules.short_title(optimizer)


def _fitting(racer: RacerSettings) -> RacerSettings:
    """The racer without what its rule cannot use."""
    if racer.schedule is not None and rules.option_of(racer.optimizer, "learning_rate") is None:
        racer = racer.replace(schedule=None)
    if racer.batch_size is not None and rules.family(racer.optimizer) == "line search":
        racer = racer.replace(batch_size=None)
    if racer.convention not in optimizers.get(racer.optimizer).conventions:
        racer = racer.replace(convention=None)
    return racer


def set_optimizer(document: Document, index: int, optimizer: rules.Optimizer) -> Document:
    """The document with another rule for a racer; a name that was only the old rule's title follows."""
    racer = document.race.racers[index]
    named_after_rule = racer.name in _titles(racer.optimizer)
    changed = commands.set_optimizer(document, index, optimizer)
    if changed is document:
        return document
    changed = set_racer(changed, index, _fitting(changed.race.racers[index]))
    before, after = rules.family(racer.optimizer), rules.family(optimizer)
    if before != after and "line search" in (before, after):
        # The length of a Newton step says nothing about a gradient step, and the other way round.
        options = {k: v for k, v in changed.race.racers[index].options.items() if k != "learning_rate"}
        rate = suggested_options(document, optimizer).get("learning_rate")
        options |= {} if rate is None else {"learning_rate": rate}
        changed = set_racer(changed, index, changed.race.racers[index].replace(options=options))
    if not named_after_rule:
        return changed
    name = free_name(document, rules.short_title(optimizer), index)
    return set_racer(changed, index, changed.race.racers[index].replace(name=name))


def reset_options(document: Document, index: int) -> Document:
    """The document with every hyper-parameter of a racer but the learning rate at its default."""
    racer = document.race.racers[index]
    kept = {name: value for name, value in racer.options.items() if name == "learning_rate"}
    return document if kept == racer.options else set_racer(document, index, racer.replace(options=kept))


def suggested_options(document: Document, optimizer: rules.Optimizer) -> dict[str, Any]:
    """Options for a rule that joins the race: those of a racer that has it, else a sensible learning rate.

    Plain descent takes the rate of another racer of its kind, so that it suits the surface; searches along a
    line choose their own steps.
    """
    racers = document.race.racers
    same = next((racer for racer in racers if racer.optimizer == optimizer), None)
    if same is not None:
        return dict(same.options)
    family = rules.family(optimizer)
    if family == "line search" or rules.option_of(optimizer, "learning_rate") is None:
        return {}
    if optimizer in _RATES:
        return {"learning_rate": _RATES[optimizer]}
    for racer in racers:
        kin = rules.family(racer.optimizer) == family and racer.optimizer not in _RATES
        if kin and "learning_rate" in racer.options:
            return {"learning_rate": racer.options["learning_rate"]}
    return {} if family == "plain" else {"learning_rate": _USUAL_RATE}


def free_name(document: Document, stem: str, index: int | None = None) -> str:
    """`stem`, or `stem 2`, ...: a name that no racer but the one at `index` bears."""
    taken = {racer.label for row, racer in enumerate(document.race.racers) if row != index}
    if stem not in taken:
        return stem
    return next(f"{stem} {n}" for n in range(2, len(taken) + 3) if f"{stem} {n}" not in taken)


def another_racer(document: Document, near: int | None) -> RacerSettings:
    """A racer to add: the first usual rule that is not racing yet, starting where racer `near` does."""
    racers = document.race.racers
    racing = {racer.optimizer for racer in racers}
    optimizer = next((name for name in _USUAL if name not in racing), "sgd")
    start = racers[near or 0].start if racers else None
    name = free_name(document, rules.short_title(optimizer))
    return RacerSettings(name, optimizer, suggested_options(document, optimizer), start)


def spread_starts(document: Document, index: int, kind: Literal["ring", "grid", "random"]) -> Document:
    """The document with copies of a racer instead of it, from starts spread over the surface.

    Eight on a ring, nine on a grid, or nine at random from the race's seed; coordinates that are no axis of the
    surface stay as they are.

    Raises:
        DocumentError: the graph has no surface to spread them over.
    """
    axes, ranges = document.axes_and_ranges()
    places = _places(kind, len(axes), document.race.seed)
    racer = document.race.racers[index]
    base = document.start if racer.start is None else racer.start
    columns = [document.coordinates.index(axis) for axis in axes]
    copies = []
    for number, place in enumerate(places, start=1):
        start = list(base)
        for column, (low, high), share in zip(columns, ranges, place, strict=True):
            start[column] = float(f"{low + (high - low) * share:.6g}")
        name = racer.name if number == 1 else f"{racer.label} {number}"
        copies.append(
            racer.replace(
                start=tuple(start),
                name=name,
                color=racer.color if number == 1 else None,
                style=racer.look(index)[0] if number == 1 else None,
            )
        )
    racers = list(document.race.racers)
    return commands.with_racers(document, [*racers[:index], *copies, *racers[index + 1 :]])


def _places(kind: str, axes: int, seed: int) -> np.ndarray:
    """Points of the unit interval or square, (count, axes), away from its border."""
    if kind == "random":
        return 0.05 + 0.9 * np.random.default_rng(seed).random((9, axes))
    if axes == 1:
        return np.linspace(0.1, 0.9, 9)[:, None]
    if kind == "grid":
        along = np.linspace(0.15, 0.85, 3)
        return np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    angles = 2 * np.pi * np.arange(8) / 8
    return 0.5 + 0.4 * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
