"""What the benchmarks of the window show and wait for: large prints, a sheet of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.views.contact_sheet import sheet_picture
from app.views.viewing import ViewKind
from vision import LaidReference

if TYPE_CHECKING:
    from collections.abc import Generator

    from app.panes.comparing_desk import ComparingDesk
    from app.views.contact_sheet import SheetPicture
    from vision import Comparison

_ON_SHEET = 6  # references


def blocks(height: int, width: int, side: int, seed: int = 1) -> np.ndarray:
    """A print of coloured squares, cheap to make and hard to paint."""
    coarse = np.random.default_rng(seed).integers(0, 255, (height // side, width // side, 3))
    return np.kron(coarse.astype(np.uint8), np.ones((side, side, 1), np.uint8))


def sheet_of(comparison: Comparison) -> Generator[None, None, tuple[SheetPicture, ...]]:
    """The work of a sheet, without a gallery."""
    yield
    laid = LaidReference(comparison.reference, comparison.reference_pixels, comparison.judged)
    return tuple(sheet_picture(laid, comparison) for _ in range(_ON_SHEET))


def is_ready(desk: ComparingDesk) -> bool:
    """Whether the view of now shows all that it shows."""
    if desk.kind is ViewKind.DIFFERENCE:
        return desk.difference.canvas.is_measured
    if desk.kind is ViewKind.CONTACT_SHEET:
        return len(desk.sheet.canvases) == 1 + _ON_SHEET
    return desk.channels_ready
