"""What took a picture, as the file itself tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vision.decoding import DECODER_ERRORS

if TYPE_CHECKING:
    from PIL import Image

_MAKE, _MODEL = 0x010F, 0x0110  # EXIF 2.32, table 4
_LONGEST = 100


def camera_of(image: Image.Image) -> str:
    """Return maker and model of the camera, without saying the maker twice; "" where unknown.

    Source: CIPA DC-008, Exchangeable image file format 2.32, section 4.6.4.
    """
    try:
        told = image.getexif()
    except DECODER_ERRORS:  # a broken block of metadata is no reason to refuse the picture
        return ""
    make, model = (_plain(told.get(tag)) for tag in (_MAKE, _MODEL))
    if not make or model.casefold().startswith(make.casefold()):
        return model or make
    return f"{make} {model}".strip()


def _plain(value: object) -> str:
    """One line that can be shown, of bounded length."""
    if not isinstance(value, str):
        return ""
    shown = "".join(letter if letter.isprintable() else " " for letter in value)
    return " ".join(shown.split())[:_LONGEST]
