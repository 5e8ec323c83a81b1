"""The derivative of an expression is an expression: reverse mode, forward mode and the Hessian, on one tape.

Reverse mode follows each row's vector-Jacobian product (Griewank and Walther, Evaluating Derivatives, 2008). Forward
mode needs no table of its own: a vjp is linear in its seed, and differentiating it by the seed gives the
Jacobian-vector product (J. Townsend, "A new trick for calculating Jacobian vector products", 2017).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import ops
from .expression import Term, reachable
from .shapes import Shape


def fitted(term: Term, shape: Shape) -> Term:
    """`term` summed over the axes that broadcasting added, or broadcast, to `shape`."""
    if term.shape == shape:
        return term
    extra = len(term.shape) - len(shape)
    if extra > 0:
        term = ops.total(term, axis=tuple(range(extra)))
    stretched = tuple(
        i for i, (have, want) in enumerate(zip(term.shape, shape, strict=False)) if want == 1 and have != 1
    )
    if stretched and len(term.shape) == len(shape):
        term = ops.total(term, axis=stretched, keepdims=True)
    return term if term.shape == shape else ops.broadcast_to(term, shape=shape)


def gradients(output: Term, wrt: Sequence[Term], seed: Term | None = None) -> list[Term | None]:
    """The gradient of `output` with respect to each term of `wrt`, in one backward sweep.

    Args:
        output: of any shape.
        wrt: terms that `output` may depend on; they may lie anywhere on the tape.
        seed: the v of the vector-Jacobian product, of `output`'s shape; ones when None.

    Returns:
        For each of `wrt` a term of its shape, or None where `output` does not depend on it.
    """
    wanted = {term.index for term in wrt}
    terms = reachable([output])
    depends: set[int] = set()
    for term in terms:
        if term.index in wanted or any(arg.index in depends for arg in term.args):
            depends.add(term.index)
    tape = output.tape
    adjoints: dict[int, Term] = {output.index: tape.constant(np.ones(output.shape)) if seed is None else seed}
    for term in reversed(terms):
        g = adjoints.get(term.index)
        if g is None or term.index not in depends:
            continue
        for slot, arg in enumerate(term.args):
            if arg.index not in depends:
                continue
            if term.op == "opaque":
                contribution = g
            else:
                vjp = ops.table[term.op].vjp(slot)
                if vjp is None:
                    continue
                contribution = fitted(vjp(g, term, *term.args, **term.attributes), arg.shape)
            before = adjoints.get(arg.index)
            adjoints[arg.index] = contribution if before is None else before + contribution
    return [adjoints.get(term.index) if term.index in depends else None for term in wrt]


def or_zeros(gradient: Term | None, like: Term) -> Term:
    """The gradient, or zeros where there is no dependence."""
    return like.tape.constant(np.zeros(like.shape)) if gradient is None else gradient


def jacobian_vector_product(output: Term, wrt: Sequence[Term], tangents: Sequence[Term]) -> Term:
    """How `output` changes when each of `wrt` moves along its tangent (forward mode); of `output`'s shape."""
    tape = output.tape
    seed = tape.input(f"seed of #{output.index}", output.shape)
    result: Term | None = None
    for gradient, tangent in zip(gradients(output, wrt, seed), tangents, strict=True):
        if gradient is None:
            continue
        (part,) = gradients(gradient, [seed], tangent)
        if part is not None:
            result = part if result is None else result + part
    return or_zeros(result, output)


def hessian_vector_product(output: Term, wrt: Sequence[Term], tangents: Sequence[Term]) -> list[Term]:
    """H·v for a scalar `output`, one term for each of `wrt`, by differentiating (gradient · v) once more."""
    total: Term | None = None
    for gradient, tangent in zip(gradients(output, wrt), tangents, strict=True):
        if gradient is not None:
            part = ops.total(gradient * tangent)
            total = part if total is None else total + part
    if total is None:
        return [or_zeros(None, term) for term in wrt]
    return [or_zeros(part, term) for part, term in zip(gradients(total, wrt), wrt, strict=True)]
