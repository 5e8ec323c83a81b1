"""Python's cyclic garbage collector, kept to the GUI thread.

A collection starts in whichever thread happens to allocate. Started in the engine's thread, it would delete the widgets
of a closed window there, which Qt does not survive. So automatic collection is off while there is a GUI, and the GUI
thread collects whenever it has nothing else to do and a collection is due. No timer: an idle program stays idle.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication


def keep_to_gui_thread() -> None:
    """Call once there is an application, in its thread; later calls change nothing."""
    if not gc.isenabled() or QCoreApplication.instance() is None:
        return
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher is None:
        return
    gc.disable()
    # What the imports made stays anyway; without it a full collection is quick.
    gc.freeze()
    dispatcher.aboutToBlock.connect(_collect_if_due)


def _collect_if_due() -> None:
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
