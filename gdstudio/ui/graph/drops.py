"""What is dropped on the canvas: operations from the shelf, also into a wire, and tables from the desktop."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF

from gdstudio.engine.ops import operations
from gdstudio.ui.dragged import TABLES, dragged_file
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.actions import GraphActions
from gdstudio.ui.graph.csv_loading import TableLoading
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.scene import GraphScene
from gdstudio.ui.graph.shelf import OPERATION_MIME
from gdstudio.ui.graph.view import GraphView


class Drops:
    """Takes what is dragged over a view."""

    def __init__(
        self, view: GraphView, scene: GraphScene, actions: GraphActions, tables: TableLoading
    ) -> None:
        self._view, self._scene, self._actions, self._tables = view, scene, actions, tables

    def can_drop(self, data: QMimeData) -> bool:
        """Whether an operation or a table is dragged."""
        return data.hasFormat(OPERATION_MIME) or dragged_file(data, TABLES) is not None

    def drag_over(self, data: QMimeData, point: QPointF) -> None:
        """Light what would take the load here: the wire for an operation, the leaf for a table."""
        if dragged_file(data, TABLES) is not None:
            leaf = self._leaf_below(point)
            self._scene.lights.show(Light.VALUE, nodes=[] if leaf is None else [leaf])
            return
        wire = self._wire_below(_operation_in(data), point)
        self._scene.lights.show(Light.VALUE, wires=[] if wire is None else [wire])

    def drop(self, data: QMimeData, point: QPointF) -> bool:
        """Add the operation that was dragged here, into the wire below it if there is one; or load the table."""
        self._scene.lights.show()
        table = dragged_file(data, TABLES)
        if table is not None:
            self._tables.load(table, self._leaf_below(point))
            return True
        op = _operation_in(data)
        if op not in operations:
            return False
        wire = self._wire_below(op, point)
        if wire is None:
            return self._actions.add(op, point) is not None
        return self._actions.add_into(op, point, wire) is not None

    def _leaf_below(self, point: QPointF) -> str | None:
        item = self._scene.node_at(point)
        return item.id if item is not None and self._actions.document.graph.nodes[item.id].is_leaf else None

    def _wire_below(self, op: str, point: QPointF) -> tuple[str, int] | None:
        if op not in operations or not operations[op].arity:
            return None
        item = self._scene.wire_at(point, self._view.reach(geometry.INSERT_REACH))
        return None if item is None else item.key


def _operation_in(data: QMimeData) -> str:
    """The name of the operation that is dragged."""
    return bytes(data.data(OPERATION_MIME).data()).decode(errors="replace")
