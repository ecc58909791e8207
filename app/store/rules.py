"""What holds for everybody who works on one gallery: kept in the database, not on a computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store.tables import AuditRow, RuleRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FOUR_EYES = "four_eyes"


def is_set(session: Session, name: str) -> bool:
    """Whether a rule holds; one that was never set does not."""
    row = session.get(RuleRow, name)
    return row is not None and row.value is True


def set_rule(session: Session, name: str, *, holds: bool, agreed: str = "") -> None:
    """Let a rule hold or not; `agreed` names a second person who was asked."""
    if is_set(session, name) == holds:
        return
    session.merge(RuleRow(name=name, value=holds))
    detail = {"holds": holds, "agreed": agreed}
    session.add(AuditRow(act="rule", subject=name, detail=detail))
