"""Pins that a person set on the same places of photo and reference -> how one lies on the other.

pin         a place in the photo and the same place in a reference, set by a person. Not: landmark,
            control point, match.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import is_possible_view, transform
from vision.errors import PinsUnusable, PinTrouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.terms import Matrix, Points

FEWEST_PINS = 2
_NEAREST_PX = 3.0  # nearer ones are the same place, set twice
_SHORTEST_PX = 16.0  # a base of fewer pixels tells no turn
_THINNEST = 0.05  # of a triangle's longest side, its height: below, its corners are in line


@dataclass(frozen=True, slots=True)
class Pin:
    """One place, (x, y) in full-size pixels of `photo` and of `reference`."""

    photo: tuple[float, float]
    reference: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pinned:
    """Pins between a photo and the reference whose SHA-256 (hex) is `reference`."""

    pins: tuple[Pin, ...]
    reference: str


class PinView(StrEnum):
    """What the pins determine."""

    SIMILARITY = "similarity"  # shift, turn and size, from two
    AFFINE = "affine"  # and shear, from three
    PERSPECTIVE = "perspective"  # and tilt, from four


@dataclass(frozen=True, slots=True, eq=False)
class PinFit:
    """How pins lay the photo on the reference.

    `matrix` (3, 3) maps photo pixels to reference pixels, both full size; `misses` (N,) how far
    each pin ends from its place, in reference pixels; `error_px` their median, None where the pins
    are just enough for `view`, so that none is left over to measure by.
    """

    matrix: Matrix
    misses: Points
    error_px: float | None
    view: PinView


def fit_pins(pins: Sequence[Pin]) -> PinFit:
    """Find the view that takes pins from the photo to the reference, as simple as they are few.

    Args:
        pins: two or more, in any order.

    Raises:
        PinsUnusable: they are too few, lie on one place or on one line, or show a mirrored view.

    Source: Hartley and Zisserman, Multiple View Geometry, 2nd ed., sections 4.1 and 4.4 (normalised
    direct linear transform), and 4.5 (least squares of the misses).
    """
    photo = np.array([pin.photo for pin in pins], np.float64).reshape(-1, 2)
    reference = np.array([pin.reference for pin in pins], np.float64).reshape(-1, 2)
    _check_places(photo)
    _check_places(reference)
    view, matrix = _view(photo, reference)
    if matrix is None or not is_possible_view(matrix, photo):
        raise PinsUnusable(PinTrouble.FOLDED)
    misses = np.linalg.norm(transform(matrix, photo) - reference, axis=1)
    spare = len(pins) - {PinView.SIMILARITY: 2, PinView.AFFINE: 3, PinView.PERSPECTIVE: 4}[view]
    return PinFit(matrix, misses, float(np.median(misses)) if spare > 0 else None, view)


def _check_places(points: Points) -> None:
    if len(points) < FEWEST_PINS or not np.isfinite(points).all():
        raise PinsUnusable(PinTrouble.TOO_FEW)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    if apart.max() < _SHORTEST_PX or apart[np.triu_indices(len(points), 1)].min() < _NEAREST_PX:
        raise PinsUnusable(PinTrouble.TOO_CLOSE)
    if len(points) > 2 and not any(_is_wide(three) for three in _threes(points)):
        raise PinsUnusable(PinTrouble.IN_LINE)


def _view(photo: Points, reference: Points) -> tuple[PinView, Matrix | None]:
    if len(photo) == 2:
        return PinView.SIMILARITY, _similarity(photo, reference)
    if len(photo) > 3 and _spans_plane(photo) and _spans_plane(reference):
        found, _ = cv2.findHomography(photo, reference, 0)
        return PinView.PERSPECTIVE, None if found is None else np.asarray(found, np.float64)
    lifted = np.column_stack([photo, np.ones(len(photo))])
    affine = np.linalg.lstsq(lifted, reference, rcond=None)[0].T
    return PinView.AFFINE, np.vstack([affine, [0.0, 0.0, 1.0]])


def _similarity(photo: Points, reference: Points) -> Matrix:
    """Return shift, turn and size from two pins, by complex numbers."""
    here, there = (complex(*points[1] - points[0]) for points in (photo, reference))
    turn = there / here
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = reference.mean(axis=0) - linear @ photo.mean(axis=0)
    return matrix


def _spans_plane(points: Points) -> bool:
    """Tell whether four of the points are corners of a quadrangle, no three of them in line."""
    return any(
        all(_is_wide(three) for three in _threes(points[list(four)]))
        for four in itertools.combinations(range(len(points)), 4)
    )


def _threes(points: Points) -> list[Points]:
    return [points[list(three)] for three in itertools.combinations(range(len(points)), 3)]


def _is_wide(triangle: Points) -> bool:
    one, two = triangle[1] - triangle[0], triangle[2] - triangle[0]
    longest = max(np.linalg.norm(side) for side in (one, two, two - one))
    return bool(abs(one[0] * two[1] - one[1] * two[0]) > _THINNEST * longest * longest)
