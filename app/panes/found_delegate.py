"""How a ranked side is painted: picture, names, similarity as number and bar, geometry in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from typing_extensions import override

from app.models.found_sides import FOUND_ROLE, FoundSide, FoundSideModel
from app.panes.delegates import RowDelegate
from app.panes.painting import paint_image, paint_words
from app.views.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.views.theme import Look

Index = QModelIndex | QPersistentModelIndex
_BAR_WIDTH: Final = 54
_LINE: Final = 20
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FoundDelegate(RowDelegate):
    """A confirmed side has a full bar and a sign of its own, another a hatched bar."""

    height = 78

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(FOUND_ROLE), index.model()
        if not isinstance(row, FoundSide) or not isinstance(model, FoundSideModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 8, -12, -8)
        frame = QRect(area.left(), area.top(), 52, area.height())
        paint_image(painter, frame, row.thumbnail)
        left = frame.right() + 11
        words = QRect(left, area.top(), area.right() - left, _LINE)
        room = _BAR_WIDTH + 8 if row.candidate is not None else 0
        strong, small = QFont(option.font), QFont(option.font)
        strong.setBold(row.is_compared)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        names = words.adjusted(0, 0, -room, 0)
        paint_words(painter, names, row.product, QColor(look.text), strong)
        second = names.translated(0, _LINE)
        paint_words(painter, second, model.side_words(row), QColor(look.text), small)
        self._paint_state(painter, words.translated(0, 2 * _LINE + 2), row, model, look)
        if row.candidate is not None:
            painter.setFont(strong)
            painter.setPen(QColor(look.text))
            painter.drawText(words, _RIGHT, model.similarity_words(row))
            self._paint_bar(painter, words.translated(0, _LINE), row, look)
        painter.restore()

    def _paint_state(
        self, painter: QPainter, area: QRect, row: FoundSide, model: FoundSideModel, look: Look
    ) -> None:
        verified = row.candidate is not None and row.candidate.verified
        colour = QColor(look.accent if verified else look.quiet)
        spot = QRectF(area.left(), area.center().y() - 8, 17, 17)
        paint_icon(painter, "same-print" if verified else "not-in-gallery", spot, colour)
        ink = QColor(look.text if verified else look.quiet)
        font = QFont(painter.font())
        font.setBold(False)
        paint_words(painter, area.adjusted(23, 0, 0, 0), model.state_words(row), ink, font)

    def _paint_bar(self, painter: QPainter, area: QRect, row: FoundSide, look: Look) -> None:
        if row.candidate is None:
            return
        whole = QRectF(area.right() - _BAR_WIDTH, area.center().y() - 3, _BAR_WIDTH, 7)
        painter.setPen(QPen(QColor(look.line), 1.0))
        painter.setBrush(QColor(look.sunken))
        painter.drawRoundedRect(whole, 3, 3)
        share = min(max(row.candidate.similarity, 0.0), 1.0)
        filled = whole.adjusted(0, 0, -whole.width() * (1 - share), 0)
        verified = row.candidate.verified
        pattern = Qt.BrushStyle.SolidPattern if verified else Qt.BrushStyle.Dense4Pattern
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(look.accent if verified else look.quiet), pattern))
        if share > 0:
            painter.drawRoundedRect(filled, 3, 3)
