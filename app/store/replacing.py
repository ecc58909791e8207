"""Changes between two galleries, made in the database within one transaction, each remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from app.store import entries
from app.store.contents import KeptLength, KeptReference, KeptZones
from app.store.rows import forget_empty, told
from app.store.scales import KnownLength, replace_scale
from app.store.tables import AuditRow, ProductRow, ReferenceRow, SideRow, ZoneRow, new_id
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from app.store.differences import Change


def make_changes(session: Session, changes: Iterable[Change]) -> None:
    """Turn the gallery into what `changes` lead to; their originals are there already.

    Raises:
        EntryRefused: a name, a date or a length in them cannot be kept.
    """
    work = _Work(session)
    for change in changes:
        match change.thing:
            case KeptReference():
                work.reference(change)
            case KeptZones(product=product, side=side):
                after = change.after if isinstance(change.after, KeptZones) else None
                work.zones(product, side, after)
            case KeptLength(reference=reference):
                after_length = change.after if isinstance(change.after, KeptLength) else None
                replace_scale(session, reference, _known(after_length))
    work.finish()


class _Work:
    """Remembers rows of sides and ids in use, so that thousands of changes ask for them once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._products = {row.name: row for row in session.scalars(select(ProductRow))}
        self._sides = {
            (row.product.name, row.name): row for row in session.scalars(select(SideRow))
        }
        self._ids = set(session.scalars(select(ReferenceRow.id)))
        self._thinner: dict[tuple[str, str], SideRow] = {}  # sides that may be empty now

    def reference(self, change: Change) -> None:
        before, after = change.before, change.after
        thing = change.thing
        if not isinstance(thing, KeptReference):
            raise TypeError(f"expected a reference, found {thing}")
        row = self._row(thing) if before is not None else None
        if not isinstance(after, KeptReference):
            if row is not None:
                self._session.add(AuditRow(act="remove", subject=row.id, detail=told(row)))
                self._session.delete(row)
                self._thinner[thing.product, thing.side] = row.side
        elif row is None:
            row = self._added(after)
            self._session.add(AuditRow(act="add", subject=row.id, detail=told(row)))
        else:
            for name, value in _facts(after).items():
                setattr(row, name, value)
            detail = {**told(row), "changed": _changed(change)}
            self._session.add(AuditRow(act="change", subject=row.id, detail=detail))

    def zones(self, product: str, side: str, after: KeptZones | None) -> None:
        owner = self._thinner[product, side] = self._side(product, side)
        self._session.flush()  # so that it has an id
        old = select(ZoneRow).where(ZoneRow.side_id == owner.id).order_by(ZoneRow.number)
        before = [_told_zone(row) for row in self._session.scalars(old)]
        self._session.execute(delete(ZoneRow).where(ZoneRow.side_id == owner.id))
        rows = [
            ZoneRow(
                side=owner,
                number=number,
                kind=zone.kind.value,
                label=entries.label(zone.label),
                reference_sha256=zone.reference,
                polygon=[list(corner) for corner in zone.polygon],
            )
            for number, zone in enumerate(after.zones if after else (), start=1)
        ]
        self._session.add_all(rows)
        detail = {
            "product": product,
            "side": side,
            "before": before,
            "after": [_told_zone(row) for row in rows],
        }
        self._session.add(AuditRow(act="zones", subject=f"side {owner.id}", detail=detail))

    def finish(self) -> None:
        self._session.flush()
        for side in self._thinner.values():
            forget_empty(self._session, side)

    def _row(self, thing: KeptReference) -> ReferenceRow | None:
        side = self._side(thing.product, thing.side)
        query = select(ReferenceRow).where(
            ReferenceRow.side_id == side.id, ReferenceRow.sha256 == thing.sha256
        )
        return self._session.scalars(query).one_or_none()

    def _added(self, after: KeptReference) -> ReferenceRow:
        names = {"sha256": after.sha256, "suffix": after.suffix}
        row = ReferenceRow(side=self._side(after.product, after.side), **names, **_facts(after))
        row.file_name, row.added_at = entries.file_name(after.file_name), after.added_at
        row.id = after.id if after.id not in self._ids else new_id()
        self._ids.add(row.id)
        self._session.add(row)
        return row

    def _side(self, product: str, side: str) -> SideRow:
        product, side = entries.name(product, "product"), entries.name(side, "side")
        found = self._sides.get((product, side))
        if found is None:
            owner = self._products.setdefault(product, ProductRow(name=product))
            found = self._sides[product, side] = SideRow(product=owner, name=side)
            self._session.add(found)
        return found


def _facts(after: KeptReference) -> dict[str, object]:
    said = entries.provenance(
        Provenance(after.vouched_by, after.obtained, after.batch, after.valid_from, after.valid_to)
    )
    return {
        "width": after.width,
        "height": after.height,
        "vouched_by": said.vouched_by,
        "obtained": said.obtained,
        "batch": said.batch,
        "valid_from": said.valid_from,
        "valid_to": said.valid_to,
        "outline": [list(corner) for corner in after.outline] if after.outline else None,
    }


def _changed(change: Change) -> dict[str, list[object]]:
    old = {} if change.before is None else change.before.model_dump(mode="json")
    new = {} if change.after is None else change.after.model_dump(mode="json")
    return {name: [old.get(name), new.get(name)] for name in change.fields}


def _known(length: KeptLength | None) -> KnownLength | None:
    return None if length is None else KnownLength(length.start, length.end, length.length_mm)


def _told_zone(row: ZoneRow) -> dict[str, object]:
    return {
        "kind": row.kind,
        "label": row.label,
        "reference": row.reference_sha256,
        "polygon": row.polygon,
    }
