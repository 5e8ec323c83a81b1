"""Matrix products on a slice of a network, taken together.

On a slice most of the time goes into products of activations with one of a few small matrices: the weights in the middle
and what each direction adds to them. Products of one activation are one product with these matrices side by side, and a
sum of products is one product of the activations side by side. This changes the last bits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import reduce

from . import ops
from .expression import Term, reachable

# Larger matrices gain nothing: their products are not held up by the calls around them.
_LARGEST = 1 << 16


def joined_products(outputs: Sequence[Term], masks: Mapping[str, int], batch_ndim: int) -> list[Term]:
    """The same outputs, on the same tape, with fewer and larger matrix products.

    Args:
        masks: for each input the batch axes on which it depends, as for `ArrayPlan`.
    """
    terms = reachable(outputs)
    if sum(term.op == "matmul" for term in terms) < 2:
        return list(outputs)
    return _Joining(terms, outputs, masks, (1 << batch_ndim) - 1).outputs


class _Joining:
    def __init__(
        self, terms: Sequence[Term], outputs: Sequence[Term], masks: Mapping[str, int], full: int
    ) -> None:
        self._full = full
        self._masks: dict[int, int] = {}
        self._uses: dict[int, int] = {}
        for term in terms:
            own = masks[term.attributes["name"]] if term.op == "input" else 0
            self._masks[term.index] = reduce(int.__or__, (self._masks[arg.index] for arg in term.args), own)
            for arg in term.args:
                self._uses[arg.index] = self._uses.get(arg.index, 0) + 1
        for term in outputs:
            self._uses[term.index] = self._uses.get(term.index, 0) + 2
        self._new: dict[int, Term] = {}
        # Sums of nothing but products, and what is part of one and used there alone.
        self._sums: set[int] = set()
        self._inner: set[int] = set()
        for term in terms:
            if term.op == "add" and all(self._is_addend(arg) for arg in term.args):
                self._sums.add(term.index)
                self._inner |= {arg.index for arg in term.args}
        self._siblings = self._found_siblings(terms)
        # The small matrices first, which products further on put side by side.
        for term in sorted(terms, key=lambda term: (self._masks[term.index] == full, term.index)):
            if term.index not in self._inner:
                self._new[term.index] = self._rebuilt(term)
        self.outputs = [self._new[term.index] for term in outputs]

    def _is_product(self, term: Term) -> bool:
        """Whether a term is a product of an activation with one matrix for a whole block of points."""
        if term.op != "matmul" or self._masks[term.index] != self._full:
            return False
        a, b = term.args
        return (
            len(a.shape) == len(b.shape) == 2
            and self._masks[a.index] == self._full
            and self._masks[b.index] in (0, 1)
            and self._masks[b.index] != self._full
            and math.prod(b.shape) <= _LARGEST
        )

    def _is_addend(self, term: Term) -> bool:
        """Whether a term is a product, or a sum of products, that is used once."""
        return self._uses[term.index] == 1 and (self._is_product(term) or term.index in self._sums)

    def _found_siblings(self, terms: Sequence[Term]) -> dict[int, list[Term]]:
        """For each activation with several products the matrices that it meets."""
        found: dict[int, list[Term]] = {}
        for term in terms:
            if self._is_product(term) and term.index not in self._inner:
                found.setdefault(term.args[0].index, []).append(term.args[1])
        return {index: matrices for index, matrices in found.items() if len(matrices) > 1}

    def _rebuilt(self, term: Term) -> Term:
        if not term.args or term.value is not None:
            return term
        if self._is_product(term):
            return self._product(term)
        if term.index in self._sums:
            return self._sum(term)
        args = tuple(self._new[arg.index] for arg in term.args)
        if term.op == "opaque":
            return term.tape.opaque(args[0], term.attributes["label"])
        return term.tape.primitive(term.op, args, term.attributes)

    def _product(self, term: Term) -> Term:
        """A product, as part of one with all matrices that this activation meets."""
        activation, matrix = term.args
        new = self._new[activation.index]
        matrices = self._siblings.get(activation.index)
        if matrices is None:
            return ops.matmul(new, self._new[matrix.index])
        joint = ops.matmul(new, ops.concatenate(*[self._new[m.index] for m in matrices], axis=1))
        begin = 0
        for other in matrices:
            end = begin + other.shape[1]
            if other is matrix:
                break
            begin = end
        return ops.index(joint, index=((0, term.shape[0]), (begin, end)))

    def _sum(self, term: Term) -> Term:
        """A sum of products as one."""
        products: list[Term] = []
        stack = [term]
        while stack:
            current = stack.pop()
            if current.index in self._sums:
                stack += current.args
            else:
                products.append(current)
        products.sort(key=lambda product: product.index)
        activations, matrices = zip(*(product.args for product in products), strict=True)
        return ops.matmul(
            ops.concatenate(*[self._new[a.index] for a in activations], axis=1),
            ops.concatenate(*[self._new[m.index] for m in matrices], axis=0),
        )
