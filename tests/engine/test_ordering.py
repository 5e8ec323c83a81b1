"""The order in which a crowd's step is computed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import functions, optimizers
from gdstudio.engine.expression import Tape, Term, reachable
from gdstudio.engine.kernel import StepTerms
from gdstudio.engine.layout import last_read
from gdstudio.engine.ordering import ordered
from gdstudio.engine.plan import ArrayPlan


def sources(terms: list[Term], name: str) -> set[int]:
    return {term.index for term in terms if term.op == "input" and term.attributes["name"] == name}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_arguments_come_first_whatever_is_asked_for(data):
    tape = Tape(simplify=False)
    terms = [tape.input("a"), tape.input("b"), tape.input("c")]
    for _ in range(data.draw(st.integers(1, 25))):
        op = data.draw(st.sampled_from(["add", "multiply", "opaque", "sqrt"]))
        first, second = (terms[data.draw(st.integers(0, len(terms) - 1))] for _ in range(2))
        terms.append(
            tape.opaque(first, "view")
            if op == "opaque"
            else tape.apply(op, *((first,) if op == "sqrt" else (first, second)))
        )
    outputs = [terms[data.draw(st.integers(0, len(terms) - 1))] for _ in range(3)]
    found = reachable(outputs)
    late = [term for term in found if term.args]
    following = [(term, sources(found, name)) for term, name in zip(outputs, "abc", strict=True)]
    result = ordered(late, outputs, following)
    assert sorted(term.index for term in result) == [term.index for term in late]
    place = {term.index: i for i, term in enumerate(result)}
    for term in result:
        assert all(place[arg.index] < place[term.index] for arg in term.args if arg.args)


def test_a_next_value_waits_for_what_reads_the_last_one():
    """Lion steps along a mix of gradient and last mean, and only then moves the mean."""
    tape = Tape()
    m, g, x = (tape.input(name) for name in "mgx")
    mean = 0.99 * m + 0.01 * g
    moved = x - tape.apply("sign", 0.9 * m + 0.1 * g)
    found = reachable([mean, moved])
    late = [term for term in found if term.args]
    following = [(mean, sources(found, "m")), (moved, sources(found, "x"))]
    result = ordered(late, [mean, moved], following)
    assert last_read(result, [mean, moved], sources(found, "m")) <= result.index(mean)


@pytest.mark.parametrize("name", ["adam", "adamw", "amsgrad", "nadam", "yogi", "lion", "rmsprop", "nesterov"])
def test_all_that_a_rule_remembers_is_written_over(name):
    rule = optimizers.get(name)
    terms = StepTerms(functions.get("himmelblau").program(), rule, rule.resolve())
    given = [*terms.x, *(state for state, _initial, _after in terms.flat_state)]
    outputs = [*terms.moved, *(after for _state, _initial, after in terms.flat_state)]
    masks = {term.attributes["name"]: 0 for term in reachable(outputs) if term.op == "input"}
    masks |= {term.attributes["name"]: 1 for term in given}
    over = {number: given[number].attributes["name"] for number in (*range(1, len(given)), 0)}
    assert ArrayPlan(outputs, masks, over=over).overwriting == set(range(len(given)))
