"""The window in another language: what changes, what stays, and whether all of it fits."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gdstudio import engine, wording
from gdstudio.document import library
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.engine import GraphError, optimizers
from gdstudio.ui import commands, translation
from gdstudio.ui import theme as themes
from gdstudio.ui.giving_way import ShorteningButton, ShorteningLabel
from gdstudio.ui.lessons.guide import language
from gdstudio.ui.main_window import MainWindow
from gdstudio.ui.race.leaderboard import COLUMNS
from gdstudio.ui.settings import Settings
from tests.ui.helpers import find, wait_restyled, wait_settled

PATIENCE_MS = 30_000


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    translation.choose("en")


@pytest.fixture
def windows() -> Iterator[list[MainWindow]]:
    """The windows of a test; those that are there at its end are closed without a question."""
    opened: list[MainWindow] = []
    yield opened
    for window in opened:
        if isValid(window):
            window.session.undo_stack.setClean()
            window.close()
            window.deleteLater()


@pytest.fixture
def open_window(qtbot: QtBot, store: QSettings, windows: list[MainWindow]) -> Callable[..., MainWindow]:
    def follow(window: MainWindow) -> None:
        windows.append(window)
        window.replaced.connect(follow)

    def open_one(
        document: Document | None = None, size: tuple[int, int] = (1600, 1000), **more: Any
    ) -> MainWindow:
        window = MainWindow(document, store, **more)
        follow(window)
        window.resize(*size)
        window.arrangement.fit()
        window.show()
        qtbot.waitExposed(window)
        wait_settled(qtbot, window.session)
        wait_restyled(qtbot)
        return window

    return open_one


@pytest.fixture
def chinese() -> None:
    translation.choose("zh_CN")


def switch(window: MainWindow, qtbot, language: str) -> MainWindow:
    """Choose a language from the menu; the window that is there then."""
    with qtbot.waitSignal(window.replaced, timeout=PATIENCE_MS) as replaced:
        window.actions_[f"actionLanguage{language}"].trigger()
    new = replaced.args[0]
    wait_settled(qtbot, new.session)
    wait_restyled(qtbot)
    return new


def menu_titles(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menuBar().actions()]


def language_names(window: MainWindow) -> list[str]:
    return [window.actions_[f"actionLanguage{name}"].text() for name in ("English", "Chinese")]


# The menu


def test_the_menu_changes_every_label_and_back(open_window, qtbot, chain):
    window = open_window(chain)
    assert menu_titles(window)[0] == "&File"
    assert window.actions_["actionLanguageSystem"].isChecked()
    assert language_names(window) == ["English", "简体中文"]
    window = switch(window, qtbot, "Chinese")
    assert menu_titles(window) == ["文件(&F)", "编辑(&E)", "视图(&V)", "计算图(&G)", "竞赛(&R)", "帮助(&H)"]
    assert window.inspector_dock.windowTitle() == "检查器"
    assert window.actions_["actionLanguageChinese"].isChecked()
    assert language_names(window) == ["English", "简体中文"]
    window = switch(window, qtbot, "English")
    assert menu_titles(window)[0] == "&File"


def test_events_are_handled_while_the_window_is_built_anew(open_window, qtbot, chain):
    window = open_window(chain)
    turns: list[bool] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: turns.append(window.isVisible()))
    beat.start()
    window.actions_["actionLanguageChinese"].trigger()
    beat.stop()
    # The window that was there stays until the other one is complete.
    assert len(turns) > 10
    assert all(turns)


def test_commands_are_found_by_their_english_words_too(open_window, qtbot, chain):
    window = switch(open_window(chain), qtbot, "Chinese")
    window.actions_["actionPalette"].trigger()
    search, shown = find(window, "paletteSearch", QLineEdit), find(window, "paletteList", QTreeWidget)
    qtbot.keyClicks(search, "toggle theme")
    assert [shown.topLevelItem(row).text(0) for row in range(shown.topLevelItemCount())] == ["深色或浅色"]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert themes.current() is themes.LIGHT


def test_the_choice_is_remembered(open_window, qtbot, chain, store):
    switch(open_window(chain), qtbot, "Chinese")
    assert Settings(store).language == "zh_CN"
    translation.choose("en")
    assert menu_titles(open_window(chain))[0] == "文件(&F)"


def test_an_unknown_language_in_the_settings_follows_the_system(store: QSettings):
    store.setValue("language", "tlh")
    assert Settings(store).language == "system"


def test_the_same_language_leaves_the_window_alone(open_window, chain):
    window = open_window(chain)
    window.replaced.connect(lambda _new: pytest.fail("another window"))
    window.actions_["actionLanguageEnglish"].trigger()
    assert window.isVisible()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_no_menu_has_a_letter_twice(open_window, store, chain, language):
    store.setValue("language", language)
    window = open_window(chain)
    for menu in window.menuBar().findChildren(QMenu):
        letters = [action.text().replace("&&", "").partition("&")[2][:1].lower() for action in menu.actions()]
        used = sorted(letter for letter in letters if letter)
        assert used == sorted(set(used)), [action.text() for action in menu.actions()]


# What stays


def test_document_history_and_selection_stay(open_window, qtbot, chain, monkeypatch):
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: pytest.fail("a question"))
    window = open_window(chain)
    session = window.session
    session.edit("Nothing to save yet", commands.set_title(session.document, "One"))
    session.undo_stack.setClean()
    for name in ("Two", "Three"):
        session.edit(f"Title {name}", commands.set_title(session.document, name))
    session.undo_stack.undo()
    session.select_node("x1")
    session.select_racer(1)
    new = switch(window, qtbot, "Chinese").session
    assert new.document is session.document
    assert new.undo_stack.count() == 3
    assert (new.undo_stack.index(), new.undo_stack.cleanIndex()) == (2, 1)
    assert (new.selected_node, new.selected_racer) == ("x1", 1)
    titles = [new.document.title]
    new.undo_stack.redo()
    titles.append(new.document.title)
    for _ in range(3):
        new.undo_stack.undo()
        titles.append(new.document.title)
    assert titles == ["Two", "Three", "Two", "One", "Chain rule"]


def test_a_file_is_still_the_document_s_own(open_window, qtbot, chain, saved):
    window = open_window(chain, path=saved)
    window.session.edit("Title", commands.set_title(window.session.document, "New"))
    window = switch(window, qtbot, "Chinese")
    assert window.session.path == saved
    assert window.session.is_modified
    saved.write_text("{}", encoding="utf-8")
    assert window.files._watch.differs()


def test_the_step_and_the_speed_of_the_race_stay(open_window, qtbot, chain):
    window = open_window(chain)
    window.session.set_step(7)
    window.session.speed, window.session.loop = 3.0, True
    session = switch(window, qtbot, "Chinese").session
    assert (session.step, session.speed, session.loop, session.playing) == (7, 3.0, True, False)


def test_a_race_plays_on(open_window, qtbot, chain):
    window = open_window(chain)
    window.session.speed = 0.01
    window.session.set_step(3)
    window.session.play()
    session = switch(window, qtbot, "Chinese").session
    qtbot.waitUntil(lambda: session.playing, timeout=PATIENCE_MS)
    assert session.step == 3


def test_a_survey_that_runs_stops_when_its_window_goes_and_the_new_one_says_so(open_window, qtbot, chain):
    window = open_window(chain)
    window.findChild(QAction, "actionSweep").trigger()
    surveys = window.findChild(QDialog, "surveyWindow")
    page = surveys.pages["sweep"]
    begun, may_end = Event(), Event()

    def until_stopped(_progress: object, cancelled: Callable[[], bool]) -> None:
        begun.set()
        while not (cancelled() or may_end.wait(0.01)):
            pass

    page.job = lambda: until_stopped
    page.findChild(QAbstractButton, "sweepStart").click()
    assert begun.wait(PATIENCE_MS / 1000)
    try:
        with qtbot.waitSignal(window.replaced, timeout=PATIENCE_MS) as replaced:
            window.preferences.choose_language("zh_CN")
        qtbot.waitUntil(lambda: not isValid(surveys), timeout=PATIENCE_MS)
    finally:
        may_end.set()
    anew = replaced.args[0].findChild(QDialog, "surveyWindow")
    assert anew.isVisible()
    assert anew.findChild(QAbstractButton, "sweepStart").text() == "扫描"
    assert anew.findChild(QLabel, "sweepMessage").text() == "语言已更改；请重新开始考察。"


def test_the_window_of_surveys_stays_closed_when_it_was(open_window, qtbot, chain):
    window = open_window(chain)
    window.findChild(QAction, "actionBasins").trigger()
    window.findChild(QDialog, "surveyWindow").close()
    window = switch(window, qtbot, "Chinese")
    assert window.findChild(QDialog, "surveyWindow") is None


class Paintings(QObject):
    """Notes the language that each widget is painted in."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.languages.add(translation.current())
        return False


def test_the_old_window_is_never_painted_in_the_new_language(open_window, qtbot, chain):
    window = open_window(chain)
    paintings = Paintings()
    for widget in window.findChildren(QWidget):
        widget.installEventFilter(paintings)
    window.session.play()
    qtbot.waitUntil(lambda: paintings.languages == {"en"}, timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.replaced, timeout=PATIENCE_MS):
        window.preferences.choose_language("zh_CN")
    assert paintings.languages == {"en"}


def test_the_draft_against_a_crash_is_kept(open_window, qtbot, chain):
    window = open_window(chain)
    window.files.recovery.interval = 0
    with qtbot.waitSignal(window.files.recovery.kept, timeout=PATIENCE_MS):
        window.session.edit("Title", commands.set_title(window.session.document, "Draft"))
    drafts = window.settings.data_folder / "drafts"
    (draft,) = drafts.glob("*.gdstudio")
    window = switch(window, qtbot, "Chinese")
    assert list(drafts.glob("*.gdstudio")) == [draft]
    window.session.undo_stack.setClean()
    window.close()
    assert not list(drafts.glob("*.gdstudio"))


def test_the_start_page_stays_the_start_page(open_window, qtbot):
    window = switch(open_window(), qtbot, "Chinese")
    assert window.pages.currentWidget() is window.welcome
    texts = [label.text() for label in window.welcome.findChildren(QLabel)]
    assert "梯度下降工作室" in texts


def test_a_lesson_speaks_the_language_and_keeps_what_was_done(open_window, qtbot):
    window = open_window(library.get("gradient"))
    guide = window.lessons_dock.panel.guide
    guide.enter(1)
    wait_settled(qtbot, window.session)
    mine = commands.set_title(window.session.document, "Mine")
    window.session.edit("Title", mine)
    count = window.session.undo_stack.count()
    window = switch(window, qtbot, "Chinese")
    guide = window.lessons_dock.panel.guide
    assert language() == "zh_CN"
    assert (guide.index, window.session.document) == (1, mine)
    assert window.session.undo_stack.count() == count
    assert window.lessons_dock.isVisible()


def test_the_v_of_a_tensor_output_is_taken_along(open_window, qtbot):
    window = open_window(Document("Squares", engine.parse("z = x**2", parameters={"x": [1.0, 2.0]})))
    window.session.set_seed(np.array([3.0, 5.0]))
    window = switch(window, qtbot, "Chinese")
    assert window.session.seed.tolist() == [3.0, 5.0]
    assert window.session.trace.gradients["x"].tolist() == [6.0, 20.0]
    assert find(window, "seedField").text() == "[3, 5]"


def test_how_a_racer_ended_is_told_in_the_language(open_window, store):
    store.setValue("language", "zh_CN")
    racers = (RacerSettings("Far", "sgd", {"learning_rate": 1.5}), RacerSettings("Newton", "newton", {}))
    graph = engine.parse("loss = a**2", parameters={"a": 2.0})
    window = open_window(Document("Bowl", graph, race=RaceSettings(60, racers=racers)))
    window.race.show_ranking(True)
    board = window.race.leaderboard.model
    column, tip = list(COLUMNS).index("status"), Qt.ItemDataRole.ToolTipRole
    told = {board.index(row, column).data(tip) for row in range(board.rowCount())}
    assert told == {translation.from_engine(reason) for reason in window.session.race_result.reasons}
    assert not told & set(window.session.race_result.reasons)


# The system


@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [
        (["zh-Hans-CN", "en-US"], "zh_CN"),
        (["zh-CN"], "zh_CN"),
        (["en-GB", "zh-Hans-CN"], "en"),
        (["de-DE", "zh-Hans-SG"], "zh_CN"),
        (["zh-Hant-TW"], "en"),
        (["fr-FR"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_of_the_system_that_there_is(monkeypatch, preferred, chosen):
    monkeypatch.undo()
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: preferred)
    assert translation.of_system() == chosen


def test_following_the_system_changes_with_it(monkeypatch):
    monkeypatch.setattr(translation, "of_system", lambda: "zh_CN")
    assert translation.choose("system")
    assert translation.current() == "zh_CN"
    assert not translation.choose("system")


# What the engine says


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("matrix product", "矩阵乘积"),
        ("the graph has no output; choose the node that is the loss", "计算图没有输出；请选择作为损失的节点"),
        ("no optimizer 'adm'; did you mean \"adam\"?", "没有优化器 'adm'；是否指 \"adam\"？"),
        ("w: the value must be a number or nested lists of numbers in rows of equal length",
         "w：值必须是一个数，或各行等长的嵌套数列表"),
        ("line 2, column 5: the operators are + - * / ** @ < and >", "第 2 行第 5 列：运算符有 + - * / ** @ < 和 >"),
        ("the loss stopped being a finite number after step 12", "第 12 步之后损失不再是有限数"),
        ("learning_rate is 0; it must be at least 1e-12 and at most 1e+06",
         "learning_rate 为 0；必须至少为 1e-12 且至多为 1e+06"),
        ("minimum takes 2 inputs, not 1", "minimum 接受 2 个输入，而不是 1 个"),
        ("not a gdstudio document: line 1, column 7: Expecting value",
         "不是 gdstudio 文档：第 1 行第 7 列：此处应有一个值"),
        ("48 settings for each racer, 150 steps each, from (0, 1); (2, 3) and 94 more, seed 0; judged by the mean final"
         " loss", "每位选手 48 组设置，每组 150 步，从 (0, 1); (2, 3) 及另外 94 处出发，种子 0；以最终损失的均值评判"),
        ("a sentence of tomorrow", "a sentence of tomorrow"),
        ("", ""),
    ],
)  # fmt: skip
def test_sentences_of_the_engine(chinese, english, said):
    assert translation.from_engine(english) == said


def test_what_the_system_says_of_a_file(chinese):
    error = OSError(errno.ENOSPC, "No space left on device", "fit.gdstudio")
    assert translation.of_error(error) == "设备上没有剩余空间"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("no x is called so", "No x is called so."),
        ("w: the value must be a number", "w: the value must be a number."),
        ("is it?", "Is it?"),
        ("Racing …", "Racing …"),
        ("", ""),
    ],
)
def test_a_sentence_has_a_capital_and_an_end_and_names_stay(text, whole):
    assert translation.as_sentence(text, names={"w"}) == whole


def test_a_sentence_ends_as_the_language_does(chinese):
    assert translation.as_sentence("步数太多") == "步数太多。"
    assert translation.as_sentence("步数太多。") == "步数太多。"


def test_english_stays_as_it_is():
    assert translation.from_engine("matrix product") == "matrix product"
    assert translation.of_error(GraphError("there is no node 'x'")) == "there is no node 'x'"


def test_names_that_a_person_gave_stay(chinese):
    assert (
        translation.from_engine("it waits for minimum, which has a problem")
        == "它在等待 minimum，而后者有问题"
    )


def test_every_optimizer_says_what_it_does_in_chinese(chinese):
    for name in optimizers.names():
        assert translation.from_engine(optimizers.get(name).meaning) != optimizers.get(name).meaning


def test_qt_s_own_buttons_are_translated(chinese, qapp):
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)
    assert box.button(QMessageBox.StandardButton.Cancel).text() == "取消"


# Whether it fits


def clipped(window: QWidget) -> list[str]:
    """Visible buttons and plain labels with words that have too little room; signs have one letter."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.isVisible():
            continue
        if len(widget.text()) < 2:
            continue
        # Where room is short, some show a sign in place of their words.
        gives_way = isinstance(widget, ShorteningButton | ShorteningLabel)
        needed = widget.minimumSizeHint() if gives_way else widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = QSize(0, widget.heightForWidth(widget.width()))
        if widget.width() < needed.width() or (
            isinstance(widget, QLabel) and widget.height() < needed.height()
        ):
            found.append(f"{widget.objectName()} {widget.text()!r}: {widget.size()} of {needed}")
    return found


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720)])
@pytest.mark.parametrize("name", ["rosenbrock", "adam"])
def test_nothing_is_clipped_in_chinese(open_window, store, size, name):
    store.setValue("language", "zh_CN")
    window = open_window(library.get(name), size=size)
    assert clipped(window) == []


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720)])
def test_nothing_is_clipped_on_the_chinese_start_page(open_window, store, size):
    store.setValue("language", "zh_CN")
    assert clipped(open_window(size=size)) == []


def test_sentences_follow_one_another_as_their_language_sets_them() -> None:
    assert translation.sentences("One.", "", "Two.") == "One. Two."
    translation.choose("zh_CN")
    # A Chinese full stop has its space within.
    assert translation.sentences("一。", "", "二。") == "一。二。"
