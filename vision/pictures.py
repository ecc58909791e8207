"""File -> Photo: reachable, recognised, within limits, upright, in sRGB, with notes on all done."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from vision.cameras import camera_of
from vision.decoding import (
    DECODER_ERRORS,
    MAX_PIXELS,
    Opened,
    count_frames,
    decode,
    open_header,
)
from vision.errors import DamagedPicture, FileUnreachable, NotAPicture, PictureTooLarge
from vision.formats import (
    RAW_SUFFIXES,
    Foreign,
    agrees,
    is_incomplete,
    recognise,
    suffix_of,
)
from vision.terms import Note, NoteCode, Photo

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

MAX_BYTES = 1 << 30
MAX_PIXELS_SLOW = 120_000_000  # of formats that take seconds to decode
_SLOW = {"HEIF", "AVIF", "JPEG2000"}
_HEAD = 4096  # bytes that tell what a file is
_ROOM = 1 << 29  # bytes of free memory with which the opening of a picture never fails
_ROOM_A_PIXEL = 16  # bytes that decoders take, at most, beside the picture itself
_LARGE = 40_000_000  # pixels from which pictures are decoded one at a time, to bound memory
_one_large = threading.Lock()

_FETCH = "Copy or download the picture again from where it came from."
_AGAIN = (
    "Copy or download the picture again; if that does not help, open it in another program and "
    "save it as JPEG or PNG."
)
_CUT = ("truncated", "not enough", "end of file", "insufficient", "premature", "expecting to read")
_SMALLER = "Save a smaller copy of the picture, or crop it to the product, and choose that file."


def read(path: Path | str, *, max_side: int | None = None) -> Photo:
    """Read a picture file.

    Args:
        path: the file; what it holds counts, not the ending of its name.
        max_side: the longer side that the caller needs, in pixels; the picture may then be decoded
            at a reduced scale, never smaller than this. Default: full size.

    Returns:
        `pixels` (h, w, 3) uint8 sRGB, upright; `width` and `height` of the full picture.

    Raises:
        FileUnreachable: missing, no ordinary file, not permitted, or away.
        NotAPicture: no picture of a supported format.
        DamagedPicture: cut short or corrupt.
        PictureTooLarge: above MAX_BYTES or MAX_PIXELS, by its header, before anything is decoded.
        MemoryError: there is too little memory at the moment, which is no fault of the file.
    """
    return _photo(bytes_of(Path(path)), str(path), max_side)


def read_bytes(data: bytes, name: str, *, max_side: int | None = None) -> Photo:
    """Read a picture from memory; `name` stands for the path. Raises as `read` does."""
    _check_bytes(len(data), name)
    return _photo(data, name, max_side)


def seems_picture(path: Path) -> bool:
    """Tell by its first bytes whether a file holds a picture of a supported format.

    Nothing is decoded; a file that cannot be opened, or that is no plain file, holds none.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return isinstance(recognise(head, path.name), str)


def bytes_of(path: Path) -> bytes:
    """Read a whole ordinary file, without waiting for a pipe or device that bears its name."""
    try:
        _check_kind(path, path.stat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _binary())
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            _check_kind(path, state.st_mode)
            _check_bytes(state.st_size, path)
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        cause, step = _unreachable(error)
        raise FileUnreachable(path, cause, step) from error
    _check_bytes(len(data), path)
    return data


def _binary() -> int:
    return int(getattr(os, "O_BINARY", 0))


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise FileUnreachable(path, "this is a folder", "Choose the pictures inside it.")
    raise FileUnreachable(
        path, "this is a pipe, socket or device, not a file", "Choose a picture file."
    )


def _check_bytes(size: int, path: Path | str) -> None:
    if size > MAX_BYTES:
        raise PictureTooLarge(
            path,
            f"the file has {size / (1 << 20):,.0f} MiB, the limit is {MAX_BYTES >> 20:,} MiB",
            _SMALLER,
            found=size,
            limit=MAX_BYTES,
        )


def _unreachable(error: Exception) -> tuple[str, str]:
    code = error.errno if isinstance(error, OSError) else None
    if isinstance(error, FileNotFoundError) or code == errno.ENOTDIR:
        return "there is no such file", "Check whether it was moved, renamed or deleted."
    if isinstance(error, PermissionError):
        return "you may not read this file", "Ask its owner for permission, or copy it elsewhere."
    if code == errno.ELOOP:
        return "this link leads in a circle", "Choose the picture file itself."
    if code == errno.ENAMETOOLONG:
        return "its name is too long for this system", "Rename it, or move it up some folders."
    reason = os.strerror(code) if code else str(error)
    return f"it cannot be read ({reason})", "Check the disk or network connection, then try again."


def _photo(data: bytes, path: str, max_side: int | None) -> Photo:
    if max_side is not None and max_side < 1:
        raise ValueError(f"expected max_side of at least 1, found {max_side}")
    name = path.replace("\\", "/").rpartition("/")[2]
    opened = _open(data, path, name)
    _check_pixels(opened, path)
    if not agrees(suffix_of(name), opened.format):
        opened.notes.append(Note(NoteCode.NAME_DISAGREES, opened.format))
    frames = count_frames(opened)
    if frames > 1:
        opened.notes.append(Note(NoteCode.FIRST_FRAME, str(frames)))
    try:
        with _turn(opened.size):
            decoded = decode(opened, max_side=max_side)
    except (MemoryError, *DECODER_ERRORS) as error:
        raise _fault(path, opened.format, error, opened.size) from error
    if is_incomplete(data, opened.format):
        opened.notes.append(Note(NoteCode.DAMAGED))
    return Photo(
        path,
        decoded.pixels,
        hashlib.sha256(data).hexdigest(),
        decoded.width,
        decoded.height,
        opened.format,
        frames,
        tuple(opened.notes),
        camera_of(opened.image),
    )


def _open(data: bytes, path: str, name: str) -> Opened:
    if not data:
        raise DamagedPicture(path, "the file is empty", _FETCH)
    found = recognise(data, name)
    if isinstance(found, Foreign):
        raise NotAPicture(path, f"this is {found.what}", found.next_step, found=found.what)
    if found == "TIFF" and suffix_of(name) in RAW_SUFFIXES:
        raise NotAPicture(
            path,
            "this is a camera raw file",
            "Develop it to JPEG first, then choose that file.",
            found="a camera raw file",
        )
    try:
        return open_header(data, found)
    except (MemoryError, *DECODER_ERRORS) as error:
        raise _fault(path, found, error) from error


def _check_pixels(opened: Opened, path: str) -> None:
    width, height = opened.size
    if width < 1 or height < 1:
        raise DamagedPicture(path, f"its header claims {width} × {height} pixels", _FETCH)
    limit = MAX_PIXELS_SLOW if opened.format in _SLOW else MAX_PIXELS
    if width * height > limit:
        raise PictureTooLarge(
            path,
            f"it has {width} × {height} = {width * height / 1e6:,.0f} megapixels, the limit for "
            f"{opened.format} is {limit / 1e6:,.0f} megapixels",
            _SMALLER,
            found=width * height,
            limit=limit,
        )


def _turn(size: tuple[int, int]) -> AbstractContextManager[object]:
    return _one_large if size[0] * size[1] > _LARGE else nullcontext()


def _fault(
    path: str, found: str, error: Exception, size: tuple[int, int] = (0, 0)
) -> DamagedPicture | PictureTooLarge | MemoryError:
    """What is behind an error of a decoder: the file, or a moment without memory."""
    if isinstance(error, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
        return PictureTooLarge(
            path,
            f"it has more than the limit of {MAX_PIXELS / 1e6:,.0f} megapixels",
            _SMALLER,
            found=float("inf"),
            limit=MAX_PIXELS,
        )
    if isinstance(error, MemoryError) or not _has_room(size):
        return MemoryError(
            f"There is not enough memory to read {path}. Close other programs and try again."
        )
    if any(word in str(error).lower() for word in _CUT):
        return DamagedPicture(path, f"the {found} data is cut short", _FETCH)
    return DamagedPicture(
        path, f"the {found} data is damaged, or of a rare kind that cannot be read here", _AGAIN
    )


def _has_room(size: tuple[int, int]) -> bool:
    """Whether there is memory to decode; without it many decoders speak of broken data."""
    try:
        np.empty(max(_ROOM, _ROOM_A_PIXEL * size[0] * size[1]), np.uint8)
    except MemoryError:
        return False
    return True
