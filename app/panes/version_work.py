"""The work behind the pages on versions, proposals and history of the gallery, off the GUI thread.

Every generator is for the FILES lane. What changes the gallery is proposed instead where a second
person has to agree: the generator then ends with `ProposalMade`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import vision
from app.reports.history_csv import write_history
from app.store import (
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTraits,
    KeptZones,
    MergeConflicts,
    Policy,
    ProposalMade,
    changed,
    differences,
)
from app.views.pixels import thumbnail_from_pixels
from vision import TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from app.store import (
        AuditEntry,
        Change,
        Conflict,
        Contents,
        Keep,
        Progress,
        Proposal,
        Recorded,
        Snapshot,
        Thing,
        Travelled,
        Workspace,
    )

_PICTURE_SIDE: Final = 160  # of the small pictures beside a change
_READ_SIDE: Final = 480
MOST_ENTRIES: Final = 20_000  # of the history that are listed
MOST_RECORDS: Final = 200  # inspections of one version that are listed


@dataclass(frozen=True, slots=True)
class Versions:
    """All snapshots, the newest first, and the gallery of now.

    `size` counts its references, `version` names what it holds; `uses` counts the inspections that
    were made with each version.
    """

    size: int
    version: str
    snapshots: tuple[Snapshot, ...]
    uses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore changed, and the name of the snapshot of before; "" where nothing changed."""

    changes: tuple[Change, ...]
    kept_as: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Every proposal, the newest first; `are_needed` here; `person` is who sits here."""

    person: str
    are_needed: bool
    all: tuple[Proposal, ...]


class VersionWork:
    """What the pages ask for.

    Args:
        opened: gives the workspace, opened on the first call; called on a worker only.
    """

    def __init__(self, opened: Callable[[], Workspace]) -> None:
        self._opened = opened

    def versions(self) -> Generator[None, None, Versions]:
        """All snapshots and how often each version was used."""
        yield
        workspace = self._opened()
        now = workspace.snapshots.now()
        kept, uses = workspace.snapshots.kept(), workspace.recorded_with()
        return Versions(len(now.references), now.version(), kept, uses)

    def take(self, name: str, note: str) -> Generator[None, None, Snapshot]:
        """Keep the gallery as it is now under a name."""
        yield
        return self._opened().snapshots.take(name, note=note)

    def compare(
        self, before: Snapshot | None, after: Snapshot | None
    ) -> Generator[None, None, tuple[Change, ...]]:
        """What turns one version into another; None is the gallery of now."""
        yield
        return differences(self._contents(before), self._contents(after))

    def restore(self, name: str, kept_as: str) -> Generator[None, None, Restored]:
        """Turn the gallery into what a named snapshot holds; it is kept as it was before."""
        yield
        workspace = self._opened()
        kept = workspace.snapshots
        if workspace.approvals.is_needed:
            wanted = differences(kept.now(), kept.contents(name))
            if wanted:
                raise ProposalMade(workspace.approvals.propose(wanted, note=name).id)
            return Restored((), "")
        changes = kept.restore(name, kept_as=kept_as)
        return Restored(changes, kept.all()[-1].name if changes else "")

    def records(self, gallery_version: str) -> Generator[None, None, tuple[Recorded, ...]]:
        """The inspections that were made with one version, the newest first."""
        yield
        return self._opened().recorded(MOST_RECORDS, gallery_version=gallery_version)

    def pictures(self, changes: tuple[Change, ...]) -> Generator[tuple[str, QImage], None, None]:
        """A small picture for each reference that changes are about, with its SHA-256 (hex)."""
        workspace = self._opened()
        for sha256 in dict.fromkeys(_pictured(changes)):
            image = _small(workspace.original_of(sha256))
            if image is not None:
                yield sha256, image

    def export(self, path: Path) -> Generator[Progress, None, Travelled]:
        """Write the whole gallery into one file."""
        return (yield from self._opened().travel.exporting(path))

    def preview(self, path: Path) -> Generator[Progress, None, Travelled]:
        """What loading a file would do."""
        return (yield from self._opened().travel.previewing(path))

    def load(
        self, path: Path, choices: Mapping[Conflict, Keep], seal: str
    ) -> Generator[Progress, None, Travelled]:
        """Take in the gallery of a file; every conflict has to be among the `choices`."""

        def settle(conflict: Conflict) -> Keep:
            if conflict not in choices:  # it came up since the person chose
                raise MergeConflicts((conflict,))
            return choices[conflict]

        with changed(self._opened(), note=path.name) as target:
            return (yield from target.travel.loading(path, settle=settle, seal=seal))

    def file_pictures(
        self, path: Path, changes: tuple[Change, ...]
    ) -> Generator[tuple[str, QImage], None, None]:
        """As `pictures`, where a picture may be in a gallery file only."""
        workspace = self._opened()
        for sha256 in dict.fromkeys(_pictured(changes)):
            image = _small(workspace.original_of(sha256))
            if image is None:
                image = _small_of(workspace.travel.picture(path, sha256))
            if image is not None:
                yield sha256, image

    def history(self) -> Generator[None, None, tuple[AuditEntry, ...]]:
        """The changes made last, the newest first."""
        yield
        return self._opened().audit(MOST_ENTRIES)

    def write_history(
        self, path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> Generator[None, None, Path]:
        """Write entries of the history as CSV; where to."""
        yield
        write_history(path, headings, rows)
        return path

    def proposals(self) -> Generator[None, None, Proposals]:
        """Every proposal, and who is here to decide."""
        yield
        workspace = self._opened()
        known = workspace.approvals.all()
        return Proposals(workspace.author, workspace.approvals.is_needed, known[::-1])

    def approve(self, number: int) -> Generator[None, None, tuple[Change, ...]]:
        """Make the changes of somebody else's proposal."""
        yield
        return self._opened().approvals.approve(number)

    def decline(self, number: int, reason: str) -> Generator[None, None, None]:
        """Let nothing come of a proposal."""
        yield
        self._opened().approvals.decline(number, reason=reason)

    def _contents(self, snapshot: Snapshot | None) -> Contents:
        kept = self._opened().snapshots
        if snapshot is None:
            return kept.now()
        if snapshot.name:
            return kept.contents(snapshot.name)
        return kept.of_version(snapshot.gallery_version) or kept.now()


def pictured(thing: Thing) -> str:
    """SHA-256 (hex) of the reference that stands for a thing; "" where none does."""
    match thing:
        case KeptReference(sha256=sha256) | KeptLength(reference=sha256):
            return sha256
        case KeptZones(zones=zones):
            return zones[0].reference if zones else ""
        case KeptTraits(traits=traits):
            return traits[0].reference if traits else ""
        case KeptProduct() | KeptThreshold() | Policy():
            return ""


def _pictured(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        for thing in (change.thing, change.before):
            if thing is not None and (sha256 := pictured(thing)):
                yield sha256
                break


def _small_of(data: bytes) -> QImage | None:
    try:
        photo = vision.read_bytes(data, "", max_side=_READ_SIDE)
    except (TouchstoneError, MemoryError):
        return None
    return thumbnail_from_pixels(photo.pixels, _PICTURE_SIDE)


def _small(file: Path | None) -> QImage | None:
    if file is None:
        return None
    try:
        photo = vision.read(file, max_side=_READ_SIDE)
    except (TouchstoneError, MemoryError):
        return None
    return thumbnail_from_pixels(photo.pixels, _PICTURE_SIDE)
