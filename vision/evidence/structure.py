"""Structure: the share of local contrast in one layer that the other cannot explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.evidence.layer import Layer, window

if TYPE_CHECKING:
    from vision.terms import Map

_NOISE = 4.0  # L*: contrast below this is no structure
_FLATTEST, _STEEPEST = 0.3, 2.5  # gain that light and camera may add
_PAIRS = (
    (0, 0),
    (0, 1),
    (0, 2),
    (1, 0),
    (2, 0),
)  # blur levels compared: the sharper one is softened


def difference(one: Layer, other: Layer) -> Map:
    """Compare local structure.

    In each window one layer is fitted to the other by a gain and an offset, at each of several
    blurs of either; what the best fit leaves, over the contrast that is there, is the difference:
    0 explained, 1 nothing in common. A veil of light, another exposure or another focus is thereby
    no difference; another letter is.

    Args:
        one: a layer of the frame (h, w).
        other: another layer of the same frame.

    Returns:
        (h, w) float32 in [0, 2].

    Source: the contrast-structure term of Wang et al., Image quality assessment, IEEE TIP 2004,
    in residual form.
    """
    best: Map | None = None
    for first, second in _PAIRS:
        shared = window(one.lightness[..., first] * other.lightness[..., second])
        shared -= one.mean[..., first] * other.mean[..., second]
        base, target = other.variance[..., second], one.variance[..., first]
        if second < first:
            base, target = target, base
        share = _unexplained(shared, base, target)
        best = share if best is None else np.minimum(best, share, out=best)
    return np.asarray(best, np.float32)


def _unexplained(shared: Map, base: Map, target: Map) -> Map:
    """Return the share of the contrast that fitting `base` to `target` leaves."""
    gain = np.clip(shared / (base + _NOISE**2), _FLATTEST, _STEEPEST)
    explained = gain * gain
    explained *= base
    gain *= shared
    gain *= 2.0
    left_over = target - gain
    left_over += explained
    np.maximum(left_over, 0.0, out=left_over)
    explained += target
    explained *= 0.5
    explained += _NOISE**2
    return np.asarray(left_over / explained, np.float32)
