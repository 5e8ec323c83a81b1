"""Opening, saving and letting go of documents, with the questions that a person is asked about it.

A file that cannot be read leaves the open document as it was, a document with unsaved changes is never let go of
without a question, and what another program or window wrote to the file is not overwritten without one.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdstudio.document.limits import LIMITS
from gdstudio.document.model import Document, DocumentError
from gdstudio.ui.aside import AT_ONCE_BYTES
from gdstudio.ui.file_watch import FileWatch, held_by, size_of
from gdstudio.ui.folders import asked, file_name
from gdstudio.ui.loader import Loader
from gdstudio.ui.recovery import Draft, Recovery
from gdstudio.ui.session import Session
from gdstudio.ui.settings import Settings
from gdstudio.ui.translation import of_error

SUFFIX = ".gdstudio"


class FileKeeper(QObject):
    """The session's document and its file.

    Signals:
        opened(): the session shows another document.
        saved(): the document's file holds it.
        failed(str): one sentence; nothing has changed.
        outdated(str): one sentence; the file holds something else than what was opened. `reload` shows it.
    """

    opened = Signal()
    saved = Signal()
    failed = Signal(str)
    outdated = Signal(str)

    def __init__(self, window: QWidget, session: Session, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._loader = Loader(window)
        self._watch = FileWatch(self)
        self._watch.changed.connect(self._tell_about_file)
        self.recovery = Recovery(session, settings.data_folder / "drafts", self)
        self.apply_settings()

    def apply_settings(self) -> None:
        """Keep drafts as often as the settings say."""
        self.recovery.interval = 1000 * self._settings.draft_seconds

    def begin(self) -> None:
        """Watch the file that the session begins with."""
        self._session.path_changed.connect(self._follow)
        # To look into a large file lets events be handled, and a window that is being built is not ready for them.
        is_large = self._session.path is not None and size_of(self._session.path) > AT_ONCE_BYTES
        QTimer.singleShot(0, self, self._follow) if is_large else self._follow()

    def continue_from(self, other: FileKeeper) -> None:
        """Instead of `begin`: go on with the document of another keeper, its draft and what is known of its file."""
        self.recovery.continue_from(other.recovery)
        self._session.path_changed.connect(self._follow)
        self._follow(other._watch.known)

    def new(self) -> None:
        """An empty document."""
        self.show_document(Document())

    def show_document(self, document: Document) -> None:
        """A document without a file, after the question about the open one."""
        if self.may_let_go():
            self._session.open(document)
            self.opened.emit()

    def open(self) -> None:
        """Ask for a file and open it."""
        dialog = self._dialog(self.tr("Open"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setObjectName("openDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        path = asked(dialog)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> bool:
        """Open a file, after the question about the open document; whether it is open now."""
        held = held_by(path)
        document = self._read(path)
        asks = self._session.is_modified
        if document is None or not self.may_let_go():
            return False
        if asks and (now := held_by(path)) != held:
            # Saved in answer to the question, or written to while it stood there.
            held, document = now, self._read(path)
            if document is None:
                return False
        self._remember(path)
        self._session.open(document, path)
        self._follow(held)
        self.opened.emit()
        return True

    def _read(self, path: Path) -> Document | None:
        """The document in a file; None when a person gave up, or when it cannot be read, which is told."""
        try:
            return self._loader.read(path, LIMITS.times(self._settings.limit_factor))
        except DocumentError as error:
            self._settings.forget_recent_file(path)
            self.failed.emit(self.tr("{0} cannot be opened: {1}").format(path.name, of_error(error)))
            return None

    def reload(self) -> bool:
        """Show what the document's file holds now, after the question about unsaved changes; whether it is shown."""
        return self._session.path is not None and self.open_path(self._session.path)

    def restore(self, draft: Draft) -> None:
        """Go on with a document that a crash left behind, after the question about the open one."""
        if not self.may_let_go():
            draft.release()
            return
        self.recovery.restore(draft)
        self._follow(draft.fingerprint)
        self.opened.emit()

    def save(self) -> bool:
        """Write to the document's own file, asking for one where there is none. False = not saved."""
        return self.save_as() if self._session.path is None else self._save_to(self._session.path)

    def save_as(self) -> bool:
        """Ask for a file and write to it. False = not saved."""
        dialog = self._dialog(self.tr("Save As"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setObjectName("saveDialog")
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(self._suggested_name())
        path = asked(dialog)
        return path is not None and self._save_to(path)

    def may_let_go(self) -> bool:
        """Whether the open document may be replaced: it is saved, or a person has said what to do with it."""
        if not self._session.is_modified:
            return True
        box = QMessageBox(self._window)
        box.setObjectName("unsavedQuestion")
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Unsaved Changes"))
        box.setText(self.tr("Save the changes to “{0}”?").format(title(self._session)))
        box.setInformativeText(self.tr("They are lost otherwise."))
        Button = QMessageBox.StandardButton
        box.setStandardButtons(Button.Save | Button.Discard | Button.Cancel)
        box.setDefaultButton(Button.Save)
        box.setEscapeButton(Button.Cancel)
        for button, name, text in (
            (Button.Save, "unsavedSave", self.tr("&Save")),
            (Button.Discard, "unsavedDiscard", self.tr("&Discard")),
            (Button.Cancel, "unsavedCancel", self.tr("&Cancel")),
        ):
            box.button(button).setObjectName(name)
            box.button(button).setText(text)
        answer = box.exec()
        box.deleteLater()
        return answer == Button.Discard or (answer == Button.Save and self.save())

    def _save_to(self, path: Path) -> bool:
        if path == self._session.path and self._watch.differs() and not self._may_overwrite(path):
            return False
        try:
            self._session.save(path)
        except (DocumentError, OSError) as error:
            # What the system says stands behind a sentence of its own, which this one takes the place of.
            reason = error.__cause__ if isinstance(error.__cause__, OSError) else error
            self.failed.emit(self.tr("{0} cannot be written: {1}").format(path.name, of_error(reason)))
            return False
        self._remember(path)
        self.saved.emit()
        return True

    def _may_overwrite(self, path: Path) -> bool:
        """Whether the file may be replaced though another program has written to it."""
        box = QMessageBox(self._window)
        box.setObjectName("overwriteQuestion")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Changed on Disk"))
        box.setText(self.tr("“{0}” was changed by another program or window.").format(path.name))
        box.setInformativeText(self.tr("Saving here replaces what was written there."))
        overwrite = box.addButton(self.tr("&Overwrite"), QMessageBox.ButtonRole.DestructiveRole)
        overwrite.setObjectName("overwriteAnyway")
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setObjectName("overwriteCancel")
        cancel.setText(self.tr("&Cancel"))
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is overwrite

    def _follow(self, held: str | None = None) -> None:
        self._watch.follow(self._session.path, held)
        self.recovery.know_file(self._watch.known)

    def _tell_about_file(self) -> None:
        name = "" if self._session.path is None else self._session.path.name
        if self._watch.is_gone():
            self._session.undo_stack.resetClean()  # what is open is now the only copy
            self.failed.emit(self.tr("{0} was deleted or moved; saving writes it again.").format(name))
        else:
            self.outdated.emit(self.tr("{0} was changed by another program or window.").format(name))

    def _remember(self, path: Path) -> None:
        self._settings.folder = path.resolve().parent
        self._settings.add_recent_file(path)

    def _suggested_name(self) -> str:
        if self._session.path is not None:
            return str(self._session.path)
        return f"{file_name(title(self._session))}{SUFFIX}"

    def _dialog(self, caption: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._window, caption, str(self._settings.folder))
        dialog.setAcceptMode(mode)
        dialog.setNameFilters([self.tr("gdstudio documents (*{0})").format(SUFFIX), self.tr("All files (*)")])
        return dialog


def title(session: Session) -> str:
    """What the open document is called: its title, else its file's name."""
    if session.document.title:
        return session.document.title
    return session.path.stem if session.path is not None else session.tr("Untitled")
