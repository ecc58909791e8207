"""Polygons on a picture: hulls, areas, what lies within, and the pixels that they cover.

Everywhere, points are (N, 2) as (x, y) pixels, a polygon is its corners in order, (M, 2) or a tuple
of them, and a shape is (height, width).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.terms import Mask, Points, Vertices

_FAR = 1e5  # pixels beyond which a corner is drawn no farther away


def hull(points: Points | Vertices) -> Points:
    """Return the corners (M, 2) float64 of the smallest convex polygon around points."""
    return np.asarray(cv2.convexHull(_single(points)).reshape(-1, 2), np.float64)


def area(polygon: Points | Vertices) -> float:
    """Return the area of a polygon in square pixels, whichever way round its corners go."""
    return abs(float(cv2.contourArea(_single(polygon))))


def middle(polygon: Points | Vertices) -> Points:
    """Return the mean (2,) of the corners."""
    return np.asarray(np.array(polygon, np.float64).mean(axis=0), np.float64)


def overlap(one: Points | Vertices, other: Points | Vertices) -> float:
    """Return the share, in [0, 1], of the smaller of two convex polygons that both have."""
    common, _ = cv2.intersectConvexConvex(_single(one), _single(other))
    return common / max(1e-6, min(area(one), area(other)))


def within(points: Points, polygon: Points | Vertices, *, with_edge: bool = True) -> Mask:
    """Tell, (N,), which points lie in a polygon; those on its edge as `with_edge` says."""
    outline, least = _single(polygon), (0 if with_edge else 1)
    return np.array(
        [cv2.pointPolygonTest(outline, (float(x), float(y)), False) >= least for x, y in points],
        bool,
    )


def depth(point: tuple[float, float], polygon: Points | Vertices) -> float:
    """Return how many pixels a point lies within a polygon; negative outside it."""
    return float(cv2.pointPolygonTest(_single(polygon), point, True))


def holds(polygon: Points | Vertices, other: Points | Vertices) -> bool:
    """Tell whether the middle of `other` lies in a polygon."""
    return bool(within(middle(other)[None], polygon)[0])


def filled(polygon: Points | Vertices, shape: tuple[int, int]) -> Mask:
    """Return the pixels (h, w) that a polygon covers, its corners taken to whole pixels."""
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [_whole(polygon)], 1)
    return mask > 0


def filled_hull(points: Points | Vertices, shape: tuple[int, int]) -> Mask:
    """Return the pixels (h, w) that the hull of points covers, these taken to whole pixels."""
    mask = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(_whole(points)), 1)
    return mask > 0


def _single(points: Points | Vertices) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(points, np.float32)


def _whole(points: Points | Vertices) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.rint(np.clip(np.array(points, np.float64), -_FAR, _FAR)).astype(np.int32)
