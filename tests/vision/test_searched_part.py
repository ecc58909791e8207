"""A part of a photo is searched with: its features, and what the gallery then names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

import vision
from tests.vision.samples import artwork, photo_of, reference_of, saved_side, scene
from vision import Gallery, Photo
from vision.features import local_features
from vision.searched_part import bounding_box, check_part, part_features
from vision.truth import Row, read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Box

PRODUCTS = 24
PRINT = (480, 360)
TRIANGLE = ((100.0, 100.0), (300.0, 100.0), (100.0, 300.0))


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """More sides than a search shows, one reference each."""
    folder = tmp_path_factory.mktemp("many")
    known = []
    for seed in range(PRODUCTS):
        known += saved_side(folder, [artwork(seed, *PRINT)], f"product {seed:02}")
    return Gallery(known)


def names(found: tuple) -> list[str]:
    return [candidate.product for candidate in found]


# features of a part


def test_points_of_a_part_are_those_of_the_photo() -> None:
    pixels = artwork(3, 640, 480)
    dot = np.full((480, 640, 3), 200, np.uint8)
    cv2.circle(dot, (400, 300), 9, (20, 20, 20), -1, cv2.LINE_AA)
    (nearest,) = (
        np.abs(part_features(photo_of(dot), (350, 250, 450, 350)).points - (400, 300))
        .sum(axis=1)
        .min(keepdims=True)
    )
    assert nearest < 1.0
    found = part_features(photo_of(pixels), (100, 80, 300, 280)).points
    assert len(found) > 50
    assert ((found >= (99.5, 79.5)) & (found < (299.5, 279.5))).all()


def test_a_photo_decoded_at_half_size_is_asked_in_full_pixels() -> None:
    pixels = artwork(3, 640, 480)
    one = part_features(photo_of(pixels), (100, 80, 300, 280))
    two = part_features(photo_of(pixels, full_width=1280), (200, 160, 600, 560))
    assert two.points == pytest.approx((one.points + 0.5) * 2 - 0.5)
    assert two.scale == pytest.approx(2 * one.scale)


def test_a_polygon_takes_only_what_lies_within() -> None:
    photo = photo_of(artwork(4, 640, 480))
    found = part_features(photo, TRIANGLE).points
    assert len(found) > 20
    assert (found.sum(axis=1) <= 402).all()
    assert (part_features(photo, (100, 100, 300, 300)).points.sum(axis=1) > 402).any()


def test_a_small_part_of_a_large_photo_has_more_features_than_its_share() -> None:
    photo = photo_of(cv2.resize(artwork(5, 1600, 1200), (3200, 2400)))
    box = (400, 400, 1200, 1000)
    whole = local_features(photo.pixels)
    assert len(part_features(photo, box)) > 2 * len(whole.within(box))


def test_the_box_around_a_part() -> None:
    assert bounding_box((3, 4, 50, 60)) == (3, 4, 50, 60)
    assert bounding_box(TRIANGLE) == (100, 100, 300, 300)
    square = ((1.5, 2.5), (9.2, 2.5), (9.2, 8.0), (1.5, 8.0))
    assert bounding_box(square) == (1, 2, 10, 8)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ((700, 10, 800, 60), "inside the photo"),
        ((10, 10, 10, 60), "inside the photo"),
        ((-90, -90, 0, 0), "inside the photo"),
        (((10.0, 10.0), (40.0, 40.0)), "at least 3 corners"),
        (((900.0, 10.0), (940.0, 10.0), (900.0, 50.0)), "inside the photo"),
    ],
)
def test_a_part_that_holds_nothing_is_refused(part: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_part(part, photo_of(artwork(3, 640, 480)))


# searching with it


def wall_with(product: int, box: Box, size: tuple[int, int] = (1600, 1200)) -> Photo:
    """A label on a wall that is full of other print."""
    wall = cv2.resize(artwork(990, 2 * size[0], 2 * size[1]), size, interpolation=cv2.INTER_AREA)
    x0, y0, x1, y1 = box
    label = cv2.resize(artwork(product, *PRINT), (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    wall[y0:y1, x0:x1] = label
    return photo_of(wall)


def test_more_sides_are_ranked_than_an_inspection_shows(gallery: Gallery) -> None:
    photo = photo_of(scene((artwork(7, *PRINT), (150, 120, 630, 480))))
    ranked = vision.search(photo, gallery, limit=20)
    assert len(ranked) == len(set(names(ranked))) == 20
    assert (ranked[0].product, ranked[0].verified) == ("product 07", True)
    assert not any(each.verified for each in ranked[1:])
    assert all(each.reference for each in ranked)
    assert len(vision.search(photo, gallery)) <= 5
    assert len(vision.search(photo, gallery, limit=200)) == PRODUCTS


def test_a_search_by_steps_ends_as_the_search_does(gallery: Gallery) -> None:
    photo = photo_of(scene((artwork(7, *PRINT), (150, 120, 630, 480))))
    list(gallery.get_ready())
    steps = list(vision.search_steps(photo, gallery, limit=6))
    assert [len(step) for step in steps] == [0, 1, 2, 3, 4, 5, 6]
    assert steps[-1] == vision.search(photo, gallery, limit=6)


def test_the_first_search_can_be_stopped_while_references_are_read(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, read = Gallery(gallery.references[:7]), []
    known = fresh.features_of
    monkeypatch.setattr(fresh, "features_of", lambda each: read.append(each.id) or known(each))
    photo = photo_of(scene((artwork(3, *PRINT), (150, 120, 630, 480))))
    steps = vision.search_steps(photo, fresh, limit=6)
    assert next(steps) == ()
    assert read == []
    assert next(steps) == ()
    steps.close()
    assert len(read) == 2  # five are left for another time
    later = list(vision.search_steps(photo, fresh, limit=6))
    assert [len(step) for step in later] == [0, 0, 0, 0, 1, 2, 3, 4, 5, 6]
    assert later[-1] == vision.search(photo, gallery_of(fresh), limit=6)
    assert list(fresh.get_ready()) == []


def gallery_of(other: Gallery) -> Gallery:
    """The same references, none of them read yet."""
    return Gallery(other.references)


def test_a_reference_that_is_gone_does_not_keep_a_search_from_its_end(
    gallery: Gallery, tmp_path: Path
) -> None:
    references = list(gallery.references[:3])
    references[1] = replace(references[1], path=str(tmp_path / "gone.png"))
    photo = photo_of(scene((artwork(0, *PRINT), (150, 120, 630, 480))))
    steps = list(vision.search_steps(photo, Gallery(references), limit=6))
    assert names(steps[-1])[0] == "product 00"
    assert [len(step) for step in steps] == [0, 0, 0, 1, 2]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_nothing_is_refused(gallery: Gallery, limit: int) -> None:
    with pytest.raises(ValueError, match="limit of at least 1"):
        vision.search(photo_of(artwork(1)), gallery, limit=limit)


@pytest.mark.parametrize("corner", [(0, 0), (216, 162), (108, 80)])
def test_a_crop_of_a_third_of_the_label_names_its_product(
    gallery: Gallery, corner: tuple[int, int]
) -> None:
    """rhsimplex/image-match#109: a label crop of 30 % of its area."""
    x, y = corner
    crop = np.ascontiguousarray(artwork(11, *PRINT)[y : y + 197, x : x + 263])
    assert crop.shape[0] * crop.shape[1] == pytest.approx(0.3 * PRINT[0] * PRINT[1], rel=0.01)
    assert "product 11" in names(vision.search(photo_of(crop), gallery, limit=20))[:3]
    photo = photo_of(scene((artwork(11, *PRINT), (150, 120, 630, 480))))
    box = (150 + x, 120 + y, 150 + x + 263, 120 + y + 197)
    assert "product 11" in names(vision.search(photo, gallery, region=box, limit=20))[:3]


@pytest.mark.parametrize("product", [2, 9, 16])
def test_a_label_on_a_wall_is_named_once_a_region_is_drawn(gallery: Gallery, product: int) -> None:
    """The label is 15 % of the frame, and the wall has print of its own."""
    box = (820, 420, 1440, 885)
    photo = wall_with(product, box)
    share = (620 * 465) / (1600 * 1200)
    assert share == pytest.approx(0.15, abs=0.002)
    roughly = (790, 395, 1475, 910)  # as a hand draws
    found = vision.search(photo, gallery, region=roughly, limit=20)
    assert (found[0].product, found[0].verified) == (f"product {product:02}", True)
    polygon = ((800.0, 400.0), (1470.0, 410.0), (1460.0, 900.0), (810.0, 905.0))
    found = vision.search(photo, gallery, region=polygon, limit=20)
    assert (found[0].product, found[0].verified) == (f"product {product:02}", True)


def test_a_tiny_label_is_named_by_a_region_where_the_whole_photo_fails(gallery: Gallery) -> None:
    """A label of 1.5 % of a large frame: the whole photo has next to no features left for it."""
    box = (1900, 1500, 2340, 1830)
    photo = wall_with(13, box, size=(3600, 2700))
    assert not any(each.verified for each in vision.search(photo, gallery, limit=20))
    found = vision.search(photo, gallery, region=(1870, 1480, 2370, 1850), limit=20)
    assert (found[0].product, found[0].verified) == ("product 13", True)


def test_a_region_of_nothing_names_nothing(gallery: Gallery) -> None:
    photo = wall_with(13, (820, 420, 1440, 885))
    found = vision.search(photo, gallery, region=(20, 20, 400, 300), limit=20)
    assert not any(each.verified for each in found)


def test_covers_among_others_are_named_by_their_regions(shared: Path) -> None:
    """Real phone photos, cut to 30 % and set small on a photo of another product."""
    manifest = shared / "eval" / "smvs_dvd_covers" / "manifest.csv"
    if not manifest.is_file():
        pytest.skip(f"no photos of covers at {manifest.parent}")
    rows = [
        row for row in read_manifest(manifest) if isinstance(row, Row) and row.label == "genuine"
    ]
    references = [row for row in rows if row.role == "reference"][:12]
    gallery = Gallery([reference_of(row.path, row.product) for row in references])
    right = tried = 0
    for reference in references[:4]:
        query = next(r for r in rows if r.role == "query" and r.product == reference.product)
        photo = vision.read(query.path, max_side=1600)
        high, wide = photo.pixels.shape[:2]
        part = 0.3**0.5
        box = (
            round(photo.width * (1 - part) / 2),
            round(photo.height * (1 - part) / 2),
            round(photo.width * (1 + part) / 2),
            round(photo.height * (1 + part) / 2),
        )
        found = vision.search(photo, gallery, region=box, limit=20)
        right += reference.product in names(found)[:3]
        tried += 1
        wall = np.ascontiguousarray(np.rot90(cv2.resize(artwork(80, 2000, 1500), (2000, 1500))))
        small = cv2.resize(photo.pixels, (round(671 * wide / high), 671), cv2.INTER_AREA)
        wall[600 : 600 + small.shape[0], 300 : 300 + small.shape[1]] = small
        on_wall = (290, 590, 310 + small.shape[1], 610 + small.shape[0])
        found = vision.search(photo_of(wall), gallery, region=on_wall, limit=20)
        right += reference.product in names(found)[:3]
        tried += 1
    assert right == tried == 8
