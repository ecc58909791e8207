"""Colour: CIEDE2000 differences that are left when the light has been taken out.

The light is estimated so that places which truly differ, glare and covers hardly pull it: an even
or evenly changing colour first, then slow changes around it, each time with less say for what
does not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.evidence.chart import linear
from vision.evidence.ciede2000 import ciede2000

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.terms import Map, Mask, Pixels

UNJUDGED = np.float32(99.0)  # where the light is too poor to judge colour
_SHRINK = 4
_LEVEL_SIGMA = 3.0  # of the shrunken picture: brightness changes more slowly than this
_COARSE = 2  # times smaller still, for the colour of the light
_CAST_SIGMA = 12.0  # of that: it changes much more slowly
_ROUNDS, _EVEN_ROUNDS = 5, 2
_OUTLIER = 2.0  # times the median miss: from here on a place says ever less about the light
_LEAST_MISS = 0.02  # natural logarithm
_EVEN_SAY = 0.05  # of the evenly changing light, where little around is to be trusted
_DARKEST = 0.01  # linear: added before ratios are taken
_DIM = 0.02  # linear: where the darkest channel says half as much about the light
_FULL_LINEAR, _FULL_SAY = 0.97, 0.1
_REACH = 1  # places of the shrunken picture by which print may lie elsewhere
_AROUND = 2 * _REACH + 1
_SOFT = 0.7
_FAINT = 5.0  # times: light that much weaker than in the other picture leaves too little
_STRONGEST_CAST = 2.2  # times between two channels: too extreme a light
_WHITE_PRINT = 0.7  # linear, of the largest value: print that may well come out white
_NOISIEST = 5.0  # units of a*b*, at the shrunken scale
# Levels of 255 between the channels of a pixel, and the share of pixels that keep to them. Black
# and white pictures have none but what a colour format rounds; noise alone gives a camera more.
_CHROMA, _COLOURLESS = 4, 0.99
_STEP = 3  # every so many pixels are looked at for that
_QUARTER = 0.3186  # of a normal deviation: a quarter of all values lie within


def difference(one: Layer, other: Layer) -> Map:
    """Measure how far print differs in colour, lightness left out, which light changes.

    Brighter places are tried both as more light and as glare that lies over the print, which
    pales it; what the better of the two leaves counts. So does the nearest colour one place
    around, since no alignment is exact. Where both layers know their light from a chart or card
    (`Layer.light`), its colour is taken from there instead of from the print.

    Returns:
        (h, w) float32 in units of CIEDE2000 over about 5 pixels; UNJUDGED where light washes print
        out, or is too weak, too strongly tinted or too noisy.
    """
    height, width = one.seen.shape
    size = (max(4, width // _SHRINK), max(4, height // _SHRINK))
    left, right = _reduced(one.pixels, size), _reduced(other.pixels, size)
    both = (one.seen & other.seen).astype(np.float32)
    both = np.asarray(cv2.resize(both, size, interpolation=cv2.INTER_AREA), np.float32)
    light, expected = linear(left), linear(right)
    cast, level, usual = _light(light, expected, both, _known_cast(one, other))
    gain, even = np.exp(cast + level[..., None]), np.exp(cast + usual)
    more = (light * gain, np.minimum(expected, gain))  # what would be clipped is compared clipped
    glare = _without_glare(light * even, np.minimum(expected, even))
    away = _nearest((more, glare))
    poor = _too_poor(left, right, gain) | _washed_out(light, expected / even)
    poor |= _washed_out(expected, light * even)
    found = np.asarray(
        cv2.resize(away, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )
    hidden = cv2.resize(poor.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(np.where(hidden > 0, UNJUDGED, found), np.float32)


def is_grey(layer: Layer) -> bool:
    """Tell whether a picture has practically no colour, as taken or saved in black and white."""
    shown = layer.pixels[::_STEP, ::_STEP][layer.seen[::_STEP, ::_STEP]]
    apart = np.ptp(shown, axis=1) if len(shown) else np.full(1, 255)
    return float((apart <= _CHROMA).mean()) >= _COLOURLESS


def _reduced(pixels: Pixels, size: tuple[int, int]) -> Map:
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255.0)


def _known_cast(one: Layer, other: Layer) -> Map | None:
    """Return the logarithm (3,) of the colour by which the two lights differ, None if unknown."""
    if one.light is None or other.light is None:
        return None
    ratio = np.log(np.maximum(other.light, 1e-3)) - np.log(np.maximum(one.light, 1e-3))
    return np.asarray(ratio - ratio.mean(), np.float32)


def _light(left: Map, right: Map, both: Map, known: Map | None) -> tuple[Map, Map, float]:
    """Return logarithms: (h, w, 3) the light's colour, (h, w) its local strength, its usual one."""
    ratio = np.log((right + _DARKEST) / (left + _DARKEST))
    dim = np.minimum(_lowest(left), _lowest(right))
    full = np.maximum(_highest(left), _highest(right)) > _FULL_LINEAR
    trust = both * (dim + 1e-3) / (dim + _DIM) * np.where(full, _FULL_SAY, 1.0) + 1e-6
    trust = np.asarray(trust, np.float32)
    level = np.asarray(ratio.mean(axis=2), np.float32)
    if known is None:
        cast = _colour_of_light(ratio - level[..., None], trust)
    else:
        cast = np.broadcast_to(known, ratio.shape)
    say = trust + np.float32(1e-3)
    local = _slow(level * say, _LEVEL_SIGMA) / _slow(say, _LEVEL_SIGMA)
    return cast, local, float(_middle(level[..., None], trust)[0])


def _colour_of_light(cast: Map, trust: Map) -> Map:
    """Fit the colour of the light by reweighting: what does not fit loses its say.

    Source: Holland and Welsch, Robust regression using iteratively reweighted least-squares,
    Communications in Statistics A6, 1977.
    """
    height, width = trust.shape
    size = (max(2, width // _COARSE), max(2, height // _COARSE))
    cast, trust = (
        np.asarray(cv2.resize(v, size, interpolation=cv2.INTER_AREA), np.float32)
        for v in (np.asarray(cast * trust[..., None], np.float32), trust)
    )
    cast = cast / trust[..., None]
    y, x = np.mgrid[-1 : 1 : size[1] * 1j, -1 : 1 : size[0] * 1j].astype(np.float32)
    design = np.stack([np.ones_like(x), x, y], axis=-1)
    field: Map = np.broadcast_to(_middle(cast, trust), cast.shape)
    even = field
    for number in range(_ROUNDS):
        miss = np.sqrt(((cast - field) ** 2).sum(axis=2))
        usual = max(float(_middle(miss[..., None], trust)[0]), _LEAST_MISS)
        weight = np.asarray(trust / (1.0 + (miss / (_OUTLIER * usual)) ** 2) ** 2, np.float32)
        if number < _EVEN_ROUNDS:
            weighted = (design * weight[..., None]).reshape(-1, 3)
            normal = weighted.T @ design.reshape(-1, 3) + 1e-2 * np.eye(3)
            field = even = design @ np.linalg.solve(normal, weighted.T @ cast.reshape(-1, 3))
        else:
            near = np.asarray((cast - even) * weight[..., None], np.float32)
            share = _slow(weight, _CAST_SIGMA) + _EVEN_SAY * float(weight.mean())
            field = even + _slow(near, _CAST_SIGMA) / share[..., None]
    smooth = cv2.resize(
        np.asarray(field, np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(smooth, np.float32)


def _middle(values: Map, weights: Map) -> Map:
    """Return the weighted median of each channel (h, w, C)."""
    flat, said = values.reshape(-1, values.shape[-1]), weights.ravel()
    found = []
    for channel in flat.T:
        order = np.argsort(channel)
        passed = np.cumsum(said[order])
        place = int(np.searchsorted(passed, passed[-1] / 2))
        found.append(channel[order[min(place, len(order) - 1)]])
    return np.array(found, np.float32)


def _without_glare(tinted: Map, expected: Map) -> tuple[Map, Map]:
    """Take off the brighter of two pictures what it has more of all colours, as glare adds it."""
    excess = np.asarray((tinted - expected).mean(axis=2), np.float32)
    more = np.asarray(_slow(excess, _LEVEL_SIGMA)[..., None], np.float32)
    bare = np.maximum(tinted - np.maximum(more, 0.0), 0.0)
    rest = np.maximum(expected - np.maximum(-more, 0.0), 0.0)
    return np.asarray(bare, np.float32), np.asarray(rest, np.float32)


def _nearest(pairs: tuple[tuple[Map, Map], ...]) -> Map:
    """Return the difference to whichever pair and neighbour comes nearest in a* and b*."""
    height, width = pairs[0][0].shape[:2]
    best = np.full((height, width), np.inf, np.float32)
    chosen = np.zeros((height, width), np.int32)
    owns, wanteds = [], []
    for number, (own, wanted) in enumerate(pairs):
        left = _lab(own)
        right = cv2.copyMakeBorder(_lab(wanted), *(_REACH,) * 4, cv2.BORDER_REPLICATE)
        owns.append(left)
        wanteds.append(right)
        own_a, own_b = (np.ascontiguousarray(left[..., axis]) for axis in (1, 2))
        all_a, all_b = (np.ascontiguousarray(right[..., axis]) for axis in (1, 2))
        for step in range(_AROUND**2):
            down, across = divmod(step, _AROUND)
            part = np.s_[down : down + height, across : across + width]
            away = (own_a - all_a[part]) ** 2 + (own_b - all_b[part]) ** 2
            nearer = cv2.compare(away, best, cv2.CMP_LT)
            np.minimum(best, away, out=best)
            cv2.copyTo(np.full_like(chosen, number * _AROUND**2 + step), nearer, chosen)
    pair, place = np.divmod(chosen, _AROUND**2)
    below, beside = np.divmod(place, _AROUND)
    row, column = np.indices((height, width))
    mine = np.stack(owns)[pair, row, column]
    theirs = np.asarray(np.stack(wanteds), np.float32)[pair, row + below, column + beside]
    return np.asarray(ciede2000(mine, theirs, with_lightness=False), np.float32)


def _too_poor(left: Map, right: Map, gain: Map) -> Mask:
    """Return where colour cannot be judged; `left` and `right` as encoded, in [0, 1]."""
    if max(_noise(left), _noise(right)) > _NOISIEST:
        return np.ones(left.shape[:2], bool)
    strength = gain.mean(axis=2)
    poor = (strength > _FAINT) | (strength < 1.0 / _FAINT)
    poor |= _highest(gain) > _STRONGEST_CAST * _lowest(gain)
    return np.asarray(poor, bool)


def _washed_out(light: Map, expected: Map) -> Mask:
    """Return where a picture is clipped to white though its print should not be that bright."""
    white = _lowest(light) > _FULL_LINEAR
    return np.asarray(white & (_lowest(expected) < _WHITE_PRINT), bool)


def _noise(encoded: Map) -> float:
    """Estimate the deviation of a* and b* between neighbours, from the calmest quarter.

    Source: Immerkaer, Fast noise variance estimation, Computer Vision and Image Understanding
    64(2), 1996 (the mask); the quartile instead of the mean, so that print does not count.
    """
    lab = cv2.cvtColor(encoded, cv2.COLOR_RGB2LAB)
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    rough = np.abs(cv2.filter2D(np.ascontiguousarray(lab[..., 1:]), -1, mask))
    return float(np.percentile(rough, 25)) / (6.0 * _QUARTER)


def _lab(light: Map) -> Map:
    """Return CIELAB of linear values, softened as the eye sees them."""
    shown = np.clip(light, 0.0, 1.0)
    curved = np.where(
        shown <= 0.0031308, 12.92 * shown, 1.055 * np.maximum(shown, 1e-4) ** (1 / 2.4) - 0.055
    )
    soft = cv2.GaussianBlur(curved.astype(np.float32), (0, 0), _SOFT)
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_RGB2LAB), np.float32)


def _lowest(values: Map) -> Map:
    return np.minimum(np.minimum(values[..., 0], values[..., 1]), values[..., 2])


def _highest(values: Map) -> Map:
    return np.maximum(np.maximum(values[..., 0], values[..., 1]), values[..., 2])


def _slow(values: Map, sigma: float) -> Map:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
