"""Line icons from assets/icons, drawn in any colour and sharp at any screen scale."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.places import assets_dir
from vision import Outcome

_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 96, 128)

OUTCOME_ICONS: Final = {
    Outcome.AGREES: "agrees",
    Outcome.DIFFERS: "differs",
    Outcome.PHOTO_UNFIT: "photo-unfit",
    Outcome.NOT_IN_GALLERY: "not-in-gallery",
    Outcome.GALLERY_TOO_THIN: "gallery-too-thin",
    Outcome.CANNOT_ALIGN: "cannot-align",
    Outcome.MIXED: "mixed",
}


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """An icon in `colour`, or in that of the text of now (ask again after a change of palette)."""
    palette = QGuiApplication.palette()
    normal = colour or palette.color(QPalette.ColorRole.ButtonText)
    faded = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_pixmap(name, normal.rgba(), size), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, faded.rgba(), size), QIcon.Mode.Disabled)
    return made


def paint_icon(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw an icon in a widget's own painting."""
    renderer = QSvgRenderer(_drawing(name, colour.name()))
    renderer.render(painter, area)


@lru_cache(maxsize=512)
def _pixmap(name: str, rgba: int, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    colour = QColor.fromRgba(rgba)
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    paint_icon(painter, name, QRectF(0, 0, size, size), colour)
    painter.end()
    return pixmap


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QByteArray:
    text = (assets_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QByteArray(text.replace("currentColor", colour).encode())
