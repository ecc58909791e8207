"""What can stand in the way of a workspace, all of the tree in vision.errors.

TouchstoneError
└── StoreError
    ├── WorkspaceUnwritable     the folder is read-only, full, away, or no folder
    ├── WorkspaceBusy           another program holds the database for too long
    ├── SharedGalleryAway       the server that keeps a shared gallery cannot be reached
    ├── WorkspaceDamaged        the database is no database, or a broken one
    ├── NewerWorkspace          a later version of Touchstone made it
    ├── ManifestUnreadable      a list of files to import cannot be read as one
    ├── EntryRefused            a name, a date or an outline that cannot be kept (see refusals)
    │   ├── GtinRefused         a number that cannot be a GTIN
    │   └── NoSuchProduct       nothing can be said of a product that is not there
    ├── NoSuchReference         nothing in the gallery has this id
    ├── ChangedMeanwhile        somebody else changed it since it was last seen
    ├── SnapshotError           a snapshot cannot be taken or used
    │   ├── NoSuchSnapshot      none has this name
    │   ├── NameTaken           another one has it
    │   ├── SnapshotDamaged     it is not what was kept
    │   └── OriginalsMissing    pictures that it needs are gone
    ├── FolderInTheWay          a gallery cannot be written under the name of a folder
    ├── GalleryFileError        a .touchstone file cannot be loaded
    │   ├── NotAGalleryFile     it is not there, or something else
    │   ├── GalleryFileDamaged  it was cut off, damaged or changed
    │   ├── OtherSeal           it is not the file that was sent
    │   └── NewerGalleryFile    a later version of Touchstone wrote it
    ├── ApprovalError           the rule of four eyes stands in the way
    │   ├── ApprovalNeeded      a second person has to approve changes
    │   ├── SamePerson          nobody can be the second person for oneself
    │   ├── NoSuchProposal      there is none of this number
    │   ├── ProposalDecided     it was approved or declined before
    │   └── ProposalOutdated    what it changes has been changed since
    ├── MergeConflicts          two galleries contradict each other
    └── OriginalError           a stored picture is not as it was
        ├── OriginalMissing
        └── OriginalDamaged
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vision import TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.store.differences import Change, Thing
    from app.store.merging import Conflict


class StoreError(TouchstoneError):
    """A workspace cannot do what was asked."""


class WorkspaceUnwritable(StoreError):
    """The folder is read-only, full, away, or no folder."""

    def __init__(self, folder: Path | str, cause: str) -> None:
        super().__init__(
            f"The workspace {folder} cannot be written: {cause}. Free space there, ask for the "
            "right to write, or choose another folder."
        )
        self.folder = str(folder)
        self.cause = cause


class WorkspaceBusy(StoreError):
    """Another program holds the database for too long."""

    def __init__(self, folder: Path | str, *, waited_s: float) -> None:
        super().__init__(
            f"The workspace {folder} was in use for more than {waited_s:.0f} seconds. Wait until "
            "the other Touchstone has finished, then try again."
        )
        self.folder = str(folder)
        self.waited_s = waited_s


class SharedGalleryAway(StoreError):
    """The server that keeps a shared gallery cannot be reached; reading goes on from a copy."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(
            f"The shared gallery {place} cannot be reached: {cause}. It can be used as it was last "
            "seen here, but not changed. Check the network, or ask whoever keeps the server."
        )
        self.place = place
        self.cause = cause


class SharedFolderMissing(StoreError):
    """The folder with the pictures of a shared gallery is not there."""

    def __init__(self, folder: Path | str) -> None:
        super().__init__(
            f"The folder “{folder}” is not there. Make it where the whole team sees it."
        )
        self.folder = str(folder)


class ServerSilent(StoreError):
    """A server that is to keep the gallery from now on does not answer."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The server {place} does not answer, so nothing was changed. Try again later."
        )
        self.place = place


class WorkspaceDamaged(StoreError):
    """The database is no database, or a broken one."""

    def __init__(self, folder: Path | str, cause: str) -> None:
        super().__init__(
            f"The workspace {folder} has a database that cannot be used: {cause}. Bring back the "
            "newest copy of touchstone.db from its folder “backups” or from your own backup."
        )
        self.folder = str(folder)
        self.cause = cause


class NewerWorkspace(StoreError):
    """A later version of Touchstone made it; `found` and `known` are numbers of migrations."""

    def __init__(self, folder: Path | str, *, found: str, known: str) -> None:
        super().__init__(
            f"The workspace {folder} was made by a newer Touchstone (database version {found}; "
            f"this one knows up to {known}). Nothing was changed. Install the newer Touchstone, "
            "or choose another workspace."
        )
        self.folder = str(folder)
        self.found = found
        self.known = known


class ScanInWork(StoreError):
    """The same folders are being scanned; `path` names them."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.path = ", ".join(folders)
        super().__init__(
            f"“{self.path}” is being scanned already, by another Touchstone or in another window. "
            "Nothing was changed. Wait until that scan has ended, or stop it, then scan again."
        )


class ManifestUnreadable(StoreError):
    """A list of files to import cannot be read as one; `missing` names absent columns."""

    def __init__(
        self, path: Path | str, cause: str, next_step: str, *, missing: Sequence[str] = ()
    ) -> None:
        super().__init__(f"{path}: {cause}. {next_step}")
        self.path = str(path)
        self.cause = cause
        self.next_step = next_step
        self.missing = tuple(missing)


class LineUnreadable(StoreError):
    """A `line` of a list is no row; `reason` says why, in English."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(
            f"Line {line} cannot be read: {reason}. Mend it, then save the list again."
        )
        self.line = line
        self.reason = reason


class NoSuchReference(StoreError):
    """Nothing in the gallery has this id."""

    def __init__(self, reference_id: str) -> None:
        super().__init__(
            f"The gallery has no reference “{reference_id}”. It may have been removed: read the "
            "gallery again."
        )
        self.reference_id = reference_id


class ChangedMeanwhile(StoreError):
    """What was to be changed, or taken back, is not as it was last seen.

    `product` and `side` say where, as far as it belongs to one.
    """

    def __init__(self, product: str = "", side: str = "") -> None:
        place = " · ".join(filter(None, (product, side))) or "the whole gallery"
        super().__init__(
            f"This has been changed in the meantime: {place}. Nothing was done, so that no work of "
            "others is lost. Look at it again, then decide anew."
        )
        self.product = product
        self.side = side

    @classmethod
    def of(cls, thing: Thing) -> ChangedMeanwhile:
        """Of one thing that a gallery holds."""
        return cls(getattr(thing, "product", ""), getattr(thing, "side", ""))


class SnapshotError(StoreError):
    """A snapshot cannot be taken or used; `name` says which."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class NoSuchSnapshot(SnapshotError):
    """No snapshot has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, f"There is no snapshot “{name}”. Choose one from the list of snapshots."
        )


class NameTaken(SnapshotError):
    """Another snapshot has this name; snapshots are never written over."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            f"There is a snapshot “{name}” already, and snapshots are never written over. Choose "
            "another name.",
        )


class SnapshotDamaged(SnapshotError):
    """What is stored is not what was kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            f"The snapshot “{name}” is not what was kept: it was changed or damaged in the "
            "database. Nothing was restored. Use another snapshot, or a backup of the database.",
        )


class OriginalsMissing(SnapshotError):
    """Pictures that a snapshot needs are gone; `count` says how many."""

    def __init__(self, name: str, *, count: int) -> None:
        super().__init__(
            name,
            f"The snapshot “{name}” needs {count} pictures that are no longer in the folder "
            "“originals”. Nothing was changed. Bring them back from a backup, then restore again.",
        )
        self.count = count


class FolderInTheWay(StoreError):
    """A gallery cannot be written under the name of a folder."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"“{path}” is a folder, and a gallery is written into one file. Nothing was written. "
            "Give the file a name of its own, as in tea.touchstone."
        )
        self.path = str(path)


class GalleryFileError(StoreError):
    """A `.touchstone` file cannot be loaded; nothing of it was."""

    def __init__(self, path: Path | str, cause: str, next_step: str) -> None:
        super().__init__(f"{path}: {cause}. Nothing was loaded. {next_step}")
        self.path = str(path)
        self.cause = cause
        self.next_step = next_step


class NotAGalleryFile(GalleryFileError):
    """It is not there, cannot be read, or is something else."""

    def __init__(self, path: Path | str, cause: str) -> None:
        super().__init__(
            path,
            f"this is no gallery of Touchstone: {cause}",
            "Choose a file that “gallery export” wrote.",
        )


class GalleryFileDamaged(GalleryFileError):
    """It was cut off, damaged, or changed after it was written."""

    def __init__(self, path: Path | str, cause: str) -> None:
        super().__init__(
            path,
            f"this gallery file was cut off, damaged or changed: {cause}",
            "Copy it again from where it came from, or have it exported again.",
        )


class OtherSeal(GalleryFileError):
    """It is whole, but its seal is not the one that its sender told."""

    def __init__(self, path: Path | str, *, found: str, expected: str) -> None:
        super().__init__(
            path,
            f"its seal is {found}, not {expected}",
            "This is not the file that was sent: ask its sender.",
        )
        self.found = found
        self.expected = expected


class NewerGalleryFile(GalleryFileError):
    """A later version of Touchstone wrote it."""

    def __init__(self, path: Path | str, *, found: str, known: str) -> None:
        super().__init__(
            path,
            f"a newer Touchstone wrote this file ({found}; this one knows {known})",
            "Install the newer Touchstone.",
        )
        self.found = found
        self.known = known


class MergeConflicts(StoreError):
    """Two galleries contradict each other, and nobody said whose word counts."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(
            f"This gallery and the file contradict each other in {len(conflicts)} places. Nothing "
            "was loaded. Look at them, then load again and say whether yours or theirs counts."
        )
        self.conflicts = tuple(conflicts)
        self.count = len(conflicts)


class ApprovalError(StoreError):
    """The rule of four eyes stands in the way."""


class ApprovalNeeded(ApprovalError):
    """A second person has to approve changes."""

    def __init__(self) -> None:
        super().__init__(
            "This gallery changes only where two people agree. Nothing was changed. Make the "
            "change in the window: it becomes a proposal there, which another person approves."
        )


class ProposalMade(ApprovalError):
    """No change yet: it was proposed under this `number`, and waits for a second person."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"This waits for a second person as proposal {number}. The gallery is as before until "
            "another person approves it."
        )
        self.number = number


class SamePerson(ApprovalError):
    """Nobody can be the second person for oneself; `person` is who tried."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"“{person}” cannot be the first and the second person. Nothing was changed. Let "
            "somebody else decide, under another name."
        )
        self.person = person


class NoSuchProposal(ApprovalError):
    """There is no proposal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no proposal {number}. Choose one from the list of proposals.")
        self.number = number


class ProposalDecided(ApprovalError):
    """It was approved or declined before; `by` says by whom."""

    def __init__(self, number: int, *, by: str) -> None:
        super().__init__(
            f"Proposal {number} was decided by “{by}” already. Nothing was changed. Make a new "
            "proposal if something is still to be done."
        )
        self.number = number
        self.by = by


class ProposalOutdated(ApprovalError):
    """What it changes has been changed since; `outdated` are those changes."""

    def __init__(self, number: int, outdated: Sequence[Change]) -> None:
        super().__init__(
            f"Proposal {number} does not fit the gallery any more: {len(outdated)} things that it "
            "changes have been changed since. Nothing was changed. Decline it, and make a new one."
        )
        self.number = number
        self.outdated = tuple(outdated)
        self.count = len(outdated)


class OriginalError(StoreError):
    """A stored picture is not as it was."""

    def __init__(self, path: Path | str, *, product: str, side: str, cause: str) -> None:
        super().__init__(
            f"The original of “{product}”, side “{side}” {cause}: {path}. Add the same picture "
            "again to mend it, or remove this reference."
        )
        self.path = str(path)
        self.product = product
        self.side = side


class OriginalMissing(OriginalError):
    """A stored picture is no longer there, or cannot be opened."""

    def __init__(self, path: Path | str, *, product: str, side: str) -> None:
        super().__init__(path, product=product, side=side, cause="is missing")


class OriginalDamaged(OriginalError):
    """The bytes of a stored picture have changed."""

    def __init__(self, path: Path | str, *, product: str, side: str) -> None:
        super().__init__(path, product=product, side=side, cause="has changed on the disk")
