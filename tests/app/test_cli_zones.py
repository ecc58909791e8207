"""`touchstone gallery zones` and `gallery zone`: drawn, listed, proposed, dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from app import cli
from app.commands import desk as desk_module
from app.reports.housekeeping import CheckDocument, FindingKind, ZonesDocument
from app.store import Workspace
from tests.vision.samples import CellNetwork, saved_side, seen_through
from tests.vision.test_zones import SEAL, item, view
from vision import ZoneKind

if TYPE_CHECKING:
    from pathlib import Path

ON_TEA = ("--product", "tea", "--side", "front")
CORNERS = "3,4 20,4 20,18"


class Runner:
    """Runs the commands in this process, on one workspace."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(
            cli.build(lambda *_, **__: 0),
            [*arguments, "--workspace", str(self.workspace)],
            catch_exceptions=False,
        )
        return result.exit_code, result.stdout, result.stderr

    def zones(self, *arguments: str) -> ZonesDocument:
        status, out, err = self("gallery", *arguments, *ON_TEA, "--json")
        assert status == 0, err
        return ZonesDocument.model_validate(json.loads(out))

    def kept(self) -> tuple[ZoneKind, ...]:
        with Workspace(self.workspace) as opened:
            return tuple(zone.kind for zone in opened.zones("tea", "front"))


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    for seed, file in enumerate(files):
        pixels = np.random.default_rng(seed).integers(0, 256, (24, 32, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(file)
    return files


@pytest.fixture
def run(workspace_folder: Path, pictures: list[Path]) -> Runner:
    """A side of two references."""
    runner = Runner(workspace_folder)
    assert runner("gallery", "add", *map(str, pictures), *ON_TEA)[0] == 0
    return runner


def hashes(run: Runner) -> list[str]:
    with Workspace(run.workspace) as opened:
        return [reference.sha256 for reference in opened.references()]


def test_a_side_without_zones_says_so(run: Runner) -> None:
    assert run.zones("zones").zones == ()
    status, out, _ = run("gallery", "zones", *ON_TEA, "--language", "en")
    assert (status, out.strip()) == (0, "“tea”, side “front” has no zones.")


def test_a_zone_is_added_to_the_first_reference(run: Runner) -> None:
    drawn = ("zone", "add", "--kind", "must-match", "--polygon", CORNERS, "--label", "seal")
    (zone,) = run.zones(*drawn).zones
    assert (zone.number, zone.kind, zone.label) == (1, ZoneKind.MUST_MATCH, "seal")
    assert zone.polygon == ((3, 4), (20, 4), (20, 18))
    assert zone.reference == f"sha256:{hashes(run)[0]}"
    assert run.zones("zones").zones == (zone,)


@pytest.mark.parametrize("way", ["file", "hash", "start of the hash"])
def test_the_reference_can_be_named(run: Runner, pictures: list[Path], way: str) -> None:
    sha256 = hashes(run)[1]
    named = {"file": str(pictures[1]), "hash": f"sha256:{sha256}"}.get(way, sha256[:10])
    drawn = ("zone", "add", "--kind", "variable", "--polygon", CORNERS, "--reference", named)
    assert run.zones(*drawn).zones[0].reference == f"sha256:{sha256}"


@pytest.mark.parametrize("polygon", ["1,2 3,4", "1,2,3,4,5", "a,b,c,d,e,f", "1,2,3,4,5,nan", ""])
def test_what_is_no_polygon_is_wrong_usage(run: Runner, polygon: str) -> None:
    drawn = ("zone", "add", "--kind", "variable", "--polygon", polygon)
    status, _, err = run("gallery", *drawn, *ON_TEA)
    assert status == 2
    assert "corners" in err
    assert run.kept() == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--polygon", "3,4 200,4 20,18"), "32 × 24"),
        (("--reference", "0" * 12), "is no reference"),
        (("--product", "coffee"), "coffee"),
        (("--label", "x" * 201), "200"),
    ],
    ids=["outside", "strange reference", "strange product", "long name"],
)
def test_what_cannot_be_kept_is_refused(run: Runner, change: tuple[str, str], said: str) -> None:
    drawn = ("zone", "add", "--kind", "variable", "--polygon", CORNERS)
    status, _, err = run("gallery", *drawn, *ON_TEA, *change, "--language", "en")
    assert status == 1
    assert said in err
    assert run.kept() == ()


def test_zones_are_dropped_by_number(run: Runner) -> None:
    for label in ("seal", "crest", "rim"):
        drawn = ("--kind", "must-match", "--polygon", CORNERS, "--label", label)
        run.zones("zone", "add", *drawn)
    left = run.zones("zone", "drop", "1", "3").zones
    assert [(zone.number, zone.label) for zone in left] == [(1, "crest")]
    status, _, err = run("gallery", "zone", "drop", "2", *ON_TEA, "--language", "en")
    assert status == 1
    assert "has no zone 2" in err
    assert run.kept() == (ZoneKind.MUST_MATCH,)
    assert run("gallery", "zone", "drop", *ON_TEA)[0] == 2
    assert run.zones("zone", "drop", "--all").zones == ()
    assert run.kept() == ()


def test_a_zone_whose_reference_is_gone_is_found(run: Runner) -> None:
    run.zones("zone", "add", "--kind", "variable", "--polygon", CORNERS)
    with Workspace(run.workspace) as opened:
        opened.remove_reference(opened.references()[0].id)
    found = CheckDocument.model_validate(json.loads(run("gallery", "check", "--json")[1]))
    (lost,) = [each for each in found.findings if each.kind is FindingKind.ZONE_LOST]
    assert (lost.product, lost.side) == ("tea", "front")
    assert "1 zones" in lost.sentence


def test_proposed_zones_are_kept_only_when_accepted(
    workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "Embedder", lambda **_: CellNetwork())
    shots = [
        seen_through(item(number), view(seed), noise=2.0)
        for seed, number in enumerate(("L2048", "K7719", "R3360", "B5125"))
    ]
    run = Runner(workspace_folder)
    with Workspace(workspace_folder) as opened:
        for reference in saved_side(tmp_path, shots):
            opened.add_reference(reference.path, product="tea", side="front")
    (proposed,) = run.zones("zones", "--propose").zones
    assert (proposed.number, proposed.kind, proposed.proposed) == (None, ZoneKind.VARIABLE, True)
    assert run.kept() == ()
    out = run("gallery", "zones", *ON_TEA, "--propose", "--language", "en")[1]
    assert "variable, proposed" in out
    (kept,) = run.zones("zones", "--accept").zones
    assert (kept.number, kept.proposed, kept.polygon) == (1, False, proposed.polygon)
    assert run.kept() == (ZoneKind.VARIABLE,)
    assert len(run.zones("zones", "--propose").zones) == 1  # nothing is proposed twice


def test_variable_zones_may_not_swallow_a_must_match_one(
    workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every photo of the side would be said to lie in too thin a gallery."""
    monkeypatch.setattr(desk_module, "Embedder", lambda **_: CellNetwork())
    run = Runner(workspace_folder)
    shots = [seen_through(item(), view(seed), noise=2.0) for seed in range(3)]
    with Workspace(workspace_folder) as opened:
        for reference in saved_side(tmp_path, shots):
            opened.add_reference(reference.path, product="tea", side="front")
    x0, y0, x1, y1 = SEAL
    seal = f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"
    around = f"{x0 - 9},{y0 - 9} {x1 + 9},{y0 - 9} {x1 + 9},{y1 + 9} {x0 - 9},{y1 + 9}"
    run.zones("zone", "add", "--kind", "must-match", "--polygon", seal, "--label", "seal")
    drawn = ("zone", "add", "--kind", "variable", "--polygon", around)
    status, _, err = run("gallery", *drawn, *ON_TEA, "--language", "en")
    assert (status, run.kept()) == (1, (ZoneKind.MUST_MATCH,))
    assert "nothing to compare of its must-match zone “seal”" in err
    run.zones("zone", "drop", "--all")
    run.zones("zone", "add", "--kind", "variable", "--polygon", around)
    drawn = ("zone", "add", "--kind", "must-match", "--polygon", seal)
    assert run("gallery", *drawn, *ON_TEA)[0] == 1
    assert run.kept() == (ZoneKind.VARIABLE,)
