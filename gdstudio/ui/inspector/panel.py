"""The inspector's panel: formulas, numbers and paths of the node that is selected in the graph."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QShowEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.inspector import formulas
from gdstudio.ui.inspector.text import NodeText
from gdstudio.ui.inspector.typeset import Typesetter
from gdstudio.ui.session import Session


class Inspector(QTextBrowser):
    """What the selected node computes and where its gradient comes from, as text that can be copied."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self.setMinimumWidth(240)
        self.setOpenLinks(False)
        self._session = session
        self._stale = True
        self._typesetter = Typesetter(self)
        self._typesetter.typeset.connect(self._refresh)
        session.node_selected.connect(self._refresh)
        session.trace_computed.connect(self._refresh)
        session.document_opened.connect(self._refresh)
        session.document_changed.connect(lambda change: self._refresh() if change.graph else None)
        themes.switch().theme_changed.connect(self._refresh)
        self.document().setDocumentMargin(12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def sizeHint(self) -> object:
        hint = super().sizeHint()
        hint.setWidth(300)
        return hint

    def close_typesetter(self) -> None:
        """Stop making formulas."""
        self._typesetter.close()

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
            hint = self.tr(
                "Select a node in the graph to see what it computes and where its gradient comes from."
            )
            return f'<p style="color:{theme.muted.name()}">{hint}</p>'
        text = NodeText(graph, self._session.trace, id, theme)
        parts = [text.heading(), text.problem()]
        for title, blocks in (
            (self.tr("Value"), (self._formula(formulas.forward(graph, id)), text.value())),
            (
                self.tr("Gradient"),
                (self._formula(formulas.backward(graph, id)), text.gradient(), text.sentence()),
            ),
            (self.tr("Local derivatives"), (text.locals(),)),
            (self.tr("Paths to the output"), (text.paths(),)),
        ):
            lines = [f"<div>{block}</div>" for block in blocks if block]
            if lines:
                parts.append(f'<p style="margin:14px 0 4px 0; font-weight:600">{title}</p>' + "".join(lines))
        return f'<div style="line-height:140%">{"".join(parts)}</div>'

    def _formula(self, latex: str | None) -> str:
        if latex is None:
            return ""
        picture = self._typesetter.picture(latex, themes.current().text.name(), self.devicePixelRatioF())
        if picture is None:
            return ""
        url = QUrl(f"formula:{abs(hash((latex, themes.current().name)))}")
        self.document().addResource(QTextDocument.ResourceType.ImageResource, url, picture)
        return f'<p style="margin:2px 0 6px 0"><img src="{url.toString()}"></p>'
