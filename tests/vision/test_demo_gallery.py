"""The demo gallery from end to end: every outcome, and the first region on what was changed.

The suspects are simulated photos of drawn packages, whose truth is in the demo's manifest.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

import vision
from vision import Embedder, Gallery, Inspection, Outcome, ReasonCode, Reference

if TYPE_CHECKING:
    from vision import Box, Vertices

_DEMO = Path(__file__).resolve().parents[2] / "assets" / "demo"
_READ_SIDE = 1600

pytestmark = pytest.mark.timeout(900)  # the first test measures the whole gallery

with (_DEMO / "manifest.csv").open(newline="", encoding="utf-8") as _file:
    _ROWS = list(csv.DictReader(_file))
_SUSPECTS = {Path(row["file"]).stem: row for row in _ROWS if row["role"] == "suspect"}
_PLANTED = [name for name, row in _SUSPECTS.items() if row["box"]]


def _reference(row: dict[str, str]) -> Reference:
    file = _DEMO / row["file"]
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Reference(row["file"], row["product"], row["side"], sha256, str(file))


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    cache = tmp_path_factory.mktemp("demo")
    references = [_reference(row) for row in _ROWS if row["role"] == "reference"]
    gallery = Gallery(references, embedder=Embedder(cache=cache / "models"), cache=cache)
    gallery.calibrate()
    return gallery


@pytest.fixture(scope="module")
def inspected(gallery: Gallery) -> dict[str, Inspection]:
    return {
        name: vision.inspect(vision.read(_DEMO / row["file"], max_side=_READ_SIDE), gallery)
        for name, row in _SUSPECTS.items()
    }


def _read(name: str) -> vision.Photo:
    return vision.read(_DEMO / _SUSPECTS[name]["file"], max_side=_READ_SIDE)


def _box(name: str) -> Box:
    x0, y0, x1, y1 = (float(word) for word in _SUSPECTS[name]["box"].split())
    return x0, y0, x1, y1


def _meets(polygon: Vertices, box: Box) -> bool:
    (x0, y0), (x1, y1) = np.min(polygon, axis=0), np.max(polygon, axis=0)
    return bool(x0 < box[2] and x1 > box[0] and y0 < box[3] and y1 > box[1])


@pytest.mark.parametrize("name", _SUSPECTS)
def test_outcome(inspected: dict[str, Inspection], name: str) -> None:
    assert inspected[name].outcome is Outcome(_SUSPECTS[name]["expected"])


def test_every_outcome_is_reached(inspected: dict[str, Inspection]) -> None:
    assert {inspection.outcome for inspection in inspected.values()} == set(Outcome)


@pytest.mark.parametrize("name", _PLANTED)
def test_first_region_meets_what_was_changed(inspected: dict[str, Inspection], name: str) -> None:
    comparison = inspected[name].comparison
    assert comparison is not None
    assert _meets(comparison.regions[0].polygon, _box(name))


@pytest.mark.parametrize("name", [n for n in _SUSPECTS if "agrees" in n or "differs" in n])
def test_right_product_and_side_is_compared(inspected: dict[str, Inspection], name: str) -> None:
    comparison = inspected[name].comparison
    assert comparison is not None
    row = _SUSPECTS[name]
    assert (comparison.product, comparison.side) == (row["product"], row["side"])
    assert comparison.genuine_pairs == 5
    assert comparison.alignment.overlap > 0.95


def test_two_products_in_one_photo_are_both_named(inspected: dict[str, Inspection]) -> None:
    found = inspected["24_mixed_pair"]
    assert found.reason.code is ReasonCode.TWO_PRODUCTS
    named = {each.product for each in found.candidates if each.verified}
    assert len(named) == 2
    assert _SUSPECTS["24_mixed_pair"]["product"] in named


def test_a_region_chooses_one_of_two_products(
    gallery: Gallery, inspected: dict[str, Inspection]
) -> None:
    photo = _read("24_mixed_pair")
    half = photo.width / 2
    left = vision.search(photo, gallery, region=(0, 0, half, photo.height))
    right = vision.search(photo, gallery, region=(half, 0, photo.width, photo.height))
    firsts = {found[0].product for found in (left, right) if found[0].verified}
    assert firsts == {c.product for c in inspected["24_mixed_pair"].candidates if c.verified}


def test_taken_out_of_the_gallery_nothing_is_verified(gallery: Gallery) -> None:
    for name in ("01_agrees_plain", "04_agrees_glare", "08_differs_moved"):
        product = _SUSPECTS[name]["product"]
        found = vision.search(_read(name), gallery, without_product=product)
        assert not [each.product for each in found if each.verified]


def test_a_named_side_is_compared_whatever_search_says(gallery: Gallery) -> None:
    row = _SUSPECTS["01_agrees_plain"]
    found = vision.inspect(
        _read("01_agrees_plain"), gallery, product=row["product"], side=row["side"]
    )
    assert found.outcome is Outcome.AGREES
    wrong = vision.inspect(_read("01_agrees_plain"), gallery, product="Korbamel 可巴蜜")
    assert wrong.outcome in {Outcome.NOT_IN_GALLERY, Outcome.CANNOT_ALIGN}


def test_the_same_photo_gets_the_same_answer(
    gallery: Gallery, inspected: dict[str, Inspection]
) -> None:
    again = vision.inspect(_read("12_differs_font"), gallery).comparison
    first = inspected["12_differs_font"].comparison
    assert first is not None
    assert again is not None
    assert again.suspicion == first.suspicion
    assert [r.polygon for r in again.regions] == [r.polygon for r in first.regions]


def _in_grey(photo: vision.Photo) -> vision.Photo:
    level = cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY)
    return replace(photo, pixels=np.asarray(cv2.cvtColor(level, cv2.COLOR_GRAY2RGB), np.uint8))


@pytest.mark.parametrize("name", ["01_agrees_plain", "05_agrees_heavy"])
def test_a_genuine_photo_in_black_and_white_agrees(gallery: Gallery, name: str) -> None:
    said = vision.inspect(_in_grey(_read(name)), gallery)
    assert said.outcome is Outcome.AGREES
    assert said.comparison is not None
    assert not said.comparison.regions
    assert said.comparison.colour_judged == 0.0


@pytest.mark.parametrize("name", ["15_differs_missing", "16_differs_logo"])
def test_print_that_differs_is_found_in_black_and_white(gallery: Gallery, name: str) -> None:
    said = vision.inspect(_in_grey(_read(name)), gallery)
    assert said.outcome is Outcome.DIFFERS
    assert said.comparison is not None
    assert _meets(said.comparison.regions[0].polygon, _box(name))
    channels = {region.channel for region in said.comparison.regions}
    assert vision.Channel.COLOUR not in channels


def test_no_reference_shows_a_chart_or_a_grey_card(gallery: Gallery) -> None:
    for product in gallery.products():
        for side in gallery.sides(product):
            placed = gallery.side_model(product, side).placed
            assert [each.layer.light for each in placed] == [None] * len(placed)
