"""Small things that lists and cards paint alike: badges, pictures, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.views.icons import paint_icon
from app.views.region_marks import EXAMINED
from app.views.theme import CANNOT_JUDGE, DIFFERS, PICTURE_GREY
from vision import Channel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.models.findings import RegionRow

ENDLESS: Final = 1e4  # a ratio over a spread of next to nothing says no more than the plot
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_badge(painter: QPainter, area: QRectF, name: str, colour: QColor) -> None:
    """An icon in white on a square of a colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(area, 4, 4)
    paint_icon(painter, name, area.adjusted(1.5, 1.5, -1.5, -1.5), QColor(Qt.GlobalColor.white))


def paint_region_badge(painter: QPainter, area: QRectF, row: RegionRow) -> None:
    """The number of a measured region in an orange disc; of another in a dark square."""
    is_measured = row.region is not None
    painter.setPen(QPen(QColor(255, 255, 255, 170), 1.0))
    painter.setBrush(DIFFERS if is_measured else EXAMINED)
    corner = area.height() / 2 if is_measured else 4.0
    painter.drawRoundedRect(area, corner, corner)
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(13 if len(row.label) < 3 else 11)
    painter.setFont(font)
    painter.setPen(QColor(0x1A, 0x12, 0x08) if is_measured else QColor(Qt.GlobalColor.white))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, row.label)


def ratio_words(row: RegionRow) -> str:
    """How many times the genuine spread was measured; empty where a figure says nothing."""
    region = row.region
    if region is None or region.text is not None or region.channel is Channel.CODES:
        return ""
    return f"{region.ratio:.1f}×" if region.ratio < ENDLESS else ""


def paint_image(painter: QPainter, area: QRect, image: QImage | None) -> None:
    """A picture, whole, on neutral grey; a sign where there is none."""
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


def paint_words(
    painter: QPainter,
    area: QRect,
    text: str,
    colour: QColor,
    font: QFont,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line of words, cut where it is too long."""
    painter.setFont(font)
    painter.setPen(colour)
    cut = painter.fontMetrics().elidedText(text, elide, area.width())
    painter.drawText(area, _LEFT, cut)
