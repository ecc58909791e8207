"""How a setting that is a folder is edited: the path, a button to choose it, one to forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.plain_text import tip_of

if TYPE_CHECKING:
    from app.settings import Settings


class FolderEditor(QWidget):
    """Follows the setting, whoever changes it."""

    def __init__(self, settings: Settings, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._key = settings, key
        self.path, self.choose_button, self.none_button = QLineEdit(), QPushButton(), QPushButton()
        self.path.setReadOnly(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.none_button)
        self.setFocusProxy(self.choose_button)
        self.choose_button.clicked.connect(self._on_choose)
        self.none_button.clicked.connect(self._on_none)
        settings.changed.connect(self._on_changed)
        self._show()

    def reword(self, label: str) -> None:
        """Say everything in the language of now."""
        self.path.setAccessibleName(label)
        self.path.setPlaceholderText(self.tr("None"))
        self.choose_button.setText(self.tr("Choose…"))
        self.none_button.setText(self.tr("Stop watching"))

    def _on_choose(self) -> None:
        title = choose_watched_title()
        name = QFileDialog.getExistingDirectory(self, title, self._settings.text(self._key))
        if name:
            self._settings.set(self._key, name)

    def _on_none(self) -> None:
        self._settings.set(self._key, "")

    def _on_changed(self, key: str) -> None:
        if key == self._key:
            self._show()

    def _show(self) -> None:
        named = self._settings.text(self._key)
        self.path.setText(named)
        self.path.setToolTip(tip_of(named))
        self.none_button.setEnabled(bool(named))


def choose_watched_title() -> str:
    """The title of the dialog in which the watched folder is chosen."""
    return QCoreApplication.translate("FolderEditor", "Choose the folder to watch")
