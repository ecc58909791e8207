"""The narrow rail on the left: one button for each place that works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

if TYPE_CHECKING:
    from app.panes.actions import ActionBook

_WIDTH: Final = 88
_ICON: Final = QSize(24, 24)


class Rail(QFrame):
    """Buttons for the actions of `places`; the last stands at the bottom."""

    def __init__(self, book: ActionBook, places: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        for place in places:
            if place == places[-1]:
                column.addStretch(1)
            button = QToolButton()
            button.setDefaultAction(book[place])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(_ICON)
            button.setFixedWidth(_WIDTH)
            column.addWidget(button)
