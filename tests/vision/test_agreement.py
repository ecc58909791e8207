"""How much of a reference a photo shows: known overlaps, a common badge, a place beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from vision.agreement import agreement, aside, small_grey

if TYPE_CHECKING:
    from vision import Pixels


def _print_of(seed: int, width: int = 300, height: int = 400) -> Pixels:
    """Make a picture of blobs about ten pixels wide, (height, width, 3)."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (height // 10, width // 10, 1), dtype=np.uint8)
    return np.repeat(np.kron(coarse, np.ones((10, 10, 1), np.uint8)), 3, axis=2)


def _compared(photo: Pixels, reference: Pixels, matrix: np.ndarray) -> tuple[float, float]:
    found = agreement(
        small_grey(photo, 800), photo.shape[1], small_grey(reference), reference.shape[1], matrix
    )
    return found.agreeing, found.visible


def test_same_print_agrees_everywhere() -> None:
    own = _print_of(1)
    assert _compared(own, own, np.eye(3)) == pytest.approx((1.0, 1.0), abs=0.02)


def test_other_exposure_is_the_same_print() -> None:
    own = _print_of(1)
    darker = (own * 0.5 + 20).astype(np.uint8)
    assert _compared(darker, own, np.eye(3)) == pytest.approx((1.0, 1.0), abs=0.02)


def test_another_print_agrees_by_chance_only() -> None:
    agreeing, visible = _compared(_print_of(1), _print_of(2), np.eye(3))
    assert agreeing < 0.25
    assert visible == pytest.approx(1.0, abs=0.02)


def test_half_outside_the_photo_is_not_visible() -> None:
    own = _print_of(1)
    matrix = np.array([[1.0, 0, 150.0], [0, 1, 0], [0, 0, 1]])  # shows only the right half
    agreeing, visible = _compared(own[:, 150:], own, matrix)
    assert agreeing == pytest.approx(1.0, abs=0.03)
    assert visible == pytest.approx(0.5, abs=0.02)


def test_a_common_badge_is_a_small_share() -> None:
    own, other = _print_of(1), _print_of(2)
    other[:80] = own[:80]  # a fifth of the height
    agreeing, _ = _compared(other, own, np.eye(3))
    assert 0.2 <= agreeing <= 0.4


def test_scale_of_the_photo_does_not_matter() -> None:
    own = _print_of(3)
    large = np.kron(own, np.ones((4, 4, 1), np.uint8))
    matrix = np.diag([0.25, 0.25, 1.0])
    assert _compared(large, own, matrix)[0] > 0.95


def test_nothing_is_told_without_texture() -> None:
    plain = np.full((400, 300, 3), 120, np.uint8)
    assert _compared(plain, plain, np.eye(3))[0] == 0.0


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (40.0, -0.1),  # the middle lies 10 inside the left edge of the hull
        (70.0, 0.2),  # 20 outside
    ],
)
def test_distance_from_the_middle(left: float, expected: float) -> None:
    corners = np.array([(left, 0.0), (left, 100.0), (100.0, 0.0), (100.0, 100.0)])
    assert aside(corners, (100, 100)) == pytest.approx(expected)


def test_middle_of_a_region() -> None:
    corners = np.array([(0.0, 0.0), (0.0, 20.0), (20.0, 0.0), (20.0, 20.0)])
    assert aside(corners, (100, 100), (0.0, 0.0, 20.0, 20.0)) == pytest.approx(-0.5)
