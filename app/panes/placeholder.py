"""What stands in the middle without a picture to show: nothing yet, under way, or failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.icons import icon
from app.views.theme import quiet_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_WIDEST: Final = 620


class Placeholder(QWidget):
    """An icon, a heading, a few lines, perhaps a moving bar, and buttons for what can be done."""

    def __init__(self, actions: tuple[QAction, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = "drop"
        self._sign, self._heading, self._lines = QLabel(), QLabel(), QLabel()
        self._heading.setObjectName("title")
        self._lines.setObjectName("note")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        self._buttons = [
            _ActionButton(action, first=not place) for place, action in enumerate(actions)
        ]
        self._lay_out()

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(14)
        for label in (self._sign, self._heading, self._lines):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._sign)
            label.setTextFormat(Qt.TextFormat.PlainText)  # it may be the name of a file
            stack.addWidget(label)
        stack.addLayout(_centred(self._bar))
        stack.addSpacing(6)
        stack.addLayout(_centred(*self._buttons))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 100)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)

    @property
    def heading(self) -> str:
        """The heading that is shown."""
        return self._heading.text()

    @property
    def lines(self) -> str:
        """The lines below the heading."""
        return self._lines.text()

    def tell(self, icon_name: str, heading: str, lines: str = "", *, busy: bool = False) -> None:
        """Show other words."""
        self._icon_name = icon_name
        self._heading.setText(heading)
        self._lines.setText(lines)
        self._lines.setVisible(bool(lines))
        self._bar.setVisible(busy)
        self._draw()

    def _draw(self) -> None:
        drawn = icon(self._icon_name, quiet_colour(self))
        self._sign.setPixmap(drawn.pixmap(QSize(56, 56), self.devicePixelRatioF()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


class _ActionButton(QPushButton):
    """A push button that follows an action: words, icon, and whether it can be used."""

    def __init__(self, action: QAction, *, first: bool) -> None:
        super().__init__()
        self._act = action
        self.setProperty("accent", first)
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._act.text().replace("&", ""))
        if not self.property("accent"):
            self.setIcon(self._act.icon())
        self.setToolTip(self._act.toolTip())
        self.setEnabled(self._act.isEnabled())


def _centred(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
