"""How the plots of the gallery's health are painted: cells of the heat table, bars, spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.health_words import value_words
from app.models.health_rows import BAR_ROLE, SPREAD_ROLE, Bar, SpreadListModel, shares
from app.models.health_table import CELL_ROLE, HealthCell
from app.panes.delegates import RowDelegate
from app.panes.painting import paint_words
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS, Look, look_of
from vision import Grade, Measure, SideHealth

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAME_SHARE: Final = 0.46  # of a row that the name takes
_COUNT_ROOM: Final = 52
_DOT: Final = 3.8
_SMALL: Final = 0.92
_HATCH: Final = 6.0
_ALPHAS: Final = {Grade.GOOD: 70, Grade.FAIR: 80, Grade.POOR: 185}


def paint_grade(painter: QPainter, area: QRectF, grade: Grade, *, radius: float = 3.0) -> None:
    """A patch in the colour of a grade; what is not known is hatched, what is poor has a corner."""
    if grade is Grade.UNKNOWN:
        _hatch(painter, area)
        return
    colour = QColor(AGREES if grade is Grade.GOOD else DIFFERS)
    colour.setAlpha(_ALPHAS[grade])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(area, radius, radius)
    if grade is Grade.POOR:
        painter.setBrush(DIFFERS.darker(150))
        corner = min(9.0, area.height() / 2)
        top = area.topRight()
        painter.drawPolygon([top, top - QPointF(corner, 0), top + QPointF(0, corner)])


def _hatch(painter: QPainter, area: QRectF) -> None:
    """Slanted lines as far apart on every screen, which those of a brush are not."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QColor(CANNOT_JUDGE), 0.8))
    height = area.height()
    for step in range(int((area.width() + height) / _HATCH) + 1):
        left = area.left() - height + step * _HATCH
        painter.drawLine(QPointF(left, area.bottom()), QPointF(left + height, area.top()))
    painter.restore()


class HeatDelegate(QStyledItemDelegate):
    """A cell: the value on the colour of its grade."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = look_of(option.palette)
        area = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.fillRect(option.rect, QColor(look.raised))
        cell = index.data(CELL_ROLE)
        if isinstance(cell, HealthCell):
            grade = cell.side.read(cell.measure).grade
            paint_grade(painter, area, grade)
            font = QFont(option.font)
            font.setBold(grade is Grade.POOR)
            painter.setFont(font)
            painter.setPen(QColor(look.quiet if grade is Grade.UNKNOWN else look.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.accent), 2.0))
            painter.drawRoundedRect(area, 3, 3)
        painter.restore()


class BarDelegate(RowDelegate):
    """A name, a bar as long as its share, and the count."""

    height = 30

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bar = index.data(BAR_ROLE)
        if not isinstance(bar, Bar):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 3, -12, -3)
        name = area.adjusted(0, 0, -round(area.width() * (1 - _NAME_SHARE)), 0)
        ink = QColor(look.text if bar.count else look.quiet)
        paint_words(painter, name, str(index.data()), ink, option.font)
        left = name.right() + 8
        room = area.right() - _COUNT_ROOM - left
        line = QRectF(left, area.center().y() - 4, room, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.sunken))
        painter.drawRoundedRect(line, 3, 3)
        if bar.count and bar.total:
            line.setWidth(max(3.0, room * bar.count / bar.total))
            painter.setBrush(DIFFERS if bar.is_bad else AGREES)
            painter.drawRoundedRect(line, 3, 3)
        painter.setPen(ink)
        painter.drawText(area, _RIGHT, str(bar.count))
        painter.restore()


class SpreadDelegate(RowDelegate):
    """A ring for each reference on a line, and the limit as a stroke; all rows on one scale.

    The ring of the reference whose picture is `chosen` is filled.
    """

    height = 44

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        side, model = index.data(SPREAD_ROLE), index.model()
        if not isinstance(side, SideHealth) or not isinstance(model, SpreadListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 3, -14, -3)
        words = area.adjusted(0, 0, 0, -area.height() // 2)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * _SMALL)
        said = value_words(Measure.SPREAD, side.read(Measure.SPREAD))
        painter.setFont(small)
        painter.setPen(QColor(look.quiet))
        painter.drawText(words, _RIGHT, said)
        room = words.adjusted(0, 0, -_COUNT_ROOM, 0)
        paint_words(painter, room, str(index.data()), QColor(look.text), small)
        line = QRectF(area.adjusted(6, area.height() // 2, -6, 0))
        self._paint_axis(painter, line, model.largest, look)
        self._paint_rings(painter, line, model.largest, side, look)
        painter.restore()

    def _paint_axis(self, painter: QPainter, line: QRectF, largest: float, look: Look) -> None:
        middle = line.center().y()
        limit = line.left() + line.width() / largest
        painter.setPen(QPen(QColor(look.line), 1.2))
        painter.drawLine(QPointF(line.left(), middle), QPointF(line.right(), middle))
        painter.setPen(QPen(QColor(DIFFERS), 2.0))
        painter.drawLine(QPointF(limit, line.top() + 1), QPointF(limit, line.bottom() - 1))

    def _paint_rings(
        self, painter: QPainter, line: QRectF, largest: float, side: SideHealth, look: Look
    ) -> None:
        figures = side.figures
        ids = figures.references if figures is not None else ()
        for each, share in zip(ids, shares(figures), strict=True):
            spot = QPointF(line.left() + line.width() * share / largest, line.center().y())
            ink = DIFFERS if share > 1.0 else AGREES.lighter(115)
            painter.setPen(QPen(ink, 1.8))
            painter.setBrush(QColor(ink) if each == self.chosen else QColor(look.raised))
            painter.drawEllipse(spot, _DOT, _DOT)


def reference_at(option: QRectF, x: float, model: SpreadListModel, side: SideHealth) -> str:
    """The id of the reference whose ring lies nearest to `x` in the row `option`."""
    figures = side.figures
    if figures is None or not figures.references:
        return ""
    left, room = option.left() + 20, option.width() - 40
    wanted = (x - left) / max(1.0, room) * model.largest
    near = min(
        zip(figures.references, shares(figures), strict=True), key=lambda one: abs(one[1] - wanted)
    )
    return near[0]
