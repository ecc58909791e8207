"""Changes between two galleries, made in the database within one transaction, each remembered."""

from __future__ import annotations

from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from app.store import entries
from app.store.contents import (
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTraits,
    KeptZones,
    Policy,
    trait_of,
)
from app.store.errors import NoSuchReference
from app.store.policy import write_policy
from app.store.rows import forget_empty, told
from app.store.rules import threshold_name
from app.store.scales import KnownLength, replace_scale
from app.store.tables import (
    AuditRow,
    ProductRow,
    ReferenceRow,
    RuleRow,
    SideRow,
    TraitRow,
    ZoneRow,
    new_id,
)
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from app.store.differences import Change


def make_changes(session: Session, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Turn the gallery into what `changes` lead to; their originals are there already.

    Returns:
        What else is gone with them: facts of products that nothing stands under any more.

    Raises:
        EntryRefused: a name, a date or a length in them cannot be kept.
    """
    work = _Work(session)
    products = []
    moves, rest = _moves(changes)
    for gone, come in moves:
        work.move(gone, come)
    for change in rest:
        match change.thing:
            case KeptReference():
                work.reference(change)
            case KeptZones(product=product, side=side):
                after = change.after if isinstance(change.after, KeptZones) else None
                work.zones(product, side, after)
            case KeptProduct():
                products.append(change)
            case KeptTraits(product=product, side=side):
                after_traits = change.after if isinstance(change.after, KeptTraits) else None
                work.traits(product, side, after_traits)
            case KeptLength(reference=reference):
                after_length = change.after if isinstance(change.after, KeptLength) else None
                replace_scale(session, reference, _known(after_length))
            case KeptThreshold():
                _put_threshold(session, change)
            case Policy():
                write_policy(
                    session, change.after if isinstance(change.after, Policy) else Policy()
                )
    for change in products:  # once all that belongs to them is there
        work.product(change)
    return work.finish()


def _put_threshold(session: Session, change: Change) -> None:
    thing, before, after = change.thing, change.before, change.after
    if not isinstance(thing, KeptThreshold):
        raise TypeError(f"expected a threshold, found {thing}")
    name = threshold_name(thing.product, thing.side)
    if isinstance(after, KeptThreshold):
        session.merge(RuleRow(name=name, value=after.model_dump(mode="json")))
    else:
        session.execute(delete(RuleRow).where(RuleRow.name == name))
    detail = {
        "product": thing.product,
        "side": thing.side,
        "before": getattr(before, "value", None),
        "after": getattr(after, "value", None),
    }
    session.add(AuditRow(act="threshold", subject=name, detail=detail))


def _moves(
    changes: Iterable[Change],
) -> tuple[list[tuple[KeptReference, KeptReference]], list[Change]]:
    """Pairs of one reference that goes here and comes there, and all other changes in order."""
    changes = list(changes)
    gone: dict[str, tuple[int, KeptReference]] = {}
    for place, change in enumerate(changes):
        if isinstance(change.before, KeptReference) and change.after is None:
            gone[change.before.id] = place, change.before
    moves, taken = [], set()
    for place, change in enumerate(changes):
        come = change.after
        if change.before is not None or not isinstance(come, KeptReference):
            continue
        at, going = gone.pop(come.id, (-1, come))
        if at >= 0 and going.sha256 == come.sha256:
            moves.append((going, come))
            taken |= {at, place}
    return moves, [change for place, change in enumerate(changes) if place not in taken]


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

    def move(self, gone: KeptReference, come: KeptReference) -> None:
        """Stand under another side from now on; what is said of it may change on the way."""
        row = self._row(gone)
        if row is None:
            raise NoSuchReference(gone.id)
        detail = {"from": [gone.product, gone.side], "to": [come.product, come.side]}
        self._thinner[gone.product, gone.side] = row.side
        row.side = self._side(come.product, come.side)
        for name, value in _facts(come).items():
            setattr(row, name, value)
        self._session.flush()
        self._session.add(AuditRow(act="move", subject=row.id, detail={**told(row), **detail}))

    def product(self, change: Change) -> None:
        """Say of a product what is said after; a product that is not there is passed over."""
        owner = self._products.get(getattr(change.thing, "product", ""))
        if owner is None:
            return
        after = change.after or KeptProduct(product=owner.name)
        for name in after.model_dump(exclude={"product"}):
            setattr(owner, name, getattr(after, name))
        detail = {"product": owner.name, "changed": _changed(change)}
        self._session.add(AuditRow(act="product", subject=owner.name[:64], detail=detail))

    def traits(self, product: str, side: str, after: KeptTraits | None) -> None:
        """Give a side these distinguishing features instead of those before."""
        owner = self._thinner[product, side] = self._side(product, side)
        self._session.flush()
        old = select(TraitRow).where(TraitRow.side_id == owner.id).order_by(TraitRow.number)
        before = [trait_of(row).model_dump(mode="json") for row in self._session.scalars(old)]
        self._session.execute(delete(TraitRow).where(TraitRow.side_id == owner.id))
        traits = after.traits if after else ()
        self._session.add_all(
            TraitRow(
                side=owner,
                number=number,
                sentence=entries.remark(trait.sentence),
                reference_sha256=trait.reference,
                polygon=[list(corner) for corner in trait.polygon],
                genuine=trait.genuine,
                known_false=trait.known_false,
            )
            for number, trait in enumerate(traits, start=1)
        )
        now = [trait.model_dump(mode="json") for trait in traits]
        detail = {"product": product, "side": side, "before": before, "after": now}
        self._session.add(AuditRow(act="traits", subject=f"side {owner.id}", detail=detail))

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

    def finish(self) -> tuple[Change, ...]:
        """Forget what is empty now; what was lost with it."""
        self._session.flush()
        gone = [forget_empty(self._session, side) for side in self._thinner.values()]
        return tuple(chain.from_iterable(gone))

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
    names = [field.name for field in fields(Provenance)]
    said = entries.provenance(Provenance(**{name: getattr(after, name) for name in names}))
    return {
        "width": after.width,
        "height": after.height,
        **{name: getattr(said, name) for name in names},
        "is_canonical": after.is_canonical,
        "corners": [list(corner) for corner in after.corners] if after.corners else None,
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
