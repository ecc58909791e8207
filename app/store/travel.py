"""A gallery on its way: written into one file, and loaded elsewhere whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store import gallery_files
from app.store.contents import KeptReference, now, read_contents
from app.store.errors import MergeConflicts, OtherSeal, WorkspaceUnwritable
from app.store.gallery_files import finished
from app.store.merging import merge
from app.store.replacing import make_changes
from app.store.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.store.contents import Contents
    from app.store.database import Database
    from app.store.differences import Change
    from app.store.gallery_files import GalleryFile, Progress
    from app.store.merging import Conflict, Keep, Merge
    from app.store.shared_database import SharedDatabase


@dataclass(frozen=True, slots=True)
class Travelled:
    """What was written, loaded, or would be loaded.

    `gallery_version` and `references` (their number) are of the file; `changes` are those made
    here, `conflicts` what the two galleries did not agree on.
    """

    path: str
    seal: str
    gallery_version: str
    references: int
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def added(self) -> int:
        """How many references came in."""
        return sum(
            change.before is None and isinstance(change.after, KeptReference)
            for change in self.changes
        )


class Travel:
    """Writes and loads files of one gallery.

    Args:
        database: keeps the gallery.
        changing: opens a session that may change it.
        folder: where originals lie.
        author: who is at work.
    """

    def __init__(
        self,
        database: Database | SharedDatabase,
        changing: Callable[[], AbstractContextManager[Session]],
        folder: Path,
        author: str,
    ) -> None:
        self._database = database
        self._changing = changing
        self._folder = folder
        self._author = author

    def export(self, path: Path) -> Travelled:
        """As `exporting`, in one go.

        Raises:
            FolderInTheWay: the name is that of a folder.
            OriginalError: a picture is gone or has changed.
            OSError: the file cannot be written.
        """
        return finished(self.exporting(path))

    def exporting(self, path: Path) -> Generator[Progress, None, Travelled]:
        """Write the whole gallery into one file; it is there whole or not at all.

        Raises:
            FolderInTheWay: the name is that of a folder.
            OriginalError: a picture is gone or has changed.
            OSError: the file cannot be written.
        """
        with self._database.reading() as session:
            contents = read_contents(session)
        seal = yield from gallery_files.writing(
            path, contents, self._folder, author=self._author, made_at=now()
        )
        version, size = contents.version(), len(contents.references)
        detail = {"seal": seal, "gallery_version": version, "references": size}
        with self._database.writing() as session:
            session.add(AuditRow(act="export", subject=seal[7:71], detail=detail))
        return Travelled(str(path), seal, version, size)

    def preview(self, path: Path, *, seal: str = "") -> Travelled:
        """As `previewing`, in one go.

        Raises:
            GalleryFileError: the file cannot be loaded.
        """
        return finished(self.previewing(path, seal=seal))

    def previewing(self, path: Path, *, seal: str = "") -> Generator[Progress, None, Travelled]:
        """What loading a file would do; nothing is changed, and no conflict is settled.

        Args:
            path: the file.
            seal: that of the file as its sender told it; "" where nobody did.

        Raises:
            GalleryFileError: the file cannot be loaded.
        """
        file = yield from gallery_files.reading(path)
        _check_seal(file, seal)
        with self._database.reading() as session:
            merged = merge(read_contents(session), file.manifest.contents)
        return _travelled(file, merged.changes, merged.conflicts)

    def picture(self, path: Path, sha256: str) -> bytes:
        """A picture of a file, to be looked at before it is loaded; empty where there is none.

        Raises:
            GalleryFileError: the file is gone, or has changed since it was read through.
        """
        return gallery_files.picture(path, sha256)

    def load(
        self, path: Path, *, settle: Callable[[Conflict], Keep] | None = None, seal: str = ""
    ) -> Travelled:
        """As `loading`, in one go.

        Raises:
            GalleryFileError: the file is damaged, changed, newer, or something else.
            MergeConflicts: there are conflicts and nobody to settle them.
            StoreError: the workspace cannot be written.
        """
        return finished(self.loading(path, settle=settle, seal=seal))

    def loading(
        self, path: Path, *, settle: Callable[[Conflict], Keep] | None = None, seal: str = ""
    ) -> Generator[Progress, None, Travelled]:
        """Take in the gallery of a file: all of it, or nothing. A second time changes nothing.

        Args:
            path: the file.
            settle: says for each conflict whose word counts; None refuses a file with conflicts.
            seal: that of the file as its sender told it; "" where nobody did.

        Raises:
            GalleryFileError: the file is damaged, changed, newer, or something else.
            MergeConflicts: there are conflicts and nobody to settle them.
            StoreError: the workspace cannot be written.
        """
        file = yield from gallery_files.reading(path)
        _check_seal(file, seal)
        with self._database.reading() as session:
            mine = read_contents(session)
        _settled(merge(mine, file.manifest.contents), settle)  # asked before anything is written
        yield from self._unpack(file, mine)
        with self._changing() as session:
            mine = read_contents(session)
            merged = merge(mine, file.manifest.contents)
            changes = _with_known_endings(_settled(merged, settle), mine)
            changes += make_changes(session, changes)
            done = _travelled(file, changes, merged.conflicts)
            if changes:
                session.add(AuditRow(act="load", subject=file.seal[7:71], detail=_told(done)))
            return done

    def _unpack(self, file: GalleryFile, mine: Contents) -> Generator[Progress, None, None]:
        known, theirs = _endings(mine), file.manifest.contents
        own = tuple(_with_ending(each, known) for each in theirs.references)
        wanted = theirs.model_copy(update={"references": own}).files()
        try:
            yield from gallery_files.unpacking(file, wanted, self._folder)
        except OSError as error:
            raise WorkspaceUnwritable(self._folder, error.strerror or str(error)) from error


def _check_seal(file: GalleryFile, seal: str) -> None:
    if seal and seal.strip().casefold().removeprefix("sha256:") != file.seal[7:]:
        raise OtherSeal(file.path, found=file.seal, expected=seal)


def _settled(merged: Merge, settle: Callable[[Conflict], Keep] | None) -> tuple[Change, ...]:
    if settle is not None:
        return merged.settled(settle)
    if merged.conflicts:
        raise MergeConflicts(merged.conflicts)
    return merged.changes


def _with_known_endings(changes: Sequence[Change], mine: Contents) -> list[Change]:
    """The same, where a picture that is here already keeps the name of its file."""
    known = _endings(mine)
    fitted = []
    for change in changes:
        after = change.after
        if isinstance(after, KeptReference):
            after = _with_ending(after, known)
        fitted.append(change.model_copy(update={"after": after}))
    return fitted


def _endings(contents: Contents) -> dict[str, str]:
    return {each.sha256: each.suffix for each in contents.references}


def _with_ending(reference: KeptReference, known: Mapping[str, str]) -> KeptReference:
    suffix = known.get(reference.sha256, reference.suffix)
    return reference.model_copy(update={"suffix": suffix})


def _travelled(
    file: GalleryFile, changes: Sequence[Change], conflicts: tuple[Conflict, ...]
) -> Travelled:
    contents = file.manifest.contents
    return Travelled(
        path=str(file.path),
        seal=file.seal,
        gallery_version=file.manifest.gallery,
        references=len(contents.references),
        changes=tuple(changes),
        conflicts=conflicts,
    )


def _told(done: Travelled) -> dict[str, object]:
    return {
        "seal": done.seal,
        "gallery_version": done.gallery_version,
        "added": done.added,
        "changes": len(done.changes) - done.added,
        "conflicts": len(done.conflicts),
    }
