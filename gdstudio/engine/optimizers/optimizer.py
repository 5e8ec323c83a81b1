"""An optimizer that a program steps by itself, with gradients from anywhere: a rule, options and memory.

Races do not use this; they run the same compiled rules for many racers at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import update
from ..errors import EngineError, shown
from ..given import NUMBER, optional, takes
from ..numeric import numbers
from .classical_rule import ClassicalRule, GradientOnly, Here, Memory
from .rule import UpdateRule


class Optimizer:
    """One update rule with its options, stepping one parameter or a batch of them.

    Args:
        rule: the row of the table.
        options: every option, as `UpdateRule.resolve` gives them.
        shape: the shape of the parameter; None takes the last axis of the first x, so x is (..., n).

    Attributes:
        t: steps done.
    """

    def __init__(
        self, rule: UpdateRule, options: Mapping[str, Any], shape: tuple[int, ...] | None = None
    ) -> None:
        self.rule = rule
        self.options = dict(options)
        self.shape = _checked_shape(shape)
        self.reset()

    def reset(self) -> None:
        """Forgets everything; the next x is a new start."""
        self.t = 0
        self._state: dict[str, np.ndarray] | None = None
        self._shape_seen: tuple[int, ...] = ()

    @takes(learning_rate=optional(NUMBER))
    def step(self, x: Any, g: Any, learning_rate: float | None = None, value: Any = math.nan) -> np.ndarray:
        """The point after one update.

        Args:
            x, g: the point and the gradient there, both (..., n), or (..., *shape) when a shape was given.
            learning_rate: another learning rate for this step, as a schedule has it.
            value: the loss at x, (...), for the few rules that read it.

        Raises:
            EngineError: when the shapes do not fit, or something is no number.
        """
        x, g = self._arrays(x, g)
        options, losses = self._numbers(learning_rate), self._losses(value, x)
        compiled = self._compiled(x)
        with np.errstate(all="ignore"):
            state = self._memory(compiled, x, options)
            moved, self._state = compiled.step(
                self._inward(x), self._inward(g), float(self.t + 1), state, options, losses
            )
        self.t += 1
        return self._outward(moved)

    def lines(self, x: Any, g: Any, value: Any = math.nan) -> list[update.Line]:
        """Every line of the next step with its value, without taking it."""
        x, g = self._arrays(x, g)
        options, losses = self._numbers(None), self._losses(value, x)
        compiled = self._compiled(x)
        with np.errstate(all="ignore"):
            state = self._memory(compiled, x, options)
            return compiled.lines(self._inward(x), self._inward(g), float(self.t + 1), state, options, losses)

    @property
    def state(self) -> dict[str, np.ndarray]:
        """What the rule remembers, each state shaped as x (scalars as x without its parameter axes)."""
        if self._state is None:
            return {}
        scalars = {state.name for state in self.rule.state if state.scalar}
        return {
            name: np.array(value) if name in scalars else self._outward(np.asarray(value))
            for name, value in self._state.items()
        }

    @property
    def text(self) -> str:
        """The lines that run, for a parameter of this optimizer's shape."""
        return self.rule.text(self.options, self._ndim)

    @property
    def _ndim(self) -> int:
        return 1 if self.shape is None else len(self.shape)

    def _memory(
        self, compiled: update.Update, x: np.ndarray, options: Mapping[str, float]
    ) -> dict[str, np.ndarray]:
        """What is remembered at x, which is the start if nothing is yet."""
        if self._state is None:
            self._shape_seen = x.shape
            return compiled.initial(self._inward(x), options)
        if x.shape != self._shape_seen:
            raise EngineError(
                f"x had shape {self._shape_seen} before and has {x.shape} now; reset() starts afresh"
            )
        return self._state

    def _numbers(self, learning_rate: float | None) -> dict[str, float]:
        numbers = self.rule.numbers(self.options)
        return numbers if learning_rate is None else numbers | {"learning_rate": float(learning_rate)}

    def _losses(self, value: Any, x: np.ndarray) -> np.ndarray:
        losses, batch = _numbers_of("value", value, "(...)"), x.shape[: x.ndim - self._ndim]
        if losses.shape not in ((), batch):
            raise EngineError(
                f"value has shape {losses.shape}; it must be one number, or one for each point, {batch}"
            )
        return losses

    def _arrays(self, x: Any, g: Any) -> tuple[np.ndarray, np.ndarray]:
        x, g = _numbers_of("x", x), _numbers_of("its gradient", g)
        if x.shape != g.shape:
            raise EngineError(f"x has shape {x.shape} but its gradient {g.shape}; they must be the same")
        if x.ndim < self._ndim:
            raise EngineError(
                f"x needs at least {self._ndim} axes, one for each axis of the parameter, not {x.ndim}"
            )
        inner = x.shape[x.ndim - self._ndim :]
        if self.shape is not None and inner != self.shape:
            raise EngineError(f"x has shape {x.shape}, which does not end in the parameter's {self.shape}")
        return x, g

    def _compiled(self, x: np.ndarray) -> update.Update:
        shape = x.shape[x.ndim - self._ndim :]
        states = self.rule.active_state(self.options, self._ndim)
        return update.compile_update(self.text, states, tuple(self.rule.numbers(self.options)), shape)

    def _inward(self, a: np.ndarray) -> np.ndarray:
        """Batch axes from the front, where people have them, to the back, where the engine has them."""
        batch = a.ndim - self._ndim
        return np.transpose(a, (*range(batch, a.ndim), *range(batch)))

    def _outward(self, a: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(np.transpose(a, (*range(self._ndim, a.ndim), *range(self._ndim))))


def _checked_shape(shape: Any) -> tuple[int, ...] | None:
    if shape is None:
        return None
    sizes = tuple(shape) if isinstance(shape, list | tuple) else (None,)
    if not all(isinstance(size, int | np.integer) and size >= 0 for size in sizes):
        raise EngineError(
            f"the shape of a parameter is given by its sizes, such as (3, 4), not by {shown(shape)}"
        )
    return tuple(int(size) for size in sizes)


def _numbers_of(name: str, given: Any, shape: str = "(..., n)") -> np.ndarray:
    try:
        return numbers(given)
    except (ValueError, TypeError, OverflowError):
        raise EngineError(
            f"{name} must be numbers in an array of shape {shape}, not {shown(given)}"
        ) from None


class ClassicalOptimizer:
    """A classical rule that needs nothing but gradients, stepped by itself for one point or a batch."""

    def __init__(self, rule: ClassicalRule, options: Mapping[str, Any]) -> None:
        self.rule = rule
        self.options = dict(options)
        self.reset()

    def reset(self) -> None:
        """Forgets everything; the next x is a new start."""
        self.t = 0
        self.state: Memory = {}
        self._shape: tuple[int, ...] = ()

    def step(self, x: Any, g: Any) -> np.ndarray:
        """The point after one update; x and g of shape (..., n).

        Raises:
            EngineError: when the rule needs the loss or the Hessian too, as in a line search.
        """
        x, g = _numbers_of("x", x), _numbers_of("its gradient", g)
        if x.shape != g.shape or x.ndim == 0:
            raise EngineError(f"x has shape {x.shape} and its gradient {g.shape}; both must be (..., n)")
        if self.t and x.shape != self._shape:
            raise EngineError(f"x had shape {self._shape} in the step before and has {x.shape} now")
        count = math.prod(x.shape[:-1])
        points, gradient = (a if a.ndim == 1 else a.reshape(count, a.shape[-1]).T for a in (x, g))
        problem = GradientOnly(self.rule, points, gradient)
        here = Here(points, problem.value_and_gradient(points)[0], gradient, self.t + 1)
        with np.errstate(all="ignore"):
            moved, self.state = self.rule.moved(problem, here, self.state, self.options)
        self.t, self._shape = here.t, x.shape
        return np.ascontiguousarray(moved.T).reshape(x.shape)
