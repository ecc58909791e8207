"""Parts that lie elsewhere on each genuine item: a label or seal that is stuck on by hand.

Which parts move is learned from the references of a side alone. Such a part of a photo is laid by
its own place, so that it is compared with itself; what it covers elsewhere is not judged. A part
that no reference shows elsewhere stays where it is, as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision import outline as outlines
from vision import polygons
from vision.align import is_possible_view, transform
from vision.bend import Bent, lay_bent
from vision.frames import Laid, frame_for, lay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vision.align import Fit
    from vision.frames import Frame
    from vision.terms import Map, Mask, Matrix, Photo, Pixels, Points, Vertices

_LEARNED_FROM = 20  # point pairs by which one reference shows a part elsewhere than another
_FOUND_BY = 8  # by which a photo shows a part that is known to move
_GROUND_FROM = 20  # by which the ground is told from a part that led the alignment
_OFF = 8.0  # frame pixels off its place from which a pair may belong to a part that moved
_TOLERANCE = 3.0  # frame pixels
_SIZES = (0.9, 1.1)  # in which a part that moved has kept its size
_FARTHEST_STAY = 0.2  # of a part's size: it has moved farther
_STRANGERS = 0.25  # for each pair of a part, pairs of the ground on it, at most
_LEAST_SHARE, _MOST_SHARE = 0.005, 0.6  # of the frame
_REACH = 0.75  # of the longer side of its points: how far a part may go beyond them
_ON_PRODUCT = 0.95  # of a part, in both its places: beyond lies another item beside it
_SAME = 0.3  # of the smaller: overlap from which two references show the same part


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    """Point pairs that agree on another place than the ground; `matrix` photo to reference."""

    matrix: Matrix
    photo: Points
    reference: Points


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A reference that shows a part elsewhere; `fit` lays its ground."""

    photo: Photo
    fit: Fit
    moved: _Moved


def find_parts(
    canonical: Photo, others: Sequence[tuple[Photo, Fit]], frame: Frame
) -> tuple[Vertices, ...]:
    """Find the parts that references show at different places.

    Args:
        canonical: the canonical reference.
        others: the other references of the side and their fits onto it.
        frame: of the side.

    Returns:
        Convex outlines in full-size pixels of the canonical reference, the largest part first.
    """
    parts: list[list[_Shown]] = []
    for photo, fit in others:
        moved = _moved(fit, frame, fewest=_LEARNED_FROM)
        if moved is None or not _is_part(moved, fit, frame):
            continue
        for part in parts:
            if _overlap(moved.reference, part[0].moved.reference) > _SAME:
                part.append(_Shown(photo, fit, moved))
                break
        else:
            parts.append([_Shown(photo, fit, moved)])
    first = [_outline(canonical, part) for part in parts]
    found = []
    for outline, part in zip(first, parts, strict=True):
        rest = [each for each in others if all(each[0] is not known.photo for known in part)]
        found.append(_outline(canonical, [*part, *_led_by(rest, outline, frame)]))
    return tuple(sorted(found, key=lambda each: -polygons.area(polygons.hull(each))))


def _led_by(others: Sequence[tuple[Photo, Fit]], part: Vertices, frame: Frame) -> Iterator[_Shown]:
    """Return the references whose alignment the part led, and whose ground lies elsewhere."""
    for photo, fit in others:
        ground = _on_ground(fit, part, frame)
        moved = None if ground is fit else _moved(ground, frame, fewest=_LEARNED_FROM, part=part)
        if moved is not None:
            yield _Shown(photo, ground, moved)


def lay_parts(
    photo: Photo,
    fit: Fit,
    frame: Frame,
    reference: Pixels,
    inside: Mask,
    parts: Sequence[Vertices],
) -> Bent:
    """Lay a picture on the frame (see `lay_bent`), each part that moved by its own place.

    Args:
        photo: what is laid.
        fit: it onto the canonical reference.
        frame: where to.
        reference: (H, W, 3) uint8, the canonical reference on the frame.
        inside: (H, W) the product's own area.
        parts: outlines of those that move, in full-size pixels of the canonical reference.
    """
    for part in parts:
        fit = _on_ground(fit, part, frame)
    bent = lay_bent(photo.pixels, photo.scale, fit, frame, reference, inside)
    relaid, covered = [], np.zeros(inside.shape, bool)
    for part in parts:
        moved = _moved(fit, frame, fewest=_FOUND_BY, part=part)
        if moved is None:
            continue
        here = _filled(np.array(part), frame)
        own = replace(
            fit,
            matrix=moved.matrix,
            photo_points=moved.photo,
            reference_points=moved.reference,
            loose=(moved.photo, moved.reference),
        )
        alone = lay_bent(photo.pixels, photo.scale, own, frame, reference, inside & here).laid
        relaid.append((alone, here))
        back = transform(np.linalg.inv(moved.matrix), np.array(part, np.float64))
        covered |= _filled(transform(fit.matrix, back), frame)
    return replace(bent, laid=_joined(bent.laid, relaid, covered)) if relaid else bent


def _joined(ground: Laid, relaid: Sequence[tuple[Laid, Mask]], covered: Mask) -> Laid:
    """Return the ground less what parts cover elsewhere, and then each part in its own place.

    In this order, since a part may stand where another one belongs.
    """
    laid = replace(ground, seen=ground.seen & ~covered)
    for part, here in relaid:
        laid = Laid(
            np.where(here[..., None], part.pixels, laid.pixels),
            np.where(here, part.seen, laid.seen),
            np.where(here[..., None], part.places, laid.places),
            laid.apart + 1,
        )
    return laid


def _moved(fit: Fit, frame: Frame, *, fewest: int, part: Vertices | None = None) -> _Moved | None:
    """Find the largest group of pairs that agree on another place; of `part`, or anywhere."""
    if fit.loose is None:
        return None
    photo, reference = fit.loose
    if part is not None:
        within = polygons.within(reference, part)
        photo, reference = photo[within], reference[within]
    ground = transform(fit.matrix, photo)
    far = np.linalg.norm(ground - reference, axis=1) > _OFF * frame.scale
    stays = len(far) - int(far.sum()) if part is not None else 0
    if far.sum() < max(fewest, stays):
        return None
    cv2.setRNGSeed(7)
    found: tuple[Any, Any] = cv2.estimateAffinePartial2D(
        ground[far],
        reference[far],
        method=cv2.RANSAC,
        ransacReprojThreshold=_TOLERANCE * frame.scale,
        maxIters=4000,
    )
    turned, kept = found
    if turned is None or int(kept.sum()) < max(fewest, stays):
        return None
    size = float(np.hypot(turned[0, 0], turned[1, 0]))
    agreed = kept.ravel().astype(bool)
    matrix = np.vstack([turned, [0.0, 0.0, 1.0]]) @ fit.matrix
    if not _SIZES[0] < size < _SIZES[1] or not is_possible_view(matrix, photo[far][agreed]):
        return None
    return _Moved(matrix, photo[far][agreed], reference[far][agreed])


def _is_part(moved: _Moved, fit: Fit, frame: Frame) -> bool:
    """Tell whether what moved is a part on a ground that stayed."""
    hull = polygons.hull(moved.reference)
    area = polygons.area(hull)
    whole = frame.width * frame.height * frame.scale**2
    if not _LEAST_SHARE * whole < area < _MOST_SHARE * whole:
        return False
    way = moved.reference.mean(axis=0) - transform(fit.matrix, moved.photo).mean(axis=0)
    if np.linalg.norm(way) < _FARTHEST_STAY * np.sqrt(area):
        return False
    elsewhere = transform(fit.matrix, moved.photo)
    if min(_overlap(each, frame.outline) for each in (hull, elsewhere)) < _ON_PRODUCT:
        return False
    strangers = int(polygons.within(fit.reference_points, hull).sum())
    return strangers <= _STRANGERS * len(moved.reference)


def _on_ground(fit: Fit, part: Vertices, frame: Frame) -> Fit:
    """Return the fit of the ground, where a part that moves has led the alignment."""
    if fit.loose is None or 2 * polygons.within(fit.reference_points, part).sum() < len(
        fit.reference_points
    ):
        return fit
    beside = ~polygons.within(fit.loose[1], part)
    photo, reference = fit.loose[0][beside], fit.loose[1][beside]
    if len(photo) < _GROUND_FROM:
        return fit
    tolerance = _TOLERANCE * frame.scale
    cv2.setRNGSeed(7)
    found: tuple[Any, Any] = cv2.findHomography(
        photo, reference, cv2.USAC_MAGSAC, tolerance, maxIters=4000
    )
    matrix, kept = found
    if matrix is None or int(kept.sum()) < _GROUND_FROM:
        return fit
    agreed = kept.ravel().astype(bool)
    if not is_possible_view(matrix, photo[agreed]):
        return fit
    miss = np.linalg.norm(transform(matrix, photo[agreed]) - reference[agreed], axis=1)
    return replace(
        fit,
        matrix=np.asarray(matrix, np.float64),
        photo_points=photo[agreed],
        reference_points=reference[agreed],
        error_px=float(np.median(miss)),
    )


def _outline(canonical: Photo, shown: Sequence[_Shown]) -> Vertices:
    """Return the outline of a part: its points, and what moved along with them."""
    size = (canonical.width, canonical.height)
    side = min(400, max(canonical.pixels.shape[:2]))
    whole = frame_for(outlines.whole(*size), size, side=side)
    own = lay(canonical.pixels, canonical.scale, np.eye(3), whole).pixels
    better = []
    for each in shown:
        along, ground = (
            lay(each.photo.pixels, each.photo.scale, matrix, whole)
            for matrix in (each.moved.matrix, each.fit.matrix)
        )
        gained = _away(ground.pixels, own) - _away(along.pixels, own)
        better.append(np.where(along.seen & ground.seen, gained, np.float32(np.nan)))
    points = np.concatenate([each.moved.reference for each in shown])
    reach = _REACH * float(np.ptp(points, axis=0).max())
    found = outlines.around_part(points, own, canonical.width, better, growth=reach)
    return found or tuple((float(x), float(y)) for x, y in polygons.hull(points))


def _away(one: Pixels, other: Pixels) -> Map:
    """Return (h, w) grey levels by which two pictures differ, softly."""
    soft = [cv2.GaussianBlur(each.astype(np.float32), (0, 0), 2) for each in (one, other)]
    return np.asarray(np.abs(soft[0] - soft[1]).max(axis=2), np.float32)


def _overlap(one: Points | Vertices, other: Points | Vertices) -> float:
    """Return the share of the smaller of two hulls that both have."""
    return polygons.overlap(polygons.hull(one), polygons.hull(other))


def _filled(polygon: Points, frame: Frame) -> Mask:
    corners = transform(frame.matrix, polygon.astype(np.float64))
    return polygons.filled_hull(corners, (frame.height, frame.width))
