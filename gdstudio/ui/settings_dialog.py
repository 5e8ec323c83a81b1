"""The settings in one place: appearance, files, unsaved work. What is changed holds at once and is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.limits import LIMITS
from gdstudio.ui import theme as themes
from gdstudio.ui.settings import DRAFT_SECONDS, LIMIT_FACTORS

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow


class SettingsDialog(QDialog):
    """The settings of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("settingsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._window = window
        self._settings = window.settings
        t = self.tr
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._head(form, t("Appearance"), first=True)
        looks = (
            ("system", t("As the desktop is")),
            ("dark", t("Dark")),
            ("light", t("Light")),
        )
        theme = self._choice(looks, themes.switch().choice, window.preferences.choose_theme)
        self._row(form, "settingsTheme", t("Theme"), theme)
        sizes = [(percent, t("{0} %").format(percent)) for percent in themes.TEXT_PERCENTS]
        size = self._choice(sizes, themes.switch().text_percent, window.preferences.choose_text_size)
        self._row(form, "settingsTextSize", t("Text size"), size)
        motion = QCheckBox(t("Reduced motion"))
        motion.setChecked(themes.switch().reduced_motion)
        motion.toggled.connect(window.actions_["actionReducedMotion"].trigger)
        motion.setToolTip(t("Show passes through the graph without moving dots"))
        self._row(form, "settingsReducedMotion", "", motion)

        self._head(form, t("Files"))
        free = t("In a free window, else in a new one")
        places = [(False, free), (True, t("Always in a new window"))]
        place = self._choice(places, self._settings.always_new_window, self._set("always_new_window"))
        place.setToolTip(t("Where files go that are opened from the desktop or a terminal"))
        self._row(form, "settingsNewWindow", t("Open files"), place)
        largest = [(factor, self._size(factor)) for factor in LIMIT_FACTORS]
        limit = self._choice(largest, self._settings.limit_factor, self._set("limit_factor"))
        limit.setToolTip(t("Larger files are refused before they take any memory"))
        self._row(form, "settingsLimits", t("Largest file"), limit)

        self._head(form, t("Unsaved work"))
        seconds = QSpinBox(minimum=DRAFT_SECONDS[0], maximum=DRAFT_SECONDS[-1])
        seconds.setSuffix(t(" s"))
        seconds.setValue(self._settings.draft_seconds)
        seconds.valueChanged.connect(self._set("draft_seconds"))
        seconds.setToolTip(t("What a crash may cost at most: changes of this many seconds"))
        self._row(form, "settingsDraftSeconds", t("Keep a copy every"), seconds)

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(buttons)

    def _head(self, form: QFormLayout, text: str, first: bool = False) -> None:
        label = QLabel(text)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        label.setContentsMargins(0, 0 if first else 10, 0, 0)
        form.addRow(label)

    def _row(self, form: QFormLayout, name: str, label: str, field: QWidget) -> None:
        field.setObjectName(name)
        field.setAccessibleName(label or getattr(field, "text", str)())
        form.addRow(label, field)

    def _choice(
        self, rows: Sequence[tuple[Any, str]], chosen: Any, choose: Callable[[Any], object]
    ) -> QComboBox:
        """A box of (value, text), which calls `choose` with the value."""
        box = QComboBox()
        for value, text in rows:
            box.addItem(text, value)
        box.setCurrentIndex([value for value, _text in rows].index(chosen))
        box.activated.connect(lambda index: choose(rows[index][0]))
        return box

    def _set(self, name: str) -> Callable[[Any], None]:
        """A function that remembers a value of the settings and lets it hold."""

        def remember(value: Any) -> None:
            setattr(self._settings, name, value)
            self._window.files.apply_settings()

        return remember

    def _size(self, factor: int) -> str:
        """What a factor of the limits allows."""
        limits = LIMITS.times(factor)
        megabytes = limits.bytes >> 20
        return self.tr("{0} MB, {1} nodes").format(megabytes, self.locale().toString(limits.nodes))
