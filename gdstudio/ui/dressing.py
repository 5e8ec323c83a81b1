"""Gives the application a theme's palette, font and style sheet, and has the widgets that are there follow.

The style sheet is set once: it names colours of the palette, which Qt looks up when a widget is polished, and palette
and font stop at every widget that the sheet has to do with. To set the sheet anew would mend both in ten times the
time, so each widget is told by itself. `wave` says when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette, QPixmapCache
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QDockWidget,
    QHeaderView,
    QListView,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QSplitter,
    QSplitterHandle,
    QStatusBar,
    QTableView,
    QToolBar,
    QToolButton,
    QTreeView,
    QWidget,
)

from gdstudio.paths import resource_path
from gdstudio.ui.focus_ring import FocusRings

if TYPE_CHECKING:
    from gdstudio.ui.theme import Theme

# What the style sheet speaks of.
_STYLED = (
    QCheckBox,
    QDialogButtonBox,
    QDockWidget,
    QHeaderView,
    QListView,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QSplitter,
    QSplitterHandle,
    QStatusBar,
    QTableView,
    QToolBar,
    QToolButton,
    QTreeView,
)


def dress(app: QApplication, theme: Theme, font_pixels: int) -> None:
    """Give the application the theme's font and palette, and at the first time style and style sheet."""
    is_first = not app.styleSheet()
    if is_first:
        app.setStyle("Fusion")
    font = QFont(app.font())
    font.setPixelSize(font_pixels)
    app.setFont(font)
    app.setPalette(_palette(theme))
    # The style keeps a picture of each box and button for each palette; those of the last one are of no more use.
    QPixmapCache.clear()
    if is_first:
        app.setStyleSheet(_style_sheet())
        FocusRings(app)


def restyle(
    widgets: Sequence[QWidget], hidden: list[QWidget] | None = None, apart: Collection[QWidget] = ()
) -> Iterator[None]:
    """Give widgets and those in them the application's palette and font, and what the style sheet makes of them.

    Parents come before what is in them, since palette and font are handed down.

    Args:
        hidden: takes the widgets that are not in sight, which are left out then.
        apart: these are left out with all that is in them, unless they are among `widgets`.
    """
    waiting = list(widgets)
    while waiting:
        widget = waiting.pop()
        if not shiboken6.isValid(widget):
            continue
        if hidden is not None and not widget.isVisible():
            hidden.append(widget)
            continue
        if not widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
            widget.setPalette(QPalette())
        # A font of its own says weight or family; the size is the application's unless it says that, too.
        has_own = widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)
        widget.setFont(widget.font() if has_own else QFont())
        if isinstance(widget, _STYLED) or widget.styleSheet():
            style = widget.style()
            style.unpolish(widget)
            style.polish(widget)
            QWidget.update(widget)  # that of a view takes an index in older versions of Qt for Python
        waiting += [child for child in widget.children() if isinstance(child, QWidget) and child not in apart]
        yield


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, color in {
        role.Window: theme.panel, role.WindowText: theme.text, role.Base: theme.field, role.AlternateBase:
        theme.panel, role.Text: theme.text, role.PlaceholderText: theme.muted, role.Button: theme.raised,
        role.ButtonText: theme.text, role.BrightText: theme.error, role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text, role.Highlight: theme.accent, role.HighlightedText: theme.accent_text,
        role.Link: theme.accent, role.LinkVisited: theme.accent, role.Accent: theme.accent, role.Light:
        theme.hover, role.Midlight: theme.hover, role.Mid: theme.line, role.Dark: theme.line,
    }.items():  # fmt: skip
        palette.setColor(which, color)
    for which in (role.WindowText, role.Text, role.ButtonText):
        faint = QColor(theme.muted)
        faint.setAlphaF(0.55)
        palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return palette


def _style_sheet() -> str:
    """What a palette cannot say: thin frames, quiet docks, flat tool buttons. Its colours are those of the palette."""
    check, close = (resource_path("icons", f"{name}.svg").as_posix() for name in ("check", "dock-close"))
    return f"""
QToolTip {{ color: palette(text); background: palette(button); border: 1px solid palette(mid); padding: 4px 6px; }}

QMainWindow::separator {{ background: palette(window); width: 5px; height: 5px; }}
QSplitter::handle {{ background: palette(window); }}
QMainWindow::separator:hover, QSplitter::handle:hover {{ background: palette(highlight); }}
QDockWidget {{ titlebar-close-icon: url("{close}"); }}
QDockWidget::close-button {{ background: transparent; border: none; border-radius: 4px; icon-size: 16px; }}
QDockWidget::close-button:hover {{ background: palette(light); }}
QDockWidget::title {{ background: palette(window); padding: 5px 8px 0 8px; border-bottom: 1px solid palette(mid); }}

QMenuBar {{ background: palette(window); }}
QMenuBar::item {{ padding: 8px 9px; margin: 2px 0; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: palette(light); }}
QToolBar {{ background: palette(window); border: none; spacing: 2px; padding: 0 4px; }}
QToolBar::separator {{ background: palette(mid); width: 1px; margin: 5px 6px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px; }}
QToolButton:hover {{ background: palette(light); }}
QToolButton:checked, QToolButton:pressed {{ background: palette(light); border-color: palette(highlight); }}
QToolButton:checked:disabled {{ background: transparent; border-color: palette(mid); }}
QToolButton:focus {{ border-color: palette(highlight); }}

QPushButton {{
    background: palette(button); border: 1px solid palette(mid); border-radius: 6px; padding: 5px 14px;
}}
QPushButton:hover {{ background: palette(light); }}
QPushButton:default, QPushButton:focus {{ border-color: palette(highlight); }}
QPushButton:pressed {{ background: palette(base); }}
QPushButton:flat {{ background: transparent; border-color: transparent; }}
QPushButton:flat:hover {{ background: palette(light); }}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

QCheckBox::indicator, QAbstractItemView::indicator {{
    width: 14px; height: 14px; border: 1px solid palette(placeholder-text); border-radius: 3px; background: palette(base);
}}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
    border-color: palette(highlight); background: palette(highlight); image: url("{check}");
}}
QCheckBox::indicator:disabled {{ border-color: palette(mid); }}
QCheckBox:focus, QRadioButton:focus {{ color: palette(highlight); }}
QRadioButton::indicator {{
    width: 14px; height: 14px; border: 1px solid palette(placeholder-text); border-radius: 8px; background: palette(base);
}}
QRadioButton::indicator:checked {{
    width: 6px; height: 6px; border: 5px solid palette(highlight);
}}

QStatusBar {{ border-top: 1px solid palette(mid); }}
QStatusBar::item {{ border: none; }}
QHeaderView::section {{
    background: palette(window); color: palette(placeholder-text); padding: 4px 6px;
    border: none; border-bottom: 1px solid palette(mid);
}}
QUndoView::item {{ padding: 4px 8px; }}
QTableView, QListView, QTreeView {{ border: 1px solid palette(mid); gridline-color: palette(mid); }}
"""
