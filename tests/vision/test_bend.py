"""Bends and folds are taken out, what was moved or stretched by itself is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, corners_of, frame_of, mask_of, plain, seen_through
from vision.align import Fit, fit_plane, transform
from vision.bend import Bent, lay_bent
from vision.cells import measure, tells
from vision.features import local_features
from vision.sheet import Displaced, fit_sheet
from vision.spline import Grid, Ripple

if TYPE_CHECKING:
    from collections.abc import Callable

    from vision.terms import Pixels, Points

WIDTH, HEIGHT = 512, 400
FRAME = frame_of(WIDTH, HEIGHT)
INSIDE = np.ones((HEIGHT, WIDTH), bool)
MIDDLE = np.stack(np.meshgrid(np.arange(42.0, 470, 15), np.arange(42.0, 360, 15)), -1).reshape(
    -1, 2
)


def _print(seed: int = 3) -> Pixels:
    return artwork(seed, WIDTH, HEIGHT)


def _folds(points: Points, height: float = 4.0) -> Points:
    """Smooth folds, about 300 pixels from crest to crest: where a point of the sheet is shown."""
    x, y = points[:, 0], points[:, 1]
    return points + height * np.stack([np.sin(y / 50 + 1), np.sin(x / 55) * np.cos(y / 70)], axis=1)


def _sagging(points: Points, sag: float = 40.0) -> Points:
    across = points[:, 0] / WIDTH - 0.5
    return points + np.stack([np.zeros(len(points)), sag * np.cos(np.pi * across)], axis=1)


def _shown(pixels: Pixels, warp: Callable[[Points], Points]) -> Pixels:
    """A photo of a sheet whose point p is shown at warp(p); the warp is undone by iteration."""
    grid = np.stack(np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT)), -1).reshape(-1, 2)
    wanted = grid.astype(np.float64)
    sheet = wanted.copy()
    for _ in range(30):
        sheet = sheet + wanted - warp(sheet)
    at = sheet.reshape(HEIGHT, WIDTH, 2).astype(np.float32)
    return np.asarray(
        cv2.remap(pixels, at[..., 0], at[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT),
        np.uint8,
    )


def _fit(photo: Pixels, reference: Pixels) -> Fit:
    return fit_plane(local_features(photo), local_features(reference))


def _bent(photo: Pixels, reference: Pixels) -> Bent:
    return lay_bent(photo, 1.0, _fit(photo, reference), FRAME, reference, INSIDE)


def _places(bent: Bent, points: Points = MIDDLE) -> Points:
    rows, columns = points[:, 1].astype(int), points[:, 0].astype(int)
    return bent.laid.places[rows, columns].astype(np.float64)


def _with_part(pixels: Pixels, box: tuple[int, int, int, int], matrix: np.ndarray) -> Pixels:
    """Print the part in `box` elsewhere or larger, on a ground of one colour."""
    x0, y0, x1, y1 = box
    part = np.zeros_like(pixels)
    part[y0:y1, x0:x1] = pixels[y0:y1, x0:x1]
    mask = mask_of(box, pixels.shape[:2]).astype(np.uint8)
    ground = pixels.copy()
    cv2.rectangle(ground, (x0 - 14, y0 - 14), (x1 + 14, y1 + 14), (225, 220, 205), -1)
    size = (pixels.shape[1], pixels.shape[0])
    moved = cv2.warpAffine(part, matrix, size, flags=cv2.INTER_CUBIC)
    return np.where(cv2.warpAffine(mask, matrix, size)[..., None] > 0, moved, ground)


def test_knots_of_a_straight_ramp_are_a_straight_ramp() -> None:
    grid = Grid.over(200, 150, 40.0)
    row, column = np.mgrid[: grid.rows, : grid.columns]
    knots = 40.0 * np.stack([column - 1.0, row - 1.0], axis=-1)
    points = np.random.default_rng(1).uniform((0, 0), (199, 149), (50, 2))
    assert np.allclose(Ripple(grid, knots).at(points), points)


def test_a_plane_costs_no_bending() -> None:
    grid = Grid.over(200, 150, 40.0)
    row, column = np.mgrid[: grid.rows, : grid.columns].reshape(2, -1).astype(float)
    for level, cost in ((3 + 2 * row - column, 0.0), (row * row, 4.0)):
        energy = level @ grid.roughness() @ level
        assert energy == pytest.approx(cost * (grid.rows - 2) * grid.columns, abs=1e-6)


def test_a_shift_is_measured_to_a_fraction_of_a_pixel() -> None:
    reference = _print()
    photo = seen_through(reference, np.array([[1, 0, 2.4], [0, 1, -1.3], [0, 0, 1]]))
    shifts = measure(photo, reference, frame_of(WIDTH, HEIGHT).inside(margin=4))
    assert len(shifts) > 100
    assert np.median(shifts.shifts, axis=0) == pytest.approx((2.4, -1.3), abs=0.1)
    told = tells(shifts.information)
    assert told.all(axis=1).sum() > 100
    assert np.quantile(np.abs(shifts.shifts - (2.4, -1.3))[told], 0.9) < 0.3


def test_along_an_edge_nothing_is_known() -> None:
    reference = plain(220, WIDTH, HEIGHT)
    reference[:, WIDTH // 2 :] = 40
    photo = seen_through(reference, np.array([[1.0, 0, 2], [0, 1, 3], [0, 0, 1]]))
    shifts = measure(photo, reference, INSIDE)
    across, along = shifts.information[:, 0, 0], shifts.information[:, 1, 1]
    assert (along < 0.05 * np.maximum(across, 1.0)).all()


@pytest.mark.parametrize("down", [0.0, 0.3, 1.0])
def test_a_line_alone_tells_how_far_it_lies_to_one_side(down: float) -> None:
    """Though it is found anywhere along itself: `down` for one pixel to the right."""
    along = np.array([1.0, down]) / np.hypot(1.0, down)
    across = np.array([-along[1], along[0]])
    reference = _with_line(along, np.array([256.0, 200.0]))
    photo = _with_line(along, np.array([256.0, 200.0]) + 3.0 * across)
    shifts = measure(photo, reference, INSIDE)
    assert len(shifts) > 10
    assert np.median(shifts.shifts @ across) == pytest.approx(3.0, abs=0.3)
    sure, unsure = (
        np.einsum("i,nij,j->n", way, shifts.information, way) for way in (across, along)
    )
    assert np.median(sure) > 1.0
    assert (unsure < 0.05 * np.maximum(sure, 1.0)).all()


def _with_line(along: Points, through: Points) -> Pixels:
    pixels = plain(220, WIDTH, HEIGHT)
    ends = [tuple(np.rint(16 * (through + far * along)).astype(int)) for far in (-800, 800)]
    cv2.line(pixels, ends[0], ends[1], (90, 60, 40), 3, cv2.LINE_AA, shift=4)
    return pixels


def test_without_texture_nothing_is_measured() -> None:
    assert len(measure(plain(200, WIDTH, HEIGHT), plain(180, WIDTH, HEIGHT), INSIDE)) == 0


def test_a_bent_sheet_is_laid_flat() -> None:
    reference = _print()
    bent = _bent(_shown(reference, _sagging), reference)
    away = np.linalg.norm(_places(bent) - _sagging(MIDDLE), axis=1)
    assert np.quantile(away, 0.95) < 0.5
    assert away.max() < 1.0


def test_pairs_all_over_a_bent_sheet_stand_behind_its_alignment() -> None:
    reference = _print()
    photo = _shown(reference, _sagging)
    plane, bent = _fit(photo, reference), _bent(photo, reference)
    hulls = [
        cv2.contourArea(cv2.convexHull(fit.reference_points.astype(np.float32)))
        for fit in (plane, bent.fit)
    ]
    assert hulls[1] > 1.2 * hulls[0]
    assert bent.fit.error_px < 0.5


def test_a_folded_sheet_is_laid_flat() -> None:
    reference = _print()
    photo = _shown(reference, _folds)
    bent = _bent(photo, reference)
    away = np.linalg.norm(_places(bent) - _folds(MIDDLE), axis=1)
    assert np.median(away) < 0.3
    assert np.quantile(away, 0.95) < 0.7
    assert bent.bow.ripple is not None


def test_a_thin_frame_around_sparse_print_is_laid_flat() -> None:
    """Along its lines nothing but their own course tells of the folds."""
    reference = plain(228, WIDTH, HEIGHT)
    reference[120:280, 160:352] = _print()[120:280, 160:352]
    cv2.rectangle(reference, (22, 22), (WIDTH - 23, HEIGHT - 23), (120, 90, 40), 2)

    def folds(points: Points) -> Points:
        return _folds(points, 2.5)

    bent = _bent(_shown(reference, folds), reference)
    far = np.arange(60.0, 452.0, 14.0)
    top, bottom = (np.stack([far, np.full(len(far), y)], axis=1) for y in (22.0, HEIGHT - 23.0))
    lines = np.concatenate([top, bottom])
    away = np.abs((_places(bent, lines) - folds(np.floor(lines)))[:, 1])
    assert np.median(away) < 0.4
    assert np.quantile(away, 0.9) < 1.0


@pytest.mark.parametrize("apart", [24, 32, 48])
def test_rules_that_run_the_way_of_a_bend_do_not_hide_it(apart: int) -> None:
    """Windows on a rule find it where it should be, though the sheet has slid along it."""
    reference = plain(228, WIDTH, HEIGHT)
    for x in range(20, WIDTH - 10, apart):
        cv2.line(reference, (x, 8), (x, HEIGHT - 9), (70, 60, 80), 2)
    rng = np.random.default_rng(4)
    for x, y in rng.uniform((30, 30), (WIDTH - 30, HEIGHT - 30), (60, 2)).astype(int):
        cv2.circle(reference, (int(x), int(y)), 7, (160, 60, 40), -1, cv2.LINE_AA)
    reference[140:260, 176:336] = _print()[140:260, 176:336]

    def sagging(points: Points) -> Points:
        return _sagging(points, 30.0)

    bent = _bent(_shown(reference, sagging), reference)
    away = np.linalg.norm(_places(bent) - sagging(MIDDLE), axis=1)
    assert np.median(away) < 0.2
    assert np.quantile(away, 0.9) < 0.6


@pytest.mark.parametrize("sigma", [8.0, 12.0])
def test_soft_print_is_not_taken_to_lie_nearer_than_it_does(sigma: float) -> None:
    rng = np.random.default_rng(2)
    soft = cv2.GaussianBlur(rng.normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), sigma)
    grey = np.clip(128 + 40 * soft / soft.std() + rng.normal(0, 1, soft.shape), 0, 255)
    reference = np.repeat(grey[..., None], 3, axis=2).astype(np.uint8)

    def known(photo: Pixels) -> Points:
        shifts = measure(photo, reference, FRAME.inside(margin=16))
        return np.where(tells(shifts.information), shifts.shifts, np.nan)

    near = known(np.roll(reference, (4, 5), (0, 1)))
    assert np.isfinite(near).all(axis=1).sum() > 50
    assert np.nanmedian(near, axis=0) == pytest.approx((5, 4), abs=0.15)
    beyond = known(np.roll(reference, 8, 1))  # two beyond the reach
    assert np.isfinite(beyond[:, 0]).sum() < 0.1 * len(near)


def test_a_flat_sheet_stays_as_the_plane_has_it() -> None:
    reference = _print()
    matrix = np.array([[0.97, 0.06, 8], [-0.05, 0.98, 14], [5e-5, -4e-5, 1]])
    bent = _bent(seen_through(reference, matrix, noise=3.0), reference)
    assert bent.bow.ripple is None
    assert np.linalg.norm(_places(bent) - transform(matrix, MIDDLE), axis=1).max() < 0.5


@pytest.mark.parametrize("warp", [lambda p: p, _folds], ids=["flat", "folded"])
@pytest.mark.parametrize("shift", [(4.0, 0.0), (0.0, -6.0), (8.0, 5.0)])
def test_a_moved_part_keeps_its_offset(
    warp: Callable[[Points], Points], shift: tuple[float, float]
) -> None:
    reference, box = _print(), (210, 150, 300, 200)
    altered = _with_part(reference, box, np.array([[1, 0, shift[0]], [0, 1, shift[1]]], float))
    genuine = _with_part(reference, box, np.array([[1, 0, 0], [0, 1, 0]], float))
    bent = _bent(_shown(altered, warp), genuine)
    points = MIDDLE[[mask_of(box, INSIDE.shape)[int(y), int(x)] for x, y in MIDDLE]]
    away = _places(bent, points) - warp(points)  # 0 where the part is left where it was moved to
    assert len(points) >= 12
    assert np.linalg.norm(away, axis=1).mean() < 0.25 * np.hypot(*shift)


def test_a_moved_line_along_the_edge_keeps_its_offset() -> None:
    reference, box = _print(), (50, 320, 420, 365)
    altered = _with_part(reference, box, np.array([[1, 0, 10], [0, 1, 3]], float))
    genuine = _with_part(reference, box, np.array([[1, 0, 0], [0, 1, 0]], float))
    bent = _bent(altered, genuine)
    points = MIDDLE[[mask_of(box, INSIDE.shape)[int(y), int(x)] for x, y in MIDDLE]]
    assert len(points) >= 12
    assert np.linalg.norm(_places(bent, points) - points, axis=1).mean() < 2.5
    assert bent.laid.seen[4:-4, 4:-4].all()


@pytest.mark.parametrize("more", [1.06, 1.12])
def test_a_stretched_part_keeps_its_displacement(more: float) -> None:
    reference, box = _print(), (170, 150, 330, 200)
    wide = np.array([[more, 0, 250 * (1 - more)], [0, 1, 0]])
    genuine = _with_part(reference, box, np.array([[1, 0, 0], [0, 1, 0]], float))
    bent = _bent(_with_part(reference, box, wide), genuine)
    points = np.array([(x, y) for x in (180.0, 320.0) for y in (160.0, 175.0, 190.0)])
    away = np.linalg.norm(_places(bent, points) - points, axis=1)
    assert away.max() < 0.25 * 70 * (more - 1) + 0.3


def test_a_sheet_that_most_places_contradict_is_not_believed() -> None:
    rng = np.random.default_rng(5)
    certain = np.broadcast_to(4 * np.eye(2), (len(MIDDLE), 2, 2))
    noise = rng.normal(0, 2.0, MIDDLE.shape)
    assert fit_sheet(Displaced(MIDDLE, noise, certain), (WIDTH, HEIGHT)) is None


def test_few_places_make_no_sheet() -> None:
    certain = np.broadcast_to(4 * np.eye(2), (8, 2, 2))
    known = Displaced(MIDDLE[:8], np.full((8, 2), 3.0), certain)
    assert fit_sheet(known, (WIDTH, HEIGHT)) is None


def test_a_textureless_picture_is_laid_by_its_plane_alone() -> None:
    corners = corners_of(WIDTH, HEIGHT)
    fit = Fit(np.eye(3), corners, corners, 0.0, 4, 4)
    bent = lay_bent(plain(190, WIDTH, HEIGHT), 1.0, fit, FRAME, plain(200, WIDTH, HEIGHT), INSIDE)
    assert bent.bow.ripple is None
    assert np.abs(_places(bent) - MIDDLE).max() < 1e-3
