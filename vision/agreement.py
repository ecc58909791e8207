"""Photo laid on a reference -> how much of what is visible agrees: the last check of a match.

Point pairs prove that something of the reference stands in the photo. This tells a badge that
many products share, or a corner of a neighbour, from the product itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import polygons

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Box, Matrix, Photo, Pixels, Points

SMALL_SIDE = 192  # longer side of the small pictures that are compared
_PHOTO_SIDE = 800  # the photo is reduced to this longer side before it is laid
_WINDOW = 3.0  # sigma of the local statistics, small pixels
_TEXTURE = 30.0  # grey levels squared: variance from which a place says anything
_NOISE = 4.0  # grey levels squared: variance that noise alone has
_AGREES = 0.4  # local correlation from which a place agrees
_FEWEST = 50  # small pixels with texture below which nothing can be said


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much of a reference a photo shows.

    `visible` is the share of the reference that lies inside the photo, `agreeing` the share of the
    visible texture whose grey values go the same way in both.
    """

    agreeing: float
    visible: float

    @property
    def shown(self) -> float:
        """Share of the reference that is visible and agrees."""
        return self.agreeing * self.visible


def small_grey(pixels: Pixels, side: int = SMALL_SIDE) -> NDArray[np.uint8]:
    """Reduce a picture (h, w, 3) to a grey one of at most `side` pixels, (h', w') uint8."""
    height, width = pixels.shape[:2]
    factor = min(1.0, side / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


def photo_grey(photo: Photo) -> NDArray[np.uint8]:
    """Reduce a photo to the grey picture that `agreement` lays on references."""
    return small_grey(photo.pixels, _PHOTO_SIDE)


def agreement(
    photo: NDArray[np.uint8],
    photo_width: int,
    reference: NDArray[np.uint8],
    reference_width: int,
    matrix: Matrix,
) -> Agreement:
    """Lay the photo on the reference and correlate them place by place.

    Args:
        photo: (h, w) grey, of `photo_grey`.
        photo_width: of the full-size photo.
        reference: (h, w) grey, of `small_grey`.
        reference_width: of the full-size reference.
        matrix: (3, 3), full-size photo pixels to full-size reference pixels.

    Source: Lewis, Fast normalized cross-correlation, Vision Interface 1995 (local normalisation).
    """
    height, width = reference.shape
    on_small = _scaling(width / reference_width) @ matrix
    laid, seen = _lay(photo, on_small @ _scaling(photo_width / photo.shape[1]), (width, height))
    one, two = laid.astype(np.float32), reference.astype(np.float32)
    mean_one, mean_two = _smooth(one), _smooth(two)
    spread_one = _smooth(one * one) - mean_one**2
    spread_two = _smooth(two * two) - mean_two**2
    shared = _smooth(one * two) - mean_one * mean_two
    correlation = shared / np.sqrt(np.maximum(spread_one, _NOISE) * np.maximum(spread_two, _NOISE))
    told = seen & ((spread_one > _TEXTURE) | (spread_two > _TEXTURE))
    visible = float(seen.mean())
    if int(told.sum()) < _FEWEST:
        return Agreement(0.0, visible)
    return Agreement(float((correlation[told] > _AGREES).mean()), visible)


def aside(points: Points, photo_size: tuple[int, int], region: Box | None = None) -> float:
    """Return how far the middle of the photo, or region, lies outside the hull of `points`.

    Args:
        points: (N, 2) of the photo that match.
        photo_size: (width, height), full-size pixels like `points`.
        region: searched part of the photo.

    Returns:
        In units of the square root of the searched area; negative within the hull.
    """
    x0, y0, x1, y1 = region or (0.0, 0.0, float(photo_size[0]), float(photo_size[1]))
    inside = polygons.depth(((x0 + x1) / 2.0, (y0 + y1) / 2.0), polygons.hull(points))
    return float(-inside / np.sqrt(max((x1 - x0) * (y1 - y0), 1.0)))


def _lay(
    photo: NDArray[np.uint8], matrix: Matrix, size: tuple[int, int]
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Warp, after a reduction that keeps fine print from aliasing."""
    enlarged = abs(float(np.linalg.det(matrix[:2, :2] / matrix[2, 2])))
    reduce = 1.0 / np.sqrt(max(enlarged, 1e-4))
    if reduce > 1.2:
        wide, high = photo.shape[1], photo.shape[0]
        to = (max(8, round(wide / reduce)), max(8, round(high / reduce)))
        photo = np.asarray(cv2.resize(photo, to, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = matrix @ np.diag([wide / to[0], high / to[1], 1.0])
    laid = cv2.warpPerspective(photo, matrix, size, flags=cv2.INTER_LINEAR)
    whole = np.full(photo.shape, 255, np.uint8)
    seen = cv2.warpPerspective(whole, matrix, size, flags=cv2.INTER_LINEAR)
    return np.asarray(laid, np.uint8), np.asarray(seen > 250, bool)


def _scaling(factor: float) -> Matrix:
    return np.diag([factor, factor, 1.0])


def _smooth(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _WINDOW), np.float32)
