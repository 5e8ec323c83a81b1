"""The inspector's panel: formulas, numbers and paths of the node that is selected in the graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QImage, QShowEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from gdstudio.engine import Graph
from gdstudio.engine.typeset import graph_lines, node_latex
from gdstudio.ui import theme as themes
from gdstudio.ui.inspector import formulas
from gdstudio.ui.inspector.text import NodeText, slope_line
from gdstudio.ui.inspector.typeset import DEEPEST, Typesetter, nesting
from gdstudio.ui.session import Change, Session

if TYPE_CHECKING:
    from gdstudio.engine import Trace

# A longer list of formulas is no overview.
MOST_FORMULAS = 16
MOST_NODES = 300
# A formula that had to be made smaller than this would be hard to read.
SMALLEST_SCALE = 0.65
# Characters of LaTeX that an unnamed value may have to be written where it is used.
INLINE_LENGTHS = (1000, 60, 30, 0)


class Inspector(QTextBrowser):
    """What the selected node computes and where its gradient comes from, as text that can be copied."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self.setMinimumWidth(200)
        self.setOpenLinks(False)
        self._session = session
        self._stale = True
        self._at_racer: Trace | None = None
        self.typesetter = Typesetter(self)
        self.typesetter.typeset.connect(self._refresh)
        session.node_selected.connect(self._refresh)
        session.trace_computed.connect(self._refresh)
        session.document_opened.connect(self._refresh)
        session.document_changed.connect(self._follow_change)
        themes.switch().follow(self._refresh)
        self.document().setDocumentMargin(12)

    def show_racer(self, trace: Trace | None, _words: str) -> None:
        """Show the numbers at a racer's point; None = the graph's own again."""
        self._at_racer = trace
        self._refresh()

    @property
    def _trace(self) -> Trace | None:
        return self._session.trace if self._at_racer is None else self._at_racer

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(300, super().sizeHint().height())

    def _follow_change(self, change: Change) -> None:
        if change.graph:
            self._refresh()

    def _refresh(self, *_: object) -> None:
        # Hidden, it would do the work of every drag for nobody.
        self._stale = not self.isVisible()
        if self._stale:
            return
        place = self.verticalScrollBar().value()
        self.setHtml(self._page())
        self.verticalScrollBar().setValue(place)

    def _page(self) -> str:
        id = self._session.selected_node
        graph = self._session.document.graph
        theme = themes.current()
        if id is None or id not in graph.nodes:
            return self._overview(theme)
        text = NodeText(graph, self._trace, id, theme)
        parts = [text.heading(), text.problem(), text.odd()]
        for title, blocks in (
            (self.tr("Value"), (self._formula(node_latex(graph, id)), text.value())),
            (
                self.tr("Gradient"),
                (self._formula(formulas.backward(graph, id)), text.gradient(), text.sentence()),
            ),
            (self.tr("Local derivatives"), (text.locals(),)),
            (self.tr("Paths to the output"), (text.paths(),)),
        ):
            parts.append(_section(title, blocks))
        return f'<div style="line-height:140%">{"".join(parts)}</div>'

    def _overview(self, theme: themes.Theme) -> str:
        """The whole graph as formulas, for when no node is selected."""
        session = self._session
        graph = session.document.graph
        hint = self.tr("Select a node to see what it computes and where its gradient comes from.")
        parts = [f'<p style="color:{theme.muted.name()}">{hint}</p>']
        parts.append(_section(self.tr("The graph"), self._all_formulas(graph)))
        lines = [slope_line(graph, self._trace, id, theme) for id in graph.parameters[:MOST_FORMULAS]]
        parts.append(_section(self.tr("Its parameters"), lines))
        return f'<div style="line-height:140%">{"".join(parts)}</div>'

    def _all_formulas(self, graph: Graph) -> list[str]:
        """The graph as it would be written, in more and shorter lines where that is too wide to read here.

        Nothing where that would be more lines than a person reads.
        """
        if len(graph.nodes) > MOST_NODES:
            return []
        written: list[str] = []
        for longest in INLINE_LENGTHS:
            written = [f"{left} = {right}" for left, right in graph_lines(graph, longest)]
            if len(written) > MOST_FORMULAS:
                return []
            if all(nesting(latex) <= DEEPEST and self._shrunk(latex) >= SMALLEST_SCALE for latex in written):
                break
        return list(map(self._formula, written))

    def _picture(self, latex: str, scale: float = 1.0) -> QImage | None:
        ratio = scale * self.devicePixelRatioF()
        return self.typesetter.picture(latex, themes.current().text.name(), ratio)

    def _shrunk(self, latex: str) -> float:
        """By how much a formula must be made smaller to fit the width; 1 where it fits or is not there yet."""
        picture = self._picture(latex)
        if picture is None:
            return 1.0
        room = self.viewport().width() - 2 * self.document().documentMargin()
        return min(1.0, room / max(1.0, picture.deviceIndependentSize().width()))

    def _formula(self, latex: str | None) -> str:
        scale = 1.0 if latex is None else self._shrunk(latex)
        picture = None if latex is None else self._picture(latex, scale)
        if picture is None:
            return ""
        width = round(scale * picture.deviceIndependentSize().width())
        url = QUrl(f"formula:{abs(hash((latex, themes.current().name)))}")
        self.document().addResource(QTextDocument.ResourceType.ImageResource, url, picture)
        return f'<p style="margin:2px 0 6px 0"><img src="{url.toString()}" width="{width}"></p>'


def _section(title: str, blocks: Iterable[str]) -> str:
    """A caption and what stands below it; nothing where there is nothing."""
    lines = [f"<div>{block}</div>" for block in blocks if block]
    return f'<p style="margin:14px 0 4px 0; font-weight:600">{title}</p>{"".join(lines)}' if lines else ""
