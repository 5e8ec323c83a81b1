"""Curves of the race: what is drawn, against what, on which scale, and the plot below these choices.

Draws the results that it is given, nothing else. The cursor follows playback and scrubs when dragged.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme as themes
from gdstudio.ui.race.curve import AGAINST, Curve
from gdstudio.ui.race.curve_plot import CurvePlot
from gdstudio.ui.race.metrics import METRICS, curves_as_text
from gdstudio.ui.race.named import named
from gdstudio.ui.race.results import RacerResult
from gdstudio.ui.race.scales import Scale, tick_text
from gdstudio.ui.theme import RacerStyle, Theme

_NO_MINIMA = np.empty((0, 0))
_LEAST_CHOICE = 58
# What a choice needs beside its letters, and what is kept for it at most in a narrow column.
_BESIDE_CHOICE, _WIDEST_CHOICE = 30, 74
_AVERAGE_DASH = (1.5, 2.5)


class Curves(QWidget):
    """The plot of one quantity of all racers, and what is chosen about it.

    Signals:
        step_asked(int): the cursor was dragged or the plot clicked.
        racer_asked(int): a curve was clicked.
        picture_asked: a picture of the plot shall be saved.
    """

    step_asked = Signal(int)
    racer_asked = Signal(int)
    picture_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._results: list[RacerResult | None] = []
        self._previous: dict[int, RacerResult] = {}
        self._styles: list[RacerStyle] = []
        self._problem = ""
        self._minima = _NO_MINIMA
        self._steps = 1
        self._curves: list[Curve] = []

        self._metric = named(QComboBox(), "curveQuantity", self.tr("Quantity of the curves"))
        self._against = named(QComboBox(), "curveAgainst", self.tr("What the curves are drawn against"))
        self._axis_choice = named(QComboBox(), "curveScale", self.tr("Scale of the curves"))
        self._fill_choices()
        self._note = named(QLabel(), "curveNote", self.tr("Note on the curves"))
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._menu_button = named(
            QToolButton(), "curveMenu", self.tr("More of the curves"), self.tr("More of the curves")
        )
        self._menu_button.setText("⋯")
        self._menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setMenu(self._make_menu())
        self.plot = named(CurvePlot(), "lossCurve")

        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(6)
        for choice in (self._metric, self._against, self._axis_choice):
            choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            top.addWidget(choice)
        top.addStretch(1)
        top.addWidget(self._menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._note)
        layout.addWidget(self.plot, 1)

        self.plot.step_asked.connect(self.step_asked)
        self.plot.racer_asked.connect(self.racer_asked)
        for choice in (self._metric, self._against, self._axis_choice):
            choice.currentIndexChanged.connect(self._choice_changed)
        themes.switch().follow(self.set_theme)
        self._name_plot()
        self.set_theme(themes.current())

    def _fill_choices(self) -> None:
        for key, title in (
            ("loss", self.tr("Loss")),
            ("gradient_norm", self.tr("Gradient norm")),
            ("distance", self.tr("Distance")),
            ("learning_rate", self.tr("Learning rate")),
            ("effective_rate", self.tr("Effective rate")),
            ("step_length", self.tr("Step length")),
        ):
            self._metric.addItem(title, key)
        for key, title, meaning in (
            ("step", self.tr("by step"), self.tr("One place for each step that a racer takes")),
            (
                "evaluations",
                self.tr("by evaluations"),
                self.tr(
                    "By the work: a gradient counts 1, one by differences 2 for each coordinate, a loss tried in a line "
                    "search 1, a Hessian 1 for each coordinate"
                ),
            ),
            (
                "epochs",
                self.tr("by epochs"),
                self.tr("By how often all rows of data have been looked at; a batch is its part of them"),
            ),
        ):
            self._against.addItem(title, key)
            self._against.setItemData(self._against.count() - 1, meaning, Qt.ItemDataRole.ToolTipRole)
        self._axis_choice.addItem(self.tr("log"), True)
        self._axis_choice.addItem(self.tr("linear"), False)
        for key, meaning in (
            (
                "distance",
                self.tr("How far from the nearest known minimum; of a test function they are known"),
            ),
            ("effective_rate", self.tr("The length of each step over the norm of the gradient it came from")),
        ):
            self._metric.setItemData(self._metric.findData(key), meaning, Qt.ItemDataRole.ToolTipRole)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.compare = menu.addAction(self.tr("Compare with previous run"))
        self.compare.setObjectName("actionComparePrevious")
        self.compare.setToolTip(
            self.tr("Keep the run before the last change of a racer's settings as a faint curve and trail")
        )
        self.compare.setCheckable(True)
        legend = menu.addAction(self.tr("Legend"))
        legend.setObjectName("actionCurveLegend")
        legend.setCheckable(True)
        legend.toggled.connect(lambda shown: self.plot.set_legend(shown))
        menu.addSeparator()
        copy = menu.addAction(self.tr("Copy numbers"), self.copy_numbers)
        copy.setObjectName("actionCopyCurves")
        copy.setToolTip(self.tr("The curves as a table, to be pasted into a spreadsheet"))
        save = menu.addAction(self.tr("Save picture…"), self.picture_asked.emit)
        save.setObjectName("actionSaveCurves")
        return menu

    # What is shown

    @property
    def scale(self) -> Scale:
        """The vertical scale in use."""
        return self.plot.scale_in_use

    @property
    def shown(self) -> list[Curve]:
        """The curves as drawn, one for each row of the table."""
        return self._curves

    @property
    def title(self) -> str:
        """What is drawn, in words."""
        return self._metric.currentText().lower()

    def note(self) -> str:
        """What the plot says about its scale, empty when there is nothing to say."""
        return self._note.text()

    def show_race(
        self,
        names: Sequence[str],
        styles: Sequence[RacerStyle],
        results: Sequence[RacerResult | None],
        steps: int,
        selected: int | None,
        problem: str = "",
        minima: np.ndarray = _NO_MINIMA,
        previous: dict[int, RacerResult] | None = None,
    ) -> None:
        """Draw these racers, one entry per row of the table; None where there is nothing to draw.

        `problem` says why there is no race at all; `minima` are the known ones, (m, n); `previous` are runs of rows to
        be drawn faintly beside the new ones.
        """
        self._problem = problem
        self._minima = minima
        self._names, self._styles, self._results = list(names), list(styles), list(results)
        self._previous = previous or {}
        self._steps = steps
        self.plot.select(selected)
        self._draw()

    def select(self, row: int | None) -> None:
        """Draw one racer's curve stronger than the others."""
        self.plot.select(row)

    def set_step(self, step: int) -> None:
        """Move the cursor."""
        self.plot.set_step(step)

    def set_theme(self, theme: Theme) -> None:
        self.plot.set_theme(theme)
        themes.make_quiet(self._note)
        self._fit_choices()

    def copy_numbers(self) -> None:
        """Put the curves on the clipboard as a table with tabs between."""
        QApplication.clipboard().setText(curves_as_text(self._against.currentText(), self._curves))

    # Drawing

    def _curve(self, row: int, result: RacerResult | None) -> Curve:
        name, style = self._names[row], self._styles[row]
        if result is None:
            return Curve(name, style, np.empty(0), np.empty(0))
        values = METRICS[self._metric.currentData()](result, self._minima)
        xs = AGAINST[self._against.currentData()](result)[: len(values)]
        return Curve(name, style, xs, values, result.status == "diverged")

    def _companions(self) -> list[Curve]:
        """Runs before the last change, and the losses of averaged paths."""
        found = []
        for row, before in self._previous.items():
            curve = self._curve(row, before)
            name = self.tr("{0}, before").format(curve.name)
            found.append(Curve(name, curve.style, curve.xs, curve.values, curve.diverged))
        if self._metric.currentData() == "loss":
            for row, result in enumerate(self._results):
                if result is not None and result.average_losses is not result.losses:
                    style = self._styles[row]._replace(dash=_AVERAGE_DASH)
                    name = self.tr("{0}, averaged").format(self._names[row])
                    xs = AGAINST[self._against.currentData()](result)
                    found.append(Curve(name, style, xs, result.average_losses))
        return found

    def _name_plot(self) -> None:
        names = {
            "step": self.tr("{0} of every racer against the step"),
            "evaluations": self.tr("{0} of every racer against gradient evaluations"),
            "epochs": self.tr("{0} of every racer against epochs"),
        }
        self.plot.setAccessibleName(names[self._against.currentData()].format(self._metric.currentText()))

    def _fit_choices(self) -> None:
        """Room for what is chosen, as far as a narrow column has it."""
        for choice in (self._metric, self._against, self._axis_choice):
            needed = choice.fontMetrics().horizontalAdvance(choice.currentText()) + _BESIDE_CHOICE
            choice.setMinimumWidth(min(max(needed, _LEAST_CHOICE), themes.scaled(_WIDEST_CHOICE)))

    def _choice_changed(self) -> None:
        self._fit_choices()
        self.plot.show_all()
        self._name_plot()
        self._draw()

    def _draw(self) -> None:
        self._curves = [self._curve(row, result) for row, result in enumerate(self._results)]
        self.plot.show_curves(
            self._curves,
            self._companions(),
            self._axis_choice.currentData(),
            self._against.currentData(),
            self._steps,
        )
        self._tell_scale()

    def _tell_scale(self) -> None:
        name = self.title
        text, tip = "", ""
        if self._problem:
            text = tip = self._problem
        elif self._metric.currentData() == "distance" and not len(self._minima):
            text = self.tr("no minimum of this graph is known")
        elif self.scale.name == "symlog":
            text = self.tr("symlog axis: {0} falls below 0").format(name)
            tip = self.tr("Logarithmic on both sides of 0, linear within ±{0}.").format(
                tick_text(self.scale.threshold)
            )
        elif self.scale.name == "log" and any(np.any(curve.values == 0) for curve in self._curves):
            text = self.tr("exact 0 at the lower edge")
            tip = self.tr(
                "A logarithmic axis has no 0; a {0} of exactly 0 is drawn at its lower edge."
            ).format(name)
        self._note.setText(text)
        self._note.setToolTip(tip)
        self._note.setVisible(bool(text))
