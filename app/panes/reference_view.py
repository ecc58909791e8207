"""References as small pictures; only those that can be seen are read, off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from app.models.references import ReferenceListModel, ReferenceRow
from app.panes.delegates import REFERENCE_CELL
from app.panes.gallery_lists import ReferenceList
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.messages import Messages
    from vision import Reference

    Thumbnails = Callable[[tuple[Reference, ...]], Generator[tuple[str, QImage], None, None]]

_REMEMBERED: Final = 2000  # small pictures, of some 100 KB each
_AT_ONCE: Final = 12  # pictures of a job; what came into sight meanwhile is read next


class ReferenceView(ReferenceList):
    """Shows references, be they five or thousands.

    Args:
        model: the references.
        thumbnails: makes the job that reads small pictures, for the FILES lane.
        messages: is told where that fails.
    """

    def __init__(
        self,
        model: ReferenceListModel,
        thumbnails: Thumbnails,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self._references, self._thumbnails, self._messages = model, thumbnails, messages
        self._known: OrderedDict[str, QImage] = OrderedDict()
        self._unreadable: set[str] = set()
        self._asked: tuple[str, ...] = ()
        self._reading: Ticket | None = None
        self.setUniformItemSizes(True)
        self.verticalScrollBar().valueChanged.connect(self._read_seen)

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """Show other references."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._references.set_rows(
            tuple(ReferenceRow(one, self._known.get(one.id)) for one in references)
        )
        self._read_seen()

    def forget(self) -> None:
        """Read the pictures anew: they look otherwise now."""
        self._known.clear()
        self._unreadable.clear()

    def seen(self) -> range:
        """The places of the rows that can be seen, and of a row more."""
        count = self._references.rowCount()
        cell, area = REFERENCE_CELL, self.viewport().rect()
        columns = max(1, area.width() // cell.width())
        first = self.verticalScrollBar().value() // cell.height() * columns
        last = first + columns * (area.height() // cell.height() + 2)
        return range(min(first, count), min(last, count))

    def _read_seen(self) -> None:
        if self._reading is not None or not self.isVisible():
            return
        rows = self._references.rows
        wanted = [rows[place].reference for place in self.seen() if rows[place].thumbnail is None]
        known = [one for one in wanted if one.id in self._known]
        for one in known:  # read before, and seen again
            self._references.set_thumbnail(one.id, self._known[one.id])
        missing = [one for one in wanted if one.id not in self._known]
        missing = [one for one in missing if one.id not in self._unreadable][:_AT_ONCE]
        if not missing:
            return
        self._asked = tuple(one.id for one in missing)
        self._reading = run(
            self._thumbnails(tuple(missing)),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_thumbnail,
            on_done=self._on_read,
            on_failed=self._on_failed,
        )

    def _on_thumbnail(self, read: tuple[str, QImage]) -> None:
        reference_id, image = read
        self._known[reference_id] = image
        if len(self._known) > _REMEMBERED:
            self._references.set_thumbnail(self._known.popitem(last=False)[0], None)
        self._references.set_thumbnail(reference_id, image)

    def _on_read(self, _result: None) -> None:
        self._reading = None
        self._unreadable.update(one for one in self._asked if one not in self._known)
        self._read_seen()

    def _on_failed(self, error: Exception) -> None:
        self._reading = None
        self._unreadable.update(self._asked)
        self._messages.fail(error)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_seen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._read_seen()
