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
    from vision.sides import SideModel
    from vision.spread import ChannelMaps

_REMEMBERED = 2  # sides whose references are kept in grey, about 50 MB each


def lacks_colour(suspect: Layer, references: Sequence[Layer]) -> bool:
    """Tell whether a photo has no colour though references of its side have."""
    return colour.is_grey(suspect) and not all(colour.is_grey(each) for each in references)


@lru_cache(maxsize=_REMEMBERED)
def grey_layers(model: SideModel, embedder: Embedder | None, count: int) -> tuple[Layer, ...]:
    """Return the layers of the first `count` references of a side without their colour."""
    return tuple(_grey(placed.layer, embedder) for placed in model.placed[:count])


def without_colour(maps: ChannelMaps) -> ChannelMaps:
    """Return maps in which colour could be judged nowhere."""
    return replace(maps, colour=np.full_like(maps.colour, colour.UNJUDGED))


def _grey(layer: Layer, embedder: Embedder | None) -> Layer:
    level = cv2.cvtColor(layer.pixels, cv2.COLOR_RGB2GRAY)
    pixels = np.asarray(cv2.cvtColor(level, cv2.COLOR_GRAY2RGB), np.uint8)
    laid = Laid(pixels, layer.seen, np.zeros((0, 0, 2)))  # no channel asks where a pixel was
    return prepare(laid, None if embedder is None else embedder.fine(pixels))
