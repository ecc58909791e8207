"""The real workbench on a small real gallery; loads the model once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject

from app import tasks
from app.panes.intake import Source
from app.panes.workbench import Choice, Inspected, ScanBegun, Stage, Thumbnail
from app.panes.workspace_bench import WorkspaceBench
from app.places import assets_dir
from app.reading import read_photo
from app.reports.examined import subject_of
from app.store import Decided, Decision, KeptTrait, Subject, Workspace
from app.tasks import Lane
from app.views.scene import through
from tests.app.store.test_findings import finding
from vision import (
    AsideKind,
    NotAPicture,
    Pin,
    Pinned,
    Provenance,
    ScanControl,
    Zone,
    ZoneKind,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.store import ScannedFile
    from vision import Reference

pytestmark = pytest.mark.usefixtures("nothing_left_over")


def finish(steps: Generator) -> tuple[list, object]:
    """Run a job to its end: what it gave on the way, and what it returned."""
    given = []
    while True:
        try:
            given.append(next(steps))
        except StopIteration as end:
            return given, end.value


@pytest.fixture
def bench(workspace_folder: Path) -> Iterator[WorkspaceBench]:
    made = WorkspaceBench(workspace_folder, threads=1)
    yield made
    made.close()


def one_side() -> list[Path]:
    """Three demo references of one product and side."""
    folders = sorted({file.parent for file in (assets_dir() / "demo" / "gallery").rglob("*.jpg")})
    files = sorted(folders[0].glob("*.jpg"))
    stem = files[0].stem.rpartition("_")[0]
    same = [file for file in files if file.stem.startswith(stem)]
    return (same if len(same) >= 4 else files)[:4]


def test_a_scan_is_kept_and_read_back_by_whichever_worker(
    qtbot: QtBot, bench: WorkspaceBench, tmp_path: Path
) -> None:
    folder = tmp_path / "shipment"
    folder.mkdir()
    for number in range(450):  # more than are read together
        (folder / f"{number}.txt").write_text("no photo")
    begun, *files = finish(bench.scan((str(folder),), ScanControl()))[0]
    assert isinstance(begun, ScanBegun)
    assert begun.versions["gallery"].startswith("sha256:")
    assert {file.kind for file in files} == {AsideKind.NOT_A_PICTURE}
    (record,) = finish(bench.scans())[1]
    assert (record.folders, record.files) == ((str(folder),), 450)
    read: list[ScannedFile] = []
    other = QObject()
    tasks.run(endless(), lane=Lane.FILES, owner=other)
    tasks.run(bench.scanned(record.id), lane=Lane.FILES, owner=other, on_step=read.extend)
    qtbot.waitUntil(lambda: len(read) == 450)
    assert {file.path for file in read} == {file.path for file in files}
    assert tasks.stop(20)


def endless() -> Generator[None, None, None]:
    """Keeps one worker or another busy for a moment, again and again."""
    while True:
        yield


def test_decisions_and_items_are_kept_in_the_workspace(
    bench: WorkspaceBench, workspace_folder: Path
) -> None:
    subject = Subject("a" * 64, "Tea", "front")
    decision = Decision(subject, Decided.DIFFERS, "Lin", datetime(2026, 3, 4, tzinfo=UTC))
    bench.keep_decision(subject, decision)
    bench.keep_item("one", ("a" * 64, "b" * 64))
    assert finish(bench.decisions())[1] == (decision,)
    assert finish(bench.items())[1] == {"one": ("a" * 64, "b" * 64)}
    with Workspace(workspace_folder) as opened:
        assert opened.decisions.all() == (decision,)


def test_nothing_is_opened_before_it_is_needed(
    bench: WorkspaceBench, workspace_folder: Path
) -> None:
    assert bench.folder == workspace_folder
    assert not workspace_folder.exists()


def test_from_references_to_an_inspected_photo(bench: WorkspaceBench, qapp: object) -> None:
    *references, photo = one_side()
    sources = tuple(Source(file.name, file) for file in references)
    added, _ = finish(bench.add(sources, "Tea", "front", Provenance(batch="B1")))
    assert [one.error for one in added] == [None] * 3
    stages, count = finish(bench.open())
    assert list(dict.fromkeys(stages)) == list(Stage), "the last one for each step of reading"
    assert count == 3
    _, kept = finish(bench.references())
    assert {(one.product, one.side, one.provenance.batch) for one in kept} == {
        ("Tea", "front", "B1")
    }
    thumbnails, _ = finish(bench.thumbnails(kept))
    assert {name for name, _ in thumbnails} == {one.id for one in kept}
    given, _ = finish(bench.inspect(Source(photo.name, photo), Choice("Tea", "front")))
    assert [type(step) for step in given] == [Thumbnail, Inspected]
    inspection, scene = given[1].inspection, given[1].scene
    assert inspection.comparison is not None
    assert inspection.comparison.product == "Tea"
    assert scene.aligned is not None
    assert scene.reference is not None
    with Image.open(inspection.comparison.reference.path) as file:
        assert (scene.reference.width, scene.reference.height) == file.size, "as sharp as it is"
    assert scene.reference.area == scene.aligned.area
    assert len(scene.crops) == len(scene.regions)
    check_findings(bench, given[1], photo)
    check_pins(bench, given[1], photo)
    _, sharp = finish(bench.sharp(Source(photo.name, photo)))
    assert (sharp.width, sharp.height) == (inspection.photo.width, inspection.photo.height)
    check_zones(bench, kept)
    finish(bench.drop(finish(bench.references())[1][0].id))
    assert len(finish(bench.references())[1]) == 2
    assert finish(bench.reopen_gallery())[1] == 2
    finish(bench.take_up(kept))


def check_findings(bench: WorkspaceBench, first: Inspected, photo: Path) -> None:
    """What is said of a photo comes with it when it is inspected again."""
    assert first.findings == ()
    told = {"touchstone", "model", "gallery", "thresholds", "product_and_side"}
    assert set(first.versions) == told
    assert first.versions["product_and_side"] == "chosen by hand"
    said = finding(subject=subject_of(first.inspection), versions=dict(first.versions))
    bench.keep_finding(None, said)
    again, _ = finish(bench.inspect(Source(photo.name, photo), Choice("Tea", "front")))
    assert again[1].findings == (said,)


def check_pins(bench: WorkspaceBench, first: Inspected, photo: Path) -> None:
    """A photo lies by the pins of a person, which are recorded with it."""
    _, ground = finish(bench.pin_ground("Tea", "front"))
    assert ground.reference == first.inspection.comparison.reference.sha256
    alignment = first.inspection.comparison.alignment
    width, height = first.inspection.photo.width, first.inspection.photo.height
    places = [(width * x, height * y) for x, y in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))]
    there = through(alignment.matrix, tuple(places))
    pins = tuple(Pin(here, (x + 2, y - 1)) for here, (x, y) in zip(places, there, strict=True))
    choice = Choice("Tea", "front", Pinned(pins, ground.reference), is_found=True)
    (_, found), _ = finish(bench.inspect(Source(photo.name, photo), choice))
    assert found.choice == choice
    assert found.versions["alignment"] == "chosen by hand"
    assert "product_and_side" not in found.versions
    laid = found.inspection.comparison.alignment
    assert laid.pins == 4
    assert np.array(through(laid.matrix, tuple(places))) == pytest.approx(np.array(there), abs=3)
    with Workspace(bench.folder) as workspace:
        (record,) = workspace.recorded(1)
    kept = json.loads(record.document)["pins"]
    assert (kept["on"], len(kept["set"])) == (ground.reference, 4)
    assert kept["set"][0]["photo"] == pytest.approx(places[0])


def check_zones(bench: WorkspaceBench, kept: tuple[Reference, ...]) -> None:
    """Zones are kept and judged by at once, and outlive the reference they were drawn on."""
    (sheet,), proposed = finish(bench.zone_sheet("Tea", "front"))
    assert (sheet.zones, sheet.unseen) == ((), ())
    assert all(zone.proposed for zone in proposed)
    (own,) = [one for one in kept if one.sha256 == sheet.reference]
    with Image.open(own.path) as file:
        width, height = file.size
    x, y = width / 2, height / 2
    corners = ((x - 90, y - 60), (x + 90, y - 60), (x + 90, y + 60), (x - 90, y + 60))
    drawn = Zone(ZoneKind.VARIABLE, corners, own.sha256, "middle")
    finish(bench.set_zones("Tea", "front", (drawn,)))
    (sheet,), _ = finish(bench.zone_sheet("Tea", "front"))
    assert sheet.zones == (drawn,)
    trait = KeptTrait(sentence="closes", reference=own.sha256, polygon=corners)
    finish(
        bench.trainer.change(lambda acts: acts.set_traits("Tea", "front", (trait,))),
    )
    assert finish(bench.trainer.trait_sheet("Tea", "front"))[1].traits == (trait,)
    with Workspace(bench.folder) as workspace:
        before = workspace.snapshots.now()
    removed = finish(bench.drop(own.id))[1]
    finish(bench.reopen_gallery())
    traits = finish(bench.trainer.trait_sheet("Tea", "front"))[1]
    (carried,) = traits.traits
    assert (carried.sentence, carried.reference) == ("closes", traits.reference)
    assert traits.reference != own.sha256
    middle = np.array(carried.polygon).mean(axis=0)
    assert middle == pytest.approx([x, y], abs=0.2 * min(width, height)), "the same place"
    (sheet,), _ = finish(bench.zone_sheet("Tea", "front"))
    (moved,) = sheet.zones
    assert (moved.label, sheet.unseen) == ("middle", ())
    assert moved.reference != own.sha256
    finish(bench.trainer.change(lambda acts: acts.take_back(removed)))
    with Workspace(bench.folder) as workspace:
        assert workspace.snapshots.now() == before
    (sheet,), _ = finish(bench.zone_sheet("Tea", "front"))
    assert sheet.zones == (drawn,)


def test_photos_are_read_as_the_command_line_reads_them(
    bench: WorkspaceBench, tmp_path: Path, qapp: object
) -> None:
    large = tmp_path / "large.jpg"
    Image.new("RGB", (4000, 3000), "grey").save(large)
    given, _ = finish(bench.inspect(Source("large.jpg", large), Choice()))
    assert given[1].inspection.photo.pixels.shape == read_photo(large).pixels.shape
    assert given[1].inspection.photo.pixels.shape[1] < 4000
    _, sharp = finish(bench.sharp(Source("large.jpg", large)))
    assert sharp.levels[0].width() == 4000


def test_a_file_that_is_no_picture_is_an_answer(bench: WorkspaceBench, tmp_path: Path) -> None:
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear Sir")
    added, _ = finish(bench.add((Source("letter.jpg", letter),), "Tea", "front", Provenance()))
    assert isinstance(added[0].error, NotAPicture)
    with pytest.raises(NotAPicture):
        finish(bench.inspect(Source("letter.jpg", letter), Choice()))
