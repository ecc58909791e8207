"""One channel of a picture, as document examiners look at it; safe to call on a worker thread.

Radii are given in pixels that the viewport counts, so both pictures of a pair are treated alike
however finely each was photographed. Gains are fixed: what is bright in one is bright in the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.views.viewing import PictureChannel

if TYPE_CHECKING:
    from app.views.pixels import Picture

_Plane = NDArray[np.uint8]
_Values = NDArray[np.float32]

LONGEST_SIDE: Final = 2600  # pixels of a channel picture: finer than any screen shows whole
_SMALLEST_LEVEL: Final = 200
_WIDE: Final = 0.012  # of the longer side of the shown area: the surroundings of local contrast
_FINE: Final = 0.0012  # of the same: print finer than this is no edge
_LEAST_DEVIATION: Final = 6.0  # of 255: flatter surroundings are not blown up to noise
_CONTRAST_GAIN: Final = 48.0  # grey levels for one deviation
_EDGE_GAIN: Final = 5.0
_COLOURLESS: Final = 24  # saturation of 255 below which hue means nothing
_HUE_BRIGHTNESS: Final = 215


def picture_in_channel(picture: Picture, channel: PictureChannel) -> Picture:
    """The same picture in one channel, laid as it is; very large ones at a reduced size."""
    if channel is PictureChannel.COLOUR:
        return picture
    base = next(
        (buffer for buffer in picture.buffers if max(buffer.shape[:2]) <= LONGEST_SIDE),
        picture.buffers[-1],
    )
    planes = [_channel(_rgb(base), channel, _unit(picture, base))]
    while min(planes[-1].shape[:2]) >= 2 * _SMALLEST_LEVEL:
        height, width = planes[-1].shape[:2]
        size = (round(width / 2), round(height / 2))
        planes.append(np.asarray(cv2.resize(planes[-1], size, interpolation=cv2.INTER_AREA)))
    levels = tuple(_looking_into(plane) for plane in planes)
    scale = picture.width / base.shape[1]
    return replace(picture, levels=levels, scale=scale, buffers=tuple(planes))


def _unit(picture: Picture, base: _Plane) -> float:
    """How many pixels of the base the longer side of the shown area has."""
    stretch = picture.laid.stretch if picture.laid is not None else 1.0
    longest = max(picture.area.width(), picture.area.height())
    return float(longest / (stretch * picture.width / base.shape[1]))


def _rgb(buffer: _Plane) -> _Plane:
    """Red, green, blue from a buffer as Qt keeps it (pixels.py: blue first on this processor)."""
    from_qt = QImage(buffer.data, buffer.shape[1], buffer.shape[0], 4 * buffer.shape[1], _RGB32)
    rgb = from_qt.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return flat[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


_RGB32: Final = QImage.Format.Format_RGB32


def _channel(rgb: _Plane, channel: PictureChannel, unit: float) -> _Plane:
    if channel in _PRIMARIES:
        return np.ascontiguousarray(rgb[..., _PRIMARIES.index(channel)])
    if channel is PictureChannel.HUE:
        return _hue(rgb)
    if channel is PictureChannel.SATURATION:
        return np.ascontiguousarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)[..., 1])
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    if channel is PictureChannel.LOCAL_CONTRAST:
        return _local_contrast(grey, max(1.0, _WIDE * unit))
    return _edges(grey, max(0.6, _FINE * unit))


_PRIMARIES: Final = (PictureChannel.RED, PictureChannel.GREEN, PictureChannel.BLUE)


def _hue(rgb: _Plane) -> _Plane:
    """Every hue at one brightness and full saturation; grey where there is none. (h, w, 4)."""
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    coloured = (hsv[..., 1] >= _COLOURLESS) & (hsv[..., 2] >= _COLOURLESS)
    hsv[..., 1] = np.where(coloured, 255, 0)
    hsv[..., 2] = np.where(coloured, _HUE_BRIGHTNESS, 128)
    shown = np.full((*rgb.shape[:2], 4), 255, np.uint8)
    shown[..., :3] = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    return shown


def _local_contrast(grey: _Values, sigma: float) -> _Plane:
    """How much lighter than its surroundings each place is, in deviations of those; 128: as they.

    Wide blurs are made on a smaller copy: they show nothing finer.
    """
    mean = _wide_blur(grey, sigma)
    variance = np.maximum(_wide_blur(grey * grey, sigma) - mean * mean, 0.0)
    deviation = np.sqrt(variance) + np.float32(_LEAST_DEVIATION)
    return _clipped(128.0 + _CONTRAST_GAIN * (grey - mean) / deviation)


def _wide_blur(values: _Values, sigma: float) -> _Values:
    height, width = values.shape
    step = max(1, int(sigma / 3))
    size = (max(2, width // step), max(2, height // step))
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / step)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def _edges(grey: _Values, sigma: float) -> _Plane:
    """Dark lines on white where lightness changes, as steep as it does over `sigma` pixels."""
    soft = cv2.GaussianBlur(grey, (0, 0), sigma)
    across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.125)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.125)
    return _clipped(255.0 - _EDGE_GAIN * sigma * cv2.magnitude(across, down))


def _clipped(values: _Values) -> _Plane:
    return np.ascontiguousarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _looking_into(plane: _Plane) -> QImage:
    """An image without memory of its own; the plane must live as long as it."""
    height, width = plane.shape[:2]
    if plane.ndim == 2:
        return QImage(plane.data, width, height, width, QImage.Format.Format_Grayscale8)
    return QImage(plane.data, width, height, 4 * width, QImage.Format.Format_RGBX8888)
