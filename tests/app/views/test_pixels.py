from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from app.views.pixels import (
    crop_round,
    cut_out,
    hatched,
    laid_on,
    picture_from_pixels,
    qimage_from_pixels,
    thumbnail_from_pixels,
)


def numbered(height: int, width: int) -> np.ndarray:
    """Every pixel has a colour of its own."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = np.arange(width) % 256
    pixels[..., 1] = np.arange(height)[:, None] % 256
    pixels[..., 2] = 7
    return pixels


def colour(image: object, x: int, y: int) -> tuple[int, int, int]:
    return QColor(image.pixel(x, y)).getRgb()[:3]


@pytest.mark.parametrize(("height", "width"), [(5, 7), (4, 4), (1, 3), (9, 1)])
def test_every_pixel_arrives_with_its_colour(height: int, width: int) -> None:
    image = qimage_from_pixels(numbered(height, width))
    assert (image.width(), image.height()) == (width, height)
    for y in range(height):
        for x in range(width):
            assert colour(image, x, y) == (x, y, 7)


def test_strided_and_read_only_arrays(qapp: object) -> None:
    pixels = numbered(8, 8)[::2, 1::3]
    pixels.flags.writeable = False
    image = qimage_from_pixels(pixels)
    assert colour(image, 1, 2) == (4, 4, 7)


def test_the_image_owns_its_buffer() -> None:
    pixels = numbered(6, 6)
    image = qimage_from_pixels(pixels)
    pixels[:] = 0
    del pixels
    assert colour(image, 3, 2) == (3, 2, 7)


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8), np.zeros((4, 4, 3))]
)
def test_other_arrays_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="expected uint8"):
        qimage_from_pixels(wrong)


def test_levels_halve_and_keep_a_pixel_for_every_screen_pixel() -> None:
    picture = picture_from_pixels(np.zeros((1600, 2000, 3), np.uint8), scale=2.0)
    assert picture.area == QRectF(-0.5, -0.5, 4000, 3200)
    assert [level.width() for level in picture.levels] == [2000, 1000, 500, 250, 125]
    for screen_scale in (2.0, 0.5, 0.3, 0.25, 0.2, 0.125, 0.1):
        level = picture.level_for(screen_scale)
        is_last = level is picture.levels[-1] or level.width() == picture.levels[-1].width()
        assert level.width() >= min(4000 * screen_scale, 2000) - 1
        assert is_last or level.width() / 2 < 4000 * screen_scale


def test_thumbnails_fit_and_never_grow() -> None:
    small = thumbnail_from_pixels(numbered(30, 60), 20)
    assert (small.width(), small.height()) == (20, 10)
    assert thumbnail_from_pixels(numbered(30, 60), 100).width() == 60


def test_crop_is_about_the_polygon() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[40:60, 40:60] = 255
    picture = picture_from_pixels(pixels, scale=3.0)
    crop = crop_round(picture, ((120, 120), (180, 120), (180, 180), (120, 180)), 36)
    assert crop.width() == 36
    assert colour(crop, 18, 18) == (255, 255, 255)
    assert colour(crop, 1, 1) == (0, 0, 0)


def test_a_part_of_a_whole_lies_where_it_belongs() -> None:
    pixels = np.zeros((50, 50, 3), np.uint8)
    pixels[20:30, 20:30] = 255
    part = picture_from_pixels(pixels, scale=2.0, origin=(300.0, 100.0))
    assert part.area == QRectF(299.5, 99.5, 100, 100)
    crop = crop_round(part, ((340, 140), (360, 140), (360, 160), (340, 160)), 36)
    assert colour(crop, 18, 18) == (255, 255, 255)
    assert colour(crop, 1, 1) == (0, 0, 0)


def test_a_laid_picture_is_painted_where_the_homography_says(qapp: object) -> None:
    """A white spot of the photo comes to lie at its mapped place in the other picture."""
    pixels = np.zeros((80, 120, 3), np.uint8)
    pixels[28:33, 68:73] = 255
    tilted = np.array([[1.2, 0.1, 20], [-0.05, 0.9, 30], [0.0008, -0.0004, 1]])
    picture = laid_on(picture_from_pixels(pixels), tilted, QRectF(-0.5, -0.5, 200, 160))
    assert picture.area == QRectF(-0.5, -0.5, 200, 160)
    painted = QImage(200, 160, QImage.Format.Format_RGB32)
    painted.fill(0)
    painter = QPainter(painted)
    to_edges = QTransform.fromTranslate(0.5, 0.5)
    painter.setTransform(picture.placing(picture.levels[0]) * to_edges)
    painter.drawImage(0, 0, picture.levels[0])
    painter.end()
    x, y, w = tilted @ (70, 30, 1)
    assert colour(painted, round(x / w), round(y / w)) == (255, 255, 255)
    assert colour(painted, round(x / w) + 9, round(y / w)) == (0, 0, 0)


def test_hatch_stays_inside_the_outline(qapp: object) -> None:
    outline = np.array([[5, 5], [14, 5], [14, 14], [5, 14]], np.float64)
    hatch = hatched(np.ones((20, 20), bool), outline)
    assert hatch.pixelColor(10, 10).alpha() > 0
    assert {hatch.pixelColor(at, 2).alpha() for at in range(20)} == {0}
    assert {hatch.pixelColor(17, at).alpha() for at in range(20)} == {0}


def test_crop_outside_the_picture_is_empty_not_a_crash() -> None:
    picture = picture_from_pixels(numbered(40, 40))
    assert crop_round(picture, ((500, 500), (520, 500), (520, 520)), 36).isNull()


def test_hatch_lies_only_where_the_mask_is() -> None:
    mask = np.zeros((30, 30), bool)
    mask[:, :15] = True
    hatch = hatched(mask)
    alphas = {hatch.pixelColor(x, 10).alpha() for x in range(15)}
    assert min(alphas) > 0
    assert len(alphas) == 2
    assert {hatch.pixelColor(x, 10).alpha() for x in range(15, 30)} == {0}


def test_a_box_is_cut_out_without_surroundings(qapp: object) -> None:
    picture = picture_from_pixels(numbered(100, 120), scale=2.0)
    image = cut_out(picture, ((40, 20), (80, 20), (80, 60), (40, 60)), 20)
    assert (image.width(), image.height()) == (20, 20)
    assert colour(image, 0, 0) == pytest.approx((20, 10, 7), abs=1)
    assert colour(image, 19, 19) == pytest.approx((39, 29, 7), abs=1)
    whole = cut_out(picture, None, 60)
    assert (whole.width(), whole.height()) == (60, 50)
    assert cut_out(picture, ((900, 900), (950, 900), (950, 950)), 20).isNull()
