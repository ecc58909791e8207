"""What holds for everybody who works on one gallery: kept in the database, not on a computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from app.store.tables import AuditRow, RuleRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

FOUR_EYES = "four_eyes"
THRESHOLD = "threshold"  # of the whole gallery; the names of those of sides go on from there


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


def read_rules(session: Session, start: str) -> dict[str, Any]:
    """The values of all rules whose names begin like this, in the order of their names."""
    query = select(RuleRow).where(RuleRow.name.startswith(start)).order_by(RuleRow.name)
    return {row.name: row.value for row in session.scalars(query)}


def replace_rules(session: Session, start: str, kept: Mapping[str, Any]) -> None:
    """Let these rules be all whose names begin like this, as a copy of another database."""
    session.execute(delete(RuleRow).where(RuleRow.name.startswith(start)))
    session.add_all(RuleRow(name=name, value=value) for name, value in kept.items())
