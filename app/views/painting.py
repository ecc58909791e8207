"""How labels are painted on pictures, whatever widget they are painted in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

LABEL_BACK: Final = QColor(40, 43, 48, 215)


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
