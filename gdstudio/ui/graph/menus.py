"""The context menus of the canvas, of nodes and of wires."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from gdstudio.ui.graph import exports
from gdstudio.ui.graph.mark_items import FrameItem
from gdstudio.ui.graph.marks import Key
from gdstudio.ui.graph.wire_item import WireItem

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor


def canvas_menu(editor: GraphEditor, point: QPointF) -> QMenu:
    """The menu for empty canvas at `point`."""
    menu = _menu(editor, "graphCanvasMenu")
    tr = editor.tr
    _add(menu, "graphMenuAdd", tr("&Add node…"), "Space", lambda: editor.open_palette(point))
    _add(
        menu, "graphMenuPaste", tr("&Paste nodes or formula"), "Ctrl+V", lambda: editor.actions_.paste(point)
    )
    _add(menu, "graphMenuTemplate", tr("Insert a &template…"), "", lambda: editor.insert_template(point))
    _add(menu, "graphMenuNote", tr("Add a &note…"), "N", lambda: editor.in_place.new_note(point))
    menu.addSeparator()
    _add(
        menu,
        "graphMenuSelectAll",
        tr("&Select all"),
        "Ctrl+A",
        lambda: editor.scene.select(editor.scene.nodes, marks=editor.scene.marks),
    )
    _add(menu, "graphMenuFrame", tr("&Frame all"), "Home", editor.framing.frame_all)
    _add(menu, "graphMenuLayout", tr("Auto &layout"), "Ctrl+L", editor.framing.auto_layout)
    _add_exports(menu, editor)
    menu.addSeparator()
    _add(
        menu, "graphMenuCheck", tr("&Numerical beside analytic gradient"), "G", editor.studies.check_gradients
    )
    norms = menu.addAction(tr("&Gradient norm layer by layer") + "\tS")
    norms.setObjectName("graphMenuNorms")
    norms.setCheckable(True)
    norms.setChecked(editor.norms_shown)
    norms.toggled.connect(editor.show_norms)
    shown = menu.addAction(tr("Show local &derivatives"))
    shown.setObjectName("graphMenuLocals")
    shown.setCheckable(True)
    shown.setChecked(editor.locals_shown)
    shown.toggled.connect(editor.show_locals)
    mapped = menu.addAction(tr("&Map of the graph") + "\tM")
    mapped.setObjectName("graphMenuMap")
    mapped.setCheckable(True)
    mapped.setChecked(editor.minimap.wanted)
    mapped.toggled.connect(editor.minimap.set_wanted)
    return menu


def node_menu(editor: GraphEditor, id: str) -> QMenu:
    """The menu for a node, or for the selection that it belongs to."""
    menu = _menu(editor, "graphNodeMenu")
    tr, actions = editor.tr, editor.actions_
    graph = editor.session.document.graph
    node = graph.nodes[id]
    chosen = editor.scene.selected_nodes() or [id]
    if node.is_leaf:
        _add(menu, "graphMenuEditValue", tr("&Edit value…"), "Enter", lambda: editor.in_place.edit_value(id))
        _add(menu, "graphMenuLoadCsv", tr("&Load CSV…"), "", lambda: editor.tables.ask(id))
    _add(menu, "graphMenuTable", tr("&Value as a table…"), "T", lambda: editor.in_place.open_table(id))
    _add(menu, "graphMenuChange", tr("Change &operation…"), "", lambda: editor.choices.change_operation(id))
    _add(menu, "graphMenuRename", tr("&Rename…"), "F2", lambda: editor.in_place.rename(id))
    _add(menu, "graphMenuConnect", tr("&Connect output to…"), "C", lambda: editor.choices.connect_output(id))
    output = _add(menu, "graphMenuOutput", tr("Set as &output (loss)"), "O", lambda: actions.set_output(id))
    output.setEnabled(id != graph.output)
    menu.addSeparator()
    _add(
        menu,
        "graphMenuUpstream",
        tr("Select &upstream"),
        "[",
        lambda: editor.scene.select(graph.upstream(id)),
    )
    _add(
        menu,
        "graphMenuDownstream",
        tr("Select &downstream"),
        "]",
        lambda: editor.scene.select(graph.downstream(id)),
    )
    if node.is_leaf:
        _add(menu, "graphMenuForwardMode", tr("Play for&ward mode from here"), "J", editor.play_forward_mode)
    paths = tr("Show &paths between") if len(chosen) == 2 else tr("Show &paths to the output")
    _add(menu, "graphMenuPaths", paths, "P", editor.studies.explore_paths).setEnabled(len(chosen) <= 2)
    _add(menu, "graphMenuFrameNodes", tr("Put a &frame around"), "Ctrl+G", editor.frame_nodes)
    menu.addSeparator()
    _add(menu, "graphMenuCut", tr("Cu&t"), "Ctrl+X", actions.cut)
    _add(menu, "graphMenuCopy", tr("Co&py (as nodes and formula)"), "Ctrl+C", actions.copy)
    _add(menu, "graphMenuDuplicate", tr("D&uplicate"), "Ctrl+D", actions.duplicate)
    menu.addSeparator()
    wires, marks = editor.scene.selected_wires(), editor.scene.selected_marks()
    _add(menu, "graphMenuDelete", tr("De&lete"), "Del", lambda: actions.delete(chosen, wires, marks))
    _add(
        menu,
        "graphMenuDeleteJoin",
        tr("Delete and &reconnect"),
        "Ctrl+Del",
        lambda: actions.delete_and_join(chosen),
    )
    return menu


def mark_menu(editor: GraphEditor, key: Key) -> QMenu:
    """The menu for a frame or a note."""
    menu = _menu(editor, "graphMarkMenu")
    tr, actions = editor.tr, editor.actions_
    item = editor.scene.marks[key]
    is_frame = isinstance(item, FrameItem)
    edit = tr("&Rename the frame…") if is_frame else tr("&Edit the note…")
    _add(menu, "graphMenuEditMark", edit, "Enter", lambda: editor.in_place.edit_mark(key))
    if isinstance(item, FrameItem):
        ids = item.frame.nodes
        _add(menu, "graphMenuSelectFramed", tr("&Select its nodes"), "", lambda: editor.scene.select(ids))
    remove = tr("Remove the &frame, keep the nodes") if is_frame else tr("&Delete the note")
    _add(menu, "graphMenuDeleteMark", remove, "Del", lambda: actions.delete_marks([key]))
    return menu


def wire_menu(editor: GraphEditor, wire: WireItem) -> QMenu:
    """The menu for a wire."""
    menu = _menu(editor, "graphWireMenu")
    tr = editor.tr
    text = editor.scene.labels.text(wire, spelled=True)
    if text:
        menu.addAction(text).setEnabled(False)
        menu.addSeparator()
    _add(
        menu,
        "graphMenuDeleteWire",
        tr("&Delete wire"),
        "Del",
        lambda: editor.actions_.disconnect_wires([wire.key]),
    )
    source = wire.source
    _add(
        menu,
        "graphMenuSelectSource",
        tr("Select {0}").format(source),
        "",
        lambda: editor.scene.select([source]),
    )
    target = wire.target
    _add(
        menu,
        "graphMenuSelectTarget",
        tr("Select {0}").format(target),
        "",
        lambda: editor.scene.select([target]),
    )
    return menu


def _add_exports(menu: QMenu, editor: GraphEditor) -> None:
    """The languages that the graph can be copied in, and a file of any of them."""
    copies = menu.addMenu(editor.tr("&Copy the graph as"))
    copies.setObjectName("graphMenuCopyAs")
    for format in exports.formats():
        name = f"graphMenuCopyAs{format.name.capitalize()}"
        _add(copies, name, format.title, "", partial(exports.copy_as, editor, format))
    copies.setEnabled(bool(editor.session.document.graph.nodes))
    _add(menu, "graphMenuExport", editor.tr("E&xport the graph…"), "", editor.export_program)


def _menu(editor: GraphEditor, name: str) -> QMenu:
    menu = QMenu(editor)
    menu.setObjectName(name)
    return menu


def _add(menu: QMenu, name: str, text: str, key: str, call: Callable[[], object]):
    """An entry; `key` is shown only, the canvas itself obeys it."""
    action = menu.addAction(f"{text}\t{key}" if key else text)
    action.setObjectName(name)
    action.triggered.connect(lambda: call())
    return action
