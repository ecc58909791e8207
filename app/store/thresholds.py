"""Thresholds of the gallery in the database: read, set, taken back, and each change remembered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.store.contents import read_thresholds
from app.store.refusals import EntryRefused, Refusal
from app.store.rules import threshold_name
from app.store.scan_tables import DecisionRow, JudgementRow
from app.store.tables import AuditRow, InspectionRow, ProductRow, RuleRow, SideRow
from vision import KnownFalse, Thresholds, UnknownSide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from app.store.database import Database
    from app.store.shared_database import SharedDatabase

_DIFFERS = "differs"


class ThresholdBook:
    """The thresholds of one gallery; without any, the promised rate of false alarms holds.

    Args:
        database: keeps them, as rules that hold for everybody.
        changing: opens a session that may change the gallery.
    """

    def __init__(
        self,
        database: Database | SharedDatabase,
        changing: Callable[[], AbstractContextManager[Session]],
    ) -> None:
        self._reading = database.reading
        self._changing = changing

    def all(self) -> Thresholds:
        """Everything that was set."""
        with self._reading() as session:
            kept = read_thresholds(session)
        margin = next((each.value for each in kept if not each.product), None)
        return Thresholds(
            margin, tuple((each.product, each.side, each.value) for each in kept if each.product)
        )

    def set(self, value: float | None, *, product: str = "", side: str = "") -> float | None:
        """Judge a side, or without names the whole gallery, by a threshold; None takes it back.

        Args:
            value: of a side the strongest evidence that still agrees; of the gallery how far that
                may lie above what each side leads to expect.
            product: with `side`, whose threshold it is.
            side: see `product`.

        Returns:
            What was set before, to undo it.

        Raises:
            UnknownSide: there is none of this name.
            EntryRefused: the value is none that can be.
            ApprovalNeeded: a second person has to approve changes.
        """
        if value is not None and (not math.isfinite(value) or (product and value <= 0)):
            raise EntryRefused("threshold", f"{value:g}", Refusal.NO_THRESHOLD)
        name = threshold_name(product, side)
        with self._changing() as session:
            if product and value is not None:
                _check_side(session, product, side)
            row = session.get(RuleRow, name)
            before = None if row is None else float(row.value["value"])
            if before == value:
                return before
            if value is None:
                session.delete(row)
            else:
                kept = {"product": product, "side": side, "value": float(value)}
                session.merge(RuleRow(name=name, value=kept))
            detail = {"product": product, "side": side, "before": before, "after": value}
            session.add(AuditRow(act="threshold", subject=name, detail=detail))
            return before

    def known_false(self) -> tuple[KnownFalse, ...]:
        """Photos that people decided differ, with the strongest evidence when last judged.

        Those judged before evidence was kept are left out.
        """
        query = select(DecisionRow).where(DecisionRow.decided == _DIFFERS).order_by(DecisionRow.id)
        with self._reading() as session:
            found = (_known_false(session, row) for row in session.scalars(query).all())
            return tuple(each for each in found if each is not None)


def _check_side(session: Session, product: str, side: str) -> None:
    query = select(SideRow.id).join(ProductRow)
    query = query.where(ProductRow.name == product, SideRow.name == side)
    if session.scalars(query).one_or_none() is None:
        raise UnknownSide(product, side)


def _known_false(session: Session, decision: DecisionRow) -> KnownFalse | None:
    for document in _documents(session, decision.photo_sha256):
        compared = document.get("comparison") if isinstance(document, dict) else None
        if not isinstance(compared, dict):
            continue
        is_same = (compared.get("product"), compared.get("side")) == (
            decision.product,
            decision.side,
        )
        peak = compared.get("peak", 0.0)
        if is_same and isinstance(peak, int | float) and peak > 0:
            return KnownFalse(decision.product, decision.side, float(peak))
    return None


def _documents(session: Session, photo_sha256: str) -> Iterator[Any]:
    """Yield what was said of a photo, the newest first."""
    records = select(InspectionRow).where(InspectionRow.photo_sha256 == photo_sha256)
    judgements = select(JudgementRow).where(JudgementRow.photo_sha256 == photo_sha256)
    said = [(row.at, row.document) for row in session.scalars(records)]
    said += [(row.at, row.document) for row in session.scalars(judgements)]
    for _, document in sorted(said, key=lambda one: one[0], reverse=True):
        yield document
