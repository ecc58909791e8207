"""The plots beside the heat table: what was found, what sides lack, how they were taken, spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.health_rows import (
    BAR_ROLE,
    SPREAD_ROLE,
    Bar,
    BarListModel,
    SpreadListModel,
    flaw_bars,
    lack_bars,
    value_bars,
)
from app.panes.health_delegates import BarDelegate, SpreadDelegate, reference_at
from app.side_words import product_and_side
from vision import SideHealth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

PLOTS: Final = ("flaws", "lacks", "shots", "spread")
_BARS: Final = {"flaws": flaw_bars, "lacks": lack_bars, "shots": value_bars}


class _SpreadList(QListView):
    """Tells which ring was pressed."""

    ring_pressed = Signal(str)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index, model = self.indexAt(event.position().toPoint()), self.model()
        side = index.data(SPREAD_ROLE)
        if isinstance(side, SideHealth) and isinstance(model, SpreadListModel):
            row = QRectF(self.visualRect(index))
            self.ring_pressed.emit(reference_at(row, event.position().x(), model, side))


class HealthPlots(QWidget):
    """`wished` asks for pictures by title and ids, `ring_pressed` for one of them.

    `measure_wished` asks to compare references whose spread is not known yet.
    """

    wished = Signal(str, object)
    ring_pressed = Signal(str)
    measure_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = {name: BarListModel(self) for name in PLOTS[:3]}
        self.spreads = SpreadListModel(self)
        self.lists: dict[str, QListView] = {name: QListView() for name in PLOTS[:3]}
        self.spread_list = _SpreadList()
        self.lists["spread"] = self.spread_list
        self.buttons = {name: QToolButton() for name in PLOTS}
        self.measure = QPushButton()
        self.note = QLabel()
        self._delegate = SpreadDelegate(self)
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._notes: dict[str, str] = {}
        self._sides: Sequence[SideHealth] = ()
        self._stale: set[str] = set()
        self._lay_out()
        self._connect()
        self.open("flaws")
        self._retranslate()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.setCheckable(True)
            self._group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        for name, view in self.lists.items():
            view.setModel(self.spreads if name == "spread" else self.bars[name])
            view.setItemDelegate(self._delegate if name == "spread" else BarDelegate(self))
            view.setUniformItemSizes(True)
            view.setMouseTracking(True)
            self._stack.addWidget(view)
        self.note.setObjectName("note")
        self.note.setWordWrap(True)
        self.measure.setObjectName("measure")
        below = QHBoxLayout()
        below.addWidget(self.note, 1)
        below.addWidget(self.measure)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(line)
        whole.addWidget(self._stack, 1)
        whole.addLayout(below)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_button)
        self.measure.clicked.connect(self.measure_wished)
        for view in self.lists.values():
            view.selectionModel().currentChanged.connect(self._on_moved)
            view.clicked.connect(self._on_clicked)
        self.spread_list.ring_pressed.connect(self.ring_pressed)

    @property
    def shown(self) -> str:
        """The plot that is shown."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def open(self, name: str) -> None:
        """Show another plot."""
        self.buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self.lists[name])
        self._fill()
        self.refresh()

    def show_sides(self, sides: Sequence[SideHealth]) -> None:
        """Show the plots of these sides; each is made when it is looked at."""
        self._sides, self._stale = sides, set(PLOTS)
        self._fill()

    def show_spreads(self, sides: Sequence[SideHealth]) -> None:
        """Show only the spread anew."""
        self._sides = sides
        self._stale.add("spread")
        self._fill()

    def _fill(self) -> None:
        name = self.shown
        if name not in self._stale:
            return
        self._stale.remove(name)
        if name == "spread":
            self.spreads.set_sides(self._sides)
        else:
            self.bars[name].set_bars(_BARS[name](self._sides))
        self.refresh()

    def set_notes(self, notes: dict[str, str], *, can_measure: bool) -> None:
        """Say what stands below each plot, and whether there is something left to measure."""
        self._notes = notes
        self.measure.setEnabled(can_measure)
        self.refresh()

    def choose(self, reference_id: str) -> None:
        """Fill the ring of a reference."""
        self._delegate.chosen = reference_id
        self.spread_list.viewport().update()

    def refresh(self) -> None:
        """Say below the plot what there is to say."""
        name = self.shown
        self.note.setText(self._notes.get(name, ""))
        self.measure.setVisible(name == "spread" and self.measure.isEnabled())

    def _on_button(self, button: QToolButton) -> None:
        self.open(button.objectName())

    def _on_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._on_clicked(current)

    def _on_clicked(self, index: QModelIndex) -> None:
        bar, side = index.data(BAR_ROLE), index.data(SPREAD_ROLE)
        if isinstance(bar, Bar):
            self.wished.emit(str(index.data()), bar.references)
        elif isinstance(side, SideHealth) and side.figures is not None:
            name = product_and_side(side.product, side.side)
            self.wished.emit(name, side.figures.references)

    def _retranslate(self) -> None:
        words = {
            "flaws": self.tr("Findings"),
            "lacks": self.tr("What is missing"),
            "shots": self.tr("How they were taken"),
            "spread": self.tr("Spread"),
        }
        for name, button in self.buttons.items():
            button.setText(words[name])
            self.lists[name].setAccessibleName(words[name])
        self.measure.setText(self.tr("Measure the rest"))
        self.measure.setToolTip(
            self.tr("Compares the references of each side with one another; seconds for a side.")
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            for model in self.bars.values():
                model.reword()
            self.spreads.reword()
        super().changeEvent(event)
