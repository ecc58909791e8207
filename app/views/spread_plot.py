"""A small plot: what genuine items show at one place, and where the photo lies beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.painting import painter_on
from app.views.theme import AGREES, DIFFERS, look_of

if TYPE_CHECKING:
    from vision import Region

_MARGIN: Final = 10
_LINE_AT: Final = 36  # screen pixels from the top to the axis
_BAND: Final = 12
_DOT: Final = 4.2
_DIAMOND: Final = 6.5


class SpreadPlot(QWidget):
    """Rings for genuine items, a hatched band as far as they differ, a diamond for the photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._region: Region | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("")

    def show_region(self, region: Region | None) -> None:
        """Show the figures of another region."""
        self._region = region
        self.setAccessibleName(self._words())
        self.setToolTip(self._words())
        self.update()

    def _words(self) -> str:
        region = self._region
        if region is None:
            return ""
        said = QCoreApplication.translate(
            "SpreadPlot", "Photo: {measured}. Genuine spread here: {spread}."
        ).format(measured=f"{region.measured:.3g}", spread=f"{region.genuine_spread:.3g}")
        if region.genuine_values:
            each = QCoreApplication.translate("SpreadPlot", "Genuine items one by one: {values}.")
            values = ", ".join(f"{value:.3g}" for value in sorted(region.genuine_values))
            said = f"{said} {each.format(values=values)}"
        return said

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 62)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        region = self._region
        if region is None:
            return
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            look = look_of(self.palette())
            largest = max(region.measured, region.genuine_spread, *region.genuine_values, 1e-9)
            room = self.width() - 2 * _MARGIN

            def at(value: float) -> float:
                return _MARGIN + room * min(value, largest) / largest

            painter.setPen(QPen(QColor(look.line), 1.2))
            painter.drawLine(QPointF(_MARGIN, _LINE_AT), QPointF(self.width() - _MARGIN, _LINE_AT))
            band = QRectF(_MARGIN, _LINE_AT - _BAND / 2, at(region.genuine_spread) - _MARGIN, _BAND)
            painter.setPen(QPen(AGREES, 1.2))
            painter.setBrush(QBrush(AGREES, Qt.BrushStyle.Dense5Pattern))
            painter.drawRect(band)
            painter.setBrush(QColor(look.raised))
            painter.setPen(QPen(AGREES.lighter(125), 1.8))
            for value in region.genuine_values:
                painter.drawEllipse(QPointF(at(value), _LINE_AT), _DOT, _DOT)
            self._paint_photo(painter, QPointF(at(region.measured), _LINE_AT), QColor(look.text))
            self._paint_words(painter, region, at(region.measured), QColor(look.quiet))

    def _paint_photo(self, painter: QPainter, spot: QPointF, edge: QColor) -> None:
        diamond = QPolygonF(
            [
                spot + QPointF(dx * _DIAMOND, dy * _DIAMOND)
                for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))
            ]
        )
        painter.setPen(QPen(edge, 1.2))
        painter.setBrush(DIFFERS)
        painter.drawPolygon(diamond)

    def _paint_words(self, painter: QPainter, region: Region, photo: float, ink: QColor) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(ink)
        above = QCoreApplication.translate("SpreadPlot", "photo {value}")
        above = above.format(value=f"{region.measured:.3g}")
        width = painter.fontMetrics().horizontalAdvance(above) + 4
        left = min(max(photo - width / 2, 2.0), self.width() - width - 2.0)
        painter.drawText(QRectF(left, 4, width, 20), Qt.AlignmentFlag.AlignCenter, above)
        count = len(region.genuine_values)
        if count:
            below = QCoreApplication.translate(
                "SpreadPlot", "genuine: {count} items, spread {spread}"
            )
        else:
            below = QCoreApplication.translate("SpreadPlot", "genuine: spread {spread}")
        below = below.format(count=count, spread=f"{region.genuine_spread:.3g}")
        line = QRectF(_MARGIN, _LINE_AT + 8, self.width() - 2 * _MARGIN, 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, below)
