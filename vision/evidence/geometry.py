"""Geometry: how far a detail stands from where genuine items have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.terms import Map

_REACH = 5  # half-size pixels searched in each direction
_NOISE = 6.0  # L*
_SURE, _LOST = 0.80, 0.45  # correlation at the new place at least, at the old one at most
_SHRINK = 2
_BOXES = np.convolve(np.full(7, 1 / 7), np.full(5, 1 / 5)).astype(np.float32)  # one after the other


def difference(one: Layer, other: Layer) -> Map:
    """Find details of `one` that `other` has too, but elsewhere.

    A detail counts as moved only when it correlates well at its new place and badly at its old
    one, so that light, covers and blur, which correlate nowhere, do not count.

    Returns:
        (h, w) float32, the shift in frame pixels, 0 where nothing is known to have moved.
    """
    height, width = one.seen.shape
    size = (max(8, width // _SHRINK), max(8, height // _SHRINK))
    left = np.asarray(
        cv2.resize(one.lightness[..., 0], size, interpolation=cv2.INTER_AREA), np.float32
    )
    right = np.asarray(
        cv2.resize(other.lightness[..., 0], size, interpolation=cv2.INTER_AREA), np.float32
    )
    left_mean, right_mean = _window(left), _window(right)
    left_var = _window(left * left) - left_mean**2
    right_var = _window(right * right) - right_mean**2
    if not np.any(left_var > _NOISE**2):
        return np.zeros((height, width), np.float32)
    best, stayed, shift = _searched(
        left,
        left_mean,
        _strength(left_var),
        _Shifted(right),
        _Shifted(right_mean),
        _Shifted(_strength(right_var)),
    )
    sure = (best > _SURE) & (stayed < _LOST)
    found = np.where(sure, shift, 0.0).astype(np.float32)
    return np.asarray(
        cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST), np.float32
    )


def _searched(
    left: Map, left_mean: Map, own: Map, right: _Shifted, mean: _Shifted, strength: _Shifted
) -> tuple[Map, Map, Map]:
    """Correlate each place with all places in reach.

    Returns:
        The best correlation further off than a pixel, that within a pixel, and the way in frame
        pixels to the best one.
    """
    best = np.full(left.shape, -1.0, np.float32)
    shift = np.zeros(left.shape, np.float32)
    stayed = np.full(left.shape, -1.0, np.float32)
    product = np.empty_like(left)
    for down in range(-_REACH, _REACH + 1):
        for across in range(-_REACH, _REACH + 1):
            correlation = _window(np.multiply(left, right.by(across, down), out=product))
            correlation -= np.multiply(left_mean, mean.by(across, down), out=product)
            correlation *= own
            correlation *= strength.by(across, down)
            if max(abs(across), abs(down)) <= 1:
                np.maximum(stayed, correlation, out=stayed)
            else:
                better = cv2.compare(correlation, best, cv2.CMP_GT)
                np.maximum(best, correlation, out=best)
                product.fill(_SHRINK * np.hypot(across, down))
                cv2.copyTo(product, better, shift)
    return best, stayed, shift


def _strength(variance: Map) -> Map:
    """Return one over the contrast, noise included."""
    return np.asarray(1.0 / np.sqrt(np.maximum(variance, 0) + np.float32(_NOISE**2)), np.float32)


class _Shifted:
    """A map to be seen from places around, its margin continued."""

    def __init__(self, values: Map) -> None:
        self._height, self._width = values.shape
        reach = (_REACH,) * 4
        wide = cv2.copyMakeBorder(values, *reach, cv2.BORDER_REPLICATE)
        self._wide: Map = np.asarray(wide, np.float32)

    def by(self, across: int, down: int) -> Map:
        """The map moved to the right and down; a view."""
        top, left = _REACH - down, _REACH - across
        return self._wide[top : top + self._height, left : left + self._width]


def _window(values: Map) -> Map:
    soft = cv2.sepFilter2D(values, cv2.CV_32F, _BOXES, _BOXES, borderType=cv2.BORDER_REFLECT)
    return np.asarray(soft, np.float32)
