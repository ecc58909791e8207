"""One region at work: both crops, the genuine spread, what it is taken for, and a note."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.panes.painting import paint_image, paint_region_badge, ratio_words
from app.store import Opinion
from app.text_words import wording_phrase
from app.views.painting import painter_on
from app.views.spread_plot import SpreadPlot
from vision import Channel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.models.findings import RegionListModel, RegionRow
    from app.panes.actions import ActionBook

_PAUSE_MS: Final = 700  # of typing, after which a note is written
_LONGEST: Final = 1000


class RegionCard(QFrame):
    """`noted` tells the note as it stands; `left` that the note field was left by a key."""

    noted = Signal(str)
    left = Signal()

    def __init__(
        self, model: RegionListModel, actions: ActionBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._model = model
        self._note_action = actions["edit_note"]
        self._row: RegionRow | None = None
        self._badge, self._title = _Badge(), QLabel()
        self._ratio, self._said = QLabel(), QLabel()
        self._title.setObjectName("strong")
        self._ratio.setObjectName("strong")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self.suspect, self.reference = _Crop(), _Crop()
        self._names = QLabel(), QLabel()
        self.plot = SpreadPlot()
        self.note = _NoteEdit()
        self.note.setMaxLength(_LONGEST)
        self._remove = actions.button("remove_region")
        names = [*(f"mark_{opinion.value}" for opinion in Opinion), "next_region"]
        self.buttons = [actions.button(name) for name in names]
        self._is_typed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.tell_note)
        self.note.textEdited.connect(self._on_edited)
        self.note.editingFinished.connect(self.tell_note)
        self.note.left.connect(self.left)
        self._lay_out()
        self._retranslate()
        self.show_row(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._badge)
        head.addWidget(self._title, 1)
        head.addWidget(self._ratio)
        head.addWidget(self._remove)
        pictures = QGridLayout()
        pictures.setSpacing(4)
        for column, crop in enumerate((self.suspect, self.reference)):
            self._names[column].setObjectName("note")
            pictures.addWidget(crop, 0, column)
            pictures.addWidget(self._names[column], 1, column)
        marks = QGridLayout()
        marks.setSpacing(4)
        for place, button in enumerate(self.buttons):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setAutoRaise(False)
            button.setObjectName("mark")
            marks.addWidget(button, place // 2, place % 2)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(12, 8, 12, 10)
        stack.setSpacing(6)
        stack.addLayout(head)
        stack.addLayout(pictures)
        stack.addWidget(self._said)
        stack.addWidget(self.plot)
        stack.addLayout(marks)
        stack.addWidget(self.note)

    @property
    def row(self) -> RegionRow | None:
        """The region that is shown."""
        return self._row

    def show_row(self, row: RegionRow | None) -> None:
        """Show another region, or the same with another finding; None hides the card."""
        is_other = row is None or self._row is None or row.number != self._row.number
        if is_other:
            self.tell_note()
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self._badge.show_row(row)
        self.suspect.show_image(row.suspect)
        self.reference.show_image(row.reference)
        note = row.finding.note if row.finding is not None else ""
        if not self._is_typed and _cleaned(self.note.text()) != note:
            self.note.setText(note)
        self._refresh()

    def tell_note(self) -> None:
        """Tell the note at once, where it was typed in."""
        self._pause.stop()
        if self._is_typed:
            self._is_typed = False
            self.noted.emit(_cleaned(self.note.text()))

    def _on_edited(self) -> None:
        self._is_typed = True
        self._pause.start()

    def _refresh(self) -> None:
        row = self._row
        if row is None:
            return
        region = row.region
        self._title.setText(self._model.title(row))
        self._remove.setVisible(region is None)
        is_measured = region is not None and region.channel is not Channel.CODES
        has_plot = is_measured and region is not None and region.text is None
        self.plot.setVisible(has_plot)
        self.plot.show_region(region if has_plot else None)
        self._ratio.setText(ratio_words(row))
        self._said.setText("" if has_plot else self._words(row))
        self._said.setVisible(bool(self._said.text()))
        self.setAccessibleName(self._model.sentence(row))

    def _words(self, row: RegionRow) -> str:
        region = row.region
        if region is None:
            if row.finding is not None and row.finding.by_hand:
                return self.tr("You drew this region; nothing was measured here.")
            return self.tr(
                "This region was marked in an earlier inspection. It does not stand out any more."
            )
        if region.text is not None:
            return wording_phrase(region.text)
        return self.tr("The code carries another value than the references.")

    def _retranslate(self) -> None:
        self._names[0].setText(self.tr("Photo"))
        self._names[1].setText(self.tr("Genuine reference"))
        for crop, name in zip((self.suspect, self.reference), self._names, strict=True):
            crop.setAccessibleName(name.text())
        key = self._note_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.note.setPlaceholderText(self.tr("Note on this region ({key})").format(key=key))
        self.note.setAccessibleName(self.tr("Note on this region"))
        self._ratio.setToolTip(self.tr("How many times the genuine spread was measured"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _NoteEdit(QLineEdit):
    """Enter keeps and leaves, Escape leaves; no key of the window acts while one types."""

    left = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            if plain and event.key() not in _PASSED_ON:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _LEAVING:
            self.left.emit()


class _Crop(QWidget):
    """A picture on neutral grey."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 112)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            paint_image(painter, self.rect(), self._image)


class _Badge(QWidget):
    """The number of the region as the pictures show it."""

    def __init__(self) -> None:
        super().__init__()
        self._row: RegionRow | None = None
        self.setFixedSize(26, 24)

    def show_row(self, row: RegionRow) -> None:
        self._row = row
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._row is not None:
            with painter_on(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_region_badge(painter, QRectF(1, 1, 22, 22), self._row)


def _cleaned(text: str) -> str:
    """A note as it can be kept: composed letters, no line breaks."""
    composed = unicodedata.normalize("NFC", text)
    shown = (" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in composed)
    return "".join(shown).strip()


_PASSED_ON: Final = (
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_F1,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
)
_LEAVING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
