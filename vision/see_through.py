"""Parts of a picture that are transparent: print that is missing there, not light that hides it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.evidence.layer import Layer
    from vision.spread import Evidence
    from vision.terms import Mask

_PRINT = 30  # grey levels below white, in the darkest colour: something is printed there
_SURE = 2.0  # of `Evidence.total`: the head's own where it is as sure as can be
_GRAIN = np.ones((3, 3), np.uint8)


def missing_print(
    evidence: Evidence, photo: Layer, references: Sequence[Layer], inside: Mask
) -> Evidence:
    """Say that print is missing where a picture with transparent parts shows what lies behind it.

    Such parts are laid over pure white, which looks like glare to whoever does not know. What is
    transparent from outside the product on says nothing: there the picture was cut out.

    Args:
        evidence: of a photo that has transparent parts.
        photo: its layer.
        references: genuine layers of the same frame, at least one.
        inside: (h, w) the product's own area.
    """
    white = (photo.seen & (photo.pixels == 255).all(axis=2)).astype(np.uint8)
    _, parts = cv2.connectedComponents(cv2.morphologyEx(white, cv2.MORPH_OPEN, _GRAIN))
    blank = (parts > 0) & ~np.isin(parts, np.unique(parts[~inside]))
    for each in references:
        blank &= each.seen & (each.pixels.min(axis=2) < 255 - _PRINT)
    return replace(
        evidence,
        seen=np.where(blank, np.float32(1.0), evidence.seen),
        total=np.where(blank, np.maximum(evidence.total, np.float32(_SURE)), evidence.total),
    )
