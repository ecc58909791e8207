"""The learned head on the sides of a gallery; the references used last are remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from vision.learned import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.difference import Answer, Differ, Encoded
    from vision.evidence.layer import Layer
    from vision.sides import SideModel

_REMEMBERED = 24  # references that are kept as the head sees them, about 10 MB each


class LearnedSides:
    """Answers of the head for photos laid on sides; the references used last are remembered."""

    def __init__(self, differ: Differ) -> None:
        self._differ = differ
        self._recent: OrderedDict[int, tuple[Layer, list[Encoded]]] = OrderedDict()
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
            known = first, [encode(self._differ, each, model.inside) for each in layers]
        with self._lock:
            self._recent[id(first)] = known
            self._recent.move_to_end(id(first))
            while sum(len(kept) for _, kept in self._recent.values()) > _REMEMBERED:
                self._recent.popitem(last=False)
        return self._differ.compare(encode(self._differ, layer, model.inside), known[1])
