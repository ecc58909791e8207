"""A loupe beside the cursor: both pictures at the same spot, enlarged alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.views.painting import label_box, paint_label, painter_on
from app.views.raster import RasterShelf, snapped
from app.views.theme import PICTURE_GREY

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.views.pixels import Picture

_SIDE: Final = 150
_RIM: Final = 3
_AWAY: Final = 22  # pixels between the cursor and the loupe
_MORE: Final = 3.0  # times the scale of the view
_LEAST: Final = 2.0  # physical screen pixels for a reference pixel


class Loupe(QWidget):
    """Floats over the pictures, takes no mouse; the photo is on the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(QSize(2 * _SIDE + 3 * _RIM, _SIDE + 2 * _RIM))
        self._pictures: tuple[Picture | None, Picture | None] = (None, None)
        self._rasters = RasterShelf()
        self._point = QPointF()
        self._scale = 1.0
        self._reword()
        self.hide()

    def set_pictures(self, suspect: Picture | None, reference: Picture | None) -> None:
        """What is enlarged."""
        self._pictures = suspect, reference
        self.update()

    def follow(self, point: QPointF, at: QPoint, view_scale: float) -> None:
        """Show the surroundings of a reference point, beside the cursor `at` a place of the parent.

        Args:
            point: in reference pixels.
            at: the cursor, in pixels of the parent.
            view_scale: screen pixels for one reference pixel in the view below.
        """
        self._point = point
        self._scale = max(view_scale * _MORE, _LEAST / self.devicePixelRatioF())
        self.move(self._place_beside(at))
        self.raise_()
        self.show()
        self.update()

    def _place_beside(self, at: QPoint) -> QPoint:
        """Right below the cursor; where there is no room, on the other side of it."""
        room = self._over.size()
        x = at.x() + _AWAY
        y = at.y() + _AWAY
        if x + self.width() > room.width():
            x = max(0, at.x() - _AWAY - self.width())
        if y + self.height() > room.height():
            y = max(0, at.y() - _AWAY - self.height())
        return QPoint(min(x, max(0, room.width() - self.width())), y)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.fillRect(self.rect(), QColor(24, 26, 30))
            for place, (picture, name) in enumerate(zip(self._pictures, self._names, strict=True)):
                field = QRectF(_RIM + place * (_SIDE + _RIM), _RIM, _SIDE, _SIDE)
                self._paint_field(painter, picture, name, field)

    def _paint_field(
        self, painter: QPainter, picture: Picture | None, name: str, field: QRectF
    ) -> None:
        painter.save()
        painter.setClipRect(field)
        painter.fillRect(field, PICTURE_GREY)
        if picture is not None:
            middle, centre = field.center(), self._point
            to_screen = QTransform.fromTranslate(middle.x(), middle.y())
            to_screen.scale(self._scale, self._scale).translate(-centre.x(), -centre.y())
            ratio = self.devicePixelRatioF()
            self._rasters.paint(painter, picture, snapped(to_screen, ratio), self.size(), ratio)
        cross = field.center()
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255), 1.2)):
            painter.setPen(QPen(colour, width))
            for step in (QPointF(1, 0), QPointF(0, 1)):
                painter.drawLine(cross - step * 9, cross - step * 3)
                painter.drawLine(cross + step * 3, cross + step * 9)
        box = label_box(painter, name)
        box.moveBottomLeft(field.bottomLeft() + QPointF(3, -3))
        paint_label(painter, box, name)
        painter.restore()

    def _reword(self) -> None:
        self._names = self.tr("Photo"), self.tr("Reference")
        self.setAccessibleName(self.tr("Loupe: photo and reference at the same spot"))
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._reword()
        super().changeEvent(event)
