"""The indexed descriptors of all references side by side, voting for what a photo shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.dots import dots
from vision.features import DESCRIPTOR_UNIT, LocalFeatures, ReferenceFeatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from vision.terms import Reference

INDEXED = 400  # descriptors of a reference that vote
_BACKGROUND = 10  # rank whose likeness counts as chance
_BLOCK = 1600


class DescriptorIndex:
    """The indexed descriptors of all references side by side."""

    def __init__(self, known: Sequence[tuple[Reference, ReferenceFeatures]]) -> None:
        usable = [(r, f) for r, f in known if len(f.local) >= 4]
        self.references = tuple(r for r, _ in usable)
        parts = [f.local.first(INDEXED).descriptors for _, f in usable]
        counts = [len(part) for part in parts]
        self._starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        self._descriptors = np.concatenate(parts) if parts else np.empty((0, 128), np.uint8)
        self._vectors = [f.vectors for _, f in usable]

    def votes(self, local: LocalFeatures) -> NDArray[np.float32]:
        """Sum, over the photo's descriptors, how much nearer each reference is than chance."""
        count = len(self.references)
        asked = local.first(700).descriptors
        if not len(asked):
            return np.zeros(count, np.float32)
        best = self._best(asked)
        distance = 2.0 - best * np.float32(2.0 / DESCRIPTOR_UNIT**2)
        rank = min(_BACKGROUND, count - 1)
        if rank < 1:
            chance = np.full((len(asked), 1), 0.6, np.float32)
        else:
            chance = np.partition(distance, rank, axis=1)[:, rank : rank + 1]
            chance = np.minimum(chance, 0.6) if count < 3 * _BACKGROUND else chance
        return np.asarray(np.maximum(chance - distance, 0.0).sum(axis=0), np.float32)

    def _best(self, asked: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the largest dot product of each descriptor with each reference, exact."""
        best = np.empty((len(self.references), len(asked)), np.int32)
        for first, last in self._blocks():
            begin = self._starts[first]
            products = dots(self._descriptors[begin : self._starts[last]], asked)
            for place in range(first, last):
                start, end = self._starts[place : place + 2] - begin
                products[start:end].max(axis=0, out=best[place])
        return np.ascontiguousarray(best.T, np.float32)

    def likeness(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return each reference's best dot product of its vectors with `vectors`, -1 for none."""
        found = np.full(len(self.references), -1.0, np.float32)
        if not vectors.size:
            return found
        for place, own in enumerate(self._vectors):
            if own.size and own.shape[1] == vectors.shape[1]:
                found[place] = float((vectors @ own.T).max())
        return found

    def _blocks(self) -> Iterable[tuple[int, int]]:
        """Cut the references into runs of about _BLOCK descriptors, to bound memory."""
        first = 0
        for last in range(1, len(self.references) + 1):
            if last == len(self.references) or self._starts[last] - self._starts[first] >= _BLOCK:
                yield first, last
                first = last
