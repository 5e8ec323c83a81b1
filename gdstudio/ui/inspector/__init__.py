"""The inspector: the selected node in full."""

from gdstudio.ui.inspector.panel import Inspector
from gdstudio.ui.inspector.tensors import InspectorPane

__all__ = ["Inspector", "InspectorPane"]
