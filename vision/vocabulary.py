"""Visual words: descriptors in groups of alike ones, and a short signature of each in its group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORDS = 2048
_ROUNDS = 6
_SEED = 20260101
_BITS = 64
_AT_ONCE = 8192  # descriptors that are compared with all words at once, to bound memory


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """`words` (W, 128) float32 are the middles of the groups, `planes` (64, 128) cut each of them.

    A signature is which side of each plane through the middle of its word a descriptor lies.

    Source: Jégou, Douze and Schmid, Hamming embedding and weak geometric consistency, ECCV 2008.
    """

    words: NDArray[np.float32]
    planes: NDArray[np.float32]

    def nearest(self, descriptors: NDArray[np.uint8], count: int) -> NDArray[np.intp]:
        """Return the `count` nearest words of each descriptor, (N, count), the nearest first."""
        found = np.empty((len(descriptors), count), np.intp)
        halves = (self.words**2).sum(axis=1) / 2
        for start in range(0, len(descriptors), _AT_ONCE):
            part = descriptors[start : start + _AT_ONCE].astype(np.float32)
            near = part @ self.words.T - halves
            if count == 1:
                found[start : start + len(part), 0] = near.argmax(axis=1)
                continue
            best = np.argpartition(-near, count - 1, axis=1)[:, :count]
            order = np.argsort(-np.take_along_axis(near, best, axis=1), axis=1)
            found[start : start + len(part)] = np.take_along_axis(best, order, axis=1)
        return found

    def signatures(
        self, descriptors: NDArray[np.uint8], words: NDArray[np.intp]
    ) -> NDArray[np.uint64]:
        """Return the signature of each descriptor (N, 128) in the word (N,) it is looked for in."""
        sides = descriptors.astype(np.float32) @ self.planes.T
        sides -= (self.words @ self.planes.T)[words]
        packed = np.packbits(sides > 0, axis=1)
        return np.ascontiguousarray(packed).view(np.uint64)[:, 0]


def learned_vocabulary(descriptors: NDArray[np.uint8]) -> Vocabulary:
    """Group descriptors by Lloyd's algorithm, the same way each time.

    Args:
        descriptors: (N, 128) a sample of those to be found, better 20 or more a word.

    Returns:
        At most `WORDS` words, fewer where there are fewer descriptors.

    Source: Sivic and Zisserman, Video Google, ICCV 2003.
    """
    random = np.random.default_rng(_SEED)
    count = max(1, min(WORDS, len(descriptors)))
    sample = descriptors.astype(np.float32)
    words = sample[np.sort(random.permutation(len(sample))[:count])].copy()
    planes = np.linalg.qr(random.standard_normal((128, 128)))[0][:_BITS].astype(np.float32)
    for _ in range(_ROUNDS):
        owner = Vocabulary(words, planes).nearest(descriptors, 1)[:, 0]
        order = np.argsort(owner, kind="stable")
        sizes = np.bincount(owner, minlength=count)
        filled = sizes > 0
        starts = (np.cumsum(sizes) - sizes)[filled]
        words[filled] = np.add.reduceat(sample[order], starts, axis=0) / sizes[filled, None]
    return Vocabulary(words, planes)
