"""The genuine references of a side on the frame of a comparison: one place in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vision.frames import frame_for, lay
from vision.prepared import read_reference

if TYPE_CHECKING:
    from vision.gallery import Gallery
    from vision.inspection import Comparison
    from vision.sides import SideModel
    from vision.terms import Mask, Pixels, Reference

SHARP_SIDE = 2400  # pixels of the longer side of a reference that is looked at


@dataclass(frozen=True, slots=True, eq=False)
class LaidReference:
    """A reference on the frame of a comparison.

    `pixels` (h, w, 3) lie on those of `Comparison.aligned`; `seen` (h, w) is False where the
    reference shows nothing.
    """

    reference: Reference
    pixels: Pixels
    seen: Mask


@dataclass(frozen=True, slots=True, eq=False)
class SharpReference:
    """A reference laid on the canonical one as sharp as it is, bends of its surface included.

    `pixels` (h, w, 3) show every `scale`-th full-size pixel of the canonical reference, from the
    one at `origin` (x, y) on. It is the one at place `number` (from 0) of `count` references.
    """

    reference: Reference
    pixels: Pixels
    scale: float
    origin: tuple[float, float]
    number: int
    count: int


def laid_references(comparison: Comparison, gallery: Gallery) -> tuple[LaidReference, ...]:
    """Return every reference that stands behind a comparison, laid on its frame.

    Args:
        comparison: made with this gallery.
        gallery: remembers the side, or builds it anew; that may take seconds.

    Returns:
        The canonical reference first. Empty where the side has changed since, so that the frame is
        another one: nothing of it would lie on the pixels of the comparison.

    Raises:
        UnknownSide: the gallery no longer has that side.
        PictureError: none of its references can be read.
    """
    model = _same_side(comparison, gallery)
    if model is None:
        return ()
    return tuple(
        LaidReference(placed.reference, placed.layer.pixels, placed.layer.seen)
        for placed in model.placed
    )


def sharp_reference(comparison: Comparison, gallery: Gallery, number: int) -> SharpReference | None:
    """Lay one of the references behind a comparison on the canonical one, to be looked at.

    Args:
        comparison: made with this gallery.
        gallery: remembers the side, or builds it anew; that may take seconds.
        number: which one, counted on beyond the last and the first; 0 is the canonical one.

    Returns:
        None where the side has changed since.

    Raises:
        UnknownSide: the gallery no longer has that side.
        PictureError: the reference cannot be read.
    """
    model = _same_side(comparison, gallery)
    if model is None:
        return None
    count = len(model.placed)
    placed = model.placed[number % count]
    photo = read_reference(placed.reference, max_side=SHARP_SIDE)
    size = gallery.features_of(model.canonical).size
    frame = frame_for(model.frame.outline, size, side=SHARP_SIDE)
    laid = lay(photo.pixels, photo.scale, placed.matrix, frame, bow=placed.bow)
    return SharpReference(
        placed.reference, laid.pixels, frame.scale, frame.origin, number % count, count
    )


def _same_side(comparison: Comparison, gallery: Gallery) -> SideModel | None:
    """Return the side of a comparison if its frame is still the same."""
    model = gallery.side_model(comparison.product, comparison.side)
    same = (
        model.canonical.sha256 == comparison.reference.sha256
        and (model.frame.height, model.frame.width) == comparison.aligned.shape[:2]
        and np.allclose(model.frame.origin, comparison.frame_origin)
        and np.isclose(model.frame.scale, comparison.frame_scale)
    )
    return model if same else None
