"""Whether this computer can draw with OpenGL, found out once and without making a window."""

from __future__ import annotations

import functools

from PySide6.QtGui import QOffscreenSurface, QOpenGLContext


@functools.cache
def available() -> bool:
    """Whether a context of OpenGL 2.1 or newer can be made here."""
    context = QOpenGLContext()
    surface = QOffscreenSurface()
    surface.create()
    if not context.create() or not context.makeCurrent(surface):
        return False
    version = context.format().version()
    context.doneCurrent()
    return tuple(version) >= (2, 1)
