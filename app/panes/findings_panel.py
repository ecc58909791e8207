"""The right side of Inspect: outcome, numbered regions, candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.findings import (
    CANDIDATE_ROLE,
    REGION_ROLE,
    CandidateListModel,
    RegionListModel,
    RegionRow,
)
from app.panes.compared_with import ComparedWith
from app.panes.delegates import CandidateDelegate, RegionDelegate
from app.panes.region_card import RegionCard
from app.panes.trait_list import TraitList
from app.panes.verdict_card import VerdictCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyledItemDelegate

    from app.panes.actions import ActionBook
    from app.panes.workbench import Inspected


class FindingsPanel(QFrame):
    """`region_chosen` tells a number (0 for none), `candidate_chosen` a product and a side."""

    region_chosen = Signal(int)
    candidate_chosen = Signal(str, str)

    def __init__(self, actions: ActionBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.card = VerdictCard()
        self.regions, self.candidates = RegionListModel(self), CandidateListModel(self)
        self.region_card = RegionCard(self.regions, actions)
        self.traits = TraitList()
        self._region_title, self._candidate_title = QLabel(), QLabel()
        self._region_note, self._candidate_note = QLabel(), QLabel()
        self._weakest = 0
        self.compared = ComparedWith(actions)
        self.compared.side_chosen.connect(self.candidate_chosen)
        self.card.take_in(self.compared)
        self._search_key = actions["search_region"].shortcut()
        self._searches = actions.button("search_region"), actions.button("search_gallery")
        self.region_list = _list(self.regions, RegionDelegate(self))
        self.candidate_list = _list(self.candidates, CandidateDelegate(self))
        self.region_list.selectionModel().currentChanged.connect(self._on_region_moved)
        self.region_list.clicked.connect(self._on_region_clicked)
        self.candidate_list.activated.connect(self._on_candidate_activated)
        self._lay_out()
        self._retranslate()
        self.show_inspected(None)

    def _lay_out(self) -> None:
        inside = QWidget()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(12, 12, 12, 12)
        stack.setSpacing(8)
        stack.addWidget(self.card)
        for title in (self._region_title, self._candidate_title):
            title.setObjectName("section")
        for note in (self._region_note, self._candidate_note):
            note.setObjectName("note")
            note.setWordWrap(True)
        stack.addSpacing(4)
        stack.addWidget(self._region_title)
        stack.addWidget(self._region_note)
        stack.addWidget(self.region_list)
        stack.addWidget(self.traits)
        stack.addSpacing(4)
        stack.addWidget(self._candidate_title)
        stack.addWidget(self.candidate_list)
        stack.addWidget(self._candidate_note)
        for button in self._searches:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setAutoRaise(False)
            button.setObjectName("mark")
            stack.addWidget(button)
        stack.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self._scroll, self._inside = scroll, inside
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        below = QVBoxLayout()
        below.setContentsMargins(8, 0, 8, 8)
        below.addWidget(self.region_card)
        outer.addLayout(below)

    def show_inspected(self, inspected: Inspected | None) -> None:
        """Show what was found in another photo."""
        self.card.show_inspection(inspected.inspection if inspected is not None else None)
        self.compared.show_inspected(inspected)
        self.traits.show_traits(inspected.traits if inspected is not None else ())
        candidates = inspected.inspection.candidates if inspected is not None else ()
        self.candidates.set_rows(candidates)
        self._weakest = inspected.scene.weakest if inspected is not None else 0
        _fit_to_rows(self.candidate_list, self.candidates)
        self._candidate_title.setVisible(self.candidates.rowCount() > 0)
        self._candidate_note.setVisible(self.candidates.rowCount() > 0)
        self._retranslate()

    def show_rows(self, rows: tuple[RegionRow, ...], current: int = 0) -> None:
        """Show regions with what is said of them; `current` is the one looked at."""
        selection = self.region_list.selectionModel()
        selection.blockSignals(True)
        self.regions.replace_rows(rows)
        selection.blockSignals(False)
        _fit_to_rows(self.region_list, self.regions)
        self._region_title.setVisible(bool(rows) or self._weakest > 0)
        self._retranslate()
        self.show_region(current)

    def show_region(self, number: int) -> None:
        """Select a region in the list without telling it again."""
        place = self.regions.place_of(number)
        selection = self.region_list.selectionModel()
        selection.blockSignals(True)
        if place < 0:
            selection.clear()
        else:
            index = self.regions.index(place)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(index, flags)
            QTimer.singleShot(0, self, self._bring_row_into_view)  # once the card has its room
        selection.blockSignals(False)
        self.region_card.show_row(self.regions.rows[place] if place >= 0 else None)
        has_hint = self._weakest > 0 or self.regions.rowCount() > 0
        self._region_note.setVisible(has_hint and place < 0)
        self.region_list.viewport().update()

    def _bring_row_into_view(self) -> None:
        """Scroll to the chosen region, of which the card below may have taken the place."""
        index = self.region_list.currentIndex()
        if index.isValid() and self.region_list.selectionModel().isSelected(index):
            middle = self.region_list.visualRect(index).center()
            seen = self.region_list.mapTo(self._inside, middle)
            self._scroll.ensureVisible(seen.x(), seen.y(), 0, 40)

    def set_sides(self, sides: tuple[tuple[str, str], ...]) -> None:
        """Offer every product and side of the gallery to compare with."""
        self.compared.set_sides(sides)

    def _on_region_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._on_region_clicked(current)

    def _on_region_clicked(self, index: QModelIndex) -> None:
        row = index.data(REGION_ROLE) if index.isValid() else None
        self.region_chosen.emit(row.number if isinstance(row, RegionRow) else 0)

    def _on_candidate_activated(self, index: QModelIndex) -> None:
        candidate = index.data(CANDIDATE_ROLE)
        self.candidate_chosen.emit(candidate.product, candidate.side)

    def _candidate_words(self) -> str:
        if any(candidate.verified for candidate in self.candidates.rows):
            return self.tr("Double-click one, or press Enter, to compare the photo with it.")
        hint = self.tr(
            "None is confirmed. Press {key} and draw a box round the label: the gallery is then "
            "searched with that region alone."
        )
        key = self._search_key.toString(QKeySequence.SequenceFormat.NativeText)
        return hint.format(key=key)

    def _region_words(self) -> str:
        rows = self.regions.rows
        measured = [row for row in rows if row.region is not None]
        if self._weakest:
            return self.tr("Places that agree least: {count}").format(count=self._weakest)
        title = self.tr("Regions that differ: {count}").format(count=len(measured))
        if not measured:
            return title if not rows else self.tr("Added regions: {count}").format(count=len(rows))
        seen = sum(row.opinion is not None for row in measured)
        progress = self.tr("looked at: {count}").format(count=seen)
        return f"{title} · {progress}"

    def _retranslate(self) -> None:
        self._region_title.setText(self._region_words())
        if self._weakest:
            hint = self.tr("Marked with letters. Press N to go from one to the next.")
        else:
            hint = self.tr("Press N to go from one to the next, and 1 to 5 to mark it.")
        self._region_note.setText(hint)
        self._candidate_title.setText(self.tr("Candidates in the gallery"))
        self._candidate_note.setText(self._candidate_words())
        self.region_list.setAccessibleName(self.tr("Regions that differ"))
        self.candidate_list.setAccessibleName(self.tr("Candidates in the gallery"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.regions.reword()
            self.candidates.reword()
        super().changeEvent(event)


def _fit_to_rows(view: QListView, model: RegionListModel | CandidateListModel) -> None:
    height = getattr(view.itemDelegate(), "height", 48)
    view.setFixedHeight(model.rowCount() * height + 4)
    view.setVisible(model.rowCount() > 0)


def _list(model: RegionListModel | CandidateListModel, delegate: QStyledItemDelegate) -> QListView:
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return view
