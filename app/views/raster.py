"""From a picture to the pixels of a widget: what is in view, and while panning what is new.

OpenCV fills the pixels, much faster than Qt does through a tilted transform; what was filled stays
until the view or the picture changes, so that a moving cursor, handle or label fills nothing.
"""

from __future__ import annotations

import ctypes
import math
import time
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

if TYPE_CHECKING:
    from app.views.pixels import Picture

PIXELS_SEEN_FROM: Final = (
    2.0  # physical pixels for one of the picture; from there on it is a square
)
_KEPT: Final = 3  # the two of a pair, and the hatch
_SAME: Final = 1e-6
_SLOW_S: Final = 0.003  # of the processor, for one picture; from there on zooming is rough
_MANY: Final = 1_500_000  # physical pixels of a widget: then only a quarter of them is filled
_FORMAT: Final = QImage.Format.Format_ARGB32_Premultiplied
_AS_THEY_ARE: Final = (_FORMAT, QImage.Format.Format_RGB32)

_Raster = NDArray[np.uint8]
_Matrix = NDArray[np.float64]


def snapped(to_screen: QTransform, ratio: float) -> QTransform:
    """The same view, moved by less than a physical pixel so that pixels lie on pixels at 1:1.

    All pictures of one view are moved alike. Panning then moves by whole pixels only.
    """
    scale = to_screen.m11()
    corner = (to_screen.dx() - scale / 2) * ratio, (to_screen.dy() - scale / 2) * ratio
    by = [(math.floor(edge + 0.5) - edge) / ratio for edge in corner]
    return to_screen * QTransform.fromTranslate(*by)


class RasterShelf:
    """The rasters of one widget: one for each picture that it has shown lately.

    Where a widget is so large that filling it takes long, it is filled roughly while it is zoomed;
    `is_rough` tells so, and after `refine` the next painting is as fine as can be.
    """

    def __init__(self) -> None:
        self._rasters: OrderedDict[int, _Kept] = OrderedDict()

    @property
    def is_rough(self) -> bool:
        """Whether anything was filled roughly."""
        return any(kept.is_rough for kept in self._rasters.values())

    def refine(self) -> None:
        """Fill finely what was filled roughly, when it is painted next."""
        for kept in self._rasters.values():
            if kept.is_rough:
                kept.forget()

    def paint(
        self,
        painter: QPainter,
        picture: Picture,
        to_screen: QTransform,
        size: QSize,
        ratio: float,
        *,
        part: QRect | None = None,
        ground: QColor | None = None,
        pixels_seen_from: float = PIXELS_SEEN_FROM,
    ) -> None:
        """Paint what a widget shows of a picture, within what is clipped already.

        Args:
            painter: in the coordinates of the widget.
            picture: what to paint.
            to_screen: from the pixels that the viewport counts to those of the widget; no tilt.
            size: of the widget.
            ratio: physical pixels for one of the widget.
            part: of the widget; nothing else needs to be painted.
            ground: what is seen beside the picture; None leaves there what is painted already.
            pixels_seen_from: from so many physical pixels on, a picture pixel is painted as a
                square; below, it is mixed with its neighbours.
        """
        kept = self._kept(picture, ground)
        room = _physical(QRect(QPoint(0, 0), size), ratio)
        needed = room if part is None else _physical(part, ratio).intersected(room)
        to_device = to_screen * QTransform.fromScale(ratio, ratio)
        kept.fill(picture, to_device, room, needed, seen_from=pixels_seen_from)
        kept.paint(painter, ratio)

    def clear(self) -> None:
        """Forget all: nothing of the pictures is shown any more."""
        self._rasters.clear()

    def _kept(self, picture: Picture, ground: QColor | None) -> _Kept:
        kept = self._rasters.get(id(picture))
        if kept is None or kept.picture() is not picture or kept.ground != ground:
            kept = _Kept(picture, ground)
        self._rasters[id(picture)] = kept
        self._rasters.move_to_end(id(picture))
        while len(self._rasters) > _KEPT:
            self._rasters.popitem(last=False)
        return kept


class _Kept:
    """The pixels of one picture in one widget, and the transform that they were filled through."""

    def __init__(self, picture: Picture, ground: QColor | None) -> None:
        self.picture = weakref.ref(picture)
        self.ground = ground
        self.is_rough = False
        self._is_slow = False
        self._through: QTransform | None = None
        self._seen_from = PIXELS_SEEN_FROM
        self._filled = QRect()
        self._step = 1
        self._pixels: _Raster = np.zeros((0, 0, 4), np.uint8)

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Paint an image that looks into the pixels and is gone again afterwards."""
        height, width = self._pixels.shape[:2]
        form = _FORMAT if self.ground is None else QImage.Format.Format_RGB32
        image = QImage(self._pixels.data, width, height, 4 * width, form)
        image.setDevicePixelRatio(ratio / self._step)
        painter.drawImage(QPoint(0, 0), image)

    def forget(self) -> None:
        """Fill everything anew next time."""
        self._through = None

    def fill(
        self,
        picture: Picture,
        through: QTransform,
        room: QRect,
        needed: QRect,
        *,
        seen_from: float,
    ) -> None:
        """Fill what is needed and not there yet.

        What is shown for the first time, or has been forgotten, is never filled roughly.
        """
        began = time.thread_time()
        roughly = self._is_slow and self._through is not None
        step = self._step if self.is_rough else 1
        moved = self._moved(through, room, seen_from)
        if moved is None:
            step = 2 if roughly and room.width() * room.height() > _MANY else 1
            self.is_rough = step > 1
        if step > 1:  # as if every second pixel were missing
            half = QTransform.fromScale(1 / step, 1 / step)
            through, room, needed = through * half, _coarser(room, step), _coarser(needed, step)
            moved = self._moved(through, room, seen_from)
        if moved is None:
            self._begin(room)
        elif moved != QPoint(0, 0):
            self._shift(moved)
        self._step, self._through, self._seen_from = step, QTransform(through), seen_from
        whole = self._filled.united(needed)
        for rect in _around(whole, self._filled):
            self.is_rough |= fill_part(
                self._pixels,
                rect,
                picture,
                through,
                seen_from / step,
                ground=self.ground,
                roughly=roughly or self.is_rough,
            )
        self._filled = whole
        if moved is None and not self.is_rough:
            self._is_slow = time.thread_time() - began > _SLOW_S

    def _begin(self, room: QRect) -> None:
        shape = (room.height(), room.width(), 4)
        if self._pixels.shape != shape:
            self._pixels = np.empty(shape, np.uint8)
        self._filled = QRect()

    def _moved(self, through: QTransform, room: QRect, seen_from: float) -> QPoint | None:
        if self._through is None or self._seen_from != seen_from:
            return None
        if self._pixels.shape[:2] != (room.height(), room.width()):
            return None
        return _shift(self._through, through)

    def _shift(self, moved: QPoint) -> None:
        """Move what is there, in place; what comes in at the edges is filled afterwards."""
        height, width = self._pixels.shape[:2]
        room = QRect(0, 0, width, height)
        kept = self._filled.translated(moved).intersected(room)
        by = 4 * (moved.y() * width + moved.x())
        length = self._pixels.nbytes - abs(by)
        if not kept.isEmpty() and length > 0:
            start = self._pixels.ctypes.data
            ctypes.memmove(start + max(by, 0), start + max(-by, 0), length)
        self._filled = kept


def fill_part(
    pixels: _Raster,
    rect: QRect,
    picture: Picture,
    through: QTransform,
    seen_from: float,
    *,
    ground: QColor | None = None,
    roughly: bool = False,
) -> bool:
    """Fill a rectangle of `pixels` (H, W, 4), premultiplied as Qt keeps them.

    Args:
        pixels: what is to be painted.
        rect: the part of it that is filled.
        picture: what is seen.
        through: from the pixels that the viewport counts to those of `pixels`, edges to edges.
        seen_from: see `RasterShelf.paint`.
        ground: the colour beside the picture; None for none at all.
        roughly: of the two levels between which the size lies, take the nearer only.

    Returns:
        Whether it was filled more roughly than it might be.
    """
    area = through.mapRect(picture.area)
    corner = QPoint(round(area.left()), round(area.top()))
    seen = QRect(corner, QPoint(round(area.right()) - 1, round(area.bottom()) - 1))
    seen = seen.intersected(rect)
    beside = _bytes_of(ground)
    if seen != rect:
        _part(pixels, rect).view(np.uint32)[:] = beside.view(np.uint32)  # much faster than by bytes
    if seen.isEmpty():
        return False
    density = through.m11() * picture.pixel
    index = picture.level_index(density)
    share = -math.log2(density * 2**index)  # of the coarser level: a finer one alone would flicker
    is_mixed = share > _SAME and index + 1 < len(picture.levels)
    if is_mixed and roughly:
        near = index + (share > 0.5)
        _put(pixels, seen, _warped(picture, near, through, seen, beside, into=pixels))
        return True
    as_squares = density >= seen_from - _SAME
    filled = _warped(
        picture,
        index,
        through,
        seen,
        beside,
        as_squares=as_squares,
        into=None if is_mixed else pixels,
    )
    if is_mixed:
        coarser = _warped(picture, index + 1, through, seen, beside)
        filled = np.asarray(cv2.addWeighted(filled, 1 - share, coarser, share, 0))
    _put(pixels, seen, filled)
    return False


def _warped(
    picture: Picture,
    index: int,
    through: QTransform,
    seen: QRect,
    beside: _Raster,
    *,
    as_squares: bool = False,
    into: _Raster | None = None,
) -> _Raster:
    """One level of a picture as it lies in `seen`: (h, w, 4)."""
    level = picture.levels[index]
    back = np.linalg.inv(_matrix(picture.placing(level) * through))
    x, y = seen.x(), seen.y()
    corners = np.array(
        [(x + dx, y + dy, 1.0) for dx in (0, seen.width()) for dy in (0, seen.height())]
    )
    source = _needed(level, corners @ back.T)
    size = (seen.width(), seen.height())
    if source.isEmpty():
        return np.full((size[1], size[0], 4), beside, np.uint8)
    dst_to_src = _moved(-source.x() - 0.5, -source.y() - 0.5) @ back @ _moved(x + 0.5, y + 0.5)
    flags = (cv2.INTER_NEAREST if as_squares else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
    pixels = _pixels_of(picture, index, source)
    room = None if into is None else _part(into, seen)
    if picture.laid is None:
        affine = dst_to_src[:2] / dst_to_src[2, 2]
        edge = cv2.BORDER_REPLICATE
        return np.asarray(
            cv2.warpAffine(pixels, affine, size, dst=room, flags=flags, borderMode=edge), np.uint8
        )
    colour = tuple(int(value) for value in beside)
    tilted = cv2.warpPerspective(
        pixels, dst_to_src, size, dst=room, flags=flags, borderValue=colour
    )
    warped: _Raster = np.asarray(tilted, np.uint8)
    if (corners @ back[2] <= 0).any():
        _clear_beyond_horizon(warped, dst_to_src, beside)
    return warped


def _needed(level: QImage, mapped: _Matrix) -> QRect:
    """The pixels of a level that the mapped corners enclose, with what lies next to them."""
    whole = level.rect()
    if (mapped[:, 2] <= 0).any():
        return whole
    points = mapped[:, :2] / mapped[:, 2:]
    (x0, y0), (x1, y1) = np.floor(points.min(axis=0)) - 2, np.ceil(points.max(axis=0)) + 2
    x0, x1 = np.clip((x0, x1), -1, whole.width() + 1)
    y0, y1 = np.clip((y0, y1), -1, whole.height() + 1)
    found = QRect(int(x0), int(y0), int(x1 - x0), int(y1 - y0))
    return found.intersected(whole)


def _clear_beyond_horizon(warped: _Raster, dst_to_src: _Matrix, beside: _Raster) -> None:
    """Where a tilted picture would come in from behind, nothing is seen."""
    height, width = warped.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    weight = dst_to_src[2, 0] * columns + dst_to_src[2, 1] * rows + dst_to_src[2, 2]
    warped[weight <= 0] = beside


def _pixels_of(picture: Picture, index: int, source: QRect) -> _Raster:
    """A part of a level as (h, w, 4), without a copy where Qt keeps it so already."""
    level = picture.levels[index]
    if level.format() in _AS_THEY_ARE:
        return _part(_looked_into(level), source)
    part = level.copy(source).convertToFormat(_FORMAT)  # must live until it is copied
    return _looked_into(part).copy()


def _looked_into(image: QImage) -> _Raster:
    """The pixels of an image, (h, w, 4); the image must live as long as they are used."""
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4)  # four bytes: no line has a rest


def _bytes_of(ground: QColor | None) -> _Raster:
    """A colour as Qt keeps it, (4,); nothing at all for None."""
    return np.array([0 if ground is None else ground.rgba()], np.uint32).view(np.uint8)


def _coarser(rect: QRect, step: int) -> QRect:
    """The pixels that a rectangle touches where only every `step`th is there."""
    left, top, right, bottom = _edges(rect)
    x, y = left // step, top // step
    return QRect(x, y, -(-right // step) - x, -(-bottom // step) - y)


def _put(pixels: _Raster, seen: QRect, filled: _Raster) -> None:
    """Copy what was not filled in place."""
    if not np.may_share_memory(pixels, filled):
        _part(pixels, seen)[:] = filled


def _part(pixels: _Raster, rect: QRect) -> _Raster:
    y, x = rect.y(), rect.x()
    return pixels[y : y + rect.height(), x : x + rect.width()]


def _matrix(transform: QTransform) -> _Matrix:
    """As (3, 3) for column vectors, with the last element 1."""
    t = transform
    rows = ((t.m11(), t.m21(), t.m31()), (t.m12(), t.m22(), t.m32()), (t.m13(), t.m23(), t.m33()))
    return np.array(rows, np.float64)


def _moved(x: float, y: float) -> _Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def _shift(before: QTransform, now: QTransform) -> QPoint | None:
    """By how many whole pixels the view has been panned; None where it was zoomed."""
    if abs(before.m11() - now.m11()) > _SAME * before.m11():
        return None
    x, y = now.dx() - before.dx(), now.dy() - before.dy()
    if max(abs(x - round(x)), abs(y - round(y))) > 1e-3:
        return None
    return QPoint(round(x), round(y))


def _around(whole: QRect, kept: QRect) -> tuple[QRect, ...]:
    """What of `whole` is not in `kept`, a part of it: above, below, left and right."""
    if kept.isEmpty():
        return (whole,)
    left, top, right, bottom = _edges(whole)
    x0, y0, x1, y1 = _edges(kept)
    strips = (
        QRect(left, top, right - left, y0 - top),
        QRect(left, y1, right - left, bottom - y1),
        QRect(left, y0, x0 - left, y1 - y0),
        QRect(x1, y0, right - x1, y1 - y0),
    )
    return tuple(strip for strip in strips if not strip.isEmpty())


def _edges(rect: QRect) -> tuple[int, int, int, int]:
    return rect.x(), rect.y(), rect.x() + rect.width(), rect.y() + rect.height()


def _physical(rect: QRect, ratio: float) -> QRect:
    """The physical pixels that a rectangle of a widget touches."""
    left, top, right, bottom = (edge * ratio for edge in _edges(rect))
    x, y = math.floor(left), math.floor(top)
    return QRect(x, y, math.ceil(right) - x, math.ceil(bottom) - y)
