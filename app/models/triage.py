"""The triage table: what a scan has found, the most suspicious first, in groups where wanted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from app.aside_words import aside_reason
from app.decision_words import decided_name
from app.models.scanned_rows import ScannedRows
from app.models.triage_filter import Grouping, TriageFilter
from app.models.triage_rows import TriageRow, name_of
from app.plain_text import tip_of
from app.reports.scanning import PHOTO, REPEATED
from app.scan_words import aside_title, repeated_title, said_title
from app.side_words import side_word
from app.words import fault_title
from vision import FaultKind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.models.scanned_rows import Change
    from app.models.triage_rows import Key
    from app.store import Decided, Decision, Subject

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
DECIDED_ROLE: Final = ENTRY_ROLE + 1
PICTURE, FILE, PRODUCT, SIDE, SUSPICION, OUTCOME, DECISION = range(7)
COLUMNS: Final = 7


@dataclass(frozen=True, slots=True)
class TriageHead:
    """The line over a group: what its rows have in common, and how many are still to decide."""

    grouping: Grouping
    name: str
    count: int
    folders: int
    waiting: int

    @property
    def id(self) -> str:
        """What it is found again by; no path begins like it."""
        return f"\0{self.grouping.value}\0{self.name}"


Entry = TriageRow | TriageHead


class TriageModel(QAbstractTableModel):
    """Rows come in by `put` in any order; each goes to its place, and no other is touched."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = ScannedRows()
        self._decisions: dict[Subject, Decision] = {}
        self._decided: set[str] = set()  # SHA-256 of photos with a decision
        self._items: Mapping[str, str] = {}  # the item of a photo, by SHA-256
        self._filter, self._grouping = TriageFilter(), Grouping.NONE
        self._shown: list[Entry] = []
        self._heads = 0
        self._keys: list[Key] = []  # of the rows, while they are not grouped
        self._places: dict[str, int] = {}  # of rows and heads, while they are

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown, in order."""
        return tuple(self._shown)

    @property
    def shown_rows(self) -> int:
        """How many rows are shown, without the lines over groups."""
        return len(self._shown) - self._heads

    @property
    def grouping(self) -> Grouping:
        """By what they are put together."""
        return self._grouping

    def entry(self, place: int) -> Entry | None:
        """What stands at a place."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, entry_id: str) -> int:
        """The place of a path or head, or -1."""
        row = self.rows.of(entry_id)
        if self._grouping is Grouping.NONE:
            return self._place(row) if row is not None else -1
        return self._places.get(entry_id, -1)

    def decided(self, row: TriageRow) -> Decided | None:
        """What was decided of a row."""
        if row.sha256 not in self._decided:
            return None
        decision = self._decisions.get(row.subject)
        return decision.decided if decision is not None else None

    def put(self, rows: Iterable[TriageRow]) -> None:
        """Take in what the scan has found."""
        self._merge(self.rows.put(rows))

    def keep_only(self, paths: set[str]) -> None:
        """The scan has come to its end: what it did not meet is gone."""
        self._merge(self.rows.keep_only(paths))

    def clear(self) -> None:
        """Show nothing."""
        self.rows = ScannedRows()
        self._rebuild()

    def show_only(self, wanted: TriageFilter) -> None:
        """Show other rows."""
        if wanted != self._filter:
            self._filter = wanted
            self._rebuild()

    def group_by(self, grouping: Grouping) -> None:
        """Put rows together by something else."""
        if grouping is not self._grouping:
            self._grouping = grouping
            self._rebuild()

    def set_decisions(self, decisions: Iterable[Decision]) -> None:
        """What was decided before."""
        self._decisions = {one.subject: one for one in decisions}
        self._decided = {one.photo_sha256 for one in self._decisions}
        self._rebuild()

    def set_items(self, items: Mapping[str, tuple[str, ...]]) -> None:
        """Which photos (SHA-256, hex) show one item."""
        self._items = {photo: item for item, photos in items.items() for photo in photos}
        if self._grouping is Grouping.ITEM:
            self._rebuild()

    def decide(self, changes: Iterable[tuple[Subject, Decision | None]]) -> None:
        """Decisions have become others; None: one was taken back."""
        decisions = dict(changes)
        rows = [
            row
            for subject in decisions
            for row in self.rows.sharing(subject.photo_sha256)
            if row.subject == subject
        ]
        was = {row.path for row in rows if self._accepts(row)}
        for subject, decision in decisions.items():
            if decision is None:
                self._decisions.pop(subject, None)
            else:
                self._decisions[subject] = decision
                self._decided.add(subject.photo_sha256)
        if self._grouping is not Grouping.NONE:
            self._rebuild()
            return
        now = {row.path for row in rows if self._accepts(row)}
        self._take([row for row in rows if row.path in was - now])
        for first, last in _runs(self._place(row) for row in rows if row.path in was & now):
            self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))
        self._insert([row for row in rows if row.path in now - was])

    def next_open(self, after: int) -> int:
        """The place of the next row that nobody has decided on, from the front again; else -1."""
        count = len(self._shown)
        for step in range(1, count + 1):
            entry = self._shown[(after + step) % count]
            if isinstance(entry, TriageRow) and entry.is_judged and self.decided(entry) is None:
                return (after + step) % count
        return -1

    def reword(self) -> None:
        """All words have changed with the language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self._shown:
            last = self.index(len(self._shown) - 1, COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _accepts(self, row: TriageRow) -> bool:
        return self._filter.accepts(row, self.decided(row))

    def _merge(self, changes: list[Change]) -> None:
        if not changes:
            return
        if self._grouping is not Grouping.NONE:
            self._rebuild()
            return
        gone: list[TriageRow] = []
        fresh: dict[str, TriageRow] = {}
        for before, after in changes:
            path = (before or after).path  # type: ignore[union-attr]  # one of the two is there
            if fresh.pop(path, None) is None and before is not None and self._accepts(before):
                gone.append(before)
            if after is not None and self._accepts(after):
                fresh[path] = after
        self._take(gone)
        self._insert(list(fresh.values()))

    def _place(self, row: TriageRow) -> int:
        """The place of a row that is not grouped, or -1."""
        place = bisect_left(self._keys, row.key)
        return place if place < len(self._keys) and self._keys[place] == row.key else -1

    def _take(self, rows: list[TriageRow]) -> None:
        """Take rows out, neighbours together, from the end so that places hold."""
        for first, last in reversed(_runs(self._place(row) for row in rows)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1], self._keys[first : last + 1]
            self.endRemoveRows()

    def _insert(self, rows: list[TriageRow]) -> None:
        """Put rows in their places, neighbours together, from the end so that places hold."""
        found = [(bisect_left(self._keys, row.key), row) for row in sorted(rows, key=_key)]
        runs = [(at, [row for _, row in run]) for at, run in groupby(found, key=_first)]
        for at, run in reversed(runs):
            self.beginInsertRows(QModelIndex(), at, at + len(run) - 1)
            self._shown[at:at] = run
            self._keys[at:at] = [row.key for row in run]
            self.endInsertRows()

    def _rebuild(self) -> None:
        self.beginResetModel()
        rows = sorted((row for row in self.rows if self._accepts(row)), key=_key)
        if self._grouping is Grouping.NONE:
            self._shown, self._keys = list(rows), [row.key for row in rows]
            self._places = {}
        else:
            self._shown, self._keys = self._grouped(rows), []
            self._places = {id_of(one): place for place, one in enumerate(self._shown)}
        self._heads = sum(isinstance(entry, TriageHead) for entry in self._shown)
        self.endResetModel()

    def _grouped(self, rows: list[TriageRow]) -> list[Entry]:
        """The group with the worst row first; photos used once are no group of the same photo."""
        groups: dict[str, list[TriageRow]] = {}
        for row in rows:
            groups.setdefault(self._group_of(row), []).append(row)
        shown: list[Entry] = []
        for name, members in groups.items():
            if self._grouping is Grouping.SAME_PHOTO and (len(members) < 2 or not name):
                continue
            shown += [self._head(name, members), *members]
        return shown

    def _group_of(self, row: TriageRow) -> str:
        match self._grouping:
            case Grouping.SAME_PHOTO:
                return self.rows.photo_of(row)
            case Grouping.PRODUCT:
                return row.product
        item = self._items.get(row.sha256)
        return f"\0{item}" if item else row.folder

    def _head(self, name: str, members: list[TriageRow]) -> TriageHead:
        return TriageHead(
            self._grouping,
            name,
            len(members),
            len({row.folder for row in members}),
            sum(row.is_judged and self.decided(row) is None for row in members),
        )

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else COLUMNS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role == DECIDED_ROLE:
            return self.decided(entry) if isinstance(entry, TriageRow) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, TriageHead):
                return self.head_words(entry) if index.column() == PICTURE else ""
            return self.words(entry, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, TriageRow):
            return tip_of(self.tip(entry))
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            PICTURE: "",
            FILE: self.tr("File"),
            PRODUCT: self.tr("Product"),
            SIDE: self.tr("Side"),
            SUSPICION: self.tr("Suspicion"),
            OUTCOME: self.tr("Outcome"),
            DECISION: self.tr("Decision"),
        }.get(section)

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), ENTRY_ROLE: QByteArray(b"entry")}

    def words(self, row: TriageRow, column: int) -> str:
        """What stands in a cell."""
        if column == SUSPICION:
            return f"{row.suspicion:.2f}" if row.suspicion is not None else ""
        if column == DECISION:
            decided = self.decided(row)
            return decided_name(decided) if decided is not None else ""
        said = {FILE: row.name, PRODUCT: row.product, SIDE: side_word(row.side)}
        return outcome_words(row) if column == OUTCOME else said.get(column, "")

    def fault_words(self, row: TriageRow) -> str:
        """What is wrong with a photo; one that agrees was good enough."""
        if row.outcome == Outcome.AGREES:
            return ""
        return ", ".join(fault_title(one) for one in FaultKind if one in row.faults)

    def place_words(self, row: TriageRow) -> str:
        """In which folder a file lies, and that it is a copy."""
        if row.near:
            said = self.tr("{folder}  ·  same photo, saved again: {name}")
            return said.format(folder=row.folder, name=name_of(row.near))
        if not row.first:
            return row.folder
        return self.tr("{folder}  ·  same photo as {name}").format(
            folder=row.folder, name=name_of(row.first)
        )

    def tip(self, row: TriageRow) -> str:
        """All that is known of a row, in lines."""
        lines = [row.path, outcome_words(row), self.fault_words(row), aside_reason(row.why)]
        if row.first:
            lines.append(self.tr("Same photo as {file}").format(file=row.first))
        if row.near:
            said = self.tr("The same photo, saved again, as {file}")
            lines.append(said.format(file=row.near))
        return "\n".join(line for line in lines if line)

    def head_words(self, head: TriageHead) -> str:
        """The title of a group."""
        match head.grouping:
            case Grouping.SAME_PHOTO:
                said = self.tr("The same photo, {count} times, in folders: {folders}")
                return said.format(count=head.count, folders=head.folders)
            case Grouping.PRODUCT:
                title = head.name or self.tr("No product found")
            case _ if head.name.startswith("\0"):
                title = self.tr("One item")
            case _:
                title = head.name
        counted = self.tr("{title}  ·  photos: {count}, to decide: {waiting}")
        return counted.format(title=title, count=head.count, waiting=head.waiting)


def outcome_words(row: TriageRow) -> str:
    """What was said of a row, in a few words."""
    if row.outcome:
        return said_title(row.outcome)
    if row.kind == REPEATED:
        return repeated_title()
    return aside_title(row.kind) if row.kind != PHOTO else ""


def id_of(entry: Entry) -> str:
    """By what an entry is found again."""
    return entry.path if isinstance(entry, TriageRow) else entry.id


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of places that lie side by side; a place below 0 is none."""
    runs: list[tuple[int, int]] = []
    for place in sorted({place for place in places if place >= 0}):
        if runs and place == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def _key(row: TriageRow) -> Key:
    return row.key


def _first(found: tuple[int, TriageRow]) -> int:
    return found[0]
