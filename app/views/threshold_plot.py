"""Two distributions about one axis, and a line between them that is dragged or moved by keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.painting import painter_on
from app.views.theme import AGREES, DIFFERS, Look, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

_SIDE: Final = 14  # room left and right of the axis
_ABOVE: Final = 40  # room for the labels of the two lines
_BELOW: Final = 42  # room for the scale and the legend
_GAP: Final = 7  # from the axis to the bars, where the rug lies
_BINS: Final = 40
_PAD: Final = 0.06  # of the range, beyond its ends
_STEPS: Final = 200  # arrow keys from one end to the other
_MANY: Final = 10  # arrows that a page key makes
_FAINT: Final = 140  # alpha of bars on the right side of the line
_GRIP: Final = 6
_NEAR: Final = 70  # from the one line to the other, where its stroke would cross the other's label
_TICKS: Final = 6

_KEYS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -_MANY,
    Qt.Key.Key_PageUp: _MANY,
}


class ThresholdPlot(QWidget):
    """Genuine values stand above the axis, values known to differ hang hatched below it.

    Each value is also a stroke at the axis. What the line gets wrong is full in colour, the rest
    faint. `threshold_moved` tells where a person has moved the line, while it is being moved.
    """

    threshold_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._genuine: tuple[float, ...] = ()
        self._false: tuple[float, ...] = ()
        self._promised = self._threshold = 0.0
        self._low, self._high = 0.0, 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    @property
    def threshold(self) -> float:
        """Where the line is."""
        return self._threshold

    @property
    def span(self) -> tuple[float, float]:
        """The values at both ends of the axis; the line stays between them."""
        return self._low, self._high

    def show_values(
        self,
        genuine: Sequence[float],
        false: Sequence[float],
        *,
        promised: float,
        threshold: float,
    ) -> None:
        """Show other distributions; `promised` is the limit that keeps the promised rate."""
        self._genuine, self._false = tuple(genuine), tuple(false)
        self._promised, self._threshold = promised, threshold
        every = (*self._genuine, *self._false, promised, threshold)
        low, high = min(every), max(every)
        pad = (high - low) * _PAD or max(abs(high), 1.0) * _PAD
        self._low, self._high = low - pad, high + pad
        self._told()

    def set_threshold(self, value: float) -> None:
        """Put the line elsewhere, without telling so."""
        self._threshold = min(max(value, self._low), self._high)
        self._told()

    def x_of(self, value: float) -> float:
        """Where a value stands, in pixels of the widget."""
        share = (value - self._low) / (self._high - self._low)
        return _SIDE + share * (self.width() - 2 * _SIDE)

    def value_at(self, x: float) -> float:
        """Which value stands at a place, in pixels of the widget; within the axis."""
        share = (x - _SIDE) / max(1, self.width() - 2 * _SIDE)
        return self._low + min(max(share, 0.0), 1.0) * (self._high - self._low)

    def _told(self) -> None:
        self.setAccessibleName(self._words())
        self.update()

    def _words(self) -> str:
        said = QCoreApplication.translate(
            "ThresholdPlot",
            "Threshold {threshold}: {alarms} of {genuine} genuine values above it, {missed} of "
            "{false} values known to differ not above it.",
        )
        return said.format(
            threshold=f"{self._threshold:.3g}",
            alarms=sum(value > self._threshold for value in self._genuine),
            genuine=len(self._genuine),
            missed=sum(value <= self._threshold for value in self._false),
            false=len(self._false),
        )

    def _move(self, value: float) -> None:
        before = self._threshold
        self.set_threshold(value)
        if self._threshold != before:
            self.threshold_moved.emit(self._threshold)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._move(self.value_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(self.value_at(event.position().x()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            step = (self._high - self._low) / _STEPS
            self._move(self._threshold + _KEYS[key] * step)
        elif key is Qt.Key.Key_Home:
            self._move(self._low)
        elif key is Qt.Key.Key_End:
            self._move(self._high)
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, 260)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 180)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self.palette())
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 0.92)
            painter.setFont(font)
            self._paint_frame(painter, look)
            self._paint_bars(painter, self._genuine, is_genuine=True)
            self._paint_bars(painter, self._false, is_genuine=False)
            self._paint_axis(painter, look)
            self._paint_promised(painter, look)
            self._paint_threshold(painter, look)
            self._paint_legend(painter, look)

    @property
    def _axis_y(self) -> float:
        """Nearer the bottom where nothing hangs below it."""
        room = self.height() - _ABOVE - _BELOW
        return _ABOVE + room * (0.58 if self._false else 0.9)

    def _paint_frame(self, painter: QPainter, look: Look) -> None:
        painter.setBrush(QColor(look.raised))
        painter.setPen(QPen(QColor(look.accent if self.hasFocus() else look.line), 1.2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_bars(self, painter: QPainter, values: Sequence[float], *, is_genuine: bool) -> None:
        """Bars on one side of the axis; the line cuts the bar that it goes through."""
        if not values:
            return
        counts, edges = np.histogram(values, bins=_BINS, range=(self._low, self._high))
        axis = self._axis_y
        room = (axis - _ABOVE if is_genuine else self.height() - _BELOW - axis) - _GAP - 2
        line = self.x_of(self._threshold)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in np.flatnonzero(counts):
            tall = max(2.0, room * counts[place] / counts.max())
            left, right = self.x_of(edges[place]) + 0.5, self.x_of(edges[place + 1]) - 0.5
            top = axis - _GAP - tall if is_genuine else axis + _GAP
            cut = min(max(line, left), right)
            for start, end, is_wrong in ((left, cut, not is_genuine), (cut, right, is_genuine)):
                colour = QColor(AGREES if is_genuine else DIFFERS)
                colour.setAlpha(255 if is_wrong else _FAINT)
                pattern = Qt.BrushStyle.SolidPattern if is_genuine else Qt.BrushStyle.Dense3Pattern
                painter.fillRect(QRectF(start, top, end - start, tall), QBrush(colour, pattern))

    def _paint_axis(self, painter: QPainter, look: Look) -> None:
        axis = self._axis_y
        painter.setPen(QPen(QColor(look.quiet), 1.0))
        painter.drawLine(QLineF(_SIDE, axis, self.width() - _SIDE, axis))
        for values, colour, end in ((self._genuine, AGREES, -_GAP), (self._false, DIFFERS, _GAP)):
            painter.setPen(QPen(colour, 1.0))
            for value in values:
                x = self.x_of(value)
                painter.drawLine(QLineF(x, axis, x, axis + end + math.copysign(1, -end)))
        painter.setPen(QColor(look.quiet))
        top = self.height() - _BELOW
        step = _round_step((self._high - self._low) / _TICKS)
        for number in range(math.ceil(self._low / step), math.floor(self._high / step) + 1):
            x = self.x_of(number * step)
            painter.drawLine(QLineF(x, top, x, top + 3))
            box = QRectF(x - 40, top + 3, 80, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{number * step:g}")

    def _paint_promised(self, painter: QPainter, look: Look) -> None:
        x = self.x_of(self._promised)
        is_near = abs(x - self.x_of(self._threshold)) < _NEAR
        painter.setPen(QPen(QColor(look.quiet), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, _ABOVE if is_near else 20, x, self.height() - _BELOW))
        said = QCoreApplication.translate("ThresholdPlot", "promised rate: {value}")
        self._label(painter, x, 4, said.format(value=f"{self._promised:.3g}"))

    def _paint_threshold(self, painter: QPainter, look: Look) -> None:
        x, top = self.x_of(self._threshold), 38.0
        painter.setPen(QPen(QColor(look.text), 2.0))
        painter.drawLine(QLineF(x, top, x, self.height() - _BELOW))
        painter.setBrush(QColor(look.accent))
        painter.drawEllipse(QPointF(x, top + _GRIP), _GRIP, _GRIP)
        said = QCoreApplication.translate("ThresholdPlot", "threshold: {value}")
        self._label(painter, x, top - 18, said.format(value=f"{self._threshold:.3g}"))

    def _label(self, painter: QPainter, x: float, top: float, words: str) -> None:
        """Words above a line, moved inwards where they would leave the widget."""
        width = painter.fontMetrics().horizontalAdvance(words) + 8.0
        left = min(max(x - width / 2, 4.0), max(4.0, self.width() - width - 4.0))
        painter.drawText(QRectF(left, top, width, 16), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_legend(self, painter: QPainter, look: Look) -> None:
        x, top = float(_SIDE), self.height() - 19.0
        solid, hatched = Qt.BrushStyle.SolidPattern, Qt.BrushStyle.Dense3Pattern
        genuine = QCoreApplication.translate("ThresholdPlot", "genuine: {count}")
        false = QCoreApplication.translate("ThresholdPlot", "known to differ: {count}")
        for said, values, colour, pattern in (
            (genuine, self._genuine, AGREES, solid),
            (false, self._false, DIFFERS, hatched),
        ):
            words = said.format(count=len(values))
            painter.fillRect(QRectF(x, top + 3, 11, 11), QBrush(colour, pattern))
            painter.setPen(QColor(look.text))
            width = painter.fontMetrics().horizontalAdvance(words) + 8.0
            line = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(x + 16, top, width, 17), line, words)
            x += 16 + width + 18


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-12)))
    return next((power * each for each in (1.0, 2.0, 5.0) if power * each >= least), power * 10.0)
