"""Inspections as they were kept: what the program said of one photo, and of which gallery."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.store.tables import InspectionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Recorded:
    """One inspection as it was kept; `document` is the JSON text that was given."""

    id: int
    photo_sha256: str
    outcome: str
    gallery_version: str
    document: str
    at: datetime


def document_of(text: str) -> Any:
    """JSON as people's other programs can read it.

    Raises:
        ValueError: not JSON.
    """
    return json.loads(text, parse_constant=_refuse_constant)


def read_records(
    session: Session, limit: int, gallery_version: str | None = None
) -> tuple[Recorded, ...]:
    """The inspections kept last, the newest first; of all versions, or of one."""
    query = select(InspectionRow).order_by(InspectionRow.id.desc()).limit(limit)
    if gallery_version is not None:
        query = query.where(InspectionRow.gallery_version == gallery_version)
    return tuple(
        Recorded(
            id=row.id,
            photo_sha256=row.photo_sha256,
            outcome=row.outcome,
            gallery_version=row.gallery_version,
            document=json.dumps(row.document, ensure_ascii=False),
            at=row.at,
        )
        for row in session.scalars(query)
    )


def count_records(session: Session) -> dict[str, int]:
    """How many inspections were made with each version of the gallery."""
    counted = select(InspectionRow.gallery_version, func.count()).group_by(
        InspectionRow.gallery_version
    )
    return dict(session.execute(counted).all())


def _refuse_constant(name: str) -> None:
    raise ValueError(f"expected JSON, found {name}")
