"""Where the nodes of a graph come to stand in view: layout and framing, by themselves until a hand touches the graph."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QSize, QTimer

from gdstudio.engine.graph import Graph
from gdstudio.engine.structure import Structure
from gdstudio.ui.graph import edits
from gdstudio.ui.graph.arranging import Arranger
from gdstudio.ui.graph.layout import Point
from gdstudio.ui.graph.places import AT_ONCE

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor

_DEFAULT_VIEW = (640.0, 600.0)


class Framing(QObject):
    """Lays out and frames the graph of an editor."""

    def __init__(self, editor: GraphEditor) -> None:
        super().__init__(editor)
        self._editor, self._session = editor, editor.session
        self._scene, self._view = editor.scene, editor.view
        self._arranger = Arranger(self._scene, self)
        self._fresh = True
        # At which scale which nodes were framed last, and where they stood; their values do not matter.
        self._framed: tuple[float, Structure, Mapping[str, Point]] | None = None
        self._follow = QTimer(self, singleShot=True, interval=0)
        self._follow.timeout.connect(self.arrange_fresh)
        self._view.touched.connect(self.touch)
        self._view.resized.connect(self._follow_size)
        self._scene.wiring.led.connect(self._follow_wires)

    @property
    def view_size(self) -> tuple[float, float]:
        """Width and height in which the whole graph should be readable."""
        size = self._view.viewport().size()
        return (float(size.width()), float(size.height())) if self._editor.isVisible() else _DEFAULT_VIEW

    def begin(self) -> None:
        """Another graph comes, which no hand has touched."""
        self._fresh = True

    def touch(self) -> None:
        """A hand has done something: nothing is laid out or framed by itself from now on."""
        if self._follow.isActive():
            self._follow.stop()
            self.arrange_fresh()
        self._fresh = False

    def _follow_size(self, before: QSize) -> None:
        """Arrange an untouched graph for the new size; keep any other whole that was, and framed until its nodes change."""
        if self._fresh:
            self._follow.start()
            return
        bounds = self._scene.bounds()
        if self._view.shows(bounds, before):
            as_framed = self._framed == self._now()
            if as_framed or not self._view.shows(bounds):
                self.frame_all()

    def arrange_anew(self) -> None:
        """Lay out and frame as when a document is opened: an edit has put another graph here."""
        self._fresh = True
        self.arrange_fresh()

    def follow_formula(self, before: Graph) -> None:
        """Show the whole of a graph that is typed on an empty canvas, until a hand touches it."""
        if not before.nodes:
            self.arrange_anew()
        else:
            self.arrange_fresh()

    def arrange_fresh(self) -> None:
        """While nobody has touched the graph, its layout and framing follow the size of the view."""
        if not self._fresh:
            return
        if any(node.pos is None for node in self._session.document.graph.nodes.values()):
            self._scene.lay_out_again(self.view_size)
            self.ask_for_layout()
            self._editor.minimap.draw_anew()
        self.frame_all()

    def ask_for_layout(self) -> None:
        """Have hundreds of nodes laid out that stand in plain columns until then."""
        rough = self._scene.placing.rough
        if rough:
            ids = [id for id in self._session.document.graph.nodes if id in rough]
            self._arranger.ask(self.view_size, self._take_layout, ids)

    def _take_layout(self, places: Mapping[str, Point]) -> None:
        before, middle = self._scene.places(), self._view.viewport().rect().center()
        center = self._view.mapToScene(middle)
        self._scene.take_layout(places)
        if not self._fresh and before.keys() == places.keys():
            # A hand has chosen what is in view: what stood in the middle stays there.
            place = edits.beside((center.x(), center.y()), before, self._scene.places())
            self._view.centerOn(QPointF(*place))
        self._follow_wires()

    def _follow_wires(self) -> None:
        """Hundreds of nodes or wires have come to their places."""
        self._editor.minimap.draw_anew()
        if self._fresh:
            self.frame_all()

    def frame_all(self) -> None:
        """Show the whole graph."""
        self._view.frame(self._scene.bounds())
        self._framed = self._now()

    def _now(self) -> tuple[float, Structure, Mapping[str, Point]]:
        return self._view.scale_now, self._session.document.graph.structure, self._scene.places()

    def show_added(self, ids: Collection[str]) -> None:
        """Show the whole graph where some of these new nodes would lie out of sight."""
        if ids and not self._view.shows(self._scene.bounds(ids)):
            self.frame_all()

    def frame_selection(self) -> None:
        """Show the selected nodes, or all."""
        self._view.frame(self._scene.bounds(self._scene.selected_nodes() or None))

    def auto_layout(self) -> None:
        """Arrange all nodes in layers and show them."""
        self.touch()
        if len(self._scene.nodes) > AT_ONCE:
            self._arranger.ask(self.view_size, self._arrange)
            return
        self._editor.actions_.lay_out(self.view_size)
        self.frame_all()

    def _arrange(self, places: Mapping[str, Point]) -> None:
        self._editor.actions_.arrange(places)
        self.frame_all()

    def close(self) -> None:
        """Stop computing for good."""
        self._arranger.close()
