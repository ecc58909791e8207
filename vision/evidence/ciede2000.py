"""The colour difference that colorimetry agrees on: CIEDE2000."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from vision.terms import Map

_FAR = 25.0**7
_Field = NDArray[np.floating[Any]]


def ciede2000(one: Map, other: Map, *, with_lightness: bool = True) -> Map:
    """Measure colour differences.

    Args:
        one: (..., 3) CIELAB colours L*, a*, b*.
        other: as many colours.
        with_lightness: False leaves the difference of lightness out, where light is not to be
            told from print; both colours are then taken at their mean lightness.

    Returns:
        (...) the differences; about 1 is the least that a trained eye sees side by side.

    Source: Sharma, Wu and Dalal, The CIEDE2000 color-difference formula: implementation notes,
    supplementary test data, and mathematical observations, Color Research and Application 30(1),
    2005; parametric factors 1.
    """
    one, other = np.asarray(one), np.asarray(other)
    l1, a1, b1 = (one[..., axis] for axis in range(3))
    l2, a2, b2 = (other[..., axis] for axis in range(3))
    stretch = 1.0 + _half_less_root((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2)
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = _hue(a1, b1), _hue(a2, b2)
    turn = np.where(c1 * c2 == 0, 0.0, (h2 - h1 + 180.0) % 360.0 - 180.0)
    turn = np.where((turn == -180.0) & (h2 > h1), 180.0, turn)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = np.where(c1 * c2 == 0, h1 + h2, _mean_hue(h1, h2))
    hue_weight = (
        1.0
        - 0.17 * _cos(mean_h - 30.0)
        + 0.24 * _cos(2 * mean_h)
        + 0.32 * _cos(3 * mean_h + 6.0)
        - 0.20 * _cos(4 * mean_h - 63.0)
    )
    off = (mean_l - 50.0) ** 2
    lightness = (l2 - l1) / (1.0 + 0.015 * off / np.sqrt(20.0 + off)) if with_lightness else 0.0
    chroma = (c2 - c1) / (1.0 + 0.045 * mean_c)
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1.0 + 0.015 * mean_c * hue_weight)
    blue = 30.0 * np.exp(-(((mean_h - 275.0) / 25.0) ** 2))
    twist = -np.sin(np.radians(2 * blue)) * 2 * _root(mean_c)
    square = lightness**2 + chroma**2 + hue**2 + twist * chroma * hue
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def _root(chroma: _Field) -> _Field:
    cube = chroma * chroma * chroma
    seventh = cube * cube * chroma
    return np.sqrt(seventh / (seventh + _FAR))


def _half_less_root(chroma: _Field) -> _Field:
    return 0.5 * (1.0 - _root(chroma))


def _hue(a: _Field, b: _Field) -> _Field:
    """Return the hue angle in degrees, [0, 360); 0 where there is no colour."""
    return np.degrees(np.arctan2(b, a)) % 360.0


def _mean_hue(one: _Field, other: _Field) -> _Field:
    total = one + other
    far = np.abs(one - other) > 180.0
    return np.where(far, np.where(total < 360.0, total + 360.0, total - 360.0), total) / 2


def _cos(degrees: _Field) -> _Field:
    return np.cos(np.radians(degrees))
