"""A legend on a picture: what its colours mean, in words, at the lower edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor

from app.views.painting import LABEL_BACK

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_SIDE: Final = 13.0
_GAP: Final = 8.0
_EDGE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One colour or pattern and what it stands for."""

    text: str
    colour: QColor
    is_hatched: bool = False


def paint_legend(painter: QPainter, entries: tuple[Entry, ...], area: QRectF) -> QRectF:
    """Paint the entries one below the other in the lower left corner of `area`; where they went."""
    metrics = painter.fontMetrics()
    line = max(metrics.height(), _SIDE) + 4
    width = max(metrics.horizontalAdvance(entry.text) for entry in entries) + _SIDE + 3 * _GAP
    height = line * len(entries) + _GAP
    panel = QRectF(area.left() + _EDGE, area.bottom() - _EDGE - height, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LABEL_BACK)
    painter.drawRoundedRect(panel, 4, 4)
    for place, entry in enumerate(entries):
        top = panel.top() + _GAP / 2 + place * line
        _paint_swatch(painter, QPointF(panel.left() + _GAP, top + (line - _SIDE) / 2), entry)
        words = QRectF(panel.left() + _SIDE + 2 * _GAP, top, width, line)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.text)
    return panel


def _paint_swatch(painter: QPainter, corner: QPointF, entry: Entry) -> None:
    square = QRectF(corner.x(), corner.y(), _SIDE, _SIDE)
    painter.setPen(QColor(255, 255, 255, 120))
    if entry.is_hatched:
        painter.setBrush(QColor(200, 200, 200))
        painter.drawRect(square)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(entry.colour.darker(140), Qt.BrushStyle.BDiagPattern))
    else:
        painter.setBrush(entry.colour)
    painter.drawRect(square)
