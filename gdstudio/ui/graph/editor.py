"""The graph editor: canvas, palette, fields, menus and pass player put together and connected to a session.

The session tells what changed and brings traces; the scene is brought in step; edits go through `actions_`.
"""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gdstudio.engine.trace import Trace
from gdstudio.ui import theme
from gdstudio.ui.folders import Folders, OwnFolder
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.actions import GraphActions
from gdstudio.ui.graph.choices import Choices
from gdstudio.ui.graph.csv_loading import TableLoading
from gdstudio.ui.graph.drops import Drops
from gdstudio.ui.graph.exports import ask_and_export
from gdstudio.ui.graph.formula_bar import FormulaBar
from gdstudio.ui.graph.framing import Framing
from gdstudio.ui.graph.in_place import InPlace
from gdstudio.ui.graph.key_actions import KeyActions
from gdstudio.ui.graph.keys import KeyMap
from gdstudio.ui.graph.mark_items import FrameItem
from gdstudio.ui.graph.marks import Key, frames_of, marks_of
from gdstudio.ui.graph.menus import canvas_menu, mark_menu, node_menu, wire_menu
from gdstudio.ui.graph.minimap import MiniMap
from gdstudio.ui.graph.norm_strip import NormStrip
from gdstudio.ui.graph.notices import Notices
from gdstudio.ui.graph.palette import NodePalette
from gdstudio.ui.graph.pass_bar import PassBar
from gdstudio.ui.graph.player import Direction, PassPlayer
from gdstudio.ui.graph.scene import GraphScene, Port
from gdstudio.ui.graph.seed_bar import SeedBar
from gdstudio.ui.graph.shelf import NodeShelf
from gdstudio.ui.graph.studies import Studies
from gdstudio.ui.graph.tangents import Coordinate, coordinates
from gdstudio.ui.graph.tool_strip import ToolStrip
from gdstudio.ui.graph.view import GraphView
from gdstudio.ui.session import Change, Session

_PICTURE_MARGIN = 20.0
# The editor's height from which a film leaves room for the strip of gradient norms.
_ROOM_FOR_BOTH = 520
# Nobody listens to the numbers of more nodes than these.
_MOST_SPOKEN = 20


class GraphEditor(QWidget):
    """The editor of the session's graph.

    Signals:
        written(Path): the graph is in a file, as a program, a formula or a picture.
    """

    written = Signal(object)

    def __init__(self, session: Session) -> None:
        for _ in self.slices(session):
            pass

    def slices(self, session: Session) -> Generator[None]:
        """Builds the editor, see `sliced`."""
        super().__init__()
        self.setObjectName("graphEditor")
        self.session = session
        self.folders: Folders = OwnFolder()
        self.scene = GraphScene(self)
        self.actions_ = GraphActions(session, self.scene, self)
        self.keys = KeyMap(KeyActions(self))
        self.view = GraphView(self.scene, self)
        self.minimap = MiniMap(self.view)
        self.framing = Framing(self)
        self.notices = Notices(self.view, self.scene)
        self.tables = TableLoading(self)
        self.drops = Drops(self.view, self.scene, self.actions_, self.tables)
        yield
        self.player = PassPlayer(self.scene, self)
        self.pass_bar = PassBar(self.player, self)
        self.palette_ = NodePalette(self.view.viewport())
        self.choices = Choices(
            self.palette_, self.view, self.scene, self.framing, self.actions_, self.notices
        )
        self.in_place = InPlace(self)
        yield
        self.studies = Studies(self)
        self.seed = SeedBar(session, self)
        yield
        self.norms = NormStrip(self)
        self.shelf = NodeShelf(self)
        self.shelf.chosen.connect(lambda op: self.actions_.add(op, self._middle()))
        self.formula = FormulaBar(session, self)
        self.tools = ToolStrip(self)
        self.formula.rewrote.connect(self.framing.follow_formula)
        self.formula.closed.connect(lambda: self.tools.formula.setChecked(False))
        self._at_racer: Trace | None = None
        yield
        self._build()
        self._connect()
        yield
        self._show_document()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.shelf)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        column.addWidget(self.norms)
        column.addWidget(self.seed)
        column.addWidget(self.pass_bar)
        for study in self.studies.bars:
            column.addWidget(study)
        column.addWidget(self.formula)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        session = self.session
        session.document_changed.connect(self._follow_change)
        session.document_opened.connect(self._show_document)
        session.trace_computed.connect(self._show_trace)
        session.node_selected.connect(self._follow_selection)
        self.scene.selectionChanged.connect(self._tell_selection)
        self.actions_.refused.connect(self.notices.show_refusal_at_cursor)
        self.palette_.closed.connect(lambda: self.view.setFocus(Qt.FocusReason.PopupFocusReason))
        self.player.opened.connect(self.studies.close_all)
        self.player.refused.connect(self.notices.show_refusal)
        self.pass_bar.film_asked.connect(self._play_pass)
        for changed in (self.player.opened, self.player.closed):
            changed.connect(self._share_room)
        self.player.step_changed.connect(lambda _index: self.norms.reveal(self.player.gradients_seen))
        self.seed.table_asked.connect(self._open_seed_table)
        self.norms.chosen.connect(lambda id: self.scene.select([id]))
        self.norms.left.connect(lambda: self.show_norms(False))
        theme.switch().follow(self._repaint)

    # Following the session

    def _show_document(self) -> None:
        """Another document: everything anew, laid out and framed until a hand touches it."""
        self.view.drop_interaction()
        self.player.close()
        self.studies.close_all()
        self.in_place.give_up()
        self.palette_.close_palette()
        self.notices.clear()
        self.scene.clear_graph()
        self.framing.begin()
        self.scene.placing.frames = frames_of(self.session.document)
        self.scene.show(self.session.document.graph, self.trace, self.framing.view_size)
        self._show_marks()
        self._follow_selection(self.session.selected_node)
        self.framing.frame_all()
        self.framing.ask_for_layout()
        self._describe()
        if not self.session.document.graph.nodes:
            self.view.setFocus()  # an empty canvas asks for keys

    def _follow_change(self, change: Change) -> None:
        before, after = change.before, change.after
        marks_differ = before.graph_extra is not after.graph_extra
        if change.graph or (marks_differ and not marks_of(before).keys() <= marks_of(after).keys()):
            self.view.drop_interaction()
        if change.before.graph is change.after.graph:
            self.scene.placing.frames = frames_of(change.after)
            self._show_marks()
            self._describe()
            return
        self.notices.clear()
        if change.graph:
            self.player.close()
            self._follow_renames(change)
            if not (change.before.graph.nodes and change.after.graph.nodes):
                self.view.viewport().update()  # what an empty canvas says comes or goes
        self.scene.placing.frames = frames_of(change.after)
        self.scene.show(change.after.graph, self.trace, self.framing.view_size)
        self.framing.ask_for_layout()
        if change.graph or change.positions or change.before.graph_extra != change.after.graph_extra:
            self._show_marks()
        self._follow_selection(self.session.selected_node)
        if change.graph or change.values:
            self.studies.refresh()
        self._describe()

    def _show_marks(self) -> None:
        self.scene.show_marks(marks_of(self.session.document))
        self.in_place.follow()
        self.choices.follow()
        self.minimap.draw_anew()

    def frame_nodes(self) -> None:
        """Put a frame around the selected nodes and ask for its title."""
        key = self.actions_.add_frame(self.scene.selected_nodes(), self.tr("Group"))
        if key is not None:
            self.in_place.edit_mark(key)

    def _follow_renames(self, change: Change) -> None:
        """Keep the place of a node that only changed its name."""
        gone = [id for id in change.before.graph.nodes if id not in change.after.graph.nodes]
        come = [id for id in change.after.graph.nodes if id not in change.before.graph.nodes]
        if len(gone) == len(come) == 1:
            self.scene.placing.rename(gone[0], come[0])

    @property
    def trace(self) -> Trace | None:
        """The values and gradients in view: at the racer that is followed, else at the graph's own point."""
        return self.session.trace if self._at_racer is None else self._at_racer

    def show_racer(self, trace: Trace | None, words: str) -> None:
        """Show the numbers at a racer's point and say whose they are; None = the graph's own again."""
        self._at_racer = trace
        self.scene.own_values = trace is None
        self.tools.say_whose(words)
        self._show_trace(self.trace)

    def _show_trace(self, _trace: Trace | None) -> None:
        # The numbers of a film are those it began with; the new ones end it.
        self.player.close()
        self.scene.show_trace(self.trace)
        self.norms.show_trace(self.trace)
        self.studies.refresh()
        self._describe()

    def _follow_selection(self, id: str | None) -> None:
        chosen = self.scene.selected_nodes()
        if id is not None and id not in chosen and id in self.scene.nodes:
            self.scene.select([id])
        elif id is None and len(chosen) == 1:
            self.scene.select()

    def _tell_selection(self) -> None:
        chosen = self.scene.selected_nodes()
        self.session.select_node(chosen[0] if len(chosen) == 1 else None)
        self.norms.select(self.session.selected_node)
        self._describe()

    def _describe(self) -> None:
        """Tell screen readers what is selected."""
        chosen = self.scene.selected_nodes()
        if len(chosen) > _MOST_SPOKEN:
            self.view.setAccessibleDescription(self.tr("%n node(s) selected.", "", len(chosen)))
            return
        known = [self.scene.maker.spoken(id) for id in chosen if id in self.session.document.graph.nodes]
        known += [self._spoken_mark(key) for key in self.scene.selected_marks()]
        count = len(self.scene.nodes)
        self.view.setAccessibleDescription(
            " ".join(known) or self.tr("%n node(s), none selected.", "", count)
        )

    def _spoken_mark(self, key: Key) -> str:
        item = self.scene.marks[key]
        if isinstance(item, FrameItem):
            return self.tr("Frame {0} around {1}.").format(item.frame.title, ", ".join(item.frame.nodes))
        return self.tr("Note: {0}").format(item.note.text)

    def _repaint(self, *_: object) -> None:
        self.scene.node_layer.forget()
        self.view.draw_anew()

    def _middle(self) -> QPointF:
        return self.view.mapToScene(self.view.viewport().rect().center())

    def show_formula(self, shown: bool) -> None:
        """Show the graph as text below the canvas, or hide it."""
        self.framing.touch()
        if shown:
            self.formula.open()
        else:
            self.formula.hide()
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Local derivatives and passes

    @property
    def locals_shown(self) -> bool:
        """Whether every wire carries its local derivative."""
        return self.tools.locals.isChecked()

    def show_locals(self, shown: bool) -> None:
        self.tools.locals.setChecked(shown)
        self.scene.labels.show_all(shown)

    @property
    def norms_shown(self) -> bool:
        """Whether the strip of gradient norms is below the canvas."""
        return self.tools.norms.isChecked()

    def show_norms(self, shown: bool) -> None:
        """Show how large the gradient is layer by layer, or hide it."""
        self.tools.norms.setChecked(shown)
        had_focus = self.norms.hasFocus()
        self._share_room()
        self.norms.select(self.session.selected_node)
        if not shown and had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_room(self) -> None:
        """A film needs the room below the canvas; the strip stays where the window is high enough."""
        film = self.player.is_open
        self.norms.setVisible(self.norms_shown and (not film or self.height() >= _ROOM_FOR_BOTH))
        self.norms.reveal(self.player.gradients_seen if film else None)
        self.norms.show_trace(self.trace)
        self.seed.give_way(film)

    def play_forward(self) -> None:
        """Play the forward pass, node by node."""
        self._play_pass("forward")

    def play_backward(self) -> None:
        """Play the backward pass against the wires."""
        self._play_pass("backward")

    def play_forward_mode(self) -> None:
        """Play forward mode by the selected leaf, or by the first parameter."""
        chosen = self.scene.selected_nodes()
        leaves = [c for c in coordinates(self.session.document.graph) if chosen and c.id == chosen[0]]
        self._play_pass("tangent", leaves[0] if leaves else None)

    def _play_pass(self, direction: Direction, coordinate: Coordinate | None = None) -> None:
        self.notices.clear()
        self.framing.touch()
        trace = self.trace
        if trace is None or set(trace.graph.nodes) != set(self.session.document.graph.nodes):
            self.notices.show_hint(self.tr("The values are still being computed; try again in a moment."))
        elif not self.player.open(trace, direction, coordinate):
            self.notices.show_hint(self._why_no_pass(trace, direction))

    def _why_no_pass(self, trace: Trace, direction: Direction) -> str:
        if not trace.values:
            return self.tr("There is nothing to compute yet: add a parameter and an operation.")
        if direction == "backward" and trace.output is None:
            return self.tr("A gradient needs an output: choose the node that is the loss and press O.")
        return self.tr("The output cannot be computed; mend the nodes with a red outline first.")

    def _open_seed_table(self) -> None:
        """The v of the vector-Jacobian product as a table beside the output."""
        output, v = self.session.document.graph.output, self.session.seed
        if output is not None and v is not None:
            self.in_place.open_array(self.tr("v for {0}").format(output), v, self.seed.accept, output)

    def close_workers(self) -> None:
        """Stop computing for good: the window closes."""
        self.studies.close_workers()
        self.pass_bar.sentence.typesetter.close()
        self.framing.close()
        self.player.close_worker()
        self.tables.close_worker()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.framing.arrange_fresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_workers()
        super().closeEvent(event)

    # Palette

    def add_node(self) -> None:
        """Open the palette in the middle of the view."""
        self.open_palette(self._middle())

    def add_template(self) -> None:
        """Open the palette with the templates alone, in the middle of the view."""
        self.insert_template(self._middle())

    def insert_template(self, point: QPointF) -> None:
        """Open the palette with the templates alone."""
        self.framing.touch()
        self.in_place.give_up()
        self.choices.add_template(point)

    def open_palette(self, point: QPointF, wire: Port | None = None) -> None:
        """Open the palette at a scene point; with `wire`, for what can be wired to that port."""
        self.framing.touch()
        self.in_place.give_up()
        if wire is None:
            self.choices.add(point)
        else:
            self.choices.add_wired(point, wire)

    # Menus

    def open_menu(self, point: QPointF, place: QPoint) -> None:
        """The context menu for what lies at a scene point."""
        node = self.scene.node_at(point)
        wire = None if node else self.scene.wire_at(point, self.view.reach(geometry.WIRE_REACH))
        mark = None if node or wire else self.scene.mark_at(point)
        if node is not None:
            if node.id not in self.scene.selected_nodes():
                self.scene.select([node.id])
            menu = node_menu(self, node.id)
        elif wire is not None:
            self.scene.select([], [wire.key])
            menu = wire_menu(self, wire)
        elif mark is not None:
            self.scene.select(marks=[mark.key])
            menu = mark_menu(self, mark.key)
        else:
            menu = canvas_menu(self, point)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def open_menu_at_selection(self) -> None:
        """The context menu from the keyboard."""
        chosen = self.scene.selected_nodes()
        marks = self.scene.selected_marks()
        point = self._middle()
        if chosen:
            point = self.scene.nodes[chosen[0]].scene_body().center()
        elif marks:
            point = self.scene.marks[marks[0]].handle().center()
        self.open_menu(point, self.view.viewport().mapToGlobal(self.view.mapFromScene(point)))

    def escape(self) -> bool:
        """Close what is open: palette, film, table, notice; else select nothing. False = there was nothing to do."""
        if not self.palette_.isHidden():
            self.palette_.close_palette()
        elif self.player.is_open:
            self.player.close()
        elif self.studies.any_open:
            self.studies.close_all()
        elif self.notices.refuses:
            self.notices.clear()
        else:
            scene = self.scene
            was_selected = bool(scene.selected_nodes() or scene.selected_wires() or scene.selected_marks())
            scene.select()
            return was_selected
        return True

    def picture_bounds(self) -> QRectF:
        """The part of the scene that pictures show: the whole graph with a margin."""
        margin = _PICTURE_MARGIN
        return self.scene.bounds().adjusted(-margin, -margin, margin, margin)

    def export_program(self) -> None:
        """Ask for a file and write the graph as a program, a formula or a PDF picture."""
        ask_and_export(self)

    def paint_graph(self, painter: QPainter, target: QRectF) -> None:
        """Draw the whole graph with a margin into `target`; for pictures and print."""
        self.scene.nodes.finish()
        self.scene.render(painter, target, self.picture_bounds())
