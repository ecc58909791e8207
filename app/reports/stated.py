"""What of a comparison may be told: which outcomes speak of single places, and the weakest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision import Outcome

if TYPE_CHECKING:
    from vision import Comparison, Inspection, Map, Region, Vertices

# For the other outcomes a numbered place or a degree of agreement would mislead.
STATING: Final = (
    Outcome.AGREES,
    Outcome.DIFFERS,
    Outcome.GALLERY_TOO_THIN,
    Outcome.MIXED,
)
_CELLS: Final = 14  # along the longer side of the frame
_LEAST_CELL: Final = 8  # frame pixels


def stated_regions(inspection: Inspection) -> tuple[Region, ...]:
    """The regions that the outcome stands for; none where nothing is stated of single places."""
    comparison = inspection.comparison
    if comparison is None or inspection.outcome not in STATING:
        return ()
    return comparison.differing


def weakest_places(comparison: Comparison, *, count: int = 3) -> tuple[Vertices, ...]:
    """Squares around the places that agree least, the weakest first, in full reference pixels.

    Neighbours of a place already taken are passed over, and so is what could not be judged.
    """
    height, width = comparison.judged.shape
    side = max(_LEAST_CELL, round(max(height, width) / _CELLS))
    means = _cell_means(np.where(comparison.judged, comparison.excess, 0.0), side)
    places: list[Vertices] = []
    while len(places) < count and means.max(initial=0.0) > 0:
        row, column = (int(one) for one in np.unravel_index(means.argmax(), means.shape))
        means[max(0, row - 2) : row + 3, max(0, column - 2) : column + 3] = 0.0
        places.append(_square(comparison, column * side, row * side, side))
    return tuple(places)


def place_letter(number: int) -> str:
    """How the weakest places are called: a, b, c."""
    return chr(ord("a") + number - 1)


def _cell_means(values: Map, side: int) -> Map:
    height, width = values.shape
    rows, columns = -(-height // side), -(-width // side)
    padded = np.zeros((rows * side, columns * side))
    padded[:height, :width] = values
    cells: Map = padded.reshape(rows, side, columns, side).mean(axis=(1, 3))
    return cells


def _square(comparison: Comparison, left: int, top: int, side: int) -> Vertices:
    """A cell of the frame and half as much around it."""
    height, width = comparison.judged.shape
    more = side // 2
    x0, y0 = max(0, left - more), max(0, top - more)
    x1, y1 = min(width, left + side + more), min(height, top + side + more)
    scale, (dx, dy) = comparison.frame_scale, comparison.frame_origin
    across = [dx + x * scale - 0.5 for x in (x0, x1)]
    down = [dy + y * scale - 0.5 for y in (y0, y1)]
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    return tuple((float(across[i]), float(down[j])) for i, j in corners)
