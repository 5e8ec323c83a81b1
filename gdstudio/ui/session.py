"""The open document as one object: what it is, what changed, what the engine has computed from it.

Data flows one way: a view calls `edit`, the undo stack shows the new document, `document_changed` says what
differs, `Computing` has the engine compute what depends on it, and `trace_computed`, `grid_computed` and
`race_computed` bring the results. The document is an immutable value; nothing in it is ever changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QUndoStack

from gdstudio.document import files
from gdstudio.document.model import Document, DocumentError, Range
from gdstudio.ui.aside import aside_if
from gdstudio.ui.change import Change
from gdstudio.ui.commands import Edit
from gdstudio.ui.computing import KINDS, SURFACE, Computing, Subject, affected
from gdstudio.ui.playback import Playback
from gdstudio.ui.results import GridResult, RaceOutcome
from gdstudio.ui.seeds import Seeds

if TYPE_CHECKING:
    from gdstudio.engine import RaceResult, Trace

# A document with more nodes and numbers than these takes some hundredths of a second to write.
_MANY_ENTRIES = 1_500
# Steps of the undo history; each keeps what it changed.
MOST_STEPS = 1_000


class Session(QObject):
    """One open document.

    Signals:
        document_changed(Change): an edit, an undo or a redo.
        document_opened(): another document altogether; the results are gone until the next ones arrive.
        path_changed(): the document has another file, or none.
        trace_computed(Trace), grid_computed(GridResult or None), race_computed(RaceResult or None): None when
            there is nothing to show; `problems` says why.
        settled(): everything that depends on the last change has arrived.
        failed(str): one sentence about something that could not be computed.
        busy_changed(bool), progressed(float): computing takes longer than 0.2 s, and the fraction done.
        step_changed(int), playing_changed(bool): playback.
        node_selected(str or None), racer_selected(int or None).
    """

    document_changed = Signal(object)
    document_opened = Signal()
    path_changed = Signal()
    trace_computed = Signal(object)
    grid_computed = Signal(object)
    race_computed = Signal(object)
    settled = Signal()
    failed = Signal(str)
    busy_changed = Signal(bool)
    progressed = Signal(float)
    step_changed = Signal(int)
    playing_changed = Signal(bool)
    node_selected = Signal(object)
    racer_selected = Signal(object)

    def __init__(
        self, document: Document | None = None, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self, undoLimit=MOST_STEPS)
        self.trace: Trace | None = None
        self.grid: GridResult | None = None
        self.race_result: RaceResult | None = None
        self.race_rows: tuple[int, ...] = ()  # race_result's racer i is document.race.racers[race_rows[i]]
        self.selected_node: str | None = None
        self.selected_racer: int | None = None
        # Gives, in the GUI thread, what draws a surface in the engine's; the view that shows it puts this here.
        self.draw_ahead: Callable[[], Callable[[GridResult], object]] | None = None

        self._document = Document() if document is None else document
        self._path = path
        self._seeds = Seeds()
        self._is_taking_over = False
        self._merges = 0

        self._playback = Playback(self)
        self._playback.step_changed.connect(self.step_changed)
        self._playback.step_changed.connect(self._follow_racer)
        self.racer_selected.connect(self._follow_racer)
        self._playback.playing_changed.connect(self.playing_changed)

        self._computing = Computing(self)
        self.problems = self._computing.problems  # "trace" | "grid" | "race" -> why there is no result
        self._computing.trace_computed.connect(self._show_trace)
        self._computing.grid_computed.connect(self._show_grid)
        self._computing.race_computed.connect(self._show_race)
        self._computing.failed.connect(self.failed)
        requests = self._computing.requests
        requests.settled.connect(self.settled)
        requests.busy_changed.connect(self.busy_changed)
        requests.progressed.connect(self.progressed)
        self._compute(KINDS)

    # The document

    @property
    def document(self) -> Document:
        return self._document

    @property
    def path(self) -> Path | None:
        """The file of the document; None while it has none."""
        return self._path

    @property
    def is_modified(self) -> bool:
        """Whether there are changes that are not in the file."""
        return not self.undo_stack.isClean()

    def open(self, document: Document, path: Path | None = None, modified: bool = False) -> None:
        """Show another document, with an empty history. The caller has asked whether to save the old one.

        Args:
            modified: the document differs from what its file holds.
        """
        self._playback.rewind_for()
        self.undo_stack.clear()
        self._document = document
        self._path = path
        if modified:
            self.undo_stack.resetClean()
        self.trace = self.grid = self.race_result = None
        self.race_rows = ()
        self._seeds.clear()
        self._computing.forget()
        self.select_node(None)
        self.select_racer(None)
        self.document_opened.emit()
        self.path_changed.emit()
        self._compute(KINDS)

    def continue_from(self, other: Session) -> None:
        """Take over another session's document with its history, and its playback once the race is computed.

        The other session is left as it is; its owner closes it.
        """
        self.open(other.document, other.path)
        theirs, mine = other.undo_stack, self.undo_stack
        self._is_taking_over = True
        for i in range(theirs.count()):
            edit = theirs.command(i)
            assert isinstance(edit, Edit)
            mine.push(edit.of(self))
        if theirs.cleanIndex() >= 0:
            mine.setIndex(theirs.cleanIndex())
            mine.setClean()
        else:
            mine.resetClean()
        mine.setIndex(theirs.index())
        self._is_taking_over = False
        self._computing.slicing.take_over(other._computing.slicing)
        self._seeds.take_over(other._seeds)
        if self.seed is not None:
            self._compute({"trace"})
        self.speed, self.loop = other.speed, other.loop
        go_on = partial(self._go_on, other.step, other.playing)
        self.settled.connect(go_on, Qt.ConnectionType.SingleShotConnection)

    def _go_on(self, step: int, playing: bool) -> None:
        self.set_step(step)
        if playing:
            self.play()

    def save(self, path: Path | None = None) -> None:
        """Write the document to `path`, or to its own file; events are handled meanwhile where it is a large one.

        Raises:
            DocumentError: the file cannot be written.
        """
        target = path or self._path
        if target is None:
            raise DocumentError("the document has no file yet; choose one")
        written = self._document
        aside_if(_is_large(written), partial(files.write, written, target))
        self._path = Path(target)
        if written is self._document:
            self.undo_stack.setClean()
        self.path_changed.emit()

    def edit(self, text: str, document: Document, merge: object = None) -> None:
        """Make `document` the open one, as one step of the undo history with `text` as its name.

        Edits in a row with the same `merge` key become one step, until `end_merge` or another edit comes
        between. The open document itself is no edit.
        """
        if document is self._document:
            return
        key = None if merge is None else (merge, self._merges)
        last = self._open_step(key)
        if last is None:
            self.undo_stack.push(Edit(self, text, self._document, document, key))
        else:
            last.extend(document)
            self.undo_stack.indexChanged.emit(self.undo_stack.index())

    def _open_step(self, key: object) -> Edit | None:
        """The last step where an edit with this merge key belongs to it.

        Qt merges nothing: PySide never lets go of a command that it merged, nor of what that command holds.
        """
        stack = self.undo_stack
        if key is None or stack.index() == 0 or stack.canRedo() or stack.isClean():
            return None
        last = stack.command(stack.index() - 1)
        return last if isinstance(last, Edit) and last.merge == key else None

    def end_merge(self) -> None:
        """Close a merge: the mouse was released, the next edit is a step of its own."""
        self._merges += 1

    def show_document(self, document: Document) -> None:
        """Show a state of the history. For `commands.Edit` alone; views call `edit`."""
        if self._is_taking_over:
            self._document = document
            return
        change = Change(self._document, document)
        self._document = document
        self._computing.slicing.follow(change)
        self._seeds.follow(change)
        if self.selected_node is not None and self.selected_node not in document.graph.nodes:
            self.select_node(None)
        if self.selected_racer is not None and self.selected_racer >= len(document.race.racers):
            self.select_racer(None)
        self.document_changed.emit(change)
        if change.graph:
            self._computing.requests.outdate()
        self._compute(affected(change))

    # Selection

    def select_node(self, id: str | None) -> None:
        if id != self.selected_node:
            self.selected_node = id
            self.node_selected.emit(id)

    def select_racer(self, index: int | None) -> None:
        """Select a racer by its place in `document.race.racers`."""
        if index != self.selected_racer:
            self.selected_racer = index
            self.racer_selected.emit(index)

    # The v of the vector-Jacobian product

    @property
    def seed(self) -> np.ndarray | None:
        """The v that weights the elements of a tensor output, of its shape; None for a scalar or no output."""
        return self._seeds.of(self._document.graph)

    def set_seed(self, v: np.ndarray | None) -> None:
        """Weight the elements of the output by `v`, of its shape; None = ones. This is no edit."""
        self._seeds.choose(self._document.graph, v)
        self._compute({"trace"})

    # Playback

    @property
    def step(self) -> int:
        """The step of the race that is shown; after opening, the last one."""
        return self._playback.step

    @property
    def last_step(self) -> int:
        return self._playback.last_step

    @property
    def playing(self) -> bool:
        return self._playback.playing

    @property
    def speed(self) -> float:
        """Steps per second while playing."""
        return self._playback.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._playback.speed = float(speed)

    @property
    def loop(self) -> bool:
        """Whether playing begins again after the end."""
        return self._playback.loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self._playback.loop = bool(loop)

    def set_step(self, step: int) -> None:
        """Show a step, 0 to `last_step`."""
        self._playback.set_step(step)

    def play(self) -> None:
        """Play from the step that is shown, or from the start when it is the last."""
        self._playback.play()

    def pause(self) -> None:
        self._playback.pause()

    def step_forward(self) -> None:
        self.pause()
        self.set_step(self.step + 1)

    def step_back(self) -> None:
        self.pause()
        self.set_step(self.step - 1)

    def reset(self) -> None:
        """Back to the starts."""
        self.pause()
        self.set_step(0)

    # Computing

    @property
    def is_settled(self) -> bool:
        """Whether every result belongs to the document as it is."""
        return self._computing.requests.is_settled

    @property
    def is_busy(self) -> bool:
        """Whether computing takes longer than 0.2 s."""
        return self._computing.requests.is_busy

    def cancel_work(self) -> None:
        """Stop computing; what has not arrived stays away until the next change."""
        self._computing.cancel()

    def close(self) -> None:
        """Stop the playback and the engine's thread; the session computes nothing afterwards."""
        self.pause()
        self._computing.requests.close()
        # Emptied now, while its commands are there: the garbage collector may delete these before the stack, which would
        # then delete them again. Nobody is to hear of it.
        self.undo_stack.blockSignals(True)
        self.undo_stack.clear()

    def request_grid(self, axes: tuple[str, ...], ranges: tuple[Range, ...] | None) -> None:
        """Have the surface computed for another region, coarse first, then fine; this is no edit.

        The region holds until another document is opened or the document's own axes or ranges change. Ranges of
        None are the document's own region.
        """
        self._computing.slicing.want(axes, ranges)
        self._compute(SURFACE)

    @property
    def racer_point(self) -> np.ndarray | None:
        """Where the selected racer is at the step shown, one number for each coordinate."""
        if self.race_result is None or self.selected_racer not in self.race_rows:
            return None
        path = self.race_result.paths[self.race_rows.index(self.selected_racer)]
        return path[min(self.step, len(path) - 1)] if len(path) else None

    def _subject(self) -> Subject:
        return Subject(self._document, self.seed, self.racer_point, self.draw_ahead)

    def _compute(self, kinds: Iterable[str]) -> None:
        """Have these kinds of results computed of the document as it is."""
        self._computing.compute(kinds, self._subject())

    def _follow_racer(self, *_: object) -> None:
        """Move the slice along with the selected racer, where it follows one."""
        if self._document.landscape.follow:
            self._computing.follow_point(self._subject())

    def _show_trace(self, trace: Trace) -> None:
        self.trace = trace
        self.trace_computed.emit(trace)

    def _show_grid(self, grid: GridResult | None) -> None:
        self.grid = grid
        self.grid_computed.emit(grid)

    def _show_race(self, outcome: RaceOutcome) -> None:
        self.race_result, self.race_rows = outcome.result, outcome.rows
        self.race_computed.emit(outcome.result)
        lengths = [len(losses) for losses in outcome.result.losses] if outcome.result is not None else []
        self._playback.set_last_step(max(lengths, default=1) - 1)
        if self._document.landscape.follow or self._document.landscape.directions == "principal":
            self._compute(SURFACE)


def _is_large(document: Document) -> bool:
    """Whether to write it takes longer than some hundredths of a second."""
    nodes = document.graph.nodes.values()
    numbers = sum(node.value.size for node in nodes if node.value is not None)
    return len(nodes) + numbers > _MANY_ENTRIES
