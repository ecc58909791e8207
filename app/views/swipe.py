"""Swipe: the suspect on one side of a handle, the reference on the other, in one place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from typing_extensions import override

from app.views.dial import Dial, per_cent
from app.views.painting import label_box, paint_label
from app.views.pair_view import PairCanvas, PairView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.pixels import Picture
    from app.views.viewport import Viewport

_GRIP: Final = 9  # pixels on either side of the line at which it can be taken
_KNOB: Final = 13.0


class SwipeCanvas(PairCanvas):
    """Left of the handle (or above it) is the suspect; `handle_moved` tells its share."""

    handle_moved = Signal(float)

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._share = 0.5
        self._is_upright = True
        self._is_held = False
        self._names = "", ""

    @property
    def handle(self) -> float:
        """Where the line is, in pixels from the left, or from the top."""
        return self._share * (self.width() if self._is_upright else self.height())

    @property
    def is_upright(self) -> bool:
        """Whether the line is upright, with the suspect on the left."""
        return self._is_upright

    def set_share(self, share: float) -> None:
        """Put the line at a share of the width or height."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def set_upright(self, wanted: bool) -> None:
        """Swipe from left to right, or from top to bottom."""
        self._is_upright = wanted
        self.update()

    def set_names(self, suspect: str, reference: str) -> None:
        """What the two sides are called."""
        self._names = suspect, reference
        self.update()

    def _suspect_part(self) -> QRectF:
        if self._is_upright:
            return QRectF(0, 0, self.handle, self.height())
        return QRectF(0, 0, self.width(), self.handle)

    def _reference_part(self) -> QRectF:
        whole = QRectF(self.rect())
        if self._is_upright:
            return whole.adjusted(math.floor(self.handle), 0, 0, 0)
        return whole.adjusted(0, math.floor(self.handle), 0, 0)

    @override
    def _paint_pictures(self, painter: QPainter, picture: Picture) -> None:
        if self._pair is None or self._pair.suspect is None:
            self._paint_one(painter, picture)
            return
        self._paint_one(painter, picture, part=self._reference_part().toAlignedRect())
        painter.save()
        painter.setClipRect(self._suspect_part())
        self._paint_one(painter, self._pair.suspect, part=self._suspect_part().toAlignedRect())
        painter.restore()

    @override
    def _paint_above(self, painter: QPainter) -> None:
        at = self.handle
        if self._is_upright:
            line = QPointF(at, 0), QPointF(at, self.height())
            knob = QPointF(at, self.height() / 2)
        else:
            line = QPointF(0, at), QPointF(self.width(), at)
            knob = QPointF(self.width() / 2, at)
        for colour, width in ((QColor(20, 22, 26, 170), 4.0), (QColor(255, 255, 255), 1.6)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(*line)
        painter.setPen(QPen(QColor(20, 22, 26, 190), 1.4))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(knob, _KNOB, _KNOB)
        self._paint_arrows(painter, knob)
        self._paint_names(painter)

    def _paint_arrows(self, painter: QPainter, knob: QPointF) -> None:
        along = QPointF(1, 0) if self._is_upright else QPointF(0, 1)
        aside = QPointF(along.y(), along.x())
        painter.setPen(QPen(QColor(20, 22, 26), 1.8))
        for side in (-1, 1):
            tip = knob + along * (8 * side)
            painter.drawLine(tip, tip - along * (4 * side) + aside * 4)
            painter.drawLine(tip, tip - along * (4 * side) - aside * 4)

    def _paint_names(self, painter: QPainter) -> None:
        """The names stay beside the line, one on each side of it."""
        painter.setFont(self.font())
        names = self._names[0], self._named(self._names[1])
        for name, is_suspect in zip(names, (True, False), strict=True):
            box = label_box(painter, name)
            if self._is_upright:
                left = self.handle - 8 - box.width() if is_suspect else self.handle + 8
                box.moveTopLeft(QPointF(left, 10 + self.ruler_room))
            else:
                top = self.handle - 8 - box.height() if is_suspect else self.handle + 8
                box.moveTopLeft(QPointF(10 + self.ruler_room, top))
            paint_label(painter, box, name)

    def _is_on_handle(self, at: QPointF) -> bool:
        return abs((at.x() if self._is_upright else at.y()) - self.handle) <= _GRIP

    def _drag_to(self, at: QPointF) -> None:
        length = self.width() if self._is_upright else self.height()
        self.set_share((at.x() if self._is_upright else at.y()) / max(1, length))
        self.handle_moved.emit(self._share)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self._picture is not None and self._is_on_handle(event.position()):
            self._is_held = True
        else:
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._drag_to(event.position())
            return
        if self._pressed is None:
            across = Qt.CursorShape.SplitHCursor, Qt.CursorShape.SplitVCursor
            if self._is_on_handle(event.position()):
                self.setCursor(across[not self._is_upright])
            else:
                self.unsetCursor()
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._is_held = False
        else:
            super().mouseReleaseEvent(event)


class SwipeView(PairView):
    """The handle is dragged, or moved by the dial and its keys; a button turns it."""

    canvas: SwipeCanvas

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        canvas = SwipeCanvas(viewport)
        dial = Dial(0.0, 1.0, 0.02, 0.5, per_cent)
        super().__init__(canvas, dial=dial, parent=parent)
        dial.changed.connect(canvas.set_share)
        canvas.handle_moved.connect(dial.follow)
        self._reword()

    def set_upright(self, wanted: bool) -> None:
        """Swipe from left to right, or from top to bottom."""
        self.canvas.set_upright(wanted)
        self._reword()

    @override
    def _reword(self) -> None:
        self.caption.setText(
            self.tr("Photo on the left, reference on the right")
            if self.canvas.is_upright
            else self.tr("Photo above, reference below")
        )
        self.canvas.set_names(self.tr("Photo"), self.tr("Reference"))
        self.canvas.setAccessibleName(self.tr("Swipe between photo and reference"))
        if self.dial is not None:
            self.dial.reword(self.tr("Handle"))
