"""A file opened once: its bytes and their hash, or why it is left aside."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vision import pictures
from vision.errors import FileUnreachable
from vision.formats import Foreign, recognise
from vision.scan.beside import claims_picture
from vision.scan.files import Aside, AsideKind

if TYPE_CHECKING:
    from vision.errors import PictureError
    from vision.scan.files import ListedFile

_HEAD = 4096
_OF_THIS_FILE = {
    *(errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG),
    *(errno.EISDIR, errno.EINVAL, errno.ENXIO),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """The bytes of a file and their SHA-256 (hex)."""

    data: bytes
    sha256: str


def contents_of(file: ListedFile) -> Contents | Aside:
    """Read a file that holds a picture, or is named like one.

    What is in it decides: pictures of a supported format are read under any name, and what neither
    holds nor claims to hold a picture is left aside after its first bytes.

    Raises:
        PictureError: it claims to be a picture, but cannot be read, or is too large.
    """
    name = file.path.replace("\\", "/").rpartition("/")[2]
    claims = claims_picture(name)
    if not claims:
        aside = _without_claim(file.path, name)
        if aside is not None:
            return aside
    data = pictures.bytes_of(Path(file.path))
    found = recognise(data[:_HEAD], name)
    if isinstance(found, Foreign) and found.is_side_file:
        return Aside(file.path, AsideKind.SIDE_FILE, found.what)
    return Contents(data, hashlib.sha256(data).hexdigest())


def is_systemic(error: PictureError) -> bool:
    """Tell whether a file could not be read for a cause that is not its own: its disk has gone.

    A file that is gone although it was listed a moment ago counts too; a single one says little.
    """
    if not isinstance(error, FileUnreachable):
        return False
    cause = error.__cause__
    if not isinstance(cause, OSError):
        return False
    if cause.errno == errno.ENOENT:
        return not os.path.lexists(error.path)  # a link to nothing is still there itself
    return cause.errno not in _OF_THIS_FILE


def _without_claim(path: str, name: str) -> Aside | None:
    """Why a file that is not named like a picture is left aside; None: it holds one after all."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - Path would change odd names
            return Aside(path, AsideKind.NOT_A_PICTURE, "a pipe, socket or device")
        with open(path, "rb") as file:  # noqa: PTH123 - the same
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Aside(path, AsideKind.NOT_A_PICTURE, f"it cannot be opened ({reason})")
    found = recognise(head, name) if head else Foreign("an empty file", "")
    if isinstance(found, str) or found.is_other_picture:
        return None
    kind = AsideKind.SIDE_FILE if found.is_side_file else AsideKind.NOT_A_PICTURE
    return Aside(path, kind, found.what)
