"""The health of a real workspace: its records, its files, what was checked, and its spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.panes.health_work import Health, HealthSource, HealthWork
from app.store import Workspace
from tests.vision.samples import artwork, saved_side, seen_through, tilted
from vision import FlawKind, Gallery, Measure, Provenance, check_gallery

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_SIZE = (400, 300)


def read(work: HealthWork) -> tuple[list[Health | tuple[int, int]], Health]:
    steps: Generator[Health | tuple[int, int], None, Health] = work.read()
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            return told, end.value


def test_a_workspace_is_read_checked_and_measured(tmp_path: Path) -> None:
    views = [
        seen_through(artwork(1, *_SIZE), tilted(*_SIZE, at, most=8.0), noise=3.0) for at in range(3)
    ]
    workspace = Workspace(tmp_path / "workspace")
    for each in saved_side(tmp_path / "tea", views, "Tea", "front"):
        workspace.add_reference(
            tmp_path / "tea" / each.path,
            product="Tea",
            side="front",
            provenance=Provenance(batch="B1"),
        )
    gallery = Gallery(workspace.references(), cache=workspace.cache)
    work = HealthWork(HealthSource.of(lambda: workspace, lambda: gallery))

    told, health = read(work)
    at_once = told.pop(0)
    assert isinstance(at_once, Health)
    assert [len(each.references) for each in at_once.sides] == [3], "before any file is opened"
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert health.checked_at is None
    [side] = health.sides
    assert [flaw.kind for flaw in side.flaws] == [FlawKind.NO_PROVENANCE]
    assert side.read(Measure.BATCHES).value == 1
    assert side.read(Measure.LIGHT).value is not None

    list(check_gallery(gallery, references=workspace.references(), cache=workspace.cache / "check"))
    _, health = read(work)
    assert health.checked_at is not None
    assert health.is_fresh
    assert health.sides[0].read(Measure.EXPIRED).value == 0
    workspace.acts.set_product("Tea", {"valid_to": "2020-01-01"})
    assert read(work)[1].sides[0].read(Measure.EXPIRED).value == 3
    workspace.remove_reference(health.references[0].id)
    assert not read(work)[1].is_fresh

    assert list(work.spreads((("Tea", "front"),), measure=False)) == [None]
    [figures] = work.spreads((("Tea", "front"),), measure=True)
    assert figures is not None
    assert len(figures.peaks) == 3
    assert figures.limit > 0
    workspace.close()
