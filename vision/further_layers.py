"""References with which a photo is compared only where it seems to differ from the first ones."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from vision.errors import PictureError
from vision.further import beyond, fitted
from vision.parts import lay_parts
from vision.prepared import read_reference
from vision.sides import READ_SIDE, make_layer
from vision.spread import least_of

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.gallery import Gallery
    from vision.sides import SideModel
    from vision.spread import Evidence
    from vision.terms import Reference

_MOST = 10  # further references; each costs about 25 MB while its side is remembered


@lru_cache(maxsize=1)
def further_layers(model: SideModel, gallery: Gallery, known: int) -> tuple[Layer, ...]:
    """Return layers of the references of a side but the first `known` on its frame."""
    references = gallery.of_side(model.product, model.side)
    rest = beyond(model.placed, known, references, gallery.features_of).references[:_MOST]
    laid = {each.reference.id: each.layer for each in model.placed}
    layers = [laid.get(each.id) or _laid(each, model, gallery) for each in rest]
    return tuple(layer for layer in layers if layer is not None)


def lesser(one: Evidence, other: Evidence) -> Evidence:
    """Return evidence that speaks only where both do: an item like either is like a genuine one."""
    total = np.asarray(np.minimum(one.total, other.total), np.float32)
    return replace(one, maps=least_of([one.maps, other.maps]), total=total)


def _laid(reference: Reference, model: SideModel, gallery: Gallery) -> Layer | None:
    fit = fitted(reference, model.canonical, gallery.features_of)
    if fit is None:
        return None
    try:
        photo = read_reference(reference, max_side=READ_SIDE)
    except PictureError:
        return None
    canonical = model.placed[0].layer.pixels
    bent = lay_parts(photo, fit, model.frame, canonical, model.inside, model.parts)
    return make_layer(bent.laid, gallery.embedder)
