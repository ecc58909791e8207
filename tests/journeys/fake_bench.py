"""A Workbench whose comparisons are made up, so that journeys are quick and know what to expect."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import vision
from app.panes.team_work import TeamWork
from app.panes.trainer_bench import Facts
from app.panes.version_work import VersionWork
from app.panes.workbench import (
    Added,
    Choice,
    Inspected,
    OtherReference,
    PinGround,
    Stage,
    Thumbnail,
    ZoneSheet,
)
from app.reading import read_photo, read_photo_bytes
from app.reports.examined import subject_of
from app.store import Change, KeptReference, TrainerActs, Workspace
from app.views.contact_sheet import sheet_picture
from app.views.pixels import picture_from_pixels, thumbnail_from_pixels
from app.views.scene import picture_from_photo, scene_from_inspection, scene_of_photo
from tests.journeys.fake_health import FakeHealth
from tests.journeys.fake_scan import FakeScans
from tests.journeys.fake_thresholds import FakeThresholds
from vision import (
    Alignment,
    Candidate,
    Channel,
    ChannelExcess,
    CheckStage,
    CheckStep,
    Comparison,
    Fault,
    FaultKind,
    Flaw,
    FlawKind,
    Gallery,
    Inspection,
    LaidReference,
    Mend,
    Outcome,
    Photo,
    Provenance,
    Reason,
    ReasonCode,
    Reference,
    Region,
    Seconds,
    Wording,
    Zone,
    ZoneKind,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QImage

    from app.panes.intake import Source
    from app.panes.trainer_bench import Act
    from app.store import Changes, Finding, KnownLength
    from app.views.pixels import Picture
    from vision import Vertices

REASONS = {
    Outcome.AGREES: ReasonCode.WITHIN_SPREAD,
    Outcome.DIFFERS: ReasonCode.OUTSIDE_SPREAD,
    Outcome.PHOTO_UNFIT: ReasonCode.FAULT,
    Outcome.NOT_IN_GALLERY: ReasonCode.NOTHING_VERIFIED,
    Outcome.GALLERY_TOO_THIN: ReasonCode.FEW_REFERENCES,
    Outcome.CANNOT_ALIGN: ReasonCode.FEW_MATCHES,
    Outcome.MIXED: ReasonCode.REFERENCES_DISAGREE,
}
UNLIKE = "Nothing like it"  # a product on which no photo can be laid
COMPARED = (Outcome.AGREES, Outcome.DIFFERS, Outcome.GALLERY_TOO_THIN, Outcome.MIXED)


def drawn(seed: int = 0, height: int = 120, width: int = 160) -> np.ndarray:
    """A little picture of bars and dots that looks the same for the same seed."""
    random = np.random.default_rng(seed)
    pixels = np.full((height, width, 3), 235, np.uint8)
    for _ in range(12):
        x, y = random.integers(0, width - 20), random.integers(0, height - 14)
        pixels[y : y + 12, x : x + 18] = random.integers(0, 255, 3)
    return pixels


def square(x: float, y: float, side: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def a_reference(reference_id: str = "r1", path: str = "", side: str = "front") -> Reference:
    return Reference(reference_id, "Qingshan Tea", side, "a1b2c3d4" * 8, path)


def compared(photo: Photo, reference_pixels: np.ndarray, regions: int) -> Comparison:
    """A comparison in which photo and reference have the same size and lie on each other."""
    channels = list(Channel)
    height, width = photo.pixels.shape[:2]
    judged = np.ones((height, width), bool)
    judged[: height // 5, : width // 4] = False
    made = tuple(
        Region(
            number,
            channels[(number - 1) % len(channels)],
            square(width * (0.1 + 0.25 * (number % 3)), height * (0.1 + 0.2 * number), width / 9),
            square(width * (0.1 + 0.25 * (number % 3)), height * (0.1 + 0.2 * number), width / 9),
            0.9 / number,
            0.21,
            0.9 / number / 0.21,
            "f" * 64,
            text=Wording("HB-2O", "HB-20") if number == 6 else None,
            genuine_values=(0.05, 0.11, 0.13, 0.19) if number < 4 else (),
        )
        for number in range(1, regions + 1)
    )
    excess = np.tile(np.linspace(0, 0.9, width, dtype=np.float32), (height, 1))
    for region in made:
        (x0, y0), _, (x1, y1), _ = (tuple(map(round, at)) for at in region.reference_polygon)
        excess[y0 : y1 + 1, x0 : x1 + 1] = region.ratio
    weakest = tuple(
        Region(
            len(made) + number,
            channels[0],
            square(width * (1 - 0.25 * number), height / 2, width / 20),
            square(width * (1 - 0.25 * number), height / 2, width / 20),
            0.1,
            0.21,
            0.1 / 0.21,
            "f" * 64,
            outside=False,
        )
        for number in range(1, 4 - len(made))
    )
    return Comparison(
        product="Qingshan Tea",
        side="front",
        reference=a_reference(),
        alignment=Alignment(np.eye(3), 214, 0.7, 0.98),
        similarity=0.931,
        percentile=0.08,
        genuine_pairs=20,
        suspicion=2.4,
        regions=made,
        weakest=weakest,
        aligned=photo.pixels,
        reference_pixels=reference_pixels,
        judged=judged,
        excess=excess,
        frame_scale=1.0,
        by_channel=(
            ChannelExcess(Channel.STRUCTURE, excess),
            ChannelExcess(Channel.COLOUR, np.minimum(excess, np.float32(0.4))),
        ),
        outline=square(3, 3, min(height, width) - 7),
    )


def inspected(
    photo: Photo, outcome: Outcome, *, regions: int = 0, reference: np.ndarray | None = None
) -> Inspection:
    faults: tuple[Fault, ...] = ()
    if outcome is Outcome.PHOTO_UNFIT:
        box = (photo.width // 4, photo.height // 4, photo.width // 2, photo.height // 2)
        faults = (Fault(FaultKind.GLARE, box, 0.4, 0.1, severe=True),)
    pixels = photo.pixels if reference is None else reference
    comparison = compared(photo, pixels, regions) if outcome in COMPARED else None
    return Inspection(
        photo,
        faults,
        outcome,
        Reason(
            REASONS[outcome],
            "Qingshan Tea",
            "front",
            found=2,
            needed=3,
            faults=tuple(fault.kind for fault in faults),
        ),
        (
            Candidate("Qingshan Tea", "front", 0.93, 214, verified=outcome in COMPARED),
            Candidate("Northwind Audio", "back", 0.41, 9, verified=False),
        ),
        comparison,
        Seconds(),
    )


def genuine(photo: Photo, regions: int) -> np.ndarray:
    """The same print in other light; where a region is to be found, its colours are others."""
    pixels = (photo.pixels * 0.9).astype(np.uint8)
    for region in compared(photo, photo.pixels, regions).regions:
        (x0, y0), _, (x1, y1), _ = (tuple(map(round, at)) for at in region.reference_polygon)
        inner = pixels[y0 : y1 + 1, x0 : x1 + 1]
        inner[...] = 255 - inner
    return pixels


def a_photo(source: Source) -> Photo:
    if source.path is not None:
        return read_photo(source.path)
    return read_photo_bytes(source.content(), source.name)


def sight_of(photo: Photo, source: Source) -> Thumbnail:
    """What is seen before comparing: a patch of glare where the name says so."""
    has_fault = Path(source.name).stem.partition("-")[0] in (Outcome.PHOTO_UNFIT, "glare")
    faults = inspected(photo, Outcome.PHOTO_UNFIT).faults if has_fault else ()
    scene = scene_of_photo(photo, faults)
    return Thumbnail(thumbnail_from_pixels(photo.pixels, 64), faults, scene, photo.sha256)


class FakeTrainer:
    """Knows nothing of products; what a trainer does is tried on a real workspace.

    It can take back that a reference was removed.
    """

    def __init__(self, kept: dict[str, Reference]) -> None:
        self._kept = kept
        self.removed: Reference | None = None

    def change(self, act: Act) -> Generator[None, None, Changes]:
        yield
        assert act.func is TrainerActs.take_back
        self._kept[self.removed.id] = self.removed
        return act.keywords["changes"]

    def facts(self) -> Generator[None, None, Facts]:
        yield
        return Facts()

    def small_picture(self, source: Source) -> Generator[None, None, QImage]:
        yield
        return thumbnail_from_pixels(a_photo(source).pixels, 64)

    def ghost(self, product: str, side: str) -> Generator[None, None, None]:
        yield


class FakeBench(FakeScans):
    """The name of a file says what is found in it: `differs-3.png` has three regions.

    `gate`, where given, holds every comparison until it is set.
    """

    def __init__(self, folder: Path, *, gate: threading.Event | None = None) -> None:
        super().__init__()
        self.folder = folder
        self.gate = gate
        self.asked: list[tuple[str, Choice]] = []
        self.sharpened: list[str] = []
        self.sighted: list[str] = []
        self.kept: dict[str, Reference] = {}
        self.known: set[str] = set()
        self._workspace: Workspace | None = None
        self.trainer = FakeTrainer(self.kept)
        self._lock = threading.Lock()
        self.zones: dict[tuple[str, str], tuple[Zone, ...]] = {}
        self.search_gate: threading.Event | None = None
        self.check_gate: threading.Event | None = None
        self.ranked: tuple[Candidate, ...] = ()
        self.health = FakeHealth(self.kept, folder / "cache" / "check")
        self.searched: list[tuple[Photo, Vertices | None]] = []

    @property
    def versions(self) -> VersionWork:
        return VersionWork(lambda: self.workspace)

    @property
    def thresholds(self) -> FakeThresholds:
        return FakeThresholds(lambda: self.workspace, Gallery(()))

    @property
    def team(self) -> TeamWork:
        return TeamWork(lambda: self.workspace, self.folder, self._reopen)

    def _reopen(self) -> None:
        with self._lock:
            old, self._workspace = self._workspace, None
        if old is not None:
            old.close()

    def catch_up(self) -> Generator[None, None, int]:
        yield
        return len(self.kept)

    def open(self) -> Generator[Stage, None, int]:
        yield from Stage
        return len(self.kept)

    def inspect(
        self, source: Source, choice: Choice
    ) -> Generator[Thumbnail | Inspected, None, None]:
        photo = a_photo(source)
        yield sight_of(photo, source)
        if self.gate is not None:
            self.gate.wait(20)
        self.asked.append((source.name, choice))
        name, _, count = Path(source.name).stem.partition("-")
        if name == "bug":
            raise ZeroDivisionError("a mistake of ours")
        outcome = Outcome(name) if name in set(Outcome) else Outcome.AGREES
        if choice.product and outcome is Outcome.NOT_IN_GALLERY:
            outcome = Outcome.AGREES
        if choice.product == UNLIKE:
            outcome = Outcome.CANNOT_ALIGN
        regions = int(count) if count.isdecimal() else 0
        reference = genuine(photo, regions)
        inspection = inspected(photo, outcome, regions=regions, reference=reference)
        if choice.pinned is not None:
            inspection = inspected(photo, Outcome.AGREES, reference=reference)
        if choice.product and inspection.comparison is not None:
            chosen = replace(
                inspection.comparison, product=choice.product, side=choice.side or "front"
            )
            if choice.pinned is not None:
                count = len(choice.pinned.pins)
                matrix = vision.fit_pins(choice.pinned.pins).matrix
                chosen = replace(chosen, alignment=Alignment(matrix, count, 0.0, 0.9, pins=count))
            inspection = replace(inspection, comparison=chosen)
        scene = scene_from_inspection(inspection)
        said = self.said_before(inspection)
        length = self.length_of(inspection)
        yield Inspected(inspection, scene, said, {"model": "made up"}, choice, length)

    def said_of(self, photo: Photo, name: str) -> Inspection:
        """What a scan says of a photo."""
        said, _, count = Path(name).stem.partition("-")
        outcome = Outcome(said) if said in set(Outcome) else Outcome.AGREES
        return inspected(photo, outcome, regions=int(count) if count.isdecimal() else 0)

    def first_sight(self, source: Source) -> Generator[None, None, Thumbnail]:
        yield
        self.sighted.append(source.name)
        return sight_of(a_photo(source), source)

    def search(
        self, photo: Photo, region: Vertices | None
    ) -> Generator[None, None, tuple[Candidate, ...]]:
        """What `ranked` says; `search_gate`, where given, holds it."""
        yield
        self.searched.append((photo, region))
        if self.search_gate is not None:
            self.search_gate.wait(20)
            yield
        return self.ranked

    def said_before(self, inspection: Inspection) -> tuple[Finding, ...]:
        """Findings are kept in a real workspace, which is made with the first of them."""
        if not self._has_records():
            return ()
        return self.workspace.findings(subject_of(inspection))

    def keep_finding(self, before: Finding | None, after: Finding | None) -> None:
        self.workspace.set_finding(before, after)

    def keep_item(self, item: str, photos: tuple[str, ...]) -> None:
        self.workspace.set_item(item, photos)

    def keep_known_length(self, reference: str, known: KnownLength | None) -> None:
        self.workspace.set_known_length(reference, known)

    def length_of(self, inspection: Inspection) -> KnownLength | None:
        if inspection.comparison is None or not self._has_records():
            return None
        return self.workspace.known_length(inspection.comparison.reference.sha256)

    def _has_records(self) -> bool:
        return self._workspace is not None or (self.folder / "touchstone.db").exists()

    @property
    def workspace(self) -> Workspace:
        with self._lock:
            if self._workspace is None:
                self._workspace = Workspace(self.folder)
            return self._workspace

    def sharp(self, source: Source) -> Generator[None, None, Picture]:
        yield
        self.sharpened.append(source.name)
        return picture_from_photo(vision.read(source.path))

    def contact_sheet(self, comparison: Comparison) -> Generator[None, None, tuple]:
        """Three references that differ a little in brightness."""
        yield
        laid = [
            LaidReference(
                a_reference(f"r{number}"),
                np.clip(comparison.reference_pixels.astype(int) - 12 * number, 0, 255).astype(
                    np.uint8
                ),
                comparison.judged,
            )
            for number in range(3)
        ]
        return tuple(sheet_picture(each, comparison) for each in laid)

    def other_reference(
        self, comparison: Comparison, number: int
    ) -> Generator[None, None, OtherReference | None]:
        """One of three references that differ in brightness."""
        yield
        place = number % 3
        pixels = np.clip(comparison.reference_pixels.astype(int) - 30 * place, 0, 255)
        picture = picture_from_pixels(pixels.astype(np.uint8))
        return OtherReference(picture, f"{place}" * 64, place, 3, "B2" if place == 2 else "")

    def references(self) -> Generator[None, None, tuple[Reference, ...]]:
        yield
        return tuple(self.kept.values())

    def thumbnails(self, references: tuple[Reference, ...]) -> Generator[tuple, None, None]:
        for reference in references:
            photo = vision.read(reference.path)
            yield reference.id, thumbnail_from_pixels(photo.pixels, 64)

    def add(
        self, sources: tuple[Source, ...], product: str, side: str, provenance: Provenance
    ) -> Generator[Added, None, None]:
        for source in sources:
            try:
                photo = vision.read(source.path)
            except vision.PictureError as error:
                yield Added(source.name, error=error)
                continue
            made = Reference(
                f"r{len(self.kept)}",
                product,
                side,
                photo.sha256,
                str(source.path),
                provenance=provenance,
            )
            self.kept[made.id] = made
            yield Added(source.name, made)

    def take_up(self, references: tuple[Reference, ...]) -> Generator[None, None, None]:
        for reference in references:
            yield
            self.known.add(reference.id)

    def drop(self, reference_id: str) -> Generator[None, None, Changes]:
        yield
        gone = self.trainer.removed = self.kept.pop(reference_id)
        facts = {"id": "0" * 32, "width": 1, "height": 1, "added_at": datetime.now(UTC)}
        names = {"product": gone.product, "side": gone.side, "sha256": gone.sha256}
        return (Change(before=KeptReference(**facts, **names), after=None),)

    def zone_sheet(self, product: str, side: str) -> Generator[ZoneSheet, None, tuple[Zone, ...]]:
        first = next(
            one for one in self.kept.values() if (one.product, one.side) == (product, side)
        )
        zones = self.zones.get((product, side), ())
        yield ZoneSheet(picture_from_photo(vision.read(first.path)), first.sha256, zones)
        return (Zone(ZoneKind.VARIABLE, square(90, 60, 40), first.sha256, proposed=True),)

    def check_gallery(self) -> Generator[CheckStep, None, None]:
        """Nobody vouches for the references, and the last one looks like none of its siblings."""
        known = list(self.kept.values())
        for number, _ in enumerate(known, 1):
            yield CheckStep(CheckStage.READING, number, len(known))
            if self.check_gate is not None:
                self.check_gate.wait(20)
        flaws = tuple(
            Flaw(kind, each.product, each.side, (each.id,), mend, beside=(known[0].id,))
            for kind, mend, each in (
                (FlawKind.OUTLIER, Mend.LOOK, known[-1]),
                (FlawKind.NO_PROVENANCE, Mend.SAY_WHO, known[0]),
            )
        )
        self.health.keep(known, flaws)
        yield CheckStep(CheckStage.JUDGING, len(known), len(known), flaws)

    def pin_ground(self, product: str, side: str) -> Generator[None, None, PinGround]:
        """A print of the size that pictures have here."""
        yield
        return PinGround(picture_from_pixels(drawn(11)), a_reference().sha256)

    def set_zones(
        self, product: str, side: str, zones: tuple[Zone, ...]
    ) -> Generator[None, None, tuple[Zone, ...]]:
        self.zones[product, side] = zones
        yield
        return tuple(zone for zone in zones if min(zone.polygon) < (0.0, 0.0))

    def fill_with_demo(self) -> Generator[None, None, tuple[Path, ...]]:
        yield
        return tuple(sorted(self.folder.glob("*.png")))

    def reopen_gallery(self) -> Generator[None, None, int]:
        yield
        return len(self.kept)

    def close(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None
