"""The head that is shipped: on simulated twins it never saw, it tells what its card promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from vision import Embedder
from vision.learned import smooth
from vision.simulate.fonts import missing_fonts
from vision.simulate.pages import PageMaker
from vision.simulate.twins import MARGIN, Lesson, lesson

if TYPE_CHECKING:
    from vision.difference import Answer, Differ

SIZE = 256
SEEDS = range(70_000_001, 70_000_015)  # of pages that no training used


@pytest.fixture(scope="module")
def differ() -> Differ:
    found = Embedder().differ
    assert found is not None
    return found


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    if missing_fonts():
        pytest.skip(f"drawing pages needs fonts that are absent: {missing_fonts()}")
    rng = np.random.default_rng(7)
    rough = [rng.integers(0, 256, (9, 9, 3), dtype=np.uint8) for _ in range(3)]
    photos = [cv2.resize(each, (500, 500), interpolation=cv2.INTER_CUBIC) for each in rough]
    maker = PageMaker(photos, [], size=SIZE + 2 * MARGIN)
    return [lesson(maker, np.random.default_rng(s), size=SIZE, references=3) for s in SEEDS]


def _answers(differ: Differ, made: Lesson) -> tuple[Answer, Answer]:
    """Of the genuine photo and of its altered twin."""
    *seen, own = made.seen.astype(bool)
    references = [differ.encode(p, s) for p, s in zip(made.references, seen, strict=True)]
    photos = (made.genuine, made.altered)
    genuine, altered = (differ.compare(differ.encode(each, own), references) for each in photos)
    return genuine, altered


def test_altered_twins_stand_above_genuine_ones(differ: Differ, lessons: list[Lesson]) -> None:
    won, hit, count = 0, 0, 0
    for made in lessons:
        clear = made.different * (1 - made.hidden) > 0.7
        if clear.sum() < 60:  # the alteration can hardly be seen
            continue
        seen = made.seen[-1] > 0
        odds = [np.where(seen, smooth(each.odds), -12.0) for each in _answers(differ, made)]
        genuine, altered = (np.sort(each.ravel())[-300:].mean() for each in odds)
        near = cv2.dilate(clear.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        count += 1
        won += int(altered > genuine)
        hit += int(near[np.unravel_index(odds[1].argmax(), near.shape)])
    assert count >= 8
    assert won >= 0.7 * count
    assert hit >= 0.5 * count


def test_clean_print_is_judged(differ: Differ) -> None:
    """Refusing to judge is no way to be right: in good photos nearly everything is judged."""
    rng = np.random.default_rng(3)
    page = cv2.resize(rng.integers(0, 256, (40, 40, 3), dtype=np.uint8), (SIZE, SIZE))
    whole = np.ones((SIZE, SIZE), bool)
    shots = [np.clip(page + rng.normal(0, 2, page.shape), 0, 255).astype(np.uint8) for _ in "abcd"]
    photo, *others = (differ.encode(each, whole) for each in shots)
    answer = differ.compare(photo, others)
    assert (answer.hidden > 0.5).mean() < 0.10
    assert answer.odds.max() < 0.0


def test_what_nothing_can_be_seen_of_is_not_judged(differ: Differ) -> None:
    """A finger on the print is neither the same nor another print."""
    rng = np.random.default_rng(4)
    page = cv2.resize(rng.integers(0, 256, (40, 40, 3), dtype=np.uint8), (SIZE, SIZE))
    whole = np.ones((SIZE, SIZE), bool)
    shots = [np.clip(page + rng.normal(0, 2, page.shape), 0, 255).astype(np.uint8) for _ in "abcd"]
    cv2.circle(shots[0], (SIZE // 2, SIZE), 60, (190, 140, 115), -1, cv2.LINE_AA)
    photo, *others = (differ.encode(each, whole) for each in shots)
    answer = differ.compare(photo, others)
    assert answer.hidden[SIZE - 30 : SIZE - 5, 110:146].mean() > 0.5
    assert answer.hidden[:120].mean() < 0.10
