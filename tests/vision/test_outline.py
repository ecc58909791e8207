"""Outlines: of prints on a plain ground, and of products on tables that change."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, box_of, mask_of, plain, texture
from vision.outline import around_matches, margins_off, whole

BOX = (120, 80, 360, 320)  # of the product in pictures of 480 x 400


def _area(outline: tuple[tuple[float, float], ...]) -> float:
    return float(cv2.contourArea(np.array(outline, np.float32)))


def _on(ground: np.ndarray, printed: np.ndarray, box: tuple[int, int, int, int] = BOX):
    picture = ground.copy()
    picture[box[1] : box[3], box[0] : box[2]] = printed[: box[3] - box[1], : box[2] - box[0]]
    return picture


def _sure(outline: tuple[tuple[float, float], ...] | None) -> tuple[tuple[float, float], ...]:
    if outline is None:
        pytest.fail("no outline was found")
    return outline


def _in_common(outline: tuple[tuple[float, float], ...], box: tuple[int, int, int, int]) -> float:
    """Shared area over united area of an outline and a box."""
    drawn = np.zeros((400, 480), np.uint8)
    cv2.fillPoly(drawn, [np.rint(np.array(outline)).astype(np.int32)], 1)
    own = mask_of(box, (400, 480))
    return float((own & (drawn > 0)).sum() / (own | (drawn > 0)).sum())


def test_whole_picture_has_the_area_of_its_pixels() -> None:
    assert _area(whole(640, 480)) == 640 * 480
    assert box_of(whole(640, 480)) == (-0.5, -0.5, 639.5, 479.5)


@pytest.mark.parametrize("ground", [255, 30, (200, 180, 90)], ids=["white", "dark", "colour"])
def test_a_plain_border_is_cut_off(ground) -> None:
    found = _sure(margins_off(_on(plain(ground, 480, 400), artwork(1)), 480))
    assert box_of(found) == pytest.approx((120, 80, 360, 320), abs=3)


def test_the_outline_is_in_pixels_of_the_full_picture() -> None:
    found = _sure(margins_off(_on(plain(255, 480, 400), artwork(1)), 1440))
    assert box_of(found) == pytest.approx((360, 240, 1080, 960), abs=9)


def test_borders_at_two_opposite_edges_are_enough() -> None:
    upright = (120, 0, 360, 400)
    printed = artwork(2, 240, 400)
    found = _sure(margins_off(_on(plain(255, 480, 400), printed, upright), 480))
    assert box_of(found) == pytest.approx((120, -0.5, 360, 399.5), abs=3)


@pytest.mark.parametrize(
    "pixels",
    [
        texture(3, 480, 400),
        plain(255, 480, 400),
        _on(plain(255, 480, 400), artwork(1), (200, 180, 260, 220)),  # an hundredth of the area
        _on(plain(255, 480, 400), artwork(1, 480, 400), (0, 0, 300, 300)),  # in one corner
    ],
    ids=["no border", "no print", "hardly any print", "borders of two neighbouring edges"],
)
def test_without_a_plain_border_nothing_is_told(pixels: np.ndarray) -> None:
    assert margins_off(pixels, pixels.shape[1]) is None


def _points(box: tuple[int, int, int, int], step: int = 12) -> np.ndarray:
    columns, rows = np.meshgrid(
        np.arange(box[0] + 6, box[2], step), np.arange(box[1] + 6, box[3], step)
    )
    return np.column_stack([columns.ravel(), rows.ravel()]).astype(np.float64)


def _tables(printed: np.ndarray, count: int = 4) -> list[np.ndarray]:
    """The same product, lying on another table each time."""
    return [_on(texture(20 + n, 480, 400), printed) for n in range(count)]


def _laid(pictures: list[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(each, np.ones((400, 480), bool)) for each in pictures]


def test_the_outline_stops_where_the_tables_begin() -> None:
    first, *others = _tables(artwork(4))
    found = _sure(around_matches(_points(BOX), first, 480, _laid(others)))
    assert _in_common(found, BOX) > 0.9


def test_the_outline_grows_over_a_margin_without_print() -> None:
    printed = plain(235, 240, 240)
    printed[20:220, 20:220] = artwork(5)[:200, :200]
    first, *others = _tables(printed)
    matched = (140, 100, 340, 300)
    found = _sure(around_matches(_points(matched), first, 480, _laid(others)))
    assert _in_common(found, BOX) > 0.9
    assert _in_common(found, matched) < 0.8


def test_points_on_the_table_do_not_stretch_the_outline() -> None:
    first, *others = _tables(artwork(6))
    lone = np.array([(20.0, 20.0), (460.0, 30.0), (30.0, 380.0)])
    points = np.concatenate([_points(BOX), lone])
    found = _sure(around_matches(points, first, 480, _laid(others)))
    assert _in_common(found, BOX) > 0.9


def test_places_that_a_reference_does_not_show_say_nothing_against_them() -> None:
    printed = plain(235, 240, 240)
    printed[20:220, 20:220] = artwork(7)[:200, :200]
    first, *others = _tables(printed)
    seen = ~mask_of((0, 0, 480, 130), (400, 480))  # the upper edge is cut off in the others
    blank = [(np.where(seen[..., None], each, 0).astype(np.uint8), seen) for each in others[:2]]
    laid = [*blank, (others[2], np.ones((400, 480), bool))]
    found = _sure(around_matches(_points((140, 100, 340, 300)), first, 480, laid))
    assert _in_common(found, BOX) > 0.88


def test_too_few_points_tell_nothing() -> None:
    first, *others = _tables(artwork(8))
    assert around_matches(_points(BOX)[:7], first, 480, _laid(others)) is None


def test_the_outline_around_matches_is_in_pixels_of_the_full_picture() -> None:
    first, *others = _tables(artwork(9))
    small = _sure(around_matches(_points(BOX), first, 480, _laid(others)))
    large = _sure(around_matches((_points(BOX) + 0.5) * 3 - 0.5, first, 1440, _laid(others)))
    assert (np.array(small) + 0.5) * 3 - 0.5 == pytest.approx(np.array(large), abs=1e-3)
