"""Scans as CSV and JSON lines. The CSV may be opened in Excel without losing or running anything.

It starts with a byte order mark, so that Chinese is read right. A text that a spreadsheet would
take for a formula, a number or a date gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, TextIO

from app.reports.scan_contract import file_part
from app.reports.scan_rows import COLUMNS, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.reports.scan_rows import Value
    from app.store import ScannedFile

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]|[\t\r\n\0]")
_NUMBER = re.compile(r"\s*[\d.,:/+\-eE%\s]*\d[\d.,:/+\-eE%\s]*")


def write_csv(stream: TextIO, files: Iterable[ScannedFile]) -> None:
    """Write a line for each file; the stream's encoding is UTF-8 with its mark."""
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for file in files:
        table.writerow([cell(value) for value in row_of(file).values.values()])


def write_jsonl(stream: TextIO, files: Iterable[ScannedFile]) -> None:
    """Write a JSON object for each file; names that are no UTF-8 come as lone surrogates."""
    for file in files:
        said = file_part(file).model_dump(mode="json", by_alias=True)
        text = json.dumps(said, ensure_ascii=False, allow_nan=False)
        stream.write(_LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def cell(value: Value) -> str:
    """A value as a spreadsheet takes it for what it is."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{value:g}" if isinstance(value, float) else str(value)
    text = value.replace("\0", "")
    if _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return "'" + text
    return text
