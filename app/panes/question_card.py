"""A question before something that changes much: a card in the page, no dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class QuestionCard(QFrame):
    """Hidden until it is asked; `answered` tells whether the person wants it done."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.yes, self.no = QPushButton(), QPushButton()
        self.yes.setProperty("accent", True)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._words, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()
        self._name_answers()

    @property
    def words(self) -> str:
        """The question."""
        return self._words.text()

    def ask(self, words: str, yes: str, no: str) -> None:
        """Show a question with its two answers."""
        self._words.setText(words)
        self.yes.setText(yes)
        self.no.setText(no)
        self.show()
        self.no.setFocus()

    def leave(self) -> None:
        """Take the question back."""
        self.hide()

    def _name_answers(self) -> None:
        """Until a question says better, the answers are called by what they are."""
        if self.isHidden():
            self.yes.setText(self.tr("Yes"))
            self.no.setText(self.tr("No"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_answers()

    def _on_yes(self) -> None:
        self.hide()
        self.answered.emit(True)

    def _on_no(self) -> None:
        self.hide()
        self.answered.emit(False)
