"""Photo -> faults that a person can mend: blur, glare, too dark, too bright, too few pixels.

Units of `Fault.measured` and `Fault.limit`:

blur        standard deviation of the blur, in pixels of a picture whose longer side is at most 800
glare       percent of the looked-at area that one patch of glare covers
too_dark    brightness, 0 to 255, that 99 % of the area stay below
too_bright  brightness, 0 to 255, that 99 % of the area stay above
too_small   shorter side of the area, in pixels of the full picture

Severe faults stop the comparison, so they are named only where hardly anything could be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision.terms import Box, Fault, FaultKind, Map, Mask, Photo, Pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLUR_LIMIT, BLUR_SEVERE = 1.5, 2.2
GLARE_LIMIT, GLARE_SEVERE = 0.5, 20.0
DARK_LIMIT, DARK_SEVERE = 60.0, 30.0
BRIGHT_LIMIT, BRIGHT_SEVERE = 170.0, 225.0
SIZE_LIMIT, SIZE_SEVERE = 200.0, 48.0

_BLUR_SIDE = 800
_GLARE_SIDE = 512
_TILES = 6
_EDGES_A_TILE = 30
_REBLUR = 2.0
_FINEST = 0.1  # a blur below this cannot be told from none
_REACH = 19  # so far around a patch its surroundings are looked at
_SHARP_DROP = 70  # brightness lost within two pixels of an outline
_PATCHES = 5  # at most so many faults of glare, the largest


@dataclass(frozen=True, slots=True)
class _Patch:
    """A place without any detail; `box` and `mask` in pixels of the picture it was found in."""

    box: Box
    mask: Mask
    share: float


def faults(photo: Photo, *, area: Box | None = None) -> tuple[Fault, ...]:
    """Name what makes a photo, or its product's area, hard to judge.

    Args:
        photo: the photo, perhaps decoded at a reduced scale.
        area: where the product lies, full-size pixels. Default: the whole photo.

    Returns:
        Faults with their place in full-size pixels, severe ones first; the units are those above.

    Raises:
        ValueError: `area` lies outside the photo.
    """
    box = _clip(photo, area)
    pixels = _crop(photo, box)
    grey = _grey(pixels, _BLUR_SIDE)
    found = [
        *_size_faults(box),
        *_exposure_faults(grey, box),
        *_blur_faults(grey, box),
        *_glare_faults(pixels, box),
    ]
    return tuple(sorted(found, key=lambda fault: not fault.severe))


def cannot_judge(pixels: Pixels) -> Mask:
    """Find the places where glare hides whatever is printed there.

    White print is left alone: a place counts only where it is clipped and without any detail, is a
    blob or streak, lies among much darker places, and fades into them without an edge. Crushed
    black is not marked: in a photo it cannot be told from black print.

    Args:
        pixels: (h, w, 3) uint8 RGB.

    Returns:
        (h, w), True where nothing can be said.
    """
    height, width = pixels.shape[:2]
    small = _reduced(pixels, _GLARE_SIDE)
    mask = np.zeros(small.shape[:2], bool)
    for patch in _patches(small):
        mask |= patch.mask
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8))
    return cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST).astype(bool)


def blur_of(grey: NDArray[np.uint8]) -> float:
    """Estimate how blurred the sharp edges of a picture are.

    Each edge is blurred once more by a known amount; how much its slope falls tells its own width.
    Only the sharper quarter of the edges counts, so that a smooth product is not called blurred; of
    four directions the worst counts, so that a shaken photo is.

    Args:
        grey: (h, w) uint8.

    Returns:
        Standard deviation in pixels of `grey`; 0 where there are too few edges to tell.

    Source: Zhuo and Sim, Defocus map estimation from a single image, Pattern Recognition 44, 2011.
    """
    edges = _edges(grey)
    if len(edges.width) < _EDGES_A_TILE:
        return 0.0
    by_tile = _quarters(edges.width, edges.tile, _TILES * _TILES, _EDGES_A_TILE)
    by_direction = _quarters(
        edges.width, edges.direction, 4, max(100, round(0.05 * len(edges.width)))
    )
    if len(by_tile) < 3 or not by_direction:
        return 0.0
    return min(max(by_direction), 2.5 * float(np.median(by_tile)))


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Edge points: `width` (N,) blur in pixels, `tile` and `direction` (N,) small integers."""

    width: NDArray[np.float64]
    tile: NDArray[np.intp]
    direction: NDArray[np.intp]


def _edges(grey: NDArray[np.uint8]) -> _Edges:
    values = grey.astype(np.float32)
    noise = _noise(values)
    smooth = 0.7 if noise < 1.5 else 1.4
    once = cv2.GaussianBlur(values, (0, 0), smooth)
    twice = cv2.GaussianBlur(once, (0, 0), _REBLUR)
    dx, dy = _slopes(once)
    steep, flatter = cv2.magnitude(dx, dy), cv2.magnitude(*_slopes(twice))
    peak = (steep >= cv2.dilate(steep, np.ones((3, 3), np.uint8))) & (steep > max(3.0, noise))
    peak[:4] = peak[-4:] = peak[:, :4] = peak[:, -4:] = False
    y, x = np.nonzero(peak)
    ratio = steep[peak].astype(np.float64) / np.maximum(flatter[peak], 1e-3)
    variance = _REBLUR**2 / np.maximum(ratio * ratio - 1, 1e-3) - smooth**2
    angle = np.arctan2(dy[peak], dx[peak]) / (np.pi / 4)
    tile = (y * _TILES // grey.shape[0]) * _TILES + x * _TILES // grey.shape[1]
    return _Edges(
        np.sqrt(np.maximum(variance, _FINEST**2)), tile, np.rint(angle).astype(np.intp) % 4
    )


def _slopes(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    return (
        cv2.Sobel(values, cv2.CV_32F, 1, 0, scale=1 / 8),
        cv2.Sobel(values, cv2.CV_32F, 0, 1, scale=1 / 8),
    )


def _noise(values: Map) -> float:
    """Standard deviation of the noise (Immerkær, Fast noise variance estimation, CVIU 64, 1996)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
    return float(np.median(np.abs(cv2.filter2D(values, -1, kernel)[::3, ::3])) / 0.6745)


def _quarters(
    values: NDArray[np.float64], group: NDArray[np.intp], groups: int, least: int
) -> list[float]:
    """Return the 25th percentile of each group that has at least `least` values."""
    members = (values[group == number] for number in range(groups))
    return [float(np.percentile(some, 25)) for some in members if len(some) >= least]


def _size_faults(box: Box) -> list[Fault]:
    shorter = float(min(box[2] - box[0], box[3] - box[1]))
    if shorter >= SIZE_LIMIT:
        return []
    return [Fault(FaultKind.TOO_SMALL, box, shorter, SIZE_LIMIT, shorter < SIZE_SEVERE)]


def _exposure_faults(grey: NDArray[np.uint8], box: Box) -> list[Fault]:
    below = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256])) / grey.size
    dark, light = (float(np.searchsorted(below, share)) for share in (0.01, 0.99))
    if light < DARK_LIMIT:
        return [Fault(FaultKind.TOO_DARK, box, light, DARK_LIMIT, light < DARK_SEVERE)]
    if dark > BRIGHT_LIMIT and below[252] < 0.5:
        return [Fault(FaultKind.TOO_BRIGHT, box, dark, BRIGHT_LIMIT, dark > BRIGHT_SEVERE)]
    return []


def _blur_faults(grey: NDArray[np.uint8], box: Box) -> list[Fault]:
    blur = blur_of(grey)
    if blur < BLUR_LIMIT:
        return []
    return [Fault(FaultKind.BLUR, box, blur, BLUR_LIMIT, blur > BLUR_SEVERE)]


def _glare_faults(pixels: Pixels, box: Box) -> list[Fault]:
    small = _reduced(pixels, _GLARE_SIDE)
    scale = (box[2] - box[0]) / small.shape[1]
    found = []
    for patch in sorted(_patches(small), key=lambda patch: -patch.share)[:_PATCHES]:
        percent = 100 * patch.share
        if percent < GLARE_LIMIT:
            break
        x0, y0, x1, y1 = (round(v * scale) for v in patch.box)
        where = (box[0] + x0, box[1] + y0, min(box[2], box[0] + x1), min(box[3], box[1] + y1))
        severe = percent > GLARE_SEVERE
        found.append(Fault(FaultKind.GLARE, where, percent, GLARE_LIMIT, severe))
    return found


def _patches(pixels: Pixels) -> list[_Patch]:
    """Find patches that are clipped to white, fade out softly, and lie among much darker places."""
    lowest = pixels.min(axis=2)
    core = (cv2.blur(lowest, (3, 3)) >= 249).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=8)
    height, width = core.shape
    sizes = stats[:, cv2.CC_STAT_AREA].copy()
    sizes[0] = 0  # the ground
    large = [n for n in np.argsort(-sizes)[: 4 * _PATCHES] if sizes[n] >= 2e-4 * height * width]
    if not large:
        return []
    distance, nearest = cv2.distanceTransformWithLabels(
        1 - core, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_CCOMP
    )
    found = []
    for number in large:
        x, y, w, h, size = (int(v) for v in stats[number])
        near = np.s_[max(0, y - _REACH) : y + h + _REACH, max(0, x - _REACH) : x + w + _REACH]
        inside = labels == number
        if _touches_border(inside, size) or not _is_solid(inside, size):
            continue
        around = nearest[near] == nearest[inside][0]
        if _fades(lowest[near], distance[near], around):
            found.append(_Patch((x, y, x + w, y + h), inside, size / (height * width)))
    return found


def _touches_border(inside: Mask, size: int) -> bool:
    """Tell whether a patch runs along the border, as a white background does."""
    along = inside[0].sum() + inside[-1].sum() + inside[:, 0].sum() + inside[:, -1].sum()
    return bool(along > 0.5 * np.sqrt(size))


def _fades(lowest: NDArray[np.uint8], distance: Map, around: Mask) -> bool:
    """Tell whether brightness falls slowly outside a patch, and far: light, not white print."""
    rings = []
    for near, far in ((1.0, 2.5), (5.0, 7.0), (12.0, 18.0)):
        ring = lowest[around & (distance >= near) & (distance <= far)]
        if len(ring) < 8:
            return False
        rings.append(255.0 - ring)
    edge, halfway, beyond = (float(np.median(ring)) for ring in rings)
    cut = float((rings[0] > _SHARP_DROP).mean())  # of the patch's outline, as print and paper do
    return beyond >= 60 and edge < 0.35 * beyond and halfway < 0.85 * beyond and cut < 0.12


def _is_solid(inside: Mask, size: int) -> bool:
    """Tell whether a patch is a blob or a streak, not the ground between printed figures."""
    contours, _ = cv2.findContours(
        inside.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    hull = cv2.convexHull(max(contours, key=len))
    return size > 0.55 * max(1.0, cv2.contourArea(hull))


def _clip(photo: Photo, area: Box | None) -> Box:
    if area is None:
        return (0, 0, photo.width, photo.height)
    x0, y0 = max(0, area[0]), max(0, area[1])
    x1, y1 = min(photo.width, area[2]), min(photo.height, area[3])
    if x0 >= x1 or y0 >= y1:
        raise ValueError(f"expected a box inside {photo.width} x {photo.height}, found {area}")
    return (x0, y0, x1, y1)


def _crop(photo: Photo, box: Box) -> Pixels:
    height, width = photo.pixels.shape[:2]
    x0, x1 = (round(x / photo.scale) for x in (box[0], box[2]))
    y0, y1 = (round(y / photo.scale) for y in (box[1], box[3]))
    x0, y0 = min(x0, width - 1), min(y0, height - 1)
    return photo.pixels[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def _reduced(pixels: Pixels, side: int) -> Pixels:
    height, width = pixels.shape[:2]
    factor = side / max(height, width)
    if factor >= 1:
        return np.ascontiguousarray(pixels)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _grey(pixels: Pixels, side: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(_reduced(pixels, side), cv2.COLOR_RGB2GRAY), np.uint8)
