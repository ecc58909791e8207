"""What a check of the gallery found, and what its rules ask for and is not there, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from app.check_words import flaw_sentence
from app.gap_words import gap_sentence
from app.models.row_list import RowListModel
from vision import Flaw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store import Gap
    from vision import Reference

FLAW_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class FlawListModel(RowListModel["Flaw | Gap"]):
    """The flaws in the order in which they are best put right, then the gaps."""

    ROLE = FLAW_ROLE
    ROLE_NAME = b"flaw"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._references: Mapping[str, Reference] = {}

    def set_flaws(
        self,
        flaws: tuple[Flaw, ...],
        references: Mapping[str, Reference],
        gaps: tuple[Gap, ...] = (),
    ) -> None:
        """List other flaws and gaps; `references` has those they concern, by id."""
        self._references = references
        self._list((*flaws, *gaps))

    @override
    def told(self, place: int, role: int) -> object:
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            row = self._rows[place]
            if isinstance(row, Flaw):
                return flaw_sentence(row, self._references)
            return gap_sentence(row)
        return None
