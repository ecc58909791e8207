"""Hulls, areas, insides: truths of simple figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision import polygons

SQUARE = ((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0))
ARROW = ((0.0, 0.0), (20.0, 10.0), (0.0, 20.0), (8.0, 10.0))  # bent inwards on its left
SHAPE = (40, 50)


def _moved(polygon: object, right: float, down: float) -> np.ndarray:
    return np.array(polygon) + np.array([right, down])


def test_a_hull_leaves_out_what_lies_inside() -> None:
    points = np.array([*SQUARE, (20.0, 20.0), (12.0, 29.0)])
    assert sorted(map(tuple, polygons.hull(points).tolist())) == sorted(SQUARE)
    assert len(polygons.hull(ARROW)) == 3


def test_areas_are_equal_either_way_round() -> None:
    assert polygons.area(SQUARE) == polygons.area(SQUARE[::-1]) == 400.0
    assert polygons.area(ARROW) == 120.0
    assert polygons.area(((0.0, 0.0), (5.0, 5.0), (9.0, 9.0))) == 0.0


def test_the_middle_is_the_mean_of_the_corners() -> None:
    assert polygons.middle(SQUARE).tolist() == [20.0, 20.0]


@pytest.mark.parametrize(
    ("right", "down", "share"), [(0, 0, 1.0), (10, 0, 0.5), (10, 10, 0.25), (25, 0, 0.0)]
)
def test_overlap_is_the_share_of_the_smaller(right: float, down: float, share: float) -> None:
    moved = _moved(SQUARE, right, down)
    assert polygons.overlap(SQUARE, moved) == pytest.approx(share, abs=1e-5)
    around = ((0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0))
    assert polygons.overlap(around, moved) == polygons.overlap(moved, around) == pytest.approx(1.0)


def test_points_on_the_edge_are_within_as_asked() -> None:
    points = np.array([(20.0, 20.0), (10.0, 20.0), (30.0, 30.0), (9.0, 20.0), (20.0, 31.0)])
    found = polygons.within(points, SQUARE)
    assert found.dtype == bool
    assert found.tolist() == [True, True, True, False, False]
    assert polygons.within(points, SQUARE, with_edge=False).tolist() == [True] + 4 * [False]
    assert polygons.within(np.zeros((0, 2)), SQUARE).shape == (0,)


def test_a_bay_of_a_polygon_lies_outside() -> None:
    bay = np.array([(3.0, 10.0), (9.0, 10.0)])
    assert polygons.within(bay, ARROW).tolist() == [False, True]
    assert not polygons.filled(ARROW, SHAPE)[10, 3]
    assert polygons.filled_hull(ARROW, SHAPE)[10, 3]


def test_depth_counts_from_the_edge() -> None:
    assert polygons.depth((20.0, 20.0), SQUARE) == 10.0
    assert polygons.depth((35.0, 20.0), SQUARE) == -5.0


def test_only_the_middle_must_be_held() -> None:
    reaching_out = _moved(SQUARE, 9.0, 0.0)
    assert polygons.holds(SQUARE, reaching_out)
    assert not polygons.holds(SQUARE, _moved(SQUARE, 11.0, 0.0))


def test_filled_pixels_reach_from_corner_to_corner() -> None:
    rows, columns = np.nonzero(polygons.filled(SQUARE, SHAPE))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (10, 30, 10, 30)
    assert len(rows) == 21 * 21


@pytest.mark.parametrize("fill", [polygons.filled, polygons.filled_hull])
def test_corners_far_beyond_the_picture_still_cover_it(fill) -> None:
    """As of a plane that is seen almost edge on."""
    far = np.array([(-1e12, -1e12), (1e12, -1e12), (1e12, 1e12), (-1e12, 1e12)])
    assert fill(far, SHAPE).all()
    assert not fill(_moved(far, 3e12, 0.0), SHAPE).any()


@given(st.lists(st.tuples(st.integers(0, 49), st.integers(0, 39)), min_size=3, max_size=12))
def test_all_points_lie_in_their_hull(corners: list[tuple[int, int]]) -> None:
    points = np.array(corners, np.float64)
    assert polygons.within(points, polygons.hull(points)).all()
    covered = polygons.filled_hull(points, SHAPE)
    assert covered[points[:, 1].astype(int), points[:, 0].astype(int)].all()
    assert polygons.area(polygons.hull(points)) <= covered.sum()
