"""Lessons in the window: the list, the page of one lesson, and the way through its steps."""

from __future__ import annotations

from gdstudio.ui.lessons.dock import LessonsDock
from gdstudio.ui.lessons.panel import LessonPanel

__all__ = ["LessonPanel", "LessonsDock"]
