"""Asks how long the line is that was drawn, in a bar over the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from app.store import LONGEST_MM

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.store import KnownLength


class LengthBar(QFrame):
    """`given` tells the length in millimetres, `forgotten` that none is known, `left` neither."""

    given = Signal(float)
    forgotten = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self._is_drawn = False
        self._words = QLabel()
        self.length = QDoubleSpinBox()
        self.length.setRange(0.01, LONGEST_MM)
        self.length.setDecimals(2)
        self.length.setSuffix(" mm")
        self.set_button, self.forget_button = QPushButton(), QPushButton()
        self.leave_button = QPushButton()
        self.set_button.setProperty("accent", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for widget in (self._words, self.length, self.set_button, self.forget_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        self.set_button.clicked.connect(self._on_set)
        self.forget_button.clicked.connect(self.forgotten)
        self.leave_button.clicked.connect(self.left)
        self._reword()
        self.hide()

    def ask_for_line(self, known: KnownLength | None) -> None:
        """Ask for the line first."""
        self._is_drawn = False
        self.length.setValue(known.length_mm if known is not None else 10.0)
        self.forget_button.setVisible(known is not None)
        self._show()

    def ask_for_length(self) -> None:
        """The line is there: ask how long it is."""
        self._is_drawn = True
        self._show()
        self.length.setFocus()
        self.length.selectAll()

    def _show(self) -> None:
        for widget in (self.length, self.set_button):
            widget.setVisible(self._is_drawn)
        self._reword()
        self.show()

    def _on_set(self) -> None:
        self.length.interpretText()
        self.given.emit(self.length.value())

    def _reword(self) -> None:
        if self._is_drawn:
            self._words.setText(self.tr("The line is this long:"))
        else:
            self._words.setText(self.tr("Draw a line along something whose length you know."))
        self.length.setAccessibleName(self.tr("Length of the line in millimetres"))
        self.set_button.setText(self.tr("Set"))
        self.forget_button.setText(self.tr("Forget the length"))
        self.leave_button.setText(self.tr("Cancel"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text() in ("\r", "\n") and self._is_drawn:
            self._on_set()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._reword()
        super().changeEvent(event)
