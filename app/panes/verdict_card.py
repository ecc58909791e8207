"""The outcome of one photo: icon, sentence, next step and the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout
from typing_extensions import override

from app.code_words import code_caution, code_sentence
from app.reports.stated import STATING
from app.views.icons import OUTCOME_ICONS, icon
from app.views.painting import painter_on
from app.views.theme import DARK, look_of, outcome_brush, outcome_colour
from app.words import (
    apart_picture_sentence,
    apart_sentence,
    by_hand_sentence,
    colour_sentence,
    fault_fix,
    fault_name,
    next_step,
    note_sentence,
    outcome_title,
    reason_sentence,
)
from vision import NoteCode, Outcome

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from vision import Comparison, Inspection

_STRIPE = 8


class VerdictCard(QFrame):
    """Words about an inspection; a stripe in the outcome's colour and pattern on its left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._inspection: Inspection | None = None
        self._sign, self._title = QLabel(), QLabel()
        self._title.setObjectName("title")
        self._reason, self._next = _paragraph(), _paragraph()
        self._figures, self._remarks = _paragraph(), _paragraph()
        self._figures.setTextFormat(Qt.TextFormat.RichText)
        self._remarks.setObjectName("note")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        self._title.setWordWrap(True)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(_STRIPE + 14, 12, 14, 12)
        stack.setSpacing(8)
        stack.addLayout(head)
        for part in (self._reason, self._next, self._figures, self._remarks):
            stack.addWidget(part)
        self.show_inspection(None)

    def take_in(self, part: QWidget) -> None:
        """Hold a widget more, below the next step."""
        stack = self.layout()
        if isinstance(stack, QVBoxLayout):
            stack.insertWidget(stack.indexOf(self._next) + 1, part)

    @property
    def title(self) -> str:
        """The outcome in words."""
        return self._title.text()

    @property
    def next_words(self) -> str:
        """The next step in words."""
        return self._next.text()

    def show_inspection(self, inspection: Inspection | None) -> None:
        """Show another one; None hides the card."""
        self._inspection = inspection
        self.setVisible(inspection is not None)
        self._refresh()

    def _refresh(self) -> None:
        inspection = self._inspection
        if inspection is None:
            return
        outcome = inspection.outcome
        colour = outcome_colour(outcome)
        if look_of(self.palette()) is DARK:
            colour = colour.lighter(130)
        pixmap = icon(OUTCOME_ICONS[outcome], colour).pixmap(
            QSize(30, 30), self.devicePixelRatioF()
        )
        self._sign.setPixmap(pixmap)
        self._title.setText(outcome_title(outcome))
        self._reason.setText(reason_sentence(inspection))
        self._next.setText(self.tr("Next: {step}").format(step=next_step(inspection)))
        states = inspection.outcome in STATING
        figures = self._figure_lines(inspection.comparison) if states else []
        self._figures.setText("<br>".join(figures))
        self._figures.setVisible(bool(figures))
        remarks = self._remark_lines(inspection)
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        self.setAccessibleName(outcome_title(outcome))
        self.setAccessibleDescription(f"{self._reason.text()} {self._next.text()}")
        self.update()

    def _figure_lines(self, comparison: Comparison | None) -> list[str]:
        if comparison is None:
            return []
        lines = [
            self.tr("Agreement: <b>{value}</b> (1 is the same)").format(
                value=f"{comparison.similarity:.3f}"
            )
        ]
        if comparison.percentile is not None:
            among = self.tr("Genuine items among themselves: {count} of {pairs} agree no better.")
            count = round(comparison.percentile * comparison.genuine_pairs)
            lines.append(among.format(pairs=comparison.genuine_pairs, count=count))
        return lines

    def _remark_lines(self, inspection: Inspection) -> list[str]:
        lines = []
        if inspection.outcome is not Outcome.PHOTO_UNFIT:
            kinds = {fault.kind: fault for fault in inspection.faults}
            lines += [f"{fault_name(fault)}: {fault_fix(fault)}" for fault in kinds.values()]
        comparison = inspection.comparison
        if comparison is not None and comparison.alignment.pins:
            lines.append(by_hand_sentence(comparison))
        if comparison is not None and inspection.outcome in STATING:
            sentences = (apart_sentence, apart_picture_sentence, colour_sentence)
            lines += [said for say in sentences if (said := say(comparison))]
        if comparison is not None and comparison.codes and inspection.outcome in STATING:
            lines += [*(code_sentence(code) for code in comparison.codes), code_caution()]
        told = [note for note in inspection.photo.notes if note.code is not NoteCode.REDUCED]
        return lines + [note_sentence(note) for note in told]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._inspection is None:
            return
        with painter_on(self) as painter:
            area = QRectF(5, 12, _STRIPE - 1, self.height() - 24)
            painter.fillRect(area, QColor(look_of(self.palette()).sunken))
            painter.fillRect(area, outcome_brush(self._inspection.outcome))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._refresh()
        super().changeEvent(event)


def _paragraph() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
