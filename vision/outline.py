"""Find the product's own area in its canonical reference, so that nothing around it is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision.shared_edges import shared_quadrangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vision.terms import Map, Mask, Pixels, Points, Vertices

_SIDE = 320  # pixels of the longer side at which the outline is sought
_UNIFORM = 14  # grey levels within which a border counts as one colour
_AGREED = 0.85  # of the other references must show the same for the outline to grow there
_ALONG = 8.0  # grey levels by which a place looks better where a part is laid by itself
_GROWTH = 0.10  # of the longer side: how far beyond the matched points the product may reach


def whole(width: int, height: int) -> Vertices:
    """Return the outline that is the whole picture."""
    return (
        (-0.5, -0.5),
        (width - 0.5, -0.5),
        (width - 0.5, height - 0.5),
        (-0.5, height - 0.5),
    )


def margins_off(pixels: Pixels, full_width: int) -> Vertices | None:
    """Return the outline left when a border of one colour is cut off, None without such a border.

    Made for artwork and scans on white: the border must be uniform along at least two opposite
    edges.
    """
    small, scale = _small(pixels, full_width)
    height, width = small.shape[:2]
    edges = {"left": small[:, :2], "right": small[:, -2:], "top": small[:2], "bottom": small[-2:]}
    plain = {name: edge for name, edge in edges.items() if _is_uniform(edge)}
    if not ({"left", "right"} <= plain.keys() or {"top", "bottom"} <= plain.keys()):
        return None
    colour = np.median(np.concatenate([e.reshape(-1, 3) for e in plain.values()]), axis=0)
    printed = (np.abs(small.astype(np.int16) - colour).max(axis=2) > _UNIFORM).astype(np.uint8)
    printed = cv2.morphologyEx(printed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    joined = cv2.morphologyEx(printed, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    if count < 2:
        return None
    largest = int(stats[1:, cv2.CC_STAT_AREA].max())
    if largest < 0.1 * width * height:
        return None
    kept = np.isin(labels, np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= 0.2 * largest))
    kept &= labels > 0
    hull = cv2.convexHull(np.argwhere(kept)[:, ::-1].astype(np.int32)).reshape(-1, 2)
    return _full_size(hull, scale, small.shape)


def around_edges(
    points: Points,
    canonical: Pixels,
    full_width: int,
    laid: Sequence[tuple[Pixels, Mask]],
) -> Vertices | None:
    """Return the quadrangle of straight edges that several genuine photos share.

    Takes what `around_matches` takes.

    Returns:
        None where they show no such edges all around: fewer than three photos, a round label, a
        product that is not wholly in the picture.
    """
    if len(points) < 8:
        return None
    small, scale = _small(canonical, full_width)
    corners = shared_quadrangle(small, _seed(points, small, scale) > 0, laid)
    if corners is None:
        return None
    height, width = small.shape[:2]
    picture = np.array(whole(width, height), np.float32)
    _, kept = cv2.intersectConvexConvex(corners.astype(np.float32), picture)
    full = (kept.reshape(-1, 2) + 0.5) * scale - 0.5
    return tuple((float(x), float(y)) for x, y in full)


def around_matches(
    points: Points,
    canonical: Pixels,
    full_width: int,
    laid: Sequence[tuple[Pixels, Mask]],
) -> Vertices | None:
    """Return the convex outline of what several genuine photos share.

    Args:
        points: (N, 2) full-size pixels of the canonical reference that other references matched.
        canonical: its pixels (h, w, 3).
        full_width: its full width.
        laid: the other references laid on it (same shape as `canonical`), each with the mask of
            what it shows.

    Returns:
        The hull of the matched points, grown (at most a tenth of the picture) over places where
        the other references look the same: the product's unprinted margin, but not a table that
        changes from photo to photo. None when too few points match.
    """
    if len(points) < 8:
        return None
    small, scale = _small(canonical, full_width)
    seed = _seed(points, small, scale)
    same = _looks_the_same(small, seed, laid)
    return _grown(seed, same, round(_GROWTH * max(small.shape[:2])), scale)


def around_part(
    points: Points, canonical: Pixels, full_width: int, better: Sequence[Map], *, growth: float
) -> Vertices | None:
    """Return the convex outline of a part that several genuine photos show elsewhere.

    Args:
        points: (N, 2) full-size pixels of the canonical reference that others matched on the part.
        canonical: its pixels (h, w, 3).
        full_width: its full width.
        better: of each other reference, (h, w) by how many grey levels more it looks the same where
            it is laid by the part than where it is laid by the ground; NaN where it shows neither.
        growth: how far beyond the points the part may reach, in full-size pixels.

    Returns:
        The hull of the points, grown over places of which most references show that they move
        along. None when too few points match.
    """
    if len(points) < 8:
        return None
    small, scale = _small(canonical, full_width)
    size = (small.shape[1], small.shape[0])
    votes = [cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in better]
    along = np.nan_to_num(np.stack(votes)).mean(axis=0) > _ALONG
    return _grown(_seed(points, small, scale), along, round(growth / scale), scale)


def _seed(points: Points, small: Pixels, scale: float) -> NDArray[Any]:
    seed: NDArray[Any] = np.zeros(small.shape[:2], np.uint8)
    hull = cv2.convexHull(((_inner_points(points) + 0.5) / scale - 0.5).astype(np.float32))
    cv2.fillConvexPoly(seed, np.rint(hull).astype(np.int32), 1)
    return seed


def _grown(seed: NDArray[Any], same: Mask, reach: int, scale: float) -> Vertices:
    """Return the hull of a seed and of what is connected with it, at most `reach` away."""
    size = (2 * max(2, reach) + 1,) * 2
    near = cv2.dilate(seed, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, size))
    grown: NDArray[Any] = ((same & (near > 0)) | (seed > 0)).astype(np.uint8)
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    grown = cv2.morphologyEx(grown, cv2.MORPH_OPEN, element) | seed
    _, labels = cv2.connectedComponents(grown)
    wanted = np.unique(labels[seed > 0])
    connected = np.isin(labels, wanted[wanted > 0])
    outline = cv2.convexHull(np.argwhere(connected)[:, ::-1].astype(np.int32)).reshape(-1, 2)
    return _full_size(outline, scale, seed.shape)


def _looks_the_same(small: Pixels, seed: NDArray[Any], laid: Sequence[tuple[Pixels, Mask]]) -> Mask:
    size = (small.shape[1], small.shape[0])
    own: NDArray[Any] = cv2.GaussianBlur(small.astype(np.float32), (0, 0), 2)
    votes = np.zeros(small.shape[:2], np.float32)
    shown = np.zeros(small.shape[:2], np.float32)
    inside = seed > 0
    for pixels, seen in laid:
        small_other = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        other = cv2.GaussianBlur(small_other.astype(np.float32), (0, 0), 2)
        visible = _shown(seen, size)
        both = inside & visible
        if both.sum() < 50:
            continue
        gain = (own[both].mean(axis=0) + 1) / (other[both].mean(axis=0) + 1)
        away = np.abs(own - other * gain).max(axis=2)
        usual = max(12.0, 1.5 * float(np.median(away[both])))
        votes += (away < usual) & visible
        shown += visible
    return np.asarray((shown > 0) & (votes >= _AGREED * np.maximum(shown, 1)), bool)


def _shown(seen: Mask, size: tuple[int, int]) -> Mask:
    nearest = cv2.resize(seen.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(nearest > 0, bool)


def _inner_points(points: Points) -> Points:
    """Leave out lone points: those whose fourth neighbour is unusually far."""
    if len(points) > 600:
        points = points[:: len(points) // 600 + 1]
    away = np.linalg.norm(points[:, None] - points[None], axis=2)
    fourth = np.sort(away, axis=1)[:, min(4, len(points) - 1)]
    return np.asarray(points[fourth <= 4.0 * np.median(fourth) + 1e-9], np.float64)


def _small(pixels: Pixels, full_width: int) -> tuple[Pixels, float]:
    factor = min(1.0, _SIDE / max(pixels.shape[:2]))
    size = (max(8, round(pixels.shape[1] * factor)), max(8, round(pixels.shape[0] * factor)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small, full_width / size[0]


def _is_uniform(edge: Pixels) -> bool:
    flat = edge.reshape(-1, 3).astype(np.int16)
    return bool((np.abs(flat - np.median(flat, axis=0)).max(axis=1) <= _UNIFORM).mean() >= 0.97)


def _full_size(hull: NDArray[Any], scale: float, shape: tuple[int, ...]) -> Vertices:
    """Simplify and scale up a hull of pixel centres, half a pixel further at the picture's edge."""
    simple = cv2.approxPolyDP(hull.astype(np.float32).reshape(-1, 1, 2), 1.0, True).reshape(-1, 2)
    height, width = shape[:2]
    at_edge = np.array([width - 1, height - 1])
    outer = simple + np.where(simple <= 0, -0.5, 0.0) + np.where(simple >= at_edge, 0.5, 0.0)
    full = (outer + 0.5) * scale - 0.5
    return tuple((float(x), float(y)) for x, y in full)
