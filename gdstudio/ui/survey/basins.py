"""The basin map: which minimum one racer reaches from every point of the surface, and how soon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gdstudio import engine
from gdstudio.document.model import Document, DocumentError, RacerSettings, Range
from gdstudio.engine import survey
from gdstudio.ui import theme as themes
from gdstudio.ui.landscape import starts
from gdstudio.ui.landscape.lens import Lens
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured, format_point
from gdstudio.ui.session import Session
from gdstudio.ui.survey.cells import CellsPlot
from gdstudio.ui.survey.page import RacerChoice, SurveyPage, program_key, region_in_view
from gdstudio.ui.survey.runner import Job

_RESOLUTIONS = (64, 128, 256, 512)
_MOST_LISTED = 12
_DARKEST = 0.45
# The slowest starts would leave all others one shade of light.
_SLOWEST = 0.95


def basin_colours(result: survey.Basins) -> np.ndarray:
    """A colour for each start, RGBA uint8 (columns, rows, 4): its minimum's, the darker the longer it takes."""
    theme = themes.current()
    basin, steps = _in_plane(result.basin), _in_plane(result.steps)
    goals = [goal_colour(number) for number in range(len(result.goals))]
    palette = np.array(
        [_rgb(c) for c in (*goals, theme.background, theme.line)]
    )  # -2 and -1 count from the end
    colours = palette[basin].astype(float)
    there = steps[basin >= 0]
    longest = max(1.0, float(np.quantile(there, _SLOWEST))) if there.size else 1.0
    light = 1.0 - (1.0 - _DARKEST) * np.clip(steps / longest, 0.0, 1.0)
    colours = np.where((basin >= 0)[..., None], colours * light[..., None], colours)
    return np.concatenate([colours, np.full((*basin.shape, 1), 255.0)], axis=-1).astype(np.uint8)


def goal_colour(number: int) -> QColor:
    """The colour of a minimum by its number in the result."""
    colours = themes.current().racer_colors
    return colours[(number + 1) % len(colours)]


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _in_plane(values: np.ndarray) -> np.ndarray:
    """Values over one axis as a strip of one row."""
    return values if values.ndim == 2 else values[:, None]


def _run(
    document: Document,
    racer: RacerSettings,
    region: tuple[tuple[str, ...], tuple[Range, ...]],
    resolution: int,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[survey.Basins]:
    landscape = engine.Landscape(document.graph.compile(), *region)
    race = document.race
    subject = racer.engine_racer(document.start)
    return survey.basins(
        landscape, subject, race.steps, resolution, race.seed, progress=progress, cancelled=cancelled
    )


class BasinsPage(SurveyPage):
    """Maps the basins of one racer's rule; a click starts the racer there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, "basins", QCoreApplication.translate("BasinsPage", "Map the basins"), parent
        )
        self._region: tuple[tuple[str, ...], tuple[Range, ...]] | None = None
        self.racer = RacerChoice(session, "basinsRacer")
        self._resolution = named(QComboBox(), "basinsResolution", self.tr("Starts along each axis"))
        for count in _RESOLUTIONS:
            self._resolution.addItem(f"{count} × {count}", count)
        self._resolution.setCurrentIndex(_RESOLUTIONS.index(256))
        self.head.addWidget(QLabel(self.tr("Race")))
        self.head.addWidget(self.racer)
        self.head.addWidget(QLabel(self.tr("from")))
        self.head.addWidget(self._resolution)
        self.head.addWidget(QLabel(self.tr("points of the surface in view")), 1)
        self.plot = named(CellsPlot(), "basinsPlot", self.tr("Where the racer ends from every start"))
        self._legend = named(QLabel(), "basinsLegend", self.tr("The minima that were reached"))
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self._legend.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._legend.setFixedWidth(230)
        self._words = named(QLabel(), "basinsReadout", self.tr("What a start leads to"))
        self._words.setMinimumHeight(self.fontMetrics().height() + 4)
        row = QHBoxLayout()
        row.addWidget(self.plot, 1)
        row.addWidget(self._legend)
        self.body.addLayout(row, 1)
        self.body.addWidget(self._words)
        self.invite(
            self.plot,
            self.tr(
                "Which minimum is reached from every point of the surface: one colour for each, darker where it takes "
                "more steps.\nPress “Map the basins”."
            ),
        )
        self.racer.currentIndexChanged.connect(lambda _: self.check_key())
        self.plot.pointed.connect(self._point)
        self.plot.chosen.connect(self._choose)
        self.dress()
        self.show_result()

    def follow(self) -> None:
        self.racer.follow()

    def job(self) -> Job:
        racer = self.racer.racer()
        if racer is None:
            raise DocumentError("there is no racer to map; add one first")
        document = self._session.document
        self._region = region_in_view(self._session)
        region, count = self._region, self._resolution.currentData()
        return lambda progress, cancelled: _run(document, racer, region, count, progress, cancelled)

    def key(self) -> Any:
        racer = self.racer.racer()
        if racer is None or self._region is None:
            raise DocumentError("there is nothing to map")
        told = racer.plain(start=None, enabled=True)
        return program_key(self._session.document, self._region[0]), told

    def show_result(self) -> None:
        result = self.result
        if result is None or self._region is None:
            self.plot.clear_cells()
            self._legend.setText("")
            self._words.setText("")
            return
        axes = self._region[0]
        flat = np.zeros(1) if len(axes) == 1 else result.positions[1]
        self.plot.show_cells(basin_colours(result))
        self.plot.show_axes((axes[0], axes[1] if len(axes) == 2 else ""), result.positions[0], flat)
        self._legend.setText(self._legend_html(result))

    def dress(self, *_: Any) -> None:
        super().dress()
        if hasattr(self, "plot"):
            self.plot.dress()
            self.show_result()

    def summary(self) -> str:
        reached = sum(goal.share for goal in self.result.goals)
        steps = self._session.document.race.steps
        words = self.tr(
            "{0:.1%} of all starts reach a minimum within %n step(s). Click: start there.", "", steps
        )
        return words.format(reached)

    def _legend_html(self, result: survey.Basins) -> str:
        theme = themes.current()
        rows = [
            _entry(
                goal_colour(number),
                f"{format_point(goal.point)}<br>{self.tr('loss')} {format_measured(goal.value, 4)}"
                + (self.tr(", a floor") if goal.floor else "")
                + f", {goal.share:.1%}",
            )
            for number, goal in enumerate(result.goals[:_MOST_LISTED])
        ]
        hidden = len(result.goals) - len(rows)
        if hidden > 0:
            rows.append(_entry(None, self.tr("and %n more minima", "", hidden)))
        for number, colour, words in (
            (survey.ELSEWHERE, theme.line, self.tr("still on its way, or held up")),
            (survey.DIVERGED, theme.background, self.tr("diverged")),
        ):
            share = float(np.mean(result.basin == number))
            if share > 0:
                rows.append(_entry(colour, f"{words}, {share:.1%}"))
        note = self.tr("Darker: more steps")
        muted = theme.muted.name()
        return f"<table cellspacing=3>{''.join(rows)}</table><p style='color:{muted}'>{note}</p>"

    def _point(self, cell: tuple[int, int] | None) -> None:
        result = self.result
        if result is None or cell is None:
            self._words.setText("")
            return
        goal, steps = int(_in_plane(result.basin)[cell]), int(_in_plane(result.steps)[cell])
        start = format_point(self._place(cell))
        if goal >= 0:
            end, value = format_point(result.goals[goal].point), format_measured(result.goals[goal].value, 4)
            words = self.tr("{0} → {1} in %n step(s), loss {2}", "", steps).format(start, end, value)
        elif goal == survey.DIVERGED:
            words = self.tr("{0} → diverges").format(start)
        else:
            words = self.tr("{0} → at no minimum by the last step").format(start)
        self._words.setText(words)

    def _place(self, cell: tuple[int, int]) -> tuple[float, ...]:
        return tuple(float(p[k]) for p, k in zip(self.result.positions, cell, strict=False))

    def _choose(self, i: int, j: int) -> None:
        """The racer starts at the cell; the map stays, since it does not depend on the start."""
        row = self.racer.currentIndex()
        if self.result is None or self._region is None or row < 0:
            return
        document = starts.with_starts(
            self._session.document, (row,), Lens(self._region[0]), self._place((i, j))
        )
        self._session.edit(self.tr("Place start"), document)
        self._session.select_racer(row)


def _entry(colour: QColor | None, words: str) -> str:
    patch = "" if colour is None else f" bgcolor='{colour.name()}'"
    return f"<tr><td width=14{patch}>&nbsp;</td><td style='padding-left: 4px'>{words}</td></tr>"
