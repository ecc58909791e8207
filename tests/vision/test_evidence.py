"""Evidence, a channel at a time: what it must see, how large it is, and what it must not see."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, layer, mask_of, plain, texture
from vision.evidence import colour, fine, geometry, structure
from vision.evidence.layer import BLURS, prepare, window
from vision.evidence.visibility import JUDGED, visibility
from vision.frames import Laid

WIDTH, HEIGHT = 200, 160
BOX = (80, 60, 120, 100)
INSIDE = mask_of((86, 66, 114, 94), (HEIGHT, WIDTH))  # clear of the edges of the box
OUTSIDE = ~mask_of((60, 40, 140, 120), (HEIGHT, WIDTH))
WHOLE = np.ones((HEIGHT, WIDTH), bool)


def _print_of(seed: int) -> np.ndarray:
    return texture(seed, WIDTH, HEIGHT)


def _with_patch(ground: np.ndarray, patch: np.ndarray | int | tuple[int, int, int]) -> np.ndarray:
    changed = ground.copy()
    changed[BOX[1] : BOX[3], BOX[0] : BOX[2]] = patch
    return changed


def _soft(pixels: np.ndarray, sigma: float) -> np.ndarray:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


# layers


def test_lightness_is_that_of_cielab_at_each_blur() -> None:
    made = layer(plain(119, WIDTH, HEIGHT))  # grey 119 has L* 50
    assert made.lightness.shape == (HEIGHT, WIDTH, len(BLURS))
    assert made.lightness == pytest.approx(50.0, abs=0.2)
    assert made.mean == pytest.approx(50.0, abs=0.2)
    assert made.variance == pytest.approx(0.0, abs=0.01)


def test_window_averages_and_keeps_the_mean() -> None:
    values = np.zeros((41, 41), np.float32)
    values[20, 20] = 49.0 * 49.0
    spread_out = window(values)
    assert spread_out.sum() == pytest.approx(49.0 * 49.0, rel=1e-4)
    assert spread_out[20, 20] == pytest.approx(49.0, rel=1e-4)
    assert (spread_out > 0).sum() == 13 * 13


def test_variance_of_a_chess_board_is_that_of_its_two_values() -> None:
    checks = (np.indices((HEIGHT, WIDTH)).sum(axis=0) % 2 * 255).astype(np.uint8)
    made = layer(np.repeat(checks[..., None], 3, axis=2))
    assert made.mean[80, 100, 0] == pytest.approx(50.0, abs=1.0)
    assert made.variance[80, 100, 0] == pytest.approx(2500.0, rel=0.02)
    assert made.variance[80, 100, -1] < 50  # blurred away


def test_features_lose_their_local_mean_and_get_unit_power() -> None:
    rng = np.random.default_rng(1)
    raw = rng.normal(0, 3, (4, 40, 50)).astype(np.float32) + 700
    pixels = _print_of(1)
    made = prepare(Laid(pixels, WHOLE, np.zeros((HEIGHT, WIDTH, 2), np.float32)), raw)
    if made.fine is None:
        pytest.fail("the features were lost")
    assert made.fine.shape == (40, 50, 4)
    assert np.abs(made.fine[10:30, 10:40].mean(axis=(0, 1))).max() < 0.1
    assert np.linalg.norm(made.fine, axis=2).mean() == pytest.approx(1.0, abs=1e-4)


# structure


def test_a_layer_has_the_structure_of_itself() -> None:
    own = layer(_print_of(1))
    found = structure.difference(own, own)
    assert np.median(found) < 0.02
    assert found.max() < 0.2


@pytest.mark.parametrize(
    "photographed",
    [
        lambda p: (p * 0.7 + 40).astype(np.uint8),
        lambda p: _soft(p, 1.5),
        lambda p: np.clip(p + np.linspace(-30, 30, WIDTH)[None, :, None], 0, 255).astype(np.uint8),
        lambda p: cv2.imdecode(cv2.imencode(".jpg", p, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], 1),
    ],
    ids=["veil", "blur", "uneven light", "compression"],
)
def test_what_a_camera_does_is_hardly_a_difference_of_structure(photographed) -> None:
    own = _print_of(1)
    found = structure.difference(layer(photographed(own)), layer(own))
    assert found.mean() < 0.05
    assert np.percentile(found, 99) < 0.2


def test_another_print_shares_no_structure() -> None:
    found = structure.difference(layer(_print_of(1)), layer(_print_of(2)))
    assert np.median(found) > 0.7
    assert np.percentile(found, 10) > 0.3
    assert found.min() >= 0.0


def test_a_planted_patch_differs_where_it_is_and_nowhere_else() -> None:
    own = _print_of(1)
    other = _with_patch(own, _print_of(9)[:40, :40])
    found = structure.difference(layer(other), layer(own))
    assert np.median(found[INSIDE]) > 0.7
    assert found[OUTSIDE].max() < 0.2


def test_print_that_is_missing_differs_as_much_as_print_that_is_added() -> None:
    blank = layer(plain(235, WIDTH, HEIGHT))
    words = plain(235, WIDTH, HEIGHT)
    cv2.putText(words, "AB", (82, 95), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 3)
    missing = structure.difference(blank, layer(words))
    added = structure.difference(layer(words), blank)
    assert np.median(missing[INSIDE]) > 0.7
    assert missing[OUTSIDE].max() < 0.02
    assert np.abs(added - missing).mean() < 0.002


def test_where_nothing_is_printed_no_structure_differs() -> None:
    found = structure.difference(layer(plain(120, WIDTH, HEIGHT)), layer(plain(200, WIDTH, HEIGHT)))
    assert found.max() < 0.02


# colour


def _from_lab(lightness: float, a: float, b: float) -> tuple[int, int, int]:
    lab = np.array([[[lightness, a, b]]], np.float32)
    rgb = np.rint(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)[0, 0] * 255)
    return tuple(int(v) for v in rgb)


def _patched(patch: tuple[int, int, int], ground: tuple[int, int, int]) -> np.ndarray:
    """A small patch in a large ground, so that it cannot be taken for the light."""
    pixels = plain(ground, 400, 320)
    pixels[150:170, 190:210] = patch
    return pixels


@pytest.mark.parametrize(("a", "b"), [(12.0, 0.0), (0.0, -18.0), (9.0, 12.0), (0.0, 0.0)])
def test_distance_of_colour_is_that_of_the_a_b_plane(a: float, b: float) -> None:
    grey = _from_lab(60, 0, 0)
    one, two = _patched(_from_lab(60, a, b), grey), _patched(grey, grey)
    found = colour.difference(layer(one), layer(two))
    assert found[160, 200] == pytest.approx(np.hypot(a, b), rel=0.2, abs=0.5)
    assert found[40:100, 40:140].max() < 0.7


def test_lighter_print_is_no_other_colour() -> None:
    grey = _from_lab(60, 0, 0)
    one, two = _patched(_from_lab(75, 0, 0), grey), _patched(_from_lab(60, 0, 0), grey)
    assert colour.difference(layer(one), layer(two)).max() < 1.5


def test_warm_and_uneven_light_is_no_other_colour() -> None:
    own = artwork(1, 400, 320)
    fading = np.linspace(0.75, 1.05, 400)[None, :, None] * np.array([1.08, 1.0, 0.88])
    warm = np.clip(own * fading, 0, 255).astype(np.uint8)
    before = np.abs(own.astype(int) - warm).mean()
    assert before > 15
    found = colour.difference(layer(warm), layer(own))
    assert np.median(found) < 1.5
    assert np.percentile(found, 99) < 6


# geometry


@pytest.mark.parametrize(
    ("across", "down", "pixels"), [(8, 0, 8.0), (0, -6, 6.0), (6, 8, 10.0), (-10, 0, 10.0)]
)
def test_a_moved_part_is_found_moved_by_as_much(across: int, down: int, pixels: float) -> None:
    part = texture(3, 60, 60, grain=1.5)
    here, there = plain(128, WIDTH, HEIGHT), plain(128, WIDTH, HEIGHT)
    here[50:110, 70:130] = part
    there[50 + down : 110 + down, 70 + across : 130 + across] = part
    found = geometry.difference(layer(there), layer(here))
    moved = found[found > 0]
    assert np.median(moved) == pytest.approx(pixels)
    assert (found[60:100, 80:120] > 0).mean() > 0.5
    assert found[:, :40].max() == 0.0


@pytest.mark.parametrize(
    "other",
    [
        _print_of(3),
        _soft(_print_of(3), 2.0),
        (_print_of(3) * 0.6 + 50).astype(np.uint8),
        _with_patch(_print_of(3), 250),
        _with_patch(_print_of(3), _print_of(8)[:40, :40]),
        np.roll(_print_of(3), 1, axis=1),
        plain(128, WIDTH, HEIGHT),
    ],
    ids=["same", "blur", "veil", "covered", "other print", "one pixel", "blank"],
)
def test_what_is_not_moved_is_not_found_moved(other: np.ndarray) -> None:
    assert (geometry.difference(layer(other), layer(_print_of(3))) > 0).mean() < 0.002


def test_blank_layers_have_nothing_that_could_move() -> None:
    blank = layer(plain(90, WIDTH, HEIGHT))
    assert geometry.difference(blank, blank).max() == 0.0


# fine features


def _features(seed: int) -> np.ndarray:
    values = np.random.default_rng(seed).normal(0, 1, (40, 50, 16)).astype(np.float32)
    return values / np.linalg.norm(values, axis=2, keepdims=True)


def _fine_layer(values: np.ndarray | None):
    return layer(plain(128, WIDTH, HEIGHT), fine=values)


def test_equal_features_do_not_differ() -> None:
    own = _fine_layer(_features(1))
    assert fine.difference(own, own).max() == 0.0


def test_features_may_move_by_one_cell_but_not_by_three() -> None:
    near = np.roll(_features(1), 1, axis=0)
    far = np.roll(_features(1), 3, axis=0)
    middle = np.s_[20:140, 20:180]
    own = _fine_layer(_features(1))
    assert fine.difference(own, _fine_layer(near))[middle].max() < 1e-6
    assert np.median(fine.difference(own, _fine_layer(far))[middle]) > 0.2


def test_a_planted_cell_differs_where_it_is() -> None:
    changed = _features(1)
    changed[15:25, 20:30] = -changed[15:25, 20:30]  # BOX, in cells of four pixels
    found = fine.difference(_fine_layer(changed), _fine_layer(_features(1)))
    assert np.median(found[INSIDE]) > 0.2
    assert found[OUTSIDE].max() < 1e-6
    assert found.max() <= 1.0


def test_stronger_differences_of_features_count_more() -> None:
    base = np.zeros((40, 50, 2), np.float32)
    base[..., 0] = 1.0
    found = []
    for angle in (20, 60, 120, 180):
        turned = np.zeros_like(base)
        turned[..., 0], turned[..., 1] = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        found.append(float(fine.difference(_fine_layer(turned), _fine_layer(base)).mean()))
    assert found == sorted(found)
    assert found[0] < 0.2 < 0.5 < found[-1]


def test_without_a_network_no_features_differ() -> None:
    found = fine.difference(_fine_layer(None), _fine_layer(_features(1)))
    assert found.shape == (HEIGHT, WIDTH)
    assert found.max() == 0.0


# visibility


def _dark_print(seed: int) -> np.ndarray:
    return (_print_of(seed) * 0.6).astype(np.uint8)


def test_an_ordinary_photo_is_visible_up_to_its_edge() -> None:
    own = layer(_dark_print(1))
    seen = visibility(own, [own, own], WHOLE, border=10.0)
    assert seen[15:-15, 15:-15].min() == 1.0
    assert (seen > JUDGED)[11:-11, 11:-11].all()
    assert not (seen > JUDGED)[:9].any()
    assert not (seen > JUDGED)[:, -9:].any()
    assert seen.min() == 0.0


def test_nothing_is_visible_outside_product_and_photo() -> None:
    inside = mask_of((40, 30, 160, 130), (HEIGHT, WIDTH))
    shown = mask_of((0, 0, 110, HEIGHT), (HEIGHT, WIDTH))
    own = layer(_dark_print(1))
    found = visibility(layer(_dark_print(1), seen=shown), [own], inside, border=6.0)
    assert found[~(inside & shown)].max() == 0.0
    assert found[80, 60] == 1.0
    assert found[80, 108] < found[80, 104] < 1.0  # fades towards the edge of the photo


def test_glare_hides_what_is_printed_below() -> None:
    own = _dark_print(1)
    found = visibility(layer(_with_patch(own, 255)), [layer(own)] * 3, WHOLE, border=6.0)
    assert found[INSIDE].max() < JUDGED
    assert found[OUTSIDE][20:-20].max() == 1.0
    assert (found > JUDGED)[20:40, 20:180].all()


def test_white_print_that_references_have_too_is_no_glare() -> None:
    own = layer(_with_patch(_dark_print(1), 255))
    found = visibility(own, [own, own], WHOLE, border=6.0)
    assert found[INSIDE].min() > 0.9


def test_white_print_that_one_of_the_references_has_is_no_glare() -> None:
    white, dark = layer(_with_patch(_dark_print(1), 255)), layer(_dark_print(1))
    assert visibility(white, [dark, white], WHOLE, border=6.0)[INSIDE].min() > 0.9


def test_a_brighter_exposure_hides_nothing() -> None:
    own = _dark_print(1)
    brighter = (own * 1.5).astype(np.uint8)
    found = visibility(layer(brighter), [layer(own)], WHOLE, border=6.0)
    assert found[10:-10, 10:-10].min() > 0.9


def test_dark_print_is_judged() -> None:
    own = _dark_print(1)
    found = visibility(layer(_with_patch(own, 0)), [layer(own)], WHOLE, border=6.0)
    assert found[INSIDE].min() == 1.0


def test_without_references_nothing_counts_as_glare() -> None:
    own = layer(_with_patch(_dark_print(1), 255))
    assert visibility(own, [], WHOLE, border=6.0)[INSIDE].min() == 1.0
