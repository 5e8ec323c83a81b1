"""What file dialogs suggest."""

from __future__ import annotations

import pytest

from gdstudio.ui.folders import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rosenbrock", "Rosenbrock"),
        ("The graph |y_true − (w·x + b)|", "The graph _y_true − (w·x + b)_"),
        ('x/y: <a> or "b"? \\*\n', "x_y_ _a_ or _b__ ___"),
        ("梯度", "梯度"),
        ("one, two, …", "one, two, …"),
        ("the end.", "the end"),
        (".hidden ", "hidden"),
        ("../../etc", "_.._etc"),
        ("CON", "_CON"),
        ("nul.of this", "_nul.of this"),
        ("lpt1", "_lpt1"),
        ("console", "console"),
        (" . ", "_"),
        ("ab" * 200, "ab" * 30),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_the_longest_name_has_room_for_an_end() -> None:
    assert len(f"{file_name('𝒙' * 300)} landscape.png".encode()) < 256
