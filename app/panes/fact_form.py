"""A column of lines in which facts are said; what is asked for and missing is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OF_PRODUCT: Final = ("brand", "gtin", "packaging", "market", "category", "valid_from", "valid_to")
OF_REFERENCE: Final = (
    "vouched_by",
    "obtained",
    "obtained_on",
    "batch",
    "camera",
    "valid_from",
    "valid_to",
)
_LABELS: Final[dict[str, object]] = {
    "brand": QT_TRANSLATE_NOOP("facts", "Brand"),
    "gtin": QT_TRANSLATE_NOOP("facts", "GTIN (bar code number)"),
    "packaging": QT_TRANSLATE_NOOP("facts", "Packaging version"),
    "market": QT_TRANSLATE_NOOP("facts", "Market"),
    "category": QT_TRANSLATE_NOOP("facts", "Category"),
    "valid_from": QT_TRANSLATE_NOOP("facts", "Valid from"),
    "valid_to": QT_TRANSLATE_NOOP("facts", "Valid until"),
    "vouched_by": QT_TRANSLATE_NOOP("facts", "Vouched for by"),
    "obtained": QT_TRANSLATE_NOOP("facts", "Obtained from"),
    "obtained_on": QT_TRANSLATE_NOOP("facts", "Obtained on"),
    "batch": QT_TRANSLATE_NOOP("facts", "Batch"),
    "camera": QT_TRANSLATE_NOOP("facts", "Camera"),
    "proof": QT_TRANSLATE_NOOP("facts", "Proof"),
}
_DAYS: Final = ("valid_from", "valid_to", "obtained_on")


def fact_label(field: str) -> str:
    """What a fact is called above its line."""
    return QCoreApplication.translate("facts", str(_LABELS[field]))


class FactForm(QFrame):
    """`keep_wished` tells the facts that were changed.

    Args:
        names: the facts, in their order.
    """

    keep_wished = Signal(object)

    def __init__(self, names: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.edits = {name: QLineEdit() for name in names}
        self._labels = {name: QLabel() for name in self.edits}
        self._facts: dict[str, str] = {}
        self._required: frozenset[str] = frozenset()
        self.title, self.note = QLabel(), QLabel()
        self.title.setObjectName("heading")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setObjectName("note")
        self.note.setWordWrap(True)
        self.keep_button = QPushButton()
        self.keep_button.setProperty("accent", True)
        self._stack = QVBoxLayout(self)
        self._lay_out()
        self.keep_button.clicked.connect(self.keep)
        for edit in self.edits.values():
            edit.textEdited.connect(self._refresh)
            edit.returnPressed.connect(self.keep)
        self._retranslate()

    def _lay_out(self) -> None:
        stack = self._stack
        stack.setContentsMargins(16, 12, 16, 12)
        stack.setSpacing(3)
        stack.addWidget(self.title)
        stack.addWidget(self.note)
        stack.addSpacing(6)
        for name, edit in self.edits.items():
            self._labels[name].setBuddy(edit)
            stack.addWidget(self._labels[name])
            stack.addWidget(edit)
        stack.addSpacing(8)
        stack.addWidget(self.keep_button)
        stack.addStretch(1)

    def add_below(self, *widgets: QWidget) -> None:
        """Put more below the facts."""
        for widget in widgets:
            self._stack.insertWidget(self._stack.count() - 1, widget)

    @property
    def changed(self) -> dict[str, str]:
        """The facts that were typed and differ from those that are known."""
        typed = {name: edit.text().strip() for name, edit in self.edits.items()}
        return {name: text for name, text in typed.items() if text != self._facts.get(name, "")}

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that are asked for and not said."""
        return tuple(
            name
            for name, edit in self.edits.items()
            if name in self._required and not edit.text().strip()
        )

    def show_facts(self, title: str, facts: Mapping[str, str], required: Iterable[str]) -> None:
        """Show what is known; what was typed and not kept is given up."""
        self._facts, self._required = dict(facts), frozenset(required)
        self.title.setText(title)
        for name, edit in self.edits.items():
            edit.setText(self._facts.get(name, ""))
        self._retranslate()

    def keep(self) -> None:
        """Ask to keep what was changed."""
        if self.changed:
            self.keep_wished.emit(self.changed)

    def _refresh(self) -> None:
        self.keep_button.setEnabled(bool(self.changed))
        names = ", ".join(fact_label(name) for name in self.missing)
        self.note.setText(self.tr("Still missing: {names}").format(names=names) if names else "")
        self.note.setVisible(bool(names))

    def _retranslate(self) -> None:
        for name, edit in self.edits.items():
            said = fact_label(name)
            self._labels[name].setText(f"{said} *" if name in self._required else said)
            edit.setAccessibleName(said)
            if name in _DAYS:
                edit.setPlaceholderText(self.tr("year-month-day"))
        self.keep_button.setText(self.tr("Keep"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
