"""What holds for everybody who works on one gallery: kept in the database, not on a computer."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.store.tables import AuditRow, RuleRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FOUR_EYES = "four_eyes"
THRESHOLD = "threshold"  # of the whole gallery; the names of those of sides go on from there


def threshold_name(product: str, side: str) -> str:
    """The rule that holds the threshold of a side, of the whole gallery without names."""
    if not product:
        return THRESHOLD
    said = hashlib.sha256(json.dumps([product, side]).encode()).hexdigest()
    return f"{THRESHOLD}:{said[:24]}"


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
