"""What the head learns from tells the truth about itself."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vision.simulate.edits import EDIT_KINDS, edit
from vision.simulate.pages import PageMaker, altered_page
from vision.simulate.twins import MARGIN, lesson
from vision.simulate.wording import is_chinese, one_letter, reworded

SIZE = 128


@pytest.fixture(scope="module")
def photos() -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    rough = [rng.integers(0, 256, (12, 12, 3), dtype=np.uint8) for _ in range(3)]
    return [cv2.resize(each, (400, 400), interpolation=cv2.INTER_CUBIC) for each in rough]


@pytest.fixture(scope="module")
def maker(photos: list[np.ndarray]) -> PageMaker:
    return PageMaker(photos, [], size=SIZE + 2 * MARGIN)


@pytest.mark.parametrize("seed", range(6))
def test_twins_differ_only_where_the_truth_says(maker: PageMaker, seed: int) -> None:
    made = lesson(maker, np.random.default_rng(seed), size=SIZE, references=2)
    apart = np.abs(made.altered.astype(int) - made.genuine).max(axis=2)
    far = cv2.dilate((made.different > 0.02).astype(np.uint8), np.ones((41, 41))) == 0
    assert made.references.shape == (2, SIZE, SIZE, 3)
    assert made.seen.shape == (3, SIZE, SIZE)
    assert made.different.max() > 0.5 or made.hidden.max() > 0.5 or apart.max() < 30
    assert np.percentile(apart[far], 99) <= 12 if far.any() else True  # what JPEG carries over


def test_the_same_seed_makes_the_same_lesson(photos: list[np.ndarray]) -> None:
    both = [
        lesson(
            PageMaker(photos, [], size=SIZE + 2 * MARGIN),
            np.random.default_rng(3),
            size=SIZE,
            references=1,
        )
        for _ in range(2)
    ]
    assert np.array_equal(both[0].altered, both[1].altered)
    assert np.array_equal(both[0].hidden, both[1].hidden)
    assert both[0].kind == both[1].kind


@pytest.mark.parametrize("kind", EDIT_KINDS)
def test_an_edit_changes_pixels_inside_its_mask_alone(
    maker: PageMaker, photos: list[np.ndarray], kind: str
) -> None:
    rng = np.random.default_rng(11)
    found = None
    for _ in range(12):
        page = maker.page(rng, within=(60, 60, 140, 140)).composed()
        found = edit(page, rng, within=(60, 60, 140, 140), other=maker.photo(rng), kind=kind)
        if found is not None:
            break
    assert found is not None
    assert found.kind == kind
    apart = np.abs(found.pixels.astype(int) - page).max(axis=2)
    assert apart[found.mask > 0].max() > 10
    assert apart[found.mask == 0].max() <= 10


def test_an_altered_page_has_its_middle_within(maker: PageMaker) -> None:
    rng = np.random.default_rng(2)
    within = (70, 70, 130, 130)
    pages = [maker.page(rng, within=within) for _ in range(8)]
    found = [altered_page(page, maker, rng, within=within) for page in pages]
    masks = [each.mask for each in found if each is not None]
    assert len(masks) >= 4
    for mask in masks:
        ys, xs = np.nonzero(mask)
        assert xs.min() < 130 + 70
        assert xs.max() > 70 - 70
        assert len(ys) >= 24


def test_words_change_by_one_letter_of_the_same_kind() -> None:
    rng = np.random.default_rng(1)
    for words in ("Vitamin C 500", "净含量 250"):
        changed = {one_letter(words, rng) for _ in range(60)} - {words}
        for each in changed:
            differing = [(a, b) for a, b in zip(words, each, strict=True) if a != b]
            assert len(differing) == 1
            [(old, new)] = differing
            assert old.isdigit() == new.isdigit()
            assert is_chinese(old) == is_chinese(new)
        assert len(changed) > 10


def test_a_serial_number_varies_in_its_digits_alone() -> None:
    rng = np.random.default_rng(1)
    varied = {reworded("LOT 4711", rng) for _ in range(20)}
    assert len(varied) > 10
    assert all(each.startswith("LOT ") and each[4:].isdigit() for each in varied)
