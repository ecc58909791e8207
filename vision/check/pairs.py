"""Two references -> what geometry says of them: the same print, the same photo, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision.agreement import agreement, aside
from vision.align import fit_plane, transform
from vision.errors import NotAlignable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.align import Fit
    from vision.features import LocalFeatures, ReferenceFeatures
    from vision.terms import Matrix, Points

FEATURES = 800  # strongest of each picture that are matched
ALL_FEATURES = 1500  # the same where a second look is worth its time
_FEWEST = 6  # agreeing point pairs below which there is no fit worth a look


@dataclass(frozen=True, slots=True)
class Pair:
    """What two references have in common.

    `agreed` of `paired` point pairs fit one plane (0 where nothing does). `covered` is the share of
    the picture that they cover, the smaller of both; `aside` how far the middle of a picture lies
    outside them, the larger of both (see `vision.agreement.aside`); `agreeing` the share of the
    texture there that goes the same way.
    `strain` is how far the point pairs are from one picture being the other moved and scaled, in
    pixels of the coarser one; `alike` the local correlation that nine tenths of all they
    both show reach, and `overlap` that part as a share of the larger picture. These three tell the
    same photo. `patient` pairs come of a second look, with all features.
    """

    agreed: int = 0
    paired: int = 0
    covered: float = 0.0
    aside: float = 1.0
    agreeing: float = 0.0
    strain: float = 1e3
    alike: float = 0.0
    overlap: float = 0.0
    patient: bool = False


def compare_references(
    one: ReferenceFeatures, two: ReferenceFeatures, *, patient: bool = False
) -> Pair:
    """Match two references by their local features; `patient`: by all that there are.

    The order does not matter but for rounding.
    """
    limit = ALL_FEATURES if patient else FEATURES
    try:
        fit = fit_plane(
            one.local.first(limit), two.local.first(limit), min_inliers=_FEWEST, guided=False
        )
    except NotAlignable as nothing:
        return Pair(paired=nothing.inliers, patient=patient)
    alike, overlap = _alike(one, two, fit.matrix)
    return Pair(
        agreed=fit.agreed,
        paired=fit.paired,
        covered=min(_hull(fit.photo_points, one.size), _hull(fit.reference_points, two.size)),
        aside=max(aside(fit.photo_points, one.size), aside(fit.reference_points, two.size)),
        agreeing=_agreeing(one, two, fit),
        strain=_strain(fit, one.local, two.local),
        alike=alike,
        overlap=overlap,
        patient=patient,
    )


def _hull(points: Points, size: tuple[int, int]) -> float:
    hull = cv2.convexHull(points.astype(np.float32))
    return float(cv2.contourArea(hull)) / max(1.0, float(size[0] * size[1]))


def _agreeing(one: ReferenceFeatures, two: ReferenceFeatures, fit: Fit) -> float:
    """Return the agreement where the point pairs lie, the finer picture laid on the coarser."""
    matrix, points = fit.matrix, fit.reference_points
    factor = (one.small.shape[1] / one.size[0], two.small.shape[1] / two.size[0])
    if _enlarges(matrix, fit.photo_points) * factor[1] > factor[0]:
        one, two = two, one
        matrix, points = np.linalg.inv(matrix), fit.photo_points
    scale = two.size[0] / two.small.shape[1]
    low = np.floor(points.min(axis=0) / scale).astype(int).clip(0)
    high = np.ceil(points.max(axis=0) / scale).astype(int) + 1
    cut = np.ascontiguousarray(two.small[low[1] : high[1], low[0] : high[0]])
    if min(cut.shape) < 8:
        return 0.0
    moved = np.eye(3)
    moved[:2, 2] = -low * scale
    found = agreement(one.small, one.size[0], cut, cut.shape[1] * scale, moved @ matrix)
    return found.agreeing


def _enlarges(matrix: Matrix, points: Points) -> float:
    middle = points.mean(axis=0)
    around = middle + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    at, right, down = transform(matrix, around)
    return float(np.sqrt(abs(np.linalg.det(np.stack([right - at, down - at])))))


def _strain(fit: Fit, one: LocalFeatures, two: LocalFeatures) -> float:
    """Return how far points miss, three of four of them, when they are but moved and scaled.

    In pixels of the coarser picture, at the scale on which the features were found. Turns by a
    quarter count as none: an editor or a flag in the file does that.
    """
    start, end = fit.photo_points, fit.reference_points
    pixel = max(two.scale, one.scale * _enlarges(fit.matrix, start))
    ways = ((0, 1), (1, 0))
    missed = [[_missed(start[:, way[axis]], end[:, axis]) for axis in (0, 1)] for way in ways]
    miss = min((np.hypot(x, y) for x, y in missed), key=lambda way: float(np.median(way)))
    return float(np.percentile(miss, 75)) / pixel


def _missed(values: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.float64]:
    """Return what a straight line, from values to wanted, leaves."""
    row = np.column_stack([values, np.ones(len(values))])
    line, *_ = np.linalg.lstsq(row, wanted, rcond=None)
    return np.asarray(wanted - row @ line, np.float64)


def _alike(one: ReferenceFeatures, two: ReferenceFeatures, matrix: Matrix) -> tuple[float, float]:
    """Return the local correlation that 90 % of the shared texture reach, and how much is shared.

    Source: Lewis, Fast normalized cross-correlation, Vision Interface 1995.
    """
    on_small = _reducing(two.small.shape[1] / two.size[0])
    laid_by = on_small @ matrix @ np.linalg.inv(_reducing(one.small.shape[1] / one.size[0]))
    size = (two.small.shape[1], two.small.shape[0])
    laid = np.asarray(cv2.warpPerspective(one.small, laid_by, size, flags=cv2.INTER_AREA), np.uint8)
    white = np.full(one.small.shape, 255, np.uint8)
    seen = cv2.warpPerspective(white, laid_by, size, flags=cv2.INTER_NEAREST) > 250
    covered = float(seen.mean())
    spread_one, spread_two, shared = _moments(laid, two.small)
    told = cv2.erode(seen.astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    told &= (spread_one > 20.0) | (spread_two > 20.0)
    if int(told.sum()) < 200:
        return 0.0, covered
    correlation = shared / np.sqrt(np.maximum(spread_one, 4.0) * np.maximum(spread_two, 4.0))
    whole = _enlarges(laid_by, np.array([[one.small.shape[1] / 2, one.small.shape[0] / 2]]))
    area_one = one.small.size * whole * whole
    share = float(seen.sum()) / max(area_one, float(two.small.size))
    return float(np.percentile(correlation[told], 10)), min(1.0, share)


def _reducing(factor: float) -> Matrix:
    """Return the mapping from pixels of a picture to those of one reduced to `factor`."""
    half = 0.5 * factor - 0.5
    return np.array([[factor, 0.0, half], [0.0, factor, half], [0.0, 0.0, 1.0]])


def _moments(
    one: NDArray[np.uint8], two: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return both local variances and the local covariance."""
    a, b = one.astype(np.float32), two.astype(np.float32)
    mean_a, mean_b = _smooth(a), _smooth(b)
    return (
        _smooth(a * a) - mean_a**2,
        _smooth(b * b) - mean_b**2,
        _smooth(a * b) - mean_a * mean_b,
    )


def _smooth(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), 2.0), np.float32)
