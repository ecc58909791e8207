"""Four eyes: where the rule holds nothing changes before a second person has agreed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.store import (
    ApprovalNeeded,
    EntryRefused,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTrait,
    KeptTraits,
    KnownLength,
    NoSuchProposal,
    OriginalMissing,
    Policy,
    ProposalDecided,
    ProposalMade,
    ProposalOutdated,
    ProposalState,
    SamePerson,
    Workspace,
    changed,
    draft_of,
)
from tests.app.store.gallery_samples import SQUARE, fill, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def ann(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Proposes; the rule holds."""
    with Workspace(workspace_folder, author="Ann") as opened:
        fill(opened, tmp_path / "pictures")
        opened.approvals.need(True)
        yield opened


@pytest.fixture
def ben(ann: Workspace) -> Iterator[Workspace]:
    """Another person at the same gallery."""
    with Workspace(ann.folder, author="Ben") as opened:
        yield opened


def _new(ann: Workspace, tmp_path: Path) -> int:
    """A proposal to add one reference, to remove one, and to draw an outline."""
    with draft_of(ann) as draft:
        first, *_, last = draft.workspace.references()
        draft.workspace.remove_reference(first.id)
        draft.workspace.set_outline(last.id, SQUARE[:3])
        file = picture(tmp_path / "new.png", 50)
        draft.workspace.add_reference(file, product="New", side="front")
        return ann.approvals.propose(draft.changes(), note="new print").id


def test_without_the_rule_everybody_changes(workspace_folder: Path, tmp_path: Path) -> None:
    with Workspace(workspace_folder) as opened:
        assert not opened.approvals.is_needed
        fill(opened, tmp_path / "pictures")


def test_with_the_rule_nothing_changes_at_once(ann: Workspace, tmp_path: Path) -> None:
    one = ann.references()[0]
    file, sent = picture(tmp_path / "n.png", 60), tmp_path / "all.touchstone"
    ann.snapshots.take("now")  # changes nothing
    ann.travel.export(sent)
    before = ann.snapshots.now()
    for change in (
        lambda: ann.add_reference(file, product="A", side="b"),
        lambda: ann.remove_reference(one.id),
        lambda: ann.set_outline(one.id, SQUARE),
        lambda: ann.set_zones(one.product, one.side, []),
        lambda: ann.set_known_length(one.sha256, KnownLength((0, 0), (9, 0), 3.0)),
        lambda: ann.snapshots.restore("now"),
        lambda: ann.travel.load(sent),
    ):
        with pytest.raises(ApprovalNeeded, match="becomes a proposal"):
            change()
    assert ann.snapshots.now() == before


def test_a_second_person_lets_it_happen(ann: Workspace, ben: Workspace, tmp_path: Path) -> None:
    before = ann.snapshots.now()
    number = _new(ann, tmp_path)
    assert ann.snapshots.now() == before
    (waiting,) = ben.approvals.all(ProposalState.WAITING)
    assert (waiting.id, waiting.author, waiting.note) == (number, "Ann", "new print")

    assert ben.approvals.approve(number) == waiting.changes
    assert len(ben.references()) == 5
    assert ben.references(product="New")
    assert ben.lost_originals(thorough=True) == ()
    (decided,) = ann.approvals.all()
    assert (decided.state, decided.decided_by) == (ProposalState.APPROVED, "Ben")
    assert decided.decided_at is not None


def test_the_audit_tells_both_people(ann: Workspace, ben: Workspace, tmp_path: Path) -> None:
    number = _new(ann, tmp_path)
    ben.approvals.approve(number)
    approved, *changes, proposed = ann.audit(5)
    assert (approved.act, approved.author) == ("approve", "Ben")
    assert json.loads(approved.detail)["proposed_by"] == "Ann"
    assert sorted(each.act for each in changes) == ["add", "change", "remove"]
    assert (proposed.act, proposed.author) == ("propose", "Ann")


@pytest.mark.parametrize("name", ["Ann", " aNN ", "Ａｎｎ", ""])
def test_nobody_is_the_second_person_for_oneself(ann: Workspace, tmp_path: Path, name: str) -> None:
    number = _new(ann, tmp_path)
    before = ann.snapshots.now()
    with Workspace(ann.folder, author=name) as same, pytest.raises(SamePerson, match="else"):
        same.approvals.approve(number)
    assert ann.snapshots.now() == before


def test_the_rule_is_given_up_by_two_only(ann: Workspace, ben: Workspace) -> None:
    for agreed in ("", "ann"):
        with pytest.raises(SamePerson):
            ann.approvals.need(False, agreed=agreed)
    assert ben.approvals.is_needed
    ann.approvals.need(False, agreed="Ben")
    assert not ben.approvals.is_needed
    assert json.loads(ben.audit(1)[0].detail) == {"holds": False, "agreed": "Ben"}


def test_a_declined_proposal_changes_nothing(
    ann: Workspace, ben: Workspace, tmp_path: Path
) -> None:
    number = _new(ann, tmp_path)
    assert ann.tidy().orphans == 0  # the picture is needed while somebody may approve it
    before = ann.snapshots.now()
    ben.approvals.decline(number, reason="no batch")
    assert ann.approvals.all()[0].reason == "no batch"
    assert ann.snapshots.now() == before
    assert ann.tidy().orphans == 1
    with pytest.raises(ProposalDecided, match="“Ben”"):
        ben.approvals.approve(number)
    with pytest.raises(NoSuchProposal):
        ben.approvals.decline(number + 1)


def test_what_others_changed_since_is_not_overwritten(
    ann: Workspace, ben: Workspace, tmp_path: Path
) -> None:
    number = _new(ann, tmp_path)
    with draft_of(ben) as draft:
        draft.workspace.set_outline(draft.workspace.references()[-1].id, SQUARE[1:])
        other = ben.approvals.propose(draft.changes()).id
    ann.approvals.approve(other)
    before = ann.snapshots.now()
    with pytest.raises(ProposalOutdated, match="1 things") as caught:
        ben.approvals.approve(number)
    assert caught.value.outdated[0].fields == ("outline",)
    assert ann.snapshots.now() == before


def test_what_was_done_already_is_left_out(ann: Workspace, ben: Workspace, tmp_path: Path) -> None:
    numbers = [_new(ann, tmp_path), _new(ann, tmp_path)]
    assert len(ben.approvals.approve(numbers[0])) == 3
    assert ben.approvals.approve(numbers[1]) == ()


def test_a_picture_that_is_gone_is_not_approved(
    ann: Workspace, ben: Workspace, tmp_path: Path
) -> None:
    number = _new(ann, tmp_path)
    for file in ann.approvals.files() - {Path(each.path) for each in ann.references()}:
        file.unlink()
    before = ann.snapshots.now()
    with pytest.raises(OriginalMissing, match="“New”"):
        ben.approvals.approve(number)
    assert ann.snapshots.now() == before


def test_whoever_is_unknown_cannot_propose(ann: Workspace, tmp_path: Path) -> None:
    with Workspace(ann.folder, author="") as nobody, pytest.raises(EntryRefused):
        _new(nobody, tmp_path)
    with draft_of(ann) as draft, pytest.raises(ValueError, match="found none"):
        ann.approvals.propose(draft.changes())


def test_a_draft_leaves_nothing_behind(ann: Workspace, tmp_path: Path) -> None:
    with draft_of(ann) as draft:
        folder = draft.workspace.folder
        assert draft.workspace.snapshots.now() == ann.snapshots.now()
        assert draft.changes() == ()
        draft.workspace.add_reference(picture(tmp_path / "n.png", 60), product="A", side="b")
    assert not folder.exists()
    assert len(ann.references()) == 5


def test_thresholds_and_policy_need_a_second_person_too(ann: Workspace, ben: Workspace) -> None:
    one = ann.references()[0]

    def change() -> None:
        with changed(ann) as draft:
            draft.thresholds.set(0.7, product=one.product, side=one.side)
            draft.acts.set_policy(Policy(of_reference=("batch",)))

    with pytest.raises(ProposalMade):
        change()
    assert ann.thresholds.all().sides == ()
    [proposed] = ben.approvals.all()
    ben.approvals.approve(proposed.id)
    assert ann.thresholds.all().sides == ((one.product, one.side, 0.7),)
    assert ann.acts.policy().of_reference == ("batch",)


def test_everything_a_gallery_holds_is_proposed_and_approved_whole(
    ann: Workspace, ben: Workspace, tmp_path: Path
) -> None:
    one = ann.references()[0]
    proof = ann.acts.keep_file(picture(tmp_path / "invoice.png", 70))
    false = ann.acts.keep_file(picture(tmp_path / "false.png", 71))
    trait = KeptTrait(
        sentence="the R closes here",
        reference=one.sha256,
        polygon=((4.0, 5.0),),
        known_false=false,
    )
    with draft_of(ann) as draft:
        draft.workspace.acts.set_traits(one.product, one.side, [trait])
        draft.workspace.acts.set_product(one.product, {"brand": "Qingshan"})
        draft.workspace.acts.say([one.id], {"proof": proof})
        draft.workspace.thresholds.set(0.25)
        draft.workspace.acts.set_policy(Policy(of_product=("brand",)))
        wanted = draft.workspace.snapshots.now()
        made = ann.approvals.propose(draft.changes())
    changed_things = {type(each.thing) for each in made.changes}
    assert changed_things == {KeptTraits, KeptProduct, KeptReference, KeptThreshold, Policy}
    assert ann.tidy().orphans == 0, "what a proposal needs is kept"
    ben.approvals.approve(made.id)
    assert ann.snapshots.now() == wanted
    assert ann.acts.traits(one.product, one.side) == (trait,)
