"""How a photo is read before it is inspected: the same way from the window and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import vision

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Photo

READ_SIDE: Final = 1600  # pixels of the longer side that a comparison can make use of


def read_photo(file: Path | str) -> Photo:
    """The photo in a file, decoded no finer than a comparison needs.

    Raises:
        PictureError: it cannot become a photo.
    """
    return vision.read(file, max_side=READ_SIDE)


def read_photo_bytes(data: bytes, name: str) -> Photo:
    """The same for bytes that were pasted.

    Raises:
        PictureError: they cannot become a photo.
    """
    return vision.read_bytes(data, name, max_side=READ_SIDE)
