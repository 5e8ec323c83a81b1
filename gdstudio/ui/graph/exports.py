"""The graph in other languages: programs for NumPy, PyTorch and JAX, LaTeX, its formula, and a PDF picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QSaveFile
from PySide6.QtWidgets import QApplication, QFileDialog

from gdstudio.document.replacing import replacing
from gdstudio.engine import EngineError, codegen, to_text, typeset
from gdstudio.engine.graph import Graph
from gdstudio.ui.export import Picture, pdf
from gdstudio.ui.folders import asked, file_name
from gdstudio.ui.graph.faces import sentence
from gdstudio.ui.translation import as_sentence, of_error

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor

_LATEX_DOCUMENT = r"""\documentclass{article}
\usepackage{amsmath, amssymb}
\begin{document}
%s\end{document}
"""


class Format(NamedTuple):
    """A language that the graph can be written in."""

    name: str
    title: str
    suffix: str
    write: Callable[[Graph], str]


def formats() -> tuple[Format, ...]:
    """All languages, in the order of the menu."""
    return (
        Format("torch", _tr("PyTorch program"), "py", codegen.to_torch),
        Format("jax", _tr("JAX program"), "py", codegen.to_jax),
        Format("numpy", _tr("NumPy program"), "py", codegen.to_numpy),
        Format("latex", _tr("LaTeX formulas"), "tex", _latex),
        Format("formula", _tr("Formula of gdstudio"), "txt", to_text),
    )


def copy_as(editor: GraphEditor, format: Format) -> None:
    """Put the graph as text on the clipboard; where it cannot be written, say why."""
    try:
        text = format.write(editor.session.document.graph)
    except EngineError as error:
        editor.notices.show_refusal(sentence(str(error)))
        return
    QApplication.clipboard().setText(text)


def ask_and_export(editor: GraphEditor) -> None:
    """Ask for a file and a format, and write the graph."""
    known = {f"{row.title} (*.{row.suffix})": row for row in formats()}
    pdf = _tr("PDF picture") + " (*.pdf)"
    dialog = QFileDialog(editor, _tr("Export the Graph"), str(editor.folders.folder))
    dialog.setObjectName("exportGraphDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([*known, pdf])
    dialog.setDefaultSuffix("py")
    dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(text.rsplit("*.", 1)[1].rstrip(")")))
    path = editor.session.path
    title = editor.session.document.title or _tr("graph")
    dialog.selectFile(path.stem if path is not None else file_name(title))
    written = asked(dialog)
    if written is None:
        return
    chosen = dialog.selectedNameFilter()
    try:
        export(editor, written, known.get(chosen))
    except EngineError as error:
        editor.notices.show_refusal(sentence(str(error)))
    except OSError as error:
        words = _tr("{0} cannot be written: {1}").format(written.name, of_error(error))
        editor.notices.show_refusal(as_sentence(words, names=(written.name,)))
    else:
        editor.written.emit(written)


def export(editor: GraphEditor, path: Path, format: Format | None) -> None:
    """Write the graph to a file, as a PDF picture when `format` is None.

    Raises:
        EngineError: the graph cannot be written in this language.
        OSError: the file cannot be written.
    """
    if format is None:
        _write_pdf(editor, path)
        return
    text = format.write(editor.session.document.graph)
    if format.name == "latex":
        text = _LATEX_DOCUMENT % text
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    file.write(text.encode())
    if not file.commit():
        raise OSError(file.errorString())


def _latex(graph: Graph) -> str:
    lines = typeset.latex(graph).replace(r"\\ ", "\\\\\n")
    return f"\\[\n{lines}\n\\]\n"


def _write_pdf(editor: GraphEditor, path: Path) -> None:
    """One page as large as the graph, drawn with lines and letters rather than pixels."""
    size = editor.picture_bounds().size().toSize()
    content = pdf(Picture(size, editor.paint_graph), size)
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Exports", text)
