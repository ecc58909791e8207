"""How pictures and their labels are painted, whatever widget they are painted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

if TYPE_CHECKING:
    from app.views.pixels import Picture

PIXELS_SEEN_FROM: Final = 6  # screen pixels a picture pixel; from there on its square is shown
LABEL_BACK: Final = QColor(40, 43, 48, 215)


def paint_picture(
    painter: QPainter,
    picture: Picture,
    to_screen: QTransform,
    device_scale: float,
    *,
    pixels_seen_from: float = PIXELS_SEEN_FROM,
) -> None:
    """Paint a picture through a viewport, within what is clipped already.

    Args:
        painter: in the coordinates of the widget.
        picture: what to paint.
        to_screen: from the pixels that the viewport counts to those of the widget.
        device_scale: physical screen pixels for one pixel that the viewport counts.
        pixels_seen_from: from so many physical pixels on, a picture pixel is painted as a square.
    """
    enlarged = device_scale * picture.scale >= pixels_seen_from and picture.laid is None
    level = picture.level_for(device_scale)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
    painter.setClipRect(to_screen.mapRect(picture.area), Qt.ClipOperation.IntersectClip)
    painter.setTransform(picture.placing(level) * to_screen)
    painter.drawImage(0, 0, level)
    painter.restore()


def label_box(painter: QPainter, text: str) -> QRectF:
    """The room that a label takes, its corner at (0, 0)."""
    box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-6, -3, 6, 3)
    box.moveTopLeft(QPointF(0, 0))
    return box


def paint_label(painter: QPainter, box: QRectF, text: str, *, swatch: QColor | None = None) -> None:
    """White words on dark, readable on any picture; `swatch` is a square of colour before them."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LABEL_BACK)
    painter.drawRoundedRect(box, 4, 4)
    words = QRectF(box)
    if swatch is not None:
        side = box.height() - 10
        painter.setBrush(swatch)
        painter.drawRect(QRectF(box.left() + 6, box.top() + 5, side, side))
        words.setLeft(box.left() + side + 6)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
