"""Marks follow a bent surface: known bends, and what is kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.samples import corners_of, mask_of, plain, reference_of
from vision import as_taken, in_photo, is_bent
from vision.inspection import Comparison
from vision.places import STEP, decimated
from vision.terms import Alignment

if TYPE_CHECKING:
    from pathlib import Path

    from vision.terms import Map, Points

WIDTH, HEIGHT, SCALE, ORIGIN = 200, 160, 2.0, (30.0, 10.0)
# The reference pixel whose centre lies on the centre of frame pixel (0, 0), and the photo's turn.
FIRST = np.array(ORIGIN) + 0.5 * SCALE - 0.5
TURN = np.array([[0.0, -1.0, 700.0], [1.0, 0.0, 20.0], [0.0, 0.0, 1.0]])


def _truth(reference: Points, sag: float) -> Points:
    """Where a photo, turned by a quarter, shows a sheet that sags by `sag` reference pixels."""
    x = reference[:, 0]
    bent = reference + np.stack([0 * x, sag * np.sin((x - FIRST[0]) / 130)], axis=1)
    return bent @ TURN[:2, :2].T + TURN[:2, 2]


def _places(sag: float) -> Map:
    frame = np.stack(np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT)), -1).reshape(-1, 2)
    return _truth(frame * SCALE + FIRST, sag).reshape(HEIGHT, WIDTH, 2)


def _comparison(tmp_path: Path, places: Map | None) -> Comparison:
    pixels = plain(200, WIDTH, HEIGHT)
    outline = corners_of(WIDTH, HEIGHT) * SCALE + FIRST
    kept = {} if places is None else {"places": decimated(places)}
    return Comparison(
        product="tea",
        side="front",
        reference=reference_of(tmp_path / "none.png"),
        alignment=Alignment(np.linalg.inv(TURN), 20, 1.0, 1.0),
        similarity=0.9,
        percentile=None,
        genuine_pairs=0,
        suspicion=0.2,
        regions=(),
        aligned=pixels,
        reference_pixels=pixels,
        judged=np.ones((HEIGHT, WIDTH), bool),
        excess=np.zeros((HEIGHT, WIDTH), np.float32),
        frame_scale=SCALE,
        frame_origin=ORIGIN,
        outline=tuple((float(x), float(y)) for x, y in outline),
        **kept,
    )


POINTS = np.random.default_rng(4).uniform((0, 0), (WIDTH - 1, HEIGHT - 1), (60, 2)) * SCALE + FIRST


@pytest.mark.parametrize("sag", [0.0, 24.0])
def test_points_are_found_where_the_photo_shows_them(tmp_path: Path, sag: float) -> None:
    found = in_photo(_comparison(tmp_path, _places(sag)), POINTS)
    assert np.abs(found - _truth(POINTS, sag)).max() < 0.3


def test_without_places_points_are_found_by_the_plane(tmp_path: Path) -> None:
    assert np.allclose(in_photo(_comparison(tmp_path, None), POINTS), _truth(POINTS, 0.0))


def test_only_a_bent_surface_is_bent(tmp_path: Path) -> None:
    assert is_bent(_comparison(tmp_path, _places(24.0)))
    assert not is_bent(_comparison(tmp_path, _places(3.0)))  # 1.5 frame pixels
    assert not is_bent(_comparison(tmp_path, None))


def test_a_mask_laid_by_the_plane_lies_where_the_photo_shows_it(tmp_path: Path) -> None:
    sag = 24.0
    mask = mask_of((70, 60, 130, 100), (HEIGHT, WIDTH))
    moved = as_taken(_comparison(tmp_path, _places(sag)), mask)
    rows, columns = np.nonzero(mask)
    frame = np.stack([columns, rows], axis=1).astype(np.float64)
    shown = _truth(frame * SCALE + FIRST, sag)
    plane = (np.column_stack([shown, np.ones(len(shown))]) @ np.linalg.inv(TURN).T)[:, :2]
    wanted = np.rint((plane - FIRST) / SCALE).astype(int)
    assert moved[wanted[:, 1], wanted[:, 0]].mean() > 0.97
    assert moved.sum() == pytest.approx(mask.sum(), rel=0.03)
    assert not np.array_equal(moved, mask)


def test_a_mask_of_a_flat_thing_stays(tmp_path: Path) -> None:
    mask = mask_of((70, 60, 130, 100), (HEIGHT, WIDTH))
    assert np.array_equal(as_taken(_comparison(tmp_path, _places(0.0)), mask), mask)
    assert np.array_equal(as_taken(_comparison(tmp_path, None), mask), mask)


def test_every_eighth_place_is_kept() -> None:
    places = _places(10.0)
    assert np.allclose(decimated(places)[3, 5], places[3 * STEP, 5 * STEP])
