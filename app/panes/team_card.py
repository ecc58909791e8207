"""Settings of a team: a gallery on a server, and changes that only two people can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)
from typing_extensions import override

from app.store import EntryRefused, parted, with_password
from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.messages import Messages
    from app.panes.team_work import Team, TeamWork


class TeamCard(QFrame):
    """`gallery_changed` tells that another gallery is used from now on."""

    gallery_changed = Signal()

    def __init__(self, work: TeamWork, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._work, self._messages = work, messages
        self._is_busy = False
        self.team: Team | None = None
        self._heads = {name: QLabel() for name in ("shared", "two")}
        self._notes = {name: QLabel() for name in ("state", "shared", "person", "two")}
        self.address, self.password, self.originals = QLineEdit(), QLineEdit(), QLineEdit()
        self.choose, self.share, self.own = QPushButton(), QPushButton(), QPushButton()
        self.needs_two, self.second, self.give_up = QCheckBox(), QLineEdit(), QPushButton()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        for label in self._heads.values():
            label.setObjectName("heading")
        for name, label in self._notes.items():
            label.setObjectName("note" if name != "state" else "strong")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        folder, acts, ending = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        folder.addWidget(self.originals, 1)
        folder.addWidget(self.choose)
        acts.addStretch(1)
        acts.addWidget(self.own)
        acts.addWidget(self.share)
        ending.addWidget(self.second, 1)
        ending.addWidget(self.give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        for part in (self._heads["shared"], self._notes["state"], self._notes["shared"]):
            column.addWidget(part)
        column.addWidget(self.address)
        column.addWidget(self.password)
        column.addLayout(folder)
        column.addLayout(acts)
        column.addSpacing(14)
        for label in (self._heads["two"], self._notes["person"], self._notes["two"]):
            column.addWidget(label)
        column.addWidget(self.needs_two)
        column.addLayout(ending)

    def _connect(self) -> None:
        self.address.textChanged.connect(self._on_address)
        self.originals.textChanged.connect(self._refresh)
        self.second.textChanged.connect(self._refresh)
        self.choose.clicked.connect(self._on_choose)
        self.share.clicked.connect(self._on_share)
        self.own.clicked.connect(self._on_own)
        self.needs_two.clicked.connect(self._on_needs_two)
        self.give_up.clicked.connect(self._on_give_up)

    @property
    def state(self) -> str:
        """How the gallery is kept, in words."""
        return self._notes["state"].text()

    def read(self) -> None:
        """Ask anew how the gallery is kept."""
        run(
            self._work.team(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_team,
            on_failed=self._messages.fail,
        )

    def _on_team(self, team: Team) -> None:
        self.team, self._is_busy = team, False
        if team.address and not self.address.text():
            self.address.setText(team.address)
            self.originals.setText(team.originals)
        self._refresh()

    def _on_address(self, text: str) -> None:
        """A password in the address goes where nobody can read it."""
        address, password = parted(text) if "@" in text else (text, "")
        if password:
            self.password.setText(password)
            self.address.setText(address)
        self._refresh()

    def _on_choose(self) -> None:
        title = self.tr("Choose the folder for the team's pictures")
        name = QFileDialog.getExistingDirectory(self, title, self.originals.text())
        if name:
            self.originals.setText(name)

    def _on_share(self) -> None:
        try:
            url = with_password(self.address.text().strip(), self.password.text())
        except EntryRefused as error:
            self._messages.fail(error)
            return
        self.password.clear()
        self._start(self._work.share(url, self.originals.text().strip()), Lane.MODEL)

    def _on_own(self) -> None:
        self._start(self._work.keep_own(), Lane.MODEL)

    def _on_needs_two(self, is_wished: bool) -> None:
        if is_wished:
            self._start(self._work.need_two(True, ""), Lane.FILES)
        else:  # giving it up needs a second person
            self.needs_two.setChecked(True)
            self.second.setFocus()
        self._refresh()

    def _on_give_up(self) -> None:
        self._start(self._work.need_two(False, self.second.text()), Lane.FILES)
        self.second.clear()

    def _start(self, steps: Generator[None, None, Team], lane: Lane) -> None:
        self._is_busy = True
        is_place = lane is Lane.MODEL
        run(
            steps,
            lane=lane,
            owner=self,
            on_done=self._on_other_gallery if is_place else self._on_rule,
            on_failed=self._on_failed,
        )
        self._refresh()

    def _on_other_gallery(self, team: Team) -> None:
        self._on_team(team)
        self.gallery_changed.emit()

    def _on_rule(self, team: Team) -> None:
        self._on_team(team)
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "Changes of the gallery now need a second person.")
            if team.needs_two
            else QT_TRANSLATE_NOOP("messages", "Everybody can change the gallery again.")
        )

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._messages.fail(error)
        self._refresh()

    def _refresh(self, _what: object = None) -> None:
        team = self.team
        is_ready = team is not None and not self._is_busy
        self._notes["state"].setText(self._state_words())
        complete = bool(self.address.text().strip() and self.originals.text().strip())
        self.share.setEnabled(is_ready and complete)
        self.own.setEnabled(is_ready and team is not None and bool(team.address))
        needs_two = team is not None and team.needs_two
        self.needs_two.setChecked(needs_two)
        self.needs_two.setEnabled(is_ready and not (team is not None and team.is_away))
        self.second.setVisible(needs_two)
        self.give_up.setVisible(needs_two)
        self.give_up.setEnabled(is_ready and bool(self.second.text().strip()))
        person = team.person if team is not None else ""
        self._notes["person"].setText(
            self.tr("You are “{person}”, as this computer knows you.").format(person=person)
        )

    def _state_words(self) -> str:
        team = self.team
        if self._is_busy:
            return self.tr("Asking the server…")
        if team is None:
            return self.tr("Opening the gallery…")
        if not team.address:
            return self.tr("The gallery is kept in this workspace.")
        if not team.is_away:
            return self.tr("Shared: {address}").format(address=team.address)
        seen = "" if team.seen_at is None else f"{team.seen_at.astimezone():%Y-%m-%d %H:%M}"
        said = self.tr("Shared, but away: {address}. A copy of {date} is read, and cannot change.")
        return said.format(address=team.address, date=seen)

    def _retranslate(self) -> None:
        self._heads["shared"].setText(self.tr("Shared gallery"))
        self._notes["shared"].setText(
            self.tr(
                "A team keeps one gallery in a PostgreSQL database, and its pictures in a folder "
                "that everybody sees. Leave the password empty where ~/.pgpass has it."
            )
        )
        self.address.setPlaceholderText("postgresql://user@server/gallery")
        for field, words in (
            (self.address, self.tr("Address of the database")),
            (self.password, self.tr("Password (may stay empty)")),
            (self.originals, self.tr("Folder of the pictures")),
            (self.second, self.tr("Who else agrees that one person is enough?")),
        ):
            field.setAccessibleName(words)
            if field is not self.address:
                field.setPlaceholderText(words)
        self.choose.setText(self.tr("Choose…"))
        self.share.setText(self.tr("Use this gallery"))
        self.own.setText(self.tr("Use this workspace's own gallery"))
        self._heads["two"].setText(self.tr("Four eyes"))
        self._notes["two"].setText(
            self.tr(
                "What one person changes in the gallery then waits as a proposal (Gallery, "
                "“Versions and history”) until another person approves it. It keeps mistakes "
                "out, not fraud: nobody proves who they are."
            )
        )
        self.needs_two.setText(self.tr("Changes of the gallery need a second person"))
        self.give_up.setText(self.tr("One person is enough"))
        self._refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
