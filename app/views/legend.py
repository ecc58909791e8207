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
    """Paint the entries along the lower edge of `area`, in lines of what fits; where they went."""
    metrics = painter.fontMetrics()
    line = max(metrics.height(), _SIDE) + 4
    widths = [metrics.horizontalAdvance(entry.text) + _SIDE + 2.5 * _GAP for entry in entries]
    places, room = _in_lines(widths, area.width() - 2 * _EDGE - _GAP)
    lines = 1 + max(row for _, row in places)
    panel = QRectF(
        area.left() + _EDGE,
        area.bottom() - _EDGE - line * lines - _GAP / 2,
        room + _GAP,
        line * lines + _GAP / 2,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LABEL_BACK)
    painter.drawRoundedRect(panel, 4, 4)
    for entry, width, (left, row) in zip(entries, widths, places, strict=True):
        corner = QPointF(panel.left() + _GAP + left, panel.top() + _GAP / 4 + row * line)
        _paint_swatch(painter, corner + QPointF(0, (line - _SIDE) / 2), entry)
        words = QRectF(corner.x() + _SIDE + _GAP * 0.75, corner.y(), width, line)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.text)
    return panel


def _in_lines(widths: list[float], room: float) -> tuple[list[tuple[float, int]], float]:
    """Where each entry goes, as its left edge and its line; and the length of the longest line."""
    places: list[tuple[float, int]] = []
    left, row, longest = 0.0, 0, 0.0
    for width in widths:
        if left and left + width > room:
            left, row = 0.0, row + 1
        places.append((left, row))
        left += width
        longest = max(longest, left)
    return places, longest


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
