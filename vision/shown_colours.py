"""Colours as a person compares them: CIELAB of pixels, and how far two aligned pictures are apart.

Nothing is judged here; what an instrument shows beside the evidence is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.evidence.ciede2000 import ciede2000

if TYPE_CHECKING:
    from vision.inspection import Comparison
    from vision.terms import Map, Mask, Pixels

_REACH = 1  # frame pixels by which the same print may lie elsewhere; no alignment is exact
_FULL, _DARK = 250, 12  # values beyond which a pixel tells nothing of the light
_LEAST_PLACES = 50  # to tell the light by
_MOST_GAIN = 4.0  # of one light over the other, in linear values


def lab_from_pixels(pixels: Pixels) -> Map:
    """Convert colours.

    Args:
        pixels: (h, w, 3) uint8 sRGB.

    Returns:
        (h, w, 3) float32 CIELAB, illuminant D65: L* in [0, 100], a* and b* about [-128, 127].

    Raises:
        ValueError: another shape or type.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
        raise ValueError(f"expected uint8 (H, W, 3), found {pixels.dtype} {pixels.shape}")
    encoded = pixels.astype(np.float32) / np.float32(255.0)
    return np.asarray(cv2.cvtColor(encoded, cv2.COLOR_RGB2LAB), np.float32)


def colour_gap(comparison: Comparison, *, light_evened: bool = True) -> Map:
    """Measure how far the aligned photo and its reference differ in colour, pixel by pixel.

    Each pixel of either picture is held against the nearest colour within one pixel of its place in
    the other; the larger of the two answers counts, so what is missing is seen as what is added.

    Args:
        comparison: gives both pictures on one frame, and which places could be judged.
        light_evened: take out one even difference of brightness and tint, estimated from the
            places that could be judged; local shine and shadow stay.

    Returns:
        (h, w) float32 in units of CIEDE2000, at the scale of the frame.
    """
    suspect, reference = comparison.aligned, comparison.reference_pixels
    if light_evened:
        suspect = _evened(suspect, reference, comparison.judged)
    one, other = lab_from_pixels(suspect), lab_from_pixels(reference)
    return np.maximum(_to_nearest(one, other), _to_nearest(other, one))


def _evened(suspect: Pixels, reference: Pixels, judged: Mask) -> Pixels:
    """Give the suspect the light of the reference: one gain a channel, the median of all ratios."""
    both = np.stack([suspect, reference])
    clear = judged & ((both < _FULL) & (both > _DARK)).all(axis=(0, 3))
    if int(clear.sum()) < _LEAST_PLACES:
        return suspect
    own, wanted = _linear_table()[suspect[clear]], _linear_table()[reference[clear]]
    gain = np.clip(np.median(wanted / own, axis=0), 1.0 / _MOST_GAIN, _MOST_GAIN)
    table = _encoded(_linear_table()[:, None] * gain[None, :])
    return np.stack([table[suspect[..., axis], axis] for axis in range(3)], axis=-1)


def _linear_table() -> Map:
    """Return the linear value of each of the 256 sRGB values (IEC 61966-2-1)."""
    value = np.arange(256, dtype=np.float64) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _encoded(linear: Map) -> Pixels:
    shown = np.clip(linear, 0.0, 1.0)
    curved = np.where(shown <= 0.0031308, 12.92 * shown, 1.055 * shown ** (1 / 2.4) - 0.055)
    return np.rint(255.0 * curved).astype(np.uint8)


def _to_nearest(own: Map, other: Map) -> Map:
    """Return the difference (h, w) of each own colour to the nearest one around its place."""
    height, width = own.shape[:2]
    around = cv2.copyMakeBorder(other, *(_REACH,) * 4, cv2.BORDER_REPLICATE)
    best = np.full((height, width), np.inf, np.float32)
    nearest = np.array(other)
    for down in range(2 * _REACH + 1):
        for across in range(2 * _REACH + 1):
            part = around[down : down + height, across : across + width]
            away = ((own - part) ** 2).sum(axis=2)
            nearer = away < best
            np.copyto(best, away, where=nearer)
            np.copyto(nearest, part, where=nearer[..., None])
    return np.asarray(ciede2000(own, nearest), np.float32)
