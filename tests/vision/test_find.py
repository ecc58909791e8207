"""Search: what is in the photo is found and verified, what is not there or not meant is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import (
    artwork,
    photo_of,
    plain,
    reference_of,
    saved,
    saved_side,
    saved_turned,
    scene,
    seen_through,
    tilted,
)
from vision.align import transform
from vision.features import local_features
from vision.find import VERIFIED_INLIERS, Asked, Found, find, order, shown, verify
from vision.gallery import Gallery, Shortlisted
from vision.pictures import read
from vision.terms import Candidate, Reference

if TYPE_CHECKING:
    from pathlib import Path

    from vision.terms import Box

SIZE = (400, 300)
SEEDS = {"cocoa": 61, "roast": 62, "serum": 63, "tea": 64}
MIDDLE = (200, 150, 600, 450)  # a quarter of a photo of 800 x 600
CORNERS = np.array([(210.0, 160), (590, 160), (590, 440), (210, 440)])  # within MIDDLE


def _print_of(product: str) -> np.ndarray:
    return artwork(SEEDS[product], *SIZE)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Four products of two references each."""
    folder = tmp_path_factory.mktemp("gallery")
    known: list[Reference] = []
    for product in SEEDS:
        views = [seen_through(_print_of(product), tilted(*SIZE, s), noise=2.0) for s in (1, 2)]
        known += saved_side(folder, views, product)
    return Gallery(known)


def _search(gallery: Gallery, pixels: np.ndarray, **options) -> tuple[Found, ...]:
    return find(photo_of(pixels), gallery, local_features(pixels), **options)


def _verified(found: tuple[Found, ...]) -> list[str]:
    return [each.candidate.product for each in found if each.candidate.verified]


# what is there is found


@pytest.mark.parametrize("product", SEEDS)
def test_a_product_on_a_table_is_found_and_verified(gallery: Gallery, product: str) -> None:
    found = _search(gallery, scene((_print_of(product), MIDDLE)))
    assert _verified(found) == [product]
    best = found[0].candidate
    assert best.inliers >= VERIFIED_INLIERS
    assert best.similarity > 0.5
    assert best.fills == pytest.approx(0.25, abs=0.03)
    assert best.reference in {r.id for r in gallery.of_side(product, "front")}


def test_the_fit_lays_the_photo_on_the_reference(gallery: Gallery) -> None:
    best = _search(gallery, scene((_print_of("tea"), MIDDLE)))[0]
    assert best.fit is not None
    to_print = np.array([[1.0, 0, -200], [0, 1, -150], [0, 0, 1]])
    seed = 1 + [r.id for r in gallery.of_side("tea", "front")].index(best.reference.id)
    true = transform(tilted(*SIZE, seed) @ to_print, CORNERS)
    assert transform(best.fit.matrix, CORNERS) == pytest.approx(true, abs=1.5)


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_turned_product_is_found(gallery: Gallery, quarter_turns: int) -> None:
    photo = np.rot90(scene((_print_of("serum"), MIDDLE)), quarter_turns)
    assert _verified(_search(gallery, np.ascontiguousarray(photo))) == ["serum"]


def test_a_product_that_fills_the_photo_is_found(gallery: Gallery) -> None:
    found = _search(gallery, seen_through(_print_of("roast"), tilted(*SIZE, 5), noise=3.0))
    assert _verified(found) == ["roast"]
    assert found[0].candidate.fills > 0.85


def test_a_photo_decoded_at_a_reduced_scale_is_answered_in_full_pixels(gallery: Gallery) -> None:
    pixels = scene((_print_of("tea"), MIDDLE))
    photo = photo_of(pixels, full_width=3200)
    best = find(photo, gallery, local_features(pixels, full_width=3200))[0]
    assert best.candidate.product == "tea"
    assert best.candidate.verified
    assert best.candidate.fills == pytest.approx(0.25, abs=0.03)
    assert best.fit is not None
    middle = best.fit.photo_points.mean(axis=0)
    assert middle == pytest.approx((1600, 1200), abs=200)


def test_same_answer_twice(gallery: Gallery) -> None:
    pixels = scene((_print_of("cocoa"), MIDDLE))
    one, two = (_search(gallery, pixels) for _ in range(2))
    assert [each.candidate for each in one] == [each.candidate for each in two]


# what is not there is not verified


def test_a_stranger_is_not_verified(gallery: Gallery) -> None:
    found = _search(gallery, scene((artwork(999, *SIZE), MIDDLE)))
    assert _verified(found) == []
    assert len(shown(found)) == 3
    assert all(each.candidate.similarity <= 0.2 for each in found)


@pytest.mark.parametrize("product", SEEDS)
def test_without_its_product_a_photo_is_a_stranger(gallery: Gallery, product: str) -> None:
    found = _search(gallery, scene((_print_of(product), MIDDLE)), without_product=product)
    assert _verified(found) == []
    assert product not in {each.candidate.product for each in found}


@pytest.mark.parametrize(
    "pixels",
    [plain(255, 800, 600), plain(0, 800, 600), plain(7, 1, 1), plain(9, 2000, 2)],
    ids=["white", "black", "one pixel", "strip"],
)
def test_a_featureless_photo_shows_nothing(gallery: Gallery, pixels: np.ndarray) -> None:
    found = _search(gallery, pixels)
    assert _verified(found) == []
    assert all(each.fit is None and each.candidate.inliers == 0 for each in found)


def test_an_empty_gallery_has_no_candidates() -> None:
    assert _search(Gallery(()), scene((_print_of("tea"), MIDDLE))) == ()


def test_a_badge_that_products_share_is_not_the_product(tmp_path: Path) -> None:
    badge = artwork(5, 150, 150)
    one, two = _print_of("tea"), _print_of("roast")
    for each in (one, two):
        each[75:225, 125:275] = badge
    gallery = Gallery(saved_side(tmp_path, [one], "tea"))
    found = _search(gallery, scene((two, MIDDLE)))
    assert found[0].candidate.inliers >= VERIFIED_INLIERS  # the badge does match
    assert _verified(found) == []
    assert _verified(_search(gallery, scene((one, MIDDLE)))) == ["tea"]


def test_a_scrap_of_the_product_is_not_the_product(gallery: Gallery) -> None:
    scrap = cv2.resize(_print_of("tea")[110:180, 150:240], (720, 560))  # a twentieth of it
    found = _search(gallery, scene((scrap, (40, 20, 760, 580))))
    assert found[0].candidate.product == "tea"
    assert found[0].candidate.inliers >= VERIFIED_INLIERS
    assert _verified(found) == []


# neighbours


BESIDE = (650, 150, 1050, 450)  # three eighths of it in the photo


def test_a_neighbour_at_the_margin_is_not_the_subject(gallery: Gallery) -> None:
    stranger = artwork(998, *SIZE)
    found = _search(gallery, scene((stranger, MIDDLE), (_print_of("tea"), BESIDE)))
    assert _verified(found) == []
    neighbour = next(each for each in found if each.candidate.product == "tea")
    assert neighbour.candidate.inliers >= VERIFIED_INLIERS  # seen, but beside what is meant


def test_the_same_part_in_the_middle_is_the_subject(gallery: Gallery) -> None:
    part = _print_of("tea")[:, :150]
    found = _search(gallery, scene((part, (325, 150, 475, 450))))
    assert _verified(found) == ["tea"]


def test_a_region_around_a_neighbour_makes_it_the_subject(gallery: Gallery) -> None:
    stranger = artwork(998, *SIZE)
    photo = scene((stranger, MIDDLE), (_print_of("tea"), BESIDE))
    found = _search(gallery, photo, region=(640, 140, 800, 460))
    assert _verified(found) == ["tea"]
    assert found[0].candidate.fills > 0.8  # of the region


def test_two_products_in_one_photo_are_both_verified_the_larger_first(gallery: Gallery) -> None:
    large, small = (20, 120, 520, 495), (540, 200, 780, 380)
    for one, two in (("tea", "roast"), ("roast", "tea")):
        found = _search(gallery, scene((_print_of(one), large), (_print_of(two), small)))
        assert _verified(found) == [one, two]
        fills = [each.candidate.fills for each in found[:2]]
        assert fills == pytest.approx([500 * 375 / 480_000, 240 * 180 / 480_000], abs=0.04)


# regions


@pytest.mark.parametrize("box", [(210, 160, 430, 325), (380, 280, 600, 445)])
def test_a_crop_of_a_third_of_the_label_finds_it(gallery: Gallery, box: Box) -> None:
    photo = scene((_print_of("serum"), MIDDLE))
    x0, y0, x1, y1 = box
    assert (x1 - x0) * (y1 - y0) == pytest.approx(0.3 * 400 * 300, rel=0.02)
    for found in (
        _search(gallery, np.ascontiguousarray(photo[y0:y1, x0:x1])),
        _search(gallery, photo, region=box),
    ):
        assert _verified(found) == ["serum"]


def test_a_small_label_on_a_busy_wall_is_found_by_its_region(gallery: Gallery) -> None:
    """The label is an eleventh of the frame."""
    wall = cv2.resize(artwork(70, 1600, 1200), (800, 600), interpolation=cv2.INTER_AREA)
    wall[300:480, 480:720] = cv2.resize(_print_of("cocoa"), (240, 180))
    found = _search(gallery, wall, region=(470, 290, 730, 490))
    assert _verified(found) == ["cocoa"]
    assert found[0].candidate.fills == pytest.approx(240 * 180 / (260 * 200), abs=0.08)


def test_a_region_without_the_product_does_not_find_it(gallery: Gallery) -> None:
    photo = scene((_print_of("serum"), (20, 20, 420, 320)))
    assert _verified(_search(gallery, photo, region=(440, 340, 800, 600))) == []


# one side


def _shortlisted(*references: Reference) -> Shortlisted:
    return Shortlisted("tea", "front", references, votes=1.0, likeness=0.0)


def _asked(pixels: np.ndarray) -> Asked:
    return Asked.of(photo_of(pixels), local_features(pixels))


def test_the_reference_that_matches_best_is_kept(gallery: Gallery, tmp_path: Path) -> None:
    blank = reference_of(saved(plain(200, *SIZE), tmp_path / "blank.png"))
    own = gallery.of_side("tea", "front")[0]
    found = verify(_shortlisted(blank, own), gallery, _asked(scene((_print_of("tea"), MIDDLE))))
    assert found.reference == own
    assert found.candidate.verified


def test_a_reference_that_cannot_be_read_is_no_match(gallery: Gallery, tmp_path: Path) -> None:
    gone = reference_of(tmp_path / "gone.png")
    found = verify(_shortlisted(gone), gallery, _asked(scene((_print_of("tea"), MIDDLE))))
    assert (found.candidate.verified, found.candidate.inliers, found.fit) == (False, 0, None)


def test_a_side_without_references_is_a_mistake_of_the_caller(gallery: Gallery) -> None:
    with pytest.raises(ValueError, match="at least one reference"):
        verify(_shortlisted(), gallery, _asked(plain(9)))


# what staff see


def _found(product: str, *, verified: bool, inliers: int = 50, fills: float = 0.5) -> Found:
    reference = Reference(product, product, "front", "", "")
    return Found(
        Candidate(product, "front", 0.5, inliers, verified, product, fills), reference, None
    )


def test_verified_candidates_come_first_and_the_larger_of_them() -> None:
    ordered = sorted(
        (
            _found("unsure", verified=False, inliers=500),
            _found("small", verified=True, fills=0.1),
            _found("large", verified=True, fills=0.8),
            _found("strong", verified=True, inliers=400, fills=0.3),
        ),
        key=order,
    )
    assert [each.candidate.product for each in ordered] == ["strong", "large", "small", "unsure"]


def test_all_verified_and_at_least_three_candidates_are_shown() -> None:
    sure = [_found(f"sure {n}", verified=True) for n in range(4)]
    unsure = [_found(f"unsure {n}", verified=False) for n in range(4)]

    def names(*found: Found) -> list[str]:
        return [candidate.product for candidate in shown(tuple(found))]

    assert names(*unsure) == ["unsure 0", "unsure 1", "unsure 2"]
    assert names(sure[0], *unsure) == ["sure 0", "unsure 0", "unsure 1"]
    assert names(*sure, *unsure) == [f"sure {n}" for n in range(4)]
    assert names(unsure[0]) == ["unsure 0"]


# a photo that is turned by its tag only


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_tag_of_orientation_changes_nothing(
    gallery: Gallery, tmp_path: Path, orientation: int
) -> None:
    pixels = scene((_print_of("cocoa"), MIDDLE))
    tagged = read(saved_turned(pixels, tmp_path / "turned.jpg", orientation))
    upright = read(saved_turned(pixels, tmp_path / "upright.jpg", 1))
    one, two = (find(p, gallery, local_features(p.pixels))[0] for p in (tagged, upright))
    assert (tagged.width, tagged.height) == (800, 600)
    assert one.candidate.product == two.candidate.product == "cocoa"
    assert one.candidate.similarity == pytest.approx(two.candidate.similarity, abs=0.03)
    assert one.fit is not None
    assert two.fit is not None
    laid = (transform(each.fit.matrix, CORNERS) for each in (one, two))
    assert next(laid) == pytest.approx(next(laid), abs=1.0)


def test_copies_of_one_photo_match_though_one_is_turned_by_its_tag(shared: Path) -> None:
    """VincentEngel/VES-Image-Compare#57, qarmin/czkawka#1199."""
    odd = shared / "hostile" / "files" / "odd"
    if not (odd / "eoe_Landscape_1.jpg").is_file():
        pytest.skip(f"no photos with tags of orientation in {odd}")
    gallery = Gallery([reference_of(odd / "eoe_Landscape_1.jpg", "coast")])
    similarity = []
    for name in ("eoe_Landscape_1.jpg", "eoe_Landscape_6.jpg", "eoe_Landscape_3.jpg"):
        photo = read(odd / name)
        best = find(photo, gallery, local_features(photo.pixels, full_width=photo.width))[0]
        assert best.candidate.verified
        assert best.candidate.fills > 0.95
        similarity.append(best.candidate.similarity)
    assert similarity[1:] == pytest.approx([similarity[0]] * 2, abs=0.02)
