"""Codes: what bar codes and matrix codes in a photo say, each read twice before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import zxingcpp

from vision import polygons
from vision.align import transform
from vision.terms import CodeReading, Vertices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vision.terms import Box, Matrix, Photo, Pixels, Points

MOST_PLACES = 10  # codes looked at in one photo
_FAMILY = "EAN/UPC"
_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EANUPC,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Code39,
        zxingcpp.BarcodeFormat.ITF,
        zxingcpp.BarcodeFormat.DataBar,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
        zxingcpp.BarcodeFormat.PDF417,
    ]
)
_READ_SIDE = 1600  # pixels of the longer side of the first look
_LONG = 400.0  # pixels that a code's longer side is enlarged to
_LARGEST_ENLARGEMENT = 3.0
_LARGEST_VIEW = 900.0
_AROUND = 0.35  # of a code's longer side, left around it
_TURN_DEG = 6.0  # of the third look, which is also a little smaller
_SMALLER = 0.83
_ITF_DIGITS = 14  # other lengths have no check, and part of one reads as a shorter one
_CHECKED = ("EAN-13", "EAN-8", "UPC-A")  # read whole; a UPC-E is easily read into part of one
_FEWEST, _FEWEST_BAD = 2, 3  # looks that must agree; where the check digit is wrong


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """One decoding, not yet confirmed; `corners` (4, 2) in full-size photo pixels."""

    value: str
    symbology: str
    check_digit_ok: bool | None
    corners: Points

    @property
    def says(self) -> tuple[str, str]:
        return said(self.symbology, self.value)


def said(symbology: str, value: str) -> tuple[str, str]:
    """Return what is compared of a code: EAN and UPC are one family, whose digits decide."""
    retail = symbology.startswith(("EAN", "UPC", "ISBN"))
    return (_FAMILY if retail else symbology, value)


def has_right_check_digit(digits: str) -> bool:
    """Tell whether the last of `digits` is their check digit.

    Source: GS1 General Specifications, section 7.9 (for all lengths of GTIN, and SSCC).
    """
    body = [int(digit) for digit in digits[-2::-1]]
    total = sum(digit * (1 if place % 2 else 3) for place, digit in enumerate(body))
    return -total % 10 == int(digits[-1])


def check_digit(symbology: str, value: str) -> bool | None:
    """Tell whether a code's check digit is right; None where it carries none that is known.

    Args:
        symbology: “EAN-13”, “QR Code”, as the reader names them.
        value: digits, or GS1 element strings with their identifiers in brackets.
    """
    if said(symbology, value)[0] == _FAMILY or symbology.startswith("ITF"):
        return has_right_check_digit(value) if value.isdigit() and len(value) >= 8 else None
    for identifier, length in (("(01)", 14), ("(02)", 14), ("(00)", 18)):
        if value.startswith(identifier):
            digits = value[4 : 4 + length]
            return len(digits) == length and digits.isdigit() and has_right_check_digit(digits)
    return None


def read_codes(
    photo: Photo, matrix: Matrix, area: Box, known: Sequence[Vertices] = ()
) -> tuple[CodeReading, ...]:
    """Read the codes on the product.

    Each place is looked at up to three times: as photographed, straightened by the alignment, and
    turned a little, smaller and with another threshold. What at least two looks read alike, and
    none otherwise, counts; a code too tilted, blurred or small for that gives no reading.

    Args:
        photo: with the product in it.
        matrix: (3, 3) full-size photo to full-size reference pixels.
        area: box of the product in the photo, full-size pixels.
        known: polygons of codes in reference pixels, which are looked at closely even where the
            first look finds nothing.

    Returns:
        Readings by place, from top to bottom; polygons in full-size photo pixels.
    """
    grey = np.asarray(cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    seen = _first_look(grey, photo.scale, area)
    places = _places(seen, _in_photo(known, matrix, photo))
    found: dict[tuple[str, str], CodeReading] = {}
    for place in places[:MOST_PLACES]:
        read = _confirmed(grey, photo.scale, matrix, place)
        if read is not None:
            reading = CodeReading(
                read.value, read.symbology, read.check_digit_ok, _vertices(read.corners)
            )
            found.setdefault(read.says, reading)
    return tuple(sorted(found.values(), key=lambda reading: reading.polygon[0][1]))


def meets(one: Points, other: Points) -> bool:
    """Tell whether two codes (4, 2) stand in one place: the centre of either within the other."""
    return polygons.holds(_hull(one), other) or polygons.holds(_hull(other), one)


def _hull(corners: Points) -> Points:
    """Return a polygon at least a fifth as high as it is wide: few lines may have been read."""
    (x, y), (width, height), turn = cv2.minAreaRect(corners.astype(np.float32))
    least = 0.2 * max(width, height)
    box = cv2.boxPoints(((x, y), (max(width, least), max(height, least)), turn))
    return np.asarray(box, np.float32)


def _first_look(grey: Pixels, scale: float, area: Box) -> list[_Read]:
    height, width = grey.shape
    x0, y0 = (max(0, int(value / scale)) for value in area[:2])
    x1, y1 = min(width, int(area[2] / scale) + 1), min(height, int(area[3] / scale) + 1)
    part = np.ascontiguousarray(grey[y0:y1, x0:x1])
    if min(part.shape) < 16:
        return []
    factor = min(1.0, _READ_SIDE / max(part.shape))
    if factor < 1.0:
        size = (round(part.shape[1] * factor), round(part.shape[0] * factor))
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    to_view = _scaled(factor) @ _moved(-x0, -y0) @ _decoded(scale)
    return list(_reads(part, to_view))


def _in_photo(known: Sequence[Vertices], matrix: Matrix, photo: Photo) -> list[Points]:
    """Return known places in photo pixels, those that lie inside the photo."""
    try:
        back = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return []
    placed = [transform(back, np.array(polygon, np.float64)) for polygon in known]
    size = np.array([photo.width, photo.height])
    return [each for each in placed if ((each >= 0) & (each < size)).all()]


def _places(seen: Sequence[_Read], known: Sequence[Points]) -> list[Points]:
    places = list(known)
    for read in seen:
        if not any(meets(read.corners, place) for place in places):
            places.append(read.corners)
    return places


def _confirmed(grey: Pixels, scale: float, matrix: Matrix, place: Points) -> _Read | None:
    """Look at one place until enough looks agree; None where they do not, or contradict."""
    agreeing: list[_Read] = []
    for pixels, to_view, binarizer in _looks(grey, scale, matrix, place):
        seen = {r.says: r for r in _reads(pixels, to_view, binarizer) if meets(r.corners, place)}
        agreeing += seen.values()
        if len({read.says for read in agreeing}) > 1:
            return None
        needed = _FEWEST_BAD if agreeing and agreeing[0].check_digit_ok is False else _FEWEST
        if len(agreeing) >= needed:
            return agreeing[0]
    return None


def _looks(
    grey: Pixels, scale: float, matrix: Matrix, place: Points
) -> Iterator[tuple[Pixels, Matrix, zxingcpp.Binarizer]]:
    """Yield (pixels, matrix from full-size photo pixels to them, threshold) for each look."""
    decoded = transform(_decoded(scale), place)
    longer = max(float(np.ptp(decoded, axis=0).max()), 1.0)
    factor = float(np.clip(_LONG / longer, 1.0, _LARGEST_ENLARGEMENT))
    factor = min(factor, _LARGEST_VIEW / (longer * (1 + 2 * _AROUND)))
    local, soft = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    straight = matrix
    upright = transform(straight, place)
    unit = float(np.ptp(upright, axis=0).max()) / longer
    if unit > 1e-6:
        looks = (
            (_scaled(factor) @ _decoded(scale), local),
            (_scaled(factor / unit) @ straight, local),
            (_turned(_TURN_DEG) @ _scaled(factor * _SMALLER) @ _decoded(scale), soft),
        )
        for to_view, binarizer in looks:
            pixels, whole = _view(grey, scale, to_view, place)
            yield pixels, whole, binarizer


def _view(grey: Pixels, scale: float, to_view: Matrix, place: Points) -> tuple[Pixels, Matrix]:
    """Draw what lies around a place, by a matrix from full-size photo pixels."""
    there = transform(to_view, place)
    low, high = there.min(axis=0), there.max(axis=0)
    more = _AROUND * float((high - low).max())
    size = np.minimum(np.ceil(high - low + 2 * more), 2 * _LARGEST_VIEW).astype(int)
    whole = _moved(*(more - low).tolist()) @ to_view
    pixels = cv2.warpPerspective(
        grey,
        whole @ np.linalg.inv(_decoded(scale)),
        (max(16, int(size[0])), max(16, int(size[1]))),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(pixels, np.uint8), whole


def _reads(
    pixels: Pixels,
    to_view: Matrix,
    binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage,
) -> Iterator[_Read]:
    """Decode, and say where in the photo; codes whose only fault is the check digit included."""
    back = np.linalg.inv(to_view)
    for code in zxingcpp.read_barcodes(
        pixels, formats=_FORMATS, binarizer=binarizer, return_errors=True
    ):
        symbology, value = str(code.format), str(code.text)
        ok = check_digit(symbology, value)
        if not value or not (code.valid or (ok is False and symbology in _CHECKED)):
            continue
        if symbology.startswith("ITF") and not (len(value) == _ITF_DIGITS and ok):
            continue
        at = code.position
        corners = [at.top_left, at.top_right, at.bottom_right, at.bottom_left]
        points = np.array([(corner.x, corner.y) for corner in corners], np.float64)
        yield _Read(value, symbology, ok, transform(back, points))


def _decoded(scale: float) -> Matrix:
    """Return the matrix from full-size to decoded pixels, (0, 0) the centre of the first."""
    shift = 0.5 / scale - 0.5
    return np.array([[1 / scale, 0.0, shift], [0.0, 1 / scale, shift], [0.0, 0.0, 1.0]])


def _scaled(factor: float) -> Matrix:
    shift = 0.5 * factor - 0.5
    return np.array([[factor, 0.0, shift], [0.0, factor, shift], [0.0, 0.0, 1.0]])


def _moved(across: float, down: float) -> Matrix:
    return np.array([[1.0, 0.0, across], [0.0, 1.0, down], [0.0, 0.0, 1.0]])


def _turned(degrees: float) -> Matrix:
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def _vertices(corners: Points) -> Vertices:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in corners)
