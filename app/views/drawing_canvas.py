"""A picture on which a person draws a rectangle or a polygon with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from typing_extensions import override

from app.views.canvas import PictureCanvas
from app.views.painting import painter_on

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.viewport import Viewport
    from vision import Vertices

_DRAG_PX: Final = 6  # a press that moves further is a rectangle, else a corner
_CLOSES_PX: Final = 9  # a click so near to the first corner closes the polygon
_LEAST_PX: Final = 5  # what is smaller on the screen was a slip
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DrawingCanvas(PictureCanvas):
    """`drawn` tells the corners of a new polygon, `given_up` that the tool is to be put down.

    Without the tool the mouse pans and chooses. With it, dragging draws a rectangle; clicks set
    corner after corner, and a double click, Enter or a click on the first corner closes. Backspace
    takes the last corner back; Escape gives up the polygon, then the tool.
    """

    drawn = Signal(object)
    given_up = Signal()

    def __init__(
        self, viewport: Viewport, parent: QWidget | None = None, *, fits_first: bool = True
    ) -> None:
        super().__init__(viewport, parent, fits_first=fits_first)
        self._armed = False
        self._corners: list[QPointF] = []  # of the polygon under way, picture points
        self._start: QPointF | None = None
        self._end = QPointF()

    @property
    def is_armed(self) -> bool:
        """Whether the mouse draws."""
        return self._armed

    def arm(self, wanted: bool) -> None:
        """Draw from now on, or put the tool down."""
        self._armed = wanted
        self.give_up()
        self.unsetCursor()
        if wanted:
            self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_drawing(self) -> bool:
        """Whether something has been begun."""
        return bool(self._corners) or self._start is not None

    def give_up(self) -> None:
        """Forget what was begun."""
        self._corners, self._start = [], None
        self.update()

    def close_polygon(self) -> None:
        """End the polygon at the corners it has."""
        corners, self._corners = self._corners, []
        self._tell(corners)

    def paint_begun(self, painter: QPainter, polygon: QPolygonF) -> None:
        """Paint what is being drawn, in pixels of the screen."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width, style in (
            (QColor(255, 255, 255, 220), 4.0, Qt.PenStyle.SolidLine),
            (QColor(0x1A, 0x12, 0x08), 1.8, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(colour, width, style))
            painter.drawPolygon(polygon)

    def _tell(self, corners: list[QPointF]) -> None:
        """Tell of a polygon, unless it is too small to be meant; what is outside is cut off."""
        self.update()
        area = self._picture.area if self._picture is not None else QRectF()
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

    def _begun(self) -> QPolygonF:
        """What the mouse has drawn so far, on the screen."""
        if self._start is not None and not self._corners:
            return QPolygonF(QRectF(self._start, self._end).normalized())
        return QPolygonF([*(self.to_screen(corner) for corner in self._corners), self._end])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._armed and self.is_drawing:
            with painter_on(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self.paint_begun(painter, self._begun())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._armed or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._start = self._end = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._armed or self._pressed is not None:
            super().mouseMoveEvent(event)
            return
        self._end = event.position()
        if self.is_drawing:
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            super().mouseReleaseEvent(event)
            if self._armed:
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
        if not self._armed:
            super().mouseDoubleClickEvent(event)
        elif self._corners:
            self.close_polygon()

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether a key is for the drawing, before any shortcut of the window."""
        if event.key() == Qt.Key.Key_Escape:
            return self._armed
        return bool(self._corners) and event.key() in (*_ENTER, Qt.Key.Key_Backspace)

    @override
    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self.close_polygon()
        elif event.key() == Qt.Key.Key_Backspace:
            self._corners.pop()
            self.update()
        elif self.is_drawing:
            self.give_up()
        else:
            self.given_up.emit()


def _rectangle(one: QPointF, other: QPointF) -> tuple[QPointF, ...]:
    box = QRectF(one, other).normalized()
    return box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()
