"""Where a scan begins: folders to be chosen or dropped, and the scans made before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from app.models.row_list import RowListModel
from app.panes.placeholder import Placeholder
from app.store import ScanRecord

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QAction

RECORD_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_WIDEST: Final = 900


class ScanListModel(RowListModel[ScanRecord]):
    """Scans, the newest first."""

    ROLE = RECORD_ROLE
    ROLE_NAME = b"scan"

    def set_scans(self, scans: tuple[ScanRecord, ...]) -> None:
        """List other scans."""
        self._list(scans)

    @override
    def told(self, place: int, role: int) -> object:
        record = self._rows[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._line(record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(record.folders)
        return None

    def _line(self, record: ScanRecord) -> str:
        begun = f"{record.begun_at.astimezone():%Y-%m-%d %H:%M}"
        text = self.tr("{folders}  ·  {begun}  ·  files: {count}")
        if record.ended_at is None:
            text = self.tr("{folders}  ·  {begun}  ·  files: {count}  ·  not finished")
        return text.format(folders=", ".join(record.folders), begun=begun, count=record.files)


class EarlierScans(QWidget):
    """`picked` tells the record of a scan that is to be shown again."""

    picked = Signal(object)

    def __init__(self, actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ScanListModel(self)
        self.start = Placeholder(actions)
        self.list, self._title = QListView(), QLabel()
        self._title.setObjectName("section")
        self.list.setModel(self.model)
        self.list.setSpacing(3)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_activated)
        self._below = QWidget()
        self._below.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(self._below)
        column.setContentsMargins(24, 0, 24, 24)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.start, 3)
        stack.addWidget(self._below, 2)
        stack.setAlignment(self._below, Qt.AlignmentFlag.AlignHCenter)
        self._below.setMinimumWidth(_WIDEST * 4 // 5)
        self._retranslate()
        self.show_scans(())

    def show_scans(self, scans: tuple[ScanRecord, ...]) -> None:
        """List the scans made before."""
        self.model.set_scans(scans)
        self._below.setVisible(bool(scans))

    def _on_activated(self, index: QModelIndex) -> None:
        record = index.data(RECORD_ROLE)
        if isinstance(record, ScanRecord):
            self.picked.emit(record)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Earlier scans"))
        self.list.setAccessibleName(self.tr("Earlier scans"))
        self.start.tell(
            "scan",
            self.tr("Look through whole folders"),
            self.tr(
                "Drop folders of photos here, or choose one. Every photo in them, also further "
                "below, is compared with the gallery; the most suspicious come first."
            ),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.model.reword()
        super().changeEvent(event)
