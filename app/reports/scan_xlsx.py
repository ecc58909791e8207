"""A scan as an Excel workbook: worst first, with thumbnails and links; written row by row."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from PySide6.QtCore import QCoreApplication

from app.reports.scan_rows import COLUMNS, column_title, row_of
from app.reports.thumbnails import thumbnail
from app.scan_words import aside_title, repeated_title, said_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.reports.scan_contract import Facts
    from app.reports.scan_rows import Row, Value
    from app.store import ScannedFile

_THUMBNAILS: Final = 2000  # of the worst; each is kept in memory until the end
_SIDE: Final = 96  # pixels of a thumbnail
_LONGEST: Final = 32767  # characters that a cell may hold
_WIDTHS: Final = {
    "file": 32,
    "folder": 40,
    "reason": 60,
    "next_step": 40,
    "same_as": 40,
    "same_photo_as": 40,
    "sha256": 36,
}
_MOST_ROWS: Final = 1_048_000


def write_xlsx(file: Path, facts: Facts, files: Callable[[], Iterator[ScannedFile]]) -> None:
    """Write three sheets: photos, what was not judged and why, and the summary.

    Raises:
        OSError: it cannot be written.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(QCoreApplication.translate("scan", "Photos"))
    left = book.create_sheet(QCoreApplication.translate("scan", "Not judged"))
    _Sheet(sheet, pictures=True).fill(row for row in map(row_of, files()) if row.was_judged)
    _Sheet(left, pictures=False).fill(row for row in map(row_of, files()) if not row.was_judged)
    _summarise(book.create_sheet(QCoreApplication.translate("scan", "Summary")), facts)
    book.save(file)


class _Sheet:
    """A sheet with a line for each file."""

    def __init__(self, sheet: Any, *, pictures: bool) -> None:
        self._sheet, self._pictures = sheet, pictures
        self._at = 1

    def fill(self, rows: Iterator[Row]) -> None:
        sheet = self._sheet
        sheet.freeze_panes = "B2"
        sheet.column_dimensions["A"].width = _SIDE / 7 if self._pictures else 3
        for place, name in enumerate(COLUMNS, start=2):
            sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 16)
        bold = Font(bold=True)
        heads = [_cell(sheet, column_title(name), font=bold) for name in COLUMNS]
        sheet.append([_cell(sheet, ""), *heads])
        for row in rows:
            self._at += 1
            if self._at > _MOST_ROWS:  # Excel holds no more; the CSV holds them all
                break
            self._add(row)
        last = get_column_letter(len(COLUMNS) + 1)
        sheet.auto_filter.ref = f"B1:{last}{min(self._at, _MOST_ROWS)}"

    def _add(self, row: Row) -> None:
        sheet = self._sheet
        if self._pictures and self._at <= _THUMBNAILS + 1:
            self._show(row.path)
        cells = [_cell(sheet, value) for value in row.values.values()]
        _link(cells[list(COLUMNS).index("file")], row.path)
        sheet.append([_cell(sheet, ""), *cells])

    def _show(self, path: str) -> None:
        small = thumbnail(path, _SIDE)
        if small is None:
            return
        picture = Image(io.BytesIO(small))
        picture.anchor = f"A{self._at}"
        self._sheet.add_image(picture)
        self._sheet.row_dimensions[self._at].height = _SIDE * 0.75 + 4


def _cell(sheet: Any, value: Value, *, font: Font | None = None) -> Any:
    """A cell that is a text or a number, never a formula."""
    is_text = isinstance(value, str)
    plain = ILLEGAL_CHARACTERS_RE.sub("�", _writable(value)) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=plain[:_LONGEST] if isinstance(plain, str) else plain)
    if is_text:
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=is_text)
    return cell


def _writable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _link(cell: Any, path: str) -> None:
    target = Path(path).absolute().as_uri()
    if len(target) <= 2000:  # Excel refuses longer ones
        cell.hyperlink = Hyperlink(ref="", target=target)
        cell.font = Font(underline="single", color="2F6FB7")


def _summarise(sheet: Any, facts: Facts) -> None:
    counts = facts.counts
    rows: list[tuple[str, Value]] = [
        (said_title(name), count) for name, count in counts.outcomes.items()
    ]
    rows.append((repeated_title(), counts.repeated))
    rows += [(aside_title(kind), count) for kind, count in counts.aside.items()]
    rows += [(name, value) for name, value in facts.versions.model_dump().items()]
    rows += [(QCoreApplication.translate("scan", "Folder"), folder) for folder in facts.folders]
    if not facts.complete:
        rows.append((QCoreApplication.translate("scan", "The scan is not complete."), ""))
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = 80
    for title, value in rows:
        sheet.append([_cell(sheet, title), _cell(sheet, value)])
