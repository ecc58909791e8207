"""Artwork of known colours, and what a grabbed view shows of it, so coarse that machines agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from app.views.canvas import PictureCanvas

HEIGHT, WIDTH = 48, 96
CELL = 12  # pixels of a patch of the artwork
_COLOURS = np.array(
    [(230, 230, 220), (200, 40, 40), (40, 160, 60), (40, 60, 190), (240, 200, 60), (90, 90, 90)],
    np.uint8,
)


def artwork(turned: int = 0) -> np.ndarray:
    """Patches of six colours, no two neighbours alike; `turned` begins with another colour."""
    rows, columns = np.indices((HEIGHT // CELL, WIDTH // CELL))
    patches = _COLOURS[(rows * 2 + columns + turned) % len(_COLOURS)]
    return np.kron(patches, np.ones((CELL, CELL, 1), np.uint8))


def seen(canvas: PictureCanvas) -> np.ndarray:
    """What a canvas shows of every patch: the colour in its middle, (rows, columns, 3)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = image.devicePixelRatio()
    found = np.zeros((HEIGHT // CELL, WIDTH // CELL, 3), np.uint8)
    for row in range(found.shape[0]):
        for column in range(found.shape[1]):
            middle = QPointF((column + 0.5) * CELL - 0.5, (row + 0.5) * CELL - 0.5)
            at = canvas.to_screen(middle) * ratio
            found[row, column] = image.pixelColor(at.toPoint()).getRgb()[:3]
    return found


def patches(pixels: np.ndarray) -> np.ndarray:
    """The truth for `seen`: the colour in the middle of every patch of a picture."""
    return pixels[CELL // 2 :: CELL, CELL // 2 :: CELL]


def fingerprint(colours: np.ndarray) -> str:
    """Two bits for each channel of each patch: robust, since machines round differently."""
    return "".join(f"{value:x}" for value in (colours // 64).astype(int).ravel())
