"""What a hand can do to the graph: each action makes one edit of the session, or says in one sentence why
not.

Mouse interactions, keys, menus and the palette all end here, so every way to do a thing does the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QObject, QPointF, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QApplication

from gdstudio.document.model import Document, DocumentError
from gdstudio.engine import EngineError
from gdstudio.ui import commands
from gdstudio.ui.aside import aside_if
from gdstudio.ui.commands import CommandError, Point
from gdstudio.ui.graph import clipboard, edits, marks, templates
from gdstudio.ui.graph.faces import sentence, slot_count
from gdstudio.ui.graph.geometry import GRID, NODE_HEIGHT, NODE_WIDTH, snapped
from gdstudio.ui.graph.mark_items import NOTE_SIZE, FrameItem, NoteItem
from gdstudio.ui.graph.marks import Key
from gdstudio.ui.graph.pasting import bodies_of, framed, with_copies
from gdstudio.ui.graph.room import free_shift
from gdstudio.ui.graph.scene import GraphScene, Port
from gdstudio.ui.session import Session

# So many nodes are written, and so many letters read, in some hundredths of a second; more of them off the GUI thread.
_AT_ONCE = 300
_AT_ONCE_LETTERS = 50_000
_NODE_SIZE = QSizeF(NODE_WIDTH, NODE_HEIGHT)


class GraphActions(QObject):
    """The edits of the graph editor. `refused` carries the sentence when one cannot be made."""

    refused = Signal(str)

    def __init__(self, session: Session, scene: GraphScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scene = scene
        self._opened = 0  # so many other documents have come
        session.document_opened.connect(self._count_document)

    def _count_document(self) -> None:
        self._opened += 1

    @property
    def document(self) -> Document:
        return self._session.document

    def _edit(self, text: str, document: Document, select: Iterable[str] | None = None) -> None:
        self._session.edit(text, document)
        if select is not None:
            self._scene.select(id for id in select if id in self._scene.nodes)

    def _pinned(self) -> Document:
        """The document with all places written down: edits of the structure must not move anything."""
        return edits.pinned(self.document, self._scene.places())

    # Wires

    def connect_ports(
        self, source: str, target: str, slot: int, instead_of: tuple[str, int] | None = None
    ) -> bool:
        """Wire `source` to an input; `instead_of` names a wire that is taken away in the same step."""
        document = self._pinned()
        if instead_of is not None:
            document = edits.disconnected(document, [instead_of])
        try:
            document = edits.connected(document, source, target, slot)
        except (CommandError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return False
        self._edit(self.tr("Connect {0} to {1}").format(source, target), document)
        return True

    def connect_nodes(self, source: str, target: str) -> bool:
        """Wire `source` to the first input of `target` that is open and fits, else the other way round."""
        for a, b in ((source, target), (target, source)):
            item = self._scene.nodes[b]
            for slot in range(item.ports):
                if not item.face.wired[slot] and edits.refusal(self.document, a, b, slot) is None:
                    return self.connect_ports(a, b, slot)
        self.refused.emit(self.tr("No open input of {0} or {1} takes the other.").format(source, target))
        return False

    def refusal(
        self, source: str, target: str, slot: int, instead_of: tuple[str, int] | None = None
    ) -> str | None:
        """Why `connect_ports` would be refused."""
        document = self.document if instead_of is None else edits.disconnected(self.document, [instead_of])
        return edits.refusal(document, source, target, slot)

    def fitting_ports(
        self, port: Port, instead_of: tuple[str, int] | None = None
    ) -> dict[str, frozenset[int]]:
        """For every node: the ports that a wire from `port` may end at."""
        document = self.document if instead_of is None else edits.disconnected(self.document, [instead_of])
        slots = {id: slot_count(node) for id, node in self._scene.graph.nodes.items()}
        return edits.fitting(document, port, slots)

    def disconnect_wires(self, wires: Iterable[tuple[str, int]]) -> None:
        wires = list(wires)
        if wires:
            text = self.tr("Disconnect {0}").format(wires[0][0]) if len(wires) == 1 else self.tr("Cut wires")
            self._edit(text, edits.disconnected(self._pinned(), wires))

    def insert(self, id: str, wire: tuple[str, int], place: Point) -> None:
        """Put a node into a wire, at `place`."""
        try:
            document = edits.inserted(commands.move_nodes(self._pinned(), {id: place}), id, wire)
        except (CommandError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return
        self._edit(self.tr("Insert {0}").format(id), document)

    # Nodes

    def add(self, op: str, center: QPointF, wire: Port | None = None) -> str | None:
        """Add a node around `center`, wired to `wire` if that is given; returns its name."""
        return self.add_value(op, center, None, None, wire)

    def add_into(self, op: str, center: QPointF, wire: tuple[str, int]) -> str | None:
        """Add a node around `center` and put it into a wire, which is named by the input it feeds."""
        return self.add_value(op, center, None, into=wire)

    def add_value(
        self,
        op: str,
        center: QPointF,
        value: Any,
        name: str | None = None,
        wire: Port | None = None,
        into: tuple[str, int] | None = None,
    ) -> str | None:
        """Add a node with a value (None: the default) and a name of its own (None: the next free one)."""
        place = self._free_place(center)
        try:
            value = None if value is None else _checked(value)
            document, id = edits.with_new_node(self._pinned(), op, place, value)
            if name is not None:
                document, id = commands.rename_node(document, id, name), name
            if wire is not None:
                document = self._joined(document, id, wire)
            if into is not None:
                document = edits.inserted(document, id, into)
        except (CommandError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return None
        self._edit(self.tr("Add {0}").format(id), document, [id])
        return id

    def _joined(self, document: Document, id: str, wire: Port) -> Document:
        """The document with the new node on the loose end of a wire."""
        if not wire.is_output:
            return commands.connect_wire(document, id, wire.node, wire.slot)
        reason: str | None = None
        for slot in range(max(1, len(document.graph.nodes[id].inputs))):
            reason = edits.refusal(document, wire.node, id, slot)
            if reason is None:
                return commands.connect_wire(document, wire.node, id, slot)
        raise CommandError(reason or "")

    def _free_place(self, center: QPointF, size: QSizeF = _NODE_SIZE) -> Point:
        """The grid place nearest to one around `center` where something of that size covers no node."""
        corner = snapped(center - QPointF(size.width() / 2, size.height() / 2))
        taken = [item.scene_body() for item in self._scene.nodes.values()]
        dx, dy = free_shift([QRectF(corner, size)], taken)
        return corner.x() + dx, corner.y() + dy

    def add_formula(self, text: str, center: QPointF) -> list[str]:
        """Add the nodes of a formula around `center`, laid out; returns their names, none where it is refused."""
        try:
            document, ids = edits.with_formula(self._pinned(), text)
        except EngineError as error:
            self.refused.emit(sentence(str(error)))
            return []
        places = edits.arranged(document.graph, ids, (center.x(), center.y()))
        dx, dy = self._clear_of_others(bodies_of(document.graph.nodes, places))
        places = {id: (x + dx, y + dy) for id, (x, y) in places.items()}
        self._edit(self.tr("Add formula"), commands.move_nodes(document, places), ids)
        return ids

    def add_template(
        self, name: str, center: QPointF, number: int | None = None, source: str | None = None
    ) -> list[str]:
        """Add the nodes of a template as a framed group, fed by `source` where that is given; returns their names."""
        template = templates.get(name)
        try:
            document, ids = edits.with_template(self._pinned(), template, number, source)
        except (CommandError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return []
        places = edits.arranged(document.graph, ids, (center.x(), center.y()))
        dx, dy = self._clear_of_others([framed(bodies_of(document.graph.nodes, places))])
        places = {id: (x + dx, y + dy) for id, (x, y) in places.items()}
        document, key = marks.with_frame(commands.move_nodes(document, places), template.title, ids)
        self._edit(self.tr("Insert {0}").format(template.title), document)
        # The frame moves the whole; selected nodes would all show their derivatives.
        self._scene.select(marks=[key])
        return ids

    def _clear_of_others(self, bodies: Sequence[QRectF]) -> Point:
        """How far new things must move together to cover no node or note, and to lie in no frame."""
        return free_shift(bodies, self._taken())

    def _taken(self) -> list[QRectF]:
        """Where nodes, notes and frames lie."""
        scene = self._scene
        return [*map(scene.boxes.__getitem__, scene.nodes), *(item.rect for item in scene.marks.values())]

    def delete(
        self,
        nodes: Iterable[str],
        wires: Iterable[tuple[str, int]] = (),
        keys: Iterable[Key] = (),
        text: str | None = None,
    ) -> None:
        """Delete nodes, wires, frames and notes in one step; the nodes in a frame stay if they are not named."""
        nodes, wires, keys = list(nodes), list(wires), list(keys)
        if not nodes and not wires:
            if keys:
                self.delete_marks(keys)
        elif not nodes and not keys:
            self.disconnect_wires(wires)
        else:
            document = marks.without(edits.disconnected(self._pinned(), wires), keys)
            document = commands.delete_nodes(marks.without_nodes(document, nodes), nodes)
            one = len(nodes) == 1 and not keys
            name = self.tr("Delete {0}").format(nodes[0]) if one else self.tr("Delete nodes")
            self._edit(name if text is None else text, document)

    def delete_and_join(self, nodes: Iterable[str]) -> None:
        """Delete nodes and wire what fed them on to what they fed."""
        nodes = list(nodes)
        document = marks.without_nodes(edits.without_and_joined(self._pinned(), nodes), nodes)
        self._edit(self.tr("Delete and reconnect"), document)

    def move(
        self, places: Mapping[str, Point], merge: str | None = None, notes: Mapping[Key, Point] | None = None
    ) -> None:
        """Move nodes and notes; moves in a row with one `merge` key are one step."""
        notes = notes or {}
        document = commands.move_nodes(self.document, self._scene.places() | dict(places))
        for key, place in notes.items():
            document = marks.moved(document, key, place)
        if not places:
            text = self.tr("Move the note") if len(notes) == 1 else self.tr("Move notes")
        else:
            one = len(places) == 1 and not notes
            text = self.tr("Move {0}").format(next(iter(places))) if one else self.tr("Move nodes")
        before = self.document
        noted = any(marks.marks_of(before)[key] != mark for key, mark in marks.marks_of(document).items())
        if noted or any(before.graph.nodes[id].pos != place for id, place in places.items()):
            self._session.edit(text, document, merge)

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selection by grid steps; keys pressed in a row are one step."""
        nodes, notes = self._scene.selected_to_move()
        places, dx, dy = self._scene.places(), dx * GRID, dy * GRID
        shifted = {id: (places[id][0] + dx, places[id][1] + dy) for id in nodes}
        noted = {key: (note.pos[0] + dx, note.pos[1] + dy) for key, note in notes.items()}
        if shifted or noted:
            self.move(shifted, merge=f"nudge {sorted(shifted)} {sorted(noted)}", notes=noted)

    def rename(self, old: str, new: str) -> str | None:
        """Rename a node; returns the sentence when the name cannot be."""
        try:
            document = commands.rename_node(self._pinned(), old, new)
        except (CommandError, EngineError) as error:
            return sentence(str(error))
        document = marks.renamed(document, old, new.strip())
        if new.strip() != old:
            self._edit(self.tr("Rename {0}").format(old), document, [new.strip()])
        return None

    def set_value(self, id: str, value: Any, merge: str | None = None) -> str | None:
        """Set a leaf's value; returns the sentence when it cannot be."""
        try:
            document = commands.set_value(self.document, id, _checked(value))
        except (CommandError, EngineError) as error:
            return sentence(str(error))
        self._session.edit(self.tr("Set {0}").format(id), document, merge)
        return None

    def end_merge(self) -> None:
        self._session.end_merge()

    def set_operation(self, id: str, op: str) -> None:
        """Another operation in a node, wires kept as far as both have the slots."""
        try:
            document = commands.set_operation(self._pinned(), id, op)
        except (CommandError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return
        self._edit(self.tr("Change {0} to {1}").format(id, op), document, [id])

    def set_output(self, id: str) -> None:
        self._edit(self.tr("Set {0} as output").format(id), commands.set_output(self.document, id))

    # Frames and notes

    def add_frame(self, ids: Iterable[str], title: str) -> Key | None:
        """Put a titled box around nodes; returns its key."""
        ids = list(ids)
        if not ids:
            self.refused.emit(self.tr("Select the nodes that the frame is for."))
            return None
        document, key = marks.with_frame(self._pinned(), title, ids)
        self._edit(self.tr("Frame nodes"), document)
        self._scene.select(marks=[key])
        return key

    def add_note(self, text: str, place: QPointF) -> None:
        """Put a note on the canvas."""
        corner = self._free_place(place, NOTE_SIZE)
        document, key = marks.with_note(self._pinned(), text, corner)
        self._edit(self.tr("Add a note"), document)
        self._scene.select(marks=[key])

    def set_text(self, key: Key, text: str) -> None:
        """Another title for a frame, another text for a note; a note without text goes away."""
        if key[0] == "note" and not text.strip():
            self.delete_marks([key])
            return
        name = self.tr("Rename the frame") if key[0] == "frame" else self.tr("Edit the note")
        self._session.edit(name, marks.with_text(self.document, key, text.strip()))

    def delete_marks(self, keys: Iterable[Key]) -> None:
        """Take frames and notes away; the nodes in a frame stay."""
        keys = list(keys)
        names = {"frame": self.tr("Remove the frame"), "note": self.tr("Delete the note")}
        text = names[keys[0][0]] if len(keys) == 1 else self.tr("Delete frames and notes")
        self._session.edit(text, marks.without(self.document, keys))

    # Clipboard

    def copy(self) -> bool:
        """The selection to the clipboard, as nodes, frames and notes, and as plain text."""
        found = self._copied()
        if found is None:
            return False
        data, plain = found
        mime = QMimeData()
        mime.setData(clipboard.MIME, data.encode())
        mime.setText(plain)
        QApplication.clipboard().setMimeData(mime)
        return True

    def _to_copy(self) -> tuple[list[str], list[Key]]:
        """The selected nodes, frames and notes, and those that go along."""
        return clipboard.with_frames(
            self.document, self._scene.selected_nodes(), self._scene.selected_marks()
        )

    def _copied(self) -> tuple[str, str] | None:
        """The selection as texts; None where there is nothing, or it cannot be written down."""
        nodes, keys = self._to_copy()
        if not nodes and not keys:
            return None
        write = partial(clipboard.copied, self.document, nodes, keys, self._scene.places())
        try:
            return aside_if(len(nodes) > _AT_ONCE, write)
        except (DocumentError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return None

    def cut(self) -> None:
        """The selection to the clipboard and away, a frame with its nodes."""
        nodes, keys = self._to_copy()
        opened = self._opened
        if self.copy() and self._opened == opened:
            self.delete(nodes, (), keys, self.tr("Cut"))

    def paste(self, center: QPointF) -> None:
        """Nodes, frames and notes, or a formula, from the clipboard, around `center`."""
        # None while the system's clipboard is out of reach, though Qt's type stubs do not say so.
        mime = QApplication.clipboard().mimeData() or QMimeData()
        if mime.hasFormat(clipboard.MIME):
            data = bytes(mime.data(clipboard.MIME).data()).decode(errors="replace")
            self._paste(self.tr("Paste"), data, (center.x(), center.y()))
        elif mime.text().strip():
            self.add_formula(mime.text(), center)
        else:
            self.refused.emit(self.tr("The clipboard holds neither nodes nor a formula."))

    def _paste(self, text: str, data: str, center: Point | None) -> None:
        document, opened = self.document, self._opened
        work = partial(with_copies, document, self._scene.places(), self._taken(), data, center)
        try:
            pasted = aside_if(len(data) > _AT_ONCE_LETTERS, work)
        except (CommandError, EngineError) as error:
            self.refused.emit(sentence(str(error)))
            return
        if self._opened != opened:
            # It was meant for the document of then.
            return
        if self.document is not document:
            # Something else has edited it meanwhile.
            self._paste(text, data, center)
            return
        self._session.edit(text, pasted.document)
        self._scene.select(pasted.nodes, marks=pasted.marks)

    def duplicate(self) -> None:
        """Copies of the selection beside it; the clipboard stays as it is."""
        opened = self._opened
        found = self._copied()
        if found is not None and self._opened == opened:
            self._paste(self.tr("Duplicate"), found[0], None)

    def lay_out(self, view: tuple[float, float]) -> None:
        """Arrange all nodes in layers for a view of that size, each frame together."""
        self.arrange(self._scene.layout_job(view)())

    def arrange(self, after: Mapping[str, Point]) -> None:
        """Put all nodes elsewhere; notes go with the node that they stood nearest to."""
        document = commands.move_nodes(self.document, after)
        notes = [item for item in self._scene.marks.values() if isinstance(item, NoteItem)]
        if notes and after:
            document = self._with_notes_along(document, notes, after)
        self._edit(self.tr("Arrange nodes"), document)

    def _with_notes_along(
        self, document: Document, notes: Iterable[NoteItem], after: Mapping[str, Point]
    ) -> Document:
        """The document with notes where the nodes go that they stand nearest to, and where they cover nothing."""
        before = self._scene.places()
        bodies = {id: self._scene.nodes[id].body().translated(*place) for id, place in after.items()}
        taken = list(bodies.values())
        for item in self._scene.marks.values():
            if isinstance(item, FrameItem):
                taken.append(item.handle_around(bodies[id] for id in item.frame.nodes))
        for note in notes:
            place = edits.beside(note.note.pos, before, after)
            size = note.rect.size()
            dx, dy = free_shift([QRectF(QPointF(*place), size)], taken)
            place = place[0] + dx, place[1] + dy
            taken.append(QRectF(QPointF(*place), size))
            document = marks.moved(document, note.key, place)
        return document


def _checked(value: Any) -> Any:
    """The value of a leaf, if a file can hold it.

    Raises:
        CommandError: a number in it is not finite.
    """
    if not np.isfinite(np.asarray(value, dtype=np.float64)).all():
        raise CommandError("a value has finite numbers only; NaN and infinity cannot be saved")
    return value
