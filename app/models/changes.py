"""What differs between two galleries, as a list with small pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from typing_extensions import override

from app.change_words import change_sentence
from app.models.row_list import RowListModel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.store import Change

CHANGE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 4


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change; `picture` is that of the reference (SHA-256) it is about, None until read."""

    change: Change
    sha256: str
    picture: QImage | None = None


class ChangeListModel(RowListModel[ChangeRow]):
    """The changes in their order."""

    ROLE = CHANGE_ROLE
    ROLE_NAME = b"change"

    def set_rows(self, rows: tuple[ChangeRow, ...]) -> None:
        """List other changes."""
        self._list(rows)

    def set_picture(self, sha256: str, picture: QImage) -> None:
        """The picture of a reference has been read."""
        for place, row in enumerate(self._rows):
            if row.sha256 == sha256:
                self._put(place, replace(row, picture=picture))

    @override
    def told(self, place: int, role: int) -> object:
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return change_sentence(self._rows[place].change)
        return None
