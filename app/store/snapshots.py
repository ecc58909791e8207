"""Named, read-only pictures of the gallery as it was: taken, compared, restored.

snapshot    the contents of the gallery at one moment, under a name. One without a name was kept
            by the program, for a record that used this version. Not: backup, version.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import select

from app.store import entries, originals
from app.store.contents import Contents, digest, now, read_contents
from app.store.differences import differences
from app.store.errors import NameTaken, NoSuchSnapshot, OriginalsMissing, SnapshotDamaged
from app.store.replacing import make_changes
from app.store.tables import NAME_LENGTH, AuditRow, SnapshotRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.store.database import Database
    from app.store.differences import Change
    from app.store.shared_database import SharedDatabase


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of a snapshot without opening it; `size` counts its references."""

    name: str
    note: str
    gallery_version: str
    size: int
    author: str
    at: datetime


class Snapshots:
    """The snapshots of one gallery.

    Args:
        database: keeps them.
        changing: opens a session that may change the gallery.
        folder: where originals lie.
    """

    def __init__(
        self,
        database: Database | SharedDatabase,
        changing: Callable[[], AbstractContextManager[Session]],
        folder: Path,
    ) -> None:
        self._reading = database.reading
        self._writing = database.writing
        self._changing = changing
        self._folder = folder
        self._passed: set[str] = set()  # versions that the gallery had and were not kept in time

    def take(self, name: str, *, note: str = "") -> Snapshot:
        """Keep the gallery as it is now under a name that is free.

        Raises:
            EntryRefused: the name or the note cannot be kept.
            NameTaken: another snapshot has this name.
        """
        name, note = entries.name(name, "snapshot"), entries.remark(note)
        with self._writing() as session:
            if _row(session, name) is not None:
                raise NameTaken(name)
            return _snapshot(_keep(session, read_contents(session), name, note))

    def all(self) -> tuple[Snapshot, ...]:
        """Those with a name, the oldest first."""
        query = select(SnapshotRow).where(SnapshotRow.name.is_not(None)).order_by(SnapshotRow.id)
        with self._reading() as session:
            return tuple(_snapshot(row) for row in session.scalars(query))

    def kept(self) -> tuple[Snapshot, ...]:
        """Those that the program kept for records too (without a name), the newest first."""
        query = select(SnapshotRow).order_by(SnapshotRow.id.desc())
        with self._reading() as session:
            return tuple(_snapshot(row) for row in session.scalars(query))

    def contents(self, name: str) -> Contents:
        """What a snapshot holds.

        Raises:
            NoSuchSnapshot: none has this name.
            SnapshotDamaged: it is not what was kept.
        """
        with self._reading() as session:
            return _opened(_known(session, name))

    def of_version(self, gallery_version: str) -> Contents | None:
        """The gallery that a record with this version was made with; None where none was kept."""
        query = (
            select(SnapshotRow)
            .where(SnapshotRow.gallery_version == gallery_version)
            .order_by(SnapshotRow.id)
        )
        with self._reading() as session:
            row = session.scalars(query.limit(1)).one_or_none()
            return None if row is None else _opened(row)

    def now(self) -> Contents:
        """What the gallery holds at this moment."""
        with self._reading() as session:
            return read_contents(session)

    def differences(self, name: str, other: str | None = None) -> tuple[Change, ...]:
        """What turns one snapshot into another, or into the gallery of now.

        Raises:
            NoSuchSnapshot: none has one of the names.
            SnapshotDamaged: one is not what was kept.
        """
        with self._reading() as session:
            before = _opened(_known(session, name))
            after = read_contents(session) if other is None else _opened(_known(session, other))
        return differences(before, after)

    def restore(self, name: str, *, kept_as: str = "") -> tuple[Change, ...]:
        """Turn the gallery into what the snapshot holds; what it was is kept as a snapshot too.

        Args:
            name: the snapshot.
            kept_as: how the name of that other snapshot begins; the moment follows.

        Returns:
            What was changed; empty where the gallery was like this already.

        Raises:
            NoSuchSnapshot: none has this name.
            SnapshotDamaged: it is not what was kept.
            OriginalsMissing: pictures that it needs are gone; nothing was changed.
        """
        with self._changing() as session:
            wanted = _opened(_known(session, name))
            found = read_contents(session)
            changes = differences(found, wanted)
            if not changes:
                return ()
            self._check_originals(wanted, name)
            kept = _keep(session, found, _free_name(session, kept_as or f"before “{name}”"), "")
            make_changes(session, changes)
            detail = {
                "before": found.version(),
                "after": wanted.version(),
                "kept_as": kept.name,
                "changes": len(changes),
            }
            session.add(AuditRow(act="restore", subject=name[:64], detail={**detail, "name": name}))
            return changes

    def pin(self, gallery_version: str) -> bool:
        """Keep the gallery of now without a name, for records of this version.

        Returns:
            False when the gallery is no longer of this version, so that nothing could be kept.
        """
        if gallery_version in self._passed:
            return False
        if self._is_kept(gallery_version):
            return True
        with self._reading() as session:
            found = read_contents(session)
        for contents in (found, self._with_originals(found)):
            if contents.version() == gallery_version:
                with self._writing() as session:
                    _keep(session, _of_any_rules(contents), None, "")
                return True
        self._passed.add(gallery_version)
        return False

    def files(self) -> set[Path]:
        """Originals that some snapshot needs."""
        with self._reading() as session:
            kept = [_opened(row) for row in session.scalars(select(SnapshotRow))]
        return {self._file(*each) for one in kept for each in one.files()}

    def _is_kept(self, gallery_version: str) -> bool:
        query = select(SnapshotRow.id).where(SnapshotRow.gallery_version == gallery_version)
        with self._reading() as session:
            return session.scalars(query.limit(1)).one_or_none() is not None

    def _with_originals(self, contents: Contents) -> Contents:
        """Without the references whose pictures are gone, as the gallery is opened."""
        there = tuple(
            each for each in contents.references if self._file(each.sha256, each.suffix).is_file()
        )
        return contents.model_copy(update={"references": there})

    def _check_originals(self, contents: Contents, name: str) -> None:
        gone = len(contents.references) - len(self._with_originals(contents).references)
        if gone:
            raise OriginalsMissing(name, count=gone)

    def _file(self, sha256: str, suffix: str) -> Path:
        return originals.place(self._folder, sha256, suffix)


def _row(session: Session, name: str) -> SnapshotRow | None:
    query = select(SnapshotRow).where(SnapshotRow.name == entries.name(name, "snapshot"))
    return session.scalars(query).one_or_none()


def _known(session: Session, name: str) -> SnapshotRow:
    row = _row(session, name)
    if row is None:
        raise NoSuchSnapshot(name)
    return row


def _keep(session: Session, contents: Contents, name: str | None, note: str) -> SnapshotRow:
    text = contents.text()
    row = SnapshotRow(
        name=name,
        note=note,
        gallery_version=contents.version(),
        size=len(contents.references),
        contents_sha256=digest(text),
        contents=zlib.compress(text),
        author=str(session.info.get("author", "")),
    )
    session.add(row)
    session.flush()
    if name is not None:
        detail = {"name": name, "note": note, "gallery_version": row.gallery_version}
        session.add(AuditRow(act="snapshot", subject=str(row.id), detail=detail))
    return row


def _opened(row: SnapshotRow) -> Contents:
    try:
        text = zlib.decompress(row.contents)
        if digest(text) != row.contents_sha256:
            raise ValueError("another hash")
        return Contents.model_validate_json(text)
    except (zlib.error, ValueError, ValidationError) as error:
        raise SnapshotDamaged(row.name or row.gallery_version) from error


def _of_any_rules(contents: Contents) -> Contents:
    """The same without what its version does not tell: records name their thresholds apart."""
    return contents.model_copy(update={"thresholds": None, "policy": None})


def _snapshot(row: SnapshotRow) -> Snapshot:
    return Snapshot(row.name or "", row.note, row.gallery_version, row.size, row.author, row.at)


def _free_name(session: Session, wanted: str) -> str:
    """`wanted` with the moment, and a number where there are several of one second."""
    moment = f", {now():%Y-%m-%d %H:%M:%S}"
    stem = wanted[: NAME_LENGTH - len(moment) - 6] + moment
    name, number = stem, 2
    while _row(session, name) is not None:
        name, number = f"{stem} ({number})", number + 1
    return name
