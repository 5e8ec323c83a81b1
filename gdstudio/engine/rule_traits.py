"""What an update rule's text says about it: whether coordinates move by themselves, whether its steps are linear, and
whether it survives gradients that are no numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from . import ops
from .expression import Tape, Term, reachable
from .optimizers import UpdateRule
from .update import compile_update, initial_terms, lower_update


def is_elementwise(rule: UpdateRule, options: Mapping[str, Any], ndims: set[int]) -> bool:
    """Whether each coordinate moves by itself, by the same text for parameters of all these numbers of axes."""
    if len({(rule.text(options, ndim), rule.active_state(options, ndim)) for ndim in ndims | {1}}) > 1:
        return False
    _given, moving = _moves(rule, options, 1)
    return all(
        ops.table[term.op].ufunc is not None or term.op in ("where", "broadcast_to", "stop_gradient")
        for term in reachable(moving)
        if term.args
    )


def is_linear(rule: UpdateRule, options: Mapping[str, Any], ndims: set[int]) -> bool:
    """Whether each step is one linear function, the same for all steps, of x, the gradient and the states.

    Args:
        ndims: the numbers of axes of the parameters.
    """
    for ndim in ndims:
        given, moving = _moves(rule, options, ndim)
        fixed: dict[int, bool] = {}
        for term in reachable(moving):
            if not term.args:
                fixed[term.index] = term.op != "input" or term.attributes["name"] in given
                continue
            parts = [fixed[arg.index] for arg in term.args]
            fixed[term.index] = all(parts)
            linear = (
                all(parts)
                or term.op in ("add", "subtract", "negative", "broadcast_to", "stop_gradient")
                or (term.op == "multiply" and any(parts))
                or (term.op == "divide" and parts[1])
            )
            if not linear:
                return False
    return True


def survives(rule: UpdateRule, options: Mapping[str, Any], ndims: set[int]) -> bool:
    """Whether a step by a gradient that is infinite or undefined in one coordinate may lead to a finite point.

    It does for rules that look at signs, or cut gradients by value. After such a step nothing shows where a racer was.

    Args:
        ndims: the numbers of axes of the parameters.
    """
    numbers = rule.numbers(options)
    for ndim in ndims:
        states = rule.active_state(options, ndim)
        shape = (2,) * ndim
        update = compile_update(rule.text(options, ndim), states, tuple(numbers), shape)
        x, usual = np.ones((*shape, 3)), np.full((*shape, 3), 0.5)
        state = update.initial(x, numbers)
        for t in (1.0, 2.0):
            x, state = update.step(x, usual, t, state, numbers, 1.0)
        bad = usual.copy()
        bad[(0,) * ndim] = (np.inf, -np.inf, np.nan)
        x, _state = update.step(x, bad, 3.0, state, numbers, np.abs(bad[(0,) * ndim]))
        if np.isfinite(x).reshape(-1, 3).all(axis=0).any():
            return True
    return False


def _moves(rule: UpdateRule, options: Mapping[str, Any], ndim: int) -> tuple[set[str], list[Term]]:
    """The names of the options among the inputs, and the next x, next and first states of a small parameter."""
    tape, shape = Tape(), (2,) * ndim
    x, g, t, value = tape.input("x", shape), tape.input("g", shape), tape.input("t"), tape.input("value")
    given = {name: tape.input(f"option {name}") for name in rule.numbers(options)}
    states = rule.active_state(options, ndim)
    state = {s.name: tape.input(f"state {s.name}", () if s.scalar else shape) for s in states}
    lowered = lower_update(rule.text(options, ndim), tape, x, g, t, given, state, value)
    initial = initial_terms(states, tape, x, given)
    moving = [lowered.x, *lowered.state.values(), *initial.values()]
    return {term.attributes["name"] for term in given.values()}, moving
