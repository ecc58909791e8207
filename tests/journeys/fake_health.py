"""How a made-up gallery stands: its records and files are read, its spread is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.panes.health_work import HealthSource, HealthWork
from vision import Gallery, SideFigures
from vision.check.last_check import keep_check

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from pathlib import Path

    from vision import Flaw, Reference


class FakeHealth(HealthWork):
    """Of `kept` references; each lies a little further from its siblings, the fifth too far.

    `known` are the sides whose spread has been measured.
    """

    def __init__(self, kept: Mapping[str, Reference], cache: Path) -> None:
        super().__init__(
            HealthSource(lambda: tuple(kept.values()), lambda: cache, lambda: Gallery(()))
        )
        self._kept, self._cache = kept, cache
        self.known: set[tuple[str, str]] = set()

    def keep(self, references: Iterable[Reference], flaws: Iterable[Flaw]) -> None:
        """Keep what a check found."""
        keep_check(self._cache, references, flaws)

    def spreads(
        self, sides: tuple[tuple[str, str], ...], *, measure: bool
    ) -> Generator[SideFigures | None, None, None]:
        for side in sides:
            if measure:
                self.known.add(side)
            ids = tuple(
                each.id for each in self._kept.values() if (each.product, each.side) == side
            )
            peaks = tuple(0.4 + 0.3 * place for place in range(len(ids)))
            yield SideFigures(*side, ids, (), peaks, limit=1.5) if side in self.known else None
