"""What of a comparison may be told: which outcomes speak of single places, and the weakest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision import Outcome

if TYPE_CHECKING:
    from vision import Comparison, Inspection, Region, Vertices

# For the other outcomes a numbered place or a degree of agreement would mislead.
STATING: Final = (
    Outcome.AGREES,
    Outcome.DIFFERS,
    Outcome.GALLERY_TOO_THIN,
    Outcome.MIXED,
)
_SQUARES: Final = 18  # side by side along the longer side: as near as two of these places may lie
_LEAST_SIDE: Final = 16  # frame pixels


def stated_regions(inspection: Inspection) -> tuple[Region, ...]:
    """The regions that the outcome stands for; none where nothing is stated of single places."""
    comparison = inspection.comparison
    if comparison is None or inspection.outcome not in STATING:
        return ()
    return comparison.differing


def weakest_places(comparison: Comparison, *, count: int = 3) -> tuple[Vertices, ...]:
    """Squares around the places that agree least, the weakest first, in full reference pixels.

    They are those that `vision` names: worth a look, or the weakest where nothing stands out.
    """
    named = [each for each in (*comparison.regions, *comparison.weakest) if not each.outside]
    return tuple(_square(comparison, each.reference_polygon) for each in named[:count])


def place_letter(number: int) -> str:
    """How the weakest places are called: a, b, c."""
    return chr(ord("a") + number - 1)


def _square(comparison: Comparison, polygon: Vertices) -> Vertices:
    """A square around the middle of a polygon, large enough to be seen, within the frame."""
    height, width = comparison.judged.shape
    scale, origin = comparison.frame_scale, np.array(comparison.frame_origin)
    half = max(_LEAST_SIDE, round(max(height, width) / _SQUARES)) / 2
    x, y = (np.array(polygon).mean(axis=0) + 0.5 - origin) / scale
    across, down = np.clip((x - half, x + half), 0, width), np.clip((y - half, y + half), 0, height)
    corners = [(across[i], down[j]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
    return tuple((float(cx), float(cy)) for cx, cy in origin + np.array(corners) * scale - 0.5)
