"""What each key of the canvas does; `keys.py` says which key means which of these methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdstudio.ui.graph import walking
from gdstudio.ui.graph.marks import Key

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor

_ZOOM_STEP = 1.25
_ROOM = 24


class KeyActions:
    """Methods without arguments that work on the selection of a `GraphEditor`."""

    def __init__(self, editor: GraphEditor) -> None:
        self._editor = editor
        self._scene = editor.scene
        self._actions = editor.actions_

    def _current(self) -> str | None:
        chosen = self._scene.selected_nodes()
        return chosen[0] if chosen else None

    # Walking

    def _go_to(self, id: str | None) -> None:
        if id is not None and id in self._scene.nodes:
            self._scene.select([id])
            self._editor.view.ensureVisible(self._scene.nodes[id].scene_body(), _ROOM, _ROOM)

    def _go_to_first(self) -> None:
        self._go_to(walking.first(self._scene.places()))

    def next_or_palette(self) -> None:
        if self._current() is None and not self._scene.selected_marks():
            self.open_palette()
        else:
            self.next_node()

    def next_node(self) -> None:
        self._walk(1)

    def previous_node(self) -> None:
        self._walk(-1)

    def _walk(self, step: int) -> None:
        """Along the nodes, then the frames and notes, and round."""
        nodes, marks = walking.order(self._scene.graph), list(self._scene.marks)
        stops: list[str | Key] = [*nodes, *marks]
        current = self._current() or next(iter(self._scene.selected_marks()), None)
        if not stops:
            return
        if current is None:
            at = 0 if step > 0 else -1
        else:
            at = (stops.index(current) + step) % len(stops)
        stop = stops[at]
        if isinstance(stop, str):
            self._go_to(stop)
        else:
            self._scene.select(marks=[stop])
            self._editor.view.ensureVisible(self._scene.marks[stop].handle(), _ROOM, _ROOM)

    def go_upstream(self) -> None:
        current = self._current()
        self._go_to_first() if current is None else self._go_to(walking.upstream(self._scene.graph, current))

    def go_downstream(self) -> None:
        current = self._current()
        self._go_to_first() if current is None else self._go_to(
            walking.downstream(self._scene.graph, current)
        )

    def select_upstream(self) -> None:
        self._scene.select(self._scene.graph.upstream(*self._scene.selected_nodes()))

    def select_downstream(self) -> None:
        self._scene.select(self._scene.graph.downstream(*self._scene.selected_nodes()))

    def select_all(self) -> None:
        self._scene.select(self._scene.nodes, marks=self._scene.marks)

    # Moving

    def _nudge(self, dx: int, dy: int) -> None:
        nothing = self._current() is None and not self._scene.selected_marks()
        self._go_to_first() if nothing else self._actions.nudge(dx, dy)

    def left(self) -> None:
        """One step back in a film; without one, to the left."""
        player = self._editor.player
        player.previous() if player.is_open else self._nudge(-1, 0)

    def right(self) -> None:
        player = self._editor.player
        player.next() if player.is_open else self._nudge(1, 0)

    def up(self) -> None:
        self._nudge(0, -1)

    def down(self) -> None:
        self._nudge(0, 1)

    # Editing

    def open_palette(self) -> None:
        self._editor.open_palette(self._editor.view.cursor_point())

    def edit_selected(self) -> None:
        """The value of a leaf, the operation of any other node, the text of a frame or note."""
        current = self._current()
        if current is None:
            for key in self._scene.selected_marks()[:1]:
                self._editor.in_place.edit_mark(key)
        if current is not None:
            is_leaf = self._actions.document.graph.nodes[current].is_leaf
            self._editor.in_place.edit_value(current) if is_leaf else self._editor.choices.change_operation(
                current
            )

    def open_table(self) -> None:
        current = self._current()
        if current is not None:
            self._editor.in_place.open_table(current)

    def rename_selected(self) -> None:
        current = self._current()
        if current is not None:
            self._editor.in_place.rename(current)
        else:
            self.edit_selected()

    def connect_selected(self) -> None:
        """Wire the first of two selected nodes to the second, or choose where the output of one goes."""
        chosen = self._scene.selected_nodes()
        if len(chosen) == 1:
            self._editor.choices.connect_output(chosen[0])
        elif len(chosen) == 2:
            self._actions.connect_nodes(*chosen)

    def make_output(self) -> None:
        current = self._current()
        if current is not None:
            self._actions.set_output(current)

    def delete_selected(self) -> None:
        scene = self._scene
        self._actions.delete(scene.selected_nodes(), scene.selected_wires(), scene.selected_marks())

    def delete_and_join(self) -> None:
        self._actions.delete_and_join(self._scene.selected_nodes())

    def copy(self) -> None:
        self._actions.copy()

    def cut(self) -> None:
        self._actions.cut()

    def paste(self) -> None:
        self._actions.paste(self._editor.view.cursor_point())

    def duplicate(self) -> None:
        self._actions.duplicate()

    def frame_nodes(self) -> None:
        self._editor.frame_nodes()

    def new_note(self) -> None:
        self._editor.in_place.new_note(self._editor.view.cursor_point())

    def open_formula(self) -> None:
        self._editor.tools.formula.setChecked(True)

    # Looking

    def frame_selection(self) -> None:
        self._editor.framing.frame_selection()

    def frame_all(self) -> None:
        self._editor.framing.frame_all()

    def zoom_to_100(self) -> None:
        self._editor.view.set_scale(1.0)

    def zoom_in(self) -> None:
        self._editor.view.set_scale(self._editor.view.scale_now * _ZOOM_STEP)

    def zoom_out(self) -> None:
        self._editor.view.set_scale(self._editor.view.scale_now / _ZOOM_STEP)

    def toggle_minimap(self) -> None:
        self._editor.minimap.set_wanted(not self._editor.minimap.wanted)

    def toggle_locals(self) -> None:
        self._editor.show_locals(not self._editor.locals_shown)

    def explore_paths(self) -> None:
        self._editor.studies.explore_paths()

    def check_gradients(self) -> None:
        self._editor.studies.check_gradients()

    def toggle_norms(self) -> None:
        self._editor.show_norms(not self._editor.norms_shown)

    def play_forward_mode(self) -> None:
        self._editor.play_forward_mode()

    def open_menu(self) -> None:
        self._editor.open_menu_at_selection()
