"""A gallery of many references searches by an index on disk, and finds what the exact one finds."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

import vision
from tests.vision.test_word_index import NONE
from vision import Gallery, Reference, gallery
from vision.features import local_features

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 12


@pytest.fixture
def references(tmp_path: Path) -> list[Reference]:
    """Pictures of blocks, each of its own."""
    made = []
    for number in range(COUNT):
        blocks = np.random.default_rng(number).integers(0, 256, (12, 16, 3), dtype=np.uint8)
        file = tmp_path / f"{number}.png"
        Image.fromarray(np.kron(blocks, np.ones((16, 16, 1), np.uint8))).save(file)
        sha256 = vision.read(file).sha256
        made.append(Reference(f"r{number}", f"P{number}", "front", sha256, str(file)))
    return made


@pytest.fixture(autouse=True)
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few references count as many."""
    monkeypatch.setattr(gallery, "FROM", 4)


def first(opened: Gallery, reference: Reference) -> str:
    photo = vision.read(reference.path)
    found = opened.nearest(local_features(photo.pixels), NONE)
    return found[0].product if found else ""


def test_each_is_found_first(references: list[Reference], tmp_path: Path) -> None:
    opened = Gallery(references, cache=tmp_path / "cache")
    assert [first(opened, each) for each in references] == [each.product for each in references]
    assert (tmp_path / "cache" / "words").is_dir()


def test_what_is_indexed_is_not_read_again(references: list[Reference], tmp_path: Path) -> None:
    told = list(Gallery(references, cache=tmp_path / "cache").get_ready())
    assert told[-1] == (COUNT, COUNT)
    again = Gallery(references, cache=tmp_path / "cache")
    shutil.rmtree(tmp_path / "cache" / "features")
    for each in references:
        (tmp_path / each.path).unlink()
    assert list(again.get_ready()) == []


def test_one_that_is_added_is_found_at_once(references: list[Reference], tmp_path: Path) -> None:
    opened = Gallery(references[:-1], cache=tmp_path / "cache")
    assert first(opened, references[0]) == "P0"
    opened.add(references[-1])
    assert len(list(opened.get_ready())) == 1, "only the new one is read"
    assert first(opened, references[-1]) == references[-1].product


def test_one_that_is_dropped_is_not_found(references: list[Reference], tmp_path: Path) -> None:
    opened = Gallery(references, cache=tmp_path / "cache")
    assert first(opened, references[3]) == "P3"
    opened.drop("r3")
    assert first(opened, references[3]) != "P3"


def test_a_product_is_left_out_as_if_it_were_not_there(
    references: list[Reference], tmp_path: Path
) -> None:
    opened = Gallery(references, cache=tmp_path / "cache")
    local = local_features(vision.read(references[5].path).pixels)
    found = opened.nearest(local, NONE, without_product="P5")
    assert "P5" not in [each.product for each in found]


def test_one_picture_under_two_sides_stands_for_both(
    references: list[Reference], tmp_path: Path
) -> None:
    twin = replace(references[2], id="twin", product="Other")
    opened = Gallery([*references, twin], cache=tmp_path / "cache")
    local = local_features(vision.read(twin.path).pixels)
    assert {"P2", "Other"} <= {each.product for each in opened.nearest(local, NONE)[:2]}


def test_the_cache_may_be_deleted_at_any_time(references: list[Reference], tmp_path: Path) -> None:
    opened = Gallery(references, cache=tmp_path / "cache")
    assert first(opened, references[1]) == "P1"
    shutil.rmtree(tmp_path / "cache")
    opened.add(replace(references[1], id="again"))
    assert first(Gallery(references, cache=tmp_path / "cache"), references[1]) == "P1"


def test_an_unreadable_picture_is_passed_over(references: list[Reference], tmp_path: Path) -> None:
    (tmp_path / "4.png").write_bytes(b"not a picture")
    opened = Gallery(references, cache=tmp_path / "cache")
    assert first(opened, references[6]) == "P6"
    assert list(opened.get_ready()) == [], "it is not tried again and again"
