"""The pictures concerned: a strip of references of any sides, from which their side is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.models.health_rows import ConcernedModel
from app.models.references import REFERENCE_ROLE, ReferenceRow
from app.panes.delegates import ReferenceDelegate
from app.tasks import Lane, Ticket, run
from app.views.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from app.messages import Messages
    from app.panes.workbench import Workbench
    from vision import Reference

MOST: Final = 120  # pictures that are shown at once
_CELL: Final = QSize(150, 152)
_ICON: Final = "gallery"


class ConcernedPictures(QWidget):
    """`side_wished` asks for the references of a product and side, `moved` tells the chosen one."""

    side_wished = Signal(str, str)
    moved = Signal(str)

    def __init__(self, bench: Workbench, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages
        self._reading: Ticket | None = None
        self._known: dict[str, QImage] = {}
        self._side: tuple[str, str] | None = None
        self._title, self._count = "", 0
        self.pictures = ConcernedModel(self)
        self.view = QListView()
        self.show_side = QToolButton()
        self._words = QLabel()
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._on_moved)
        self.view.activated.connect(self._on_show)
        self.show_side.clicked.connect(self._on_show)
        self._retranslate()

    def _lay_out(self) -> None:
        self._words.setObjectName("strong")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        view = self.view
        view.setObjectName("filmstrip")
        view.setModel(self.pictures)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(False)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMovement(QListView.Movement.Static)
        view.setItemDelegate(ReferenceDelegate(self))
        view.setGridSize(_CELL)
        view.setFixedHeight(_CELL.height() + 14)
        view.setMouseTracking(True)
        self.show_side.setObjectName("show")
        self.show_side.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addWidget(self.show_side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(line)
        whole.addWidget(view)

    @property
    def ids(self) -> tuple[str, ...]:
        """The references that are shown."""
        return tuple(row.reference.id for row in self.pictures.rows)

    @property
    def words(self) -> str:
        """What the pictures have in common, and how many there are."""
        return self._words.text()

    def show_pictures(
        self,
        title: str,
        references: Sequence[Reference],
        *,
        side: tuple[str, str] | None = None,
    ) -> None:
        """Show references under a title; `side` is what to open where there is none."""
        shown = tuple(references[:MOST])
        self._title, self._count, self._side = title, len(references), side
        if self._reading is not None:
            self._reading.cancel()
        self.pictures.set_rows(tuple(ReferenceRow(one, self._known.get(one.id)) for one in shown))
        missing = tuple(one for one in shown if one.id not in self._known)
        self._reading = run(
            self._bench.thumbnails(missing),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_thumbnail,
            on_failed=self._messages.fail,
        )
        self._refresh()

    def choose(self, reference_id: str) -> None:
        """Choose the picture of a reference, if it is shown."""
        if reference_id in self.ids:
            self.view.setCurrentIndex(self.pictures.index(self.ids.index(reference_id)))

    def _on_thumbnail(self, read: tuple[str, QImage]) -> None:
        self._known[read[0]] = read[1]
        self.pictures.set_thumbnail(*read)

    def _on_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(REFERENCE_ROLE) if current.isValid() else None
        self.moved.emit(row.reference.id if isinstance(row, ReferenceRow) else "")
        self._refresh()

    def _wished(self) -> tuple[str, str] | None:
        row = self.view.currentIndex().data(REFERENCE_ROLE)
        if isinstance(row, ReferenceRow):
            return row.reference.product, row.reference.side
        if self._side is None and self.pictures.rows:
            first = self.pictures.rows[0].reference
            return first.product, first.side
        return self._side

    def _on_show(self) -> None:
        side = self._wished()
        if side is not None:
            self.side_wished.emit(*side)

    def _refresh(self) -> None:
        said = self._title
        if not said:
            said = self.tr("Press a figure, a cell, a bar or a ring to see its pictures here.")
        elif self._count > MOST:
            said += " · " + self.tr("the first {shown} of {count} pictures").format(
                shown=MOST, count=self._count
            )
        else:
            said += " · " + self.tr("pictures: {count}").format(count=self._count)
        self._words.setObjectName("strong" if self._title else "note")
        self._words.style().polish(self._words)
        self._words.setText(said)
        self.show_side.setEnabled(self._wished() is not None)

    def _retranslate(self) -> None:
        self.show_side.setText(self.tr("Show this side"))
        self.show_side.setIcon(icon(_ICON))
        self.view.setAccessibleName(self.tr("Pictures concerned"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
        super().changeEvent(event)
