"""Pictures without a screen."""

from __future__ import annotations

import os
import signal
import tempfile

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from gdstudio.document import library
from gdstudio.ui import render as rendering
from gdstudio.ui import theme as themes
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.render import RenderError, render


@pytest.mark.parametrize("view", rendering.VIEWS)
def test_a_view_is_drawn_in_the_size_that_was_asked_for(chain, tmp_path, view):
    path = tmp_path / "picture.png"
    render(chain, path, view=view, size=(1280, 720))
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1280, 720)
    colours = {image.pixelColor(x, y).rgb() for x in range(0, 1280, 5) for y in range(0, 720, 5)}
    assert len(colours) > 5


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_the_theme_is_the_one_asked_for_and_only_for_the_picture(chain, tmp_path, theme):
    before = themes.current()
    render(chain, tmp_path / "picture.png", size=(1280, 720), theme=theme.name)
    assert QImage(str(tmp_path / "picture.png")).pixelColor(2, 2) == theme.panel
    assert themes.current() is before


def test_ctrl_c_ends_the_drawing_at_once(chain, tmp_path):
    QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        render(chain, tmp_path / "picture.png", size=(1280, 720))
    assert signal.getsignal(signal.SIGINT) is before
    assert not list(tmp_path.iterdir())


def test_another_step_is_another_picture(chain, tmp_path):
    for step in (0, 10, None):
        render(chain, tmp_path / f"{step}.png", view="landscape", size=(800, 600), step=step)
    pictures = {(tmp_path / f"{step}.png").read_bytes() for step in (0, 10, None)}
    assert len(pictures) == 3


def test_the_same_document_gives_the_same_picture(chain, tmp_path):
    for name in ("one", "two"):
        render(chain, tmp_path / f"{name}.png", size=(1280, 720))
    assert QImage(str(tmp_path / "one.png")) == QImage(str(tmp_path / "two.png"))


def test_critical_points_are_waited_for(tmp_path, monkeypatch):
    shown = []
    show = PlotView.show_critical

    def spy(view, points):
        shown.extend(points)
        show(view, points)

    monkeypatch.setattr(PlotView, "show_critical", spy)
    render(library.get("himmelblau"), tmp_path / "picture.png", view="landscape", size=(640, 480))
    # Himmelblau's function has four minima, four saddles and a maximum.
    assert sorted(point.kind for point in shown) == ["maximum"] + ["minimum"] * 4 + ["saddle"] * 4


def test_settings_for_a_picture_leave_no_file_behind_and_spare_the_null_device(chain, tmp_path, monkeypatch):
    null, scratch = tmp_path / "null", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(os, "devnull", str(null))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    render(chain, tmp_path / "picture.png", size=(640, 480))
    assert not null.exists()
    assert list(scratch.iterdir()) == []


def test_a_wrong_view_or_size_is_refused(chain, tmp_path):
    with pytest.raises(ValueError, match='"moon"'):
        render(chain, tmp_path / "picture.png", view="moon")
    with pytest.raises(ValueError, match="10x10"):
        render(chain, tmp_path / "picture.png", size=(10, 10))


def test_a_file_that_cannot_be_written_is_told(chain, tmp_path):
    with pytest.raises(RenderError, match="picture.png"):
        render(chain, tmp_path / "nowhere" / "picture.png", size=(640, 480))
