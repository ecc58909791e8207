"""Local features of photo and reference -> the plane they share, or that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from scipy.spatial import cKDTree

from vision import polygons
from vision.dots import dots
from vision.errors import NotAlignable
from vision.features import DESCRIPTOR_UNIT, LocalFeatures
from vision.terms import Alignment, Matrix, Points, Vertices

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIN_INLIERS = 12
_RATIO = 0.82
_TOLERANCE_PX = 3.0  # at the scale on which the features were found
_ALIKE = 0.75  # of descriptors that may be partners near where a view expects them
_PAIRS = 20_000  # whose descriptors are multiplied at once
_CLEAR_SHARE = 0.3  # of pairs found near a view: chance lets far fewer agree on another one
_UNIT = np.float32(1.0 / (DESCRIPTOR_UNIT * DESCRIPTOR_UNIT))


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A homography with the point pairs that it explains; points in full-size pixels.

    `agreed` counts the pairs that the ratio test alone had found and that fit, `paired` all that it
    had found. Pairs found along the homography are in neither: near any homography some lie by
    chance, so they make the fit exact but prove nothing. `loose` has the points, photo and
    reference, of all pairs found either way, also of those that a bent surface takes off the plane.
    """

    matrix: Matrix
    photo_points: Points
    reference_points: Points
    error_px: float
    agreed: int
    paired: int
    loose: tuple[Points, Points] | None = None


def align(
    photo: LocalFeatures,
    reference: LocalFeatures,
    *,
    photo_size: tuple[int, int],
    outline: Vertices,
    min_inliers: int = MIN_INLIERS,
) -> Alignment:
    """Find the homography that lays the photo on the reference.

    Args:
        photo: local features of the photo, points in full-size pixels.
        reference: those of the reference.
        photo_size: (width, height) of the full photo.
        outline: the product's own area in the reference, full-size pixels.
        min_inliers: how many point pairs must agree.

    Returns:
        `matrix` photo to reference; `error_px` the median miss in reference pixels.

    Raises:
        NotAlignable: too few agree, or what agrees is no view of a flat thing.

    Source: Hartley and Zisserman, Multiple View Geometry, 2nd ed., section 4.8; Barath et al.,
    MAGSAC++, CVPR 2020.
    """
    fit = fit_plane(photo, reference, min_inliers=min_inliers)
    return Alignment(
        fit.matrix,
        len(fit.photo_points),
        fit.error_px,
        overlap(fit.matrix, photo_size, outline),
    )


def fit_plane(
    photo: LocalFeatures, reference: LocalFeatures, *, min_inliers: int = 12, guided: bool = True
) -> Fit:
    """Fit one homography, photo to reference; `guided`: and match once more along it.

    Raises:
        NotAlignable: fewer than `min_inliers` pairs agree on a possible view.
    """
    pairs = match(photo, reference)
    if len(pairs) < max(4, min_inliers // 2):
        raise NotAlignable(inliers=len(pairs), needed=min_inliers)
    tolerance = _TOLERANCE_PX * reference.scale
    source, target = photo.points[pairs[:, 0]], reference.points[pairs[:, 1]]
    matrix, kept = _homography(source, target, tolerance)
    if matrix is None or kept.sum() < min_inliers:
        raise NotAlignable(inliers=int(kept.sum()), needed=min_inliers)
    agreed = int(kept.sum())
    along = pairs[:0]
    if guided:
        along = _guided_pairs(photo, reference, matrix, 2.5 * tolerance)
    if len(along) >= kept.sum():
        source, target = photo.points[along[:, 0]], reference.points[along[:, 1]]
        better, better_kept = _homography(source, target, tolerance)
        if better is not None and better_kept.sum() >= kept.sum():
            matrix, kept = better, better_kept
        else:
            source, target = photo.points[pairs[:, 0]], reference.points[pairs[:, 1]]
    if kept.sum() < min_inliers or not is_possible_view(matrix, source[kept]):
        raise NotAlignable(inliers=int(kept.sum()), needed=min_inliers)
    miss = np.linalg.norm(transform(matrix, source[kept]) - target[kept], axis=1)
    loose = photo.points[pairs[:, 0]], reference.points[pairs[:, 1]]
    error = float(np.median(miss))
    return Fit(matrix, source[kept], target[kept], error, agreed, len(pairs), loose)


def fit_near(
    photo: LocalFeatures, reference: LocalFeatures, matrix: Matrix, *, reach: float
) -> Fit | None:
    """Fit a homography to what matches within `reach` reference pixels of where `matrix` takes it.

    Args:
        photo: local features of the photo, points in full-size pixels.
        reference: those of the reference.
        matrix: (3, 3), photo to reference, nearly right.
        reach: how far off it may be.

    Returns:
        None where fewer than `MIN_INLIERS` pairs, or a part that chance would give, agree on a
        possible view.
    """
    if len(photo) < 2 or len(reference) < 2:
        return None
    pairs = _guided_pairs(photo, reference, matrix, reach)
    source, target = photo.points[pairs[:, 0]], reference.points[pairs[:, 1]]
    better, kept = _homography(source, target, _TOLERANCE_PX * reference.scale)
    fewest = max(MIN_INLIERS, _CLEAR_SHARE * len(pairs))
    if better is None or kept.sum() < fewest or not is_possible_view(better, source[kept]):
        return None
    miss = np.linalg.norm(transform(better, source[kept]) - target[kept], axis=1)
    agreed, paired = int(kept.sum()), len(pairs)
    error = float(np.median(miss))
    return Fit(better, source[kept], target[kept], error, agreed, paired, (source, target))


def match(photo: LocalFeatures, reference: LocalFeatures) -> NDArray[np.intp]:
    """Pair features that are each other's nearest and clearly nearer than the second.

    Returns:
        (M, 2) indices into photo and reference.

    Source: Lowe 2004, section 7.1 (the ratio test).
    """
    if len(photo) < 2 or len(reference) < 2:
        return np.empty((0, 2), np.intp)
    products = dots(photo.descriptors, reference.descriptors)
    best = products.argmax(axis=1)
    rows = np.arange(len(best))
    first = products[rows, best]
    mutual = np.asarray(cv2.transpose(products)).argmax(axis=1)[best] == rows
    products[rows, best] = -1
    second = products.max(axis=1)
    near, far = _squared_distance(first, 0.0), _squared_distance(second, 1e-6)
    keep = mutual & (near < _RATIO * _RATIO * far)
    return np.stack([rows[keep], best[keep]], axis=1)


def transform(matrix: Matrix, points: Points) -> Points:
    """Map (N, 2) points by a (3, 3) homography."""
    homogeneous = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    depth = homogeneous[:, 2:]
    depth = np.where(np.abs(depth) < 1e-12, 1e-12, depth)
    return np.asarray(homogeneous[:, :2] / depth, np.float64)


def is_possible_view(matrix: Matrix, points: Points) -> bool:
    """Tell whether a homography could be a camera's view of the front of a flat thing.

    It must keep all `points` on one side of the horizon and, at their middle, not mirror and
    neither crush nor blow up one direction.
    """
    depth = np.column_stack([points, np.ones(len(points))]) @ matrix[2]
    if not (np.all(depth > 0) or np.all(depth < 0)):
        return False
    slope = jacobian(matrix, np.asarray(points.mean(axis=0), np.float64))
    determinant = float(np.linalg.det(slope))
    if not np.isfinite(determinant) or determinant <= 0:
        return False
    stretch = np.linalg.svd(slope, compute_uv=False)
    return bool(stretch[1] > 0.02 and stretch[0] < 50 and stretch[0] / stretch[1] < 5)


def overlap(matrix: Matrix, photo_size: tuple[int, int], outline: Vertices) -> float:
    """Return the share of the outline (reference pixels) that lies inside the photo."""
    target = np.array(outline, np.float64)
    whole = polygons.area(target)
    if whole <= 0:
        return 0.0
    try:
        back = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return 0.0
    depth = np.column_stack([target, np.ones(len(target))]) @ back[2]
    if not (np.all(depth > 0) or np.all(depth < 0)):
        return 0.0
    seen = photo_footprint(back, outline, photo_size)
    if len(seen) < 3:
        return 0.0
    inside = transform(matrix, seen)
    return float(min(1.0, polygons.area(inside) / whole))


def photo_footprint(back: Matrix, outline: Vertices, photo_size: tuple[int, int]) -> Points:
    """Return the part of the photo, a convex polygon, that the outline mapped by `back` covers."""
    width, height = photo_size
    mapped = transform(back, np.array(outline, np.float64)).astype(np.float32)
    if not np.all(np.isfinite(mapped)) or np.abs(mapped).max() > 1e6:
        return np.empty((0, 2))
    frame = np.array(
        [(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)],
        np.float32,
    )
    area, polygon = cv2.intersectConvexConvex(cv2.convexHull(mapped), frame)
    if area <= 0 or polygon is None:
        return np.empty((0, 2))
    return np.asarray(polygon, np.float64).reshape(-1, 2)


def _squared_distance(products: NDArray[np.int32], least: float) -> NDArray[np.float32]:
    likeness = products.astype(np.float32) * _UNIT
    return np.asarray(np.maximum(2 - 2 * likeness, np.float32(least)), np.float32)


def _homography(
    source: Points, target: Points, tolerance: float
) -> tuple[Matrix | None, NDArray[np.bool_]]:
    if len(source) < 4:
        return None, np.zeros(len(source), bool)
    cv2.setRNGSeed(7)
    found: tuple[Any, Any] = cv2.findHomography(
        source, target, cv2.USAC_MAGSAC, tolerance, maxIters=4000, confidence=0.999
    )
    matrix, kept = found
    if matrix is None:
        return None, np.zeros(len(source), bool)
    return np.asarray(matrix, np.float64), kept.ravel().astype(bool)


def _guided_pairs(
    photo: LocalFeatures, reference: LocalFeatures, matrix: Matrix, radius: float
) -> NDArray[np.intp]:
    """Match again near where the homography expects partners; no ratio test is needed there."""
    rows, columns = _within(transform(matrix, photo.points), reference.points, radius)
    likeness = _likeness_of(photo.descriptors, reference.descriptors, rows, columns)
    kept = likeness > _ALIKE
    rows, columns, likeness = rows[kept], columns[kept], likeness[kept]
    by_row = np.lexsort((columns, -likeness, rows))
    by_row = by_row[np.diff(rows[by_row], prepend=-1) > 0]
    by_column = np.lexsort((rows, -likeness, columns))
    by_column = by_column[np.diff(columns[by_column], prepend=-1) > 0]
    mutual = np.intersect1d(by_row, by_column)
    mutual = mutual[np.argsort(rows[mutual])]
    return np.stack([rows[mutual], columns[mutual]], axis=1)


def _within(one: Points, other: Points, radius: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of all pairs of points that lie at most `radius` apart."""
    far = np.flatnonzero(np.isfinite(one).all(axis=1))
    near = cKDTree(one[far]).sparse_distance_matrix(cKDTree(other), radius, output_type="ndarray")
    return far[near["i"]], np.asarray(near["j"], np.intp)


def _likeness_of(
    one: NDArray[np.uint8],
    other: NDArray[np.uint8],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
) -> NDArray[np.float32]:
    """Return the dot product of each pair of descriptors; a bounded number of them at a time."""
    found = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _PAIRS):
        some = slice(start, start + _PAIRS)
        left = one[rows[some]].astype(np.float32)
        right = other[columns[some]].astype(np.float32)
        found[some] = np.einsum("nd,nd->n", left, right)
    return found * _UNIT


def jacobian(matrix: Matrix, point: Points) -> Matrix:
    """Return the linear map (2, 2) that a homography is near a point (2,)."""
    x, y = float(point[0]), float(point[1])
    u, v, w = matrix @ np.array([x, y, 1.0])
    top = (matrix[0, :2] * w - u * matrix[2, :2]) / (w * w)
    bottom = (matrix[1, :2] * w - v * matrix[2, :2]) / (w * w)
    return np.asarray(np.stack([top, bottom]), np.float64)
