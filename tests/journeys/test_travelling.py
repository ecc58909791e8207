"""A trainer sends a gallery in one file, and another one looks into it, settles, and loads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl

from app.panes.version_work import VersionWork
from app.store import Keep, Workspace
from tests.app.store.gallery_samples import fill
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.panes.travel_page import TravelPage
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench


def page(window: Window) -> TravelPage:
    return window.gallery.records.travel


@pytest.fixture
def opened(qtbot: QtBot, window: Window, bench: FakeBench, tmp_path: Path) -> Window:
    """A window on a workspace with five references, at the page of the one file."""
    bench.folder.mkdir(exist_ok=True)
    fill(bench.workspace, tmp_path / "pictures")
    window.go_to("gallery")
    window.gallery.records.open("travel")
    qtbot.waitUntil(page(window).isVisible)
    return window


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Workspace]:
    """Another workspace: two more references, and one fact about a common one that differs."""
    with Workspace(tmp_path / "theirs", author="ben") as workspace:
        fill(workspace, tmp_path / "pictures", count=7)
        yield workspace


def contradicted(workspace: Workspace) -> None:
    """The same pictures, vouched for by somebody else."""
    for each in workspace.references()[:2]:
        file = workspace.original(each)
        workspace.remove_reference(each.id)
        told = Provenance("B. Wu", "maker", each.provenance.batch)
        workspace.add_reference(file, product=each.product, side=each.side, provenance=told)


def test_a_gallery_is_written_and_its_seal_told(
    qtbot: QtBot, opened: Window, bench: FakeBench, tmp_path: Path
) -> None:
    file = tmp_path / "tea.touchstone"
    page(opened).write_to(file)
    qtbot.waitUntil(lambda: page(opened).written is not None)
    written = page(opened).written
    assert file.is_file()
    assert written is not None
    assert written.seal == bench.workspace.travel.preview(file).seal
    assert not page(opened).progress.isVisible()
    assert page(opened).copy.isVisible()


def test_a_dropped_file_is_shown_with_pictures_and_loaded(
    qtbot: QtBot, opened: Window, bench: FakeBench, theirs: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.touchstone"
    theirs.travel.export(file)
    opened.gallery.records.leave()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    opened.gallery.take(mime)
    qtbot.waitUntil(lambda: page(opened).found is not None)
    assert page(opened).isVisible()
    assert not page(opened).conflicts.isVisible()
    shown = page(opened).changes.changes
    assert shown.rowCount() == 2
    qtbot.waitUntil(lambda: all(each.picture is not None for each in shown.rows))
    assert len(bench.workspace.references()) == 5, "nothing is loaded before it was wished"
    with qtbot.waitSignal(opened.gallery.changed):
        page(opened).load.click()
    assert bench.workspace.snapshots.now().version() == theirs.snapshots.now().version()


def test_each_contradiction_is_settled_by_a_person(
    qtbot: QtBot, opened: Window, bench: FakeBench, theirs: Workspace, tmp_path: Path
) -> None:
    contradicted(theirs)
    file = tmp_path / "theirs.touchstone"
    theirs.travel.export(file)
    page(opened).look_into(file)
    qtbot.waitUntil(lambda: page(opened).conflicts.conflicts.rowCount() == 2)
    assert not page(opened).load.isEnabled(), "both are undecided"
    page(opened).conflicts.buttons["theirs"].click()
    page(opened).conflicts.buttons["mine"].click()
    assert [row.keep for row in page(opened).conflicts.conflicts.rows] == [Keep.THEIRS, Keep.MINE]
    believed, own = (row.conflict for row in page(opened).conflicts.conflicts.rows)
    with qtbot.waitSignal(opened.gallery.changed):
        page(opened).load.click()
    vouched = {each.sha256: each.provenance.vouched_by for each in bench.workspace.references()}
    assert vouched[believed.mine[0].sha256] == "B. Wu"  # type: ignore[union-attr]
    assert vouched[own.mine[0].sha256] == "A. Lin"  # type: ignore[union-attr]
    assert len(vouched) == 7


def test_one_word_settles_all_of_them(
    qtbot: QtBot, opened: Window, theirs: Workspace, tmp_path: Path
) -> None:
    contradicted(theirs)
    theirs.travel.export(tmp_path / "theirs.touchstone")
    page(opened).look_into(tmp_path / "theirs.touchstone")
    qtbot.waitUntil(lambda: page(opened).conflicts.conflicts.open_count == 2)
    page(opened).conflicts.buttons["all_theirs"].click()
    assert page(opened).load.isEnabled()
    page(opened).leave.click()
    assert page(opened).found is None


def test_a_changed_file_is_refused_by_name_and_cause(
    qtbot: QtBot, opened: Window, bench: FakeBench, theirs: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.touchstone"
    theirs.travel.export(file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    page(opened).look_into(file)
    qtbot.waitUntil(lambda: "theirs.touchstone" in opened.bar.text)
    assert "its bytes are not those that were written" in opened.bar.text
    assert page(opened).found is None
    assert not page(opened).load.isVisible()
    assert len(bench.workspace.references()) == 5


def test_a_file_under_another_seal_is_not_loaded(
    qtbot: QtBot, opened: Window, bench: FakeBench, theirs: Workspace, tmp_path: Path
) -> None:
    theirs.travel.export(tmp_path / "theirs.touchstone")
    page(opened).look_into(tmp_path / "theirs.touchstone")
    qtbot.waitUntil(lambda: page(opened).found is not None)
    page(opened).seal.setText("sha256:" + "0" * 64)
    page(opened).load.click()
    qtbot.waitUntil(lambda: "seal" in opened.bar.text)
    assert len(bench.workspace.references()) == 5
    assert page(opened).found is not None, "the seal can be mended, and the file loaded again"


def test_writing_that_is_stopped_leaves_no_file(
    qtbot: QtBot, opened: Window, bench: FakeBench, tmp_path: Path
) -> None:
    steps = VersionWork(lambda: bench.workspace).export(tmp_path / "tea.touchstone")
    next(steps)
    assert list(tmp_path.glob(".incoming-*"))
    steps.close()
    assert not list(tmp_path.glob("*.touchstone"))
    assert not list(tmp_path.glob(".incoming-*"))
    page(opened).write_to(tmp_path / "tea.touchstone")
    qtbot.mouseClick(page(opened).progress.stop, Qt.MouseButton.LeftButton)
    assert not page(opened).progress.isVisible()
    assert page(opened).write.isEnabled()
