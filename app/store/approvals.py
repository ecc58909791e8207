"""Four eyes: where the rule holds, one person proposes changes and another one approves them.

proposal    changes that were made on a draft and wait for a second person. Not: request, review.

Who a person is, the computer says and nobody proves: the rule keeps mistakes out, not fraud.
"""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store import entries, originals
from app.store.contents import Contents, KeptReference, KeptTraits, now, read_contents
from app.store.differences import Change, is_same, key, things
from app.store.errors import (
    ApprovalNeeded,
    NoSuchProposal,
    OriginalMissing,
    ProposalDecided,
    ProposalOutdated,
    SamePerson,
)
from app.store.replacing import make_changes
from app.store.rules import FOUR_EYES, is_set, set_rule
from app.store.tables import AuditRow, ProposalRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.store.database import Database
    from app.store.shared_database import SharedDatabase


class ProposalState(StrEnum):
    """What became of a proposal."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody wants to change; `reason` is why it was declined."""

    id: int
    note: str
    author: str
    at: datetime
    changes: tuple[Change, ...]
    state: ProposalState
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


class Approvals:
    """The rule of four eyes and the proposals of one gallery.

    Args:
        database: keeps them.
        folder: where originals lie.
        author: who is at work.
    """

    def __init__(self, database: Database | SharedDatabase, folder: Path, author: str) -> None:
        self._database = database
        self._folder = folder
        self._author = author

    @property
    def is_needed(self) -> bool:
        """Whether the gallery changes only where two people agree."""
        with self._database.reading() as session:
            return is_set(session, FOUR_EYES)

    def need(self, holds: bool, *, agreed: str = "") -> None:
        """Let the rule hold, or hold no more; giving it up needs a second person, `agreed`.

        Raises:
            SamePerson: nobody else agreed.
        """
        with self._database.writing() as session:
            if is_set(session, FOUR_EYES) and not holds:
                self._check_other(agreed)
            set_rule(session, FOUR_EYES, holds=holds, agreed=agreed)

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """A session that changes the gallery at once.

        Raises:
            ApprovalNeeded: a second person has to approve changes.
        """
        with self._database.writing() as session:
            if is_set(session, FOUR_EYES):
                raise ApprovalNeeded
            yield session

    def propose(self, changes: Iterable[Change], *, note: str = "") -> Proposal:
        """Keep changes until another person decides.

        Raises:
            EntryRefused: the note cannot be kept, or nobody is known to propose.
            ValueError: no changes.
        """
        wanted = tuple(changes)
        if not wanted:
            raise ValueError("expected changes to propose, found none")
        author = entries.name(self._author, "author")
        with self._database.writing() as session:
            row = ProposalRow(
                note=entries.remark(note),
                changes=[change.model_dump(mode="json") for change in wanted],
                author=author,
                state=ProposalState.WAITING.value,
            )
            session.add(row)
            session.flush()
            self._remember(session, "propose", row)
            return _proposal(row)

    def all(self, state: ProposalState | None = None) -> tuple[Proposal, ...]:
        """Every proposal, or those of one state; the oldest first."""
        query = select(ProposalRow).order_by(ProposalRow.id)
        if state is not None:
            query = query.where(ProposalRow.state == state.value)
        with self._database.reading() as session:
            return tuple(_proposal(row) for row in session.scalars(query))

    def approve(self, number: int) -> tuple[Change, ...]:
        """Make the changes of somebody else's proposal: all of them, or none.

        Returns:
            What was changed; what others had done already is left out.

        Raises:
            NoSuchProposal: there is none of this number.
            ProposalDecided: it was approved or declined before.
            SamePerson: it is one's own.
            ProposalOutdated: what it changes has been changed since.
            OriginalMissing: a picture that it adds is gone.
        """
        with self._database.writing() as session:
            row = self._waiting(session, number)
            self._check_other(row.author)
            changes = _left_to_make(_proposal(row), read_contents(session))
            self._check_originals(changes)
            gone = make_changes(session, changes)
            self._decide(session, row, ProposalState.APPROVED, "")
            return changes + gone

    def decline(self, number: int, *, reason: str = "") -> None:
        """Let nothing come of a proposal; whoever made it may withdraw it.

        Raises:
            NoSuchProposal: there is none of this number.
            ProposalDecided: it was approved or declined before.
        """
        reason = entries.remark(reason)
        with self._database.writing() as session:
            row = self._waiting(session, number)
            self._decide(session, row, ProposalState.DECLINED, reason)

    def files(self) -> set[Path]:
        """Originals that a waiting proposal needs."""
        waiting = self.all(ProposalState.WAITING)
        return {file for each in waiting for _, file in self._files(each.changes)}

    def _waiting(self, session: Session, number: int) -> ProposalRow:
        row = session.get(ProposalRow, number)
        if row is None:
            raise NoSuchProposal(number)
        if row.state != ProposalState.WAITING.value:
            raise ProposalDecided(number, by=row.decided_by)
        return row

    def _decide(
        self, session: Session, row: ProposalRow, state: ProposalState, reason: str
    ) -> None:
        row.state, row.reason = state.value, reason
        row.decided_by, row.decided_at = self._author, now()
        self._remember(session, "approve" if state is ProposalState.APPROVED else "decline", row)

    def _remember(self, session: Session, act: str, row: ProposalRow) -> None:
        detail = {
            "proposed_by": row.author,
            "note": row.note,
            "reason": row.reason,
            "changes": len(row.changes),
        }
        session.add(AuditRow(act=act, subject=f"proposal {row.id}", detail=detail))

    def _check_other(self, person: str) -> None:
        if not _plain(person) or not _plain(self._author) or _plain(person) == _plain(self._author):
            raise SamePerson(self._author)

    def _check_originals(self, changes: Sequence[Change]) -> None:
        for (product, side), file in self._files(changes):
            if not file.is_file():
                raise OriginalMissing(file, product=product, side=side)

    def _files(self, changes: Sequence[Change]) -> Iterator[tuple[tuple[str, str], Path]]:
        """The stored files that changes need, each with the product and side that need it."""
        for change in changes:
            after = change.after
            if isinstance(after, KeptReference):
                needed = Contents(references=(after,))
            elif isinstance(after, KeptTraits):
                needed = Contents(traits=(after,))
            else:
                continue
            for each in needed.files():
                yield (after.product, after.side), originals.lying(self._folder, *each)


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id,
        note=row.note,
        author=row.author,
        at=row.at,
        changes=tuple(Change.model_validate(change) for change in row.changes),
        state=ProposalState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def _left_to_make(proposal: Proposal, contents: Contents) -> tuple[Change, ...]:
    """What is not done yet; everything else must be as it was when the draft was made."""
    here = things(contents)
    found = [(change, here.get(key(change.thing))) for change in proposal.changes]
    left = [(change, thing) for change, thing in found if not is_same(thing, change.after)]
    outdated = [change for change, thing in left if not is_same(thing, change.before)]
    if outdated:
        raise ProposalOutdated(proposal.id, outdated)
    return tuple(change for change, _ in left)


def _plain(person: str) -> str:
    """A name without what people do not see or mean."""
    return " ".join(unicodedata.normalize("NFKC", person).casefold().split())
