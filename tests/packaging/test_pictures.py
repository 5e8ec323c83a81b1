"""The pictures of the README are those that the script draws."""

from __future__ import annotations

import re

import pictures
from PySide6.QtGui import QImage

TEXT = (pictures.ROOT / "README.md").read_text(encoding="utf-8")


def test_the_script_draws_every_picture_that_the_readme_shows():
    shown = set(re.findall(r"\(resources/pictures/([^)]+)\)", TEXT))
    assert shown == set(pictures.PICTURES)


def test_a_picture_is_drawn_in_its_size(tmp_path):
    image = QImage(str(pictures.draw("graph.png", tmp_path)))
    assert (image.width(), image.height()) == (1000, 340)
