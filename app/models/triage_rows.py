"""A scanned file as a row of the triage table, and the order in which rows are looked at."""

from __future__ import annotations

import json
import ntpath
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.reports.scanning import PHOTO, REPEATED, UNREADABLE
from app.store import Subject
from vision import Outcome

if TYPE_CHECKING:
    from app.store import ScannedFile

Key = tuple[float, int, str]

_RANKS: Final = {  # where no suspicion was measured: what asks most for a look comes first
    outcome: place
    for place, outcome in enumerate(
        (
            Outcome.DIFFERS,
            Outcome.MIXED,
            Outcome.GALLERY_TOO_THIN,
            Outcome.AGREES,
            Outcome.CANNOT_ALIGN,
            Outcome.PHOTO_UNFIT,
            Outcome.NOT_IN_GALLERY,
            UNREADABLE,
        )
    )
}
_LAST: Final = len(_RANKS)


@dataclass(frozen=True, slots=True)
class TriageRow:
    """One file that a scan has found.

    `outcome` is that of the photo, "unreadable" for what never became one, "" for what is none;
    `first` the path of another file with the same bytes, which was judged for this one too; `near`
    that of a file which shows the same photo, saved differently, and was judged by itself.
    """

    path: str
    kind: str
    sha256: str = ""
    outcome: str = ""
    product: str = ""
    side: str = ""
    suspicion: float | None = None
    faults: tuple[str, ...] = ()
    first: str = ""
    why: str = ""
    near: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return name_of(self.path)

    @property
    def folder(self) -> str:
        """The path without it."""
        return _split(self.path)[0]

    @property
    def is_photo(self) -> bool:
        """Whether it is a photo, readable or not, or a copy of one."""
        return self.kind in (PHOTO, REPEATED)

    @property
    def is_judged(self) -> bool:
        """Whether something was said of it that a person can decide on."""
        return self.outcome not in ("", UNREADABLE)

    @property
    def subject(self) -> Subject:
        """What a decision on it is tied to."""
        return Subject(self.sha256, self.product, self.side)

    @property
    def key(self) -> Key:
        """Sorts the most suspicious to the front."""
        worst = -self.suspicion if self.suspicion is not None else float("inf")
        return worst, _RANKS.get(self.outcome, _LAST), self.path


def row_of(file: ScannedFile) -> TriageRow:
    """The row of one file; for a worker, since what was said of it is a text to be read."""
    why = _without_path(file.why, file.path)
    row = TriageRow(file.path, file.kind, file.sha256, first=file.first, why=why, near=file.near)
    said = file.judgement
    if said is None:
        return replace(row, outcome=UNREADABLE) if file.kind == PHOTO else row
    document = json.loads(said.document)
    photo = document.get("photo") or {}
    return replace(
        row,
        outcome=said.outcome,
        product=said.product,
        side=said.side,
        suspicion=said.suspicion,
        faults=tuple(dict.fromkeys(str(one["kind"]) for one in photo.get("faults", ()))),
        why=_without_path(str(document.get("reason", "")), file.path)
        if said.outcome == UNREADABLE
        else why,
    )


def copied(row: TriageRow, first: TriageRow) -> TriageRow:
    """A copy, with what was said of the file that came first."""
    return replace(
        row,
        outcome=first.outcome,
        product=first.product,
        side=first.side,
        suspicion=first.suspicion,
        faults=first.faults,
        near=first.near,
    )


def name_of(path: str) -> str:
    """The last part of a path."""
    return _split(path)[1]


def _without_path(why: str, path: str) -> str:
    """The cause alone: which file it is stands beside it."""
    cause = why.removeprefix(path).lstrip(": ")
    return cause[:1].upper() + cause[1:]


def _split(path: str) -> tuple[str, str]:
    folder, name = (ntpath if os.name == "nt" else os.path).split(path)
    return folder, name or path
