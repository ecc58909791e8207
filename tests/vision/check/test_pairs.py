"""What geometry says of two references whose truth is known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, plain, scene, seen_through, tilted
from vision.agreement import small_grey
from vision.check.links import same_print, shares_print
from vision.check.pairs import Pair, compare_references
from vision.check.same_photo import is_same_photo
from vision.features import ReferenceFeatures, local_features

if TYPE_CHECKING:
    from vision.terms import Pixels

_SIZE = (480, 360)


def _features(pixels: Pixels) -> ReferenceFeatures:
    size = (pixels.shape[1], pixels.shape[0])
    none = np.zeros((0, 0), np.float32)
    return ReferenceFeatures(local_features(pixels), size, none, small_grey(pixels))


def _compared(one: Pixels, two: Pixels) -> Pair:
    return compare_references(_features(one), _features(two))


@cache
def _photo(seed: int, tilt: int) -> Pixels:
    return seen_through(artwork(seed, *_SIZE), tilted(*_SIZE, tilt, most=20.0), noise=4.0)


def test_a_picture_is_the_same_photo_as_itself() -> None:
    pair = _compared(_photo(1, 1), _photo(1, 1))
    assert pair.agreed == pair.paired > 100
    assert pair.strain == pytest.approx(0.0, abs=1e-6)
    assert pair.overlap == pytest.approx(1.0, abs=0.02)
    assert pair.alike > 0.99
    assert is_same_photo(pair)


def test_two_photos_of_one_print_are_linked_but_not_the_same_photo() -> None:
    pair = _compared(_photo(1, 1), _photo(1, 2))
    assert same_print(pair)
    assert pair.covered > 0.5
    assert pair.strain > 1.0
    assert not is_same_photo(pair)


def test_photos_of_two_prints_have_nothing_in_common() -> None:
    pair = _compared(_photo(1, 1), _photo(2, 1))
    assert not shares_print(pair)
    assert not is_same_photo(pair)


def test_the_order_does_not_matter_for_the_verdict() -> None:
    there, back = _compared(_photo(1, 1), _photo(1, 2)), _compared(_photo(1, 2), _photo(1, 1))
    assert there.agreed == pytest.approx(back.agreed, rel=0.1)
    assert there.agreeing == pytest.approx(back.agreeing, abs=0.1)
    assert same_print(there) is same_print(back) is True


def test_a_reduced_copy_is_the_same_photo() -> None:
    small = cv2.resize(_photo(1, 1), None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    pair = _compared(_photo(1, 1), np.asarray(small, np.uint8))
    assert is_same_photo(pair)
    assert pair.overlap == pytest.approx(1.0, abs=0.05)


def test_a_cut_and_brightened_copy_is_the_same_photo() -> None:
    whole = _photo(1, 1)
    height, width = whole.shape[:2]
    cut = whole[: round(0.8 * height), : round(0.9 * width)]
    bright = np.clip(cut.astype(np.float32) * 1.2, 0, 255).astype(np.uint8)
    pair = _compared(whole, bright)
    assert pair.overlap == pytest.approx(0.72, abs=0.05)
    assert is_same_photo(pair)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_copy_is_the_same_photo(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(_photo(1, 1), quarters))
    assert is_same_photo(_compared(_photo(1, 1), turned))


def test_a_print_laid_straight_with_one_part_changed_is_not_the_same_photo() -> None:
    """Two scans of two printings: nothing is skewed, but a third of the print differs."""
    first = artwork(1, *_SIZE)
    other = first.copy()
    other[:, :160] = artwork(2, *_SIZE)[:, :160]
    pair = _compared(first, other)
    assert pair.strain < 0.6
    assert not is_same_photo(pair)


def test_a_badge_that_two_products_share_is_something_but_no_link() -> None:
    badge = artwork(9, 120, 90)
    one, two = artwork(1, *_SIZE).copy(), artwork(2, *_SIZE).copy()
    one[10:100, 10:130] = badge
    two[10:100, 10:130] = badge
    assert not same_print(_compared(one, two))


def test_a_neighbour_at_the_edge_of_the_photo_is_no_link() -> None:
    alone = artwork(2, 300, 400)
    beside = scene((artwork(1, 300, 400), (40, 60, 340, 460)), (alone, (380, 60, 680, 460)))
    pair = _compared(beside[:, :520], alone)
    assert pair.aside > 0.1
    assert not same_print(pair)


def test_a_picture_without_print_is_like_nothing() -> None:
    pair = _compared(plain(128, *_SIZE), _photo(1, 1))
    assert pair == Pair()
