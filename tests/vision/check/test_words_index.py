"""Visual words: the same print has the same words, and rare words say more."""

from __future__ import annotations

import numpy as np
import pytest

from vision.check.words_index import Vocabulary, WordsIndex

_PRINTS, _SHOTS = 6, 3


def _descriptors(seed: int, count: int = 200) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 120, (count, 128)).astype(np.uint8)


def _seen_again(descriptors: np.ndarray, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 4, descriptors.shape)
    return np.clip(descriptors + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def shots() -> list[np.ndarray]:
    """Six prints, three shots of each, one print after the other."""
    return [_seen_again(_descriptors(n // 3), 100 + n) for n in range(_PRINTS * _SHOTS)]


def test_shots_of_one_print_are_more_alike_than_any_others(shots: list[np.ndarray]) -> None:
    vocabulary = Vocabulary(shots)
    index = WordsIndex([vocabulary.words(each) for each in shots], vocabulary.branch**2)
    for place in range(len(shots)):
        likeness = index.likeness(place)
        assert likeness[place] == pytest.approx(1.0)
        order = np.argsort(-likeness)
        assert set(order[:_SHOTS] // _SHOTS) == {place // _SHOTS}


def test_the_same_descriptors_choose_the_same_words(shots: list[np.ndarray]) -> None:
    first, second = Vocabulary(shots), Vocabulary(shots)
    assert np.array_equal(first.words(shots[0]), second.words(shots[0]))


def test_a_word_that_every_picture_shows_says_nothing() -> None:
    index = WordsIndex([np.array([0, 1]), np.array([0, 2]), np.array([0, 3])], 4)
    assert index.likeness(0).tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_a_rarer_word_says_more() -> None:
    shown = [[0, 1], [0], [1], [1], [2]]
    index = WordsIndex([np.array(each) for each in shown], 3)
    _, by_rare, by_common, *_ = index.likeness(0)
    assert by_rare > by_common > 0


def test_pictures_without_features_are_like_nothing() -> None:
    nothing = np.zeros((0, 128), np.uint8)
    vocabulary = Vocabulary([nothing, nothing])
    words = [vocabulary.words(nothing)] * 2
    assert WordsIndex(words, vocabulary.branch**2).likeness(0).tolist() == [0.0, 0.0]
