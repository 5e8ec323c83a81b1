"""Films made by the window and by the command line, read back and looked at."""

from __future__ import annotations

import signal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QProgressDialog, QPushButton

from gdstudio.animation import AnimationError
from gdstudio.ui.animation import Recorder, Shot
from gdstudio.ui.animation.command import film
from gdstudio.ui.animation.recorder import pixels
from gdstudio.ui.animation.stage import VIEWS, Stage
from gdstudio.ui.race.number_field import NumberField
from tests.ui.helpers import find, wait_settled
from tests.ui.race.support import type_into

PINK = (255, 0, 128)


def shown(path: Path) -> list[np.ndarray]:
    with Image.open(path) as film:
        frames = []
        for number in range(film.n_frames):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGB")).astype(int))
        return frames


def record(qtbot, recorder: Recorder) -> str:
    with qtbot.waitSignal(recorder.ended, timeout=60_000) as ending:
        recorder.start()
    return ending.args[0]


def test_ctrl_c_ends_the_film_at_once(slide, tmp_path):
    def interrupt(share: float) -> None:
        if share > 0:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        film(slide, tmp_path / "slide.gif", view="landscape", size=(600, 400), every=1, progress=interrupt)
    assert not list(tmp_path.iterdir())


def test_the_racer_is_where_its_position_says_in_the_first_the_middle_and_the_last_frame(
    qtbot, slide, tmp_path
):
    path = tmp_path / "slide.gif"
    recorder = Recorder(slide, Shot(path, "landscape", (600, 400), 5, 20))
    assert record(qtbot, recorder) == "" and recorder.written
    frames = shown(path)
    assert len(frames) == 5 and frames[0].shape == (400, 600, 3)
    left = []
    for picture in frames[2:]:
        rows, columns = np.nonzero((picture == PINK).all(axis=-1))
        # The trail is thin; the mark is what is tall, and it is ahead of all else that is pink.
        left.append(min(c for c in set(columns) if np.ptp(rows[columns == c]) > 5))
    # x is 0, −0.5 and −1 after 10, 15 and 20 steps, on a map of −2 to 2 that takes most of the picture.
    assert left[0] - left[1] == pytest.approx(left[1] - left[2], abs=2)
    assert 45 < left[0] - left[1] < 600 / 8


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_filmed_and_moves(qtbot, slide, tmp_path, view):
    path = tmp_path / "film.webp"
    film(slide, path, view=view, size=(640, 400), every=20)
    first, last = shown(path)
    assert first.shape == (400, 640, 3)
    assert (np.abs(first - last).max(axis=-1) > 60).sum() > 10


@pytest.mark.parametrize("view", ["landscape", "graph", "curves"])
def test_each_frame_says_its_step(qtbot, slide, tmp_path, view):
    first, middle, last = stills(qtbot, slide, view, (0, 10, 20))
    # Where the number is, and nothing that moves beside it.
    corner = (slice(0, 28), slice(440, 595)) if view == "curves" else (slice(-24, None), slice(440, None))
    assert (first[corner] != middle[corner]).any() and (middle[corner] != last[corner]).any()


def stills(qtbot, document, view, steps) -> list[np.ndarray]:
    """A view as it is filmed at some steps."""
    stage = Stage(document, view, QSize(640, 400))
    for _ in stage.build():
        pass
    qtbot.waitUntil(lambda: stage.session.is_settled, timeout=30_000)
    for _ in stage.imitate({}, None):
        pass
    found = []
    for step in steps:
        stage.show_step(step)
        qtbot.waitUntil(lambda: stage.is_still, timeout=30_000)
        image = stage.blank()
        for _ in stage.draw(image):
            pass
        found.append(pixels(image))
    stage.close()
    return found


def test_stopping_leaves_no_file(qtbot, slide, tmp_path):
    recorder = Recorder(slide, Shot(tmp_path / "film.webp", "landscape", (300, 200), 1, 20))
    recorder.progressed.connect(lambda share: recorder.cancel() if share > 0.3 else None)
    assert record(qtbot, recorder) == ""
    assert not recorder.written
    assert list(tmp_path.iterdir()) == []


def test_a_document_without_a_race_and_a_folder_that_is_not_there_get_a_sentence(qtbot, slide, tmp_path):
    idle = slide.replace(race=slide.race.replace(racers=()))
    recorder = Recorder(idle, Shot(tmp_path / "film.gif", "landscape", (300, 200), 1, 20))
    assert "no race to play" in record(qtbot, recorder)
    recorder = Recorder(slide, Shot(tmp_path / "no" / "film.gif", "landscape", (300, 200), 10, 20))
    assert record(qtbot, recorder).startswith("The animation cannot be written: ")


def test_too_many_frames_and_sizes_are_refused():
    with pytest.raises(AnimationError, match="with 10 steps per frame"):
        Shot(Path("a.gif"), "landscape", (300, 200), 1, 20).check(20_000)
    with pytest.raises(AnimationError, match="64 to 4096"):
        Shot(Path("a.gif"), "landscape", (30, 200), 1, 20).check(20)


def test_the_copy_looks_as_the_view_on_the_screen_does(qtbot, open_window, slide, tmp_path):
    window = open_window(slide)
    window.landscape.controls.arrows.click()
    path = tmp_path / "film.webp"
    looks = {"landscape": window.landscape}
    for name in ("plain.webp", "film.webp"):
        shot = Shot(tmp_path / name, "landscape", (600, 400), 20, 20)
        assert record(qtbot, Recorder(slide, shot, looks if name == path.name else {})) == ""
    plain, arrows = shown(tmp_path / "plain.webp")[0], shown(path)[0]
    # The arrows are white.
    assert (arrows.min(axis=-1) > 200).sum() > (plain.min(axis=-1) > 200).sum() + 200


def test_from_the_menu_to_the_file(qtbot, open_window, slide, tmp_path):
    window = open_window(slide)
    step = window.session.step
    window.actions_["actionAnimation"].trigger()
    dialog = window.pictures.animation
    assert dialog.isVisible()
    every = find(dialog, "animationSteps", NumberField)
    type_into(every, "10")
    size = find(dialog, "animationSize", QComboBox)
    size.setCurrentIndex(size.findText("640 × 480"))
    rate = find(dialog, "animationRate", QComboBox)
    rate.setCurrentIndex(rate.findData(10))
    # 0, 10 and 20: two frames of 0.1 s, and the last for 1.5 s.
    assert find(dialog, "animationSummary", QLabel).text() == "3 frames, 1.7 s"
    QTest.mouseClick(find(dialog, "animationSave", QPushButton), Qt.MouseButton.LeftButton)
    chooser = find(dialog, "animationFileDialog", QFileDialog)
    assert chooser.selectedFiles()[0].endswith("Slide.gif")
    with qtbot.waitSignal(dialog.ended, timeout=60_000) as ending:
        chooser.fileSelected.emit(str(tmp_path / "film.gif"))
    assert ending.args == [""]
    with Image.open(tmp_path / "film.gif") as made:
        assert (made.n_frames, made.size, made.info["duration"]) == (3, (640, 480), 100)
    assert window.statusBar().currentMessage() == f"Saved film.gif in {tmp_path}"
    assert window.session.step == step
    assert not window.findChildren(QProgressDialog, "animationProgress") or not dialog.isVisible()


def test_the_dialog_says_why_there_can_be_no_film(qtbot, open_window, slide):
    window = open_window(slide.replace(race=slide.race.replace(racers=())))
    window.actions_["actionAnimation"].trigger()
    assert "no race to play" in find(window.pictures.animation, "animationSummary", QLabel).text()
    assert not find(window.pictures.animation, "animationSave", QPushButton).isEnabled()


def test_a_race_that_comes_while_the_dialog_is_open_can_be_filmed(qtbot, open_window, slide):
    window = open_window(slide.replace(race=slide.race.replace(racers=())))
    window.actions_["actionAnimation"].trigger()
    dialog = window.pictures.animation
    save = find(dialog, "animationSave", QPushButton)
    assert not save.isEnabled()
    window.session.edit("Race", slide.replace(race=slide.race.replace(steps=600)))
    wait_settled(qtbot, window.session)
    assert save.isEnabled()
    assert find(dialog, "animationSteps", NumberField).value() == 5
    assert find(dialog, "animationSummary", QLabel).text().startswith("121 frames")


def test_pixels_are_red_green_blue(qapp):
    from PySide6.QtGui import QColor, QImage

    image = QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    image.setPixelColor(4, 2, QColor(200, 100, 50))
    taken = pixels(image)
    assert taken.shape == (3, 5, 3)
    assert taken[0, 0].tolist() == [1, 2, 3] and taken[2, 4].tolist() == [200, 100, 50]
