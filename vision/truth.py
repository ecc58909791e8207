"""Manifest -> photos whose truth is known: what each shows, is, and where it truly differs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import pictures, polygons
from vision.errors import TruthUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vision.terms import Box, Mask, Pixels, Vertices

REQUIRED = ("file", "role", "product_id", "label")
GROWN = 8  # pixels by which a true place is grown before a centre must lie in it
_MAX_BYTES = 64 << 20
_PLANTED = re.compile(r"\bplanted\s+([^;,.]+)", re.IGNORECASE)
_LONGEST = 1 << 17  # pixels of a side of any photo
_SEPARATE = 8  # pixels between two parts of a mask that still make one place


class Role(StrEnum):
    """What a row is for."""

    REFERENCE = "reference"
    QUERY = "query"


class Label(StrEnum):
    """What the item in a photo is; unknown ones are left out."""

    GENUINE = "genuine"
    COUNTERFEIT = "counterfeit"
    VARIANT = "variant"
    DEFECT = "defect"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One photo of the manifest.

    `path` is where its file should be; `name` the file as the manifest names it, with forward
    slashes; `region` the text of the true places; `kind` the words after “planted” in the notes,
    else the label.
    """

    line: int
    set: str
    name: str
    path: Path
    role: Role
    product: str
    label: Label
    region: str
    kind: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that cannot be used, and why."""

    line: int
    set: str
    fault: str


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place where an item truly differs: `box` in full-size pixels, `mask` (h, w) within it."""

    box: Box
    mask: Mask

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the place grown by GROWN pixels to each side."""
        x0, y0, x1, y1 = self.box
        left, right = int(np.ceil(x - GROWN)) - x0, int(np.floor(x + GROWN)) - x0
        top, bottom = int(np.ceil(y - GROWN)) - y0, int(np.floor(y + GROWN)) - y0
        if right < 0 or bottom < 0 or left >= x1 - x0 or top >= y1 - y0:
            return False
        return bool(self.mask[max(top, 0) : bottom + 1, max(left, 0) : right + 1].any())

    def meets(self, polygon: Vertices) -> bool:
        """Tell whether a polygon (full-size pixels) and the place share a pixel."""
        x0, y0, _, _ = self.box
        corners = np.array(polygon, np.float64) - (x0, y0)
        drawn = polygons.filled(corners, (self.mask.shape[0], self.mask.shape[1]))
        return bool((drawn & self.mask).any())


def read_manifest(manifest: Path) -> Iterator[Row | BadRow]:
    """Read a manifest: CSV with the columns of REQUIRED and perhaps `set`, `region`, `notes`.

    Args:
        manifest: UTF-8 or GB 18030; commas, semicolons or tabs between the cells.

    Yields:
        A Row, or a BadRow for a line that cannot be used; blank lines are skipped. The set of a row
        without a `set` is named like the manifest's folder.

    Raises:
        TruthUnreadable: not there, too large, of no known encoding, or without a needed column.
    """
    text = _text(manifest)
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    lines = _lines(reader)
    _, first = next(lines, (0, []))
    columns = [cell.strip().casefold() for cell in first or []]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise TruthUnreadable(
            manifest,
            "it has no column " + ", ".join(f"“{name}”" for name in missing),
            f"The first line must name the columns {', '.join(REQUIRED)}.",
        )
    for line, cells in lines:
        if cells is None:
            yield BadRow(line, _folder(manifest), "it is no line of a CSV file")
            continue
        padded = [cell.strip() for cell in cells] + [""] * len(columns)
        yield _row(line, dict(zip(columns, padded, strict=False)), manifest)


def places(row: Row, manifest: Path, size: tuple[int, int] | None) -> tuple[Place, ...]:
    """Return where an item truly differs; () where the manifest does not say.

    Args:
        row: its `region` holds boxes `x0 y0 x1 y1;…`, or names a mask file relative to the
            manifest, whose bright pixels differ. Parts of a mask with at most 8 pixels between
            them are one place.
        manifest: the file that the row comes from.
        size: (width, height) of the photo, over which a mask of another size is stretched; None
            where the photo is not known.

    Raises:
        ValueError: neither boxes nor the name of a file.
        PictureError: the mask cannot be read.
    """
    if not row.region:
        return ()
    boxes = _boxes(row.region)
    if boxes is not None:
        return tuple(_whole(box) for box in boxes)
    path = manifest.parent / _slashes(row.region)
    if not Path(path).suffix:
        raise ValueError(f"expected boxes “x0 y0 x1 y1;…” or a mask file, found “{row.region}”")
    return _parts(pictures.read(path).pixels, size)


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | None]]:
    """Number the lines that hold something; None for one that is no CSV."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _row(line: int, cells: dict[str, str], manifest: Path) -> Row | BadRow:
    of_set = cells.get("set") or _folder(manifest)
    role, label = cells["role"].casefold(), cells["label"].casefold()
    if role == Role.REFERENCE and not label:
        label = Label.GENUINE
    fault = _fault(cells, role, label)
    if fault:
        return BadRow(line, of_set, fault)
    name = _slashes(cells["file"])
    planted = _PLANTED.search(cells.get("notes", ""))
    return Row(
        line=line,
        set=of_set,
        name=name,
        path=manifest.parent / name,
        role=Role(role),
        product=cells["product_id"],
        label=Label(label),
        region=cells.get("region", ""),
        kind=planted[1].strip() if planted else label,
    )


def _fault(cells: dict[str, str], role: str, label: str) -> str:
    if not cells["file"] or "\0" in cells["file"]:
        return "it names no file"
    if not cells["product_id"]:
        return "it names no product"
    if role not in set(Role):
        return f"“{role}” is neither reference nor query"
    if label not in set(Label):
        return f"“{label}” is no known label"
    if role == Role.REFERENCE and label not in (Label.GENUINE, Label.UNKNOWN):
        return f"a reference must be genuine, this one is “{label}”"
    return ""


def _folder(manifest: Path) -> str:
    return manifest.resolve().parent.name or manifest.stem


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _text(manifest: Path) -> str:
    try:
        if manifest.stat().st_size > _MAX_BYTES:
            limit = _MAX_BYTES >> 20
            raise TruthUnreadable(manifest, f"it is larger than {limit} MiB", "Split it.")
        data = manifest.read_bytes()
    except OSError as error:
        cause = error.strerror or str(error)
        raise TruthUnreadable(
            manifest, f"it cannot be read ({cause})", "Check the path."
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TruthUnreadable(manifest, "its text is neither UTF-8 nor GB 18030", "Save it as UTF-8.")


def _boxes(text: str) -> list[Box] | None:
    """Read `x0 y0 x1 y1;…`; None where the text is something else, or a box is empty."""
    boxes = []
    for part in text.split(";"):
        if not part.strip():
            continue
        try:
            x0, y0, x1, y1 = (round(float(n)) for n in part.replace(",", " ").split())
        except (ValueError, OverflowError):
            return None
        x0, y0 = max(x0, 0), max(y0, 0)
        if x1 <= x0 or y1 <= y0 or max(x1, y1) > _LONGEST:
            return None
        boxes.append((x0, y0, x1, y1))
    return boxes or None


def _whole(box: Box) -> Place:
    x0, y0, x1, y1 = box
    return Place(box, np.broadcast_to(np.True_, (y1 - y0, x1 - x0)))


def _parts(pixels: Pixels, size: tuple[int, int] | None) -> tuple[Place, ...]:
    bright = (pixels.max(axis=2) > 127).astype(np.uint8)
    if size is not None and (bright.shape[1], bright.shape[0]) != size:
        bright = cv2.resize(bright, size, interpolation=cv2.INTER_NEAREST)
    joined = cv2.dilate(bright, np.ones((_SEPARATE + 1, _SEPARATE + 1), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    found = []
    for number in range(1, count):
        own = (labels == number) & (bright > 0)
        rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        x0, y0, x1, y1 = (int(v) for v in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
        found.append(Place((x0, y0, x1, y1), own[y0:y1, x0:x1].copy()))
    return tuple(found)
