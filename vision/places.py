"""Where the photo shows each place of a comparison, bends included.

`Alignment.matrix` is the plane nearest to the surface; what lies between that and the truth is kept
in `Comparison.places`, coarsely, since it is smooth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import polygons
from vision.align import transform

if TYPE_CHECKING:
    from vision.inspection import Comparison
    from vision.terms import Map, Mask, Points

STEP = 8  # frame pixels between two kept places
_BENT = 2.0  # frame pixels off the plane from which a photo counts as bent
_ROUNDS = 6


def decimated(places: Map) -> Map:
    """Keep every STEP-th of (h, w, 2) places in each direction, (rows, columns, 2) float32."""
    return np.ascontiguousarray(places[::STEP, ::STEP], np.float32)


def in_photo(comparison: Comparison, points: Points) -> Points:
    """Return the photo pixels (N, 2) that show reference pixels (N, 2), full-size both.

    By the plane alone where a comparison keeps no places.
    """
    points = np.asarray(points, np.float64).reshape(-1, 2)
    if min(comparison.places.shape[:2]) < 2:
        return transform(np.linalg.inv(comparison.alignment.matrix), points)
    return _between(comparison.places, _on_frame(comparison, points))


def is_bent(comparison: Comparison) -> bool:
    """Tell whether the photo's plane misses a place of the product by more than 2 frame pixels."""
    off, inside = _off_plane(comparison)
    return bool((np.linalg.norm(off, axis=2)[inside] > _BENT).any())


def as_taken(comparison: Comparison, mask: Mask) -> Mask:
    """Move a mask (h, w) of the frame so that the plane alone lays it right on the photo.

    For painters that know homographies only: what they paint of the result by
    `Alignment.matrix` lies where the photo shows it.
    """
    off, _ = _off_plane(comparison)
    if not off.size:
        return mask
    rows, columns = np.mgrid[: off.shape[0], : off.shape[1]]
    grid = STEP * np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float64)
    found = grid
    for _ in range(_ROUNDS):  # found + off(found) = grid
        found = grid - _between(off, found)
    height, width = mask.shape
    at = cv2.warpAffine(
        found.reshape(*off.shape).astype(np.float32),
        np.diag([1 / STEP, 1 / STEP, 1.0])[:2],
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    moved = cv2.remap(
        mask.astype(np.uint8), at[..., 0], at[..., 1], cv2.INTER_NEAREST, borderValue=(0,)
    )
    return np.asarray(moved > 0, bool)


def _on_frame(comparison: Comparison, points: Points) -> Points:
    origin = np.asarray(comparison.frame_origin, np.float64)
    return np.asarray((points - origin + 0.5) / comparison.frame_scale - 0.5, np.float64)


def _off_plane(comparison: Comparison) -> tuple[Map, Mask]:
    """Return how far the plane would lay each kept place off its own, and which lie inside."""
    places = comparison.places
    if min(places.shape[:2]) < 2:
        return np.zeros((0, 0, 2)), np.zeros((0, 0), bool)
    rows, columns = np.mgrid[: places.shape[0], : places.shape[1]]
    own = STEP * np.stack([columns, rows], axis=-1)
    flat = transform(comparison.alignment.matrix, places.reshape(-1, 2).astype(np.float64))
    off = _on_frame(comparison, flat).reshape(places.shape) - own
    inside = np.ones(places.shape[:2], bool)
    if len(comparison.outline) >= 3:
        polygon = _on_frame(comparison, np.array(comparison.outline, np.float64)) / STEP
        inside = polygons.filled(polygon, (places.shape[0], places.shape[1]))
    return np.asarray(off, np.float64), inside


def _between(grid: Map, at: Points) -> Points:
    """Interpolate (rows, columns, 2) values, STEP frame pixels apart, at (N, 2); beyond: extend."""
    limit = np.array([grid.shape[1] - 2, grid.shape[0] - 2])
    scaled = np.clip(at / STEP, -1.0, limit + 2.0)
    first = np.clip(np.floor(scaled).astype(int), 0, limit)
    t = scaled - first
    across, down = t[:, :1], t[:, 1:]
    column, row = first[:, 0], first[:, 1]
    upper = grid[row, column] * (1 - across) + grid[row, column + 1] * across
    lower = grid[row + 1, column] * (1 - across) + grid[row + 1, column + 1] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float64)
