"""Smooth displacement over a sheet: cubic B-splines on a coarse grid of knots, and their fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Map, Matrix, Points


@dataclass(frozen=True, slots=True)
class Grid:
    """Knots over a rectangle: `corner` its upper left, `spacing` between knots, both in pixels.

    `rows` and `columns` count knots; a rectangle is covered with one knot before it and two after.
    """

    corner: tuple[float, float]
    spacing: float
    rows: int
    columns: int

    @classmethod
    def over(cls, width: float, height: float, spacing: float) -> Grid:
        """Cover pixels 0 to `width` and 0 to `height`."""
        columns, rows = (int(np.ceil(length / spacing)) + 3 for length in (width, height))
        return cls((0.0, 0.0), spacing, rows, columns)

    def taps(self, points: Points) -> tuple[NDArray[np.intp], Matrix]:
        """Return the knots that bear on each point, (N, 16), and their weights; outside: nearest.

        Source: Lee, Wolberg and Shin, Scattered data interpolation with multilevel B-splines, IEEE
        TVCG 1997, equation 1.
        """
        at = (np.asarray(points, np.float64) - self.corner) / self.spacing
        column, across = _taps(at[:, 0], self.columns)
        row, down = _taps(at[:, 1], self.rows)
        knots = (row + np.arange(4))[:, :, None] * self.columns + (column + np.arange(4))[:, None]
        weights = down[:, :, None] * across[:, None, :]
        return knots.reshape(-1, 16), weights.reshape(-1, 16)

    def roughness(self) -> Matrix:
        """Return the matrix whose quadratic form is the bending energy of knots, per knot.

        Source: Eilers and Marx, Flexible smoothing with B-splines and penalties, Statistical
        Science 1996; the mixed term as in a thin plate.
        """
        down, across = _differences(self.rows, 2), _differences(self.columns, 2)
        first_down, first_across = _differences(self.rows, 1), _differences(self.columns, 1)
        still_down, still_across = np.eye(self.rows), np.eye(self.columns)
        energy: Matrix = (
            np.kron(down.T @ down, still_across)
            + np.kron(still_down, across.T @ across)
            + 2 * np.kron(first_down.T @ first_down, first_across.T @ first_across)
        )
        return energy


@dataclass(frozen=True, slots=True, eq=False)
class Ripple:
    """A displacement that varies slowly: `knots` (rows, columns, 2) in pixels, over a grid."""

    grid: Grid
    knots: Map

    def at(self, points: Points) -> Points:
        """Return the displacement (N, 2) at (N, 2) points."""
        knots, weights = self.grid.taps(points)
        found: Points = np.einsum("nt,ntc->nc", weights, self.knots.reshape(-1, 2)[knots])
        return found


def _taps(at: Points, count: int) -> tuple[NDArray[np.intp], Matrix]:
    """Return the first of four knots in a row, (N, 1), and their weights (N, 4)."""
    inside = np.clip(at, 0.0, count - 3 - 1e-9)
    first = np.floor(inside).astype(np.intp)
    t = inside - first
    weights = (
        (1 - t) ** 3 / 6,
        (3 * t**3 - 6 * t**2 + 4) / 6,
        (-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6,
        t**3 / 6,
    )
    return first[:, None], np.stack(weights, axis=1)


def _differences(count: int, order: int) -> Matrix:
    return np.diff(np.eye(count), n=order, axis=0)
