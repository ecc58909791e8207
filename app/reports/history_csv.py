"""The history of a gallery as CSV, safe to open in a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING

from app.reports.scan_csv import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def write_history(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a line for each entry; how many there were.

    Raises:
        OSError: the file cannot be written.
    """
    partial = path.with_name(f".{os.getpid()}.partial")  # short, however long the name is
    count = 0
    try:
        with partial.open("w", encoding="utf-8-sig", newline="") as stream:
            table = csv.writer(stream, lineterminator="\r\n")
            table.writerow(headings)
            for row in rows:
                table.writerow([cell(value) for value in row])
                count += 1
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    return count
