"""The list of photos as it stood, in a file of the workspace, so that it comes back after a crash.

The file holds paths and what was recorded of each photo, never pictures; what was pasted and has no
file of its own is kept beside it, in `pasted/`. It is in ASCII, since file names need not be text.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

import vision
from app.models.photos import State
from app.panes.workbench import Choice
from app.views.pixels import thumbnail_from_pixels
from app.views.scene import THUMBNAIL_SIDE
from vision import Outcome, Pin, Pinned, TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QImage

    from app.panes.intake import Source

_FILE: Final = "photos.json"
_BROKEN: Final = "photos.broken.json"
_PASTED: Final = "pasted"
_SCHEMA: Final = 1
_READ_SIDE: Final = 480
_log = logging.getLogger(__name__)


class KeptPhoto(BaseModel):
    """One photo of the list; `product` and `side` are what a person chose to compare with.

    `seen_product` and `seen_side` are what it was compared with; photos of one `item` share its id.
    `beside` is the path from the folder of the workspace, so that both may be moved together.
    `pins` are x and y in the photo, x and y on the reference of the SHA-256 `pins_on`; `is_found`
    says that a person set only the pins.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    name: str
    state: State
    beside: str = ""
    outcome: Outcome | None = None
    regions: int = 0
    examined: int = 0
    product: str | None = None
    side: str | None = None
    seen_product: str = ""
    seen_side: str = ""
    sha256: str = ""
    item: str = ""
    pins: tuple[tuple[float, float, float, float], ...] = ()
    pins_on: str = ""
    is_found: bool = False

    @property
    def choice(self) -> Choice:
        """What a person chose to compare the photo with, and how it lies."""
        pins = tuple(Pin((x, y), (u, v)) for x, y, u, v in self.pins)
        pinned = Pinned(pins, self.pins_on) if pins else None
        return Choice(self.product, self.side, pinned, self.is_found)


def kept_choice(choice: Choice) -> dict[str, Any]:
    """The fields of a kept photo that hold a choice."""
    pinned = choice.pinned
    return {
        "product": choice.product,
        "side": choice.side,
        "pins": tuple((*p.photo, *p.reference) for p in pinned.pins) if pinned is not None else (),
        "pins_on": pinned.reference if pinned is not None else "",
        "is_found": choice.is_found,
    }


class KeptList(BaseModel):
    """All photos in order; `chosen` is the place of the one looked at, `judged_by` who judged."""

    model_config = ConfigDict(frozen=True)

    schema_version: int = _SCHEMA
    judged_by: str = ""
    chosen: int = -1
    photos: tuple[KeptPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """A kept photo looked at again: its small picture, None where it cannot be had."""

    path: str
    image: QImage | None
    is_missing: bool = False


class NewerList(Exception):
    """A newer version of the program wrote the list; it must not be overwritten."""


def read_list(folder: Path) -> Generator[None, None, KeptList]:
    """FILES: the list as it stood; empty where there is none, or none that can be understood.

    A list that is broken is set aside. What nobody refers to any more in `pasted/` is deleted.

    Raises:
        NewerList: a newer version of the program wrote it.
    """
    yield
    try:
        text = (folder / _FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return KeptList(judged_by=_judge())
    try:
        kept = KeptList.model_validate(json.loads(text))
    except ValueError as error:  # of pydantic and json alike
        _log.warning("the list of photos cannot be read and is set aside: %s", error)
        (folder / _FILE).replace(folder / _BROKEN)
        return KeptList(judged_by=_judge())
    if kept.schema_version > _SCHEMA:
        raise NewerList
    photos = tuple(_found_again(folder, photo) for photo in kept.photos)
    _tidy_pasted(folder, {photo.path for photo in photos})
    return kept.model_copy(update={"photos": photos})


class ListFile:
    """The file that the list is written to; a state that is older than the written one is not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._given = self._written = 0

    def writing(self, kept: KeptList) -> Generator[None, None, None]:
        """FILES: `write` as a job; its place in the order is that of this call."""
        self._given += 1
        return self._steps(kept, self._given)

    def write(self, kept: KeptList) -> None:
        """Write the list whole or not at all.

        Raises:
            OSError: the workspace cannot be written.
        """
        self._given += 1
        self._write(kept, self._given)

    def _steps(self, kept: KeptList, number: int) -> Generator[None, None, None]:
        yield
        self._write(kept, number)

    def _write(self, kept: KeptList, number: int) -> None:
        with self._lock:
            if number > self._written:
                write_list(self._folder, kept)
                self._written = number


def write_list(folder: Path, kept: KeptList) -> None:
    """Write the list whole or not at all; `ListFile` keeps writers of one program apart.

    Raises:
        OSError: the workspace cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{_FILE}.{os.getpid()}.part"
    try:
        with part.open("w", encoding="utf-8") as file:
            told = _told_beside(folder, kept)
            file.write(json.dumps(told.model_dump(mode="json", exclude_defaults=True)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / _FILE)
    finally:
        part.unlink(missing_ok=True)


def made_list(photos: tuple[KeptPhoto, ...], chosen: int) -> KeptList:
    """The list of now."""
    return KeptList(judged_by=_judge(), chosen=chosen, photos=photos)


def is_of_now(kept: KeptList) -> bool:
    """Whether what is recorded was judged by the limits of this version."""
    return kept.judged_by == _judge()


def keeping_pasted(folder: Path, source: Source) -> Generator[None, None, Path]:
    """FILES: give what was pasted a file of its own in the workspace."""
    yield
    content = source.content()
    place = folder / _PASTED
    place.mkdir(parents=True, exist_ok=True)
    file = place / hashlib.sha256(content).hexdigest()[:24]
    if not file.exists():
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(file)
    return file


def glances(paths: tuple[str, ...]) -> Generator[Glance, None, None]:
    """FILES: small pictures of photos that were in the list; files that are gone are told too."""
    for path in paths:
        if not Path(path).exists():
            yield Glance(path, None, is_missing=True)
            continue
        try:
            photo = vision.read(path, max_side=_READ_SIDE)
        except (TouchstoneError, MemoryError):
            yield Glance(path, None)
            continue
        yield Glance(path, thumbnail_from_pixels(photo.pixels, THUMBNAIL_SIDE))


def _told_beside(folder: Path, kept: KeptList) -> KeptList:
    told = (
        photo.model_copy(update={"beside": _beside(photo.path, folder)}) for photo in kept.photos
    )
    return kept.model_copy(update={"photos": tuple(told)})


@lru_cache(maxsize=20_000)  # the list is written often, and each time whole
def _beside(path: str, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on another drive of Windows
        return ""


def _found_again(folder: Path, photo: KeptPhoto) -> KeptPhoto:
    """The photo, in the place to which it was moved together with the workspace."""
    kept = photo.model_copy(update={"beside": ""})
    if not photo.beside or Path(photo.path).exists():
        return kept
    moved = Path(os.path.normpath(folder / photo.beside))
    if not moved.is_file():
        return kept
    is_same = photo.sha256 in ("", hashlib.sha256(moved.read_bytes()).hexdigest())
    return kept.model_copy(update={"path": str(moved)}) if is_same else kept


def _judge() -> str:
    try:
        return vision.judging_version()
    except TouchstoneError:  # nothing can be judged then, and nothing counts as judged
        return ""


def _tidy_pasted(folder: Path, needed: set[str]) -> None:
    place = folder / _PASTED
    if not place.is_dir():
        return
    for file in place.iterdir():
        if str(file) not in needed:
            file.unlink(missing_ok=True)
