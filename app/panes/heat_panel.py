"""The heat table with what chooses its measure, and what its colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.health_words import grade_name, measure_name, measure_sentence
from app.models.health_table import CELL_ROLE, HealthCell, HealthTableModel
from app.panes.health_delegates import HeatDelegate, paint_grade
from app.side_words import is_named
from app.views.painting import painter_on
from app.views.theme import look_of
from vision import Grade, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from vision import SideHealth

_ROW: Final = 30
_COLUMN: Final = 84
_NAMES, _SIDES = 190, 110  # pixels for the names of rows: products, or sides of one product
_BAR: Final = 14
_SWATCH: Final = 14


class GradeLegend(QWidget):
    """What the colours of the table mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._at(len(Grade)), max(20, self.fontMetrics().height() + 4))

    def _at(self, place: int) -> int:
        words = [grade_name(grade) for grade in list(Grade)[:place]]
        return sum(self.fontMetrics().horizontalAdvance(each) + _SWATCH + 26 for each in words)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = QColor(look_of(self.palette()).quiet)
            for place, grade in enumerate(Grade):
                left = self._at(place)
                swatch = QRectF(left, (self.height() - _SWATCH) / 2, _SWATCH, _SWATCH)
                paint_grade(painter, swatch, grade)
                painter.setPen(ink)
                words = QRectF(left + _SWATCH + 6, 0, self.width(), self.height())
                middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
                painter.drawText(words, middle, grade_name(grade))


class HeatPanel(QWidget):
    """`chosen` tells a cell, `opened` one that was double-clicked, `row_wished` the name of a row.

    A row is a product in the table of the whole gallery, a side in that of one product.
    """

    chosen = Signal(object)
    opened = Signal(object)
    row_wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides: tuple[SideHealth, ...] = ()
        self._product: str | None = None
        self.model = HealthTableModel(self)
        self.table, self.measure, self.words = QTableView(), QComboBox(), QLineEdit()
        for measure in Measure:
            self.measure.addItem("", str(measure))
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        table = self.table
        table.setObjectName("heat")
        table.setModel(self.model)
        table.setItemDelegate(HeatDelegate(self))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setCornerButtonEnabled(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = table.verticalHeader(), table.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows.setSectionsClickable(True)
        columns.setDefaultSectionSize(_COLUMN)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.words.setClearButtonEnabled(True)
        line = QHBoxLayout()
        line.addWidget(self.measure)
        line.addWidget(self.words, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 10, 0)
        whole.setSpacing(4)
        whole.addLayout(line)
        whole.addWidget(table, 1)
        whole.addWidget(GradeLegend())

    def _connect(self) -> None:
        self.measure.activated.connect(self._refill)
        self.words.textChanged.connect(self._refill)
        self.table.selectionModel().currentChanged.connect(self._on_moved)
        self.table.clicked.connect(self._on_clicked)
        self.table.activated.connect(self._on_activated)
        self.table.verticalHeader().sectionClicked.connect(self._on_row)

    def show_sides(self, sides: Sequence[SideHealth], product: str | None) -> None:
        """Show these sides, of the whole gallery or of one product."""
        self._sides, self._product = tuple(sides), product
        self.measure.setVisible(product is None)
        self.words.setVisible(product is None)
        self._refill()

    def show_measure(self, measure: Measure) -> None:
        """Colour the table of the whole gallery by another measure."""
        self.measure.setCurrentIndex(self.measure.findData(str(measure)))
        self._refill()

    def _refill(self, _what: object = None) -> None:
        wanted = self.words.text().casefold().split() if self._product is None else []
        named = [each for each in self._sides if is_named(each.product, each.side, wanted)]
        self.model.show(named, self._product, Measure(str(self.measure.currentData())))
        self.table.verticalHeader().setFixedWidth(_NAMES if self._product is None else _SIDES)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give measures the room of their names; sides share the room, if there is enough."""
        columns, count = self.table.horizontalHeader(), max(1, self.model.columnCount())
        if self._product is not None:
            columns.resizeSections(QHeaderView.ResizeMode.ResizeToContents)
            return
        room = self.table.width() - self.table.verticalHeader().width() - _BAR
        columns.setDefaultSectionSize(max(_COLUMN, min(room // count, 2 * _COLUMN)))
        for column in range(count):
            columns.resizeSection(column, columns.defaultSectionSize())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _on_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._on_clicked(current)

    def _on_clicked(self, index: QModelIndex) -> None:
        cell = index.data(CELL_ROLE)
        if isinstance(cell, HealthCell):
            self.chosen.emit(cell)

    def _on_activated(self, index: QModelIndex) -> None:
        cell = index.data(CELL_ROLE)
        if isinstance(cell, HealthCell):
            self.opened.emit(cell)

    def _on_row(self, row: int) -> None:
        self.row_wished.emit(self.model.names[row])

    def _retranslate(self) -> None:
        for place, measure in enumerate(Measure):
            self.measure.setItemText(place, measure_name(measure))
            self.measure.setItemData(place, measure_sentence(measure), Qt.ItemDataRole.ToolTipRole)
        self.measure.setAccessibleName(self.tr("What the colours show"))
        self.measure.setToolTip(self.tr("What the colours show"))
        self.words.setPlaceholderText(self.tr("Find a product or side"))
        self.words.setAccessibleName(self.tr("Find a product or side"))
        self.table.setAccessibleName(self.tr("How each side stands"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.model.reword()
        super().changeEvent(event)
