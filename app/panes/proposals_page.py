"""Proposals: what somebody wants to change, with pictures; another person approves or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.proposals import PROPOSAL_ROLE, ProposalListModel
from app.panes.change_list import ChangeList
from app.panes.version_delegates import ProposalDelegate
from app.store import Proposal, ProposalState
from app.tasks import Lane, run

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.version_work import Proposals, VersionWork
    from app.store import Change


class ProposalsPage(QWidget):
    """`gallery_changed` tells that a proposal was approved."""

    gallery_changed = Signal()

    def __init__(
        self, work: VersionWork, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._messages = work, messages
        self._person, self._are_needed, self._is_busy = "", False, False
        self.proposals, self.list = ProposalListModel(self), QListView()
        self.changes = ChangeList(work.pictures, messages)
        self.reason = QLineEdit()
        self.approve, self.decline = QPushButton(), QPushButton()
        self._rule, self._title, self._facts, self._why = QLabel(), QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        for label in (self._rule, self._facts, self._why):
            label.setObjectName("note")
        for label in (self._rule, self._facts, self._why, self._title):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setObjectName("title")
        self.approve.setProperty("accent", True)
        self.list.setObjectName("filmstrip")
        self.list.setModel(self.proposals)
        self.list.setItemDelegate(ProposalDelegate(self))
        self.list.setMouseTracking(True)
        left = QFrame()
        left.setObjectName("strip")
        left.setFixedWidth(320)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._rule)
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.decline)
        line.addWidget(self.approve)
        right = QVBoxLayout()
        right.setContentsMargins(20, 12, 16, 12)
        right.setSpacing(8)
        for widget in (self._title, self._facts):
            right.addWidget(widget)
        right.addWidget(self.changes, 1)
        right.addWidget(self._why)
        right.addLayout(line)
        right.addStretch(0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_moved)
        self.reason.textChanged.connect(self._refresh)
        self.approve.clicked.connect(self._on_approve)
        self.decline.clicked.connect(self._on_decline)

    def open(self) -> None:
        """Read the proposals anew."""
        run(
            self._work.proposals(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_proposals,
            on_failed=self._messages.fail,
        )

    def _on_proposals(self, found: Proposals) -> None:
        chosen = self._chosen()
        self._person, self._are_needed, self._is_busy = found.person, found.are_needed, False
        waits_first = sorted(found.all, key=lambda each: each.state is not ProposalState.WAITING)
        self.proposals.set_rows(tuple(waits_first))
        numbers = [each.id for each in waits_first]
        place = numbers.index(chosen.id) if chosen is not None and chosen.id in numbers else 0
        self.list.setCurrentIndex(self.proposals.index(place))
        if not numbers:
            self.changes.show_changes(())
        self._refresh()

    def _chosen(self) -> Proposal | None:
        row = self.list.currentIndex().data(PROPOSAL_ROLE)
        return row if isinstance(row, Proposal) else None

    def _on_moved(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        chosen = self._chosen()
        self.changes.show_changes(chosen.changes if chosen is not None else ())
        self.reason.clear()
        self._refresh()

    def _on_approve(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._is_busy = True
        run(
            self._work.approve(chosen.id),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_approved,
            on_failed=self._on_failed,
        )
        self._refresh()

    def _on_approved(self, changes: tuple[Change, ...]) -> None:
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "Approved. Changes made in the gallery: {count}."),
            count=str(len(changes)),
        )
        self.gallery_changed.emit()
        self.open()

    def _on_decline(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._is_busy = True
        run(
            self._work.decline(chosen.id, self.reason.text()),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_declined,
            on_failed=self._on_failed,
        )
        self._refresh()

    def _on_declined(self, _result: None) -> None:
        self._messages.say(QT_TRANSLATE_NOOP("messages", "The gallery stays as it is."))
        self.open()

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._messages.fail(error)
        self._refresh()

    def _refresh(self, _what: object = None) -> None:
        chosen = self._chosen()
        is_waiting = chosen is not None and chosen.state is ProposalState.WAITING
        is_own = chosen is not None and chosen.author == self._person
        for widget in (self.approve, self.decline, self.reason):
            widget.setVisible(is_waiting)
        self.changes.setVisible(chosen is not None)
        self.approve.setEnabled(is_waiting and not is_own and not self._is_busy)
        has_reason = bool(self.reason.text().strip())
        self.decline.setEnabled(is_waiting and (is_own or has_reason) and not self._is_busy)
        self.decline.setText(self.tr("Withdraw") if is_own else self.tr("Refuse"))
        self._title.setText(self.proposals.title(chosen) if chosen is not None else "")
        self._facts.setText(self.proposals.facts(chosen) if chosen is not None else self._nothing())
        self._why.setText(self._why_words(chosen, is_waiting=is_waiting, is_own=is_own))
        self._why.setVisible(bool(self._why.text()))
        self._rule.setText(
            self.tr("Changes of this gallery wait here until a second person approves them.")
            if self._are_needed
            else self.tr(
                "This gallery is changed at once. In the settings you can have a second person "
                "approve every change."
            )
        )

    def _nothing(self) -> str:
        return self.tr("Nothing has been proposed yet.")

    def _why_words(self, chosen: Proposal | None, *, is_waiting: bool, is_own: bool) -> str:
        if chosen is None:
            return ""
        if not is_waiting:
            return self.tr("Reason: {text}").format(text=chosen.reason) if chosen.reason else ""
        if is_own:
            said = self.tr("You proposed this, “{person}”. Another person has to approve it.")
            return said.format(person=self._person)
        return self.tr("Look at every picture. To refuse, say why.")

    def _retranslate(self) -> None:
        self.reason.setPlaceholderText(self.tr("Why not (needed to refuse)"))
        self.reason.setAccessibleName(self.tr("Why not (needed to refuse)"))
        self.approve.setText(self.tr("Approve"))
        self.list.setAccessibleName(self.tr("Proposals"))
        self.changes.setAccessibleName(self.tr("What would change"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.proposals.reword()
            self.changes.changes.reword()
            self._retranslate()
        super().changeEvent(event)
