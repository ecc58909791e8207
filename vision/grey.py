"""Photos without colour are compared with the references turned grey as well."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.evidence import colour
from vision.evidence.layer import prepare
from vision.frames import Laid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.embedding import Embedder
    from vision.evidence.layer import Layer
    from vision.spread import Evidence

_REMEMBERED = 2  # sides, or parts of them, whose references are kept in grey, about 50 MB each


def lacks_colour(suspect: Layer, references: Sequence[Layer]) -> bool:
    """Tell whether a photo has no colour though references of its side have."""
    return colour.is_grey(suspect) and not all(colour.is_grey(each) for each in references)


@lru_cache(maxsize=_REMEMBERED)
def grey_layers(layers: tuple[Layer, ...], embedder: Embedder | None) -> tuple[Layer, ...]:
    """Return the layers of references without their colour."""
    return tuple(_grey(layer, embedder) for layer in layers)


def without_colour(evidence: Evidence) -> Evidence:
    """Return evidence in which colour was judged nowhere."""
    still = np.zeros_like(evidence.maps.colour)
    nowhere = np.zeros(still.shape, bool)
    return replace(evidence, maps=replace(evidence.maps, colour=still), coloured=nowhere)


def _grey(layer: Layer, embedder: Embedder | None) -> Layer:
    level = cv2.cvtColor(layer.pixels, cv2.COLOR_RGB2GRAY)
    pixels = np.asarray(cv2.cvtColor(level, cv2.COLOR_GRAY2RGB), np.uint8)
    laid = Laid(pixels, layer.seen, np.zeros((0, 0, 2)))  # no channel asks where a pixel was
    return prepare(laid, None if embedder is None else embedder.fine(pixels))
