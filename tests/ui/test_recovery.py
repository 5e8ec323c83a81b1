"""Nothing lost: drafts after a kill, files that others write to, disks that are full."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton

from gdstudio.document import files
from gdstudio.document.limits import HIGHEST, LIMITS, Limits
from gdstudio.document.model import DocumentError
from gdstudio.ui import commands, file_watch
from gdstudio.ui import theme as themes
from gdstudio.ui.recovery import Draft
from gdstudio.ui.restore_dialog import RestoreDialog
from gdstudio.ui.settings import LIMIT_FACTORS
from tests.ui.helpers import find, wait_settled
from tests.ui.test_main_window import click_answer, trigger, when_modal

VICTIM = Path(__file__).with_name("crash_victim.py")
ROOT = VICTIM.parents[2]


def w_of(document) -> float:
    return float(document.graph.nodes["w"].value)


def click(qtbot, parent, name: str) -> None:
    qtbot.mouseClick(find(parent, name, QPushButton), Qt.MouseButton.LeftButton)


def drafts(folder: Path) -> list[Path]:
    return list(folder.glob("*.gdstudio"))


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "drafts"


@pytest.fixture
def kept_window(open_window, saved, qtbot):
    """A window on `saved` with a draft of w = 5."""
    window = open_window(files.read(saved), path=saved)
    recovery = window.files.recovery
    recovery.interval = 0
    with qtbot.waitSignal(recovery.kept):
        window.session.edit("edit", commands.set_value(window.session.document, "w", 5.0))
    return window


def crash(saved: Path, store_file: Path, reports: int) -> tuple[float, float]:
    """Kill an editing window after it has reported so often: the last w known to be kept, and to be saved."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    victim = subprocess.Popen(
        [sys.executable, str(VICTIM), str(store_file), str(saved)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    last = {"kept": 0.0, "saved": 3.0}
    with victim:
        for _ in range(reports):
            what, number = victim.stdout.readline().split()
            last[what] = float(number)
        victim.kill()
        for line in victim.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                what, number = line.split()
                last[what] = float(number)
    return last["kept"], last["saved"]


# Drafts


def test_a_draft_may_hold_as_much_as_the_settings_allow_a_file():
    assert LIMITS.times(max(LIMIT_FACTORS)) == HIGHEST


@pytest.mark.parametrize("seed", range(3))
def test_after_a_kill_the_next_start_restores_all_that_was_kept(open_window, saved, store, qtbot, seed):
    kept, on_disk = crash(saved, Path(store.fileName()), random.Random(seed).randint(5, 60))
    assert w_of(files.read(saved)) >= on_disk  # whole, and not older than the last save
    window = open_window()
    assert window.offer_restore() or kept <= w_of(files.read(saved))
    if kept <= w_of(files.read(saved)):
        return
    dialog = find(window, "restoreDialog")
    assert "Chain rule" in find(dialog, "restoreList", QListWidget).item(0).text()
    click(qtbot, dialog, "restoreRestore")
    assert w_of(window.session.document) >= kept
    assert window.session.path == saved
    assert window.isWindowModified()
    assert find(window, "studio").isVisible()


def test_a_change_is_kept_and_saving_ends_it(kept_window, saved, folder, qtbot):
    (draft,) = drafts(folder)
    assert w_of(files.read(draft)) == 5.0
    assert files.read(draft).extra["draft_of"]["path"] == str(saved)
    trigger(kept_window, "actionSave")
    qtbot.waitUntil(lambda: not drafts(folder))
    assert "draft_of" not in saved.read_text()


def test_going_back_to_the_saved_state_ends_the_draft(kept_window, folder, qtbot):
    trigger(kept_window, "actionUndo")
    qtbot.waitUntil(lambda: not drafts(folder))


def test_closing_without_saving_leaves_no_draft(kept_window, folder, qtbot):
    when_modal(click_answer(qtbot, "unsavedDiscard"))
    assert kept_window.close()
    assert drafts(folder) == []


def test_the_draft_of_an_open_window_is_not_offered_to_another(kept_window, open_window):
    assert not open_window().offer_restore()


@pytest.fixture
def left_behind(chain, folder) -> Path:
    """A draft of w = 7 that no process holds a lock on."""
    folder.mkdir()
    draft = folder / "0.gdstudio"
    files.write(commands.set_value(chain, "w", 7.0).replace(extra={"draft_of": {"path": None}}), draft)
    return draft


def test_later_keeps_the_draft_and_the_menu_offers_it_again(open_window, left_behind, qtbot):
    window = open_window()
    assert window.offer_restore()
    click(qtbot, find(window, "restoreDialog"), "restoreLater")
    qtbot.waitUntil(lambda: not window.findChildren(QDialog, "restoreDialog"))
    assert left_behind.exists()
    trigger(window, "actionRestore")
    click(qtbot, find(window, "restoreDialog"), "restoreRestore")
    assert w_of(window.session.document) == 7.0
    assert window.session.path is None


def test_drafts_of_one_title_are_told_apart_by_second_and_size(open_window, left_behind, chain, qtbot):
    smaller = left_behind.with_name("1.gdstudio")
    files.write(chain.replace(graph=chain.graph.without("loss"), race=chain.race.replace(racers=())), smaller)
    for draft, second in ((left_behind, 7), (smaller, 8)):
        moment = datetime(2026, 3, 1, 12, 30, second).timestamp()
        os.utime(draft, (moment, moment))
    window = open_window()
    window.offer_restore()
    rows = find(find(window, "restoreDialog"), "restoreList", QListWidget)
    newest, older = (rows.item(row).text() for row in range(2))
    assert "30:08" in newest and "7 nodes" in newest and "0 racers" in newest
    assert "30:07" in older and "8 nodes" in older and "2 racers" in older


def test_a_long_path_of_a_draft_is_shortened_and_told_in_full(open_window, qtbot, tmp_path, chain):
    window = open_window()
    path = (
        Path("/home/somebody")
        / "a folder with a long name"
        / ("experiments of this year " * 4)
        / "valley.gdstudio"
    )
    draft = Draft(
        tmp_path / "draft", chain, path, None, datetime(2026, 3, 1), QLockFile(str(tmp_path / "lock"))
    )
    dialog = RestoreDialog([draft], window)
    dialog.show()
    rows = find(dialog, "restoreList", QListWidget)
    assert rows.item(0).text().splitlines()[2] == str(path)
    assert rows.item(0).toolTip() == str(path)
    assert rows.fontMetrics().horizontalAdvance(str(path)) > rows.viewport().width()
    assert not rows.horizontalScrollBar().isVisible()
    assert rows.visualItemRect(rows.item(0)).width() <= rows.viewport().width()
    dialog.close()


def test_the_chosen_draft_is_readable_and_not_in_full_accent(open_window, left_behind):
    window = open_window()
    window.offer_restore()
    rows = find(find(window, "restoreDialog"), "restoreList", QListWidget)
    row = rows.visualItemRect(rows.item(0))
    end_of_row = rows.viewport().grab(row).toImage().pixelColor(row.width() - 6, row.height() // 2)
    theme = themes.current()
    assert end_of_row == theme.hover
    assert themes.contrast(theme.text, end_of_row) >= 4.5


def test_the_restore_dialog_is_answered_by_letters(open_window, left_behind, qtbot):
    window = open_window()
    window.offer_restore()
    dialog = find(window, "restoreDialog")
    qtbot.waitUntil(dialog.isActiveWindow, timeout=30_000)
    qtbot.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(
        lambda: "w" in window.session.document.graph.nodes, timeout=30_000
    )  # the button goes down first
    assert w_of(window.session.document) == 7.0


def test_discarding_deletes_the_draft(open_window, left_behind, qtbot):
    window = open_window()
    window.offer_restore()
    click(qtbot, find(window, "restoreDialog"), "restoreDiscard")
    assert not left_behind.exists()
    trigger(window, "actionRestore")
    bar = window.message_bar
    assert "no unsaved work" in find(window, "messageText", QLabel).text()
    assert themes.current().error.name() not in bar.styleSheet()
    bar.show_message("It went wrong.")
    assert themes.current().error.name() in bar.styleSheet()


def test_a_restored_draft_lives_until_the_document_is_saved(open_window, left_behind, saved, qtbot):
    window = open_window()
    window.offer_restore()
    click(qtbot, find(window, "restoreDialog"), "restoreRestore")
    assert left_behind.exists()
    window.session.save(saved)
    qtbot.waitUntil(lambda: not left_behind.exists())
    assert w_of(files.read(saved)) == 7.0


def test_a_damaged_draft_is_no_obstacle(open_window, folder):
    folder.mkdir()
    (folder / "0.gdstudio").write_text('{"format": "gds')
    assert not open_window().offer_restore()
    assert len(drafts(folder)) == 1


def test_a_draft_that_cannot_be_written_is_told_once(open_window, chain, folder, qtbot):
    folder.write_text("a file where the folder should be")
    window = open_window(chain)
    window.files.recovery.interval = 0
    told = []
    window.files.recovery.failed.connect(told.append)
    for number in (5.0, 6.0):
        window.session.edit("edit", commands.set_value(window.session.document, "w", number))
        wait_settled(qtbot, window.session)
    assert len(told) == 1
    assert "cannot be kept" in find(window, "messageText", QLabel).text()


def test_a_draft_is_written_as_soon_as_the_disk_has_room_again(
    open_window, saved, folder, monkeypatch, qtbot
):
    window = open_window(files.read(saved), path=saved)
    recovery = window.files.recovery
    recovery.interval = 0
    recovery.retry.setInterval(10)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with qtbot.waitSignal(recovery.failed, timeout=30_000):
        window.session.edit("edit", commands.set_value(window.session.document, "w", 5.0))
    assert drafts(folder) == []
    with qtbot.waitSignal(recovery.kept, timeout=30_000):
        monkeypatch.undo()
    (draft,) = drafts(folder)
    assert w_of(files.read(draft)) == 5.0
    assert [path.suffix for path in folder.iterdir() if path != draft] == [".lock"]


def test_what_a_kill_left_of_a_write_goes_with_the_draft(open_window, left_behind, folder, qtbot):
    (folder / f".{left_behind.name}.0123abcd.tmp").write_text('{"format": "gds')
    window = open_window()
    window.offer_restore()
    click(qtbot, find(window, "restoreDialog"), "restoreDiscard")
    qtbot.waitUntil(lambda: list(folder.iterdir()) == [], timeout=30_000)


# Files that others write to


def test_a_file_that_another_program_changed_is_noticed_and_can_be_loaded(open_window, saved, chain, qtbot):
    window = open_window(files.read(saved), path=saved)
    with qtbot.waitSignal(window.files.outdated):
        files.write(commands.set_value(chain, "w", 9.0), saved)
    assert "changed by another program" in find(window, "messageText", QLabel).text()
    assert w_of(window.session.document) == 3.0
    click(qtbot, window, "messageAnswer")
    assert w_of(window.session.document) == 9.0
    assert not find(window, "messageBar").isVisible()


def test_what_another_program_wrote_is_offered_until_it_is_loaded_or_overwritten(
    open_window, saved, chain, qtbot
):
    window = open_window(files.read(saved), path=saved)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    with qtbot.waitSignal(window.files.outdated, timeout=30_000):
        files.write(commands.set_value(chain, "w", 9.0), saved)
    asked = when_modal(click_answer(qtbot, "unsavedCancel"))
    click(qtbot, window, "messageAnswer")
    assert [box.objectName() for box in asked] == ["unsavedQuestion"]
    assert find(window, "messageAnswer").isVisible()
    assert w_of(window.session.document) == 5.0
    when_modal(click_answer(qtbot, "overwriteAnyway"))
    trigger(window, "actionSave")
    assert w_of(files.read(saved)) == 5.0
    assert not find(window, "messageBar").isVisible()


def test_loading_after_saving_over_it_shows_what_was_saved(open_window, saved, chain, qtbot):
    """The answer "Save" to the question about unsaved changes replaces what was to be loaded."""
    window = open_window(files.read(saved), path=saved)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    with qtbot.waitSignal(window.files.outdated, timeout=30_000):
        files.write(commands.set_value(chain, "w", 9.0), saved)

    def save(box) -> None:
        when_modal(click_answer(qtbot, "overwriteAnyway"))
        click_answer(qtbot, "unsavedSave")(box)

    when_modal(save)
    click(qtbot, window, "messageAnswer")
    assert w_of(files.read(saved)) == w_of(window.session.document) == 5.0
    assert not window.isWindowModified()


def test_a_file_that_is_only_touched_is_not_reported(open_window, saved, qtbot):
    window = open_window(files.read(saved), path=saved)
    with qtbot.assertNotEmitted(window.files.outdated, wait=600):
        os.utime(saved)


def test_saving_over_another_windows_work_asks_first(open_window, saved, qtbot):
    first = open_window(files.read(saved), path=saved)
    second = open_window(files.read(saved), path=saved)
    first.session.edit("edit", commands.set_value(first.session.document, "w", 5.0))
    second.session.edit("edit", commands.set_value(second.session.document, "w", 6.0))
    trigger(second, "actionSave")
    asked = when_modal(click_answer(qtbot, "overwriteCancel"))
    trigger(first, "actionSave")
    assert [box.objectName() for box in asked] == ["overwriteQuestion"]
    assert w_of(files.read(saved)) == 6.0
    assert first.isWindowModified()
    when_modal(click_answer(qtbot, "overwriteAnyway"))
    trigger(first, "actionSave")
    assert w_of(files.read(saved)) == 5.0
    trigger(first, "actionSave")  # what it wrote itself is no surprise


def test_a_change_beyond_the_usual_size_of_a_file_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(file_watch, "LIMITS", Limits(bytes=100))
    path = tmp_path / "large.gdstudio"
    seen = set()
    for text in ("a" * 200, "a" * 201, "b" * 201):
        path.write_text(text)
        seen.add(file_watch.fingerprint(path))
    assert len(seen) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_pipe_is_refused_and_not_waited_for(open_window, tmp_path):
    pipe = tmp_path / "pipe.gdstudio"
    os.mkfifo(pipe)
    window = open_window()
    window.files.open_path(pipe)
    assert "is not an ordinary file" in find(window, "messageText", QLabel).text()


def test_a_link_is_followed_when_its_file_changes_and_stays_a_link(open_window, saved, chain, qtbot):
    link = saved.with_name("link.gdstudio")
    link.symlink_to(saved)
    window = open_window(files.read(link), path=link)
    with qtbot.waitSignal(window.files.outdated, timeout=30_000):
        files.write(commands.set_value(chain, "w", 9.0), saved)
    click(qtbot, window, "messageAnswer")
    assert w_of(window.session.document) == 9.0
    window.session.edit("edit", commands.set_value(window.session.document, "w", 4.0))
    trigger(window, "actionSave")
    assert link.is_symlink() and w_of(files.read(saved)) == 4.0


def test_a_file_that_is_moved_away_is_told_and_written_again(open_window, saved, qtbot):
    window = open_window(files.read(saved), path=saved)
    window.session.edit("edit", commands.set_value(window.session.document, "w", 5.0))
    moved = saved.with_name("moved.gdstudio")
    with qtbot.waitSignal(window.files.failed, timeout=30_000):
        saved.rename(moved)
    assert "deleted or moved" in find(window, "messageText", QLabel).text()
    trigger(window, "actionSave")
    assert (w_of(files.read(saved)), w_of(files.read(moved))) == (5.0, 3.0)


def test_a_file_that_is_deleted_counts_as_unsaved(open_window, saved, qtbot):
    window = open_window(files.read(saved), path=saved)
    with qtbot.waitSignal(window.files.failed):
        saved.unlink()
    assert window.isWindowModified()
    trigger(window, "actionSave")
    assert w_of(files.read(saved)) == 3.0
    assert not window.isWindowModified()


# Disks


SAVE_ON_A_FULL_DISK = """
import resource, sys
from gdstudio.document import DocumentError, files, library
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
try:
    files.write(library.get("rosenbrock"), sys.argv[1])
except DocumentError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_write_that_breaks_off_in_the_middle_leaves_the_file(saved, chain):
    before = saved.read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", SAVE_ON_A_FULL_DISK, str(saved)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert "cannot save" in run.stdout and "file too large" in run.stdout
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_full_disk_is_told_and_the_document_stays(open_window, saved, monkeypatch):
    window = open_window(files.read(saved), path=saved)
    window.session.edit("edit", commands.set_value(window.session.document, "w", 5.0))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    trigger(window, "actionSave")
    told = find(window, "messageText", QLabel).text()
    assert told == f"{saved.name} cannot be written: no space left on device"
    assert window.isWindowModified()
    assert w_of(files.read(saved)) == 3.0
    monkeypatch.undo()
    trigger(window, "actionSave")
    assert w_of(files.read(saved)) == 5.0


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that nobody can write to")
def test_a_read_only_folder_is_told(chain):
    with pytest.raises(DocumentError, match="^cannot save /sys/kernel/chain.gdstudio: "):
        files.write(chain, "/sys/kernel/chain.gdstudio")
