"""Generated code for steps on floats."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine.scalar_kernel import in_place

VARIABLES = ("x0", "x1", "s0")


@st.composite
def steps(draw):
    """Lines that read variables and earlier lines, and what becomes of each variable."""
    known, lines = list(VARIABLES), []
    for number in range(draw(st.integers(0, 6))):
        first, second = draw(st.sampled_from(known)), draw(st.sampled_from(known))
        lines.append(f"v{number} = {first} * 3 + {second}")
        known.append(f"v{number}")
    expressions = st.one_of(
        st.sampled_from(known), st.tuples(st.sampled_from(known), st.sampled_from(known)).map(" - 2 * ".join)
    )
    return lines, draw(st.lists(expressions, min_size=3, max_size=3))


@given(steps())
@settings(max_examples=300, deadline=None)
def test_new_values_take_the_places_of_the_old_ones_only_where_those_are_not_read_any_more(step):
    lines, after = step
    start = dict(zip(VARIABLES, (5, 7, 11), strict=True))
    plain, quick = dict(start), dict(start)
    exec("\n".join(lines), {}, plain)
    wanted = [eval(text, {}, plain) for text in after]
    exec("\n".join(in_place(tuple(lines), VARIABLES, tuple(after))), {}, quick)
    assert [quick[name] for name in VARIABLES] == wanted


def test_a_mean_is_updated_under_its_own_name():
    lines = ("v1 = o1 * s0 + g0", "v2 = x0 - o0 * v1")
    assert in_place(lines, ("x0", "s0"), ("v2", "v1")) == ("s0 = o1 * s0 + g0", "x0 = x0 - o0 * s0")


def test_two_that_swap_places_do_so_at_once():
    assert in_place((), ("x0", "x1"), ("x1", "x0")) == ("x0, x1, = x1, x0, ",)
