"""Scores: suspicion and similarity of evidence whose values are known, and the limit of a side."""

from __future__ import annotations

import numpy as np
import pytest

from tests.vision.samples import channel_maps
from vision.score import FEWEST_REFERENCES, LIMIT, limit_of, score
from vision.spread import ChannelMaps, Evidence

SHAPE = (100, 100)


def _evidence(
    total: np.ndarray, *, seen: np.ndarray | None = None, maps: ChannelMaps | None = None
):
    return Evidence(
        maps or channel_maps(total.shape),
        np.ones(total.shape, np.float32) if seen is None else seen,
        total.astype(np.float32),
    )


def test_where_nothing_could_be_judged_nothing_is_claimed() -> None:
    hidden = np.zeros(SHAPE, np.float32)
    assert score(_evidence(np.ones(SHAPE), seen=hidden)) == (0.0, 0.0)


def test_equal_pictures_are_alike_and_not_suspicious() -> None:
    assert score(_evidence(np.zeros(SHAPE))) == (0.0, 1.0)


def test_even_evidence_is_its_own_suspicion() -> None:
    suspicion, _ = score(_evidence(np.full(SHAPE, 0.37)))
    assert suspicion == pytest.approx(0.37)


def test_suspicion_lies_among_the_strongest_of_known_values() -> None:
    ramp = np.random.default_rng(1).permutation(np.linspace(0, 1, 10_000)).reshape(SHAPE)
    suspicion, _ = score(_evidence(ramp))
    assert np.percentile(ramp, 95) < suspicion < 1.0


def test_a_single_place_among_many_is_not_the_suspicion() -> None:
    """One loud pixel of ten thousand is noise; a patch of two hundred is a difference."""
    pixel, patch = np.zeros(SHAPE), np.zeros(SHAPE)
    pixel[50, 50] = 1.5
    patch[40:54, 40:54] = 1.5
    assert score(_evidence(pixel))[0] < 0.3
    assert score(_evidence(patch))[0] == pytest.approx(1.5)


def test_a_louder_patch_is_more_suspicious() -> None:
    found = []
    for value in (0.2, 0.5, 0.9, 1.4):
        total = np.full(SHAPE, 0.1)
        total[30:50, 30:50] = value
        found.append(score(_evidence(total))[0])
    assert found == sorted(set(found))


def test_what_was_not_judged_raises_no_suspicion() -> None:
    total, seen = np.full(SHAPE, 0.1), np.ones(SHAPE, np.float32)
    total[:50], seen[:50] = 5.0, 0.1
    assert score(_evidence(total, seen=seen))[0] == pytest.approx(0.1)


def test_similarity_falls_by_the_mean_share_that_differs() -> None:
    maps = channel_maps(SHAPE, structure=0.5, features=0.1)
    assert score(_evidence(np.zeros(SHAPE), maps=maps))[1] == pytest.approx(0.7)
    maps.structure[:, 50:] = 0.0
    assert score(_evidence(np.zeros(SHAPE), maps=maps))[1] == pytest.approx(0.825)


def test_similarity_stays_within_nought_and_one() -> None:
    maps = channel_maps(SHAPE, structure=1.9, features=1.0)
    assert score(_evidence(np.ones(SHAPE), maps=maps))[1] == pytest.approx(0.0)


def test_similarity_is_of_judged_places_only() -> None:
    maps, seen = channel_maps(SHAPE), np.ones(SHAPE, np.float32)
    maps.structure[:20], seen[:20] = 1.0, 0.0
    assert score(_evidence(np.zeros(SHAPE), seen=seen, maps=maps))[1] == pytest.approx(1.0)


def _genuine(*suspicions: float) -> list[tuple[float, float]]:
    return [(suspicion, 0.9) for suspicion in suspicions]


@pytest.mark.parametrize("count", range(FEWEST_REFERENCES))
def test_few_references_tell_no_limit_of_their_own(count: int) -> None:
    assert limit_of(_genuine(*[0.01] * count)) == LIMIT


def test_references_that_differ_much_never_raise_the_limit() -> None:
    assert limit_of(_genuine(3.0, 4.0, 5.0, 6.0)) == LIMIT


def test_references_that_agree_lower_the_limit_but_not_to_nothing() -> None:
    alike, less = limit_of(_genuine(0.0, 0.0, 0.0)), limit_of(_genuine(0.5, 0.5, 0.5))
    assert 0.2 < alike < less <= LIMIT


def test_the_limit_lies_above_what_genuine_photos_show() -> None:
    shown = [0.31, 0.38, 0.33, 0.40]
    assert limit_of(_genuine(*shown)) > max(shown)


def test_one_odd_reference_does_not_blind_the_side() -> None:
    assert limit_of(_genuine(0.2, 0.2, 0.2, 5.0)) == limit_of(_genuine(0.2, 0.2, 0.2, 0.2))


def test_order_of_references_does_not_matter() -> None:
    assert limit_of(_genuine(0.5, 0.3, 0.4)) == limit_of(_genuine(0.3, 0.4, 0.5))
