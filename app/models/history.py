"""The history of the gallery as a table: when, by whom, which act, on what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.audit_words import about, act_name
from app.plain_text import tip_of

if TYPE_CHECKING:
    from app.store import AuditEntry

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class HistoryModel(QAbstractTableModel):
    """Entries of the audit, of which a part can be asked for by act and by words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[AuditEntry, ...] = ()
        self._shown: tuple[AuditEntry, ...] = ()
        self._act, self._words = "", ""

    @property
    def entries(self) -> tuple[AuditEntry, ...]:
        """Those that are shown."""
        return self._shown

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that occur in all entries, by name."""
        return tuple(sorted({each.act for each in self._all}, key=act_name))

    @property
    def count(self) -> int:
        """How many entries there are, shown or not."""
        return len(self._all)

    def set_entries(self, entries: tuple[AuditEntry, ...]) -> None:
        """List other entries."""
        self._all = entries
        self._refresh()

    def show(self, *, act: str, words: str) -> None:
        """Show the entries of one act ("" for every act) in which all of these words occur."""
        self._act, self._words = act, words
        self._refresh()

    def reword(self) -> None:
        """All words have changed with the language."""
        self._refresh()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def cells(self, entry: AuditEntry) -> tuple[str, str, str, str]:
        """When, by whom, which act, on what."""
        at = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}"
        return at, entry.author, act_name(entry.act), about(entry)

    def headings(self) -> tuple[str, str, str, str]:
        """What the columns are called."""
        return self.tr("When"), self.tr("By"), self.tr("Act"), self.tr("What")

    def _refresh(self) -> None:
        wanted = self._words.casefold().split()
        self.beginResetModel()
        self._shown = tuple(
            each for each in self._all if self._act in ("", each.act) and self._holds(each, wanted)
        )
        self.endResetModel()

    def _holds(self, entry: AuditEntry, wanted: list[str]) -> bool:
        if not wanted:
            return True
        said = " ".join((*self.cells(entry), entry.detail)).casefold()
        return all(word in said for word in wanted)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        entry = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(entry)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(self.cells(entry)[index.column()])
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings()[section]
        return None
