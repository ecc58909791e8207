"""What the panes ask of the work behind them; `workspace_bench` does it on a real workspace.

Panes are given a Workbench in their constructor and run its generators through `app.tasks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from vision import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from PySide6.QtGui import QImage

    from app.panes.health_work import HealthWork
    from app.panes.intake import Source
    from app.panes.shown_traits import ShownTrait
    from app.panes.team_work import TeamWork
    from app.panes.threshold_work import ThresholdWork
    from app.panes.trainer_bench import TrainerBench
    from app.panes.version_work import VersionWork
    from app.store import Changes, Decision, Finding, KnownLength, ScannedFile, ScanRecord, Subject
    from app.views.contact_sheet import SheetPicture
    from app.views.pixels import Picture
    from app.views.scene import Scene
    from vision import (
        Candidate,
        CheckStep,
        Comparison,
        Fault,
        Inspection,
        Photo,
        Pinned,
        Provenance,
        Reference,
        ScanControl,
        Vertices,
        Zone,
    )


class Stage(Enum):
    """What is being opened."""

    WORKSPACE = "workspace"
    MODEL = "model"
    GALLERY = "gallery"


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """The photo has been read; this is its small picture, and what is known before comparing it.

    `scene` is the photo with its `faults` marked, None where there is nothing but the small one.
    """

    image: QImage
    faults: tuple[Fault, ...] = ()
    scene: Scene | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The product and side to compare with, where a person chose them; None where not.

    `pinned` are the pins by which a person laid the photo on that side; `is_found` says that the
    search had found product and side, and that only the pins are a person's.
    """

    product: str | None = None
    side: str | None = None
    pinned: Pinned | None = None
    is_found: bool = False

    @property
    def is_by_hand(self) -> bool:
        """Whether a person chose product or side."""
        return (self.product is not None or self.side is not None) and not self.is_found

    @property
    def is_automatic(self) -> bool:
        """Whether nothing is a person's, neither what to compare with nor how it lies."""
        return not self.is_by_hand and self.pinned is None

    def without_pins(self) -> Choice:
        """The same, laid by what matches."""
        return Choice(self.product, self.side) if self.is_by_hand else Choice()


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """One photo inspected, with everything to paint of it.

    `findings` are what examiners said of it before, compared with this side; `versions` what the
    comparison depended on; `choice` is what a person chose to compare with, `known_length` that of
    the reference that it was compared with, `traits` what to look at on that side.
    """

    inspection: Inspection
    scene: Scene
    findings: tuple[Finding, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    choice: Choice = Choice()
    known_length: KnownLength | None = None
    traits: tuple[ShownTrait, ...] = ()

    @property
    def meant_side(self) -> tuple[str, str] | None:
        """Product and side that the photo was to be compared with, also where it was not."""
        comparison, reason = self.inspection.comparison, self.inspection.reason
        if comparison is not None:
            return comparison.product, comparison.side
        is_doubted = self.inspection.outcome is Outcome.CANNOT_ALIGN
        product = self.choice.product or (reason.product if is_doubted else "")
        side = self.choice.side or (reason.side if reason.product == product else "")
        return (product, side) if product and side else None


@dataclass(frozen=True, slots=True)
class Added:
    """One file became a reference, or could not."""

    name: str
    reference: Reference | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ZoneSheet:
    """A side on which zones are drawn.

    `picture` is the reference whose SHA-256 is `reference`; `zones` lie on it. `unseen` are zones
    that cannot be laid on it, and are kept as they are.
    """

    picture: Picture
    reference: str
    zones: tuple[Zone, ...] = ()
    unseen: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PinGround:
    """The `picture` on which pins are set: the reference whose SHA-256 (hex) is `reference`."""

    picture: Picture
    reference: str


@dataclass(frozen=True, slots=True, eq=False)
class OtherReference:
    """Another genuine reference of a comparison, laid on the one that it was made with.

    It is the one at place `number` (from 0) of `count`; `batch` is empty where nobody said.
    """

    picture: Picture
    sha256: str
    number: int
    count: int
    batch: str = ""

    @property
    def which(self) -> str:
        """Which one it is, as it is written on it."""
        place = f"{self.number + 1}/{self.count}"
        return f"{place} · {self.batch}" if self.batch else place


@dataclass(frozen=True, slots=True)
class ScanBegun:
    """A scan has its gallery and model; `versions` are what its answers depend on."""

    versions: Mapping[str, str]


class Workbench(Protocol):
    """What the panes need. Generators are for the lane that their line names."""

    @property
    def folder(self) -> Path:
        """The folder of the workspace."""

    @property
    def versions(self) -> VersionWork:
        """What the pages on versions, proposals and history ask for."""

    @property
    def health(self) -> HealthWork:
        """What the page on the health of the gallery asks for."""

    @property
    def team(self) -> TeamWork:
        """What the settings of a team ask for."""

    @property
    def thresholds(self) -> ThresholdWork:
        """What the page on thresholds asks for."""

    def open(self) -> Generator[Stage, None, int]:
        """MODEL: open everything, step by step; how many references there are."""

    def inspect(
        self, source: Source, choice: Choice
    ) -> Generator[Thumbnail | Inspected, None, None]:
        """MODEL: read and inspect one photo."""

    def first_sight(self, source: Source) -> Generator[None, None, Thumbnail]:
        """FILES: read one photo and look for faults, without comparing it."""

    def search(
        self, photo: Photo, region: Vertices | None
    ) -> Generator[None, None, tuple[Candidate, ...]]:
        """MODEL: rank the sides of the gallery by what a photo, or a region of it, shows."""

    def keep_finding(self, before: Finding | None, after: Finding | None) -> None:
        """FILES: keep `after` instead of `before`, at once."""

    def keep_item(self, item: str, photos: tuple[str, ...]) -> None:
        """FILES: keep which photos (SHA-256, hex) show one item; none dissolve it."""

    def keep_known_length(self, reference: str, known: KnownLength | None) -> None:
        """FILES: keep the known length on a reference (SHA-256, hex); None forgets it."""

    def sharp(self, source: Source) -> Generator[None, None, Picture]:
        """FILES: the photo as sharp as it is, to be looked at."""

    def contact_sheet(
        self, comparison: Comparison
    ) -> Generator[None, None, tuple[SheetPicture, ...]]:
        """MODEL: every reference of a comparison, laid on its frame; none if they have changed."""

    def other_reference(
        self, comparison: Comparison, number: int
    ) -> Generator[None, None, OtherReference | None]:
        """MODEL: one of the references of a comparison, sharp; None if they have changed."""

    def references(self) -> Generator[None, None, tuple[Reference, ...]]:
        """FILES: every reference of the gallery."""

    def thumbnails(
        self, references: tuple[Reference, ...]
    ) -> Generator[tuple[str, QImage], None, None]:
        """FILES: small pictures with the ids of their references."""

    def add(
        self, sources: tuple[Source, ...], product: str, side: str, provenance: Provenance
    ) -> Generator[Added, None, None]:
        """FILES: keep files as references of one side."""

    def take_up(self, references: tuple[Reference, ...]) -> Generator[None, None, None]:
        """MODEL: make references known to the search."""

    def drop(self, reference_id: str) -> Generator[None, None, Changes]:
        """MODEL: take a reference out of the gallery; what was changed."""

    def zone_sheet(self, product: str, side: str) -> Generator[ZoneSheet, None, tuple[Zone, ...]]:
        """MODEL: the reference and the zones of a side; then the zones that it proposes."""

    def check_gallery(self) -> Generator[CheckStep, None, None]:
        """MODEL: look for all that should be put right; the last step has the flaws."""

    def pin_ground(self, product: str, side: str) -> Generator[None, None, PinGround]:
        """MODEL: the reference of a side on which pins are set."""

    def set_zones(
        self, product: str, side: str, zones: tuple[Zone, ...]
    ) -> Generator[None, None, tuple[Zone, ...]]:
        """MODEL: keep these zones of a side and judge by them; those that cannot be judged."""

    def scan(
        self, folders: tuple[str, ...], control: ScanControl, *, anew: bool = False
    ) -> Generator[ScanBegun | ScannedFile, None, None]:
        """FILES: scan folders by the gallery of now; each answer is kept before it is told.

        What is kept and still holds is told as it is, unless all is to be judged `anew`. A step
        may take as long as a photo, and as a pause: end it by `control`.
        """

    def scans(self) -> Generator[None, None, tuple[ScanRecord, ...]]:
        """FILES: the scans begun last, the newest first."""

    def scanned(self, scan: int) -> Generator[tuple[ScannedFile, ...], None, None]:
        """FILES: what a scan has found, the worst first, some at a time."""

    def decisions(self) -> Generator[None, None, tuple[Decision, ...]]:
        """FILES: what examiners have decided of photos."""

    def keep_decision(self, subject: Subject, decision: Decision | None) -> None:
        """FILES: keep a decision at once; None takes it back."""

    def items(self) -> Generator[None, None, Mapping[str, tuple[str, ...]]]:
        """FILES: the photos (SHA-256, hex) of every item."""

    def fill_with_demo(self) -> Generator[None, None, tuple[Path, ...]]:
        """FILES: put the demo gallery into the workspace; the demo's suspect photos."""

    def reopen_gallery(self) -> Generator[None, None, int]:
        """MODEL: build the search anew from the workspace; how many references there are."""

    @property
    def trainer(self) -> TrainerBench:
        """What a trainer does to references and products."""

    def catch_up(self) -> Generator[None, None, int]:
        """MODEL: let the search know what the workspace holds now; how many references there are.

        Only what has changed is taken out or in.
        """

    def close(self) -> None:
        """Close the workspace, after all work has ended."""
