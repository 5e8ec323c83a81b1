"""What a race looks like from the data's side: the fit as it is trained, and the gradients of batches."""

from __future__ import annotations

from gdstudio.ui.data.pane import DataPane
from gdstudio.ui.data.view import DataView

__all__ = ["DataPane", "DataView"]
