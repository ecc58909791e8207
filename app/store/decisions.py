"""What examiners decide of whole photos: kept by the photo's bytes, and every change remembered.

decision    what one examiner says of one photo, compared with one side, as a whole: that it agrees,
            that it differs, or that it is to be looked at later. Not: verdict, conclusion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.store import entries
from app.store.findings import Subject
from app.store.scan_tables import DecisionRow
from app.store.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.store.database import Database
    from app.store.shared_database import SharedDatabase


class Decided(StrEnum):
    """What was decided."""

    AGREES = "agrees"
    DIFFERS = "differs"
    LATER = "later"  # put off: somebody has to look at it once more


@dataclass(frozen=True, slots=True)
class Decision:
    """What an examiner decided of a photo; `versions` tell what the comparison depended on."""

    subject: Subject
    decided: Decided
    author: str
    at: datetime
    versions: Mapping[str, str] = field(default_factory=dict)


class DecisionBook:
    """The decisions of one workspace; calls may come from any thread. All may raise StoreError."""

    def __init__(self, database: Database | SharedDatabase) -> None:
        self._database = database

    def all(self) -> tuple[Decision, ...]:
        """Every decision, in the order in which they were made last."""
        query = select(DecisionRow).order_by(DecisionRow.at, DecisionRow.id)
        with self._database.reading() as session:
            return tuple(_decision(row) for row in session.scalars(query))

    def set(self, subject: Subject, decision: Decision | None) -> None:
        """Keep a decision instead of the one before; None takes it back. The audit has both.

        Keeping what is kept already changes nothing, so that a doubtful write can be repeated.

        Raises:
            ValueError: the decision is of another subject.
        """
        if decision is not None and decision.subject != subject:
            raise ValueError(f"expected a decision of {subject}, found one of {decision.subject}")
        with self._database.writing() as session:
            row = _row(session, subject)
            before = _decision(row) if row is not None else None
            if before == decision:
                return
            if decision is None:
                session.delete(row)
            elif row is None:
                session.add(DecisionRow(**_columns(decision)))
            else:
                for name, value in _columns(decision).items():
                    setattr(row, name, value)
            detail = {
                "product": subject.product,
                "side": subject.side,
                "before": _told(before),
                "after": _told(decision),
            }
            session.add(AuditRow(act="decision", subject=subject.photo_sha256, detail=detail))


def _row(session: Session, subject: Subject) -> DecisionRow | None:
    query = select(DecisionRow).where(
        DecisionRow.photo_sha256 == subject.photo_sha256,
        DecisionRow.product == subject.product,
        DecisionRow.side == subject.side,
    )
    return session.scalars(query).one_or_none()


def _decision(row: DecisionRow) -> Decision:
    subject = Subject(row.photo_sha256, row.product, row.side)
    return Decision(subject, Decided(row.decided), row.author, row.at, row.versions)


def _columns(decision: Decision) -> dict[str, Any]:
    return {
        "photo_sha256": decision.subject.photo_sha256,
        "product": decision.subject.product,
        "side": decision.subject.side,
        "decided": decision.decided.value,
        "author": entries.file_name(decision.author),
        "versions": dict(decision.versions),
        "at": decision.at,
    }


def _told(decision: Decision | None) -> dict[str, Any] | None:
    """What the audit keeps of a decision."""
    if decision is None:
        return None
    columns = _columns(decision)
    return {name: columns[name] for name in ("decided", "author", "versions")} | {
        "at": decision.at.isoformat()
    }
