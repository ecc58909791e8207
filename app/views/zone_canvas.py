"""A reference on which zones are drawn by mouse and chosen by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPolygonF
from typing_extensions import override

from app.views.drawing_canvas import DrawingCanvas
from app.views.painting import painter_on
from app.views.zone_marks import caption_place, paint_zone, zone_caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.viewport import Viewport
    from vision import Zone, ZoneKind


class ZoneCanvas(DrawingCanvas):
    """`drawn` tells the corners of a new zone, `zone_chosen` the place of a clicked one, or -1."""

    zone_chosen = Signal(int)

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._zones: tuple[Zone, ...] = ()
        self._captions: tuple[str, ...] | None = None
        self._chosen = -1
        self._tool: ZoneKind | None = None

    def set_zones(
        self,
        zones: tuple[Zone, ...],
        chosen: int = -1,
        *,
        captions: tuple[str, ...] | None = None,
    ) -> None:
        """Show zones, whose polygons lie on this picture, under their own or other captions."""
        self._zones, self._chosen = zones, chosen
        self._captions = captions
        self.update()

    @property
    def captions(self) -> tuple[str, ...]:
        """What stands beside each zone."""
        return tuple(map(zone_caption, self._zones)) if self._captions is None else self._captions

    def set_tool(self, kind: ZoneKind | None) -> None:
        """Draw zones of this kind from now on; None puts the tool down."""
        self._tool = kind
        self.arm(kind is not None)

    def zone_at(self, screen: QPointF) -> int:
        """The place of the smallest zone there, or -1."""
        found = []
        for place, zone in enumerate(self._zones):
            polygon = self._shown(zone)
            if polygon.containsPoint(screen, Qt.FillRule.OddEvenFill):
                box = polygon.boundingRect()
                found.append((box.width() * box.height(), place))
        return min(found)[1] if found else -1

    def _shown(self, zone: Zone) -> QPolygonF:
        return QPolygonF([self.to_screen(QPointF(x, y)) for x, y in zone.polygon])

    @override
    def paint_begun(self, painter: QPainter, polygon: QPolygonF) -> None:
        if self._tool is not None:
            paint_zone(painter, polygon, self._tool, is_current=True)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, zone in enumerate(self._zones):
                paint_zone(
                    painter,
                    self._shown(zone),
                    zone.kind,
                    is_proposed=zone.proposed,
                    is_current=place == self._chosen,
                )
            for zone, caption in zip(self._zones, self.captions, strict=True):
                if caption:
                    self._paint_label(painter, caption_place(self._shown(zone)), caption)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = self._start is None and self._pressed is not None and not self._dragged
        super().mouseReleaseEvent(event)
        if is_click:
            self.zone_chosen.emit(self.zone_at(event.position()))
