"""The path explorer: every way between two nodes, lit on the canvas, with its product and the sum of all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.paths import PathReport, bracketed, ends, explore
from gdstudio.ui.graph.scene import GraphScene
from gdstudio.ui.graph.study_bar import StudyBar


class PathBar(StudyBar):
    """Lists the paths between two nodes; the current row is lit, the row of the sum lights all."""

    def __init__(self, scene: GraphScene, parent: QWidget) -> None:
        self._scene = scene
        self._ends: tuple[str, str] | None = None
        self._report: PathReport | None = None
        super().__init__("pathBar", parent)
        label = self.tr("Paths between two nodes")
        self.name_parts(label, self.tr("path"), self.tr("local derivatives"), self.tr("product"))

    @property
    def report(self) -> PathReport | None:
        """What is in view; None while the bar is closed."""
        return self._report

    def open_between(self, a: str, b: str) -> bool:
        """Show the paths between two nodes, whichever comes first; False when there is none."""
        self._ends = ends(self._scene.graph, a, b)
        if self._ends is None:
            return False
        self.open_study()
        return True

    def refresh(self) -> None:
        """Follow an edit; without both ends or a way between them the bar closes."""
        if not self.is_open or self._ends is None:
            return
        graph = self._scene.graph
        if not set(self._ends) <= graph.nodes.keys() or ends(graph, *self._ends) != self._ends:
            self.close_study()
        else:
            super().refresh()

    def job(self) -> Callable[[], PathReport]:
        assert self._ends is not None
        trace = self._scene.trace
        seed = trace.seed if trace is not None and trace.output == self._ends[1] else None
        return partial(explore, self._scene.graph_in_view, *self._ends, seed)

    def show_failure(self, error: Exception) -> None:
        self.forget()
        super().show_failure(error)

    def show_result(self, result: PathReport) -> None:
        before = self.table.currentIndex().row() if self._same_paths(result) else -1
        self._report = result
        derivative = f"∂{result.target}/∂{result.source}"
        count = len(result.rows)
        if not count:
            text = self.tr("Between {0} and {1}:").format(result.source, result.target)
        elif count == 1:
            text = self.tr("One path leads from {0} to {1}; its product is {2} = {3}.")
            text = text.format(result.source, result.target, derivative, result.total)
        else:
            text = self.tr("{0} paths lead from {1} to {2}; their products add up to {3} = {4}.")
            text = text.format(count, result.source, result.target, derivative, result.total)
        self.sentence.setText(text)
        self.remark.setText(result.remark)
        rows = [
            (" → ".join(row.nodes), " · ".join(map(bracketed, row.factors)), row.product)
            for row in result.rows
        ]
        if count > 1:
            said = " + ".join(bracketed(row.product) for row in result.rows)
            rows.append((self.tr("sum"), said if len(said) < 60 else "", result.total))
        self.set_rows(rows, before if before >= 0 else len(rows) - 1)
        self._color()
        self._light(self.table.currentIndex().row())

    def _same_paths(self, result: PathReport) -> bool:
        old = self._report
        return old is not None and [row.wires for row in old.rows] == [row.wires for row in result.rows]

    def _color(self) -> None:
        for index in range(self.table.topLevelItemCount()):
            self.tint(index, 2, theme.current().gradient)

    def row_chosen(self, index: int) -> None:
        self._light(index)

    def _light(self, index: int) -> None:
        report = self._report
        if report is None:
            return
        if 0 <= index < len(report.rows):
            row = report.rows[index]
            self._scene.lights.rest(Light.GRADIENT, row.nodes, row.wires)
        else:
            self._scene.lights.rest(Light.GRADIENT, report.nodes, report.wires)

    def forget(self) -> None:
        self._report = None
        self._scene.lights.rest()
