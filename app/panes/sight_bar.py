"""The line over a photo that is not yet compared: how far it is, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.icons import icon
from app.words import fault_fix, fault_name

if TYPE_CHECKING:
    from vision import Fault

_SIGN_PX = 22


class SightBar(QFrame):
    """Says each fault with its fix as soon as it is known, so that nobody waits for nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self._faults: tuple[Fault, ...] = ()
        self._sign, self._state, self._fixes = QLabel(), QLabel(), QLabel()
        self._state.setObjectName("strong")
        self._fixes.setWordWrap(True)
        self._fixes.setTextFormat(Qt.TextFormat.PlainText)
        self._fixes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign)
        head.addWidget(self._state)
        head.addWidget(self._bar)
        head.addStretch(1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(12, 7, 12, 7)
        stack.setSpacing(4)
        stack.addLayout(head)
        self._fixes.setContentsMargins(_SIGN_PX + 10, 0, 0, 0)  # below the words, not the sign
        stack.addWidget(self._fixes)
        self.hide()

    @property
    def words(self) -> str:
        """Everything that is said."""
        return f"{self._state.text()}\n{self._fixes.text()}".strip()

    def tell(self, state: str, faults: tuple[Fault, ...], *, busy: bool) -> None:
        """Say how far a photo is, and what is wrong with it."""
        self._faults = faults
        self._state.setText(state)
        self._bar.setVisible(busy)
        lines = [self._line(fault) for fault in {fault.kind: fault for fault in faults}.values()]
        self._fixes.setText("\n".join(lines))
        self._fixes.setVisible(bool(lines))
        self.setAccessibleName(state)
        self.setAccessibleDescription(" ".join(lines))
        self._draw()
        self.show()

    def _line(self, fault: Fault) -> str:
        if fault.severe:
            template = self.tr("{fault}: probably too much to compare the photo. {fix}")
        else:
            template = self.tr("{fault}: take it again if it lies over a mark. {fix}")
        return template.format(fault=_capital(fault_name(fault)), fix=fault_fix(fault))

    def _draw(self) -> None:
        drawn = icon("warning" if self._faults else "waiting")
        self._sign.setPixmap(drawn.pixmap(QSize(_SIGN_PX, _SIGN_PX), self.devicePixelRatioF()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
