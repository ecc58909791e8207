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
    best = np.full(left.shape, -1.0, np.float32)
    shift = np.zeros(left.shape, np.float32)
    stayed = np.full(left.shape, -1.0, np.float32)
    for down in range(-_REACH, _REACH + 1):
        for across in range(-_REACH, _REACH + 1):
            moved, mean, variance = (
                _moved(m, across, down) for m in (right, right_mean, right_var)
            )
            shared = _window(left * moved) - left_mean * mean
            correlation = shared / np.sqrt(
                (np.maximum(left_var, 0) + _NOISE**2) * (np.maximum(variance, 0) + _NOISE**2)
            )
            if max(abs(across), abs(down)) <= 1:
                stayed = np.maximum(stayed, correlation)
            else:
                better = correlation > best
                best = np.where(better, correlation, best)
                shift = np.where(better, np.float32(_SHRINK * np.hypot(across, down)), shift)
    sure = (best > _SURE) & (stayed < _LOST)
    found = np.where(sure, shift, 0.0).astype(np.float32)
    return np.asarray(
        cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST), np.float32
    )


def _window(values: Map) -> Map:
    once = cv2.blur(values, (7, 7), borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.blur(once, (5, 5), borderType=cv2.BORDER_REFLECT), np.float32)


def _moved(values: Map, across: int, down: int) -> Map:
    matrix = np.array([[1, 0, across], [0, 1, down]], np.float32)
    return np.asarray(
        cv2.warpAffine(
            values,
            matrix,
            (values.shape[1], values.shape[0]),
            flags=cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )
