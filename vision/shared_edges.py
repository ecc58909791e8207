"""Find the four straight edges of a flat product that all its genuine photos share."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vision.terms import Map, Mask, Pixels, Points

_SHARED = 0.3  # of the photos may show less of an edge than it is taken to have
_LEAST_PHOTOS = 3
_EDGE = 1.2  # CIELAB units a pixel from which something is an edge
_ABOVE_GRAIN = 1.8  # times what most photos show at most places around the product
_TURN_DEG = 25.0  # by which opposite or neighbouring edges of a product may lean
_ALONG = 0.55  # of the product's extent, along which an edge must be seen
_CLEAR = 0.9  # of the clearest line's share: others that may be the edge
_OUTSIDE = 0.01  # of what photos have in common may lie beyond an edge
_NEAR = 4.0  # pixels within which lines are one edge
_MOST_LINES = 300
_BEYOND = 0.05  # of the picture: how far outside it a corner may lie
_STEEPEST = 12.0  # CIELAB units a pixel: the say of one photo, at most
_REACH, _STEP = 5.0, 0.5  # pixels to either side where an edge is sought exactly


@dataclass(frozen=True, slots=True)
class _Line:
    """All points p with p · (cos, sin) = far; `cos` and `sin` point away from the product."""

    cos: float
    sin: float
    far: float

    def beyond(self, points: Points) -> NDArray[np.float64]:
        """Return how far points (N, 2) lie outside, in pixels."""
        return np.asarray(points[:, 0] * self.cos + points[:, 1] * self.sin - self.far)

    def turned_by(self, other: _Line) -> float:
        """Return the angle to another line in degrees, -180 to 180."""
        cross = self.cos * other.sin - self.sin * other.cos
        return math.degrees(math.atan2(cross, self.cos * other.cos + self.sin * other.sin))


def shared_quadrangle(
    small: Pixels, common: Mask, laid: Sequence[tuple[Pixels, Mask]]
) -> Points | None:
    """Return the corners (4, 2) of the quadrangle that all photos of a flat product show.

    The edge of a product lies at the same place in all of them, once they are laid on each other;
    grain and edges of the table do not, nor do shadows and fingers. Of several such lines, frames
    that are printed on it for instance, the outermost are its edges.

    Args:
        small: the canonical reference (h, w, 3).
        common: (h, w) the area in which other references matched it.
        laid: the others laid on it (same shape), each with the mask of what it shows.

    Returns:
        Corners in pixels of `small`, in order; None where four such edges are not seen.
    """
    if len(laid) + 1 < _LEAST_PHOTOS or not common.any():
        return None
    slopes = _slopes(small, laid)
    strength = _strength(slopes)
    inner = np.argwhere(cv2.erode(common.astype(np.uint8), np.ones((5, 5), np.uint8)))[:, ::-1]
    if len(inner) < 25:
        return None
    hull = cv2.convexHull(inner.astype(np.float32)).reshape(-1, 2).astype(np.float64)
    covered = np.zeros(strength.shape, np.uint8)
    cv2.fillConvexPoly(covered, np.rint(_shrunk(hull)).astype(np.int32), 1)
    outside = covered == 0
    if not outside.any():
        return None
    # What is left of grain that is nowhere the same lies below this.
    strength /= max(_EDGE, _ABOVE_GRAIN * float(np.median(strength[outside])))
    around = np.where(outside, strength, 0.0)
    lines = [line for line in _lines(around, hull) if _is_outside(line, hull, inner)]
    for sides in _four(lines, strength, hull):
        corners = _corners(sides)
        if corners is None or not _is_product(corners, strength):
            continue
        exact = _set_exactly(corners, slopes)
        return corners if exact is None or not _is_product(exact, strength) else exact
    return None


def _slopes(small: Pixels, laid: Sequence[tuple[Pixels, Mask]]) -> Map:
    """Return (n, h, w) the slope in each photo, in CIELAB units a pixel; NaN where it ends."""
    size = (small.shape[1], small.shape[0])
    shown = [_slope(small, np.ones(small.shape[:2], np.uint8))]
    for pixels, seen in laid:
        other = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        mask = cv2.resize(seen.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
        shown.append(_slope(other, np.asarray(mask, np.uint8)))
    return np.stack(shown)


def _slope(pixels: Pixels, seen: NDArray[np.uint8]) -> Map:
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.0).astype(np.float32) / 255.0
    lab = cv2.cvtColor(soft, cv2.COLOR_RGB2LAB)
    across, down = (cv2.Scharr(lab, cv2.CV_32F, *way) / 32.0 for way in ((1, 0), (0, 1)))
    whole = cv2.erode(seen, np.ones((7, 7), np.uint8), borderValue=1)
    return np.asarray(np.where(whole > 0, np.hypot(across, down).max(axis=2), np.nan), np.float32)


def _strength(slopes: Map) -> Map:
    """Return (h, w) how strong an edge most photos show within a pixel of a place."""
    around = [cv2.dilate(np.nan_to_num(each), np.ones((3, 3), np.uint8)) for each in slopes]
    each = np.sort(np.where(np.isfinite(slopes), np.stack(around), np.inf), axis=0)
    known = np.isfinite(each).sum(axis=0)
    place = np.floor(_SHARED * np.maximum(known - 1, 0)).astype(np.intp)
    shared = np.take_along_axis(each, place[None], axis=0)[0]
    return np.asarray(np.where(known >= _LEAST_PHOTOS, shared, 0.0), np.float32)


def _shrunk(hull: NDArray[np.float64]) -> NDArray[np.float64]:
    middle = hull.mean(axis=0)
    away = hull - middle
    less = np.maximum(0.0, 1 - 3.0 / np.maximum(np.hypot(*away.T), 3.0))
    return np.asarray(middle + away * less[:, None])


def _lines(strength: Map, hull: NDArray[np.float64]) -> list[_Line]:
    edges = (strength > 1.0).astype(np.uint8)
    votes = max(20, round(0.35 * float(np.ptp(hull, axis=0).min())))
    found = cv2.HoughLines(edges, 1, np.pi / 360, votes)
    if found is None:
        return []
    middle = hull.mean(axis=0)
    lines = []
    for far, angle in found[:_MOST_LINES, 0, :2]:
        line = _Line(math.cos(angle), math.sin(angle), float(far))
        if line.beyond(middle[None])[0] > 0:
            line = _Line(-line.cos, -line.sin, -line.far)
        lines.append(line)
    return lines


def _is_outside(line: _Line, hull: NDArray[np.float64], inner: NDArray[Any]) -> bool:
    if line.beyond(hull).max() <= 1.0:
        return True
    return float((line.beyond(inner) > 1.0).mean()) <= _OUTSIDE


def _seen_along(strength: Map, one: Points, two: Points) -> float:
    """Return the share of a stretch along which there is an edge; what lies outside is left out."""
    count = max(8, round(float(np.hypot(*(two - one)))))
    at = one + (two - one) * np.linspace(0.0, 1.0, count)[:, None]
    column, row = np.rint(at).astype(int).T
    inside = (column >= 0) & (row >= 0) & (column < strength.shape[1]) & (row < strength.shape[0])
    if inside.sum() < 0.5 * count:
        return 0.0
    return float((strength[row[inside], column[inside]] > 1.0).mean())


def _along(line: _Line, strength: Map, hull: NDArray[np.float64]) -> float:
    """Return the share of the product's extent along which a line is seen."""
    way = np.array([-line.sin, line.cos])
    at = hull @ way
    foot = np.array([line.cos, line.sin]) * line.far
    return _seen_along(strength, foot + way * at.min(), foot + way * at.max())


def _four(
    lines: Sequence[_Line], strength: Map, hull: NDArray[np.float64]
) -> list[tuple[_Line, ...]]:
    """Return edges all around, by the strongest few directions; the likeliest first."""
    seen = [(line, _along(line, strength, hull)) for line in lines]
    seen = [(line, share) for line, share in seen if share >= _ALONG]
    seen.sort(key=lambda each: -each[1])
    found: list[tuple[_Line, ...]] = []
    tried: list[_Line] = []
    for first, _ in seen:
        if any(abs(_quarter(first.turned_by(other))) < 5.0 for other in tried):
            continue
        tried.append(first)
        sides = [_outermost(first, turn, seen, hull) for turn in (0, 90, 180, -90)]
        if all(side is not None for side in sides):
            found.append(tuple(side for side in sides if side is not None))
        if len(tried) == 3:
            break
    return found


def _quarter(degrees: float) -> float:
    """Return an angle as its distance from the nearest multiple of 90."""
    return (degrees + 45.0) % 90.0 - 45.0


def _outermost(
    first: _Line,
    turn: int,
    seen: Sequence[tuple[_Line, float]],
    hull: NDArray[np.float64],
) -> _Line | None:
    facing = [
        (line, share, -float(line.beyond(hull.mean(axis=0)[None])[0]))
        for line, share in seen
        if abs((first.turned_by(line) - turn + 180.0) % 360.0 - 180.0) <= _TURN_DEG
    ]
    if not facing:
        return None
    clearest = max(share for _, share, _ in facing)
    facing = [each for each in facing if each[1] >= _CLEAR * clearest]  # not across a corner
    furthest = max(far for _, _, far in facing)
    return max((each for each in facing if each[2] >= furthest - _NEAR), key=lambda e: e[1])[0]


def _corners(sides: tuple[_Line, ...]) -> Points | None:
    found = []
    for one, two in itertools.pairwise((*sides, sides[0])):
        system = np.array([[one.cos, one.sin], [two.cos, two.sin]])
        if abs(np.linalg.det(system)) < 0.3:
            return None
        found.append(np.linalg.solve(system, np.array([one.far, two.far])))
    return np.array(found, np.float64)


def _is_product(corners: Points, strength: Map) -> bool:
    """Tell whether four corners lie in the picture, with an edge along each side."""
    height, width = strength.shape
    slack = _BEYOND * max(height, width)
    if (corners < -slack).any() or (corners > np.array([width, height]) + slack).any():
        return False
    if not cv2.isContourConvex(corners.astype(np.float32)):
        return False
    sides = itertools.pairwise((*corners, corners[0]))
    return all(_seen_along(strength, one, two) >= _ALONG for one, two in sides)


def _set_exactly(corners: Points, slopes: Map) -> Points | None:
    """Move each side to where the photos together are steepest."""
    known = np.isfinite(slopes)
    steep = np.minimum(np.where(known, slopes, 0.0), _STEEPEST).sum(axis=0)
    steep = (steep / np.maximum(known.sum(axis=0), 1)).astype(np.float32)
    middle = corners.mean(axis=0)
    sides = []
    for one, two in itertools.pairwise((*corners, corners[0])):
        way = (two - one) / max(1e-6, float(np.hypot(*(two - one))))
        away = np.array([way[1], -way[0]])
        if (one - middle) @ away < 0:
            away = -away
        count = max(8, round(float(np.hypot(*(two - one)))))
        along = one + (two - one) * np.linspace(0.04, 0.96, count)[:, None]
        offsets = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
        at = (along[:, None] + offsets[None, :, None] * away).astype(np.float32)
        seen = cv2.remap(steep, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderValue=0.0)
        best = seen.argmax(axis=1)
        sure = seen.max(axis=1) > _EDGE / 2
        if sure.sum() < 8:
            return None
        points = at[np.arange(count), best][sure]
        x, y, at_x, at_y = cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
        normal = np.array([y, -x])
        normal = normal if normal @ away > 0 else -normal
        far = float(normal @ np.array([at_x, at_y]))
        sides.append(_Line(float(normal[0]), float(normal[1]), far))
    # The first corner lies between the last side and the first.
    return _corners((sides[3], *sides[:3]))
