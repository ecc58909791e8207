"""Ways in which a photo is saved again, and stays the same photo."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from vision import Pixels


def saved(pixels: Pixels, quality: int) -> Pixels:
    """As JPEG of a quality."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream).convert("RGB"))


def cut(pixels: Pixels, share: float) -> Pixels:
    """A share of each side less, at each rim."""
    down, right = (round(side * share) for side in pixels.shape[:2])
    return pixels[down : pixels.shape[0] - down, right : pixels.shape[1] - right]


def half(pixels: Pixels) -> Pixels:
    """Half as wide and high."""
    size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


AGAIN = {
    "coarser": lambda pixels: saved(pixels, 60),
    "half": lambda pixels: saved(half(pixels), 85),
    "cut": lambda pixels: saved(cut(pixels, 0.02), 90),
    "brighter": lambda pixels: np.clip(pixels * 1.1 + 6.0, 0, 255).astype(np.uint8),
    "on its side": lambda pixels: np.rot90(pixels),  # its EXIF is gone
    "all": lambda pixels: saved(half(cut(pixels, 0.02)), 60),
}
