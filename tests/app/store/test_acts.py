"""What a trainer changes: each act does what it says, is remembered, and can be taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app.store import (
    ChangedMeanwhile,
    EntryRefused,
    KeptProduct,
    KeptTrait,
    KnownLength,
    NoSuchReference,
    OriginalMissing,
    Policy,
    Workspace,
)
from tests.app.store.gallery_samples import SQUARE, fill, picture
from vision import FileUnreachable, Provenance, Reference, UnknownSide, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEA, BISCUITS = "茶叶罐 200 g", "Biscuits"
CORNERS = ((40.0, 10.0), (150.0, 20.0), (140.0, 110.0), (30.0, 100.0))
LARGE = (200, 150)


@pytest.fixture
def opened(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as workspace:
        fill(workspace, tmp_path / "pictures")
        yield workspace


def ids(workspace: Workspace, product: str, side: str) -> list[str]:
    return [each.id for each in workspace.references(product=product, side=side)]


def first_of(workspace: Workspace) -> Reference:
    """The one with an outline, a zone and a known length."""
    return next(each for each in workspace.references() if each.outline is not None)


def test_a_moved_reference_keeps_all_but_its_place_and_can_go_back(opened: Workspace) -> None:
    before = opened.snapshots.now()
    one = first_of(opened)
    changes = opened.acts.move([one.id], "New tin", "lid")
    (moved,) = opened.references(product="New tin", side="lid")
    assert (moved.id, moved.sha256, moved.outline) == (one.id, one.sha256, one.outline)
    assert moved.provenance == one.provenance
    last = opened.audit(1)[0]
    assert (last.act, json.loads(last.detail)["to"]) == ("move", ["New tin", "lid"])

    opened.acts.take_back(changes)
    assert opened.snapshots.now() == before
    assert not opened.references(product="New tin")


def test_a_picture_that_stands_there_already_is_not_there_twice(
    opened: Workspace, tmp_path: Path
) -> None:
    one = first_of(opened)
    twin = opened.add_reference(tmp_path / "pictures" / "图 0.png", product=BISCUITS, side="lid")
    before = opened.snapshots.now()
    changes = opened.acts.move([one.id], BISCUITS, "lid")
    assert ids(opened, BISCUITS, "lid") == [twin.id]
    opened.acts.take_back(changes)
    assert opened.snapshots.now() == before


def test_several_are_moved_at_once_or_none(opened: Workspace) -> None:
    before = opened.snapshots.now()
    known = ids(opened, TEA, "front")
    with pytest.raises(NoSuchReference):
        opened.acts.move([*known, "0" * 32], BISCUITS, "front")
    assert opened.snapshots.now() == before
    opened.acts.move(known, BISCUITS, "front")
    assert set(known) < set(ids(opened, BISCUITS, "front"))


def test_moving_where_it_stands_changes_nothing(opened: Workspace) -> None:
    one = first_of(opened)
    assert opened.acts.move([one.id], one.product, one.side) == ()


def test_only_one_reference_of_a_side_is_the_canonical_one(opened: Workspace) -> None:
    one, two = ids(opened, TEA, "front")[:2]
    version = opened.gallery(None).version
    opened.acts.set_canonical(one)
    changes = opened.acts.set_canonical(two)
    chosen = [each.id for each in opened.references() if each.is_canonical]
    assert chosen == [two]
    assert opened.gallery(None).version != version, "it decides what photos are laid on"
    assert opened.gallery(None).version == opened.snapshots.now().version()
    opened.acts.take_back(changes)
    assert [each.id for each in opened.references() if each.is_canonical] == [one]


def test_what_is_drawn_on_a_reference_is_carried_along_when_it_is_straightened(
    opened: Workspace,
) -> None:
    one = first_of(opened)
    before = opened.snapshots.now()
    corners = ((0.0, 0.0), (50.0, 0.0), (50.0, 40.0), (0.0, 40.0))
    changes = opened.acts.prepare(one.id, corners, size=LARGE)
    after = first_of(opened)
    assert after.corners == corners
    assert np.allclose(after.outline, np.array(SQUARE) - 0.5, atol=1e-3)
    (zone,) = opened.zones(one.product, one.side)
    assert np.allclose(zone.polygon, np.array(SQUARE) - 0.5, atol=1e-3)
    known = opened.known_length(one.sha256)
    assert known is not None
    assert known.start == pytest.approx((0.5, 0.5), abs=1e-3)
    assert known.length_mm == 8.5
    opened.acts.take_back(changes)
    assert opened.snapshots.now() == before


def test_corners_outside_the_picture_or_crossing_are_refused(opened: Workspace) -> None:
    one = first_of(opened)
    crossing = (CORNERS[1], CORNERS[0], *CORNERS[2:])
    for corners in (crossing, CORNERS[:3], ((-40.0, 0.0), *CORNERS[1:])):
        with pytest.raises(EntryRefused, match="four corners"):
            opened.acts.prepare(one.id, corners, size=LARGE)


def test_who_vouches_is_said_of_several_references_and_the_rest_stays(opened: Workspace) -> None:
    known = ids(opened, TEA, "front")
    changes = opened.acts.say(known, {"vouched_by": "B. Wu", "obtained_on": "2026/3/4"})
    told = [each.provenance for each in opened.references(product=TEA, side="front")]
    assert {(p.vouched_by, p.obtained_on, p.obtained) for p in told} == {
        ("B. Wu", "2026-03-04", "maker")
    }
    opened.acts.take_back(changes)
    assert {p.provenance.vouched_by for p in opened.references()} == {"A. Lin"}


def test_facts_of_a_product_are_kept_with_leading_zeros(opened: Workspace) -> None:
    facts = {"brand": "Qingshan", "gtin": "0 012345-678905", "valid_from": "2026/1/2"}
    changes = opened.acts.set_product(TEA, facts)
    known = opened.acts.product(TEA)
    assert (known.brand, known.gtin) == ("Qingshan", "0012345678905")
    assert known.valid_from == "2026-01-02"
    assert opened.acts.products()[BISCUITS].brand == ""
    assert opened.audit(1)[0].act == "product"
    opened.acts.take_back(changes)
    assert not opened.acts.product(TEA).says_something


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"gtin": "4006381333932"}, "should be 1"),
        ({"gtin": "12345"}, "digits are expected"),
        ({"gtin": "４００６３８１３３３９３１"}, "digits are expected"),
        ({"valid_to": "soon"}, "a day is expected"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "it is before"),
    ],
)
def test_impossible_facts_are_refused(opened: Workspace, facts: dict[str, str], said: str) -> None:
    with pytest.raises(EntryRefused, match=said):
        opened.acts.set_product(TEA, facts)
    assert not opened.acts.product(TEA).says_something


@pytest.mark.parametrize("gtin", ["4006381333931", "96385074", "012345678905", "10012345678902"])
def test_every_length_of_a_right_gtin_is_taken(opened: Workspace, gtin: str) -> None:
    opened.acts.set_product(TEA, {"gtin": gtin})
    assert opened.acts.product(TEA).gtin == gtin


def a_trait(reference: Reference, sentence: str = "the R closes here", **more: str) -> KeptTrait:
    return KeptTrait(sentence=sentence, reference=reference.sha256, polygon=((4.0, 5.0),), **more)


def test_distinguishing_features_are_kept_replaced_and_taken_back(
    opened: Workspace, tmp_path: Path
) -> None:
    one = first_of(opened)
    false = opened.acts.keep_file(picture(tmp_path / "false.png", 77))
    trait = a_trait(one, known_false=false)
    changes = opened.acts.set_traits(one.product, one.side, [trait])
    assert opened.acts.traits(one.product, one.side) == (trait,)
    assert opened.acts.file(false).read_bytes() == (tmp_path / "false.png").read_bytes()
    assert opened.tidy().orphans == 0, "the false picture is needed"
    opened.acts.take_back(changes)
    assert opened.acts.traits(one.product, one.side) == ()
    assert opened.tidy().orphans == 1
    with pytest.raises(UnknownSide):
        opened.acts.set_traits("Nobody", "front", [trait])


def test_all_of_it_travels_and_comes_back_from_a_snapshot(
    opened: Workspace, tmp_path: Path
) -> None:
    one = first_of(opened)
    opened.acts.set_product(one.product, {"brand": "Qingshan", "gtin": "96385074"})
    proof = opened.acts.keep_file(picture(tmp_path / "invoice.png", 78))
    opened.acts.say([one.id], {"proof": proof, "proof_name": "invoice.png"})
    false = opened.acts.keep_file(picture(tmp_path / "false.png", 77))
    opened.acts.set_traits(one.product, one.side, [a_trait(one, known_false=false)])
    opened.acts.set_canonical(one.id)
    opened.snapshots.take("full")
    kept = opened.snapshots.now()
    file = tmp_path / "all.touchstone"
    opened.travel.export(file)
    with Workspace(tmp_path / "elsewhere") as other:
        other.travel.load(file)
        assert other.snapshots.now() == kept
        assert other.acts.file(proof).is_file()
        assert other.acts.file(false).is_file()
        assert other.travel.load(file).changes == ()

    opened.acts.set_product(one.product, {"brand": "Other"})
    for each in opened.references():
        opened.remove_reference(each.id)
    opened.snapshots.restore("full")
    assert opened.snapshots.now() == kept


def test_a_gallery_whose_proof_is_gone_is_not_sent_half(opened: Workspace, tmp_path: Path) -> None:
    one = first_of(opened)
    proof = opened.acts.keep_file(picture(tmp_path / "invoice.png", 78))
    opened.acts.say([one.id], {"proof": proof})
    opened.acts.file(proof).unlink()
    with pytest.raises(OriginalMissing):
        opened.travel.export(tmp_path / "all.touchstone")
    assert not (tmp_path / "all.touchstone").exists()


def test_a_proof_that_cannot_be_read_is_refused_by_name(opened: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileUnreachable, match="invoice"):
        opened.acts.keep_file(tmp_path / "invoice.pdf")
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(EntryRefused, match=r"empty\.pdf"):
        opened.acts.keep_file(tmp_path / "empty.pdf")


def test_a_zone_on_the_moved_reference_stays_with_its_side(opened: Workspace) -> None:
    one = first_of(opened)
    zone = Zone(ZoneKind.MUST_MATCH, SQUARE, one.sha256, "印章")
    opened.acts.move([one.id], "New tin", "lid")
    assert opened.zones(one.product, one.side) == (zone,)


def test_provenance_is_complete_in_what_travels(opened: Workspace) -> None:
    """A new field of Provenance must reach the database and snapshots."""
    one = first_of(opened)
    names = {"vouched_by": "a", "obtained": "b", "batch": "c", "camera": "d", "proof_name": "e"}
    opened.acts.say([one.id], names)
    assert first_of(opened).provenance == Provenance(
        **names, valid_from="2026-01-01", valid_to="2027-01-01"
    )


def test_the_camera_is_read_from_the_picture_unless_somebody_says_it(
    opened: Workspace, tmp_path: Path
) -> None:
    told = Image.Exif()
    told[0x0110] = "Pixel 8"
    for name in ("one", "two"):
        pixels = np.random.default_rng(len(name) + ord(name[0])).integers(0, 255, (30, 40, 3))
        picture = Image.fromarray(pixels.astype(np.uint8))
        picture.save(tmp_path / f"{name}.jpg", exif=told)
    read = opened.add_reference(tmp_path / "one.jpg", product="New", side="front")
    said = opened.add_reference(
        tmp_path / "two.jpg", product="New", side="front", provenance=Provenance(camera="scanner")
    )
    assert (read.provenance.camera, said.provenance.camera) == ("Pixel 8", "scanner")


@pytest.fixture
def tea(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """One product with all that can be said of it, and another one that says nothing."""
    with Workspace(workspace_folder, author="Ann") as workspace:
        one = workspace.add_reference(picture(tmp_path / "a.png", 1), product="Tea", side="front")
        workspace.add_reference(picture(tmp_path / "b.png", 2), product="Soap", side="front")
        workspace.acts.set_product("Tea", {"brand": "Qingshan", "market": "CN"})
        workspace.set_outline(one.id, SQUARE)
        workspace.acts.say([one.id], {"vouched_by": "A. Lin"})
        workspace.set_zones("Tea", "front", [Zone(ZoneKind.VARIABLE, SQUARE, one.sha256, "lot")])
        workspace.acts.set_traits("Tea", "front", [a_trait(one)])
        workspace.set_known_length(one.sha256, KnownLength((1.0, 1.0), (21.0, 1.0), 8.5))
        workspace.thresholds.set(0.7, product="Tea", side="front")
        yield workspace


def test_correcting_the_name_of_a_product_loses_nothing(tea: Workspace) -> None:
    before = tea.snapshots.now()
    changes = tea.acts.move(ids(tea, "Tea", "front"), "Tee", "front")
    after = tea.snapshots.now()
    told = {"product": "Tee"}
    assert after.products == tuple(each.model_copy(update=told) for each in before.products)
    assert after.zones == tuple(each.model_copy(update=told) for each in before.zones)
    assert after.traits == tuple(each.model_copy(update=told) for each in before.traits)
    assert after.thresholds == tuple(each.model_copy(update=told) for each in before.thresholds)
    assert after.lengths == before.lengths
    assert set(tea.acts.products()) == {"Tee", "Soap"}
    tea.acts.take_back(changes)
    assert tea.snapshots.now() == before
    assert set(tea.acts.products()) == {"Tea", "Soap"}


def test_facts_follow_the_last_side_of_a_product(tea: Workspace, tmp_path: Path) -> None:
    tea.add_reference(picture(tmp_path / "c.png", 3), product="Tea", side="back")
    before = tea.snapshots.now()
    first = tea.acts.move(ids(tea, "Tea", "front"), "Tee", "front")
    assert (tea.acts.product("Tea").brand, tea.acts.product("Tee").brand) == ("Qingshan", "")
    second = tea.acts.move(ids(tea, "Tea", "back"), "Tee", "back")
    assert tea.acts.product("Tee").brand == "Qingshan"
    tea.acts.take_back(second)
    tea.acts.take_back(first)
    assert tea.snapshots.now() == before


def test_nothing_is_written_over_what_another_product_says(tea: Workspace) -> None:
    tea.acts.set_product("Soap", {"brand": "Savon"})
    tea.set_zones("Tea", "front", [])
    tea.acts.set_traits("Tea", "front", [])
    before = tea.snapshots.now()
    changes = tea.acts.move(ids(tea, "Tea", "front"), "Soap", "front")
    assert tea.acts.product("Soap").brand == "Savon"
    assert tea.acts.product("Soap").market == ""
    assert [each.before.brand for each in changes if isinstance(each.before, KeptProduct)] == [
        "Qingshan"
    ], "it is told that they are gone"
    tea.acts.take_back(changes)
    assert tea.snapshots.now() == before


def test_zones_of_a_side_are_not_laid_on_another_side_with_references(tea: Workspace) -> None:
    before = tea.snapshots.now()
    changes = tea.acts.move(ids(tea, "Tea", "front"), "Soap", "front")
    assert tea.zones("Soap", "front") == ()
    assert tea.acts.traits("Soap", "front") == ()
    assert tea.thresholds.all().of_side("Soap", "front") != 0.7
    tea.acts.take_back(changes)
    assert tea.snapshots.now() == before


@pytest.mark.parametrize("is_drawn_on", [True, False])
def test_a_removed_reference_comes_back_with_all_that_was_said(
    tea: Workspace, is_drawn_on: bool
) -> None:
    if not is_drawn_on:
        tea.set_zones("Tea", "front", [])
        tea.acts.set_traits("Tea", "front", [])
    before = tea.snapshots.now()
    (one,) = ids(tea, "Tea", "front")
    changes = tea.remove_reference(one)
    assert tea.references(product="Tea") == ()
    assert ("Tea" in tea.acts.products()) == is_drawn_on
    tea.acts.take_back(changes)
    assert tea.snapshots.now() == before


def test_taking_back_leaves_what_others_said_since(tea: Workspace) -> None:
    (one,) = ids(tea, "Tea", "front")
    said = tea.acts.say([one], {"batch": "B-1"})
    facts = tea.acts.set_product("Tea", {"brand": "Other"})
    with Workspace(tea.folder, author="Ben") as ben:
        ben.acts.say([one], {"vouched_by": "Ben"})
        ben.acts.set_product("Tea", {"gtin": "96385074"})
    tea.acts.take_back(said)
    tea.acts.take_back(facts)
    (told,) = (each.provenance for each in tea.references(product="Tea"))
    assert (told.batch, told.vouched_by) == ("", "Ben")
    known = tea.acts.product("Tea")
    assert (known.brand, known.gtin) == ("Qingshan", "96385074")


def test_what_others_changed_again_is_not_taken_back(tea: Workspace) -> None:
    (one,) = ids(tea, "Tea", "front")
    (soap,) = tea.references(product="Soap")
    said = tea.acts.say([one], {"batch": "B-1"})
    moved = tea.acts.move([soap.id], "Savon", "front")
    removed = tea.remove_reference(one)
    with Workspace(tea.folder, author="Ben") as ben:
        ben.acts.say([soap.id], {"batch": "B-2"})
        ben.acts.take_back(removed)
        ben.acts.say([one], {"batch": "B-2"})
    before = tea.snapshots.now()
    for changes in (said, moved, removed):
        with pytest.raises(ChangedMeanwhile):
            tea.acts.take_back(changes)
    assert tea.snapshots.now() == before


def test_undoing_twice_is_refused(tea: Workspace) -> None:
    changes = tea.acts.move(ids(tea, "Tea", "front"), "Tee", "front")
    tea.acts.take_back(changes)
    with pytest.raises(ChangedMeanwhile, match="changed in the meantime: Te"):
        tea.acts.take_back(changes)


def test_what_was_computed_from_something_else_is_refused(tea: Workspace) -> None:
    zones, traits = tea.zones("Tea", "front"), tea.acts.traits("Tea", "front")
    policy = tea.acts.policy()
    other = Policy(of_reference=("batch",))
    with Workspace(tea.folder, author="Ben") as ben:
        ben.set_zones("Tea", "front", [*zones, replace(zones[0], label="seal")])
        ben.acts.set_traits("Tea", "front", [*traits, *traits])
        ben.acts.set_policy(other)
    for change in (
        lambda: tea.set_zones("Tea", "front", zones[:0], expected=zones),
        lambda: tea.acts.set_traits("Tea", "front", traits[:0], expected=traits),
        lambda: tea.acts.set_policy(Policy(of_reference=("proof",)), expected=policy),
    ):
        with pytest.raises(ChangedMeanwhile):
            change()
    assert [zone.label for zone in tea.zones("Tea", "front")] == ["lot", "seal"]
    assert len(tea.acts.traits("Tea", "front")) == 2
    assert tea.acts.policy() == other
    tea.set_zones("Tea", "front", zones, expected=tea.zones("Tea", "front"))
    tea.acts.set_policy(policy, expected=other)
    assert (tea.zones("Tea", "front"), tea.acts.policy()) == (zones, policy)


def test_a_sentence_with_space_around_it_is_taken_back(tea: Workspace) -> None:
    (one,) = tea.references(product="Soap")
    changes = tea.acts.set_traits("Soap", "front", [a_trait(one, "  closes ")])
    tea.acts.take_back(changes)
    assert tea.acts.traits("Soap", "front") == ()
