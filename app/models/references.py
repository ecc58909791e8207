"""The gallery as two lists: its sides, and the references of one side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from app.plain_text import tip_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Reference

Index = QModelIndex | QPersistentModelIndex
SIDE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
REFERENCE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 3


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side of one product with its references."""

    product: str
    side: str
    references: tuple[Reference, ...]


def sides_of(references: tuple[Reference, ...]) -> tuple[SideRow, ...]:
    """Group references by product and side, sorted by name."""
    grouped: dict[tuple[str, str], list[Reference]] = {}
    for reference in references:
        grouped.setdefault((reference.product, reference.side), []).append(reference)
    return tuple(SideRow(*names, tuple(grouped[names])) for names in sorted(grouped))


class SideListModel(QAbstractListModel):
    """The sides of the gallery, of which a part can be asked for by words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[SideRow, ...] = ()
        self._rows: tuple[SideRow, ...] = ()
        self._words: list[str] = []

    @property
    def rows(self) -> tuple[SideRow, ...]:
        """The rows that fit the words."""
        return self._rows

    @property
    def all_rows(self) -> tuple[SideRow, ...]:
        """Every side of the gallery."""
        return self._all

    def set_rows(self, rows: tuple[SideRow, ...]) -> None:
        """Show another state of the gallery."""
        self._all = rows
        self._refresh()

    def set_words(self, words: str) -> None:
        """Show the sides in which all of these words occur."""
        self._words = words.casefold().split()
        self._refresh()

    def _refresh(self) -> None:
        self.beginResetModel()
        self._rows = tuple(row for row in self._all if self._fits(row))
        self.endResetModel()

    def _fits(self, row: SideRow) -> bool:
        name = f"{row.product} {row.side}".casefold()
        return all(word in name for word in self._words)

    def place_of(self, product: str, side: str) -> int:
        """The place of a side in the list, or -1."""
        names = [(row.product, row.side) for row in self._rows]
        return names.index((product, side)) if (product, side) in names else -1

    def reword(self) -> None:
        """All words have changed with the language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.product} · {row.side}"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                said = f"{row.product} · {row.side}, {self.count_words(row)}"
                return tip_of(said) if role == Qt.ItemDataRole.ToolTipRole else said
            case _ if role == SIDE_ROLE:
                return row
        return None

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), SIDE_ROLE: QByteArray(b"side")}

    def count_words(self, row: SideRow) -> str:
        """How many references a side has."""
        return self.tr("references: {count}").format(count=len(row.references))


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference with its small picture, None until it has been read."""

    reference: Reference
    thumbnail: QImage | None = None


class ReferenceListModel(QAbstractListModel):
    """The references of one side."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReferenceRow, ...] = ()

    @property
    def rows(self) -> tuple[ReferenceRow, ...]:
        """All rows in order."""
        return self._rows

    def set_rows(self, rows: tuple[ReferenceRow, ...]) -> None:
        """Show the references of another side."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_thumbnail(self, reference_id: str, thumbnail: QImage) -> None:
        """The small picture of a reference has been read."""
        for place, row in enumerate(self._rows):
            if row.reference.id == reference_id:
                changed = replace(row, thumbnail=thumbnail)
                self._rows = (*self._rows[:place], changed, *self._rows[place + 1 :])
                self.dataChanged.emit(self.index(place), self.index(place))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        provenance = row.reference.provenance
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return provenance.batch or provenance.vouched_by or row.reference.sha256[:8]
            case Qt.ItemDataRole.DecorationRole:
                return row.thumbnail
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                said = self._story(row.reference)
                return tip_of(said) if role == Qt.ItemDataRole.ToolTipRole else said
            case _ if role == REFERENCE_ROLE:
                return row
        return None

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), REFERENCE_ROLE: QByteArray(b"reference")}

    def _story(self, reference: Reference) -> str:
        told = (
            (self.tr("Vouched for by: {text}"), reference.provenance.vouched_by),
            (self.tr("Obtained: {text}"), reference.provenance.obtained),
            (self.tr("Batch: {text}"), reference.provenance.batch),
            (self.tr("SHA-256: {text}"), reference.sha256[:16]),
        )
        return "\n".join(label.format(text=text) for label, text in told if text)
