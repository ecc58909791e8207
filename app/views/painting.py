"""How widgets are painted safely, and labels on pictures."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintDevice

LABEL_BACK: Final = QColor(40, 43, 48, 215)


@contextmanager
def painter_on(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter that ends with the block, whatever happens in it.

    One that is left to Python ends when nobody holds it any more: an error's traceback holds it
    longer than Qt paints, and Qt crashes.
    """
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


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
