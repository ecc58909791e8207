"""The genuine references of a side on the frame of a comparison: one place in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vision.gallery import Gallery
    from vision.terms import Comparison, Mask, Pixels, Reference


@dataclass(frozen=True, slots=True, eq=False)
class LaidReference:
    """A reference on the frame of a comparison.

    `pixels` (h, w, 3) lie on those of `Comparison.aligned`; `seen` (h, w) is False where the
    reference shows nothing.
    """

    reference: Reference
    pixels: Pixels
    seen: Mask


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
    model = gallery.side_model(comparison.product, comparison.side)
    same = (
        model.canonical.sha256 == comparison.reference.sha256
        and (model.frame.height, model.frame.width) == comparison.aligned.shape[:2]
        and np.allclose(model.frame.origin, comparison.frame_origin)
        and np.isclose(model.frame.scale, comparison.frame_scale)
    )
    if not same:
        return ()
    return tuple(
        LaidReference(placed.reference, placed.layer.pixels, placed.layer.seen)
        for placed in model.placed
    )
