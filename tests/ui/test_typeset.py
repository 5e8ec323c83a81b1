"""What the typesetter takes, refuses and keeps."""

from __future__ import annotations

import gc

import pytest

from gdstudio.ui.inspector import typeset
from gdstudio.ui.inspector.typeset import Typesetter, nesting


@pytest.fixture
def typesetter(qtbot):
    made = Typesetter()
    yield made
    made.close()


def drawn(typesetter: Typesetter, qtbot, latex: str):
    """The picture once it is there."""
    assert typesetter.picture(latex, "#000000", 1.0) is None
    qtbot.waitUntil(lambda: typesetter.is_idle, timeout=30_000)
    return typesetter.picture(latex, "#000000", 1.0)


@pytest.mark.parametrize(
    ("latex", "levels"),
    [
        ("x + 1", 0),
        (r"\frac{1}{1 + e^{-x}}", 2),
        (r"\left|\frac{a}{b}\right| + \left|c\right|", 2),
        (r"\{a\} + \leftarrow", 0),
        ("{" * 40 + "x" + "}" * 40, 40),
    ],
)
def test_nesting_counts_what_is_open_at_once(latex, levels):
    assert nesting(latex) == levels


def test_a_formula_is_drawn(typesetter, qtbot):
    assert drawn(typesetter, qtbot, r"\frac{1}{2}").height() > typeset.PIXELS


def test_collections_do_not_look_at_the_font_of_formulas(typesetter, qtbot):
    drawn(typesetter, qtbot, "x")
    entries = [thing for thing in gc.get_objects() if type(thing).__name__ in ("AdvanceWidth", "PairValue")]
    assert not entries


@pytest.mark.parametrize("latex", [r"\frac{1}{1+" * 40 + "x" + "}" * 40, "+".join(["x"] * 2_000)])
def test_what_would_take_minutes_is_not_begun(typesetter, latex):
    assert typesetter.picture(latex, "#000000", 1.0) is None
    assert typesetter.is_idle


def test_the_formulas_asked_for_last_are_kept(typesetter, qtbot, monkeypatch):
    monkeypatch.setattr(typeset, "MOST_KEPT", 2)
    drawn(typesetter, qtbot, "a")
    drawn(typesetter, qtbot, "b")
    assert typesetter.picture("a", "#000000", 1.0) is not None
    drawn(typesetter, qtbot, "c")
    assert typesetter.picture("a", "#000000", 1.0) is not None
    assert typesetter.picture("b", "#000000", 1.0) is None
