"""What examiners decide of photos survives, is kept once, and leaves a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.store import Decided, Decision, Subject, Workspace
from app.store.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUBJECT = Subject("a" * 64, "茶", "正面")
DIFFERS = Decision(
    SUBJECT, Decided.DIFFERS, "李雷", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC), {"gallery": "g"}
)

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


def audited(workspace: Workspace) -> list[dict]:
    with workspace._database.reading() as session:
        query = select(AuditRow.detail).where(AuditRow.act == "decision").order_by(AuditRow.id)
        return list(session.scalars(query))


def test_a_decision_comes_back_whole_after_a_restart(
    workspace: Workspace, workspace_folder: Path
) -> None:
    workspace.decisions.set(SUBJECT, DIFFERS)
    with Workspace(workspace_folder) as later:
        assert later.decisions.all() == (DIFFERS,)


def test_another_decision_replaces_the_first_and_none_takes_it_back(workspace: Workspace) -> None:
    book = workspace.decisions
    later = replace(DIFFERS, decided=Decided.LATER)
    for decision in (DIFFERS, later, later, None, None):
        book.set(SUBJECT, decision)
    assert book.all() == ()
    told = [(d["before"] and d["before"]["decided"], d["after"]) for d in audited(workspace)]
    assert [before for before, _ in told] == [None, "differs", "later"]
    assert told[-1][1] is None


def test_a_decision_of_another_photo_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="expected a decision of"):
        workspace.decisions.set(replace(SUBJECT, photo_sha256="b" * 64), DIFFERS)
    assert workspace.decisions.all() == ()
