"""Where two people have to agree, what changes the gallery from the command line is proposed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app.commands import gallery as gallery_module
from app.reports.versions import ProductDocument, ProposedDocument, RulesDocument
from app.store import ProposalState, Workspace
from tests.app.store.gallery_samples import fill
from tests.app.test_cli_zones import Runner

if TYPE_CHECKING:
    from pathlib import Path

TEA = "茶叶罐 200 g"
NAMES = ("--product", TEA, "--side", "front")
CORNERS = "1,1,20,1,20,20"


@pytest.fixture
def run(workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.chdir(tmp_path)
    with Workspace(workspace_folder, author="A. Li") as opened:
        fill(opened, tmp_path / "pictures")
        opened.snapshots.take("spring")
    Image.new("RGB", (64, 48), (9, 90, 30)).save(tmp_path / "new.png")
    (tmp_path / "torn.png").write_bytes(b"no picture")
    (tmp_path / "list.csv").write_text("file,product,side\nnew.png,Pot,front\ntorn.png,Pot,lid\n")
    return Runner(workspace_folder)


def hold_rule(run: Runner, *, holds: bool = True) -> None:
    with Workspace(run.workspace, author="A. Li") as opened:
        opened.approvals.need(holds, agreed="B. Wu")


FIRST = "pictures/图 0.png"
CHANGES = (
    ("add", "new.png", "torn.png", "--product", "Pot", "--side", "front"),
    ("import", "list.csv"),
    ("move", FIRST, "--product", "New", "--side", "lid"),
    ("first", "pictures/图 4.png"),
    ("say", FIRST, "--vouched-by", "B. Wu"),
    ("product", TEA, "--market", "CN"),
    ("rules", "--require", "proof"),
    ("threshold", "set", "0.5"),
    ("threshold", "reset"),
    ("zone", "add", *NAMES, "--kind", "must-match", "--polygon", CORNERS),
    ("zone", "drop", *NAMES, "--all"),
    (
        "feature",
        "add",
        *NAMES,
        "--polygon",
        CORNERS,
        "--sentence",
        "the R closes",
        *("--reference", FIRST),
    ),
    ("feature", "change", *NAMES, "1", "--sentence", "the R is open"),
    ("feature", "drop", *NAMES, "1"),
    ("restore", "spring"),
)


@pytest.mark.parametrize("arguments", CHANGES, ids=lambda each: " ".join(each[:2]))
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_change_is_proposed_and_not_made(
    run: Runner, arguments: tuple[str, ...], more: tuple[str, ...]
) -> None:
    prepare(run, arguments)
    hold_rule(run)
    with Workspace(run.workspace) as opened:
        before = opened.snapshots.now().version()
    status, out, err = run("gallery", *arguments, *more)
    assert status == 0, err
    with Workspace(run.workspace) as opened:
        (made,) = opened.approvals.all(ProposalState.WAITING)
        assert opened.snapshots.now().version() == before
    if more:
        document = ProposedDocument.model_validate(json.loads(out))
        assert document.proposal == made.id
        assert len(document.changes) == len(made.changes) > 0
    else:
        assert f"waits for a second person as proposal {made.id}" in out
    assert ("torn.png" in err) == (arguments[0] in ("add", "import"))


def prepare(run: Runner, arguments: tuple[str, ...]) -> None:
    """Have something there that can be changed or taken away."""
    match arguments[:2]:
        case ("threshold", "reset"):
            assert run("gallery", "threshold", "set", "0.5")[0] == 0
        case ("restore", _):
            assert run("gallery", "say", FIRST, "--batch", "other")[0] == 0
        case ("zone", "drop"):
            assert run("gallery", *CHANGES[9])[0] == 0
        case ("feature", "change" | "drop"):
            assert run("gallery", *CHANGES[11])[0] == 0


def test_what_changes_nothing_is_told_as_ever(run: Runner) -> None:
    hold_rule(run)
    status, out, _ = run("gallery", "first", FIRST, "--none")
    assert status == 0
    assert "nothing was changed" in out
    assert run("gallery", "restore", "spring")[0] == 0
    status, _, err = run("gallery", "add", "torn.png", "--product", "Pot", "--side", "front")
    assert status == 1
    assert "Nothing could be added" in err
    with Workspace(run.workspace) as opened:
        assert opened.approvals.all() == ()


def test_a_gallery_that_travels_is_proposed_as_a_whole(run: Runner, tmp_path: Path) -> None:
    assert run("gallery", "export", "all.touchstone")[0] == 0
    other = Runner(tmp_path / "other")
    hold_rule(other)
    status, out, err = other("gallery", "load", "all.touchstone", "--json")
    assert status == 0, err
    assert ProposedDocument.model_validate(json.loads(out)).changes
    with Workspace(other.workspace) as opened:
        assert not opened.references()


def test_limits_are_not_measured_where_nobody_can_agree(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery_module, "open_desk", None)
    hold_rule(run)
    status, _, err = run("gallery", "calibrate")
    assert status == 1
    assert "two people agree" in err
    assert "lift the rule" in err


def test_a_product_is_told_without_changing_anything(run: Runner) -> None:
    assert run("gallery", "product", TEA, "--market", "CN")[0] == 0
    hold_rule(run)
    with Workspace(run.workspace) as opened:
        before = opened.audit(1)
    status, out, err = run("gallery", "product", TEA, "--json")
    assert status == 0, err
    assert ProductDocument.model_validate(json.loads(out)).market == "CN"
    assert run("gallery", "product", TEA)[0] == 0
    status, out, err = run("gallery", "product", "Nobody", "--json")
    assert (status, out) == (1, "")
    assert "no product “Nobody”" in err
    with Workspace(run.workspace) as opened:
        assert opened.audit(1) == before


def test_rules_are_told_as_one_document(run: Runner) -> None:
    status, out, _ = run("gallery", "rules", "--json")
    assert status == 0
    RulesDocument.model_validate(json.loads(out))
    shots = ("--shots", "tea:front;lid", "--require", "proof")
    status, out, _ = run("gallery", "rules", *shots, "--json")
    found = RulesDocument.model_validate(json.loads(out))
    assert "proof" in found.of_reference
    assert [(each.category, each.required, each.optional) for each in found.shots] == [
        ("tea", ("front",), ("lid",))
    ]
