"""What was and what will be of the gallery: its versions and its history, over the whole pane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.references import SIDE_ROLE, SideListModel, SideRow
from app.panes.health_page import HealthPage
from app.panes.history_page import HistoryPage
from app.panes.proposals_page import ProposalsPage
from app.panes.thresholds_page import ThresholdsPage
from app.panes.travel_page import TravelPage
from app.panes.versions_page import VersionsPage
from app.store import GALLERY_SUFFIX
from app.tasks import Lane, run
from app.views.icons import icon

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from app.messages import Messages
    from app.panes.actions import ActionBook
    from app.panes.workbench import Workbench

# Whoever does one of these wants to see the references.
_OF_REFERENCES: Final = (
    "add_references",
    "import_table",
    "paste_reference",
    "edit_zones",
    "edit_traits",
    "check_gallery",
)
_ICONS: Final = {
    "back": "previous",
    "health": "looked-at",
    "thresholds": "ruler",
    "versions": "versions",
    "travel": "folder",
    "proposals": "accept",
    "history": "note",
}


class GalleryRecords(QWidget):
    """Hidden until opened; `changed` tells that the gallery is another one now, `moved` both ways.

    `side_wished` asks for the references of a product and side.

    Args:
        bench: does the work.
        messages: is told what happened.
        book: gets the action that opens this.
    """

    changed = Signal()
    moved = Signal()
    side_wished = Signal(str, str)

    def __init__(
        self,
        bench: Workbench,
        messages: Messages,
        book: ActionBook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._messages, self._book = bench, messages, book
        self._under: QWidget | None = None
        self._side_list: QListView | None = None
        book.add("records", self.open, icon_name="versions", keys=("Ctrl+H",))
        self.entrance = QWidget()
        book.add("gallery_health", self.open_health, icon_name="looked-at", keys=("Ctrl+Shift+K",))
        book.add("thresholds", self.open_thresholds, icon_name="ruler", keys=("Ctrl+Shift+T",))
        self.health = HealthPage(bench, messages)
        self.thresholds = ThresholdsPage(bench.thresholds, messages)
        self.versions = VersionsPage(bench.versions, messages)
        self.history = HistoryPage(bench.versions, messages)
        self.travel = TravelPage(bench.versions, messages)
        self.proposals = ProposalsPage(bench.versions, messages)
        self.pages: dict[
            str,
            HealthPage | VersionsPage | TravelPage | ProposalsPage | HistoryPage | ThresholdsPage,
        ] = {
            "health": self.health,
            "versions": self.versions,
            "travel": self.travel,
            "proposals": self.proposals,
            "history": self.history,
            "thresholds": self.thresholds,
        }
        self._last = "versions"
        self.buttons = {name: QToolButton() for name in _ICONS}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        doors = QVBoxLayout(self.entrance)
        doors.setContentsMargins(0, 0, 0, 0)
        doors.setSpacing(2)
        for name in ("gallery_health", "thresholds", "records"):
            door = self._book.button(name)
            door.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            doors.addWidget(door)
        bar = QFrame()
        bar.setObjectName("toolbar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(4)
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            line.addWidget(button)
            if name == "back":
                line.addSpacing(16)
            else:
                button.setCheckable(True)
                self._group.addButton(button)
        line.addStretch(1)
        for page in self.pages.values():
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.buttons["back"].clicked.connect(self.leave)
        for name in _OF_REFERENCES:
            self._book[name].triggered.connect(self.leave)
        self._group.buttonClicked.connect(self._on_page_wished)
        self.health.side_wished.connect(self._on_side_wished)
        self.versions.gallery_changed.connect(self.take_up)
        self.travel.gallery_changed.connect(self.take_up)
        self.proposals.gallery_changed.connect(self.take_up)
        self.thresholds.changed.connect(self.changed)

    def lie_over(self, under: QWidget, side_list: QListView) -> None:
        """Say what this hides while it is open, and where the sides are listed."""
        self._under, self._side_list = under, side_list

    def open(self, page: str = "") -> None:
        """Show one of the pages; by default that of the past that was shown last."""
        name = page if page in self.pages else self._last
        if name not in ("health", "thresholds"):
            self._last = name
        self.buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self.pages[name])
        self.thresholds.offer(self._sides())
        self.pages[name].open()
        if self._under is not None:
            self._under.hide()
        self.show()
        self.setFocus()
        self.moved.emit()

    def open_health(self) -> None:
        """Show how the gallery stands."""
        self.open("health")

    def open_thresholds(self) -> None:
        """Show the thresholds of the side that was shown."""
        row = self._side_list.currentIndex().data(SIDE_ROLE) if self._side_list else None
        if isinstance(row, SideRow):
            self.thresholds.offer(self._sides())
            self.thresholds.choose(row.product, row.side)
        self.open("thresholds")

    def _sides(self) -> tuple[tuple[str, str], ...]:
        model = self._side_list.model() if self._side_list is not None else None
        rows = model.all_rows if isinstance(model, SideListModel) else ()
        return tuple((row.product, row.side) for row in rows)

    def take(self, mime: QMimeData) -> bool:
        """Look into a gallery file that was dropped; whether it was one. Else the rest is shown."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        dropped = [each for each in files if each.suffix.casefold() == GALLERY_SUFFIX]
        if dropped:
            self.open("travel")
            self.travel.look_into(dropped[0])
        elif not self.isHidden():
            self.leave()
        return bool(dropped)

    def leave(self) -> None:
        """Show the references again."""
        self.hide()
        if self._under is not None:
            self._under.show()
        self.moved.emit()

    def take_up(self) -> None:
        """Let the search know the gallery of now, then tell that it has changed."""
        run(
            self._bench.catch_up(),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_taken_up,
            on_failed=self._messages.fail,
        )

    def _on_taken_up(self, _count: int) -> None:
        self.changed.emit()

    def _on_side_wished(self, product: str, side: str) -> None:
        self.leave()
        self.side_wished.emit(product, side)

    def _on_page_wished(self, button: QToolButton) -> None:
        self.open(button.objectName())

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("References"),
            "health": self.tr("Health"),
            "thresholds": self.tr("Thresholds"),
            "versions": self.tr("Versions"),
            "travel": self.tr("One file"),
            "proposals": self.tr("Proposals"),
            "history": self.tr("History"),
        }
        for name, button in self.buttons.items():
            button.setText(words[name])
            button.setIcon(icon(_ICONS[name]))
        self._book.reword(
            {
                "records": self.tr("Versions and history"),
                "gallery_health": self.tr("Health of the gallery"),
                "thresholds": self.tr("Thresholds…"),
            }
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
        super().changeEvent(event)
