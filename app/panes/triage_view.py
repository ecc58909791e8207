"""The triage table in the window: rows stream in, and what is looked at stays where it is."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.models.triage import (
    COLUMNS,
    DECISION,
    FILE,
    OUTCOME,
    PICTURE,
    PRODUCT,
    SIDE,
    SUSPICION,
    TriageModel,
    id_of,
)
from app.models.triage_filter import Grouping
from app.models.triage_rows import TriageRow
from app.panes.row_pictures import RowPictures
from app.panes.triage_delegate import ROW_HEIGHT, TriageDelegate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.models.triage import Entry

_WIDTHS: Final = {
    PICTURE: 76,
    PRODUCT: 190,
    SIDE: 90,
    SUSPICION: 96,
    OUTCOME: 200,
    DECISION: 124,
}
_PAUSE_MS: Final = 100
_BUDGET_S: Final = 0.02  # for rows that come in, before the window is looked after again
_AT_ONCE: Final = 24
_SHARE: Final = 12  # putting all in order anew takes at most one part in so many of the time
_REMEMBERED: Final = 500  # selected rows that are selected again


class TriageView(QTableView):
    """`opened` tells the row that is to be looked at on the desk; `chosen` that others are chosen.

    `fed` tells that rows have come in.
    """

    opened = Signal(object)
    chosen = Signal()
    fed = Signal()

    def __init__(self, model: TriageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_of_rows = model
        self.pictures = RowPictures(self)
        self._waiting: deque[TriageRow] = deque()
        self._feeding, self._looking = QTimer(self), QTimer(self)
        for timer in (self._feeding, self._looking):
            timer.setSingleShot(True)
            timer.setInterval(_PAUSE_MS)
        self._feeding.timeout.connect(self._feed)
        self._looking.timeout.connect(self._want_pictures)
        self.setModel(model)
        self.setItemDelegate(TriageDelegate(self.pictures))
        self._dress()
        self.pictures.read.connect(self._on_picture)
        self.verticalScrollBar().valueChanged.connect(self._look_soon)
        model.rowsInserted.connect(self._look_soon)
        model.rowsRemoved.connect(self._look_soon)
        model.modelReset.connect(self._look_soon)
        self.selectionModel().currentChanged.connect(self._on_moved)
        self.doubleClicked.connect(self._on_double_clicked)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumSectionSize(60)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        columns.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)

    @property
    def current(self) -> Entry | None:
        """What the cursor is on."""
        return self.model_of_rows.entry(self.currentIndex().row())

    @property
    def chosen_rows(self) -> tuple[TriageRow, ...]:
        """The rows that are chosen, in the order of the table."""
        return tuple(self.walk_chosen())

    def walk_chosen(self) -> Iterator[TriageRow]:
        """Give the rows that are chosen, in order; who needs but a few walks no further."""
        ranges = self.selectionModel().selection().toList()
        for first, last in sorted((one.top(), one.bottom()) for one in ranges):
            for place in range(first, last + 1):
                entry = self.model_of_rows.entry(place)
                if isinstance(entry, TriageRow):
                    yield entry

    @property
    def is_fed(self) -> bool:
        """Whether all that came in is in the table."""
        return not self._waiting

    def add(self, rows: Iterable[TriageRow]) -> None:
        """Rows have come; they go into the table in a moment."""
        self._waiting.extend(rows)
        if self._waiting and not self._feeding.isActive():
            self._feeding.start()

    def drop_waiting(self) -> None:
        """What has come and is not in the table yet is not to come in any more."""
        self._waiting.clear()
        self._feeding.stop()

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, and it alone."""
        if place >= 0:
            self.setCurrentIndex(self.model_of_rows.index(place, FILE))

    @contextmanager
    def anchored(self) -> Iterator[None]:
        """While rows come, go or are put in another order, the row looked at stays in its place.

        It is the one under the cursor where that is in view, else the topmost in view. Who has
        neither chosen a row nor scrolled sees what is worst at any moment.
        """
        model, bar = self.model_of_rows, self.verticalScrollBar()
        at = self.currentIndex().row()
        current = model.entry(at)
        top = self.rowAt(0)
        in_view = current is not None and -ROW_HEIGHT < self.rowViewportPosition(at) < (
            self.viewport().height()
        )
        anchor = current if in_view else model.entry(top) if bar.value() > 0 else None
        offset = self.rowViewportPosition(at if in_view else top) if anchor is not None else 0
        selected = [id_of(row) for row in islice(self.walk_chosen(), _REMEMBERED)]
        yield
        if current is not None and model.entry(self.currentIndex().row()) != current:
            self._choose_again(id_of(current), selected)
        if anchor is not None:
            place = model.place_of(id_of(anchor))
            if place >= 0:
                self.updateGeometries()
                bar.setValue(place * ROW_HEIGHT - offset)

    def _choose_again(self, current: str, selected: list[str]) -> None:
        """The cursor and the chosen rows as they were, as far as these are still there."""
        model, choosing = self.model_of_rows, self.selectionModel()
        place = model.place_of(current)
        if place < 0:
            return
        flags = QItemSelectionModel.SelectionFlag
        choosing.setCurrentIndex(model.index(place, FILE), flags.NoUpdate)
        rows = QItemSelection()
        for path in selected:
            at = model.place_of(path)
            if at >= 0:
                rows.select(model.index(at, 0), model.index(at, COLUMNS - 1))
        choosing.select(rows, flags.ClearAndSelect)
        self.chosen.emit()

    def _feed(self) -> None:
        begun = time.perf_counter()
        is_grouped = self.model_of_rows.grouping is not Grouping.NONE
        with self.anchored():
            while self._waiting and time.perf_counter() - begun < _BUDGET_S:
                count = len(self._waiting) if is_grouped else min(_AT_ONCE, len(self._waiting))
                self.model_of_rows.put([self._waiting.popleft() for _ in range(count)])
        if is_grouped:  # everything was put in order anew
            took_ms = round((time.perf_counter() - begun) * 1000)
            self._feeding.setInterval(max(_PAUSE_MS, took_ms * _SHARE))
        else:
            self._feeding.setInterval(_PAUSE_MS // 2 if self._waiting else _PAUSE_MS)
        if self._waiting:
            self._feeding.start()
        self.fed.emit()

    def _look_soon(self) -> None:
        if not self._looking.isActive():
            self._looking.start()

    def _want_pictures(self) -> None:
        """The photos in view, and a page around them."""
        if not self.isVisible():
            return
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        count = self.model_of_rows.rowCount()
        if not count or first < 0:
            return
        last = last if last >= 0 else count - 1
        entries = [self.model_of_rows.entry(place) for place in range(first, min(last + 4, count))]
        self.pictures.want(one for one in entries if isinstance(one, TriageRow) and one.is_photo)

    def _on_picture(self, path: str) -> None:
        place = self.model_of_rows.place_of(path)
        if place >= 0:
            self.update(self.model_of_rows.index(place, PICTURE))

    def _on_moved(self) -> None:
        self.chosen.emit()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        entry = self.model_of_rows.entry(index.row())
        if isinstance(entry, TriageRow) and entry.is_photo:
            self.opened.emit(entry)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_soon()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == event.Type.LanguageChange:
            self.model_of_rows.reword()
        super().changeEvent(event)
