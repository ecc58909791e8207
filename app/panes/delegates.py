"""How the rows of the lists are painted: photos, regions with their spread, candidates, sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.models.findings import (
    CANDIDATE_ROLE,
    REGION_ROLE,
    CandidateListModel,
    RegionListModel,
    RegionRow,
)
from app.models.photos import ROW_ROLE, PhotoListModel, PhotoRow, State
from app.models.references import (
    REFERENCE_ROLE,
    SIDE_ROLE,
    ReferenceRow,
    SideListModel,
    SideRow,
)
from app.text_words import wording_phrase
from app.views.icons import OUTCOME_ICONS, paint_icon
from app.views.theme import (
    AGREES,
    CANNOT_JUDGE,
    DIFFERS,
    PICTURE_GREY,
    Look,
    look_of,
    outcome_colour,
)
from app.words import channel_name
from vision import Candidate, Channel, Outcome

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage

Index = QModelIndex | QPersistentModelIndex
_STATE_ICONS: Final = {
    State.WAITING: "waiting",
    State.READING: "again",
    State.COMPARING: "again",
    State.STOPPED: "stopped",
    State.FAILED: "failed",
    State.MISSING: "failed",
}
_COUNTED: Final = (Outcome.DIFFERS, Outcome.MIXED)
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ENDLESS: Final = 1e4  # a ratio over a spread of next to nothing says no more than the bars
REFERENCE_CELL: Final = QSize(196, 220)
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _RowDelegate(QStyledItemDelegate):
    """What all rows share: the background of the selected and of the hovered one."""

    height = 64

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.height)

    def background(self, painter: QPainter, option: QStyleOptionViewItem) -> Look:
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


class PhotoDelegate(_RowDelegate):
    """Small picture, name, and the state with its icon."""

    height = 70

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(ROW_ROLE), index.model()
        if not isinstance(row, PhotoRow) or not isinstance(model, PhotoListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(13, 8, -10, -8)
        frame = QRect(area.left(), area.top(), 54, area.height())
        _paint_image(painter, frame, row.thumbnail)
        words = QRect(frame.right() + 10, area.top(), area.right() - frame.right() - 10, 0)
        half = area.height() // 2
        _paint_words(
            painter,
            words.adjusted(0, 0, 0, half),
            row.name,
            QColor(look.text),
            option.font,
            Qt.TextElideMode.ElideMiddle,  # names of one folder often differ at their ends
        )
        state = words.adjusted(0, half, 0, area.height())
        self._paint_state(painter, state, row, model, look)
        painter.restore()

    def _paint_state(
        self, painter: QPainter, area: QRect, row: PhotoRow, model: PhotoListModel, look: Look
    ) -> None:
        colour = QColor(look.quiet)
        badge = QRectF(area.left(), area.center().y() - 8, 17, 17)
        text = model.state_words(row)
        if row.state is State.DONE and row.outcome is not None:
            _paint_badge(painter, badge, OUTCOME_ICONS[row.outcome], outcome_colour(row.outcome))
            colour = QColor(look.text)
            if row.regions and row.outcome in _COUNTED:
                text += f" · {row.regions}"
        else:
            paint_icon(painter, _STATE_ICONS.get(row.state, "waiting"), badge, colour)
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        _paint_words(painter, area.adjusted(23, 0, 0, 0), text, colour, font)


class RegionDelegate(_RowDelegate):
    """Number, channel, both crops, and what was measured against the genuine spread as two bars."""

    height = 88

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(REGION_ROLE)
        model = index.model()
        if not isinstance(row, RegionRow) or not isinstance(model, RegionListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 9, -12, -9)
        _paint_number(painter, QRectF(area.left(), area.top(), 22, 22), row.region.number)
        crop = 58
        left = QRect(area.left() + 30, area.top() + 6, crop, crop)
        _paint_image(painter, left, row.suspect)
        _paint_image(painter, left.translated(crop + 4, 0), row.reference)
        words = area.adjusted(30 + 2 * crop + 16, 0, 0, 0)
        self._paint_figures(painter, words, row, look, option.font)
        painter.restore()

    def _paint_figures(
        self, painter: QPainter, area: QRect, row: RegionRow, look: Look, font: QFont
    ) -> None:
        region = row.region
        bold = QFont(font)
        bold.setBold(True)
        title = QRect(area.left(), area.top(), area.width(), 20)
        _paint_words(
            painter,
            title,
            channel_name(region.channel),
            QColor(look.text),
            bold,
        )
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        if region.channel is Channel.CODES or region.text is not None:
            said = self.tr("another value than the references")
            if region.text is not None:
                said = wording_phrase(region.text)
            _paint_words(painter, title.translated(0, 23), said, QColor(look.quiet), small)
            return
        ratio = "" if region.ratio > _ENDLESS else f"{region.ratio:.1f}×"
        bold.setPointSizeF(small.pointSizeF())
        painter.setFont(bold)
        painter.drawText(title.translated(0, 19), _RIGHT, ratio)
        longest = max(region.measured, region.genuine_spread, 1e-9)
        rows = (
            (self.tr("measured"), region.measured, QBrush(DIFFERS)),
            (
                self.tr("genuine"),
                region.genuine_spread,
                QBrush(AGREES, Qt.BrushStyle.Dense4Pattern),
            ),
        )
        for place, (name, value, brush) in enumerate(rows):
            line = QRect(area.left(), area.top() + 23 + place * 23, area.width(), 23)
            _paint_words(
                painter,
                line.adjusted(0, 0, 0, -8),
                f"{name} {value:.3g}",
                QColor(look.quiet),
                small,
            )
            track = QRectF(line.left(), line.bottom() - 6, line.width(), 5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.sunken))
            painter.drawRoundedRect(track, 2, 2)
            painter.setBrush(brush)
            track.setWidth(max(2.0, track.width() * value / longest))
            painter.drawRoundedRect(track, 2, 2)


class CandidateDelegate(_RowDelegate):
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
        _paint_words(
            painter,
            words.adjusted(0, 0, 0, -half),
            str(index.data()),
            QColor(look.text),
            option.font,
        )
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        said = model.state_words(candidate)
        _paint_words(painter, words.adjusted(0, half, 0, 0), said, QColor(look.quiet), small)
        painter.restore()


class ReferenceDelegate(_RowDelegate):
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
        _paint_image(painter, frame, row.thumbnail)
        words = QRect(frame.left(), frame.bottom() + 2, frame.width(), 24)
        _paint_words(painter, words, str(index.data()), QColor(look.quiet), option.font)
        painter.restore()


class SideDelegate(_RowDelegate):
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
        _paint_words(painter, upper, row.product, QColor(look.text), option.font)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        said = f"{row.side} · {model.count_words(row)}"
        if len(row.references) < self._enough:
            mark = QRectF(area.right() - 16, lower.center().y() - 8, 16, 16)
            paint_icon(painter, "gallery-too-thin", mark, QColor(look.quiet))
        _paint_words(painter, lower.adjusted(0, 0, -22, 0), said, QColor(look.quiet), small)
        painter.restore()


def _paint_badge(painter: QPainter, area: QRectF, name: str, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(area, 4, 4)
    paint_icon(painter, name, area.adjusted(1.5, 1.5, -1.5, -1.5), QColor(Qt.GlobalColor.white))


def _paint_number(painter: QPainter, area: QRectF, number: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(DIFFERS)
    painter.drawEllipse(area)
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setPen(QPen(QColor(0x1A, 0x12, 0x08)))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))


def _paint_image(painter: QPainter, area: QRect, image: QImage | None) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PICTURE_GREY)
    painter.drawRoundedRect(area, 3, 3)
    if image is None or image.isNull():
        icon_area = QRectF(area.center().x() - 11, area.center().y() - 11, 22, 22)
        paint_icon(painter, "as-taken", icon_area, CANNOT_JUDGE.lighter(150))
        return
    size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(area.topLeft(), size)
    place.moveCenter(area.center())
    painter.drawImage(place, image)


def _paint_words(
    painter: QPainter,
    area: QRect,
    text: str,
    colour: QColor,
    font: QFont,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    cut = painter.fontMetrics().elidedText(text, elide, area.width())
    painter.drawText(area, _LEFT, cut)
