"""The graph editor: canvas, palette, in-place fields, and the film of forward and backward pass."""

from __future__ import annotations

from gdstudio.ui.graph.editor import GraphEditor

__all__ = ["GraphEditor"]
