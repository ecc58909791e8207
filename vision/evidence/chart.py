"""A colour chart or grey card lying in a photo: found, and taken as the measure of its light."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import transform

if TYPE_CHECKING:
    from vision.terms import Map, Mask, Photo, Pixels, Points, Vertices

ROWS, COLUMNS = 4, 6
# sRGB of the 24 patches as the maker publishes them, row by row from dark skin to black.
# Source: X-Rite, ColorChecker Classic, sRGB values.
PATCHES = np.array(
    [
        (115, 82, 68), (194, 150, 130), (98, 122, 157),
        (87, 108, 67), (133, 128, 177), (103, 189, 170),
        (214, 126, 44), (80, 91, 166), (193, 90, 99),
        (94, 60, 108), (157, 188, 64), (224, 163, 46),
        (56, 61, 150), (70, 148, 73), (175, 54, 60),
        (231, 199, 31), (187, 86, 149), (8, 133, 161),
        (243, 243, 242), (200, 200, 200), (160, 160, 160),
        (122, 122, 121), (85, 85, 85), (52, 52, 52),
    ],
    np.float64,
)  # fmt: skip
_NEUTRAL = slice(19, 23)  # the greys between white and black: neither clipped nor lost in noise
_CARD = 0.18  # of the light, what a grey card reflects
_SIDE = 900  # pixels of the longer side that are looked at
_FLAT = 9.0  # grey levels by which neighbours within a patch may differ
_FEWEST = 20  # patches that must be seen, the others lie where the grid puts them
_ALIKE = 0.93  # correlation of the patches with what is published, in each colour
_PATCH_SHARE = (1.5e-4, 0.02)  # of the photo that one patch covers
_CARD_SHARE = (0.008, 0.30)
_STRONGEST_CAST = 1.8  # between the channels of a card that still passes for grey
_CARD_LIGHT = (0.03, 0.28)  # of the largest value, linear: brighter is no card but paper
_CARD_UNEVEN = 18.0  # grey levels between the darkest and lightest parts of a card


@dataclass(frozen=True, slots=True)
class Standard:
    """A chart or card; `kind` is “chart” or “grey card”, `polygon` in full-size photo pixels.

    `light` is the linear red, green and blue of something white in that light, 1 the largest value.
    """

    kind: str
    polygon: Vertices
    light: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Flat:
    """A uniform area: its corners (4, 2), middle and the length of a side."""

    corners: Points
    centre: Points
    side: float
    fills: float


def find_standard(photo: Photo, product: Vertices = ()) -> Standard | None:
    """Find a chart of 24 patches or else a grey card.

    Args:
        photo: upright picture.
        product: polygon of the product, full-size pixels; what lies within is print.

    Returns:
        None where there is none that is whole, uniform and outside the product.
    """
    factor = min(1.0, _SIDE / max(photo.pixels.shape[:2]))
    height, width = photo.pixels.shape[:2]
    size = (max(16, round(width * factor)), max(16, round(height * factor)))
    small = np.asarray(cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    to_full = photo.width / size[0]
    free = np.ones(small.shape[:2], np.uint8)
    if len(product) >= 3:
        placed = np.rint(np.array(product, np.float64) / to_full).astype(np.int32)
        cv2.fillPoly(free, [placed], 0)
    flats = _flat_areas(small, free.astype(bool))
    area = float(small.shape[0] * small.shape[1])
    patches = [f for f in flats if _PATCH_SHARE[0] <= f.side**2 / area <= _PATCH_SHARE[1]]
    found = _chart(small, patches) or _card(small, flats, area)
    if found is None:
        return None
    kind, corners, light = found
    full = (corners + 0.5) * to_full - 0.5
    polygon = tuple((round(float(x), 1), round(float(y), 1)) for x, y in full)
    return Standard(kind, polygon, (float(light[0]), float(light[1]), float(light[2])))


def linear(values: Map) -> Map:
    """Take the sRGB curve off values in [0, 1]. Source: IEC 61966-2-1."""
    above = ((np.maximum(values, 0.04) + 0.055) / 1.055) ** 2.4
    return np.asarray(np.where(values <= 0.04045, values / 12.92, above), np.float32)


def _flat_areas(small: Pixels, free: Mask) -> list[_Flat]:
    soft = cv2.medianBlur(small, 3)
    kernel = np.ones((3, 3), np.uint8)
    red, green, blue = cv2.split(cv2.morphologyEx(soft, cv2.MORPH_GRADIENT, kernel))
    rough = np.maximum(np.maximum(red, green), blue)
    flat = ((rough < _FLAT) & free).astype(np.uint8)
    flat = np.asarray(cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8)
    outlines, kinds = cv2.findContours(flat, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    height, width = flat.shape
    found = []
    for outline, kind in zip(outlines, kinds[0] if outlines else (), strict=True):
        if kind[3] >= 0:
            continue  # a hole; what lies in it, as a card on an even table, is an area of its own
        x, y, wide, high = cv2.boundingRect(outline)
        if min(wide, high) < 6 or x < 2 or y < 2 or x + wide > width - 2 or y + high > height - 2:
            continue
        area = float(cv2.contourArea(outline))
        hull = np.asarray(cv2.convexHull(outline), np.float32)
        quad = _quadrilateral(hull)
        if quad is None or area < 0.8 * cv2.contourArea(quad.astype(np.float32)):
            continue
        centre = quad.mean(axis=0)
        found.append(_Flat(quad, centre, float(np.sqrt(area)), area))
    return found


def _quadrilateral(hull: Points) -> Points | None:
    """Return the four corners of an outline that is a compact quadrilateral, clockwise."""
    length = cv2.arcLength(hull, True)
    for tolerance in (0.04, 0.06, 0.08):
        simple = cv2.approxPolyDP(hull, tolerance * length, True).reshape(-1, 2)
        if len(simple) == 4:
            sides = np.linalg.norm(simple - np.roll(simple, 1, axis=0), axis=1)
            opposite = np.maximum(sides[:2] / sides[2:], sides[2:] / sides[:2])
            if sides.min() < 0.35 * sides.max() or opposite.max() > 1.5:
                return None
            return np.asarray(simple, np.float64)
    return None


def _chart(small: Pixels, patches: list[_Flat]) -> tuple[str, Points, Map] | None:
    for seed in sorted(patches, key=lambda p: -p.side)[:60]:
        alike = [p for p in patches if 0.6 < p.side / seed.side < 1.6]
        if len(alike) < _FEWEST:
            continue
        cells = _grid(seed, alike)
        found = _as_chart(small, cells) if len(cells) >= _FEWEST else None
        if found is not None:
            return found
    return None


def _grid(seed: _Flat, patches: list[_Flat]) -> dict[tuple[int, int], Points]:
    """Walk from patch to patch; return the middles by their place in the grid."""
    centres = np.array([p.centre for p in patches])
    near = centres - seed.centre
    far = np.linalg.norm(near, axis=1)
    close = [i for i in np.argsort(far) if 0.9 * seed.side < far[i] < 2.2 * seed.side]
    if not close:
        return {}
    along = near[close[0]]
    across = next((near[i] for i in close if abs(_cosine(near[i], along)) < 0.35), None)
    if across is None:
        return {}
    cells: dict[tuple[int, int], Points] = {(0, 0): seed.centre}
    steps = {(0, 0): (along, across)}
    waiting = [(0, 0)]
    while waiting:
        cell = waiting.pop(0)
        for axis, sign in itertools.product((0, 1), (1, -1)):
            place = (cell[0] + sign * (axis == 0), cell[1] + sign * (axis == 1))
            step = steps[cell][axis] * sign
            wanted = cells[cell] + step
            miss = np.linalg.norm(centres - wanted, axis=1)
            best = int(miss.argmin())
            if place in cells or miss[best] > 0.3 * float(np.linalg.norm(step)):
                continue
            cells[place] = centres[best]
            own = [*steps[cell]]
            own[axis] = 0.5 * own[axis] + 0.5 * sign * (centres[best] - cells[cell])
            steps[place] = (own[0], own[1])
            waiting.append(place)
    return cells


def _cosine(one: Points, other: Points) -> float:
    lengths = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return float(one @ other) / max(lengths, 1e-9)


def _as_chart(
    small: Pixels, cells: dict[tuple[int, int], Points]
) -> tuple[str, Points, Map] | None:
    """Try the ways in which a grid of 4 by 6 may lie; the one whose colours fit is the chart."""
    places = np.array(list(cells), np.float64)
    places -= places.min(axis=0)
    extent = (int(places[:, 0].max()) + 1, int(places[:, 1].max()) + 1)
    if sorted(extent) != [ROWS, COLUMNS]:
        return None
    fitted, _ = cv2.findHomography(places, np.array(list(cells.values())))
    matrix = np.asarray(fitted, np.float64)
    if matrix.shape != (3, 3):
        return None
    best: tuple[float, Points, Map] | None = None
    for turned in _turns(extent):
        middles = transform(matrix, turned)
        shown = _colours(small, middles)
        fit = min(
            float(np.corrcoef(shown[:, c], _curved(PATCHES[:, c], shown[:, c]))[0, 1])
            for c in range(3)
        )
        if best is None or fit > best[0]:
            corners = turned[[0, 5, 23, 18]]
            outer = corners + 0.5 * np.sign(corners - corners.mean(axis=0))
            best = (fit, transform(matrix, outer), shown)
    if best is None or best[0] < _ALIKE:
        return None
    shown = linear((best[2] / 255.0).astype(np.float32))
    published = linear((PATCHES / 255.0).astype(np.float32))
    light = np.median(shown[_NEUTRAL] / published[_NEUTRAL], axis=0)
    return "chart", best[1], np.asarray(light)


def _turns(extent: tuple[int, int]) -> list[Points]:
    """Return grid coordinates (24, 2) of the patches in order, for each way up; never mirrored.

    Which of the walk's axes runs along the rows, and in which sense, is not known, so both senses
    are tried; a mirrored chart fails by its colours.
    """
    rows, columns = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    ways: list[Points] = []
    for flip_row, flip_column in itertools.product((False, True), repeat=2):
        row = ROWS - 1 - rows if flip_row else rows
        column = COLUMNS - 1 - columns if flip_column else columns
        pair = (column, row) if extent[0] == COLUMNS else (row, column)
        ways.append(np.stack(pair, axis=1).astype(np.float64))
    return ways


def _colours(small: Pixels, middles: Points) -> Map:
    found = []
    height, width = small.shape[:2]
    for x, y in np.rint(middles).astype(int):
        part = small[max(0, y - 2) : min(height, y + 3), max(0, x - 2) : min(width, x + 3)]
        if not part.size:
            return np.zeros((len(middles), 3))
        found.append(np.median(part.reshape(-1, 3), axis=0))
    return np.array(found, np.float64)


def _curved(published: Map, shown: Map) -> Map:
    """Bend published values by the power that explains the shown ones best: camera curves."""
    known, seen = np.log(published / 255.0), np.log(np.maximum(shown, 2.0) / 255.0)
    slope = float(np.clip(np.polyfit(known, seen, 1)[0], 0.5, 2.0))
    return np.asarray(np.exp(slope * known))


def _card(small: Pixels, flats: list[_Flat], area: float) -> tuple[str, Points, Map] | None:
    """Return the largest uniform quadrilateral that is neutral but for a possible cast."""
    for flat in sorted(flats, key=lambda f: -f.fills):
        if not _CARD_SHARE[0] <= flat.fills / area <= _CARD_SHARE[1]:
            continue
        inside = np.zeros(small.shape[:2], np.uint8)
        shrunk = flat.centre + 0.8 * (flat.corners - flat.centre)
        cv2.fillConvexPoly(inside, np.rint(shrunk).astype(np.int32), 1)
        values = small[inside > 0].astype(np.float64)
        low, middle, high = np.percentile(values, (2, 50, 98), axis=0)
        light = linear((middle / 255.0).astype(np.float32))
        is_even = float((high - low).max()) <= _CARD_UNEVEN
        is_grey = float(light.max()) <= _STRONGEST_CAST * max(float(light.min()), 1e-4)
        if is_even and is_grey and _CARD_LIGHT[0] <= float(light.mean()) <= _CARD_LIGHT[1]:
            return "grey card", flat.corners, np.asarray(light / _CARD)
    return None
