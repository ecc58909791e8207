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
    sharp = lab[..., 0]
    levels = [sharp] + [cv2.GaussianBlur(sharp, (0, 0), s) for s in BLURS[1:]]
    lightness = np.ascontiguousarray(np.stack(levels, axis=-1), np.float32)
    mean = window(lightness)
    variance = np.maximum(window(lightness * lightness) - mean * mean, 0.0)
    return Layer(pixels, seen, lightness, mean, variance, centred)


def window(values: Map) -> Map:
    """Average over the structure window: a box of 7 pixels twice, about a Gaussian of sigma 2.8."""
    once = cv2.blur(values, (7, 7), borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.blur(once, (7, 7), borderType=cv2.BORDER_REFLECT), np.float32)


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
