"""Regrouping for grids asks about each part of a graph once, however large the graph is."""

from __future__ import annotations

from gdstudio.engine import regroup
from gdstudio.engine.expression import Tape, Term


def test_parts_of_a_term_come_once_and_after_what_they_are_made_of():
    tape = Tape()
    x = tape.input("x")
    chain = [x]
    for _ in range(2000):
        chain.append(tape.apply("tanh", chain[-1] * x))
    seen: list[Term] = []
    known: dict[int, bool] = {}
    for end in (chain[1000], chain[1000], chain[2000]):
        for part in regroup._unknown(end, known):
            assert all(arg.index in known for arg in part.args)
            known[part.index] = True
            seen.append(part)
        if end is chain[1000]:
            assert len(seen) == 2001  # x, and a product and a tanh for each link
    assert len(seen) == 4001
