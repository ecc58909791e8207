"""What there is to paint of one inspection, made on a worker from what the vision layer found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from app.reports.stated import weakest_places
from app.views.pixels import (
    Picture,
    crop_round,
    hatched,
    laid_on,
    picture_from_pixels,
    thumbnail_from_pixels,
)
from vision import Outcome, ReasonCode, ZoneKind, as_taken, in_photo, is_bent

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.store import Opinion
    from vision import (
        Box,
        Comparison,
        Fault,
        Inspection,
        Mask,
        Matrix,
        Photo,
        Region,
        Vertices,
        Zone,
    )

CROP_SIDE: Final = 176
THUMBNAIL_SIDE: Final = 224
_ALONG: Final = 8  # points of an edge of the outline on a photo that may be bent


class MarkKind(Enum):
    """What a polygon on a picture stands for."""

    REGION = "region"
    FAULT = "fault"
    OUTLINE = "outline"
    ZONE = "zone"
    WEAKEST = "weakest"
    ADDED = "added"  # by an examiner: never measured


NUMBERED: Final = (MarkKind.REGION, MarkKind.WEAKEST, MarkKind.ADDED)


@dataclass(frozen=True, slots=True)
class Mark:
    """A polygon on a picture, in its full-size pixels.

    Regions have a number from 1, and so have the weakest places of a photo that agrees; `label` is
    shown instead of it where given, `opinion` is what an examiner takes a region for.
    """

    kind: MarkKind
    polygon: Vertices
    number: int = 0
    fault: Fault | None = None
    zone: Zone | None = None
    label: str = ""
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Crops:
    """One region cut out of the aligned photo and out of the reference."""

    suspect: QImage
    reference: QImage


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything to paint of one photo.

    `photo` is the picture as taken; `aligned` is it laid on the `reference`, with `aligned_marks`
    and `reference_marks`. Without `aligned` the two could not be laid on each other; without
    `reference` nothing was compared. `focus` is the compared part of the reference; `hatch` lies
    on it where nothing could be judged, `photo_hatch` on the photo as taken. `matrix` maps photo
    pixels to reference pixels. `regions` are those that the outcome stands for, `crops` theirs;
    `weakest` counts the places that agree least, where a photo agrees. `comparison` is what was
    measured, where the two lie on each other.
    """

    photo: Picture
    photo_marks: tuple[Mark, ...]
    thumbnail: QImage
    aligned: Picture | None = None
    reference: Picture | None = None
    hatch: Picture | None = None
    photo_hatch: Picture | None = None
    aligned_marks: tuple[Mark, ...] = ()
    reference_marks: tuple[Mark, ...] = ()
    regions: tuple[Region, ...] = ()
    crops: tuple[Crops, ...] = ()
    weakest: int = 0
    matrix: Matrix | None = None
    focus: QRectF | None = None
    comparison: Comparison | None = None

    def with_photo(self, photo: Picture) -> Scene:
        """The same scene with a sharper picture of the same photo."""
        aligned = self.aligned
        if aligned is not None and aligned.laid is not None:
            aligned = replace(photo, laid=aligned.laid)
        return replace(self, photo=photo, aligned=aligned)

    def with_marks_of(self, other: Scene) -> Scene:
        """The same pictures with the marks of another scene of the same inspection."""
        return replace(
            self,
            photo_marks=other.photo_marks,
            aligned_marks=other.aligned_marks,
            reference_marks=other.reference_marks,
        )


def scene_from_inspection(inspection: Inspection, reference: Picture | None = None) -> Scene:
    """Prepare the pictures of an inspection; for a worker, since it takes a while.

    Args:
        inspection: what was found.
        reference: the reference itself, as sharp as it is; without it, both pictures are shown as
            they were compared, at the scale of the frame.
    """
    photo = picture_from_photo(inspection.photo)
    thumbnail = thumbnail_from_pixels(inspection.photo.pixels, THUMBNAIL_SIDE)
    comparison = inspection.comparison
    if comparison is None or inspection.outcome is Outcome.PHOTO_UNFIT:
        hidden = _hidden_zones(inspection)
        return Scene(photo, (*_faults(inspection.faults), *hidden), thumbnail)
    scale, origin = comparison.frame_scale, comparison.frame_origin
    genuine = picture_from_pixels(comparison.reference_pixels, scale=scale, origin=origin)
    shown = genuine if reference is None else reference
    if inspection.outcome is Outcome.CANNOT_ALIGN:
        return Scene(photo, _faults(inspection.faults), thumbnail, reference=shown)
    seen = picture_from_pixels(comparison.aligned, scale=scale, origin=origin)
    matrix = comparison.alignment.matrix
    hatch = _hatch(comparison)
    weakest = weakest_places(comparison) if inspection.outcome is Outcome.AGREES else ()
    bent = is_bent(comparison)  # then no homography lays the photo as it is
    is_laid = reference is None or bent
    return Scene(
        photo,
        (*_faults(inspection.faults), *_marks_on_photo(comparison, weakest)),
        thumbnail,
        aligned=seen if is_laid else laid_on(photo, matrix, shown.area),
        reference=shown,
        hatch=hatch,
        photo_hatch=_photo_hatch(comparison, photo),
        aligned_marks=(_marks_on_reference if bent else _marks_on_aligned)(comparison, weakest),
        reference_marks=_marks_on_reference(comparison, weakest),
        regions=comparison.differing,
        crops=tuple(_crops(seen, genuine, region) for region in comparison.differing),
        weakest=len(weakest),
        matrix=matrix,
        focus=_focus(comparison),
        comparison=comparison,
    )


def scene_of_photo(photo: Photo, faults: tuple[Fault, ...]) -> Scene:
    """A photo that has not been compared, with its faults marked; for a worker."""
    thumbnail = thumbnail_from_pixels(photo.pixels, THUMBNAIL_SIDE)
    return Scene(picture_from_photo(photo), _faults(faults), thumbnail)


def picture_from_photo(photo: Photo) -> Picture:
    """The photo as taken, in its full-size pixels."""
    return picture_from_pixels(photo.pixels, scale=photo.scale)


def _faults(faults: tuple[Fault, ...]) -> tuple[Mark, ...]:
    return tuple(Mark(MarkKind.FAULT, _corners(fault.where), fault=fault) for fault in faults)


def _marks_on_photo(comparison: Comparison, weakest: tuple[Vertices, ...]) -> tuple[Mark, ...]:
    regions = tuple(_region(each, each.polygon) for each in comparison.differing)
    places = tuple(_in_photo(comparison, place) for place in weakest)
    outline = _outline(_in_photo(comparison, comparison.outline))
    return (*outline, *_zones_in_photo(comparison), *regions, *_weakest(places))


def _marks_on_aligned(comparison: Comparison, weakest: tuple[Vertices, ...]) -> tuple[Mark, ...]:
    """The regions lie where the photo shows them: they come from its own pixels."""
    matrix = comparison.alignment.matrix
    regions = tuple(_region(each, through(matrix, each.polygon)) for each in comparison.differing)
    return (*_outline(comparison.outline), *_zones(comparison), *regions, *_weakest(weakest))


def _marks_on_reference(comparison: Comparison, weakest: tuple[Vertices, ...]) -> tuple[Mark, ...]:
    regions = tuple(_region(each, each.reference_polygon) for each in comparison.differing)
    return (*_outline(comparison.outline), *_zones(comparison), *regions, *_weakest(weakest))


def _zones(comparison: Comparison) -> tuple[Mark, ...]:
    """The zones of the side on the reference."""
    return tuple(Mark(MarkKind.ZONE, zone.polygon, zone=zone) for zone in comparison.zones)


def _zones_in_photo(comparison: Comparison) -> tuple[Mark, ...]:
    """The zones of the side on the photo as taken."""
    return tuple(
        Mark(MarkKind.ZONE, _in_photo(comparison, zone.polygon), zone=zone)
        for zone in comparison.zones
    )


def _hidden_zones(inspection: Inspection) -> tuple[Mark, ...]:
    """Where the must-match zones lie of which one kept the photo from being judged."""
    comparison = inspection.comparison
    if comparison is None or inspection.reason.code is not ReasonCode.ZONE_HIDDEN:
        return ()
    return tuple(
        mark
        for mark in _zones_in_photo(comparison)
        if mark.zone is not None and mark.zone.kind is ZoneKind.MUST_MATCH
    )


def _region(region: Region, polygon: Vertices) -> Mark:
    return Mark(MarkKind.REGION, polygon, region.number)


def _weakest(places: tuple[Vertices, ...]) -> tuple[Mark, ...]:
    return tuple(
        Mark(MarkKind.WEAKEST, polygon, number) for number, polygon in enumerate(places, 1)
    )


def _crops(aligned: Picture, reference: Picture, region: Region) -> Crops:
    return Crops(
        crop_round(aligned, region.reference_polygon, CROP_SIDE),
        crop_round(reference, region.reference_polygon, CROP_SIDE),
    )


def _hatch(comparison: Comparison) -> Picture | None:
    if comparison.judged.all():
        return None
    return _hatch_of(comparison, ~comparison.judged, comparison.outline)


def _photo_hatch(comparison: Comparison, photo: Picture) -> Picture | None:
    """The hatch as the photo bends it."""
    if comparison.judged.all():
        return None
    matrix = comparison.alignment.matrix
    outline = through(matrix, _in_photo(comparison, comparison.outline))
    hatch = _hatch_of(comparison, as_taken(comparison, ~comparison.judged), outline)
    return laid_on(hatch, _inverse(matrix), photo.area)


def _hatch_of(comparison: Comparison, mask: Mask, outline: Vertices) -> Picture:
    scale, origin = comparison.frame_scale, comparison.frame_origin
    framed = None
    if len(outline) > 2:
        framed = (np.array(outline, np.float64) - origin + 0.5) / scale - 0.5
    height, width = mask.shape
    return Picture((hatched(mask, framed),), scale, width * scale, height * scale, origin)


def _focus(comparison: Comparison) -> QRectF | None:
    if len(comparison.outline) < 3:
        return None
    return QPolygonF([QPointF(x, y) for x, y in comparison.outline]).boundingRect()


def _outline(polygon: Vertices) -> tuple[Mark, ...]:
    return (Mark(MarkKind.OUTLINE, polygon),) if len(polygon) > 2 else ()


def _in_photo(comparison: Comparison, polygon: Vertices) -> Vertices:
    """A polygon of the reference where the photo shows it; empty beyond the horizon."""
    if not through(_inverse(comparison.alignment.matrix), polygon):
        return ()
    fine = [
        (x0 + (x1 - x0) * step / _ALONG, y0 + (y1 - y0) * step / _ALONG)
        for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
        for step in range(_ALONG if comparison.places.size else 1)
    ]
    return tuple((float(x), float(y)) for x, y in in_photo(comparison, np.array(fine)))


def through(matrix: Matrix, polygon: Vertices) -> Vertices:
    """A polygon through a homography; empty where a part of it lies beyond the horizon."""
    if not polygon:
        return ()
    points = np.column_stack([np.array(polygon, np.float64), np.ones(len(polygon))]) @ matrix.T
    if (points[:, 2] * points[0, 2] <= 0).any():
        return ()
    return tuple((float(x / w), float(y / w)) for x, y, w in points)


def _inverse(matrix: Matrix) -> Matrix:
    inverse: Matrix = np.linalg.inv(matrix).astype(np.float64)
    return inverse


def _corners(box: Box) -> Vertices:
    x0, y0, x1, y1 = (float(edge) - 0.5 for edge in box)
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
