"""Alignment: known homographies are found again, and what is no view of a flat thing is refused."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, corners_of, plain, seen_through, shift, tilted
from vision.align import (
    align,
    fit_plane,
    is_possible_view,
    match,
    overlap,
    photo_footprint,
    transform,
)
from vision.errors import NotAlignable
from vision.features import DESCRIPTOR_UNIT, LocalFeatures, local_features
from vision.outline import whole

SIZE = (640, 480)
OUTLINE = whole(*SIZE)


def _turned(degrees: float, factor: float = 1.0) -> np.ndarray:
    turn = cv2.getRotationMatrix2D((319.5, 239.5), degrees, factor)
    return np.vstack([turn, (0.0, 0.0, 1.0)])


def _miss(found: np.ndarray, true: np.ndarray, points: np.ndarray) -> float:
    return float(np.linalg.norm(transform(found, points) - transform(true, points), axis=1).max())


@pytest.fixture(scope="module")
def print_of() -> np.ndarray:
    return artwork(11, *SIZE)


@pytest.fixture(scope="module")
def reference(print_of: np.ndarray) -> LocalFeatures:
    return local_features(print_of)


@pytest.mark.parametrize(
    "to_photo",
    [
        np.eye(3),
        shift(7, 0),
        shift(-40, 23.5),
        _turned(20),
        _turned(90),
        _turned(180),
        _turned(-35, 0.6),
        tilted(*SIZE, seed=1, most=30),
        tilted(*SIZE, seed=2, most=60),
    ],
    ids=["same", "7 px", "moved", "20 deg", "90 deg", "head down", "smaller", "tilt", "far tilt"],
)
def test_a_known_view_is_found_again(
    to_photo: np.ndarray, print_of: np.ndarray, reference: LocalFeatures
) -> None:
    photo = local_features(seen_through(print_of, to_photo, noise=2.0))
    found = align(photo, reference, photo_size=SIZE, outline=OUTLINE)
    seen = transform(to_photo, np.array([(x, y) for x in (60, 320, 580) for y in (60, 240, 420)]))
    assert _miss(found.matrix, np.linalg.inv(to_photo), seen) < 1.0
    assert found.error_px < 1.0
    assert found.inliers >= 50


def test_all_is_told_in_pixels_of_the_full_pictures(print_of: np.ndarray) -> None:
    photo = local_features(print_of, full_width=1920)  # both decoded at a reduced scale
    reference = local_features(print_of, full_width=1280)
    size, outline = (1920, 1440), whole(1280, 960)
    found = align(photo, reference, photo_size=size, outline=outline)
    corners = corners_of(*size)
    assert transform(found.matrix, corners) == pytest.approx(corners_of(1280, 960), abs=1.0)
    assert found.overlap == pytest.approx(1.0, abs=0.01)


def test_error_is_the_median_miss_in_reference_pixels(print_of: np.ndarray) -> None:
    rng = np.random.default_rng(4)
    exact = local_features(print_of)
    wobble = rng.normal(0, 1.0, exact.points.shape)  # median length of such a miss: 1.18
    shaken = LocalFeatures(exact.points + wobble, exact.descriptors, 1.0)
    fit = fit_plane(shaken, exact, guided=False)
    assert fit.error_px == pytest.approx(1.18, abs=0.2)
    miss = np.linalg.norm(transform(fit.matrix, fit.photo_points) - fit.reference_points, axis=1)
    assert fit.error_px == pytest.approx(float(np.median(miss)))


def test_overlap_is_the_share_that_the_photo_shows(
    print_of: np.ndarray, reference: LocalFeatures
) -> None:
    photo = local_features(print_of[:, 320:])
    found = align(photo, reference, photo_size=(320, 480), outline=OUTLINE)
    assert found.overlap == pytest.approx(0.5, abs=0.01)
    assert found.matrix == pytest.approx(shift(320, 0), abs=0.5)


def test_same_answer_twice(print_of: np.ndarray, reference: LocalFeatures) -> None:
    photo = local_features(seen_through(print_of, tilted(*SIZE, seed=3), noise=4.0))
    one, two = (align(photo, reference, photo_size=SIZE, outline=OUTLINE) for _ in range(2))
    assert np.array_equal(one.matrix, two.matrix)
    assert (one.inliers, one.error_px, one.overlap) == (two.inliers, two.error_px, two.overlap)


@pytest.mark.parametrize(
    "pixels",
    [plain(255, *SIZE), plain(0, *SIZE), plain(7, 1, 1), artwork(12, *SIZE)],
    ids=["white", "black", "one pixel", "another print"],
)
def test_what_shares_no_plane_is_refused(pixels: np.ndarray, reference: LocalFeatures) -> None:
    with pytest.raises(NotAlignable) as caught:
        align(local_features(pixels), reference, photo_size=SIZE, outline=OUTLINE, min_inliers=15)
    assert caught.value.needed == 15
    assert caught.value.inliers < 15


def test_a_featureless_reference_is_refused(reference: LocalFeatures) -> None:
    nothing = local_features(plain(255))
    with pytest.raises(NotAlignable):
        align(reference, nothing, photo_size=SIZE, outline=OUTLINE)


def test_a_mirrored_picture_is_refused(print_of: np.ndarray, reference: LocalFeatures) -> None:
    """Descriptors of discs survive a mirror; a view of the front never does."""
    mirrored = reference.points * (-1, 1) + (639, 0)
    with pytest.raises(NotAlignable):
        fit_plane(LocalFeatures(mirrored, reference.descriptors, 1.0), reference)


def test_pairs_found_along_the_plane_prove_nothing(
    print_of: np.ndarray, reference: LocalFeatures
) -> None:
    photo = local_features(seen_through(print_of, tilted(*SIZE, seed=5, most=50), noise=8.0))
    plainly = fit_plane(photo, reference, guided=False)
    guided = fit_plane(photo, reference)
    assert len(guided.photo_points) > len(plainly.photo_points)
    assert (guided.agreed, guided.paired) == (plainly.agreed, plainly.paired)
    assert guided.agreed == len(plainly.photo_points) <= guided.paired


def _marks(*rows: tuple[int, ...]) -> LocalFeatures:
    """Features whose descriptors have a few non-zero numbers, of unit length."""
    descriptors = np.zeros((len(rows), 128))
    for row, places in enumerate(rows):
        descriptors[row, list(places)] = DESCRIPTOR_UNIT / np.sqrt(len(places))
    descriptors = np.minimum(descriptors, 255)
    return LocalFeatures(np.zeros((len(rows), 2)), descriptors.astype(np.uint8), 1.0)


def test_features_are_paired_with_their_own_likeness() -> None:
    photo = _marks((0, 1, 2, 3), (10, 11, 12, 13), (20, 21, 22, 23))
    reference = _marks((20, 21, 22, 23), (0, 1, 2, 3), (10, 11, 12, 13))
    assert match(photo, reference).tolist() == [[0, 1], [1, 2], [2, 0]]


def test_a_repeated_figure_is_paired_with_none() -> None:
    photo = _marks((0, 1, 2, 3), (10, 11, 12, 13))
    reference = _marks((0, 1, 2, 3), (0, 1, 2, 3), (10, 11, 12, 13))
    assert match(photo, reference).tolist() == [[1, 2]]


def test_one_feature_is_paired_with_one_other_only() -> None:
    """Two of the photo are like one of the reference; the more alike of them gets it."""
    photo = _marks((0, 1, 2, 9), (0, 1, 2, 3), (10, 11, 12, 13))
    reference = _marks((0, 1, 2, 3), (10, 11, 12, 13))
    assert match(photo, reference).tolist() == [[1, 0], [2, 1]]


def test_fewer_than_two_features_cannot_be_paired() -> None:
    one, two = _marks((0, 1, 2, 3)), _marks((0, 1, 2, 3), (9, 10, 11, 12))
    assert match(one, two).shape == (0, 2)
    assert match(two, one).shape == (0, 2)


def test_points_are_mapped_by_hand_made_matrices() -> None:
    points = np.array([(0.0, 0.0), (10.0, 4.0)])
    assert transform(shift(3, -2), points).tolist() == [[3.0, -2.0], [13.0, 2.0]]
    fading = np.array([[1.0, 0, 0], [0, 1, 0], [0.1, 0, 1]])  # divides by 1 + x / 10
    assert transform(fading, points).tolist() == [[0.0, 0.0], [5.0, 2.0]]


@pytest.mark.parametrize(
    ("matrix", "possible"),
    [
        (np.eye(3), True),
        (np.diag([0.2, 0.2, 1.0]), True),
        (-np.eye(3), True),  # the same homography as the identity
        (np.diag([-1.0, 1.0, 1.0]), False),  # mirrored
        (np.diag([0.01, 0.01, 1.0]), False),  # crushed to a point
        (np.diag([100.0, 100.0, 1.0]), False),  # blown up
        (np.diag([1.0, 0.1, 1.0]), False),  # crushed to a line
        (np.array([[1.0, 0, 0], [0, 1, 0], [-0.02, 0, 1]]), False),  # the horizon runs through it
    ],
)
def test_possible_views(matrix: np.ndarray, possible: bool) -> None:
    assert is_possible_view(matrix, corners_of(100, 100)) is possible


@pytest.mark.parametrize(
    ("matrix", "share"),
    [
        (np.eye(3), 1.0),
        (shift(320, 0), 0.5),
        (shift(0, -120), 0.75),
        (shift(700, 0), 0.0),
        (np.diag([0.5, 0.5, 1.0]), 0.25),  # the photo shows the top left quarter only
        (np.diag([2.0, 2.0, 1.0]), 1.0),  # the photo shows more than the reference
        (np.zeros((3, 3)), 0.0),
    ],
)
def test_known_overlaps(matrix: np.ndarray, share: float) -> None:
    assert overlap(matrix, SIZE, OUTLINE) == pytest.approx(share, abs=0.003)


def test_an_outline_without_area_has_no_overlap() -> None:
    assert overlap(np.eye(3), SIZE, ((5.0, 5.0), (9.0, 9.0), (7.0, 7.0))) == 0.0


def test_footprint_is_cut_at_the_edge_of_the_photo() -> None:
    corner = ((500.0, 400.0), (700.0, 400.0), (700.0, 600.0), (500.0, 600.0))
    seen = photo_footprint(np.eye(3), corner, SIZE)
    assert cv2.contourArea(seen.astype(np.float32)) == pytest.approx(139.5 * 79.5)
    assert len(photo_footprint(shift(900, 0), corner, SIZE)) == 0
