"""In which order terms are computed, so that few arrays are under way and results can be written over what they replace."""

from __future__ import annotations

from collections.abc import Sequence

from .expression import Term
from .layout import is_view

# A term and the indices of the terms of an input: the term is the next value of the input.
Next = tuple[Term, set[int]]


def ordered(late: Sequence[Term], outputs: Sequence[Term], following: Sequence[Next]) -> list[Term]:
    """The terms of `late` one output after the other, what is read first.

    Next values come after what reads the values that they replace, where nothing that reads these needs them. Else at
    each term the argument comes first whose computation keeps most arrays at once (R. Sethi and J. D. Ullman, J. ACM 17,
    1970, whose rule is for trees; here arguments are shared).

    Args:
        late: the terms that outputs need and that are to be computed, arguments first.
        outputs: the terms wanted, in the order in which they had better be computed.
        following: the next values.
    """
    before = {term.index: {arg.index: arg for arg in term.args} for term in late}
    for term, replaced in following:
        if term.index in before:
            after = _needing(late, before, term)
            readers = (reader for reader in _readers(late, replaced) if reader.index not in after)
            before[term.index] |= {reader.index: reader for reader in readers}
    need: dict[int, int] = {}
    waiting: dict[int, list[Term]] = {}
    for term in late:
        first = [arg for arg in before[term.index].values() if arg.index in before]
        waiting[term.index] = sorted(first, key=lambda arg: need.get(arg.index, 1))
        most = [
            need[arg.index] + i for i, arg in enumerate(reversed(waiting[term.index])) if arg.index in need
        ]
        need[term.index] = max(most, default=1)
    result: dict[int, Term] = {}
    stack = [term for term in reversed(outputs) if term.index in before]
    while stack:
        term = stack[-1]
        while waiting[term.index] and waiting[term.index][-1].index in result:
            waiting[term.index].pop()
        if waiting[term.index]:
            stack.append(waiting[term.index].pop())
        else:
            result.setdefault(term.index, term)
            stack.pop()
    return list(result.values())


def _readers(late: Sequence[Term], inputs: set[int]) -> list[Term]:
    """What reads an input or a view of it."""
    base = set(inputs)
    readers = []
    for term in late:
        if any(arg.index in base for arg in term.args):
            readers.append(term)
            if is_view(term):
                base.add(term.index)
    return readers


def _needing(late: Sequence[Term], before: dict[int, dict[int, Term]], term: Term) -> set[int]:
    """A term and all that must come after it."""
    found = {term.index}
    size = 0
    # What was added to `before` may point ahead.
    while size < len(found):
        size = len(found)
        found |= {other.index for other in late if not found.isdisjoint(before[other.index])}
    return found
