"""What a watched folder holds: which of its pictures are new and complete, and which were taken.

What was taken is remembered in the workspace, a line for each file, in the order in which it was
taken; a line that a crash cut off is passed over.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

import vision
from app.panes.intake import pictures_in
from vision import NoteCode, PictureError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from pathlib import Path

_FILE: Final = "watched.jsonl"
_PARTS: Final = frozenset(
    {".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".temp", ".opdownload"}
)
_GLANCE: Final = 64  # pixels to which a picture is decoded when only its being whole is in question


@dataclass(frozen=True, slots=True)
class Stamp:
    """Two files with the same path and stamp hold the same."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that need not be taken any more; `sha256` is "" where it was there before."""

    path: str
    stamp: Stamp
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A file that is not taken yet: how it looked, and since when (seconds of a steady clock)."""

    stamp: Stamp
    since: float


@dataclass(frozen=True, slots=True)
class Look:
    """What one look into the folder has found.

    `arrived` are new and complete; `there_before` counts those that the first look found.
    """

    is_reachable: bool
    arrived: tuple[Taken, ...] = ()
    there_before: int = 0
    unfinished: Mapping[str, Unfinished] = field(default_factory=dict)


class Ledger:
    """The files that were taken; calls may come from any thread.

    Args:
        folder: the workspace.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._lock = threading.Lock()
        self._stamps: dict[str, Stamp] | None = None
        self._contents: set[str] = set()
        self._begun: set[str] = set()

    def has_begun(self, folder: str) -> bool:
        """Whether this folder was watched before, so that all that it holds beyond is new."""
        with self._lock:
            self._read()
            return folder in self._begun

    def knows(self, path: str, stamp: Stamp) -> bool:
        """Whether this very file was taken."""
        with self._lock:
            return self._read().get(path) == stamp

    def holds(self, sha256: str) -> bool:
        """Whether a file with this content was taken, under whatever name."""
        with self._lock:
            self._read()
            return bool(sha256) and sha256 in self._contents

    def begin(self, folder: str, there: Iterable[Taken]) -> None:
        """From now on whatever is new in this folder is taken.

        Raises:
            OSError: the workspace cannot be written.
        """
        with self._lock:
            self._read()
            self._append([*map(_line, there), json.dumps({"begun": folder})])
            self._begun.add(folder)
            self._learn(there)

    def add(self, taken: Iterable[Taken]) -> None:
        """Remember that these need not be taken again.

        Raises:
            OSError: the workspace cannot be written.
        """
        with self._lock:
            self._read()
            self._learn(taken)
            self._append([_line(one) for one in taken])

    def _learn(self, taken: Iterable[Taken]) -> None:
        stamps = self._read()
        for one in taken:
            stamps[one.path] = one.stamp
            if one.sha256:
                self._contents.add(one.sha256)

    def _read(self) -> dict[str, Stamp]:
        if self._stamps is None:
            self._stamps = {}
            try:
                lines = self._file.read_text(encoding="utf-8").splitlines()
            except OSError:
                lines = []
            for line in lines:
                self._understand(line)
        return self._stamps

    def _understand(self, line: str) -> None:
        try:
            said = json.loads(line)
            if "begun" in said:
                self._begun.add(str(said["begun"]))
            else:
                stamp = Stamp(**said["stamp"])
                self._learn((Taken(str(said["path"]), stamp, str(said["sha256"])),))
        except (ValueError, KeyError, TypeError):
            return

    def _append(self, lines: list[str]) -> None:
        if not lines:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a crash cut the last line off
                    file.write(b"\n")
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())


def look(
    folder: Path,
    ledger: Ledger,
    before: Mapping[str, Unfinished],
    *,
    now: float,
    patience_s: float,
) -> Generator[None, None, Look]:
    """FILES: look for new pictures; nothing that was there when the watch began is new.

    A file is complete when it has not changed since the look before and can be read whole. One that
    stays unreadable for `patience_s` is taken as it is, so that somebody hears of it.

    Raises:
        OSError: the workspace cannot be written.
    """
    yield
    if not folder.is_dir():
        return Look(is_reachable=False, unfinished=before)
    if not ledger.has_begun(str(folder)):
        there = tuple(Taken(str(file), stamp) for file, stamp in stamped(folder))
        ledger.begin(str(folder), there)
        return Look(is_reachable=True, there_before=len(there))
    arrived: dict[str, Taken] = {}  # by content, or by path where that is not known
    doubles: list[Taken] = []
    unfinished: dict[str, Unfinished] = {}
    for file, stamp in stamped(folder):
        path = str(file)
        if ledger.knows(path, stamp):
            continue
        seen = before.get(path)
        if seen is None or seen.stamp != stamp:
            unfinished[path] = Unfinished(stamp, now)
            continue
        yield
        sha256 = content_of(file)
        if sha256 is None and now - seen.since < patience_s:
            unfinished[path] = seen
            continue
        one = Taken(path, stamp, sha256 or "")
        if ledger.holds(one.sha256) or one.sha256 in arrived:
            doubles.append(one)
        else:
            arrived[one.sha256 or path] = one
    ledger.add(doubles)
    is_reachable = folder.is_dir()  # else it went away meanwhile
    return Look(is_reachable, tuple(arrived.values()), unfinished=unfinished)


def remembering(ledger: Ledger, taken: tuple[Taken, ...]) -> Generator[None, None, None]:
    """FILES: remember that these need not be taken again."""
    yield
    ledger.add(taken)


def stamped(folder: Path) -> Generator[tuple[Path, Stamp], None, None]:
    """The pictures below a folder, but for those whose names say that they are on their way."""
    for file in pictures_in(folder):
        if is_on_its_way(file):
            continue
        try:
            state = file.stat()
        except OSError:  # gone since the folder was listed
            continue
        yield file, Stamp(state.st_size, state.st_mtime_ns)


def is_on_its_way(file: Path) -> bool:
    """Whether the name of a file says that it is not whole yet."""
    return file.suffix.lower() in _PARTS or file.name.startswith("~")


def content_of(file: Path) -> str | None:
    """The SHA-256 of a whole picture; None where the file is none, or lacks a part."""
    try:
        photo = vision.read(file, max_side=_GLANCE)
    except (PictureError, MemoryError):  # without memory it waits, as an unfinished one does
        return None
    is_damaged = any(note.code is NoteCode.DAMAGED for note in photo.notes)
    return None if is_damaged else photo.sha256


def _line(taken: Taken) -> str:
    return json.dumps(asdict(taken))  # in ASCII: names need not be text
