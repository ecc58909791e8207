"""What the gallery asks for: facts that must be said, and the shots of a category."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.panes.fact_form import OF_PRODUCT, OF_REFERENCE, fact_label
from app.side_words import named_side, side_word
from app.store import Policy, Shots

if TYPE_CHECKING:
    from collections.abc import Iterable


class PolicyForm(QFrame):
    """`wished` asks for another policy."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._policy = Policy()
        self._category = ""
        self._heads = [QLabel() for _ in range(3)]
        self.of_product = {name: QCheckBox() for name in OF_PRODUCT}
        self.of_reference = {name: QCheckBox() for name in (*OF_REFERENCE, "proof")}
        self.required, self.optional = QLineEdit(), QLineEdit()
        self._required_label, self._optional_label = QLabel(), QLabel()
        self.keep_button = QPushButton()
        self.keep_button.setProperty("accent", True)
        self._lay_out()
        self.keep_button.clicked.connect(self._on_keep)
        for box in (*self.of_product.values(), *self.of_reference.values()):
            box.toggled.connect(self._refresh)
        for edit in (self.required, self.optional):
            edit.textEdited.connect(self._refresh)
        self._retranslate()

    def _lay_out(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.setSpacing(3)
        for head in self._heads:
            head.setObjectName("heading")
            head.setWordWrap(True)
        stack.addWidget(self._heads[0])
        for box in self.of_product.values():
            stack.addWidget(box)
        stack.addSpacing(8)
        stack.addWidget(self._heads[1])
        for box in self.of_reference.values():
            stack.addWidget(box)
        stack.addSpacing(8)
        stack.addWidget(self._heads[2])
        pairs = ((self._required_label, self.required), (self._optional_label, self.optional))
        for label, edit in pairs:
            label.setBuddy(edit)
            stack.addWidget(label)
            stack.addWidget(edit)
        stack.addSpacing(8)
        stack.addWidget(self.keep_button)
        stack.addStretch(1)

    @property
    def policy(self) -> Policy:
        """What the form asks for now."""
        before = self._policy.shots_of(self._category)
        known = (*before.required, *before.optional)
        own = Shots(
            category=self._category,
            required=_sides_in(self.required.text(), known),
            optional=_sides_in(self.optional.text(), known),
        )
        others = [s for s in self._policy.shots if s.category.casefold() != own.category.casefold()]
        is_own = own != before.model_copy(update={"category": own.category})
        same = [s for s in self._policy.shots if s not in others]
        shots = [*others, own] if is_own else [*others, *same]
        return Policy(
            of_reference=_checked(self.of_reference),
            of_product=_checked(self.of_product),
            shots=tuple(sorted(shots, key=lambda each: each.category)),
        )

    def set_policy(self, policy: Policy) -> None:
        """Show what is asked for now."""
        self._policy = policy
        for boxes, names in (
            (self.of_product, policy.of_product),
            (self.of_reference, policy.of_reference),
        ):
            for name, box in boxes.items():
                box.blockSignals(True)
                box.setChecked(name in names)
                box.blockSignals(False)
        self.show_category(self._category)

    def show_category(self, category: str) -> None:
        """Show the shots of this category; "" are all products without one."""
        self._category = category
        shots = self._policy.shots_of(category)
        self.required.setText(", ".join(side_word(each) for each in shots.required))
        self.optional.setText(", ".join(side_word(each) for each in shots.optional))
        self._retranslate()

    def _on_keep(self) -> None:
        self.wished.emit(self.policy)

    def _refresh(self) -> None:
        self.keep_button.setEnabled(self.policy != self._policy)

    def _retranslate(self) -> None:
        self._heads[0].setText(self.tr("Must be said of a product"))
        self._heads[1].setText(self.tr("Must be said of a reference"))
        shots = self.tr("Sides to photograph: all products")
        if self._category:
            shots = self.tr("Sides to photograph: {category}").format(category=self._category)
        self._heads[2].setText(shots)
        for name, box in (*self.of_product.items(), *self.of_reference.items()):
            box.setText(fact_label(name))
        self._required_label.setText(self.tr("Required"))
        self._optional_label.setText(self.tr("Optional"))
        for edit in (self.required, self.optional):
            edit.setPlaceholderText(self.tr("front, back"))
        self.required.setAccessibleName(self.tr("Required"))
        self.optional.setAccessibleName(self.tr("Optional"))
        self.keep_button.setText(self.tr("Ask for this"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_category(self._category)
        super().changeEvent(event)


def _checked(boxes: dict[str, QCheckBox]) -> tuple[str, ...]:
    return tuple(name for name, box in boxes.items() if box.isChecked())


def _sides_in(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The stored names of sides that are written one after the other; `known` are asked for."""
    own = tuple(known)
    named: Iterable[str] = (part.strip() for part in re.split(r"[,;，；、]", text))
    return tuple(dict.fromkeys(named_side(each, own) for each in named if each))
