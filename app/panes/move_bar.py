"""Where chosen references go: a product and a side, above the pictures they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from app.side_words import named_side, side_word

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.models.references import SideRow

_OFFERED = ("front", "back", "logo", "label")


class MoveBar(QFrame):
    """`wished` asks to move to a product and a side; Escape or Cancel puts the bar away."""

    wished = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[SideRow, ...] = ()
        self._count = 0
        self._title = QLabel()
        self.product, self.side = QComboBox(), QComboBox()
        for combo in (self.product, self.side):
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            combo.setMinimumContentsLength(12)
            combo.currentTextChanged.connect(self._refresh)
        self.move_button, self._cancel = QPushButton(), QPushButton()
        self.move_button.setProperty("accent", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self._title)
        row.addWidget(self.product, 3)
        row.addWidget(self.side, 2)
        row.addWidget(self.move_button)
        row.addWidget(self._cancel)
        self.move_button.clicked.connect(self._on_move)
        self._cancel.clicked.connect(self.hide)
        self._retranslate()
        self.hide()

    def offer_names(self, rows: tuple[SideRow, ...]) -> None:
        """Offer the names that the gallery has."""
        self._known = rows

    def open(self, product: str, side: str, count: int) -> None:
        """Ask where so many references of this side go."""
        self._count = count
        _fill(self.product, sorted({row.product for row in self._known}), product)
        sides = {row.side for row in self._known} | set(_OFFERED)
        _fill(self.side, sorted(side_word(each) for each in sides), side_word(side))
        self._retranslate()
        self.show()
        self.side.setFocus()
        edit = self.side.lineEdit()
        if edit is not None:
            edit.selectAll()

    def _on_move(self) -> None:
        product, side = self.product.currentText().strip(), self.side.currentText().strip()
        own = [row.side for row in self._known if row.product == product]
        self.hide()
        self.wished.emit(product, named_side(side, own))

    def _refresh(self) -> None:
        named = self.product.currentText().strip() and self.side.currentText().strip()
        self.move_button.setEnabled(bool(named))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Move {count} to").format(count=self._count))
        self.product.setAccessibleName(self.tr("Product"))
        self.side.setAccessibleName(self.tr("Side"))
        self.move_button.setText(self.tr("Move"))
        self._cancel.setText(self.tr("Cancel"))
        self._refresh()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_button.click()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _fill(combo: QComboBox, names: list[str], chosen: str) -> None:
    combo.blockSignals(True)
    combo.clear()
    combo.addItems(names)
    combo.setCurrentText(chosen)
    combo.blockSignals(False)
