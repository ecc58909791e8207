"""How sides stand, as a table: products by sides for one measure, or sides by measures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.health_words import measure_name, measure_sentence, reading_words, value_words
from app.plain_text import tip_of
from app.side_words import side_word
from vision import Grade, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision import SideHealth

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_NOWHERE: Final = QModelIndex()
_WORST: Final = {Grade.POOR: 0, Grade.FAIR: 1, Grade.UNKNOWN: 2, Grade.GOOD: 3}


@dataclass(frozen=True, slots=True)
class HealthCell:
    """One side, and the measure that is shown of it."""

    side: SideHealth
    measure: Measure


class HealthTableModel(QAbstractTableModel):
    """A row for each product and a column for each side; of one product, sides by measures.

    Rows stand with the worst first; sides that more products have come first.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides: tuple[SideHealth, ...] = ()
        self._product: str | None = None
        self._measure = Measure.REFERENCES
        self._rows: list[str] = []
        self._columns: list[str] = []
        self._cells: dict[tuple[int, int], HealthCell] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """What the rows are: products, or sides of the one product; as stored."""
        return tuple(self._rows)

    def show(self, sides: Sequence[SideHealth], product: str | None, measure: Measure) -> None:
        """Show sides of the whole gallery by `measure`, or those of `product` by all measures."""
        self.beginResetModel()
        self._sides, self._product, self._measure = tuple(sides), product, measure
        self._rows, self._columns, self._cells = [], [], {}
        if product is None:
            self._lay_out_products()
        else:
            self._lay_out_sides()
        self.endResetModel()

    def reword(self) -> None:
        """All words have changed with the language."""
        self.beginResetModel()
        self.endResetModel()

    def _lay_out_products(self) -> None:
        common = Counter(each.side for each in self._sides)
        self._columns = sorted(common, key=lambda side: (-common[side], side))
        column_of = {side: place for place, side in enumerate(self._columns)}
        grades: dict[str, list[int]] = {}
        for each in self._sides:
            grades.setdefault(each.product, []).append(_WORST[each.read(self._measure).grade])
        self._rows = sorted(grades, key=lambda name: (*_counted(grades[name]), name))
        row_of = {product: place for place, product in enumerate(self._rows)}
        self._cells = {
            (row_of[each.product], column_of[each.side]): HealthCell(each, self._measure)
            for each in self._sides
        }

    def _lay_out_sides(self) -> None:
        measures = tuple(Measure)
        self._rows = [each.side for each in self._sides]
        self._columns = [str(measure) for measure in measures]
        self._cells = {
            (row, column): HealthCell(side, measure)
            for row, side in enumerate(self._sides)
            for column, measure in enumerate(measures)
        }

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self._cells.get((index.row(), index.column())) if index.isValid() else None
        if cell is None:
            return None
        reading = cell.side.read(cell.measure)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return value_words(cell.measure, reading)
            case Qt.ItemDataRole.ToolTipRole:
                return tip_of(reading_words(cell.side, cell.measure))
            case Qt.ItemDataRole.AccessibleTextRole:
                return reading_words(cell.side, cell.measure)
            case _ if role == CELL_ROLE:
                return cell
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            names, is_side = self._rows, self._product is not None
        else:
            names, is_side = self._columns, self._product is None
        if not 0 <= section < len(names):
            return None
        is_measure = orientation == Qt.Orientation.Horizontal and not is_side
        if role == Qt.ItemDataRole.DisplayRole:
            name = names[section]
            if is_measure:
                return measure_name(Measure(name))
            return side_word(name) if is_side else name
        if role == Qt.ItemDataRole.ToolTipRole:
            name = names[section]
            if is_measure:
                return measure_sentence(Measure(name))
            if is_side:
                return tip_of(side_word(name))
            return tip_of(self.tr("{product}: press to see it alone").format(product=name))
        return None


def _counted(grades: Sequence[int]) -> tuple[int, ...]:
    """An order in which most of the worst comes first."""
    return tuple(-grades.count(worse) for worse in sorted(_WORST.values()))
