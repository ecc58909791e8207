"""`touchstone gallery move`, `first`, `straighten`, `say`, `product` and `rules`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app.reports.versions import DoneDocument
from app.store import Workspace
from tests.app.store.gallery_samples import fill
from tests.app.test_cli_zones import Runner

if TYPE_CHECKING:
    from pathlib import Path

TEA = "茶叶罐 200 g"


@pytest.fixture
def run(workspace_folder: Path, tmp_path: Path) -> Runner:
    with Workspace(workspace_folder) as opened:
        fill(opened, tmp_path / "pictures")
    return Runner(workspace_folder)


def ask(run: Runner, *arguments: str) -> DoneDocument:
    status, out, err = run("gallery", *arguments, "--json")
    assert status == 0, err
    return DoneDocument.model_validate(json.loads(out))


def test_a_reference_named_by_its_file_is_moved(run: Runner, tmp_path: Path) -> None:
    file = str(tmp_path / "pictures" / "图 0.png")
    done = ask(run, "move", file, "--product", "New", "--side", "lid")
    assert [each.kind for each in done.changes] == ["removed", "added"]
    with Workspace(run.workspace) as opened:
        (moved,) = opened.references(product="New", side="lid")
        assert moved.provenance.batch == "B-0"
        assert opened.audit(1)[0].act == "move"
    again = ask(run, "move", moved.sha256[:10], "--product", "New", "--side", "lid")
    assert again.changes == ()


def test_a_reference_that_nothing_names_is_told(run: Runner) -> None:
    status, _, err = run("gallery", "move", "nothing", "--product", "New", "--side", "lid")
    assert status == 1
    assert "“nothing” is no reference" in err


def test_one_is_made_the_first_and_left_open(run: Runner, tmp_path: Path) -> None:
    file = str(tmp_path / "pictures" / "图 4.png")
    assert ask(run, "first", file).changes[0].fields == ("is_canonical",)
    with Workspace(run.workspace) as opened:
        assert [each.provenance.batch for each in opened.references() if each.is_canonical] == [
            "B-4"
        ]
    ask(run, "first", file, "--none")
    with Workspace(run.workspace) as opened:
        assert not any(each.is_canonical for each in opened.references())


def test_a_reference_is_straightened_and_its_corners_must_lie_in_it(
    run: Runner, tmp_path: Path
) -> None:
    file = tmp_path / "large.png"
    Image.new("RGB", (200, 100), "white").save(file)
    assert run("gallery", "add", str(file), "--product", "Big", "--side", "front")[0] == 0
    corners = "10,10,150,12,140,90,8,80"
    done = ask(run, "straighten", str(file), "--corners", corners)
    assert set(done.changes[0].fields) == {"corners", "height", "width"}
    status, _, err = run(
        "gallery", "straighten", str(file), "--corners", "10,10,250,12,140,90,8,80"
    )
    assert status == 1
    assert "four corners are expected" in err
    assert run("gallery", "straighten", str(file), "--corners", "1,2,3")[0] == 2
    assert run("gallery", "straighten", str(file))[0] == 2
    ask(run, "straighten", str(file), "--none")
    with Workspace(run.workspace) as opened:
        assert all(each.corners is None for each in opened.references())


def test_where_a_reference_comes_from_is_said_with_its_proof(run: Runner, tmp_path: Path) -> None:
    proof = tmp_path / "invoice.pdf"
    proof.write_bytes(b"%PDF paid")
    file = str(tmp_path / "pictures" / "图 1.png")
    ask(run, "say", file, "--vouched-by", "B. Wu", "--proof", str(proof))
    with Workspace(run.workspace) as opened:
        told = next(r.provenance for r in opened.references() if r.provenance.batch == "B-1")
        assert (told.vouched_by, told.obtained, told.proof_name) == (
            "B. Wu",
            "maker",
            "invoice.pdf",
        )
        assert opened.acts.file(told.proof).read_bytes() == b"%PDF paid"


def test_a_product_is_described_and_told(run: Runner) -> None:
    ask(run, "product", TEA, "--gtin", "0012345678905", "--market", "CN")
    status, out, _ = run("gallery", "product", TEA)
    assert status == 0
    assert "GTIN: 0012345678905" in out
    status, _, err = run("gallery", "product", TEA, "--gtin", "0012345678906")
    assert status == 1
    assert "its last digit should be 5" in err
    assert run("gallery", "product", "Nobody", "--brand", "x")[0] == 1


@pytest.mark.parametrize("language", [(), ("--language", "zh")])
def test_a_side_has_one_name_in_whatever_language_it_is_typed(
    run: Runner, tmp_path: Path, language: tuple[str, ...]
) -> None:
    files = []
    for shade in range(4):
        files.append(tmp_path / f"{shade}.png")
        Image.new("RGB", (64, 48), (40 * shade, 90, 30)).save(files[-1])
    table = tmp_path / "list.csv"
    table.write_text("file,product,side\n0.png,Pot,正面\n1.png,Pot,front\n2.png,Jug,背面\n")
    assert run("gallery", "import", str(table), *language)[0] == 0
    add = ("gallery", "add", str(files[3]), "--product", "Cup", "--side", "正面")
    assert run(*add, *language)[0] == 0
    to = ("--product", "Jug", "--side", "封签")
    assert run("gallery", "move", str(files[1]), *to, *language)[0] == 0
    assert run("gallery", "rules", "--shots", "cup:正面,front;背面", *language)[0] == 0
    with Workspace(run.workspace) as opened:
        found = {(each.product, each.side) for each in opened.references()}
        shots = opened.acts.policy().shots
    assert {("Pot", "front"), ("Jug", "back"), ("Jug", "seal"), ("Cup", "front")} <= found
    assert "正面" not in {side for _, side in found}
    assert [(each.required, each.optional) for each in shots] == [(("front",), ("back",))]


def test_rules_are_set_told_and_dropped(run: Runner) -> None:
    status, out, _ = run("gallery", "rules", "--require", "proof", "--shots", "tea:front,lid;base")
    assert status == 0
    assert "Of a reference: proof" in out
    assert "Sides of tea: front, lid; optional: base" in out
    assert run("gallery", "rules", "--require", "smell")[0] == 2
    assert run("gallery", "rules", "--shots", "tea:" + "x" * 201)[0] == 2
    status, out, _ = run("gallery", "rules", "--drop", "proof", "--shots", "tea:")
    assert "Sides of" not in out
    with Workspace(run.workspace) as opened:
        assert not opened.acts.policy().shots
