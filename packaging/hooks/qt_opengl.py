"""Stands for `PySide6.QtOpenGL` in the packaged program: the two classes of it that the relief is drawn with.

The binding is 9 MB, nearly all of it one class of functions for every version of OpenGL. pyqtgraph's views, lines and
meshes take from it buffers and a vertex array alone, which PyOpenGL, through which they draw, makes as well. Names and
meanings are Qt's: https://doc.qt.io/qt-6/qopenglbuffer.html.
"""

from __future__ import annotations

import enum
from typing import Any, ClassVar

# Numbers from OpenGL's registry. PyOpenGL itself is loaded by the first buffer, since pyqtgraph imports this module
# at every start, whether or not a relief is wanted.
_ARRAY_BUFFER, _ELEMENT_ARRAY_BUFFER, _STATIC_DRAW = 0x8892, 0x8893, 0x88E4


class QOpenGLBuffer:
    """A buffer in the memory of the graphics card. Every call but the first needs a current context."""

    class Type(enum.IntEnum):
        VertexBuffer = _ARRAY_BUFFER
        IndexBuffer = _ELEMENT_ARRAY_BUFFER

    # Those of objects that are gone, which may end where no context is current; contexts share their buffers here.
    _abandoned: ClassVar[list[int]] = []

    def __init__(self, type: Type = Type.VertexBuffer) -> None:  # noqa: A002
        self._type = type
        self._name = 0
        self._size = 0

    def __del__(self) -> None:
        if self._name:
            self._abandoned.append(self._name)

    def create(self) -> bool:
        from OpenGL import GL

        while self._abandoned:
            GL.glDeleteBuffers(1, [self._abandoned.pop()])
        self._name = int(GL.glGenBuffers(1))
        return True

    def isCreated(self) -> bool:
        return self._name != 0

    def destroy(self) -> None:
        from OpenGL import GL

        if self._name:
            GL.glDeleteBuffers(1, [self._name])
        self._name = self._size = 0

    def bind(self) -> bool:
        from OpenGL import GL

        GL.glBindBuffer(self._type, self._name)
        return self.isCreated()

    def release(self) -> None:
        from OpenGL import GL

        GL.glBindBuffer(self._type, 0)

    def size(self) -> int:
        """Bytes."""
        return self._size

    def allocate(self, data: Any, count: int) -> None:
        """Make room for `count` bytes in the buffer, which is bound, and fill it."""
        from OpenGL import GL

        GL.glBufferData(self._type, count, data, _STATIC_DRAW)
        self._size = count

    def write(self, offset: int, data: Any, count: int) -> None:
        """Replace `count` bytes from `offset` on in the buffer, which is bound."""
        from OpenGL import GL

        GL.glBufferSubData(self._type, offset, count, data)


class QOpenGLVertexArrayObject:
    """What a core profile wants bound before anything is drawn; ends with its context."""

    def __init__(self, _parent: object = None) -> None:
        self._name = 0

    def create(self) -> bool:
        from OpenGL import GL

        self._name = int(GL.glGenVertexArrays(1))
        return True

    def isCreated(self) -> bool:
        return self._name != 0

    def bind(self) -> None:
        from OpenGL import GL

        GL.glBindVertexArray(self._name)
