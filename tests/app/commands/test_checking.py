"""`touchstone gallery check`: the JSON, the sentences, and that one bad file is a finding."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from typer.testing import CliRunner

from app import cli, words
from app.commands import desk
from app.commands.checking import check_rules, check_zones
from app.reports.housekeeping import CheckDocument, FindingKind, FindingPart
from app.store import Policy, Shots, Workspace
from tests.app.store.gallery_samples import fill
from tests.vision.samples import artwork, saved, seen_through, tilted
from vision import FlawKind, Map, Pixels, Provenance, Reference, Zone, ZoneKind

_SIZE = (480, 360)
_PRINTS = {("Tea", "front"): 1, ("Oil", "front"): 3}


class _NoModel:
    """Stands for the network, of which a check needs nothing."""

    version = "sha256:00"
    differ = None

    def __init__(self, *_: object, **__: object) -> None: ...

    def embed(self, crops: list[Pixels]) -> Map:
        return np.zeros((len(crops), 2), np.float32)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "Embedder", _NoModel)


def _photo(folder: Path, seed: int, at: int) -> Path:
    seen = seen_through(artwork(seed, *_SIZE), tilted(*_SIZE, at, most=20.0), noise=3.0)
    return saved(seen, folder / f"{seed}-{at}.png")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A sound gallery: two products of one side of four photos."""
    folder = tmp_path / "workspace"
    with Workspace(folder) as opened:
        for (product, side), seed in _PRINTS.items():
            for at in range(4):
                _add(opened, _photo(tmp_path, seed, at), product, side)
    return folder


def _add(opened: Workspace, file: Path, product: str, side: str) -> Reference:
    provenance = Provenance(vouched_by="Li")
    return opened.add_reference(file, product=product, side=side, provenance=provenance)


def _run(workspace: Path, *options: str) -> tuple[str, str]:
    command = cli.build(lambda *_, **__: 0)
    arguments = ["gallery", "check", *options, "--workspace", str(workspace)]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout, result.stderr


def _document(workspace: Path) -> CheckDocument:
    return CheckDocument.model_validate_json(_run(workspace, "--json")[0])


def test_every_flaw_has_its_kind_in_the_document() -> None:
    told_by_the_records = {"zone_lost", "feature_lost", "missing_fact", "missing_shot"}
    known = {kind.value for kind in FlawKind}
    assert {kind.value for kind in FindingKind} - known == told_by_the_records
    assert {kind.value for kind in FlawKind} <= {kind.value for kind in FindingKind}


def test_a_sound_gallery_has_nothing_to_put_right(workspace: Path) -> None:
    document = _document(workspace)
    assert (document.references, document.findings) == (8, ())
    said, progress = _run(workspace)
    assert said == "References checked: 8. To put right: 0.\n"
    assert "Reading references: 8/8" in progress


def test_the_json_has_what_the_contract_names(workspace: Path, tmp_path: Path) -> None:
    with Workspace(workspace) as opened:
        stray = _add(opened, _photo(tmp_path, 3, 8), "Tea", "front")
    [found] = json.loads(_run(workspace, "--json")[0])["findings"]
    assert found["kind"] == "wrong_product"
    assert (found["product"], found["side"]) == ("Tea", "front")
    assert found["references"] == [stray.id]
    assert found["elsewhere"] == {"product": "Oil", "side": "front"}
    assert found["mend"] == "move"
    assert 0 < found["limit"] <= found["measured"] <= 1
    assert len(found["beside"]) == 3
    assert "“Oil”, side “front”" in found["sentence"]


def test_the_text_names_the_files_concerned(workspace: Path, tmp_path: Path) -> None:
    with Workspace(workspace) as opened:
        stray = _add(opened, _photo(tmp_path, 3, 8), "Tea", "front")
    sentence, file, total = _run(workspace)[0].splitlines()
    assert sentence.startswith("• “Tea”, side “front”: a reference looks like “Oil”")
    assert file.strip() == stray.path
    assert total == "References checked: 9. To put right: 1."


def test_bad_files_are_findings_and_stop_nothing(workspace: Path, tmp_path: Path) -> None:
    with Workspace(workspace) as opened:
        files = [_add(opened, _photo(tmp_path, 1, at), "Tea", "front") for at in (5, 6)]
    Path(files[0].path).unlink()
    spoilt = Path(files[1].path)
    spoilt.chmod(0o644)
    spoilt.write_bytes(spoilt.read_bytes()[:3000])
    found = {each.kind: each for each in _document(workspace).findings}
    assert set(found) == {FindingKind.UNREADABLE, FindingKind.ORIGINAL_MISSING}
    assert found[FindingKind.ORIGINAL_MISSING].references == (files[0].id,)
    assert found[FindingKind.UNREADABLE].references == (files[1].id,)


def test_a_blurred_reference_names_its_fault(workspace: Path, tmp_path: Path) -> None:
    soft = cv2.GaussianBlur(cv2.imread(str(_photo(tmp_path, 1, 9)))[:, :, ::-1], (0, 0), 6.0)
    with Workspace(workspace) as opened:
        _add(opened, saved(soft, tmp_path / "soft.png"), "Tea", "front")
    [found] = _document(workspace).findings
    assert (found.kind, found.faults) == (FindingKind.UNFIT, ("blur",))
    assert found.measured > found.limit
    assert "blurred" in found.sentence


def test_the_same_is_said_in_chinese(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With stand-ins for the translation: the words pass the translator, the names do not."""
    with Workspace(workspace) as opened:
        _add(opened, _photo(tmp_path, 3, 8), "Tea", "front")
    monkeypatch.setattr(words, "install_language", lambda code: code or "en")
    asked = []

    def translate(context: str, text: str, *_: object) -> str:
        asked.append((context, text))
        return text.replace("To put right", "待处理")

    monkeypatch.setattr(QCoreApplication, "translate", translate)
    assert "待处理: 1" in _run(workspace, "--language", "zh")[0]
    assert any(context == "checking" and "{elsewhere}" in text for context, text in asked)


def _zone(reference: str) -> Zone:
    return Zone(ZoneKind.VARIABLE, ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)), reference)


def test_zones_on_a_reference_that_is_gone_are_told() -> None:
    reference = Reference("1", "Tea", "front", "a" * 64, "one.jpg")
    zones = {("Tea", "front"): [_zone("a" * 64), _zone("b" * 64)], ("Oil", "front"): [_zone("c")]}
    [found] = check_zones(zones, [reference])
    assert isinstance(found, FindingPart)
    assert (found.kind, found.mend, found.measured) == (FindingKind.ZONE_LOST, "draw_zones", 1.0)
    assert "“Tea”, side “front”" in found.sentence


def test_what_the_rules_ask_for_and_is_not_there_is_found(tmp_path: Path) -> None:
    with Workspace(tmp_path / "workspace") as opened:
        fill(opened, tmp_path / "pictures", count=1)
        shots = Shots(required=("front", "lid"))
        asked = Policy(of_reference=("proof",), of_product=("brand",), shots=(shots,))
        opened.acts.set_policy(asked)
        references = opened.references()
        found = check_rules(opened, references)
        assert [(each.kind, each.side, each.detail) for each in found] == [
            (FindingKind.MISSING_FACT, "", "brand"),
            (FindingKind.MISSING_SHOT, "lid", ""),
            (FindingKind.MISSING_FACT, "front", "proof"),
        ]
        assert found[2].references == (references[0].id,)
        assert "1 references do not tell: proof" in found[2].sentence
        opened.acts.set_policy(Policy())
        assert check_rules(opened, references) == ()
