"""Rows of products, sides and references: found, made, told, and removed once they are empty."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import delete, exists, select

from app.store import entries, originals
from app.store.contents import product_of
from app.store.differences import Change
from app.store.errors import NoSuchReference
from app.store.tables import ProductRow, ReferenceRow, SideRow, TraitRow, ZoneRow
from vision import Provenance, Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from vision import Photo


_PROVENANCE = tuple(field.name for field in fields(Provenance))


def reference_row(session: Session, reference_id: str) -> ReferenceRow:
    """The row of a reference.

    Raises:
        NoSuchReference: nothing has this id.
    """
    row = session.get(ReferenceRow, reference_id)
    if row is None:
        raise NoSuchReference(reference_id)
    return row


class SideOf(Protocol):
    """Finds the name of a side that people call as they like."""

    def __call__(self, words: str, own: Sequence[str], /) -> str:
        """`own` are the sides that the product has already."""


def side_row(
    session: Session, product: str, side: str, *, side_of: SideOf | None = None
) -> SideRow:
    """The side of this name, made with its product where it is new."""
    owner = session.scalars(select(ProductRow).where(ProductRow.name == product)).one_or_none()
    if owner is None:
        owner = ProductRow(name=product)
        session.add(owner)
        session.flush()
    if side_of is not None:
        own = select(SideRow.name).where(SideRow.product_id == owner.id).order_by(SideRow.id)
        side = side_of(side, session.scalars(own).all())
    query = select(SideRow).where(SideRow.product_id == owner.id, SideRow.name == side)
    found = session.scalars(query).one_or_none()
    if found is None:
        found = SideRow(product_id=owner.id, name=side, product=owner)
        session.add(found)
        session.flush()
    return found


def forget_empty(session: Session, side: SideRow) -> tuple[Change, ...]:
    """Remove a side without references, zones and traits, and then a product without sides.

    Returns:
        That facts of the product are gone, where there were some.
    """
    no_references = ~exists().where(ReferenceRow.side_id == side.id)
    no_zones = ~exists().where(ZoneRow.side_id == side.id)
    no_traits = ~exists().where(TraitRow.side_id == side.id)
    is_empty = (no_references, no_zones, no_traits)
    session.execute(delete(SideRow).where(SideRow.id == side.id, *is_empty))
    no_sides = ~exists().where(SideRow.product_id == side.product_id)
    empty = select(ProductRow).where(ProductRow.id == side.product_id, no_sides)
    owner = session.scalars(empty).one_or_none()
    if owner is None:
        return ()
    known = product_of(owner)
    session.execute(delete(ProductRow).where(ProductRow.id == owner.id))
    return (Change(before=known, after=None),) if known.says_something else ()


def new_row(
    file: Path, photo: Photo, side: SideRow, provenance: Provenance, suffix: str
) -> ReferenceRow:
    """The row of a photo that becomes a reference of a side."""
    return ReferenceRow(
        side=side,
        sha256=photo.sha256,
        suffix=suffix,
        file_name=entries.file_name(file.name),
        width=photo.width,
        height=photo.height,
        **{name: getattr(provenance, name) for name in _PROVENANCE},
    )


def read_references(
    session: Session, folder: Path, product: str | None, side: str | None
) -> tuple[Reference, ...]:
    """References of a product or a side, or all; by product, side and time of adding.

    Plain columns are read, not objects that follow changes: with tens of thousands that counts.
    The order is that of the letters' numbers, whatever language a database sorts by.
    """
    names = (ProductRow.name.label("product_name"), SideRow.name.label("side_name"))
    query = (
        select(*ReferenceRow.__table__.columns, *names)
        .join(SideRow, SideRow.id == ReferenceRow.side_id)
        .join(ProductRow, ProductRow.id == SideRow.product_id)
    )
    if product is not None:
        query = query.where(ProductRow.name == product)
    if side is not None:
        query = query.where(SideRow.name == side)
    rows = sorted(
        session.execute(query),
        key=lambda row: (row.product_name, row.side_name, row.added_at, row.id),
    )
    return tuple(_reference(row, row.product_name, row.side_name, folder) for row in rows)


def reference_of(row: ReferenceRow, folder: Path) -> Reference:
    """The reference that a row tells of; originals lie in `folder`."""
    return _reference(row, row.side.product.name, row.side.name, folder)


def told(row: ReferenceRow) -> dict[str, Any]:
    """What the audit keeps of a reference, readable also after it is gone."""
    return {
        "product": row.side.product.name,
        "side": row.side.name,
        "sha256": row.sha256,
        "file_name": row.file_name,
    }


def _reference(row: Any, product: str, side: str, folder: Path) -> Reference:
    """From an object or from plain columns: both have the same names."""
    return Reference(
        id=row.id,
        product=product,
        side=side,
        sha256=row.sha256,
        path=str(originals.place(folder, row.sha256, row.suffix)),
        outline=tuple((x, y) for x, y in row.outline) if row.outline else None,
        provenance=Provenance(**{name: getattr(row, name) for name in _PROVENANCE}),
        corners=tuple((x, y) for x, y in row.corners) if row.corners else None,
        is_canonical=row.is_canonical,
    )
