"""The records of folder scans: kept as they come, so that a crash repeats and loses nothing.

What was said of a photo is kept by its content and by all that decided (`judged_by`); the files of
a scan point to it. A photo that lies in ten folders, or in ten scans, is judged once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, delete, exists, func, or_, select

from app.store.scan_tables import JudgementRow, ScanFileRow, ScanRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.store.database import Database
    from app.store.shared_database import SharedDatabase
    from vision import ListedFile

FIRST_ROUND: Final = 1
_AT_ONCE = 500  # rows fetched from the database together
_CAME_TO_SOMETHING = or_(
    ScanRow.ended_at.is_not(None), exists().where(ScanFileRow.scan_id == ScanRow.id)
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was said of a photo: the JSON text of it, and by what it is listed.

    The `imprint` of the photo is kept too, but comes back by `ScanBook.imprints` alone.
    """

    document: str
    outcome: str
    product: str = ""
    side: str = ""
    suspicion: float | None = None
    imprint: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """Something that a scan has found.

    `kind` is a word of the caller's; `sha256` (hex) is "" where the bytes were not read; `first`
    the path of an earlier file with the same bytes, which has the judgement; `near` that of one
    which shows the same photo, saved differently; `why` what stood in the way. A `judgement` of
    None is looked up by content when it is kept.
    """

    path: str
    kind: str
    size: int = 0
    modified_ns: int = 0
    sha256: str = ""
    first: str = ""
    why: str = ""
    judgement: Judgement | None = None
    near: str = ""


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """One scan: `ended_at` is None while it has not come to its end; `files` counts all found."""

    id: int
    folders: tuple[str, ...]
    versions: Mapping[str, str]
    begun_at: datetime
    ended_at: datetime | None
    files: int


class ScanBook:
    """The scans of one workspace; calls may come from any thread. All may raise StoreError."""

    def __init__(self, database: Database | SharedDatabase) -> None:
        self._database = database

    def begin(self, folders: Sequence[str], versions: Mapping[str, str]) -> int:
        """Begin a scan, and give it a number; this is its round `FIRST_ROUND`."""
        row = ScanRow(folders=list(folders), versions=dict(versions))
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return row.id

    def resume(self, scan: int, versions: Mapping[str, str]) -> int:
        """Go on with a scan; what is not met again until its end will not be part of it.

        Returns:
            Which round of the scan this is.
        """
        with self._database.writing() as session:
            row = session.get_one(ScanRow, scan)
            row.round += 1
            row.ended_at = None
            row.versions = dict(versions)
            return row.round

    def last(self, folders: Sequence[str]) -> ScanRecord | None:
        """The newest scan of exactly these folders."""
        query = select(ScanRow).order_by(ScanRow.id.desc())
        with self._database.reading() as session:
            for row in session.scalars(query):
                if row.folders == list(folders):
                    return _record(session, row)
        return None

    def newest(self, limit: int = 20) -> tuple[ScanRecord, ...]:
        """The scans begun last, the newest first; of the same folders only one.

        One that broke off before it found anything hides none before it.
        """
        query = select(ScanRow).where(_CAME_TO_SOMETHING).order_by(ScanRow.id.desc())
        found: dict[tuple[str, ...], ScanRecord] = {}
        with self._database.reading() as session:
            for row in session.scalars(query):
                if len(found) == limit:
                    break
                if tuple(row.folders) not in found:
                    found[tuple(row.folders)] = _record(session, row)
        return tuple(found.values())

    def keep(
        self, scan: int, files: Sequence[ScannedFile], judged_by: str
    ) -> tuple[ScannedFile, ...]:
        """Keep what was found, all or nothing; what was kept of the same path is replaced.

        Returns:
            The files as they are kept: with what is known of their content.
        """
        kept = []
        with self._database.writing() as session:
            current = session.get_one(ScanRow, scan).round
            for each in files:
                judgement = _judgement(session, each, judged_by)
                row = _row(session, scan, each.path)
                row.round = current
                row.size, row.modified_ns = each.size, each.modified_ns
                row.kind, row.sha256 = each.kind, each.sha256
                row.first, row.near, row.why = each.first, each.near, _writable(each.why)
                row.judgement = judgement
                session.flush()
                kept.append(_scanned(row))
        return tuple(kept)

    def end(self, scan: int, in_round: int = FIRST_ROUND) -> None:
        """A round of a scan has come to its end: what was not met any more is forgotten.

        Where somebody else has gone on with the scan since, it is theirs to end.
        """
        with self._database.writing() as session:
            row = session.get_one(ScanRow, scan)
            if row.round != in_round:
                return
            row.ended_at = datetime.now(UTC)
            session.execute(
                delete(ScanFileRow).where(
                    ScanFileRow.scan_id == scan, ScanFileRow.round < row.round
                )
            )

    def counts(self, scan: int) -> dict[tuple[str, str], int]:
        """How many files of each kind and outcome; the outcome is "" where nothing was judged."""
        outcome = func.coalesce(JudgementRow.outcome, "")
        query = (
            select(ScanFileRow.kind, outcome, func.count())
            .outerjoin(JudgementRow, ScanFileRow.judgement_id == JudgementRow.id)
            .where(ScanFileRow.scan_id == scan)
            .group_by(ScanFileRow.kind, outcome)
        )
        with self._database.reading() as session:
            return {(kind, said): count for kind, said, count in session.execute(query)}

    def files(self, scan: int) -> Iterator[ScannedFile]:
        """All that a scan has found, the most suspicious first, then in the order of finding.

        They are fetched in parts, so that a scan of any size needs little memory.
        """
        query = (
            select(ScanFileRow)
            .outerjoin(JudgementRow, ScanFileRow.judgement_id == JudgementRow.id)
            .where(ScanFileRow.scan_id == scan)
            .order_by(JudgementRow.suspicion.is_(None), JudgementRow.suspicion.desc())
            .order_by(ScanFileRow.id)
            .execution_options(yield_per=_AT_ONCE)
        )
        with self._database.reading() as session:
            for rows in session.scalars(query).partitions(_AT_ONCE):
                near = _near_of_firsts(session, scan, rows)
                for row in rows:
                    found = _scanned(row)
                    yield replace(found, near=near.get(found.first, found.near))

    def content_of(self, file: ListedFile) -> str | None:
        """SHA-256 (hex) of a file that looks as it did when some scan read it last."""
        query = (
            select(ScanFileRow.sha256)
            .where(
                ScanFileRow.path_hash == _path_hash(file.path),
                ScanFileRow.size == file.size,
                ScanFileRow.modified_ns == file.modified_ns,
                ScanFileRow.sha256 != "",
            )
            .order_by(ScanFileRow.id.desc())
            .limit(1)
        )
        with self._database.reading() as session:
            return session.scalars(query).one_or_none()

    def imprints(self, contents: Sequence[str], judged_by: str) -> dict[str, bytes]:
        """The imprints of contents (SHA-256, hex), of those that have one."""
        query = select(JudgementRow.photo_sha256, JudgementRow.imprint).where(
            JudgementRow.photo_sha256.in_(contents),
            JudgementRow.judged_by == judged_by,
            JudgementRow.imprint.is_not(None),
        )
        if not contents:
            return {}
        with self._database.reading() as session:
            found = session.execute(query).all()
        return {sha256: imprint for sha256, imprint in found if imprint is not None}

    def has(self, sha256: str, judged_by: str) -> bool:
        """Whether something was said of this content by just this gallery, model and limits."""
        with self._database.reading() as session:
            return session.scalars(_of(sha256, judged_by)).one_or_none() is not None


def _of(sha256: str, judged_by: str) -> Any:
    return select(JudgementRow.id).where(
        JudgementRow.photo_sha256 == sha256, JudgementRow.judged_by == judged_by
    )


def _near_of_firsts(session: Session, scan: int, rows: Sequence[ScanFileRow]) -> dict[str, str]:
    """Where copies lie of a file that is near another: that other, by the path of the first."""
    hashes = [_path_hash(row.first) for row in rows if row.first]
    if not hashes:
        return {}
    query = select(ScanFileRow.path, ScanFileRow.near).where(
        ScanFileRow.scan_id == scan, ScanFileRow.path_hash.in_(hashes)
    )
    return {path: near for path, near in session.execute(query) if near}


def _judgement(session: Session, file: ScannedFile, judged_by: str) -> JudgementRow | None:
    """The judgement of a file's content: the one given, else the one kept before."""
    query = select(JudgementRow).where(
        JudgementRow.photo_sha256 == file.sha256, JudgementRow.judged_by == judged_by
    )
    by_content = file.sha256 and not file.first  # a copy is told by the file that came first
    known = session.scalars(query).one_or_none() if by_content else None
    said = file.judgement
    if said is None:
        return known
    row = known or JudgementRow(photo_sha256=file.sha256, judged_by=judged_by)
    row.outcome, row.product, row.side = said.outcome, said.product, said.side
    row.suspicion, row.document = said.suspicion, json.loads(said.document)
    row.imprint = said.imprint or None
    session.add(row)
    session.flush()
    return row


def _row(session: Session, scan: int, path: str) -> ScanFileRow:
    key = _path_hash(path)
    same: ColumnElement[bool] = ScanFileRow.path_hash == key
    query = select(ScanFileRow).where(ScanFileRow.scan_id == scan, same)
    row = session.scalars(query).one_or_none()
    if row is None:
        row = ScanFileRow(scan_id=scan, path_hash=key, path=path)
        session.add(row)
    return row


def _scanned(row: ScanFileRow) -> ScannedFile:
    said = row.judgement
    return ScannedFile(
        path=row.path,
        kind=row.kind,
        size=row.size,
        modified_ns=row.modified_ns,
        sha256=row.sha256,
        first=row.first,
        near=row.near,
        why=row.why,
        judgement=None
        if said is None
        else Judgement(
            json.dumps(said.document), said.outcome, said.product, said.side, said.suspicion
        ),
    )


def _record(session: Session, row: ScanRow) -> ScanRecord:
    count = select(func.count()).select_from(ScanFileRow).where(ScanFileRow.scan_id == row.id)
    return ScanRecord(
        row.id,
        tuple(row.folders),
        row.versions,
        row.begun_at,
        row.ended_at,
        session.scalars(count).one(),
    )


def _path_hash(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()


def _writable(text: str) -> str:
    """What a database can hold: parts of a name that are no text are marked."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
