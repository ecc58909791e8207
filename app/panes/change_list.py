"""A list of changes between two galleries; their pictures are read in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from typing_extensions import override

from app.models.changes import ChangeListModel, ChangeRow
from app.panes.version_delegates import ChangeDelegate
from app.panes.version_work import pictured
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.messages import Messages
    from app.store import Change

    Pictures = Callable[[tuple[Change, ...]], Generator[tuple[str, QImage], None, None]]


class ChangeList(QListView):
    """Shows changes; only pictures of rows that can be seen are read.

    Args:
        pictures: makes the job that reads small pictures, for the FILES lane.
        messages: is told where that fails.
    """

    def __init__(
        self, pictures: Pictures, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures, self._messages = pictures, messages
        self._reading: Ticket | None = None
        self._asked: set[str] = set()
        self.changes = ChangeListModel(self)
        self.setObjectName("filmstrip")
        self.setModel(self.changes)
        self.setItemDelegate(ChangeDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._read_seen)

    def show_changes(self, changes: tuple[Change, ...]) -> None:
        """List other changes."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._asked.clear()
        self.changes.set_rows(tuple(ChangeRow(each, pictured(each.thing)) for each in changes))
        if changes:
            self.setCurrentIndex(self.changes.index(0))
        self._read_seen()

    def _read_seen(self) -> None:
        if self._reading is not None or not self.isVisible():
            return
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        height = max(1, self.sizeHintForRow(0))
        count = self.viewport().height() // height + 2
        seen = self.changes.rows[max(0, first) : max(0, first) + count]
        wanted = tuple(each.change for each in seen if each.sha256 not in self._asked)
        if not wanted:
            return
        self._asked.update(each.sha256 for each in seen)
        self._reading = run(
            self._pictures(wanted),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_picture,
            on_done=self._on_read,
            on_failed=self._messages.fail,
        )

    def _on_picture(self, read: tuple[str, QImage]) -> None:
        self.changes.set_picture(*read)

    def _on_read(self, _result: None) -> None:
        self._reading = None
        self._read_seen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_seen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._read_seen()
