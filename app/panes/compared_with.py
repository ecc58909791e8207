"""What a photo was compared with: product, side, and whether a person chose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.side_words import product_and_side, side_word
from app.views.icons import icon
from app.views.theme import quiet_colour
from vision import Outcome

if TYPE_CHECKING:
    from app.panes.actions import ActionBook
    from app.panes.workbench import Inspected


class ComparedWith(QWidget):
    """`side_chosen` tells product and side, where a person takes another side."""

    side_chosen = Signal(str, str)

    def __init__(self, actions: ActionBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Inspected | None = None
        self._sides: tuple[tuple[str, str], ...] = ()
        self._product, self._hand, self._sign = QLabel(), QLabel(), QLabel()
        self._product.setWordWrap(True)
        self._product.setTextFormat(Qt.TextFormat.PlainText)
        self._hand.setObjectName("note")
        self.side_box = QComboBox()
        self.side_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.side_box.activated.connect(self._on_side_activated)
        self.automatic = actions.button("automatic")
        self.automatic.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.pins = actions.button("pins")
        self.pins.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.pins.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pins.setAutoRaise(False)
        self.pins.setObjectName("mark")
        self._by_hand = QWidget()
        row = QHBoxLayout(self._by_hand)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._hand, 1)
        row.addWidget(self.automatic)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(4)
        stack.addWidget(self._product)
        stack.addWidget(self.side_box)
        stack.addWidget(self._by_hand)
        stack.addWidget(self.pins)
        self._refresh()

    @property
    def words(self) -> str:
        """What is said, as a person reads it."""
        return self._product.text()

    def show_inspected(self, found: Inspected | None) -> None:
        """Tell of another photo."""
        self._found = found
        self._refresh()

    def set_sides(self, sides: tuple[tuple[str, str], ...]) -> None:
        """The gallery holds these products and sides."""
        self._sides = sides
        self._refresh()

    def _names(self) -> tuple[str, str]:
        """Product and side compared with, or those that were asked for."""
        found = self._found
        if found is None:
            return "", ""
        comparison = found.inspection.comparison
        if comparison is not None:
            return comparison.product, comparison.side
        return found.meant_side or (found.choice.product or "", found.choice.side or "")

    def _refresh(self) -> None:
        found, (product, side) = self._found, self._names()
        self.setVisible(bool(product))
        self.side_box.setAccessibleName(self.tr("Side of the product"))
        self.side_box.setToolTip(self.tr("Compare with another side of this product"))
        if found is None or not product:
            return
        laid = found.inspection.comparison is not None
        said = self.tr("Compared with {side}")
        if not laid:
            said = self.tr("The photo cannot be laid on {side}. Choose another, or align by hand.")
        self._product.setText(said.format(side=product_and_side(product, side)))
        self._fill_box(product, side)
        choice = found.choice
        self._product.setVisible(laid or choice.is_by_hand)  # the reason says it else
        is_doubted = found.inspection.outcome is Outcome.CANNOT_ALIGN
        self.pins.setVisible(is_doubted or choice.pinned is not None)
        self._by_hand.setVisible(not choice.is_automatic)
        self._hand.setText(
            self.tr("Chosen by hand") if choice.is_by_hand else self.tr("Aligned by hand")
        )
        drawn = icon("by-hand", quiet_colour(self))
        self._sign.setPixmap(drawn.pixmap(QSize(18, 18), self.devicePixelRatioF()))

    def _fill_box(self, product: str, side: str) -> None:
        sides = [each for owner, each in self._sides if owner == product]
        self.side_box.clear()
        for each in sides:
            self.side_box.addItem(self.tr("Side: {side}").format(side=side_word(each)), each)
        self.side_box.setCurrentIndex(sides.index(side) if side in sides else -1)
        self.side_box.setVisible(len(sides) > 1)

    def _on_side_activated(self, place: int) -> None:
        product, side = self._names()
        chosen = self.side_box.itemData(place)
        if chosen != side:
            self.side_chosen.emit(product, chosen)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._refresh()
        super().changeEvent(event)
