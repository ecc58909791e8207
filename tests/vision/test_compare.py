"""Inspection from end to end, on simulated photographs: every outcome, every way of asking."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

import vision
from tests.vision.samples import (
    box_of,
    centre_of,
    holds,
    photo_of,
)
from tests.vision.simulated import Bench, Taken, compared, print_points, verified
from vision import Channel, FaultKind, LimitBasis, Outcome, ReasonCode, Thresholds, UnknownSide
from vision.align import transform
from vision.simulate import Kind

if TYPE_CHECKING:
    from vision import Box, Gallery, Photo

PAIR = {
    "width": 1000, "height": 750, "fill": 0.84, "turn_deg": 2.0, "tilt_x_deg": 2.0,
    "tilt_y_deg": 1.0, "shift_y": 0.0, "clutter": 0, "depth": 0.1, "bend": 0.0,
}  # fmt: skip
LEFT, RIGHT = (20, 20, 490, 740), (510, 20, 990, 740)


def _pair(bench: Bench, left: str, right: str) -> Photo:
    """Two products side by side, equally large."""
    first = bench.shoot(right, 50, shift_x=0.23, **PAIR)
    return bench.shoot(left, 51, scene=first.shot.pixels, shift_x=-0.23, **PAIR).photo


# agrees


@pytest.mark.parametrize(
    ("name", "product", "side", "seed"),
    [
        ("tea", "tea", "front", 40),
        ("tea", "tea", "front", 44),
        ("tea back", "tea", "back", 40),
        ("serum", "serum", "front", 41),
    ],
)
def test_a_genuine_photo_agrees(
    bench: Bench, name: str, product: str, side: str, seed: int
) -> None:
    said = bench.say(bench.shoot(name, seed).photo)
    assert said.outcome is Outcome.AGREES
    assert said.reason.code is ReasonCode.WITHIN_SPREAD
    assert (said.reason.product, said.reason.side) == (product, side)
    assert said.reason.found < said.reason.needed
    found = compared(said)
    assert (found.product, found.side, found.regions) == (product, side, ())
    assert found.similarity > 0.85


def test_a_threshold_decides_and_is_told(bench: Bench, gallery: Gallery) -> None:
    photo = bench.shoot_altered("tea", Kind.MISSING, "logo", 42).photo
    said, version = bench.say(photo), gallery.thresholds_version
    before = compared(said)
    assert said.outcome is Outcome.DIFFERS
    assert 0 < before.limit < before.peak
    assert before.limit_basis is LimitBasis.PROMISE
    above = 2 * before.peak
    try:
        gallery.thresholds = Thresholds(sides=(("tea", "front", above),))
        after = compared(vision.inspect(photo, gallery, product="tea", side="front"))
        assert gallery.thresholds_version != version
    finally:
        gallery.thresholds = Thresholds()
    assert (after.limit, after.limit_basis) == (above, LimitBasis.SIDE)
    others = {Channel.TEXT, Channel.CODES}  # are not held to it
    assert {region.channel for region in after.differing} <= others
    assert {region.channel for region in before.differing} - others


def test_a_reference_agrees_with_its_own_side(bench: Bench, gallery: Gallery) -> None:
    own = gallery.of_side("tea", "front")[1]
    said = bench.say(vision.read(own.path))
    assert said.outcome is Outcome.AGREES
    assert said.candidates[0].reference == own.id
    assert compared(said).similarity > 0.97
    assert compared(said).percentile == 1.0  # no genuine photo agrees better


def test_the_photo_is_laid_where_it_belongs(bench: Bench) -> None:
    taken = bench.shoot("tea", 44, bend=0.0)
    found = compared(bench.say(taken.photo))
    points = print_points(bench.print_of("tea"))
    laid = transform(found.alignment.matrix, taken.shot.to_photo(points))
    assert laid == pytest.approx(bench.shots[found.reference.id].to_photo(points), abs=3.0)
    assert found.alignment.error_px < 2.0
    assert found.alignment.overlap > 0.97


def test_the_laid_photo_can_be_shown_beside_the_reference(bench: Bench, tea: Taken) -> None:
    found = compared(bench.say(tea.photo))
    assert found.aligned.shape == found.reference_pixels.shape
    assert found.judged.shape == found.excess.shape == found.aligned.shape[:2]
    x0, y0, x1, y1 = (round(v) for v in (*found.frame_origin, *_far_corner(found)))
    cut = vision.read(found.reference.path).pixels[y0:y1, x0:x1]
    size = (found.aligned.shape[1], found.aligned.shape[0])
    own = cv2.resize(cut, size, interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(own - found.reference_pixels)[5:-5, 5:-5].mean() < 4
    one, two = (cv2.cvtColor(p, cv2.COLOR_RGB2GRAY) for p in (found.aligned, own.astype(np.uint8)))
    assert np.corrcoef(one[found.judged], two[found.judged])[0, 1] > 0.97


def _far_corner(found: vision.Comparison) -> tuple[float, float]:
    height, width = found.aligned.shape[:2]
    x, y = found.frame_origin
    return x + width * found.frame_scale, y + height * found.frame_scale


def test_the_outline_is_that_of_the_print(bench: Bench, tea: Taken) -> None:
    found = compared(bench.say(tea.photo))
    height, width = bench.print_of("tea").pixels.shape[:2]
    corners = np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)])
    true = bench.shots[found.reference.id].to_photo(corners.astype(np.float64))
    drawn = np.zeros((2, 800, 600), np.uint8)
    for mask, polygon in zip(drawn, (true, np.array(found.outline)), strict=True):
        cv2.fillPoly(mask, [np.rint(polygon).astype(np.int32)], 1)
    assert (drawn[0] & drawn[1]).sum() / (drawn[0] | drawn[1]).sum() > 0.93


def test_a_photo_answers_the_same_twice(
    bench: Bench, gallery: Gallery, without_logo: Taken
) -> None:
    one = bench.say(without_logo.photo)
    two = vision.inspect(without_logo.photo, gallery)
    assert (one.outcome, one.reason, one.faults) == (two.outcome, two.reason, two.faults)
    assert one.candidates == two.candidates
    first, second = compared(one), compared(two)
    assert first.regions == second.regions
    assert first.suspicion == second.suspicion
    assert first.similarity == second.similarity
    assert np.array_equal(first.alignment.matrix, second.alignment.matrix)
    assert np.array_equal(first.excess, second.excess)


def test_a_gallery_opened_again_answers_exactly_the_same(bench: Bench, without_logo: Taken) -> None:
    """Side models come from the disk then."""
    one = compared(bench.say(without_logo.photo))
    again = bench.gallery_of(bench.references)
    two = compared(vision.inspect(without_logo.photo, again))
    assert again.version == bench.gallery.version
    assert (two.suspicion, two.similarity) == (one.suspicion, one.similarity)
    assert two.regions == one.regions


# differs


@pytest.mark.parametrize(
    ("name", "kind", "element"),
    [
        ("tea", Kind.MISSING, "logo"),
        ("tea", Kind.LOGO, "logo"),
        ("tea", Kind.MOVED, "logo"),
        ("tea", Kind.LETTER, "name"),
        ("tea", Kind.FONT, "kind"),
        ("tea", Kind.STRETCHED, "name"),
        ("tea back", Kind.MISSING, "barcode"),
        ("serum", Kind.LOGO, "logo"),
    ],
)
def test_the_first_region_lies_on_what_was_planted(
    bench: Bench, name: str, kind: Kind, element: str
) -> None:
    taken = bench.shoot_altered(name, kind, element, 42)
    said = bench.say(taken.photo)
    assert said.outcome is Outcome.DIFFERS
    assert said.reason.code is ReasonCode.OUTSIDE_SPREAD
    regions = compared(said).regions
    found = said.reason.found  # what is only worth a look comes after those outside the spread
    assert [region.outside for region in regions] == [
        place < found for place in range(len(regions))
    ]
    assert found >= 1
    assert [region.number for region in regions] == list(range(1, len(regions) + 1))
    assert taken.box is not None
    assert holds(taken.box, *centre_of(regions[0].polygon))
    assert compared(said).percentile == 0.0  # every genuine photo agrees better


def test_print_in_other_colours_is_told_by_the_channel_of_colour(bench: Bench) -> None:
    taken = bench.shoot_altered("tea", Kind.HUE, "logo", 44)
    first = compared(bench.say(taken.photo)).regions[0]
    assert first.channel is vision.Channel.COLOUR
    assert taken.box is not None
    assert holds(taken.box, *centre_of(first.polygon))
    assert first.measured > 10  # units of CIELAB


def test_a_region_lies_on_the_same_print_in_both_pictures(
    bench: Bench, without_logo: Taken
) -> None:
    found = compared(bench.say(without_logo.photo))
    region = found.regions[0]
    assert region.reference == found.reference.sha256
    laid = transform(found.alignment.matrix, np.array(region.polygon))
    assert laid == pytest.approx(np.array(region.reference_polygon), abs=4.0)
    logo = bench.altered("tea", Kind.MISSING, "logo")
    expected = bench.shots[found.reference.id].box_of(logo.mask)
    assert holds(expected, *centre_of(region.reference_polygon))


def test_what_differs_is_more_suspicious_and_less_similar(
    bench: Bench, without_logo: Taken
) -> None:
    genuine = compared(bench.say(bench.shoot("tea", 42).photo))
    altered = compared(bench.say(without_logo.photo))
    assert altered.suspicion > 2 * genuine.suspicion
    assert altered.similarity < genuine.similarity


def test_regions_are_in_pixels_of_the_full_photo(
    bench: Bench, gallery: Gallery, without_logo: Taken
) -> None:
    """The same photo, as if it had been decoded at a quarter of its size."""
    large = photo_of(without_logo.photo.pixels, full_width=4 * without_logo.photo.width)
    one = compared(bench.say(without_logo.photo)).regions[0]
    two = compared(vision.inspect(large, gallery)).regions[0]
    assert box_of(two.polygon) == pytest.approx([4 * v for v in box_of(one.polygon)], abs=20)
    assert box_of(two.reference_polygon) == pytest.approx(box_of(one.reference_polygon), abs=5)


# photo unfit


@pytest.mark.parametrize(
    ("knobs", "kind"),
    [({"defocus": 9.0, "motion": 6.0}, FaultKind.BLUR), ({"stops": -3.6}, FaultKind.TOO_DARK)],
)
def test_an_unfit_photo_is_told_by_its_fault(
    bench: Bench, knobs: dict[str, float], kind: FaultKind
) -> None:
    said = bench.say(bench.shoot("tea", 43, **knobs).photo)
    assert said.outcome is Outcome.PHOTO_UNFIT
    assert (said.reason.code, said.reason.faults) == (ReasonCode.FAULT, (kind,))
    assert kind in {fault.kind for fault in said.faults if fault.severe}


def test_a_photo_whose_product_is_mostly_hidden_is_unfit(bench: Bench, gallery: Gallery) -> None:
    """Only a third of the product is in the photo, all of it in the searched region."""
    neighbour = bench.shoot("tea", 52, shift_x=0.55, **PAIR)
    said = vision.inspect(neighbour.photo, gallery, region=(780, 0, 1000, 750))
    assert compared(said).product == "tea"
    assert said.outcome is Outcome.PHOTO_UNFIT
    assert said.reason.code is ReasonCode.MOSTLY_HIDDEN
    assert said.reason.found == pytest.approx(0.32, abs=0.06)


# not in the gallery


def test_a_stranger_is_not_in_the_gallery(bench: Bench) -> None:
    said = bench.say(bench.shoot("stranger", 40).photo)
    assert said.outcome is Outcome.NOT_IN_GALLERY
    assert said.reason.code is ReasonCode.NOTHING_VERIFIED
    assert said.comparison is None
    assert len(said.candidates) == 3  # the nearest, none of them claimed
    assert verified(said) == []


def test_an_empty_gallery_says_so(bench: Bench, tea: Taken) -> None:
    said = vision.inspect(tea.photo, bench.gallery_of(()))
    assert said.outcome is Outcome.NOT_IN_GALLERY
    assert said.reason.code is ReasonCode.EMPTY_GALLERY
    assert said.candidates == ()


def test_without_its_product_a_photo_is_a_stranger(gallery: Gallery, tea: Taken) -> None:
    with_it = vision.search(tea.photo, gallery)
    assert (with_it[0].product, with_it[0].verified) == ("tea", True)
    without = vision.search(tea.photo, gallery, without_product="tea")
    assert "tea" not in {each.product for each in without}
    assert [each for each in without if each.verified] == []


def test_a_neighbour_at_the_margin_is_notverified(bench: Bench, gallery: Gallery) -> None:
    neighbour = bench.shoot("tea", 52, shift_x=0.55, **PAIR)
    knobs = PAIR | {"fill": 0.8}
    taken = bench.shoot("stranger", 53, scene=neighbour.shot.pixels, shift_x=-0.1, **knobs)
    said = vision.inspect(taken.photo, gallery)
    assert said.outcome is Outcome.NOT_IN_GALLERY
    assert said.candidates[0].product == "tea"  # it is seen, and it is not what is meant
    assert said.candidates[0].inliers > 30
    assert verified(said) == []


# too thin, cannot align, mixed


def test_a_side_of_two_references_is_too_thin(bench: Bench) -> None:
    said = bench.say(bench.shoot("thin", 40).photo)
    assert said.outcome is Outcome.GALLERY_TOO_THIN
    assert (said.reason.code, said.reason.found) == (ReasonCode.FEW_REFERENCES, 2)
    assert said.reason.found < said.reason.needed
    assert compared(said).product == "thin"
    assert compared(said).similarity > 0.8  # shown, though nothing is said of it
    assert (compared(said).percentile, compared(said).genuine_pairs) == (None, 0)


def test_a_corner_alone_cannot_be_aligned(bench: Bench) -> None:
    taken = bench.shoot("tea", 43, fill=1.75, shift_x=-0.585, shift_y=-0.356, depth=0.0, clutter=0)
    said = bench.say(taken.photo)
    assert said.outcome is Outcome.CANNOT_ALIGN
    assert said.reason.code is ReasonCode.LOW_OVERLAP
    assert said.reason.product == "tea"
    assert said.reason.found < said.reason.needed


@pytest.mark.parametrize("name", ["reprinted", "second printing"])
def test_references_of_two_printings_contradict_each_other(bench: Bench, name: str) -> None:
    said = bench.say(bench.shoot(name, 40).photo)
    assert said.outcome is Outcome.MIXED
    assert said.reason.code is ReasonCode.REFERENCES_DISAGREE
    assert said.reason.product == "reprinted"


def test_two_products_that_fill_the_photo_alike_are_mixed(bench: Bench, gallery: Gallery) -> None:
    said = vision.inspect(_pair(bench, "tea", "thin"), gallery)
    assert said.outcome is Outcome.MIXED
    assert (said.reason.code, said.reason.product) == (ReasonCode.TWO_PRODUCTS, "thin")
    assert compared(said).product == "tea"
    assert verified(said) == ["tea", "thin"]


def test_two_products_in_one_photo_are_both_named(bench: Bench) -> None:
    said = bench.say(_pair(bench, "tea", "serum"))
    assert sorted(verified(said)) == ["serum", "tea"]
    assert [each.fills for each in said.candidates[:2]] == pytest.approx([0.46, 0.46], abs=0.06)


# asking for more, or less


@pytest.mark.parametrize(("region", "product"), [(LEFT, "tea"), (RIGHT, "serum")])
def test_a_region_chooses_which_product_iscompared(
    bench: Bench, gallery: Gallery, region: Box, product: str
) -> None:
    said = vision.inspect(_pair(bench, "tea", "serum"), gallery, region=region)
    assert said.outcome is Outcome.AGREES
    assert compared(said).product == product
    assert verified(said) == [product]
    assert said.candidates[0].fills > 0.9


@pytest.mark.parametrize(
    "region", [(700, 0, 900, 100), (0, 800, 100, 900), (-50, 0, 0, 50), (40, 40, 40, 90)]
)
def test_a_region_outside_the_photo_is_refused(gallery: Gallery, tea: Taken, region: Box) -> None:
    for ask in (vision.inspect, vision.search):
        with pytest.raises(ValueError, match=re.escape("600 x 800")):
            ask(tea.photo, gallery, region=region)


@pytest.mark.parametrize(
    "named",
    [
        {"product": "tea"},
        {"product": "tea", "side": "front"},
        {"side": "front"},
    ],
)
def test_naming_the_right_product_or_side_changes_nothing(
    bench: Bench, gallery: Gallery, tea: Taken, named: dict[str, str]
) -> None:
    said = vision.inspect(tea.photo, gallery, **named)
    searched = bench.say(tea.photo)
    assert (said.outcome, said.reason) == (searched.outcome, searched.reason)
    assert compared(said).suspicion == pytest.approx(compared(searched).suspicion, abs=0.02)


def test_of_a_product_that_is_named_the_side_is_found(bench: Bench, gallery: Gallery) -> None:
    said = vision.inspect(bench.shoot("tea back", 40).photo, gallery, product="tea")
    assert (compared(said).product, compared(said).side) == ("tea", "back")
    assert said.outcome is Outcome.AGREES


@pytest.mark.parametrize("named", [{"product": "serum"}, {"product": "tea", "side": "back"}])
def test_naming_the_wrong_product_or_side_never_agrees_or_differs(
    gallery: Gallery, tea: Taken, named: dict[str, str]
) -> None:
    said = vision.inspect(tea.photo, gallery, **named)
    assert said.outcome in {Outcome.NOT_IN_GALLERY, Outcome.CANNOT_ALIGN}
    assert {each.product for each in said.candidates} == {named["product"]}
    assert verified(said) == []


@pytest.mark.parametrize(
    "named",
    [{"product": "no such"}, {"side": "no such"}, {"product": "serum", "side": "back"}],
)
def test_a_product_or_side_that_is_not_there_is_an_error(
    gallery: Gallery, tea: Taken, named: dict[str, str]
) -> None:
    with pytest.raises(UnknownSide) as caught:
        vision.inspect(tea.photo, gallery, **named)
    assert caught.value.side == named.get("side")
    assert caught.value.product == named.get("product", "")


# an outline drawn by the trainer


def test_a_drawn_outline_bounds_the_comparison(bench: Bench, without_logo: Taken) -> None:
    first, *others = (r for r in bench.references if (r.product, r.side) == ("tea", "front"))
    height, width = bench.print_of("tea").pixels.shape[:2]

    def outlined(top: float, bottom: float) -> Gallery:
        """The sides are compared between two heights of the print only."""
        corners = np.array([(0.05, top), (0.95, top), (0.95, bottom), (0.05, bottom)])
        drawn = bench.shots[first.id].to_photo(corners * (width, height))
        outline = tuple((float(x), float(y)) for x, y in drawn)
        return bench.gallery_of((replace(first, outline=outline), *others))

    assert bench.altered("tea", Kind.MISSING, "logo").box[3] < 0.5 * height
    below = vision.inspect(without_logo.photo, outlined(0.5, 0.95))
    assert below.outcome is Outcome.AGREES
    assert compared(below).reference.id == first.id
    around = vision.inspect(without_logo.photo, outlined(0.02, 0.5))
    assert around.outcome is Outcome.DIFFERS
    assert without_logo.box is not None
    assert holds(without_logo.box, *centre_of(compared(around).regions[0].polygon))
