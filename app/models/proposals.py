"""The proposals of a gallery that changes only where two people agree, as a list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from typing_extensions import override

from app.change_words import count_words
from app.models.row_list import RowListModel
from app.store import Proposal, ProposalState

PROPOSAL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 8


class ProposalListModel(RowListModel[Proposal]):
    """The proposals, each with a title and a line of facts."""

    ROLE = PROPOSAL_ROLE
    ROLE_NAME = b"proposal"

    def set_rows(self, rows: tuple[Proposal, ...]) -> None:
        """List other proposals."""
        self._list(rows)

    def title(self, proposal: Proposal) -> str:
        """Its number and what it is about."""
        said = self.tr("Proposal {number}").format(number=proposal.id)
        return f"{said} · {proposal.note}" if proposal.note else said

    def state_words(self, proposal: Proposal) -> str:
        """Whether it waits, or who decided."""
        match proposal.state:
            case ProposalState.WAITING:
                return self.tr("waits for a second person")
            case ProposalState.APPROVED:
                return self.tr("approved by {person}").format(person=proposal.decided_by)
            case ProposalState.DECLINED:
                return self.tr("declined by {person}").format(person=proposal.decided_by)

    def facts(self, proposal: Proposal) -> str:
        """Who proposed it when, what it changes, and what became of it."""
        at = f"{proposal.at.astimezone():%Y-%m-%d %H:%M}"
        said = (at, proposal.author, count_words(proposal.changes), self.state_words(proposal))
        return " · ".join(each for each in said if each)

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(row)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.title(row)}\n{self.facts(row)}"
        return None
