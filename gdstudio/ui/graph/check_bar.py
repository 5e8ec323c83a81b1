"""Numerical beside analytic gradient: a table of all leaves, on demand, with the relative error of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtWidgets import QWidget

from gdstudio.engine import EngineError
from gdstudio.engine.gradcheck import STEPS, GradientCheck, LeafCheck, check_gradients
from gdstudio.engine.graph import Graph
from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.paths import text
from gdstudio.ui.graph.scene import GraphScene
from gdstudio.ui.graph.study_bar import StudyBar
from gdstudio.ui.seeds import weighted

# Central differences evaluate the graph twice for each number and step: thousands of numbers take seconds.
_MOST_NUMBERS = 2000


class CheckBar(StudyBar):
    """Lists the parameters of the graph with both gradients; choosing a row selects its node."""

    def __init__(self, scene: GraphScene, parent: QWidget) -> None:
        self._scene = scene
        self._names: list[str] = []
        super().__init__("checkBar", parent)
        label = self.tr("Numerical beside analytic gradient")
        self.name_parts(
            label,
            self.tr("parameter"),
            self.tr("analytic"),
            self.tr("numerical"),
            self.tr("relative error"),
            self.tr("verdict"),
        )

    def refusal(self) -> str | None:
        """Why the graph cannot be checked, None when it can."""
        graph = self._scene.graph
        if graph.output is None:
            return self.tr("A gradient needs an output: choose the node that is the loss and press O.")
        if not graph.parameters:
            return self.tr("The graph has no parameter; a gradient is checked for parameters.")
        count = _count(graph)
        if count > _MOST_NUMBERS:
            return self.tr(
                "{0} numbers are too many for central differences; at most {1} are checked."
            ).format(count, _MOST_NUMBERS)
        return None

    def refresh(self) -> None:
        if self.is_open and self.refusal() is not None:
            self.close_study()
        else:
            super().refresh()

    def job(self) -> Callable[[], GradientCheck | EngineError]:
        trace = self._scene.trace
        seed = None if trace is None or trace.seed is None or trace.seed.size == 1 else trace.seed
        return partial(_check, self._scene.graph_in_view, seed)

    def show_failure(self, error: Exception) -> None:
        self._names = []
        super().show_failure(error)

    def show_result(self, result: GradientCheck) -> None:
        self._names = [row.name for row in result]
        before = max(self.table.currentIndex().row(), 0)
        self.sentence.setText(self._verdict(result))
        count = _count(self._scene.graph)
        self.remark.setText(
            self.tr(
                "Reverse mode gives all {0} numbers in 1 pass, forward mode needs {0}, central differences"
                " (f(x + h) − f(x − h)) / 2h need {1} evaluations."
            ).format(count, 2 * count)
        )
        self.set_rows([self._texts(row) for row in result], before)
        colors = theme.current()
        for index, row in enumerate(result):
            verdict = {"agrees": colors.good, "kink": colors.warning, "differs": colors.error}
            self.tint(index, 1, colors.gradient)
            self.tint(index, 4, verdict[row.verdict])

    def _verdict(self, result: GradientCheck) -> str:
        odd = [row.name for row in result if row.verdict == "differs"]
        if odd:
            return self.tr("The two gradients differ for {0}.").format(", ".join(odd))
        kinks = [row.name for row in result if row.verdict == "kink"]
        if kinks:
            return self.tr(
                "{0}: the slopes to the left and to the right differ; there is no gradient at a kink."
            ).format(", ".join(kinks))
        return self.tr("Both gradients agree for every parameter.")

    def _texts(self, row: LeafCheck) -> tuple[str, ...]:
        words = {"agrees": self.tr("✓ agrees"), "kink": self.tr("∧ kink"), "differs": self.tr("✗ differs")}
        error = "0" if row.error == 0 else numbers.short(row.error, 2)
        return row.name, _long(row.analytic), _long(row.numerical), error, words[row.verdict]

    def row_chosen(self, index: int) -> None:
        if 0 <= index < len(self._names) and self._names[index] in self._scene.nodes:
            self._scene.select([self._names[index]])


def _check(graph: Graph, seed: np.ndarray | None) -> GradientCheck | EngineError:
    try:
        return check_gradients(weighted(graph, seed), steps=STEPS)
    except EngineError as error:
        return error


def _count(graph: Graph) -> int:
    """How many numbers the parameters have."""
    values = (graph.nodes[id].value for id in graph.parameters)
    return sum(value.size for value in values if value is not None)


def _long(array: np.ndarray) -> str:
    """A single number with enough digits to see the error; lists as elsewhere."""
    return numbers.short(float(array), 10) if np.ndim(array) == 0 else text(array)
