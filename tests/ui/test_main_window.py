"""The main window, driven as a person does it: clicks, keys, dialogs, files dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDropEvent, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QToolButton,
    QWidget,
)

from gdstudio.document import files
from gdstudio.ui import commands, results, translation
from gdstudio.ui import theme as themes
from gdstudio.ui.main_window import MainWindow
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.settings import Settings
from tests.ui.helpers import find, wait_restyled, wait_settled


def trigger(window: MainWindow, name: str) -> None:
    find(window, name, QAction).trigger()


def when_modal(answer: Callable[[QWidget], None]) -> list[QWidget]:
    """Have `answer` called with the next modal dialog, as soon as it is there; returns those that came."""
    came: list[QWidget] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, look)
            return
        came.append(dialog)
        answer(dialog)

    QTimer.singleShot(0, look)
    return came


def click_answer(qtbot, name: str) -> Callable[[QWidget], None]:
    return lambda dialog: qtbot.mouseClick(find(dialog, name, QPushButton), Qt.MouseButton.LeftButton)


def choose_file(qtbot, path: Path) -> Callable[[QWidget], None]:
    """Types a path into a file dialog and accepts it."""

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        name = find(dialog, "fileNameEdit", QLineEdit)
        name.setText(str(path))
        qtbot.keyClick(name, Qt.Key.Key_Return)

    return answer


@pytest.fixture(autouse=True)
def own_file_dialogs(qapp):
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


# Titles and states


def test_the_title_names_the_document_and_its_changes(open_window, chain):
    window = open_window(chain)
    assert window.windowTitle() == "Chain rule[*] – gdstudio"
    assert not window.isWindowModified()
    window.session.edit("edit", commands.set_title(chain, "Other"))
    assert window.windowTitle() == "Other[*] – gdstudio"
    assert window.isWindowModified()


def test_actions_that_need_a_document_are_off_on_the_start_page(open_window, chain):
    assert not find(open_window(), "actionSaveAs", QAction).isEnabled()
    assert find(open_window(chain), "actionSaveAs", QAction).isEnabled()


def test_every_action_has_a_name_a_text_and_a_tip(open_window, chain):
    window = open_window(chain)
    for name in (
        "actionNew actionOpen actionSave actionSaveAs actionUndo actionRedo actionPlay actionStepForward "
        "actionStepBack actionReset actionForwardPass actionBackwardPass actionAutoLayout actionFrameAll "
        "actionAddNode actionExportWindow actionExportGraph actionExportLandscape actionExportRace"
    ).split():
        assert find(window, name, QAction).text()
    for action in window.actions_:
        if action.objectName() not in ("actionUndo", "actionRedo"):
            assert action.statusTip(), action.objectName()


def test_no_two_actions_share_a_key(open_window, chain):
    window = open_window(chain)
    keys = [key.toString() for action in window.actions_ for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_every_button_says_what_it_is(open_window, chain):
    window = open_window(chain)
    for kind in (QPushButton, QToolButton):
        for button in window.findChildren(kind):
            if button.isVisible() and not button.objectName().startswith("qt_"):
                assert button.accessibleName() or button.text() or button.toolTip(), button.objectName()


def test_no_text_is_smaller_than_eleven_pixels(open_window, chain):
    window = open_window(chain)
    for widget in window.findChildren(QWidget):
        assert widget.fontInfo().pixelSize() >= 11, widget.objectName()


# Undo


def test_undo_and_redo_from_the_keyboard(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("Change w", commands.set_value(chain, "w", 5.0))
    assert find(window, "actionUndo", QAction).text() == "Undo Change w"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document is chain
    assert find(window, "actionRedo", QAction).text() == "Redo Change w"
    qtbot.keyClick(
        window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert float(window.session.document.graph.nodes["w"].value) == 5.0


def test_the_history_lists_the_edits_and_goes_to_one(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("First", commands.set_value(chain, "w", 5.0))
    window.session.edit("Second", commands.set_steps(window.session.document, 9))
    trigger(window, "actionHistory")
    history = find(window, "historyList")
    model = history.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["As opened", "First", "Second"]
    at = history.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(history.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.session.document is chain


# Files


def test_opening_a_file(open_window, saved, qtbot):
    window = open_window()
    dialogs = when_modal(choose_file(qtbot, saved))
    trigger(window, "actionOpen")
    assert [dialog.objectName() for dialog in dialogs] == ["openDialog"]
    assert window.session.path == saved
    assert window.session.document.title == "Chain rule"
    assert find(window, "studio").isVisible()


def test_a_file_that_is_wrong_leaves_the_document_and_says_where(open_window, chain, tmp_path, qtbot):
    window = open_window(chain)
    wrong = tmp_path / "wrong.gdstudio"
    wrong.write_text(
        '{"format": "gdstudio", "version": 1,'
        ' "graph": {"nodes": [{"id": "a", "op": "abs", "inputs": ["x9"]}]}}'
    )
    when_modal(choose_file(qtbot, wrong))
    trigger(window, "actionOpen")
    assert window.session.document is chain
    assert find(window, "messageBar").isVisible()
    assert "graph.nodes[0].inputs[0]" in find(window, "messageText", QLabel).text()
    qtbot.mouseClick(find(window, "messageClose", QToolButton), Qt.MouseButton.LeftButton)
    assert not find(window, "messageBar").isVisible()


def test_enter_presses_the_button_that_has_the_keys(open_window, qtbot):
    window = open_window()
    button = find(window, "welcomeLessons")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert find(window, "lessonsDock").isVisible()
    find(window, "lessonResume").setFocus()
    qtbot.keyClick(find(window, "lessonResume"), Qt.Key.Key_Enter)
    wait_settled(qtbot, window.session)
    find(window, "lessonNext").setFocus()
    qtbot.keyClick(find(window, "lessonNext"), Qt.Key.Key_Return)
    assert window.lessons_dock.panel.guide.index == 1


def test_saving_as_and_saving_again(open_window, chain, tmp_path, qtbot):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    when_modal(choose_file(qtbot, tmp_path / "mine"))
    trigger(window, "actionSave")  # it has no file yet, so it asks
    path = tmp_path / "mine.gdstudio"
    assert float(files.read(path).graph.nodes["w"].value) == 5.0
    assert not window.isWindowModified()
    window.session.edit("edit", commands.set_value(window.session.document, "w", 6.0))
    trigger(window, "actionSave")
    assert float(files.read(path).graph.nodes["w"].value) == 6.0


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(open_window, chain, tmp_path):
    window = open_window(chain, path=tmp_path / "gone" / "chain.gdstudio")
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    trigger(window, "actionSave")
    assert "chain.gdstudio" in find(window, "messageText", QLabel).text()
    assert window.isWindowModified()


def test_recent_files_open_again(open_window, saved, qtbot):
    window = open_window()
    window.files.open_path(saved)
    trigger(window, "actionNew")
    menu = find(window, "menuRecent", QMenu)
    menu.aboutToShow.emit()
    first = menu.actions()[0]
    assert str(saved) in first.text()
    first.trigger()
    assert window.session.path == saved


def test_a_recent_file_that_is_gone_is_forgotten(open_window, saved, store):
    window = open_window()
    window.files.open_path(saved)
    saved.unlink()
    window.files.open_path(saved)
    assert find(window, "messageBar").isVisible()
    assert Settings(store).recent_files == []


def drop(widget: QWidget, path: Path, proposed: Qt.DropAction) -> QDropEvent:
    """Drag a file over a widget and drop it there; what the desktop is told."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    details = (actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, dropped = QDragEnterEvent(QPoint(50, 50), *details), QDropEvent(QPointF(50, 50), *details)
    for event in (enter, dropped):
        event.setDropAction(proposed)
        event.ignore()
        QApplication.sendEvent(widget, event)
    assert enter.isAccepted()
    return dropped


@pytest.mark.parametrize("proposed", [Qt.DropAction.CopyAction, Qt.DropAction.MoveAction])
def test_a_file_dropped_on_the_window_opens_and_is_never_moved(open_window, saved, chain, qtbot, proposed):
    window = open_window(chain.replace(title="Before"))
    dropped = drop(window, saved, proposed)
    assert dropped.isAccepted() and dropped.dropAction() == Qt.DropAction.CopyAction
    qtbot.waitUntil(lambda: window.session.path == saved, timeout=30_000)


def test_a_table_dropped_on_the_canvas_is_never_moved(open_window, chain, tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("x,y\n1,2\n")
    window = open_window(chain)
    dropped = drop(window.graph.view.viewport(), table, Qt.DropAction.MoveAction)
    assert dropped.isAccepted() and dropped.dropAction() == Qt.DropAction.CopyAction


def test_the_desktop_does_not_wait_for_the_answer_to_a_question(open_window, saved, chain, qtbot):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    asked = when_modal(click_answer(qtbot, "unsavedDiscard"))
    drop(window, saved, Qt.DropAction.CopyAction)
    assert asked == []
    qtbot.waitUntil(lambda: window.session.path == saved, timeout=30_000)
    assert [box.objectName() for box in asked] == ["unsavedQuestion"]


# Focus


def test_no_button_gets_the_focus_of_itself(open_window, chain, qtbot, tmp_path):
    window = open_window(chain)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=30_000)
    assert QApplication.focusWidget() is window.pages
    window.status.tell_written(tmp_path / "race.png")
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=30_000)
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=30_000)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.session.playing
    assert window.findChildren(QWidget, "focusRing") == []


# Unsaved changes


def test_closing_asks_and_cancel_keeps_the_window(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    dialogs = when_modal(click_answer(qtbot, "unsavedCancel"))
    assert not window.close()
    assert [dialog.objectName() for dialog in dialogs] == ["unsavedQuestion"]
    assert window.isVisible()


def test_a_question_leaves_no_dialog_behind(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    when_modal(click_answer(qtbot, "unsavedCancel"))
    assert not window.files.may_let_go()
    when_modal(lambda dialog: dialog.reject())
    assert not window.files.save_as()
    qtbot.waitUntil(
        lambda: (
            not [
                dialog
                for dialog in window.findChildren(QDialog)
                if dialog.objectName() in ("unsavedQuestion", "saveDialog")
            ]
        )
    )


def test_a_title_is_shown_letter_by_letter(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("edit", commands.set_title(chain, "<b>Loss</b> & more"))
    shown = []

    def answer(box: QWidget) -> None:
        shown.append((box.text(), box.textFormat()))
        click_answer(qtbot, "unsavedCancel")(box)

    when_modal(answer)
    assert not window.close()
    assert shown == [("Save the changes to “<b>Loss</b> & more”?", Qt.TextFormat.PlainText)]
    names = ("messageText", "stepViewTitle", "landscapeNote", "landscapeBatchWords", "optionsTitle")
    assert {find(window, name, QLabel).textFormat() for name in names} == {Qt.TextFormat.PlainText}


def test_closing_asks_and_discard_closes(open_window, chain, qtbot, tmp_path):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    when_modal(click_answer(qtbot, "unsavedDiscard"))
    assert window.close()
    assert list(tmp_path.glob("*.gdstudio")) == []


def test_closing_asks_and_save_saves(open_window, chain, saved, qtbot):
    window = open_window(chain, path=saved)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    when_modal(click_answer(qtbot, "unsavedSave"))
    assert window.close()
    assert float(files.read(saved).graph.nodes["w"].value) == 5.0


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("key", "closed", "w"), [("S", True, 5.0), ("D", True, 3.0), ("C", False, 3.0)])
def test_the_question_on_closing_is_answered_by_letters(
    open_window, chain, saved, qtbot, language, key, closed, w
):
    translation.choose(language)
    window = open_window(chain, path=saved)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))

    def press(box: QWidget) -> None:
        qtbot.waitUntil(box.isActiveWindow, timeout=30_000)
        qtbot.keyClick(box, Qt.Key[f"Key_{key}"], Qt.KeyboardModifier.AltModifier)

    when_modal(press)
    assert window.close() == closed
    assert float(files.read(saved).graph.nodes["w"].value) == w


def test_a_cancelled_save_keeps_the_document(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    edited = window.session.document

    def save_then_escape(dialog: QWidget) -> None:
        when_modal(lambda file_dialog: qtbot.keyClick(file_dialog, Qt.Key.Key_Escape))
        click_answer(qtbot, "unsavedSave")(dialog)

    when_modal(save_then_escape)
    trigger(window, "actionNew")
    assert window.session.document is edited


def test_what_is_saved_is_let_go_of_without_a_question(open_window, chain):
    window = open_window(chain)
    trigger(window, "actionNew")
    assert len(window.session.document.graph.nodes) == 0
    assert not window.isWindowModified()


# Long work


def test_work_that_began_before_the_views_were_there_is_seen_and_can_be_stopped(
    chain, store, qtbot, monkeypatch
):
    may_end = Event()
    race = results.compute_race

    def slow_race(*of: object) -> results.RaceOutcome:
        may_end.wait(30)
        return race(*of)

    monkeypatch.setattr(results, "compute_race", slow_race)
    window = MainWindow(None, store, source=lambda: (chain, None))
    qtbot.addWidget(window)
    try:
        assert window.build_next()
        qtbot.waitUntil(lambda: window.session.is_busy, timeout=30_000)
        window.complete()
        window.show()
        assert find(window, "workField").isVisible()
        qtbot.mouseClick(find(window, "workCancel"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not find(window, "workField").isVisible(), timeout=30_000)
    finally:
        may_end.set()


# Playback


def test_playing_and_stepping_from_the_keyboard(open_window, chain, qtbot):
    window = open_window(chain)
    session = window.session
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_Home, alt)
    assert session.step == 0
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    qtbot.keyClick(window, Qt.Key.Key_Left, alt)
    assert session.step == 1
    session.speed = 1.0
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert session.playing
    assert find(window, "actionPlay", QAction).text() == "&Pause"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not session.playing


def test_playback_that_leads_nowhere_is_off(open_window, chain):
    window = open_window(chain)
    enabled = lambda name: find(window, name, QAction).isEnabled()  # noqa: E731
    assert not enabled("actionStepForward") and enabled("actionStepBack")
    trigger(window, "actionReset")
    assert enabled("actionStepForward") and not enabled("actionStepBack") and not enabled("actionReset")


# Work and problems


def test_a_problem_of_the_graph_stands_in_the_status_bar_until_it_is_mended(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.edit("cut", commands.disconnect_wire(chain, "x2", 1))
    wait_settled(qtbot, window.session)
    assert "x2" in find(window, "statusProblem").full_text()
    window.session.undo_stack.undo()
    wait_settled(qtbot, window.session)
    assert find(window, "statusProblem").full_text() == ""


def test_long_work_shows_progress_and_can_be_stopped(open_window, chain, qtbot):
    window = open_window(chain)
    stopped = []
    window.session.cancel_work = lambda: stopped.append(True)
    window.status.work.cancelled.connect(window.session.cancel_work)
    window.session.busy_changed.emit(True)
    window.session.progressed.emit(0.25)
    bar = find(window, "workProgress")
    assert bar.isVisible()
    assert bar.value() / bar.maximum() == 0.25
    qtbot.mouseClick(find(window, "workCancel", QToolButton), Qt.MouseButton.LeftButton)
    assert stopped
    window.session.busy_changed.emit(False)
    assert not bar.isVisible()


# Looks


def test_the_theme_is_switched_everywhere_and_remembered(open_window, chain, store, qtbot):
    window = open_window(chain)
    trigger(window, "actionThemeLight")
    wait_restyled(qtbot)
    assert themes.current() is themes.LIGHT
    assert Settings(store).theme == "light"
    corner = window.grab().toImage().pixelColor(2, 2)
    assert corner == themes.LIGHT.panel
    trigger(window, "actionToggleTheme")
    wait_restyled(qtbot)
    assert themes.current() is themes.DARK
    assert window.grab().toImage().pixelColor(2, 2) == themes.DARK.panel


def test_larger_text_is_used_everywhere_and_remembered(open_window, chain, store, qtbot):
    window = open_window(chain)
    before = window.fontInfo().pixelSize()
    trigger(window, "actionText130")
    wait_restyled(qtbot)
    assert window.fontInfo().pixelSize() == round(before * 1.3)
    assert themes.small_font().pixelSize() == 14
    assert find(window, "racersTable").fontInfo().pixelSize() >= 16
    assert find(window, "actionText130", QAction).isChecked()
    assert Settings(store).text_percent == 130
    trigger(window, "actionText100")
    wait_restyled(qtbot)
    assert window.fontInfo().pixelSize() == before


def test_the_star_of_the_best_loss_keeps_clear_of_larger_digits(open_window, chain, qtbot):
    window = open_window(chain)
    trigger(window, "actionText130")
    wait_restyled(qtbot)
    table = find(window, "racersTable", QTableView)
    loss = table.model().loss_text(table.model().leader())
    font = table.font()
    font.setBold(True)
    needed = sum(QFontMetrics(font).horizontalAdvance(text) for text in (loss, "★"))
    assert table.columnWidth(Column.LOSS) - 12 > needed  # the cell has margins of 6


def test_reduced_motion_is_remembered(open_window, chain, store):
    trigger(open_window(chain), "actionReducedMotion")
    assert themes.switch().reduced_motion
    again = open_window(chain)
    assert find(again, "actionReducedMotion", QAction).isChecked()
    trigger(again, "actionReducedMotion")
    assert not Settings(store).reduced_motion and not themes.switch().reduced_motion


def test_the_window_comes_back_as_it_was_left(open_window, chain):
    window = open_window(chain)
    trigger(window, "actionHistory")
    find(window, "upperSplitter", QSplitter).setSizes([700, 560])
    sizes = find(window, "upperSplitter", QSplitter).sizes()
    window.close()
    again = open_window(chain)
    assert find(again, "historyDock", QDockWidget).isVisible()
    assert find(again, "upperSplitter", QSplitter).sizes() == pytest.approx(sizes, abs=2)


def test_a_window_that_showed_its_start_page_alone_leaves_the_views_as_they_were(open_window, chain):
    window = open_window(chain)
    find(window, "upperSplitter", QSplitter).setSizes([700, 560])
    sizes = find(window, "upperSplitter", QSplitter).sizes()
    window.close()
    open_window().close()
    assert find(open_window(chain), "upperSplitter", QSplitter).sizes() == pytest.approx(sizes, abs=2)


def test_a_maximised_window_comes_back_maximised(open_window, chain):
    window = open_window(chain)
    window.showMaximized()
    window.close()
    assert open_window(chain).isMaximized()


def test_a_window_that_comes_back_in_full_screen_leaves_it_by_escape(open_window, chain, store, qtbot):
    window = open_window(chain)
    window.actions_["actionFullScreen"].trigger()
    window.close()
    again = MainWindow(chain, store)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(again.isFullScreen)
    assert again.actions_["actionFullScreen"].isChecked()
    again.setFocus()
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert not again.isFullScreen() and not again.actions_["actionFullScreen"].isChecked()


def test_full_screen_ended_by_the_desktop_is_ended_in_the_menu(open_window, chain):
    window = open_window(chain)
    window.actions_["actionFullScreen"].trigger()
    window.showNormal()
    assert not window.actions_["actionFullScreen"].isChecked()


def test_damaged_settings_are_no_obstacle(open_window, chain, store: QSettings):
    store.setValue("theme", "purple")
    store.setValue("window/geometry", "nonsense")
    store.setValue("window/docks", b"\x00\x01")
    store.setValue("recent_files", 7)
    window = open_window(chain)
    assert window.isVisible()
    assert Settings(store).recent_files == []


@pytest.mark.parametrize(("width", "shown"), [(1600, True), (1280, False)])
def test_the_inspector_gives_way_in_a_narrow_window(open_window, chain, width, shown):
    window = open_window(chain, size=(width, 720))
    window.arrangement.fit()
    assert find(window, "inspectorDock", QDockWidget).isVisible() == shown


@pytest.mark.parametrize("view", ["Window", "Graph", "Landscape", "Race"])
def test_exporting_a_picture(open_window, chain, tmp_path, qtbot, view):
    window = open_window(chain)
    path = tmp_path / "picture.png"
    when_modal(choose_file(qtbot, path))
    trigger(window, f"actionExport{view}")
    image = QImage(str(path))
    assert image.width() > 300 and image.height() > 200
    colours = {
        image.pixelColor(x, y).rgb() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    }
    assert len(colours) > 5


def test_exporting_a_drawing(open_window, chain, tmp_path, qtbot):
    window = open_window(chain)
    when_modal(choose_file(qtbot, tmp_path / "picture.svg"))
    trigger(window, "actionExportGraph")
    assert "<svg" in (tmp_path / "picture.svg").read_text()[:400]


def test_the_title_of_the_document_is_an_edit(open_window, chain, qtbot):
    window = open_window(chain)

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, QInputDialog)
        field = dialog.findChild(QLineEdit)
        assert field.text() == "Chain rule"
        assert field.width() > field.fontMetrics().horizontalAdvance(
            "A title of some forty letters, as lessons have"
        )
        dialog.setTextValue("My lesson")
        dialog.accept()

    when_modal(answer)
    trigger(window, "actionTitle")
    assert window.session.document.title == "My lesson"
    trigger(window, "actionUndo")
    assert window.session.document.title == "Chain rule"


def test_about_and_shortcuts_tell_something(open_window, chain, qtbot):
    window = open_window(chain)
    trigger(window, "actionAbout")
    about = find(window, "aboutDialog", QMessageBox)
    assert "MIT" in about.informativeText()
    about.close()
    trigger(window, "actionShortcuts")
    dialog = find(window, "shortcutsDialog")
    assert any("F5" in label.text() for label in dialog.findChildren(QLabel))
    # Keys for the same stand below one another: beside one another they took the room of the meanings.
    (again,) = (label.text() for label in dialog.findChildren(QLabel) if label.text().startswith("Ctrl+Y"))
    assert "Ctrl+Shift+Z" in again.splitlines()
    dialog.close()


# The views together


def test_clicking_a_node_shows_it_in_the_inspector(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.select_node("w")
    text = find(window, "inspector").toPlainText()
    assert "∂loss/∂w = (−1) · … = 2" in text or "= 2" in text
    assert "w → x1 → x2 → difference → loss" in text
    window.session.select_node(None)
    assert "Select a node" in find(window, "inspector").toPlainText()


def test_the_inspector_is_coloured_by_meaning(open_window, chain):
    window = open_window(chain)
    window.session.select_node("x2")
    page = find(window, "inspector").toHtml()
    assert themes.DARK.value.name() in page
    assert themes.DARK.gradient.name() in page
    assert QColor(themes.DARK.value) != QColor(themes.DARK.gradient)


def test_space_adds_a_node_to_a_new_document_at_once(open_window, qtbot):
    window = open_window()
    trigger(window, "actionNew")
    assert not window.session.document.graph.nodes
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "graphView"
    QTest.keyClick(focus, Qt.Key.Key_Space)
    qtbot.waitUntil(find(window, "nodePalette").isVisible, timeout=30_000)


def test_menus_edit_the_canvas_and_say_its_keys(open_window, chain):
    window = open_window(chain)
    assert find(window, "actionCopy", QAction).text().endswith("\tCtrl+C")
    trigger(window, "actionSelectAll")
    trigger(window, "actionCopy")
    assert "abs(" in QApplication.clipboard().text()
    trigger(window, "actionDelete")
    assert not window.session.document.graph.nodes
    window.session.undo_stack.undo()
    assert window.session.document.graph.nodes


def test_menus_edit_the_text_that_has_the_focus(open_window, chain):
    window = open_window(chain)
    nodes = set(window.session.document.graph.nodes)
    trigger(window, "actionFormula")
    text = find(window, "formulaText", QPlainTextEdit)
    text.setFocus()
    trigger(window, "actionSelectAll")
    assert text.textCursor().selectedText()
    trigger(window, "actionCopy")
    assert QApplication.clipboard().text() == text.toPlainText()
    assert set(window.session.document.graph.nodes) == nodes


def test_menus_open_what_explains_gradients(open_window, chain, qtbot):
    window = open_window(chain)
    trigger(window, "actionCheckGradients")
    qtbot.waitUntil(find(window, "checkBar").isVisible, timeout=30_000)
    trigger(window, "actionNorms")
    assert find(window, "normStrip").isVisible()
    trigger(window, "actionTemplate")
    assert find(window, "nodePalette").isVisible()
