"""A pair of known colours: the suspect is blue, the reference green, both 100 x 50 pixels."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from app.views.pixels import picture_from_pixels
from app.views.scene import Mark, MarkKind, Scene
from app.views.viewing import Pair
from vision import Alignment, Comparison, Reference

BLUE = (0, 0, 200)
GREEN = (0, 120, 0)
HEIGHT, WIDTH = 50, 100


def filled(colour: tuple[int, int, int], height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    return np.full((height, width, 3), colour, np.uint8)


def comparison_of(
    aligned: np.ndarray,
    reference: np.ndarray,
    *,
    judged: np.ndarray | None = None,
    excess: np.ndarray | None = None,
    frame_scale: float = 1.0,
) -> Comparison:
    """A comparison whose frame is the reference, by default at full size."""
    height, width = reference.shape[:2]
    return Comparison(
        product="Tea",
        side="front",
        reference=Reference("r1", "Tea", "front", "ab" * 32, ""),
        alignment=Alignment(np.eye(3), 100, 0.5, 1.0),
        similarity=0.9,
        percentile=None,
        genuine_pairs=0,
        suspicion=1.0,
        regions=(),
        aligned=aligned,
        reference_pixels=reference,
        judged=np.ones((height, width), bool) if judged is None else judged,
        excess=np.zeros((height, width), np.float32) if excess is None else excess,
        frame_scale=frame_scale,
    )


def pair(comparison: Comparison | None = None) -> Pair:
    """Without a comparison: blue against green."""
    suspect, reference = filled(BLUE), filled(GREEN)
    if comparison is not None:
        suspect, reference = comparison.aligned, comparison.reference_pixels
    return Pair(
        picture_from_pixels(suspect),
        picture_from_pixels(reference),
        comparison=comparison,
    )


def square(x: float, y: float, side: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def scene(comparison: Comparison | None = None, *, is_laid: bool = True) -> Scene:
    """The photo is the suspect at twice its size, or a photo that could not be laid."""
    shown = pair(comparison)
    assert shown.suspect is not None
    photo = picture_from_pixels(filled(BLUE, 2 * HEIGHT, 2 * WIDTH))
    thumbnail = QImage(2, 2, QImage.Format.Format_RGB32)
    if not is_laid:
        return Scene(photo, (), thumbnail)
    return Scene(
        photo,
        (),
        thumbnail,
        aligned=shown.suspect,
        reference=shown.reference,
        reference_marks=(
            Mark(MarkKind.REGION, square(10, 10, 10), 1),
            Mark(MarkKind.REGION, square(70, 30, 10), 2),
        ),
        matrix=np.diag([0.5, 0.5, 1.0]),
        comparison=comparison,
    )


def rgb(image: QImage, x: float, y: float) -> tuple[int, int, int]:
    """The colour at a place of a grabbed widget, in its own pixels."""
    ratio = image.devicePixelRatio()
    red, green, blue, _ = image.pixelColor(int(x * ratio), int(y * ratio)).getRgb()
    return red, green, blue


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 2) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))
