from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp

from vision.inspection import Outcome
from vision.simulate import (
    Camera,
    Kind,
    Optics,
    alter,
    draw,
    expose,
    paint,
    photograph,
    sample_camera,
)
from vision.simulate.backs import back
from vision.simulate.brands import CATALOGUE, LAYOUTS, invent_brand
from vision.simulate.codes import ean13_digits, ean13_modules, qr_modules
from vision.simulate.demo_recipes import references, suspects
from vision.simulate.demo_set import COLUMNS, make
from vision.simulate.fonts import missing_fonts
from vision.simulate.layouts import front

DEMO = Path(__file__).parents[2] / "assets" / "demo"
needs_fonts = pytest.mark.skipif(
    bool(missing_fonts()), reason=f"drawing artwork needs fonts that are absent: {missing_fonts()}"
)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def checks(width: int = 300, height: int = 200) -> np.ndarray:
    """A sheet with a white disc on black at each of five known places."""
    pixels = np.full((height, width, 3), 40, np.uint8)
    for x, y in discs(width, height):
        cv2.circle(pixels, (x, y), 9, (255, 255, 255), -1, cv2.LINE_AA)
    return pixels


def discs(width: int = 300, height: int = 200) -> list[tuple[int, int]]:
    x0, x1, y0, y1 = 40, width - 40, 40, height - 40
    return [(x0, y0), (x1, y0), (x0, y1), (x1, y1), (width // 2, height // 2)]


def seen_centre(pixels: np.ndarray, near: np.ndarray, reach: int) -> np.ndarray:
    """The centre of what is bright around a point."""
    x, y = np.round(near).astype(int)
    part = pixels[y - reach : y + reach + 1, x - reach : x + reach + 1, 0].astype(float)
    weight = np.clip(part - 120, 0, None)
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    offset = np.array([(weight * columns).sum(), (weight * rows).sum()]) / weight.sum()
    return np.array([x, y]) + offset


def test_ean_check_digit_is_that_of_the_standard() -> None:
    assert ean13_digits("400638133393") == "4006381333931"
    with pytest.raises(ValueError, match="12 digits"):
        ean13_digits("123")
    with pytest.raises(ValueError, match="check digit"):
        ean13_modules("4006381333932")


def test_drawn_codes_are_read_by_another_program() -> None:
    bars = np.repeat(np.repeat(ean13_modules("4006381333931"), 60, axis=0), 3, axis=1)
    dots = np.kron(qr_modules("https://example.example/7"), np.ones((5, 5))) > 0
    for modules, content in ((bars, "4006381333931"), (dots, "https://example.example/7")):
        grey = np.where(modules, 0, 255).astype(np.uint8)
        assert [found.text for found in zxingcpp.read_barcodes(grey)] == [content]


def test_a_straight_camera_changes_nothing_but_place() -> None:
    art = checks()
    shot = photograph(art, Camera(600, 400, fill=0.5, depth=0.0, clutter=0), rng())
    x0, y0 = shot.to_photo(np.array([[0.0, 0.0]]))[0].round().astype(int)
    assert (x0, y0) == (150, 100)
    same = shot.pixels[y0 : y0 + 200, x0 : x0 + 300].astype(int)
    assert np.abs(same - art)[3:-3, 3:-3].mean() < 1
    assert not shot.hidden.any()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("bend", [0.0, 0.03])
def test_points_of_the_sheet_are_found_where_the_shot_says(seed: int, bend: float) -> None:
    draws = rng(seed)
    camera = Camera(
        900,
        700,
        fill=0.8,
        turn_deg=float(draws.uniform(-90, 90)),
        tilt_x_deg=float(draws.uniform(-15, 15)),
        tilt_y_deg=float(draws.uniform(-15, 15)),
        bend=bend,
        depth=0.0,
    )
    shot = photograph(checks(), camera, draws)
    for told in shot.to_photo(np.array(discs(), float)):
        assert np.hypot(*(seen_centre(shot.pixels, told, 30) - told)) < 1.2


def test_product_spans_the_asked_share_of_the_frame() -> None:
    shot = photograph(checks(), Camera(1000, 500, fill=0.9, turn_deg=10, tilt_y_deg=8), rng())
    corners = shot.to_photo(np.array([[0, 0], [299, 0], [299, 199], [0, 199]], float))
    share = np.ptp(corners, axis=0) / (1000, 500)
    assert share.max() == pytest.approx(0.9, abs=0.01)


def test_neutral_optics_leave_a_scene_as_it_is() -> None:
    scene = rng().integers(0, 256, (60, 80, 3), dtype=np.uint8)
    exposed = expose(scene, Optics(), rng())
    assert np.array_equal(exposed.pixels, scene)
    assert not exposed.hidden.any()


def test_knobs_do_what_they_say() -> None:
    grey = np.full((200, 300, 3), 128, np.uint8)
    assert expose(grey, Optics(stops=-1), rng()).pixels.mean() == pytest.approx(64, abs=1)
    warm = expose(grey, Optics(warmth=0.1), rng()).pixels.mean(axis=(0, 1))
    assert warm == pytest.approx([140.8, 128, 115.2], abs=1.1)
    assert expose(grey, Optics(noise=4), rng()).pixels.std() == pytest.approx(4, rel=0.2)
    edge = np.zeros((200, 300, 3), np.uint8)
    edge[:, 150:] = 255
    for soft in (Optics(defocus=10), Optics(motion=30), Optics(resample=0.3)):
        blurred = expose(edge, soft, rng()).pixels[100, :, 0]
        assert np.ptp(np.diff(blurred.astype(int))) < 200


@pytest.mark.parametrize(
    "optics", [Optics(hard_glare=3), Optics(fingers=2), Optics(soft_glare=1.0), Optics(cables=3)]
)
def test_hidden_is_where_print_cannot_be_seen(optics: Optics) -> None:
    light = rng().integers(0, 256, (300, 400, 3), dtype=np.uint8)
    dark = 255 - light
    one, other = expose(light, optics, rng(5)), expose(dark, optics, rng(5))
    assert np.array_equal(one.hidden, other.hidden)
    assert 0.002 < one.hidden.mean() < 0.7
    apart = np.abs(one.pixels.astype(int) - other.pixels).mean(axis=2)
    was = np.abs(light.astype(int) - dark).mean(axis=2)
    assert (apart[one.hidden] <= 0.35 * was[one.hidden]).all()
    assert np.median(apart[~one.hidden] / np.maximum(was[~one.hidden], 1)) > 0.5


def test_same_seed_same_photo_other_seed_other_photo() -> None:
    camera = sample_camera(rng(3), width=400, height=300, hardness=2)
    assert camera == sample_camera(rng(3), width=400, height=300, hardness=2)
    first, again, other = (photograph(checks(), camera, rng(s)).pixels for s in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@needs_fonts
def test_same_seed_same_artwork() -> None:
    first, again, other = (draw(s, 300) for s in (8, 8, 9))
    assert np.array_equal(first.pixels, again.pixels)
    assert first.pixels.shape != other.pixels.shape or (first.pixels != other.pixels).any()
    assert max(first.pixels.shape[:2]) == 300


@needs_fonts
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_part_has_its_ink_inside_the_sheet(layout: str) -> None:
    brand = replace(invent_brand(rng(4)), layout=layout)
    for sheet in (front(brand), back(brand)):
        art = paint(sheet, 500)
        names = [element.name for element in sheet.elements]
        assert len(set(names)) == len(names)
        for placed in art.elements:
            x0, y0, x1, y1 = placed.box
            assert x1 > x0, placed.element.name
            assert y1 > y0, placed.element.name


@needs_fonts
def test_codes_on_artwork_and_in_a_photo_can_be_read() -> None:
    brand = CATALOGUE[0]
    art = paint(back(brand), 1600)
    wanted = {brand.code, f"https://lanqiao.example/{brand.code[-5:]}"}
    assert {code.text for code in zxingcpp.read_barcodes(art.pixels)} == wanted
    shot = photograph(art.pixels, Camera(1800, 2400, turn_deg=3, tilt_x_deg=4), rng())
    assert {code.text for code in zxingcpp.read_barcodes(shot.pixels)} == wanted


@needs_fonts
@pytest.mark.parametrize("kind", list(Kind))
def test_planted_differences_lie_where_the_mask_says(kind: Kind) -> None:
    art = paint(front(CATALOGUE[5]), 600)
    before = art.pixels.copy()
    altered = alter(art, kind, rng(2))
    assert np.array_equal(art.pixels, before)
    apart = (altered.artwork.pixels != art.pixels).any(axis=2)
    strong = cv2.absdiff(altered.artwork.pixels, art.pixels).max(axis=2) > 12
    assert strong.any()
    assert not (strong & ~altered.mask).any()
    x0, y0, x1, y1 = altered.box
    outside = altered.mask.copy()
    outside[y0:y1, x0:x1] = False
    assert not outside.any()
    inside = altered.mask[y0:y1, x0:x1]
    assert all(edge.any() for edge in (inside[0], inside[-1], inside[:, 0], inside[:, -1]))
    assert apart.mean() < 0.4


@needs_fonts
def test_alterations_can_be_aimed_and_refused() -> None:
    art = paint(front(CATALOGUE[5]), 500)
    assert alter(art, Kind.MISSING, rng(), element="logo").element == "logo"
    named = art.elements[[e.name for e in art.sheet.elements].index("logo")].box
    x0, y0, x1, y1 = alter(art, Kind.MISSING, rng(), element="logo").box
    assert x0 <= named[0] + 2
    assert y0 <= named[1] + 2
    assert x1 >= named[2] - 2
    assert y1 >= named[3] - 2
    with pytest.raises(ValueError, match="nothing can be altered"):
        alter(art, Kind.LOGO, rng(), element="name")


@needs_fonts
def test_bolder_is_more_ink_and_thinner_is_less() -> None:
    art = paint(front(CATALOGUE[1]), 800)
    dark = {}
    for kind in (Kind.BOLDER, Kind.THINNER):
        changed = alter(art, kind, rng(1), element="name" if kind is Kind.BOLDER else "kind")
        x0, y0, x1, y1 = changed.box
        dark[kind] = float(changed.artwork.pixels[y0:y1, x0:x1].mean()) - float(
            art.pixels[y0:y1, x0:x1].mean()
        )
    assert dark[Kind.BOLDER] < -2
    assert dark[Kind.THINNER] > 2


@needs_fonts
def test_box_in_the_photo_holds_the_planted_difference() -> None:
    art = paint(front(CATALOGUE[2]), 700)
    altered = alter(art, Kind.HUE, rng(1), element="logo")
    camera = Camera(500, 660, turn_deg=5, tilt_y_deg=10, depth=0.0, bend=0.01)
    plain = photograph(art.pixels, camera, rng(4))
    changed = photograph(altered.artwork.pixels, camera, rng(4))
    x0, y0, x1, y1 = changed.box_of(altered.mask)
    apart = np.abs(plain.pixels.astype(int) - changed.pixels).max(axis=2) > 10
    total = apart.sum()
    assert total > 100
    assert apart[y0:y1, x0:x1].sum() == total


def manifest() -> list[dict[str, str]]:
    with (DEMO / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_demo_pictures_are_those_of_the_recipes_and_small() -> None:
    rows = manifest()
    recipes = (*references(), *suspects())
    assert [row["file"] for row in rows] == [recipe.file for recipe in recipes]
    assert all((DEMO / row["file"]).is_file() for row in rows)
    assert sum(f.stat().st_size for f in DEMO.rglob("*") if f.is_file()) <= 12_000_000
    assert tuple(rows[0]) == COLUMNS


def test_demo_covers_every_outcome() -> None:
    rows = manifest()
    judged = [row for row in rows if row["role"] == "suspect"]
    assert len(judged) == 24
    assert {row["expected"] for row in judged} == set(Outcome)
    assert {r.kind for r in suspects() if r.kind} == set(Kind)
    sides: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["role"] == "reference":
            key = (row["product"], row["side"])
            sides[key] = sides.get(key, 0) + 1
    full = {product for (product, _), n in sides.items() if n >= 5}
    assert sum((p, "front") in sides and (p, "back") in sides for p in full) >= 8
    for row in judged:
        known = sides.get((row["product"], row["side"]), 0)
        assert (known == 0) == (row["expected"] == Outcome.NOT_IN_GALLERY)
        assert (0 < known < 3) == (row["expected"] == Outcome.GALLERY_TOO_THIN)
        assert bool(row["box"]) == (row["expected"] == Outcome.DIFFERS)


def test_one_suspect_has_twelve_megapixels() -> None:
    shapes = {
        row["file"]: cv2.imread(str(DEMO / row["file"])).shape
        for row in manifest()
        if row["file"].endswith("large.jpg")
    }
    assert list(shapes.values()) == [(3000, 4000, 3)]


@needs_fonts
def test_making_the_demo_again_gives_the_committed_pictures(tmp_path: Path) -> None:
    chosen = [references()[12], references()[-1], suspects()[7], suspects()[-1]]
    make(tmp_path, chosen)
    with (tmp_path / "manifest.csv").open(newline="", encoding="utf-8") as file:
        made = list(csv.DictReader(file))
    committed = {row["file"]: row for row in manifest()}
    for row in made:
        assert row == committed[row["file"]]
        one, other = (cv2.imread(str(d / row["file"])).astype(int) for d in (tmp_path, DEMO))
        assert np.abs(one - other).mean() < 1.5, row["file"]


def test_words_stand_in_the_same_place_at_every_size() -> None:
    sheet = back(CATALOGUE[1])
    small, large = paint(sheet, 600), paint(sheet, 2400)
    reduced = cv2.resize(large.pixels, small.pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    miss = np.abs(reduced.astype(int) - small.pixels).max(axis=2)
    assert np.percentile(miss, 99.9) <= 40
    for one, two in zip(small.elements, large.elements, strict=True):
        assert np.allclose(np.array(one.box), np.array(two.box) / 4, atol=1.1)
