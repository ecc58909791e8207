"""The tables of folder scans: what was found, what was said of each content, what people decide."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import String, Text

from app.store.tables import NAME_LENGTH, Table, UtcDateTime


def _now() -> datetime:
    return datetime.now(UTC)


class ScanRow(Table):
    """One scan of some folders; `round` counts how often it was begun or resumed."""

    __tablename__ = "scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    folders: Mapped[list[str]] = mapped_column(JSON)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    round: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JudgementRow(Table):
    """What was said of one content by one gallery, model and set of thresholds (`judged_by`).

    `imprint` is a small picture of the photo, by which it is known again.
    """

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("photo_sha256", "judged_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_sha256: Mapped[str] = mapped_column(String(64))
    judged_by: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(40))
    product: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    suspicion: Mapped[float | None] = mapped_column(Float)
    document: Mapped[Any] = mapped_column(JSON)
    imprint: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)


class ScanFileRow(Table):
    """Something found by a scan.

    Paths are JSON, which also holds names that are no UTF-8; `path_hash` finds them. `round` is the
    one in which it was met last.
    """

    __tablename__ = "scan_file"
    __table_args__ = (
        UniqueConstraint("scan_id", "path_hash"),
        Index(None, "path_hash"),
        Index(None, "judgement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id", ondelete="CASCADE"))
    path_hash: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(JSON)
    round: Mapped[int]
    size: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    first: Mapped[str] = mapped_column(JSON)
    near: Mapped[str] = mapped_column(JSON, default="")
    why: Mapped[str] = mapped_column(Text)
    judgement_id: Mapped[int | None] = mapped_column(ForeignKey("judgement.id"))
    judgement: Mapped[JudgementRow | None] = relationship(lazy="joined")


class DecisionRow(Table):
    """What an examiner decided of a photo; `product` and `side` are names, as in findings."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("photo_sha256", "product", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_sha256: Mapped[str] = mapped_column(String(64))
    product: Mapped[str] = mapped_column(String(NAME_LENGTH))
    side: Mapped[str] = mapped_column(String(NAME_LENGTH))
    decided: Mapped[str] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(Text)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
