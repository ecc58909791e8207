"""Beside glare and fingers the head is believed less, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from vision.difference import Answer
from vision.learned import doubted_odds, smooth

SHAPE = (120, 160)
COVER = (slice(40, 80), slice(60, 90))


def _answer(*, cover: float = 0.9) -> Answer:
    rng = np.random.default_rng(2)
    odds = rng.normal(-3, 1, SHAPE).astype(np.float32)
    hidden = np.full(SHAPE, 0.05, np.float32)
    hidden[COVER] = cover
    return Answer(odds, hidden)


@pytest.mark.parametrize(
    ("row", "column", "less"),
    [(60, 75, 2.4), (60, 94, 2.4), (34, 75, 2.4), (60, 101, 1.2), (60, 107, 0.0), (10, 150, 0.0)],
    ids=["under it", "beside it", "above it", "a little away", "away", "far away"],
)
def test_odds_are_less_beside_what_covers(row: int, column: int, less: float) -> None:
    answer = _answer()
    taken = smooth(answer.odds) - doubted_odds(answer)
    assert taken[row, column] == pytest.approx(less, abs=0.2)


@pytest.mark.parametrize("cover", [0.05, 0.3], ids=["nothing", "hardly anything"])
def test_without_a_cover_the_head_is_believed(cover: float) -> None:
    answer = _answer(cover=cover)
    assert (doubted_odds(answer) == smooth(answer.odds)).all()


def test_a_speck_is_no_cover() -> None:
    answer = _answer(cover=0.05)
    answer.hidden[20:22, 30:32] = 0.9
    assert (doubted_odds(answer) == smooth(answer.odds)).all()
