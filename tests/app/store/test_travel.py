"""Galleries travel in one file: whole or not at all, equal at the other end, merged by a person."""

from __future__ import annotations

import json
import random
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.store import (
    ConflictKind,
    FolderInTheWay,
    GalleryFileDamaged,
    GalleryFileError,
    Keep,
    KeptTrait,
    KnownLength,
    MergeConflicts,
    NewerGalleryFile,
    NotAGalleryFile,
    OriginalDamaged,
    OriginalMissing,
    OtherSeal,
    Policy,
    ProposalMade,
    Shots,
    Workspace,
    changed,
    gallery_files,
    originals,
)
from tests.app.store.gallery_samples import SQUARE, fill, picture
from vision import FileUnreachable, Provenance, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.store import Conflict


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "here", author="Sender") as opened:
        fill(opened, tmp_path / "pictures")
        yield opened


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "there", author="Receiver") as opened:
        yield opened


@pytest.fixture
def file(here: Workspace, tmp_path: Path) -> Path:
    path = tmp_path / "图库.touchstone"
    here.travel.export(path)
    return path


def _rebuilt(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The file with other parts and a right seal, as somebody who knows the format makes it."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with file.open("w+b") as target:
        with zipfile.ZipFile(target, "w") as archive:
            archive.comment = b" " * 71
            for name, content in parts.items():
                archive.writestr(name, content)
        gallery_files.finished(gallery_files._sealing(target, 0, 1))
    return file


def _edited(file: Path, change: Callable[[dict[str, object]], None]) -> Path:
    """The same with another manifest."""

    def edit(parts: dict[str, bytes]) -> None:
        document = json.loads(parts["manifest.json"])
        change(document)
        parts["manifest.json"] = json.dumps(document).encode()

    return _rebuilt(file, edit)


def test_a_gallery_is_the_same_elsewhere(here: Workspace, there: Workspace, file: Path) -> None:
    done = there.travel.load(file)
    assert (done.references, done.added) == (5, 5)
    assert there.gallery(None).version == here.gallery(None).version == done.gallery_version
    assert there.snapshots.now() == here.snapshots.now()
    assert there.lost_originals(thorough=True) == ()
    assert [each.provenance for each in there.references()] == [
        each.provenance for each in here.references()
    ]


def test_a_round_trip_gives_the_same_gallery(
    here: Workspace, there: Workspace, file: Path, tmp_path: Path
) -> None:
    there.travel.load(file)
    back = tmp_path / "back.touchstone"
    there.travel.export(back)
    assert here.travel.load(back).changes == ()
    with Workspace(tmp_path / "third") as third:
        third.travel.load(back)
        assert third.snapshots.now() == here.snapshots.now()


def test_loading_twice_changes_nothing(there: Workspace, file: Path) -> None:
    there.travel.load(file)
    before, told = there.snapshots.now(), there.audit()
    again = there.travel.load(file)
    assert (again.added, again.changes, again.conflicts) == (0, (), ())
    assert there.snapshots.now() == before
    assert there.audit() == told


def test_both_ends_remember(here: Workspace, there: Workspace, file: Path) -> None:
    assert (here.audit(1)[0].act, here.audit(1)[0].author) == ("export", "Sender")
    there.travel.load(file)
    acts = [(each.act, each.author) for each in there.audit()]
    assert acts[0] == ("load", "Receiver")
    assert acts.count(("add", "Receiver")) == 5


def test_every_byte_is_under_the_seal(there: Workspace, file: Path) -> None:
    whole = file.read_bytes()
    chance = random.Random(3)
    places = {
        *range(64),
        *range(len(whole) - 200, len(whole)),
        *chance.sample(range(len(whole)), 150),
    }
    for place in sorted(places):
        data = bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        with pytest.raises(GalleryFileError, match="Nothing was loaded"):
            there.travel.load(file)
    assert there.references() == ()
    assert there.tidy().orphans == 0


def test_a_file_that_was_cut_off_is_named(there: Workspace, file: Path) -> None:
    whole = file.read_bytes()
    chance = random.Random(4)
    for length in [4, 70, 100, len(whole) - 1, *chance.sample(range(4, len(whole)), 60)]:
        file.write_bytes(whole[:length])
        with pytest.raises(GalleryFileDamaged, match=r"图库.*cut off.*Copy it again"):
            there.travel.load(file)
    assert there.references() == ()


@pytest.mark.parametrize("content", [b"", b"PK", b"\xff\xd8\xff\xe0 a photo", b"text" * 99])
def test_what_is_no_gallery_is_named(there: Workspace, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "photo.touchstone"
    file.write_bytes(content)
    with pytest.raises(NotAGalleryFile, match="Choose a file"):
        there.travel.load(file)


def test_a_missing_file_or_folder_is_named(there: Workspace, tmp_path: Path) -> None:
    for path in (tmp_path / "none.touchstone", tmp_path):
        with pytest.raises(NotAGalleryFile, match="cannot be read"):
            there.travel.load(path)


def test_a_zip_of_other_things_is_named(there: Workspace, file: Path) -> None:
    with pytest.raises(NotAGalleryFile, match="no manifest"):
        there.travel.load(_rebuilt(file, lambda parts: parts.pop("manifest.json")))


def test_a_picture_exchanged_under_a_right_seal_is_found(there: Workspace, file: Path) -> None:
    def exchange(parts: dict[str, bytes]) -> None:
        name = next(name for name in parts if name.startswith("originals/"))
        parts[name] = parts[name][:-1] + b"\0"

    with pytest.raises(GalleryFileDamaged, match="a picture is not the one"):
        there.travel.load(_rebuilt(file, exchange))
    assert there.references() == ()
    assert there.tidy().orphans == 0


def test_a_part_too_many_or_too_few_is_found(there: Workspace, file: Path) -> None:
    whole = file.read_bytes()
    with pytest.raises(GalleryFileDamaged, match="does not hold the files"):
        there.travel.load(_rebuilt(file, lambda parts: parts.update({"../../evil": b"x"})))
    file.write_bytes(whole)
    with pytest.raises(GalleryFileDamaged, match="does not hold the files"):
        there.travel.load(_rebuilt(file, lambda parts: parts.popitem()))


def test_another_side_in_the_manifest_is_found(there: Workspace, file: Path) -> None:
    def rename(document: dict[str, object]) -> None:
        document["contents"]["references"][0]["product"] = "Other"  # type: ignore[index]

    with pytest.raises(GalleryFileDamaged, match="not the one that its manifest names"):
        there.travel.load(_edited(file, rename))


def test_a_reference_named_twice_is_found(there: Workspace, file: Path) -> None:
    def repeat(document: dict[str, object]) -> None:
        references = document["contents"]["references"]  # type: ignore[index]
        references.append({**references[0], "id": "0" * 32})

    with pytest.raises(GalleryFileDamaged, match="twice"):
        there.travel.load(_edited(file, repeat))


def test_two_writings_of_one_name_are_found(there: Workspace, file: Path) -> None:
    def write_otherwise(document: dict[str, object]) -> None:
        one = document["contents"]["references"][0]  # type: ignore[index]
        one["product"] = one["product"] + " "

    with pytest.raises(GalleryFileDamaged, match="names are kept"):
        there.travel.load(_edited(file, write_otherwise))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "../../../etc"),
        ("suffix", "/../x"),
        ("width", -1),
        ("new", 1),
        ("outline", [[0, 1]]),
        ("corners", [[0, 0], [9, 0], [9, 9]]),  # three
        ("corners", [[0, 0], [90, 90], [90, 0], [0, 90]]),  # crossed
        ("corners", [[0, 0], [0, 0], [90, 90], [0, 90]]),  # two in one place
    ],
)
def test_a_manifest_that_is_wrong_is_named_with_its_place(
    there: Workspace, file: Path, field: str, value: object
) -> None:
    def spoil(document: dict[str, object]) -> None:
        document["contents"]["references"][2][field] = value  # type: ignore[index]

    with pytest.raises(GalleryFileDamaged, match=rf"contents\.references\.2\.{field}"):
        there.travel.load(_edited(file, spoil))


def test_a_newer_file_is_refused(there: Workspace, file: Path) -> None:
    def renew(document: dict[str, object]) -> None:
        document["schema"] = "touchstone.gallery/4"

    with pytest.raises(NewerGalleryFile, match="Install the newer"):
        there.travel.load(_edited(file, renew))


def test_a_rebuilt_file_is_told_by_its_seal(here: Workspace, there: Workspace, file: Path) -> None:
    told = here.travel.export(file).seal
    rebuilt = _edited(file, lambda document: document.update({"author": "Somebody"}))
    with pytest.raises(OtherSeal, match="ask its sender"):
        there.travel.load(rebuilt, seal=told)
    here.travel.export(file)
    seal = gallery_files.opened(file).seal
    assert there.travel.load(file, seal=seal.removeprefix("sha256:").upper()).added == 5


def test_an_export_with_a_lost_picture_leaves_no_file(here: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out" / "gallery.touchstone"
    path.parent.mkdir()
    first, second, *_ = here.references()
    damaged = Path(first.path)
    damaged.chmod(stat.S_IWUSR | stat.S_IRUSR)
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    with pytest.raises(OriginalDamaged):
        here.travel.export(path)
    Path(second.path).unlink()
    with pytest.raises(OriginalMissing):
        here.travel.export(path)
    assert list(path.parent.iterdir()) == []


def test_an_empty_gallery_travels_too(there: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "empty.touchstone"
    there.travel.export(path)
    with Workspace(tmp_path / "other") as other:
        assert other.travel.load(path).references == 0


def test_a_failure_while_loading_leaves_the_gallery_as_it_was(
    here: Workspace, there: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("cut off")

    monkeypatch.setattr("app.store.travel._told", fail)
    with pytest.raises(RuntimeError, match="cut off"):
        there.travel.load(file)
    assert there.references() == ()
    assert there.all_zones() == {}
    monkeypatch.undo()
    there.travel.load(file)
    assert there.snapshots.now() == here.snapshots.now()


# Merging: what both galleries say, and not the same.


def _mine(workspace: Workspace, tmp_path: Path, seed: int, **said: str) -> str:
    """Picture `seed` under the side where the sender has it too, with other provenance."""
    return workspace.add_reference(
        picture(tmp_path / "mine" / f"{seed}.png", seed),
        product=("茶叶罐 200 g", "Biscuits")[seed % 2],
        side=("front", "背面")[seed % 3 == 2],
        provenance=Provenance(**said),
    ).id


def _kinds(conflicts: tuple[Conflict, ...]) -> list[ConflictKind]:
    return [each.kind for each in conflicts]


def test_galleries_without_a_common_thing_become_one(
    here: Workspace, there: Workspace, file: Path, tmp_path: Path
) -> None:
    fill(there, tmp_path / "others", first=20, count=3)
    own = there.references()
    done = there.travel.load(file)
    assert (done.added, done.conflicts) == (5, ())
    assert set(own) < set(there.references())
    assert len(there.references()) == 8


def test_what_contradicts_is_shown_and_nothing_loaded(
    there: Workspace, file: Path, tmp_path: Path
) -> None:
    _mine(there, tmp_path, 1, vouched_by="B. Wu", batch="B-1")
    before = there.snapshots.now()
    with pytest.raises(MergeConflicts, match="in 1 places") as caught:
        there.travel.load(file)
    (conflict,) = caught.value.conflicts
    assert (conflict.kind, conflict.fields) == (ConflictKind.FACTS, ("vouched_by",))
    assert there.snapshots.now() == before
    assert there.travel.preview(file).conflicts == (conflict,)


@pytest.mark.parametrize(("keep", "name"), [(Keep.MINE, "B. Wu"), (Keep.THEIRS, "A. Lin")])
def test_a_person_says_whose_word_counts(
    there: Workspace, file: Path, tmp_path: Path, keep: Keep, name: str
) -> None:
    own = _mine(there, tmp_path, 1, vouched_by="B. Wu")
    done = there.travel.load(file, settle=lambda _conflict: keep)
    assert (done.added, len(done.conflicts)) == (4, 1)
    found = {each.id: each.provenance for each in there.references()}
    assert found[own].vouched_by == name
    if keep is Keep.THEIRS:
        assert found[own].batch == "B-1"
        assert there.travel.load(file).changes == ()


def test_where_one_says_nothing_the_other_is_believed(
    here: Workspace, there: Workspace, file: Path, tmp_path: Path
) -> None:
    own = _mine(there, tmp_path, 1)  # the sender knows more of it
    here.set_outline(here.references()[-1].id, None)
    assert there.travel.load(file).conflicts == ()
    found = next(each for each in there.references() if each.id == own)
    assert found.provenance == Provenance("A. Lin", "maker", "B-1", "2026-01-01", "2027-01-01")
    there.set_outline(own, SQUARE)  # now the receiver knows more
    assert there.travel.load(file).changes == ()
    assert next(each for each in there.references() if each.id == own).outline == SQUARE


def test_a_picture_under_another_side_is_a_conflict(
    there: Workspace, file: Path, tmp_path: Path
) -> None:
    moved = there.add_reference(picture(tmp_path / "x.png", 1), product="Biscuits", side="lid")
    (conflict,) = there.travel.preview(file).conflicts
    assert conflict.kind is ConflictKind.PLACE
    there.travel.load(file, settle=lambda _: Keep.MINE)
    same = [each for each in there.references() if each.sha256 == moved.sha256]
    assert [each.side for each in same] == ["lid"]
    there.travel.load(file, settle=lambda _: Keep.THEIRS)
    same = [each for each in there.references() if each.sha256 == moved.sha256]
    assert [each.side for each in same] == ["front"]
    assert "lid" not in {each.side for each in there.references()}


def test_zones_and_lengths_that_differ_are_conflicts(
    here: Workspace, there: Workspace, file: Path
) -> None:
    there.travel.load(file)
    ((product, side), (zone,)) = next(iter(there.all_zones().items()))
    there.set_zones(product, side, [Zone(ZoneKind.VARIABLE, SQUARE, zone.reference)])
    there.set_known_length(zone.reference, KnownLength((0.0, 0.0), (9.0, 0.0), 4.0))
    with pytest.raises(MergeConflicts) as caught:
        there.travel.load(file)
    assert sorted(_kinds(caught.value.conflicts)) == [ConflictKind.LENGTH, ConflictKind.ZONES]
    there.travel.load(
        file, settle=lambda one: Keep.THEIRS if one.kind is ConflictKind.ZONES else Keep.MINE
    )
    assert there.all_zones() == here.all_zones()
    assert there.known_length(zone.reference) == KnownLength((0.0, 0.0), (9.0, 0.0), 4.0)


def test_a_loaded_picture_that_is_here_keeps_its_file(
    there: Workspace, file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jpeg"
    copy.write_bytes(picture(tmp_path / "x.png", 1).read_bytes())
    there.add_reference(copy, product="Biscuits", side="front")
    there.add_reference(copy, product="Biscuits", side="lid")
    there.travel.load(file, settle=lambda _: Keep.MINE)
    assert there.tidy().orphans == 0
    assert there.lost_originals(thorough=True) == ()


def test_thresholds_and_policy_travel_and_contradictions_are_settled(
    here: Workspace, there: Workspace, tmp_path: Path
) -> None:
    one = here.references()[0]
    here.thresholds.set(0.7, product=one.product, side=one.side)
    here.acts.set_policy(Policy(of_reference=("vouched_by",)))
    file = tmp_path / "with.touchstone"
    here.travel.export(file)
    there.travel.load(file)
    assert there.thresholds.all() == here.thresholds.all()
    assert there.acts.policy() == here.acts.policy()
    there.thresholds.set(0.9, product=one.product, side=one.side)
    there.acts.set_policy(Policy(of_reference=("batch",)))
    with pytest.raises(MergeConflicts) as raised:
        there.travel.load(file)
    kinds = {each.kind for each in raised.value.conflicts}
    assert kinds == {ConflictKind.THRESHOLD, ConflictKind.POLICY}
    there.travel.load(file, settle=lambda _: Keep.THEIRS)
    assert there.thresholds.all() == here.thresholds.all()
    assert there.acts.policy() == here.acts.policy()


def test_the_margin_of_the_whole_gallery_travels_and_comes_into_a_proposal(
    here: Workspace, there: Workspace, tmp_path: Path
) -> None:
    """It is of no product and no side, where every other thing has a name."""
    here.thresholds.set(0.25)
    file = tmp_path / "margin.touchstone"
    here.travel.export(file)
    there.approvals.need(True)
    with pytest.raises(ProposalMade), changed(there) as draft:
        draft.travel.load(file)
    assert there.thresholds.all().margin is None
    there.approvals.need(False, agreed="Somebody else")
    there.travel.load(file)
    assert there.thresholds.all().margin == 0.25


def test_what_only_one_gallery_asks_for_is_no_contradiction(
    here: Workspace, there: Workspace, file: Path, tmp_path: Path
) -> None:
    shots = (Shots(category="tea", required=("front",)),)
    here.acts.set_policy(Policy(of_reference=("batch",)))
    there.acts.set_policy(Policy(shots=shots, of_product=("brand",)))
    here.travel.export(file)
    assert there.travel.load(file).conflicts == ()
    wanted = Policy(of_reference=("batch",), of_product=("brand",), shots=shots)
    assert there.acts.policy() == wanted
    assert there.travel.load(file).changes == (), "theirs says less, and nothing else"


def test_a_file_that_asks_for_a_fact_that_there_is_none_of_is_refused(
    here: Workspace, there: Workspace, file: Path
) -> None:
    """Every check of the gallery would otherwise ask references for it."""
    here.acts.set_policy(Policy(of_reference=("batch",)))
    here.travel.export(file)

    def ask(document: dict[str, object]) -> None:
        document["contents"]["policy"]["of_reference"] = ["colour_of_the_sky"]  # type: ignore[index]

    with pytest.raises(GalleryFileDamaged, match="colour_of_the_sky"):
        there.travel.load(_edited(file, ask))
    assert there.references() == ()


@pytest.mark.parametrize("schema", ["touchstone.gallery/1", "touchstone.gallery/2"])
def test_a_file_of_an_older_version_says_nothing_of_thresholds_and_policy(
    there: Workspace, file: Path, schema: str
) -> None:
    def make_old(document: dict[str, object]) -> None:
        document["schema"] = schema
        newer = ["thresholds", "policy"] + ["products", "traits"] * schema.endswith("1")
        for name in newer:
            del document["contents"][name]  # type: ignore[attr-defined]

    there.thresholds.set(0.4)
    there.acts.set_policy(Policy(of_reference=("batch",)))
    assert there.travel.load(_edited(file, make_old)).added == 5
    assert there.thresholds.all().margin == 0.4
    assert there.acts.policy().of_reference == ("batch",)


def _needing_one_file_twice(workspace: Workspace, folder: Path) -> tuple[KeptTrait, str]:
    """A feature and a proof whose bytes are also a reference, under another ending."""
    one = picture(folder / "a.png", 70)
    again, proof = folder / "a.PNG2", folder / "a.pdf"
    for copy in (again, proof):
        copy.write_bytes(one.read_bytes())
    kept = workspace.add_reference(one, product="Tea", side="front")
    stored = workspace.acts.keep_file(proof)
    workspace.acts.say([kept.id], {"proof": stored, "proof_name": "a.pdf"})
    trait = KeptTrait(
        sentence="closes",
        reference=kept.sha256,
        polygon=((4.0, 5.0),),
        genuine=workspace.acts.keep_picture(again),
    )
    workspace.acts.set_traits("Tea", "front", [trait])
    return trait, stored


def test_a_file_keeps_the_ending_under_which_it_lies(here: Workspace, tmp_path: Path) -> None:
    trait, proof = _needing_one_file_twice(here, tmp_path)
    assert trait.genuine == proof == f"{trait.reference}.png"
    assert here.tidy().orphans == 0


def test_bytes_that_were_a_proof_first_are_a_reference_under_the_same_name(
    here: Workspace, tmp_path: Path
) -> None:
    file = picture(tmp_path / "one.png", 71)
    proof = file.rename(tmp_path / "one.jpeg")
    stored = here.acts.keep_file(proof)
    added = here.add_reference(proof.rename(file), product="Tea", side="front")
    assert Path(added.path) == here.acts.file(stored)


def test_a_gallery_that_needs_a_file_under_two_endings_loses_none(
    here: Workspace, there: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:  # as galleries were filled before
        earlier.setattr(originals, "suffix_here", lambda file, *_where: originals.suffix_of(file))
        trait, proof = _needing_one_file_twice(here, tmp_path)
    assert (trait.genuine[64:], proof[64:]) == (".png2", ".pdf")
    assert here.tidy().orphans == 0, "all three are needed"
    exported = tmp_path / "two.touchstone"
    here.travel.export(exported)
    there.travel.load(exported)
    there_there = there.acts.file(trait.genuine), there.acts.file(proof)
    assert [each.suffix for each in there_there] == [".png2", ".pdf"]
    assert all(each.read_bytes() == (tmp_path / "a.png").read_bytes() for each in there_there)
    assert there.travel.load(exported).changes == ()
    assert there.snapshots.now() == here.snapshots.now()
    there.acts.file(trait.genuine).unlink()  # as earlier versions loaded it
    assert there.acts.file(trait.genuine).is_file(), "the same bytes lie under another ending"
    there.travel.export(tmp_path / "again.touchstone")


def test_a_proof_that_changes_while_it_is_read_is_not_kept(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "store", lambda *_file, **_name: False)
    with pytest.raises(FileUnreachable, match="changed while it was read"):
        here.acts.keep_file(picture(tmp_path / "proof.png", 72))


def test_a_gallery_is_not_written_onto_a_folder(here: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "tea.touchstone"
    folder.mkdir(parents=True)
    with pytest.raises(FolderInTheWay, match="is a folder"):
        here.travel.export(folder)
    assert list(folder.parent.iterdir()) == [folder]


def test_a_file_that_cannot_take_its_name_leaves_nothing(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    target = tmp_path / "out" / "tea.touchstone"
    target.parent.mkdir()
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        here.travel.export(target)
    assert list(target.parent.iterdir()) == []


def test_the_seal_is_checked_before_a_file_is_looked_at(there: Workspace, file: Path) -> None:
    with pytest.raises(OtherSeal):
        there.travel.preview(file, seal="0" * 64)
    assert there.travel.preview(file, seal=gallery_files.opened(file).seal).added == 5
