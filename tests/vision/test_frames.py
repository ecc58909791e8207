"""Frames: what lies where, at which scale; pictures laid on them; bends taken out, moves not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import corners_of, frame_of, shift, texture
from vision.align import Fit, transform
from vision.frames import FRAME_SIDE, fit_bow, frame_for, lay
from vision.outline import whole


def _fit(source: np.ndarray, target: np.ndarray) -> Fit:
    """A fit whose homography is the identity, whatever the points say."""
    return Fit(np.eye(3), source, target, 0.5, len(source), len(source))


def _grid(width: int, height: int, step: int = 20) -> np.ndarray:
    columns, rows = np.meshgrid(np.arange(5, width, step), np.arange(5, height, step))
    return np.column_stack([columns.ravel(), rows.ravel()]).astype(np.float64)


def test_frame_lies_around_the_outline() -> None:
    outline = ((99.5, 199.5), (1123.5, 199.5), (1123.5, 711.5), (99.5, 711.5))
    frame = frame_for(outline, (2000, 1000))
    assert (frame.width, frame.height) == (FRAME_SIDE, FRAME_SIDE // 2)
    assert frame.scale == pytest.approx(2.0)
    assert frame.origin == pytest.approx((100.0, 200.0))
    corners = transform(frame.matrix, np.array(outline))
    assert corners == pytest.approx(corners_of(frame.width, frame.height))


def test_a_small_product_is_enlarged_a_little_only() -> None:
    frame = frame_for(whole(100, 60), (100, 60))
    assert 1 / frame.scale == pytest.approx(1.6)
    assert (frame.width, frame.height) == (160, 96)


def test_an_outline_beyond_the_picture_is_cut() -> None:
    frame = frame_for(((-80.0, -50.0), (900.0, -50.0), (900.0, 600.0), (-80.0, 600.0)), (512, 400))
    assert (frame.width, frame.height) == (512, 400)
    assert frame.origin == pytest.approx((0.0, 0.0))


def test_inside_is_the_outline() -> None:
    outline = ((0.0, 0.0), (399.0, 0.0), (0.0, 399.0))
    frame = frame_for(outline, (400, 400), side=400)
    assert frame.inside().mean() == pytest.approx(0.5, abs=0.01)
    assert frame.inside()[10, 10]
    assert not frame.inside()[390, 390]


def test_a_margin_is_taken_from_every_edge_of_the_outline() -> None:
    inside = frame_of(100, 80).inside(margin=10)
    rows, columns = np.nonzero(inside)
    assert (columns.min(), columns.max()) == (10, 89)
    assert (rows.min(), rows.max()) == (10, 69)
    assert inside.sum() == 80 * 60


def test_a_picture_laid_by_the_identity_is_itself() -> None:
    pixels = texture(1, 120, 90)
    laid = lay(pixels, 1.0, np.eye(3), frame_of(120, 90))
    assert np.array_equal(laid.pixels, pixels)
    assert laid.places[40, 70].tolist() == [70.0, 40.0]
    assert laid.seen[2:-2, 2:-2].all()


def test_a_shift_of_seven_pixels_is_taken_out() -> None:
    pixels = texture(2, 200, 150)
    photo = np.roll(pixels, 7, axis=1)
    laid = lay(photo, 1.0, shift(-7, 0), frame_of(200, 150))
    assert np.array_equal(laid.pixels[:, :190], pixels[:, :190])
    assert laid.places[40, 70].tolist() == [77.0, 40.0]


def test_what_lies_outside_the_picture_is_not_seen() -> None:
    laid = lay(texture(3, 100, 80), 1.0, shift(30, 0), frame_of(100, 80))  # starts at column 30
    assert not laid.seen[:, :30].any()
    assert laid.seen[5:75, 33:97].all()
    assert laid.places[10, 20].tolist() == [-10.0, 10.0]


def test_places_are_pixels_of_the_full_picture() -> None:
    half = texture(4, 100, 80)  # decoded at half its size of 200 x 160
    frame = frame_for(whole(200, 160), (200, 160), side=200)
    laid = lay(half, 2.0, np.eye(3), frame)
    assert laid.pixels.shape == (160, 200, 3)
    assert laid.places[20, 150] == pytest.approx([150.0, 20.0])
    shrunk = cv2.resize(laid.pixels, (100, 80), interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(shrunk - half)[2:-2, 2:-2].mean() < 2


def test_fine_patterns_are_averaged_not_sampled() -> None:
    checks = np.indices((900, 900)).sum(axis=0) % 2 * 255
    pixels = np.repeat(checks.astype(np.uint8)[..., None], 3, axis=2)
    laid = lay(pixels, 1.0, np.eye(3), frame_for(whole(900, 900), (900, 900), side=300))
    assert np.abs(laid.pixels.astype(int) - 127).max() < 30


def _sag(points: np.ndarray) -> np.ndarray:
    """A gentle bend of 4 pixels in the middle of 400, downwards."""
    across = (points[:, 0] - 199.5) / 200
    return np.column_stack([np.zeros(len(points)), 4.0 * (1 - across**2)])


def test_a_bend_is_found_again() -> None:
    points = _grid(400, 300)
    rng = np.random.default_rng(1)
    noisy = points + _sag(points) + rng.normal(0, 0.3, points.shape)
    bow = fit_bow(_fit(points, noisy), frame_of(400, 300))
    assert np.abs(bow.at(points) - _sag(points)).max() < 0.5


def test_more_than_half_of_a_lens_is_taken_out() -> None:
    points = _grid(400, 300, step=10)
    off = (points - (199.5, 149.5)) / 200
    lens = 4.0 * off * ((off**2).sum(axis=1, keepdims=True) - 0.7)  # the homography takes the rest
    bow = fit_bow(_fit(points, points + lens), frame_of(400, 300))
    left, whole_lens = (np.linalg.norm(each, axis=1) for each in (bow.at(points) - lens, lens))
    assert left.mean() < 0.5 * whole_lens.mean()
    assert left.max() < 0.5 * whole_lens.max()


def test_where_nothing_is_bent_nothing_is_displaced() -> None:
    points = _grid(400, 300)
    noisy = points + np.random.default_rng(2).normal(0, 0.3, points.shape)
    bow = fit_bow(_fit(points, noisy), frame_of(400, 300))
    assert np.abs(bow.at(points)).max() < 0.3


def test_a_moved_part_is_not_bent_away() -> None:
    points = _grid(400, 300)
    part = (np.abs(points - (200, 150)) < 40).all(axis=1)
    moved = points + np.where(part[:, None], (9.0, 0.0), 0.0)
    bow = fit_bow(_fit(points, moved), frame_of(400, 300))
    assert part.sum() >= 9
    assert np.abs(bow.at(points[part])).max() < 0.9  # a tenth of the move


def test_a_bent_picture_is_laid_straight() -> None:
    frame, pixels = frame_of(400, 300), texture(5, 400, 300)
    grid = np.stack(np.meshgrid(np.arange(400), np.arange(300)), axis=-1).reshape(-1, 2)
    # The photo shows at p what the print has at p + sag(p).
    at = (grid + _sag(grid.astype(np.float64))).reshape(300, 400, 2).astype(np.float32)
    photo = cv2.remap(pixels, at[..., 0], at[..., 1], cv2.INTER_CUBIC)
    points = _grid(400, 290)
    bow = fit_bow(_fit(points, points + _sag(points)), frame)
    straight = lay(photo, 1.0, np.eye(3), frame, bow=bow)
    left_bent = lay(photo, 1.0, np.eye(3), frame)
    middle = np.s_[20:270, 20:380]
    away = np.abs(straight.pixels[middle].astype(int) - pixels[middle]).mean()
    assert away < 3
    assert np.abs(left_bent.pixels[middle].astype(int) - pixels[middle]).mean() > 5 * away
