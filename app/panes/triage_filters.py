"""The line over the triage table: what is shown, and by what it is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from app.models.triage_filter import Grouping, TriageFilter, Wanted
from app.panes.outcome_chips import ASIDE, EVERYTHING
from app.words import fault_title
from vision import FaultKind

if TYPE_CHECKING:
    from collections import Counter

    from app.models.scanned_rows import ScannedRows

_WIDEST = 190


class TriageFilters(QWidget):
    """`changed` tells a TriageFilter, `grouped` a Grouping."""

    changed = Signal(object)
    grouped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome = EVERYTHING
        self.product, self.folder, self.fault = QComboBox(), QComboBox(), QComboBox()
        self.wanted, self.grouping = QComboBox(), QComboBox()
        self.words = QLineEdit()
        self.words.setClearButtonEnabled(True)
        self._group_label = QLabel()
        self._offered: dict[QComboBox, tuple[str, ...]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for box in (self.wanted, self.product, self.folder, self.fault):
            box.setMaximumWidth(_WIDEST)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            row.addWidget(box)
        row.addWidget(self.words, 1)
        row.addWidget(self._group_label)
        row.addWidget(self.grouping)
        for choice in Wanted:
            self.wanted.addItem("", choice)
        for grouping in Grouping:
            self.grouping.addItem("", grouping)
        for box in (self.product, self.folder, self.fault):
            box.addItem("", None)
        self._retranslate()
        for box in (self.wanted, self.product, self.folder, self.fault):
            box.currentIndexChanged.connect(self._on_changed)
        self.words.textChanged.connect(self._on_changed)
        self.grouping.currentIndexChanged.connect(self._on_grouped)

    @property
    def filter(self) -> TriageFilter:
        """What is asked for."""
        outcome = None if self._outcome in (EVERYTHING, ASIDE) else self._outcome
        return TriageFilter(
            outcome=outcome,
            aside=self._outcome == ASIDE,
            product=self.product.currentData(),
            folder=self.folder.currentData(),
            fault=self.fault.currentData(),
            wanted=Wanted(self.wanted.currentData()),
            words=self.words.text().casefold(),
        )

    def set_outcome(self, outcome: str) -> None:
        """Show an outcome alone."""
        self._outcome = outcome
        self._on_changed()

    def clear(self) -> None:
        """Ask for everything again; the outcome is another's to clear."""
        for box in (self.wanted, self.product, self.folder, self.fault, self.grouping):
            box.setCurrentIndex(0)
        self.words.clear()

    def offer(self, rows: ScannedRows) -> None:
        """Let products, folders and faults be chosen that were found by now."""
        self._offer(self.product, rows.products)
        self._offer(self.folder, rows.folders)
        self._offer(self.fault, rows.faults)

    def _offer(self, box: QComboBox, counts: Counter[str]) -> None:
        """Names keep their places but for new ones; an open list is left alone."""
        names = tuple(sorted(name for name, count in counts.items() if count > 0))
        if names == self._offered.get(box) or box.view().isVisible():
            return
        self._offered[box] = names
        chosen = box.currentData()
        blocker = QSignalBlocker(box)
        for place in range(box.count() - 1, 0, -1):
            box.removeItem(place)
        for name in names:
            box.addItem(self._shown(box, name), name)
        at = box.findData(chosen) if chosen is not None else 0
        box.setCurrentIndex(max(at, 0))
        box.view().setMinimumWidth(min(box.view().sizeHintForColumn(0) + 24, 640))
        blocker.unblock()
        if at < 0:
            self._on_changed()

    def _shown(self, box: QComboBox, name: str) -> str:
        if box is self.fault:
            return fault_title(FaultKind(name)) if name in set(FaultKind) else name
        return name

    def _on_changed(self) -> None:
        self.changed.emit(self.filter)

    def _on_grouped(self) -> None:
        self.grouped.emit(Grouping(self.grouping.currentData()))

    def _retranslate(self) -> None:
        wanted = {
            Wanted.ALL: self.tr("Decided or not"),
            Wanted.OPEN: self.tr("Not decided"),
            Wanted.DECIDED: self.tr("Decided"),
            Wanted.LATER: self.tr("Look later"),
        }
        groupings = {
            Grouping.NONE: self.tr("Nothing"),
            Grouping.SAME_PHOTO: self.tr("Reused photo"),
            Grouping.ITEM: self.tr("Item or folder"),
            Grouping.PRODUCT: self.tr("Product"),
        }
        for place, one in enumerate(Wanted):
            self.wanted.setItemText(place, wanted[one])
        for place, grouping in enumerate(Grouping):
            self.grouping.setItemText(place, groupings[grouping])
        self.product.setItemText(0, self.tr("All products"))
        self.folder.setItemText(0, self.tr("All folders"))
        self.fault.setItemText(0, self.tr("With and without faults"))
        for place in range(1, self.fault.count()):
            self.fault.setItemText(place, self._shown(self.fault, self.fault.itemData(place)))
        self.words.setPlaceholderText(self.tr("Part of a path"))
        self._group_label.setText(self.tr("Group by"))
        names = {
            self.wanted: self.tr("Show by decision"),
            self.product: self.tr("Show by product"),
            self.folder: self.tr("Show by folder"),
            self.fault: self.tr("Show by fault of the photo"),
            self.words: self.tr("Show by path"),
            self.grouping: self.tr("Group by"),
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)
            widget.setToolTip(name)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
