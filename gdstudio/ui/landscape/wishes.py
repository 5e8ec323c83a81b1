"""What a person chooses around a landscape, as edits of the document."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from gdstudio.ui import commands
from gdstudio.ui.landscape.controls import Controls
from gdstudio.ui.landscape.levels_bar import LevelsBar
from gdstudio.ui.landscape.secant import SecantBar
from gdstudio.ui.landscape.smoothing import SmoothBar
from gdstudio.ui.session import Session


class Wishes(QObject):
    """Connects controls to the session: each choice is one undoable edit."""

    def __init__(
        self,
        session: Session,
        controls: Controls,
        smooth_bar: SmoothBar,
        secant_bar: SecantBar,
        levels_bar: LevelsBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        controls.axes_chosen.connect(self._choose_axes)
        controls.directions_chosen.connect(self._choose_directions)
        controls.seed_chosen.connect(self._choose_seed)
        controls.scale_chosen.connect(self._choose_scale)
        controls.colour_map_chosen.connect(self._choose_colour_map)
        controls.field_chosen.connect(self._choose_field)
        controls.contours.toggled.connect(lambda on: self._set(self.tr("Contours"), contours=on))
        controls.critical.toggled.connect(lambda on: self._set(self.tr("Critical points"), critical=on))
        controls.relief.toggled.connect(
            lambda on: self._set(self.tr("Relief"), view="space" if on else "plane")
        )
        controls.follow.toggled.connect(lambda on: self._set(self.tr("Follow the racer"), follow=on))
        controls.unset.triggered.connect(self._unset_starts)
        controls.smooth.toggled.connect(
            lambda on: self._set(self.tr("Blur the surface"), smoothing=smooth_bar.share if on else 0.0)
        )
        smooth_bar.share_changed.connect(self._choose_share)
        smooth_bar.slider.sliderReleased.connect(session.end_merge)
        controls.secant.toggled.connect(
            lambda on: self._set(self.tr("Secant"), secant=secant_bar.epsilon if on else None)
        )
        secant_bar.epsilon_changed.connect(self._choose_epsilon)
        secant_bar.slider.sliderReleased.connect(session.end_merge)
        levels_bar.levels_dragged.connect(
            lambda low, high: self._set(self.tr("Levels of the colours"), merge="levels", levels=(low, high))
        )
        levels_bar.drag_ended.connect(session.end_merge)
        levels_bar.reset_wanted.connect(lambda: self._set(self.tr("Levels of the colours"), levels=None))

    def _set(self, text: str, merge: str | None = None, **changes: Any) -> None:
        document = commands.set_landscape(self._session.document, **changes)
        self._session.edit(text, document, merge=None if merge is None else ("landscape", merge))

    def _choose_axes(self, axes: tuple[str, ...]) -> None:
        """Edit the axes; a coordinate that is shown already keeps its range."""
        document = self._session.document
        changed = commands.set_axes(document, axes)
        if document.landscape.ranges is not None and document.landscape.directions == "coordinates":
            known = dict(zip(*document.axes_and_ranges(), strict=True))
            _, fresh = changed.axes_and_ranges()
            changed = commands.set_ranges(
                changed, tuple(known.get(a, r) for a, r in zip(axes, fresh, strict=True))
            )
        self._session.edit(self.tr("Choose axes"), changed)

    def _choose_directions(self, kind: str) -> None:
        if kind != self._session.document.landscape.directions:
            self._session.edit(self.tr("Choose axes"), commands.set_directions(self._session.document, kind))

    def _choose_seed(self, seed: int) -> None:
        document = commands.set_directions(self._session.document, "random", seed)
        self._session.edit(self.tr("Choose directions"), document, merge=("landscape", "seed"))

    def _choose_scale(self, scale: str) -> None:
        self._set(self.tr("Choose colour scale"), scale=scale)

    def _choose_colour_map(self, name: str) -> None:
        self._set(self.tr("Choose colour map"), colour_map=name)

    def _choose_field(self, kind: str) -> None:
        self._set(self.tr("Directions of descent"), field=kind)

    def _choose_share(self, share: float) -> None:
        if self._session.document.landscape.smoothing:
            self._set(self.tr("Blur the surface"), merge="smoothing", smoothing=share)

    def _choose_epsilon(self, epsilon: float) -> None:
        if self._session.document.landscape.secant is not None:
            self._set(self.tr("Distance of the secant"), merge="secant", secant=epsilon)

    def _unset_starts(self) -> None:
        document = commands.set_starts(self._session.document, None)
        self._session.edit(self.tr("Start at the graph's point"), document)
