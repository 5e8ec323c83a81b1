"""The inspector: the selected node in full."""

from gdstudio.ui.inspector.panel import Inspector

__all__ = ["Inspector"]
