from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import demo
from app.demo import make_demo
from app.store import Workspace
from vision import Outcome

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    with Workspace(tmp_path_factory.mktemp("demo") / "workspace") as opened:
        yield opened


def test_gallery_is_added_once(workspace: Workspace) -> None:
    first = make_demo(workspace)
    ids = {reference.id for reference in workspace.references()}
    assert len(ids) == 87
    assert make_demo(workspace) == first
    assert {reference.id for reference in workspace.references()} == ids


def test_an_interrupted_demo_is_completed(workspace: Workspace) -> None:
    make_demo(workspace)
    gone = workspace.references(product="Lanqiao 岚峤", side="front")[0]
    workspace.remove_reference(gone.id)
    make_demo(workspace)
    assert len(workspace.references(product="Lanqiao 岚峤", side="front")) == 5


def test_gallery_is_what_a_demo_needs(workspace: Workspace) -> None:
    make_demo(workspace)
    references = workspace.references()
    assert {reference.provenance.vouched_by for reference in references} == {"Touchstone demo"}
    sides = {(r.product, r.side) for r in references}
    assert len({product for product, side in sides if side == "back"}) == 8
    assert len(workspace.references(product="Lichuan Fang 醴川坊")) == 2


def test_suspects_are_files_with_known_outcomes(workspace: Workspace) -> None:
    suspects = make_demo(workspace)
    assert len(suspects) == 24
    assert all(suspect.file.is_file() for suspect in suspects)
    assert {suspect.expected for suspect in suspects} == set(Outcome)
    for suspect in suspects:
        assert (suspect.planted is not None) == (suspect.expected is Outcome.DIFFERS)
        assert suspect.done


def test_missing_pictures_are_said(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "assets_dir", lambda: tmp_path)
    with pytest.raises(FileNotFoundError, match="demo"):
        make_demo(workspace)
