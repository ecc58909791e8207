"""The vocabulary of the product: each word, one meaning.

photo       a picture of a suspect item, upright RGB. Not: query, test image, sample.
reference   a picture of a genuine item in the gallery. Not: template, golden, original (that is
            the stored file).
product     what is sold under one name; it has sides.
side        one face of a product as it is photographed: front, back, logo, label. Not: view, class.
gallery     all references, found by nearest().
candidate   a product and side that may stand in the photo; verified when geometry agrees.
outline     polygon of the product's own area in a reference; nothing outside it is compared.
alignment   the mapping from photo pixels to reference pixels.
channel     one kind of evidence: structure, features, colour, geometry, text, codes. Not: feature
            map, score map.
code        a bar code or matrix code (QR, Data Matrix); what it says is its value. A well-formed
            value is no sign of genuineness.
spread      how much genuine references differ from each other at one place, per channel.
zone        a part of a side that a trainer marked: must match, or varies. Not: mask, region of
            interest.
region      a numbered place that differs by more than the spread. Not: defect, anomaly, fake area.
comparison  one photo against one side: alignment, channels, regions, similarity, suspicion.
outcome     what the program says of a photo (see inspection.py). Never: fake, verdict, probability.
fault       why a photo is unfit: blur, glare, exposure, size; each with its place.

Units: pixels are uint8 (H, W, 3) RGB, upright. Points are float64 (N, 2) as (x, y) pixels, (0, 0)
the centre of the top-left pixel. Boxes are half-open (x0, y0, x1, y1). Masks are bool (H, W).
Matrices (3, 3) map photo to reference. Similarities lie in [0, 1], 1 means same. All points, boxes
and matrices that leave this package are in pixels of the full upright picture, also where it was
decoded at a reduced scale.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Points = NDArray[np.floating[Any]]
Matrix = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Map = NDArray[np.floating[Any]]
Box = tuple[int, int, int, int]
Vertices = tuple[tuple[float, float], ...]


class FaultKind(StrEnum):
    """What can be wrong with a photo."""

    BLUR = "blur"
    GLARE = "glare"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    TOO_SMALL = "too_small"


class Channel(StrEnum):
    """The kinds of evidence."""

    STRUCTURE = "structure"
    FEATURES = "features"
    COLOUR = "colour"
    GEOMETRY = "geometry"
    LEARNED = "learned"  # the learned head, where no measured channel speaks up
    TEXT = "text"
    CODES = "codes"


class CodeAgreement(StrEnum):
    """How a code in a photo stands to what the references of its side carry."""

    AGREES = "agrees"
    DIFFERS = "differs"
    VARIABLE = "variable"  # the references differ among themselves: no claim
    UNREADABLE = "unreadable"  # on record, but no two looks at the photo agree
    NOT_ON_RECORD = "not_on_record"  # too few references carry one there that can be read


class NoteCode(StrEnum):
    """What the reader did to a file, or noticed about it, worth telling."""

    TURNED = "turned"  # by the file's orientation tag
    PROFILE = "profile"  # colour profile applied
    PROFILE_BROKEN = "profile_broken"  # unusable colour profile ignored, sRGB assumed
    CMYK = "cmyk"  # ink colours converted
    TRANSPARENT = "transparent"  # laid over white
    EMPTY = "empty"  # fully transparent: nothing to see
    DEEP = "deep"  # more than 8 bits a channel, scaled
    NARROW_RANGE = "narrow_range"  # deep picture whose values use a small part of the range
    FIRST_FRAME = "first_frame"  # first of several frames or pages shown
    NAME_DISAGREES = "name_disagrees"  # the ending of the name is not the format
    DAMAGED = "damaged"  # decoded, but part of the data is missing
    REDUCED = "reduced"  # decoded at a reduced scale


class ZoneKind(StrEnum):
    """What a zone asks for."""

    MUST_MATCH = "must_match"  # judged more strictly, and never passed over
    VARIABLE = "variable"  # differs from item to item: nothing is claimed there


@dataclass(frozen=True, slots=True)
class Note:
    """One thing the reader did or noticed; `value` fills the sentence (a format name, a count)."""

    code: NoteCode
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a photo, or a part of it, cannot be judged.

    `where` is a box in full-size pixels; `measured` and `limit` are in the unit of the measure
    (see vision.quality). `severe` faults make the photo unfit; the others are shown but do not
    stop the comparison.
    """

    kind: FaultKind
    where: Box
    measured: float
    limit: float
    severe: bool


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    if not array.flags.writeable:
        return array
    copy = array.copy()
    copy.flags.writeable = False
    return copy


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A decoded picture.

    `pixels` (h, w, 3) uint8 sRGB, upright, read-only; may be decoded at a reduced scale.
    `width` and `height` are those of the full upright picture, `sha256` of the file's bytes (hex),
    `camera` what took it, "" where the file does not tell.
    """

    path: str
    pixels: Pixels
    sha256: str
    width: int
    height: int
    format: str = ""
    frames: int = 1
    notes: tuple[Note, ...] = ()
    camera: str = ""

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or self.pixels.dtype != np.uint8:
            raise ValueError(
                f"expected uint8 (H, W, 3), found {self.pixels.dtype} {self.pixels.shape}"
            )
        object.__setattr__(self, "pixels", _read_only(self.pixels))

    @property
    def scale(self) -> float:
        """Full-size pixels for one decoded pixel, at least 1."""
        return float(self.width / self.pixels.shape[1])


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a reference comes from; empty strings where nobody said.

    `proof` is the stored name of a file that shows it, `proof_name` what the file was called;
    `obtained_on` a day as YYYY-MM-DD, `camera` what took the picture.
    """

    vouched_by: str = ""
    obtained: str = ""
    batch: str = ""
    valid_from: str = ""
    valid_to: str = ""
    obtained_on: str = ""
    camera: str = ""
    proof: str = ""
    proof_name: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A genuine picture in the gallery; `outline` in full-size pixels, None unless drawn.

    `corners` are four points of the picture, from the top left clockwise, that become the corners
    of the prepared one; all other points on a reference, those of `outline` too, are in pixels of
    that (see vision.prepared). None where the picture is used as it is. `is_canonical` says that
    a trainer wants the other references of the side laid on this one.
    """

    id: str
    product: str
    side: str
    sha256: str
    path: str
    outline: Vertices | None = None
    provenance: Provenance = field(default_factory=Provenance)
    corners: Vertices | None = None
    is_canonical: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a side that is judged in its own way.

    `polygon` in full-size pixels of the reference whose SHA-256 (hex) is `reference`, at least
    three corners; `proposed` while it comes from the spread and no person has accepted it.
    """

    kind: ZoneKind
    polygon: Vertices
    reference: str
    label: str = ""
    proposed: bool = False

    def __post_init__(self) -> None:
        if len(self.polygon) < 3 or not np.isfinite(self.polygon).all():
            raise ValueError(f"expected three or more corners in the picture, found {self.polygon}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product and side that may stand in the photo.

    `similarity` in [0, 1]; `inliers` is the number of point pairs one homography explains; `fills`
    the share of the photo that the product covers; `reference` the id of the reference that
    matched best.
    """

    product: str
    side: str
    similarity: float
    inliers: int
    verified: bool
    reference: str = ""
    fills: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """`matrix` (3, 3) maps photo pixels to reference pixels, both full size.

    `error_px` is the median miss of the inliers in reference pixels; `overlap` the share of the
    reference's outline that lies inside the photo. `pins` counts those by which a person laid the
    photo, 0 where nobody did; as many `inliers` are the pins themselves, and then an error of 0
    tells that none was left over to measure it by.
    """

    matrix: Matrix
    inliers: int
    error_px: float
    overlap: float
    pins: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", _read_only(np.asarray(self.matrix, np.float64)))


@dataclass(frozen=True, slots=True)
class Wording:
    """Letters that differ, as the suspect and as the references show them; either may be empty."""

    suspect: str
    reference: str


@dataclass(frozen=True, slots=True)
class Region:
    """A numbered place that stands out from what genuine items show; polygons in full-size pixels.

    `measured` and `genuine_spread` are in the channel's own unit; `ratio` is their quotient.
    `reference` is the SHA-256 (hex) of the reference that `reference_polygon` lies on; `text` the
    letters of a region of the text channel; `outside` tells a place that differs by more than
    genuine items do from one that is only worth a look. `genuine_values` are what each
    genuine reference shows here against the others, in the unit of `measured`; empty where that is
    not known.
    """

    number: int
    channel: Channel
    polygon: Vertices
    reference_polygon: Vertices
    measured: float
    genuine_spread: float
    ratio: float
    reference: str
    text: Wording | None = None
    outside: bool = True
    genuine_values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A code that was read twice alike; `polygon` in full-size photo pixels.

    `symbology` is the kind of code (“EAN-13”, “QR Code”); `check_digit_ok` None where it carries
    none.
    """

    value: str
    symbology: str
    check_digit_ok: bool | None
    polygon: Vertices


@dataclass(frozen=True, slots=True)
class CodeResult:
    """A code of the photo, of the references, or of both.

    `reading` is None where the photo gave none. `recorded` is the one value that the references
    share, empty where there is none; `reference_polygon` its place in full-size reference pixels,
    empty where no reference has a code there.
    """

    agreement: CodeAgreement
    reading: CodeReading | None
    symbology: str
    recorded: str = ""
    reference_polygon: Vertices = ()
