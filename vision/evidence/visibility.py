"""Visibility: would a change be seen here? Glare, clipped light and the product's edge say no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.evidence.layer import Layer
    from vision.terms import Map, Mask

JUDGED = 0.5  # below this a place counts as not judged
# Share of the largest value, in the darkest colour channel: where light begins to wash out print,
# and has washed it out.
_PALE, _WHITE = 0.80, 0.90
_LIT, _WELL_LIT = 2.0, 6.0  # L* above the brightest reference: white that is light, not print
_BRIGHTER, _MUCH_BRIGHTER = 8.0, 23.0  # L* above the brightest reference
_AROUND = np.ones((9, 9), np.uint8)
_CLIPPED = 249  # in the darkest colour channel: no print is left
_GROUND = np.ones((31, 31), np.uint8)  # so far around, print has its paper in view
_OUTSHINES = 3.0  # L* above the brightest reference
_VEIL = 40.0  # frame pixels over which light fades from clipped to none
_RIM = np.ones((5, 5), np.uint8)
_GLARE_KEEPS = 0.3  # what is left of a place under light that no reference shows


def visibility(suspect: Layer, references: Sequence[Layer], inside: Mask, *, border: float) -> Map:
    """Say how well print could be seen at each place of the suspect.

    Args:
        suspect: the photo on the frame.
        references: genuine layers of the same frame.
        inside: (h, w) the product's own area.
        border: frame pixels over which the edge of that area fades in; the outline is never exact
            to the pixel.

    Returns:
        (h, w) float32 in [0, 1]; 0 outside the product or the photo.
    """
    usable = inside & suspect.seen
    above = _brighter_than_all(suspect, references, usable)
    lowest = suspect.pixels.min(axis=2).astype(np.float32) / 255.0
    lowest = cv2.dilate(cv2.GaussianBlur(lowest, (0, 0), 1.5), _AROUND)
    washed = np.clip((lowest - _PALE) / (_WHITE - _PALE), 0.0, 1.0)
    unusual = np.clip((cv2.dilate(above, _AROUND) - _LIT) / (_WELL_LIT - _LIT), 0.0, 1.0)
    light = np.clip((above - _BRIGHTER) / (_MUCH_BRIGHTER - _BRIGHTER), 0.0, 1.0)
    clear = (1.0 - washed * unusual) * (1.0 - light * (1.0 - _GLARE_KEEPS))
    return np.asarray(clear * edge(usable, border), np.float32)


def usable(suspect: Layer, references: Sequence[Layer], inside: Mask, *, border: float) -> Map:
    """Say where a photo shows the product at all, for a judge who knows light from print himself.

    Left out is only what no judge could see: beyond the product's edge, and where light has
    clipped the photo to white though no reference is that bright nearby, with the veil around it.
    Paper from which print was taken is as bright as the paper around it, so it stays.

    Args:
        suspect: the photo on the frame.
        references: genuine layers of the same frame.
        inside: (h, w) the product's own area.
        border: frame pixels over which the edge of that area fades in.

    Returns:
        (h, w) float32 in [0, 1].
    """
    shown = inside & suspect.seen
    clipped = cv2.blur(suspect.pixels.min(axis=2), (3, 3)) >= _CLIPPED
    outshining = _brighter_than_all(suspect, references, shown, paper=True) > _OUTSHINES
    core = cv2.morphologyEx((clipped & outshining & shown).astype(np.uint8), cv2.MORPH_OPEN, _RIM)
    faded = edge(shown, border)
    if not core.any():
        return faded
    brighter = _brighter_than_all(suspect, references, shown) > _OUTSHINES
    away = cv2.distanceTransform(1 - core, cv2.DIST_L2, 5)
    veil = (core > 0) | (brighter & shown & (away < _VEIL))
    _, parts = cv2.connectedComponents(veil.astype(np.uint8))
    washed = np.isin(parts, np.unique(parts[core > 0])).astype(np.uint8)
    return np.where(cv2.dilate(washed, _RIM) > 0, np.float32(0.0), faded)


def _brighter_than_all(
    suspect: Layer, references: Sequence[Layer], usable: Mask, *, paper: bool = False
) -> Map:
    """Return by how many L* a place outshines the brightest reference, exposure matched.

    With `paper`, it is compared with the brightest place of the references nearby.
    """
    own = suspect.lightness[..., -1]
    brightest: Map | None = None
    for layer in references:
        both = usable & layer.seen
        if both.sum() < 200:
            continue
        theirs = layer.lightness[..., -1]
        slope, offset = np.polyfit(theirs[both][::7], own[both][::7], 1)
        if paper:
            theirs = np.asarray(cv2.dilate(theirs, _GROUND), np.float32)
        matched = np.where(layer.seen, np.clip(slope, 0.2, 3.0) * theirs + offset, -1e3)
        brightest = matched if brightest is None else np.maximum(brightest, matched)
    if brightest is None:
        return np.zeros(usable.shape, np.float32)
    return np.asarray(own - brightest, np.float32)


def edge(usable: Mask, border: float) -> Map:
    """Return (h, w) in [0, 1]: 0 at the border of an area, 1 from `border` pixels inside it on."""
    distance = _from_edge(usable)
    return np.asarray(np.clip((distance - border / 2) / max(border, 1e-6), 0.0, 1.0), np.float32)


def depth(area: Mask) -> float:
    """Return how many pixels the edge of an area, (h, w), is away where it is farthest."""
    return float(_from_edge(area).max(initial=0.0))


def _from_edge(area: Mask) -> Map:
    """Return (h, w) how many pixels the edge of an area is away, 0 outside it."""
    framed = cv2.copyMakeBorder(area.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)
