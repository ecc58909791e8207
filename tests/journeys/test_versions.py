"""A trainer keeps versions of a gallery, sees changes, goes back, and reads the history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.app.store.gallery_samples import fill, picture
from vision import Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.panes.history_page import HistoryPage
    from app.panes.versions_page import VersionsPage
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench


def page(window: Window) -> VersionsPage:
    return window.gallery.records.versions


def history(window: Window) -> HistoryPage:
    return window.gallery.records.history


@pytest.fixture
def filled(qtbot: QtBot, window: Window, bench: FakeBench, tmp_path: Path) -> Window:
    """A window on a workspace with five references, of which the first version was kept."""
    bench.folder.mkdir(exist_ok=True)
    fill(bench.workspace, tmp_path / "pictures")
    window.go_to("gallery")
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.gallery.side_list, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page(window).isVisible() and page(window).versions.rowCount() == 1)
    return window


def keep(qtbot: QtBot, window: Window, name: str) -> None:
    count = page(window).versions.rowCount()
    page(window).name.setText(name)
    page(window).remark.setText("for the audit")
    page(window).keep.click()
    qtbot.waitUntil(lambda: page(window).versions.rowCount() == count + 1)


def changed_since(bench: FakeBench, tmp_path: Path) -> None:
    """One reference gone, one new, one with another batch."""
    workspace = bench.workspace
    known = workspace.references()
    workspace.remove_reference(known[0].id)
    workspace.add_reference(
        picture(tmp_path / "new.png", 77),
        product="Soap",
        side="front",
        provenance=Provenance("A. Lin"),
    )


def reopen(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(page(window).versions.modelReset):
        page(window).open()


def choose(window: Window, place: int) -> None:
    page(window).version_list.setCurrentIndex(page(window).versions.index(place))


def test_a_version_is_kept_and_the_difference_shown_with_pictures(
    qtbot: QtBot, filled: Window, bench: FakeBench, tmp_path: Path
) -> None:
    assert not page(filled).keep.isEnabled(), "a version needs a name"
    keep(qtbot, filled, "spring 2026")
    row = page(filled).versions.rows[1]
    assert row.snapshot is not None
    assert (row.snapshot.name, row.snapshot.note, row.size) == ("spring 2026", "for the audit", 5)
    assert row.snapshot.author
    changed_since(bench, tmp_path)
    reopen(qtbot, filled)
    choose(filled, 1)
    shown = page(filled).changes
    qtbot.waitUntil(lambda: shown.changes.rowCount() == 2)
    assert {each.change.kind.value for each in shown.changes.rows} == {"added", "removed"}
    qtbot.waitUntil(lambda: all(each.picture is not None for each in shown.changes.rows))


def test_a_restore_asks_first_and_can_be_undone(
    qtbot: QtBot, filled: Window, bench: FakeBench, tmp_path: Path
) -> None:
    keep(qtbot, filled, "spring 2026")
    before = bench.workspace.snapshots.now().version()
    changed_since(bench, tmp_path)
    after = bench.workspace.snapshots.now().version()
    reopen(qtbot, filled)
    choose(filled, 1)
    page(filled).restore_button.click()
    qtbot.waitUntil(page(filled).question.isVisible)
    assert "new: 1 · gone: 1" in page(filled).question.words
    page(filled).question.no.click()
    assert bench.workspace.snapshots.now().version() == after
    page(filled).restore_button.click()
    qtbot.waitUntil(page(filled).question.isVisible)
    with qtbot.waitSignal(filled.gallery.changed):
        page(filled).question.yes.click()
    assert bench.workspace.snapshots.now().version() == before
    qtbot.waitUntil(lambda: page(filled).versions.rowCount() == 3)
    filled.bar.undo()
    qtbot.waitUntil(lambda: bench.workspace.snapshots.now().version() == after)


def test_a_name_that_is_taken_is_refused_in_words(
    qtbot: QtBot, filled: Window, bench: FakeBench
) -> None:
    keep(qtbot, filled, "spring 2026")
    page(filled).name.setText("spring 2026")
    page(filled).keep.click()
    qtbot.waitUntil(lambda: "spring 2026" in filled.bar.text and "name" in filled.bar.text)
    assert len(bench.workspace.snapshots.all()) == 1


def test_which_inspections_used_a_version_is_told(
    qtbot: QtBot, filled: Window, bench: FakeBench
) -> None:
    keep(qtbot, filled, "spring 2026")
    version = bench.workspace.snapshots.now().version()
    document = {"photo": {"path": "/a/suspect 7.jpg"}, "comparison": None}
    bench.workspace.record(
        json.dumps(document), photo_sha256="7" * 64, outcome="differs", gallery_version=version
    )
    reopen(qtbot, filled)
    assert page(filled).versions.rows[1].uses == 1
    choose(filled, 1)
    page(filled).uses_button.click()
    qtbot.waitUntil(lambda: page(filled).records.rowCount() == 1)
    said = page(filled).records.index(0).data()
    assert "suspect 7.jpg" in said
    assert "Differs" in said


def test_the_history_is_filtered_and_written(qtbot: QtBot, filled: Window, tmp_path: Path) -> None:
    keep(qtbot, filled, "spring 2026")
    filled.gallery.records.buttons["history"].click()
    shown = history(filled)
    qtbot.waitUntil(lambda: len(shown.entries.entries) > 5)
    every = len(shown.entries.entries)
    shown.act.setCurrentIndex(shown.act.findData("snapshot"))
    shown.act.activated.emit(shown.act.currentIndex())
    assert [each.act for each in shown.entries.entries] == ["snapshot"]
    shown.act.setCurrentIndex(0)
    shown.act.activated.emit(0)
    shown.words.setText("biscuits back")
    assert 0 <= len(shown.entries.entries) < every
    shown.words.setText("茶叶罐")
    assert 0 < len(shown.entries.entries) < every
    file = tmp_path / "history.csv"
    shown.write_to(file)
    qtbot.waitUntil(file.exists)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "When,By,Act,What"
    assert len(lines) == 1 + len(shown.entries.entries)


def test_deleting_a_reference_needs_to_see_it(qtbot: QtBot, filled: Window) -> None:
    assert not filled.gallery.actions_book["remove_reference"].isEnabled()
    filled.gallery.records.buttons["back"].click()
    assert not page(filled).isVisible()
    assert filled.gallery.side_list.isVisible()
