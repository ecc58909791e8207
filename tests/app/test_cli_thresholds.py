"""`touchstone gallery threshold`: set, listed with what it does, and reset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from app import cli
from app.commands import thresholds as commands
from app.reports.thresholds import ThresholdsDocument
from app.store import Workspace
from vision import LimitBasis, ThresholdEvidence, Thresholds

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ON_TEA = ("--product", "tea", "--side", "front")
KNOWN = ThresholdEvidence(
    "tea", "front", (0.1, 0.2, 0.6), (0.1, 0.2), (0.4, 0.9), 0.55, 0.5, LimitBasis.SIDE
)


@pytest.fixture
def folder(workspace_folder: Path, tmp_path: Path) -> Path:
    """A workspace with one reference."""
    pixels = np.random.default_rng(1).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "one.png")
    with Workspace(workspace_folder) as opened:
        opened.add_reference(tmp_path / "one.png", product="tea", side="front")
    return workspace_folder


def ran(folder: Path, *arguments: str) -> Result:
    every = ["gallery", "threshold", *arguments, "--workspace", str(folder), "--language", "en"]
    return CliRunner().invoke(cli.build(lambda *_, **__: 0), every, catch_exceptions=False)


def document(folder: Path, *arguments: str) -> ThresholdsDocument:
    result = ran(folder, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return ThresholdsDocument.model_validate(json.loads(result.stdout))


def test_nothing_set_is_said(folder: Path) -> None:
    assert "promised rate" in ran(folder, "list").stdout
    empty = document(folder, "list")
    assert (empty.margin, empty.sides, empty.effect) == (None, (), None)


def test_a_side_and_the_gallery_are_set_listed_and_reset(folder: Path) -> None:
    found = document(folder, "set", "0.7", *ON_TEA)
    assert [(each.product, each.side, each.threshold) for each in found.sides] == [
        ("tea", "front", 0.7)
    ]
    assert document(folder, "set", "0.1").margin == 0.1
    said = ran(folder, "list").stdout
    assert "0.7000" in said
    assert "0.1000" in said
    assert document(folder, "reset", *ON_TEA).sides == ()
    assert document(folder, "reset").margin is None
    with Workspace(folder) as opened:
        assert opened.thresholds.all() == Thresholds()
        assert [each.act for each in opened.audit()].count("threshold") == 4


def test_what_cannot_be_is_refused_in_a_sentence(folder: Path) -> None:
    refused = ran(folder, "set", "0", *ON_TEA)
    assert refused.exit_code == 1
    assert "threshold" in refused.stderr
    unknown = ran(folder, "set", "0.5", "--product", "coffee", "--side", "front")
    assert unknown.exit_code == 1
    assert "coffee" in unknown.stderr
    assert ran(folder, "set", "0.5", "--product", "tea").exit_code == 2


def test_the_effect_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Desk:
        gallery = None

    monkeypatch.setattr(commands, "open_desk", lambda _workspace: Desk)
    monkeypatch.setattr(commands, "threshold_evidence", lambda *_, **__: KNOWN)
    effect = document(folder, "list", "--effect", *ON_TEA).effect
    assert effect is not None
    assert (effect.false_alarms.count, effect.false_alarms.total) == (1, 3)
    assert (effect.misses.count, effect.misses.total) == (1, 2)
    assert effect.genuine == KNOWN.genuine
    assert effect.is_few
    said = ran(folder, "list", "--effect", *ON_TEA).stdout
    assert "False alarms: 1 of 3 (95 %: 0.8 to 90.6 %)" in said
    assert "Few numbers: 3 comparisons" in said
