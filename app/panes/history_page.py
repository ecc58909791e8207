"""History: every change of gallery and findings, found by act or words, written as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.audit_words import act_name
from app.models.history import HistoryModel
from app.panes.version_work import MOST_ENTRIES
from app.tasks import Lane, run

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.version_work import VersionWork
    from app.store import AuditEntry


class HistoryPage(QWidget):
    """The entries, the newest first."""

    def __init__(
        self, work: VersionWork, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._messages = work, messages
        self.entries = HistoryModel(self)
        self.table = QTableView()
        self.words, self.act, self.write = QLineEdit(), QComboBox(), QPushButton()
        self._count = QLabel()
        self._count.setObjectName("note")
        self._lay_out()
        self.words.textChanged.connect(self._filter)
        self.act.activated.connect(self._filter)
        self.write.clicked.connect(self.choose_file)
        self._retranslate()

    def _lay_out(self) -> None:
        table = self.table
        table.setModel(self.entries)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = table.horizontalHeader()
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((170, 150, 190)):
            table.setColumnWidth(column, width)
        self.words.setClearButtonEnabled(True)
        self.act.setMinimumWidth(180)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.act)
        line.addWidget(self.write)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 12, 16, 0)
        whole.setSpacing(8)
        whole.addLayout(line)
        whole.addWidget(self._count)
        whole.addWidget(table, 1)

    def open(self) -> None:
        """Read the history anew."""
        run(
            self._work.history(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_history,
            on_failed=self._messages.fail,
        )

    def choose_file(self) -> None:
        """Let a person choose where the entries that are shown are written."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the history"), "history.csv", "CSV (*.csv)"
        )
        if name:
            path = Path(name)
            self.write_to(path if path.suffix else path.with_suffix(".csv"))

    def write_to(self, path: Path) -> None:
        """Write the entries that are shown as CSV."""
        rows = tuple(self.entries.cells(each) for each in self.entries.entries)
        run(
            self._work.write_history(path, self.entries.headings(), rows),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_written,
            on_failed=self._messages.fail,
        )

    def _on_written(self, path: Path) -> None:
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "The history was written to “{path}”."), path=str(path)
        )

    def _on_history(self, entries: tuple[AuditEntry, ...]) -> None:
        self.entries.set_entries(entries)
        self._offer_acts()
        self._refresh()

    def _offer_acts(self) -> None:
        chosen = self.act.currentData()
        self.act.clear()
        self.act.addItem(self.tr("Every act"), "")
        for act in self.entries.acts:
            self.act.addItem(act_name(act), act)
        self.act.setCurrentIndex(max(0, self.act.findData(chosen)))

    def _filter(self, _what: object = None) -> None:
        self.entries.show(act=str(self.act.currentData() or ""), words=self.words.text())
        self._refresh()

    def _refresh(self) -> None:
        shown, count = len(self.entries.entries), self.entries.count
        said = self.tr("Entries: {shown} of {count}").format(shown=shown, count=count)
        if count >= MOST_ENTRIES:
            said += " · " + self.tr("Only the newest are listed; `gallery history` has all.")
        self._count.setText(said)
        self.write.setEnabled(shown > 0)

    def _retranslate(self) -> None:
        self.words.setPlaceholderText(self.tr("Find a name, a product, a person"))
        self.words.setAccessibleName(self.tr("Find a name, a product, a person"))
        self.act.setAccessibleName(self.tr("Act"))
        self.write.setText(self.tr("Write as CSV…"))
        self.table.setAccessibleName(self.tr("History"))
        self._offer_acts()
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.entries.reword()
            self._retranslate()
        super().changeEvent(event)
