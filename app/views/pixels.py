"""From arrays to pictures that Qt can paint; safe to call on a worker thread.

Large pictures are converted and made smaller by OpenCV: it lets other threads run meanwhile, while
Qt's own functions and Pillow's way to an array, called from Python, would hold up the window.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF, QTransform

from app.views.viewport import mapped

if TYPE_CHECKING:
    from vision import Mask, Matrix, Pixels, Points, Vertices

_Buffer = NDArray[np.uint8]
_ORDER: Final = (2, 1, 0, None) if sys.byteorder == "little" else (None, 0, 1, 2)
_SMALLEST_LEVEL: Final = 60
_HATCH_STEP: Final = 9
_HATCH_WIDTH: Final = 2
_HATCH_LINES: Final = 70  # along a side at most: finer ones would run together in a small view


@dataclass(frozen=True, slots=True)
class Laid:
    """How a picture is laid on another one while it is painted, so that it stays sharp.

    `transform` maps its full-size pixels to those of the other, of which `area` is seen; `stretch`
    is how much lengths grow by it in the middle.
    """

    transform: QTransform
    area: QRectF
    stretch: float


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Picture:
    """A picture ready to paint, with copies at half, quarter, ... size for clean small views.

    `scale` is full-size pixels for a pixel of the first level; `width` and `height` are full size.
    `origin` is the full-size pixel whose top-left corner is that of the picture, a part of a whole.
    `buffers` holds the memory that the levels look into.
    """

    levels: tuple[QImage, ...]
    scale: float
    width: float
    height: float
    origin: tuple[float, float] = (0.0, 0.0)
    laid: Laid | None = None
    buffers: tuple[_Buffer, ...] = ()

    @property
    def area(self) -> QRectF:
        """The whole picture in full-size pixels, or its place in the other one."""
        x, y = self.origin
        if self.laid is not None:
            return self.laid.area
        return QRectF(x - 0.5, y - 0.5, self.width, self.height)

    def level_for(self, screen_scale: float) -> QImage:
        """The smallest copy that still has a pixel for every screen pixel."""
        return self.levels[self.level_index(screen_scale * self.pixel)]

    def level_index(self, density: float) -> int:
        """The place of that copy, where `density` screen pixels show one of the first level."""
        index = 0
        while density <= 0.5 and index + 1 < len(self.levels):
            density, index = density * 2, index + 1
        return index

    @property
    def pixel(self) -> float:
        """The side of a pixel of the first level, in pixels that the viewport counts."""
        return self.scale * (self.laid.stretch if self.laid is not None else 1.0)

    @property
    def nbytes(self) -> int:
        """The memory that the picture takes."""
        held = sum(buffer.nbytes for buffer in self.buffers)
        return held or sum(level.sizeInBytes() for level in self.levels)

    def placing(self, level: QImage) -> QTransform:
        """The mapping from the pixels of a level to the pixels that the viewport counts."""
        x, y = self.origin
        placed = QTransform.fromScale(self.width / level.width(), self.height / level.height())
        placed *= QTransform.fromTranslate(x - 0.5, y - 0.5)
        return placed if self.laid is None else placed * self.laid.transform


def qimage_from_pixels(pixels: Pixels) -> QImage:
    """A QImage with a buffer of its own.

    Args:
        pixels: (H, W, 3) uint8 RGB; may be strided, read-only or freed afterwards.

    Raises:
        ValueError: another shape or type.
    """
    return _looking_into(_buffer_from(pixels)).copy()


def picture_from_pixels(
    pixels: Pixels, *, scale: float = 1.0, origin: tuple[float, float] = (0.0, 0.0)
) -> Picture:
    """A picture ready to paint; `scale` is full-size pixels for one pixel of the array."""
    buffers = [_buffer_from(pixels)]
    while min(buffers[-1].shape[:2]) >= 2 * _SMALLEST_LEVEL:
        height, width = buffers[-1].shape[:2]
        buffers.append(_resized(buffers[-1], (round(width / 2), round(height / 2))))
    height, width = pixels.shape[:2]
    levels = tuple(_looking_into(buffer) for buffer in buffers)
    size = width * scale, height * scale
    return Picture(levels, scale, *size, origin, buffers=tuple(buffers))


def thumbnail_from_pixels(pixels: Pixels, side: int) -> QImage:
    """A small copy that fits a square of `side` pixels; never larger than the picture."""
    height, width = pixels.shape[:2]
    longer = max(height, width)
    if longer <= side:
        return qimage_from_pixels(pixels)
    skip = max(1, longer // (4 * side))
    size = max(1, round(width * side / longer)), max(1, round(height * side / longer))
    return _looking_into(_resized(_buffer_from(pixels[::skip, ::skip]), size)).copy()


def crop_round(picture: Picture, polygon: Vertices, side: int) -> QImage:
    """The square around a polygon (full-size pixels) with some surroundings, `side` pixels wide."""
    points = (np.array(polygon, np.float64) - picture.origin) / picture.scale
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    half = max(x1 - x0, y1 - y0, 24.0) * 0.75
    corner = QPoint(round((x0 + x1) / 2 - half), round((y0 + y1) / 2 - half))
    square = QRect(corner, QSize(round(2 * half), round(2 * half)))
    inside = square.intersected(picture.levels[0].rect())
    if inside.isEmpty():  # QImage would copy the whole picture
        return QImage()
    return _scaled(picture.levels[0].copy(inside), QSize(side, side), _KEEP)


def cut_out(picture: Picture, polygon: Vertices | None, side: int) -> QImage:
    """The box around a polygon (full-size pixels), or all, at most `side` pixels long."""
    area = picture.area
    if polygon is not None:
        area = QPolygonF([QPointF(x, y) for x, y in polygon]).boundingRect()
    level = picture.level_for(side / max(area.width(), area.height(), 1.0))
    back, _ = picture.placing(level).inverted()
    inside = back.mapRect(area).toRect().intersected(level.rect())
    if inside.isEmpty():  # QImage would copy the whole picture
        return QImage()
    return _scaled(level.copy(inside), QSize(side, side), _KEEP)


def laid_on(picture: Picture, matrix: Matrix, area: QRectF) -> Picture:
    """The same picture, laid on another by a homography (3, 3) when it is painted."""
    _, stretch = mapped(matrix, picture.area.center())
    transform = QTransform(*(float(value) for value in matrix.T.ravel()))
    return replace(picture, laid=Laid(transform, area, stretch or 1.0))


def hatched(mask: Mask, outline: Points | None = None) -> QImage:
    """Grey diagonal lines where the mask is True, nothing elsewhere.

    Args:
        mask: bool (H, W).
        outline: (N, 2) polygon in pixels of the mask; nothing is painted outside it.
    """
    height, width = mask.shape
    rows, columns = np.ogrid[:height, :width]
    step = max(_HATCH_STEP, max(height, width) // _HATCH_LINES)
    lines = ((rows + columns) % step < step * _HATCH_WIDTH // _HATCH_STEP) & mask
    colour = np.zeros((height, width, 4), np.uint8)
    colour[mask] = (61, 64, 69, 90)  # premultiplied, so no colour is larger than its alpha
    colour[lines] = (122, 127, 135, 235)
    borrowed = QImage(
        colour.data, width, height, width * 4, QImage.Format.Format_RGBA8888_Premultiplied
    )
    painted = borrowed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    if outline is not None:
        _clear_outside(painted, outline)
    return painted


def _buffer_from(pixels: Pixels) -> _Buffer:
    """The pixels as Qt keeps them: blue, green, red and a byte of no meaning."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
        raise ValueError(f"expected uint8 (H, W, 3), found {pixels.dtype} {pixels.shape}")
    if sys.byteorder == "little" and pixels.size:
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2BGRA))
    height, width = pixels.shape[:2]
    buffer: _Buffer = np.empty((height, width, 4), np.uint8)
    for place, channel in enumerate(_ORDER):
        buffer[..., place] = 255 if channel is None else pixels[..., channel]
    return buffer


def _looking_into(buffer: _Buffer) -> QImage:
    """An image without memory of its own; the buffer must live as long as it."""
    height, width = buffer.shape[:2]
    return QImage(buffer.data, width, height, width * 4, QImage.Format.Format_RGB32)


def _resized(buffer: _Buffer, size: tuple[int, int]) -> _Buffer:
    return np.asarray(cv2.resize(buffer, size, interpolation=cv2.INTER_AREA))


def _clear_outside(image: QImage, outline: Points) -> None:
    path = QPainterPath()
    path.addRect(QRectF(image.rect()))
    path.addPolygon(QPolygonF([QPointF(x + 0.5, y + 0.5) for x, y in outline]))
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillPath(path, Qt.GlobalColor.black)  # odd-even: the rectangle without the polygon
    painter.end()


_KEEP: Final = Qt.AspectRatioMode.KeepAspectRatio


def _scaled(image: QImage, size: QSize, ratio: Qt.AspectRatioMode) -> QImage:
    bounded = size.expandedTo(QSize(1, 1))
    return image.scaled(bounded, ratio, Qt.TransformationMode.SmoothTransformation)
