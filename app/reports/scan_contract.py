"""The JSON of a folder scan, field by field; scripts rely on every name here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from app.reports.contract import Document, InspectionPart, Unreadable, VersionsPart, inspection_part
from app.reports.scanning import PHOTO, REPEATED, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store import ScannedFile


class ScanFilePart(Document):
    """One thing that was found.

    `kind`: photo, repeated (the same bytes as `first`), or why it was left aside. `inspection` is
    what `touchstone inspect --json` says of the same file; null for what is no photo or repeated.
    `near` is the path of an earlier file that shows the same photo, saved differently; "" else.
    """

    path: str
    kind: str
    sha256: str
    first: str
    why: str
    inspection: InspectionPart | None
    near: str = ""


class ScanCounts(Document):
    """How many of what; `found` is the sum of the next three.

    `outcomes` counts photos, `unreadable` among them; `aside` counts by kind.
    """

    found: int
    photos: int
    repeated: int
    aside: dict[str, int]
    outcomes: dict[str, int]


class ScanDocument(Document):
    """What `touchstone scan --json` prints; `files` in the order of suspicion, the worst first.

    `complete` is false where the scan was stopped or halted, or a folder was not reachable.
    """

    schema_: Literal["touchstone.scan/1"] = Field(default="touchstone.scan/1", alias="schema")
    versions: VersionsPart
    folders: tuple[str, ...]
    text: bool
    complete: bool
    counts: ScanCounts
    files: tuple[ScanFilePart, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a scan as a whole."""

    versions: VersionsPart
    folders: tuple[str, ...]
    text: bool
    complete: bool
    counts: ScanCounts


def file_part(file: ScannedFile) -> ScanFilePart:
    """The part of the document that tells of one file, under its own name."""
    part = _inspection(file) if file.kind == PHOTO else None
    said = file.judgement
    why = file.why
    if part is not None and said is not None and said.outcome == UNREADABLE:
        why = part.reason
    return ScanFilePart(
        path=file.path,
        kind=file.kind,
        sha256=file.sha256,
        first=file.first,
        why=why,
        inspection=part,
        near=file.near,
    )


def _inspection(file: ScannedFile) -> InspectionPart:
    if file.judgement is None:  # its bytes could not be had, or something went wrong with it
        return inspection_part(Unreadable(file.path, file.sha256, file.why))
    said = json.loads(file.judgement.document)
    said["photo"]["path"] = file.path  # the same content may have been judged under another name
    return InspectionPart.model_validate(said)


def counts_part(counts: Mapping[tuple[str, str], int]) -> ScanCounts:
    """Counts by kind and outcome, as the store gives them, summed up."""
    outcomes: dict[str, int] = {}
    aside: dict[str, int] = {}
    repeated = 0
    for (kind, outcome), count in sorted(counts.items()):
        if kind == PHOTO:
            name = outcome or UNREADABLE
            outcomes[name] = outcomes.get(name, 0) + count
        elif kind == REPEATED:
            repeated += count
        else:
            aside[kind] = aside.get(kind, 0) + count
    photos = sum(outcomes.values())
    return ScanCounts(
        found=photos + repeated + sum(aside.values()),
        photos=photos,
        repeated=repeated,
        aside=aside,
        outcomes=outcomes,
    )
