"""The truth of the simulated set is true: where a twin differs, and nowhere else."""

from __future__ import annotations

import csv
from collections import Counter

import cv2
import numpy as np
import pytest

from tests.benchmarks import simulated_set
from tests.benchmarks.simulated_set import FIRST_SEED, Recipe, plant, take, write, write_product
from vision.simulate import Kind, draw
from vision.simulate.fonts import missing_fonts

RECIPE = Recipe(products=1, shots=2, references=2)
SIZE = 600


@pytest.fixture(scope="module", autouse=True)
def _fonts():
    if missing_fonts():
        pytest.skip(f"drawing artwork needs fonts that are absent: {missing_fonts()}")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("set")
    return write(folder, RECIPE)


@pytest.fixture(scope="module")
def rows(written):
    with written.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def picture(written, row):
    return cv2.imread(str(written.parent / row["file"]))


def test_every_photo_is_there_with_its_role(written, rows):
    assert Counter((row["role"], row["label"]) for row in rows) == {
        ("reference", "genuine"): 2,
        ("query", "genuine"): 2,
        ("query", "counterfeit"): 2,
    }
    assert {row["set"] for row in rows} == {"simulated_flat"}
    assert all(picture(written, row) is not None for row in rows)


def test_a_twin_differs_in_its_box_and_nowhere_else(written, rows):
    altered = [row for row in rows if row["label"] == "counterfeit"]
    by_file = {row["file"]: row for row in rows}
    for row in altered:
        stem, kind = row["file"].removesuffix(".jpg").rsplit("_", 1)
        assert row["notes"].startswith(f"planted {kind};")
        twin = by_file[stem + ".jpg"]
        apart = cv2.absdiff(picture(written, row), picture(written, twin)).max(axis=2) > 40
        x0, y0, x1, y1 = (int(v) for v in row["region"].split())
        near = np.zeros(apart.shape, bool)
        near[max(0, y0 - 8) : y1 + 8, max(0, x0 - 8) : x1 + 8] = True  # a JPEG block
        assert apart[near].any(), row
        assert not apart[~near].any(), row


def test_references_and_queries_are_different_photos(written, rows):
    genuine = [picture(written, row) for row in rows if row["label"] == "genuine"]
    for number, one in enumerate(genuine):
        for two in genuine[number + 1 :]:
            assert np.abs(one.astype(float) - two).mean() > 5


def test_the_same_recipe_gives_the_same_photos(written, rows, tmp_path):
    (tmp_path / "images").mkdir()
    again = write_product(tmp_path, RECIPE, 0)
    assert [tuple(row.values()) for row in rows] == again
    for row in rows:
        assert (tmp_path / row["file"]).read_bytes() == (written.parent / row["file"]).read_bytes()


def test_a_folder_keeps_its_set(written, monkeypatch):
    def fail(*_):
        raise AssertionError("nothing is to be written")

    monkeypatch.setattr(simulated_set, "write_product", fail)
    assert write(written.parent, RECIPE) == written
    with pytest.raises(ValueError, match="holds another set"):
        write(written.parent, Recipe(products=1, shots=3, references=2))


def test_training_never_draws_these_seeds():
    with pytest.raises(ValueError, match=f"from {FIRST_SEED} on, found 999999"):
        Recipe(products=1, shots=1, seed=999_999)
    with pytest.raises(ValueError, match="found 'folded'"):
        Recipe(products=1, shots=1, bend="folded")


def test_kinds_come_evenly_over_products():
    recipe = Recipe(products=3, shots=6)
    kinds = Counter()
    for number in range(3):
        found = plant(draw(recipe.seed + number, SIZE), recipe, number)
        assert len({each.kind for each in found}) == 6  # none twice before all were used
        kinds.update(each.kind for each in found)
    assert set(kinds) == set(Kind)
    assert max(kinds.values()) - min(kinds.values()) <= 1


def test_what_is_planted_can_be_seen_in_the_print():
    artwork = draw(FIRST_SEED, SIZE)
    for each in plant(artwork, Recipe(products=1, shots=9), 0):
        apart = cv2.absdiff(each.artwork.pixels, artwork.pixels).max(axis=2) > 30
        assert apart.sum() >= 60
        assert not (apart & ~each.mask).any()


@pytest.mark.parametrize(("bend", "is_bent"), [("flat", False), ("bending", True)])
def test_only_a_bending_set_bends(bend, is_bent):
    recipe = Recipe(products=1, shots=1, bend=bend)
    printed = np.full((300, 400, 3), 200, np.uint8)
    shots = [take(printed, recipe, (1, 0, number)) for number in range(3)]
    assert all(bool(shot.waves.size) == is_bent for shot in shots)
    grid = np.array([(x, y) for x in (0.0, 200.0, 399.0) for y in (0.0, 150.0, 299.0)])
    for shot in shots:
        flat = np.column_stack([grid, np.ones(9)]) @ shot.matrix.T
        moved = np.linalg.norm(shot.to_photo(grid) - flat[:, :2] / flat[:, 2:], axis=1).max()
        assert moved < 60  # gentle: of 1000 pixels
        assert (moved > 1) == is_bent
