"""Local features: where they lie, in whose pixels, and how they are chosen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, plain, texture
from vision.align import fit_plane, transform
from vision.features import DESCRIPTOR_UNIT, WORKING_SIDE, LocalFeatures, local_features


def _blob(x: float, y: float, width: int = 200, height: int = 160) -> np.ndarray:
    """One bright round blob on grey with its centre at (x, y)."""
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    bright = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * 6.0**2))
    return np.repeat((100 + 150 * bright).astype(np.uint8)[..., None], 3, axis=2)


def _nearest(found: LocalFeatures, x: float, y: float) -> float:
    return float(np.hypot(found.points[:, 0] - x, found.points[:, 1] - y).min())


def test_a_blob_is_found_at_its_centre() -> None:
    assert _nearest(local_features(_blob(70.0, 90.0)), 70.0, 90.0) < 0.7


def test_points_are_given_in_pixels_of_the_full_picture() -> None:
    small = local_features(_blob(70.0, 90.0))
    full = local_features(_blob(70.0, 90.0), full_width=800)  # decoded at a quarter
    assert full.scale == pytest.approx(4.0)
    assert np.allclose(full.points, (small.points + 0.5) * 4 - 0.5)
    assert np.array_equal(full.descriptors, small.descriptors)


def test_a_reduced_picture_is_stretched_in_neither_direction() -> None:
    """351 × 1600 becomes 225 × 1024: by its width alone, the lower edge would lie 2.6 px off."""
    tall = texture(4, 351, 1600)
    reduced, whole = local_features(tall), local_features(tall, side=1600)
    fit = fit_plane(reduced, whole)
    ends = np.array([(60.0, 40.0), (290.0, 40.0), (60.0, 1560.0), (290.0, 1560.0)])
    assert np.abs(transform(fit.matrix, ends) - ends).max() < 0.6


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_picture_has_its_features_at_the_turned_places(quarters: int) -> None:
    """Places half a pixel off would make every turned photo differ a little everywhere."""
    upright = texture(3, 300, 240)
    height, width = upright.shape[:2]
    turned = local_features(np.ascontiguousarray(np.rot90(upright, quarters)))
    fit = fit_plane(turned, local_features(upright))
    corners = np.array([(40.0, 30.0), (260.0, 40.0), (150.0, 200.0)])
    x, y = corners.T
    seen = {
        1: np.stack([y, width - 1 - x], 1),
        2: np.stack([width - 1 - x, height - 1 - y], 1),
        3: np.stack([height - 1 - y, x], 1),
    }[quarters]
    assert np.abs(transform(fit.matrix, seen) - corners).max() < 0.2


def test_a_large_picture_is_reduced_but_its_points_are_not() -> None:
    large = cv2.resize(_blob(70.0, 90.0), (2400, 1920), interpolation=cv2.INTER_CUBIC)
    found = local_features(large)
    assert found.scale == pytest.approx(2400 / WORKING_SIDE, rel=1e-3)
    assert _nearest(found, 70.5 * 12 - 0.5, 90.5 * 12 - 0.5) < 6.0  # half a pixel of the blob


def test_a_small_picture_is_not_enlarged() -> None:
    assert local_features(_blob(70.0, 90.0)).scale == 1.0


@pytest.mark.parametrize(
    "pixels",
    [plain(255), plain(0), plain(9, 1, 1), plain(9, 1, 900), plain(9, 5000, 2)],
    ids=["white", "black", "one pixel", "column", "strip"],
)
def test_a_featureless_picture_has_no_features(pixels: np.ndarray) -> None:
    found = local_features(pixels)
    assert len(found) == 0
    assert found.points.shape == (0, 2)
    assert found.descriptors.shape == (0, 128)


def test_descriptors_have_length_one() -> None:
    stored = local_features(artwork(1)).descriptors.astype(np.float64)
    lengths = np.linalg.norm(stored, axis=1) / DESCRIPTOR_UNIT
    assert lengths == pytest.approx(1.0, abs=0.02)


def test_exposure_hardly_changes_descriptors() -> None:
    own = artwork(2)
    darker = (own * 0.6 + 30).astype(np.uint8)
    one, two = local_features(own), local_features(darker)
    away = np.linalg.norm(one.points[:, None] - two.points[None], axis=2)
    partner, near = away.argmin(axis=1), away.min(axis=1) < 0.5
    assert near.mean() > 0.7
    left = one.descriptors[near].astype(np.float64) / DESCRIPTOR_UNIT
    right = two.descriptors[partner[near]].astype(np.float64) / DESCRIPTOR_UNIT
    assert np.median((left * right).sum(axis=1)) > 0.97


def test_same_picture_same_features() -> None:
    one, two = local_features(artwork(3)), local_features(artwork(3))
    assert np.array_equal(one.points, two.points)
    assert np.array_equal(one.descriptors, two.descriptors)


def test_limit_is_kept_and_a_busy_corner_does_not_take_all() -> None:
    pixels = plain(128, 800, 800)
    pixels[:200, :200] = texture(1, 200, 200)  # a sixteenth of the picture, full of features
    for x in range(300, 800, 100):
        for y in range(300, 800, 100):
            cv2.circle(pixels, (x, y), 8, (170, 170, 170), -1, cv2.LINE_AA)
    everything = local_features(pixels)
    few = len(everything) * 6 // 10
    found = local_features(pixels, limit=few)
    assert len(found) == few
    quiet = (found.points[:, 0] > 250) & (found.points[:, 1] > 250)
    all_quiet = (everything.points[:, 0] > 250) & (everything.points[:, 1] > 250)
    assert quiet.sum() == all_quiet.sum() >= 25  # the weaker discs all stay, each at least once


def test_first_keeps_the_order() -> None:
    found = local_features(artwork(4))
    assert len(found.first(7)) == 7
    assert np.array_equal(found.first(7).points, found.points[:7])
    assert np.array_equal(found.first(7).descriptors, found.descriptors[:7])
    assert len(found.first(10**6)) == len(found)


def test_a_box_is_half_open() -> None:
    points = np.array([(10.0, 20.0), (29.9, 39.9), (30.0, 25.0), (15.0, 40.0), (9.9, 25.0)])
    marks = np.arange(5, dtype=np.uint8)[:, None].repeat(128, axis=1)
    found = LocalFeatures(points, marks, 2.0).within((10, 20, 30, 40))
    assert found.points.tolist() == [[10.0, 20.0], [29.9, 39.9]]
    assert found.descriptors[:, 0].tolist() == [0, 1]
    assert found.scale == 2.0
