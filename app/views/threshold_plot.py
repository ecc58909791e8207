"""Histogram of genuine and false evidence, with a line to drag: the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.painting import painter_on
from app.views.theme import AGREES, DIFFERS, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision import ThresholdEvidence

_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 14, 26, 46  # screen pixels around the bars
_BINS: Final = 40
_RUG: Final = 8  # height of the marks of single values
STEP: Final = 0.005
_KEYS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class ThresholdPlot(QWidget):
    """Genuine values upward in blue, false ones hatched in orange; each value is a mark below.

    `moved` tells where the line was dragged, or moved by the arrow keys.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: ThresholdEvidence | None = None
        self._threshold = 0.0
        self._range = (0.0, 1.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)

    def show_evidence(self, evidence: ThresholdEvidence | None) -> None:
        """Show other values."""
        self._evidence = evidence
        if evidence is not None:
            every = (*evidence.genuine, *evidence.own, *evidence.false)
            every = (*every, evidence.current, evidence.promised)
            room = 0.08 * max(max(every) - min(every), 0.1)
            self._range = min(every) - room, max(every) + room
        self.update()

    def show_threshold(self, value: float) -> None:
        """Move the line, without telling."""
        self._threshold = value
        self.update()

    def at(self, value: float) -> float:
        """Where a value lies, in pixels from the left."""
        low, high = self._range
        room = self.width() - _LEFT - _RIGHT
        return _LEFT + room * (min(max(value, low), high) - low) / (high - low)

    def value_at(self, x: float) -> float:
        """The value at so many pixels from the left."""
        low, high = self._range
        room = max(1, self.width() - _LEFT - _RIGHT)
        return low + (high - low) * min(max((x - _LEFT) / room, 0.0), 1.0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, 240)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.moved.emit(self.value_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(self.value_at(event.position().x()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _KEYS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
            return
        self.moved.emit(self._threshold + steps * STEP)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        evidence = self._evidence
        if evidence is None:
            return
        with painter_on(self) as painter:
            look = look_of(self.palette())
            floor = self.height() - _BOTTOM
            genuine, false = self._heights(evidence.genuine), self._heights(evidence.false)
            self._paint_bars(painter, genuine, QBrush(AGREES))
            self._paint_bars(painter, false, QBrush(DIFFERS, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawLine(QPointF(_LEFT, floor), QPointF(self.width() - _RIGHT, floor))
            self._paint_rug(painter, evidence.genuine, AGREES, floor + 3)
            self._paint_rug(painter, evidence.false, DIFFERS, floor + 3 + _RUG + 2)
            self._paint_lines(painter, evidence, QColor(look.text), QColor(look.quiet))

    def _heights(self, values: Sequence[float]) -> list[float]:
        """Return the height of each bar, the tallest 1; each kind by itself, for few are false."""
        counts, _ = np.histogram(values, bins=_BINS, range=self._range)
        tallest = max(1, int(counts.max(initial=0)))
        return [int(count) / tallest for count in counts]

    def _paint_bars(self, painter: QPainter, heights: Sequence[float], brush: QBrush) -> None:
        floor, room = self.height() - _BOTTOM, self.height() - _BOTTOM - _TOP
        width = (self.width() - _LEFT - _RIGHT) / _BINS
        painter.setPen(QPen(brush.color(), 1))
        painter.setBrush(brush)
        for place, height in enumerate(heights):
            if height > 0:
                tall = room * height
                bar = QRectF(_LEFT + place * width + 1, floor - tall, width - 2, tall)
                painter.drawRect(bar)

    def _paint_rug(
        self, painter: QPainter, values: Sequence[float], colour: QColor, top: float
    ) -> None:
        painter.setPen(QPen(colour, 1.4))
        for value in values:
            x = self.at(value)
            painter.drawLine(QPointF(x, top), QPointF(x, top + _RUG))

    def _paint_lines(
        self, painter: QPainter, evidence: ThresholdEvidence, ink: QColor, quiet: QColor
    ) -> None:
        floor = self.height() - _BOTTOM
        x = self.at(evidence.promised)
        painter.setPen(QPen(ink, 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, _TOP - 6), QPointF(x, floor + 2 * _RUG + 5))
        x = self.at(self._threshold)
        painter.setPen(QPen(ink, 3 if self.hasFocus() else 2))
        painter.drawLine(QPointF(x, _TOP - 6), QPointF(x, floor + 2 * _RUG + 5))
        said = f"{self._threshold:.4f}"
        self._paint_word(painter, said, x, 2)
        painter.setPen(quiet)
        low, high = self._range
        for value in np.linspace(low, high, 6):
            self._paint_word(painter, f"{value:.2f}", self.at(value), self.height() - 20)

    def _paint_word(self, painter: QPainter, said: str, x: float, top: float) -> None:
        width = painter.fontMetrics().horizontalAdvance(said) + 4
        left = min(max(x - width / 2, 0.0), self.width() - width)
        painter.drawText(QRectF(left, top, width, 18), Qt.AlignmentFlag.AlignCenter, said)


def plot_words() -> str:
    """What is in the plot, and how the line is moved."""
    return QCoreApplication.translate(
        "ThresholdPlot",
        "Blue: genuine. Orange, hatched: known to differ; each kind is as tall as its tallest bar. "
        "Dashed: the promised rate. Drag the line, or move it with the arrow keys.",
    )
