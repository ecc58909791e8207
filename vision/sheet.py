"""Displacements of many places -> the smooth sheet that most of them agree on, if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vision.cells import tells
from vision.spline import Grid, Ripple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Mask, Matrix, Points

SOFTNESS = (3.0, 0.3, 0.03)  # weights of the bending energy that are tried, stiff to soft
BETTER = 0.9  # of the miss that a softer sheet must reach to be believed
_MOST = 0.85  # of the sheet, by whose miss it is judged: a part that was moved is in the rest
_SPACING = 48.0  # pixels between knots: finer folds are not followed
_EVEN = 0.2  # pixels: a miss so small asks for no sheet
_BLOCK = 48.0  # pixels: parts this large are held out together
_FOLDS = 4
_ODD = 1.0  # pixels: least miss from which a place counts less
_FEWEST = 12
_SETTLING = 4  # rounds of weighing


@dataclass(frozen=True, slots=True, eq=False)
class Displaced:
    """By how much places are displaced: `by` (N, 2) at `points` (N, 2), in frame pixels.

    `information` (N, 2, 2) is the inverse covariance of each displacement.
    """

    points: Points
    by: Points
    information: Matrix

    def only(self, kept: Mask) -> Displaced:
        """Return the places of a mask (N,)."""
        return Displaced(self.points[kept], self.by[kept], self.information[kept])

    def and_also(self, other: Displaced) -> Displaced:
        """Return the places of both."""
        return Displaced(
            np.concatenate([self.points, other.points]),
            np.concatenate([self.by, other.by]),
            np.concatenate([self.information, other.information]),
        )


def blocks(points: Points) -> NDArray[np.intp]:
    """Return for each point (N, 2) the number of its block, a square of 48 pixels."""
    cell = np.floor(points / _BLOCK).astype(np.intp)
    return np.asarray(np.unique(cell, axis=0, return_inverse=True)[1].ravel(), np.intp)


def usual_miss(misses: NDArray[np.float64], block: NDArray[np.intp]) -> float:
    """Return the mean over blocks of the median miss in each, the worst of the blocks left out.

    Every block counts alike, however much print it holds.
    """
    order = np.lexsort((misses, block))
    starts = np.flatnonzero(np.diff(block[order], prepend=-1))
    counts = np.diff(starts, append=len(order))
    medians = np.sort(misses[order][starts + (counts - 1) // 2])
    return float(medians[: max(1, round(_MOST * len(medians)))].mean())


def fit_sheet(
    known: Displaced, size: tuple[int, int], *, softness: tuple[float, ...] = SOFTNESS
) -> Ripple | None:
    """Fit the softest sheet that foretells places left out better than a stiffer one does.

    A part that was moved by itself cannot be foretold from its surroundings, and counts less in
    the fit the more it misses; so it is not followed.

    Args:
        known: displacements, some of which may be wrong.
        size: (width, height) of the frame.
        softness: weights of the bending energy to try, stiff to soft.

    Returns:
        The sheet, None where no sheet foretells better than no displacement at all.
    """
    if len(known.points) < _FEWEST:
        return None
    grid = Grid.over(*size, _SPACING)
    problem = _Problem(known, grid)
    best, found = problem.miss(np.zeros_like(known.by)), None
    if best < _EVEN:
        return None
    for each in softness:
        knots, foretold = problem.fit(each, found)
        miss = problem.miss(foretold)
        if miss < BETTER * best:
            best, found = miss, knots
    return None if found is None else Ripple(grid, found.reshape(grid.rows, grid.columns, 2))


class _Problem:
    """Robust least squares for the knots, with parts of the sheet held out in turn.

    Across and down are solved in turn, so that the matrices stay small.
    """

    def __init__(self, known: Displaced, grid: Grid) -> None:
        self._by, self._information = known.by, known.information
        self._knots, self._taps = grid.taps(known.points)
        self._count = grid.rows * grid.columns
        self._energy = grid.roughness()
        block = np.floor(known.points / _BLOCK).astype(int)
        self._fold = (block[:, 0] + 2 * block[:, 1]) % _FOLDS
        self._block = blocks(known.points)
        both = np.asarray(tells(known.information).all(axis=1), bool)
        self._judging = both if both.sum() >= _FEWEST else np.ones(len(both), bool)
        self._sure = np.maximum(np.linalg.eigvalsh(known.information)[:, -1], 1e-9)
        rows = (self._fold[:, None] * self._count + self._knots)[:, :, None] * self._count
        self._cells = (rows + self._knots[:, None, :]).ravel()
        self._products = self._taps[:, :, None] * self._taps[:, None, :]

    def miss(self, foretold: Points) -> float:
        """Usual miss in pixels of the places that know both directions.

        Those on a line are where they should be, wherever the sheet has slid along it.
        """
        return usual_miss(self._misses(foretold)[self._judging], self._block[self._judging])

    def fit(self, softness: float, start: Points | None) -> tuple[Points, Points]:
        """Return knots (K, 2), and what they would foretell at each place from other blocks."""
        knots: Points = np.zeros((self._count, 2)) if start is None else start
        stiff = softness * self._energy + 1e-3 * np.eye(self._count)
        for _ in range(_SETTLING):
            now = self._at(knots)
            parts = self._normals(self._weights(self._misses(now)), now)
            knots = _solved(stiff, parts, np.ones(_FOLDS, bool))
        foretold = np.zeros_like(self._by)
        for fold in range(_FOLDS):
            own = self._fold == fold
            foretold[own] = self._at(_solved(stiff, parts, np.arange(_FOLDS) != fold))[own]
        return knots, foretold

    def _at(self, knots: Points) -> Points:
        found: Points = np.einsum("nt,ntc->nc", self._taps, knots[self._knots])
        return found

    def _misses(self, foretold: Points) -> NDArray[np.float64]:
        off = self._by - foretold
        squared = np.einsum("ni,nij,nj->n", off, self._information, off)
        return np.asarray(np.sqrt(np.maximum(squared, 0.0) / self._sure), np.float64)

    def _weights(self, misses: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weigh down what misses by more than most do.

        Source: Geman and McClure, Statistical methods for tomographic image reconstruction, 1987.
        """
        odd = max(_ODD, 2.0 * float(np.median(misses)))
        return np.asarray(1.0 / (1.0 + (misses / odd) ** 2) ** 2, np.float64)

    def _normals(self, weights: NDArray[np.float64], now: Points) -> list[tuple[Matrix, Matrix]]:
        """Return, across and down, matrices (folds, K, K) and right sides (folds, K)."""
        known = weights[:, None, None] * self._information
        size = self._count
        found: list[tuple[Matrix, Matrix]] = []
        for own, other in ((0, 1), (1, 0)):
            sure, shared = known[:, own, own], known[:, own, other]
            drawn = sure * self._by[:, own] + shared * (self._by[:, other] - now[:, other])
            matrix = _summed(self._cells, sure[:, None, None] * self._products, size * size)
            places = (self._fold[:, None] * size + self._knots).ravel()
            right = _summed(places, drawn[:, None] * self._taps, size)
            found.append((matrix.reshape(_FOLDS, size, size), right))
        return found


def _summed(places: NDArray[np.intp], values: Matrix, size: int) -> Matrix:
    """Add up values by place, (folds, size)."""
    total = np.bincount(places, values.ravel(), _FOLDS * size)
    return np.asarray(total, np.float64).reshape(_FOLDS, size)


def _solved(stiff: Matrix, parts: list[tuple[Matrix, Matrix]], folds: Mask) -> Points:
    return np.stack(
        [
            np.linalg.solve(stiff + matrix[folds].sum(axis=0), right[folds].sum(axis=0))
            for matrix, right in parts
        ],
        axis=1,
    )
