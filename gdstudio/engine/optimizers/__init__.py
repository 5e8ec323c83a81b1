"""The optimizers, by name.

Each is a row: an `UpdateRule`, whose text is its formula, or a `ClassicalRule`, whose step is Python because
it searches along a line or solves a system. To add one, append a row to the module of its family and its
reference numbers to tests/engine/test_optimizers.py; it then exists in files, races and the window.
"""

from __future__ import annotations

from typing import Any

from ..errors import EngineError, shown, suggestion
from ..options import Option
from . import adam, adaptive, classical, curvature, layerwise, momentum, tuning_free
from .classical_rule import ClassicalRule
from .optimizer import ClassicalOptimizer, Optimizer
from .own import parse_rule, rule_from_json, rule_to_json
from .rule import GENERAL_OPTIONS, LIBRARIES, State, UpdateRule

__all__ = [
    "GENERAL_OPTIONS",
    "LIBRARIES",
    "ClassicalOptimizer",
    "ClassicalRule",
    "Optimizer",
    "Option",
    "State",
    "UpdateRule",
    "create",
    "families",
    "get",
    "names",
    "parse_rule",
    "rule_from_json",
    "rule_to_json",
]

_FAMILIES = {
    "Momentum and signs": momentum,
    "Adaptive steps": adaptive,
    "Adam and its kin": adam,
    "Whole tensors": layerwise,
    "Without tuning": tuning_free,
    "Line searches": classical,
    "Curvature": curvature,
}
_RULES: dict[str, UpdateRule | ClassicalRule] = {
    rule.name: rule for family in _FAMILIES.values() for rule in family.RULES
}


def names() -> list[str]:
    """The names of all optimizers, family by family."""
    return list(_RULES)


def families() -> dict[str, list[str]]:
    """Title of each family -> the names in it, for menus."""
    return {title: [rule.name for rule in family.RULES] for title, family in _FAMILIES.items()}


def get(name: str | UpdateRule | ClassicalRule) -> UpdateRule | ClassicalRule:
    """The row of that name; a rule, such as a person's own, is returned as it is.

    Raises:
        EngineError: when there is none; names the nearest ones.
    """
    if isinstance(name, UpdateRule | ClassicalRule):
        return name
    if not isinstance(name, str) or name not in _RULES:
        raise EngineError(f"no optimizer {shown(name)}{suggestion(str(name), _RULES)}")
    return _RULES[name]


def create(
    rule: str | UpdateRule | ClassicalRule,
    convention: str | None = None,
    shape: tuple[int, ...] | None = None,
    **options: Any,
) -> Optimizer | ClassicalOptimizer:
    """An optimizer to step: `create("adam", learning_rate=0.1, convention="torch").step(x, g)`.

    Args:
        rule: a name, or a rule such as `parse_rule` gives.
        convention: "torch", "keras", "optax" or "textbook": defaults and details as there.
        shape: the shape of one parameter; None = vectors, as many entries as x has in its last axis.
        options: those of `get(rule).options`.

    Raises:
        EngineError: for a name, convention, option or value that does not exist, saying what would be right.
    """
    rule = get(rule)
    settings = rule.resolve(convention, **options)
    if isinstance(rule, UpdateRule):
        return Optimizer(rule, settings, shape)
    return ClassicalOptimizer(rule, settings)
