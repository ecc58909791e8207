"""Visual words: a shortlist of the pictures of a large gallery that look like one of them.

Exact search compares every descriptor with every other, which 30,000 references do not allow.
Here each descriptor becomes one of many words, and only pictures that share rare words are looked
at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Descriptors = NDArray[np.uint8]
    Words = NDArray[np.int32]

_SEED = 11
_SAMPLE = 200_000  # descriptors from which words are chosen
_PER_WORD = 12  # descriptors of the gallery for each word
_FEWEST, _MOST = 8, 256  # words of either level
_ROUNDS = 3  # in which the coarse words move to the middle of what is theirs


class Vocabulary:
    """Words of two levels, chosen from the descriptors that a gallery has.

    Args:
        parts: (N, 128) uint8 each, the descriptors of some pictures.
        times: how many times as many pictures the gallery has.

    Source: Nister and Stewenius, Scalable Recognition with a Vocabulary Tree, CVPR 2006.
    """

    def __init__(self, parts: Sequence[Descriptors], *, times: int = 1) -> None:
        rng = np.random.default_rng(_SEED)
        total = sum(len(part) for part in parts)
        share = min(1.0, _SAMPLE / max(1, total))
        drawn = [part[rng.random(len(part)) < share] for part in parts]
        sample = np.concatenate([*drawn, np.zeros((0, 128), np.uint8)]).astype(np.float32)
        branch = int(np.clip(np.sqrt(max(1, total * times) / _PER_WORD), _FEWEST, _MOST))
        self.branch = branch
        self._coarse = _coarse_words(sample, branch, rng)
        self._fine = _fine_words(sample, self._coarse, branch, rng)

    def words(self, descriptors: Descriptors) -> Words:
        """Return the word of each descriptor, (N,)."""
        values = descriptors.astype(np.float32)
        found = np.zeros(len(values), np.int32)
        if not len(values):
            return found
        group = _nearest(values, self._coarse)
        for number in np.unique(group):
            own = group == number
            found[own] = number * self.branch + _nearest(values[own], self._fine[number])
        return found


class WordsIndex:
    """The pictures of a gallery by the words that they show.

    Args:
        words: (N,) the words of each picture.
        size: how many words there are.

    Source: Sivic and Zisserman, Video Google, ICCV 2003 (tf-idf over an inverted file).
    """

    def __init__(self, words: Sequence[Words], size: int) -> None:
        self._words = [np.unique(each) for each in words]
        counts = np.array([len(each) for each in self._words], np.int64)
        shown = np.concatenate([*self._words, np.zeros(0, np.int32)])
        owner = np.repeat(np.arange(len(words)), counts)
        order = np.argsort(shown, kind="stable")
        self._owner = owner[order]
        self._starts = np.searchsorted(shown[order], np.arange(size + 1))
        often = np.diff(self._starts)
        self._weight = np.log(max(2, len(words)) / np.maximum(often, 1)).clip(0.0) ** 2
        self._norm = np.sqrt([max(1e-6, self._weight[each].sum()) for each in self._words])

    def likeness(self, place: int) -> NDArray[np.float64]:
        """Return how much each picture shares with one of them, (M,); 1 for itself."""
        own = self._words[place]
        runs = [slice(self._starts[word], self._starts[word + 1]) for word in own]
        if not runs:
            return np.zeros(len(self._words))
        owners = np.concatenate([self._owner[run] for run in runs])
        weights = np.repeat(self._weight[own], [run.stop - run.start for run in runs])
        shared = np.bincount(owners, weights, minlength=len(self._words))
        return np.asarray(shared / (self._norm * self._norm[place]), np.float64)


def _coarse_words(
    sample: NDArray[np.float32], branch: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    if not len(sample):
        return np.zeros((1, 128), np.float32)
    words = sample[rng.choice(len(sample), min(branch, len(sample)), replace=False)]
    for _ in range(_ROUNDS):
        group = _nearest(sample, words)
        for number in np.unique(group):
            words[number] = sample[group == number].mean(axis=0)
    return words


def _fine_words(
    sample: NDArray[np.float32],
    coarse: NDArray[np.float32],
    branch: int,
    rng: np.random.Generator,
) -> list[NDArray[np.float32]]:
    """Within each coarse word, descriptors drawn at random: with many words as good as means."""
    if not len(sample):
        return [coarse[:1]]
    group = _nearest(sample, coarse)
    found = []
    for number in range(len(coarse)):
        own = np.flatnonzero(group == number)
        if len(own) > branch:
            own = rng.choice(own, branch, replace=False)
        found.append(sample[own] if len(own) else coarse[number : number + 1])
    return found


def _nearest(values: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return which of the words is nearest to each value, a block at a time to bound memory."""
    half = 0.5 * (words * words).sum(axis=1)
    blocks = range(0, len(values), 16384)
    found = [(values[b : b + 16384] @ words.T - half).argmax(axis=1) for b in blocks]
    return np.concatenate(found) if found else np.zeros(0, np.intp)
