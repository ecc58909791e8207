"""How zones look: must match is a solid blue line, variable a grey hatching; each is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from app import words
from app.views.theme import AGREES, CANNOT_JUDGE
from vision import ZoneKind

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPolygonF

    from vision import Zone

_HALO: Final = QColor(255, 255, 255, 200)
_VEIL: Final = QColor(255, 255, 255, 50)
_COLOURS: Final = {ZoneKind.MUST_MATCH: AGREES, ZoneKind.VARIABLE: CANNOT_JUDGE.darker(125)}


def paint_zone(
    painter: QPainter,
    polygon: QPolygonF,
    kind: ZoneKind,
    *,
    is_proposed: bool = False,
    is_current: bool = False,
    is_filled: bool = True,
) -> None:
    """Paint one zone, in pixels of the screen; a proposed one has a dotted line.

    `is_filled` is for pictures that show no other hatching.
    """
    colour = _COLOURS[kind]
    width = 3.2 if is_current else 2.0
    if kind is ZoneKind.VARIABLE and is_filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawPolygon(polygon)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(polygon)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_HALO, width + 2.4))
    painter.drawPolygon(polygon)
    style = Qt.PenStyle.SolidLine if kind is ZoneKind.MUST_MATCH else Qt.PenStyle.DashLine
    painter.setPen(QPen(colour, width, Qt.PenStyle.DotLine if is_proposed else style))
    painter.drawPolygon(polygon)
    if is_current:
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(Qt.GlobalColor.white)
        for corner in polygon.toList():
            painter.drawEllipse(corner, 4.0, 4.0)


def caption_place(polygon: QPolygonF) -> QPointF:
    """The lowest corner of a zone, the left one of two; its caption hangs there, off the print."""
    return max(polygon.toList(), key=lambda corner: (round(corner.y()), -corner.x()))


def zone_caption(zone: Zone) -> str:
    """What stands beside a zone: its kind, its name, and whether it is only proposed."""
    kind = words.zone_kind(zone.kind)
    if zone.proposed:
        return QCoreApplication.translate("ZoneCanvas", "{kind}?").format(kind=kind)
    if not zone.label:
        return kind
    named = QCoreApplication.translate("ZoneCanvas", "{kind}: {label}")
    return named.format(kind=kind, label=zone.label)
