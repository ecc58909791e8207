"""Outlines and boxes on photo and reference, as the annotated sheet draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from app.reports import panels
from vision import in_photo

if TYPE_CHECKING:
    from vision import Box, Comparison, Matrix, Photo, Points

_ALONG: Final = 12  # points of an outline's edge on the photo


def outline_of(comparison: Comparison) -> Points:
    """The compared outline in full-size reference pixels; the whole frame where none is known."""
    if len(comparison.outline) >= 3:
        return np.asarray(comparison.outline, np.float64)
    height, width = comparison.reference_pixels.shape[:2]
    scale = comparison.frame_scale
    whole = corners_of((0, 0, round(width * scale), round(height * scale)))
    points: Points = whole + np.array(comparison.frame_origin)
    return points


def outline_in_photo(photo: Photo, comparison: Comparison) -> Points:
    """The outline laid on the photo; the whole photo where that goes through the horizon."""
    points = outline_of(comparison)
    lifted = (
        np.column_stack([points, np.ones(len(points))])
        @ np.linalg.inv(comparison.alignment.matrix).T
    )
    if (lifted[:, 2] * lifted[0, 2] <= 0).any():
        return corners_of((0, 0, photo.width, photo.height))
    return in_photo(comparison, _finely(points))


def _finely(polygon: Points) -> Points:
    """The same closed polygon with points along its edges, which a bent surface bends."""
    ends = np.roll(polygon, -1, axis=0)
    steps = np.linspace(0.0, 1.0, _ALONG, endpoint=False)[None, :, None]
    fine: Points = (polygon[:, None] * (1 - steps) + ends[:, None] * steps).reshape(-1, 2)
    return fine


def corners_of(box: Box) -> Points:
    """The middles of the corner pixels of a box, clockwise."""
    x0, y0, x1, y1 = box
    return np.array([(x0, y0), (x1 - 1, y0), (x1 - 1, y1 - 1), (x0, y1 - 1)], np.float64)


def grown(points: Points, full: tuple[int, int], share: float) -> Box:
    """The box of `points`, wider by `share` on each side, within the picture."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    more = share * max(right - left, bottom - top)
    x0, y0 = max(0, int(left - more)), max(0, int(top - more))
    x1, y1 = min(full[0], int(right + more) + 1), min(full[1], int(bottom + more) + 1)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else (0, 0, *full)


def quarter_turns(matrix: Matrix, centre: Points) -> int:
    """Quarter turns, counterclockwise, that bring the photo nearest to the reference's upright."""
    ends = panels.mapped(matrix, np.array([centre, centre + np.array([1.0, 0.0])]))
    along = ends[1] - ends[0]
    return round(-float(np.degrees(np.arctan2(along[1], along[0]))) / 90) % 4
