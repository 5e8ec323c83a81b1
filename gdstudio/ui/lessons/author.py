"""Writing a lesson in the window: the state that is shown becomes a step, texts are edited, steps deleted."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document import authoring
from gdstudio.ui.lessons.guide import Guide, language, say


class Author(QObject):
    """What a teacher does to the guide's lesson; each is one step of the undo history."""

    def __init__(self, guide: Guide, window: QWidget) -> None:
        super().__init__(window)
        self._guide = guide
        self._window = window

    def record(self) -> None:
        """Ask for the texts of a new step that shows the document as it is now."""
        dialog = StepDialog(self._window, self.tr("New Step"))
        if dialog.exec():
            session = self._guide.session
            document = authoring.with_step(session.document, *dialog.texts(), session.selected_node)
            session.edit(self.tr("Record a step"), document)

    def edit_texts(self) -> None:
        """Ask for other texts of the step that is shown."""
        guide = self._guide
        if guide.step is None:
            return
        dialog = StepDialog(self._window, self.tr("Edit Step"), say(guide.step.title), say(guide.step.text))
        if dialog.exec():
            document = authoring.with_texts(guide.session.document, guide.index, *dialog.texts(), language())
            guide.session.edit(self.tr("Edit a step"), document)

    def delete(self) -> None:
        """Take the step that is shown out of the lesson."""
        guide = self._guide
        if guide.step is not None:
            document = authoring.without_step(guide.session.document, guide.index)
            guide.session.edit(self.tr("Delete a step"), document)


class StepDialog(QDialog):
    """Asks for the title and the text of a step."""

    def __init__(self, window: QWidget, caption: str, title: str = "", text: str = "") -> None:
        super().__init__(window)
        self.setObjectName("stepDialog")
        self.setWindowTitle(caption)
        self.title = QLineEdit(title)
        self.title.setObjectName("stepTitle")
        self.title.setAccessibleName(self.tr("Title of the step"))
        self.text = QPlainTextEdit(text, tabChangesFocus=True)
        self.text.setObjectName("stepText")
        self.text.setAccessibleName(self.tr("Text of the step"))
        self.text.setPlaceholderText(self.tr("Markdown: **bold**, *italic*; formulas between $$"))
        Button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(Button.Ok | Button.Cancel)
        self.buttons.button(Button.Ok).setObjectName("stepOk")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("Title"), self.title)
        form.addRow(self.tr("Text"), self.text)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.resize(520, 360)
        self.title.textChanged.connect(self._allow)
        self._allow()

    def texts(self) -> tuple[str, str]:
        """Title and text."""
        return self.title.text().strip(), self.text.toPlainText().strip()

    def _allow(self, *_: object) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.title.text().strip()))
