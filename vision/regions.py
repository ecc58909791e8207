"""Maps -> numbered regions, as polygons in the pixels of both pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import polygons
from vision.align import transform
from vision.evidence.visibility import JUDGED
from vision.genuine import genuine_values
from vision.spread import CHANNELS, LIMITS, ChannelMaps, Evidence, allowed
from vision.terms import Channel, Map, Mask, Region, Vertices
from vision.zones import STRICT, stricter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.frames import Frame

MOST_REGIONS = 12
_SPILL = 0.6  # of the way to the limit: a region reaches as far as the evidence stays above this
_SMALLEST = 40  # frame pixels
SHOWN = 3  # places that are looked at first
_WEAK_SHARE, _WEAK_REACH = 0.75, 14  # of a weakest place: of its peak, frame pixels from it
_APART = 28  # frame pixels between two weakest places
_GROW = 2  # frame pixels added around, so that an outline does not cover what it marks


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What regions are found and told from.

    Attributes:
        evidence: the suspect on the frame.
        spread: genuine variation of the side.
        references: how many genuine layers it rests on.
        frame: the frame of the side.
        places: (h, w, 2) the photo pixel shown at each frame pixel.
        reference: SHA-256 (hex) of the reference on which `reference_polygon` is given.
        usual: value of `evidence.total` that genuine photos reach; nothing below it belongs to a
            region.
        genuine: what each reference shows against the others (see `genuine`), told but not used.
    """

    evidence: Evidence
    spread: ChannelMaps
    references: int
    frame: Frame
    places: Map
    reference: str
    usual: float = 0.0
    genuine: Map | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Blob:
    mask: Mask
    peak: float


def find_regions(
    ground: Ground, *, limit: float, notice: float | None = None, strict: Mask | None = None
) -> tuple[Region, ...]:
    """Number the places whose evidence stands out, the most striking first.

    Args:
        ground: the evidence, and what tells about it.
        limit: value of `evidence.total` above which a place differs.
        notice: value above which it is worth a look; default: `limit`.
        strict: (h, w) where must-match zones lie. There a place differs from `notice` on, or from
            a share of the limit where nothing lower is known; regions that pass it there come
            before all others.

    Returns:
        At most MOST_REGIONS regions, and only as many as make SHOWN with those only worth a look;
        `measured` and `genuine_spread` of the channel that speaks loudest, averaged over the
        region's strongest places, `ratio` their quotient. Where no channel passes what it allows,
        the evidence itself and `usual` are told instead.
    """
    values = ground.evidence.total
    found = []
    lowest = limit if notice is None else min(limit, notice)
    asked = np.zeros(values.shape, bool) if strict is None else strict
    stricter_limit = lowest if lowest < limit else STRICT * limit
    base = min(ground.usual, 0.95 * min(lowest, stricter_limit))
    times = (limit - base) / (stricter_limit - base)
    total = base + stricter(values - np.float32(base), asked, times)
    blobs = sorted(
        _blobs(total, lowest, base),
        key=lambda blob: (not (total[blob.mask & asked] > limit).any(), -blob.peak),
    )
    outside = sum(blob.peak > limit for blob in blobs)
    for number, blob in enumerate(blobs[: min(max(outside, SHOWN), MOST_REGIONS)], start=1):
        found.append(_region(number, blob.mask, ground, outside=blob.peak > limit))
    return tuple(found)


def find_weakest(ground: Ground, besides: Sequence[Region]) -> tuple[Region, ...]:
    """Name the places that agree least where too few stand out: SHOWN together with `besides`.

    None of these places lies outside what genuine items show; they say where to look first.
    """
    evidence = ground.evidence
    values = np.where(evidence.seen > JUDGED, evidence.total, np.float32(0.0))
    for region in besides:
        corners = transform(ground.frame.matrix, np.array(region.reference_polygon, np.float64))
        values[polygons.filled(corners, (values.shape[0], values.shape[1]))] = 0.0
    rows, columns = np.mgrid[: values.shape[0], : values.shape[1]]
    found: list[Region] = []
    while len(found) + len(besides) < SHOWN and values.max(initial=0.0) > 0.0:
        row, column = np.unravel_index(values.argmax(), values.shape)
        away = np.hypot(rows - row, columns - column)
        near = (values >= _WEAK_SHARE * values[row, column]) & (away <= _WEAK_REACH)
        _, parts = cv2.connectedComponents(near.astype(np.uint8))
        mask = np.asarray(parts == parts[row, column], bool)
        number = len(besides) + len(found) + 1
        found.append(_region(number, mask, ground, outside=False))
        values[away <= _APART] = 0.0
    return tuple(found)


def _region(number: int, mask: Mask, ground: Ground, *, outside: bool) -> Region:
    heart = _heart(ground.evidence, mask)
    channel, measured, known = _loudest(ground, heart)
    hull = _polygon(mask)
    return Region(
        number=number,
        channel=channel,
        polygon=_in_photo(hull, ground.places),
        reference_polygon=_in_reference(hull, ground.frame),
        measured=measured,
        genuine_spread=known,
        ratio=measured / known,
        reference=ground.reference,
        outside=outside,
        genuine_values=genuine_values(ground.genuine, channel, heart),
    )


def _blobs(total: Map, limit: float, base: float) -> list[_Blob]:
    wide = (total > base + _SPILL * (limit - base)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(wide)
    found = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < _SMALLEST:
            continue
        mask = labels == label
        peak = float(total[mask].max())
        if peak > limit:
            found.extend(_split(mask, total, limit) if _is_sprawling(mask) else [_Blob(mask, peak)])
    return found


def _is_sprawling(mask: Mask) -> bool:
    """Tell whether a blob fills so little of its hull that its outline would mislead."""
    hull = cv2.convexHull(np.argwhere(mask)[:, ::-1].astype(np.int32))
    return bool(mask.sum() < 0.45 * max(cv2.contourArea(hull), 1.0))


def _split(mask: Mask, total: Map, limit: float) -> list[_Blob]:
    """Cut a sprawling blob at the limit itself."""
    core = (mask & (total > limit)).astype(np.uint8)
    core = np.asarray(cv2.dilate(core, np.ones((5, 5), np.uint8)), np.uint8)
    count, labels = cv2.connectedComponents(core)
    parts = [labels == label for label in range(1, count)]
    return [_Blob(part, float(total[part].max())) for part in parts if part.sum() >= _SMALLEST]


def _loudest(ground: Ground, heart: Mask) -> tuple[Channel, float, float]:
    """Return the channel that exceeds most at the heart of a place, its value and spread there."""
    evidence, usual = ground.evidence, ground.usual
    best = (-1.0, Channel.STRUCTURE, 0.0, 1.0)
    for channel in CHANNELS:
        bound = allowed(channel, ground.spread, ground.references)[heart]
        value = evidence.maps.of(channel)[heart]
        excess = float((value / bound).mean()) * (0.5 + LIMITS[channel].weight)
        if excess > best[0]:
            factor = LIMITS[channel].factor
            best = (excess, channel, float(value.mean()), float(bound.mean()) / factor)
    _, channel, measured, known = best
    if usual > 0 and measured < known:
        return Channel.LEARNED, float(evidence.total[heart].mean()), usual
    return channel, measured, max(known, 1e-6)


def _heart(evidence: Evidence, mask: Mask) -> Mask:
    """Return the strongest places of a mask."""
    return np.asarray(mask & (evidence.total >= 0.8 * evidence.total[mask].max()), bool)


def _polygon(mask: Mask) -> Map:
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((2 * _GROW + 1,) * 2, np.uint8))
    outlines, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    simple = cv2.approxPolyDP(outline, 1.5, True).reshape(-1, 2)
    if len(simple) < 3:
        x, y, width, height = cv2.boundingRect(outline)
        simple = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    return np.asarray(simple, np.float32)


def _in_photo(polygon: Map, places: Map) -> Vertices:
    height, width = places.shape[:2]
    columns = np.clip(np.rint(polygon[:, 0]).astype(int), 0, width - 1)
    rows = np.clip(np.rint(polygon[:, 1]).astype(int), 0, height - 1)
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in places[rows, columns])


def _in_reference(polygon: Map, frame: Frame) -> Vertices:
    back = np.linalg.inv(frame.matrix)
    points = np.column_stack([polygon.astype(np.float64), np.ones(len(polygon))]) @ back.T
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in points[:, :2])
