"""A list model over a tuple of frozen rows: what all lists of the window have in common."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

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

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowListModel(QAbstractListModel, Generic[Row]):
    """Gives the row itself under `ROLE`; what is said of it under the other roles is `told`.

    Tool tips are plain text, whatever names from outside have in them.

    A class of rows sets ROLE, and ROLE_NAME, by which Qt calls it.
    """

    ROLE: ClassVar[int]
    ROLE_NAME: ClassVar[bytes]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are listed, in order."""
        return self._rows

    def told(self, place: int, role: int) -> object:
        """What the row at a place says under a role; None where it says nothing."""
        raise NotImplementedError

    def reword(self) -> None:
        """All words have changed with the language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _list(self, rows: tuple[Row, ...]) -> None:
        """List other rows; nothing stays chosen."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _put(self, place: int, row: Row, *, first: int | None = None) -> None:
        """Change one row; from `first` on, rows tell of it."""
        self._rows = (*self._rows[:place], row, *self._rows[place + 1 :])
        self.dataChanged.emit(self.index(place if first is None else first), self.index(place))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == self.ROLE:
            return self._rows[index.row()]
        said = self.told(index.row(), role)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(said, str):
            return tip_of(said)
        return said

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), self.ROLE: QByteArray(self.ROLE_NAME)}
