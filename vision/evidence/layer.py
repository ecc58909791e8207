"""A laid picture, prepared once for all channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.frames import Laid
    from vision.terms import Map, Mask, Pixels

BLURS = (0.0, 1.0, 2.0)  # sigma in frame pixels: how soft the other picture may be
_BOXES = np.convolve(np.full(7, 1 / 7), np.full(7, 1 / 7)).astype(np.float32)  # one after the other


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One picture on the frame of a side.

    `pixels` (h, w, 3) uint8; `seen` (h, w) where the picture shows something; `lightness`
    (h, w, 3) float32 L* at the blurs of BLURS, `mean` and `variance` (h, w, 3) of each over the
    structure window; `fine` (h/4, w/4, C) float32 features of the backbone, local mean removed,
    or None without a backbone; `light` the linear red, green and blue of something white, where a
    chart or card beside the product tells it.
    """

    pixels: Pixels
    seen: Mask
    lightness: Map
    mean: Map
    variance: Map
    fine: Map | None
    light: tuple[float, float, float] | None = None


def prepare(laid: Laid, fine: Map | None) -> Layer:
    """Prepare a laid picture.

    Args:
        laid: picture and mask on the frame.
        fine: (C, h', w') float32 feature map of `laid.pixels` at about stride 4, or None.
    """
    return layer_of(laid.pixels, laid.seen, _centred(fine))


def layer_of(pixels: Pixels, seen: Mask, centred: Map | None) -> Layer:
    """Make a layer from pixels (h, w, 3), mask and already centred features (h', w', C)."""
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)
    sharp = np.asarray(lab[..., 0], np.float32)
    levels: list[Map] = [sharp]
    levels += [np.asarray(cv2.GaussianBlur(sharp, (0, 0), s), np.float32) for s in BLURS[1:]]
    means: list[Map] = [window(level) for level in levels]
    variances: list[Map] = [
        np.maximum(window(level * level) - mean * mean, 0.0)
        for level, mean in zip(levels, means, strict=True)
    ]
    return Layer(pixels, seen, _stacked(levels), _stacked(means), _stacked(variances), centred)


def _stacked(maps: list[Map]) -> Map:
    """Stack maps (h, w) as (h, w, N); each stays whole in memory, since one at a time is used."""
    return np.asarray(np.moveaxis(np.stack(maps), 0, -1), np.float32)


def window(values: Map) -> Map:
    """Average over the structure window: a box of 7 pixels twice, about a Gaussian of sigma 2.8."""
    soft = cv2.sepFilter2D(values, cv2.CV_32F, _BOXES, _BOXES, borderType=cv2.BORDER_REFLECT)
    return np.asarray(soft, np.float32)


def _centred(fine: Map | None) -> Map | None:
    if fine is None:
        return None
    stacked = np.ascontiguousarray(np.moveaxis(fine, 0, -1), np.float32)
    side = max(3, 2 * (min(stacked.shape[:2]) // 8) + 1)
    side = min(side, 21)
    centred = np.empty_like(stacked)
    for channel in range(stacked.shape[2]):
        plane = stacked[..., channel]
        low = cv2.blur(cv2.blur(plane, (side, side)), (side, side))
        centred[..., channel] = plane - low
    power = float(np.sqrt((centred**2).sum(axis=2)).mean())
    return centred / max(power, 1e-6)
