"""The lines of a table of pictures before they are imported, as a list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.error_words import error_sentence
from app.models.row_list import RowListModel
from app.side_words import product_and_side
from app.store import PreviewRow

_GOOD: Final = "✓"
_BAD: Final = "✗"
LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 4


class ImportLineModel(RowListModel[PreviewRow]):
    """Lines with faults come first."""

    ROLE = LINE_ROLE
    ROLE_NAME = b"line"

    def set_rows(self, rows: tuple[PreviewRow, ...]) -> None:
        """List the lines of another table."""
        self._list(tuple(sorted(rows, key=lambda row: (row.is_good, row.line))))

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{_GOOD if row.is_good else _BAD} {self._sentence(row)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(row)
            case Qt.ItemDataRole.ToolTipRole:
                return row.file
            case Qt.ItemDataRole.ForegroundRole:
                palette = QApplication.palette()
                quiet = palette.color(QPalette.ColorRole.PlaceholderText)
                return QColor(quiet) if row.is_good else None
        return None

    def _sentence(self, row: PreviewRow) -> str:
        if row.is_good:
            said = self.tr("Line {line}: {file} → {side}")
            side = product_and_side(row.product, row.side)
            return said.format(line=row.line, file=row.file, side=side)
        why = row.error if row.cause is None else error_sentence(row.cause)
        return self.tr("Line {line}: {why}").format(line=row.line, why=why)
