"""Lessons in the window, gone through as a person does: chosen, read, answered, tried, left and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QTreeWidget,
)

from gdstudio.document import files, lessons, library
from gdstudio.ui import commands
from gdstudio.ui import theme as themes
from gdstudio.ui.inspector.typeset import Typesetter
from gdstudio.ui.lessons.author import StepDialog
from gdstudio.ui.lessons.page import LessonPage
from gdstudio.ui.lessons.progress import Progress
from gdstudio.ui.lessons.prose import Prose
from gdstudio.ui.main_window import MainWindow
from tests.ui.helpers import find, wait_restyled, wait_settled


def click(qtbot, parent, name: str) -> None:
    qtbot.mouseClick(find(parent, name), Qt.MouseButton.LeftButton)


def go(qtbot, window: MainWindow, name: str) -> None:
    """Press a button of the lesson and wait for what it sets off."""
    click(qtbot, window, name)
    wait_settled(qtbot, window.session)


def value(window: MainWindow, node: str) -> float:
    return window.session.document.graph.nodes[node].value.item()


@pytest.fixture
def opened(open_window):
    """Opens a window on a bundled lesson."""
    return lambda name, **more: open_window(library.get(name), **more)


# The list


def test_the_start_page_leads_to_the_list(open_window, qtbot):
    window = open_window()
    assert not find(window, "lessonsDock").isVisible()
    click(qtbot, window, "welcomeLessons")
    assert find(window, "lessonsDock").isVisible()
    tree = find(window, "lessonTree", QTreeWidget)
    assert [tree.topLevelItem(i).childCount() for i in range(tree.topLevelItemCount())] == [5, 9, 4, 5, 7]


def test_a_click_in_the_list_opens_the_lesson(open_window, qtbot):
    window = open_window()
    click(qtbot, window, "welcomeLessons")
    tree = find(window, "lessonTree", QTreeWidget)
    item = tree.topLevelItem(1).child(1)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item).center())
    wait_settled(qtbot, window.session)
    assert window.session.document.title == "Backpropagation"
    assert find(window, "studio").isVisible()
    assert find(window, "lessonTitle", QLabel).text() == "Backpropagation"
    assert find(window, "lessonStepTitle", QLabel).text() == "Forward"
    assert window.session.trace.values["loss"] == 3.0


def test_the_course_begins_with_its_first_lesson(open_window, qtbot):
    window = open_window()
    click(qtbot, window, "welcomeCourse")
    wait_settled(qtbot, window.session)
    assert window.session.document.title == "The derivative"


def test_the_menu_shows_and_hides_the_lessons(open_window, chain):
    window = open_window(chain)
    action = find(window, "actionLessons", QAction)
    action.trigger()
    assert find(window, "lessonsDock").isVisible()
    action.trigger()
    assert not find(window, "lessonsDock").isVisible()


def test_an_ordinary_document_comes_without_lessons(open_window, chain):
    assert not find(open_window(chain), "lessonsDock").isVisible()


# Steps


def test_next_and_back_show_the_steps_as_they_are(opened, qtbot):
    window = opened("derivative")
    assert value(window, "h") == 1.0
    go(qtbot, window, "lessonNext")
    go(qtbot, window, "lessonNext")
    assert find(window, "lessonStepTitle", QLabel).text() == "Shrink h"
    assert value(window, "h") == 0.01
    assert window.session.selected_node == "secant"
    assert window.session.trace.values["secant"] == pytest.approx(3.01)
    go(qtbot, window, "lessonBack")
    assert value(window, "h") == 1.0


def test_the_row_of_numbers_jumps_to_any_step(opened, qtbot):
    window = opened("learning_rate")
    go(qtbot, window, "lessonStep3")
    assert [racer.label for racer in window.session.document.race.racers] == ["10", "10, numerical"]
    assert find(window, "lessonStep3", QToolButton).isChecked()
    assert not find(window, "lessonStep0", QToolButton).isChecked()


def test_back_to_the_step_undoes_what_a_person_did(opened, qtbot):
    window = opened("derivative")
    session = window.session
    assert not find(window, "lessonRestore").isVisible()
    session.edit("Change x", commands.set_value(session.document, "x", -2.0))
    wait_settled(qtbot, session)
    assert find(window, "lessonRestore").isVisible()
    go(qtbot, window, "lessonRestore")
    assert value(window, "x") == 1.5
    assert not find(window, "lessonRestore").isVisible()
    # What was tried is not lost.
    session.undo_stack.undo()
    assert value(window, "x") == -2.0


def test_going_through_a_lesson_leaves_nothing_to_save(opened, qtbot):
    window = opened("derivative")
    go(qtbot, window, "lessonNext")
    go(qtbot, window, "lessonNext")
    assert not window.session.is_modified
    window.session.edit("Change x", commands.set_value(window.session.document, "x", 9.0))
    assert window.session.is_modified
    # The next step puts what was tried aside: a file would hold the step alone.
    go(qtbot, window, "lessonNext")
    assert not window.session.is_modified
    window.session.undo_stack.undo()
    assert window.session.is_modified and value(window, "x") == 9.0


def test_a_lesson_that_was_never_saved_stays_so_from_step_to_step(opened, qtbot):
    window = opened("derivative")
    window.session.open(window.session.document, modified=True)
    go(qtbot, window, "lessonNext")
    assert window.session.is_modified


def test_a_step_plays_its_race_from_the_start(opened, qtbot):
    window = opened("learning_rate")
    session = window.session
    with qtbot.waitSignal(session.playing_changed, check_params_cb=lambda playing: playing):
        click(qtbot, window, "lessonStep2")
    wait_settled(qtbot, session)
    assert session.playing
    session.pause()
    assert session.step < session.last_step
    with qtbot.waitSignal(session.playing_changed, check_params_cb=lambda playing: playing):
        click(qtbot, window, "lessonPlay")
    session.pause()


def test_a_step_can_show_one_step_of_its_race(opened, qtbot):
    window = opened("fitting_a_line")
    go(qtbot, window, "lessonStep2")
    qtbot.waitUntil(lambda: window.session.step == 0)
    assert window.session.race_result.paths[0][1] == pytest.approx([1.2, 1.4])


def test_a_step_plays_a_pass(opened, qtbot):
    window = opened("backpropagation")
    click(qtbot, window, "lessonStep2")
    wait_settled(qtbot, window.session)
    qtbot.waitUntil(lambda: window.graph.player.is_open)


def test_another_graph_is_laid_out_and_framed(opened, qtbot):
    window = opened("several_paths")
    go(qtbot, window, "lessonStep2")
    view, scene = window.graph.view, window.graph.scene
    assert set(scene.nodes) == {"x", "loss"}
    assert view.shows(scene.bounds())


def test_the_curve_of_another_graph_is_shown_whole(opened, qtbot):
    window = opened("vanishing_gradients")
    go(qtbot, window, "lessonStep2")
    # Ten relus in a row give x back: from 0 to 6 over the range of the axis.
    low, high = window.landscape.pages.line.frame.ranges[1]
    assert low <= 0.0 and high >= 6.0


# Questions


def answer(qtbot, window: MainWindow, text: str) -> str:
    """Type an answer and press Enter; returns the reply."""
    field = find(window, "questionAnswer", QLineEdit)
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return find(window, "questionReply", Prose).text()


def test_a_wrong_number_gets_a_hint_and_the_right_one_the_reason(opened, qtbot):
    window = opened("chain_rule")
    go(qtbot, window, "lessonNext")
    assert answer(qtbot, window, "14") == "**Not yet.** Multiply the two slopes."
    assert 1 not in window.lessons_dock.panel.guide.done
    assert answer(qtbot, window, "24").startswith("**Right.** 2 · 12 = 24.")
    assert 1 in window.lessons_dock.panel.guide.done
    assert find(window, "lessonQuestion").good
    good = themes.current().good
    assert find(window, "questionReply", Prose).palette().color(QPalette.ColorRole.Text) == good


def test_what_is_no_number_is_asked_for_again(opened, qtbot):
    window = opened("chain_rule")
    assert answer(qtbot, window, "a lot") == "Type a number, such as 2, −0.5, 4/9 or 1e-4."


def test_the_check_button_checks(opened, qtbot):
    window = opened("autograd")
    go(qtbot, window, "lessonNext")
    qtbot.keyClicks(find(window, "questionAnswer", QLineEdit), "4/9")
    click(qtbot, window, "questionCheck")
    assert find(window, "questionReply", Prose).text() == "**Right.** 4/9"


def test_a_choice_is_checked_when_it_is_made(opened, qtbot):
    window = opened("momentum")
    assert not find(window, "questionAnswer", QLineEdit).isVisible()
    find(window, "questionChoice0", QRadioButton).click()
    assert find(window, "questionReply", Prose).text().startswith("**Not yet.**")
    find(window, "questionChoice1", QRadioButton).click()
    assert find(window, "questionReply", Prose).text().startswith("**Right.**")


def test_a_question_without_choices_after_one_with_choices(opened, qtbot):
    window = opened("momentum")
    go(qtbot, window, "lessonNext")
    assert window.findChildren(QRadioButton, "questionChoice0") == []
    assert find(window, "questionAnswer", QLineEdit).isVisible()


# Challenges


def test_a_challenge_is_solved_in_the_window(opened, qtbot):
    window = opened("learning_rate")
    go(qtbot, window, "lessonStep5")
    session, goal = window.session, find(window, "challengeGoal0", QLabel)
    assert goal.text() == "○  Yours gets its loss below 1e−6 within 2 steps. Now: 10.24."
    session.edit("Too long", commands.set_option(session.document, 0, "learning_rate", 1.0))
    wait_settled(qtbot, session)
    assert "Now: 25." in goal.text()
    assert not find(window, "lessonChallenge").good
    assert session.is_modified
    session.edit("Right", commands.set_option(session.document, 0, "learning_rate", 0.5))
    wait_settled(qtbot, session)
    assert goal.text().startswith("✓")
    assert find(window, "challengeMessage", QLabel).text() == "Solved."
    assert 5 in window.lessons_dock.panel.guide.done
    assert not session.is_modified  # going on to the next lesson asks nothing
    session.edit("More", commands.set_option(session.document, 0, "learning_rate", 0.4))
    wait_settled(qtbot, session)
    assert session.is_modified


def test_goals_take_the_colours_of_another_theme(opened, qtbot):
    window = opened("learning_rate")
    go(qtbot, window, "lessonStep5")
    session, goal = window.session, find(window, "challengeGoal0", QLabel)
    session.edit("Right", commands.set_option(session.document, 0, "learning_rate", 0.5))
    wait_settled(qtbot, session)
    for name in ("light", "dark"):
        themes.switch().choose(name)
        wait_restyled(qtbot)
        for label in (goal, find(window, "challengeMessage", QLabel)):
            assert themes.current().good.name() in label.styleSheet()


def test_a_challenge_tells_what_may_not_be_changed(opened, qtbot):
    window = opened("learning_rate")
    go(qtbot, window, "lessonStep5")
    session = window.session
    session.edit("Cheat", commands.set_start(session.document, 0, (0.0, 0.0)))
    wait_settled(qtbot, session)
    assert "as it was: Yours: start" in find(window, "challengeMessage", QLabel).text()
    assert not find(window, "lessonChallenge").good


def test_a_page_that_comes_after_the_results_judges_by_them(opened, qtbot):
    window = opened("learning_rate")
    go(qtbot, window, "lessonStep5")
    session, guide = window.session, window.lessons_dock.panel.guide
    session.edit("Right", commands.set_option(session.document, 0, "learning_rate", 0.5))
    wait_settled(qtbot, session)
    session.edit("Cheat", commands.set_start(session.document, 0, (0.0, 0.0)))
    wait_settled(qtbot, session)
    page = LessonPage(guide, Typesetter())
    qtbot.addWidget(page)
    assert "as it was: Yours: start" in find(page, "challengeMessage", QLabel).text()


def test_a_solution_can_be_seen_but_does_not_count(opened, qtbot):
    window = opened("learning_rate")
    go(qtbot, window, "lessonStep5")
    go(qtbot, window, "challengeSolution")
    assert window.session.document.race.racers[0].options["learning_rate"] == 0.5
    assert find(window, "challengeGoal0", QLabel).text().startswith("✓")
    assert "do it yourself" in find(window, "challengeMessage", QLabel).text()
    assert 5 not in window.lessons_dock.panel.guide.done
    click(qtbot, window, "challengeHint")
    assert find(window, "challengeHintText", Prose).isVisible()


# Remembering


def test_progress_is_kept_in_the_settings(store: QSettings):
    progress = Progress(store)
    progress.enter("adam", 3)
    progress.finish("adam", 3)
    progress.finish("adam", 1)
    again = Progress(store)
    assert (again.last, again.step("adam"), again.done("adam")) == ("adam", 3, frozenset({1, 3}))
    assert (again.step("momentum"), again.done("momentum")) == (0, frozenset())


@pytest.mark.parametrize("rubbish", ["x", "-1 3", "999999999999", "[1]"])
def test_unreadable_progress_counts_as_none(store: QSettings, rubbish: str):
    store.setValue("lessons/adam/step", rubbish)
    store.setValue("lessons/adam/done", rubbish)
    progress = Progress(store)
    assert progress.step("adam") in (0, 3)
    assert progress.done("adam") <= {3}


def test_a_lesson_opens_where_one_was(opened, qtbot):
    first = opened("adam")
    go(qtbot, first, "lessonStep2")
    first.close()
    second = opened("adam")
    assert find(second, "lessonStepTitle", QLabel).text() == "ε inside or outside the root"
    assert value(second, "g") == 0.0001
    assert not second.session.undo_stack.canUndo()


def test_a_remembered_step_that_is_gone_is_the_last(opened, store):
    store.setValue("lessons/tape/step", "77")
    assert find(opened("tape"), "lessonStepTitle", QLabel).text() == "Why b is simple"


def test_the_list_shows_what_is_done_and_where_to_go_on(open_window, qtbot, store):
    progress = Progress(store)
    for step in range(5):
        progress.finish("derivative", step)
    progress.enter("derivative", 4)
    progress.finish("gradient", 0)
    window = open_window()
    click(qtbot, window, "welcomeLessons")
    group = find(window, "lessonTree", QTreeWidget).topLevelItem(0)
    assert [group.child(i).text(1) for i in range(3)] == ["✓", "1/6", "0/5"]
    assert find(window, "lessonSummary", QLabel).text() == "1 of 30 lessons finished"
    assert find(window, "lessonResume", QPushButton).text() == "Go on: The gradient"
    click(qtbot, window, "lessonResume")
    wait_settled(qtbot, window.session)
    assert window.session.document.title == "The gradient"


def test_after_the_last_step_comes_the_next_lesson(opened, qtbot):
    window = opened("derivative")
    go(qtbot, window, "lessonStep4")
    assert find(window, "lessonNext", QPushButton).text() == "Next lesson"
    assert find(window, "lessonSuggestions", Prose).isVisible()
    go(qtbot, window, "lessonNext")
    assert window.session.document.title == "The gradient"


def test_all_lessons_and_back(opened, qtbot):
    window = opened("derivative")
    click(qtbot, window, "lessonContents")
    assert find(window, "lessonTree", QTreeWidget).isVisible()
    click(qtbot, window, "lessonResume")
    assert find(window, "lessonPage").isVisible()


# Files


def test_a_lesson_saved_half_way_opens_there(opened, open_window, qtbot, tmp_path: Path):
    window = opened("derivative")
    go(qtbot, window, "lessonStep2")
    window.session.save(tmp_path / "mine.gdstudio")
    again = open_window(files.read(tmp_path / "mine.gdstudio"))
    assert find(again, "lessonStepTitle", QLabel).text() == "Shrink h"
    go(qtbot, again, "lessonStep0")
    assert value(again, "h") == 1.0


@pytest.mark.parametrize("way", ["draft", "file"])
def test_work_in_a_step_comes_back_as_it_was_left(opened, open_window, qtbot, tmp_path: Path, way):
    window = opened("derivative")
    go(qtbot, window, "lessonStep2")
    window.session.edit("Change x", commands.set_value(window.session.document, "x", 9.0))
    window.session.save(tmp_path / "mine.gdstudio")
    kept = files.read(tmp_path / "mine.gdstudio")
    again = open_window(kept if way == "file" else None)
    if way == "draft":
        again.session.open(kept, modified=True)
        again.files.opened.emit()
        wait_settled(qtbot, again.session)
    assert value(again, "x") == 9.0
    assert find(again, "lessonStepTitle", QLabel).text() == "Shrink h"
    assert again.session.is_modified == (way == "draft")
    # The way back to the step is there, and undo has the work again.
    assert not find(again, "lessonRestore").isHidden()
    click(qtbot, again, "lessonRestore")
    wait_settled(qtbot, again.session)
    assert value(again, "x") != 9.0
    again.session.undo_stack.undo()
    assert value(again, "x") == 9.0


def test_a_broken_lesson_is_told_and_its_document_shown(open_window, chain):
    lesson = {"steps": [{"title": "A", "text": "B", "select": "q"}]}
    window = open_window(chain.replace(lesson=lesson))
    fault = find(window, "lessonFault", QLabel)
    assert fault.isVisible()
    assert 'lesson.steps[0].select: no node "q"' in fault.text()
    assert window.session.trace.values["loss"] == 3.0


def test_texts_follow_the_language(opened, store: QSettings):
    store.setValue("language", "zh_CN")
    window = opened("derivative")
    assert find(window, "lessonTitle", QLabel).text() == "导数"
    assert "图计算" in find(window, "lessonText", Prose).text()


# Text


def test_all_lines_are_seen_when_the_dock_comes_back_narrower(opened, qtbot):
    window = opened("batch_size", size=(1278, 676))
    dock, prose = find(window, "lessonsDock"), find(window, "lessonText", Prose)
    window.inspector_dock.hide()
    dock.hide()
    QApplication.processEvents()
    window.inspector_dock.show()
    dock.show()
    for _ in range(3):
        QApplication.processEvents()
    assert prose.viewport().height() == prose.height() >= prose.document().size().height()


def test_formulas_are_typeset(opened, qtbot):
    window = opened("derivative")
    go(qtbot, window, "lessonNext")
    prose = find(window, "lessonText", Prose)
    qtbot.waitUntil(lambda: "<img" in prose.toHtml(), timeout=10_000)
    assert "$$" not in prose.toPlainText()


def test_a_text_fetches_nothing(opened, tmp_path: Path, qtbot):
    prose = find(opened("derivative"), "lessonText", Prose)
    prose.set_text(f"![a]({tmp_path / 'x.png'}) <b>bold</b>")
    assert "<b>bold</b>" in prose.toPlainText()


# For teachers


def fill_in(title: str, text: str):
    """Types into the next step dialog and accepts it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, look)
            return
        find(dialog, "stepTitle", QLineEdit).setText(title)
        find(dialog, "stepText", QPlainTextEdit).setPlainText(text)
        find(dialog, "stepOk", QPushButton).click()

    QTimer.singleShot(0, look)


def test_any_document_becomes_a_lesson(open_window, chain, qtbot, tmp_path: Path):
    window = open_window(chain)
    find(window, "actionLessons", QAction).trigger()
    fill_in("My first step", "Look at *w*.")
    click(qtbot, window, "lessonMake")
    assert find(window, "lessonPage").isVisible()
    assert find(window, "lessonStepTitle", QLabel).text() == "My first step"
    session = window.session
    session.edit("Change w", commands.set_value(session.document, "w", 1.0))
    fill_in("My second step", "Now *w* is 1.")
    find(window, "lessonRecord", QAction).trigger()
    wait_settled(qtbot, session)
    assert find(window, "lessonStepTitle", QLabel).text() == "My second step"
    go(qtbot, window, "lessonBack")
    assert value(window, "w") == 3.0
    session.save(tmp_path / "mine.gdstudio")
    again = open_window(files.read(tmp_path / "mine.gdstudio"))
    assert find(again, "lessonStepTitle", QLabel).text() == "My first step"
    go(qtbot, again, "lessonNext")
    assert value(again, "w") == 1.0


def test_steps_are_edited_and_deleted_and_had_back_with_undo(opened, qtbot):
    window = opened("tape")
    go(qtbot, window, "lessonNext")
    fill_in("Other", "Words")
    find(window, "lessonEdit", QAction).trigger()
    assert find(window, "lessonStepTitle", QLabel).text() == "Other"
    assert find(window, "lessonText", Prose).text() == "Words"
    find(window, "lessonDelete", QAction).trigger()
    wait_settled(qtbot, window.session)
    assert len(window.lessons_dock.panel.guide.lesson.steps) == 3
    window.session.undo_stack.undo()
    window.session.undo_stack.undo()
    assert [str(one.title) for one in window.lessons_dock.panel.guide.lesson.steps] == [
        "A scalar", "Tensors", "A list of variables", "Why b is simple",
    ]  # fmt: skip


def test_a_step_needs_a_title(open_window, chain, qtbot):
    dialog = StepDialog(open_window(chain), "New Step")
    assert not find(dialog, "stepOk", QPushButton).isEnabled()
    find(dialog, "stepTitle", QLineEdit).setText("x")
    assert find(dialog, "stepOk", QPushButton).isEnabled()


def test_the_text_of_a_lesson_follows_the_text_size(opened, qtbot):
    window = opened("derivative")
    page = [find(window, "lessonText", Prose), find(window, "lessonTitle"), find(window, "lessonStepTitle")]
    assert [widget.font().pixelSize() for widget in page] == [14, 18, 15]
    find(window, "actionText130", QAction).trigger()
    wait_restyled(qtbot)
    assert [widget.font().pixelSize() for widget in page] == [18, 23, 20]


def test_a_presentation_has_large_type_and_only_the_views_of_the_step(opened, qtbot):
    window = opened("derivative", size=(1920, 1080))
    window.inspector_dock.show()
    small = find(window, "lessonText", Prose).font().pixelSize()
    find(window, "lessonPresent", QAction).trigger()
    assert find(window, "lessonText", Prose).font().pixelSize() >= 20 > small
    assert not window.race.isVisible()
    assert not window.inspector_dock.isVisible()
    go(qtbot, window, "lessonStep4")
    assert window.race.isVisible()
    find(window, "lessonPresent", QAction).trigger()
    assert find(window, "lessonText", Prose).font().pixelSize() == small
    assert window.inspector_dock.isVisible()


def test_a_presentation_shows_only_the_views_of_the_lesson(opened, qtbot):
    """Momentum is about surface and race; the graph comes back when the presentation ends."""
    window = opened("momentum", size=(1920, 1080))
    find(window, "lessonPresent", QAction).trigger()
    shown = window.graph.isVisible(), window.landscape.isVisible(), window.race.isVisible()
    assert shown == (False, True, True)
    find(window, "lessonPresent", QAction).trigger()
    assert window.graph.isVisible()


@pytest.mark.parametrize("name", ["derivative", "momentum", "vanishing_gradients"])
def test_a_presentation_never_widens_the_window(opened, qtbot, name):
    window = opened(name, size=(1280, 720))
    find(window, "lessonPresent", QAction).trigger()
    for index in range(len(window.lessons_dock.panel.guide.lesson.steps)):
        go(qtbot, window, f"lessonStep{index}")
        QApplication.processEvents()
        assert window.width() == 1280
    find(window, "lessonPresent", QAction).trigger()
    QApplication.processEvents()
    assert window.width() == 1280


def test_escape_ends_a_presentation_and_then_the_full_screen(opened, qtbot):
    window = opened("derivative", size=(1920, 1080))
    window.actions_["actionFullScreen"].trigger()
    find(window, "lessonPresent", QAction).trigger()
    canvas = window.graph.view
    window.graph.scene.select(["x"])
    canvas.setFocus()
    for presents, fills in ((True, True), (False, True), (False, False)):
        # What a view can end by itself comes first: here, that a node is selected.
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        assert window.graph.scene.selected_nodes() == []
        assert (window.lessons_dock.presentation.on, window.isFullScreen()) == (presents, fills)
    assert not window.actions_["actionFullScreen"].isChecked()


def test_a_window_closed_in_a_presentation_opens_again_as_it_was_before(opened, open_window, chain):
    window = opened("momentum", size=(1920, 1080))
    window.inspector_dock.show()
    find(window, "lessonPresent", QAction).trigger()
    assert not window.inspector_dock.isVisible()
    window.close()
    again = open_window(chain, size=(1920, 1080))
    assert again.inspector_dock.isVisible()
    assert again.graph.width() > 400 and again.landscape.width() > 400


def test_a_presentation_ends_with_its_lesson(opened, chain, qtbot):
    window = opened("derivative")
    find(window, "lessonPresent", QAction).trigger()
    assert not window.race.isVisible()
    window.files.show_document(chain)
    wait_settled(qtbot, window.session)
    assert window.race.isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("name", lessons.names())
def test_every_step_of_every_lesson_can_be_played(opened, qtbot, qtlog, caplog, name):
    window = opened(name)
    guide = window.lessons_dock.panel.guide
    for index in range(len(guide.lesson.steps)):
        guide.enter(index)
        wait_settled(qtbot, window.session)
        expected = (name, index) == ("autograd", 2)  # no gradient without a scalar: that is the lesson
        assert bool(window.session.problems) is expected
        assert window.graph.view.shows(window.graph.scene.bounds())
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
    # The platform without a screen says this of every window.
    assert {record.message for record in qtlog.records} <= {
        "This plugin does not support propagateSizeHints()"
    }
