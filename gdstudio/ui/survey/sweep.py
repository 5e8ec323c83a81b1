"""The sweep: one racer with every pair of values of two hyper-parameters; a cell becomes a racer by a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdstudio.document.model import Document, DocumentError, RacerSettings
from gdstudio.engine import optimizers, survey
from gdstudio.engine.optimizers import GENERAL_OPTIONS, Option
from gdstudio.ui import commands
from gdstudio.ui.landscape.colour_bar import ColourBar
from gdstudio.ui.landscape.colour_scale import ColourScale, colour_table
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range, format_measured, format_value
from gdstudio.ui.session import Session
from gdstudio.ui.survey.cells import CellsPlot
from gdstudio.ui.survey.page import RacerChoice, SurveyPage, program_key
from gdstudio.ui.survey.runner import Job

_COUNTS = (8, 16, 32, 64, 128)
_MAP = "viridis"
_GENERAL = {option.name for option in GENERAL_OPTIONS}
# What is worth sweeping beside the learning rate, the likeliest first.
_SECOND = ("momentum", "beta1", "beta", "rho", "beta2", "decay")


def numbers_of(racer: RacerSettings) -> list[Option]:
    """The options of a racer's rule that a sweep can go over, the learning rate first."""
    found = [o for o in optimizers.get(racer.optimizer).options if o.is_number and o.name not in _GENERAL]
    return sorted(found, key=lambda option: option.name != "learning_rate")


def suggested_ends(racer: RacerSettings, option: Option) -> tuple[float, float]:
    """From where to where to sweep an option: around the racer's own value, within what is allowed."""
    value = float(rules.values_of(racer)[option.name])
    allowed = Range.of(option)
    if allowed.kind == "log":
        middle = value if value > 0 else 1e-3
        low, high = middle / 30.0, middle * 30.0
    elif option.low is not None and option.high is not None:
        low, high = option.low, 0.99 if option.below_high and option.high == 1 else option.high
    else:
        low, high = value - max(1.0, abs(value)), value + max(1.0, abs(value))
    return float(f"{allowed.clamped(low):.2g}"), float(f"{allowed.clamped(high):.2g}")


def _run(
    document: Document,
    racer: RacerSettings,
    options: Mapping[str, np.ndarray],
    target: float | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[survey.Sweep]:
    subject = racer.engine_racer(document.start if racer.start is None else racer.start)
    race, program = document.race, document.graph.compile()
    values = {name: numbers.tolist() for name, numbers in options.items()}
    return survey.sweep(program, subject, values, race.steps, target, race.seed, progress, cancelled)


class _Axis:
    """The choice of one option and its range."""

    def __init__(self, page: SweepPage, name: str, side: str) -> None:
        self._page = page
        self.choice = named(QComboBox(), f"sweep{name}", _tr("Hyper-parameter along {0}").format(side))
        self.choice.setMinimumContentsLength(10)
        self.low = self._field(f"sweep{name}Low", _tr("Lowest value along {0}").format(side))
        self.high = self._field(f"sweep{name}High", _tr("Highest value along {0}").format(side))
        self.choice.currentIndexChanged.connect(lambda _: self.suggest())

    def _field(self, name: str, meaning: str) -> NumberField:
        field = named(NumberField(Range("log"), 0.1), name, meaning, meaning)
        field.value_edited.connect(lambda *_: self._page.check_key())
        field.refused.connect(partial(self._page.say, wrong=True))
        return field

    @property
    def option(self) -> Option | None:
        return self.choice.currentData()

    def show_options(self, options: list[Option], chosen: str | None, none: str = "") -> None:
        with QSignalBlocker(self.choice):
            self.choice.clear()
            if none:
                self.choice.addItem(none, None)
            for option in options:
                self.choice.addItem(rules.spoken(option.name), option)
            names = [
                None if (o := self.choice.itemData(k)) is None else o.name for k in range(self.choice.count())
            ]
            self.choice.setCurrentIndex(names.index(chosen) if chosen in names else 0)
        self.suggest()

    def suggest(self) -> None:
        racer, option = self._page.racer.racer(), self.option
        for field in (self.low, self.high):
            field.setEnabled(option is not None)
        if racer is not None and option is not None:
            low, high = suggested_ends(racer, option)
            for field, value in ((self.low, low), (self.high, high)):
                field.allow(Range.of(option))
                field.set_value(value)
        self._page.check_key()

    def values(self, count: int) -> np.ndarray:
        option = self.option
        assert option is not None
        low, high = self.low.value(), self.high.value()
        if low >= high:
            name, ends = rules.spoken(option.name), (format_value(low), format_value(high))
            raise DocumentError(
                f"{name} must go from a lower to a higher value, not from {ends[0]} to {ends[1]}"
            )
        values = survey.spaced(option, low, high, count)
        # So few digits that a cell's racer, whose numbers a person reads, is exactly the one that was swept.
        digits = 4 if Range.of(option).kind == "log" else 6
        return np.array([values[0], *(float(f"{value:.{digits}g}") for value in values[1:-1]), values[-1]])


class SweepPage(SurveyPage):
    """Sweeps one racer over one or two of its hyper-parameters."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "sweep", QCoreApplication.translate("SweepPage", "Sweep"), parent)
        self._told: Any = None
        self.racer = RacerChoice(session, "sweepRacer")
        self._x, self._y = _Axis(self, "X", "x"), _Axis(self, "Y", "y")
        self._count = named(QComboBox(), "sweepCount", self.tr("Values of each"))
        for count in _COUNTS:
            self._count.addItem(f"{count} × {count}", count)
        self._count.setCurrentIndex(_COUNTS.index(32))
        self._measure = named(QComboBox(), "sweepMeasure", self.tr("What the colours show"))
        self._measure.addItem(self.tr("loss at the end"), "losses")
        self._measure.addItem(self.tr("lowest loss"), "lowest")
        self._measure.addItem(self.tr("steps to target"), "steps")
        meaning = self.tr("The loss to reach")
        self._target = named(NumberField(Range("log"), 1e-3), "sweepTarget", meaning, meaning)
        self._target.value_edited.connect(lambda *_: self.check_key())
        self._target.refused.connect(partial(self.say, wrong=True))
        self._build_head()
        self.plot = named(CellsPlot(), "sweepPlot", self.tr("The outcome for every pair of values"))
        self.bar = named(ColourBar(), "sweepColourBar", self.tr("Colour bar of outcomes"))
        self._words = named(QLabel(), "sweepReadout", self.tr("The outcome of one cell"))
        self._words.setMinimumHeight(self.fontMetrics().height() + 4)
        picture = QWidget()
        row = QHBoxLayout(picture)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.plot, 1)
        row.addWidget(self.bar)
        self.body.addWidget(picture, 1)
        self.body.addWidget(self._words)
        self.invite(
            picture,
            self.tr(
                "A cell for every pair of values, coloured by how a race with them ends; a click makes a racer of it.\n"
                "Press “Sweep”."
            ),
        )
        self._count.currentIndexChanged.connect(lambda _: self.check_key())
        self._measure.currentIndexChanged.connect(self._change_measure)
        self.racer.currentIndexChanged.connect(lambda _: self._show_options())
        self.plot.pointed.connect(self._point)
        self.plot.chosen.connect(self._choose)
        self.plot.box.sigResized.connect(lambda *_: self._fit_bar())
        self._show_options()
        self._change_measure()
        self.dress()

    def _build_head(self) -> None:
        lines = QVBoxLayout()
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(6)
            lines.addLayout(line)
        first.addWidget(QLabel(self.tr("Race")))
        first.addWidget(self.racer)
        first.addWidget(QLabel(self.tr("over")))
        first.addWidget(self._count)
        first.addStretch(1)
        first.addWidget(QLabel(self.tr("Colours")))
        first.addWidget(self._measure)
        first.addWidget(self._target)
        for text, axis in ((self.tr("x"), self._x), (self.tr("y"), self._y)):
            second.addWidget(QLabel(text))
            second.addWidget(axis.choice)
            second.addWidget(axis.low)
            second.addWidget(QLabel(self.tr("to")))
            second.addWidget(axis.high)
            if axis is self._x:
                second.addSpacing(10)
        second.addStretch(1)
        self.head.addLayout(lines, 1)

    def follow(self) -> None:
        self.racer.follow()
        racer = self.racer.racer()
        if racer is not None and racer.optimizer != self._told:
            self._show_options()

    def _show_options(self) -> None:
        racer = self.racer.racer()
        self._told = None if racer is None else racer.optimizer
        options = [] if racer is None else numbers_of(racer)
        names = [option.name for option in options]
        second = next((name for name in (*_SECOND, *names[1:]) if name in names[1:]), None)
        self._x.show_options(options, names[0] if names else None)
        self._y.show_options(options, second, none=self.tr("nothing"))

    def _options(self) -> dict[str, np.ndarray]:
        x, y, count = self._x.option, self._y.option, self._count.currentData()
        if x is None:
            raise DocumentError("there is no hyper-parameter to sweep; choose a racer that has one")
        if y is not None and x.name == y.name:
            raise DocumentError("both axes are the same hyper-parameter; choose two, or nothing for y")
        found = {x.name: self._x.values(count)}
        return found if y is None else found | {y.name: self._y.values(count)}

    def _aim(self) -> float | None:
        return self._target.value() if self._measure.currentData() == "steps" else None

    def job(self) -> Job:
        racer = self.racer.racer()
        if racer is None:
            raise DocumentError("there is no racer to sweep; add one first")
        document, options, target = self._session.document, self._options(), self._aim()
        return lambda progress, cancelled: _run(document, racer, options, target, progress, cancelled)

    def key(self) -> Any:
        racer = self.racer.racer()
        if racer is None:
            raise DocumentError("there is nothing to sweep")
        document, options = self._session.document, self._options()
        kept = {name: value for name, value in racer.options.items() if name not in options}
        told = racer.plain(enabled=True, options=kept)
        start = document.start if racer.start is None else racer.start
        values = {name: tuple(numbers) for name, numbers in options.items()}
        return program_key(document), told, start, values, self._aim()

    def _change_measure(self, *_: Any) -> None:
        self._target.setVisible(self._measure.currentData() == "steps")
        self.check_key()
        self.show_result()

    # The result

    def _outcome(self) -> np.ndarray:
        """What the colours show, (columns, rows); not finite where there is none."""
        result, what = self.result, self._measure.currentData()
        if what == "steps" and result.steps is not None:
            values = np.where(result.steps == survey.NEVER, np.nan, result.steps.astype(float))
        elif what == "lowest":
            values = np.where(np.isfinite(result.lowest), result.lowest, np.nan)
        else:
            values = np.where(result.diverged, np.nan, result.losses)
        return values if values.ndim == 2 else values[:, None]

    def _scale(self, values: np.ndarray) -> ColourScale:
        """The colours of the cells.

        No racer's lowest loss lies above its first. What ends higher has no colours of its own: a few racers about to
        diverge would leave one colour to all that came down.
        """
        if self._measure.currentData() == "steps":
            return ColourScale.of(values, "linear")
        finite, lowest = values[np.isfinite(values)], self.result.lowest
        low, high = finite.min(initial=np.inf), np.max(lowest, where=np.isfinite(lowest), initial=-np.inf)
        ends = (float(low), float(high)) if low < high < finite.max(initial=-np.inf) else None
        return ColourScale.of(values, "log", ends)

    def show_result(self) -> None:
        result = self.result
        if result is None:
            self.plot.clear_cells()
            self.bar.show_scale(None, _MAP)
            self._words.setText("")
            return
        values = self._outcome()
        scale = self._scale(values)
        self.plot.show_cells(colour_table(_MAP)[scale.indices(values)])
        self.bar.show_scale(scale, _MAP)
        names = [rules.spoken(name) for name in result.names]
        ys = result.values[1] if len(names) == 2 else np.zeros(1)
        self.plot.show_axes((names[0], names[1] if len(names) == 2 else ""), result.values[0], ys)
        best = None
        if np.isfinite(values).any():
            i, j = np.unravel_index(int(np.nanargmin(values)), values.shape)
            best = int(i), int(j)
        self.plot.mark(best)
        self._fit_bar()
        self._point(None)

    def dress(self, *_: Any) -> None:
        super().dress()
        if hasattr(self, "plot"):
            self.plot.dress()
            self.bar.update()
            self.show_result()

    def summary(self) -> str:
        values = self._outcome()
        if not np.isfinite(values).any():
            return self.tr("No setting came to a finite loss.")
        cell = np.unravel_index(int(np.nanargmin(values)), values.shape)
        told = self._setting((int(cell[0]), int(cell[1])))
        return self.tr("Best: {0}. Click a cell: race it.").format(_said(told))

    def _setting(self, cell: tuple[int, int]) -> dict[str, float]:
        result = self.result
        return {name: float(v[k]) for name, v, k in zip(result.names, result.values, cell, strict=False)}

    def _point(self, cell: tuple[int, int] | None) -> None:
        result = self.result
        if result is None or cell is None:
            legend = self.tr("★ the best cell; cells without a colour diverged or did not get there")
            self._words.setText(legend if result is not None else "")
            return
        place = cell[: len(result.names)]
        words = [_said(self._setting(cell))]
        if result.diverged[place]:
            words.append(self.tr("diverges"))
        else:
            words.append(self.tr("loss at the end {0}").format(format_measured(float(result.losses[place]))))
        words.append(self.tr("lowest {0}").format(format_measured(float(result.lowest[place]))))
        if result.steps is not None:
            steps = int(result.steps[place])
            words.append(
                self.tr("never at the target")
                if steps == survey.NEVER
                else self.tr("target after %n step(s)", "", steps)
            )
        self._words.setText(", ".join(words))

    def _choose(self, i: int, j: int) -> None:
        """Add the racer of a cell below the one that was swept."""
        racer, row = self.racer.racer(), self.racer.currentIndex()
        if self.result is None or racer is None:
            return
        told = self._setting((i, j))
        document = self._session.document
        added = racer.replace(
            name=edits.free_name(document, f"{rules.short_title(racer.optimizer)} {_short(told)}"),
            options={**racer.options, **told},
            color=None,
            style=None,
        )
        text = self.tr("Add racer {0}").format(added.label)
        self._session.edit(text, commands.add_racer(document, added, row + 1))

    def _fit_bar(self) -> None:
        """Make the colour bar as tall as the picture."""
        rect = self.plot.box.mapRectToScene(self.plot.box.rect())
        self.bar.set_margins(rect.top(), self.plot.height() - rect.bottom())


def _said(told: Mapping[str, float]) -> str:
    return ", ".join(f"{rules.spoken(name)} {format_value(value)}" for name, value in told.items())


def _short(told: Mapping[str, float]) -> str:
    return " ".join(format_value(value) for value in told.values())


def _tr(text: str) -> str:
    return QCoreApplication.translate("SweepPage", text)
