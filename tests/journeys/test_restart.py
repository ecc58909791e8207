"""The list of photos comes back: after closing, after a crash, and when files have gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage

from app.models.photos import State
from app.panes.workbench import Choice
from app.store import Opinion
from app.views.viewing import ViewKind
from tests.journeys.test_regions import settled
from vision import Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

_ROOT = Path(__file__).resolve().parents[2]


def rows(window: Window) -> list[tuple[str, State, Outcome | None]]:
    return [(row.name, row.state, row.outcome) for row in window.inspect.queue.model.rows]


def test_photos_outcomes_and_place_come_back(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    drop(photo("agrees.png"), photo("differs-2.png"), photo("not_in_gallery.png"))
    qtbot.waitUntil(lambda: settled(window, 3))
    window.inspect.filmstrip.step(1)
    before = rows(window)
    window.close()
    again, bench = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 3)
    assert again.inspect.queue.row(again.inspect.filmstrip.current_key).name == "differs-2.png"
    qtbot.waitUntil(lambda: settled(again, 3))
    assert rows(again) == before
    assert [name for name, _ in bench.asked] == ["differs-2.png"], "only what is looked at"
    assert again.inspect.findings.card.title == "Differs"
    qtbot.waitUntil(lambda: all(row.thumbnail for row in again.inspect.queue.model.rows))
    assert again.inspect.queue.model.rows[1].regions == 2


def test_what_waited_goes_on_and_what_was_under_way_at_a_crash_does_not(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    gate: threading.Event,
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    qtbot.waitUntil(lambda: window.bar.status != "")
    gate.clear()
    drop(photo("agrees.png"), photo("differs-1.png"))
    file = bench.folder / "photos.json"
    qtbot.waitUntil(lambda: file.exists() and "comparing" in file.read_text())
    as_a_crash_leaves_it = file.read_text()
    kept = json.loads(as_a_crash_leaves_it)
    assert [one["state"] for one in kept["photos"]] == ["comparing", "waiting"]
    gate.set()
    qtbot.waitUntil(lambda: settled(window, 2))
    window.close()
    file.write_text(as_a_crash_leaves_it)
    again, asked = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 2)
    qtbot.waitUntil(lambda: settled(again, 2))
    assert rows(again) == [
        ("agrees.png", State.STOPPED, None),
        ("differs-1.png", State.DONE, Outcome.DIFFERS),
    ]
    assert [name for name, _ in asked.asked] == ["differs-1.png"]


def test_files_that_are_gone_are_shown_as_such(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    gone, stays = photo("differs-1.png"), photo("agrees.png")
    drop(gone, stays)
    qtbot.waitUntil(lambda: settled(window, 2))
    window.inspect.filmstrip.step(1)
    window.close()
    content = gone.read_bytes()
    gone.unlink()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: State.MISSING in [state for _, state, _ in rows(again)])
    row = again.inspect.queue.model.rows[0]
    assert again.inspect.queue.model.state_words(row) == "Gone; was: Differs"
    again.inspect.filmstrip.choose(row.key)
    assert again.inspect.notice.isVisible()
    assert str(gone) in again.inspect.notice.lines
    qtbot.waitUntil(lambda: again.inspect.queue.model.rows[1].state is State.DONE)
    gone.write_bytes(content)
    again.inspect.actions_book["again"].trigger()
    qtbot.waitUntil(lambda: rows(again)[0][1:] == (State.DONE, Outcome.DIFFERS))
    gone.unlink()
    again.inspect.actions_book["again"].trigger()
    qtbot.waitUntil(lambda: rows(again)[0][1:] == (State.MISSING, Outcome.DIFFERS))


def test_a_pasted_picture_comes_back(
    qtbot: QtBot,
    window: Window,
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    mime = QMimeData()
    mime.setImageData(image)
    window.inspect.take(mime)
    qtbot.waitUntil(lambda: settled(window, 1))
    qtbot.waitUntil(lambda: (bench.folder / "pasted").is_dir())
    kept = bench.folder / "photos.json"
    qtbot.waitUntil(lambda: kept.exists() and "pasted" in kept.read_text(encoding="utf-8"))
    window.close()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 1 and settled(again, 1))
    assert again.inspect.queue.model.rows[0].name == "Pasted picture 1"
    found = again.inspect.queue.found(again.inspect.filmstrip.current_key)
    assert found is not None
    assert found.inspection.photo.pixels.shape == (48, 64, 3)


def test_the_choice_of_a_side_comes_back(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    window.inspect.set_sides((("Qingshan Tea", "front"), ("Northwind Audio", "back")))
    window.inspect.search.choose("Northwind Audio", "back")
    qtbot.waitUntil(lambda: len(window._bench.asked) == 2)
    qtbot.waitUntil(lambda: settled(window, 1))
    assert window._bench.asked[1][1] == Choice("Northwind Audio", "back")
    window.close()
    again, bench = opened_again()
    qtbot.waitUntil(lambda: len(bench.asked) == 1)
    assert bench.asked[0][1] == Choice("Northwind Audio", "back")
    qtbot.waitUntil(lambda: settled(again, 1))


def test_what_older_limits_judged_is_judged_again(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    drop(photo("agrees.png"), photo("differs-1.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    window.close()
    file = bench.folder / "photos.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "judged_by": "older"}))
    again, fresh = opened_again()
    qtbot.waitUntil(lambda: len(fresh.asked) == 2)
    qtbot.waitUntil(lambda: settled(again, 2))


def test_a_list_that_cannot_be_read_never_stops_the_start(
    qtbot: QtBot,
    bench: FakeBench,
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    bench.folder.mkdir(exist_ok=True)
    (bench.folder / "photos.json").write_text("not json at all")
    again, _ = opened_again()
    again.inspect.add_paths((photo("agrees.png"),))
    qtbot.waitUntil(lambda: settled(again, 1))
    assert not again.bar.text


def test_a_workspace_that_cannot_be_written_is_told_once(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.panes.kept_list.write_list", refused)
    told: list[object] = []
    window._messages.said.connect(told.append)
    window.start()
    drop(photo("agrees.png"), photo("differs-1.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    qtbot.waitUntil(lambda: len(told) > 0)
    assert len(told) == 1


_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.messages import Messages
from app.settings import Settings, window_state
from app.window import Window
from tests.journeys.fake_bench import FakeBench
folder = Path(sys.argv[1])
application = QApplication([])
settings, state = Settings(folder / "s.ini"), window_state(folder / "w.ini")
window = Window(FakeBench(folder), settings, Messages(), state)
window.show()
window.start()
window.inspect.add_paths(tuple(Path(one) for one in sys.argv[2:]))
application.exec()
"""


def test_a_killed_program_has_kept_its_list(
    qtbot: QtBot,
    bench: FakeBench,
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    files = [photo("agrees.png"), photo("differs-3.png")]
    command = [sys.executable, "-c", _PROGRAM, str(bench.folder), *map(str, files)]
    kept = bench.folder / "photos.json"
    process = subprocess.Popen(command, cwd=_ROOT, env=os.environ, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            if kept.exists() and kept.read_text(encoding="utf-8").count('"done"') == 2:
                break
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    again, _ = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 2)
    qtbot.waitUntil(lambda: settled(again, 2))
    assert [outcome for _, _, outcome in rows(again)] == [Outcome.AGREES, Outcome.DIFFERS]


_IN_THE_MIDDLE = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.messages import Messages
from app.settings import Settings, window_state
from app.store import Opinion
from app.views.region_marks import Drawn, DrawnOn
from app.views.viewing import ViewKind
from app.window import Window
from tests.journeys.fake_bench import FakeBench, square
folder = Path(sys.argv[1])
application = QApplication([])
gate = threading.Event()
gate.set()
bench = FakeBench(folder, gate=gate)
settings, state = Settings(folder / "s.ini"), window_state(folder / "w.ini")
window = Window(bench, settings, Messages(), state)
window.show()
window.start()
files = tuple(Path(one) for one in sys.argv[2:])
pane = window.inspect
pane.intake.add_paths(files[:2], as_one=True)

def mark():
    if pane.queue.counts() != (2, 2) or not pane.regions.rows:
        return
    timer.stop()
    gate.clear()
    pane.intake.add_paths(files[2:])
    pane.view.choose(ViewKind.SWIPE)
    pane.regions.next_region()
    pane.regions.mark(Opinion.WEAR)
    pane.regions.note("rubbed off")
    pane.regions.next_region()
    pane.regions.mark(Opinion.REAL_DIFFERENCE)
    pane.regions.add_region(Drawn(DrawnOn.REFERENCE, square(60, 50, 20)))
    second.start(50)

def tell():
    kept = (folder / "photos.json").read_text(encoding="utf-8")
    photo = pane.queue.found(pane.filmstrip.current_key).inspection
    is_half_way = kept.count('"comparing"') == 1 and len(bench.said_before(photo)) == 3
    if is_half_way and bench.workspace.items() and b"swipe" in (folder / "w.ini").read_bytes():
        second.stop()
        print("in the middle", flush=True)

timer, second = QTimer(), QTimer()
timer.timeout.connect(mark)
second.timeout.connect(tell)
timer.start(50)
application.exec()
"""


def test_a_program_killed_in_the_middle_has_lost_nothing(
    qtbot: QtBot,
    bench: FakeBench,
    tmp_path: Path,
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    """Marks, a note, a region of one's own, an item, the queue, and the view: all are there."""
    names = ["differs-3.png", "agrees.png", "mixed-1.png", "agrees22.png", "agrees333.png"]
    files = [str(photo(name)) for name in names]
    command = [sys.executable, "-c", _IN_THE_MIDDLE, str(bench.folder), *files]
    process = subprocess.Popen(
        command, cwd=_ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == b"in the middle"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process.stdout.close()
    (tmp_path / "w").write_bytes((bench.folder / "w.ini").read_bytes())
    again, fresh = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 5)
    qtbot.waitUntil(lambda: settled(again, 5) and len(again.inspect.regions.rows) == 4)
    assert rows(again) == [
        ("differs-3.png", State.DONE, Outcome.DIFFERS),
        ("agrees.png", State.DONE, Outcome.AGREES),
        ("mixed-1.png", State.STOPPED, None),  # it may have been what ended the program
        ("agrees22.png", State.DONE, Outcome.AGREES),
        ("agrees333.png", State.DONE, Outcome.AGREES),
    ]
    item = again.inspect.queue.model.item_headed_by(0)
    assert [row.name for row in item.rows] == names[:2]
    assert list(fresh.workspace.items().values()) == [tuple(row.sha256 for row in item.rows)]
    said = [(row.opinion, row.finding.note) for row in again.inspect.regions.rows if row.finding]
    assert said == [
        (Opinion.WEAR, "rubbed off"),
        (Opinion.REAL_DIFFERENCE, ""),
        (None, ""),
    ]
    assert again.inspect.regions.rows[-1].finding.by_hand
    assert again.inspect.queue.model.rows[0].examined == 2
    assert again.inspect.view.kind is ViewKind.SWIPE


def test_the_window_comes_back_as_it_was(
    qtbot: QtBot,
    window: Window,
    opened_again: Callable[[], tuple[Window, FakeBench]],
    tmp_path: Path,
) -> None:
    window.start()
    window.inspect.splitter.setSizes([300, 600, 466])
    window.inspect.view.choose(ViewKind.ONION_SKIN)
    window.go_to("settings")
    window.close()
    (tmp_path / "w").write_bytes((tmp_path / "window.ini").read_bytes())
    again, _ = opened_again()
    assert again.settings_pane.isVisible()
    assert again.inspect.view.wanted is ViewKind.ONION_SKIN
    again.go_to("inspect")
    assert abs(again.inspect.splitter.sizes()[0] - 300) <= 2


def test_a_window_state_that_makes_no_sense_is_passed_over(
    window: Window, opened_again: Callable[[], tuple[Window, FakeBench]], tmp_path: Path
) -> None:
    (tmp_path / "w").write_text("[General]\nplace=cellar\nview=crystal_ball\ncolumns=7\n")
    again, _ = opened_again()
    assert again.inspect.isVisible()
    assert again.inspect.view.wanted is ViewKind.SIDE_BY_SIDE
