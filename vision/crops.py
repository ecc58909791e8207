"""The parts of pictures that are embedded: the whole, its middle, and quarters of photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.terms import Pixels

_CROP_SIDE = 448  # of the longer side of a part, at most


def middle_crops(pixels: Pixels) -> list[Pixels]:
    """Return the views of a reference that are embedded: the whole and its middle part."""
    height, width = pixels.shape[:2]
    top, left = round(height * 0.15), round(width * 0.15)
    return [pixels, pixels[top : height - top, left : width - left]]


def region_crops(pixels: Pixels) -> list[Pixels]:
    """Return the views of a photo that are embedded: the whole, its middle and four quarters."""
    height, width = pixels.shape[:2]
    crops = middle_crops(pixels)
    for share in (0.5,):
        high, wide = max(8, round(height * share)), max(8, round(width * share))
        for down in (0.0, 1.0):
            for across in (0.0, 1.0):
                top, left = round((height - high) * down), round((width - wide) * across)
                crops.append(pixels[top : top + high, left : left + wide])
    return [np.asarray(_bounded(crop), np.uint8) for crop in crops]


def _bounded(crop: Pixels) -> Pixels:
    factor = _CROP_SIDE / max(crop.shape[:2])
    if factor >= 1:
        return crop
    size = (max(1, round(crop.shape[1] * factor)), max(1, round(crop.shape[0] * factor)))
    return np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.uint8)
