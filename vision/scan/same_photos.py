"""Which photos of a scan are one photo, saved again: found by imprints, however many there are."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import fit_plane, transform
from vision.check.pairs import compare_references
from vision.check.same_photo import is_same_photo
from vision.errors import NotAlignable
from vision.scan.imprint import features_of, grey_of, signatures

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vision.features import ReferenceFeatures
    from vision.terms import Points

_SMALLEST = 24  # pixels of an imprint's shorter side below which nothing is claimed
_REACH = 12  # bits of 63 by which signatures of one photo may differ
_LOOKED_AT = 4  # nearest photos that are compared
_REMEMBERED = 64  # features kept of the last that were compared

# On imprints of drawn photos, copies lean by at most 0.25 pixels and are alike by at least 0.84;
# items laid one after the other under a fixed camera lean by 0.71 or more, a camera tilted by one
# and a half degrees makes 0.47, one turned by a third of a degree 0.57.
_LEANS = 0.35
_ALIKE = 0.75
_FEWEST = 6  # point pairs of a fit; `is_same_photo` asks for more
_GRID = 9  # places each way at which a mapping is looked at


class SamePhotos:
    """The photos met so far, of which each asks whether it was there before.

    Eight bytes and a name are kept of each photo that is not a copy.

    Args:
        imprint_of: the imprint of a photo that was met, by its name; b"" where it is not to be had.
    """

    def __init__(self, imprint_of: Callable[[str], bytes]) -> None:
        self._imprint_of = imprint_of
        self._names: list[str] = []
        self._signatures = np.zeros(1024, np.uint64)
        self._features: OrderedDict[str, ReferenceFeatures] = OrderedDict()

    def first(self, name: str, imprint: bytes) -> str:
        """The name of the first photo that this one is a copy of; its own where it is new.

        Another photo of the same item is no copy of it, unless item and camera stood still.
        """
        grey = grey_of(imprint)
        if grey.size == 0 or min(grey.shape) < _SMALLEST:
            return name
        marks = signatures(grey)
        found = self._look_up(grey, marks)
        if found is None:
            self._add(name, marks[0])
        return found or name

    def _look_up(self, grey: NDArray[np.uint8], marks: NDArray[np.uint64]) -> str | None:
        places = self._nearest(marks)
        if not len(places):
            return None
        own = features_of(grey)
        for place in places:
            name = self._names[int(place)]
            other = self._features_of(name)
            if other is not None and _is_one(own, other):
                return name
        return None

    def _nearest(self, marks: NDArray[np.uint64]) -> NDArray[np.intp]:
        known = self._signatures[: len(self._names)]
        apart = np.full(len(known), 64, np.uint8)
        for mark in marks:
            np.minimum(apart, np.bitwise_count(known ^ mark), out=apart)
        near = np.flatnonzero(apart <= _REACH)
        return near[np.argsort(apart[near], kind="stable")][:_LOOKED_AT]

    def _add(self, name: str, mark: np.uint64) -> None:
        count = len(self._names)
        if count == len(self._signatures):
            self._signatures = np.concatenate([self._signatures, np.zeros_like(self._signatures)])
        self._signatures[count] = mark
        self._names.append(name)

    def _features_of(self, name: str) -> ReferenceFeatures | None:
        found = self._features.pop(name, None)
        if found is None:
            grey = grey_of(self._imprint_of(name))
            if not grey.size:
                return None
            found = features_of(grey)
        self._features[name] = found
        if len(self._features) > _REMEMBERED:
            self._features.popitem(last=False)
        return found


def _is_one(one: ReferenceFeatures, two: ReferenceFeatures) -> bool:
    """As a gallery check tells it, and more strictly, since so small pictures hide what moved."""
    pair = compare_references(one, two)
    return is_same_photo(pair) and pair.alike >= _ALIKE and _leaning(one, two) <= _LEANS


def _leaning(one: ReferenceFeatures, two: ReferenceFeatures) -> float:
    """How far the mapping of one on the other is from moving, scaling and quarter turns, in pixels.

    The plane through all point pairs tells a camera that was turned or tilted by a degree, which
    no pair of them does: each is some tenths of a pixel off.
    """
    try:
        fit = fit_plane(one.local, two.local, min_inliers=_FEWEST, guided=False)
    except NotAlignable:
        return np.inf
    sides = [np.linspace(0.0, side - 1.0, _GRID) for side in one.size]
    points = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)
    plane, _ = cv2.findHomography(fit.photo_points, fit.reference_points)  # of all, none weighed
    if np.size(plane) != 9:  # points on one line have none
        return np.inf
    laid = transform(np.asarray(plane, np.float64), points)
    shown = ((laid >= 0.0) & (laid <= np.array(two.size) - 1.0)).all(axis=1)
    if int(shown.sum()) < _GRID:
        return np.inf
    points, laid = points[shown], laid[shown]
    ways = (points, points[:, ::-1])
    return float(min(np.percentile(_missed(way, laid), 90) for way in ways))


def _missed(points: Points, laid: Points) -> NDArray[np.float64]:
    """How far each point stays from its place when both axes are moved and scaled."""
    left = []
    for values, wanted in zip(points.T, laid.T, strict=True):
        row = np.column_stack([values, np.ones(len(values))])
        line, *_ = np.linalg.lstsq(row, wanted, rcond=None)
        left.append(wanted - row @ line)
    return np.asarray(np.hypot(*left), np.float64)
