"""A picture on which pins are set, dragged and moved by keys, with a magnifier while they move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QTransform
from typing_extensions import override

from app.views.canvas import PictureCanvas
from app.views.painting import label_box, paint_label
from app.views.raster import RasterShelf, snapped
from app.views.theme import PICTURE_GREY

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.viewport import Viewport

_INK: Final = QColor(0xD6, 0x00, 0x6C)
_CHOSEN_INK: Final = QColor(0xFF, 0xC4, 0x00)
_HALO: Final = QColor(20, 20, 24, 200)
_GRAB_PX: Final = 13
_RING, _ARM, _GAP = 8.0, 15.0, 4.0  # of a cross-hair, pixels of the screen
_GLASS: Final = 168  # side of the magnifier
_EDGE: Final = 10
_MAGNIFIED: Final = 4.0  # times the scale of the view
_LEAST: Final = 2.0  # physical screen pixels for a picture pixel
_STEPS: Final = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_FAR: Final = 10.0  # times as far with Shift


class PinCanvas(PictureCanvas):
    """`place_clicked` asks for a pin, `pin_chosen` tells which one was grabbed.

    `pin_moved` tells where a pin is being moved to, `pin_let_go` that it stays there. Arrows move
    the chosen pin by a pixel of the screen, with Shift by ten; without one they move the picture.
    """

    pin_chosen = Signal(int)
    pin_moved = Signal(int, QPointF)
    pin_let_go = Signal()

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._pins: tuple[QPointF | None, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._chosen = -1
        self._grabbed = -1
        self._is_magnified = False
        self._glass = RasterShelf()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_pins(
        self, pins: tuple[QPointF | None, ...], labels: tuple[str, ...], chosen: int = -1
    ) -> None:
        """Show pins at picture points, None where one has no place here yet; each has a label."""
        self._pins, self._labels, self._chosen = pins, labels, chosen
        if not 0 <= chosen < len(pins):
            self._is_magnified = False
        self.update()

    def pin_at(self, screen: QPointF) -> int:
        """The nearest pin within reach of a place of this widget, or -1."""
        found = [
            ((self.to_screen(point) - screen).manhattanLength(), number)
            for number, point in enumerate(self._pins)
            if point is not None
        ]
        return min(found)[1] if found and min(found)[0] <= 1.5 * _GRAB_PX else -1

    @override
    def _paint_above(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        for number, point in enumerate(self._pins):
            if point is not None and number != self._chosen:
                self._paint_pin(painter, number, self.to_screen(point))
        chosen = self._chosen_point
        if chosen is not None:
            self._paint_pin(painter, self._chosen, self.to_screen(chosen))
            if self._is_magnified:
                self._paint_glass(painter, chosen)

    @property
    def _chosen_point(self) -> QPointF | None:
        return self._pins[self._chosen] if 0 <= self._chosen < len(self._pins) else None

    def _paint_pin(self, painter: QPainter, number: int, at: QPointF) -> None:
        ink = _CHOSEN_INK if number == self._chosen else _INK
        _paint_cross(painter, at, ink)
        box = label_box(painter, self._labels[number])
        box.moveBottomLeft(at + QPointF(_RING, -_RING))
        paint_label(painter, self._kept_inside(box), self._labels[number])

    def _paint_glass(self, painter: QPainter, point: QPointF) -> None:
        """The surroundings of a pin, enlarged, in the corner that is farthest from it."""
        if self._picture is None or min(self.width(), self.height()) < _GLASS + 4 * _EDGE:
            return
        at = self.to_screen(point)
        left = self.width() - _EDGE - _GLASS if at.x() < self.width() / 2 else _EDGE
        top = self.height() - _EDGE - _GLASS if at.y() < self.height() / 2 else _EDGE
        field = QRectF(left, top, _GLASS, _GLASS)
        ratio = self.devicePixelRatioF()
        scale = max(self.viewport.scale * _MAGNIFIED, _LEAST / ratio)
        painter.save()
        painter.setClipRect(field)
        painter.fillRect(field, PICTURE_GREY)
        placing = QTransform.fromTranslate(field.center().x(), field.center().y())
        placing.scale(scale, scale).translate(-point.x(), -point.y())
        size = QSize(self.width(), self.height())
        self._glass.paint(painter, self._picture, snapped(placing, ratio), size, ratio)
        _paint_cross(painter, field.center(), _CHOSEN_INK)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_HALO, 2))
        painter.drawRect(field)
        painter.restore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.pin_at(event.position())
        if number < 0 or event.button() is not Qt.MouseButton.LeftButton:
            self._is_magnified = False
            super().mousePressEvent(event)
            return
        self._grabbed, self._is_magnified = number, True
        self.pin_chosen.emit(number)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed < 0:
            super().mouseMoveEvent(event)
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self.pin_moved.emit(self._grabbed, self.to_picture(event.position()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grabbed < 0:
            super().mouseReleaseEvent(event)
        else:
            self._grabbed, self._is_magnified = -1, False
            self.pin_let_go.emit()
            self.update()
        self.setCursor(Qt.CursorShape.CrossCursor)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks are two clicks: whoever sets pins is quick."""
        self.mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, point = _STEPS.get(Qt.Key(event.key())), self._chosen_point
        if step is None or point is None:
            super().keyPressEvent(event)
            return
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        by = step * (_FAR if is_far else 1.0) / self.viewport.scale
        self._is_magnified = True
        self.pin_moved.emit(self._chosen, point + by)
        self.pin_let_go.emit()


def _paint_cross(painter: QPainter, at: QPointF, ink: QColor) -> None:
    """A ring and four arms that leave the place itself free to be seen."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_HALO, 4.2), (ink, 2.0)):
        line = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(colour, width, *line))
        painter.drawEllipse(at, _RING, _RING)
        for step in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(at + step * _GAP, at + step * _ARM)
