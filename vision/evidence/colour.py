"""Colour: the distance in hue and chroma that is left when the light has been taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.terms import Map, Mask, Pixels

_SHRINK = 4
_LIGHT_SIGMA = 5.0  # of the shrunken picture: light changes more slowly than this
_DARKEST = 0.02


def difference(one: Layer, other: Layer) -> Map:
    """Compare colour after matching each channel's slow changes.

    Returns:
        (h, w) float32, the distance in the a*b* plane of CIELAB over a neighbourhood of about 5
        pixels; lightness is left out, since light changes it.
    """
    height, width = one.seen.shape
    size = (max(4, width // _SHRINK), max(4, height // _SHRINK))
    left, right = _reduced(one.pixels, size), _reduced(other.pixels, size)
    both = cv2.resize(
        (one.seen & other.seen).astype(np.float32), size, interpolation=cv2.INTER_AREA
    )
    matched = left * _gain(left, right, both + 1e-3)
    apart = _chroma(matched) - _chroma(right)
    away = np.hypot(apart[..., 0], apart[..., 1])
    return np.asarray(cv2.resize(away, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _reduced(pixels: Pixels, size: tuple[int, int]) -> Map:
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255.0


def _gain(left: Map, right: Map, weight: Map | Mask) -> Map:
    weighted = weight[..., None]
    share = _slow(np.asarray(weight, np.float32))[..., None]
    wanted = _slow(right * weighted) + _DARKEST * share
    present = _slow(left * weighted) + _DARKEST * share
    return np.asarray(np.clip(wanted / present, 0.2, 5.0), np.float32)


def _slow(values: Map) -> Map:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _LIGHT_SIGMA), np.float32)


def _chroma(pixels: Map) -> Map:
    soft = cv2.GaussianBlur(np.clip(pixels, 0.0, 1.0), (0, 0), 0.7)
    lab = cv2.cvtColor(soft, cv2.COLOR_RGB2LAB)
    return np.asarray(lab[..., 1:], np.float32)
