"""Rulers along the edges of a picture, and the line of a measured distance.

Everything is counted in the pixels of the viewport, so nothing drifts while one pans and zooms;
millimetres are these pixels divided by how many of them a millimetre has.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.views.painting import label_box, paint_label

if TYPE_CHECKING:
    from collections.abc import Callable

ROOM: Final = 20  # screen pixels that a ruler is wide
_APART: Final = 64.0  # screen pixels between two figures, at least
_GROUND: Final = QColor(40, 43, 48, 225)
_INK: Final = QColor(240, 241, 243)
_FAINT: Final = QColor(170, 175, 182)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Counts millimetres where `px_per_mm` is known, pixels where it is None."""

    px_per_mm: float | None = None

    @property
    def unit(self) -> str:
        """What is counted."""
        return "px" if self.px_per_mm is None else "mm"

    @property
    def px_a_unit(self) -> float:
        """Picture pixels of one unit."""
        return self.px_per_mm or 1.0

    def length_words(self, start: QPointF, end: QPointF) -> str:
        """How far two points of the picture are apart."""
        pixels = math.hypot(end.x() - start.x(), end.y() - start.y())
        value = pixels / self.px_a_unit
        digits = 0 if self.px_per_mm is None else 2 if value < 100 else 1
        return f"{value:.{digits}f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points of a picture, and what is said of it."""

    start: QPointF
    end: QPointF
    words: str = ""


def step_of(px_a_unit: float, scale: float) -> tuple[float, int]:
    """How many units lie between two figures, and into how many parts that is divided.

    Args:
        px_a_unit: picture pixels of one unit.
        scale: screen pixels of one picture pixel.
    """
    least = _APART / (px_a_unit * scale)
    power = 10.0 ** math.floor(math.log10(least))
    for factor, parts in ((1, 10), (2, 4), (5, 5), (10, 10)):
        if factor * power >= least * (1 - 1e-9):
            return factor * power, parts
    raise AssertionError("ten times a power of ten reaches the next one")


def ticks(first: float, last: float, step: float, parts: int) -> list[tuple[float, bool]]:
    """The marks from `first` to `last` in units, and which of them bear a figure."""
    fine = step / parts
    begin, end = math.ceil(first / fine - 1e-9), math.floor(last / fine + 1e-9)
    return [(number * fine, number % parts == 0) for number in range(begin, end + 1)]


def paint_rulers(
    painter: QPainter, area: QRectF, ruler: Ruler, zero: QPointF, scale: float, font: QFont
) -> None:
    """Paint one ruler along the top and one along the left of `area`.

    Args:
        painter: in the coordinates of the widget.
        area: the whole canvas.
        ruler: what is counted.
        zero: where the top-left corner of the picture is on the canvas.
        scale: screen pixels of one picture pixel.
        font: of the canvas.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    small = QFont(font)
    small.setPixelSize(10)
    painter.setFont(small)
    painter.fillRect(QRectF(area.left(), area.top(), area.width(), ROOM), _GROUND)
    painter.fillRect(QRectF(area.left(), area.top() + ROOM, ROOM, area.height() - ROOM), _GROUND)
    a_unit = ruler.px_a_unit * scale
    step, parts = step_of(ruler.px_a_unit, scale)
    first, last = (area.left() + ROOM - zero.x()) / a_unit, (area.right() - zero.x()) / a_unit
    for value, has_figure in ticks(first, last, step, parts):
        x = zero.x() + value * a_unit
        _paint_tick(painter, QPointF(x, ROOM), QPointF(0, -1), has_figure=has_figure)
        if has_figure:
            box = QRectF(x + 3, area.top(), _APART, ROOM - 6)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, _figure(value, step))
    first, last = (area.top() + ROOM - zero.y()) / a_unit, (area.bottom() - zero.y()) / a_unit
    for value, has_figure in ticks(first, last, step, parts):
        y = zero.y() + value * a_unit
        _paint_tick(painter, QPointF(ROOM, y), QPointF(-1, 0), has_figure=has_figure)
        if has_figure:
            painter.save()
            painter.translate(area.left(), y - 3)
            painter.rotate(-90)
            painter.drawText(
                QRectF(0, 0, _APART, ROOM - 6), Qt.AlignmentFlag.AlignLeft, _figure(value, step)
            )
            painter.restore()
    corner = QRectF(area.left(), area.top(), ROOM, ROOM)
    painter.fillRect(corner, _GROUND)
    painter.setPen(_INK)
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, ruler.unit)
    painter.restore()


def _paint_tick(painter: QPainter, at: QPointF, into: QPointF, *, has_figure: bool) -> None:
    painter.setPen(_INK if has_figure else _FAINT)
    painter.drawLine(at, at + into * (ROOM - 4 if has_figure else 5))


def _figure(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{digits}f}".replace("-", "−") if round(value, 9) else "0"


def paint_line(
    painter: QPainter, line: Line, to_screen: Callable[[QPointF], QPointF], font: QFont
) -> None:
    """Paint a measured line with a bar across each end, and its words in the middle."""
    start, end = to_screen(line.start), to_screen(line.end)
    along = end - start
    length = math.hypot(along.x(), along.y())
    across = QPointF(-along.y(), along.x()) / length * 7 if length > 0 else QPointF(0, 7)
    for colour, width in ((QColor(0, 0, 0, 190), 4.2), (QColor(255, 255, 255), 1.8)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(start, end)
        for place in (start, end):
            painter.drawLine(place - across, place + across)
    if not line.words:
        return
    painter.setFont(font)
    box = label_box(painter, line.words)
    side = across * (2.4 if across.y() <= 0 else -2.4)
    box.moveCenter((start + end) / 2 + side)
    paint_label(painter, box, line.words)
