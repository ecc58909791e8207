"""Evidence, a channel at a time: what it must see, how large it is, and what it must not see."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, layer, mask_of, plain, texture
from vision.evidence import colour, fine, geometry, structure
from vision.evidence.ciede2000 import ciede2000
from vision.evidence.layer import BLURS, prepare, window
from vision.evidence.visibility import JUDGED, usable, visibility
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
def test_distance_of_colour_is_that_of_ciede2000(a: float, b: float) -> None:
    grey = _from_lab(60, 0, 0)
    one, two = _patched(_from_lab(60, a, b), grey), _patched(grey, grey)
    found = colour.difference(layer(one), layer(two))
    expected = float(ciede2000(np.array([60.0, a, b]), np.array([60.0, 0.0, 0.0])))
    assert found[160, 200] == pytest.approx(expected, rel=0.15, abs=0.5)
    assert found[40:100, 40:140].max() < 0.7


def test_lighter_print_is_no_other_colour() -> None:
    grey = _from_lab(60, 0, 0)
    one, two = _patched(_from_lab(75, 0, 0), grey), _patched(_from_lab(60, 0, 0), grey)
    assert colour.difference(layer(one), layer(two)).max() < 1.5


def _warm(own: np.ndarray) -> np.ndarray:
    fading = np.linspace(0.75, 1.05, own.shape[1])[None, :, None] * np.array([1.08, 1.0, 0.88])
    return np.clip(own * fading, 0, 255).astype(np.uint8)


def test_warm_and_uneven_light_is_no_other_colour() -> None:
    own = artwork(1, 400, 320)
    warm = _warm(own)
    assert np.abs(own.astype(int) - warm).mean() > 15
    found = colour.difference(layer(warm), layer(own))
    assert np.median(found) < 1.0
    assert np.percentile(found, 99) < 4


def test_light_whose_colour_changes_across_the_print_is_no_other_colour() -> None:
    own = artwork(1, 400, 320)
    ends = np.array([(1.0, 1.0, 1.0), (1.0, 0.92, 0.8)])
    share = np.linspace(0, 1, 400)[None, :, None]
    lit = np.clip(own * (ends[0] * (1 - share) + ends[1] * share), 0, 255).astype(np.uint8)
    found = colour.difference(layer(lit), layer(own))
    assert np.median(found) < 1.0
    assert np.percentile(found, 99) < 4


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_print_of_another_colour_does_not_pull_the_light(share: float) -> None:
    """A large part in another hue is found in full, and what lies around it is not blamed."""
    own = artwork(1, 400, 320)
    wide = round(400 * share)
    other = _warm(own)
    other[:, 100 : 100 + wide] = other[:, 100 : 100 + wide][..., [1, 2, 0]]
    expected = own.copy()
    expected[:, 100 : 100 + wide] = own[:, 100 : 100 + wide][..., [1, 2, 0]]
    truth = ciede2000(_lab_of(expected), _lab_of(own), with_lightness=False)
    found = colour.difference(layer(other), layer(own))
    part = np.s_[40:-40, 112 : 88 + wide]
    assert np.median(found[part]) > 0.5 * np.median(truth[part])
    assert np.median(found[:, 120 + wide :]) < 1.5
    assert np.percentile(found[:, 120 + wide :], 95) < 4


def _lab_of(pixels: np.ndarray) -> np.ndarray:
    small = cv2.blur(pixels, (7, 7)).astype(np.float32) / 255
    return cv2.cvtColor(small, cv2.COLOR_RGB2LAB)


def test_a_veil_of_glare_is_no_other_colour() -> None:
    own = plain((170, 50, 45), 400, 320)
    own[:, 200:] = (225, 205, 160)
    y, x = np.mgrid[0:320, 0:400]
    veil = 0.25 * np.exp(-(((x - 110) / 60) ** 2) - ((y - 160) / 50) ** 2)[..., None]
    pale = (own + (255 - own) * veil).astype(np.uint8)
    found = colour.difference(layer(pale), layer(own))
    assert np.abs(pale.astype(int) - own)[160, 110].max() > 40
    assert np.percentile(found, 99.5) < 5


def test_print_that_lies_a_little_elsewhere_is_no_other_colour() -> None:
    own = plain((240, 240, 235), 400, 320)
    cv2.rectangle(own, (120, 80), (280, 240), (190, 40, 60), -1)
    moved = np.roll(own, (2, 3), (0, 1))
    found = colour.difference(layer(moved), layer(own))
    assert (found > 4).mean() < 0.03
    assert found.max() < 12  # the two colours are 47 apart


# where colour cannot be judged


def _unjudged(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    return colour.difference(layer(one), layer(two)) >= 49


def test_in_ordinary_light_colour_is_judged_everywhere() -> None:
    own = artwork(1, 400, 320)
    assert not _unjudged(own, own).any()
    assert _unjudged(_warm(own), own).mean() < 0.01


def test_in_light_that_is_nearly_gone_colour_cannot_be_judged() -> None:
    own = artwork(1, 400, 320)
    dark = own.copy()
    dark[:, 200:] = (own[:, 200:] * 0.18).astype(np.uint8)
    found = _unjudged(dark, own)
    assert found[:, 240:].mean() > 0.9
    assert found[:, :160].mean() < 0.05


def test_in_light_of_an_extreme_colour_colour_cannot_be_judged() -> None:
    own = artwork(1, 400, 320)
    sodium = (own * np.array([1.0, 0.72, 0.35])).astype(np.uint8)
    assert _unjudged(sodium, own).mean() > 0.9


def test_where_light_washes_print_out_colour_cannot_be_judged() -> None:
    own = artwork(1, 400, 320) // 2
    washed = own.copy()
    washed[100:200, 150:250] = 255
    found = _unjudged(washed, own)
    assert found[120:180, 170:230].all()
    assert not found[:, :120].any()


def test_in_strong_noise_colour_cannot_be_judged() -> None:
    own = artwork(1, 400, 320)
    wobble = np.random.default_rng(1).normal(0, 1, (80, 100, 3)).astype(np.float32)
    blotches = cv2.resize(wobble, (400, 320), interpolation=cv2.INTER_NEAREST)
    assert not _unjudged(np.clip(own + 4 * blotches, 0, 255).astype(np.uint8), own).any()
    assert _unjudged(np.clip(own + 40 * blotches, 0, 255).astype(np.uint8), own).all()


def test_a_chart_in_both_photos_tells_a_tint_of_the_whole_print_from_light() -> None:
    own = plain((180, 170, 160), 400, 320)
    tinted = plain((180, 165, 130), 400, 320)
    unknown = colour.difference(layer(tinted), layer(own))
    assert np.median(unknown) < 1.0  # taken for light
    white = (0.8, 0.8, 0.8)
    lit = [replace(layer(each), light=white) for each in (tinted, own)]
    known = colour.difference(*lit)
    truth = ciede2000(*(_lab_of(each)[160, 200] for each in (tinted, own)), with_lightness=False)
    assert np.median(known) == pytest.approx(float(truth), rel=0.1)


def test_light_that_two_charts_tell_is_taken_out() -> None:
    own = plain((180, 170, 160), 400, 320)
    cast = np.array([1.0, 0.9, 0.7])
    shown = plain(
        tuple(int(v) for v in np.rint(_encoded(_decoded_of(own[0, 0]) * cast) * 255)), 400, 320
    )
    one = replace(layer(shown), light=(0.8, 0.72, 0.56))
    two = replace(layer(own), light=(0.8, 0.8, 0.8))
    assert np.median(colour.difference(one, two)) < 0.8


def _decoded_of(values: np.ndarray) -> np.ndarray:
    return ((values / 255 + 0.055) / 1.055) ** 2.4


def _encoded(light: np.ndarray) -> np.ndarray:
    return 1.055 * light ** (1 / 2.4) - 0.055


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


@pytest.mark.parametrize(("across", "down"), [(0, 0), (5, -5), (-3, 2), (1, 4)])
def test_a_shifted_map_is_what_a_warp_makes_of_it(across: int, down: int) -> None:
    values = np.random.default_rng(1).normal(size=(30, 40)).astype(np.float32)
    matrix = np.array([[1, 0, across], [0, 1, down]], np.float32)
    warped = cv2.warpAffine(
        values, matrix, (40, 30), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE
    )
    assert np.array_equal(geometry._Shifted(values).by(across, down), warped)


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


# what no judge could see


def _lit(ground: np.ndarray) -> np.ndarray:
    """The print under a lamp: clipped in the middle, fading over 16 pixels."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    veil = np.clip((40 - np.hypot(columns - 100, rows - 80)) / 16, 0, 1)[..., None]
    return (ground * (1 - veil) + 255 * veil).astype(np.uint8)


def test_light_that_clips_the_print_leaves_nothing_to_judge_nor_does_its_veil() -> None:
    own = (120 + _print_of(1) * 0.35).astype(np.uint8)  # pale print, hardly darker than the light
    found = usable(layer(_lit(own)), [layer(own)] * 3, WHOLE, border=6.0)
    away = np.hypot(*(np.mgrid[:HEIGHT, :WIDTH] - np.array([80, 100])[:, None, None]))
    assert found[away < 32].max() == 0.0
    assert found[10:-10, 10:-10][(away > 50)[10:-10, 10:-10]].min() == 1.0


def test_where_print_was_taken_from_clipped_paper_its_absence_is_judged() -> None:
    paper = np.full((HEIGHT, WIDTH, 3), 225, np.uint8)
    paper[70:90, 60:140:6] = 40
    without = np.full_like(paper, 255)  # exposed so brightly that the paper is white
    without[20:40, 20:180:6] = 60  # other print, so that the exposure can be told
    paper[20:40, 20:180:6] = 40
    found = usable(layer(without), [layer(paper)], WHOLE, border=6.0)
    assert found[10:-10, 10:-10].min() == 1.0


def test_without_references_all_of_the_product_is_usable() -> None:
    white = layer(np.full((HEIGHT, WIDTH, 3), 255, np.uint8))
    assert usable(white, [], WHOLE, border=6.0)[10:-10, 10:-10].min() == 1.0
