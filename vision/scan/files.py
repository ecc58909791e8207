"""What lies below some folders: files to look into, and what is left aside, each told once.

Folders are walked in the natural order of names, links to folders last. No folder is walked twice,
so that links that lead in a circle end.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from vision.errors import FolderUnreachable
from vision.scan.beside import is_side_file, is_side_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"(\d+)")


class AsideKind(StrEnum):
    """Why something below a folder was not looked at."""

    SIDE_FILE = "side_file"  # goes with a picture, or notes of a system
    NOT_A_PICTURE = "not_a_picture"  # and not named like one
    FOLDER_UNREADABLE = "folder_unreadable"
    FOLDER_UNREACHABLE = "folder_unreachable"  # one that was asked for: never an empty answer
    FOLDER_AGAIN = "folder_again"  # one that is walked anyway: a link that leads around


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file below a folder, as it was when it was listed; `root` is the folder that was asked for.

    Two files with the same path, size and `modified_ns` are taken to hold the same.
    """

    path: str
    root: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that is no photo: what kind, and what exactly in English."""

    path: str
    kind: AsideKind
    what: str = ""


def check_folder(folder: Path | str) -> None:
    """Make sure that a folder can be scanned; a single file is welcome too.

    Raises:
        FolderUnreachable: it is not there or may not be listed.
    """
    try:
        if not stat.S_ISDIR(os.stat(folder).st_mode):  # noqa: PTH116 - Path would change odd names
            return
        with os.scandir(folder):
            return
    except (OSError, ValueError) as error:
        raise FolderUnreachable(folder, _why(error)) from error


def check_folders(folders: Sequence[Path | str]) -> None:
    """Make sure that at least one of some folders can be scanned.

    Raises:
        FolderUnreachable: none of them can.
    """
    away = []
    for folder in folders:
        try:
            check_folder(folder)
        except FolderUnreachable as error:
            away.append(error)
    if away and len(away) == len(folders):
        raise away[0]


def files_below(folders: Sequence[Path | str]) -> Iterator[ListedFile | Aside]:
    """List all files below some folders, whatever they hold.

    Args:
        folders: where to look, also below; a single file stands for itself.
    """
    walk = _Walk([str(folder) for folder in folders])
    for folder in walk.roots:
        try:
            check_folder(folder)
        except FolderUnreachable as error:
            yield Aside(folder, AsideKind.FOLDER_UNREACHABLE, error.cause)
        else:
            yield from walk.below(folder)


class _Walk:
    """Remembers which folders were walked."""

    def __init__(self, roots: Sequence[str]) -> None:
        self.roots = tuple(dict.fromkeys(roots))
        self._walked: set[tuple[int, int]] = set()
        self._above = {identity for root in roots for identity in _identities_above(root)}

    def below(self, root: str) -> Iterator[ListedFile | Aside]:
        if not os.path.isdir(root):  # noqa: PTH112 - Path would change odd names
            state = os.stat(root)  # noqa: PTH116 - the same
            yield ListedFile(root, root, state.st_size, state.st_mtime_ns)
            return
        waiting = [root]
        links: list[str] = []
        while waiting or links:
            folder = waiting.pop() if waiting else links.pop(0)
            entries = self._entries(folder)
            if isinstance(entries, Aside):
                if not os.path.isdir(root):  # noqa: PTH112 - the same
                    yield Aside(root, AsideKind.FOLDER_UNREACHABLE, entries.what)
                    return
                yield entries
                continue
            below = []
            for entry in entries:
                if not _is_folder(entry):
                    yield _file(entry, root)
                elif is_side_folder(entry.name):
                    yield Aside(entry.path, AsideKind.SIDE_FILE, "a folder of side files")
                elif entry.is_symlink():
                    links.append(entry.path)
                else:
                    below.append(entry.path)
            waiting += reversed(below)

    def _entries(self, folder: str) -> list[os.DirEntry[str]] | Aside:
        try:
            state = os.stat(folder)  # noqa: PTH116 - Path would change odd names
            identity = (state.st_dev, state.st_ino)
            if identity in self._walked or (identity in self._above and folder not in self.roots):
                return Aside(folder, AsideKind.FOLDER_AGAIN, "this folder is scanned already")
            self._walked.add(identity)
            with os.scandir(folder) as found:
                return sorted(found, key=lambda entry: natural_order(entry.name))
        except OSError as error:
            return Aside(folder, AsideKind.FOLDER_UNREADABLE, _why(error))


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key by which 2 comes before 10, and a before B."""
    parts = _NUMBER.split(name.casefold())
    return [(0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p] + [(2, 0, name)]


def _file(entry: os.DirEntry[str], root: str) -> ListedFile | Aside:
    if is_side_file(entry.name):
        return Aside(entry.path, AsideKind.SIDE_FILE, "a side file")
    try:
        state = entry.stat()
    except OSError:  # a link to nothing, or gone: whoever opens it will say so
        return ListedFile(entry.path, root, 0, 0)
    return ListedFile(entry.path, root, state.st_size, state.st_mtime_ns)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _identities_above(root: str) -> Iterator[tuple[int, int]]:
    """Every folder above a root: a link to one of them would lead around in a circle."""
    for folder in Path(os.path.realpath(root)).parents:
        try:
            state = folder.stat()
        except OSError:
            continue
        yield state.st_dev, state.st_ino


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return (reason or type(error).__name__).lower()
