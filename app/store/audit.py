"""The audit: every change to gallery and findings, as it was remembered."""

from __future__ import annotations

import getpass
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store.tables import AuditRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change; `detail` is JSON text whose form depends on `act`."""

    id: int
    act: str
    subject: str
    detail: str
    author: str
    at: datetime


def read_audit(session: Session, limit: int) -> tuple[AuditEntry, ...]:
    """The changes made last, the newest first."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    return tuple(
        AuditEntry(
            id=row.id,
            act=row.act,
            subject=row.subject,
            detail=json.dumps(row.detail, ensure_ascii=False),
            author=row.author,
            at=row.at,
        )
        for row in session.scalars(query)
    )


def login_name() -> str:
    """Who is at the computer, as the computer knows it; "" where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user; under Windows no pwd
        return ""
