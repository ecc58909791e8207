"""A reference on which zones are drawn by mouse and chosen by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from typing_extensions import override

from app.views.canvas import PictureCanvas
from app.views.zone_marks import caption_place, paint_zone, zone_caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.viewport import Viewport
    from vision import Vertices, Zone, ZoneKind

_DRAG_PX: Final = 6  # a press that moves further is a rectangle, else a corner
_CLOSES_PX: Final = 9  # a click so near to the first corner closes the polygon
_LEAST_PX: Final = 5  # a zone that is smaller on the screen was a slip


class ZoneCanvas(PictureCanvas):
    """`drawn` tells the corners of a new zone, `zone_chosen` the place of a clicked one, or -1.

    Without a tool the mouse pans and chooses. With one, dragging draws a rectangle; clicks set
    corner after corner, and a double click, Enter or a click on the first corner closes.
    """

    drawn = Signal(object)
    zone_chosen = Signal(int)

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._zones: tuple[Zone, ...] = ()
        self._chosen = -1
        self._tool: ZoneKind | None = None
        self._corners: list[QPointF] = []  # of the polygon under way, picture points
        self._start: QPointF | None = None
        self._end = QPointF()

    def set_zones(self, zones: tuple[Zone, ...], chosen: int = -1) -> None:
        """Show zones, whose polygons lie on this picture."""
        self._zones, self._chosen = zones, chosen
        self.update()

    def set_tool(self, kind: ZoneKind | None) -> None:
        """Draw zones of this kind from now on; None puts the tool down."""
        self._tool = kind
        self.give_up()
        self.unsetCursor()
        if kind is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_drawing(self) -> bool:
        """Whether a zone has been begun."""
        return bool(self._corners) or self._start is not None

    def give_up(self) -> None:
        """Forget the zone that was begun."""
        self._corners, self._start = [], None
        self.update()

    def close_polygon(self) -> None:
        """End the polygon at the corners it has."""
        corners, self._corners = self._corners, []
        self._tell(corners)

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

    def _tell(self, corners: list[QPointF]) -> None:
        """Tell of a zone, unless it is too small to be meant; what is outside is cut off."""
        self.update()
        area = self._area()
        inside: Vertices = tuple(
            (
                round(min(max(corner.x(), area.left()), area.right()), 1),
                round(min(max(corner.y(), area.top()), area.bottom()), 1),
            )
            for corner in corners
        )
        box = QPolygonF([QPointF(x, y) for x, y in inside]).boundingRect()
        least = _LEAST_PX / self.viewport.scale
        if len(inside) >= 3 and min(box.width(), box.height()) >= least:
            self.drawn.emit(inside)

    def _area(self) -> QRectF:
        return self._picture.area if self._picture is not None else QRectF()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, zone in enumerate(self._zones):
            paint_zone(
                painter,
                self._shown(zone),
                zone.kind,
                is_proposed=zone.proposed,
                is_current=place == self._chosen,
            )
        for zone in self._zones:
            self._paint_label(painter, caption_place(self._shown(zone)), zone_caption(zone))
        if self._tool is not None and self.is_drawing:
            paint_zone(painter, self._begun(), self._tool, is_current=True)

    def _begun(self) -> QPolygonF:
        """What the mouse has drawn so far, on the screen."""
        if self._start is not None and not self._corners:
            return QPolygonF(QRectF(self._start, self._end).normalized())
        return QPolygonF([*(self.to_screen(corner) for corner in self._corners), self._end])

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tool is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._start = self._end = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._tool is None or self._pressed is not None:
            super().mouseMoveEvent(event)
            return
        self._end = event.position()
        if self.is_drawing:
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            if self._pressed is not None and not self._dragged:
                self.zone_chosen.emit(self.zone_at(event.position()))
            super().mouseReleaseEvent(event)
            if self._tool is not None:
                self.setCursor(Qt.CursorShape.CrossCursor)
            return
        start, self._start, self._end = self._start, None, event.position()
        moved = self._end - start
        if not self._corners and max(abs(moved.x()), abs(moved.y())) > _DRAG_PX:
            self._tell([self.to_picture(corner) for corner in _rectangle(start, self._end)])
            return
        self._add_corner(self._end)

    def _add_corner(self, screen: QPointF) -> None:
        if len(self._corners) >= 3:
            first = self.to_screen(self._corners[0])
            if (screen - first).manhattanLength() <= _CLOSES_PX:
                self.close_polygon()
                return
        self._corners.append(self.to_picture(screen))
        self.update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is None:
            super().mouseDoubleClickEvent(event)
        elif self._corners:
            self.close_polygon()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._corners and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_polygon()
        elif self._corners and event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)


def _rectangle(one: QPointF, other: QPointF) -> tuple[QPointF, ...]:
    box = QRectF(one, other).normalized()
    return box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()
