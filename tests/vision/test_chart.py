"""Charts and grey cards in simulated photos: found where they lie, and the light they tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, photo_of, saved_side, texture
from vision import Gallery
from vision.evidence.chart import COLUMNS, PATCHES, ROWS, find_standard, linear

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 1200, 900
PRODUCT = ((60.0, 60.0), (640.0, 60.0), (640.0, 840.0), (60.0, 840.0))
CHART_AT = np.array([(700, 120), (1120, 120), (1120, 400), (700, 400)], np.float32)
CARD_AT = np.array([(720, 500), (1080, 510), (1070, 800), (715, 780)], np.float32)
Cast = tuple[float, float, float]


def _chart(cell: int = 60, gap: int = 12) -> np.ndarray:
    step = cell + gap
    drawn = np.full((ROWS * step + gap, COLUMNS * step + gap, 3), 30, np.uint8)
    for number, colour in enumerate(PATCHES):
        row, column = divmod(number, COLUMNS)
        y, x = gap + row * step, gap + column * step
        drawn[y : y + cell, x : x + cell] = colour
    return drawn


def _table(product: bool = True) -> np.ndarray:
    scene = (texture(7, WIDTH, HEIGHT) * 0.5 + (60, 45, 30)).astype(np.uint8)
    if product:
        scene[60:840, 60:640] = artwork(1, 580, 780)
    return scene


def _put(scene: np.ndarray, drawn: np.ndarray, corners: np.ndarray) -> np.ndarray:
    high, wide = drawn.shape[:2]
    own = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(own, corners.astype(np.float32))
    laid = cv2.warpPerspective(drawn, matrix, (WIDTH, HEIGHT))
    cover = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, (WIDTH, HEIGHT))
    return np.where(cover[..., None] > 127, laid, scene).astype(np.uint8)


def _lit(scene: np.ndarray, cast: Cast, *, noise: float = 2.0, blur: float = 0.8) -> np.ndarray:
    light = linear((scene / 255.0).astype(np.float32)) * np.array(cast, np.float32)
    curve = np.where(
        light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055
    )
    soft = cv2.GaussianBlur(curve * 255, (0, 0), blur)
    wobble = np.random.default_rng(5).normal(0, noise, soft.shape)
    return np.clip(soft + wobble, 0, 255).astype(np.uint8)


def _card(level: float = 0.18) -> np.ndarray:
    grey = round(255 * (1.055 * level ** (1 / 2.4) - 0.055))
    return np.full((200, 260, 3), grey, np.uint8)


def _ratios(light: Cast) -> np.ndarray:
    return np.array([light[0] / light[1], light[2] / light[1]])


def _turned(corners: np.ndarray, degrees: float) -> np.ndarray:
    centre = corners.mean(axis=0)
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return ((corners - centre) @ np.array([[c, s], [-s, c]]) + centre).astype(np.float32)


@pytest.mark.parametrize("turn", [0.0, 12.0, 90.0, 180.0, -95.0])
@pytest.mark.parametrize("cast", [(1.0, 1.0, 1.0), (0.9, 0.75, 0.5), (0.4, 0.45, 0.6)])
def test_a_chart_is_found_however_it_lies_and_tells_the_light(turn: float, cast: Cast) -> None:
    corners = _turned(CHART_AT, turn)
    taken = _lit(_put(_table(), _chart(), corners), cast)
    found = find_standard(photo_of(taken), PRODUCT)
    assert found is not None
    assert found.kind == "chart"
    assert _ratios(found.light) == pytest.approx(_ratios(cast), rel=0.05)
    assert found.light == pytest.approx(cast, rel=0.08)
    placed = np.array(found.polygon)
    assert placed.mean(axis=0) == pytest.approx(corners.mean(axis=0), abs=8.0)
    for corner in corners:  # the polygon bounds the patches, the chart has an edge besides
        assert np.linalg.norm(placed - corner, axis=1).min() < 30


def test_a_chart_seen_aslant_is_found() -> None:
    aslant = CHART_AT + np.array([(0, 40), (-30, 0), (-60, 20), (30, -10)], np.float32)
    found = find_standard(
        photo_of(_lit(_put(_table(), _chart(), aslant), (0.8, 0.8, 0.6))), PRODUCT
    )
    assert found is not None
    assert found.kind == "chart"
    assert _ratios(found.light) == pytest.approx([1.0, 0.75], rel=0.05)


def test_places_are_in_full_size_pixels() -> None:
    taken = _lit(_put(_table(), _chart(), CHART_AT), (0.9, 0.9, 0.9))
    plain = find_standard(photo_of(taken), PRODUCT)
    large = find_standard(
        photo_of(taken, full_width=2 * WIDTH), tuple((2 * x, 2 * y) for x, y in PRODUCT)
    )
    assert plain is not None
    assert large is not None
    assert np.array(large.polygon) == pytest.approx(2 * np.array(plain.polygon) + 0.5, abs=1.0)


def test_other_colours_in_a_grid_are_no_chart() -> None:
    shuffled = PATCHES[np.random.default_rng(1).permutation(24)]
    step, drawn = 72, np.full((4 * 72 + 12, 6 * 72 + 12, 3), 30, np.uint8)
    for number, colour in enumerate(shuffled):
        y, x = 12 + number // 6 * step, 12 + number % 6 * step
        drawn[y : y + 60, x : x + 60] = colour
    assert (
        find_standard(photo_of(_lit(_put(_table(), drawn, CHART_AT), (1, 1, 1))), PRODUCT) is None
    )


@pytest.mark.parametrize("cast", [(1.0, 1.0, 1.0), (1.2, 1.0, 0.75), (0.5, 0.6, 0.7)])
def test_a_grey_card_beside_the_product_is_found(cast: Cast) -> None:
    found = find_standard(photo_of(_lit(_put(_table(), _card(), CARD_AT), cast)), PRODUCT)
    assert found is not None
    assert found.kind == "grey card"
    assert _ratios(found.light) == pytest.approx(_ratios(cast), rel=0.04)
    assert found.light == pytest.approx(cast, rel=0.08)
    for corner in CARD_AT:
        assert np.linalg.norm(np.array(found.polygon) - corner, axis=1).min() < 12


@pytest.mark.parametrize(
    "colour", [(200, 60, 50), (40, 90, 190), (190, 170, 60), (60, 140, 80), (12, 12, 12)]
)
def test_a_coloured_or_black_sheet_is_no_grey_card(colour: tuple[int, int, int]) -> None:
    sheet = np.full((200, 260, 3), colour, np.uint8)
    taken = _lit(_put(_table(), sheet, CARD_AT), (1.0, 1.0, 1.0))
    assert find_standard(photo_of(taken), PRODUCT) is None


def test_a_grey_sheet_with_print_is_no_grey_card() -> None:
    sheet = _card()
    cv2.putText(sheet, "NOTE 12", (30, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (20, 20, 20), 4)
    taken = _lit(_put(_table(), sheet, CARD_AT), (1.0, 1.0, 1.0))
    assert find_standard(photo_of(taken), PRODUCT) is None


def test_a_card_that_leaves_the_photo_is_not_used() -> None:
    outside = CARD_AT + np.array((200, 0), np.float32)
    taken = _lit(_put(_table(), _card(), outside), (1.0, 1.0, 1.0))
    assert find_standard(photo_of(taken), PRODUCT) is None


def test_print_on_the_product_is_no_standard() -> None:
    scene = _table()
    scene[200:700, 150:550] = 118
    taken = _lit(scene, (1.0, 1.0, 1.0))
    assert find_standard(photo_of(taken), PRODUCT) is None
    assert find_standard(photo_of(taken)) is not None


def test_a_plain_photo_has_none() -> None:
    assert find_standard(photo_of(_lit(_table(), (1.0, 1.0, 1.0))), PRODUCT) is None


def _even_table(colour: tuple[int, int, int]) -> np.ndarray:
    scene = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
    scene[60:840, 60:640] = artwork(1, 580, 780)
    return scene


EVEN = [(235, 235, 235), (90, 70, 50), (40, 40, 40), (60, 110, 80)]


@pytest.mark.parametrize("table", EVEN)
@pytest.mark.parametrize("cast", [(1.0, 1.0, 1.0), (1.0, 0.85, 0.65)])
def test_a_grey_card_on_an_even_table_is_found(table: tuple[int, int, int], cast: Cast) -> None:
    found = find_standard(photo_of(_lit(_put(_even_table(table), _card(), CARD_AT), cast)), PRODUCT)
    assert found is not None
    assert found.kind == "grey card"
    assert found.light == pytest.approx(cast, rel=0.08)
    for corner in CARD_AT:
        assert np.linalg.norm(np.array(found.polygon) - corner, axis=1).min() < 12


@pytest.mark.parametrize("table", EVEN)
def test_a_chart_on_an_even_table_is_found(table: tuple[int, int, int]) -> None:
    scene = _put(_even_table(table), _chart(), _turned(CHART_AT, 7.0))
    found = find_standard(photo_of(_lit(scene, (0.9, 0.8, 0.6))), PRODUCT)
    assert found is not None
    assert found.kind == "chart"
    assert _ratios(found.light) == pytest.approx([0.9 / 0.8, 0.6 / 0.8], rel=0.05)


@pytest.mark.parametrize("table", [*EVEN, (118, 118, 118)])
def test_an_even_table_alone_is_no_standard(table: tuple[int, int, int]) -> None:
    assert find_standard(photo_of(_lit(_even_table(table), (1.0, 1.0, 1.0))), PRODUCT) is None
    ruled = _even_table(table)
    cv2.rectangle(ruled, (680, 300), (1160, 700), (20, 20, 20), 3)  # a hole in it, not a sheet
    cv2.putText(ruled, "NOTE", (760, 540), cv2.FONT_HERSHEY_SIMPLEX, 4.0, (20, 20, 20), 9)
    assert find_standard(photo_of(_lit(ruled, (1.0, 1.0, 1.0))), PRODUCT) is None


def test_a_blank_photo_has_none() -> None:
    assert find_standard(photo_of(np.full((300, 400, 3), 118, np.uint8))) is None
    assert find_standard(photo_of(texture(3, 400, 300))) is None


# on a side


def test_references_with_a_card_know_their_light_also_when_kept(tmp_path: Path) -> None:
    casts: list[Cast] = [(1.0, 1.0, 1.0), (1.0, 0.9, 0.7), (0.7, 0.75, 0.8)]
    scenes = [_lit(_put(_table(), _card(), CARD_AT), cast) for cast in casts]
    known = [replace(r, outline=PRODUCT) for r in saved_side(tmp_path / "gallery", scenes)]
    fresh = Gallery(known, embedder=None, cache=tmp_path / "cache").side_model("tea", "front")
    told = {placed.reference.id: placed.layer.light for placed in fresh.placed}
    for reference, cast in zip(known, casts, strict=True):
        assert told[reference.id] == pytest.approx(cast, rel=0.08)
    again = Gallery(known, embedder=None, cache=tmp_path / "cache").side_model("tea", "front")
    assert {placed.reference.id: placed.layer.light for placed in again.placed} == told


def test_a_reference_without_a_card_knows_no_light(tmp_path: Path) -> None:
    known = saved_side(tmp_path, [_lit(_table(), (1.0, 1.0, 1.0))])
    gallery = Gallery([replace(known[0], outline=PRODUCT)], embedder=None)
    assert gallery.side_model("tea", "front").placed[0].layer.light is None
