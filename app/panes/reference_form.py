"""The right side of Gallery: which files become references, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.panes.ghost_view import GhostView
from app.side_words import named_side, side_word
from vision import Provenance

if TYPE_CHECKING:
    from app.models.references import SideRow
    from app.panes.intake import Source

_OFFERED: Final = ("front", "back", "logo", "label")
_NAMES_SHOWN: Final = 6


class ReferenceForm(QFrame):
    """`add_wished` asks to keep the files that were gathered; `files_wished` to choose some.

    `asked_for` tells that files, product or side may be others now.
    """

    add_wished = Signal()
    files_wished = Signal()
    asked_for = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._sources: tuple[Source, ...] = ()
        self._title, self._note, self._files = QLabel(), QLabel(), QLabel()
        self._title.setObjectName("heading")
        self._files.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._note, self._files):
            label.setObjectName("note")
            label.setWordWrap(True)
        self.product, self.side = _choice(), _choice()
        self._known: tuple[SideRow, ...] = ()
        self._named_side = ""
        self._offer(self.side, {side_word(side) for side in _OFFERED})
        self.vouched_by, self.obtained, self.batch = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels = [QLabel() for _ in range(5)]
        self.choose_button, self._clear, self.add_button = (
            QPushButton(),
            QPushButton(),
            QPushButton(),
        )
        self.add_button.setProperty("accent", True)
        self.ghost = GhostView()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._lay_out()
        self.choose_button.clicked.connect(self.files_wished)
        self._clear.clicked.connect(self.clear)
        self.add_button.clicked.connect(self.add_wished)
        for edit in (self.product, self.side):
            edit.currentTextChanged.connect(self._on_named)
        self._retranslate()

    def _lay_out(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(16, 16, 16, 16)
        stack.setSpacing(4)
        stack.addWidget(self._title)
        stack.addWidget(self._note)
        stack.addSpacing(8)
        editors = (self.product, self.side, self.vouched_by, self.obtained, self.batch)
        for label, editor in zip(self._labels, editors, strict=True):
            label.setBuddy(editor)
            stack.addWidget(label)
            stack.addWidget(editor)
            stack.addSpacing(4)
        stack.addSpacing(6)
        stack.addWidget(self.choose_button)
        stack.addWidget(self._files)
        stack.addWidget(self._clear)
        stack.addSpacing(6)
        stack.addWidget(self.add_button)
        stack.addWidget(self._bar)
        stack.addWidget(self.ghost)
        stack.addStretch(1)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that were gathered."""
        return self._sources

    @property
    def provenance(self) -> Provenance:
        """Where the items come from, as far as it was said."""
        return Provenance(
            vouched_by=self.vouched_by.text().strip(),
            obtained=self.obtained.text().strip(),
            batch=self.batch.text().strip(),
        )

    @property
    def names(self) -> tuple[str, str]:
        """Product and side, as they are stored."""
        return self.product.currentText().strip(), self._named_side

    def gather(self, sources: tuple[Source, ...]) -> None:
        """Put files to those that were gathered."""
        here = {source.path for source in self._sources if source.path is not None}
        self._sources += tuple(source for source in sources if source.path not in here)
        self._refresh()

    def clear(self) -> None:
        """Forget the files that were gathered."""
        self._sources = ()
        self._refresh()

    def offer_names(self, rows: tuple[SideRow, ...]) -> None:
        """Offer the names that the gallery has already; what was typed stays."""
        self._known = rows
        self._offer(self.product, {row.product for row in rows})
        self._offer_sides()
        self._resolve_side()

    def set_names(self, product: str, side: str) -> None:
        """Fill in product and side."""
        self.product.setCurrentText(product)
        self.side.setCurrentText(side_word(side))

    def _offer_sides(self) -> None:
        sides = {row.side for row in self._known} | set(_OFFERED)
        self._offer(self.side, {side_word(side) for side in sides})

    def _offer(self, combo: QComboBox, names: set[str]) -> None:
        typed = combo.currentText()
        combo.blockSignals(True)
        combo.clear()
        combo.addItems(sorted(names))
        combo.setCurrentText(typed)
        combo.blockSignals(False)

    def _on_named(self) -> None:
        self._resolve_side()
        self._refresh()

    def _resolve_side(self) -> None:
        """Find out which name is meant: of the product, else a well-known one, or what is typed."""
        product, words = self.product.currentText().strip(), self.side.currentText().strip()
        own = [row.side for row in self._known if row.product == product]
        self._named_side = named_side(words, own)

    def set_progress(self, done: int, count: int) -> None:
        """Show how far adding has come; done when the two are equal."""
        self._bar.setVisible(done < count)
        self._bar.setRange(0, max(count, 1))
        self._bar.setValue(done)
        self._refresh()

    def _refresh(self) -> None:
        count = len(self._sources)
        shown = [source.name for source in self._sources[:_NAMES_SHOWN]]
        if count > _NAMES_SHOWN:
            shown.append("…")
        words = self.tr("Files: {count}").format(count=count) if count else self.tr("No files yet")
        self._files.setText("\n".join([words, *shown]))
        self._clear.setVisible(count > 0)
        ready = count > 0 and all(self.names) and not self._bar.isVisible()
        self.add_button.setEnabled(ready)
        self.asked_for.emit()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Add references"))
        self._note.setText(
            self.tr(
                "Drop photos of genuine items here. Three or more of each side are needed before "
                "anything is stated about a suspect."
            )
        )
        texts = (
            self.tr("Product"),
            self.tr("Side"),
            self.tr("Vouched for by"),
            self.tr("Obtained from"),
            self.tr("Batch"),
        )
        editors = (self.product, self.side, self.vouched_by, self.obtained, self.batch)
        for label, editor, text in zip(self._labels, editors, texts, strict=True):
            label.setText(text)
            editor.setAccessibleName(text)
        self.choose_button.setText(self.tr("Choose files…"))
        self._clear.setText(self.tr("Forget these files"))
        self.add_button.setText(self.tr("Add to the gallery"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._offer_sides()
            self.side.setCurrentText(side_word(self._named_side))
            self._retranslate()
        super().changeEvent(event)


def _choice() -> QComboBox:
    combo = QComboBox()
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    return combo
