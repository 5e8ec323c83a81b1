"""What ails the numbers of a trace: where NaN and infinity begin, which gradients vanish or explode."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from gdstudio.engine.cached import cached_property
from gdstudio.engine.trace import Trace

# Marked are gradients smaller than this part of the largest, and larger than this many times the output's own.
VANISHING = 1e-6
EXPLODING = 1e6


def is_finite(array: np.ndarray) -> bool:
    """Whether no number is NaN or infinite; most arrays are single numbers, for which numpy is slow."""
    return math.isfinite(array) if array.ndim == 0 else bool(np.isfinite(array).all())


def _all_finite(arrays: Mapping[str, np.ndarray]) -> bool:
    """Whether no number of any of them is NaN or infinite, told by their sum; False where that overflows, too."""
    with np.errstate(all="ignore"):
        return math.isfinite(sum(a.item() if a.ndim == 0 else float(a.sum()) for a in arrays.values()))


class Health:
    """Answers for one trace; everything is computed when it is first asked for."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    @cached_property
    def value_origins(self) -> dict[str, str]:
        """For every node whose value is not finite: the node where that began."""
        trace, found = self._trace, dict[str, str]()
        if _all_finite(trace.values):
            return found
        for id in trace.graph.order:
            if id in trace.values and not is_finite(trace.values[id]):
                sources = (source for source in trace.graph.nodes[id].inputs if source in found)
                first = next(sources, None)
                found[id] = id if first is None else found[first]
        return found

    @cached_property
    def gradient_origins(self) -> dict[str, str]:
        """For every node whose gradient is not finite: the node where that began on the way back."""
        trace, found = self._trace, dict[str, str]()
        if _all_finite(trace.gradients):
            return found
        for id in reversed(trace.graph.order):
            if id in trace.gradients and not is_finite(trace.gradients[id]):
                targets = (target for target, _slot in trace.graph.consumers[id] if target in found)
                first = next(targets, None)
                found[id] = id if first is None else found[first]
        return found

    @cached_property
    def undefined(self) -> frozenset[str]:
        """Constant exponents whose gradient is not finite because a base is not positive: log(base) is no number.

        Nothing trains a constant, so nothing is wrong there.
        """
        graph, values = self._trace.graph, self._trace.values

        def is_exponent(id: str) -> bool:
            uses = graph.consumers[id]
            bases = [graph.nodes[target].inputs[0] for target, slot in uses if slot == 1]
            powers = all(graph.nodes[target].op == "power" for target, _slot in uses)
            return powers and any(base in values and bool((values[base] <= 0).any()) for base in bases)

        return frozenset(
            id
            for id, origin in self.gradient_origins.items()
            if id == origin and graph.nodes[id].op == "constant" and is_exponent(id)
        )

    @cached_property
    def origins(self) -> frozenset[str]:
        """All nodes where something begins that is not finite and should be."""
        begun = {*self.value_origins.values(), *self.gradient_origins.values()}
        return frozenset(begun - self.undefined)

    @cached_property
    def sizes(self) -> dict[str, float]:
        """The largest component of every finite gradient, by node."""
        sizes = {}
        for id, gradient in self._trace.gradients.items():
            size = abs(gradient.item()) if gradient.ndim == 0 else float(np.abs(gradient).max(initial=0.0))
            if math.isfinite(size):
                sizes[id] = size
        return sizes

    @cached_property
    def _largest(self) -> float:
        return max(self.sizes.values(), default=0.0)

    @cached_property
    def _own(self) -> float:
        """The size of the output's gradient; 0 where there is none."""
        return self.sizes.get(self._trace.output or "", 0.0)

    @cached_property
    def limits(self) -> tuple[float, float]:
        """A gradient that is not zero vanishes below the first size, and explodes above the second."""
        return VANISHING * self._largest, EXPLODING * self._own if self._own > 0 else math.inf

    def vanishing(self, id: str) -> float | None:
        """The gradient as a part of the largest, where it is not zero and too small to train with."""
        size = self.sizes.get(id, 0.0)
        return size / self._largest if 0 < size < self.limits[0] else None

    def exploding(self, id: str) -> float | None:
        """How many times the gradient is larger than the one at the output, where that is far too much."""
        size = self.sizes.get(id, 0.0)
        return size / self._own if size > self.limits[1] else None
