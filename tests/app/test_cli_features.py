"""`touchstone gallery features` and `gallery feature`: added, changed, listed, dropped, lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app.reports.housekeeping import CheckDocument, FeaturesDocument, FindingKind
from app.store import Workspace
from tests.app.test_cli_zones import ON_TEA, Runner

if TYPE_CHECKING:
    from pathlib import Path

CORNERS = "3,4 20,4 20,18"
CLOSES = "the R closes here"


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "one.png", tmp_path / "two.png", tmp_path / "false.png"]
    for seed, file in enumerate(files):
        pixels = np.random.default_rng(seed).integers(0, 256, (24, 32, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(file)
    return files


@pytest.fixture
def run(workspace_folder: Path, pictures: list[Path]) -> Runner:
    """A side of one reference."""
    runner = Runner(workspace_folder)
    assert runner("gallery", "add", str(pictures[0]), *ON_TEA)[0] == 0
    return runner


def features(run: Runner, *arguments: str) -> FeaturesDocument:
    status, out, err = run("gallery", *arguments, *ON_TEA, "--json")
    assert status == 0, err
    return FeaturesDocument.model_validate(json.loads(out))


def add(run: Runner, *more: str) -> FeaturesDocument:
    return features(run, "feature", "add", "--polygon", CORNERS, "--sentence", CLOSES, *more)


def test_a_side_of_which_nothing_is_said(run: Runner) -> None:
    assert features(run, "features").features == ()
    status, out, _ = run("gallery", "features", *ON_TEA, "--language", "en")
    assert status == 0
    assert out.startswith("Nothing is said yet")


def test_a_feature_is_added_with_pictures_and_shown(run: Runner, pictures: list[Path]) -> None:
    (made,) = add(run, "--known-false", str(pictures[2])).features
    assert (made.number, made.sentence, made.genuine) == (1, CLOSES, "")
    assert made.polygon == ((3, 4), (20, 4), (20, 18))
    with Workspace(run.workspace) as opened:
        (reference,) = opened.references()
        (kept,) = opened.acts.traits("tea", "front")
        assert opened.acts.file(kept.known_false).read_bytes() == pictures[2].read_bytes()
    assert made.reference == f"sha256:{reference.sha256}"
    assert made.known_false == f"sha256:{kept.known_false[:64]}"
    assert features(run, "features").features == (made,)
    _, out, _ = run("gallery", "features", *ON_TEA, "--language", "en")
    assert CLOSES in out
    assert "known false" in out
    assert "3,4,20,18" in out


def test_what_is_not_named_stays_as_it_is(run: Runner, pictures: list[Path]) -> None:
    (made,) = add(run, "--genuine", str(pictures[1])).features
    (changed,) = features(run, "feature", "change", "1", "--sentence", " wider ").features
    assert changed == made.model_copy(update={"sentence": "wider"})
    (changed,) = features(run, "feature", "change", "1", "--known-false", str(pictures[2])).features
    assert (changed.sentence, changed.genuine) == ("wider", made.genuine)
    assert changed.known_false


def test_features_are_dropped_by_number(run: Runner) -> None:
    for _ in range(3):
        add(run)
    assert len(features(run, "feature", "drop", "1", "3").features) == 1
    status, _, err = run("gallery", "feature", "drop", "2", *ON_TEA, "--language", "en")
    assert status == 1
    assert "has no feature 2; it has 1" in err
    assert run("gallery", "feature", "drop", *ON_TEA)[0] == 2
    assert features(run, "feature", "drop", "--all").features == ()


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (("--polygon", "3,4 200,4 20,18"), 1, "32 × 24"),
        (("--polygon", "3,4"), 2, "corners"),
        (("--sentence", "  "), 2, "see there"),
        (("--reference", "0" * 12), 1, "is no reference"),
        (("--product", "coffee"), 1, "coffee"),
    ],
    ids=["outside", "no area", "no sentence", "strange reference", "strange product"],
)
def test_what_cannot_be_kept_is_refused(
    run: Runner, change: tuple[str, str], status: int, said: str
) -> None:
    drawn = ("feature", "add", "--polygon", CORNERS, "--sentence", CLOSES)
    answered, _, err = run("gallery", *drawn, *ON_TEA, *change, "--language", "en")
    assert answered == status
    assert said in err
    assert features(run, "features").features == ()


def test_a_picture_that_is_none_is_refused(run: Runner, tmp_path: Path) -> None:
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear Sir")
    add(run)
    given = ("feature", "change", "1", "--known-false", str(letter))
    status, _, err = run("gallery", *given, *ON_TEA, "--language", "en")
    assert status == 1
    assert "letter.jpg" in err
    assert features(run, "features").features[0].known_false == ""


def test_a_feature_whose_reference_is_gone_is_found(
    run: Runner, pictures: list[Path], workspace_folder: Path
) -> None:
    assert run("gallery", "add", str(pictures[1]), *ON_TEA)[0] == 0
    add(run, "--reference", str(pictures[0]))
    with Workspace(workspace_folder) as opened:
        opened.remove_reference(opened.references()[0].id)
    found = CheckDocument.model_validate(json.loads(run("gallery", "check", "--json")[1]))
    (lost,) = [each for each in found.findings if each.kind is FindingKind.FEATURE_LOST]
    assert (lost.product, lost.side, lost.mend) == ("tea", "front", "draw_features")
    assert "1 distinguishing features" in lost.sentence
