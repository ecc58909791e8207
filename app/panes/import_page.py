"""A table of pictures: what its lines name and what is wrong with them, before it is imported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QListView,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.import_lines import ImportLineModel
from app.panes.tool_row import ToolRow
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from app.messages import Messages
    from app.panes.gallery_changes import GalleryChanges
    from app.panes.trainer_bench import TrainerBench
    from app.store import Changes, ImportRow, PreviewRow

_ICONS: Final = {"back": "previous", "stop": "stop", "import": "accept"}
TABLE_SUFFIXES: Final = (".csv", ".tsv")


class ImportPage(QWidget):
    """`closed` asks to go back to the references; `imported` tells that some came in."""

    closed = Signal()
    imported = Signal()

    def __init__(
        self,
        bench: TrainerBench,
        changes: GalleryChanges,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._changes, self._messages = bench, changes, messages
        self._table: Path | None = None
        self._working: Ticket | None = None
        self._is_importing = False
        self._done = self._failed = 0
        self.lines = ImportLineModel(self)
        self.list = QListView()
        self.tools = ToolRow(_ICONS)
        self.buttons = self.tools.buttons
        self._title, self._note, self._bar = QLabel(), QLabel(), QProgressBar()
        self._lay_out()
        acts = {"back": self._on_back, "stop": self.stop, "import": self.import_all}
        self.tools.connect_to(acts)
        self._retranslate()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._bar.setTextVisible(False)
        self.list.setModel(self.lines)
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.list.setSpacing(2)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.tools)
        whole.addWidget(self._note)
        whole.addWidget(self._bar)
        whole.addWidget(self.list, 1)

    @property
    def note(self) -> str:
        """What the table holds, or how far the import is."""
        return self._note.text()

    def choose(self) -> bool:
        """Let a person choose a table; whether one was chosen."""
        kinds = f"{self.tr('Tables')} (*.csv *.tsv);;{self.tr('All files')} (*)"
        title = self.tr("Choose a table of pictures")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.open(Path(name))
        return bool(name)

    def open(self, table: Path) -> None:
        """Look through a table; nothing is imported."""
        self.stop()
        self._table = table
        self.lines.set_rows(())
        self._working = run(
            self._bench.preview_table(table),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_previewed,
            on_failed=self._on_failed,
        )
        self._retranslate()

    def import_all(self) -> None:
        """Import the lines without faults; the others are told and left out."""
        if self._table is None or self._working is not None:
            return
        self._is_importing, self._done, self._failed = True, 0, 0
        self._working = run(
            self._bench.import_table(self._table),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_step,
            on_done=self._on_imported,
            on_failed=self._on_failed,
        )
        self._refresh()

    def stop(self) -> None:
        """Stop; what was imported stays."""
        if self._working is not None:
            self._working.cancel()
            self._working = None
            if self._is_importing:
                self.imported.emit()
        self._is_importing = False
        self._refresh()

    def _on_previewed(self, rows: tuple[PreviewRow, ...]) -> None:
        self._working = None
        self.lines.set_rows(rows)
        self._refresh()

    def _on_step(self, row: ImportRow) -> None:
        self._done += 1
        self._failed += row.reference is None
        self._refresh()

    def _on_imported(self, changes: Changes) -> None:
        self._working, self._is_importing = None, False
        kept = self._done - self._failed
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "Lines imported: {kept}. Left out: {failed}."),
            undo=partial(self._changes.take_back, changes) if changes else None,
            kept=str(kept),
            failed=str(self._failed),
        )
        self._refresh()
        self.imported.emit()
        self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._working, self._is_importing = None, False
        self._messages.fail(error)
        self._refresh()

    def _on_back(self) -> None:
        self.stop()
        self.closed.emit()

    def _refresh(self) -> None:
        is_busy = self._working is not None
        good = sum(row.is_good for row in self.lines.rows)
        self._bar.setVisible(is_busy)
        self._bar.setRange(0, len(self.lines.rows) if self._is_importing else 0)
        self._bar.setValue(self._done)
        self.buttons["stop"].setEnabled(is_busy)
        self.buttons["import"].setEnabled(good > 0 and not is_busy)
        self._note.setText(self._note_words(good))

    def _note_words(self, good: int) -> str:
        count = len(self.lines.rows)
        if self._is_importing:
            said = self.tr("Importing: {done} of {count}")
            return said.format(done=self._done, count=count)
        if self._working is not None:
            return self.tr("Reading the table…")
        if not count:
            return self.tr("The table names no pictures.")
        said = self.tr("Good lines: {good}. With faults, left out: {bad}.")
        return said.format(good=good, bad=count - good)

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("References"),
            "stop": self.tr("Stop"),
            "import": self.tr("Import the good lines"),
        }
        self.tools.reword(words)
        name = self._table.name if self._table is not None else ""
        self._title.setText(self.tr("Import “{name}”").format(name=name))
        self.list.setAccessibleName(self.tr("Lines of the table"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.lines.reword()
        super().changeEvent(event)


def table_in(mime: QMimeData) -> Path | None:
    """The table in what was dropped, None where it is no single one."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    is_table = len(files) == 1 and files[0].suffix.casefold() in TABLE_SUFFIXES
    return files[0] if is_table else None
