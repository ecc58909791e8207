"""The JSON documents of the command line, field by field; scripts rely on every name here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from app import words
from app.code_words import code_sentence
from vision import Channel, CodeAgreement, FaultKind, Inspection, LimitBasis, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vision import Candidate, CodeResult, Comparison, Fault, Region, Seconds

Score = Annotated[FiniteFloat, Field(ge=0, le=1)]
Point = tuple[FiniteFloat, FiniteFloat]
Row3 = tuple[FiniteFloat, FiniteFloat, FiniteFloat]
_DISTRIBUTION = "touchstone"
_LARGEST = 1e6  # stands for an infinite ratio: JSON has no infinity


class Document(BaseModel):
    """A part of a document: nothing may be added to it or left out of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class VersionsPart(Document):
    """What the figures depend on; hashes start with `sha256:`."""

    touchstone: str
    model: str
    gallery: str
    thresholds: str


class FaultPart(Document):
    """One fault of the photo, its box and how to take the photo without it."""

    kind: FaultKind
    where: tuple[int, int, int, int]
    fix: str


class PhotoPart(Document):
    """The file; `sha256` is empty and the size 0 where it could not be read."""

    path: str
    sha256: str
    width: int
    height: int
    faults: tuple[FaultPart, ...]


class CandidatePart(Document):
    """A product and side that may stand in the photo."""

    product: str
    side: str
    similarity: Score
    inliers: int
    verified: bool


class AlignmentPart(Document):
    """How the photo was laid on the reference."""

    matrix: tuple[Row3, Row3, Row3]
    error_px: FiniteFloat
    inliers: int
    overlap: FiniteFloat


class TextPart(Document):
    """What is written in the region; empty where it was not read."""

    suspect: str = ""
    reference: str = ""


class RegionPart(Document):
    """One numbered region."""

    number: int
    channel: Channel
    polygon: tuple[Point, ...]
    reference_polygon: tuple[Point, ...]
    measured: FiniteFloat
    genuine_spread: FiniteFloat
    ratio: FiniteFloat
    reference: str
    text: TextPart
    outside: bool


class CodePart(Document):
    """A bar code or matrix code of photo or references; empty where it was not read."""

    agreement: CodeAgreement
    symbology: str
    value: str
    check_digit_ok: bool | None
    polygon: tuple[Point, ...]
    recorded: str
    reference_polygon: tuple[Point, ...]
    sentence: str


class ComparisonPart(Document):
    """The photo against one side of one product.

    `apart` counts the parts that the photo shows elsewhere, as genuine items do, and that were
    compared in their own place. `peak` is the strongest evidence, `limit` what it was held to, and
    `limit_basis` whom that comes from.
    """

    product: str
    side: str
    similarity: Score
    percentile: Score | None
    genuine_pairs: int
    suspicion: FiniteFloat
    alignment: AlignmentPart
    regions: tuple[RegionPart, ...]
    codes: tuple[CodePart, ...] = ()
    weakest: tuple[RegionPart, ...] = ()
    apart: int = Field(default=0, ge=0)
    peak: FiniteFloat = 0.0
    limit: FiniteFloat = 0.0
    limit_basis: LimitBasis = LimitBasis.PROMISE


class SecondsPart(Document):
    """Time spent."""

    read: FiniteFloat
    features: FiniteFloat
    search: FiniteFloat
    align: FiniteFloat
    evidence: FiniteFloat
    total: FiniteFloat


class InspectionPart(Document):
    """Everything said of one photo."""

    photo: PhotoPart
    outcome: Outcome
    reason: str
    next_step: str
    candidates: tuple[CandidatePart, ...]
    comparison: ComparisonPart | None
    seconds: SecondsPart


class InspectDocument(Document):
    """What `touchstone inspect --json` prints."""

    schema_: Literal["touchstone.inspect/1"] = Field(default="touchstone.inspect/1", alias="schema")
    versions: VersionsPart
    inspections: tuple[InspectionPart, ...]


class Patches(Document):
    """Mean sRGB of the four corners and the centre of a picture."""

    tl: Row3
    tr: Row3
    bl: Row3
    br: Row3
    c: Row3


class ReadPart(Document):
    """One file as it was decoded; `error` says why it was not, the other fields are then null."""

    path: str
    ok: bool
    error: str | None = None
    width: int | None = None
    height: int | None = None
    sha256: str | None = None
    format: str | None = None
    frames: int | None = None
    notes: tuple[str, ...] = ()
    patches: Patches | None = None


class ReadDocument(Document):
    """What `touchstone read --json` prints."""

    schema_: Literal["touchstone.read/1"] = Field(default="touchstone.read/1", alias="schema")
    files: tuple[ReadPart, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that never became a photo; `sha256` of its bytes where at least those could be had."""

    path: str
    sha256: str
    error: str
    seconds: float = 0.0


def touchstone_version() -> str:
    """The version of the installed program."""
    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0+uninstalled"


def inspection_document(
    inspections: Iterable[Inspection | Unreadable], versions: VersionsPart
) -> InspectDocument:
    """The whole answer; takes the inspections one by one, so that their pictures need not stay."""
    parts = tuple(inspection_part(each) for each in inspections)
    return InspectDocument(versions=versions, inspections=parts)


def inspection_part(inspection: Inspection | Unreadable) -> InspectionPart:
    """The part of the document that tells of one photo."""
    if isinstance(inspection, Unreadable):
        return _unreadable_part(inspection)
    photo = inspection.photo
    return InspectionPart(
        photo=PhotoPart(
            path=photo.path,
            sha256=photo.sha256,
            width=photo.width,
            height=photo.height,
            faults=tuple(_fault_part(fault) for fault in inspection.faults),
        ),
        outcome=inspection.outcome,
        reason=words.reason_sentence(inspection),
        next_step=words.next_step(inspection),
        candidates=tuple(candidate_part(each) for each in inspection.candidates),
        comparison=_comparison_part(inspection.comparison) if inspection.comparison else None,
        seconds=_seconds_part(inspection.seconds),
    )


def candidate_part(candidate: Candidate) -> CandidatePart:
    """The part of a document that tells of one candidate."""
    return CandidatePart(
        product=candidate.product,
        side=candidate.side,
        similarity=candidate.similarity,
        inliers=candidate.inliers,
        verified=candidate.verified,
    )


def _unreadable_part(file: Unreadable) -> InspectionPart:
    return InspectionPart(
        photo=PhotoPart(path=file.path, sha256=file.sha256, width=0, height=0, faults=()),
        outcome=Outcome.PHOTO_UNFIT,
        reason=file.error,
        next_step=words.unreadable_step(),
        candidates=(),
        comparison=None,
        seconds=SecondsPart(
            read=file.seconds, features=0, search=0, align=0, evidence=0, total=file.seconds
        ),
    )


def _fault_part(fault: Fault) -> FaultPart:
    return FaultPart(kind=fault.kind, where=fault.where, fix=words.fault_fix(fault))


def _comparison_part(comparison: Comparison) -> ComparisonPart:
    alignment = comparison.alignment
    rows = tuple(tuple(float(value) for value in row) for row in alignment.matrix)
    return ComparisonPart(
        product=comparison.product,
        side=comparison.side,
        similarity=comparison.similarity,
        percentile=comparison.percentile,
        genuine_pairs=comparison.genuine_pairs,
        suspicion=comparison.suspicion,
        alignment=AlignmentPart(
            matrix=rows,  # type: ignore[arg-type]  # pydantic checks that it is 3 by 3
            error_px=alignment.error_px,
            inliers=alignment.inliers,
            overlap=alignment.overlap,
        ),
        regions=tuple(_region_part(region, comparison.codes) for region in comparison.regions),
        weakest=tuple(_region_part(region, comparison.codes) for region in comparison.weakest),
        codes=tuple(_code_part(code) for code in comparison.codes),
        apart=comparison.apart,
        peak=comparison.peak,
        limit=comparison.limit,
        limit_basis=comparison.limit_basis,
    )


def _region_part(region: Region, codes: tuple[CodeResult, ...]) -> RegionPart:
    return RegionPart(
        number=region.number,
        channel=region.channel,
        polygon=region.polygon,
        reference_polygon=region.reference_polygon,
        measured=region.measured,
        genuine_spread=region.genuine_spread,
        ratio=_LARGEST if math.isinf(region.ratio) else region.ratio,
        reference=f"sha256:{region.reference}",
        text=_text_part(region, codes),
        outside=region.outside,
    )


def _text_part(region: Region, codes: tuple[CodeResult, ...]) -> TextPart:
    if region.text is not None:
        return TextPart(suspect=region.text.suspect, reference=region.text.reference)
    for code in codes:
        reading = code.reading
        if region.channel is Channel.CODES and reading and reading.polygon == region.polygon:
            return TextPart(suspect=reading.value, reference=code.recorded)
    return TextPart()


def _code_part(code: CodeResult) -> CodePart:
    reading = code.reading
    return CodePart(
        agreement=code.agreement,
        symbology=reading.symbology if reading is not None else code.symbology,
        value=reading.value if reading is not None else "",
        check_digit_ok=reading.check_digit_ok if reading is not None else None,
        polygon=reading.polygon if reading is not None else (),
        recorded=code.recorded,
        reference_polygon=code.reference_polygon,
        sentence=code_sentence(code),
    )


def _seconds_part(seconds: Seconds) -> SecondsPart:
    return SecondsPart(
        read=seconds.read,
        features=seconds.features,
        search=seconds.search,
        align=seconds.align,
        evidence=seconds.evidence,
        total=seconds.total,
    )
