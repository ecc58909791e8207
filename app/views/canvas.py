"""One picture on neutral grey, painted through a viewport that other canvases may share."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.reports.stated import place_letter
from app.views.badges import BADGE_EDGE, MARK_COLOURS, badge, on_pixels
from app.views.painting import label_box, paint_label, painter_on
from app.views.raster import PIXELS_SEEN_FROM, RasterShelf, snapped
from app.views.region_marks import paint_opinion, region_line
from app.views.rulers import ROOM, Line, Ruler, paint_line, paint_rulers
from app.views.scene import NUMBERED, Mark, MarkKind
from app.views.theme import PICTURE_GREY
from app.views.zone_marks import caption_place, paint_zone, zone_caption
from app.words import fault_name

if TYPE_CHECKING:
    from app.views.pixels import Picture
    from app.views.viewport import Viewport
    from vision import Vertices

_LAYERS: Final = tuple(MARK_COLOURS)  # from the lowest to the topmost
_HALO: Final = QColor(255, 255, 255, 190)
_CLICK_PX: Final = 4
_MARGIN_PX: Final = 60  # as far outside, a mark may still reach in with its line or badge
_KEY_PAN_PX: Final = 60
_REST_MS: Final = 120  # after the last step of zooming, all is painted finely
_WHEEL_BASE: Final = 1.0016


class PictureCanvas(QWidget):
    """Paints a picture with its marks; wheel zooms at the cursor, dragging pans.

    `mark_chosen` tells the number of a region that was clicked, `place_clicked` the picture point
    of a click beside all regions, `pointed` the picture point under the mouse (None once it has
    left), `fit_wished` a double click. `fits_first`: show the whole once the size is known, which a
    canvas must not do whose viewport others share.
    """

    mark_chosen = Signal(int)
    place_clicked = Signal(object)
    pointed = Signal(object)
    fit_wished = Signal()

    def __init__(
        self, viewport: Viewport, parent: QWidget | None = None, *, fits_first: bool = True
    ) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._fits_first = fits_first
        self._picture: Picture | None = None
        self._hatch: Picture | None = None
        self._focus: QRectF | None = None
        self._marks: tuple[Mark, ...] = ()
        self._current = 0
        self._pointer: QPointF | None = None
        self._locked: QPointF | None = None
        self._ruler: Ruler | None = None
        self._line: Line | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self._rasters = RasterShelf()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        viewport.changed.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)

    @property
    def viewport(self) -> Viewport:
        """The viewport this canvas paints through."""
        return self._viewport

    def set_viewport(self, viewport: Viewport) -> None:
        """Paint through another viewport from now on."""
        self._viewport.changed.disconnect(self.update)
        self._viewport = viewport
        viewport.changed.connect(self.update)
        self.update()

    def show_picture(
        self,
        picture: Picture | None,
        marks: tuple[Mark, ...] = (),
        *,
        hatch: Picture | None = None,
        focus: QRectF | None = None,
    ) -> None:
        """Show another picture.

        `hatch` lies on it where nothing could be judged; `focus` is the part that `fit` shows.
        """
        self._picture, self._marks, self._hatch, self._focus = picture, marks, hatch, focus
        if picture is None:
            self._rasters.clear()
        self.update()

    @property
    def picture_width(self) -> int:
        """Pixels that the shown picture really has, across; 0 without one."""
        return self._picture.levels[0].width() if self._picture is not None else 0

    def set_current(self, number: int) -> None:
        """Bring one region out; 0 for none."""
        self._current = number
        self.update()

    def set_pointer(self, point: QPointF | None) -> None:
        """Show where the mouse is in the other picture."""
        self._pointer = point
        self.update()

    def set_locked(self, point: QPointF | None) -> None:
        """Mark the point whose colours are read out, until another is locked."""
        self._locked = point
        self.update()

    def set_ruler(self, ruler: Ruler | None) -> None:
        """Show rulers along the edges, or none."""
        if ruler != self._ruler:
            self._ruler = ruler
            self.update()

    @property
    def ruler_room(self) -> int:
        """Screen pixels that rulers take along the top and along the left."""
        return ROOM if self._ruler is not None else 0

    def set_line(self, line: Line | None) -> None:
        """Show a measured line, or none."""
        if line != self._line:
            self._line = line
            self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        if self._picture is not None:
            self._viewport.fit(self._focus or self._picture.area, QSizeF(self.size()))

    def fitting_scale(self) -> float:
        """The scale at which `fit` would show the picture; 0 without one."""
        if self._picture is None:
            return 0.0
        area = self._focus or self._picture.area
        return self._viewport.fitting_scale(area, QSizeF(self.size()))

    def to_picture(self, screen: QPointF) -> QPointF:
        """The picture point at a place of this widget."""
        return self._viewport.centre + (screen - self._middle()) / self._viewport.scale

    def to_screen(self, point: QPointF) -> QPointF:
        """The place of this widget at which a picture point is painted."""
        return self._middle() + (point - self._viewport.centre) * self._viewport.scale

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _transform(self) -> QTransform:
        """For pictures: see `snapped`."""
        return snapped(self._placing(), self.devicePixelRatioF())

    def _placing(self) -> QTransform:
        middle, centre, scale = self._middle(), self._viewport.centre, self._viewport.scale
        moved = QTransform.fromTranslate(middle.x(), middle.y())
        return moved.scale(scale, scale).translate(-centre.x(), -centre.y())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            if self._picture is None:
                painter.fillRect(self.rect(), PICTURE_GREY)
                return
            self._paint_pictures(painter, self._picture)
            if self._hatch is not None:
                self._paint_one(painter, self._hatch, ground=None, pixels_seen_from=math.inf)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            marks = sorted((mark for mark in self._marks if mark.polygon), key=self._depth)
            room = QRectF(self.rect()).adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
            placed = [(mark, self._on_screen(mark)) for mark in marks]
            placed = [each for each in placed if each[1].boundingRect().intersects(room)]
            for mark, polygon in placed:
                self._paint_mark(painter, mark, polygon)
            for mark, polygon in placed:
                self._paint_name(painter, mark, polygon)
            if self._pointer is not None:
                self._paint_pointer(painter, self.to_screen(self._pointer))
            if self._locked is not None:
                _paint_locked(painter, self.to_screen(self._locked))
            self._paint_above(painter)
            if self._line is not None:
                paint_line(painter, self._line, self.to_screen, self.font())
            if self._ruler is not None:
                zero = self.to_screen(QPointF(-0.5, -0.5))
                area = QRectF(self.rect())
                paint_rulers(painter, area, self._ruler, zero, self._viewport.scale, self.font())
            if self.hasFocus():
                painter.setPen(QPen(self.palette().highlight().color(), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _depth(self, mark: Mark) -> tuple[int, int]:
        """Outlines below faults below regions; the current region on top of all."""
        layer = _LAYERS.index(mark.kind)
        return layer + len(_LAYERS) * self._is_current(mark), -mark.number

    def _is_current(self, mark: Mark) -> bool:
        return mark.kind in NUMBERED and mark.number == self._current

    def _paint_pictures(self, painter: QPainter, picture: Picture) -> None:
        """Paint what lies below hatch and marks, all over the widget."""
        self._paint_one(painter, picture)

    def _paint_above(self, painter: QPainter) -> None:
        """Paint what lies above the marks: handles, names, legends of a view."""

    def _paint_one(
        self,
        painter: QPainter,
        picture: Picture,
        *,
        part: QRect | None = None,
        ground: QColor | None = PICTURE_GREY,
        pixels_seen_from: float = PIXELS_SEEN_FROM,
    ) -> None:
        """Paint a picture through the viewport; only `part` of this widget is needed.

        `ground` is the colour beside the picture; None leaves there what is painted already.
        """
        self._rasters.paint(
            painter,
            picture,
            self._transform(),
            self.size(),
            self.devicePixelRatioF(),
            part=part,
            ground=ground,
            pixels_seen_from=pixels_seen_from,
        )
        if self._rasters.is_rough:
            self._rest.start()

    def _on_rest(self) -> None:
        self._rasters.refine()
        self.update()

    def _on_screen(self, mark: Mark) -> QPolygonF:
        return self._placing().map(_as_polygon(mark.polygon))

    def _paint_mark(self, painter: QPainter, mark: Mark, polygon: QPolygonF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.kind is MarkKind.OUTLINE:
            painter.setPen(QPen(QColor(255, 255, 255, 150), 1, Qt.PenStyle.DashLine))
            painter.drawPolygon(polygon)
            return
        if mark.zone is not None:
            paint_zone(painter, polygon, mark.zone.kind, is_filled=False)
            return
        is_current = self._is_current(mark)
        colour = MARK_COLOURS[mark.kind]
        steps_back = self._current > 0 and not is_current
        width = 3.0 if is_current else 1.2 if steps_back else 1.8
        if not steps_back:
            painter.setPen(QPen(_HALO, width + 2.4))
            painter.drawPolygon(polygon)
        painter.setPen(QPen(colour, width, region_line(mark)))
        if mark.kind is MarkKind.FAULT:
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(polygon)

    def _paint_name(self, painter: QPainter, mark: Mark, polygon: QPolygonF) -> None:
        """The name of a fault or zone, the badge of a region; above all outlines."""
        if mark.zone is not None:
            self._paint_label(painter, caption_place(polygon), zone_caption(mark.zone))
        elif mark.fault is not None:
            corner = polygon.boundingRect().topLeft()
            self._paint_label(painter, corner, fault_name(mark.fault))
        elif mark.number:
            is_current = self._is_current(mark)
            self._paint_badge(painter, _badge_place(polygon), mark, is_current)

    def _paint_badge(
        self, painter: QPainter, corner: QPointF, mark: Mark, is_current: bool
    ) -> None:
        """A region's number in a disc; other places in a square; beside it the opinion."""
        radius = 12.0 if is_current else 9.5
        spot = QRectF(corner.x() - radius, corner.y() - radius, 2 * radius, 2 * radius)
        spot = self._kept_inside(spot)
        if not spot.intersects(QRectF(self.rect())):
            return
        is_region = mark.kind is MarkKind.REGION
        text = mark.label or (str(mark.number) if is_region else place_letter(mark.number))
        ratio = self.devicePixelRatioF()
        edge = QPointF(BADGE_EDGE, BADGE_EDGE)
        image = badge(mark.kind, text, self.font().toString(), radius, ratio)
        painter.drawImage(on_pixels(spot.topLeft() - edge, ratio), image)
        if mark.opinion is not None:
            paint_opinion(painter, spot, mark.opinion)

    def _kept_inside(self, spot: QRectF) -> QRectF:
        """A badge of a region that is partly in view stays readable at the edge."""
        room = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        if not room.adjusted(-40, -40, 40, 40).intersects(spot):
            return spot
        left = min(max(spot.left(), room.left()), room.right() - spot.width())
        top = min(max(spot.top(), room.top()), room.bottom() - spot.height())
        return QRectF(left, top, spot.width(), spot.height())

    def _paint_label(self, painter: QPainter, corner: QPointF, text: str) -> None:
        painter.setFont(self.font())
        box = label_box(painter, text)
        box.moveTopLeft(corner + QPointF(4, 4))
        paint_label(painter, self._kept_inside(box), text)

    def _paint_pointer(self, painter: QPainter, at: QPointF) -> None:
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255), 1.2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(at - QPointF(9, 0), at + QPointF(9, 0))
            painter.drawLine(at - QPointF(0, 9), at + QPointF(0, 9))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._picture is None:
            return
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._viewport.zoom_at(_WHEEL_BASE**turned, self.to_picture(event.position()))
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragged = event.position(), False
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            inside = self._picture is not None
            self.pointed.emit(self.to_picture(event.position()) if inside else None)
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() > _CLICK_PX:
            self._dragged = True
            self._pressed = event.position()
            self._viewport.pan_by(moved)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            number = self.region_at(event.position())
            if number:
                self.mark_chosen.emit(number)
            elif self._picture is not None:
                self.place_clicked.emit(self.to_picture(event.position()))
        self._pressed = None
        self.unsetCursor()

    def region_at(self, screen: QPointF) -> int:
        """The number of the smallest region or weakest place there, or 0."""
        found: list[tuple[float, int]] = []
        for mark in self._marks:
            if mark.kind not in NUMBERED or not mark.polygon:
                continue
            polygon = self._on_screen(mark)
            box = polygon.boundingRect()
            on_badge = (screen - _badge_place(polygon)).manhattanLength() < 16
            if on_badge or polygon.containsPoint(screen, Qt.FillRule.OddEvenFill):
                found.append((0.0 if on_badge else box.width() * box.height(), mark.number))
        return min(found)[1] if found else 0

    @override
    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.fit_wished.emit()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: QPointF(_KEY_PAN_PX, 0),
            Qt.Key.Key_Right: QPointF(-_KEY_PAN_PX, 0),
            Qt.Key.Key_Up: QPointF(0, _KEY_PAN_PX),
            Qt.Key.Key_Down: QPointF(0, -_KEY_PAN_PX),
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._viewport.pan_by(step)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_first = event.oldSize().width() <= 0
        if is_first and self._fits_first and self._picture is not None:
            self.fit()


@lru_cache(maxsize=4096)
def _as_polygon(polygon: Vertices) -> QPolygonF:
    """To be read only."""
    return QPolygonF([QPointF(x, y) for x, y in polygon])


def _badge_place(polygon: QPolygonF) -> QPointF:
    """The corner of a polygon nearest to the upper left, where its badge sits."""
    return min(polygon.toList(), key=_from_upper_left)


def _from_upper_left(point: QPointF) -> float:
    return point.x() + point.y()


def _paint_locked(painter: QPainter, at: QPointF) -> None:
    """A ring with four ticks, told from the cross of the pointer by its shape."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 170), 3.6), (QColor(255, 255, 255), 1.6)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, 7.0, 7.0)
        for step in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(at + step * 7, at + step * 12)
