"""The work behind the panes on a real workspace: it, its gallery and the model are opened late."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import vision
from app.demo import make_demo
from app.panes.health_work import HealthSource, HealthWork
from app.panes.team_work import TeamWork
from app.panes.threshold_work import ThresholdWork
from app.panes.trainer_bench import TrainerWork
from app.panes.version_work import VersionWork
from app.panes.workbench import (
    Added,
    Choice,
    Inspected,
    OtherReference,
    PinGround,
    ScanBegun,
    Stage,
    Thumbnail,
    ZoneSheet,
)
from app.reading import read_photo, read_photo_bytes
from app.reports.contract import inspection_part, touchstone_version
from app.reports.examined import subject_of
from app.reports.scanning import Resume, scan_folders, versions_of
from app.side_words import product_and_side
from app.store import Workspace, changed
from app.views.contact_sheet import SheetPicture, sheet_picture
from app.views.pixels import Picture, picture_from_pixels, thumbnail_from_pixels
from app.views.scene import (
    THUMBNAIL_SIDE,
    picture_from_photo,
    scene_from_inspection,
    scene_of_photo,
)
from vision import Embedder, Gallery, Inspection, Provenance, Reference, TouchstoneError, Zone

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from PySide6.QtGui import QImage

    from app.panes.intake import Source
    from app.store import Changes, Decision, Finding, KnownLength, ScannedFile, ScanRecord, Subject
    from vision import Candidate, CheckStep, Comparison, Photo, ScanControl, Vertices

_THUMBNAIL_READ_SIDE: Final = 480
_LOOKED_AT_SIDE: Final = 2400
_SHARPEST_SIDE: Final = 6000
_RANKED: Final = 20  # sides that a search by hand lists
_FILES_AT_ONCE: Final = 200
_CHOSEN: Final = "product_and_side"
_ALIGNMENT: Final = "alignment"
_BY_HAND: Final = "chosen by hand"


class WorkspaceBench:
    """The Workbench on a real workspace. Nothing is opened before the first generator runs."""

    def __init__(
        self, folder: Path, *, threads: int | None = None, author: str | None = None
    ) -> None:
        self._folder, self._threads = folder, threads
        self._author = author
        self.versions = VersionWork(self._opened_workspace)
        self.health = HealthWork(HealthSource.of(self._opened_workspace, self._opened_gallery))
        self.team = TeamWork(self._opened_workspace, folder, self._reopen)
        self.thresholds = ThresholdWork(self._opened_workspace, self._opened_gallery)
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None
        self._embedder: Embedder | None = None
        self._gallery: Gallery | None = None
        self.trainer = TrainerWork(
            self._opened_workspace, self._opened_gallery, lambda: self._gallery
        )
        self._last: tuple[Reference, Picture] | None = None

    @property
    def folder(self) -> Path:
        """The folder of the workspace."""
        return self._folder

    def open(self) -> Generator[Stage, None, int]:
        """MODEL: open everything, step by step; how many references there are."""
        yield Stage.WORKSPACE
        self._opened_workspace()
        yield Stage.MODEL
        self._opened_embedder()
        yield Stage.GALLERY
        gallery = self._opened_gallery()
        for _ in gallery.get_ready():  # so that the first photo does not wait for all of it
            yield Stage.GALLERY
        return len(gallery.references)

    def inspect(
        self, source: Source, choice: Choice
    ) -> Generator[Thumbnail | Inspected, None, None]:
        """MODEL: read and inspect one photo."""
        photo = _read(source)
        yield _first_sight(photo)
        gallery = self._opened_gallery()
        inspection = vision.inspect(
            photo, gallery, product=choice.product, side=choice.side, pinned=choice.pinned
        )
        self._record(inspection, gallery, choice)
        yield Inspected(
            inspection,
            scene_from_inspection(inspection, self._seen(inspection)),
            self._opened_workspace().findings(subject_of(inspection)),
            {
                "touchstone": touchstone_version(),
                "model": self._opened_embedder().version,
                "gallery": gallery.version,
                "thresholds": gallery.thresholds_version,
                **({_CHOSEN: _BY_HAND} if choice.is_by_hand else {}),
                **({_ALIGNMENT: _BY_HAND} if choice.pinned is not None else {}),
            },
            choice,
            self._known_length(inspection),
            ()
            if inspection.comparison is None
            else self.trainer.seen_traits(inspection.comparison),
        )

    def first_sight(self, source: Source) -> Generator[None, None, Thumbnail]:
        """FILES: read one photo and look for faults, without comparing it."""
        yield
        return _first_sight(_read(source))

    def search(
        self, photo: Photo, region: Vertices | None
    ) -> Generator[None, None, tuple[Candidate, ...]]:
        """MODEL: rank the sides of the gallery by what a photo, or a region of it, shows."""
        yield
        gallery = self._opened_gallery()
        ranked: tuple[Candidate, ...] = ()
        for so_far in vision.search_steps(photo, gallery, region=region, limit=_RANKED):
            ranked = so_far
            yield  # a place to stop after each side
        return ranked

    def keep_finding(self, before: Finding | None, after: Finding | None) -> None:
        """FILES: keep `after` instead of `before`, at once."""
        self._opened_workspace().set_finding(before, after)

    def keep_item(self, item: str, photos: tuple[str, ...]) -> None:
        """FILES: keep which photos (SHA-256, hex) show one item; none dissolve it."""
        self._opened_workspace().set_item(item, photos)

    def keep_known_length(self, reference: str, known: KnownLength | None) -> None:
        """FILES: keep the known length on a reference (SHA-256, hex); None forgets it."""
        with changed(self._opened_workspace()) as target:
            target.set_known_length(reference, known)

    def sharp(self, source: Source) -> Generator[None, None, Picture]:
        """FILES: the photo as sharp as it is, to be looked at."""
        yield
        if source.path is not None:
            return picture_from_photo(vision.read(source.path, max_side=_SHARPEST_SIDE))
        photo = vision.read_bytes(source.content(), source.name, max_side=_SHARPEST_SIDE)
        return picture_from_photo(photo)

    def contact_sheet(
        self, comparison: Comparison
    ) -> Generator[None, None, tuple[SheetPicture, ...]]:
        """MODEL: every reference of a comparison, laid on its frame; none if they have changed."""
        yield
        laid = vision.laid_references(comparison, self._opened_gallery())
        return tuple(sheet_picture(each, comparison) for each in laid)

    def other_reference(
        self, comparison: Comparison, number: int
    ) -> Generator[None, None, OtherReference | None]:
        """MODEL: one of the references of a comparison, sharp; None if they have changed."""
        yield
        found = vision.sharp_reference(comparison, self._opened_gallery(), number)
        if found is None:
            return None
        return OtherReference(
            picture_from_pixels(found.pixels, scale=found.scale, origin=found.origin),
            found.reference.sha256,
            found.number,
            found.count,
            found.reference.provenance.batch,
        )

    def references(self) -> Generator[None, None, tuple[Reference, ...]]:
        """FILES: every reference of the gallery."""
        yield
        return self._opened_workspace().references()

    def thumbnails(
        self, references: tuple[Reference, ...]
    ) -> Generator[tuple[str, QImage], None, None]:
        """FILES: small pictures with the ids of their references; unreadable files are left out."""
        for reference in references:
            try:
                photo = vision.read_reference(reference, max_side=_THUMBNAIL_READ_SIDE)
            except (TouchstoneError, MemoryError):
                continue
            yield reference.id, thumbnail_from_pixels(photo.pixels, THUMBNAIL_SIDE)

    def add(
        self, sources: tuple[Source, ...], product: str, side: str, provenance: Provenance
    ) -> Generator[Added, None, None]:
        """FILES: keep files as references of one side."""
        with changed(self._opened_workspace(), note=product_and_side(product, side)) as target:
            for source in sources:
                try:
                    with _as_file(source) as file:
                        reference = target.add_reference(
                            file, product=product, side=side, provenance=provenance
                        )
                except (TouchstoneError, OSError, MemoryError) as error:
                    yield Added(source.name, error=error)
                else:
                    yield Added(source.name, reference)

    def take_up(self, references: tuple[Reference, ...]) -> Generator[None, None, None]:
        """MODEL: make references known to the search."""
        gallery = self._opened_gallery()
        known = {reference.id for reference in gallery.references}
        for reference in references:
            yield
            if reference.id not in known:
                gallery.add(reference)

    def drop(self, reference_id: str) -> Generator[None, None, Changes]:
        """MODEL: take a reference out of the gallery; what was changed."""
        yield
        return self.trainer.remove(reference_id)

    def zone_sheet(self, product: str, side: str) -> Generator[ZoneSheet, None, tuple[Zone, ...]]:
        """MODEL: the reference and the zones of a side; then the zones that it proposes.

        Raises:
            WeightsError: the head is missing; the sheet has been shown by then.
        """
        gallery = self._opened_gallery()
        model = gallery.side_model(product, side)
        photo = vision.read_reference(model.canonical, max_side=_LOOKED_AT_SIDE)
        shown = model.zones.shown
        unseen = tuple(zone for zone in model.zones.lost if zone not in shown)
        yield ZoneSheet(picture_from_photo(photo), model.canonical.sha256, shown, unseen)
        return vision.propose_zones(model, gallery.learned)

    def check_gallery(self) -> Generator[CheckStep, None, None]:
        """MODEL: look for all that should be put right; the last step has the flaws."""
        workspace = self._opened_workspace()
        yield from vision.check_gallery(
            self._opened_gallery(),
            references=workspace.references(),
            cache=workspace.cache / "check",
        )

    def pin_ground(self, product: str, side: str) -> Generator[None, None, PinGround]:
        """MODEL: the reference of a side on which pins are set."""
        yield
        canonical = self._opened_gallery().side_model(product, side).canonical
        photo = vision.read_reference(canonical, max_side=_LOOKED_AT_SIDE)
        return PinGround(picture_from_photo(photo), canonical.sha256)

    def set_zones(
        self, product: str, side: str, zones: tuple[Zone, ...]
    ) -> Generator[None, None, tuple[Zone, ...]]:
        """MODEL: keep these zones of a side and judge by them; those that cannot be judged."""
        gallery = self._opened_gallery()
        lost = vision.lost_zones(zones, gallery.side_model(product, side))
        with changed(self._opened_workspace(), note=product_and_side(product, side)) as target:
            target.set_zones(product, side, zones)
        gallery.set_zones(product, side, zones)
        yield  # after the work: what is asked for next sees it done
        return lost

    def scan(
        self, folders: tuple[str, ...], control: ScanControl, *, anew: bool = False
    ) -> Generator[ScanBegun | ScannedFile, None, None]:
        """FILES: scan folders by a gallery of its own, which stays as it is until the end."""
        workspace = self._opened_workspace()
        gallery = workspace.gallery(self._opened_embedder())
        yield ScanBegun(versions_of(gallery).model_dump())
        resume = Resume.NO if anew else Resume.YES
        yield from scan_folders(workspace, gallery, folders, control=control, resume=resume)

    def scans(self) -> Generator[None, None, tuple[ScanRecord, ...]]:
        """FILES: the scans begun last, the newest first."""
        yield
        return self._opened_workspace().scans.newest()

    def scanned(self, scan: int) -> Generator[tuple[ScannedFile, ...], None, None]:
        """FILES: what a scan has found, the worst first, some at a time."""
        files = self._opened_workspace().scans.files(scan)
        while some := tuple(islice(files, _FILES_AT_ONCE)):
            yield some

    def decisions(self) -> Generator[None, None, tuple[Decision, ...]]:
        """FILES: what examiners have decided of photos."""
        yield
        return self._opened_workspace().decisions.all()

    def keep_decision(self, subject: Subject, decision: Decision | None) -> None:
        """FILES: keep a decision at once; None takes it back."""
        self._opened_workspace().decisions.set(subject, decision)

    def items(self) -> Generator[None, None, Mapping[str, tuple[str, ...]]]:
        """FILES: the photos (SHA-256, hex) of every item."""
        yield
        return self._opened_workspace().items()

    def fill_with_demo(self) -> Generator[None, None, tuple[Path, ...]]:
        """FILES: put the demo gallery into the workspace; the demo's suspect photos."""
        yield
        with changed(self._opened_workspace()) as target:
            return tuple(Path(suspect.file) for suspect in make_demo(target))

    def reopen_gallery(self) -> Generator[None, None, int]:
        """MODEL: build the search anew from the workspace; how many references there are."""
        yield
        self._gallery = None
        return len(self._opened_gallery().references)

    def catch_up(self) -> Generator[None, None, int]:
        """MODEL: let the search know what the workspace holds now; how many references there are.

        Only what has changed is taken out or in.
        """
        yield
        gallery, workspace = self._opened_gallery(), self._opened_workspace()
        wanted = {one.id: one for one in workspace.references() if Path(one.path).is_file()}
        zones = workspace.all_zones()
        known = {one.id: one for one in gallery.references}
        for product, side in {
            (one.product, one.side) for one in (*known.values(), *wanted.values())
        }:
            if gallery.zones(product, side) != zones.get((product, side), ()):
                gallery.set_zones(product, side, zones.get((product, side), ()))
        gallery.thresholds = workspace.thresholds.all()
        for gone in known.keys() - wanted.keys():
            gallery.drop(gone)
        for each in wanted.values():
            if known.get(each.id) != each:
                gallery.add(each)
        return len(wanted)

    def close(self) -> None:
        """Close the workspace, after all work has ended."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _reopen(self) -> None:
        """Let the next job open the workspace anew, perhaps another gallery."""
        with self._lock:
            old, self._workspace, self._gallery = self._workspace, None, None
        if old is not None:
            old.close()

    def _seen(self, inspection: Inspection) -> Picture | None:
        """The reference that was compared with, to be looked at; None where it cannot be read."""
        if inspection.comparison is None:
            return None
        reference = inspection.comparison.reference
        if self._last is not None and self._last[0] == reference:
            return self._last[1]
        try:
            photo = vision.read_reference(reference, max_side=_LOOKED_AT_SIDE)
        except TouchstoneError:
            return None
        self._last = reference, picture_from_photo(photo)
        return self._last[1]

    def _known_length(self, inspection: Inspection) -> KnownLength | None:
        if inspection.comparison is None:
            return None
        return self._opened_workspace().known_length(inspection.comparison.reference.sha256)

    def _record(self, inspection: Inspection, gallery: Gallery, choice: Choice) -> None:
        document = inspection_part(inspection).model_dump(mode="json", by_alias=True)
        if choice.is_by_hand:
            document[_CHOSEN] = {"by": _BY_HAND, "product": choice.product, "side": choice.side}
        if choice.pinned is not None:
            pins = [{"photo": pin.photo, "reference": pin.reference} for pin in choice.pinned.pins]
            document["pins"] = {"on": choice.pinned.reference, "set": pins}
        self._opened_workspace().record(
            json.dumps(document, ensure_ascii=False),
            photo_sha256=inspection.photo.sha256,
            outcome=inspection.outcome,
            gallery_version=gallery.version,
        )

    def _opened_workspace(self) -> Workspace:
        with self._lock:
            if self._workspace is None:
                self._workspace = Workspace(self._folder, author=self._author)
            return self._workspace

    def _opened_embedder(self) -> Embedder:
        """The same for all: a scan may ask while the desk does."""
        workspace = self._opened_workspace()
        with self._lock:
            if self._embedder is None:
                self._embedder = Embedder(cache=workspace.cache, threads=self._threads)
            return self._embedder

    def _opened_gallery(self) -> Gallery:
        """Only the one worker of the MODEL lane comes here, so there is no race."""
        if self._gallery is None:
            self._gallery = self._opened_workspace().gallery(self._opened_embedder())
        return self._gallery


def _read(source: Source) -> Photo:
    if source.path is not None:
        return read_photo(source.path)
    return read_photo_bytes(source.content(), source.name)


def _first_sight(photo: Photo) -> Thumbnail:
    faults = vision.faults(photo)
    scene = scene_of_photo(photo, faults)
    return Thumbnail(scene.thumbnail, faults, scene, photo.sha256)


@contextmanager
def _as_file(source: Source) -> Iterator[Path]:
    """The file of a source; what was pasted gets one for a moment."""
    if source.path is not None:
        yield source.path
        return
    with TemporaryDirectory(prefix="touchstone-") as folder:
        file = Path(folder) / "pasted.png"
        file.write_bytes(source.content())
        yield file
