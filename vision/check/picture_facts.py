"""What the stored file of a reference is worth: readable, unchanged, sharp; remembered by hash.

Whether it can be read, and is the one that was added, is told of the file itself; faults are those
of the picture that is compared: straight and cropped where corners say so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision import quality
from vision.check.whole_files import write_whole
from vision.errors import PictureError
from vision.prepared import read_reference, reference_key
from vision.terms import Fault, FaultKind, NoteCode

if TYPE_CHECKING:
    from vision.terms import Reference

_VERSION = 2  # 1 took pictures with a video behind them for damaged, and did not see corners
_READ_SIDE = 1400  # decoded at about this longer side


class FileState(StrEnum):
    """What became of a stored file."""

    FINE = "fine"
    GONE = "gone"
    UNREADABLE = "unreadable"  # no picture, or one of which a part is missing
    CHANGED = "changed"  # a picture, but not the one that was added


@dataclass(frozen=True, slots=True)
class PictureFact:
    """One stored file and its picture, as they were when its bytes were last looked at.

    `stamp` is its length and time of change: while that stays, the file is not opened again.
    """

    state: FileState
    stamp: tuple[int, int] = (0, 0)
    faults: tuple[Fault, ...] = ()


class PictureFacts:
    """The facts of all stored files, kept in one file of a cache folder, which may be deleted.

    Args:
        file: where to keep them, or None to forget them at the end.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known = {} if file is None else _restored(file)

    def of(self, reference: Reference) -> PictureFact:
        """Return the fact of one file, looked at anew where it has changed since."""
        try:
            found = Path(reference.path).stat()
        except OSError:
            return PictureFact(FileState.GONE)
        stamp = (found.st_size, found.st_mtime_ns)
        key = reference_key(reference)
        known = self._known.get(key)
        if known is None or known.stamp != stamp:
            known = _looked_at(reference, stamp)
            self._known[key] = known
        return known

    def keep(self) -> None:
        """Write them; a cache that cannot be written is no harm."""
        if self._file is not None:
            rows = {name: asdict(fact) for name, fact in sorted(self._known.items())}
            text = json.dumps({"version": _VERSION, "facts": rows})
            write_whole(self._file, text.encode())


def _looked_at(reference: Reference, stamp: tuple[int, int]) -> PictureFact:
    try:
        photo = read_reference(reference, max_side=_READ_SIDE)
    except PictureError:
        return PictureFact(FileState.UNREADABLE, stamp)
    if any(note.code in (NoteCode.DAMAGED, NoteCode.EMPTY) for note in photo.notes):
        return PictureFact(FileState.UNREADABLE, stamp)
    if reference.sha256 and photo.sha256 != reference.sha256:
        return PictureFact(FileState.CHANGED, stamp)
    severe = tuple(fault for fault in quality.faults(photo) if fault.severe)
    return PictureFact(FileState.FINE, stamp, severe)


def _restored(file: Path) -> dict[str, PictureFact]:
    """Read them; a file that is damaged or of another version counts as absent."""
    try:
        kept = json.loads(file.read_bytes())
        if kept["version"] != _VERSION:
            return {}
        return {name: _fact(row) for name, row in kept["facts"].items()}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def _fact(row: dict[str, Any]) -> PictureFact:
    size, changed = row["stamp"]
    return PictureFact(
        FileState(row["state"]), (int(size), int(changed)), tuple(_fault(f) for f in row["faults"])
    )


def _fault(row: dict[str, Any]) -> Fault:
    x0, y0, x1, y1 = (int(value) for value in row["where"])
    return Fault(
        FaultKind(row["kind"]),
        (x0, y0, x1, y1),
        float(row["measured"]),
        float(row["limit"]),
        bool(row["severe"]),
    )
