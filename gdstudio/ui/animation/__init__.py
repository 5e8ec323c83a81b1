"""A playback of the race as an animated GIF or WebP: what is chosen, the copy that is filmed, and the filming."""

from __future__ import annotations

from gdstudio.ui.animation.recorder import Recorder, Shot

__all__ = ["Recorder", "Shot"]
