"""Regions: planted evidence becomes numbered polygons in the pixels of both pictures."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import box_of, centre_of, channel_maps, frame_of, mask_of, shift
from vision.align import transform
from vision.frames import Frame
from vision.regions import MOST_REGIONS, Ground, find_regions, find_weakest
from vision.spread import LIMITS, ChannelMaps, Evidence, allowed
from vision.terms import Channel, Region

WIDTH, HEIGHT = 300, 200
SHAPE = (HEIGHT, WIDTH)
SHA256 = "ab" * 32


def _places(matrix: np.ndarray, frame: Frame) -> np.ndarray:
    """Where the photo shows each frame pixel, for a homography from reference to photo."""
    columns, rows = np.meshgrid(np.arange(frame.width), np.arange(frame.height))
    grid = np.column_stack([columns.ravel(), rows.ravel()]).astype(np.float64)
    reference = transform(np.linalg.inv(frame.matrix), grid)
    return transform(matrix, reference).reshape(frame.height, frame.width, 2).astype(np.float32)


def _total(*blobs: tuple[tuple[int, int, int, int], float]) -> np.ndarray:
    total = np.zeros(SHAPE, np.float32)
    for box, value in blobs:
        total[mask_of(box, SHAPE)] = value
    return total


def _found(
    total: np.ndarray,
    *,
    maps: ChannelMaps | None = None,
    spread: ChannelMaps | None = None,
    references: int = 5,
    limit: float = 1.0,
    notice: float | None = None,
    usual: float = 0.0,
    strict: np.ndarray | None = None,
    frame: Frame | None = None,
    to_photo: np.ndarray | None = None,
) -> tuple[Region, ...]:
    frame = frame or frame_of(WIDTH, HEIGHT)
    evidence = Evidence(
        maps or channel_maps(SHAPE, structure=1.0), np.ones(SHAPE, np.float32), total
    )
    ground = Ground(
        evidence,
        spread or channel_maps(SHAPE),
        references,
        frame=frame,
        places=_places(np.eye(3) if to_photo is None else to_photo, frame),
        reference=SHA256,
        usual=usual,
    )
    return find_regions(ground, limit=limit, notice=notice, strict=strict)


def test_a_planted_box_becomes_one_region_around_it() -> None:
    (region,) = _found(_total(((100, 60, 140, 90), 1.5)))
    assert region.number == 1
    assert box_of(region.polygon) == pytest.approx((100, 60, 139, 89), abs=3)
    assert region.reference_polygon == region.polygon
    assert region.reference == SHA256
    assert len(region.polygon) >= 3


def test_below_the_limit_there_is_no_region() -> None:
    total = _total(((100, 60, 140, 90), 0.99))
    assert _found(total) == ()
    assert len(_found(total, limit=0.9)) == 1


def test_regions_are_numbered_by_their_peak() -> None:
    total = _total(((20, 20, 50, 50), 1.2), ((120, 20, 150, 50), 1.9), ((220, 20, 250, 50), 1.5))
    regions = _found(total)
    assert [region.number for region in regions] == [1, 2, 3]
    assert [round(centre_of(region.polygon)[0], -1) for region in regions] == [130, 230, 30]


def test_a_region_reaches_as_far_as_strong_evidence() -> None:
    total = _total(((80, 60, 160, 120), 0.8), ((110, 80, 130, 100), 1.6))
    (region,) = _found(total)
    assert box_of(region.polygon) == pytest.approx((80, 60, 159, 119), abs=3)


@pytest.mark.parametrize("notice", [None, 0.5])
def test_what_genuine_photos_show_all_over_belongs_to_no_region(notice: float | None) -> None:
    total = np.full(SHAPE, 0.44, np.float32)
    total[80:100, 110:140] = 1.6
    (region,) = _found(total, limit=0.7, notice=notice, usual=0.44)
    assert box_of(region.polygon) == pytest.approx((110, 80, 139, 99), abs=3)


def test_a_must_match_zone_is_no_region_by_itself() -> None:
    total = np.full(SHAPE, 0.44, np.float32)
    total[80:100, 110:140] = 0.6
    strict = mask_of((60, 40, 240, 160), SHAPE)
    assert [r.outside for r in _found(total, limit=0.7, notice=0.5, usual=0.44)] == [False]
    (region,) = _found(total, limit=0.7, notice=0.5, usual=0.44, strict=strict)
    assert region.outside
    assert box_of(region.polygon) == pytest.approx((110, 80, 139, 99), abs=3)


def test_what_no_channel_measures_is_told_by_the_learned_evidence() -> None:
    total = _total(((100, 60, 140, 90), 1.2))
    quiet = channel_maps(SHAPE, structure=0.01)
    (region,) = _found(total, maps=quiet, usual=0.4)
    assert region.channel is Channel.LEARNED
    assert (region.measured, region.genuine_spread) == pytest.approx((1.2, 0.4))
    assert region.ratio == pytest.approx(3.0)
    (loud,) = _found(total, maps=channel_maps(SHAPE, structure=1.9), usual=0.4)
    assert loud.channel is Channel.STRUCTURE


def test_specks_are_no_regions() -> None:
    assert _found(_total(((100, 60, 105, 65), 3.0))) == ()


def test_there_are_never_more_regions_than_a_person_can_go_through() -> None:
    boxes = [(x, y, x + 12, y + 12) for x in range(10, 290, 40) for y in range(10, 190, 40)]
    peaks = np.linspace(1.1, 2.0, len(boxes))
    regions = _found(_total(*zip(boxes, peaks, strict=True)))
    assert len(boxes) > MOST_REGIONS
    assert len(regions) == MOST_REGIONS
    last = boxes[-1]
    assert centre_of(regions[0].polygon) == pytest.approx((last[0] + 6, last[1] + 6), abs=2)


def test_polygons_are_in_full_pixels_of_either_picture() -> None:
    frame = frame_of(WIDTH, HEIGHT, scale=4.0)
    to_photo = shift(50, -30) @ np.diag([0.5, 0.5, 1.0])
    (region,) = _found(_total(((100, 60, 140, 90), 1.5)), frame=frame, to_photo=to_photo)
    assert box_of(region.reference_polygon) == pytest.approx((400, 240, 560, 360), abs=12)
    assert box_of(region.polygon) == pytest.approx((250, 90, 330, 150), abs=6)
    mapped = transform(to_photo, np.array(region.reference_polygon))
    assert mapped == pytest.approx(np.array(region.polygon), abs=0.2)


def test_a_frame_that_starts_within_the_reference_moves_the_polygon() -> None:
    matrix = np.array([[1.0, 0, -70.0], [0, 1, -90.0], [0, 0, 1]])
    frame = Frame(matrix, WIDTH, HEIGHT, frame_of(WIDTH, HEIGHT).outline)
    (region,) = _found(_total(((100, 60, 140, 90), 1.5)), frame=frame)
    assert box_of(region.reference_polygon) == pytest.approx((170, 150, 209, 179), abs=3)


def test_a_thin_ring_is_not_one_region_over_its_middle() -> None:
    total = np.zeros(SHAPE, np.float32)
    cv2.rectangle(total, (60, 40), (240, 160), 0.8, 3)
    total[38:46, 140:160] = 1.6  # strong in two places only
    total[156:164, 140:160] = 1.5
    regions = _found(total)
    assert len(regions) == 2
    for region in regions:
        x0, y0, x1, y1 = box_of(region.polygon)
        assert (x1 - x0) * (y1 - y0) < 0.05 * 180 * 120


@pytest.mark.parametrize(
    ("channel", "value"),
    [
        (Channel.STRUCTURE, 1.3),
        (Channel.FEATURES, 0.95),
        (Channel.COLOUR, 40.0),
        (Channel.GEOMETRY, 12.0),
    ],
)
def test_the_channel_that_speaks_is_named_with_its_value(channel: Channel, value: float) -> None:
    maps = channel_maps(SHAPE)
    maps.of(channel)[mask_of((100, 60, 140, 90), SHAPE)] = value
    (region,) = _found(_total(((100, 60, 140, 90), 1.5)), maps=maps)
    usual = float(allowed(channel, channel_maps(SHAPE), 5)[0, 0]) / LIMITS[channel].factor
    assert region.channel is channel
    assert region.measured == pytest.approx(value)
    assert region.genuine_spread == pytest.approx(usual)
    assert region.ratio == pytest.approx(value / usual)


def test_genuine_spread_is_that_of_the_place() -> None:
    spread = channel_maps(SHAPE)
    varied, constant = (20, 60, 60, 100), (200, 60, 240, 100)
    spread.structure[mask_of(varied, SHAPE)] = 1.4
    total = _total((varied, 1.3), (constant, 1.6))
    one, two = _found(total, spread=spread, references=8)
    assert centre_of(one.polygon)[0] > 150
    assert two.genuine_spread > 2 * one.genuine_spread
    assert two.measured == one.measured == pytest.approx(1.0)


def test_value_is_taken_where_the_evidence_is_strongest() -> None:
    total = _total(((80, 60, 160, 120), 0.8), ((110, 80, 130, 100), 1.6))
    maps = channel_maps(SHAPE, structure=0.2)
    maps.structure[mask_of((110, 80, 130, 100), SHAPE)] = 1.1
    (region,) = _found(total, maps=maps)
    assert region.measured == pytest.approx(1.1)


# the weakest places


def _weakest(total: np.ndarray, besides: tuple[Region, ...] = ()) -> tuple[Region, ...]:
    frame = frame_of(WIDTH, HEIGHT)
    seen = np.ones(SHAPE, np.float32)
    seen[:, :20] = 0.2
    ground = Ground(
        Evidence(channel_maps(SHAPE, structure=1.0), seen, total),
        channel_maps(SHAPE),
        5,
        frame=frame,
        places=_places(np.eye(3), frame),
        reference=SHA256,
        usual=0.4,
    )
    return find_weakest(ground, besides)


def test_where_nothing_stands_out_the_three_weakest_places_are_told_in_their_order() -> None:
    boxes = [(100, 60, 112, 70), (200, 150, 212, 160), (40, 140, 52, 150), (250, 20, 262, 30)]
    total = _total(*zip(boxes, (0.5, 0.7, 0.6, 0.3), strict=True))
    found = _weakest(total)
    assert [region.number for region in found] == [1, 2, 3]
    assert not any(region.outside for region in found)
    for region, box in zip(found, (boxes[1], boxes[2], boxes[0]), strict=True):
        assert box_of(region.polygon) == pytest.approx(
            (box[0], box[1], box[2] - 1, box[3] - 1), abs=4
        )


def test_weakest_places_follow_the_regions_and_lie_elsewhere() -> None:
    total = _total(((100, 60, 140, 90), 1.5), ((200, 150, 212, 160), 0.5))
    regions = _found(total)
    found = _weakest(total, regions)
    assert [region.number for region in found] == [2]
    assert centre_of(found[0].polygon) == pytest.approx((205.5, 154.5), abs=3)


def test_what_cannot_be_judged_is_no_weakest_place() -> None:
    assert _weakest(_total(((2, 60, 14, 70), 0.9))) == ()
    assert _weakest(np.zeros(SHAPE, np.float32)) == ()
