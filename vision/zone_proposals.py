"""Genuine references that differ from one another at one place -> variable zones to propose."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import transform
from vision.evidence import fine, structure
from vision.evidence.visibility import JUDGED, visibility
from vision.learned import COVERED, doubted_odds
from vision.polygons import depth, filled
from vision.spread import LIMITS, border_of
from vision.terms import Channel, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vision.evidence.layer import Layer
    from vision.learned_sides import LearnedSides
    from vision.sides import SideModel
    from vision.terms import Map, Mask, Points

    _Turned = tuple[tuple[float, float], tuple[float, float], float]

FEWEST_PAIRS = 3  # of references that show a place, for it to be called persistent
_LAYERS = 5  # references that are compared with each other
_MAY_AGREE = 0.2  # share of those pairs that may look alike: two items of one batch, say
_CAP = 3.0  # one channel of one pair counts no more than this
_LEAST_HEART = 30  # frame pixels
_SMOOTH = 3.0  # frame pixels
_GAP, _LINE = 21, 80  # frame pixels between the words of a line, and along it from a heart
_ACROSS = 24  # frame pixels to either side of a heart: a thread or foil that lies elsewhere
_ROUND = 1.6  # times as long as wide, up to which a heart may be a part of a level line
_COVERED = 0.7  # of a heart: so much of it in a zone asks for no other
_ZONED = 0.2  # of a box, at most, that lies in a zone of the side
_SMALLEST = 60  # frame pixels
_LARGEST_SHARE = 0.15  # of the product's area: what is larger is another print, no number
_ROOM = 3.0  # frame pixels around what differs


@dataclass(frozen=True, slots=True)
class Scale:
    """From where on a difference counts, in a zone's `heart` and in its `reach`.

    `times` and `more`: how far above what is usual on the side, since poor photos differ more.
    """

    heart: float
    reach: float
    times: tuple[float, float] = (1.0, 1.0)
    more: tuple[float, float] = (0.0, 0.0)

    def hearts(self, values: Map, inside: Mask) -> Mask:
        """Return where values (h, w), -inf where nothing is known, make a heart."""
        return self._above(values, inside, self.heart, self.times[0], self.more[0])

    def within_reach(self, values: Map, inside: Mask) -> Mask:
        """Return where values (h, w), -inf where nothing is known, belong to a heart near them."""
        return self._above(values, inside, self.reach, self.times[1], self.more[1])

    @staticmethod
    def _above(values: Map, inside: Mask, least: float, times: float, more: float) -> Mask:
        known = values[inside & np.isfinite(values)]
        if not known.size:
            return np.zeros(values.shape, bool)
        usual = float(np.median(known))
        return np.asarray(inside & (values > max(least, times * usual + more)), bool)


_BY_CHANNELS = Scale(0.8, 0.5, times=(2.5, 1.5))
# Log-odds: the same few to one against it by nearly every pair is what no genuine print shows.
_BY_HEAD = Scale(-1.5, -2.0, more=(2.0, 1.5))


def propose_zones(model: SideModel, learned: LearnedSides | None = None) -> tuple[Zone, ...]:
    """Propose variable zones: places where hardly any two references are alike.

    Serial numbers, batches and dates differ between almost all pairs of items; damage or a
    reflection on one reference only between the pairs it is part of.

    Args:
        model: of a side with at least three references on its frame.
        learned: the head of the gallery, which tells print from light; without one, differences
            of structure and features are measured.

    Returns:
        Rectangles around those places, the largest first, on the canonical reference; none that
        lies largely where the side has a zone already.

    Raises:
        WeightsError: a file of the head is missing or is not the one of the manifest.
    """
    layers = [placed.layer for placed in model.placed[:_LAYERS]]
    if len(layers) < 3:
        return ()
    zoned = model.zones.variable | model.zones.strict
    if learned is None:
        unlike, scale = _measured(layers, model.inside), _BY_CHANNELS
    else:
        unlike, scale = _judged(layers, model.inside, learned), _BY_HEAD
    nearly_all, most = persistent(unlike)
    hearts = scale.hearts(nearly_all, model.inside) & ~zoned
    wide = scale.within_reach(most, model.inside) & ~zoned
    corners = _rectangles(_large(hearts), wide, zoned, int(model.inside.sum()))
    back = np.linalg.inv(model.frame.matrix)
    found = []
    for rectangle in corners:
        points = transform(back, rectangle)
        polygon = tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)
        found.append(Zone(ZoneKind.VARIABLE, polygon, model.canonical.sha256, proposed=True))
    return tuple(found)


def persistent(unlike: Map) -> tuple[Map, Map]:
    """Return how much nearly every pair, and how much most pairs, of layers differ at each place.

    Args:
        unlike: (pairs, h, w) how much each pair differs, inf where that cannot be judged.

    Returns:
        Two (h, w) maps: the difference that all but a fifth of the pairs exceed, and the median
        one; -inf where fewer than FEWEST_PAIRS pairs can be judged.
    """
    ordered = np.sort(unlike, axis=0)
    return _exceeded(ordered, alike=_MAY_AGREE), _exceeded(ordered, alike=0.5)


def _exceeded(ordered: Map, *, alike: float) -> Map:
    """Return what all but a share of the sorted values of each place exceed; the rest is inf."""
    count = np.isfinite(ordered).sum(axis=0)
    place = np.floor(alike * np.maximum(count - 1, 0)).astype(np.intp)
    found = np.take_along_axis(ordered, place[None], axis=0)[0]
    return np.where(count >= FEWEST_PAIRS, found, -np.inf).astype(np.float32)


def _judged(layers: Sequence[Layer], inside: Mask, learned: LearnedSides) -> Map:
    """Return (pairs, h, w) the higher of the two log-odds that each pair of layers differs."""
    answers = learned.pairwise(layers, inside)
    pairs = []
    for one, two in itertools.combinations(range(len(layers)), 2):
        there, back = answers[one, two], answers[two, one]
        odds = np.maximum(doubted_odds(there), doubted_odds(back))
        hidden = np.maximum(there.hidden, back.hidden) > COVERED
        odds[hidden | ~(layers[one].seen & layers[two].seen & inside)] = np.inf
        pairs.append(odds)
    return np.array(pairs)


def _measured(layers: Sequence[Layer], inside: Mask) -> Map:
    """Return (pairs, h, w) how much each pair of layers differs; 1 is the least that can count."""
    border = border_of(inside)
    seen = [
        visibility(one, [two for two in layers if two is not one], inside, border=border) > JUDGED
        for one in layers
    ]
    pairs = []
    for one, two in itertools.combinations(range(len(layers)), 2):
        unlike = _unlike(layers[one], layers[two])
        unlike[~(seen[one] & seen[two])] = np.inf
        pairs.append(unlike)
    return np.array(pairs)


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


def _rectangles(hearts: Mask, wide: Mask, zoned: Mask, area: int) -> list[Points]:
    """Return the corners (4, 2) of a box around each place that differs, in frame pixels.

    A place is a heart and what differs, but less surely, near it and further along its line; what
    lies nearer to a heart of another line belongs to that. A box that would take in much of a zone
    of the side, `zoned`, is left out.
    """
    parts = _hearts(hearts, _LARGEST_SHARE * area)
    lines = [_line_of(part) for part in parts]
    nearest = _nearest(parts, hearts.shape)
    taken = np.zeros(hearts.shape, bool)
    found: list[Points] = []
    for closed, line in zip(parts, lines, strict=True):
        heart = closed & hearts
        if (taken & heart).sum() > _COVERED * heart.sum():
            continue
        on_line = [place for place, other in enumerate(lines) if _is_on(line, other)]
        box = _box(_grown(closed, line, wide & ~taken & np.isin(nearest, on_line)))
        if cv2.contourArea(box) > _LARGEST_SHARE * area:  # all of the print around it differs
            box = _box(heart)
        within = filled(box, hearts.shape)
        if (within & zoned).sum() > _ZONED * within.sum():
            continue
        if _SMALLEST <= cv2.contourArea(box) <= _LARGEST_SHARE * area:
            found.append(np.asarray(box, np.float64))
            taken |= within
    return sorted(found, key=lambda box: cv2.contourArea(box.astype(np.float32)), reverse=True)


def _hearts(hearts: Mask, largest: float) -> list[Mask]:
    """Return the parts of hearts, the largest first, gaps between words closed.

    What only closing its gaps made larger than any zone is several places, not one.
    """
    found: list[Mask] = []
    for part in _parts(hearts):
        fits = cv2.contourArea(_box(part)) <= largest
        found += [part] if fits else _connected(part & hearts)
    return sorted(found, key=lambda part: int((part & hearts).sum()), reverse=True)


def _nearest(parts: list[Mask], shape: tuple[int, int]) -> NDArray[np.intp]:
    """Return (h, w) which of the parts each place is nearest to; 0 where there are none."""
    nearest = np.zeros(shape, np.intp)
    least = np.full(shape, np.inf, np.float32)
    for place, part in enumerate(parts):
        away = cv2.distanceTransform((~part).astype(np.uint8), cv2.DIST_L2, 5)
        closer = away < least
        nearest[closer], least[closer] = place, away[closer]
    return nearest


def _line_of(heart: Mask) -> _Turned:
    """Return the box of the line that a heart is part of: as high as the heart, its longer way."""
    (x, y), (width, height), turn = _smallest_box(heart)
    if width < height:
        width, height, turn = height, width, turn - 90.0
    if width < _ROUND * height:
        (x, y), (width, height), turn = _level_box(heart)
    return (x, y), (width + 2 * _LINE, height), turn


def _is_on(line: _Turned, other: _Turned) -> bool:
    """Tell whether the middle of another line lies on a line."""
    (x, y), size, turn = line
    corners = cv2.boxPoints(((x, y), size, turn))
    return depth(other[0], np.asarray(corners, np.float64)) >= -_ROOM


def _grown(heart: Mask, line: _Turned, wide: Mask) -> Mask:
    """Return a heart with what differs near it, or further along its line."""
    middle, (width, height), turn = line
    corners = cv2.boxPoints((middle, (width, height + 2 * _ACROSS), turn))
    near = wide & filled(np.asarray(corners, np.float64), heart.shape)
    return np.asarray(heart | _touching(near, heart), bool)


def _touching(mask: Mask, heart: Mask) -> Mask:
    """Return the parts of a mask that reach a heart, across gaps between words."""
    found = [part for part in _parts(mask | heart) if (part & heart).any()]
    return np.asarray(np.logical_or.reduce(found) & mask, bool)


def _parts(mask: Mask) -> list[Mask]:
    """Return the parts of a mask, gaps between words closed."""
    small = mask.astype(np.uint8)
    room = _GAP  # closing must not end where the picture does
    grown = cv2.copyMakeBorder(small, room, room, room, room, cv2.BORDER_CONSTANT, value=0)
    for gap in ((_GAP // 3, _GAP), (_GAP, _GAP // 3)):
        grown = cv2.morphologyEx(grown, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
    return _connected(grown[room:-room, room:-room] > 0)


def _connected(mask: Mask) -> list[Mask]:
    count, labels = cv2.connectedComponents(mask.astype(np.uint8))
    return [np.asarray(labels == label, bool) for label in range(1, count)]


def _level_box(mask: Mask) -> _Turned:
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    return (x + (width - 1) / 2, y + (height - 1) / 2), (width - 1, height - 1), 0.0


def _smallest_box(mask: Mask) -> _Turned:
    points = np.argwhere(mask)[:, ::-1].astype(np.float32)
    (x, y), (width, height), turn = cv2.minAreaRect(points)
    return (x, y), (width, height), turn


def _box(mask: Mask) -> Map:
    """Return the corners (4, 2) float32 of the smallest box around a mask, a little larger."""
    middle, (width, height), turn = _smallest_box(mask)
    return np.asarray(
        cv2.boxPoints((middle, (width + 2 * _ROOM, height + 2 * _ROOM), turn)), np.float32
    )
