"""Genuine variation of each place of a side, from its references compared with one another."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.evidence import colour, fine, geometry, structure
from vision.evidence.visibility import JUDGED, depth, visibility
from vision.genuine import MEASURED, genuine_maps
from vision.inspection import ChannelExcess
from vision.terms import Channel, Map, Mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.evidence.layer import Layer

CHANNELS = (Channel.STRUCTURE, Channel.FEATURES, Channel.COLOUR, Channel.GEOMETRY)
BORDER = 10.0  # frame pixels over which the edge of the outline fades in
DEEP = 37.0  # frame pixels from the edge of the outline to its middle, below which that is less
_SMOOTH = 3.0
_SPLIT_ACROSS, _SPLIT_WITHIN = 1.3, 0.8  # between two groups of references, within either
_CAP = 2.0  # one channel alone cannot cry louder than this many times its limit
_UNSEEN = np.float32(99.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel may show without telling anything, in the channel's own unit.

    `least` is the smallest difference that can count; `usual` the spread that a side with few
    references is taken to have (as if PRIOR_REFERENCES references had shown it); `factor` how far
    beyond the spread a difference must go; `weight` its say in the sum of channels.
    """

    least: float
    usual: float
    factor: float
    weight: float


PRIOR_REFERENCES = 2.0
LIMITS = {
    Channel.STRUCTURE: Limits(least=0.30, usual=0.45, factor=1.2, weight=0.40),
    Channel.FEATURES: Limits(least=0.45, usual=0.40, factor=1.2, weight=0.40),
    # CIEDE2000: 95 of 100 simulated genuine photos stay within (tests/benchmarks).
    Channel.COLOUR: Limits(least=5.0, usual=4.0, factor=1.5, weight=0.20),
    Channel.GEOMETRY: Limits(least=3.0, usual=1.5, factor=1.5, weight=0.10),
}


@dataclass(frozen=True, slots=True, eq=False)
class ChannelMaps:
    """One (h, w) float32 map for each channel, in the channel's own unit."""

    structure: Map
    features: Map
    colour: Map
    geometry: Map

    def of(self, channel: Channel) -> Map:
        """Return the map of one channel."""
        return np.asarray(getattr(self, channel.value), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A suspect's layer judged against the spread.

    `maps` as measured, `seen` (h, w) how well each place could be judged (0 to 1), `total` (h, w)
    the weighted sum of channels, each over what genuine items show; 1 is the limit. `coloured`
    (h, w) tells where the light was good enough to judge colour, None where nobody asked.
    """

    maps: ChannelMaps
    seen: Map
    total: Map
    coloured: Mask | None = None

    @property
    def peak(self) -> float:
        """The highest `total` of the places that could be judged, 0 where none could."""
        judged = self.seen > JUDGED
        return float(self.total[judged].max()) if judged.any() else 0.0


def border_of(inside: Mask) -> float:
    """Return over how many frame pixels the edge of a product's own area fades in.

    A strap, a spine or the barrel of a pen would be nothing but edge: its border is narrower as it
    is, so that of a long area of any width the same share can be judged.

    Args:
        inside: (h, w) that area.
    """
    return BORDER * min(1.0, depth(inside) / DEEP)


def compare_layers(one: Layer, other: Layer, *, with_geometry: bool = True) -> ChannelMaps:
    """Measure every channel between two layers of one frame; 99 where either shows nothing."""
    hidden = ~(one.seen & other.seen)
    still = np.zeros(hidden.shape, np.float32)
    maps = ChannelMaps(
        structure.difference(one, other),
        fine.difference(one, other),
        colour.difference(one, other),
        geometry.difference(one, other) if with_geometry else still,
    )
    for channel in CHANNELS:
        maps.of(channel)[hidden] = _UNSEEN
    return maps


def least_of(maps: Sequence[ChannelMaps]) -> ChannelMaps:
    """Return, place by place and channel by channel, the smallest of several comparisons."""
    return ChannelMaps(
        *(np.minimum.reduce([each.of(channel) for each in maps]) for channel in CHANNELS)
    )


class Spread:
    """How much the genuine layers of one side differ from each other, place by place.

    Args:
        layers: genuine layers of one frame, at least one.
        inside: (h, w) the product's own area.

    `maps` hold the largest difference at each place, `each` those of every layer (see `genuine`).
    """

    def __init__(self, layers: Sequence[Layer], inside: Mask) -> None:
        self._count = len(layers)
        self._inside = inside
        border = border_of(inside)
        self._seen = [
            visibility(one, [two for two in layers if two is not one], inside, border=border)
            for one in layers
        ]
        self._pairs = {
            pair: compare_layers(layers[pair[0]], layers[pair[1]], with_geometry=False)
            for pair in itertools.combinations(range(self._count), 2)
        }
        self.maps = self._maps(range(self._count))
        self.each = self._each()

    def genuine(self) -> tuple[Evidence, ...]:
        """Judge each layer by the spread of the others, as a genuine photo; needs three layers."""
        if self._count < 3:
            return ()
        found = []
        for index in range(self._count):
            others = [other for other in range(self._count) if other != index]
            maps = least_of([self._pair(index, other) for other in others])
            found.append(judge(maps, self._seen[index], self._maps(others), len(others)))
        return tuple(found)

    def _each(self) -> Map | None:
        """Gather what each layer shows against the others; None for a single one."""
        if self._count < 2:
            return None
        closest = []
        for one in range(self._count):
            others = [self._pair(one, two) for two in range(self._count) if two != one]
            least = least_of(others)
            closest.append([least.of(channel) for channel in MEASURED])
        visible = [np.asarray(seen > JUDGED, bool) for seen in self._seen]
        return genuine_maps(closest, visible, unseen=float(_UNSEEN / 2))

    def contradiction(self) -> Mask:
        """Return the places at which the references fall into two groups.

        The groups differ from each other, and each has at least two members that agree among
        themselves: two printings of one side, say.
        """
        height, width = self._inside.shape
        halved = (max(1, width // 2), max(1, height // 2))
        excess = {
            pair: np.asarray(cv2.resize(self._excess(*pair), halved), np.float32)
            for pair in self._pairs
        }
        split = np.zeros(halved[::-1], bool)
        members = range(self._count)
        for size in range(2, self._count // 2 + 1):
            for group in itertools.combinations(members, size):
                rest = tuple(m for m in members if m not in group)
                if len(rest) >= 2 and not (len(rest) == size and group[0] != 0):
                    split |= _apart(excess, group, rest)
        opened = cv2.morphologyEx(split.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        return np.asarray(
            cv2.resize(opened, (width, height), interpolation=cv2.INTER_NEAREST), bool
        )

    def _excess(self, one: int, two: int) -> Map:
        maps = self._pair(one, two)
        seen = np.minimum(self._seen[one], self._seen[two])
        total = np.zeros(self._inside.shape, np.float32)
        for channel in CHANNELS:
            limit = LIMITS[channel]
            measured = maps.of(channel)
            known = np.where(measured < _UNSEEN / 2, measured, 0.0)
            total += limit.weight * np.minimum(known / limit.least, 3.0)
        return np.asarray(_smooth(total) * (seen > JUDGED), np.float32)

    def _pair(self, one: int, two: int) -> ChannelMaps:
        return self._pairs[min(one, two), max(one, two)]

    def _maps(self, members: Sequence[int]) -> ChannelMaps:
        shape = self._inside.shape
        if len(members) < 2:
            return ChannelMaps(*(np.zeros(shape, np.float32) for _ in CHANNELS))
        largest = {channel: np.zeros(shape, np.float32) for channel in CHANNELS}
        for one in members:
            closest = least_of([self._pair(one, two) for two in members if two != one])
            visible = self._seen[one] > JUDGED
            for channel in CHANNELS:
                measured = closest.of(channel)
                use = visible & (measured < _UNSEEN / 2)
                np.maximum(largest[channel], np.where(use, measured, 0.0), out=largest[channel])
        return ChannelMaps(*(_smooth(largest[channel]) for channel in CHANNELS))


def _apart(excess: dict[tuple[int, int], Map], group: Sequence[int], rest: Sequence[int]) -> Mask:
    """Return where two groups of layers differ from each other, and neither within itself."""
    across = np.minimum.reduce([excess[min(a, b), max(a, b)] for a in group for b in rest])
    apart = across > _SPLIT_ACROSS
    for members in (group, rest):
        for pair in itertools.combinations(sorted(members), 2):
            apart &= excess[pair] < _SPLIT_WITHIN
    return np.asarray(apart, bool)


def judge(maps: ChannelMaps, seen: Map, spread: ChannelMaps, references: int) -> Evidence:
    """Weigh measured maps against the spread of `references` genuine layers."""
    coloured = maps.colour < _UNSEEN / 2
    maps = replace(maps, colour=np.where(coloured, maps.colour, np.float32(0.0)))
    total = np.zeros(seen.shape, np.float32)
    for channel in CHANNELS:
        limit = LIMITS[channel]
        over = maps.of(channel) / allowed(channel, spread, references)
        total += np.float32(limit.weight) * np.minimum(over, _CAP)
    shown = np.where(maps.structure >= _UNSEEN / 2, 0.0, 1.0).astype(np.float32)
    visible = np.asarray(seen * shown, np.float32)
    total = np.asarray(_smooth(total * shown) * visible, np.float32)
    return Evidence(maps, visible, total, np.asarray(coloured, bool))


def excess_by_channel(
    evidence: Evidence, spread: ChannelMaps, references: int
) -> tuple[ChannelExcess, ...]:
    """Return what each channel measured over what it may show, smoothed as their sum is."""
    found = []
    for channel in CHANNELS:
        over = np.minimum(evidence.maps.of(channel) / allowed(channel, spread, references), _CAP)
        shown = _smooth(over * (evidence.seen > 0)) * evidence.seen
        found.append(ChannelExcess(channel, shown.astype(np.float16)))
    return tuple(found)


def allowed(channel: Channel, spread: ChannelMaps, references: int) -> Map:
    """Return (h, w) what a channel may show at each place.

    The larger of a least value and a multiple of the spread, which is drawn towards the usual one
    where a side has few references.
    """
    limit = LIMITS[channel]
    known = references if references >= 2 else 0
    drawn = (spread.of(channel) * known + limit.usual * PRIOR_REFERENCES) / (
        known + PRIOR_REFERENCES
    )
    return np.asarray(np.maximum(limit.least, limit.factor * drawn), np.float32)


def _smooth(values: Map) -> Map:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _SMOOTH), np.float32)
