"""Why this step: the update rule of the selected racer line by line, with the numbers of the step shown."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.race.explain import Explainer, Explanation, FilledLine, lines_as_text, number_text
from gdstudio.ui.race.explanations import Explanations
from gdstudio.ui.race.formula_html import formula_html, name_html
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.race.results import RacerResult
from gdstudio.ui.session import Session
from gdstudio.ui.theme import Theme
from gdstudio.ui.translation import of_error, sentences

_MOST_COORDINATES = 6
_ASKER = "why"
# While a race plays, numbers that change more often than this cannot be read.
_PLAYING_MS = 120


class StepView(QWidget):
    """The explanation of one step. Computes nothing while it is hidden.

    Args:
        result_of: the newest result of the racer in a row, None when there is none.
    """

    def __init__(
        self, session: Session, result_of: Callable[[int], RacerResult | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stepView")
        self._session = session
        self._result_of = result_of
        self._version = 0
        self._explanations = Explanations.of(session)
        self._explanations.explained.connect(self._receive)
        self._explanations.failed.connect(self._receive_failure)
        self._explainer: Explainer | None = None
        self._playing = QTimer(self, singleShot=True, interval=_PLAYING_MS)
        self._playing.timeout.connect(self.refresh)
        self._shown: Explanation | None = None
        self._oldest = self._delivered = 0
        self._title = QLabel()
        self._title.setObjectName("stepViewTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        # The line that the walk has come to; None while all lines are shown.
        self._line_shown: int | None = None
        self._copy = self._tool("stepViewCopy", self.tr("Copy the step as text"))
        self._copy.clicked.connect(self._copy_text)
        self._walk = self._tool(
            "stepViewWalk",
            self.tr("Line by line"),
            self.tr("Walk through the rule line by line, and on into the next step"),
        )
        self._walk.setText(self.tr("Line by line"))
        self._walk.setCheckable(True)
        self._walk.toggled.connect(self._begin_walk)
        self._back = self._tool("stepViewBack", self.tr("One line back"))
        self._back.clicked.connect(lambda: self._go(-1))
        self._forward = self._tool("stepViewForward", self.tr("One line on"))
        self._forward.clicked.connect(lambda: self._go(1))
        for button in (self._back, self._forward):
            button.setAutoRepeat(True)
            button.hide()
        self._blocks = named(
            QComboBox(),
            "stepViewBlock",
            self.tr("Parameters shown"),
            self.tr("The rule runs on all scalars together and on each tensor by itself"),
        )
        self._blocks.hide()
        self._blocks.activated.connect(self.refresh)
        self._page = named(
            QTextBrowser(), "stepViewPage", self.tr("The update rule with the numbers of this step")
        )
        self._page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._page.document().setDocumentMargin(7)
        self._page.setLineWrapMode(QTextBrowser.LineWrapMode.WidgetWidth)

        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._blocks)
        for button in (self._walk, self._back, self._forward, self._copy):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._page, 1)

        session.step_changed.connect(self._follow_step)
        session.playing_changed.connect(self.refresh)
        session.racer_selected.connect(self.refresh)
        session.race_computed.connect(self.refresh)
        session.document_opened.connect(self.refresh)
        session.document_changed.connect(self._name)
        themes.switch().follow(self.set_theme)
        self._draw_icons()
        self._say(self.tr("Select a racer to see why it takes its steps."))

    @staticmethod
    def _tool(name: str, meaning: str, tip: str = "") -> QToolButton:
        button = named(QToolButton(), name, meaning, tip or meaning)
        # A click must not take Space and the arrows away from playback.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _draw_icons(self) -> None:
        pictures = ((self._copy, "duplicate"), (self._back, "step-back"), (self._forward, "step-forward"))
        for button, picture in pictures:
            button.setIcon(icon(picture))

    @property
    def explanation(self) -> Explanation | None:
        """What is shown, None while there is nothing to explain."""
        return self._shown

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def set_theme(self, _theme: Theme) -> None:
        self._draw_icons()
        if self._shown is not None:
            self._show(self._shown)

    def refresh(self, *_: Any) -> None:
        """Ask for the explanation of the step shown; the page changes when it arrives."""
        if not self.isVisible():
            return
        session, row = self._session, self._session.selected_racer
        self._version += 1
        result = None if row is None or session.race_result is None else self._result_of(row)
        if row is None or result is None or result.last_step < 1:
            self._shown = None
            self._oldest = self._version
            self._title.setText("")
            self._say(
                self.tr("Select a racer to see why it takes its steps.")
                if row is None
                else self.tr("This racer has taken no step.")
            )
            return
        if self._shown is None:
            self._say(self.tr("Working out the step …"))
        step = min(session.step, result.last_step - 1)
        racers, block = session.document.race.racers, max(0, self._blocks.currentIndex())
        index = sum(other.enabled for other in racers[:row])
        explainer = self._explanations.explainer(racers[row], result.path, result.learning_rates, index)
        if explainer is not self._explainer:
            self._explainer, self._oldest = explainer, self._version
        self._explanations.ask(_ASKER, self._version, explainer, step, lambda _: block)

    def _follow_step(self, *_: Any) -> None:
        if not self._session.playing:
            self.refresh()
        elif not self._playing.isActive():
            self._playing.start()

    def _receive(self, asker: str, version: int, explanation: Explanation | None) -> None:
        if asker != _ASKER:
            return
        # While a race plays, an explanation that comes late is still better than none; another racer's is not.
        if explanation is not None and version >= self._oldest and version > self._delivered:
            self._delivered = version
            self._show(explanation)

    def _receive_failure(self, asker: str, version: int, error: Exception) -> None:
        if asker == _ASKER and version == self._version:
            self._shown = None
            self._say(of_error(error))

    def _say(self, sentence: str) -> None:
        self._copy.setEnabled(False)
        self._page.setHtml(f'<p style="color:{themes.current().muted.name()}">{html.escape(sentence)}</p>')

    # Line by line

    def _begin_walk(self, on: bool) -> None:
        self._line_shown = 0 if on else None
        for button in (self._back, self._forward):
            button.setVisible(on)
        if self._shown is not None:
            self._show(self._shown)

    def _go(self, by: int) -> None:
        """Go so many lines on; beyond the last line or before the first the race takes a step."""
        if self._shown is None or self._line_shown is None:
            return
        line, last = self._line_shown + by, len(self._shown.lines) - 1
        if 0 <= line <= last:
            self._line_shown = line
            self._show(self._shown)
        elif by > 0 and self._session.step < self._session.last_step - 1:
            self._line_shown = 0
            self._session.step_forward()
        elif by < 0 and self._session.step > 0:
            self._line_shown = last
            self._session.step_back()

    # The page

    def _name(self, *_: Any) -> None:
        """Say whose step is shown."""
        row, racers, shown = self._session.selected_racer, self._session.document.race.racers, self._shown
        if shown is not None:
            label = racers[row].label if row is not None and row < len(racers) else ""
            words = self.tr("{0}: from step {1} to {2}")
            self._title.setText(words.format(label, shown.step, shown.step + 1))

    def _show(self, explanation: Explanation) -> None:
        self._shown = explanation
        self._copy.setEnabled(True)
        self._name()
        self._show_blocks(explanation)
        theme = themes.current()
        parts = self._lines(explanation, theme)
        if self._line_shown is not None and self._line_shown < len(explanation.lines) - 1:
            # What comes after this line is not known yet.
            self._page.setHtml("".join(parts))
            self._page.scrollToAnchor("now")
            return
        if explanation.note:
            parts.append(f'<p style="color:{theme.muted.name()}">{html.escape(explanation.note)}</p>')
        parts.append(self._summary(explanation, theme))
        if len(explanation.curvatures):
            parts.append(f'<p style="color:{theme.muted.name()}">{self._curvature(explanation)}</p>')
        place = self._page.verticalScrollBar().value()
        self._page.setHtml("".join(parts))
        self._page.verticalScrollBar().setValue(place)

    def _show_blocks(self, explanation: Explanation) -> None:
        if explanation.blocks != tuple(self._blocks.itemText(k) for k in range(self._blocks.count())):
            self._blocks.clear()
            self._blocks.addItems(explanation.blocks)
        self._blocks.setCurrentIndex(explanation.block)
        self._blocks.setVisible(len(explanation.blocks) > 1)

    def _lines(self, explanation: Explanation, theme: Theme) -> list[str]:
        """All lines with their numbers; in a walk those up to the line that it has come to, the rest without."""
        shown = self._line_shown
        if shown is None:
            return [self._line(line, theme) for line in explanation.lines]
        shown = self._line_shown = min(shown, max(0, len(explanation.lines) - 1))
        parts = []
        for number, line in enumerate(explanation.lines):
            if number < shown:
                parts.append(self._line(line, theme))
            elif number == shown:
                marked = f"<table width='100%' cellpadding=4 bgcolor='{theme.hover.name()}'><tr><td>"
                parts.append(f'<a name="now"></a>{marked}{self._line(line, theme)}</td></tr></table>')
            else:
                formula = f"{name_html(line.name)} = {formula_html(line.expression)}"
                parts.append(f'<p style="margin:4px 0 3px 0; color:{theme.muted.name()}">{formula}</p>')
        return parts

    def _line(self, line: FilledLine, theme: Theme) -> str:
        colors = {"g": theme.gradient.name(), "x": theme.value.name()}

        def number(name: str) -> str:
            if name not in line.known:
                return name_html(name)
            text = html.escape(number_text(line.known[name], inside=True))
            return f'<span style="color:{colors[name]}">{text}</span>' if name in colors else text

        numbers = formula_html(line.expression, number)
        color = colors.get(line.name, theme.text.name())
        return (
            f'<p style="margin:0 0 7px 0">{name_html(line.name)} = {formula_html(line.expression)}<br>'
            f'<span style="color:{theme.muted.name()}">&nbsp;= {numbers}</span><br>'
            f'&nbsp;= <b style="color:{color}">{html.escape(number_text(line.value))}</b></p>'
        )

    def _summary(self, explanation: Explanation, theme: Theme) -> str:
        """Each coordinate: where it was, the gradient, the step, and the step's size against the gradient."""
        steps = explanation.after - explanation.before
        with np.errstate(all="ignore"):
            ratios = -steps / explanation.gradient
        text, muted = theme.text.name(), theme.muted.name()
        columns = (
            (self.tr("before"), theme.value.name(), explanation.before),
            (self.tr("gradient"), theme.gradient.name(), explanation.gradient),
            (self.tr("step"), text, steps),
            (self.tr("after"), theme.value.name(), explanation.after),
            (self.tr("−step/gradient"), muted, ratios),
        )
        titles = "".join(_cell(title, muted, whole="/" not in title) for title, _, _ in columns)
        rows = []
        for place, name in enumerate(explanation.coordinates[:_MOST_COORDINATES]):
            cells = "".join(
                _cell(format_measured(float(numbers[place]), 4), color, whole=True)
                for _, color, numbers in columns
            )
            rows.append(f"<tr><td>{html.escape(name)}</td>{cells}</tr>")
        hidden = len(explanation.coordinates) - len(rows)
        more = self.tr("… and %n more coordinates", "", hidden) if hidden > 0 else ""
        table = f"<tr><td></td>{titles}</tr>{''.join(rows)}"
        return f"<table cellspacing=0 cellpadding=1 style='margin-top: 4px'>{table}</table>{more}"

    def _curvature(self, explanation: Explanation) -> str:
        """What the Hessian at the point says about the learning rate of plain descent."""
        low, high = (format_measured(float(explanation.curvatures[k]), 4) for k in (0, -1))
        words = self.tr("Curvature here: eigenvalues of the Hessian from {0} to {1}.").format(low, high)
        stable, best, more = explanation.stable_rate, explanation.best_rate, ""
        if best is not None and stable is not None:
            more = self.tr(
                "Plain gradient descent is stable below <i>η</i> = 2/<i>λ</i><sub>max</sub> = {0} and quickest at "
                "2/(<i>λ</i><sub>min</sub> + <i>λ</i><sub>max</sub>) = {1}."
            ).format(format_measured(stable, 4), format_measured(best, 4))
        elif stable is not None:
            more = self.tr(
                "The loss curves down in a direction; in the others plain gradient descent is stable below "
                "<i>η</i> = 2/<i>λ</i><sub>max</sub> = {0}."
            ).format(format_measured(stable, 4))
        return sentences(words, more)

    def _copy_text(self) -> None:
        if self._shown is not None:
            QApplication.clipboard().setText(lines_as_text(self._shown.lines))


def _cell(text: str, color: str, whole: bool = False) -> str:
    """A cell of the table; a `whole` one is never broken across lines."""
    kept = "; white-space: nowrap" if whole else ""
    return f'<td align="right" style="color:{color}{kept}; padding-left: 7px">{text}</td>'
