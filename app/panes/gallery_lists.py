"""The two lists of the gallery: references are dragged from one onto a side in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDrag, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from app.models.references import REFERENCE_ROLE, SIDE_ROLE, ReferenceRow, SideRow
from app.panes.delegates import REFERENCE_CELL, ReferenceDelegate, SideDelegate
from app.views.painting import painter_on
from app.views.theme import look_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QWidget

    from app.models.references import ReferenceListModel, SideListModel
    from vision import Reference

_KIND: Final = "application/x-touchstone-references"
_DRAGGED: Final = 96  # pixels of the picture under the cursor


class ReferenceList(QListView):
    """References as small pictures; several can be chosen, and dragged onto a side.

    `chosen_changed` tells those that are chosen.
    """

    chosen_changed = Signal(object)

    def __init__(self, model: ReferenceListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setItemDelegate(ReferenceDelegate(self))
        self.setGridSize(REFERENCE_CELL)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setDragEnabled(True)

    @property
    def chosen(self) -> tuple[Reference, ...]:
        """The chosen references, in their order; the current one where none is selected."""
        indexes = sorted(self.selectedIndexes(), key=lambda index: index.row())
        rows = [index.data(REFERENCE_ROLE) for index in indexes or [self.currentIndex()]]
        return tuple(row.reference for row in rows if isinstance(row, ReferenceRow))

    @property
    def listed(self) -> tuple[Reference, ...]:
        """All references of the list."""
        model = self.model()
        rows = (model.index(n, 0).data(REFERENCE_ROLE) for n in range(model.rowCount()))
        return tuple(row.reference for row in rows if isinstance(row, ReferenceRow))

    def choose(self, ids: Iterable[str]) -> None:
        """Choose the references with these ids, as far as they are listed."""
        wanted, model = set(ids), self.model()
        for place in range(model.rowCount()):
            index = model.index(place, 0)
            row = index.data(REFERENCE_ROLE)
            if isinstance(row, ReferenceRow) and row.reference.id in wanted:
                select = QItemSelectionModel.SelectionFlag.Select
                self.selectionModel().setCurrentIndex(index, select)

    @override
    def selectionChanged(self, chosen: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(chosen, before)
        self.chosen_changed.emit(self.chosen)

    @override
    def startDrag(self, _actions: Qt.DropAction) -> None:
        if not self.chosen:
            return
        drag = QDrag(self)
        drag.setMimeData(carried(self.chosen))
        row = self.currentIndex().data(REFERENCE_ROLE)
        if isinstance(row, ReferenceRow) and row.thumbnail is not None:
            shown = QPixmap.fromImage(row.thumbnail)
            drag.setPixmap(shown.scaled(_DRAGGED, _DRAGGED, Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.MoveAction)


class SideList(QListView):
    """Products and sides; `references_dropped` tells ids, and the row they were let go on."""

    references_dropped = Signal(object, object)

    def __init__(self, model: SideListModel, enough: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setModel(model)
        self.setItemDelegate(SideDelegate(self, enough))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setAcceptDrops(True)
        self._target = -1

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def _offer(self, event: QDragMoveEvent) -> None:
        """Take references over a side; files go on to the window."""
        if not event.mimeData().hasFormat(_KIND):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        index = self.indexAt(event.position().toPoint())
        event.setAccepted(event.type() == event.Type.DragEnter or index.isValid())
        self._point_at(index.row())

    def _point_at(self, row: int) -> None:
        self._target = row
        self.viewport().update()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._point_at(-1)
        super().dragLeaveEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target < 0:
            return
        area = self.visualRect(self.model().index(self._target, 0)).adjusted(4, 2, -4, -2)
        with painter_on(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(look_of(self.palette()).accent), 2.0))
            painter.drawRoundedRect(area, 6, 6)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._point_at(-1)
        row = self._row_at(event.position().toPoint())
        ids = ids_in(event.mimeData())
        if row is None or not ids:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self.references_dropped.emit(ids, row)

    def _row_at(self, place: QPoint) -> SideRow | None:
        row = self.indexAt(place).data(SIDE_ROLE)
        return row if isinstance(row, SideRow) else None


def carried(references: tuple[Reference, ...]) -> QMimeData:
    """References on their way by mouse."""
    mime = QMimeData()
    mime.setData(_KIND, QByteArray(",".join(each.id for each in references).encode()))
    return mime


def ids_in(mime: QMimeData) -> tuple[str, ...]:
    """The ids of the references that are being carried; none in other data."""
    if not mime.hasFormat(_KIND):
        return ()
    return tuple(bytes(mime.data(_KIND).data()).decode().split(","))
