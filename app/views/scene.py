"""What there is to paint of one inspection, made on a worker from what the vision layer found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from app.views.pixels import (
    Picture,
    crop_round,
    hatched,
    laid_on,
    picture_from_pixels,
    thumbnail_from_pixels,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Box, Comparison, Fault, Inspection, Matrix, Photo, Region, Vertices

CROP_SIDE: Final = 176
THUMBNAIL_SIDE: Final = 224


class MarkKind(Enum):
    """What a polygon on a picture stands for."""

    REGION = "region"
    FAULT = "fault"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Mark:
    """A polygon on a picture, in its full-size pixels; regions have a number from 1."""

    kind: MarkKind
    polygon: Vertices
    number: int = 0
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Crops:
    """One region cut out of the aligned photo and out of the reference."""

    suspect: QImage
    reference: QImage


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything to paint of one photo.

    `photo` is the picture as taken; `aligned` is it laid on the `reference`; both are None where
    nothing was compared. `focus` is the compared part of the reference; `hatch` lies on it where
    nothing could be judged. `matrix` maps photo pixels to reference pixels.
    """

    photo: Picture
    photo_marks: tuple[Mark, ...]
    thumbnail: QImage
    aligned: Picture | None = None
    reference: Picture | None = None
    hatch: Picture | None = None
    frame_marks: tuple[Mark, ...] = ()
    crops: tuple[Crops, ...] = ()
    matrix: Matrix | None = None
    focus: QRectF | None = None


def scene_from_inspection(inspection: Inspection, reference: Picture | None = None) -> Scene:
    """Prepare the pictures of an inspection; for a worker, since it takes a while.

    Args:
        inspection: what was found.
        reference: the reference itself, as sharp as it is; without it, both pictures are shown as
            they were compared, at the scale of the frame.
    """
    photo = picture_from_photo(inspection.photo)
    thumbnail = thumbnail_from_pixels(inspection.photo.pixels, THUMBNAIL_SIDE)
    faults = tuple(
        Mark(MarkKind.FAULT, _corners(fault.where), fault=fault) for fault in inspection.faults
    )
    comparison = inspection.comparison
    if comparison is None:
        return Scene(photo, faults, thumbnail)
    scale, origin = comparison.frame_scale, comparison.frame_origin
    seen = picture_from_pixels(comparison.aligned, scale=scale, origin=origin)
    genuine = picture_from_pixels(comparison.reference_pixels, scale=scale, origin=origin)
    matrix = comparison.alignment.matrix
    aligned = seen if reference is None else laid_on(photo, matrix, reference.area)
    return Scene(
        photo,
        (*faults, *_outline_on_photo(comparison), *_regions(comparison, on_photo=True)),
        thumbnail,
        aligned,
        genuine if reference is None else reference,
        _hatch(comparison),
        (*_outline(comparison.outline), *_regions(comparison, on_photo=False)),
        tuple(_crops(seen, genuine, region) for region in comparison.regions),
        matrix,
        _focus(comparison),
    )


def picture_from_photo(photo: Photo) -> Picture:
    """The photo as taken, in its full-size pixels."""
    return picture_from_pixels(photo.pixels, scale=photo.scale)


def _regions(comparison: Comparison, *, on_photo: bool) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            MarkKind.REGION, region.polygon if on_photo else region.reference_polygon, region.number
        )
        for region in comparison.regions
    )


def _crops(aligned: Picture, reference: Picture, region: Region) -> Crops:
    return Crops(
        crop_round(aligned, region.reference_polygon, CROP_SIDE),
        crop_round(reference, region.reference_polygon, CROP_SIDE),
    )


def _hatch(comparison: Comparison) -> Picture | None:
    if comparison.judged.all():
        return None
    scale, origin = comparison.frame_scale, comparison.frame_origin
    outline = None
    if len(comparison.outline) > 2:
        outline = (np.array(comparison.outline, np.float64) - origin + 0.5) / scale - 0.5
    height, width = comparison.judged.shape
    lines = hatched(~comparison.judged, outline)
    return Picture((lines,), scale, width * scale, height * scale, origin)


def _focus(comparison: Comparison) -> QRectF | None:
    if len(comparison.outline) < 3:
        return None
    return QPolygonF([QPointF(x, y) for x, y in comparison.outline]).boundingRect()


def _outline(polygon: Vertices) -> tuple[Mark, ...]:
    return (Mark(MarkKind.OUTLINE, polygon),) if len(polygon) > 2 else ()


def _outline_on_photo(comparison: Comparison) -> tuple[Mark, ...]:
    if len(comparison.outline) < 3:
        return ()
    points = np.column_stack([np.array(comparison.outline), np.ones(len(comparison.outline))])
    mapped = points @ np.linalg.inv(comparison.alignment.matrix).T
    if (mapped[:, 2] <= 0).any():
        return ()
    return _outline(tuple((float(x / w), float(y / w)) for x, y, w in mapped))


def _corners(box: Box) -> Vertices:
    x0, y0, x1, y1 = (float(edge) - 0.5 for edge in box)
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
