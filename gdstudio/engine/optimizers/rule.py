"""What an update rule is: its options, its state, its formula, and how the formula depends on the options.

The rules are tables in the sibling modules; the engine that runs a formula is `gdstudio.engine.update`.

The formula is lines of the formula language, run from top to bottom once a step. They may read `x` (the point
where the gradient was taken), `g` and `value` (the gradient and the loss there), `t` (the step, counted from
1), every numeric option, every state and what earlier lines assigned. Assigning `x` or a state updates it. A
line may begin with `if CONDITION:`, where the condition compares options (and `ndim`, the number of axes of
the parameter) with literals; such a line exists only when the condition holds, so switches and choices shape
the text and cost nothing at run time.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ..errors import EngineError, FormulaError, shown, suggestion
from ..options import Option, find_option, listed

LIBRARIES = {"torch": "PyTorch", "keras": "Keras", "optax": "optax", "textbook": "the textbook"}

_CONDITIONAL = re.compile(r"\s*if\s+(?P<condition>[^:]+):\s*(?P<rest>.*)$")
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class State:
    """What a rule remembers from step to step.

    Attributes:
        initial: formula text over the options and `x`, the start, e.g. "0", "x", "initial_accumulator".
        scalar: one number for the whole parameter, not one for each coordinate.
    """

    name: str
    initial: str = "0"
    scalar: bool = False


# These belong to every rule; the lines that they add come before its own.
GENERAL_OPTIONS = (
    Option("maximize", False, meaning="climb instead of descend: follow +gradient"),
    Option("clip_value", 0.0, 0.0, meaning="cut every gradient coordinate to this size; 0 = never"),
    Option("clip_norm", 0.0, 0.0, meaning="shorten longer gradients to this length; 0 = never"),
)
GENERAL_LINES = """\
if maximize: g = -g
if clip_value > 0: g = minimum(maximum(g, -clip_value), clip_value)
if clip_norm > 0: g = g*clip_norm / maximum(norm(g), clip_norm)
"""


@dataclass(frozen=True)
class UpdateRule:
    """An optimizer as one row of a table.

    Attributes:
        name, title, meaning, source: its names in files and on screen, what it does, where it is from.
        options: what can be set, the rule's own options first.
        state: what it remembers; a state that no active line names does not exist.
        formula: every line, conditional ones included. `text` gives those that apply.
        conventions: library -> the options that make the rule walk that library's path.
    """

    name: str
    title: str
    meaning: str
    source: str
    options: tuple[Option, ...]
    state: tuple[State, ...]
    formula: str
    conventions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = tuple(option for option in self.options if option not in GENERAL_OPTIONS)
        object.__setattr__(self, "options", own + GENERAL_OPTIONS)

    def __hash__(self) -> int:
        return hash((self.name, self.formula))

    def option(self, name: str) -> Option:
        """The option of that name; EngineError when the rule has none."""
        return find_option(self, name)

    def resolve(self, convention: str | None = None, **options: Any) -> dict[str, Any]:
        """Every option with its value: as given, else as the convention has it, else the default."""
        return resolve(self, convention, options)

    def text(self, options: Mapping[str, Any], ndim: int = 1) -> str:
        """The lines that apply under `options` for a parameter with `ndim` axes, without their conditions."""
        return _text(GENERAL_LINES + self.formula, (*options.items(), ("ndim", ndim)))

    def active_state(self, options: Mapping[str, Any], ndim: int = 1) -> tuple[State, ...]:
        """The states that the lines for parameters of `ndim` axes name, in the order of the table."""
        named = set(_NAME.findall(self.text(options, ndim)))
        return tuple(state for state in self.state if state.name in named)

    def numbers(self, options: Mapping[str, Any]) -> dict[str, float]:
        """The options that a formula can read, by name."""
        return {option.name: options[option.name] for option in self.options if option.is_number}

    def variant(
        self, name: str, title: str, meaning: str, source: str | None = None, **defaults: Any
    ) -> UpdateRule:
        """The same rule under another name with other defaults, which no convention overrides."""
        checked = {key: self.option(key).checked(value) for key, value in defaults.items()}
        options = tuple(replace(o, default=checked.get(o.name, o.default)) for o in self.options)
        conventions = {
            library: {key: value for key, value in settings.items() if key not in defaults}
            for library, settings in self.conventions.items()
        }
        return replace(
            self, name=name, title=title, meaning=meaning, source=source or self.source, options=options,
            conventions=conventions,
        )  # fmt: skip


def resolve(rule: Any, convention: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """See `UpdateRule.resolve`; works on anything with `name`, `options` and `conventions`."""
    settings = {option.name: option.default for option in rule.options}
    if convention is not None:
        if not isinstance(convention, str) or convention not in LIBRARIES:
            near = suggestion(str(convention), LIBRARIES)
            raise EngineError(f"no convention {shown(convention)}; there are {listed(LIBRARIES)}{near}")
        if convention not in rule.conventions:
            known = f"; it knows {listed(rule.conventions)}" if rule.conventions else ""
            raise EngineError(f"{rule.name} has no convention of {LIBRARIES[convention]}{known}")
        settings |= rule.conventions[convention]
    for name, value in options.items():
        settings[name] = find_option(rule, name).checked(value)
    return settings


def statements(text: str) -> list[tuple[int, str]]:
    """The lines of a formula as (number of the first line, text), with bracketed continuations joined."""
    result: list[tuple[int, str]] = []
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        code = line.split("#", 1)[0].rstrip()
        if depth > 0 and result:
            first, begun = result[-1]
            result[-1] = (first, f"{begun} {code.strip()}")
        elif code.strip():
            result.append((number, code.strip()))
        depth += sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
    return result


@dataclass(frozen=True)
class _Line:
    number: int
    condition: ast.expr | None
    text: str


@lru_cache(maxsize=4096)
def _text(formula: str, values: tuple[tuple[str, Any], ...]) -> str:
    names = dict(values)
    return "\n".join(
        line.text
        for line in _lines(formula)
        if line.condition is None or _evaluate(line.condition, names, line.number)
    )


@lru_cache(maxsize=512)
def _lines(formula: str) -> tuple[_Line, ...]:
    lines = []
    for number, statement in statements(formula):
        condition, rest = split_condition(statement)
        lines.append(_Line(number, None if condition is None else _parsed(condition, number), rest))
    return tuple(lines)


def split_condition(statement: str) -> tuple[str | None, str]:
    """`if CONDITION: REST` as (condition, rest); (None, statement) for a line that always applies."""
    match = _CONDITIONAL.match(statement)
    return (match["condition"].strip(), match["rest"]) if match else (None, statement)


_COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def holds(condition: str, values: Mapping[str, Any], line: int = 1) -> bool:
    """Whether a condition such as `momentum != 0 and not nesterov` is true; FormulaError if it is none."""
    return bool(_evaluate(_parsed(condition, line), values, line))


def _parsed(condition: str, line: int) -> ast.expr:
    try:
        return ast.parse(condition.strip(), mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"the condition {condition!r} cannot be read", line, error.offset or 1) from None


def _evaluate(node: ast.expr, values: Mapping[str, Any], line: int) -> Any:
    match node:
        case ast.Constant(value=bool() | int() | float() | str()):
            return node.value
        case ast.Name(id=name):
            if name not in values:
                raise FormulaError(
                    f"a condition may only name options and ndim, not {name!r}{suggestion(name, values)}",
                    line,
                    node.col_offset + 1,
                )
            return values[name]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, values, line)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand, values, line)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_evaluate(part, values, line) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_evaluate(part, values, line) for part in parts)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            return _COMPARE[type(op)](_evaluate(left, values, line), _evaluate(right, values, line))
    raise FormulaError(
        "a condition compares options with numbers or words, joined by and, or, not",
        line,
        node.col_offset + 1,
    )
