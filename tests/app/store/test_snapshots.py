"""Snapshots: what they hold never changes, and the gallery can go back to it."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from app.store import (
    ChangeKind,
    EntryRefused,
    KeptReference,
    KeptThreshold,
    NameTaken,
    NoSuchSnapshot,
    OriginalsMissing,
    Policy,
    SnapshotDamaged,
    Workspace,
    differences,
)
from app.store.contents import KeptZones, digest
from app.store.tables import ReferenceRow, SnapshotRow
from tests.app.store.gallery_samples import SQUARE, fill, picture

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder, author="Trainer") as opened:
        fill(opened, tmp_path / "pictures")
        yield opened


def test_every_column_of_a_reference_is_kept() -> None:
    """A new column must be put into KeptReference, or a snapshot would lose it."""
    columns = set(ReferenceRow.__table__.columns.keys()) - {"side_id"}
    assert columns | {"product", "side"} == set(KeptReference.model_fields)


def test_contents_have_the_version_of_the_gallery(workspace: Workspace) -> None:
    assert workspace.snapshots.now().version() == workspace.gallery(None).version


def test_a_snapshot_is_told_with_who_and_when(workspace: Workspace) -> None:
    taken = workspace.snapshots.take(" 2026 spring ", note="before the new print")
    assert workspace.snapshots.all() == (taken,)
    assert (taken.name, taken.size, taken.author) == ("2026 spring", 5, "Trainer")
    assert taken.gallery_version == workspace.gallery(None).version
    assert workspace.audit(1)[0].act == "snapshot"


def test_names_are_unique_and_not_empty(workspace: Workspace) -> None:
    workspace.snapshots.take("one")
    with pytest.raises(NameTaken, match="Choose another name"):
        workspace.snapshots.take("one")
    with pytest.raises(EntryRefused, match="empty"):
        workspace.snapshots.take("  ")
    with pytest.raises(NoSuchSnapshot, match="“two”"):
        workspace.snapshots.restore("two")


def test_the_difference_of_two_names_every_change(workspace: Workspace, tmp_path: Path) -> None:
    workspace.snapshots.take("one")
    first, *_, last = workspace.references()
    workspace.remove_reference(last.id)
    workspace.set_outline(first.id, [(0, 0), (9, 0), (9, 9)])
    new = workspace.add_reference(picture(tmp_path / "n.png", 99), product="New", side="front")
    workspace.set_zones("茶叶罐 200 g", "front", [])
    workspace.snapshots.take("two")
    found = workspace.snapshots.differences("one", "two")
    assert workspace.snapshots.differences("one") == found
    by_kind = {kind: [each.thing for each in found if each.kind is kind] for kind in ChangeKind}
    assert [each.sha256 for each in by_kind[ChangeKind.ADDED]] == [new.sha256]  # type: ignore[union-attr]
    assert {type(each) for each in by_kind[ChangeKind.REMOVED]} == {KeptReference, KeptZones}
    (changed,) = (each for each in found if each.kind is ChangeKind.CHANGED)
    assert changed.fields == ("outline",)
    back = workspace.snapshots.differences("two", "one")
    assert {each.kind for each in back} == set(ChangeKind)
    assert workspace.snapshots.differences("one", "one") == ()


def test_a_restored_gallery_is_the_same_as_before(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.references()
    zones, version = workspace.all_zones(), workspace.gallery(None).version
    lengths = workspace.snapshots.now().lengths
    workspace.snapshots.take("good")
    for each in before[1:]:
        workspace.remove_reference(each.id)
    workspace.set_outline(before[0].id, SQUARE[:3])
    for (product, side), _ in zones.items():
        workspace.set_zones(product, side, [])
    workspace.add_reference(picture(tmp_path / "n.png", 99), product="New", side="front")
    workspace.set_known_length(lengths[0].reference, None)

    changes = workspace.snapshots.restore("good")
    assert {each.kind for each in changes} == set(ChangeKind)
    assert workspace.references() == before
    assert workspace.all_zones() == zones
    assert workspace.snapshots.now().lengths == lengths
    assert workspace.gallery(None).version == version
    assert workspace.snapshots.restore("good") == ()


def test_a_restore_can_be_taken_back(workspace: Workspace) -> None:
    workspace.snapshots.take("full")
    workspace.remove_reference(workspace.references()[0].id)
    fewer = workspace.snapshots.now()
    workspace.snapshots.restore("full")
    workspace.remove_reference(workspace.references()[1].id)
    workspace.snapshots.restore("full")
    (_, before, again) = workspace.snapshots.all()
    assert before.name.startswith("before “full”, 20")
    assert again.name != before.name
    workspace.snapshots.restore(before.name)
    assert workspace.snapshots.now() == fewer


def test_every_change_of_a_restore_is_in_the_audit(workspace: Workspace) -> None:
    workspace.snapshots.take("full")
    gone = workspace.references()[0]
    workspace.remove_reference(gone.id)
    workspace.snapshots.restore("full")
    restored, added, *_ = workspace.audit()
    assert (restored.act, added.act, added.subject) == ("restore", "add", gone.id)
    assert json.loads(restored.detail)["name"] == "full"
    assert {each.author for each in workspace.audit()} == {"Trainer"}


def test_a_snapshot_that_lost_a_picture_is_not_restored_in_part(workspace: Workspace) -> None:
    workspace.snapshots.take("full")
    gone, *rest = workspace.references()
    workspace.remove_reference(gone.id)
    workspace.remove_reference(rest[-1].id)
    Path(gone.path).unlink()
    now = workspace.snapshots.now()
    with pytest.raises(OriginalsMissing, match="needs 1 pictures"):
        workspace.snapshots.restore("full")
    assert workspace.snapshots.now() == now


def test_a_snapshot_changed_in_the_database_is_noticed(workspace: Workspace) -> None:
    workspace.snapshots.take("one")
    with workspace._database.writing() as session:
        session.execute(update(SnapshotRow).values(contents_sha256="0" * 64))
    with pytest.raises(SnapshotDamaged, match="“one”"):
        workspace.snapshots.contents("one")


def test_pictures_that_a_snapshot_needs_are_not_left_over(workspace: Workspace) -> None:
    workspace.snapshots.take("full")
    for each in workspace.references():
        workspace.remove_reference(each.id)
    assert workspace.tidy().orphans == 0


def test_a_record_keeps_the_gallery_that_it_used(workspace: Workspace) -> None:
    used = workspace.gallery(None).version
    for _ in range(2):
        workspace.record("{}", photo_sha256="0", outcome="agrees", gallery_version=used)
    contents = workspace.snapshots.now().model_copy(update={"thresholds": None, "policy": None})
    workspace.set_outline(workspace.references()[2].id, SQUARE[:3])
    workspace.record("{}", photo_sha256="1", outcome="agrees", gallery_version=used)
    for record in workspace.recorded():
        assert workspace.snapshots.of_version(record.gallery_version) == contents
    assert workspace.snapshots.all() == ()  # it has no name, so nobody is shown it
    assert workspace.snapshots.of_version(workspace.gallery(None).version) is None


def test_a_record_of_a_gallery_that_lost_a_picture_keeps_what_was_used(
    workspace: Workspace,
) -> None:
    lost = workspace.references()[0]
    Path(lost.path).unlink()
    used = workspace.gallery(None).version
    workspace.record("{}", photo_sha256="0", outcome="agrees", gallery_version=used)
    kept = workspace.snapshots.of_version(used)
    assert kept is not None
    assert len(kept.references) == 4


def test_thresholds_and_what_is_asked_of_references_are_kept_and_come_back(
    workspace: Workspace,
) -> None:
    one = workspace.references()[0]
    workspace.thresholds.set(0.3)
    workspace.thresholds.set(0.8, product=one.product, side=one.side)
    workspace.acts.set_policy(Policy(of_reference=("vouched_by",)))
    workspace.snapshots.take("set")
    kept = workspace.thresholds.all(), workspace.acts.policy()
    workspace.thresholds.set(None)
    workspace.thresholds.set(0.9, product=one.product, side=one.side)
    workspace.acts.set_policy(Policy())
    found = workspace.snapshots.differences("set")
    assert {
        type(each.thing): each.kind for each in found if not getattr(each.thing, "side", "")
    } == {
        KeptThreshold: ChangeKind.REMOVED,
        Policy: ChangeKind.REMOVED,
    }
    assert [each.fields for each in found if each.kind is ChangeKind.CHANGED] == [("value",)]
    workspace.snapshots.restore("set")
    assert (workspace.thresholds.all(), workspace.acts.policy()) == kept


def test_a_snapshot_of_an_older_version_leaves_thresholds_and_policy_as_they_are(
    workspace: Workspace,
) -> None:
    workspace.snapshots.take("old")
    with workspace._database.writing() as session:
        row = session.scalars(select(SnapshotRow)).one()
        document = json.loads(zlib.decompress(row.contents))
        del document["thresholds"], document["policy"]
        text = json.dumps(document).encode()
        row.contents, row.contents_sha256 = zlib.compress(text), digest(text)
    workspace.thresholds.set(0.3)
    workspace.acts.set_policy(Policy(of_reference=("proof",)))
    workspace.remove_reference(workspace.references()[0].id)
    assert len(workspace.snapshots.restore("old")) == 1  # the reference alone
    assert workspace.thresholds.all().margin == 0.3
    assert workspace.acts.policy().of_reference == ("proof",)


def test_what_was_kept_for_a_record_says_nothing_of_thresholds(workspace: Workspace) -> None:
    """A version of the gallery does not tell them: many records of it may have others."""
    version = workspace.gallery(None).version
    workspace.thresholds.set(0.3)
    assert workspace.snapshots.pin(version)
    kept = workspace.snapshots.of_version(version)
    assert kept is not None
    assert (kept.thresholds, kept.policy) == (None, None)
    workspace.thresholds.set(0.4)
    assert differences(kept, workspace.snapshots.now()) == ()
