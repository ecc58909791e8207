"""Known lengths on sides of products, from which millimetres are told.

scale       a line on a reference whose length somebody knows; it holds for every photo that is laid
            on this reference. Not: zoom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store.refusals import EntryRefused, Refusal
from app.store.tables import AuditRow, ScaleRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_MM = 10_000.0


@dataclass(frozen=True, slots=True)
class KnownLength:
    """A line from `start` to `end`, full-size pixels of a reference, that is `length_mm` long."""

    start: tuple[float, float]
    end: tuple[float, float]
    length_mm: float

    @property
    def px_per_mm(self) -> float:
        """How many pixels of the reference make a millimetre."""
        return math.dist(self.start, self.end) / self.length_mm


def read_scale(session: Session, reference_sha256: str) -> KnownLength | None:
    """The known length on a reference (SHA-256 of its bytes, hex), None where there is none."""
    row = _row(session, reference_sha256)
    return _known(row) if row is not None else None


def replace_scale(session: Session, reference_sha256: str, known: KnownLength | None) -> None:
    """Keep another known length of a reference; None forgets it.

    Raises:
        EntryRefused: the line has no length, or the length is none that can be.
    """
    row = _row(session, reference_sha256)
    before = _known(row) if row is not None else None
    if before == known:
        return
    if known is None:
        session.delete(row)
    else:
        _check(known)
        if row is None:
            row = ScaleRow(reference_sha256=reference_sha256)
            session.add(row)
        (row.x0, row.y0), (row.x1, row.y1) = known.start, known.end
        row.length_mm = known.length_mm
    detail = {"before": _told(before), "after": _told(known)}
    session.add(AuditRow(act="scale", subject=reference_sha256, detail=detail))


def _check(known: KnownLength) -> None:
    values = (*known.start, *known.end, known.length_mm)
    is_line = all(map(math.isfinite, values)) and math.dist(known.start, known.end) >= 1.0
    if not is_line or not 0 < known.length_mm <= LONGEST_MM:
        shown = f"{known.length_mm:g} mm"
        raise EntryRefused("length", shown, Refusal.NO_LENGTH)


def _row(session: Session, reference_sha256: str) -> ScaleRow | None:
    query = select(ScaleRow).where(ScaleRow.reference_sha256 == reference_sha256)
    return session.scalars(query).one_or_none()


def _known(row: ScaleRow) -> KnownLength:
    return KnownLength((row.x0, row.y0), (row.x1, row.y1), row.length_mm)


def _told(known: KnownLength | None) -> dict[str, object] | None:
    if known is None:
        return None
    return {"line": [list(known.start), list(known.end)], "length_mm": known.length_mm}
