"""A flat side is made straight by its corners, and points on it are carried along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PIL import Image

from vision import (
    Photo,
    Reference,
    carried_points,
    prepared_photo,
    prepared_size,
    propose_corners,
    read,
    read_reference,
)

if TYPE_CHECKING:
    from pathlib import Path

CORNERS = ((60.0, 40.0), (300.0, 70.0), (280.0, 230.0), (50.0, 210.0))


def photo_of(pixels: np.ndarray) -> Photo:
    return Photo("a.png", pixels, "0" * 64, pixels.shape[1], pixels.shape[0])


def checked(width: int = 240, height: int = 170) -> np.ndarray:
    """A smooth drawing that looks different everywhere."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x, y, (x + y) // 2], axis=2).astype(np.uint8)


def taken_obliquely(flat: np.ndarray, colour: int = 255) -> np.ndarray:
    """The drawing as a photo of 340 x 260 shows it between CORNERS."""
    height, width = flat.shape[:2]
    whole = np.float32([(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5),
                        (-0.5, height - 0.5)])  # fmt: skip
    matrix = cv2.getPerspectiveTransform(whole, np.float32(CORNERS))
    border = (colour,) * 3
    return cv2.warpPerspective(flat, matrix, (340, 260), borderValue=border)


def test_a_side_taken_obliquely_looks_as_it_was_drawn() -> None:
    width, height = prepared_size(CORNERS)
    flat = checked(width, height)
    straight = prepared_photo(photo_of(taken_obliquely(flat)), CORNERS)
    assert (straight.width, straight.height) == (width, height)
    away = np.abs(straight.pixels.astype(int) - flat)[4:-4, 4:-4]
    assert np.median(away) <= 1
    assert np.percentile(away, 99) <= 3


def test_a_crop_along_the_pixels_gives_just_those_pixels() -> None:
    pixels = checked()
    crop = ((19.5, 9.5), (119.5, 9.5), (119.5, 89.5), (19.5, 89.5))
    straight = prepared_photo(photo_of(pixels), crop)
    assert np.array_equal(straight.pixels, pixels[10:90, 20:120])


def test_a_smaller_picture_is_asked_for_and_its_size_stays_that_of_the_whole() -> None:
    straight = prepared_photo(photo_of(taken_obliquely(checked())), CORNERS, max_side=100)
    assert max(straight.pixels.shape[:2]) == 100
    assert (straight.width, straight.height) == prepared_size(CORNERS)


def test_a_point_lies_where_the_prepared_picture_shows_it() -> None:
    corners = carried_points(CORNERS, None, CORNERS)
    width, height = prepared_size(CORNERS)
    assert corners[0] == pytest.approx((-0.5, -0.5), abs=1e-3)
    assert corners[2] == pytest.approx((width - 0.5, height - 0.5), abs=1e-3)
    there = carried_points(((100.0, 120.0),), None, CORNERS)
    assert carried_points(there, CORNERS, None)[0] == pytest.approx((100.0, 120.0), abs=1e-3)
    other = ((50.0, 30.0), (310.0, 30.0), (310.0, 240.0), (50.0, 240.0))
    assert carried_points(there, CORNERS, other)[0] == pytest.approx((49.5, 89.5), abs=1e-3)


@pytest.mark.parametrize(
    "corners",
    [
        CORNERS[:3],
        CORNERS[::-1],
        (CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]),
        (CORNERS[0], CORNERS[0], CORNERS[2], CORNERS[3]),
        ((float("nan"), 0.0), *CORNERS[1:]),
    ],
)
def test_what_is_no_quadrilateral_is_refused(corners: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="expected four corners"):
        prepared_size(corners)


def test_corners_are_proposed_where_the_side_ends() -> None:
    """Within 4 px of the true ones; the outline is sought at 320 px."""
    flat = np.where(checked(*prepared_size(CORNERS)) > 120, 20, 160).astype(np.uint8)
    photo = photo_of(taken_obliquely(flat))
    proposed = propose_corners(photo)
    assert proposed is not None
    assert np.abs(np.array(proposed) - np.array(CORNERS)).max() < 4.0


def test_corners_are_proposed_around_a_known_outline_from_the_top_left() -> None:
    turned = (*CORNERS[2:], *CORNERS[:2])
    proposed = propose_corners(photo_of(checked(340, 260)), turned)
    assert proposed is not None
    assert np.allclose(proposed, CORNERS, atol=1e-3)


def test_nothing_is_proposed_where_nothing_ends() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), np.uint8)
    assert propose_corners(photo_of(noise)) is None


def test_a_reference_is_read_straight_and_its_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.fromarray(taken_obliquely(checked())).save(file)
    before = file.read_bytes()
    plain = Reference("a", "Tea", "front", "0" * 64, str(file))
    straight = Reference("a", "Tea", "front", "0" * 64, str(file), corners=CORNERS)
    assert np.array_equal(read_reference(plain).pixels, read(file).pixels)
    found = read_reference(straight, max_side=120)
    assert (found.width, found.height) == prepared_size(CORNERS)
    assert found.sha256 == read(file).sha256
    assert file.read_bytes() == before
