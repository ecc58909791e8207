"""What examiners say of regions: kept by the photo's bytes, and every change remembered.

finding     what one examiner said of one region of one photo; or a region of the examiner's own,
            drawn by hand. Not: verdict, annotation, label.
opinion     what the examiner takes the difference for.
subject     what findings are tied to: a photo, compared with one side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.store import entries
from app.store.refusals import EntryRefused, Refusal
from app.store.tables import AuditRow, FindingRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from vision import Vertices


class Opinion(StrEnum):
    """What an examiner takes a difference for."""

    REAL_DIFFERENCE = "real_difference"
    LIGHTING = "lighting"
    WEAR = "wear"
    GENUINE_VARIATION = "genuine_variation"
    CANNOT_SEE = "cannot_see"


@dataclass(frozen=True, slots=True)
class Subject:
    """A photo (SHA-256 of its bytes, hex) compared with one side; no side where with none."""

    photo_sha256: str
    product: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an examiner says of a region, or a region of the examiner's own.

    `polygon` in full-size photo pixels; `reference_polygon` in those of the reference whose SHA-256
    (hex) is `reference_sha256`. Either may be empty where the two could not be laid on each other.
    `channel` is that of a measured region, "" of one drawn `by_hand`. `added_at` is when it
    was first made, which gives the order, `at` when it was last changed. `versions` tell what the
    comparison depended on, `viewing` how it was looked at (view, channel, and the view's amount).
    """

    id: str
    subject: Subject
    polygon: Vertices
    reference_polygon: Vertices
    reference_sha256: str
    author: str
    added_at: datetime
    at: datetime
    channel: str = ""
    by_hand: bool = False
    opinion: Opinion | None = None
    note: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    viewing: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said: no region of its own, no opinion, no note."""
        return not (self.by_hand or self.opinion or self.note)


def read_findings(session: Session, subject: Subject) -> tuple[Finding, ...]:
    """The findings of a subject in the order in which they were first made."""
    query = (
        select(FindingRow)
        .where(
            FindingRow.photo_sha256 == subject.photo_sha256,
            FindingRow.product == subject.product,
            FindingRow.side == subject.side,
        )
        .order_by(FindingRow.added_at, FindingRow.id)
    )
    return tuple(_finding(row) for row in session.scalars(query))


def replace_finding(session: Session, before: Finding | None, after: Finding | None) -> None:
    """Keep `after` instead of `before`.

    Raises:
        EntryRefused: the note or a corner cannot be kept.
        ValueError: both are None, or they are two different findings.
    """
    one = after or before
    if one is None or (before is not None and after is not None and before.id != after.id):
        raise ValueError("expected one finding before and after a change")
    row = session.get(FindingRow, one.id)
    known = _finding(row) if row is not None else None
    if known == after:
        return
    if after is None:
        session.delete(row)
    elif row is None:
        session.add(FindingRow(id=after.id, **_columns(after)))
    else:
        for name, value in _columns(after).items():
            setattr(row, name, value)
    detail = {"photo": one.subject.photo_sha256, "before": _told(known), "after": _told(after)}
    session.add(AuditRow(act="finding", subject=one.id, detail=detail))


def _columns(finding: Finding) -> dict[str, Any]:
    return {
        "photo_sha256": finding.subject.photo_sha256,
        "product": finding.subject.product,
        "side": finding.subject.side,
        "by_hand": finding.by_hand,
        "channel": finding.channel,
        "polygon": _corners(finding.polygon),
        "reference_sha256": finding.reference_sha256,
        "reference_polygon": _corners(finding.reference_polygon),
        "opinion": finding.opinion.value if finding.opinion is not None else "",
        "note": entries.remark(finding.note),
        "author": entries.file_name(finding.author),
        "versions": dict(finding.versions),
        "viewing": dict(finding.viewing),
        "added_at": finding.added_at,
        "at": finding.at,
    }


def _corners(polygon: Vertices) -> list[list[float]]:
    points = [[float(x), float(y)] for x, y in polygon]
    if not all(math.isfinite(value) for point in points for value in point):
        raise EntryRefused("outline", str(polygon), Refusal.NOWHERE)
    return points


def _finding(row: FindingRow) -> Finding:
    return Finding(
        id=row.id,
        subject=Subject(row.photo_sha256, row.product, row.side),
        polygon=tuple((x, y) for x, y in row.polygon),
        reference_polygon=tuple((x, y) for x, y in row.reference_polygon),
        reference_sha256=row.reference_sha256,
        author=row.author,
        added_at=row.added_at,
        at=row.at,
        channel=row.channel,
        by_hand=row.by_hand,
        opinion=Opinion(row.opinion) if row.opinion else None,
        note=row.note,
        versions=row.versions,
        viewing=row.viewing,
    )


def _told(finding: Finding | None) -> dict[str, Any] | None:
    """What the audit keeps of a finding."""
    if finding is None:
        return None
    columns = _columns(finding)
    del columns["photo_sha256"]
    moments = {name: columns[name].isoformat() for name in ("added_at", "at")}
    return {**columns, **moments}
