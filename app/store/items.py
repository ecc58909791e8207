"""Which photos show the sides of one item, by the bytes of the photos; every change remembered.

item        one thing that somebody wants judged, with photos of its sides. Not: product, case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store.tables import AuditRow, ItemPhotoRow, ItemRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def read_items(session: Session) -> dict[str, tuple[str, ...]]:
    """The photos (SHA-256 of their bytes, hex) of every item, in their order."""
    items: dict[str, list[str]] = {}
    query = select(ItemPhotoRow).order_by(ItemPhotoRow.item_id, ItemPhotoRow.number)
    for row in session.scalars(query):
        items.setdefault(row.item_id, []).append(row.photo_sha256)
    return {item: tuple(photos) for item, photos in items.items()}


def replace_item(session: Session, item: str, photos: Sequence[str]) -> None:
    """Let an item have these photos, each once; without any, it is no more."""
    wanted = tuple(dict.fromkeys(photos))
    row = session.get(ItemRow, item)
    query = select(ItemPhotoRow).where(ItemPhotoRow.item_id == item).order_by(ItemPhotoRow.number)
    kept = list(session.scalars(query))
    before = tuple(one.photo_sha256 for one in kept)
    if before == wanted:
        return
    for one in kept:
        session.delete(one)
    session.flush()
    if row is None:
        session.add(ItemRow(id=item))
        session.flush()
    elif not wanted:
        session.delete(row)
    session.add_all(
        ItemPhotoRow(item_id=item, number=number, photo_sha256=photo)
        for number, photo in enumerate(wanted, 1)
    )
    detail = {"before": list(before), "after": list(wanted)}
    session.add(AuditRow(act="item", subject=item, detail=detail))
