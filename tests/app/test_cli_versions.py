"""`touchstone gallery snapshot`, `diff`, `restore`, `history`, `export` and `load`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TypeVar

import pytest

from app import audit_words, field_words, store
from app.reports.contract import Document
from app.reports.versions import (
    AuditDocument,
    DifferenceDocument,
    SnapshotsDocument,
    TravelDocument,
)
from app.store import Change, KeptProduct, KeptReference, Policy, Shots, Workspace
from tests.app.store.gallery_samples import fill, picture
from tests.app.test_cli_zones import Runner


@pytest.fixture
def run(workspace_folder: Path, tmp_path: Path) -> Runner:
    with Workspace(workspace_folder) as opened:
        fill(opened, tmp_path / "pictures")
    return Runner(workspace_folder)


D = TypeVar("D", bound=Document)


def _asked(kind: type[D], run: Runner, *arguments: str) -> D:
    status, out, err = run("gallery", *arguments, "--json")
    assert status == 0, err
    return kind.model_validate(json.loads(out))


def _remove_one(run: Runner) -> None:
    with Workspace(run.workspace) as opened:
        opened.remove_reference(opened.references()[0].id)


def test_a_snapshot_is_taken_listed_compared_and_restored(run: Runner) -> None:
    (taken,) = _asked(SnapshotsDocument, run, "snapshot", "spring", "--note", "n").snapshots
    assert (taken.name, taken.note, taken.references) == ("spring", "n", 5)
    _remove_one(run)
    listed = _asked(SnapshotsDocument, run, "snapshots")
    assert listed.snapshots == (taken,)
    assert listed.gallery != taken.gallery

    difference = _asked(DifferenceDocument, run, "diff", "spring")
    assert [each.kind for each in difference.changes] == ["removed"]
    assert (difference.before, difference.after) == (taken.gallery, listed.gallery)

    restored = _asked(DifferenceDocument, run, "restore", "spring")
    assert [each.kind for each in restored.changes] == ["added"]
    assert restored.after == taken.gallery
    back = _asked(DifferenceDocument, run, "diff", "spring")
    assert (back.changes, back.after) == ((), taken.gallery)


def test_people_read_the_same_in_sentences(run: Runner) -> None:
    run("gallery", "snapshot", "spring")
    _remove_one(run)
    _, said, _ = run("gallery", "diff", "spring")
    assert re.search(r"“Biscuits”, side “front”: the reference 图 1.png \[\w{8}\] is gone", said)
    assert "Changes: 1." in said
    _, said, _ = run("gallery", "restore", "spring")
    assert "The gallery is as in “spring” again" in said
    _, said, _ = run("gallery", "snapshots")
    assert "before “spring”" in said
    _, said, _ = run("gallery", "history", "--limit", "3")
    assert re.search("snapshot restored +spring.*reference added +“Biscuits”", said, re.DOTALL)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("restore", "winter"), "There is no snapshot “winter”"),
        (("diff", "winter"), "There is no snapshot “winter”"),
        (("snapshot", " "), "must not be empty"),
        (("load", "none.touchstone"), "none.touchstone: this is no gallery"),
        (("export", "no/such/folder.touchstone"), "no/such"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Runner, arguments: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run("gallery", *arguments)
    assert (status, out) == (1, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_the_history_tells_every_change(run: Runner) -> None:
    entries = _asked(AuditDocument, run, "history").entries
    assert {each.act for each in entries} == {"add", "outline", "zones", "scale"}
    assert [each.number for each in entries] == sorted(
        (each.number for each in entries), reverse=True
    )


def test_a_gallery_travels(run: Runner, tmp_path: Path) -> None:
    file = str(tmp_path / "tea.touchstone")
    written = _asked(TravelDocument, run, "export", file)
    other = Runner(tmp_path / "other")
    seen = _asked(TravelDocument, other, "load", file, "--preview")
    assert (seen.added, seen.done) == (5, False)
    assert _asked(SnapshotsDocument, other, "snapshots").gallery != written.gallery
    status, _, err = other("gallery", "load", file, "--preview", "--seal", "0" * 64)
    assert status == 1
    assert "ask its sender" in err
    loaded = _asked(TravelDocument, other, "load", file, "--seal", written.seal)
    assert (loaded.added, loaded.done, loaded.seal) == (5, True, written.seal)
    assert _asked(SnapshotsDocument, other, "snapshots").gallery == written.gallery
    again = _asked(TravelDocument, other, "load", file)
    assert (again.added, again.changed) == (0, 0)


def test_contradictions_are_shown_and_settled_by_a_word(run: Runner, tmp_path: Path) -> None:
    file = str(tmp_path / "tea.touchstone")
    _, said, _ = run("gallery", "export", file)
    assert re.search(r"references: 5.*Seal: sha256:\w{64}", said, re.DOTALL)
    other = Runner(tmp_path / "other")
    own = str(picture(tmp_path / "own.png", 1))
    where = ("--product", "Biscuits", "--side", "front", "--vouched-by", "B. Wu")
    other("gallery", "add", own, *where)

    status, said, err = other("gallery", "load", file)
    assert status == 1
    assert "who vouches is “B. Wu” here and “A. Lin” there" in said
    assert "--keep mine" in err
    status, out, _ = other("gallery", "load", file, "--json")
    refused = TravelDocument.model_validate(json.loads(out))
    assert (status, refused.done, len(refused.conflicts)) == (1, False, 1)

    status, said, _ = other("gallery", "load", file, "--keep", "mine")
    assert (status, "Added: 4" in said) == (0, True)
    settled = _asked(TravelDocument, other, "load", file, "--keep", "theirs")
    assert (settled.added, settled.changed, len(settled.conflicts)) == (0, 1, 1)
    assert _asked(TravelDocument, other, "load", file).conflicts == ()


def test_a_file_that_was_changed_is_refused(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "tea.touchstone"
    run("gallery", "export", str(file))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    status, _, err = Runner(tmp_path / "other")("gallery", "load", str(file))
    assert status == 1
    assert "cut off, damaged or changed" in err
    assert "Copy it again" in err


def test_what_trainers_set_and_ask_for_is_compared_in_words_and_restored(run: Runner) -> None:
    with Workspace(run.workspace) as opened:
        one = opened.references()[0]
        opened.thresholds.set(0.75, product=one.product, side=one.side)
        opened.acts.set_policy(Policy(of_reference=("batch",)))
    _asked(SnapshotsDocument, run, "snapshot", "set")
    with Workspace(run.workspace) as opened:
        opened.thresholds.set(0.5, product=one.product, side=one.side)
        opened.thresholds.set(0.25)
        shots = Shots(category="tea", required=("front",), optional=("lid",))
        opened.acts.set_policy(Policy(of_reference=("batch", "proof"), shots=(shots,)))
    found = _asked(DifferenceDocument, run, "diff", "set").changes
    assert [(each.about.thing, each.about.product, each.kind) for each in found] == [
        ("policy", "", "changed"),
        ("threshold", "", "added"),
        ("threshold", one.product, "changed"),
    ]
    said = [each.sentence for each in found]
    assert "“batch” → “batch, proof”" in said[0]
    assert "sides to photograph “–” → “tea: front; optional: lid”" in said[0]
    assert said[1] == "The whole gallery: a threshold was set, 0.25."
    assert "0.5, before it was 0.75" in said[2]
    assert len(_asked(DifferenceDocument, run, "restore", "set").changes) == 3
    with Workspace(run.workspace) as opened:
        assert opened.acts.policy() == Policy(of_reference=("batch",))
        assert opened.thresholds.all().sides == ((one.product, one.side, 0.75),)


def test_a_contradiction_of_two_policies_says_both(run: Runner, tmp_path: Path) -> None:
    with Workspace(tmp_path / "other") as other:
        other.acts.set_policy(Policy(of_reference=("proof",), of_product=("gtin",)))
        other.travel.export(tmp_path / "other.touchstone")
    with Workspace(run.workspace) as opened:
        opened.acts.set_policy(Policy(of_reference=("batch",)))
    status, out, _ = run("gallery", "load", str(tmp_path / "other.touchstone"), "--json")
    document = TravelDocument.model_validate(json.loads(out))
    assert (status, document.done) == (1, False)
    (conflict,) = document.conflicts
    assert (conflict.kind, conflict.fields) == ("policy", ("of_reference",))
    assert "here “batch”, in the file “proof”" in conflict.sentence


def test_every_act_has_a_name() -> None:
    sources = "".join(path.read_text() for path in Path(store.__file__).parent.glob("*.py"))
    acts = set(re.findall(r'AuditRow\(\s*act="(\w+)"', sources))
    assert len(acts) > 10
    assert acts | {"approve", "decline"} <= set(audit_words._ACTS)


def test_every_field_of_a_reference_or_product_has_a_name(run: Runner) -> None:
    with Workspace(run.workspace) as opened:
        one = opened.snapshots.now().references[0]
    key = ("product", "side", "sha256")
    other = one.model_copy(
        update={name: "?" for name in KeptReference.model_fields if name not in key}
    )
    fields = {*Change(before=one, after=other).fields, *KeptProduct.model_fields} - {"product"}
    named = {field_words.field_name(name) for name in (*fields, *Policy.model_fields)}
    assert named == {str(text) for text in field_words._FIELDS.values()}
