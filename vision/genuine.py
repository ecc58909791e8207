"""What each genuine reference shows at each place against the others: coarse, for people to see.

It decides nothing. `spread` holds the largest of these values, finely, and is what regions are
judged by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.terms import Channel, Map, Mask

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 4  # frame pixels that become one
# Places are not compared between references, so geometry has no values.
MEASURED = (Channel.STRUCTURE, Channel.FEATURES, Channel.COLOUR)
_LEAST_SEEN = 0.5  # of a region, for a reference to have a value there


def genuine_maps(
    closest: Sequence[Sequence[Map]], visible: Sequence[Mask], *, unseen: float
) -> Map:
    """Gather what references show, (n, channels, rows, columns) float32 in MEASURED's order.

    Args:
        closest: of each reference, its (h, w) difference from the nearest other one, in MEASURED's
            order.
        visible: (h, w) of each reference, where that difference counts; elsewhere it becomes NaN.
        unseen: a difference from which on it stands for nothing seen.
    """
    return np.asarray(
        [
            [_means(each, np.asarray(seen & (each < unseen), bool)) for each in maps]
            for maps, seen in zip(closest, visible, strict=True)
        ],
        np.float32,
    )


def genuine_values(maps: Map | None, channel: Channel, mask: Mask) -> tuple[float, ...]:
    """Return the mean over a mask (h, w) of each reference that shows it, in no order of worth.

    Empty where the channel is not measured between references, or nothing is known.
    """
    if maps is None or not maps.size or channel not in MEASURED:
        return ()
    weight = _shrunk(mask.astype(np.float32))
    total = float(weight.sum())
    values = []
    for each in maps[:, MEASURED.index(channel)]:
        known = np.where(np.isnan(each), 0.0, weight)
        if known.sum() >= max(_LEAST_SEEN * total, 1e-6):
            values.append(float((np.nan_to_num(each) * known).sum() / known.sum()))
    return tuple(round(value, 4) for value in values)


def _means(values: Map, seen: Mask) -> Map:
    """Return the mean of what is seen of each coarse place, NaN where most is not."""
    weight = _shrunk(seen.astype(np.float32))
    means = _shrunk(np.where(seen, values, np.float32(0.0))) / np.maximum(weight, 1e-6)
    return np.asarray(np.where(weight < _LEAST_SEEN, np.nan, means), np.float32)


def _shrunk(values: Map) -> Map:
    height, width = values.shape
    size = max(1, -(-width // STEP)), max(1, -(-height // STEP))
    return np.asarray(cv2.resize(np.asarray(values, np.float32), size, None, 0, 0, cv2.INTER_AREA))
