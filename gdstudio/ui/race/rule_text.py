"""A rule of a person's own as four texts, and back: its name, its numbers, what it remembers, and its lines.

No Qt. The rule that a racer has is where a person begins, with the lines that apply and the numbers it uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import RacerSettings
from gdstudio.engine import EngineError, FormulaError, optimizers
from gdstudio.engine.optimizers import GENERAL_OPTIONS, ClassicalRule, Option, State, UpdateRule
from gdstudio.ui.race import rules
from gdstudio.ui.race.numbers import NumberError, format_value, parse_number
from gdstudio.ui.translation import from_engine, of_error

_GENERAL = {option.name for option in GENERAL_OPTIONS}
_TEMPLATE = UpdateRule(
    "own", "descent", "", "gdstudio",
    (Option("learning_rate", 0.05, 0.0, meaning="size of a step", log=True),),
    (), "x = x - learning_rate*g",
)  # fmt: skip
# Numbers that a person is likely to name, with the ranges that suit them.
_KNOWN = {
    name: option
    for rule in ("adam", "momentum", "rmsprop")
    for option in optimizers.get(rule).options
    if (name := option.name) not in _GENERAL and option.is_number
}


class DraftError(ValueError):
    """A draft that is no rule; the message is one sentence.

    Attributes:
        part: "title", "numbers", "memory" or "lines".
        line, column: where in the lines, counted from 1; 0 elsewhere.
    """

    def __init__(self, part: str, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.part, self.line, self.column = part, line, column


@dataclass(frozen=True)
class Draft:
    """What a person types: `numbers` such as "learning_rate = 0.1, beta = 0.9", `memory` such as "v = 0"."""

    title: str
    numbers: str
    memory: str
    lines: str


def draft_of(racer: RacerSettings) -> Draft:
    """A racer's rule as a draft; a rule that is no formula gives plain descent to begin with."""
    rule = optimizers.get(racer.optimizer)
    if isinstance(rule, ClassicalRule):
        return _draft(_TEMPLATE, {option.name: option.default for option in _TEMPLATE.options})
    values = rules.values_of(racer)
    return _draft(rule, values | {option.name: option.default for option in GENERAL_OPTIONS})


def _draft(rule: UpdateRule, values: Mapping[str, object]) -> Draft:
    text = rule.text(values)
    states = rule.active_state(values)
    words = set(re.findall(r"[^\W\d]\w*", " ".join([text, *(state.initial for state in states)])))
    numbers = [
        f"{option.name} = {format_value(float(str(values[option.name])))}"
        for option in rule.options
        if option.is_number and option.name in words and option.name not in _GENERAL
    ]
    memory = [f"{state.name} = {state.initial}" for state in states]
    title = rule.title if rule.source == "own" else _tr("My {0}").format(rule.title)
    return Draft(title, ", ".join(numbers), "; ".join(memory), text.strip())


def rule_of(draft: Draft, racer: RacerSettings) -> UpdateRule:
    """The rule that a draft says. Numbers and memory keep the ranges and kinds that the racer's rule gave them.

    Raises:
        DraftError: with the part at fault and one sentence that says what would be right.
    """
    title = draft.title.strip()
    if not title:
        raise DraftError("title", _tr("the rule needs a name"))
    before = optimizers.get(racer.optimizer)
    known = _KNOWN | {option.name: option for option in before.options if option.is_number}
    states = {state.name: state for state in before.state if isinstance(state, State)}
    numbers = {name: _option(known, name, text) for name, text in _pairs(draft.numbers, "numbers").items()}
    memory = {
        name: replace(states[name], initial=text) if name in states else State(name, text)
        for name, text in _pairs(draft.memory, "memory").items()
    }
    try:
        return optimizers.parse_rule(draft.lines, numbers, memory, "own", title)
    except FormulaError as error:
        sentence = str(error).partition(": ")[2]
        raise DraftError("lines", from_engine(sentence), error.line, error.column) from None
    except EngineError as error:
        part = next(
            (p for p, names in (("numbers", numbers), ("memory", memory)) if _names(error, names)), "lines"
        )
        raise DraftError(part, of_error(error)) from None


def _names(error: Exception, names: Mapping[str, object]) -> bool:
    return any(repr(name) in str(error) for name in names)


def _pairs(text: str, part: str) -> dict[str, str]:
    """`name = text` pairs with commas, semicolons or line ends between; commas in brackets belong to a text."""
    found: dict[str, str] = {}
    for piece in re.split(r"[;\n]|,(?![^(\[]*[)\]])", text):
        if not piece.strip():
            continue
        name, equals, value = (word.strip() for word in piece.partition("="))
        if not equals or not name or not value:
            told = _tr("“{0}” should be a name and what it begins as, such as v = 0")
            raise DraftError(part, told.format(piece.strip()))
        if name in found:
            raise DraftError(part, _tr("{0} stands here twice; one of them must go").format(name))
        found[name] = value
    return found


def _option(known: Mapping[str, Option], name: str, text: str) -> Option:
    try:
        value = parse_number(text)
        return (
            replace(known[name], default=known[name].checked(value)) if name in known else Option(name, value)
        )
    except NumberError as error:
        raise DraftError("numbers", rules.refusal(name, str(error))) from None
    except EngineError as error:
        raise DraftError("numbers", of_error(error)) from None


def _tr(text: str) -> str:
    return QCoreApplication.translate("RuleText", text)
