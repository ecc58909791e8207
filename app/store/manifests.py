"""Lists of pictures to import: a CSV file as people's spreadsheets write it, to rows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store.errors import LineUnreadable, ManifestUnreadable

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator
    from pathlib import Path

REQUIRED = ("file", "product", "side")
PROVENANCE = (
    "vouched_by",
    "obtained",
    "batch",
    "valid_from",
    "valid_to",
    "obtained_on",
    "camera",
)
PROOF = "proof"  # a file, relative to the list
PRODUCT = {  # columns that tell of the product, and what they are called there
    "brand": "brand",
    "gtin": "gtin",
    "packaging": "packaging",
    "market": "market",
    "category": "category",
    "product_valid_from": "valid_from",
    "product_valid_to": "valid_to",
}
_MAX_BYTES = 64 << 20
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One line: `cells` by column name, without the columns that mean nothing here.

    `fault` says why the line cannot be read as a row; its cells are then empty.
    """

    line: int
    cells: dict[str, str]
    fault: LineUnreadable | None = None


def rows(manifest: Path) -> Iterator[ManifestRow]:
    """The rows of a manifest; its head is read at once, the rest as it is asked for.

    Raises:
        ManifestUnreadable: not there, too large, of no known encoding, or without a needed column.
    """
    text = _text(manifest)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [cell.strip().casefold() for cell in next(filter(any, reader), [])]
    except csv.Error as error:
        raise ManifestUnreadable(
            manifest, f"its first line cannot be read ({error})", "Save it again as CSV."
        ) from error
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise ManifestUnreadable(
            manifest,
            "it has no column " + ", ".join(f"“{name}”" for name in missing),
            f"The first line must name the columns {', '.join(REQUIRED)}.",
            missing=missing,
        )
    return _rows(reader, columns)


def _rows(reader: Reader, columns: list[str]) -> Iterator[ManifestRow]:
    known = (*REQUIRED, *PROVENANCE, PROOF, *PRODUCT)
    wanted = {name: columns.index(name) for name in known if name in columns}
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield ManifestRow(reader.line_num, {}, LineUnreadable(reader.line_num, str(error)))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        found = {name: cells[i].strip() if i < len(cells) else "" for name, i in wanted.items()}
        yield ManifestRow(reader.line_num, found)


def _text(manifest: Path) -> str:
    try:
        if manifest.stat().st_size > _MAX_BYTES:
            raise ManifestUnreadable(
                manifest,
                f"it is larger than {_MAX_BYTES >> 20} MB",
                "Check that this is the list and not a picture, or split it.",
            )
        data = manifest.read_bytes()
    except OSError as error:
        raise ManifestUnreadable(
            manifest, f"it cannot be read ({error.strerror})", "Check the path and its rights."
        ) from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(manifest, data, "utf-16")
    return _decoded(manifest, data, "utf-8-sig", "gb18030")


def _decoded(manifest: Path, data: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ManifestUnreadable(
        manifest,
        "its letters are in no encoding that is known here (UTF-8 or GB18030)",
        "Save it again as “CSV UTF-8”.",
    )
