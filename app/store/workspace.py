"""A workspace: references with their originals, records of inspections, and the gallery."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

import vision
from app.store import entries, manifests, originals
from app.store.acts import TrainerActs
from app.store.approvals import Approvals
from app.store.audit import AuditEntry, login_name, read_audit
from app.store.contents import read_contents, reference_of_row
from app.store.database import Database, is_file
from app.store.decisions import DecisionBook
from app.store.differences import Change, differences
from app.store.errors import (
    OriginalDamaged,
    OriginalError,
    OriginalMissing,
    SharedGalleryAway,
    WorkspaceUnwritable,
)
from app.store.findings import read_findings, replace_finding
from app.store.importing import ImportRow, Keeping, PreviewRow, imported, previewed
from app.store.items import read_items, replace_item
from app.store.records import Recorded, count_records, document_of, read_records
from app.store.replacing import make_changes
from app.store.rows import (
    forget_empty,
    new_row,
    read_references,
    reference_of,
    reference_row,
    side_row,
    told,
)
from app.store.scales import read_scale, replace_scale
from app.store.scans import ScanBook
from app.store.shared_database import SharedDatabase
from app.store.shared_places import read_place
from app.store.snapshots import Snapshots
from app.store.tables import AuditRow, InspectionRow, ReferenceRow
from app.store.thresholds import ThresholdBook
from app.store.travel import Travel
from app.store.zones import read_zones, replace_zones
from vision import Provenance, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from app.store.acts import Changes
    from app.store.contents import Contents
    from app.store.findings import Finding, Subject
    from app.store.rows import SideOf
    from app.store.scales import KnownLength
    from app.store.zones import ZonesBySide
    from vision import Embedder, Gallery, Vertices, Zone

_log = logging.getLogger(__name__)

_GLANCE = 512  # pixels to which a picture is decoded, to know that it can be read


class Workspace:
    """One folder with the gallery and the records of a team; made or brought up to date on opening.

    Calls may come from any thread. Originals are written before the database speaks of them: a
    crash leaves at most a file that nothing needs.

    Args:
        folder: the workspace.
        url: another database than touchstone.db in the folder, as SQLAlchemy writes it; default
            what shared.toml in the folder says.
        author: who is at work, for the audit; default the name known to the computer.

    Raises:
        StoreError: the folder cannot be written, or its database is newer, damaged or in use.
    """

    def __init__(
        self, folder: Path | str, *, url: str | None = None, author: str | None = None
    ) -> None:
        self.folder = entries.folder(folder)
        self.author = login_name() if author is None else author
        shared = read_place(self.folder) if url is None else None
        self.originals = self.folder / "originals" if shared is None else shared.originals
        self.cache = self.folder / "cache"
        self.calibration = self.folder / "calibration"  # it decides, so it is no cache
        self._make_folders(is_shared=shared is not None)
        self._database = _opened(self.folder, shared.url if shared else url, self.author)
        self.approvals = Approvals(self._database, self.originals, self.author)
        self._changing = self.approvals.changing
        self.travel = Travel(self._database, self._changing, self.originals, self.author)
        self.acts = TrainerActs(self._database, self._changing, self.originals)
        self.snapshots = Snapshots(self._database, self._changing, self.originals)
        self.scans = ScanBook(self._database)
        self.decisions = DecisionBook(self._database)
        self.thresholds = ThresholdBook(self._database, self._changing)

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
        return self._added(Path(file), product, side, provenance, None)[0]

    def import_manifest(
        self, manifest: Path | str, *, side_of: SideOf | None = None
    ) -> Iterator[ImportRow]:
        """Add the files of a CSV list, one at a time; a bad line is a result like any other.

        Columns: file (relative to the list), product, side, those of the provenance, proof (a
        file) and those of the product (see `manifests`); others are passed over. What was added
        stays when the caller stops. `side_of` tells by what name a side is kept (see `rows`).

        Raises:
            ManifestUnreadable: at once, when the list is none or lacks a column.
            StoreError: from the iterator, when the workspace itself fails.
        """
        path = Path(manifest)
        add = partial(self._added, side_of=side_of)
        keeping = Keeping(add, self.acts.keep_file, self.acts.set_product)
        return imported(keeping, path.parent, manifests.rows(path))

    def preview_manifest(self, manifest: Path | str) -> Iterator[PreviewRow]:
        """Look for what is wrong with the lines of a CSV list; nothing is changed.

        Raises:
            ManifestUnreadable: at once, when the list is none or lacks a column.
        """
        path = Path(manifest)
        return previewed(path.parent, manifests.rows(path))

    def references(
        self, *, product: str | None = None, side: str | None = None
    ) -> tuple[Reference, ...]:
        """The references in the order of product, side and time of adding."""
        with self._database.reading() as session:
            return read_references(session, self.originals, product, side)

    def set_outline(self, reference_id: str, outline: Vertices | None) -> Reference:
        """Keep the product's own area, in full-size pixels; None forgets it.

        Raises:
            EntryRefused: it is no polygon.
            NoSuchReference: nothing has this id.
        """
        points = entries.outline(outline)
        with self._changing() as session:
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

    def set_zones(
        self,
        product: str,
        side: str,
        given: Iterable[Zone],
        *,
        expected: Sequence[Zone] | None = None,
    ) -> tuple[Zone, ...]:
        """Give a side these zones instead of those before, which are returned to undo it.

        What is kept has been accepted: `proposed` is not. `expected` are those before, if known.

        Raises:
            UnknownSide: there is none of this name.
            EntryRefused: a label cannot be kept, or a zone is drawn on no reference of the side.
            ChangedMeanwhile: the zones before are not the expected ones.
        """
        with self._changing() as session:
            return replace_zones(session, product, side, tuple(given), expected=expected)

    def remove_reference(self, reference_id: str) -> Changes:
        """Take a reference out of the gallery; its original stays, as a file that nothing needs.

        The zones of its side stay too, in case it comes back. Returns what can be taken back.

        Raises:
            NoSuchReference: nothing has this id.
        """
        with self._changing() as session:
            row = reference_row(session, reference_id)
            gone = Change(before=reference_of_row(row), after=None)
            session.add(AuditRow(act="remove", subject=row.id, detail=told(row)))
            side = row.side
            session.delete(row)
            session.flush()
            return (gone, *forget_empty(session, side))

    def gallery(self, embedder: Embedder | None) -> Gallery:
        """The gallery of all references whose originals are there; the others are logged.

        `lost_originals` names those that were left out.
        """
        self._database.refresh()
        references = self.references()
        lost = {str(error.path): error for error in self._lost(references)}
        for error in lost.values():
            _log.warning("%s", error)
        present = [found for found in references if found.path not in lost]
        gallery = vision.Gallery(
            present, embedder=embedder, cache=self.cache, kept=self.calibration
        )
        for (product, side), found in self.all_zones().items():
            gallery.set_zones(product, side, found)
        gallery.thresholds = self.thresholds.all()
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

    def original_of(self, sha256: str) -> Path | None:
        """The file of the original with this hash, as a name only; None where it is not there."""
        return originals.find(self.originals, sha256)

    def lost_originals(self, *, thorough: bool = False) -> tuple[OriginalError, ...]:
        """What is wrong with the originals; `thorough` reads every byte, which takes time."""
        return tuple(self._lost(self.references(), thorough=thorough))

    def tidy(self) -> originals.Tidy:
        """Count files that no reference, snapshot or proposal needs; nothing is deleted."""
        files = self.snapshots.now().files()
        needed = {originals.place(self.originals, *each) for each in files}
        return originals.tidy(
            self.originals, needed | self.snapshots.files() | self.approvals.files()
        )

    def record(
        self, inspection_json: str, *, photo_sha256: str, outcome: str, gallery_version: str
    ) -> int:
        """Keep an inspection, and give it a number; the gallery it used is kept with it.

        Raises:
            ValueError: not JSON.
            StoreError: the workspace cannot be written.
        """
        row = InspectionRow(
            photo_sha256=photo_sha256,
            outcome=outcome,
            gallery_version=gallery_version,
            document=document_of(inspection_json),
        )
        with contextlib.suppress(SharedGalleryAway):
            self.snapshots.pin(gallery_version)
        with self._database.recording() as session:
            session.add(row)
            session.flush()
            return row.id

    def audit(self, limit: int = 100) -> tuple[AuditEntry, ...]:
        """The changes made last, the newest first."""
        with self._database.reading() as session:
            return read_audit(session, limit)

    def recorded(
        self, limit: int = 100, *, gallery_version: str | None = None
    ) -> tuple[Recorded, ...]:
        """The inspections kept last, the newest first; of all versions of the gallery, or one."""
        with self._database.reading() as session:
            return read_records(session, limit, gallery_version)

    def recorded_with(self) -> dict[str, int]:
        """How many inspections were made with each version of the gallery."""
        with self._database.reading() as session:
            return count_records(session)

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
        with self._changing() as session:
            replace_scale(session, reference_sha256, known)

    @property
    def is_away(self) -> bool:
        """Whether a shared gallery cannot be reached: a copy is read, and nothing can change."""
        return self._database.is_away

    @property
    def seen_at(self) -> datetime | None:
        """When the copy of a shared gallery was last like the server; None for one's own."""
        return self._database.seen_at

    def hold(self, contents: Contents) -> None:
        """Let the gallery be this one; its originals are there already.

        Raises:
            ApprovalNeeded: a second person has to approve changes.
            StoreError: the workspace cannot be written.
        """
        with self._changing() as session:
            make_changes(session, differences(read_contents(session), contents))

    def _lost(
        self, references: Iterable[Reference], *, thorough: bool = False
    ) -> Iterator[OriginalError]:
        for each in references:
            path = Path(each.path)
            if not path.is_file():
                yield OriginalMissing(path, product=each.product, side=each.side)
            elif thorough and not originals.is_whole(path, each.sha256):
                yield OriginalDamaged(path, product=each.product, side=each.side)

    def _make_folders(self, *, is_shared: bool) -> None:
        """A shared folder of originals is not made: where it is away, a new one would hide it."""
        own = (self.folder, self.cache) if is_shared else (self.folder, self.originals, self.cache)
        try:
            for folder in own:
                folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as probe:
                probe.write(b"writable")
        except OSError as error:
            raise WorkspaceUnwritable(self.folder, error.strerror or str(error)) from error

    def _added(
        self, file: Path, product: str, side: str, provenance: Provenance, side_of: SideOf | None
    ) -> tuple[Reference, bool]:
        product, side = entries.name(product, "product"), entries.name(side, "side")
        provenance = entries.provenance(provenance)
        photo = vision.read(file, max_side=_GLANCE)
        suffix = self._keep(file, photo.sha256)
        with self._changing() as session:
            owner = side_row(session, product, side, side_of=side_of)
            query = select(ReferenceRow).where(
                ReferenceRow.side_id == owner.id, ReferenceRow.sha256 == photo.sha256
            )
            known = session.scalars(query).one_or_none()
            if known is not None:
                return self._reference(known), False
            said = provenance if provenance.camera else replace(provenance, camera=photo.camera)
            row = new_row(file, photo, owner, entries.provenance(said), suffix)
            session.add(row)
            session.flush()
            session.add(AuditRow(act="add", subject=row.id, detail=told(row)))
            return self._reference(row), True

    def _keep(self, file: Path, sha256: str) -> str:
        """Store the original, and give the ending of its name there."""
        with self._database.reading() as session:
            query = select(ReferenceRow.suffix).where(ReferenceRow.sha256 == sha256).limit(1)
            known = session.scalars(query).one_or_none()
        suffix = originals.suffix_here(file, self.originals, sha256) if known is None else known
        try:
            source = file.open("rb")
        except OSError as error:
            raise originals.changed_while_read(file) from error
        with source:
            where = {"sha256": sha256, "suffix": suffix}
            originals.store_own(source, self.originals, file=file, owner=self.folder, **where)
        return suffix

    def _reference(self, row: ReferenceRow) -> Reference:
        return reference_of(row, self.originals)


def _opened(folder: Path, url: str | None, author: str) -> Database | SharedDatabase:
    if url is None or is_file(url):
        return Database(folder, url=url, author=author)
    return SharedDatabase(folder, url=url, author=author)
