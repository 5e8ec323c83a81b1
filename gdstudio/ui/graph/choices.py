"""What the palette is opened for: adding a node, changing an operation, choosing where a wire goes."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPointF

from gdstudio.ui.graph import edits
from gdstudio.ui.graph.actions import GraphActions
from gdstudio.ui.graph.framing import Framing
from gdstudio.ui.graph.notices import Notices
from gdstudio.ui.graph.palette import NodePalette
from gdstudio.ui.graph.scene import GraphScene, Port
from gdstudio.ui.graph.search import Entry, EntryKind, entries, template_entries
from gdstudio.ui.graph.view import GraphView


class Choices(QObject):
    """Opens the palette with the right entries and does what is chosen."""

    def __init__(
        self,
        palette: NodePalette,
        view: GraphView,
        scene: GraphScene,
        framing: Framing,
        actions: GraphActions,
        notices: Notices,
    ) -> None:
        super().__init__(palette)
        self._palette, self._view, self._scene, self._actions = palette, view, scene, actions
        self._framing, self._notices = framing, notices
        self._refusal = ""
        self._chosen: Callable[[Entry], object] | None = None
        self._subject: str | None = None
        palette.chosen.connect(self._choose)
        actions.refused.connect(self._note_refusal)

    def _open(
        self,
        point: QPointF,
        title: str,
        known: Sequence[Entry],
        chosen: Callable[[Entry], object],
        spelled: Container[EntryKind] = (),
        subject: str | None = None,
    ) -> None:
        self._chosen, self._subject = chosen, subject
        self._palette.open_at(self._view.mapFromScene(point), title, known, spelled)

    def follow(self) -> None:
        """Close the palette when an undo has taken away the node that it is about."""
        if self._subject is not None and self._subject not in self._scene.nodes:
            self._palette.close_palette()

    def _note_refusal(self, sentence: str) -> None:
        self._refusal = sentence

    def _choose(self, entry: Entry) -> None:
        chosen, self._refusal = self._chosen, ""
        if chosen is None:
            return
        chosen(entry)
        if self._refusal and entry.kind in ("value", "formula"):
            # What was typed is not lost, and the sentence stands beside it.
            self._notices.clear()
            self._palette.ask_again(self._refusal)

    def add(self, point: QPointF) -> None:
        """A node, a number or a formula at `point`."""
        self._open(
            point,
            self.tr("Add a node"),
            [*entries(), *template_entries()],
            partial(self._add, point, None),
            ("value", "formula"),
        )

    def add_wired(self, point: QPointF, wire: Port) -> None:
        """A node at `point` that can be wired to a port."""
        if wire.is_output:
            graph = self._scene.graph
            known = [entry for entry in entries() if edits.takes(graph, wire.node, entry.key)]
            if wire.node in graph.shapes:
                known += template_entries(graph.shapes[wire.node])
            title = self.tr("Add a node fed by {0}").format(wire.node)
            self._open(point, title, known, partial(self._add, point, wire), subject=wire.node)
        else:
            title = self.tr("Add a node that feeds {0}").format(wire.node)
            self._open(
                point, title, entries(), partial(self._add, point, wire), ("value",), subject=wire.node
            )

    def _add(self, point: QPointF, wire: Port | None, entry: Entry) -> None:
        if entry.kind == "template":
            source = wire.node if wire is not None else None
            self._framing.show_added(self._actions.add_template(entry.key, point, entry.number, source))
        elif entry.kind == "formula":
            self._framing.show_added(self._actions.add_formula(entry.key, point))
        elif entry.kind == "value":
            self._actions.add_value(entry.op, point, entry.value, entry.key or None, wire)
        else:
            self._actions.add(entry.key, point, wire)

    def add_template(self, point: QPointF) -> None:
        """A template around `point`."""
        self._open(point, self.tr("Insert a template"), template_entries(), partial(self._add, point, None))

    def change_operation(self, id: str) -> None:
        """Another operation for a node."""
        title = self.tr("Change the operation of {0}").format(id)
        center = self._scene.nodes[id].scene_body().center()
        self._open(
            center,
            title,
            entries(),
            lambda entry: self._actions.set_operation(id, entry.key),
            subject=id,
        )

    def connect_output(self, id: str) -> None:
        """The input that the output of a node is wired to, from all that fit; open ones come first."""
        nodes = self._scene.graph.nodes
        known = []
        for target, slots in self._actions.fitting_ports(Port(id, -1)).items():
            face = self._scene.nodes[target].face
            inputs = nodes[target].inputs
            for slot in sorted(slot for slot in slots if slot >= len(inputs) or inputs[slot] != id):
                category = self.tr("wired") if face.wired[slot] else self.tr("open")
                title = f"{target} · {face.slots[slot]}"
                known.append(
                    (face.wired[slot], Entry("target", f"{target} {slot}", title, face.symbol, "", category))
                )
        known.sort(key=lambda ranked: ranked[0])
        title = self.tr("Connect {0} to").format(id)
        chosen = partial(self._connect, id)
        self._open(self._scene.nodes[id].port(-1), title, [entry for _, entry in known], chosen, subject=id)

    def _connect(self, source: str, entry: Entry) -> None:
        target, slot = entry.key.rsplit(" ", 1)
        if target in self._scene.nodes:
            self._actions.connect_ports(source, target, int(slot))
