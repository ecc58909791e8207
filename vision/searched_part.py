"""The part of a photo that is searched with: a box or a polygon, and the features within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from vision import polygons
from vision.features import LocalFeatures, local_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Box, Photo, Points, Vertices

_MARGIN = 16  # decoded pixels kept around the part, so that features at its edge see both sides


def bounding_box(part: Box | Vertices) -> Box:
    """Return the smallest half-open box around a part, full-size pixels; of a box, itself."""
    box = _as_box(part)
    if box is not None:
        return box
    corners = np.array(part, np.float64)
    low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def check_part(part: Box | Vertices | None, photo: Photo) -> None:
    """See that a part can be searched with.

    Raises:
        ValueError: it is empty or lies outside the photo, or a polygon has fewer than 3 corners.
    """
    if part is None:
        return
    if _as_box(part) is None and len(part) < 3:
        raise ValueError(f"expected a polygon of at least 3 corners, found {len(part)}")
    x0, y0, x1, y1 = bounding_box(part)
    if x1 <= max(x0, 0) or y1 <= max(y0, 0) or x0 >= photo.width or y0 >= photo.height:
        raise ValueError(
            f"expected a region inside the photo of {photo.width} x {photo.height} pixels, "
            f"found {x0},{y0},{x1},{y1}"
        )


def part_features(photo: Photo, part: Box | Vertices) -> LocalFeatures:
    """Find the features of a part of a photo as if it were a photo of its own.

    A small part gets as many features as a whole photo does, found at the size in which the part
    was decoded; points are those of the whole photo.

    Args:
        photo: upright picture.
        part: box or polygon, full-size pixels; what lies outside the photo is ignored.
    """
    x0, y0, x1, y1 = _decoded(bounding_box(part), photo)
    height, width = photo.pixels.shape[:2]
    left, top = max(0, x0 - _MARGIN), max(0, y0 - _MARGIN)
    right, bottom = min(width, x1 + _MARGIN), min(height, y1 + _MARGIN)
    pixels = photo.pixels[top:bottom, left:right]
    found = local_features(pixels)  # in decoded pixels of the cut
    points = np.add(found.points, (left, top))
    x, y = points.T
    keep = (x >= x0 - 0.5) & (x < x1 - 0.5) & (y >= y0 - 0.5) & (y < y1 - 0.5)
    if _as_box(part) is None:
        keep &= _within(cast("Vertices", part), points, photo)
    full = (points + 0.5) * photo.scale - 0.5
    return LocalFeatures(full[keep], found.descriptors[keep], found.scale * photo.scale)


def _as_box(part: Box | Vertices) -> Box | None:
    has_corners = any(isinstance(each, tuple) for each in part)
    return cast("Box", part) if part and not has_corners else None


def _decoded(box: Box, photo: Photo) -> Box:
    """Return a box in the pixels of the array, at least one pixel wide and high."""
    height, width = photo.pixels.shape[:2]
    x0, y0, x1, y1 = (round(value / photo.scale) for value in box)
    x0, y0 = min(max(0, x0), width - 1), min(max(0, y0), height - 1)
    return x0, y0, max(x0 + 1, min(x1, width)), max(y0 + 1, min(y1, height))


def _within(polygon: Vertices, points: Points, photo: Photo) -> NDArray[np.bool_]:
    """Tell which points (N, 2) in decoded pixels lie in a polygon in full-size pixels."""
    height, width = photo.pixels.shape[:2]
    corners = (np.array(polygon, np.float64) + 0.5) / photo.scale - 0.5
    mask = polygons.filled(corners, (height, width))
    columns, rows = np.clip(np.rint(points), 0, (width - 1, height - 1)).astype(np.intp).T
    return np.asarray(mask[rows, columns], bool)
