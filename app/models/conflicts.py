"""What two galleries do not agree on, as a list; a person says for each whose word counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from typing_extensions import override

from app.change_words import conflict_sentence
from app.models.row_list import RowListModel
from app.store import Keep

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.store import Conflict

CONFLICT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 7


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict; `keep` is whose word counts, None until a person has said so."""

    conflict: Conflict
    sha256: str
    keep: Keep | None = None
    picture: QImage | None = None


class ConflictListModel(RowListModel[ConflictRow]):
    """The conflicts in their order."""

    ROLE = CONFLICT_ROLE
    ROLE_NAME = b"conflict"

    @property
    def choices(self) -> dict[Conflict, Keep]:
        """What has been said so far."""
        return {row.conflict: row.keep for row in self._rows if row.keep is not None}

    @property
    def open_count(self) -> int:
        """How many nobody has decided yet."""
        return sum(row.keep is None for row in self._rows)

    def set_rows(self, rows: tuple[ConflictRow, ...]) -> None:
        """List other conflicts."""
        self._list(rows)

    def keep(self, place: int, keep: Keep) -> None:
        """Say whose word counts in one conflict."""
        self._put(place, replace(self._rows[place], keep=keep))

    def keep_all(self, keep: Keep) -> None:
        """Say whose word counts in all of them."""
        for place in range(len(self._rows)):
            self.keep(place, keep)

    def set_picture(self, sha256: str, picture: QImage) -> None:
        """The picture of a reference has been read."""
        for place, row in enumerate(self._rows):
            if row.sha256 == sha256:
                self._put(place, replace(row, picture=picture))

    def choice_words(self, row: ConflictRow) -> str:
        """Whose word counts."""
        if row.keep is None:
            return self.tr("undecided")
        return self.tr("this gallery counts") if row.keep is Keep.MINE else self.tr("file counts")

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return conflict_sentence(row.conflict)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{conflict_sentence(row.conflict)} {self.choice_words(row)}"
        return None
