"""The edges that all genuine photos of a flat product share, whatever lies around it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, plain, texture
from vision.outline import around_edges
from vision.shared_edges import shared_quadrangle

WIDTH, HEIGHT = 320, 260
CORNERS = np.array([[52.0, 38.0], [262.0, 30.0], [270.0, 222.0], [44.0, 214.0]])
MIDDLE = (110, 80, 220, 170)  # where photos match: print, far from the edges


def _product(framed: bool = False) -> np.ndarray:
    """Pale board with print in its middle, perhaps with a frame printed near its edge."""
    board = plain((214, 206, 190), 400, 360)
    board[110:250, 110:290] = artwork(5, 180, 140)
    if framed:
        cv2.rectangle(board, (26, 24), (374, 336), (120, 20, 60), 4)
    return board


def _table(seed: int) -> np.ndarray:
    """Stone or wood with a grain of its own."""
    grain = texture(seed, WIDTH, HEIGHT).astype(np.float32) - 128
    return np.asarray(np.rint(np.array([122, 104, 92]) + 0.35 * grain), np.uint8)


def _photo(
    seed: int,
    board: np.ndarray,
    *,
    light: float = 1.0,
    table: np.ndarray | None = None,
    corners: np.ndarray = CORNERS,
    stencil: np.ndarray | None = None,
) -> np.ndarray:
    """A board at `corners` of a table that no other photo has; `stencil` cuts its shape."""
    ground = _table(seed) if table is None else table
    height, width = board.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    whole = np.full((height, width), 255, np.uint8) if stencil is None else stencil
    there = cv2.warpPerspective(board, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    alpha = cv2.warpPerspective(whole, matrix, (WIDTH, HEIGHT))[..., None] / 255
    lit = np.clip(there * light, 0, 255)
    return np.asarray(np.rint(ground * (1 - alpha) + lit * alpha), np.uint8)


def _common() -> np.ndarray:
    found = np.zeros((HEIGHT, WIDTH), bool)
    found[MIDDLE[1] : MIDDLE[3], MIDDLE[0] : MIDDLE[2]] = True
    return found


def _seen(photos: list[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(each, np.ones(each.shape[:2], bool)) for each in photos]


def _in_common(found: np.ndarray | None, true: np.ndarray = CORNERS) -> float:
    """Shared area over united area."""
    if found is None:
        pytest.fail("no edges were found")
    drawn = []
    for corners in (found, true):
        mask = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.fillPoly(mask, [np.rint(corners).astype(np.int32)], 1)
        drawn.append(mask > 0)
    return float((drawn[0] & drawn[1]).sum() / (drawn[0] | drawn[1]).sum())


def _photos(count: int, *, framed: bool = False) -> list[np.ndarray]:
    board = _product(framed)
    return [_photo(seed, board, light=1 - 0.08 * (seed % 3)) for seed in range(count)]


@pytest.mark.parametrize("count", [3, 5])
def test_the_edges_are_found_far_from_what_matches(count: int) -> None:
    canonical, *others = _photos(count)
    assert _in_common(shared_quadrangle(canonical, _common(), _seen(others))) > 0.985


def test_the_edge_counts_and_not_a_frame_printed_inside_it() -> None:
    canonical, *others = _photos(4, framed=True)
    assert _in_common(shared_quadrangle(canonical, _common(), _seen(others))) > 0.985


def test_a_hand_over_a_corner_and_an_edge_hides_neither() -> None:
    canonical, *others = _photos(5)
    for photo, at in ((canonical, (262, 222)), (others[0], (150, 30))):
        cv2.circle(photo, at, 40, (205, 160, 130), -1)
    assert _in_common(shared_quadrangle(canonical, _common(), _seen(others))) > 0.97


def test_two_photos_are_too_few_to_tell() -> None:
    canonical, other = _photos(2)
    assert shared_quadrangle(canonical, _common(), _seen([other])) is None


def test_a_round_label_has_no_such_edges() -> None:
    board, stencil = _product(), np.zeros((360, 400), np.uint8)
    cv2.ellipse(stencil, (200, 180), (198, 178), 0, 0, 360, 255, -1)
    canonical, *others = [_photo(seed, board, stencil=stencil) for seed in range(4)]
    assert shared_quadrangle(canonical, _common(), _seen(others)) is None


def test_a_product_that_leaves_the_picture_has_no_edge_there() -> None:
    far = CORNERS.copy()
    far[1:3, 0] += 140
    canonical, *others = [_photo(seed, _product(), corners=far) for seed in range(4)]
    assert shared_quadrangle(canonical, _common(), _seen(others)) is None


def test_the_same_table_in_all_photos_is_no_edge() -> None:
    """Planks that lie still belong to the picture's edge, not to the product."""
    table = plain((150, 110, 70), WIDTH, HEIGHT)
    table[::1, :] = (np.arange(HEIGHT) // 37 % 2 * 12)[:, None, None] + table
    canonical, *others = [_photo(seed, _product(), table=table) for seed in range(4)]
    assert _in_common(shared_quadrangle(canonical, _common(), _seen(others))) > 0.985


def test_nothing_in_common_says_nothing() -> None:
    canonical, *others = _photos(3)
    empty = np.zeros((HEIGHT, WIDTH), bool)
    assert shared_quadrangle(canonical, empty, _seen(others)) is None


def test_the_outline_by_edges_is_in_pixels_of_the_full_picture() -> None:
    canonical, *others = _photos(4)
    columns, rows = np.meshgrid(np.arange(110, 220, 8), np.arange(80, 170, 8))
    points = np.column_stack([columns.ravel(), rows.ravel()]) * 3.0 + 1.0
    found = around_edges(points, canonical, 3 * WIDTH, _seen(others))
    assert found is not None
    full = np.array(found)
    for corner in CORNERS * 3.0 + 1.0:
        assert np.hypot(*(full - corner).T).min() < 6
