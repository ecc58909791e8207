"""A photo of a bent surface, laid flat: what most places around agree on is taken out, no more.

A single part that was moved or stretched is outvoted by its surroundings, so it stays where it is,
as evidence; dense optical flow would hide it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import is_possible_view, transform
from vision.cells import Shifts, measure
from vision.faces import other_face
from vision.frames import Bow, Frame, cubic, fit_bow, lay
from vision.sheet import BETTER, SOFTNESS, Displaced, blocks, fit_sheet, usual_miss
from vision.spline import Ripple

if TYPE_CHECKING:
    from vision.align import Fit
    from vision.frames import Laid
    from vision.terms import Mask, Matrix, Pixels, Points

# Lengths are in frame pixels.
_WIDE = (96.0, 48.0, 24.0, 12.0, 6.0, 3.0)  # how far pairs may miss while a bow settles
_LIMBER = 50.0  # times as easily as for a flat thing the bow of a bent one may bend
_NEAR_PLANE = 24.0  # that a bent surface may lie off the plane through its middle
_AGREED = 3.0  # within which a pair agrees
_MORE = 1.25  # times as many pairs must agree with a bent surface as with the plane that was found
_FEWEST = 12
_NEIGHBOURS = 8
_UNLIKE, _SLOPE = 4.0, 0.25  # by which neighbours may differ: at once, and per pixel between them
_MATCH_SIGMA = 0.6  # of a point pair
_MATCH_REACH = 12.0  # from the bow within which a displacement can be a ripple
_ROUNDS = 6  # of growth, at most
_HALF_REACH, _HALF_STRIDE = 8, 14  # at half the size
_SOUND = (
    0.6  # that most of a surface may miss and yet be laid well: then only ripples are taken out
)
_ASTRAY, _ASTRAY_SHARE = 1.5, 0.3  # windows so far off, and the share that asks for growth
_LOOKS = 3  # times windows are measured, at most: once folds are taken out, more are found again
_OFF, _OFF_SHARE = 1.0, 0.03  # windows so far off, and the share that asks for another look


@dataclass(frozen=True, slots=True, eq=False)
class Bent:
    """A picture laid on a frame, its bend taken out.

    `fit` has the plane nearest to the surface and, where that is bent, all pairs that agree with
    the surface; `bow` was taken out beyond the plane.
    """

    laid: Laid
    fit: Fit
    bow: Bow

    @property
    def matrix(self) -> Matrix:
        """The plane, (3, 3): full-size picture pixels to those of the canonical reference."""
        return self.fit.matrix


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """What is laid: `pixels` decoded at 1/`scale`, on `frame` by `matrix`."""

    pixels: Pixels
    scale: float
    matrix: Matrix
    frame: Frame


def lay_bent(
    pixels: Pixels, scale: float, fit: Fit, frame: Frame, reference: Pixels, inside: Mask
) -> Bent:
    """Lay a picture on the frame, bends and folds taken out; another face of a box is not seen.

    Args:
        pixels: (h, w, 3) uint8, decoded at 1/`scale` of its full size.
        scale: full-size pixels for one decoded pixel.
        fit: the picture onto the canonical reference.
        frame: where to.
        reference: (H, W, 3) uint8, the canonical reference on the frame.
        inside: (H, W) the product's own area.
    """
    pairs = _company(fit, frame)
    matrix, bow = _surface(fit, frame, pairs)
    picture = _Picture(pixels, scale, matrix, frame)
    matched = _matched(pairs, matrix, frame)
    bow = _grown(bow, matched, picture, reference, inside)
    rippled, laid = _followed(bow, matched, picture, reference, inside)
    face = other_face(fit, matrix, rippled, frame)
    if face is not None:
        laid = replace(laid, seen=np.asarray(laid.seen & ~face, bool))
    is_flat = rippled.ripple is None and matrix is fit.matrix
    return Bent(laid, fit if is_flat else _on_surface(fit, matrix, rippled, frame), rippled)


def _followed(
    bow: Bow, matched: Displaced, picture: _Picture, reference: Pixels, inside: Mask
) -> tuple[Bow, Laid]:
    """Add to a bow the ripple that windows show, looked at again while many still miss."""
    frame = picture.frame
    rippled = bow
    laid = lay(picture.pixels, picture.scale, picture.matrix, frame, bow=bow)
    for look in range(_LOOKS):
        shifts = measure(laid.pixels, reference, laid.seen & inside)
        if look > 0 and not _are_astray(shifts, _OFF, _OFF_SHARE):
            break
        known = matched.and_also(_displaced(shifts, frame, rippled))
        found = _with_ripple(known, replace(bow, ripple=None), frame)
        if look > 0 and found.ripple is None:
            break  # what was seen before stays
        if found.ripple is not None or rippled.ripple is not None:
            laid = lay(picture.pixels, picture.scale, picture.matrix, frame, bow=found)
        rippled = found
        if found.ripple is None:
            break
    return rippled, laid


def _are_astray(shifts: Shifts, by: float, share: float) -> bool:
    """Tell whether a share of the windows is off by more than so many pixels; of none, no."""
    away = np.linalg.norm(shifts.shifts, axis=1)
    return len(away) > 0 and float(np.mean(away > by)) >= share


def _on_surface(fit: Fit, matrix: Matrix, bow: Bow, frame: Frame) -> Fit:
    """Return a fit with the pairs that lie on a bent surface, on its plane or not."""
    photo, reference = fit.photo_points, fit.reference_points
    if fit.loose is not None:
        both = np.concatenate([np.hstack([photo, reference]), np.hstack(fit.loose)])
        photo, reference = np.hsplit(np.unique(both, axis=0), 2)
    left = np.linalg.norm(reference - transform(matrix, photo) - bow.at(reference), axis=1)
    kept = left < _AGREED * frame.scale
    if kept.sum() < len(fit.photo_points) // 2:
        return replace(fit, matrix=matrix)
    error = float(np.median(left[kept]))
    return replace(
        fit,
        matrix=matrix,
        photo_points=photo[kept],
        reference_points=reference[kept],
        error_px=error,
    )


def _company(fit: Fit, frame: Frame) -> tuple[Points, Points]:
    """Keep the loose pairs, photo and reference, that go the way of most of their neighbours."""
    photo, reference = fit.loose or (fit.photo_points, fit.reference_points)
    moved = (reference - transform(fit.matrix, photo)) / frame.scale
    kept = _agreeing(reference / frame.scale, moved)
    return photo[kept], reference[kept]


def _agreeing(points: Points, moved: Points) -> Mask:
    if len(points) <= _NEIGHBOURS:
        return np.ones(len(points), bool)
    middled = points - points.mean(axis=0)  # squares of small numbers lose no digits
    squares = (middled**2).sum(axis=1)
    apart = np.maximum(squares[:, None] + squares[None] - 2 * middled @ middled.T, 0.0)
    near = np.argpartition(apart, _NEIGHBOURS, axis=1)[:, : _NEIGHBOURS + 1]
    away = np.sqrt(np.take_along_axis(apart, near, axis=1))
    unlike = np.linalg.norm(moved[near] - moved[:, None], axis=2)
    alike = (unlike < _UNLIKE + _SLOPE * away).sum(axis=1) - 1  # less itself
    return np.asarray(alike > _NEIGHBOURS // 2, bool)


def _surface(fit: Fit, frame: Frame, pairs: tuple[Points, Points]) -> tuple[Matrix, Bow]:
    """Return plane and bow: those of the fit, or others with which clearly more pairs agree."""
    photo, reference = pairs
    chosen = fit.matrix, fit_bow(fit, frame)
    if len(photo) < _FEWEST:
        return chosen
    best = _MORE * _agreed(*chosen, pairs, frame)
    if best >= len(photo) or _miss(_matched(pairs, fit.matrix, frame), chosen[1], frame) < _SOUND:
        return chosen
    for matrix in _planes_near_all(photo, reference, frame):
        if is_possible_view(matrix, photo):
            bow = _settled(transform(matrix, photo), reference, frame)
            agreed = _agreed(matrix, bow, pairs, frame)
            if agreed > best:
                best, chosen = agreed, (matrix, bow)
    return chosen


def _planes_near_all(photo: Points, reference: Points, frame: Frame) -> list[Matrix]:
    """Return planes that lie near all of a bent surface, rather than exactly on a part of it."""
    cv2.setRNGSeed(7)
    lifted = np.column_stack([photo, np.ones(len(photo))])
    affine = np.linalg.lstsq(lifted, reference, rcond=None)[0].T
    found: list[Matrix] = [np.vstack([affine, [0.0, 0.0, 1.0]])]
    tilted, _ = cv2.findHomography(photo, reference, cv2.RANSAC, _NEAR_PLANE * frame.scale)
    return found if tilted is None else [*found, np.asarray(tilted, np.float64)]


def _settled(expected: Points, target: Points, frame: Frame, start: Bow | None = None) -> Bow:
    """Fit a bow to points, more and more strictly."""
    bow = start
    for width in _WIDE if start is None else _WIDE[3:]:
        bow = cubic(expected, target, frame, start=bow, odd=width, softness=_LIMBER)
    return cubic(expected, target, frame, start=bow, softness=_LIMBER)


def _agreed(matrix: Matrix, bow: Bow, pairs: tuple[Points, Points], frame: Frame) -> int:
    photo, reference = pairs
    left = reference - transform(matrix, photo) - bow.at(reference)
    return int((np.linalg.norm(left, axis=1) < _AGREED * frame.scale).sum())


def _matched(pairs: tuple[Points, Points], matrix: Matrix, frame: Frame) -> Displaced:
    photo, reference = pairs
    moved = (reference - transform(matrix, photo)) / frame.scale
    information = np.broadcast_to(np.eye(2) / _MATCH_SIGMA**2, (len(moved), 2, 2))
    return Displaced(transform(frame.matrix, reference), moved, information)


def _displaced(shifts: Shifts, frame: Frame, used: Bow) -> Displaced:
    """Add what windows show on a picture laid with a bow to that bow."""
    there = transform(np.linalg.inv(frame.matrix), shifts.points + shifts.shifts)
    return Displaced(
        shifts.points, used.at(there) / frame.scale - shifts.shifts, shifts.information
    )


def _grown(bow: Bow, matched: Displaced, picture: _Picture, reference: Pixels, inside: Mask) -> Bow:
    """Follow the surface from where pairs agree to where only windows tell, at half the size."""
    frame = picture.frame
    half = _halved(frame)
    size = (half.width, half.height)
    small = np.asarray(cv2.resize(reference, size, interpolation=cv2.INTER_AREA), np.uint8)
    usable = cv2.resize(inside.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    for _ in range(_ROUNDS):
        laid = lay(picture.pixels, picture.scale, picture.matrix, half, bow=bow)
        seen = np.asarray(laid.seen & usable, bool)
        shifts = measure(laid.pixels, small, seen, reach=_HALF_REACH, stride=_HALF_STRIDE)
        whole = Shifts(2 * shifts.points + 0.5, 2 * shifts.shifts, shifts.information / 4)
        found = _displaced(whole, frame, bow)
        kept = _agreeing(found.points, found.by)
        if not _are_astray(whole.only(kept), _ASTRAY, _ASTRAY_SHARE):
            return bow
        known = matched.and_also(found.only(kept))
        target = transform(np.linalg.inv(frame.matrix), known.points)
        wide = _settled(target - known.by * frame.scale, target, frame, replace(bow, ripple=None))
        better = _with_ripple(known, wide, frame, softness=SOFTNESS[1:2])
        before = _miss(known, bow, frame)
        if before < _SOUND or _miss(known, better, frame) > BETTER * before:
            return bow
        bow = better
    return bow


def _halved(frame: Frame) -> Frame:
    matrix: Matrix = np.array([[0.5, 0.0, -0.25], [0.0, 0.5, -0.25], [0.0, 0.0, 1.0]])
    size = max(1, frame.width // 2), max(1, frame.height // 2)
    return Frame(matrix @ frame.matrix, *size, frame.outline)


def _left(known: Displaced, bow: Bow, frame: Frame) -> Points:
    """Return what a bow leaves of displacements, (N, 2) frame pixels."""
    at = transform(np.linalg.inv(frame.matrix), known.points)
    return np.asarray(known.by - bow.at(at) / frame.scale, np.float64)


def _miss(known: Displaced, bow: Bow, frame: Frame) -> float:
    misses = np.linalg.norm(_left(known, bow, frame), axis=1)
    return usual_miss(misses, blocks(known.points))


def _with_ripple(
    known: Displaced, bow: Bow, frame: Frame, *, softness: tuple[float, ...] = SOFTNESS
) -> Bow:
    """Add to a bow the ripple that is left, told in reference pixels as the bow is."""
    left = _left(known, bow, frame)
    near = np.linalg.norm(left, axis=1) < _MATCH_REACH
    some = replace(known, by=left).only(near)
    ripple = fit_sheet(some, (frame.width, frame.height), softness=softness)
    if ripple is None:
        return bow
    x, y = transform(np.linalg.inv(frame.matrix), np.zeros((1, 2)))[0]
    grid = replace(
        ripple.grid, corner=(float(x), float(y)), spacing=ripple.grid.spacing * frame.scale
    )
    return replace(bow, ripple=Ripple(grid, ripple.knots * frame.scale))
