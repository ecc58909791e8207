"""Zones drawn on references -> where, on the frame, nothing is claimed and where more is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from vision import polygons
from vision.align import transform
from vision.spread import border_of
from vision.terms import ZoneKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.frames import Bow, Frame
    from vision.spread import Evidence
    from vision.terms import Map, Mask, Matrix, Points, Reference, Vertices, Zone

STRICT = 0.7  # of the limit elsewhere: what a must-match zone may show, where nobody knows better
NEEDED = 0.8  # of a must-match zone that has to be seen before anything agrees
AROUND = 12  # frame pixels by which a variable zone is grown: so far the head tells its differences
_LEAST_COMPARED = 0.5  # of a must-match zone that is not at the very edge of the print


class OnFrame(Protocol):
    """A reference on the frame, as `sides.Placed` is."""

    @property
    def reference(self) -> Reference:
        """The reference."""

    @property
    def matrix(self) -> Matrix:
        """Its full-size pixels to those of the canonical one."""

    @property
    def bow(self) -> Bow | None:
        """Added to that."""


@dataclass(frozen=True, slots=True, eq=False)
class LaidZone:
    """A must-match zone: `mask` (h, w) is the part of it that can be compared."""

    zone: Zone
    mask: Mask


@dataclass(frozen=True, slots=True, eq=False)
class LaidZones:
    """The zones of a side on its frame.

    `variable` (h, w) where nothing is claimed, grown a little; `must_match` each zone that asks for
    more, without what is variable. `shown` are all of them in full-size pixels of the canonical
    reference; `lost` those that cannot be laid there: their reference is gone, or nothing of them
    can be compared.
    """

    variable: Mask
    must_match: tuple[LaidZone, ...] = ()
    shown: tuple[Zone, ...] = ()
    lost: tuple[Zone, ...] = ()

    @property
    def strict(self) -> Mask:
        """Return (h, w) where a must-match zone lies."""
        masks = [each.mask for each in self.must_match]
        return np.asarray(np.logical_or.reduce([np.zeros_like(self.variable), *masks]), bool)


class Framed(Protocol):
    """A side on its frame, as `sides.SideModel` is."""

    @property
    def placed(self) -> Sequence[OnFrame]:
        """Its references, the canonical one first."""

    @property
    def frame(self) -> Frame:
        """Its frame."""

    @property
    def inside(self) -> Mask:
        """(h, w) the product's own area."""


def lost_zones(zones: Sequence[Zone], model: Framed) -> tuple[Zone, ...]:
    """Return the zones that a photo could not be judged by: see `LaidZones.lost`.

    Args:
        zones: that the side is to have.
        model: of the side, with whatever zones it has now.
    """
    border = border_of(model.inside)
    return lay_zones(zones, model.placed, model.frame, model.inside, border=border).lost


def no_zones(frame: Frame) -> LaidZones:
    """Return what a side without zones has."""
    return LaidZones(np.zeros((frame.height, frame.width), bool))


def lay_zones(
    zones: Sequence[Zone],
    placed: Sequence[OnFrame],
    frame: Frame,
    inside: Mask,
    *,
    border: float,
) -> LaidZones:
    """Carry zones from the references they were drawn on to the frame.

    Args:
        zones: of one side.
        placed: its references on the frame, the canonical one first.
        frame: of the side.
        inside: (h, w) the product's own area.
        border: frame pixels along its edge where nothing can be compared.
    """
    if not zones:
        return no_zones(frame)
    shown: list[Zone] = []
    lost: list[Zone] = []
    for zone in zones:
        polygon = carried(zone, placed)
        if polygon is None:
            lost.append(zone)
        else:
            reference = placed[0].reference.sha256
            shown.append(replace(zone, polygon=polygon, reference=reference))
    variable = _variable([z for z in shown if z.kind is ZoneKind.VARIABLE], frame)
    compared = _deeper(inside, border) & ~variable
    must_match = []
    for zone in (z for z in shown if z.kind is ZoneKind.MUST_MATCH):
        whole = _mask(zone.polygon, frame) & ~variable
        mask = whole & compared
        if mask.sum() > _LEAST_COMPARED * whole.sum():
            must_match.append(LaidZone(zone, mask))
        else:
            lost.append(zone)
    return LaidZones(variable, tuple(must_match), tuple(shown), tuple(lost))


def carried(zone: Zone, placed: Sequence[OnFrame]) -> Vertices | None:
    """Return the polygon of a zone on the canonical reference: see `carried_polygon`."""
    return carried_polygon(zone.polygon, zone.reference, placed)


def carried_polygon(polygon: Vertices, drawn_on: str, placed: Sequence[OnFrame]) -> Vertices | None:
    """Return an area, or a single point, in full-size pixels of the canonical reference.

    Args:
        polygon: in full-size pixels of any reference of the side.
        drawn_on: the hash of that reference (SHA-256, hex).
        placed: references on the frame, the canonical one first.

    Returns:
        None where the reference is not among them, or part of the area lies beyond its horizon.
    """
    found = next((p for p in placed if p.reference.sha256 == drawn_on), None)
    if found is None:
        return None
    if found is placed[0]:
        return polygon
    points: Points = np.array(polygon, np.float64)
    depth = points @ found.matrix[2, :2] + found.matrix[2, 2]
    if (depth * np.linalg.det(found.matrix) <= 0).any():
        return None
    onto = transform(found.matrix, points)
    if found.bow is not None:
        onto = found.bow.laid(onto)
    return tuple((float(x), float(y)) for x, y in onto)


def polygon_moved_off(
    polygon: Vertices, going: str, placed: Sequence[OnFrame]
) -> tuple[Vertices, str] | None:
    """Return an area drawn on one reference as it lies on another, and the hash of that one.

    Args:
        polygon: in full-size pixels of the reference that is about to go.
        going: the hash of that reference (SHA-256, hex).
        placed: references on the frame, the canonical one first.

    Returns:
        None where it cannot be carried, or there is no other reference.
    """
    target = next((p for p in placed if p.reference.sha256 != going), None)
    laid = carried_polygon(polygon, going, placed)
    if target is None or laid is None:
        return None
    points: Points = np.array(laid, np.float64)
    if target.bow is not None:
        points = points - target.bow.at(points)
    back = transform(np.linalg.inv(target.matrix), points)
    return tuple((float(x), float(y)) for x, y in back), target.reference.sha256


def moved_off(
    reference: Reference, zones: Sequence[Zone], placed: Sequence[OnFrame]
) -> tuple[Zone, ...]:
    """Return the zones of a side with those drawn on one reference carried to another.

    Args:
        reference: that is about to go.
        zones: of its side.
        placed: references on the frame, the canonical one first.

    Returns:
        All zones in their order; one that cannot be carried stays where it is.
    """
    found = []
    for zone in zones:
        is_its = zone.reference == reference.sha256
        moved = polygon_moved_off(zone.polygon, zone.reference, placed) if is_its else None
        if moved is not None:
            found.append(replace(zone, polygon=moved[0], reference=moved[1]))
        else:
            found.append(zone)
    return tuple(found)


def without_variable(evidence: Evidence, zones: LaidZones) -> Evidence:
    """Return the evidence with nothing seen and nothing shown in variable zones."""
    if not zones.variable.any():
        return evidence
    kept = (~zones.variable).astype(np.float32)
    return replace(evidence, seen=evidence.seen * kept, total=evidence.total * kept)


def in_variable(polygon: Vertices, zones: LaidZones, frame: Frame) -> bool:
    """Tell whether the middle of a polygon, on the canonical reference, lies in a variable zone."""
    if not polygon or not zones.variable.any():
        return False
    middle = transform(frame.matrix, np.array(polygon, np.float64)).mean(axis=0, keepdims=True)
    column, row = np.rint(middle[0]).astype(int)
    height, width = zones.variable.shape
    return bool(0 <= row < height and 0 <= column < width and zones.variable[row, column])


def unjudged(judged: Mask, zones: LaidZones) -> tuple[Zone, float] | None:
    """Return the must-match zone of which least was judged, and that share; None if each was.

    Args:
        judged: (h, w) where photo and reference could be compared.
        zones: of the side.
    """
    shares = [
        (float((judged & each.mask).sum()) / float(each.mask.sum()), each.zone)
        for each in zones.must_match
    ]
    share, zone = min(shares, key=lambda each: each[0], default=(1.0, None))
    return None if zone is None or share >= NEEDED else (zone, share)


def lost_must_match(zones: LaidZones) -> Zone | None:
    """Return a must-match zone that cannot be laid on the frame, None where there is none."""
    return next((zone for zone in zones.lost if zone.kind is ZoneKind.MUST_MATCH), None)


def stricter(total: Map, strict: Mask, times: float) -> Map:
    """Return `Evidence.total` as the limit elsewhere sees it: `times` as much in must-match zones.

    A limit that is lower there by this factor is passed where this passes the limit elsewhere.
    """
    return np.where(strict, total * np.float32(times), total)


def _variable(zones: Sequence[Zone], frame: Frame) -> Mask:
    drawn = np.zeros((frame.height, frame.width), np.uint8)
    for zone in zones:
        drawn |= _mask(zone.polygon, frame).astype(np.uint8)
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * AROUND + 1,) * 2)
    return np.asarray(cv2.dilate(drawn, around), bool)


def _mask(polygon: Vertices, frame: Frame) -> Mask:
    corners = transform(frame.matrix, np.array(polygon, np.float64))
    return polygons.filled(corners, (frame.height, frame.width))


def _deeper(inside: Mask, border: float) -> Mask:
    """Return the area without a border along its edge and that of the frame."""
    framed = cv2.copyMakeBorder(inside.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1] > border, bool)
