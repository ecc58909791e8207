"""What the references of a side carry in codes, and how a photo's codes stand to that."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vision.align import transform
from vision.evidence.codes import meets, read_codes, said
from vision.terms import (
    Channel,
    CodeAgreement,
    CodeReading,
    CodeResult,
    Region,
    Vertices,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from vision.terms import Box, Matrix, Photo, Points

# How many references must carry one and the same value before another one differs. Retail numbers
# name a product; other codes may hold a batch or a serial number, which neighbours may share.
_SHARED_BY_RETAIL, _SHARED_BY = 2, 3
_OUTSIDE = 2.0  # times the limit: where a code that differs stands in the order of a batch
DIFFERENCE = 1.0  # what a region of this channel measures: one value is not the other


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A place at which references of a side carry a code.

    `readings` is (symbology, value) of each reference on which it could be read; `polygon` the
    place in full-size pixels of the canonical reference.
    """

    readings: tuple[tuple[str, str], ...]
    polygon: Vertices

    @property
    def symbology(self) -> str:
        """The kind of code that most references carry here."""
        return Counter(kind for kind, _ in self.readings).most_common(1)[0][0]

    @property
    def varies(self) -> bool:
        """Whether references differ here."""
        return len({said(*reading) for reading in self.readings}) > 1

    @property
    def value(self) -> str:
        """The one value of all references, empty where they differ."""
        return "" if self.varies else self.readings[0][1]

    @property
    def is_settled(self) -> bool:
        """Whether enough references share one value to say that another one differs."""
        retail = self.symbology.startswith(("EAN", "UPC", "ITF", "DataBar"))
        needed = _SHARED_BY_RETAIL if retail else _SHARED_BY
        return not self.varies and len(self.readings) >= needed


def read_product(
    photo: Photo, matrix: Matrix, outline: Vertices, records: Sequence[CodeRecord]
) -> tuple[CodeReading, ...]:
    """Read the codes on a product, with a close look where references have some.

    Args:
        photo: with the product in it.
        matrix: (3, 3) full-size photo to full-size canonical reference pixels.
        outline: of the product, in pixels of the canonical reference.
        records: of the side, as far as known.
    """
    area = _area(photo, matrix, outline)
    if area is None:
        return ()
    return read_codes(photo, matrix, area, [record.polygon for record in records])


def learn_records(
    references: Iterable[tuple[Photo, Matrix]], outline: Vertices
) -> tuple[CodeRecord, ...]:
    """Read the codes of the references of a side and gather them by their place.

    Args:
        references: each with the (3, 3) matrix from its full-size pixels to those of the
            canonical one.
        outline: of the product, in pixels of the canonical reference.
    """
    records: list[CodeRecord] = []
    for photo, matrix in references:
        for reading in read_product(photo, matrix, outline, records):
            corners = transform(matrix, _points(reading.polygon))
            one = (reading.symbology, reading.value)
            for place, record in enumerate(records):
                if meets(corners, _points(record.polygon)):
                    records[place] = replace(record, readings=(*record.readings, one))
                    break
            else:
                records.append(CodeRecord((one,), _vertices(corners)))
    return tuple(records)


def compare_codes(
    records: Sequence[CodeRecord], readings: Sequence[CodeReading], matrix: Matrix
) -> tuple[CodeResult, ...]:
    """Say of each code how it stands to the record.

    A code that says what the record says agrees wherever it is printed, whether it has moved is
    for another channel to tell; but not where another of its family has taken its place.

    Args:
        records: of the side.
        readings: of the photo.
        matrix: (3, 3) full-size photo to full-size canonical reference pixels.
    """
    left = list(readings)
    genuine = {said(*reading) for record in records for reading in record.readings}
    results = []
    for record in sorted(records, key=lambda r: not r.is_settled):
        reading = _reading_of(record, left, matrix, genuine)
        if reading is not None:
            left.remove(reading)
        results.append(_result(record, reading))
    for reading in left:
        results.append(CodeResult(CodeAgreement.NOT_ON_RECORD, reading, reading.symbology))
    return tuple(results)


def _reading_of(
    record: CodeRecord,
    readings: Sequence[CodeReading],
    matrix: Matrix,
    genuine: Set[tuple[str, str]],
) -> CodeReading | None:
    """Return the reading that stands for a record; one that no reference says goes first."""
    here = _points(record.polygon)
    placed = [r for r in readings if meets(transform(matrix, _points(r.polygon)), here)]
    if record.varies:
        return placed[0] if placed else None
    own = said(*record.readings[0])
    right = next((r for r in [*placed, *readings] if _says(r) == own), None)
    if right is not None and right in placed:
        return right
    foreign = [r for r in placed if _says(r) not in genuine]
    rival = next((r for r in foreign if _says(r)[0] == own[0]), None)
    return rival or right or (foreign[0] if foreign else None)


def _result(record: CodeRecord, reading: CodeReading | None) -> CodeResult:
    if record.varies:
        agreement = CodeAgreement.VARIABLE
    elif reading is None:
        agreement = CodeAgreement.UNREADABLE
    elif _says(reading) == said(*record.readings[0]):
        agreement = CodeAgreement.AGREES
    else:
        agreement = CodeAgreement.DIFFERS if record.is_settled else CodeAgreement.NOT_ON_RECORD
    return CodeResult(agreement, reading, record.symbology, record.value, record.polygon)


def add_regions(
    regions: Sequence[Region], codes: Sequence[CodeResult], reference: str
) -> tuple[Region, ...]:
    """Put a region for each code that differs before the others, and number all anew.

    Regions of other channels whose middle lies within such a code say the same and are left out.

    Args:
        regions: of the other channels.
        codes: of the comparison.
        reference: SHA-256 (hex) of the canonical reference.
    """
    found = [
        Region(
            number=0,
            channel=Channel.CODES,
            polygon=code.reading.polygon,
            reference_polygon=code.reference_polygon,
            measured=DIFFERENCE,
            genuine_spread=0.0,
            ratio=math.inf,
            reference=reference,
        )
        for code in codes
        if code.agreement is CodeAgreement.DIFFERS and code.reading is not None
    ]
    rest = [r for r in regions if not any(_is_within(r, code) for code in found)]
    return tuple(replace(r, number=n) for n, r in enumerate([*found, *rest], start=1))


def raised(suspicion: float, codes: Sequence[CodeResult], limit: float) -> float:
    """Return the suspicion of a photo, no less than clearly outside where a code differs."""
    differs = any(code.agreement is CodeAgreement.DIFFERS for code in codes)
    return max(suspicion, _OUTSIDE * limit) if differs else suspicion


def _is_within(region: Region, code: Region) -> bool:
    middle = _points(region.polygon).mean(axis=0)
    return meets(
        middle + np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]),
        _points(code.polygon),
    )


def _area(photo: Photo, matrix: Matrix, outline: Vertices) -> Box | None:
    """Return the box of the product in the photo, None where none of it is there."""
    try:
        corners = transform(np.linalg.inv(matrix), _points(outline))
    except np.linalg.LinAlgError:
        return None
    size = np.array([photo.width, photo.height])
    low = np.clip(np.floor(corners.min(axis=0)), 0, size)
    high = np.clip(np.ceil(corners.max(axis=0)) + 1, 0, size)
    if not (high > low).all():
        return None
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _says(reading: CodeReading) -> tuple[str, str]:
    return said(reading.symbology, reading.value)


def _points(polygon: Vertices) -> Points:
    return np.array(polygon, np.float64)


def _vertices(corners: Points) -> Vertices:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in corners)
