"""A photo laid by the pins of a person; what matches near them makes the lie exact, if it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.align import Fit, fit_near, transform
from vision.errors import PictureError, PinsUnusable, PinTrouble
from vision.pins import fit_pins
from vision.sides import compose

if TYPE_CHECKING:
    from vision.features import LocalFeatures
    from vision.gallery import Gallery
    from vision.pins import PinFit, Pinned
    from vision.sides import Placed, SideModel
    from vision.terms import Points

_REACH = 12.0  # frame pixels about the pins' view within which pairs may lie
_ASTRAY = 8.0  # frame pixels that the exact view may take a pin from its place


def fit_by_hand(pinned: Pinned, model: SideModel, gallery: Gallery, photo: LocalFeatures) -> Fit:
    """Fit a photo onto the canonical reference of a side by pins.

    Args:
        pinned: pins on any reference that lies on the side's frame.
        model: the side.
        gallery: gives the features of the reference.
        photo: local features of the photo, points in full-size pixels.

    Returns:
        Point pairs of pictures where enough match near the pins, and the pins alone otherwise.

    Raises:
        PinsUnusable: the pins do not tell how the photo lies.
    """
    placed = next((p for p in model.placed if p.reference.sha256 == pinned.reference), None)
    if placed is None:
        raise PinsUnusable(PinTrouble.REFERENCE_GONE)
    view = fit_pins(pinned.pins)
    here = np.array([pin.photo for pin in pinned.pins], np.float64)
    there = np.array([pin.reference for pin in pinned.pins], np.float64)
    exact = _exact(view, here, there, placed, model, gallery, photo)
    return compose(exact or _alone(view, here, there), placed)


def _exact(
    view: PinFit,
    here: Points,
    there: Points,
    placed: Placed,
    model: SideModel,
    gallery: Gallery,
    photo: LocalFeatures,
) -> Fit | None:
    """Return the view that pairs near the pins' one agree on, None where it leaves the pins."""
    try:
        known = gallery.features_of(placed.reference).local
    except PictureError:
        return None
    pixel = _pixel(placed, model)
    fit = fit_near(photo, known, view.matrix, reach=_REACH * pixel)
    if fit is None:
        return None
    astray = np.linalg.norm(transform(fit.matrix, here) - there, axis=1) - view.misses
    return fit if float(astray.max()) < _ASTRAY * pixel else None


def _alone(view: PinFit, here: Points, there: Points) -> Fit:
    """Return what the pins tell; they are no pairs that could show where a surface bends."""
    none: Points = np.empty((0, 2))
    error = 0.0 if view.error_px is None else view.error_px
    return Fit(view.matrix, here, there, error, len(here), len(here), (none, none))


def _pixel(placed: Placed, model: SideModel) -> float:
    """Return how many pixels of a reference make one of the frame."""
    size = abs(float(np.linalg.det(placed.matrix[:2, :2])))
    return float(model.frame.scale / max(size, 1e-6) ** 0.5)
