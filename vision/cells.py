"""Two laid pictures -> by how much each small window of one stands elsewhere in the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Map, Mask, Matrix, Pixels, Points

STRIDE = 24  # frame pixels between windows
_HALF = 14  # a window spans 2 * _HALF + 1 pixels
_FLATTEST = 5.0  # grey levels: less contrast than this in a window tells nothing
_WITHIN = 0.8  # of a window must be usable
_LEAST = 0.6  # correlation below which a window is not found again
_ALONE = 0.1  # by which the best place must beat any other to count fully
_CLEAR = 0.3  # of what counts fully, by which the highest place is taken, however far it lies
_NEAR = 3  # pixels from the best place, along an axis, that are no other place
_NEARER = 0.0015  # correlation per pixel**2, by which a place near the middle is looked at first
_FINER = 0.7  # pixels from the highest place to the peak, at most
_SAMPLES = 30.0  # independent grey values of a window
_TELLS = 0.2  # information, pixels**-2, below which a window is left out
_FINEST = 0.3  # pixels: no window is trusted more than this


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """Where windows were found again.

    `points` (N, 2) their middles in the reference, `shifts` (N, 2) how much further they lie in
    the picture, both in frame pixels; `information` (N, 2, 2) the inverse of the shift's
    covariance: along a straight edge it is nil, and what the shift says along it means nothing.
    """

    points: Points
    shifts: Points
    information: Matrix

    def __len__(self) -> int:
        return len(self.points)

    def only(self, kept: Mask) -> Shifts:
        """Return the windows of a mask (N,)."""
        return Shifts(self.points[kept], self.shifts[kept], self.information[kept])


def tells(information: Matrix) -> Mask:
    """Return (N, 2) whether displacements of that information, (N, 2, 2), tell across and down."""
    shared = information[:, 0, 1] ** 2
    own = information[:, (0, 1), (0, 1)]
    # What is left of one axis where the other is free: the Schur complement.
    return np.asarray(own - shared[:, None] / np.maximum(own[:, ::-1], 1e-9) >= _TELLS, bool)


def measure(
    picture: Pixels, reference: Pixels, usable: Mask, *, reach: int = 6, stride: int = STRIDE
) -> Shifts:
    """Look for windows of the reference in a picture laid on the same frame.

    Args:
        picture: (h, w, 3) uint8.
        reference: (h, w, 3) uint8.
        usable: (h, w) where both show the product.
        reach: frame pixels searched in each direction.
        stride: frame pixels between windows.

    Returns:
        The windows that were found at a place that is clear in one direction at least, to a
        fraction of a pixel.

    Source: Lewis, Fast normalized cross-correlation, Vision Interface 1995; Förstner, A feature
    based correspondence algorithm, ISPRS 1986 (precision from the curvature of the peak).
    """
    ours, theirs = _grey(picture), _grey(reference)
    ours = np.asarray(
        cv2.copyMakeBorder(ours, reach, reach, reach, reach, cv2.BORDER_REPLICATE), np.float32
    )
    middles = _middles(theirs, usable, stride)
    far = _HALF + 2 * reach
    found = [
        cv2.matchTemplate(
            ours[y - _HALF : y + far + 1, x - _HALF : x + far + 1],
            theirs[y - _HALF : y + _HALF + 1, x - _HALF : x + _HALF + 1],
            cv2.TM_CCOEFF_NORMED,
        )
        for x, y in middles
    ]
    side = 2 * reach + 1
    return _peaks(middles, np.array(found, np.float32).reshape(-1, side, side))


def _grey(pixels: Pixels) -> Map:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.float32)


def _middles(grey: Map, usable: Mask, stride: int) -> NDArray[np.intp]:
    """Return the middles (N, 2) of windows that have contrast and lie within `usable`."""
    height, width = grey.shape
    if min(height, width) <= 2 * _HALF:
        return np.empty((0, 2), np.intp)
    side = (2 * _HALF + 1, 2 * _HALF + 1)
    mean = cv2.blur(grey, side)
    contrast = cv2.blur(grey * grey, side) - mean * mean
    share = cv2.blur(usable.astype(np.float32), side)
    good = (contrast > _FLATTEST**2) & (share > _WITHIN)
    inner = good[_HALF : height - _HALF : stride, _HALF : width - _HALF : stride]
    return np.asarray(np.argwhere(inner)[:, ::-1] * stride + _HALF, np.intp)


def _peaks(middles: NDArray[np.intp], correlations: Map) -> Shifts:
    """Find the peak of each (side, side) correlation; leave out those that tell nothing.

    Of peaks that are nearly as high, and on a ridge, it is one near the middle. An axis along which
    it still rises there tells nothing.
    """
    side = correlations.shape[1]
    row, column = _tops(correlations)
    kept = _within(row, column, side)
    kept &= correlations[np.arange(len(row)), row, column] >= _LEAST
    middles, correlations, row, column = middles[kept], correlations[kept], row[kept], column[kept]
    best = correlations[np.arange(len(row)), row, column].astype(np.float64)
    slope, curved, axes = _curved(correlations, row, column)
    along = np.einsum("nji,nj->ni", axes, slope) / np.maximum(curved, 1e-3)
    finer = np.clip(np.einsum("nij,nj->ni", axes, along), -_FINER, _FINER)
    known = np.clip(curved, 0.0, None) * (_SAMPLES / (1.02 - best))[:, None]
    known = np.minimum(known, 1 / _FINEST**2) * _clear(correlations, (row, column), axes)
    known[np.abs(along) > _FINER] = 0.0
    shifts = np.stack([column, row], axis=1) - side // 2 + finer
    told = known.max(axis=1, initial=0.0) >= _TELLS
    information = np.einsum("nij,nj,nkj->nik", axes, known, axes)
    return Shifts(middles[told].astype(np.float64), shifts[told], information[told])


def _tops(correlations: Map) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the row and column of the highest place; unless that is clear, of one near the middle.

    A line is found anywhere along itself; without noise, at all places alike.
    """
    count, side = correlations.shape[:2]
    flat = correlations.reshape(count, side * side)
    row, column = np.divmod(flat.argmax(axis=1), side)
    far = np.arange(side) - side // 2
    nearer = flat - _NEARER * (far[:, None] ** 2 + far**2).ravel()
    near_row, near_column = np.divmod(nearer.argmax(axis=1), side)
    is_clear = _within(row, column, side)
    some = correlations[is_clear], row[is_clear], column[is_clear]
    _, _, axes = _curved(*some)
    is_clear[is_clear] = (_clear(some[0], some[1:], axes) >= _CLEAR).all(axis=1)
    row[~is_clear], column[~is_clear] = near_row[~is_clear], near_column[~is_clear]
    return row, column


def _within(row: NDArray[np.intp], column: NDArray[np.intp], side: int) -> Mask:
    """Tell which places have others all around them."""
    return (row > 0) & (row < side - 1) & (column > 0) & (column < side - 1)


def _curved(
    correlations: Map, row: NDArray[np.intp], column: NDArray[np.intp]
) -> tuple[Points, Points, Matrix]:
    """Return slopes (N, 2) at places, negated curvatures (N, 2) and their axes (N, 2, 2)."""
    which, near = np.arange(len(row))[:, None, None], np.arange(-1, 2)
    tops = correlations[which, row[:, None, None] + near[:, None], column[:, None, None] + near]
    slope, curvature = _quadratic(tops.astype(np.float64))
    curved, axes = np.linalg.eigh(curvature)
    return slope, curved, axes


def _quadratic(tops: Map) -> tuple[Points, Matrix]:
    """Return slope (N, 2) and negated curvature (N, 2, 2) of surfaces, (N, 3, 3), at the middle."""
    slope = np.stack([tops[:, 1, 2] - tops[:, 1, 0], tops[:, 2, 1] - tops[:, 0, 1]], axis=1) / 2
    across = 2 * tops[:, 1, 1] - tops[:, 1, 2] - tops[:, 1, 0]
    down = 2 * tops[:, 1, 1] - tops[:, 2, 1] - tops[:, 0, 1]
    mixed = (tops[:, 2, 0] + tops[:, 0, 2] - tops[:, 2, 2] - tops[:, 0, 0]) / 4
    return slope, np.stack([across, mixed, mixed, down], axis=1).reshape(-1, 2, 2)


def _clear(
    correlations: Map, at: tuple[NDArray[np.intp], NDArray[np.intp]], axes: Matrix
) -> Points:
    """Return (N, 2) how far, from 0 to 1, the peak at (row, column) stands out on each of two axes.

    It is held against all places that lie farther along that axis: a window on a line, which is
    found anywhere along it, still tells how far the line lies to one side.
    """
    places = np.arange(correlations.shape[1])
    best = correlations[np.arange(len(axes)), at[0], at[1]]
    down, right = (places[None] - each[:, None] for each in at)
    clear = []
    for axis in (0, 1):
        x, y = axes[:, 0, axis], axes[:, 1, axis]
        away = np.abs((x[:, None] * right)[:, None, :] + (y[:, None] * down)[:, :, None])
        other = np.where(away <= _NEAR, -1.0, correlations).max(axis=(1, 2), initial=-1.0)
        clear.append(np.clip((best - other) / _ALONE, 0.0, 1.0))
    return np.stack(clear, axis=1)
