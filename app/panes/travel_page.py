"""One file: the gallery is written into it, or one is looked into, settled, and loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.change_words import count_words
from app.panes.change_list import ChangeList
from app.panes.conflict_panel import ConflictPanel
from app.panes.progress_line import ProgressLine
from app.store import GALLERY_SUFFIX
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtGui import QImage

    from app.messages import Messages
    from app.panes.version_work import VersionWork
    from app.store import Change, Progress, Travelled


class TravelPage(QWidget):
    """`gallery_changed` tells that a file was loaded."""

    gallery_changed = Signal()

    def __init__(
        self, work: VersionWork, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._messages = work, messages
        self._job: Ticket | None = None
        self._path: Path | None = None
        self.written: Travelled | None = None
        self.found: Travelled | None = None
        self._heads = {name: QLabel() for name in ("write", "load")}
        self._notes = {name: QLabel() for name in ("write", "load", "seal")}
        self.write, self.choose, self.copy = QPushButton(), QPushButton(), QPushButton()
        self.seal = QLineEdit()
        self.progress = ProgressLine()
        self._title, self._facts, self._count = QLabel(), QLabel(), QLabel()
        self.conflicts = ConflictPanel()
        self.changes = ChangeList(self._pictures, messages)
        self.load, self.leave = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        for label in self._heads.values():
            label.setObjectName("heading")
        for label in (*self._notes.values(), self._facts, self._count):
            label.setObjectName("note")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self._notes["seal"].setTextInteractionFlags(selectable)
        self._facts.setTextInteractionFlags(selectable)
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.load.setProperty("accent", True)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._left())
        whole.addLayout(self._right(), 1)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setObjectName("strip")
        left.setFixedWidth(320)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        for widget in (self._heads["write"], self._notes["write"], self.write):
            column.addWidget(widget)
        column.addWidget(self._notes["seal"])
        column.addWidget(self.copy)
        column.addSpacing(22)
        column.addWidget(self._heads["load"])
        column.addWidget(self._notes["load"])
        column.addWidget(self.seal)
        column.addWidget(self.choose)
        column.addStretch(1)
        return left

    def _right(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.load)
        head.addWidget(self.leave)
        right = QVBoxLayout()
        right.setContentsMargins(20, 12, 16, 0)
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self.progress)
        right.addWidget(self._facts)
        right.addWidget(self.conflicts, 3)
        right.addWidget(self._count)
        right.addWidget(self.changes, 2)
        right.addStretch(0)  # takes the room while no file is shown
        return right

    def _connect(self) -> None:
        self.write.clicked.connect(self.choose_target)
        self.choose.clicked.connect(self.choose_file)
        self.copy.clicked.connect(self._on_copy)
        self.progress.stop_wished.connect(self.stop)
        self.load.clicked.connect(self._on_load)
        self.leave.clicked.connect(self.put_away)
        self.conflicts.chosen.connect(self._refresh)

    def open(self) -> None:
        """Nothing is read before a file is chosen."""

    def choose_target(self) -> None:
        """Let a person choose where the gallery is written."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the gallery"), f"gallery{GALLERY_SUFFIX}", self._kinds()
        )
        if name:
            path = Path(name)
            self.write_to(path if path.suffix else path.with_suffix(GALLERY_SUFFIX))

    def choose_file(self) -> None:
        """Let a person choose a gallery file."""
        title = self.tr("Choose a gallery file")
        name, _ = QFileDialog.getOpenFileName(self, title, "", self._kinds())
        if name:
            self.look_into(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the whole gallery into a file."""
        self.stop()
        self.written = None
        self._start(self._work.export(path), self._on_written)

    def look_into(self, path: Path) -> None:
        """Read a file through, and show what it would bring."""
        self.put_away()
        self._path = path
        self._start(self._work.preview(path), self._on_looked)

    def stop(self) -> None:
        """Stop what is going on; nothing half is left."""
        if self._job is not None:
            self._job.cancel()
        self._end()

    def put_away(self) -> None:
        """Load nothing."""
        self.stop()
        self._path = self.found = None
        self.conflicts.show_conflicts(())
        self.changes.show_changes(())
        self._refresh()

    def _start(
        self, steps: Generator[Progress, None, Travelled], then: Callable[[Travelled], None]
    ) -> None:
        self.progress.begin()
        self._job = run(
            steps,
            lane=Lane.FILES,
            owner=self,
            on_step=self.progress.tell,
            on_done=then,
            on_failed=self._on_failed,
        )
        self._refresh()

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._refresh()

    def _on_failed(self, error: Exception) -> None:
        self._messages.fail(error)
        if self.found is None:
            self._path = None
        self._end()

    def _on_written(self, written: Travelled) -> None:
        self.written = written
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "The gallery was written to “{path}”."),
            path=written.path,
        )
        self._end()

    def _on_looked(self, found: Travelled) -> None:
        self.found = found
        self.conflicts.show_conflicts(found.conflicts)
        self.changes.show_changes(found.changes)
        self._end()
        if found.conflicts and self._path is not None:
            changes = tuple(each for one in found.conflicts for each in one.theirs_instead)
            run(
                self._work.file_pictures(self._path, changes),
                lane=Lane.FILES,
                owner=self,
                on_step=self._on_picture,
                on_failed=self._messages.fail,
            )

    def _on_picture(self, read: tuple[str, QImage]) -> None:
        self.conflicts.conflicts.set_picture(*read)

    def _on_load(self) -> None:
        if self._path is not None:
            choices = self.conflicts.conflicts.choices
            self._start(self._work.load(self._path, choices, self.seal.text()), self._on_loaded)

    def _on_loaded(self, loaded: Travelled) -> None:
        self._messages.say(
            QT_TRANSLATE_NOOP(
                "messages",
                "Loaded “{path}”. References added: {added}, other changes: {other}.",
            ),
            path=loaded.path,
            added=str(loaded.added),
            other=str(len(loaded.changes) - loaded.added),
        )
        self.seal.clear()
        self.put_away()
        self.gallery_changed.emit()

    def _pictures(self, changes: tuple[Change, ...]) -> Generator[tuple[str, QImage], None, None]:
        if self._path is None:
            return self._work.pictures(changes)
        return self._work.file_pictures(self._path, changes)

    def _on_copy(self) -> None:
        if self.written is not None:
            QGuiApplication.clipboard().setText(self.written.seal)

    def _kinds(self) -> str:
        return f"{self.tr('Gallery files')} (*{GALLERY_SUFFIX});;{self.tr('All files')} (*)"

    def _refresh(self) -> None:
        is_busy, found = self._job is not None, self.found
        self.write.setEnabled(not is_busy)
        self.choose.setEnabled(not is_busy)
        self.copy.setVisible(self.written is not None)
        self._notes["seal"].setVisible(self.written is not None)
        if self.written is not None:
            self._notes["seal"].setText(
                self.tr("Written. Tell the receiver this seal by another way:\n{seal}").format(
                    seal=_in_lines(self.written.seal)
                )
            )
        left = self.conflicts.conflicts.open_count
        something = found is not None and bool(found.changes or found.conflicts)
        self.load.setEnabled(something and not is_busy and not left)
        for widget in (self.load, self.leave, self._count):
            widget.setVisible(found is not None)
        self.changes.setVisible(found is not None and bool(found.changes))
        self._title.setText(self._path.name if self._path is not None else "")
        self._facts.setText(self._facts_words())
        self._count.setText(self._count_words())

    def _facts_words(self) -> str:
        found = self.found
        if found is None:
            if self._path is not None:
                return self.tr("Reading the file through, every byte of it…")
            return self.tr("What a chosen file would bring is shown here before it is loaded.")
        said = self.tr("References in the file: {count}. Its seal: {seal}")
        return said.format(count=found.references, seal=found.seal)

    def _count_words(self) -> str:
        if self.found is None:
            return ""
        if not self.found.changes and not self.found.conflicts:
            return self.tr("Everything in the file is in this gallery already.")
        if not self.found.changes:
            return self.tr("Nothing comes in besides what you decide above.")
        said = self.tr("What comes in: {changes}")
        return said.format(changes=count_words(self.found.changes))

    def _retranslate(self) -> None:
        self._heads["write"].setText(self.tr("Write the gallery into one file"))
        self._notes["write"].setText(
            self.tr("Pictures, zones and records of all references, each under a hash.")
        )
        self.write.setText(self.tr("Choose where to write…"))
        self.copy.setText(self.tr("Copy the seal"))
        self._heads["load"].setText(self.tr("Load a gallery file"))
        self._notes["load"].setText(
            self.tr(
                "Loading is all or nothing. A file that was damaged or changed is refused. With "
                "the seal that the sender told you, nobody can have put in another file."
            )
        )
        self.seal.setPlaceholderText(self.tr("Seal (may stay empty)"))
        self.seal.setAccessibleName(self.tr("Seal (may stay empty)"))
        self.choose.setText(self.tr("Choose a file…"))
        self.load.setText(self.tr("Load"))
        self.leave.setText(self.tr("Do not load"))
        self.changes.setAccessibleName(self.tr("What comes in"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.changes.changes.reword()
            self._retranslate()
        super().changeEvent(event)


def _in_lines(seal: str) -> str:
    """The seal in parts that can be read out."""
    hexes = seal.removeprefix("sha256:")
    parts = [hexes[place : place + 8] for place in range(0, len(hexes), 8)]
    return "\n".join(" ".join(parts[place : place + 4]) for place in (0, 4))
