"""Editing a node where it stands: which field opens over it, and what is done with the text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt

from gdstudio.ui.graph import geometry, numbers
from gdstudio.ui.graph.fields import InPlaceField, NoteField
from gdstudio.ui.graph.mark_items import FrameItem
from gdstudio.ui.graph.marks import Key
from gdstudio.ui.graph.tensor_table import TensorTable
from gdstudio.ui.translation import of_error

Field = InPlaceField | NoteField | TensorTable

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor


class InPlace(QObject):
    """Opens one field at a time over a node of a `GraphEditor`."""

    def __init__(self, editor: GraphEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._field: Field | None = None
        self._subject: str | Key | None = None

    def edit_at(self, id: str, place: QPointF) -> None:
        """Edit what is shown at a place (node coordinates): the name, the value, or the operation."""
        node = self._editor.session.document.graph.nodes[id]
        if geometry.title_rect().contains(place):
            self.rename(id)
        elif node.is_leaf:
            self.edit_value(id)
        else:
            self._editor.choices.change_operation(id)

    def edit_value(self, id: str) -> None:
        """Open the field for a leaf's number, the table for its tensor."""
        value = self._editor.session.document.graph.nodes[id].value
        if value is not None and value.size > 1:
            self.open_table(id)
            return
        text = "0" if value is None else numbers.full_text(value)
        self._open_field(
            "nodeValueEditor",
            self.tr("Value of {0}").format(id),
            text,
            id,
            geometry.value_rect(),
            self._accept_value,
        )

    def _accept_value(self, id: str, text: str) -> str | None:
        try:
            value = numbers.parse_value(text)
        except ValueError as error:
            return of_error(error)
        return self._editor.actions_.set_value(id, value)

    def rename(self, id: str) -> None:
        """Open the field for a node's name."""
        place = geometry.title_rect()
        self._open_field(
            "nodeNameEditor", self.tr("Name of {0}").format(id), id, id, place, self._editor.actions_.rename
        )

    def open_table(self, id: str) -> None:
        """Open the table of a node's value; that of a leaf can be edited."""
        node = self._editor.session.document.graph.nodes[id]
        value = node.value if node.is_leaf else self._editor.scene.maker.value(id)
        if value is None:
            self._editor.notices.show_refusal(self._editor.tr("{0} has no value yet.").format(id))
            return
        label = self._editor.tr("Value of {0}").format(id)
        accept = partial(self._editor.actions_.set_value, id) if node.is_leaf else None
        load = partial(self._editor.tables.ask, id) if node.is_leaf else None
        self.open_array(label, value, accept, id, load)

    def open_array(
        self,
        title: str,
        array: np.ndarray,
        accept: Callable[[np.ndarray], str | None] | None,
        id: str,
        load: Callable[[], None] | None = None,
    ) -> None:
        """Open a table of numbers beside a node; `accept` takes what has become of them, None = to read only.

        `load` asks for a file with others.
        """
        self.give_up()
        self._editor.framing.touch()
        self._editor.notices.clear()
        table = TensorTable(title, array, accept, self._editor.view.viewport(), load)
        self._show(table, self._editor.scene.nodes[id].scene_body(), id)

    def edit_mark(self, key: Key) -> None:
        """Open the field for the title of a frame or the text of a note."""
        item = self._editor.scene.marks[key]
        if isinstance(item, FrameItem):
            self.give_up()
            self._editor.notices.clear()
            accept = partial(self._accept_title, key)
            label = self._editor.tr("Title of the frame")
            self._show(
                InPlaceField(
                    "frameTitleEditor", label, item.frame.title, accept, self._editor.view.viewport()
                ),
                item.handle(),
                key,
            )
        else:
            self._open_note(item.note.text, item.rect, partial(self._editor.actions_.set_text, key), key)

    def new_note(self, point: QPointF) -> None:
        """Open the field for a new note at a scene point."""

        def accept(text: str) -> None:
            if text.strip():
                self._editor.actions_.add_note(text.strip(), point)

        self._open_note("", QRectF(point, point), accept, None)

    def _open_note(self, text: str, place: QRectF, accept: Callable[[str], object], key: Key | None) -> None:
        self.give_up()
        self._editor.framing.touch()
        self._editor.notices.clear()
        label = self._editor.tr("Text of the note")
        self._show(NoteField(label, text, accept, self._editor.view.viewport()), place, key)

    def _accept_title(self, key: Key, text: str) -> None:
        self._editor.actions_.set_text(key, text)

    def follow(self) -> None:
        """Give a field up whose node, frame or note an undo has taken away."""
        scene, subject = self._editor.scene, self._subject
        if subject is not None and subject not in scene.nodes and subject not in scene.marks:
            self.give_up()

    def _show(self, field: Field, place: QRectF, subject: str | Key | None) -> None:
        """Open a field over a rectangle of the scene; it is about `subject`, None = about something new."""
        self._subject = subject
        field.closed.connect(partial(self._field_closed, field))
        self._field = field
        field.open_at(self._editor.view.mapFromScene(place).boundingRect())

    def _open_field(
        self,
        name: str,
        label: str,
        text: str,
        id: str,
        place: QRectF,
        accept: Callable[[str, str], str | None],
    ) -> None:
        self.give_up()
        self._editor.framing.touch()
        self._editor.notices.clear()
        item = self._editor.scene.nodes[id]
        self._editor.view.ensureVisible(item.scene_body(), 12, 12)
        field = InPlaceField(name, label, text, partial(accept, id), self._editor.view.viewport())
        self._show(field, place.translated(item.pos()), id)

    def _field_closed(self, field: Field) -> None:
        if self._field is field:
            self._field = None
        if not self._editor.palette_.isVisible():
            self._editor.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def give_up(self) -> None:
        """Close an open field without a change."""
        if self._field is not None:
            self._field.give_up()

    def is_draggable_number(self, id: str, place: QPointF) -> bool:
        """Whether a press there (node coordinates) turns the number of a scalar leaf."""
        node = self._editor.session.document.graph.nodes.get(id)
        if node is None or not node.is_leaf or node.value is None or np.ndim(node.value):
            return False
        return geometry.value_rect().adjusted(40, 0, 0, 0).contains(place)
