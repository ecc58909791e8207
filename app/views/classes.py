"""Measured maps in colours that mean the same on every picture, for the worker or a moving slider.

The scales are fixed: what is orange in one picture differs by as much as what is orange in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from app.views.theme import AGREES, DIFFERS

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from vision import Map, Mask, Pixels

SEEN_FROM: Final = 1.0  # CIEDE2000: less than this nobody sees
HEAT_LIMIT: Final = 1.0  # of Comparison.excess: above it lies what genuine items do not show
HEAT_MOST: Final = 2.0  # from here on the heat map grows no deeper
_FAINT: Final = (0.4, 130.0)  # of the grey print below: its contrast, and what is added
_TINT: Final = 0.55  # share of the colour over the print that stays readable below it
_EDGE_SHADE: Final = 0.55


def faint_print(pixels: Pixels) -> Pixels:
    """The print in pale grey, to find one's way by: (h, w, 3)."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    pale = (grey * _FAINT[0] + _FAINT[1]).astype(np.uint8)
    return np.repeat(pale[..., None], 3, axis=2)


def classified(ground: Pixels, gap: Map, judged: Mask, tolerance: float) -> Pixels:
    """Colour a difference in three classes: blue seen but within the tolerance, orange above it.

    What nobody could see, and what could not be judged, keeps the pale print.

    Args:
        ground: (h, w, 3) the pale print.
        gap: (h, w) CIEDE2000.
        judged: (h, w) where anything may be said.
        tolerance: the largest difference that is unimportant.
    """
    important = important_places(gap, judged, tolerance)
    unimportant = judged & ~important & (gap > SEEN_FROM)
    painted = ground.copy()
    painted[unimportant] = _tinted(ground[unimportant], AGREES)
    painted[important] = _rgb(DIFFERS).astype(np.uint8)
    painted[_edge_of(important)] = (_rgb(DIFFERS) * _EDGE_SHADE).astype(np.uint8)
    return painted


def important_places(gap: Map, judged: Mask, tolerance: float) -> Mask:
    """Where the difference is larger than the tolerance and could be judged, (h, w)."""
    return np.asarray(judged & (gap > tolerance), bool)


def heated(ground: Pixels, excess: Map, judged: Mask) -> Pixels:
    """Colour evidence: blue grows up to what genuine items show (1), orange beyond it up to 2."""
    value = np.clip(excess, 0.0, HEAT_MOST).astype(np.float32)
    within = np.clip(value / HEAT_LIMIT, 0, 1)
    beyond = np.clip((value - HEAT_LIMIT) / (HEAT_MOST - HEAT_LIMIT), 0, 1)
    outside = (value > HEAT_LIMIT)[..., None]
    colour = np.where(outside, _rgb(DIFFERS), _rgb(AGREES))
    say = np.where(outside[..., 0], 0.6 + 0.4 * beyond, 0.6 * within) * judged
    mixed = ground * (1 - say[..., None]) + colour * say[..., None]
    return np.asarray(np.rint(mixed), np.uint8)


def _edge_of(places: Mask) -> Mask:
    """The outermost pixels of what is more than two pixels wide: a dark edge, told without hue."""
    square = np.ones((3, 3), np.uint8)
    inner = cv2.erode(places.astype(np.uint8), square)
    return np.asarray(places & (inner == 0) & (cv2.dilate(inner, square) > 0), bool)


def _tinted(ground: Pixels, colour: QColor) -> Pixels:
    mixed = ground * (1 - _TINT) + _rgb(colour) * _TINT
    return np.asarray(np.rint(mixed), np.uint8)


def _rgb(colour: QColor) -> Map:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)
