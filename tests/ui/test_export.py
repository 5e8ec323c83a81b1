"""Pictures of every view as files and on the clipboard, looked at."""

from __future__ import annotations

import base64
import re

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QToolButton

from gdstudio.ui import export
from gdstudio.ui import theme as themes
from gdstudio.ui.main_window import MainWindow
from tests.ui.helpers import find

VIEWS = ("window", "graph", "landscape", "race", "curves")


@pytest.fixture
def window(open_window, chain) -> MainWindow:
    """A window whose first racer is pink, on the map and in the curves."""
    racers = (chain.race.racers[0].replace(color="#ff0080"), *chain.race.racers[1:])
    return open_window(chain.replace(race=chain.race.replace(racers=racers)))


def drawn(path) -> QImage:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def count(image: QImage, color: str, step: int = 1) -> int:
    wanted = QColor(color).rgb()
    # Held, since the numbers stay in the image's own memory.
    converted = image.convertToFormat(QImage.Format.Format_RGB32)
    words = np.frombuffer(converted.constBits(), dtype=np.uint32)
    return int((words.reshape(image.height(), -1)[::step, ::step] == wanted).sum())


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_written_as_png_svg_and_pdf(window, tmp_path, view):
    picture = window.pictures.of(view)
    for suffix in ("png", "svg", "pdf"):
        export.write_picture(picture, tmp_path / f"picture.{suffix}")
    png = QImage(str(tmp_path / "picture.png"))
    assert png.size() == picture.size * export.PNG_SCALE
    svg = drawn(tmp_path / "picture.svg")
    assert (abs(svg.width() / svg.height() - png.width() / png.height())) < 0.02
    if view == "graph":
        values = themes.current().value.name()
        assert count(svg, values, 1) > 20
    else:
        assert count(svg, "#ff0080", 2) > 5 and count(png, "#ff0080", 3) > 10
    page = (tmp_path / "picture.pdf").read_bytes()
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page)
    # A unit of the screen is 1/96 inch, a unit of the page 1/72.
    for points, pixels in zip(box, (picture.size.width(), picture.size.height()), strict=True):
        assert float(points) == pytest.approx(pixels * 0.75, abs=1.5)


def test_curves_are_lines_in_a_drawing_not_pixels(window, tmp_path):
    export.write_picture(window.pictures.of("curves"), tmp_path / "curves.svg")
    text = (tmp_path / "curves.svg").read_text()
    for picture in re.findall(r'<image [^>]*?base64,([^"]+)"', text):
        image = QImage.fromData(base64.b64decode("".join(picture.replace("&#10;", "").split())))
        # What is left are the boxes above the plot, and the plain ground of the plot itself.
        assert (
            image.height() < 32
            or count(image, image.pixelColor(0, 0).name()) == image.width() * image.height()
        )
    assert 'stroke="#ff0080"' in text


def test_a_size_that_is_asked_for_is_filled_and_centred(window, tmp_path):
    export.write_picture(window.pictures.of("curves"), tmp_path / "curves.png", QSize(500, 500))
    image = QImage(str(tmp_path / "curves.png"))
    assert (image.width(), image.height()) == (500, 500)
    assert image.pixelColor(250, 2) == themes.current().background


@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_is_copied_from_the_menu(window, view):
    QGuiApplication.clipboard().clear()
    window.actions_[f"actionCopy{view.capitalize()}"].trigger()
    image = QGuiApplication.clipboard().image()
    assert image.size() == window.pictures.of(view).size * export.PNG_SCALE
    assert count(image, "#ff0080", 2) > 20 or view == "graph"
    assert window.statusBar().currentMessage() == "The picture is on the clipboard."


def test_the_dialog_offers_every_format_and_sets_the_end_of_the_name(window, tmp_path, monkeypatch):
    offered = []

    def choose(dialog: QFileDialog) -> int:
        offered.extend(dialog.nameFilters())
        dialog.setDirectory(str(tmp_path))
        dialog.selectNameFilter(offered[-1])
        dialog.filterSelected.emit(offered[-1])
        dialog.selectFile("curves")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", choose)
    window.actions_["actionExportCurves"].trigger()
    assert [re.search(r"\*(\.\w+)", text)[1] for text in offered] == [".png", ".svg", ".pdf"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == ["curves.pdf"]


class Browser(QObject):
    """Stands for the program that shows folders."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


def test_where_a_file_was_written_is_said_and_its_folder_shown_on_demand(window, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / "race.png")])
    browser = Browser()
    QDesktopServices.setUrlHandler("file", browser, "show_folder")
    button = find(window, "openFolder", QToolButton)
    try:
        assert not button.isVisible()
        window.actions_["actionExportRace"].trigger()
        assert window.statusBar().currentMessage() == f"Saved race.png in {tmp_path}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        # It stands at the end, beside the words.
        assert button.width() < 200 and button.height() <= window.statusBar().height()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert browser.shown == [str(tmp_path)]
    window.statusBar().clearMessage()
    assert not button.isVisible()
    assert window.settings.folder == tmp_path


def test_programs_and_races_say_where_they_are_and_begin_in_the_last_folder(
    window, tmp_path, monkeypatch, qtbot
):
    window.settings.folder = tmp_path
    begun = []

    def choose(dialog: QFileDialog) -> int:
        begun.append(dialog.directory().absolutePath())
        dialog.selectFile("program")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", choose)
    window.actions_["actionExportProgram"].trigger()
    assert begun == [str(tmp_path)]
    assert window.statusBar().currentMessage() == f"Saved program.py in {tmp_path}"
    assert (tmp_path / "program.py").exists()
    window.actions_["actionSaveRace"].trigger()
    dialog = find(window, "raceExportDialog", QFileDialog)
    assert dialog.directory().absolutePath() == str(tmp_path)
    with qtbot.waitSignal(window.race.written, timeout=30_000):
        dialog.fileSelected.emit(str(tmp_path / "all.json"))
    assert window.statusBar().currentMessage() == f"Saved all.json in {tmp_path}"


def test_a_file_that_cannot_be_written_is_told(window, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / "no" / "x.pdf")])
    window.actions_["actionExportCurves"].trigger()
    assert "x.pdf cannot be written" in find(window, "messageBar").text()


def test_a_picture_of_another_kind_is_refused_until_there_is_one(window, tmp_path, monkeypatch):
    chosen = tmp_path / "x.jpg"
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(chosen)])
    window.actions_["actionExportCurves"].trigger()
    said = 'x.jpg cannot be written: a picture is a .png, .svg or .pdf, not ".jpg"'
    assert find(window, "messageText", QLabel).text() == said
    assert not chosen.exists()
    chosen = tmp_path / "x.svg"
    window.actions_["actionExportCurves"].trigger()
    assert chosen.exists()
    assert not find(window, "messageBar").isVisible()


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720)])
def test_the_race_can_be_played_below_a_message(window, qtbot, size):
    window.resize(*size)
    window.message_bar.show_message(
        "A file cannot be written: the disk is full. Free some room, and save again."
    )
    play = find(window, "racePlay", QToolButton)
    assert window.childAt(play.mapTo(window, play.rect().center())) is play


def test_messages_of_the_window_and_the_race_do_not_cover_each_other(window):
    bar, notice = window.message_bar, window.race.notice
    bar.show_message("A file cannot be written.")
    before = bar.geometry()
    window.race.say("A racer needs a number.")
    place = QRect(notice.mapTo(window.pages, QPoint(0, 0)), notice.size())
    assert place.intersects(before)
    assert not place.intersects(bar.geometry())
    window.race.say("")
    assert bar.geometry() == before
