from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from gdstudio.document import files
from gdstudio.engine import Race, optimizers
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.race.rule_editor import RuleEditor
from gdstudio.ui.race.rule_text import Draft, DraftError, draft_of, rule_of
from tests.ui.race.support import ADAM, MOMENTUM, SGD, bowl, child, click_cell, line_fit, settle, text


@pytest.fixture
def editor(panel) -> RuleEditor:
    """The editor on Momentum, row 1 of the line fit."""
    click_cell(panel, 1, Column.OPTIONS)
    child(panel, QPushButton, "racerOwnRule").click()
    editor = child(panel, RuleEditor, "ruleEditor")
    editor.activateWindow()
    assert QTest.qWaitForWindowActive(editor)
    return editor


def write(editor: RuleEditor, name: str, words: str) -> None:
    field = child(editor, QLineEdit if name != "ruleLines" else QPlainTextEdit, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    first, *others = words.split("\n")
    QTest.keyClicks(field, first)
    for line in others:
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, line)


def message(editor: RuleEditor) -> str:
    return child(editor, QLabel, "ruleMessage").text()


def test_the_editor_begins_with_the_rule_of_the_racer(editor):
    assert editor.draft.numbers == "learning_rate = 0.02, momentum = 0.9"
    assert editor.draft.memory == "v = 0"
    assert editor.draft.lines.splitlines()[-1] == "x = x - learning_rate*v"
    assert message(editor) == "The rule is sound."


def test_an_own_rule_races_at_once_and_is_undone_in_one_step(editor, panel, qtbot):
    session = panel.session
    write(editor, "ruleLines", "x = x - 2*learning_rate*g")
    write(editor, "ruleMemory", "")
    write(editor, "ruleNumbers", "learning_rate = 0.025")
    write(editor, "ruleTitle", "Doubled")
    QTest.keyClick(
        child(editor, QPlainTextEdit, "ruleLines"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(qtbot, session)
    # From (2, 2), where the gradient is (8, 6), twice 0.025 of it.
    assert session.race_result.paths[1][1] == pytest.approx((2 - 0.05 * 8, 2 - 0.05 * 6))
    assert text(panel, 1, Column.OPTIMIZER) == text(panel, 1, Column.NAME) == "Doubled"
    assert message(editor) == "Doubled races with this rule."
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.document.race.racers[1] == MOMENTUM
    assert message(editor) == "The rule is sound."


def test_a_fault_is_named_and_marked_where_it_is(editor):
    write(editor, "ruleLines", "v = momentum*v + gg\nx = x - learning_rate*v")
    assert message(editor).startswith("Line 1: nothing is called 'gg'")
    (mark,) = child(editor, QPlainTextEdit, "ruleLines").extraSelections()
    assert mark.cursor.selectedText() == "gg"
    assert not child(editor, QPushButton, "ruleApply").isEnabled()


@pytest.mark.parametrize(
    ("draft", "part", "words"),
    [
        (Draft("", "", "", "x = x - g"), "title", "needs a name"),
        (Draft("R", "a", "", "x = x - g"), "numbers", "“a” should be a name"),
        (Draft("R", "a = b", "", "x = x - a*g"), "numbers", "a: “b” is not a number"),
        (Draft("R", "learning_rate = -1", "", "x = x - learning_rate*g"), "numbers", "at least 1e-12"),
        (Draft("R", "a = 1, a = 2", "", "x = x - g"), "numbers", "twice"),
        (Draft("R", "", "g = 0", "x = x - g"), "memory", "'g' is declared twice"),
        (Draft("R", "", "", "y = g"), "lines", "never move"),
        (Draft("R", "", "", ""), "lines", "never move"),
        (Draft("R", "", "", "x = x - __import__('os')"), "lines", ""),
    ],
)
def test_what_is_no_rule_is_refused_with_a_sentence(draft, part, words):
    with pytest.raises(DraftError, match="(?s)" + words.replace("(", r"\(")) as caught:
        rule_of(draft, SGD)
    assert caught.value.part == part


def test_the_draft_of_every_formula_is_that_rule_again():
    for name in optimizers.names():
        rule = optimizers.get(name)
        if isinstance(rule, optimizers.ClassicalRule) or name == "muon":
            continue
        racer = SGD.replace(optimizer=name, options={})
        own = SGD.replace(optimizer=rule_of(draft_of(racer), racer), options={})
        document = bowl(racer, own, steps=20)
        paths = Race(document.graph.compile(), document.race_inputs(), steps=20).run().paths
        assert np.array_equal(paths[0], paths[1]), name


def test_a_search_along_lines_is_replaced_by_descent_to_begin_with():
    assert draft_of(SGD.replace(optimizer="newton", options={})).lines == "x = x - learning_rate*g"


def test_an_own_rule_is_kept_in_the_file(tmp_path):
    rule = rule_of(
        Draft(
            "Mine", "learning_rate = 0.1, beta1 = 0.5", "m = 0", "m = beta1*m + g; x = x - learning_rate*m"
        ),
        ADAM,
    )
    document = line_fit(SGD.replace(optimizer=rule, options={}), ADAM)
    path = tmp_path / "own.gdstudio"
    files.write(document, path)
    assert files.read(path).race == document.race
    assert json.loads(path.read_text())["race"]["racers"][0]["optimizer"]["title"] == "Mine"


def test_a_file_with_a_rule_that_is_none_is_refused(tmp_path):
    document = line_fit(SGD)
    path = tmp_path / "own.gdstudio"
    files.write(document, path)
    data = json.loads(path.read_text())
    for wrong, words in (
        ({"name": "own"}, "formula"),
        ({"name": "own", "formula": "x = y"}, "nothing is called"),
        ({"name": "own", "formula": 3}, "text"),
        (
            {"name": "own", "formula": "x = x - a*g", "options": {"a": {"default": 1, "low": "z"}}},
            "optimizer",
        ),
    ):
        data["race"]["racers"][0]["optimizer"] = wrong
        path.write_text(json.dumps(data))
        with pytest.raises(files.DocumentError, match=r"race.racers\[0\].optimizer") as caught:
            files.read(path)
        assert words in str(caught.value)


def test_the_editor_follows_its_racer_and_keeps_the_text_when_it_goes(editor, panel):
    session = panel.session
    write(editor, "ruleLines", "x = x - learning_rate*g")
    session.select_racer(1)
    panel.racer_actions.move(-1)
    panel.racer_actions.remove()
    assert not child(editor, QPushButton, "ruleApply").isEnabled()
    assert "Momentum is no longer in the race" in message(editor)
    session.undo_stack.undo()
    child(editor, QPushButton, "ruleApply").click()
    assert session.document.race.racers[0].optimizer.title == "My Momentum"
    assert editor.draft.lines == "x = x - learning_rate*g"
