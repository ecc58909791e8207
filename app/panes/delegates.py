"""How the rows of the lists are painted: photos, regions with their spread, candidates, sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.models.findings import (
    CANDIDATE_ROLE,
    REGION_ROLE,
    CandidateListModel,
    RegionListModel,
    RegionRow,
)
from app.models.photos import COUNTED, ROW_ROLE, PhotoListModel, PhotoRow, State
from app.models.references import (
    REFERENCE_ROLE,
    SIDE_ROLE,
    ReferenceRow,
    SideListModel,
    SideRow,
)
from app.panes.painting import (
    paint_badge,
    paint_image,
    paint_region_badge,
    paint_words,
    ratio_words,
)
from app.side_words import side_word
from app.views.icons import OUTCOME_ICONS, paint_icon
from app.views.region_marks import opinion_icon
from app.views.theme import Look, look_of, outcome_colour
from app.words import outcome_title
from vision import Candidate, Outcome

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.models.items import Item

Index = QModelIndex | QPersistentModelIndex
_STATE_ICONS: Final = {
    State.WAITING: "waiting",
    State.READING: "again",
    State.COMPARING: "again",
    State.STOPPED: "stopped",
    State.FAILED: "failed",
    State.MISSING: "failed",
}
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
REFERENCE_CELL: Final = QSize(196, 220)
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """What all rows share: the background of the selected and of the hovered one."""

    height = 64

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.height)

    def background(self, painter: QPainter, option: QStyleOptionViewItem) -> Look:
        """Paint what lies under the row; the look to paint it in."""
        look = look_of(option.palette)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        if chosen or hovered:
            painter.setPen(QPen(QColor(look.accent), 1.2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft if chosen else look.sunken))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(4, 2, -4, -2), 6, 6)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            bar = QRectF(option.rect.left() + 4, option.rect.top() + 10, 3, self.height - 20)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        return look


class PhotoDelegate(RowDelegate):
    """Small picture, name, and the state with its icon."""

    height = 74
    _head = 50

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        is_head = isinstance(model, PhotoListModel) and model.item_headed_by(index.row())
        return QSize(120, self.height + (self._head if is_head else 0))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(ROW_ROLE), index.model()
        if not isinstance(row, PhotoRow) or not isinstance(model, PhotoListModel):
            return
        painter.save()
        option = QStyleOptionViewItem(option)
        item = model.item(row.item)
        if item is not None and item.rows[0].key == row.key:
            head = QRect(option.rect.left(), option.rect.top(), option.rect.width(), self._head)
            self._paint_head(painter, head, item, look_of(option.palette), option.font)
            option.rect = option.rect.adjusted(0, self._head, 0, 0)
        if item is not None:
            is_last = item.rows[-1].key == row.key
            self._paint_bracket(painter, option.rect, look_of(option.palette), is_last=is_last)
            option.rect = option.rect.adjusted(8, 0, 0, 0)
        look = self.background(painter, option)
        area = option.rect.adjusted(13, 8, -10, -8)
        frame = QRect(area.left(), area.top(), 54, area.height())
        paint_image(painter, frame, row.thumbnail)
        words = QRect(frame.right() + 10, area.top(), area.right() - frame.right() - 10, 0)
        below = model.below_words(row)
        half = area.height() // (3 if below else 2)
        paint_words(
            painter,
            words.adjusted(0, 0, 0, half),
            row.name,
            QColor(look.text),
            option.font,
            Qt.TextElideMode.ElideMiddle,  # names of one folder often differ at their ends
        )
        state = words.adjusted(0, half, 0, 2 * half)
        self._paint_state(painter, state, row, model, look)
        if below:
            place = words.adjusted(0, 2 * half, 0, 3 * half)
            self._paint_below(painter, place, below, row, look)
        painter.restore()

    def _paint_head(
        self, painter: QPainter, area: QRect, item: Item, look: Look, font: QFont
    ) -> None:
        """The state of the whole item, how many photos it has, and which sides are missing."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = area.adjusted(5, 6, -5, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.sunken))
        painter.drawRoundedRect(QRectF(band), 6, 6)
        inside = band.adjusted(8, 3, -8, -3)
        half = inside.height() // 2
        upper, lower = inside.adjusted(0, 0, 0, -half), inside.adjusted(0, half, 0, 0)
        badge = QRectF(upper.left(), upper.center().y() - 8, 17, 17)
        if item.worst is not None and item.state_words() == outcome_title(item.worst):
            paint_badge(painter, badge, OUTCOME_ICONS[item.worst], outcome_colour(item.worst))
        else:
            paint_icon(painter, "waiting" if item.waiting else "item", badge, QColor(look.quiet))
        bold = QFont(font)
        bold.setBold(True)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(small)
        painter.setPen(QColor(look.quiet))
        count = item.count_words()
        painter.drawText(upper, _RIGHT, count)
        room = painter.fontMetrics().horizontalAdvance(count) + 6
        title = upper.adjusted(23, 0, -room, 0)
        paint_words(painter, title, item.state_words(), QColor(look.text), bold)
        ink = QColor(look.text if item.missing or len(item.products) > 1 else look.quiet)
        paint_words(painter, lower.adjusted(23, 0, 0, 0), item.sides_words(), ink, small)

    def _paint_bracket(self, painter: QPainter, area: QRect, look: Look, *, is_last: bool) -> None:
        """The line on the left that holds the photos of an item together."""
        painter.setPen(QPen(QColor(look.line), 2.0))
        x, below = area.left() + 9, area.center().y() if is_last else area.bottom() + 1
        painter.drawLine(x, area.top(), x, below)
        painter.drawLine(x, area.center().y(), x + 5, area.center().y())

    def _paint_state(
        self, painter: QPainter, area: QRect, row: PhotoRow, model: PhotoListModel, look: Look
    ) -> None:
        colour = QColor(look.quiet)
        badge = QRectF(area.left(), area.center().y() - 8, 17, 17)
        text = model.state_words(row)
        if row.state is State.DONE and row.outcome is not None:
            paint_badge(painter, badge, OUTCOME_ICONS[row.outcome], outcome_colour(row.outcome))
            colour = QColor(look.text)
        else:
            paint_icon(painter, _STATE_ICONS.get(row.state, "waiting"), badge, colour)
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        paint_words(painter, area.adjusted(23, 0, 0, 0), text, colour, font)

    def _paint_below(
        self, painter: QPainter, area: QRect, words: str, row: PhotoRow, look: Look
    ) -> None:
        """Faults before a comparison; after it the side, and a tick once all regions are marked."""
        is_done = row.regions > 0 and row.examined >= row.regions
        has_fault = row.state is not State.DONE or row.outcome is Outcome.PHOTO_UNFIT
        colour = QColor(look.text if is_done or has_fault else look.quiet)
        is_counted = bool(row.regions) and row.outcome in COUNTED
        quiet = "note" if is_counted else "same-print"
        name = "warning" if has_fault else "looked-at" if is_done else quiet
        spot = QRectF(area.left(), area.center().y() - 8, 17, 17)
        paint_icon(painter, name, spot, colour)
        paint_words(painter, area.adjusted(23, 0, 0, 0), words, colour, painter.font())


class RegionDelegate(RowDelegate):
    """Badge, both crops, what differs and how far beyond the spread, and what it is taken for."""

    height = 62

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(REGION_ROLE), index.model()
        if not isinstance(row, RegionRow) or not isinstance(model, RegionListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 8, -12, -8)
        badge = QRectF(area.left(), area.center().y() - 11, 22, 22)
        paint_region_badge(painter, badge, row)
        crop = area.height()
        left = QRect(area.left() + 30, area.top(), crop, crop)
        paint_image(painter, left, row.suspect)
        paint_image(painter, left.translated(crop + 4, 0), row.reference)
        words = area.adjusted(30 + 2 * crop + 16, 0, 0, 0)
        self._paint_words(painter, words, row, model, look, option.font)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        area: QRect,
        row: RegionRow,
        model: RegionListModel,
        look: Look,
        font: QFont,
    ) -> None:
        upper, lower = (
            QRect(area.left(), area.top() + place * 23, area.width(), 22) for place in (0, 1)
        )
        bold = QFont(font)
        bold.setBold(True)
        ratio = ratio_words(row)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        painter.drawText(upper, _RIGHT, ratio)
        room = painter.fontMetrics().horizontalAdvance(ratio) + 6 if ratio else 0
        paint_words(
            painter, upper.adjusted(0, 0, -room, 0), model.title(row), QColor(look.text), bold
        )
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        opinion = row.opinion
        ink = QColor(look.quiet if opinion is None else look.text)
        if opinion is not None:
            spot = QRectF(lower.left(), lower.center().y() - 8, 17, 17)
            paint_icon(painter, opinion_icon(opinion), spot, ink)
            lower = lower.adjusted(23, 0, 0, 0)
        said = model.opinion_words(row)
        note = row.finding.note if row.finding is not None else ""
        paint_words(painter, lower, f"{said} · {note}" if note else said, ink, small)


class CandidateDelegate(RowDelegate):
    """Name of product and side, and how far geometry confirms it."""

    height = 48

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        candidate, model = index.data(CANDIDATE_ROLE), index.model()
        if not isinstance(candidate, Candidate) or not isinstance(model, CandidateListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 5, -12, -5)
        name = "same-print" if candidate.verified else "not-in-gallery"
        colour = QColor(look.accent if candidate.verified else look.quiet)
        paint_icon(painter, name, QRectF(area.left(), area.center().y() - 9, 18, 18), colour)
        half = area.height() // 2
        words = area.adjusted(28, 0, 0, 0)
        paint_words(
            painter,
            words.adjusted(0, 0, 0, -half),
            str(index.data()),
            QColor(look.text),
            option.font,
        )
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        said = model.state_words(candidate)
        paint_words(painter, words.adjusted(0, half, 0, 0), said, QColor(look.quiet), small)
        painter.restore()


class ReferenceDelegate(RowDelegate):
    """A reference as a small picture with a line of words below."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return REFERENCE_CELL

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(REFERENCE_ROLE)
        if not isinstance(row, ReferenceRow):
            return
        painter.save()
        look = look_of(option.palette)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = option.rect.adjusted(5, 5, -5, -5)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(look.accent), 1.2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft))
            painter.drawRoundedRect(QRectF(area), 6, 6)
        frame = area.adjusted(6, 6, -6, -28)
        paint_image(painter, frame, row.thumbnail)
        if row.reference.is_canonical:
            star = QRectF(frame.left() + 5, frame.top() + 5, 24, 24)
            paint_badge(painter, star, "first-reference", QColor(look.accent))
        words = QRect(frame.left(), frame.bottom() + 2, frame.width(), 24)
        paint_words(painter, words, str(index.data()), QColor(look.quiet), option.font)
        painter.restore()


class SideDelegate(RowDelegate):
    """Product, side and the number of references; a thin side is hatched grey."""

    height = 52

    def __init__(self, parent: QObject, enough: int) -> None:
        super().__init__(parent)
        self._enough = enough

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(SIDE_ROLE), index.model()
        if not isinstance(row, SideRow) or not isinstance(model, SideListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(16, 5, -12, -5)
        half = area.height() // 2
        upper, lower = area.adjusted(0, 0, 0, -half), area.adjusted(0, half, 0, 0)
        named = upper.adjusted(0, 0, -22, 0)
        paint_words(painter, named, row.product, QColor(look.text), option.font)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        said = f"{side_word(row.side)} · {model.count_words(row)}"
        if model.missing_words(row):
            mark = QRectF(area.right() - 16, upper.center().y() - 8, 16, 16)
            paint_icon(painter, "warning", mark, QColor(look.quiet))
        if len(row.references) < self._enough:
            mark = QRectF(area.right() - 16, lower.center().y() - 8, 16, 16)
            paint_icon(painter, "gallery-too-thin", mark, QColor(look.quiet))
        paint_words(painter, lower.adjusted(0, 0, -22, 0), said, QColor(look.quiet), small)
        painter.restore()
