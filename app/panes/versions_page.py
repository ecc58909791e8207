"""Versions of the gallery: kept under a name, compared with pictures, restored if confirmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.change_words import count_words
from app.models.versions import VERSION_ROLE, RecordListModel, VersionListModel, VersionRow
from app.panes.change_list import ChangeList
from app.panes.question_card import QuestionCard
from app.panes.version_delegates import VersionDelegate
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.version_work import Restored, Versions, VersionWork
    from app.store import Change, Recorded, Snapshot


class VersionsPage(QWidget):
    """`gallery_changed` tells that a version was restored."""

    gallery_changed = Signal()

    def __init__(
        self, work: VersionWork, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._messages = work, messages
        self._comparing: Ticket | None = None
        self._listing: Ticket | None = None
        self.versions, self.records = VersionListModel(self), RecordListModel(self)
        self.version_list, self.record_list = QListView(), QListView()
        self.changes = ChangeList(work.pictures, messages)
        self.name, self.remark, self.keep = QLineEdit(), QLineEdit(), QPushButton()
        self.other = QComboBox()
        self.restore_button = QPushButton()
        self.differs_button, self.uses_button = QToolButton(), QToolButton()
        self.question = QuestionCard()
        self._take_heading, self._take_note = QLabel(), QLabel()
        self._title, self._note = QLabel(), QLabel()
        self._with, self._count = QLabel(), QLabel()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._take_heading.setObjectName("heading")
        for label in (self._take_note, self._note, self._count, self._with):
            label.setObjectName("note")
        for label in (self._take_note, self._note, self._title, self._count):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setObjectName("title")
        self.keep.setProperty("accent", True)
        self.version_list.setObjectName("filmstrip")
        self.version_list.setModel(self.versions)
        self.version_list.setItemDelegate(VersionDelegate(self))
        self.version_list.setMouseTracking(True)
        self.record_list.setObjectName("filmstrip")
        self.record_list.setModel(self.records)
        self.record_list.setSpacing(3)
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
        column.setContentsMargins(16, 12, 8, 0)
        column.setSpacing(8)
        for widget in (self._take_heading, self._take_note, self.name, self.remark, self.keep):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.version_list, 1)
        return left

    def _right(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.differs_button, self.uses_button):
            button.setCheckable(True)
            button.setAutoExclusive(True)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self._with)
        line.addWidget(self.other)
        self.other.setMinimumWidth(220)
        self.differs_button.setChecked(True)
        self._pages.addWidget(self.changes)
        self._pages.addWidget(self.record_list)
        right = QVBoxLayout()
        right.setContentsMargins(20, 12, 16, 0)
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self._note)
        right.addWidget(self.question)
        right.addLayout(line)
        right.addWidget(self._count)
        right.addWidget(self._pages, 1)
        return right

    def _connect(self) -> None:
        self.name.textChanged.connect(self._refresh)
        self.name.returnPressed.connect(self.keep.click)
        self.remark.returnPressed.connect(self.keep.click)
        self.keep.clicked.connect(self._on_keep)
        self.version_list.selectionModel().currentChanged.connect(self._on_version_moved)
        self.other.activated.connect(self._on_other)
        self.uses_button.toggled.connect(self._on_uses)
        self.restore_button.clicked.connect(self._on_restore)
        self.question.answered.connect(self._on_answered)

    def open(self) -> None:
        """Read the versions anew."""
        self.question.leave()
        self._listing = run(
            self._work.versions(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_versions,
            on_failed=self._messages.fail,
        )

    def restore(self, name: str) -> None:
        """Turn the gallery into what a snapshot holds."""
        self.restore_button.setEnabled(False)
        run(
            self._work.restore(name, self.tr("before “{name}”").format(name=name)),
            lane=Lane.FILES,
            owner=self,
            on_done=partial(self._on_restored, name),
            on_failed=self._on_not_restored,
        )

    def _on_versions(self, found: Versions) -> None:
        self._listing = None
        before = self._chosen()
        rows = [VersionRow(None, found.version, found.size, found.uses.get(found.version, 0))]
        rows += [
            VersionRow(
                each, each.gallery_version, each.size, found.uses.get(each.gallery_version, 0)
            )
            for each in found.snapshots
        ]
        self.versions.set_rows(tuple(rows))
        keys = [_key(row) for row in rows]
        wanted = _key(before) if before is not None else None
        place = keys.index(wanted) if wanted in keys else min(1, len(rows) - 1)
        self.version_list.setCurrentIndex(self.versions.index(place))

    def _chosen(self) -> VersionRow | None:
        row = self.version_list.currentIndex().data(VERSION_ROLE)
        return row if isinstance(row, VersionRow) else None

    def _is_chosen(self, row: VersionRow) -> bool:
        """Whether the version of a row, perhaps listed anew since, is still the chosen one."""
        chosen = self._chosen()
        return chosen is not None and _key(chosen) == _key(row)

    def _on_keep(self) -> None:
        if not self.name.text().strip():
            return
        self.keep.setEnabled(False)
        run(
            self._work.take(self.name.text(), self.remark.text()),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_taken,
            on_failed=self._on_not_taken,
        )

    def _on_taken(self, taken: Snapshot) -> None:
        self.name.clear()
        self.remark.clear()
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "The gallery of now is kept as “{name}”."),
            name=taken.name,
        )
        self.open()

    def _on_not_taken(self, error: Exception) -> None:
        self._messages.fail(error)
        self._refresh()

    def _on_version_moved(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.question.leave()
        self._offer_others()
        self._compare()
        self._read_records()
        self._refresh()

    def _offer_others(self) -> None:
        """List the versions that the chosen one can be compared with."""
        chosen = self._chosen()
        self.other.clear()
        for row in self.versions.rows:
            if row is not chosen:
                self.other.addItem(self.versions.title(row), row)

    def _pair(self) -> tuple[VersionRow, VersionRow] | None:
        """The chosen version and the other one, the older first."""
        chosen, other = self._chosen(), self.other.currentData()
        if chosen is None or not isinstance(other, VersionRow):
            return None
        order = list(self.versions.rows)  # the newest first
        older, newer = sorted((chosen, other), key=order.index, reverse=True)
        return older, newer

    def _compare(self) -> None:
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None
        self.changes.show_changes(())
        pair = self._pair()
        if pair is None:
            self._refresh()
            return
        self._comparing = run(
            self._work.compare(pair[0].snapshot, pair[1].snapshot),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_compared,
            on_failed=self._on_not_compared,
        )
        self._refresh()

    def _on_compared(self, changes: tuple[Change, ...]) -> None:
        self._comparing = None
        self.changes.show_changes(changes)
        self._refresh()

    def _on_not_compared(self, error: Exception) -> None:
        self._comparing = None
        self._messages.fail(error)
        self._refresh()

    def _read_records(self) -> None:
        self.records.set_rows(())
        chosen = self._chosen()
        if chosen is not None and chosen.uses:
            run(
                self._work.records(chosen.version),
                lane=Lane.FILES,
                owner=self,
                on_done=partial(self._on_records, chosen),
                on_failed=self._messages.fail,
            )

    def _on_records(self, asked: VersionRow, found: tuple[Recorded, ...]) -> None:
        if self._is_chosen(asked):
            self.records.set_rows(found)

    def _on_other(self, _place: int) -> None:
        self._compare()

    def _on_uses(self, are_shown: bool) -> None:
        self._pages.setCurrentWidget(self.record_list if are_shown else self.changes)
        self._refresh()

    def _on_restore(self) -> None:
        """Ask first, and say what would change."""
        chosen = self._chosen()
        if chosen is not None and chosen.snapshot is not None:
            run(
                self._work.compare(None, chosen.snapshot),
                lane=Lane.FILES,
                owner=self,
                on_done=partial(self._ask, chosen),
                on_failed=self._messages.fail,
            )

    def _ask(self, chosen: VersionRow, changes: tuple[Change, ...]) -> None:
        if not self._is_chosen(chosen):
            return
        name = self.versions.title(chosen)
        if not changes:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "The gallery is as in “{name}” already."), name=name
            )
            return
        asked = self.tr(
            "Restoring “{name}” changes the gallery: {changes}. How the gallery is now is kept as "
            "a snapshot, so that you can go back."
        )
        self.question.ask(
            asked.format(name=name, changes=count_words(changes)),
            self.tr("Restore"),
            self.tr("Leave the gallery as it is"),
        )

    def _on_answered(self, is_wished: bool) -> None:
        chosen = self._chosen()
        if is_wished and chosen is not None and chosen.snapshot is not None:
            self.restore(chosen.snapshot.name)

    def _on_restored(self, name: str, restored: Restored) -> None:
        if restored.changes:
            self._messages.say(
                QT_TRANSLATE_NOOP(
                    "messages", "The gallery is as in “{name}” again. Before: “{before}”."
                ),
                undo=partial(self.restore, restored.kept_as),
                name=name,
                before=restored.kept_as,
            )
            self.gallery_changed.emit()
        self.open()

    def _on_not_restored(self, error: Exception) -> None:
        self._messages.fail(error)
        self._refresh()

    def _refresh(self) -> None:
        chosen = self._chosen()
        self.keep.setEnabled(bool(self.name.text().strip()))
        is_named = chosen is not None and chosen.snapshot is not None and chosen.snapshot.name != ""
        self.restore_button.setEnabled(is_named)
        are_changes = self.differs_button.isChecked()
        for widget in (self._with, self.other, self._count):
            widget.setVisible(are_changes)
        uses = chosen.uses if chosen is not None else 0
        self.uses_button.setText(self.tr("Inspections made with it: {count}").format(count=uses))
        self._title.setText(self.versions.title(chosen) if chosen is not None else "")
        self._note.setText(self._facts(chosen) if chosen is not None else "")
        self._count.setText(self._count_words())

    def _facts(self, chosen: VersionRow) -> str:
        said = [self.versions.facts(chosen), chosen.version[:15]]
        if chosen.snapshot is not None and chosen.snapshot.note:
            said.append(chosen.snapshot.note)
        return " · ".join(said)

    def _count_words(self) -> str:
        pair = self._pair()
        if pair is None:
            return self.tr("There is no other version to compare with. Keep one under a name.")
        if self._comparing is not None:
            return self.tr("Comparing…")
        older, newer = (self.versions.title(row) for row in pair)
        changes = tuple(row.change for row in self.changes.changes.rows)
        if not changes:
            return self.tr("From “{older}” to “{newer}” nothing has changed.").format(
                older=older, newer=newer
            )
        said = self.tr("From “{older}” to “{newer}”: {changes}")
        return said.format(older=older, newer=newer, changes=count_words(changes))

    def _retranslate(self) -> None:
        self._take_heading.setText(self.tr("Keep the gallery of now"))
        self._take_note.setText(
            self.tr("A version holds references, zones and known lengths, and never changes.")
        )
        self.name.setPlaceholderText(self.tr("Name, as in “spring 2026”"))
        self.name.setAccessibleName(self.tr("Name of the version"))
        self.remark.setPlaceholderText(self.tr("What it is for (may stay empty)"))
        self.remark.setAccessibleName(self.tr("What it is for (may stay empty)"))
        self.keep.setText(self.tr("Keep this version"))
        self._with.setText(self.tr("Compared with"))
        self.other.setAccessibleName(self.tr("Compared with"))
        self.restore_button.setText(self.tr("Restore this version…"))
        self.differs_button.setText(self.tr("What differs"))
        self.version_list.setAccessibleName(self.tr("Versions"))
        self.changes.setAccessibleName(self.tr("What differs"))
        self.record_list.setAccessibleName(self.tr("Inspections"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.versions.reword()
            self.records.reword()
            self.changes.changes.reword()
            place = self.other.currentIndex()
            self._offer_others()
            self.other.setCurrentIndex(place)
            self._retranslate()
        super().changeEvent(event)


def _key(row: VersionRow) -> tuple[object, ...]:
    snapshot = row.snapshot
    return () if snapshot is None else (snapshot.name, snapshot.at, snapshot.gallery_version)
