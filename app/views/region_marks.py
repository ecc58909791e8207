"""How examined regions look on a picture, and where one drawn on a picture lies on the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.views.icons import paint_icon
from app.views.pixels import crop_round, picture_from_pixels
from app.views.scene import CROP_SIDE, Crops, Mark, MarkKind, Scene, through
from vision import in_photo, is_bent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from app.store import Opinion
    from vision import Comparison, Pixels, Vertices

EXAMINED: Final = QColor(0x26, 0x2A, 0x31)  # ink: what a person put there, not a measure
_ROUNDS: Final = 6
_CROP_ROOM: Final = 1.5  # sides of a region that a crop shows around its middle


class DrawnOn(Enum):
    """The picture on which a person drew."""

    PHOTO = "photo"
    ALIGNED = "aligned"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a person drew, in full-size pixels of the picture it was drawn on."""

    on: DrawnOn
    polygon: Vertices


@dataclass(frozen=True, slots=True)
class AddedRegion:
    """A region to be shown that was not measured; its polygons in full-size pixels, or empty."""

    number: int
    label: str
    polygon: Vertices
    reference_polygon: Vertices
    opinion: Opinion | None = None


def opinion_icon(opinion: Opinion) -> str:
    """The name of the icon of an opinion."""
    return f"mark-{opinion.value.replace('_', '-')}"


def region_line(mark: Mark) -> Qt.PenStyle:
    """The line round a place: dashed for the weakest, dotted where a person has been."""
    if mark.kind is MarkKind.WEAKEST:
        return Qt.PenStyle.DashLine
    if mark.kind is MarkKind.ADDED:
        return Qt.PenStyle.DotLine
    return Qt.PenStyle.DashDotLine if mark.opinion is not None else Qt.PenStyle.SolidLine


def paint_opinion(painter: QPainter, badge: QRectF, opinion: Opinion) -> None:
    """Paint the sign of an opinion beside the badge of a region."""
    spot = QRectF(badge).translated(badge.width() - 2, 0)
    painter.setPen(QPen(EXAMINED, 1.4))
    painter.setBrush(QColor(255, 255, 255, 240))
    painter.drawRoundedRect(spot, 4, 4)
    paint_icon(painter, opinion_icon(opinion), spot.adjusted(2, 2, -2, -2), EXAMINED)


def examined_scene(
    scene: Scene,
    comparison: Comparison | None,
    opinions: Mapping[int, Opinion],
    added: Sequence[AddedRegion],
) -> Scene:
    """The scene with opinions on its regions, and with regions that a person added."""
    follows_reference = comparison is None or is_bent(comparison)

    def marks(known: tuple[Mark, ...], polygons: Sequence[Vertices]) -> tuple[Mark, ...]:
        seen = (
            replace(mark, opinion=opinions.get(mark.number))
            if mark.kind is MarkKind.REGION
            else mark
            for mark in known
            if mark.kind is not MarkKind.ADDED
        )
        own = (
            Mark(MarkKind.ADDED, polygon, region.number, label=region.label, opinion=region.opinion)
            for region, polygon in zip(added, polygons, strict=True)
            if polygon
        )
        return (*seen, *own)

    on_photo = [region.polygon for region in added]
    on_reference = [region.reference_polygon for region in added]
    laid = on_reference
    if comparison is not None and not follows_reference:
        laid = [through(comparison.alignment.matrix, polygon) for polygon in on_photo]
    return replace(
        scene,
        photo_marks=marks(scene.photo_marks, on_photo),
        aligned_marks=marks(scene.aligned_marks, laid),
        reference_marks=marks(scene.reference_marks, on_reference),
    )


def both_places(
    drawn: Drawn, comparison: Comparison | None, *, is_laid: bool
) -> tuple[Vertices, Vertices]:
    """Where a drawn polygon lies in the photo and on the reference; empty where nobody knows.

    `is_laid` tells that the photo was laid on the reference with success.
    """
    on_photo = drawn.on is DrawnOn.PHOTO
    if comparison is None or not is_laid:
        return (drawn.polygon, ()) if on_photo else ((), drawn.polygon)
    if on_photo:
        return drawn.polygon, reference_place(comparison, drawn.polygon)
    if drawn.on is DrawnOn.ALIGNED and not is_bent(comparison):
        back = np.linalg.inv(comparison.alignment.matrix)
        return _rounded(through(back, drawn.polygon)), drawn.polygon
    return photo_place(comparison, drawn.polygon), drawn.polygon


def photo_place(comparison: Comparison, polygon: Vertices) -> Vertices:
    """Where the photo shows a polygon of the reference."""
    if not polygon:
        return ()
    return _vertices(in_photo(comparison, np.array(polygon, np.float64)))


def reference_place(comparison: Comparison, polygon: Vertices) -> Vertices:
    """Where a polygon of the photo lies on the reference, bends of the surface included."""
    matrix = np.asarray(comparison.alignment.matrix, np.float64)
    found = np.array(through(matrix, polygon), np.float64)
    if not len(found):
        return ()
    wanted = np.array(polygon, np.float64)
    back = np.linalg.inv(matrix)
    for _ in range(_ROUNDS):  # what is missed in the photo is made good on the plane
        missed = wanted - np.asarray(in_photo(comparison, found), np.float64)
        found = _moved(matrix, _moved(back, found) + missed)
    return _vertices(found)


def crops_of(comparison: Comparison, reference_polygon: Vertices) -> Crops | None:
    """A place of the reference cut out of both pictures as they were compared."""
    if len(reference_polygon) < 3:
        return None
    suspect, reference = (
        _crop(comparison, pixels, reference_polygon)
        for pixels in (comparison.aligned, comparison.reference_pixels)
    )
    return Crops(suspect, reference)


def _crop(comparison: Comparison, pixels: Pixels, polygon: Vertices) -> QImage:
    """As `crop_round` cuts, without turning the whole array into a picture first."""
    scale, origin = comparison.frame_scale, np.array(comparison.frame_origin)
    points = (np.array(polygon, np.float64) - origin) / scale
    low, high = points.min(axis=0), points.max(axis=0)
    half = max(float((high - low).max()), 24.0) * _CROP_ROOM
    height, width = pixels.shape[:2]
    x0, y0 = (max(0, int(value)) for value in (low + high) / 2 - half)
    x1, y1 = (low + high) / 2 + half
    part = pixels[y0 : min(height, int(y1) + 1), x0 : min(width, int(x1) + 1)]
    if not part.size:
        return QImage()
    corner = origin[0] + x0 * scale, origin[1] + y0 * scale
    return crop_round(picture_from_pixels(part, scale=scale, origin=corner), polygon, CROP_SIDE)


def _moved(matrix: NDArray[np.floating], points: NDArray[np.float64]) -> NDArray[np.float64]:
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], np.float64)


def _rounded(polygon: Vertices) -> Vertices:
    return tuple((round(x, 1), round(y, 1)) for x, y in polygon)


def _vertices(points: NDArray[np.floating]) -> Vertices:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)
