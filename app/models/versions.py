"""The versions of the gallery, as a list: that of now first, then snapshots, the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from typing_extensions import override

from app.models.row_list import RowListModel
from app.side_words import product_and_side
from app.store import Recorded
from app.words import outcome_title
from vision import Outcome

if TYPE_CHECKING:
    from app.store import Snapshot

VERSION_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 5
RECORD_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 6


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version; `snapshot` is None for the gallery of now.

    `size` counts its references, `uses` the inspections that were made with it.
    """

    snapshot: Snapshot | None
    version: str
    size: int
    uses: int


class VersionListModel(RowListModel[VersionRow]):
    """The versions, each with a title and a line of facts."""

    ROLE = VERSION_ROLE
    ROLE_NAME = b"version"

    def set_rows(self, rows: tuple[VersionRow, ...]) -> None:
        """List other versions."""
        self._list(rows)

    def title(self, row: VersionRow) -> str:
        """The name of a version, or what it is where it has none."""
        if row.snapshot is None:
            return self.tr("The gallery now")
        return row.snapshot.name or self.tr("Kept for inspections")

    def facts(self, row: VersionRow) -> str:
        """When it was taken, by whom, and how many references it holds."""
        said = [self.tr("references: {count}").format(count=row.size)]
        if row.snapshot is not None:
            said.insert(0, f"{row.snapshot.at.astimezone():%Y-%m-%d %H:%M}")
            said.insert(1, row.snapshot.author)
        return " · ".join(each for each in said if each)

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(row)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                note = row.snapshot.note if row.snapshot is not None else ""
                return "\n".join(each for each in (self.title(row), self.facts(row), note) if each)
        return None


class RecordListModel(RowListModel[Recorded]):
    """Inspections that were made with one version of the gallery."""

    ROLE = RECORD_ROLE
    ROLE_NAME = b"record"

    def set_rows(self, rows: tuple[Recorded, ...]) -> None:
        """List other inspections."""
        self._list(rows)

    @override
    def told(self, place: int, role: int) -> object:
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return _record_words(self._rows[place])
        return None


def _record_words(record: Recorded) -> str:
    """When, what came out, which photo, compared with what."""
    said = json.loads(record.document)
    said = said if isinstance(said, dict) else {}
    photo, compared = said.get("photo") or {}, said.get("comparison") or {}
    is_known = record.outcome in set(Outcome)
    words = (
        f"{record.at.astimezone():%Y-%m-%d %H:%M}",
        outcome_title(Outcome(record.outcome)) if is_known else record.outcome,
        PurePath(str(photo.get("path", ""))).name or record.photo_sha256[:8],
        product_and_side(str(compared.get("product", "")), str(compared.get("side", ""))),
    )
    return " · ".join(each for each in words if each)
