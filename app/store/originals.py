"""The stored pictures: named by the SHA-256 of their bytes, written whole, never altered after."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.store.errors import WorkspaceUnwritable
from vision import FileUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20
_UNFINISHED = ".incoming-"
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class Tidy:
    """Files that no reference needs: whole ones (`orphans`), and copies that were broken off."""

    orphans: int
    orphan_bytes: int
    unfinished: int


def place(folder: Path, sha256: str, suffix: str) -> Path:
    """Where the original with this hash lies, or will lie."""
    return folder / sha256[:2] / f"{sha256[2:]}{suffix}"


def find(folder: Path, sha256: str) -> Path | None:
    """Where the original with this hash lies, whatever its ending; None where it is not there."""
    return next(iter(sorted(place(folder, sha256, "").parent.glob(f"{sha256[2:]}*"))), None)


def lying(folder: Path, sha256: str, suffix: str) -> Path:
    """Where an original lies: under this ending, or else another; or where it is missing."""
    wanted = place(folder, sha256, suffix)
    return wanted if wanted.is_file() else find(folder, sha256) or wanted


def suffix_here(file: Path, folder: Path, sha256: str) -> str:
    """The ending under which the bytes of a file lie here already, else that of its name."""
    found = find(folder, sha256)
    return suffix_of(file) if found is None else found.name[len(sha256) - 2 :]


def changed_while_read(file: Path) -> FileUnreachable:
    """Of a file whose bytes are no longer those that were hashed."""
    return FileUnreachable(
        file, "the file changed while it was read", "Wait until it is whole, then add it again."
    )


def suffix_of(file: Path) -> str:
    """The ending of a name in small letters, dropped when it is not a plain one."""
    suffix = file.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def store(
    source: BinaryIO, folder: Path, *, sha256: str, suffix: str, settled: bool = True
) -> bool:
    """Copy a file to its place, unless it lies there whole already; a damaged one is replaced.

    Its name lasts through a loss of power once it is `settled`; who stores many settles at the end.

    Returns:
        False when the bytes of `source` are not those of `sha256`; nothing is stored then.

    Raises:
        OSError: the disk is full or read-only.
    """
    target = place(folder, sha256, suffix)
    if is_whole(target, sha256):
        return True
    target.parent.mkdir(exist_ok=True)  # not `folder`: a shared one may be away
    with _incoming(target.parent) as incoming:
        with incoming.open("wb") as copy:
            found = _copied(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if found != sha256:
            return False
        incoming.chmod(_READ_ONLY)
        _replace(incoming, target)
    if settled:
        settle(target.parent)
    return True


def store_own(
    source: BinaryIO, folder: Path, *, sha256: str, suffix: str, file: Path, owner: Path
) -> None:
    """Store what was read from `file`, in the workspace `owner`.

    Raises:
        FileUnreachable: it changed while it was read.
        WorkspaceUnwritable: the disk is full or read-only.
    """
    try:
        is_same = store(source, folder, sha256=sha256, suffix=suffix)
    except OSError as error:
        raise WorkspaceUnwritable(owner, error.strerror or str(error)) from error
    if not is_same:
        raise changed_while_read(file)


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the file is there with exactly these bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def tidy(folder: Path, needed: set[Path]) -> Tidy:
    """Count what lies in `folder` and is not among `needed`; nothing is deleted."""
    sizes = []
    unfinished = 0
    for path in sorted(folder.glob("*/*")):
        if path.name.startswith(_UNFINISHED):
            unfinished += 1
        elif path not in needed and path.is_file():
            sizes.append(path.stat().st_size)
    return Tidy(orphans=len(sizes), orphan_bytes=sum(sizes), unfinished=unfinished)


def _copied(source: BinaryIO, copy: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        copy.write(chunk)
    return digest.hexdigest()


@contextlib.contextmanager
def _incoming(folder: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _replace(incoming: Path, target: Path) -> None:
    if os.name == "nt" and target.exists():
        target.chmod(stat.S_IWRITE)  # Windows replaces no read-only file
    incoming.replace(target)


def settle(folder: Path) -> None:
    """Make new names in `folder` last through a loss of power, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
