"""A workspace: references with their originals, records of inspections, and the gallery."""

from __future__ import annotations

import json
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

import vision
from app.store import entries, manifests, originals
from app.store.database import Database
from app.store.errors import (
    EntryRefused,
    OriginalDamaged,
    OriginalError,
    OriginalMissing,
    WorkspaceUnwritable,
)
from app.store.findings import read_findings, replace_finding
from app.store.items import read_items, replace_item
from app.store.rows import forget_empty, new_row, reference_row, side_row, told
from app.store.scales import read_scale, replace_scale
from app.store.scans import ScanBook
from app.store.tables import AuditRow, InspectionRow, ProductRow, ReferenceRow, SideRow
from app.store.zones import read_zones, replace_zones
from vision import FileUnreachable, Provenance, Reference, TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from app.store.findings import Finding, Subject
    from app.store.scales import KnownLength
    from app.store.zones import ZonesBySide
    from vision import Embedder, Gallery, Vertices, Zone

_log = logging.getLogger(__name__)

# Pixels to which a picture is decoded when only its readability is in question.
_GLANCE = 512


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of one line of a manifest: a reference, or `error`, a sentence saying why not.

    `line` is its place in the file, `cause` the error behind the sentence, `is_new` False where the
    reference was there before.
    """

    file: str
    reference: Reference | None
    error: str
    line: int = 0
    cause: TouchstoneError | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """One inspection as it was kept; `document` is the JSON text that was given."""

    id: int
    photo_sha256: str
    outcome: str
    gallery_version: str
    document: str
    at: datetime


class Workspace:
    """One folder with the gallery and the records of a team; made or brought up to date on opening.

    Calls may come from any thread. Originals are written before the database speaks of them: a
    crash leaves at most a file that nothing needs.

    Args:
        folder: the workspace.
        url: another database than touchstone.db in the folder, as SQLAlchemy writes it.

    Raises:
        StoreError: the folder cannot be written, or its database is newer, damaged or in use.
    """

    def __init__(self, folder: Path | str, *, url: str | None = None) -> None:
        self.folder = Path(folder).expanduser().absolute()
        self.originals = self.folder / "originals"
        self.cache = self.folder / "cache"
        self.calibration = self.folder / "calibration"  # it decides, so it is no cache
        self._make_folders()
        self._database = Database(self.folder, url=url)
        self.scans = ScanBook(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; the workspace cannot be used after."""
        self._database.close()

    def add_reference(
        self,
        file: Path | str,
        *,
        product: str,
        side: str,
        provenance: Provenance = Provenance(),  # noqa: B008 - frozen, and the agreed interface
    ) -> Reference:
        """Keep a picture as a reference; the same picture of the same side is kept once.

        Raises:
            PictureError: the file is no readable picture.
            EntryRefused: a name or a date cannot be kept.
            StoreError: the workspace cannot be written.
        """
        return self._added(Path(file), product, side, provenance)[0]

    def import_manifest(self, manifest: Path | str) -> Iterator[ImportRow]:
        """Add the files of a CSV list, one at a time; a bad line is a result like any other.

        Columns: file (relative to the list), product, side, and those of the provenance; others
        are passed over. What was added stays when the caller stops.

        Raises:
            ManifestUnreadable: at once, when the list is none or lacks a column.
            StoreError: from the iterator, when the workspace itself fails.
        """
        path = Path(manifest)
        return self._imported(path.parent, manifests.rows(path))

    def references(
        self, *, product: str | None = None, side: str | None = None
    ) -> tuple[Reference, ...]:
        """The references in the order of product, side and time of adding."""
        query = (
            select(ReferenceRow)
            .join(ReferenceRow.side)
            .join(SideRow.product)
            .order_by(ProductRow.name, SideRow.name, ReferenceRow.added_at, ReferenceRow.id)
        )
        if product is not None:
            query = query.where(ProductRow.name == product)
        if side is not None:
            query = query.where(SideRow.name == side)
        with self._database.reading() as session:
            return tuple(self._reference(row) for row in session.scalars(query))

    def set_outline(self, reference_id: str, outline: Vertices | None) -> Reference:
        """Keep the product's own area, in full-size pixels; None forgets it.

        Raises:
            EntryRefused: it is no polygon.
            NoSuchReference: nothing has this id.
        """
        points = entries.outline(outline)
        with self._database.writing() as session:
            row = reference_row(session, reference_id)
            row.outline = points
            session.add(AuditRow(act="outline", subject=row.id, detail=points))
            return self._reference(row)

    def zones(self, product: str, side: str) -> tuple[Zone, ...]:
        """The zones of a side in the order they were given; none of an unknown one."""
        return self.all_zones().get((product, side), ())

    def all_zones(self) -> ZonesBySide:
        """The zones of every side that has some, by product and side."""
        with self._database.reading() as session:
            return read_zones(session)

    def set_zones(self, product: str, side: str, given: Iterable[Zone]) -> tuple[Zone, ...]:
        """Give a side these zones instead of those before, which are returned to undo it.

        What is kept has been accepted: `proposed` is not.

        Raises:
            UnknownSide: there is none of this name.
            EntryRefused: a label cannot be kept, or a zone is drawn on no reference of the side.
        """
        with self._database.writing() as session:
            return replace_zones(session, product, side, tuple(given))

    def remove_reference(self, reference_id: str) -> None:
        """Take a reference out of the gallery; its original stays, as a file that nothing needs.

        The zones of its side stay too, in case the reference comes back.

        Raises:
            NoSuchReference: nothing has this id.
        """
        with self._database.writing() as session:
            row = reference_row(session, reference_id)
            session.add(AuditRow(act="remove", subject=row.id, detail=told(row)))
            side = row.side
            session.delete(row)
            session.flush()
            forget_empty(session, side)

    def gallery(self, embedder: Embedder | None) -> Gallery:
        """The gallery of all references whose originals are there; the others are logged.

        `lost_originals` names those that were left out.
        """
        lost = {str(error.path): error for error in self.lost_originals()}
        for error in lost.values():
            _log.warning("%s", error)
        present = [found for found in self.references() if found.path not in lost]
        gallery = vision.Gallery(
            present, embedder=embedder, cache=self.cache, kept=self.calibration
        )
        for (product, side), found in self.all_zones().items():
            gallery.set_zones(product, side, found)
        return gallery

    def original(self, reference: Reference) -> Path:
        """The file of a reference, its bytes checked.

        Raises:
            OriginalMissing: it is not there or cannot be read.
            OriginalDamaged: its bytes have changed.
        """
        path = Path(reference.path)
        if originals.is_whole(path, reference.sha256):
            return path
        kind = OriginalDamaged if path.is_file() else OriginalMissing
        raise kind(path, product=reference.product, side=reference.side)

    def lost_originals(self, *, thorough: bool = False) -> tuple[OriginalError, ...]:
        """What is wrong with the originals; `thorough` reads every byte, which takes time."""
        found: list[OriginalError] = []
        for reference in self.references():
            path = Path(reference.path)
            if not path.is_file():
                found.append(OriginalMissing(path, product=reference.product, side=reference.side))
            elif thorough and not originals.is_whole(path, reference.sha256):
                found.append(OriginalDamaged(path, product=reference.product, side=reference.side))
        return tuple(found)

    def tidy(self) -> originals.Tidy:
        """Count the stored files that no reference needs; nothing is deleted."""
        needed = {Path(reference.path) for reference in self.references()}
        return originals.tidy(self.originals, needed)

    def record(
        self, inspection_json: str, *, photo_sha256: str, outcome: str, gallery_version: str
    ) -> int:
        """Keep an inspection, and give it a number.

        Raises:
            ValueError: not JSON.
            StoreError: the workspace cannot be written.
        """
        document = json.loads(inspection_json, parse_constant=_refuse_constant)
        row = InspectionRow(
            photo_sha256=photo_sha256,
            outcome=outcome,
            gallery_version=gallery_version,
            document=document,
        )
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return row.id

    def recorded(self, limit: int = 100) -> tuple[Recorded, ...]:
        """The inspections kept last, the newest first."""
        query = select(InspectionRow).order_by(InspectionRow.id.desc()).limit(limit)
        with self._database.reading() as session:
            return tuple(
                Recorded(
                    id=row.id,
                    photo_sha256=row.photo_sha256,
                    outcome=row.outcome,
                    gallery_version=row.gallery_version,
                    document=json.dumps(row.document, ensure_ascii=False),
                    at=row.at,
                )
                for row in session.scalars(query)
            )

    def findings(self, subject: Subject) -> tuple[Finding, ...]:
        """What examiners said of a photo compared with one side, in the order of their saying."""
        with self._database.reading() as session:
            return read_findings(session, subject)

    def set_finding(self, before: Finding | None, after: Finding | None) -> None:
        """Keep `after` instead of `before`; None for one that is not there. The audit has both.

        Keeping what is kept already changes nothing, so that a doubtful write can be repeated.

        Raises:
            EntryRefused: the note or a corner cannot be kept.
            ValueError: both are None, or they are two different findings.
            StoreError: the workspace cannot be written.
        """
        with self._database.writing() as session:
            replace_finding(session, before, after)

    def items(self) -> dict[str, tuple[str, ...]]:
        """The photos (SHA-256, hex) of every item with several, in their order."""
        with self._database.reading() as session:
            return read_items(session)

    def set_item(self, item: str, photos: Sequence[str]) -> None:
        """Let an item have these photos (SHA-256, hex); without any, it is no more.

        Raises:
            StoreError: the workspace cannot be written.
        """
        with self._database.writing() as session:
            replace_item(session, item, photos)

    def known_length(self, reference_sha256: str) -> KnownLength | None:
        """The line of known length on a reference, None where there is none."""
        with self._database.reading() as session:
            return read_scale(session, reference_sha256)

    def set_known_length(self, reference_sha256: str, known: KnownLength | None) -> None:
        """Keep a line of known length on a reference; None forgets it.

        Raises:
            EntryRefused: the line has no length, or the length is none that can be.
            StoreError: the workspace cannot be written.
        """
        with self._database.writing() as session:
            replace_scale(session, reference_sha256, known)

    def _make_folders(self) -> None:
        try:
            for folder in (self.folder, self.originals, self.cache):
                folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as probe:
                probe.write(b"writable")
        except OSError as error:
            raise WorkspaceUnwritable(self.folder, error.strerror or str(error)) from error

    def _added(
        self, file: Path, product: str, side: str, provenance: Provenance
    ) -> tuple[Reference, bool]:
        product, side = entries.name(product, "product"), entries.name(side, "side")
        provenance = entries.provenance(provenance)
        photo = vision.read(file, max_side=_GLANCE)
        suffix = self._keep(file, photo.sha256)
        with self._database.writing() as session:
            owner = side_row(session, product, side)
            query = select(ReferenceRow).where(
                ReferenceRow.side_id == owner.id, ReferenceRow.sha256 == photo.sha256
            )
            known = session.scalars(query).one_or_none()
            if known is not None:
                return self._reference(known), False
            row = new_row(file, photo, owner, provenance, suffix)
            session.add(row)
            session.flush()
            session.add(AuditRow(act="add", subject=row.id, detail=told(row)))
            return self._reference(row), True

    def _keep(self, file: Path, sha256: str) -> str:
        """Store the original, and give the ending of its name there."""
        with self._database.reading() as session:
            query = select(ReferenceRow.suffix).where(ReferenceRow.sha256 == sha256).limit(1)
            known = session.scalars(query).one_or_none()
        suffix = originals.suffix_of(file) if known is None else known
        try:
            source = file.open("rb")
        except OSError as error:
            raise _changed(file) from error
        with source:
            try:
                is_same = originals.store(source, self.originals, sha256=sha256, suffix=suffix)
            except OSError as error:
                raise WorkspaceUnwritable(self.folder, error.strerror or str(error)) from error
        if not is_same:
            raise _changed(file)
        return suffix

    def _imported(self, folder: Path, rows: Iterator[manifests.ManifestRow]) -> Iterator[ImportRow]:
        for row in rows:
            cells = row.cells
            file = cells.get("file", "")
            if row.fault:
                yield ImportRow(file, None, row.fault, row.line)
                continue
            try:
                if not file:
                    raise EntryRefused("file", file, "it must not be empty")
                reference, is_new = self._added(
                    _beside(folder, file),
                    cells["product"],
                    cells["side"],
                    Provenance(**{key: cells.get(key, "") for key in manifests.PROVENANCE}),
                )
            except (vision.PictureError, EntryRefused) as error:
                yield ImportRow(file, None, str(error), row.line, error)
            else:
                yield ImportRow(file, reference, "", row.line, None, is_new)

    def _reference(self, row: ReferenceRow) -> Reference:
        return Reference(
            id=row.id,
            product=row.side.product.name,
            side=row.side.name,
            sha256=row.sha256,
            path=str(originals.place(self.originals, row.sha256, row.suffix)),
            outline=tuple((x, y) for x, y in row.outline) if row.outline else None,
            provenance=Provenance(
                vouched_by=row.vouched_by,
                obtained=row.obtained,
                batch=row.batch,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            ),
        )


def _beside(folder: Path, file: str) -> Path:
    """The file named in a list; lists written under Windows divide folders by backslashes."""
    path = folder / file
    if "\\" in file and not path.exists():
        path = folder / file.replace("\\", "/")
    return path


def _changed(file: Path) -> FileUnreachable:
    return FileUnreachable(
        file, "the file changed while it was read", "Wait until it is whole, then add it again."
    )


def _refuse_constant(name: str) -> None:
    raise ValueError(f"expected JSON, found {name}")
