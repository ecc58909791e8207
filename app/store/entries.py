"""What people type about a reference, put into the form in which it is kept, or refused by name."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.store.errors import WorkspaceUnwritable
from app.store.refusals import EntryRefused, GtinRefused, Refusal
from app.store.tables import NAME_LENGTH
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vision import Vertices

REMARK_LENGTH = 2000
_DATES = ("valid_from", "valid_to", "obtained_on")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def name(text: str, field: str) -> str:
    """A product's or side's name: composed letters, no space around it.

    Raises:
        EntryRefused: empty, longer than 200 characters, or with characters that cannot be shown.
    """
    kept = _plain(text, field)
    if not kept:
        raise EntryRefused(field, text, Refusal.EMPTY)
    _check_length(kept, NAME_LENGTH, field)
    return kept


def provenance(given: Provenance) -> Provenance:
    """The same with dates as YYYY-MM-DD.

    Raises:
        EntryRefused: a date is none, the last day comes before the first, or a text is too long.
    """
    kept = {}
    for field in (item.name for item in fields(Provenance)):
        text = _plain(getattr(given, field), field)
        _check_length(text, REMARK_LENGTH, field)
        kept[field] = _day(text, field) if field in _DATES and text else text
    check_order(kept["valid_from"], kept["valid_to"])
    return Provenance(**kept)


def product_facts(given: Mapping[str, str]) -> dict[str, str]:
    """Facts of a product as they are kept: dates as YYYY-MM-DD, a GTIN with its leading zeros.

    Raises:
        EntryRefused: a GTIN or a date is none, or a text is too long.
    """
    kept = {}
    for field, said in given.items():
        text = _plain(said, field)
        _check_length(text, NAME_LENGTH, field)
        if text and field in _DATES:
            text = _day(text, field)
        kept[field] = gtin(text) if text and field == "gtin" else text
    return kept


def gtin(text: str) -> str:
    """A GTIN without the spaces and dashes that people write, leading zeros kept.

    Raises:
        EntryRefused: not 8, 12, 13 or 14 digits, or another check digit is expected.

    Source: GS1 General Specifications, section 7.9 (check digit calculations).
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
        raise GtinRefused(text, Refusal.GTIN_LENGTH)
    total = sum(int(d) * (3, 1)[n % 2] for n, d in enumerate(reversed(digits[:-1])))
    expected = str(-total % 10)
    if digits[-1] != expected:
        raise GtinRefused(text, Refusal.GTIN_DIGIT, digit=expected)
    return digits


def check_order(first: str, last: str) -> None:
    """Refuse a last valid day that comes before the first.

    Raises:
        EntryRefused: it does.
    """
    if first and last and last < first:
        raise EntryRefused("valid_to", last, Refusal.BEFORE_FIRST, first=first)


def outline(vertices: Vertices | None) -> list[list[float]] | None:
    """The outline as it is stored.

    Raises:
        EntryRefused: fewer than three corners, or one that is nowhere.
    """
    if vertices is None:
        return None
    points = [[float(x), float(y)] for x, y in vertices]
    if len(points) < 3 or not all(math.isfinite(value) for point in points for value in point):
        shown = f"{len(points)} corners"
        raise EntryRefused("outline", shown, Refusal.FEW_CORNERS)
    return points


def label(text: str) -> str:
    """What a zone is called; it may be empty.

    Raises:
        EntryRefused: longer than 200 characters, or with characters that cannot be shown.
    """
    kept = _plain(text, "zone")
    _check_length(kept, NAME_LENGTH, "zone")
    return kept


def remark(text: str) -> str:
    """What an examiner notes about a region; it may be empty.

    Raises:
        EntryRefused: longer than 2000 characters, or with characters that cannot be shown.
    """
    kept = _plain(text, "note")
    _check_length(kept, REMARK_LENGTH, "note")
    return kept


def folder(named: Path | str) -> Path:
    """A folder by its whole path; ~ stands for somebody's home.

    Raises:
        WorkspaceUnwritable: nobody here has this home.
    """
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError as error:
        raise WorkspaceUnwritable(named, "there is no such home folder") from error


def file_name(text: str) -> str:
    """The name of a file for the record: what cannot be written as text is marked."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(text: str, field: str) -> str:
    kept = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in kept):
        raise EntryRefused(field, file_name(text), Refusal.UNSHOWN)
    return kept


def _check_length(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise EntryRefused(field, text, Refusal.TOO_LONG, count=len(text), limit=limit)


def _day(text: str, field: str) -> str:
    found = _DATE.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        pass
    raise EntryRefused(field, text, Refusal.NO_DAY)
