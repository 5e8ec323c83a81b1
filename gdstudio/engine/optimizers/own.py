"""Optimizers that people write themselves: formula text in, a rule like those of the tables out."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .. import syntax, update
from ..errors import EngineError, FormulaError, shown, suggestion
from ..given import BY_NAME, NAME, TEXT, Kind, optional, takes
from ..options import Option
from .rule import GENERAL_OPTIONS, State, UpdateRule, holds, split_condition, statements

_GIVEN = ("x", "g", "t", "value")


@takes(
    text=Kind('text, lines such as "x = x - 0.1*g"', TEXT.holds),
    options=optional(BY_NAME),
    state=optional(BY_NAME),
    name=NAME,
    title=TEXT,
    meaning=TEXT,
)
def parse_rule(
    text: str,
    options: Mapping[str, float | bool | Option] | None = None,
    state: Mapping[str, str | float | State] | None = None,
    name: str = "own",
    title: str = "",
    meaning: str = "",
) -> UpdateRule:
    """A rule from its formula, e.g. `v = beta*v + g; x = x - learning_rate*v`.

    Args:
        options: name -> default (or a whole Option).
        state: name -> initial value, a number or a formula over the options and x (or a whole State).

    Raises:
        FormulaError: with line and column, for what is no formula, unknown names, or no line that moves x.
        EngineError: for a name that cannot be an option or a state.
    """
    rows = tuple(_option(key, value) for key, value in (options or {}).items())
    states = tuple(_state(key, value) for key, value in (state or {}).items())
    taken: set[str] = set(_GIVEN)
    for declared in [row.name for row in rows] + [row.name for row in states]:
        if not isinstance(declared, str) or not syntax.is_name(declared):
            raise EngineError(f"{declared!r} cannot be a name in a formula; use letters, digits and _")
        if declared in taken:
            raise EngineError(f"{declared!r} is declared twice; x, g, t and value are always there")
        taken.add(declared)
    for general in GENERAL_OPTIONS:
        if general.name in taken:
            raise EngineError(f"every optimizer has an option {general.name!r} already; choose another name")
    rule = UpdateRule(name, title or name, meaning or "Your own optimizer.", "own", rows, states, text)
    _check(rule)
    return rule


_PLAIN = {"low": None, "high": None, "unit": "", "meaning": "", "log": False, "below_high": False}


def rule_to_json(rule: UpdateRule) -> dict[str, Any]:
    """A rule as what a file holds: name, title, meaning, formula, options, state."""
    options: dict[str, Any] = {}
    for option in rule.options:
        if option not in GENERAL_OPTIONS:
            details = {k: getattr(option, k) for k, plain in _PLAIN.items() if getattr(option, k) != plain}
            options[option.name] = {"default": option.default, **details} if details else option.default
    state = {s.name: {"initial": s.initial, "scalar": True} if s.scalar else s.initial for s in rule.state}
    texts = {"name": rule.name, "title": rule.title, "meaning": rule.meaning, "formula": rule.formula}
    return {**texts, "options": options, "state": state}


def rule_from_json(data: Mapping[str, Any]) -> UpdateRule:
    """The rule that a file holds.

    Raises:
        EngineError: for an entry that is missing or of the wrong kind, or text that is no rule.
    """
    for key in ("name", "formula"):
        if not isinstance(data.get(key), str):
            raise EngineError(f"an own optimizer needs {key!r}, a text")
    options: dict[str, Any] = {}
    for name, entry in _table(data, "options").items():
        if isinstance(entry, Mapping):
            known = {key: entry[key] for key in _PLAIN if key in entry}
            plain = _option(name, entry.get("default"))
            entry = replace(plain, **known)
            entry.checked(plain.default)
        options[name] = entry
    state: dict[str, Any] = {}
    for name, entry in _table(data, "state").items():
        if isinstance(entry, Mapping):
            entry = State(name, str(entry.get("initial", "0")), bool(entry.get("scalar", False)))
        state[name] = entry
    title, meaning = data.get("title", ""), data.get("meaning", "")
    return parse_rule(data["formula"], options, state, data["name"], str(title), str(meaning))


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = data.get(key, {})
    if not isinstance(table, Mapping):
        raise EngineError(f"{key!r} of an own optimizer is an object: names with their values")
    return table


def _option(name: str, value: Any) -> Option:
    if isinstance(value, Option):
        return value
    if not isinstance(value, (bool, int, float)):
        raise EngineError(
            f"the default of the option {name!r} is a number, true or false, not {shown(value)}"
        )
    return Option(name, value if isinstance(value, bool) else float(value))


def _state(name: str, value: Any) -> State:
    if isinstance(value, State):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise EngineError(
            f"the initial value of the state {name!r} is a number or a formula, not {shown(value)}"
        )
    return State(name, value if isinstance(value, str) else repr(float(value)))


def _check(rule: UpdateRule) -> None:
    """Raises FormulaError unless every line can be read and x is assigned."""
    defaults = rule.resolve()
    numbers = rule.numbers(defaults)
    known = {*_GIVEN, *numbers, *(state.name for state in rule.state)}
    moves = False
    active = [""] * len(rule.formula.splitlines())
    for number, statement in statements(rule.formula):
        condition, rest = split_condition(statement)
        if condition is None or holds(condition, defaults | {"ndim": 1}, number):
            active[number - 1] = rest
        # Blank lines and spaces before it keep the line and column of an error true.
        before = "\n" * (number - 1) + " " * (len(statement) - len(rest))
        for line in syntax.statements(before + rest):
            _check_names(line, known, rule)
            if line.target is None:
                raise line.error(f"this line assigns nothing; write name = {rest}")
            if line.target in numbers or line.target in ("t", "value"):
                raise line.error(f"{line.target!r} is given and cannot be assigned")
            moves = moves or line.target == "x"
            known.add(line.target)
    if not moves:
        raise FormulaError("no line assigns x, so this optimizer would never move; end with x = x - ...")
    compiled = update.compile_update("\n".join(active), rule.active_state(defaults), tuple(numbers), (2,))
    compiled.initial(np.zeros(2), numbers)


def _check_names(line: syntax.Statement, known: set[str], rule: UpdateRule) -> None:
    called = {id(node.func) for node in ast.walk(line.expression) if isinstance(node, ast.Call)}
    switches = [option.name for option in rule.options if not option.is_number]
    for node in ast.walk(line.expression):
        if not isinstance(node, ast.Name) or id(node) in called:
            continue
        name = syntax.name_of(node)
        if name in switches:
            raise line.error(f"{name!r} is a switch; only a condition, `if {name}: ...`, can read it", node)
        if name not in known and name not in syntax.NUMBERS:
            raise line.error(
                f"nothing is called {name!r} (not x, g, t, value, an option, a state or a line before)"
                f"{suggestion(name, known)}",
                node,
            )
