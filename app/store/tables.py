"""The tables, as the newest migration leaves them; nothing in them is special to one database."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import String, Text, TypeDecorator

NAME_LENGTH = 200

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, and PostgreSQL answers in the zone of its server."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a moment without a zone is a mistake of the program."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"expected a time with a zone, found {value.isoformat()}")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """An id that nothing has yet."""
    return uuid.uuid4().hex


def _said() -> Mapped[str]:
    """A column of words, empty where nobody said anything."""
    return mapped_column(Text, default="", server_default="")


class Table(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=_NAMES)


class ProductRow(Table):
    """What is sold under one name."""

    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    brand: Mapped[str] = _said()
    gtin: Mapped[str] = _said()
    packaging: Mapped[str] = _said()
    market: Mapped[str] = _said()
    category: Mapped[str] = _said()
    valid_from: Mapped[str] = _said()
    valid_to: Mapped[str] = _said()
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)


class SideRow(Table):
    """One face of a product."""

    __tablename__ = "side"
    __table_args__ = (UniqueConstraint("product_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    product: Mapped[ProductRow] = relationship(lazy="joined", innerjoin=True)


class ReferenceRow(Table):
    """A genuine picture; its original lies under its SHA-256 and `suffix`."""

    __tablename__ = "reference"
    __table_args__ = (UniqueConstraint("side_id", "sha256"), Index(None, "sha256"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    side_id: Mapped[int] = mapped_column(ForeignKey("side.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64))
    suffix: Mapped[str] = mapped_column(String(16), default="")
    file_name: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    vouched_by: Mapped[str] = mapped_column(Text, default="")
    obtained: Mapped[str] = mapped_column(Text, default="")
    batch: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[str] = mapped_column(String(10), default="")
    valid_to: Mapped[str] = mapped_column(String(10), default="")
    obtained_on: Mapped[str] = _said()
    camera: Mapped[str] = _said()
    proof: Mapped[str] = _said()
    proof_name: Mapped[str] = _said()
    is_canonical: Mapped[bool] = mapped_column(default=False, server_default=false())
    corners: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))
    outline: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    side: Mapped[SideRow] = relationship(lazy="joined", innerjoin=True)


class ZoneRow(Table):
    """A zone of a side; `number` is its place among them, from 1."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("side_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    side_id: Mapped[int] = mapped_column(ForeignKey("side.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(NAME_LENGTH))
    reference_sha256: Mapped[str] = mapped_column(String(64))
    polygon: Mapped[list[list[float]]] = mapped_column(JSON)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    side: Mapped[SideRow] = relationship(lazy="joined", innerjoin=True)


class TraitRow(Table):
    """A distinguishing feature of a side; `number` is its place among them, from 1.

    `genuine` and `known_false` name stored pictures, or are empty.
    """

    __tablename__ = "trait"
    __table_args__ = (UniqueConstraint("side_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    side_id: Mapped[int] = mapped_column(ForeignKey("side.id", ondelete="CASCADE"))
    number: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text)
    reference_sha256: Mapped[str] = mapped_column(String(64))
    polygon: Mapped[list[list[float]]] = mapped_column(JSON)
    genuine: Mapped[str] = mapped_column(Text)
    known_false: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    side: Mapped[SideRow] = relationship(lazy="joined", innerjoin=True)


class InspectionRow(Table):
    """What the program said of one photo, and which gallery it looked at."""

    __tablename__ = "inspection"
    __table_args__ = (Index(None, "photo_sha256"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_sha256: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(40))
    gallery_version: Mapped[str] = mapped_column(String(100))
    document: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)


class FindingRow(Table):
    """What an examiner says of a region, or a region of the examiner's own (`by_hand`).

    `product` and `side` are names, not keys: a finding outlives the gallery it was made with.
    `versions` tell what the comparison depended on, `viewing` how it was looked at.
    """

    __tablename__ = "finding"
    __table_args__ = (Index(None, "photo_sha256"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    photo_sha256: Mapped[str] = mapped_column(String(64))
    product: Mapped[str] = mapped_column(String(NAME_LENGTH))
    side: Mapped[str] = mapped_column(String(NAME_LENGTH))
    by_hand: Mapped[bool]
    channel: Mapped[str] = mapped_column(String(20))
    polygon: Mapped[list[list[float]]] = mapped_column(JSON)
    reference_sha256: Mapped[str] = mapped_column(String(64))
    reference_polygon: Mapped[list[list[float]]] = mapped_column(JSON)
    opinion: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    viewing: Mapped[dict[str, Any]] = mapped_column(JSON, server_default="{}")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ItemRow(Table):
    """One thing that is judged by photos of its sides."""

    __tablename__ = "item"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)


class ItemPhotoRow(Table):
    """A photo of an item; `number` is its place among them, from 1."""

    __tablename__ = "item_photo"
    __table_args__ = (UniqueConstraint("item_id", "photo_sha256"), Index(None, "photo_sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    number: Mapped[int]
    photo_sha256: Mapped[str] = mapped_column(String(64))


class ScaleRow(Table):
    """A line on a reference, in its full-size pixels, whose length is known."""

    __tablename__ = "scale"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    x0: Mapped[float] = mapped_column(Float)
    y0: Mapped[float] = mapped_column(Float)
    x1: Mapped[float] = mapped_column(Float)
    y1: Mapped[float] = mapped_column(Float)
    length_mm: Mapped[float] = mapped_column(Float)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)


class SnapshotRow(Table):
    """The gallery as it was at one moment; without a name where it was kept for a record.

    `contents` is the compressed text of `contents.Contents`, `contents_sha256` that of the text.
    """

    __tablename__ = "snapshot"
    __table_args__ = (Index(None, "gallery_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(NAME_LENGTH), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    gallery_version: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    contents_sha256: Mapped[str] = mapped_column(String(64))
    contents: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    author: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)


class ProposalRow(Table):
    """Changes of the gallery that wait for a second person, or have been decided."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[Any] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    state: Mapped[str] = mapped_column(String(20))
    decided_by: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")


class RuleRow(Table):
    """What holds for everybody who works on this gallery."""

    __tablename__ = "rule"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class AuditRow(Table):
    """One change to gallery or findings: what was done, to what, by whom, when; only ever added."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    detail: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    author: Mapped[str] = mapped_column(Text, default="", server_default="")
