"""Fine features: how far the early layers of the backbone see two layers apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.terms import Map

_REACH = 1  # cells of stride 4 by which a feature may have moved
_QUIET = 0.7  # of the mean feature power: below this there is nothing to compare


def difference(one: Layer, other: Layer) -> Map:
    """Compare feature vectors, each with the nearest in a small window of the other.

    Returns:
        (h, w) float32 in [0, 1]; zeros where a layer has no features.
    """
    height, width = one.seen.shape
    if one.fine is None or other.fine is None:
        return np.zeros((height, width), np.float32)
    left, right = one.fine, other.fine
    rows, columns = left.shape[:2]
    padded = np.pad(right, ((_REACH, _REACH), (_REACH, _REACH), (0, 0)), mode="edge")
    own = np.sqrt((left**2).sum(axis=2))
    nearest = np.full((rows, columns), np.inf, np.float32)
    for down in range(2 * _REACH + 1):
        for across in range(2 * _REACH + 1):
            moved = padded[down : down + rows, across : across + columns]
            power = np.sqrt(np.einsum("ijk,ijk->ij", moved, moved))
            gap = left - moved
            away = np.sqrt(np.einsum("ijk,ijk->ij", gap, gap)) / (own + power + _QUIET)
            nearest = np.minimum(nearest, away)
    return np.asarray(
        cv2.resize(nearest, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )
