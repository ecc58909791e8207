"""How the rows of the triage table are painted, and the lines over their groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from app.models.triage import (
    DECIDED_ROLE,
    DECISION,
    ENTRY_ROLE,
    FILE,
    OUTCOME,
    PICTURE,
    PRODUCT,
    SUSPICION,
    TriageHead,
    TriageModel,
)
from app.models.triage_rows import TriageRow
from app.panes.painting import paint_badge, paint_image, paint_words
from app.reports.scanning import UNREADABLE
from app.store import Decided
from app.views.icons import OUTCOME_ICONS, paint_icon
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS, Look, look_of, outcome_colour
from vision import Outcome

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from app.panes.row_pictures import RowPictures

    Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT: Final = 60
_BADGE: Final = 17
_MIDDLE: Final = Qt.TextElideMode.ElideMiddle
DECIDED_LOOKS: Final = {
    Decided.AGREES: ("accept", AGREES),
    Decided.DIFFERS: ("accept", DIFFERS),
    Decided.LATER: ("waiting", CANNOT_JUDGE),
}


class TriageDelegate(QStyledItemDelegate):
    """Paints cells; pictures that are not read yet are left grey."""

    def __init__(self, pictures: RowPictures) -> None:
        super().__init__(pictures)
        self._pictures = pictures

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, model = index.data(ENTRY_ROLE), index.model()
        if not isinstance(model, TriageModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        look = look_of(option.palette)
        if isinstance(entry, TriageHead):
            self._paint_head(painter, option, model.head_words(entry), look)
        elif isinstance(entry, TriageRow):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.accent_soft))
            self._paint_cell(painter, option, index, model, entry, look)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(
                QRect(option.rect.topLeft(), QSize(option.rect.width(), 2)), look.accent
            )
            line = option.rect.adjusted(0, option.rect.height() - 2, 0, 0)
            painter.fillRect(line, QColor(look.accent))
        painter.restore()

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, words: str, look: Look
    ) -> None:
        """One line across all columns, of which each cell paints its part."""
        painter.fillRect(option.rect, QColor(look.sunken))
        view = option.widget
        whole = QRect(option.rect)
        whole.setLeft(12)
        whole.setRight((view.width() if view is not None else option.rect.right()) - 12)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setClipRect(option.rect)
        paint_words(painter, whole, words, QColor(look.text), bold, _MIDDLE)

    def _paint_cell(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        model: TriageModel,
        row: TriageRow,
        look: Look,
    ) -> None:
        column = index.column()
        area = option.rect.adjusted(8, 6, -8, -6)
        if column == PICTURE:
            paint_image(painter, area, self._pictures.of(row))
        elif column == FILE:
            where = model.place_words(row)
            _paint_two(painter, area, row.name, where, look, option.font, _MIDDLE)
        elif column == OUTCOME:
            said = model.words(row, column)
            badge = QRectF(area.left(), area.center().y() - 8, _BADGE, _BADGE)
            if row.outcome in set(Outcome):
                outcome = Outcome(row.outcome)
                paint_badge(painter, badge, OUTCOME_ICONS[outcome], outcome_colour(outcome))
            elif said:
                name = "failed" if row.outcome == UNREADABLE else "same-print"
                paint_icon(painter, name, badge, QColor(look.quiet))
            beside = area.adjusted(_BADGE + 6, 0, 0, 0)
            below = model.fault_words(row)
            _paint_two(painter, beside, said, below, look, option.font)
        elif not row.is_judged:
            self._paint_why(painter, option, row.why, look)
        elif column == DECISION:
            self._paint_decision(painter, option, area, index, look)
        else:
            quiet = column == SUSPICION and row.suspicion is None
            ink = QColor(look.quiet if quiet else look.text)
            paint_words(painter, area, model.words(row, column), ink, option.font)

    def _paint_why(
        self, painter: QPainter, option: QStyleOptionViewItem, why: str, look: Look
    ) -> None:
        """Why there is nothing to say, over the columns in which it would be said."""
        view = option.widget
        if not isinstance(view, QTableView):
            return
        whole = QRect(option.rect)
        whole.setLeft(view.columnViewportPosition(PRODUCT) + 8)
        whole.setRight(view.columnViewportPosition(OUTCOME) - 8)
        painter.setClipRect(option.rect)
        paint_words(painter, whole, why, QColor(look.quiet), option.font)

    def _paint_decision(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        index: Index,
        look: Look,
    ) -> None:
        decided = index.data(DECIDED_ROLE)
        if decided is None:
            return
        name, colour = DECIDED_LOOKS[Decided(decided)]
        badge = QRectF(area.left(), area.center().y() - 8, _BADGE, _BADGE)
        paint_badge(painter, badge, name, colour)
        words = area.adjusted(_BADGE + 6, 0, 0, 0)
        paint_words(painter, words, str(index.data()), QColor(look.text), option.font)


def _paint_two(
    painter: QPainter,
    area: QRect,
    upper: str,
    lower: str,
    look: Look,
    font: QFont,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """A line, and a quieter one below where there is something to say."""
    if not lower:
        paint_words(painter, area, upper, QColor(look.text), font, elide)
        return
    half = area.height() // 2
    paint_words(painter, area.adjusted(0, 0, 0, -half), upper, QColor(look.text), font, elide)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    paint_words(painter, area.adjusted(0, half, 0, 0), lower, QColor(look.quiet), small, elide)
