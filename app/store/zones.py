"""The zones of a side in the database: read, replaced as a whole, and the change remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from app.store import entries
from app.store.errors import ChangedMeanwhile
from app.store.refusals import EntryRefused, Refusal
from app.store.tables import AuditRow, ProductRow, ReferenceRow, SideRow, ZoneRow
from vision import UnknownSide, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

ZonesBySide = dict[tuple[str, str], tuple[Zone, ...]]


def read_zones(session: Session) -> ZonesBySide:
    """The zones of every side that has some, by product and side."""
    found: dict[tuple[str, str], list[Zone]] = {}
    for row in session.scalars(select(ZoneRow).order_by(ZoneRow.side_id, ZoneRow.number)):
        found.setdefault((row.side.product.name, row.side.name), []).append(_zone(row))
    return {side: tuple(zones) for side, zones in found.items()}


def replace_zones(
    session: Session,
    product: str,
    side: str,
    zones: Sequence[Zone],
    *,
    expected: Sequence[Zone] | None = None,
) -> tuple[Zone, ...]:
    """Give a side these zones instead of those before, which are returned.

    Raises:
        UnknownSide: there is none of this name.
        ChangedMeanwhile: those before are not the expected ones.
        EntryRefused: a zone cannot be kept.
    """
    owner = _side(session, product, side)
    known = set(
        session.scalars(select(ReferenceRow.sha256).where(ReferenceRow.side_id == owner.id))
    )
    before = select(ZoneRow).where(ZoneRow.side_id == owner.id).order_by(ZoneRow.number)
    old = tuple(_zone(row) for row in session.scalars(before))
    if expected is not None and old != tuple(expected):
        raise ChangedMeanwhile(product, side)
    known |= {zone.reference for zone in old}  # its reference may be gone, and come back
    rows = [_row(owner, number, zone, known) for number, zone in enumerate(zones, start=1)]
    session.execute(delete(ZoneRow).where(ZoneRow.side_id == owner.id))
    session.add_all(rows)
    session.add(
        AuditRow(
            act="zones",
            subject=f"side {owner.id}",
            detail={
                "product": product,
                "side": side,
                "before": [_told(zone) for zone in old],
                "after": [_told(zone) for zone in zones],
            },
        )
    )
    return old


def _side(session: Session, product: str, side: str) -> SideRow:
    query = select(SideRow).join(ProductRow).where(ProductRow.name == product, SideRow.name == side)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise UnknownSide(product, side)
    return found


def _row(side: SideRow, number: int, zone: Zone, known: set[str]) -> ZoneRow:
    if zone.reference not in known:
        raise EntryRefused("zone", zone.label, Refusal.NO_REFERENCE)
    return ZoneRow(
        side=side,
        number=number,
        kind=zone.kind.value,
        label=entries.label(zone.label),
        reference_sha256=zone.reference,
        polygon=[[float(x), float(y)] for x, y in zone.polygon],
    )


def _zone(row: ZoneRow) -> Zone:
    return Zone(
        ZoneKind(row.kind),
        tuple((x, y) for x, y in row.polygon),
        row.reference_sha256,
        row.label,
    )


def _told(zone: Zone) -> dict[str, Any]:
    return {
        "kind": zone.kind.value,
        "label": zone.label,
        "reference": zone.reference,
        "polygon": [list(point) for point in zone.polygon],
    }
