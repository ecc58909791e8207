"""The learned head on the sides of a gallery; the references used last are remembered."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from vision import encoded_files
from vision.difference import gathered
from vision.learned import encode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vision.difference import Answer, Differ, Gathered
    from vision.evidence.layer import Layer
    from vision.sides import SideModel
    from vision.terms import Mask

_REMEMBERED = 8  # references that are kept as the head sees them, about 7 MB each


class LearnedSides:
    """Answers of the head for photos laid on sides; the references used last are remembered.

    Args:
        differ: the head.
        folder: where references are kept as the head sees them, or None.
    """

    def __init__(self, differ: Differ, *, folder: Path | None) -> None:
        self._differ = differ
        self._folder = folder
        self._recent: OrderedDict[int, tuple[Layer, Gathered]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, layer: Layer, model: SideModel, layers: Sequence[Layer]) -> Answer:
        """Compare a photo's layer with the layers of a side, as they are or in grey.

        Raises:
            WeightsError: a file is missing or is not the one of the manifest.
        """
        first = layers[0]  # belongs to one side, and there to one way of showing it
        with self._lock:
            known = self._recent.get(id(first))
        if known is None or known[0] is not first:
            known = first, self._made(layers, model.inside)
        with self._lock:
            self._recent[id(first)] = known
            self._recent.move_to_end(id(first))
            while sum(kept.seen.shape[1] for _, kept in self._recent.values()) > _REMEMBERED:
                self._recent.popitem(last=False)
        return self._differ.compare_with(encode(self._differ, layer, model.inside), known[1])

    def pairwise(self, layers: Sequence[Layer], inside: Mask) -> dict[tuple[int, int], Answer]:
        """Compare each layer of a side with each other one alone, both ways.

        Raises:
            WeightsError: a file is missing or is not the one of the manifest.
        """
        known = [encode(self._differ, each, inside) for each in layers]
        return {
            (one, two): self._differ.compare(known[one], [known[two]])
            for one, two in itertools.permutations(range(len(known)), 2)
        }

    def _made(self, layers: Sequence[Layer], inside: Mask) -> Gathered:
        if self._folder is None:
            return gathered([encode(self._differ, each, inside) for each in layers])
        path = self._folder / encoded_files.key_of(self._differ, layers, inside)
        found = encoded_files.restore(path)
        if found is None:
            found = gathered([encode(self._differ, each, inside) for each in layers])
            encoded_files.keep(path, found)
        return found
