"""A scanned file as a row of a table: the same columns in CSV, XLSX and HTML."""

from __future__ import annotations

import ntpath
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words
from app.aside_words import aside_reason
from app.reports.scan_contract import file_part
from app.reports.scanning import PHOTO, REPEATED, UNREADABLE
from app.scan_words import aside_title, repeated_title, said_title
from app.side_words import side_word

if TYPE_CHECKING:
    from app.store import ScannedFile

Value = str | float | int | None

# Name in CSV, which scripts rely on, and title for people.
COLUMNS: Final[dict[str, object]] = {
    "result": QT_TRANSLATE_NOOP("scan", "Result"),
    "suspicion": QT_TRANSLATE_NOOP("scan", "Suspicion"),
    "file": QT_TRANSLATE_NOOP("scan", "File"),
    "folder": QT_TRANSLATE_NOOP("scan", "Folder"),
    "product": QT_TRANSLATE_NOOP("scan", "Product"),
    "side": QT_TRANSLATE_NOOP("scan", "Side"),
    "similarity": QT_TRANSLATE_NOOP("scan", "Agreement"),
    "percentile": QT_TRANSLATE_NOOP("scan", "Genuine items that agree no better"),
    "regions": QT_TRANSLATE_NOOP("scan", "Differing places"),
    "faults": QT_TRANSLATE_NOOP("scan", "Faults of the photo"),
    "reason": QT_TRANSLATE_NOOP("scan", "Reason"),
    "next_step": QT_TRANSLATE_NOOP("scan", "Next step"),
    "same_as": QT_TRANSLATE_NOOP("scan", "Same file as"),
    "sha256": "SHA-256",
    "outcome": QT_TRANSLATE_NOOP("scan", "Outcome"),
    "same_photo_as": QT_TRANSLATE_NOOP("scan", "Same photo as"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `values` by the names of COLUMNS; `was_judged` where the photo could be read."""

    path: str
    outcome: str
    values: dict[str, Value]
    was_judged: bool


def column_title(name: str) -> str:
    """What people read over a column."""
    return QCoreApplication.translate("scan", str(COLUMNS[name]))


def row_of(file: ScannedFile) -> Row:
    """The line of one file."""
    folder, name = _split(file.path)
    values: dict[str, Value] = dict.fromkeys(COLUMNS)
    values |= {"file": name, "folder": folder, "same_as": file.first, "sha256": file.sha256}
    values["same_photo_as"] = file.near or file.first
    part = file_part(file).inspection
    if part is None:
        title = repeated_title() if file.kind == REPEATED else aside_title(file.kind)
        values |= {"result": title, "reason": aside_reason(file.why), "outcome": file.kind}
        return Row(file.path, file.kind, values, was_judged=False)
    outcome = file.judgement.outcome if file.judgement is not None else UNREADABLE
    values |= {
        "result": said_title(outcome),
        "outcome": outcome,
        "faults": ", ".join(words.fault_title(fault.kind) for fault in part.photo.faults),
        "reason": part.reason,
        "next_step": part.next_step,
    }
    compared = part.comparison
    if compared is not None:
        values |= {
            "suspicion": round(compared.suspicion, 4),
            "product": compared.product,
            "side": side_word(compared.side),
            "similarity": round(compared.similarity, 4),
            "percentile": compared.percentile,
            "regions": sum(region.outside for region in compared.regions),
        }
    return Row(file.path, outcome, values, was_judged=outcome != UNREADABLE)


def is_photo(file: ScannedFile) -> bool:
    """Whether a file was taken for a photo, readable or not."""
    return file.kind == PHOTO


def _split(path: str) -> tuple[str, str]:
    folder, name = (ntpath if os.name == "nt" else os.path).split(path)
    return folder, name or path
