"""Sums and products regrouped by axis, for grids and crowds of racers.

On a grid most of the cost is passes over all points, while what depends on one axis only is nearly free. So sums add
what lives on one axis first, products gather a coefficient and the factors of an axis before they meet a full one,
addends that share their full factors are joined, and exp, sin and cos of a sum over the axes are split. For a crowd the
cheap part is what all racers share. This changes the last bits, which a picture never shows; single points and races
are evaluated without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from .expression import Tape, Term, reachable

# Larger graphs are left as they are: looking for common factors takes more than linear time.
_LARGEST = 3000
# exp of a sum is split only where both parts are known to stay far from overflow.
_SAFE_EXPONENT = 300.0
_BOUNDED = {"sin", "cos", "tanh", "sigmoid", "erf", "sign"}


@dataclass(frozen=True)
class _Product:
    coefficient: float
    factors: tuple[Term, ...]


def regrouped(outputs: Sequence[Term], masks: Mapping[str, int], batch_ndim: int = 2) -> list[Term]:
    """The same outputs on a tape of their own, with fewer operations on the whole batch.

    Args:
        masks: for each input the batch axes on which it depends, as for `ArrayPlan`.
        batch_ndim: 1 or 2.
    """
    if len(reachable(outputs)) > _LARGEST:
        return list(outputs)
    return _Regrouping(outputs, masks, batch_ndim).outputs


def _has_coefficient(term: Term) -> bool:
    return term.op == "multiply" and term.args[0].value is not None and term.args[0].shape == ()


def _coefficient(term: Term) -> float:
    value = term.args[0].value
    assert value is not None
    return float(value)


def _unknown(term: Term, known: Mapping[int, object]) -> Iterator[Term]:
    """A term and what it is made of, arguments first, without what is known; what is given out becomes known.

    Looking no further than at what is known keeps all questions about a graph together linear in its size.
    """
    waiting = [term]
    while waiting:
        last = waiting[-1]
        missing = [arg for arg in last.args if arg.index not in known]
        if last.index in known:
            waiting.pop()
        elif missing:
            waiting += missing
        else:
            yield waiting.pop()


class _Regrouping:
    def __init__(self, outputs: Sequence[Term], masks: Mapping[str, int], batch_ndim: int) -> None:
        self._full = (1 << batch_ndim) - 1
        # The partial masks whose factors are gathered and joined.
        self._partial = (1, 2) if batch_ndim == 2 else (0,)
        self._tape = Tape()
        self._input_masks = masks
        self._masks: dict[int, int] = {}
        self._bounds: dict[int, float] = {}
        self._new: dict[int, Term] = {}
        terms = reachable(outputs)
        self._old_masks: dict[int, int] = {}
        for term in terms:
            own = masks[term.attributes["name"]] if term.op == "input" else 0
            for arg in term.args:
                own |= self._old_masks[arg.index]
            self._old_masks[term.index] = own
        self._uses: dict[int, int] = {}
        for term in terms:
            for arg in term.args:
                self._uses[arg.index] = self._uses.get(arg.index, 0) + 1
        for term in outputs:
            self._uses[term.index] = self._uses.get(term.index, 0) + 2
        for term in terms:
            # What is used once inside a sum or product of the same kind is taken apart there.
            if self._uses[term.index] > 1 or not self._is_inner(term):
                self._new[term.index] = self._rebuilt(term)
        self.outputs = [self._made(term) for term in outputs]

    def _is_inner(self, term: Term) -> bool:
        """Whether a term on the whole grid belongs to a sum or product."""
        if self._old_masks[term.index] != self._full or any(
            arg.shape not in ((), term.shape) for arg in term.args
        ):
            return False
        if term.op == "divide":
            denominator = term.args[1]
            if denominator.value is not None:
                return denominator.shape == () and float(denominator.value) != 0
            return self._old_masks[denominator.index] != self._full
        return term.op in ("add", "subtract", "negative", "multiply")

    def _made(self, term: Term) -> Term:
        """The new term for an old one."""
        if term.index not in self._new:
            self._new[term.index] = self._rebuilt(term)
        return self._new[term.index]

    def _rebuilt(self, term: Term) -> Term:
        if term.op == "input":
            return self._tape.input(term.attributes["name"], term.shape)
        if term.value is not None:
            return self._tape.constant(term.value)
        if term.op == "opaque":
            return self._made(term.args[0])
        if self._is_inner(term):
            made = self._sum(self._addends(term, root=True))
            return (
                made if made.shape == term.shape else self._tape.apply("broadcast_to", made, shape=term.shape)
            )
        if term.shape == () and term.op in ("exp", "sin", "cos") and self._full == 3:
            split = self._split(term)
            if split is not None:
                return split
        return self._tape.primitive(term.op, tuple(self._made(arg) for arg in term.args), term.attributes)

    # Taking apart, without recursion however long the sum is.

    def _addends(self, term: Term, root: bool = False) -> list[_Product]:
        """A sum as a list of products; factors on one axis and coefficients are carried into sums used once."""
        result: list[_Product] = []
        stack: list[tuple[float, tuple[Term, ...], Term, bool]] = [(1.0, (), term, root)]
        while stack:
            coefficient, low, current, own = stack.pop()
            own = own or self._uses.get(current.index, 0) == 1
            inner = self._is_inner(current)
            if inner and current.op == "negative":
                stack.append((-coefficient, low, current.args[0], False))
            elif inner and current.op == "divide" and current.args[1].value is not None:
                stack.append((coefficient / float(current.args[1].value), low, current.args[0], False))
            elif inner and current.op == "divide" and own:
                stack.append((coefficient, (*low, 1.0 / self._made(current.args[1])), current.args[0], False))
            elif inner and _has_coefficient(current):
                stack.append((coefficient * _coefficient(current), low, current.args[1], False))
            elif inner and own and current.op in ("add", "subtract"):
                second = -coefficient if current.op == "subtract" else coefficient
                stack += [(second, low, current.args[1], False), (coefficient, low, current.args[0], False)]
            elif inner and own and current.op == "multiply" and (slot := self._low(current)) is not None:
                stack.append(
                    (coefficient, (*low, self._made(current.args[slot])), current.args[1 - slot], False)
                )
            elif inner and own and current.op == "multiply":
                factors = [self._scaled(arg) for arg in current.args]
                scale = coefficient * factors[0].coefficient * factors[1].coefficient
                result.append(_Product(scale, low + factors[0].factors + factors[1].factors))
            elif current.value is not None and current.shape == ():
                result.append(_Product(coefficient * float(current.value), low))
            else:
                made = self._made(current)
                if abs(coefficient) != 1 and self._is_outer_sum(made):
                    # c·(u + v) costs a pass less as c·u + c·v when u and v live on one axis each.
                    sign = -coefficient if made.op == "subtract" else coefficient
                    result.append(_Product(coefficient, (*low, made.args[0])))
                    result.append(_Product(sign, (*low, made.args[1])))
                else:
                    result.append(_Product(coefficient, (*low, made)))
        return result

    def _low(self, term: Term) -> int | None:
        """The slot of a product that does not live on the whole grid."""
        for slot, arg in enumerate(term.args):
            if self._old_masks[arg.index] != self._full:
                return slot
        return None

    def _scaled(self, term: Term) -> _Product:
        """A factor with its constant coefficient taken off."""
        coefficient = 1.0
        while self._is_inner(term):
            if term.op == "negative":
                coefficient, term = -coefficient, term.args[0]
            elif _has_coefficient(term):
                coefficient, term = coefficient * _coefficient(term), term.args[1]
            else:
                break
        return _Product(coefficient, (self._made(term),))

    def _is_outer_sum(self, made: Term) -> bool:
        return (
            made.op in ("add", "subtract")
            and made.shape == ()
            and all(self._mask(arg) != self._full for arg in made.args)
        )

    # Putting together

    def _mask(self, term: Term) -> int:
        """The axes on which a new term depends."""
        found = self._masks.get(term.index)
        if found is not None:
            return found
        for part in _unknown(term, self._masks):
            if part.op == "input":
                self._masks[part.index] = self._input_masks[part.attributes["name"]]
            else:
                mask = 0
                for arg in part.args:
                    mask |= self._masks[arg.index]
                self._masks[part.index] = mask
        return self._masks[term.index]

    def _on(self, product: _Product, mask: int) -> tuple[Term, ...]:
        """The factors that live on exactly these axes."""
        return tuple(sorted((f for f in product.factors if self._mask(f) == mask), key=lambda f: f.index))

    def _sum(self, addends: list[_Product]) -> Term:
        full = [p for p in addends if p.factors]
        constant = sum(p.coefficient for p in addends if not p.factors)
        if not full:
            return self._tape.constant(constant)
        if constant:
            full.append(_Product(constant, ()))
        if len(full) > 1:
            full = reduce(self._joined, self._partial, full)
            pulled = self._pulled(full)
            if pulled is not None:
                return pulled
        return self._total(full)

    def _joined(self, addends: list[_Product], axis: int) -> list[_Product]:
        """Addends that differ only in what lives on `axis` become one: their factors there are summed first."""
        groups: dict[tuple, list[_Product]] = {}
        for product in addends:
            key = tuple(
                f.index for f in sorted(product.factors, key=lambda f: f.index) if self._mask(f) != axis
            )
            groups.setdefault(key, []).append(product)
        result = []
        for group in groups.values():
            if len(group) == 1 or all(not self._on(p, axis) for p in group):
                result += group
                continue
            parts = [_Product(p.coefficient, self._on(p, axis)) for p in group]
            rest = tuple(f for f in group[0].factors if self._mask(f) != axis)
            result.append(_Product(1.0, (self._total(parts), *rest)))
        return result

    def _pulled(self, addends: list[_Product]) -> Term | None:
        """A factor on one axis that all addends share, and the coefficient with it, multiplied once at the end."""
        for axis in self._partial:
            shared = set.intersection(*(set(f.index for f in self._on(p, axis)) for p in addends))
            if not shared:
                continue
            chosen = min(shared)
            factor = next(f for f in addends[0].factors if f.index == chosen)
            bare = []
            for product in addends:
                factors = list(product.factors)
                factors.remove(factor)
                bare.append(_Product(product.coefficient, tuple(factors)))
            lonely = [p.coefficient for p in bare if not any(self._on(p, a) for a in self._partial)]
            scale = lonely[0] if lonely else 1.0
            inner = self._total([_Product(p.coefficient / scale, p.factors) for p in bare])
            return self._times(_Product(scale, (factor, inner)))
        return None

    def _total(self, addends: list[_Product]) -> Term:
        """The sum, what lives on fewer axes first."""
        if len(addends) == 1:
            return self._times(addends[0])
        made = []
        negative = all(product.coefficient < 0 for product in addends)
        for product in addends:
            # A sign costs nothing in a sum, unless it is the only one.
            sign = -1.0 if product.coefficient < 0 else 1.0
            if negative and (len(product.factors) > 1 or product.coefficient != -1):
                made.append((self._mask(self._times(product)), 1.0, self._times(product)))
                continue
            term = self._times(_Product(abs(product.coefficient), product.factors))
            made.append((self._mask(term), sign, term))
        made.sort(key=lambda entry: entry[1] < 0)
        groups: dict[int, tuple[float, Term]] = {}
        for mask, sign, term in made:
            if mask not in groups:
                groups[mask] = (sign, term)
            else:
                first, before = groups[mask]
                groups[mask] = self._plus(first, before, sign, term)
        first_mask, *rest = sorted(groups, key=lambda m: (bin(m).count("1"), m))
        outer, total = groups[first_mask]
        for mask in rest:
            outer, total = self._plus(outer, total, *groups[mask])
        return -total if outer < 0 else total

    @staticmethod
    def _plus(first: float, a: Term, second: float, b: Term) -> tuple[float, Term]:
        """±a ± b as a sign and a term."""
        if first == second:
            return first, a + b
        return (1.0, a - b) if first > 0 else (1.0, b - a)

    def _times(self, product: _Product) -> Term:
        """The product: factors of one axis with each other and with the coefficient, then those of the whole grid."""
        if len(product.factors) == 1:
            return product.factors[0] * product.coefficient
        groups: dict[int, Term] = {}
        for factor in sorted(product.factors, key=lambda f: f.index):
            mask = self._mask(factor)
            groups[mask] = groups[mask] * factor if mask in groups else factor
        if not groups:
            return self._tape.constant(product.coefficient)
        order = sorted(groups, key=lambda m: (bin(m).count("1"), m))
        groups[order[0]] = groups[order[0]] * product.coefficient
        low = [groups[mask] for mask in order if mask != self._full]
        high = [groups[mask] for mask in order if mask == self._full]
        # A full factor takes up one axis after the other: each is one pass.
        parts = [*high, *low]
        return reduce(lambda a, b: a * b, parts)

    def _split(self, term: Term) -> Term | None:
        """exp, sin or cos of (something on one axis) + (something on the other)."""
        (arg,) = term.args
        addends = self._addends(arg, root=True) if self._is_inner(arg) else []
        parts: dict[int, list[_Product]] = {1: [], 2: []}
        for product in addends:
            mask = reduce(lambda a, b: a | b, map(self._mask, product.factors), 0)
            if mask == self._full:
                return None
            parts[mask or 1].append(product)
        if not parts[1] or not parts[2] or self._uses.get(arg.index, 0) > (1 if term.op == "exp" else 2):
            return None
        u, v = self._total(parts[1]), self._total(parts[2])
        if not (self._mask(u) and self._mask(v)):
            return None
        call = self._tape.apply
        if term.op == "exp":
            if self._bound(u) > _SAFE_EXPONENT or self._bound(v) > _SAFE_EXPONENT:
                return None
            return call("exp", u) * call("exp", v)
        sin_u, cos_u, sin_v, cos_v = call("sin", u), call("cos", u), call("sin", v), call("cos", v)
        if term.op == "sin":
            return sin_u * cos_v + cos_u * sin_v
        return cos_u * cos_v - sin_u * sin_v

    def _bound(self, term: Term) -> float:
        """A bound on the size of a new term, from the functions in it that are bounded."""
        for part in _unknown(term, self._bounds):
            args = [self._bounds[arg.index] for arg in part.args]
            if part.value is not None and part.shape == ():
                bound = abs(float(part.value))
            elif part.op in _BOUNDED:
                bound = 1.0
            elif part.op in ("add", "subtract"):
                bound = sum(args)
            elif part.op == "multiply":
                bound = args[0] * args[1] if all(map(math.isfinite, args)) else math.inf
            elif part.op in ("negative", "abs"):
                bound = args[0]
            elif part.op == "square":
                bound = args[0] ** 2
            else:
                bound = math.inf
            self._bounds[part.index] = bound
        return self._bounds[term.index]
