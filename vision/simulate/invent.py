"""Draw the artwork of a made-up product from a seed."""

from __future__ import annotations

import numpy as np

from vision.simulate.artwork import Artwork, paint
from vision.simulate.backs import back
from vision.simulate.brands import invent_brand
from vision.simulate.layouts import front


def draw(seed: int, size: int) -> Artwork:
    """Draw one side of a made-up product.

    Args:
        seed: decides brand, words, colours, layout and side.
        size: longer side in pixels.

    Returns:
        The artwork with the boxes of its elements; the same seed and size give the same pixels.

    Raises:
        FileNotFoundError: a font is not on this machine.
    """
    rng = np.random.default_rng(seed)
    brand = invent_brand(rng)
    sheet = front(brand) if rng.random() < 0.6 else back(brand)
    return paint(sheet, size)
