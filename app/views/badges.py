"""The badges of marks: drawn once, since a pan paints many of them again and again."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from app.views.region_marks import EXAMINED
from app.views.scene import MarkKind
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS

MARK_COLOURS: Final = {
    MarkKind.OUTLINE: CANNOT_JUDGE,
    MarkKind.ZONE: CANNOT_JUDGE,
    MarkKind.FAULT: CANNOT_JUDGE,
    MarkKind.WEAKEST: AGREES,
    MarkKind.REGION: DIFFERS,
    MarkKind.ADDED: EXAMINED,
}
BADGE_EDGE: Final = 2.0  # around a badge, for its rim
_RIM: Final = QColor(255, 255, 255, 190).lighter()
_INK: Final = QColor(0x1A, 0x12, 0x08)


@lru_cache(maxsize=256)
def badge(kind: MarkKind, text: str, font: str, radius: float, ratio: float) -> QImage:
    """A region's number in a disc, another place's in a square, with `BADGE_EDGE` around it."""
    side = 2 * (radius + BADGE_EDGE)
    physical = math.ceil(side * ratio)
    image = QImage(physical, physical, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    spot = QRectF(BADGE_EDGE, BADGE_EDGE, 2 * radius, 2 * radius)
    painter.setPen(QPen(_RIM, 1.6))
    painter.setBrush(MARK_COLOURS[kind])
    is_region = kind is MarkKind.REGION
    corners = radius if is_region else 4.0
    painter.drawRoundedRect(spot, corners, corners)
    bold = QFont()
    bold.fromString(font)
    bold.setBold(True)
    bold.setPixelSize(round(radius * 1.25))
    painter.setFont(bold)
    painter.setPen(_INK if is_region else Qt.GlobalColor.white)
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return image


def on_pixels(place: QPointF, ratio: float) -> QPointF:
    """The nearest place at which an image lies on whole physical pixels."""
    return QPointF(round(place.x() * ratio) / ratio, round(place.y() * ratio) / ratio)
