"""A racer: a start with an update rule, and all that is said of how it is to move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from . import optimizers
from .data import Order
from .errors import EngineError, shown
from .given import instance
from .optimizers import ClassicalOptimizer, ClassicalRule, Optimizer, UpdateRule


@dataclass(frozen=True)
class Racer:
    """A point with an update rule.

    Attributes:
        optimizer: a name, a rule, or an optimizer made by `optimizers.create` (its options are the defaults here).
        options: of the rule, such as {"learning_rate": 0.1}.
        start: where it starts, (n,); the program's stored values when None.
        name: what it is called in results; the rule's title when empty.
        convention: "torch", "keras", "optax" or "textbook".
        schedule: (name, options) of a learning-rate schedule, whose factor multiplies the learning rate.
        clip_norm, clip_value: clip the gradient by its L2 norm, or each element of it.
        batch_size: take the gradient over so many rows of the data, drawn anew at each step.
        batch_order: "shuffle" (every row once an epoch), "replacement", "sequential", or "curriculum": each batch is
            drawn from the easiest rows, at first from the part `batch_opening` of all rows, and from a part that grows
            evenly until it is all of them at step `batch_ramp`.
        batch_scores: for the curriculum, the data leaf whose numbers say how hard each row is (the greater, the
            harder); None = the loss of each row alone at the values stored in the graph.
        gradient: "numerical" takes central differences with h = 1e-4.
        noise: standard deviation of Gaussian noise added to every gradient element.
        average_decay: also follow the exponential moving average of the path, of which this share is kept each step;
            0 for none. The racer itself is not changed by it.
    """

    optimizer: str | UpdateRule | ClassicalRule | Optimizer | ClassicalOptimizer
    options: Mapping[str, Any] = field(default_factory=dict)
    start: Sequence[float] | None = None
    name: str = ""
    convention: str | None = None
    schedule: tuple[str, Mapping[str, Any]] | None = None
    clip_norm: float | None = None
    clip_value: float | None = None
    batch_size: int | None = None
    batch_order: Order = "shuffle"
    batch_scores: str | None = None
    batch_opening: float = 0.2
    batch_ramp: int = 100
    gradient: Literal["analytic", "numerical"] = "analytic"
    noise: float = 0.0
    average_decay: float = 0.0

    @property
    def rule(self) -> UpdateRule | ClassicalRule:
        """The update rule of its optimizer."""
        if isinstance(self.optimizer, Optimizer | ClassicalOptimizer):
            return self.optimizer.rule
        return optimizers.get(self.optimizer)

    @property
    def title(self) -> str:
        """What it is called: its name, else the optimizer's."""
        return self.name or self.rule.title

    def resolved(self) -> dict[str, Any]:
        """Every option of the rule with the value that this racer uses.

        Raises:
            EngineError: for an option that does not exist or a value out of its range.
        """
        if not isinstance(self.options, Mapping):
            raise EngineError(f"options are given by name, in a dict, not by {shown(self.options)}")
        given = dict(self.options)
        if not all(isinstance(name, str) for name in given):
            raise EngineError(f"the names of options are texts; these are not: {shown(list(given))}")
        if isinstance(self.optimizer, Optimizer | ClassicalOptimizer):
            given = {**self.optimizer.options, **given}
        for name in ("clip_norm", "clip_value"):
            if getattr(self, name) is not None:
                given[name] = getattr(self, name)
        return self.rule.resolve(self.convention, **given)


A_RACER = instance(Racer, "a racer, such as Racer('adam')")
