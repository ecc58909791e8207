"""The photos on the left with their state, and how far the work has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.photos import ROW_ROLE, PhotoRow
from app.panes.delegates import PhotoDelegate
from app.panes.watch_line import WatchLine

if TYPE_CHECKING:
    from app.panes.actions import ActionBook
    from app.panes.folder_watch import FolderWatch
    from app.panes.photo_queue import PhotoQueue


class Filmstrip(QFrame):
    """`photo_chosen` tells the key of the photo that is to be looked at, 0 for none.

    Several photos can be chosen, to be joined; `selection_changed` tells that others are.
    """

    photo_chosen = Signal(int)
    selection_changed = Signal()

    def __init__(
        self,
        queue: PhotoQueue,
        watch: FolderWatch,
        actions: ActionBook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._queue = queue
        self._title, self._count = QLabel(), QLabel()
        self._title.setObjectName("section")
        self._count.setObjectName("note")
        self.view = QListView()
        self.view.setObjectName("filmstrip")
        self.view.setModel(queue.model)
        self.view.setItemDelegate(PhotoDelegate(self))
        self.view.setMouseTracking(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().currentChanged.connect(self._on_moved)
        self.view.selectionModel().selectionChanged.connect(self.selection_changed)
        self._progress = QWidget()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.watch_line = WatchLine(watch, actions)
        self._lay_out(actions)
        queue.progressed.connect(self.refresh)
        queue.model.rowsInserted.connect(self.refresh)
        queue.model.rowsRemoved.connect(self.refresh)
        self.refresh()

    def _lay_out(self, actions: ActionBook) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 8, 4)
        head.addWidget(self._title, 1)
        for name in ("add_photos", "add_folder"):
            head.addWidget(actions.button(name))
        foot = QHBoxLayout(self._progress)
        foot.setContentsMargins(14, 6, 8, 8)
        column = QVBoxLayout()
        column.addWidget(self._count)
        column.addWidget(self._bar)
        foot.addLayout(column, 1)
        self._stop, self._rest = actions.button("stop"), actions.button("go_on")
        self._stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._rest.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rest.setAutoRaise(False)
        self._rest.setObjectName("mark")
        foot.addWidget(self._stop)
        column.addWidget(self._rest)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addLayout(head)
        stack.addWidget(self.watch_line)
        stack.addWidget(self.view, 1)
        stack.addWidget(self._progress)

    @property
    def current_key(self) -> int:
        """The key of the chosen photo, 0 for none."""
        row = self.view.currentIndex().data(ROW_ROLE)
        return row.key if isinstance(row, PhotoRow) else 0

    @property
    def chosen_keys(self) -> tuple[int, ...]:
        """The keys of all chosen photos, in the order of the list."""
        chosen = sorted(index.row() for index in self.view.selectedIndexes())
        return tuple(self._queue.model.rows[place].key for place in chosen)

    def choose(self, key: int) -> None:
        """Choose a photo."""
        place = self._queue.model.place_of(key)
        if place >= 0:
            self.view.setCurrentIndex(self._queue.model.index(place))

    def step(self, by: int) -> None:
        """Choose the next or the previous photo; stays at the ends."""
        count = self._queue.model.rowCount()
        if count:
            place = min(max(self.view.currentIndex().row() + by, 0), count - 1)
            self.view.setCurrentIndex(self._queue.model.index(place))

    def refresh(self) -> None:
        """Say how far the work has come."""
        done, count = self._queue.count_inspected(), self._queue.model.rowCount()
        self._title.setText(self.tr("Photos: {count}").format(count=count))
        is_busy, has_rest = self._queue.is_busy, self._queue.has_stopped
        self._progress.setVisible(is_busy or has_rest)
        self._stop.setVisible(is_busy)
        self._rest.setVisible(has_rest and not is_busy)
        self._bar.setRange(0, max(count, 1))
        self._bar.setValue(done)
        self._count.setText(self.tr("{done} of {count} inspected").format(done=done, count=count))
        self.view.setAccessibleName(self.tr("Photos"))
        self._bar.setAccessibleName(self._count.text())

    def _on_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        self.photo_chosen.emit(row.key if isinstance(row, PhotoRow) else 0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
            self._queue.model.reword()
        super().changeEvent(event)
