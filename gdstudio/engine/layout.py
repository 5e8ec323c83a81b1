"""Where the terms of a plan keep their values: registers, and buffers that are shared by liveness.

What runs is a list of instructions on registers. A register holds an input, a constant, a view, or a place in a buffer;
a buffer goes to the next term of its shape as soon as its last reader is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from . import ops
from .expression import Term

# Instructions:
# (1 or 2, ufunc, argument registers…, result register)
# (INTO, function with `out=`, argument registers, result register)
# (PAIR, None, argument register, register of its sine, register of its cosine)
# (OWN, function, argument registers, result register), for what makes its own array or view
OWN, INTO, PAIR = 0, 3, 4

# Where numpy writes a sign over its argument it branches at every number, which takes eight times as long.
_APART = ("sign",)


def function_of(term: Term, batch_ndim: int) -> Callable:
    """The numpy function of a term that has arguments."""
    if term.op == "opaque":
        return _identity
    shapes = tuple(argument.shape for argument in term.args)
    return ops.table[term.op].function(batch_ndim, shapes, term.attributes)


def _identity(x: np.ndarray) -> np.ndarray:
    return x


def is_elementwise(term: Term) -> bool:
    row = ops.table.get(term.op)
    return row is not None and row.ufunc is not None


def is_view(term: Term) -> bool:
    """Whether a term may share the memory of its argument."""
    row = ops.table.get(term.op)
    return row is None or row.view


def may_overwrite(late: Sequence[Term], outputs: Collection[Term], output: Term, sources: set[int]) -> bool:
    """Whether an output may be written over an input, because nothing reads that input later.

    Args:
        late: the terms in the order in which they are computed.
        output: one of the outputs.
        sources: the indices of the terms of that input.
    """
    read = last_read(late, outputs, sources)
    return is_elementwise(output) and any(term is output and read <= i for i, term in enumerate(late))


def last_read(late: Sequence[Term], outputs: Collection[Term], sources: set[int]) -> int:
    """The position of the last term that reads an input or a view of it: beyond all where a result is one, -1 for none."""
    base = set(sources)
    for term in late:
        if is_view(term) and term.args[0].index in base:
            base.add(term.index)
    if any(term.index in base for term in outputs):
        return len(late)
    return max((i for i, term in enumerate(late) if any(a.index in base for a in term.args)), default=-1)


class Layout:
    """The instructions for some terms, and the places of their values.

    Args:
        late: the terms to compute, arguments first.
        outputs: those that must survive.
        batch_ndim: how many batch axes follow the static axes of every array.
        direct: the outputs, by number, that may be computed in arrays given from outside.
        over: output number -> the indices of the terms of an input in whose array the output may be wanted.
        pairs: compute the sine and the cosine of one angle together (`sincos`).

    Attributes:
        code: see above.
        read: (register, term) of what comes from outside.
        views: registers whose array is a view of their argument.
        buffers: static shapes.
        seats: (register, buffer, static shape, part of the buffer or None for all of it).
        filled: (buffer, part of it, constant) of what is written there once.
        direct: (output, register) of results that are computed in their place.
        copied: (output, register) of those that are copied there, register -1 where `late` has no such term.
    """

    def __init__(
        self,
        late: Sequence[Term],
        outputs: Sequence[Term],
        batch_ndim: int,
        direct: Collection[int] | None = None,
        pairs: bool = False,
        over: Mapping[int, set[int]] | None = None,
    ) -> None:
        self._places = {term.index: place for place, term in enumerate(late)}
        self.registers: dict[int, int] = {}
        self.code: list[tuple] = []
        self.read: list[tuple[int, int]] = []
        self.views: set[int] = set()
        self.buffers: list[tuple[int, ...]] = []
        self.seats: list[tuple[int, int, tuple[int, ...], Any]] = []
        self.direct: list[tuple[int, int]] = []
        self.filled: list[tuple[int, Any, np.ndarray]] = []
        self._uses = dict.fromkeys((term.index for term in outputs), 1)
        for term in late:
            for arg in term.args:
                self._uses[arg.index] = self._uses.get(arg.index, 0) + 1
        self._free: dict[tuple[int, ...], list[int]] = {}
        self._held: dict[int, int] = {}
        in_place = self._in_place(outputs, range(len(outputs)) if direct is None else direct)
        if over:
            in_place |= self._ahead(late, outputs, in_place, over)
        parts = self._parts(late, in_place)
        root = self._roots(late, parts)
        last_use: dict[int, int] = {}
        for position, term in enumerate(late):
            for arg in term.args:
                if arg.index in root:
                    last_use[root[arg.index]] = position
        kept = {root[term.index] for term in outputs if term.index in root}
        partners = _partners(late) if pairs else {}
        gathered = {whole.index for whole, _part in parts.values()}
        self._own = {
            whole.index for whole, _part in parts.values() if any(arg.value is not None for arg in whole.args)
        }
        self._batch_ndim = batch_ndim
        for position, term in enumerate(late):
            args = tuple(self._register(arg) for arg in term.args)
            used = {root[arg.index] for arg in term.args if arg.index in root}
            dying = {index for index in used - kept if last_use[index] == position}
            if term.index in partners:
                self._pair(term, partners, in_place, parts)
                self._release(dying)
                continue
            out = self._register(term)
            if is_elementwise(term):
                # Elementwise, so writing over an argument of the same shape is safe.
                if term.op not in _APART:
                    self._release(index for index in dying if self._shape(index) == term.shape)
                self._seat(term, out, in_place, parts)
                self.code.append((len(args), ops.table[term.op].ufunc, *args, out))
            elif term.index in gathered:
                self.seats.append((out, self._buffer(term), term.shape, None))
                self._fill(term)
            elif _writes_into(term):
                self._seat(term, out, in_place, parts)
                self.code.append((INTO, function_of(term, batch_ndim), args, out))
            else:
                self.code.append((OWN, function_of(term, batch_ndim), args, out))
                if is_view(term):
                    self.views.add(out)
            self._release(dying)
        self.copied = [
            (number, self._register(term) if term.index in self._places else -1)
            for number, term in enumerate(outputs)
            if in_place.get(term.index) != number
        ]

    def arrays(self, batch: tuple[int, ...], empty: Callable[[tuple[int, ...]], np.ndarray]) -> list[Any]:
        """The registers with their buffers, for arrays of (*static shape, *batch)."""
        registers: list[Any] = [None] * len(self.registers)
        made = [empty(shape + batch) for shape in self.buffers]
        for buffer, part, constant in self.filled:
            made[buffer][part] = constant
        for register, buffer, shape, part in self.seats:
            whole = made[buffer]
            registers[register] = whole if part is None else whole[part].reshape(shape + batch)
        return registers

    def _pair(
        self,
        term: Term,
        partners: Mapping[int, Term],
        in_place: Mapping[int, int],
        parts: Mapping[int, tuple[Term, Any]],
    ) -> None:
        """Both of a sine and a cosine, where the first of them stands."""
        partner = partners[term.index]
        if partner.index in self.registers:
            return
        sine, cosine = (term, partner) if term.op == "sin" else (partner, term)
        places = [self._register(of) for of in (term.args[0], sine, cosine)]
        for of, place in ((sine, places[1]), (cosine, places[2])):
            self._seat(of, place, in_place, parts)
        self.code.append((PAIR, None, *places))

    def _seat(
        self, term: Term, out: int, in_place: Mapping[int, int], parts: Mapping[int, tuple[Term, Any]]
    ) -> None:
        if term.index in in_place:
            self.direct.append((in_place[term.index], out))
        elif term.index in parts:
            whole, part = parts[term.index]
            self.seats.append((out, self._buffer(whole), term.shape, part))
        else:
            self.seats.append((out, self._buffer(term), term.shape, None))

    def _in_place(self, outputs: Sequence[Term], allowed: Collection[int]) -> dict[int, int]:
        """The terms that are computed straight into an output."""
        result: dict[int, int] = {}
        for number, term in enumerate(outputs):
            if number in allowed and term.index in self._places and is_elementwise(term):
                result.setdefault(term.index, number)
        return result

    def _ahead(
        self,
        late: Sequence[Term],
        outputs: Sequence[Term],
        in_place: Mapping[int, int],
        over: Mapping[int, set[int]],
    ) -> dict[int, int]:
        """The terms computed in the array of the input that they alone give its next value: one array less to touch.

        Other results are not written to before they are there: their arrays are large, and buffers are near.
        """
        result: dict[int, int] = {}
        for term in outputs:
            number = in_place.get(term.index)
            if number is not None and number in over:
                since = last_read(late, outputs, over[number])
                result |= {earlier.index: number for earlier in self._leading_to(term, since)}
        return result

    def _leading_to(self, term: Term, since: int = 0) -> Iterator[Term]:
        """What can be computed where a term will be, the last first: elementwise, and read by the next of them alone.

        Args:
            since: the first position at which the place is free.
        """
        following: Term | None = term
        while following is not None and is_elementwise(following) and following.op not in _APART:
            following = next(
                (
                    arg
                    for arg in following.args
                    if self._places.get(arg.index, -1) >= since
                    and self._uses[arg.index] == 1
                    and arg.shape == term.shape
                    and is_elementwise(arg)
                ),
                None,
            )
            if following is not None:
                yield following

    def _parts(self, late: Sequence[Term], in_place: Mapping[int, int]) -> dict[int, tuple[Term, Any]]:
        """The terms that are computed straight into their part of the one stack or vector that gathers them."""
        claims: dict[int, int] = {}
        wholes: list[tuple[Term, list[tuple[Term, Any]]]] = []
        for term in late:
            if term.op not in ("stack", "concatenate"):
                continue
            flat = term.op == "concatenate" and len(term.shape) == 1
            args = [_unreshaped(arg) for arg in term.args] if flat else term.args
            own = list(zip(args, _places_of(term), strict=True))
            for arg, _part in own:
                claims[arg.index] = claims.get(arg.index, 0) + (arg.value is None)
            wholes.append((term, own))
        result: dict[int, tuple[Term, Any]] = {}
        for term, own in wholes:
            made = [(arg, part) for arg, part in own if arg.value is None]
            if made and all(
                claims[arg.index] == 1
                and arg.index in self._places
                and arg.index not in in_place
                and (is_elementwise(arg) or (_writes_into(arg) and (len(part) == 1 or arg.op == "gate")))
                for arg, part in made
            ):
                for arg, part in made:
                    result |= {own.index: (term, part) for own in (arg, *self._leading_to(arg))}
        return result

    def _fill(self, whole: Term) -> None:
        """Constants among what a term gathers, which are written once into its buffer."""
        for arg, part in zip(whole.args, _places_of(whole), strict=True):
            if arg.value is not None:
                value = arg.value.reshape(arg.shape + (1,) * self._batch_ndim)
                self.filled.append((self._buffer(whole), part, value))

    @staticmethod
    def _roots(late: Sequence[Term], parts: Mapping[int, tuple[Term, Any]]) -> dict[int, int]:
        """For each term the term whose memory it shares: the base of a view, the whole of a part."""
        root = {t.index: parts[t.index][0].index if t.index in parts else t.index for t in late}
        for term in late:
            if is_view(term) and term.args[0].index in root:
                root[term.index] = root[term.args[0].index]
        return root

    def _register(self, term: Term) -> int:
        if term.index not in self.registers:
            self.registers[term.index] = len(self.registers)
            if term.index not in self._places:
                self.read.append((self.registers[term.index], term.index))
        return self.registers[term.index]

    def _shape(self, index: int) -> tuple[int, ...] | None:
        return self.buffers[self._held[index]] if index in self._held else None

    def _buffer(self, term: Term) -> int:
        """The buffer of a term: its own, an idle one, or a new one."""
        if term.index not in self._held:
            idle = None if term.index in self._own else self._free.get(term.shape)
            if not idle:
                self.buffers.append(term.shape)
            self._held[term.index] = idle.pop() if idle else len(self.buffers) - 1
        return self._held[term.index]

    def _release(self, indices: Iterable[int]) -> None:
        for index in list(indices):
            if index in self._held and index not in self._own:
                buffer = self._held.pop(index)
                self._free.setdefault(self.buffers[buffer], []).append(buffer)


def _writes_into(term: Term) -> bool:
    """Whether the function of a term takes `out=`, which must not overlap its arguments."""
    row = ops.table.get(term.op)
    return row is not None and row.into


def _places_of(whole: Term) -> list[tuple[Any, ...]]:
    """Where each argument lies in a stack, or in what joins them along an axis."""
    if whole.op == "stack":
        return [(slice(row, row + 1),) for row in range(len(whole.args))]
    axis = whole.attributes["axis"] % len(whole.shape)
    ends = list(accumulate(arg.shape[axis] for arg in whole.args))
    return [
        (slice(None),) * axis + (slice(begin, end),) for begin, end in zip([0, *ends], ends, strict=False)
    ]


def _partners(late: Sequence[Term]) -> dict[int, Term]:
    """For each sine the cosine of the same angle, and the other way round."""
    found: dict[str, dict[int, Term]] = {"sin": {}, "cos": {}}
    for term in late:
        if term.op in found:
            found[term.op][term.args[0].index] = term
    both = found["sin"].keys() & found["cos"].keys()
    result = {found["sin"][angle].index: found["cos"][angle] for angle in both}
    return result | {found["cos"][angle].index: found["sin"][angle] for angle in both}


def _unreshaped(term: Term) -> Term:
    while term.op == "reshape":
        term = term.args[0]
    return term
