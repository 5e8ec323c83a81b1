"""Settings that every test needs: no screen is used, and Qt must know it before it is imported."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

# A slow machine is no fault, and a run that decides about a change must be repeatable.
settings.register_profile("gdstudio", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("gdstudio")
