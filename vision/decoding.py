"""Bytes of a known format -> upright 8-bit sRGB pixels, with notes on what was done on the way.

Decoders are called one by one, not through `Image.open`: only the format that the bytes announce is
ever tried, and Pillow's process-wide size limit stays out of it; the caller checks `Opened.size`.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pillow_heif.as_plugin
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    ImageCms,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    QoiImagePlugin,
    TgaImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from vision.terms import Note, NoteCode, Pixels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PIL import ImageFile

DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    EOFError,
    AttributeError,
    AssertionError,
    RuntimeError,
    MemoryError,
    UserWarning,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)
"""What Pillow's decoders raise on hostile bytes."""

_OPENERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.jpeg_factory,
    "PNG": PngImagePlugin.PngImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "HEIF": pillow_heif.as_plugin.HeifImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
    "ICO": IcoImagePlugin.IcoImageFile,
    "PPM": PpmImagePlugin.PpmImageFile,
    "JPEG2000": Jpeg2KImagePlugin.Jpeg2KImageFile,
    "QOI": QoiImagePlugin.QoiImageFile,
    "TGA": TgaImagePlugin.TgaImageFile,
}
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_NARROW = 0.25  # a deep picture whose brightest value is below this share of its range


@dataclass(slots=True)
class Opened:
    """A picture of which only the header was read; `size` is (width, height) when upright."""

    image: Image.Image
    format: str
    size: tuple[int, int]
    orientation: int
    profile: bytes
    notes: list[Note] = field(default_factory=list)


def open_header(data: bytes, found: str) -> Opened:
    """Read the header of `data`, which is of format `found`; no pixel is decoded.

    Raises:
        any of DECODER_ERRORS.
    """
    image = _OPENERS[found](io.BytesIO(data))
    orientation = _orientation(image)
    width, height = image.size
    turned = orientation >= 5 and found != "TIFF"  # Pillow's TIFF reader turns by itself
    profile = image.info.get("icc_profile") or b""
    return Opened(
        image,
        found,
        (height, width) if turned else (width, height),
        orientation,
        profile if isinstance(profile, bytes) else b"",
    )


def decode(opened: Opened, *, max_side: int | None) -> Pixels:
    """Decode to (h, w, 3) uint8 sRGB, upright, transparency over white; adds to `opened.notes`.

    With `max_side` the picture may be decoded at 1/2, 1/3, … of its size; its longer side stays at
    least `max_side`.

    Raises:
        any of DECODER_ERRORS.
    """
    image = opened.image
    factor = max(1, max(opened.size) // max_side) if max_side else 1
    if factor > 1 and isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft(None, (math.ceil(image.width / factor), math.ceil(image.height / factor)))
    image.load()
    if opened.orientation > 1:
        opened.notes.append(Note(NoteCode.TURNED))
        if opened.format != "TIFF":
            image = image.transpose(_TURNS[opened.orientation])
    image = _shallow(image, opened)
    longer = max(image.size)
    if factor > 1 and max_side and longer // max_side > 1 and image.mode not in {"P", "1", "PA"}:
        image = image.reduce(longer // max_side)
    alpha = _alpha(image, opened)
    rgb = _to_srgb(image, opened)
    if alpha is not None:
        rgb = _over_white(rgb, alpha, opened)
    if factor > 1 and max_side and max(rgb.size) // max_side > 1:
        rgb = rgb.reduce(max(rgb.size) // max_side)
    if max(rgb.size) < max(opened.size):
        opened.notes.append(Note(NoteCode.REDUCED, f"{max(opened.size) / max(rgb.size):.3g}"))
    pixels = np.asarray(rgb)
    pixels.flags.writeable = False
    return pixels


def count_frames(opened: Opened) -> int:
    """Return how many frames or pages the file holds, at least 1; 1 where that cannot be told."""
    try:
        return max(1, int(getattr(opened.image, "n_frames", 1)))
    except DECODER_ERRORS:
        return 1


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except DECODER_ERRORS:
        return 1
    return value if isinstance(value, int) and value in _TURNS else 1


def _shallow(image: Image.Image, opened: Opened) -> Image.Image:
    """Bring deep pictures to 8 bits by the range of their type; their content is not stretched."""
    if image.mode[0] not in "IF":
        return image
    values = np.asarray(image).astype(np.float64)
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    unit, top = _unit_range(finite, image.mode)
    opened.notes.append(Note(NoteCode.DEEP))
    if top <= _NARROW and image.mode != "F":
        opened.notes.append(Note(NoteCode.NARROW_RANGE, f"{100 * top:.1f}%"))
    if image.mode == "F" and top <= 1.0:
        unit = _srgb_curve(unit)
    return Image.fromarray(np.rint(255 * np.clip(unit, 0, 1)).astype(np.uint8))


def _unit_range(values: NDArray[np.float64], mode: str) -> tuple[NDArray[np.float64], float]:
    """Scale to [0, 1] and return the brightest value with it."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    if mode.startswith("I;16"):
        span, floor = 65535.0, 0.0
    elif mode == "I":
        floor = -32768.0 if -32768 <= low < 0 and high <= 32767 else min(0.0, low)
        span = 255.0 if high <= 255 and low >= 0 else max(65535.0, high - floor)
    else:
        floor = min(0.0, low)
        span = 1.0 if high <= 1.0 else 255.0 if high <= 255 else max(65535.0, high - floor)
    return (values - floor) / span, (high - floor) / span


def _srgb_curve(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light in [0, 1] to sRGB values in [0, 1] (IEC 61966-2-1)."""
    light = np.clip(light, 0, 1)
    curved = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(curved, np.float64)


def _alpha(image: Image.Image, opened: Opened) -> Image.Image | None:
    """Return the opacity of a picture that is not fully opaque."""
    if not image.has_transparency_data:
        return None
    alpha = image.convert("RGBA").getchannel("A")
    low, high = alpha.getextrema()
    if low == 255 or (high == 0 and opened.format == "BMP"):  # a BMP's fourth byte is often unused
        return None
    return alpha


def _over_white(rgb: Image.Image, alpha: Image.Image, opened: Opened) -> Image.Image:
    empty = alpha.getextrema()[1] == 0
    opened.notes.append(Note(NoteCode.EMPTY if empty else NoteCode.TRANSPARENT))
    white = Image.new("RGB", rgb.size, (255, 255, 255))
    white.paste(rgb, mask=alpha)
    return white


def _to_srgb(image: Image.Image, opened: Opened) -> Image.Image:
    """Convert to RGB, by the file's colour profile where it has a usable one."""
    if image.mode == "CMYK":
        opened.notes.append(Note(NoteCode.CMYK))
    if opened.profile:
        converted = _by_profile(image, opened.profile)
        opened.notes.append(
            Note(NoteCode.PROFILE if converted is not None else NoteCode.PROFILE_BROKEN)
        )
        if converted is not None:
            return converted
    return _plain_rgb(image)


def _plain_rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if image.mode in {"RGBa", "La", "PA", "P", "LA"}:
        return image.convert("RGBA").convert("RGB")
    return image.convert("RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Apply an ICC profile, relative colorimetric; None where it does not fit or cannot be read."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if space == "CMYK" and image.mode == "CMYK":
            ink = image
        elif space == "GRAY":
            ink = image.convert("L")
        elif space == "RGB" and image.mode != "CMYK":
            ink = _plain_rgb(image)
        else:
            return None
        return ImageCms.profileToProfile(
            ink,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except DECODER_ERRORS:
        return None
