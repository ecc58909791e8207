"""The photos of the filmstrip, in the order in which they came."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, Qt
from typing_extensions import override

from app.models.items import Item
from app.models.photo_rows import OPEN, PhotoRow, State
from app.models.row_list import RowListModel
from app.side_words import side_word
from app.words import error_sentence, fault_fix, fault_name, outcome_title
from vision import Outcome

__all__ = ["COUNTED", "OPEN", "ROW_ROLE", "PhotoListModel", "PhotoRow", "State", "name_of"]


COUNTED: Final = (Outcome.DIFFERS, Outcome.MIXED, Outcome.GALLERY_TOO_THIN)
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


class PhotoListModel(RowListModel[PhotoRow]):
    """A list over a tuple of rows; `ROW_ROLE` gives the row itself."""

    ROLE = ROW_ROLE
    ROLE_NAME = b"row"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides: tuple[tuple[str, str], ...] = ()

    def place_of(self, key: int) -> int:
        """The place of a photo in the list, or -1."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def insert(self, place: int, rows: tuple[PhotoRow, ...]) -> None:
        """Put rows in before `place`."""
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
        self._rows = (*self._rows[:place], *rows, *self._rows[place:])
        self.endInsertRows()

    def replace(self, row: PhotoRow) -> None:
        """Change the row with the same key; nothing happens when it is gone."""
        place = self.place_of(row.key)
        if place < 0:
            return
        first = place
        while row.item and first > 0 and self._rows[first - 1].item == row.item:
            first -= 1  # the head of its item sums it up
        self._put(place, row, first=first)

    def replace_all(self, rows: tuple[PhotoRow, ...]) -> None:
        """Change many rows at once, by their keys; those that are gone are passed over."""
        changed = {row.key: row for row in rows}
        places = [place for place, row in enumerate(self._rows) if row.key in changed]
        if places:
            self._rows = tuple(changed.get(row.key, row) for row in self._rows)
            self.dataChanged.emit(self.index(0), self.index(places[-1]))

    def arrange(self, wanted: tuple[tuple[int, str], ...]) -> None:
        """Put the rows into another order, and into other items, by their keys.

        Rows that are not named come last, as they are.
        """
        here = {row.key: row for row in self._rows}
        named = [replace(here.pop(key), item=item) for key, item in wanted if key in here]
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in before]
        self._rows = (*named, *here.values())
        self.changePersistentIndexList(before, [self.index(self.place_of(key)) for key in keys])
        self.layoutChanged.emit()

    def set_sides(self, sides: tuple[tuple[str, str], ...]) -> None:
        """The gallery holds these products and sides."""
        self._sides = sides
        self.reword()

    def item(self, item: str) -> Item | None:
        """The photos of an item; None where there are not several."""
        rows = tuple(row for row in self._rows if item and row.item == item)
        return Item(item, rows, self._sides) if len(rows) > 1 else None

    def item_headed_by(self, place: int) -> Item | None:
        """The item whose first photo is here."""
        item = self._rows[place].item
        if not item or (place > 0 and self._rows[place - 1].item == item):
            return None
        return self.item(item)

    def take(self, place: int) -> PhotoRow:
        """Remove a row and give it back."""
        self.beginRemoveRows(QModelIndex(), place, place)
        row = self._rows[place]
        self._rows = (*self._rows[:place], *self._rows[place + 1 :])
        self.endRemoveRows()
        return row

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole:
                words = error_sentence(row.error) if row.error else self.state_words(row)
                fixes = {f"{fault_name(one)}: {fault_fix(one)}" for one in row.faults}
                parts = (row.path or row.name, words, self.below_words(row), *sorted(fixes))
                return "\n".join(part for part in parts if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                item = self.item_headed_by(place)
                head = (item.count_words(), item.state_words(), item.sides_words()) if item else ()
                said = (*head, row.name, self.state_words(row), self.below_words(row))
                return ", ".join(part for part in said if part)
        return None

    def below_words(self, row: PhotoRow) -> str:
        """What stands below the state: side and progress of a compared photo, else its faults."""
        if row.state is not State.DONE or row.outcome is Outcome.PHOTO_UNFIT:
            return self.fault_words(row)
        progress = self.progress_words(row)
        is_short = bool(row.item or progress)  # there is room for the product only without them
        product = "" if is_short else row.product
        return " · ".join(part for part in (product, side_word(row.side), progress) if part)

    def fault_words(self, row: PhotoRow) -> str:
        """The faults of a photo by their names; empty where it has none."""
        names = list(dict.fromkeys(fault_name(fault) for fault in row.faults))
        return self.tr(", ").join(names)

    def progress_words(self, row: PhotoRow) -> str:
        """How many regions have been marked; empty where there are none to mark."""
        if row.state is not State.DONE or not row.regions or row.outcome not in COUNTED:
            return ""
        text = self.tr("{count} of {all} looked at")
        return text.format(count=row.examined, all=row.regions)

    def state_words(self, row: PhotoRow) -> str:
        """What is to be said of a photo in a few words."""
        if row.state is State.DONE and row.outcome is not None:
            return outcome_title(row.outcome)
        if row.state is State.MISSING and row.outcome is not None:
            return self.tr("Gone; was: {outcome}").format(outcome=outcome_title(row.outcome))
        return {
            State.WAITING: self.tr("Waiting"),
            State.READING: self.tr("Reading…"),
            State.COMPARING: self.tr("Comparing…"),
            State.STOPPED: self.tr("Stopped"),
            State.FAILED: self.tr("Cannot be read"),
            State.MISSING: self.tr("The file is gone"),
            State.DONE: "",
        }[row.state]


def name_of(path: str) -> str:
    """The last part of a path, as the filmstrip shows it."""
    return PurePath(path).name or path
