"""An examiner has a folder scanned, goes through what stands out, and decides."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl

from app.models.triage import DECISION, FILE, TriageHead
from app.models.triage_filter import Grouping, Wanted
from app.models.triage_rows import TriageRow
from app.panes.kept_watch import write_watched
from app.panes.outcome_chips import ASIDE, EVERYTHING
from app.panes.scan_run import ScanState
from app.store import Decided, scan_turn, scan_turns
from tests.journeys.fake_bench import FakeBench, drawn
from vision import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.panes.scan_pane import ScanPane
    from app.window import Window

NAMES = ("agrees.png", "differs-3.png", "differs-1.png", "mixed-2.png", "not_in_gallery.png")
WORST_FIRST = ["differs-3.png", "differs-1.png", "mixed-2.png", "agrees.png", "not_in_gallery.png"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shipment: five photos, one of them twice, a broken one, and something else."""
    made = tmp_path / "shipment"
    (made / "box 2").mkdir(parents=True)
    for seed, name in enumerate(NAMES):
        Image.fromarray(drawn(seed)).save(made / name)
    (made / "box 2" / "again.png").write_bytes((made / "differs-1.png").read_bytes())
    (made / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a whole picture")
    (made / "notes.txt").write_text("three boxes, two pallets")
    return made


def pane(window: Window) -> ScanPane:
    return window.scan


def names(window: Window) -> list[str]:
    return [one.name for one in pane(window).model.entries if isinstance(one, TriageRow)]


def drop_folder(window: Window, *folders: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in folders])
    window.go_to("scan")
    pane(window).take(mime)


def over(window: Window) -> bool:
    return not pane(window).scan.is_under_way and pane(window).view.is_fed


class Sleeper:
    """Remembers whether the computer was asked to stay awake."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def keep(self, _reason: str) -> None:
        self.asked.append("keep")

    def let_sleep(self, *, at_end: bool = False) -> None:
        del at_end
        self.asked.append("let_sleep")


@pytest.fixture
def scanned(qtbot: QtBot, window: Window, bench: FakeBench, folder: Path) -> Window:
    del bench
    drop_folder(window, folder)
    qtbot.waitUntil(lambda: over(window))
    return window


def press(qtbot: QtBot, window: Window, key: Qt.Key) -> None:
    window.activateWindow()
    pane(window).view.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(pane(window).view, key)


def test_a_dropped_folder_is_scanned_and_nothing_is_silently_skipped(scanned: Window) -> None:
    assert pane(scanned).scan.state is ScanState.DONE
    assert [name for name in names(scanned) if name in NAMES] == WORST_FIRST
    assert set(names(scanned)) == {*NAMES, "again.png", "torn.jpg"}
    pane(scanned).chips.choose(ASIDE)
    assert names(scanned) == ["notes.txt"]


def test_a_copy_bears_what_was_said_of_the_first(scanned: Window, folder: Path) -> None:
    rows = {row.name: row for row in pane(scanned).model.rows}
    copy, first = rows["again.png"], rows["differs-1.png"]
    assert {copy.first, first.first} == {"", str(folder / "box 2" / "again.png")} or {
        copy.first,
        first.first,
    } == {"", str(folder / "differs-1.png")}
    assert copy.outcome == first.outcome == Outcome.DIFFERS
    assert copy.subject == first.subject


def test_keys_decide_and_go_to_the_next_undecided(
    qtbot: QtBot, scanned: Window, bench: FakeBench
) -> None:
    view = pane(scanned).view
    press(qtbot, scanned, Qt.Key.Key_N)
    assert view.current.name == "differs-3.png"
    press(qtbot, scanned, Qt.Key.Key_D)
    press(qtbot, scanned, Qt.Key.Key_N)
    press(qtbot, scanned, Qt.Key.Key_L)
    assert view.current.name in ("differs-1.png", "again.png")
    press(qtbot, scanned, Qt.Key.Key_N)
    assert view.current.name == "mixed-2.png"  # the copy was decided on with the first
    press(qtbot, scanned, Qt.Key.Key_A)
    assert view.model().index(view.currentIndex().row(), DECISION).data() == "Agrees"
    qtbot.waitUntil(lambda: len(bench.workspace.decisions.all()) == 3)
    kept = {one.decided for one in bench.workspace.decisions.all()}
    assert kept == {Decided.DIFFERS, Decided.LATER, Decided.AGREES}


def test_a_decision_is_undone_and_done_again(qtbot: QtBot, scanned: Window) -> None:
    model = pane(scanned).model
    pane(scanned).view.go_to(0)
    press(qtbot, scanned, Qt.Key.Key_D)
    row = model.entry(0)
    assert model.decided(row) is Decided.DIFFERS
    scanned._book["undo"].trigger()
    assert model.decided(row) is None
    scanned._book["redo"].trigger()
    assert model.decided(row) is Decided.DIFFERS


def test_decisions_are_there_again_in_the_next_run(
    qtbot: QtBot,
    scanned: Window,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    pane(scanned).view.go_to(0)
    press(qtbot, scanned, Qt.Key.Key_D)
    scanned.close()
    later, bench = opened_again()
    later.go_to("scan")
    earlier = pane(later).earlier
    qtbot.waitUntil(lambda: earlier.model.rowCount() == 1)
    earlier.list.clicked.emit(earlier.model.index(0))
    qtbot.waitUntil(lambda: len(names(later)) == 7)
    first = pane(later).model.entry(0)
    assert first.name == "differs-3.png"
    qtbot.waitUntil(lambda: pane(later).model.decided(first) is Decided.DIFFERS)
    pane(later).go_on()
    qtbot.waitUntil(lambda: over(later) and pane(later).scan.state is ScanState.DONE)
    assert bench.judged == []  # everything that was judged before still holds


def test_a_photo_is_opened_on_the_desk_and_back_is_the_same_place(
    qtbot: QtBot, scanned: Window, folder: Path
) -> None:
    view = pane(scanned).view
    view.setFixedHeight(150)
    view.go_to(4)
    spot = view.verticalScrollBar().value()
    assert spot > 0
    name = view.current.name
    press(qtbot, scanned, Qt.Key.Key_Return)
    assert scanned.inspect.isVisible()
    qtbot.waitUntil(lambda: scanned.inspect.filmstrip.current_key != 0)
    shown = scanned.inspect.queue.row(scanned.inspect.filmstrip.current_key)
    assert Path(shown.path) in (folder / name, folder / "box 2" / name)
    scanned._book["back_to_scan"].trigger()
    assert pane(scanned).isVisible()
    assert view.current.name == name
    assert view.verticalScrollBar().value() == spot
    assert not scanned._book["back_to_scan"].isEnabled()


def test_outcome_folder_decision_and_path_narrow_the_table(qtbot: QtBot, scanned: Window) -> None:
    scan = pane(scanned)
    scan.chips.choose(Outcome.DIFFERS)
    assert set(names(scanned)) == {"differs-3.png", "differs-1.png", "again.png"}
    scan.view.go_to(0)
    press(qtbot, scanned, Qt.Key.Key_D)
    scan.filters.wanted.setCurrentIndex(list(Wanted).index(Wanted.OPEN))
    assert set(names(scanned)) == {"differs-1.png", "again.png"}
    box = scan.filters.folder
    box.setCurrentIndex(next(n for n in range(box.count()) if str(box.itemText(n)).endswith("2")))
    assert names(scanned) == ["again.png"]
    scan.filters.clear()
    scan.chips.choose(EVERYTHING)
    scan.filters.words.setText("MIXED")
    assert names(scanned) == ["mixed-2.png"]


def test_deciding_in_what_is_not_decided_leaves_the_rest_in_place(
    qtbot: QtBot, scanned: Window
) -> None:
    scan = pane(scanned)
    scan.filters.wanted.setCurrentIndex(list(Wanted).index(Wanted.OPEN))
    before = names(scanned)
    scan.view.go_to(0)
    press(qtbot, scanned, Qt.Key.Key_D)
    assert names(scanned) == before[1:]
    assert scan.view.current.name == before[1]


def test_reused_photos_stand_together(scanned: Window) -> None:
    scan = pane(scanned)
    scan.filters.grouping.setCurrentIndex(list(Grouping).index(Grouping.SAME_PHOTO))
    head, *rows = scan.model.entries
    assert isinstance(head, TriageHead)
    assert (head.count, head.folders) == (2, 2)
    assert {row.name for row in rows} == {"differs-1.png", "again.png"}
    scan.filters.grouping.setCurrentIndex(list(Grouping).index(Grouping.PRODUCT))
    heads = [one.name for one in scan.model.entries if isinstance(one, TriageHead)]
    assert heads == ["Qingshan Tea", ""]


def test_a_scan_pauses_goes_on_and_stops(
    qtbot: QtBot, window: Window, bench: FakeBench, folder: Path
) -> None:
    bench.scan_gate = threading.Event()
    awake = pane(window).awake = Sleeper()
    drop_folder(window, folder)
    scan = pane(window).scan
    qtbot.waitUntil(lambda: scan.state is ScanState.RUNNING)
    pane(window).actions_book["pause"].trigger()
    assert scan.state is ScanState.PAUSED
    assert awake.asked == ["keep", "let_sleep"]
    bench.scan_gate.set()
    pane(window).actions_book["go_on"].trigger()
    assert awake.asked == ["keep", "let_sleep", "keep"]
    qtbot.waitUntil(lambda: scan.done >= 2)
    pane(window).actions_book["stop"].trigger()
    qtbot.waitUntil(lambda: over(window))
    assert scan.state in (ScanState.STOPPED, ScanState.DONE)
    told = set(names(window))
    pane(window).actions_book["go_on"].trigger()
    qtbot.waitUntil(lambda: over(window) and scan.state is ScanState.DONE)
    assert set(names(window)) == {*NAMES, "again.png", "torn.jpg"}
    assert all(bench.judged.count(name) <= 1 for name in told)  # what was told is not done again


def test_a_folder_that_is_away_is_not_an_empty_result(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path
) -> None:
    drop_folder(window, folder, tmp_path / "on the network")
    qtbot.waitUntil(lambda: over(window))
    assert pane(window).scan.away == [str(tmp_path / "on the network")]
    assert "on the network" in pane(window).progress.words
    assert "Not reachable" in window.bar.text
    assert len(names(window)) == 7


def test_a_scan_of_what_is_not_there_says_so(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    drop_folder(window, tmp_path / "unplugged")
    qtbot.waitUntil(lambda: over(window))
    assert pane(window).scan.state is ScanState.FAILED
    assert "unplugged" in window.bar.text


def test_esc_on_the_desk_goes_back_to_the_row(qtbot: QtBot, scanned: Window) -> None:
    view = pane(scanned).view
    view.go_to(2)
    name = view.current.name
    press(qtbot, scanned, Qt.Key.Key_O)
    assert scanned.inspect.isVisible()
    qtbot.waitUntil(lambda: scanned.inspect.queue.model.rowCount() == 1)
    qtbot.waitUntil(lambda: not scanned.inspect.queue.is_busy)
    qtbot.keyClick(scanned.inspect, Qt.Key.Key_Escape)
    assert pane(scanned).isVisible()
    assert view.current.name == name


def test_what_is_looked_at_stays_in_its_place_while_worse_comes_in(
    qtbot: QtBot, scanned: Window
) -> None:
    view, model = pane(scanned).view, pane(scanned).model
    view.setFixedHeight(200)
    view.go_to(3)
    current, spot = view.current, view.rowViewportPosition(3)
    new = [replace(current, path=f"/worse/{n}.png", sha256=f"{n:064x}") for n in range(300)]
    view.add([replace(one, suspicion=9.0 - n / 100) for n, one in enumerate(new)])
    qtbot.waitUntil(lambda: view.is_fed)
    assert model.entry(0).path == "/worse/0.png"
    assert view.current == current
    assert view.rowViewportPosition(view.currentIndex().row()) == spot
    assert view.chosen_rows == (current,)


def test_who_has_chosen_nothing_sees_the_worst(qtbot: QtBot, scanned: Window) -> None:
    view, model = pane(scanned).view, pane(scanned).model
    row = model.entry(0)
    view.add([replace(row, path="/worse.png", sha256="a" * 64, suspicion=9.0)])
    qtbot.waitUntil(lambda: model.entry(0).path == "/worse.png")
    assert view.rowAt(0) == 0


def test_what_is_gone_leaves_the_table_at_the_next_scan(
    qtbot: QtBot, scanned: Window, folder: Path
) -> None:
    (folder / "mixed-2.png").unlink()
    Image.fromarray(drawn(77)).save(folder / "mixed-5.png")
    pane(scanned).go_on()
    qtbot.waitUntil(lambda: "mixed-5.png" in names(scanned) and over(scanned))
    assert "mixed-2.png" not in names(scanned)
    assert pane(scanned).model.index(0, FILE).data() == "differs-3.png"


def test_a_watched_folder_feeds_the_scan(
    qtbot: QtBot, scanned: Window, bench: FakeBench, folder: Path
) -> None:
    watch = pane(scanned).watch
    watch._poll_ms = watch._soon_ms = 30
    pane(scanned).actions_book["watch"].setChecked(True)
    assert watch.is_on
    assert "Watching" in pane(scanned).progress.words
    before = len(bench.judged)
    Image.fromarray(drawn(91)).save(folder / "box 2" / "differs-9.png")
    qtbot.waitUntil(lambda: "differs-9.png" in names(scanned))
    qtbot.waitUntil(lambda: watch.is_on)
    assert bench.judged[before:] == ["differs-9.png"]
    pane(scanned).actions_book["watch"].setChecked(False)
    assert not watch.is_on


def test_watching_goes_on_after_a_restart(
    qtbot: QtBot,
    scanned: Window,
    opened_again: Callable[[], tuple[Window, FakeBench]],
    bench: FakeBench,
    folder: Path,
) -> None:
    pane(scanned).actions_book["watch"].setChecked(True)
    kept = bench.folder / "watched_scan.json"
    qtbot.waitUntil(kept.is_file)
    scanned.close()
    pane(scanned).watch.stop()  # as the end of the program does
    Image.fromarray(drawn(92)).save(folder / "differs-8.png")
    second, again = opened_again()
    qtbot.waitUntil(lambda: pane(second).watch.is_on)
    qtbot.waitUntil(lambda: "differs-8.png" in names(second))
    assert again.judged == ["differs-8.png"]
    pane(second).actions_book["watch"].setChecked(False)
    qtbot.waitUntil(lambda: not kept.exists())


def test_a_folder_that_is_away_at_a_restart_is_not_reachable_and_taken_up_when_it_is_back(
    qtbot: QtBot,
    opened_again: Callable[[], tuple[Window, FakeBench]],
    bench: FakeBench,
    folder: Path,
) -> None:
    write_watched(bench.folder / "watched_scan.json", (str(folder),))
    elsewhere = folder.rename(folder.with_name("unplugged"))
    window, _ = opened_again()
    watch = pane(window).watch
    watch._poll_ms = watch._soon_ms = 30
    watch._patience_s = 0.1  # for the file that is torn
    qtbot.waitUntil(lambda: watch.away == (str(folder),))
    assert f"Not reachable: {folder}" in pane(window).progress.words
    assert names(window) == []
    elsewhere.rename(folder)
    qtbot.waitUntil(lambda: len(names(window)) == 7)
    qtbot.waitUntil(lambda: watch.is_on)


def test_leaving_a_watched_folder_ends_its_watch(scanned: Window) -> None:
    scan = pane(scanned)
    scan.actions_book["watch"].setChecked(True)
    assert scan.watch.is_on
    scan.show_earlier()
    assert not scan.watch.is_on
    assert not scan.actions_book["watch"].isChecked()


def test_an_earlier_scan_is_not_mixed_with_one_that_is_under_way(
    qtbot: QtBot, scanned: Window, bench: FakeBench, folder: Path
) -> None:
    scan = pane(scanned)
    record = bench.workspace.scans.newest()[0]
    other = folder.parent / "other shipment"
    other.mkdir()
    Image.fromarray(drawn(55)).save(other / "differs-4.png")
    bench.scan_gate = threading.Event()
    drop_folder(scanned, other)
    scan.show_scan(record)
    assert scan._folders == (str(other),)
    assert "under way" in scanned.bar.text
    bench.scan_gate.set()
    qtbot.waitUntil(lambda: over(scanned))
    assert names(scanned) == ["differs-4.png"]


def test_a_folder_that_is_scanned_elsewhere_is_said_to_be_so(
    qtbot: QtBot, scanned: Window, bench: FakeBench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_turns, "_PATIENCE_S", 0.0)
    before = bench.workspace.scans.newest()
    with scan_turn(bench.workspace.folder / "scans", [str(folder)]):
        pane(scanned).actions_book["anew"].trigger()
        qtbot.waitUntil(lambda: over(scanned))
    assert pane(scanned).scan.state is ScanState.FAILED
    assert "is being scanned already" in scanned.bar.text
    assert bench.workspace.scans.newest() == before
    pane(scanned).actions_book["anew"].trigger()
    qtbot.waitUntil(lambda: over(scanned))
    assert pane(scanned).scan.state is ScanState.DONE


def test_how_a_scan_ended_does_not_stand_under_another_folder(
    qtbot: QtBot, scanned: Window, bench: FakeBench, tmp_path: Path
) -> None:
    record = bench.workspace.scans.newest()[0]
    drop_folder(scanned, tmp_path / "unplugged")
    qtbot.waitUntil(lambda: over(scanned))
    assert pane(scanned).scan.state is ScanState.FAILED
    pane(scanned).show_scan(record)
    qtbot.waitUntil(lambda: len(names(scanned)) == 7)
    assert pane(scanned).scan.state is ScanState.IDLE
    assert pane(scanned).progress.words == ""


def test_everything_is_judged_anew_where_that_is_wished(
    qtbot: QtBot, scanned: Window, bench: FakeBench
) -> None:
    first = sorted(bench.judged)
    pane(scanned).actions_book["anew"].trigger()
    assert not pane(scanned).actions_book["anew"].isEnabled()
    qtbot.waitUntil(lambda: over(scanned))
    assert sorted(bench.judged) == sorted(first * 2)
    assert len(names(scanned)) == 7


def test_a_chip_counts_what_it_shows(scanned: Window) -> None:
    chips = pane(scanned).chips
    for name, button in chips.buttons.items():
        if button.isVisible():
            chips.choose(name)
            assert button.text().endswith(str(len(names(scanned)))), name
