"""Sides once computed: those used last in memory, all of them in a folder if there is one."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from vision.sides import side_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vision.side_figures import SideFigures
    from vision.sides import SideModel
    from vision.terms import Reference, Zone

_BUILT_AT_ONCE = 2  # sides, to bound memory
_REMEMBERED = 5  # sides kept in memory, about 60 MB each


class SideCache:
    """The sides used last, in memory; and all sides once computed, in a folder if there is one.

    A side of which a file could not be reached is kept in memory only, until it can be.
    """

    def __init__(
        self,
        build: Callable[[Sequence[Reference], Sequence[Zone]], SideModel],
        *,
        network: str,
        folder: Path | None,
        restore: Callable[[Path, Sequence[Reference], Sequence[Zone]], SideModel | None],
        keep: Callable[[Path, SideModel], None],
        skim: Callable[[Path, Sequence[Reference]], SideFigures | None] | None = None,
    ) -> None:
        self._build = build
        self._network = network
        self._folder = folder
        self._restore = restore
        self._keep = keep
        self._skim = skim
        self._recent: OrderedDict[str, SideModel] = OrderedDict()
        self._guard = threading.Lock()
        self._building: dict[str, threading.Lock] = {}
        self._few = threading.BoundedSemaphore(_BUILT_AT_ONCE)

    def get(self, references: Sequence[Reference], zones: Sequence[Zone] = ()) -> SideModel:
        """Return the model of a side: remembered, restored or built.

        Threads that want different sides do not wait for each other, but where more than a few
        are to be built: each takes some hundred megabytes.
        """
        key = side_key(references, self._network, zones)
        with self._guard:
            building = self._building.setdefault(key, threading.Lock())
        with building:
            model = self._remembered(key, references) or self._made(key, references, zones)
        with self._guard:
            self._building.pop(key, None)
            self._recent[key] = model
            self._recent.move_to_end(key)
            while len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)
        return model

    def figures(
        self, references: Sequence[Reference], zones: Sequence[Zone] = ()
    ) -> SideFigures | None:
        """Return the figures of a side as far as it has been computed; no picture is unpacked."""
        key = side_key(references, self._network, zones)
        model = self._remembered(key, references)
        if model is not None:
            return model.figures
        if self._folder is None or self._skim is None:
            return None
        return self._skim(self._folder / f"{key}.npz", references)

    def _remembered(self, key: str, references: Sequence[Reference]) -> SideModel | None:
        with self._guard:
            model = self._recent.get(key)
        if model is None or any(os.access(each.path, os.R_OK) for each in model.unread):
            return None
        return _told_anew(model, references)

    def _made(self, key: str, references: Sequence[Reference], zones: Sequence[Zone]) -> SideModel:
        if self._folder is None:
            return self._built(references, zones)
        path = self._folder / f"{key}.npz"
        found = self._restore(path, references, zones) if path.exists() else None
        if found is None:
            found = self._built(references, zones)
            if not found.unread:
                self._keep(path, found)
        return found

    def _built(self, references: Sequence[Reference], zones: Sequence[Zone]) -> SideModel:
        with self._few:
            return self._build(references, zones)


def _told_anew(model: SideModel, references: Sequence[Reference]) -> SideModel:
    """Let a model name its references as they are now: moved, or said to come from elsewhere."""
    known = {reference.id: reference for reference in references}
    placed = tuple(
        replace(each, reference=known.get(each.reference.id, each.reference))
        for each in model.placed
    )
    if all(new.reference == old.reference for new, old in zip(placed, model.placed, strict=True)):
        return model
    first = placed[0].reference
    return replace(model, product=first.product, side=first.side, placed=placed)
