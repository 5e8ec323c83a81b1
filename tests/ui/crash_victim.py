"""A window in a process of its own that edits without end, until it is killed. Run by `test_recovery`.

    python crash_victim.py SETTINGS FILE

Prints "kept N" when the state with w = N is in the draft, and "saved N" when it is in the file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from gdstudio.document import files
from gdstudio.ui import application, commands
from gdstudio.ui.main_window import MainWindow


def main(settings: str, file: str) -> int:
    app = application.create()
    path = Path(file)
    window = MainWindow(files.read(path), QSettings(settings, QSettings.Format.IniFormat), path)
    window.show()
    session, recovery = window.session, window.files.recovery
    recovery.interval = 5

    def value(document) -> int:
        return int(document.graph.nodes["w"].value)

    def edit() -> None:
        number = value(session.document) + 1
        session.edit("edit", commands.set_value(session.document, "w", float(number)))
        if number % 50 == 0 and window.files.save():
            print("saved", number, flush=True)

    recovery.kept.connect(lambda document: print("kept", value(document), flush=True))
    timer = QTimer(window, interval=2)
    timer.timeout.connect(edit)
    timer.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
