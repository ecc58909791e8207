"""Only what is in view is read from the disk, and a scan says how far it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app import tasks
from app.messages import Messages
from app.models.triage import PICTURE, TriageModel
from app.models.triage_rows import TriageRow
from app.panes.scan_progress import ScanProgress
from app.panes.scan_run import ScanRun, ScanState
from app.panes.scan_watch import ScanWatch
from app.panes.triage_filters import TriageFilters
from app.panes.triage_view import TriageView
from app.reports.scanning import PHOTO
from tests.journeys.fake_bench import FakeBench, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
ROWS = 300


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> Iterator[TriageView]:
    """Many rows, of which few are in view; the last is a file that is gone."""
    picture = tmp_path / "picture.png"
    Image.fromarray(drawn(1)).save(picture)
    rows = []
    for number in range(ROWS):
        file = tmp_path / f"{number:03}.png"
        if number != ROWS - 1:
            file.symlink_to(picture)
        sha256 = f"{number:064x}"
        rows.append(TriageRow(str(file), PHOTO, sha256, "differs", "Tea", "front", 9 - number / 99))
    made = TriageView(TriageModel())
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.add(rows)
    qtbot.waitUntil(lambda: made.is_fed)
    yield made
    assert tasks.stop(20)


def test_pictures_are_read_for_the_rows_in_view_alone(qtbot: QtBot, view: TriageView) -> None:
    first = view.model_of_rows.entry(0)
    qtbot.waitUntil(lambda: view.pictures.of(first) is not None)
    qtbot.waitUntil(lambda: view.pictures._reading is None)
    assert len(view.pictures._images) < 20
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    near_end = view.model_of_rows.entry(ROWS - 2)
    qtbot.waitUntil(lambda: view.pictures.of(near_end) is not None)
    gone = view.model_of_rows.entry(ROWS - 1)
    qtbot.waitUntil(lambda: view.pictures._reading is None)
    assert view.pictures.of(gone) is None
    assert len(view.pictures._images) < 40


def test_a_file_that_was_away_is_looked_at_again(
    qtbot: QtBot, view: TriageView, tmp_path: Path
) -> None:
    gone = view.model_of_rows.entry(ROWS - 1)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: view.pictures.of(view.model_of_rows.entry(ROWS - 2)) is not None)
    qtbot.waitUntil(lambda: view.pictures._reading is None)
    (tmp_path / "picture.png").rename(gone.path)
    view._want_pictures()
    qtbot.waitUntil(lambda: view.pictures.of(gone) is not None)


def test_other_bytes_under_the_same_name_are_another_picture(
    qtbot: QtBot, view: TriageView
) -> None:
    first = view.model_of_rows.entry(0)
    qtbot.waitUntil(lambda: view.pictures.of(first) is not None)
    before = view.pictures.of(first)
    Path(first.path).unlink()
    Image.fromarray(255 - drawn(1)).save(first.path)
    changed = replace(first, sha256="f" * 64)
    assert view.pictures.of(changed) is None
    view.add([changed])
    qtbot.waitUntil(lambda: view.pictures.of(changed) is not None)
    assert view.pictures.of(changed) != before


def test_a_picture_that_has_come_is_painted(qtbot: QtBot, view: TriageView) -> None:
    first = view.model_of_rows.entry(0)
    qtbot.waitUntil(lambda: view.pictures.of(first) is not None)
    cell = view.visualRect(view.model_of_rows.index(0, PICTURE))
    shot = view.viewport().grab(cell).toImage()
    middle = shot.height() // 2
    colours = {shot.pixel(x, middle) for x in range(8, shot.width() - 8)}
    assert len(colours) > 3


def test_a_chosen_row_that_is_filtered_out_and_back_is_no_trouble(view: TriageView) -> None:
    model, filters = view.model_of_rows, TriageFilters()
    filters.changed.connect(model.show_only)
    view.go_to(250)
    filters.words.setText("/00")
    assert model.rowCount() == 10
    filters.words.clear()
    assert model.rowCount() == ROWS


def test_how_far_a_scan_is_stands_in_one_line(qtbot: QtBot, tmp_path: Path) -> None:
    bench = FakeBench(tmp_path / "photos")
    scan, watch = ScanRun(bench), ScanWatch(Messages())
    line = ScanProgress(scan, watch)
    qtbot.addWidget(line)
    scan.state = ScanState.RUNNING
    scan.counts["photo"] = 1200
    for _ in range(1500):
        scan._control.count_listed()
    line.refresh()
    assert line.words == "1,200 of more than 1,500 files"
    scan._control.count_listed(is_all=True)
    scan._moments.extend([(0.0, 1000), (50.0, 1200)])
    line.refresh()
    assert line.words == "1,200 of 1,500 files · 4.0 a second · about 1 min left"
    scan.state = ScanState.DONE
    scan.away.append("/mnt/share")
    line.refresh()
    assert line.words == "Files: 1,200 · Not reachable: /mnt/share"
