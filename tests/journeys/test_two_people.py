"""Two people change a gallery: one proposes, the other one approves or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.panes.intake import Source
from app.panes.workspace_bench import WorkspaceBench
from app.store import ProposalMade, ProposalState, Workspace
from tests.app.panes.test_workspace_bench import finish
from tests.app.store.gallery_samples import fill, picture
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.panes.proposals_page import ProposalsPage
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench


def page(window: Window) -> ProposalsPage:
    return window.gallery.records.proposals


@pytest.fixture
def ann(bench: FakeBench, tmp_path: Path) -> Iterator[WorkspaceBench]:
    """The work of another person on the workspace of the window; two have to agree there."""
    bench.folder.mkdir(exist_ok=True)
    fill(bench.workspace, tmp_path / "pictures")
    bench.workspace.approvals.need(True)
    made = WorkspaceBench(bench.folder, author="Ann")
    yield made
    made.close()


def add(ann: WorkspaceBench, tmp_path: Path, name: str = "new.png") -> int:
    """Ann adds a picture; the number of the proposal it becomes."""
    file = picture(tmp_path / name, 50)
    steps = ann.add((Source(file.name, file),), "Soap", "front", Provenance("Ann"))
    with pytest.raises(ProposalMade) as made:
        finish(steps)
    return made.value.number


def opened(qtbot: QtBot, window: Window, count: int) -> None:
    window.go_to("gallery")
    window.gallery.records.open("proposals")
    qtbot.waitUntil(lambda: page(window).proposals.rowCount() == count)


def test_a_proposal_is_looked_at_and_approved(
    qtbot: QtBot, window: Window, bench: FakeBench, ann: WorkspaceBench, tmp_path: Path
) -> None:
    add(ann, tmp_path)
    assert len(bench.workspace.references()) == 5, "nothing has changed yet"
    opened(qtbot, window, 1)
    shown = page(window).changes.changes
    assert [row.change.kind.value for row in shown.rows] == ["added"]
    qtbot.waitUntil(lambda: all(row.picture is not None for row in shown.rows))
    assert page(window).approve.isEnabled()
    with qtbot.waitSignal(window.gallery.changed):
        page(window).approve.click()
    assert len(bench.workspace.references()) == 6
    qtbot.waitUntil(lambda: page(window).proposals.rows[0].state is ProposalState.APPROVED)
    assert not page(window).approve.isVisible()


def test_to_refuse_needs_a_reason(
    qtbot: QtBot, window: Window, bench: FakeBench, ann: WorkspaceBench, tmp_path: Path
) -> None:
    add(ann, tmp_path)
    opened(qtbot, window, 1)
    assert not page(window).decline.isEnabled()
    page(window).reason.setText("the batch is not known")
    page(window).decline.click()
    qtbot.waitUntil(lambda: page(window).proposals.rows[0].state is ProposalState.DECLINED)
    assert page(window).proposals.rows[0].reason == "the batch is not known"
    assert len(bench.workspace.references()) == 5


def test_nobody_approves_what_is_their_own(
    qtbot: QtBot, window: Window, bench: FakeBench, ann: WorkspaceBench, tmp_path: Path
) -> None:
    own = WorkspaceBench(bench.folder)
    add(own, tmp_path)
    opened(qtbot, window, 1)
    assert not page(window).approve.isEnabled()
    assert page(window).decline.isEnabled(), "it can be withdrawn"
    page(window).decline.click()
    qtbot.waitUntil(lambda: page(window).proposals.rows[0].state is ProposalState.DECLINED)
    own.close()


def test_every_change_becomes_a_proposal(
    bench: FakeBench, ann: WorkspaceBench, tmp_path: Path
) -> None:
    before = bench.workspace.snapshots.now()
    measured = before.lengths[0].reference
    add(ann, tmp_path)
    with pytest.raises(ProposalMade):
        ann.keep_known_length(measured, None)
    with Workspace(tmp_path / "theirs") as theirs:
        fill(theirs, tmp_path / "pictures", count=7)
        theirs.travel.export(tmp_path / "t.touchstone")
    with pytest.raises(ProposalMade):
        finish(ann.versions.load(tmp_path / "t.touchstone", {}, ""))
    assert bench.workspace.snapshots.now() == before
    kinds = [[each.kind.value for each in one.changes] for one in bench.workspace.approvals.all()]
    assert kinds == [["added"], ["removed"], ["added", "added"]]


def test_two_people_are_asked_for_and_given_up_in_the_settings(
    qtbot: QtBot, window: Window, bench: FakeBench
) -> None:
    window.go_to("settings")
    card = window.settings_pane.team
    qtbot.waitUntil(lambda: card.needs_two.isEnabled())
    assert not card.give_up.isVisible()
    card.needs_two.click()
    qtbot.waitUntil(lambda: bench.workspace.approvals.is_needed)
    qtbot.waitUntil(card.give_up.isVisible)
    card.second.setText(bench.workspace.author)
    card.give_up.click()
    qtbot.waitUntil(lambda: "first and the second person" in window.bar.text)
    assert bench.workspace.approvals.is_needed
    card.second.setText("Ben Wu")
    card.give_up.click()
    qtbot.waitUntil(lambda: not card.needs_two.isChecked())
    assert not bench.workspace.approvals.is_needed
