"""Bytes of a known format -> upright 8-bit sRGB pixels, with notes on what was done on the way.

Decoders are called one by one, not through `Image.open`: only the format that the bytes announce is
ever tried. Some ask Pillow's own limit of size, which holds for the whole process, all the same;
`open_header` lifts it to MAX_PIXELS and never lowers it, and the caller checks `Opened.size`.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pillow_heif.as_plugin
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    ImageChops,
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
    SystemError,
    Warning,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)
"""What Pillow's decoders raise on hostile bytes; a MemoryError is no fault of theirs."""

MAX_PIXELS = 250_000_000

_BAND_PIXELS = 1 << 18


def _icon(file: io.BytesIO) -> Image.Image:
    """The largest picture of an icon; Pillow's own class would decode it at once."""
    return IcoImagePlugin.IcoFile(file).frame(0)


_OPENERS: dict[str, Callable[[io.BytesIO], Image.Image]] = {
    "JPEG": JpegImagePlugin.jpeg_factory,
    "PNG": PngImagePlugin.PngImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "HEIF": pillow_heif.as_plugin.HeifImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
    "ICO": _icon,
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
_ROWS = 256
_NARROW = 0.25  # a deep picture whose brightest value is below this share of its range


@dataclass(slots=True)
class Opened:
    """A picture of which only the header was read; `size` is (width, height) as stored."""

    image: Image.Image
    format: str
    size: tuple[int, int]
    profile: bytes
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Decoded:
    """`pixels` (h, w, 3) uint8 sRGB, perhaps reduced; `width`, `height` of the whole, upright."""

    pixels: Pixels
    width: int
    height: int


def open_header(data: bytes, found: str) -> Opened:
    """Read the header of `data`, which is of format `found`; no pixel is decoded.

    Raises:
        any of DECODER_ERRORS; MemoryError.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    image = _OPENERS[found](io.BytesIO(data))
    if found == "HEIF":
        image.seek(0)  # its own reader would begin with the cover picture
    profile = image.info.get("icc_profile")
    return Opened(image, found, image.size, profile if isinstance(profile, bytes) else b"")


def decode(opened: Opened, *, max_side: int | None) -> Decoded:
    """Decode to upright sRGB, transparency over white; adds to `opened.notes`.

    With `max_side` the picture may be decoded at 1/2, 1/3, … of its size; its longer side stays at
    least `max_side`.

    Raises:
        any of DECODER_ERRORS; MemoryError.
    """
    image = opened.image
    factor = max(1, max(opened.size) // max_side) if max_side else 1
    if factor > 1 and isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft(None, (math.ceil(image.width / factor), math.ceil(image.height / factor)))
    orientation = _orientation(image) if opened.format == "TIFF" else 1
    image.load()
    if opened.format != "TIFF":  # Pillow's TIFF reader turns by itself, while it loads
        orientation = _orientation(image)
        image = image.transpose(_TURNS[orientation]) if orientation > 1 else image
    if orientation > 1:
        opened.notes.append(Note(NoteCode.TURNED))
    width, height = opened.size
    if orientation >= 5 and opened.format != "TIFF":
        width, height = height, width
    rgb = _to_rgb(image, opened, max_side or max(opened.size))
    if rgb.size != (width, height):
        opened.notes.append(Note(NoteCode.REDUCED, f"{width / rgb.width:.3g}"))
    pixels = _array_from(rgb)
    pixels.flags.writeable = False
    return Decoded(pixels, width, height)


def _array_from(rgb: Image.Image) -> Pixels:
    """The pixels (H, W, 3), in bands: Pillow lets no other thread run while it hands over one."""
    pixels = np.empty((rgb.height, rgb.width, 3), np.uint8)
    rows = max(1, _BAND_PIXELS // rgb.width)
    for top in range(0, rgb.height, rows):
        bottom = min(top + rows, rgb.height)
        pixels[top:bottom] = np.asarray(rgb.crop((0, top, rgb.width, bottom)))
    return pixels


def _to_rgb(image: Image.Image, opened: Opened, side: int) -> Image.Image:
    image = _shallow(image, opened)
    smaller = max(image.size) // side
    if smaller > 1:
        if image.mode in {"1", "P", "PA"}:
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image = image.reduce(smaller)
    alpha = _alpha(image, opened)
    rgb = _to_srgb(image, opened)
    return rgb if alpha is None else _over_white(rgb, alpha, opened)


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
    values = np.asarray(image)
    if values.dtype.kind == "f":
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    floor, span, high = _range(values, image.mode)
    opened.notes.append(Note(NoteCode.DEEP))
    if (high - floor) / span <= _NARROW and image.mode != "F":
        opened.notes.append(Note(NoteCode.NARROW_RANGE, f"{100 * (high - floor) / span:.1f}%"))
    shallow = np.empty(values.shape, np.uint8)
    for y in range(0, len(values), _ROWS):  # in bands, so that a large scan does not fill memory
        unit = np.clip((values[y : y + _ROWS].astype(np.float64) - floor) / span, 0, 1)
        shallow[y : y + _ROWS] = np.rint(255 * (_srgb_curve(unit) if span == 1.0 else unit))
    return Image.fromarray(shallow)


def _range(values: NDArray[Any], mode: str) -> tuple[float, float, float]:
    """Return what stands for black, the span up to white, and the brightest value found."""
    low, high = float(values.min()), float(values.max())
    if mode.startswith("I;16"):
        return 0.0, 65535.0, high
    floor = min(0.0, low)
    if mode == "I":
        floor = -32768.0 if -32768 <= low < 0 and high <= 32767 else floor
        return floor, 255.0 if low >= 0 and high <= 255 else max(65535.0, high - floor), high
    return floor, 1.0 if high <= 1.0 else 255.0 if high <= 255 else max(65535.0, high - floor), high


def _srgb_curve(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light in [0, 1] to sRGB values in [0, 1] (IEC 61966-2-1)."""
    curved = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(curved, np.float64)


def _alpha(image: Image.Image, opened: Opened) -> Image.Image | None:
    """Return the opacity of a picture that is not fully opaque."""
    if not image.has_transparency_data:
        return None
    alpha = (image if image.mode == "RGBA" else image.convert("RGBA")).getchannel("A")
    low, high = alpha.getextrema()
    if low == 255 or (high == 0 and opened.format == "BMP"):  # a BMP's fourth byte is often unused
        return None
    return alpha


def _over_white(rgb: Image.Image, alpha: Image.Image, opened: Opened) -> Image.Image:
    empty = alpha.getextrema()[1] == 0
    opened.notes.append(Note(NoteCode.EMPTY if empty else NoteCode.TRANSPARENT))
    rgb.paste((255, 255, 255), mask=ImageChops.invert(alpha))
    return rgb


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
