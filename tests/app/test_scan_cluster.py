"""Two workers of a cluster give the same rows as this process does."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.commands.cluster import Task, cluster_at
from app.commands.output import Refused
from app.reports.scanning import scan_folders, versions_of
from app.store import Workspace
from tests.app.scan_child import open_gallery
from tests.vision.samples import artwork, saved, seen_through, tilted
from vision import ScanControl, ScanHalted

if TYPE_CHECKING:
    from collections.abc import Iterator

distributed = pytest.importorskip("distributed", reason="dask is not installed")

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # of dask's own making
    pytest.mark.timeout(300),
]
_ROOT = Path(__file__).resolve().parents[2]
_SIZE = (240, 180)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Two workers, each a process of its own."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(_ROOT)
    try:
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster:
            yield cluster.scheduler_address
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


@pytest.fixture
def workspace(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        for seed in range(3):
            view = seen_through(artwork(0, *_SIZE), tilted(*_SIZE, 50 + seed, 8), noise=1)
            file = saved(view, tmp_path / f"reference-{seed}.png")
            opened.add_reference(file, product="tea", side="front")
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "photos"
    for number in range(10):
        view = seen_through(artwork(number % 3, *_SIZE), tilted(*_SIZE, number, 8), noise=1)
        saved(view, top / f"{number}.png")
    (top / "copy.png").write_bytes((top / "3.png").read_bytes())
    (top / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    (top / "page.jpg").write_bytes(b"<html>")
    (top / "3.xmp").write_text("<x/>")
    return top


def _rows(workspace: Workspace, folder: Path, **how: Any) -> dict[str, object]:
    gallery = open_gallery(str(workspace.folder))
    rows: dict[str, object] = {}
    for each in scan_folders(workspace, gallery, [str(folder)], control=ScanControl(), **how):
        said = json.loads(each.judgement.document) if each.judgement is not None else {}
        said.pop("seconds", None)
        rows[Path(each.path).name] = (each.kind, each.sha256, each.first, each.why, said)
    return rows


def _task(workspace: Workspace, **changed: str) -> Task:
    versions = versions_of(open_gallery(str(workspace.folder))).model_copy(update=changed)
    return Task(str(workspace.folder), versions, text=False, open_gallery=open_gallery)


def test_a_cluster_gives_the_same_rows(address: str, workspace: Workspace, folder: Path) -> None:
    here = _rows(workspace, folder)
    with cluster_at(address, _task(workspace)) as cluster:
        assert cluster.width == 4
        there = _rows(workspace, folder, judge=cluster.judge, workers=cluster.width)
    assert there == here
    assert len(here) == 14


def test_a_worker_with_another_gallery_is_one_cause_and_judges_nothing(
    address: str, workspace: Workspace, folder: Path
) -> None:
    task = _task(workspace, gallery="sha256:other")
    with (
        cluster_at(address, task) as cluster,
        pytest.raises(ScanHalted, match="another gallery"),
    ):
        _rows(workspace, folder, judge=cluster.judge, workers=2)
    record = workspace.scans.last([str(folder)])
    assert record is not None
    assert record.ended_at is None
    assert ("photo", "agrees") not in workspace.scans.counts(record.id)


def test_a_scheduler_that_is_not_there_is_a_sentence(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.commands.cluster._WAIT_S", 1)
    with (
        pytest.raises(Refused, match="does not answer"),
        cluster_at("tcp://127.0.0.1:9", _task(workspace)),
    ):
        pass
