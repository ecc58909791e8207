"""What examiners say survives: restart, repeated writes, and a second photo of the same item."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.store import EntryRefused, Finding, Opinion, Subject, Workspace
from app.store.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[3]
SUBJECT = Subject("a" * 64, "茶", "正面")
MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def finding(name: str = "1" * 32, **changes: object) -> Finding:
    made = Finding(
        id=name,
        subject=SUBJECT,
        polygon=((1.5, 2.0), (9.0, 2.0), (9.0, 8.25)),
        reference_polygon=((11.5, 12.0), (19.0, 12.0), (19.0, 18.25)),
        reference_sha256="b" * 64,
        author="李雷",
        added_at=MOMENT,
        at=MOMENT,
        channel="colour",
        opinion=Opinion.LIGHTING,
        note="反光 on the seal",
        versions={"model": "sha256:m", "gallery": "sha256:g"},
    )
    return replace(made, **changes)


def by_hand(name: str = "2" * 32) -> Finding:
    return finding(name, by_hand=True, channel="", opinion=None, note="", reference_polygon=())


pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


def acts(workspace: Workspace) -> list[dict]:
    with workspace._database.reading() as session:
        query = select(AuditRow.detail).where(AuditRow.act == "finding").order_by(AuditRow.id)
        return list(session.scalars(query))


def test_findings_come_back_whole_and_in_order(
    workspace: Workspace, workspace_folder: Path
) -> None:
    first = finding("f" * 32)
    second = replace(by_hand(), added_at=MOMENT + timedelta(seconds=1))
    workspace.set_finding(None, second)
    workspace.set_finding(None, first)
    with Workspace(workspace_folder) as later:
        assert later.findings(SUBJECT) == (first, second)


@pytest.mark.parametrize(
    "other",
    [
        replace(SUBJECT, photo_sha256="c" * 64),
        replace(SUBJECT, side="背面"),
        replace(SUBJECT, product=""),
    ],
)
def test_findings_belong_to_one_photo_and_one_side(workspace: Workspace, other: Subject) -> None:
    workspace.set_finding(None, finding())
    assert workspace.findings(other) == ()


def test_a_finding_is_changed_removed_and_brought_back(workspace: Workspace) -> None:
    before = finding()
    after = replace(before, opinion=Opinion.WEAR, note="")
    workspace.set_finding(None, before)
    workspace.set_finding(before, after)
    assert workspace.findings(SUBJECT) == (after,)
    workspace.set_finding(after, None)
    assert workspace.findings(SUBJECT) == ()
    workspace.set_finding(None, after)
    assert workspace.findings(SUBJECT) == (after,)


def test_every_change_is_remembered_with_what_was_before(workspace: Workspace) -> None:
    before = finding()
    after = replace(before, opinion=Opinion.WEAR, author="韩梅梅")
    workspace.set_finding(None, before)
    workspace.set_finding(before, after)
    workspace.set_finding(after, None)
    made, changed, removed = acts(workspace)
    assert made["before"] is None
    assert changed["before"] == made["after"]
    assert (changed["before"]["opinion"], changed["after"]["opinion"]) == ("lighting", "wear")
    assert (changed["before"]["author"], changed["after"]["author"]) == ("李雷", "韩梅梅")
    assert removed["before"] == changed["after"]
    assert removed["after"] is None
    assert {one["photo"] for one in (made, changed, removed)} == {SUBJECT.photo_sha256}


def test_a_doubtful_write_may_be_repeated(workspace: Workspace) -> None:
    workspace.set_finding(None, finding())
    workspace.set_finding(None, finding())
    workspace.set_finding(finding(), None)
    workspace.set_finding(finding(), None)
    assert workspace.findings(SUBJECT) == ()
    assert len(acts(workspace)) == 2


@pytest.mark.parametrize(
    "change",
    [{"note": "x" * 2001}, {"note": "two\nlines"}, {"polygon": ((0.0, 0.0), (float("inf"), 1.0))}],
    ids=["long", "line break", "nowhere"],
)
def test_what_cannot_be_kept_changes_nothing(
    workspace: Workspace, change: dict[str, object]
) -> None:
    before = finding()
    workspace.set_finding(None, before)
    with pytest.raises(EntryRefused):
        workspace.set_finding(before, replace(before, **change))
    assert workspace.findings(SUBJECT) == (before,)
    assert len(acts(workspace)) == 1


def test_two_findings_are_no_change(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="one finding"):
        workspace.set_finding(finding("1"), finding("2"))
    with pytest.raises(ValueError, match="one finding"):
        workspace.set_finding(None, None)


_PROGRAM = """
import os, signal, sys
from app.store import Workspace
from tests.app.store.test_findings import finding
Workspace(sys.argv[1]).set_finding(None, finding())
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_killed_right_after_a_mark_has_kept_it(workspace_folder: Path) -> None:
    command = [sys.executable, "-c", _PROGRAM, str(workspace_folder)]
    ended = subprocess.run(command, cwd=_ROOT, env=os.environ, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    with Workspace(workspace_folder) as later:
        assert later.findings(SUBJECT) == (finding(),)


def test_blank_findings_say_nothing() -> None:
    assert finding(opinion=None, note="").is_blank
    assert not finding(opinion=None).is_blank
    assert not by_hand().is_blank
