"""The session of a window, and the document that it begins with. Importing this imports the engine, but no plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdstudio.document.model import DocumentError
from gdstudio.ui import translation
from gdstudio.ui.files import FileKeeper
from gdstudio.ui.session import Session

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow, Source


def open_session(window: MainWindow, source: Source, continues: MainWindow | None) -> bool:
    """Give a window its session and its files; whether there is a document to show.

    Where `source` has none to give, its reason is shown above the start page. The document of a window that this one
    `continues` is taken over with its history.
    """
    np.seterr(all="ignore")  # overflow and 0/0 are results here, for views too
    try:
        document, path = source()
    except DocumentError as error:
        document, path = None, None
        window.message_bar.show_message(translation.of_error(error))
    window.session = session = Session(document, path, window)
    if continues is not None:
        session.continue_from(continues.session)
    window.files = FileKeeper(window, session, window.settings)
    if continues is None:
        window.files.begin()
    else:
        window.files.continue_from(continues.files)
    if path is not None:
        window.settings.add_recent_file(path)
    window.undo_group.addStack(session.undo_stack)
    window.undo_group.setActiveStack(session.undo_stack)
    return document is not None
