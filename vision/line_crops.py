"""Upright crops of single lines of text, cut from a picture at its own resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import transform
from vision.evidence.reading import LINE_HEIGHT

if TYPE_CHECKING:
    from vision.frames import Bow, Frame
    from vision.terms import Map, Matrix, Photo, Pixels, Points

_ROUND = 8  # decoded pixels around a line that are cut out with it
_COARSER = 1.3  # decoded pixels a crop pixel from which the picture is reduced first


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """A line cut out.

    `pixels` (LINE_HEIGHT, w, 3); `places` (LINE_HEIGHT, w, 2) the full-size picture pixel shown
    at each; `step` how many decoded pixels a crop pixel spans; `is_whole` unless the picture ends
    within the line.
    """

    pixels: Pixels
    places: Map
    step: float
    is_whole: bool

    @property
    def grey(self) -> Pixels:
        """The crop in grey, (LINE_HEIGHT, w) uint8."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def places_on_photo(places: Map, frame: Frame, line: Matrix, width: int) -> Map:
    """Say which photo pixel each pixel of a line's crop shows.

    Args:
        places: (h, w, 2) the photo pixel at each pixel of `frame`.
        frame: of the side.
        line: (3, 3), full-size pixels of the canonical reference to crop pixels.
        width: of the crop.

    Returns:
        (LINE_HEIGHT, width, 2) float32, continued straight beyond the frame.
    """
    at = transform(frame.matrix @ np.linalg.inv(line), _grid(width))
    inside = np.clip(at, 0.0, (frame.width - 1.001, frame.height - 1.001))
    column, row = np.floor(inside).astype(int).T
    corner = places[row, column]
    across = places[row, column + 1] - corner
    down = places[row + 1, column] - corner
    twist = places[row + 1, column + 1] - corner - across - down
    x, y = (at - np.floor(inside)).T[..., None]
    found = corner + x * across + y * down + np.clip(x, 0, 1) * np.clip(y, 0, 1) * twist
    return np.asarray(found.reshape(LINE_HEIGHT, width, 2), np.float32)


def places_on_reference(matrix: Matrix, bow: Bow | None, line: Matrix, width: int) -> Map:
    """Say which pixel of a reference each pixel of a line's crop shows.

    Args:
        matrix: (3, 3), full-size pixels of the reference to those of the canonical one.
        bow: what is added to that.
        line: (3, 3), full-size pixels of the canonical reference to crop pixels.
        width: of the crop.
    """
    at = transform(np.linalg.inv(line), _grid(width))
    if bow is not None:
        at = at - bow.at(at)
    found = transform(np.linalg.inv(matrix), at)
    return np.asarray(found.reshape(LINE_HEIGHT, width, 2), np.float32)


def cut(photo: Photo, places: Map) -> Crop | None:
    """Cut the pixels at `places` (h, w, 2) out of a picture; None where it has none of them."""
    at = (places + 0.5) / photo.scale - 0.5
    height, width = photo.pixels.shape[:2]
    flat = at.reshape(-1, 2)
    low = np.clip(np.floor(flat.min(axis=0)) - _ROUND, 0, (width, height)).astype(int)
    high = np.clip(np.ceil(flat.max(axis=0)) + _ROUND, 0, (width, height)).astype(int)
    if (high - low < _ROUND).any():
        return None
    part = photo.pixels[low[1] : high[1], low[0] : high[0]]
    step = _step(at)
    factor = np.ones(2)
    if step > _COARSER:
        size = tuple(max(1, round(s / step)) for s in part.shape[1::-1])
        factor = np.array(size) / part.shape[1::-1]
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    where = ((at - low + 0.5) * factor - 0.5).astype(np.float32)
    pixels = cv2.remap(
        part, where[..., 0], where[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    is_whole = bool((flat > -1).all() and (flat < (width, height)).all())
    return Crop(np.asarray(pixels, np.uint8), places, step, is_whole)


def _grid(width: int) -> Points:
    rows, columns = np.mgrid[0:LINE_HEIGHT, 0:width]
    return np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float64)


def _step(at: Map) -> float:
    """Return how many decoded pixels a crop pixel spans down the middle of the line."""
    middle = at[:, at.shape[1] // 2]
    return float(np.linalg.norm(middle[-1] - middle[0])) / (len(middle) - 1)
