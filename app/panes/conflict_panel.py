"""Conflicts between two galleries: a person says for one or for all whose word counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.models.conflicts import ConflictListModel, ConflictRow
from app.panes.version_delegates import ConflictDelegate
from app.panes.version_work import pictured
from app.store import Keep

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from app.store import Conflict

_ACTS: Final = ("mine", "theirs", "all_mine", "all_theirs")


class ConflictPanel(QWidget):
    """Hidden while there are none; `chosen` tells that a person has said something."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflicts, self.list = ConflictListModel(self), QListView()
        self._note, self._all = QLabel(), QLabel()
        self.buttons = {name: QPushButton() for name in _ACTS}
        self.list.setObjectName("filmstrip")
        self.list.setModel(self.conflicts)
        self.list.setItemDelegate(ConflictDelegate(self))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for label in (self._note, self._all):
            label.setObjectName("note")
        self._note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, button in self.buttons.items():
            if name == "all_mine":
                row.addStretch(1)
                row.addWidget(self._all)
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._note)
        whole.addWidget(self.list, 1)
        whole.addLayout(row)
        for name, act in (
            ("mine", self._on_mine),
            ("theirs", self._on_theirs),
            ("all_mine", self._on_all_mine),
            ("all_theirs", self._on_all_theirs),
        ):
            self.buttons[name].clicked.connect(act)
        self.list.selectionModel().currentChanged.connect(self._refresh)
        self._retranslate()
        self.show_conflicts(())

    def show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """List other conflicts, all of them undecided."""
        rows = tuple(ConflictRow(each, pictured(each.mine[0])) for each in conflicts)
        self.conflicts.set_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.conflicts.index(0))
        self.setVisible(bool(rows))
        self._refresh()

    def _say(self, keep: Keep) -> None:
        """Whose word counts in the chosen one; then the next undecided one is chosen."""
        place = self.list.currentIndex().row()
        if place < 0:
            return
        self.conflicts.keep(place, keep)
        rows = self.conflicts.rows
        following = [*range(place + 1, len(rows)), *range(place)]
        if left := [each for each in following if rows[each].keep is None]:
            self.list.setCurrentIndex(self.conflicts.index(left[0]))
        self._refresh()
        self.chosen.emit()

    def _say_all(self, keep: Keep) -> None:
        self.conflicts.keep_all(keep)
        self._refresh()
        self.chosen.emit()

    def _on_mine(self) -> None:
        self._say(Keep.MINE)

    def _on_theirs(self) -> None:
        self._say(Keep.THEIRS)

    def _on_all_mine(self) -> None:
        self._say_all(Keep.MINE)

    def _on_all_theirs(self) -> None:
        self._say_all(Keep.THEIRS)

    def _refresh(self, *_indexes: QModelIndex) -> None:
        count, left = self.conflicts.rowCount(), self.conflicts.open_count
        said = self.tr(
            "The two galleries contradict each other in {count} places. Say for each whose word "
            "counts; undecided: {left}."
        )
        self._note.setText(said.format(count=count, left=left))
        is_chosen = self.list.currentIndex().isValid()
        for name in ("mine", "theirs"):
            self.buttons[name].setEnabled(is_chosen)

    def _retranslate(self) -> None:
        mine, theirs = self.tr("This gallery counts"), self.tr("The file counts")
        self._all.setText(self.tr("In all of them:"))
        words = (mine, theirs, mine, theirs)
        for name, text in zip(_ACTS, words, strict=True):
            self.buttons[name].setText(text)
        self.list.setAccessibleName(self.tr("Contradictions"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.conflicts.reword()
            self._retranslate()
        super().changeEvent(event)
