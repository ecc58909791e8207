"""Commands that change what they have read refuse to write over what others did meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from app.store import KeptTrait, Policy, TrainerActs, Workspace
from tests.app.store.gallery_samples import SQUARE, fill
from tests.app.test_cli_zones import Runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIDE = ("茶叶罐 200 g", "front")
POLYGON = "3,4,20,4,20,18,3,18"


@pytest.fixture
def run(workspace_folder: Path, tmp_path: Path) -> Runner:
    with Workspace(workspace_folder) as opened:
        fill(opened, tmp_path / "pictures")
        one = next(each for each in opened.references() if each.outline is not None)
        trait = KeptTrait(sentence="closes", reference=one.sha256, polygon=SQUARE)
        opened.acts.set_traits(*SIDE, [trait])
    return Runner(workspace_folder)


def _ben_adds_a_zone(write: Callable[..., object], workspace: Workspace) -> None:
    zones = workspace.zones(*SIDE)
    write(workspace, *SIDE, [*zones, replace(zones[0], label="Ben")])


def _ben_adds_a_feature(write: Callable[..., object], workspace: Workspace) -> None:
    traits = workspace.acts.traits(*SIDE)
    write(workspace.acts, *SIDE, [*traits, traits[0].model_copy(update={"sentence": "Ben"})])


def _ben_asks(write: Callable[..., object], workspace: Workspace) -> None:
    write(workspace.acts, Policy(of_reference=("proof",)))


ZONES = (Workspace, "set_zones", _ben_adds_a_zone)
TRAITS = (TrainerActs, "set_traits", _ben_adds_a_feature)
RULES = (TrainerActs, "set_policy", _ben_asks)


@pytest.mark.parametrize(
    ("command", "write"),
    [
        (("zones", "--accept"), ZONES),
        (("zone", "add", "--kind", "must-match", "--polygon", POLYGON, "--label", "lot"), ZONES),
        (("zone", "drop", "1"), ZONES),
        (("feature", "add", "--polygon", POLYGON, "--sentence", "s", "--reference", "图"), TRAITS),
        (("feature", "change", "1", "--sentence", "opens"), TRAITS),
        (("feature", "drop", "1"), TRAITS),
        (("rules", "--require", "batch"), RULES),
    ],
)
def test_nothing_that_others_did_meanwhile_is_lost(
    run: Runner, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], write: tuple[Any, ...]
) -> None:
    owner, name, meddle = write
    original = getattr(owner, name)
    seen = []

    def late(self: object, *args: object, **options: object) -> object:
        with Workspace(run.workspace, author="Ben") as ben:
            meddle(original, ben)
            seen.append(ben.snapshots.now())
        return original(self, *args, **options)

    with Workspace(run.workspace) as opened:
        reference = next(each.sha256 for each in opened.references() if each.outline is not None)
    named = [reference if part == "图" else part for part in command]
    side = () if name == "set_policy" else ("--product", SIDE[0], "--side", SIDE[1])
    monkeypatch.setattr(owner, name, late)
    status, _, err = run("gallery", *named, *side)
    assert status == 1
    assert "has been changed in the meantime" in err
    with Workspace(run.workspace) as opened:
        assert [opened.snapshots.now()] == seen
