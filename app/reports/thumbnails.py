"""Small copies of photos for tables: new pictures, without place or time of the original."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

import vision
from vision import PictureError

_QUALITY: Final = 80


def thumbnail(path: str, side: int) -> bytes | None:
    """A JPEG of at most `side` pixels; None where the photo cannot be read now.

    Only pixels go into it: no tag of the file, and so no GPS.
    """
    try:
        photo = vision.read(path, max_side=side)
    except (PictureError, MemoryError):
        return None
    image = Image.fromarray(photo.pixels)
    image.thumbnail((side, side))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
