"""The work behind the page on the health of the gallery, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import vision

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from app.store import Workspace
    from vision import Gallery, Reference, Shot, SideFigures, SideHealth


@dataclass(frozen=True, slots=True)
class Health:
    """How every side stands; `checked_at` is None where no check has been kept.

    `is_fresh` says that nothing has been filed otherwise since that check.
    """

    references: tuple[Reference, ...] = ()
    sides: tuple[SideHealth, ...] = ()
    checked_at: datetime | None = None
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class HealthSource:
    """Where the facts come from; each is asked for when it is needed, off the GUI thread.

    `last_days` are the last valid days (YYYY-MM-DD) of products that have one.
    """

    references: Callable[[], tuple[Reference, ...]]
    cache: Callable[[], Path]
    gallery: Callable[[], Gallery]
    last_days: Callable[[], Mapping[str, str]] = dict

    @classmethod
    def of(cls, workspace: Callable[[], Workspace], gallery: Callable[[], Gallery]) -> HealthSource:
        """The facts of a workspace."""

        def last_days() -> Mapping[str, str]:
            known = workspace().acts.products()
            return {name: kept.valid_to for name, kept in known.items() if kept.valid_to}

        return cls(
            lambda: workspace().references(),
            lambda: workspace().cache / "check",
            gallery,
            last_days,
        )


class HealthWork:
    """Reads how the sides of a gallery stand."""

    def __init__(self, source: HealthSource) -> None:
        self._source = source

    def read(self) -> Generator[Health | tuple[int, int], None, Health]:
        """FILES: how every side stands, but for the spread.

        Yields at once what records and the last check tell, then (files looked at, all).
        """
        references, cache = self._source.references(), self._source.cache()
        last = vision.last_check(cache)
        today = datetime.now(UTC).date()
        days = self._source.last_days()
        expired = {name for name, day in days.items() if day < today.isoformat()}

        def told(shots: Mapping[str, Shot]) -> Health:
            flaws = None if last is None else last.flaws
            sides = vision.side_healths(
                references, today=today, shots=shots, checked=flaws, expired=expired
            )
            if last is None:
                return Health(references, sides)
            return Health(references, sides, last.at, last.is_of(references))

        yield told({})
        shots = {}
        for reference_id, shot in vision.read_shots(references, cache):
            shots[reference_id] = shot
            yield len(shots), len(references)
        return told(shots)

    def spreads(
        self, sides: tuple[tuple[str, str], ...], *, measure: bool
    ) -> Generator[SideFigures | None, None, None]:
        """MODEL: the spread of sides, each a step; with `measure` also of those not known yet."""
        yield from vision.read_spreads(self._source.gallery(), sides, measure=measure)
