"""Zones on the frame: nothing claimed where print varies, more asked where it must match."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import (
    CellNetwork,
    artwork,
    centre_of,
    channel_maps,
    frame_of,
    holds,
    mask_of,
    photo_of,
    saved_side,
    seen_through,
    tilted,
)
from vision import Gallery, Outcome, ReasonCode, Zone, ZoneKind, inspect
from vision.align import transform
from vision.regions import Ground, find_regions
from vision.sides import Placed, side_key
from vision.spread import BORDER, Evidence
from vision.zones import (
    AROUND,
    NEEDED,
    STRICT,
    LaidZone,
    LaidZones,
    carried_polygon,
    lay_zones,
    no_zones,
    polygon_moved_off,
    unjudged,
    without_variable,
)

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Box, Inspection, Pixels, Reference, Region, Vertices
    from vision.frames import Frame

SIZE = (480, 360)
SHAPE = SIZE[::-1]
SERIAL = (190, 150, 330, 190)  # a plain field with a number in it
SEAL = (350, 60, 440, 130)
EVERYWHERE = np.ones(SHAPE, bool)
VARIABLE, MUST_MATCH = ZoneKind.VARIABLE, ZoneKind.MUST_MATCH


def item(number: str = "L2048") -> Pixels:
    pixels = artwork(31, *SIZE)
    x0, y0, x1, y1 = SERIAL
    pixels[y0:y1, x0:x1] = 225
    cv2.putText(pixels, number, (x0 + 8, y1 - 9), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (20, 20, 20), 3)
    return pixels


def view(seed: int) -> np.ndarray:
    return tilted(*SIZE, seed=seed, most=12) if seed else np.eye(3)


def corners(box: Box | tuple[float, ...]) -> Vertices:
    x0, y0, x1, y1 = (float(value) for value in box)
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def seen_zone(kind: ZoneKind, box: Box, reference: Reference, seed: int = 0, label: str = ""):
    """A zone over a box of the print, drawn on the reference that saw it by `view(seed)`."""
    polygon = transform(view(seed), np.array(corners(box)))
    return Zone(kind, tuple(map(tuple, polygon.tolist())), reference.sha256, label)


def photo_from(pixels: Pixels, seed: int = 20):
    return photo_of(seen_through(pixels, view(seed), noise=2.0))


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> list[Reference]:
    """Five photos of equal items, the first straight on."""
    pictures = [seen_through(item(), view(seed), noise=2.0) for seed in range(5)]
    return saved_side(tmp_path_factory.mktemp("side"), pictures)


@pytest.fixture(scope="module")
def galleries(references: list[Reference]) -> dict[str, Gallery]:
    """The same references without zones, with a variable and with a must-match one."""
    zones = {
        "none": (),
        "variable": (seen_zone(VARIABLE, SERIAL, references[0], label="number"),),
        "must": (seen_zone(MUST_MATCH, SEAL, references[0], label="seal"),),
        "drawn elsewhere": (seen_zone(VARIABLE, SERIAL, references[3], seed=3),),
        "lost": (Zone(MUST_MATCH, corners(SEAL), "00" * 32, "seal"),),
    }
    made = {}
    for name, given in zones.items():
        made[name] = Gallery(references, embedder=CellNetwork())
        made[name].set_zones("tea", "front", given)
    return made


def said(gallery: Gallery, pixels: Pixels) -> Inspection:
    return inspect(photo_from(pixels), gallery, product="tea", side="front")


# the zone itself


@pytest.mark.parametrize("polygon", [corners(SEAL)[:2], (*corners(SEAL)[:3], (np.nan, 1.0))])
def test_what_is_no_polygon_is_no_zone(polygon: Vertices) -> None:
    with pytest.raises(ValueError, match="three or more corners"):
        Zone(VARIABLE, polygon, "ab" * 32)


# on the frame


def placed_at(matrix: np.ndarray, name: str, reference: Reference) -> Placed:
    return Placed(replace(reference, id=name, sha256=name), matrix, None, None)


def test_a_zone_of_the_canonical_reference_covers_its_box(references: list[Reference]) -> None:
    frame = frame_of(*SIZE, scale=2.0)
    inside = np.ones((frame.height, frame.width), bool)
    placed = [placed_at(np.eye(3), "own", references[0])]
    zones = (
        Zone(VARIABLE, corners((200, 160, 240, 180)), "own"),
        Zone(MUST_MATCH, corners((400, 300, 520, 400)), "own"),
    )
    laid = lay_zones(zones, placed, frame, inside, border=BORDER)
    grown = mask_of((100 - AROUND, 80 - AROUND, 120 + AROUND, 90 + AROUND), inside.shape)
    assert laid.variable[80:90, 100:120].all()
    assert not laid.variable[
        ~cv2.dilate(grown.astype(np.uint8), np.ones((3, 3))).astype(bool)
    ].any()
    assert np.array_equal(laid.strict, laid.must_match[0].mask)
    assert laid.strict[152:198, 202:258].all()
    assert laid.strict.sum() == pytest.approx(60 * 50, rel=0.06)
    assert (laid.shown, laid.lost) == (zones, ())


def test_a_zone_is_carried_to_where_the_same_print_lies(galleries: dict[str, Gallery]) -> None:
    model = galleries["drawn elsewhere"].side_model("tea", "front")
    (zone,) = model.zones.shown
    assert zone.reference == model.canonical.sha256
    seed = int(model.canonical.id[-5])
    true = transform(view(seed), np.array(corners(SERIAL)))
    assert np.array(zone.polygon) == pytest.approx(true, abs=1.5)


def test_the_canonical_reference_may_not_be_the_one_that_was_drawn_on(
    references: list[Reference],
) -> None:
    moved = np.array([[1.0, 0, 30], [0, 1.0, -20], [0, 0, 1]])
    frame = frame_of(*SIZE)
    placed = [placed_at(np.eye(3), "own", references[0]), placed_at(moved, "other", references[1])]
    zone = Zone(VARIABLE, corners((100, 100, 150, 120)), "other", "number")
    laid = lay_zones([zone], placed, frame, EVERYWHERE, border=BORDER)
    (shown,) = laid.shown
    assert shown == replace(zone, polygon=corners((130, 80, 180, 100)), reference="own")
    rows, columns = np.nonzero(laid.variable)
    assert (columns.mean(), rows.mean()) == pytest.approx((155, 90), abs=0.5)


def test_a_zone_that_cannot_be_laid_is_lost(references: list[Reference]) -> None:
    placed = [placed_at(np.eye(3), "own", references[0])]
    gone = Zone(VARIABLE, corners(SEAL), "gone")
    at_the_edge = Zone(MUST_MATCH, corners((0, 0, 200, 9)), "own", "edge")
    outside = Zone(MUST_MATCH, corners((900, 900, 950, 950)), "own", "outside")
    laid = lay_zones(
        [gone, at_the_edge, outside], placed, frame_of(*SIZE), EVERYWHERE, border=BORDER
    )
    assert laid.lost == (gone, at_the_edge, outside)
    assert laid.must_match == ()
    assert not laid.variable.any()


def test_a_part_beyond_the_horizon_is_lost(references: list[Reference]) -> None:
    leaning = np.array([[1.0, 0, 0], [0, 1.0, 0], [0, -0.005, 1.0]])  # nothing is below y = 200
    placed = [
        placed_at(np.eye(3), "own", references[0]),
        placed_at(leaning, "other", references[1]),
    ]
    near, beyond = (Zone(VARIABLE, corners((50, 50, 90, y)), "other") for y in (90, 300))
    laid = lay_zones([near, beyond], placed, frame_of(*SIZE), EVERYWHERE, border=BORDER)
    assert laid.lost == (beyond,)
    assert len(laid.shown) == 1


def test_an_area_on_a_reference_that_goes_lies_on_another(references: list[Reference]) -> None:
    shifted = np.array([[1.0, 0, 40], [0, 1, -10], [0, 0, 1]])
    own = placed_at(np.eye(3), "own", references[0])
    placed = [own, placed_at(shifted, "other", references[1])]
    place = ((100.0, 100.0),)
    assert carried_polygon(place, "other", placed) == ((140.0, 90.0),)
    assert carried_polygon(place, "own", placed) == place
    assert carried_polygon(place, "gone", placed) is None
    assert polygon_moved_off(place, "own", placed) == (((60.0, 110.0),), "other")
    assert polygon_moved_off(place, "other", placed) == (((140.0, 90.0),), "own")
    assert polygon_moved_off(place, "own", [own]) is None, "there is no other"


def test_what_varies_within_a_must_match_zone_is_left_out_of_it(
    references: list[Reference],
) -> None:
    placed = [placed_at(np.eye(3), "own", references[0])]
    zones = [
        Zone(MUST_MATCH, corners((100, 100, 300, 200)), "own"),
        Zone(VARIABLE, corners((180, 140, 220, 160)), "own"),
    ]
    laid = lay_zones(zones, placed, frame_of(*SIZE), EVERYWHERE, border=BORDER)
    assert not (laid.strict & laid.variable).any()
    assert laid.strict[120, 120]
    assert laid.lost == ()


# on evidence and regions


def evidence_of(*parts: tuple[Box, float]) -> Evidence:
    total = np.zeros(SHAPE, np.float32)
    for (x0, y0, x1, y1), value in parts:
        total[y0:y1, x0:x1] = value
    return Evidence(channel_maps(SHAPE, structure=0.5), np.ones(SHAPE, np.float32), total)


def test_nothing_is_seen_or_shown_in_a_variable_zone() -> None:
    evidence = evidence_of((SERIAL, 2.0), (SEAL, 1.5))
    zones = LaidZones(mask_of(SERIAL, SHAPE))
    found = without_variable(evidence, zones)
    assert found.total[zones.variable].max() == found.seen[zones.variable].max() == 0.0
    assert np.array_equal(found.total[~zones.variable], evidence.total[~zones.variable])
    assert (found.seen[~zones.variable] == 1.0).all()
    assert without_variable(evidence, no_zones(frame_of(*SIZE))) is evidence


def regions_of(
    evidence: Evidence, strict: np.ndarray | None, notice: float | None = None
) -> tuple[Region, ...]:
    frame: Frame = frame_of(*SIZE)
    places = np.stack(np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1])), axis=2)
    ground = Ground(
        evidence,
        channel_maps(SHAPE),
        5,
        frame=frame,
        places=places.astype(np.float32),
        reference="ab" * 32,
    )
    return find_regions(ground, limit=1.0, notice=notice, strict=strict)


def test_a_must_match_zone_has_a_lower_limit() -> None:
    evidence = evidence_of((SEAL, 1.1 * STRICT), (SERIAL, 1.1 * STRICT))
    assert regions_of(evidence, None) == ()
    (region,) = regions_of(evidence, mask_of(SEAL, SHAPE))
    assert holds(SEAL, *centre_of(region.polygon))
    assert regions_of(evidence_of((SEAL, 0.95 * STRICT)), mask_of(SEAL, SHAPE)) == ()


def test_a_must_match_zone_differs_from_where_places_are_worth_a_look() -> None:
    strict = mask_of(SEAL, SHAPE)
    (elsewhere,) = regions_of(evidence_of((SERIAL, 0.9)), strict, notice=0.85)
    assert not elsewhere.outside
    (region,) = regions_of(evidence_of((SEAL, 0.9)), strict, notice=0.85)
    assert region.outside
    assert not any(r.outside for r in regions_of(evidence_of((SEAL, 0.8)), strict, notice=0.85))


def test_regions_of_must_match_zones_come_first() -> None:
    evidence = evidence_of((SEAL, 0.9), (SERIAL, 1.9))
    strict = mask_of(SEAL, SHAPE)
    assert [holds(SEAL, *centre_of(r.polygon)) for r in regions_of(evidence, strict)] == [
        True,
        False,
    ]
    assert [r.number for r in regions_of(evidence, strict)] == [1, 2]


def test_the_zone_of_which_least_was_judged_is_named() -> None:
    seal, serial = (Zone(MUST_MATCH, corners(box), "own", str(box)) for box in (SEAL, SERIAL))
    zones = LaidZones(
        np.zeros(SHAPE, bool),
        (LaidZone(seal, mask_of(SEAL, SHAPE)), LaidZone(serial, mask_of(SERIAL, SHAPE))),
    )
    assert unjudged(EVERYWHERE, zones) is None
    judged = EVERYWHERE.copy()
    judged[150:160, 190:330] = False  # a quarter of one
    judged[60:130, 350:440] = False  # all of the other
    assert unjudged(judged, zones) == (seal, 0.0)
    judged[60:130, 350:440] = True
    assert unjudged(judged, zones) == (serial, pytest.approx(0.75))
    assert NEEDED > 0.75
    judged[150:156, 190:330] = True
    assert unjudged(judged, zones) is None


# in the gallery


def test_zones_are_part_of_what_a_gallery_is(references: list[Reference]) -> None:
    gallery = Gallery(references)
    plain = gallery.version
    zone = seen_zone(VARIABLE, SERIAL, references[0])
    gallery.set_zones("tea", "front", [zone])
    assert gallery.zones("tea", "front") == (zone,)
    assert gallery.zones("tea", "back") == ()
    assert gallery.version != plain
    assert side_key(references, "net", [zone]) != side_key(references, "net")
    gallery.set_zones("tea", "front", ())
    assert gallery.version == plain
    assert side_key(references, "net", []) == side_key(references, "net")


def test_a_side_follows_its_zones(galleries: dict[str, Gallery]) -> None:
    gallery = galleries["variable"]
    marked = gallery.side_model("tea", "front")
    before = gallery.zones("tea", "front")
    gallery.set_zones("tea", "front", ())
    assert not gallery.side_model("tea", "front").zones.variable.any()
    gallery.set_zones("tea", "front", before)
    assert gallery.side_model("tea", "front") is marked


def test_a_kept_side_has_its_zones_again(references: list[Reference], tmp_path: Path) -> None:
    zone = seen_zone(VARIABLE, SERIAL, references[0])
    found = []
    for _ in range(2):
        network = CellNetwork()
        gallery = Gallery(references, embedder=network, cache=tmp_path)
        gallery.set_zones("tea", "front", [zone])
        found.append((gallery.side_model("tea", "front"), network.asked))
    (first, asked), (second, asked_again) = found
    assert asked > asked_again == 0
    assert np.array_equal(first.zones.variable, second.zones.variable)
    assert (first.zones.shown, first.genuine) == (second.zones.shown, second.genuine)


# in what is said of a photo


def test_without_a_zone_another_number_differs(galleries: dict[str, Gallery]) -> None:
    said_of = said(galleries["none"], item("K7719"))
    assert said_of.outcome is Outcome.DIFFERS
    assert holds(SERIAL, *centre_of(said_of.comparison.regions[0].reference_polygon))


@pytest.mark.parametrize("drawn", ["variable", "drawn elsewhere"])
def test_in_a_variable_zone_nothing_is_claimed(galleries: dict[str, Gallery], drawn: str) -> None:
    found = said(galleries[drawn], item("K7719"))
    assert (found.outcome, found.comparison.regions) == (Outcome.AGREES, ())
    same = said(galleries[drawn], item())
    assert found.comparison.suspicion == pytest.approx(same.comparison.suspicion, rel=0.15)
    comparison = found.comparison
    x, y = (
        (np.array(centre_of(comparison.zones[0].polygon)) - comparison.frame_origin)
        / comparison.frame_scale
    ).astype(int)
    assert not comparison.judged[y - 8 : y + 9, x - 30 : x + 31].any()


def test_a_change_beside_a_variable_zone_is_still_found(galleries: dict[str, Gallery]) -> None:
    changed = item("K7719")
    x0, y0, x1, y1 = SEAL
    changed[y0:y1, x0:x1] = 225
    found = said(galleries["variable"], changed)
    assert found.outcome is Outcome.DIFFERS
    middle = centre_of(found.comparison.regions[0].reference_polygon)
    assert holds((x0 - 15, y0 - 15, x1 + 15, y1 + 15), *middle)


def test_a_seen_must_match_zone_agrees(galleries: dict[str, Gallery]) -> None:
    found = said(galleries["must"], item())
    assert found.outcome is Outcome.AGREES
    assert [zone.label for zone in found.comparison.zones] == ["seal"]


def test_a_must_match_zone_outside_the_photo_is_told(galleries: dict[str, Gallery]) -> None:
    without = np.ascontiguousarray(seen_through(item(), view(20), noise=2.0)[:, :380])
    asked = {
        name: inspect(photo_of(without), galleries[name], product="tea")
        for name in ("none", "must")
    }
    assert asked["none"].outcome is Outcome.AGREES
    assert asked["must"].outcome is Outcome.PHOTO_UNFIT
    reason = asked["must"].reason
    assert (reason.code, reason.zone) == (ReasonCode.ZONE_HIDDEN, "seal")
    assert reason.found < reason.needed


def test_a_lost_must_match_zone_is_told(galleries: dict[str, Gallery]) -> None:
    found = said(galleries["lost"], item())
    assert found.outcome is Outcome.GALLERY_TOO_THIN
    assert (found.reason.code, found.reason.zone) == (ReasonCode.ZONE_LOST, "seal")


# when a reference goes


def test_zones_of_a_reference_that_goes_move_to_another(references: list[Reference]) -> None:
    gallery = Gallery(references, embedder=CellNetwork())
    zones = (
        seen_zone(VARIABLE, SERIAL, references[2], seed=2, label="number"),
        seen_zone(MUST_MATCH, SEAL, references[1], seed=1),
    )
    gallery.set_zones("tea", "front", zones)
    gallery.drop(references[2].id)
    moved, stayed = gallery.zones("tea", "front")
    assert stayed == zones[1]
    assert (moved.kind, moved.label) == (VARIABLE, "number")
    (seed,) = [n for n, r in enumerate(references) if r.sha256 == moved.reference]
    assert seed != 2
    true = transform(view(seed), np.array(corners(SERIAL)))
    assert np.array(moved.polygon) == pytest.approx(true, abs=1.5)
    assert gallery.side_model("tea", "front").zones.lost == ()


def test_dropping_another_reference_moves_nothing(references: list[Reference]) -> None:
    gallery = Gallery(references)
    zone = seen_zone(VARIABLE, SERIAL, references[0])
    gallery.set_zones("tea", "front", [zone])
    gallery.drop(references[4].id)
    gallery.drop("no such reference")
    assert gallery.zones("tea", "front") == (zone,)


def test_the_last_reference_keeps_its_zones(references: list[Reference]) -> None:
    gallery = Gallery(references[:1])
    zone = seen_zone(VARIABLE, SERIAL, references[0])
    gallery.set_zones("tea", "front", [zone])
    gallery.drop(references[0].id)
    assert gallery.zones("tea", "front") == (zone,)
