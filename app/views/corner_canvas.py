"""A picture with four corners that are dragged onto those of a flat side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from typing_extensions import override

from app.views.pin_canvas import PinCanvas

if TYPE_CHECKING:
    from vision import Vertices

_LINE: Final = QColor(0xFF, 0xC4, 0x00)
_HALO: Final = QColor(20, 20, 24, 200)
_OUTSIDE: Final = QColor(20, 20, 24, 120)
_LABELS: Final = ("1", "2", "3", "4")


class CornerCanvas(PinCanvas):
    """Corners are pins that a line joins; what lies outside them is darkened."""

    def set_corners(self, corners: Vertices, chosen: int = -1) -> None:
        """Show four corners in picture points, or none."""
        pins = tuple(QPointF(x, y) for x, y in corners)
        self.set_pins(pins, _LABELS[: len(pins)], chosen)

    @override
    def _paint_above(self, painter: QPainter) -> None:
        points = [self.to_screen(pin) for pin in self._pins if pin is not None]
        if len(points) == len(_LABELS):
            self._paint_area(painter, QPolygonF(points))
        super()._paint_above(painter)

    def _paint_area(self, painter: QPainter, area: QPolygonF) -> None:
        around, inside = QPainterPath(), QPainterPath()
        around.addRect(self.rect())
        inside.addPolygon(area)
        inside.closeSubpath()
        painter.fillPath(around.subtracted(inside), _OUTSIDE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((_HALO, 3.6), (_LINE, 1.6)):
            painter.setPen(QPen(colour, width))
            painter.drawPolygon(area)
