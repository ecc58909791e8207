"""Genuine references that differ from one another at one place -> variable zones to propose."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import transform
from vision.evidence import fine, structure
from vision.evidence.visibility import JUDGED, visibility
from vision.spread import LIMITS, border_of
from vision.terms import Channel, Zone, ZoneKind

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.sides import SideModel
    from vision.terms import Map, Mask, Points

FEWEST_PAIRS = 3  # of references that show a place, for it to be called persistent
_LAYERS = 5  # references that are compared with each other
_MAY_AGREE = 0.2  # share of those pairs that may look alike: two items of one batch, say
_CAP = 3.0  # one channel of one pair counts no more than this
_HEART, _REACH = 0.8, 0.5  # of the least difference that can count: a zone's heart, its extent
_HEART_ABOVE, _REACH_ABOVE = 2.5, 1.5  # times what is usual on the side: poor photos differ more
_LEAST_HEART = 30  # frame pixels
_MOST_HEIGHTENED = 1.6  # times the height of its hearts: a line grows along itself
_SMOOTH = 3.0  # frame pixels
_GAP, _LINE = 21, 80  # frame pixels between the words of a line, and along it from a heart
_SMALLEST = 60  # frame pixels
_LARGEST_SHARE = 0.15  # of the product's area: what is larger is another print, no number
_ROOM = 3.0  # frame pixels around what differs


def propose_zones(model: SideModel) -> tuple[Zone, ...]:
    """Propose variable zones: places where hardly any two references are alike.

    Serial numbers, batches and dates differ between almost all pairs of items; damage or a
    reflection on one reference only between the pairs it is part of.

    Args:
        model: of a side with at least three references on its frame.

    Returns:
        Rectangles around those places, the largest first, on the canonical reference; none where a
        zone of the side lies already.
    """
    layers = [placed.layer for placed in model.placed[:_LAYERS]]
    if len(layers) < 3:
        return ()
    free = model.inside & ~model.zones.variable & ~model.zones.strict
    nearly_all, most = persistent(layers, model.inside)
    hearts = nearly_all > max(_HEART, _HEART_ABOVE * float(np.median(nearly_all[model.inside])))
    wide = most > max(_REACH, _REACH_ABOVE * float(np.median(most[model.inside])))
    corners = _rectangles(_large(hearts & free), wide & free, int(model.inside.sum()))
    back = np.linalg.inv(model.frame.matrix)
    found = []
    for rectangle in corners:
        points = transform(back, rectangle)
        polygon = tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)
        found.append(Zone(ZoneKind.VARIABLE, polygon, model.canonical.sha256, proposed=True))
    return tuple(found)


def persistent(layers: list[Layer], inside: Mask) -> tuple[Map, Map]:
    """Return how much nearly every pair, and how much most pairs, of layers differ at each place.

    Args:
        layers: genuine ones of one frame.
        inside: (h, w) the product's own area.

    Returns:
        Two (h, w) maps: the difference of structure and features that all but a fifth of the pairs
        exceed, and the median one; 1 is the least that can count. 0 where fewer than FEWEST_PAIRS
        pairs can be judged.
    """
    border = border_of(inside)
    seen = [
        visibility(one, [two for two in layers if two is not one], inside, border=border) > JUDGED
        for one in layers
    ]
    pairs = []
    for one, two in itertools.combinations(range(len(layers)), 2):
        unlike = _unlike(layers[one], layers[two])
        unlike[~(seen[one] & seen[two])] = np.inf  # sorted behind those that can be judged
        pairs.append(unlike)
    ordered = np.sort(np.array(pairs), axis=0)
    return _exceeded(ordered, alike=_MAY_AGREE), _exceeded(ordered, alike=0.5)


def _exceeded(ordered: Map, *, alike: float) -> Map:
    """Return what all but a share of the sorted values of each place exceed; the rest is inf."""
    count = np.isfinite(ordered).sum(axis=0)
    place = np.floor(alike * np.maximum(count - 1, 0)).astype(np.intp)
    found = np.take_along_axis(ordered, place[None], axis=0)[0]
    return np.where(count >= FEWEST_PAIRS, found, 0.0).astype(np.float32)


def _unlike(one: Layer, two: Layer) -> Map:
    total = np.zeros(one.seen.shape, np.float32)
    maps = {
        Channel.STRUCTURE: structure.difference(one, two),
        Channel.FEATURES: fine.difference(one, two),
    }
    if one.fine is None or two.fine is None:
        del maps[Channel.FEATURES]
    for channel, difference in maps.items():
        total += np.minimum(difference / LIMITS[channel].least, _CAP) / len(maps)
    return np.asarray(cv2.GaussianBlur(total, (0, 0), _SMOOTH), np.float32)


def _large(hearts: Mask) -> Mask:
    """Return the hearts without specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(hearts.astype(np.uint8))
    large = stats[:, cv2.CC_STAT_AREA] >= _LEAST_HEART
    large[0] = False
    return np.asarray(large[labels], bool)


def _rectangles(hearts: Mask, wide: Mask, area: int) -> list[Points]:
    """Return the corners (4, 2) of a box around each place that differs, in frame pixels.

    A place is a heart and what differs, but less surely, along the same line; a heart alone where
    that runs away, because all of the print around it differs a little.
    """
    near = cv2.dilate(
        hearts.astype(np.uint8), np.ones((2 * _GAP // 3 + 1, 2 * _LINE + 1), np.uint8)
    )
    found: list[Points] = []
    for place in _parts(hearts | (near & wide.astype(np.uint8)).astype(bool)):
        own = hearts & place
        if not own.any():
            continue
        parts = _parts(own)
        outer = _box(place)
        tallest = max(_height(part) for part in parts)
        runs_away = (
            cv2.contourArea(outer) > _LARGEST_SHARE * area
            or _height(place) > _MOST_HEIGHTENED * tallest + 2 * _ROOM
        )
        found += [_box(part) for part in parts] if runs_away else [outer]
    fitting = [b for b in found if _SMALLEST <= cv2.contourArea(b) <= _LARGEST_SHARE * area]
    ordered = sorted(fitting, key=cv2.contourArea, reverse=True)
    return [np.asarray(box, np.float64) for box in ordered]


def _parts(mask: Mask) -> list[Mask]:
    """Return the parts of a mask, gaps between words closed."""
    gap = np.ones((_GAP // 3, _GAP), np.uint8)
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, gap)
    count, labels = cv2.connectedComponents(closed)
    return [np.asarray(labels == label, bool) for label in range(1, count)]


def _height(mask: Mask) -> int:
    return int(mask.any(axis=1).sum())


def _box(mask: Mask) -> Map:
    """Return the corners (4, 2) float32 of the smallest box around a mask, a little larger."""
    points = np.argwhere(mask)[:, ::-1].astype(np.float32)
    (x, y), (width, height), turn = cv2.minAreaRect(points)
    size = (width + 2 * _ROOM, height + 2 * _ROOM)
    return np.asarray(cv2.boxPoints(((x, y), size, turn)), np.float32)
