"""An examiner goes through regions, marks each, adds one, thinks again, and comes back later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from app.panes.finding_book import author
from app.store import Opinion
from app.views.scene import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.views.drawing_canvas import DrawingCanvas
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

_ROOT = Path(__file__).resolve().parents[2]
OPINIONS = list(Opinion)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def settled(window: Window, count: int) -> bool:
    return window.inspect.queue.counts() == (count, count) and not window.inspect.queue.is_busy


def key(qtbot: QtBot, window: Window, pressed: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key on the picture, as staff would."""
    window.activateWindow()
    window.inspect.view.suspect.setFocus()
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(window.inspect.view.suspect, pressed, held)


def opinions(window: Window) -> list[Opinion | None]:
    return [row.opinion for row in window.inspect.regions.rows]


def labels(window: Window) -> list[str]:
    return [row.label for row in window.inspect.regions.rows]


def progress(window: Window) -> list[str]:
    model = window.inspect.queue.model
    return [model.progress_words(row) for row in model.rows]


def drag(qtbot: QtBot, canvas: DrawingCanvas, start: tuple, end: tuple) -> None:
    def at(place: tuple) -> QPoint:
        return canvas.to_screen(QPointF(*place)).toPoint()

    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=at(start))
    qtbot.mouseMove(canvas, at(end))
    qtbot.mouseRelease(canvas, left, pos=at(end))


def draw(qtbot: QtBot, window: Window, start: tuple = (90, 70), end: tuple = (120, 90)) -> None:
    key(qtbot, window, Qt.Key.Key_F)
    key(qtbot, window, Qt.Key.Key_A)
    drag(qtbot, window.inspect.view.reference, start, end)


def kept(bench: FakeBench, window: Window) -> tuple:
    found = window.inspect.queue.found(window.inspect.filmstrip.current_key)
    assert found is not None
    return bench.said_before(found.inspection)


@pytest.fixture
def four(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> Window:
    """A window on a photo with four regions, and one with two after it."""
    drop(photo("differs-4.png"), photo("mixed-2.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    return window


def test_a_whole_piece_of_work_is_there_after_a_restart(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window.start()
    drop(photo("differs-4.png"), photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    assert progress(window) == ["0 of 4 looked at", ""]
    for pressed in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_5):
        key(qtbot, window, Qt.Key.Key_N)
        key(qtbot, window, pressed)
    said = [OPINIONS[0], OPINIONS[1], OPINIONS[2], OPINIONS[4]]
    assert opinions(window) == said
    assert progress(window)[0] == "4 of 4 looked at"
    draw(qtbot, window)
    key(qtbot, window, Qt.Key.Key_4)
    assert opinions(window) == [*said, Opinion.GENUINE_VARIATION]
    key(qtbot, window, Qt.Key.Key_Z, CTRL)
    key(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert labels(window) == ["1", "2", "3", "4"]
    key(qtbot, window, Qt.Key.Key_Z, CTRL, SHIFT)
    assert labels(window) == ["1", "2", "3", "4", "+1"]
    assert opinions(window) == [*said, None]
    window.close()
    again, fresh = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 2)
    qtbot.waitUntil(lambda: settled(again, 2) and len(again.inspect.regions.rows) == 5)
    assert progress(again)[0] == "4 of 4 looked at"
    assert [name for name, _ in fresh.asked] == ["differs-4.png"]
    assert opinions(again) == [*said, None]
    assert labels(again)[-1] == "+1"
    (added,) = [one for one in kept(fresh, again) if one.by_hand]
    assert (added.author, added.versions) == (author(), {"model": "made up"})


def test_each_mark_is_written_at_once(qtbot: QtBot, four: Window, bench: FakeBench) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: [one.opinion for one in kept(bench, four)] == [OPINIONS[0]])
    key(qtbot, four, Qt.Key.Key_1)  # the same once more takes it back
    assert opinions(four)[0] is None
    qtbot.waitUntil(lambda: kept(bench, four) == ())


def test_marks_by_buttons_are_those_by_keys(qtbot: QtBot, four: Window) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    card = four.inspect.findings.region_card
    assert card.isVisible()
    for button, opinion in zip(card.buttons, OPINIONS, strict=False):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert opinions(four)[0] is opinion
        assert [one.isChecked() for one in card.buttons[:5]] == [
            one is button for one in card.buttons[:5]
        ]


def test_nothing_is_marked_where_no_region_is_looked_at(qtbot: QtBot, four: Window) -> None:
    assert not four.inspect.findings.region_card.isVisible()
    key(qtbot, four, Qt.Key.Key_1)
    assert opinions(four) == [None] * 4
    assert not four.inspect.undo_stack.canUndo()


def test_undo_goes_back_to_the_photo_where_it_was_done(qtbot: QtBot, four: Window) -> None:
    pane = four.inspect
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_2)
    first = pane.filmstrip.current_key
    key(qtbot, four, Qt.Key.Key_PageDown)
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_3)
    assert opinions(four) == [Opinion.WEAR, None]
    key(qtbot, four, Qt.Key.Key_Z, CTRL)
    assert opinions(four) == [None, None]
    key(qtbot, four, Qt.Key.Key_Z, CTRL)
    assert pane.filmstrip.current_key == first
    assert opinions(four) == [None] * 4
    assert pane.regions.current == 2
    assert "Undone" in four.bar.text
    key(qtbot, four, Qt.Key.Key_Z, CTRL, SHIFT)
    assert opinions(four) == [None, Opinion.LIGHTING, None, None]
    key(qtbot, four, Qt.Key.Key_Z, CTRL, SHIFT)
    assert pane.filmstrip.current_key != first
    assert opinions(four) == [Opinion.WEAR, None]
    assert progress(four) == ["1 of 4 looked at", "1 of 2 looked at"]


def test_marks_and_the_list_of_photos_share_one_line_of_undo(qtbot: QtBot, four: Window) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_2)
    key(qtbot, four, Qt.Key.Key_Delete)
    assert four.inspect.queue.model.rowCount() == 1
    key(qtbot, four, Qt.Key.Key_Z, CTRL)
    assert four.inspect.queue.model.rowCount() == 2
    key(qtbot, four, Qt.Key.Key_Z, CTRL)
    assert progress(four)[0] == "0 of 4 looked at"
    for _ in range(2):
        key(qtbot, four, Qt.Key.Key_Z, CTRL, SHIFT)
    assert [row.name for row in four.inspect.queue.model.rows] == ["mixed-2.png"]


def test_a_removal_is_taken_back_from_the_bar_also_after_other_acts(
    qtbot: QtBot, four: Window
) -> None:
    key(qtbot, four, Qt.Key.Key_Delete)
    take_back = four.bar._message.undo
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_2)
    take_back()
    assert four.inspect.queue.model.rowCount() == 2
    key(qtbot, four, Qt.Key.Key_Z, CTRL)  # the mark
    key(qtbot, four, Qt.Key.Key_Z, CTRL)  # the removal: done already
    assert four.inspect.queue.model.rowCount() == 2
    assert progress(four) == ["0 of 4 looked at", "0 of 2 looked at"]


def test_a_note_is_typed_kept_and_undone_as_one_step(
    qtbot: QtBot, four: Window, bench: FakeBench
) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_E)
    note = four.inspect.findings.region_card.note
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "seal 2 mm low")  # digits and letters are no keys of the window here
    qtbot.waitUntil(lambda: [one.note for one in kept(bench, four)] == ["seal 2 mm low"])
    assert opinions(four)[0] is None
    qtbot.keyClicks(note, ", n1")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.note for one in kept(bench, four)] == ["seal 2 mm low, n1"])
    assert four.inspect.view.suspect.hasFocus()
    key(qtbot, four, Qt.Key.Key_Z, CTRL)
    assert note.text() == ""
    assert not four.inspect.undo_stack.canUndo()
    qtbot.waitUntil(lambda: kept(bench, four) == ())


def test_a_note_belongs_to_the_region_it_was_typed_for(qtbot: QtBot, four: Window) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    note = four.inspect.findings.region_card.note
    note.setFocus()
    qtbot.keyClicks(note, "first")
    four.inspect.regions.next_region()  # before the pause is over
    assert note.text() == ""
    first, second = four.inspect.regions.rows[:2]
    assert first.finding.note == "first"
    assert second.finding is None
    qtbot.keyClicks(note, "second")
    four.inspect.filmstrip.step(1)
    four.inspect.filmstrip.step(-1)
    assert [row.finding.note for row in four.inspect.regions.rows[:2]] == ["first", "second"]


def test_a_region_drawn_on_the_reference_lies_in_both_pictures(
    qtbot: QtBot, four: Window, bench: FakeBench
) -> None:
    draw(qtbot, four)
    row = four.inspect.regions.rows[-1]
    corners = [(90, 70), (120, 70), (120, 90), (90, 90)]
    assert row.region is None
    assert row.finding.by_hand
    for polygon in (row.finding.polygon, row.finding.reference_polygon):
        assert [pytest.approx(corner, abs=0.6) for corner in corners] == list(polygon)
    assert four.inspect.regions.current == row.number
    assert not four.inspect.actions_book["add_region"].isChecked()
    assert four.inspect.findings.regions.title(row) == "Added by hand"
    assert row.suspect is not None
    assert not row.suspect.isNull()
    key(qtbot, four, Qt.Key.Key_Backspace)
    assert len(four.inspect.regions.rows) == 4
    qtbot.waitUntil(lambda: kept(bench, four) == ())
    key(qtbot, four, Qt.Key.Key_Z, CTRL)
    assert four.inspect.regions.rows[-1].finding == row.finding


def test_a_polygon_is_drawn_on_the_photo_as_taken(qtbot: QtBot, four: Window) -> None:
    key(qtbot, four, Qt.Key.Key_T)
    key(qtbot, four, Qt.Key.Key_F)
    key(qtbot, four, Qt.Key.Key_A)
    canvas = four.inspect.view.suspect
    for corner in ((20, 60), (60, 60), (40, 90)):
        place = canvas.to_screen(QPointF(*corner)).toPoint()
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert len(four.inspect.regions.rows[-1].finding.polygon) == 3


def test_escape_puts_the_pencil_down(qtbot: QtBot, four: Window) -> None:
    key(qtbot, four, Qt.Key.Key_A)
    assert four.inspect.view.suspect.is_armed
    qtbot.keyClick(four.inspect.view.suspect, Qt.Key.Key_Escape)
    assert not four.inspect.view.suspect.is_armed
    assert not four.inspect.actions_book["add_region"].isChecked()


def test_a_region_may_be_added_where_nothing_was_compared(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("not_in_gallery.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    key(qtbot, window, Qt.Key.Key_A)
    drag(qtbot, window.inspect.view.suspect, (20, 20), (60, 50))
    (row,) = window.inspect.regions.rows
    assert row.finding.reference_polygon == ()
    assert row.finding.subject.product == ""
    key(qtbot, window, Qt.Key.Key_5)
    assert window.inspect.regions.rows[0].opinion is Opinion.CANNOT_SEE


def test_marked_regions_look_marked_on_both_pictures(qtbot: QtBot, four: Window) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    view = four.inspect.view
    before = [canvas.grab().toImage() for canvas in (view.suspect, view.reference)]
    key(qtbot, four, Qt.Key.Key_2)
    after = [canvas.grab().toImage() for canvas in (view.suspect, view.reference)]
    assert before[0] != after[0]
    assert before[1] != after[1]
    marks = [mark for mark in view.suspect._marks if mark.kind is MarkKind.REGION]
    assert [mark.opinion for mark in marks] == [Opinion.LIGHTING, None, None, None]


def test_inspecting_again_shows_the_same_marks(
    qtbot: QtBot, four: Window, bench: FakeBench
) -> None:
    key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_2)
    draw(qtbot, four)
    key(qtbot, four, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: len(bench.asked) == 3 and settled(four, 2))
    assert opinions(four) == [Opinion.LIGHTING, None, None, None, None]
    assert progress(four)[0] == "1 of 4 looked at"


def test_a_region_that_is_found_no_more_keeps_its_mark(
    qtbot: QtBot, four: Window, bench: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after new references: the last region is gone, and what was said of it is not."""
    for _ in range(4):
        key(qtbot, four, Qt.Key.Key_N)
    key(qtbot, four, Qt.Key.Key_4)
    from tests.journeys import fake_bench

    whole = fake_bench.inspected
    monkeypatch.setattr(
        fake_bench,
        "inspected",
        lambda photo, outcome, regions, reference: whole(
            photo, outcome, regions=3, reference=reference
        ),
    )
    key(qtbot, four, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: len(bench.asked) == 3 and settled(four, 2))
    assert labels(four) == ["1", "2", "3", "+1"]
    row = four.inspect.regions.rows[-1]
    assert row.opinion is Opinion.GENUINE_VARIATION
    assert four.inspect.findings.regions.title(row) == "No longer stands out"


def test_regions_are_listed_farthest_outside_first_and_stepped_through_so(
    qtbot: QtBot, four: Window
) -> None:
    ratios = [row.region.ratio for row in four.inspect.regions.rows]
    assert ratios == sorted(ratios, reverse=True)
    seen = []
    for _ in range(5):
        key(qtbot, four, Qt.Key.Key_N)
        seen.append(four.inspect.regions.current)
    assert seen == [row.number for row in four.inspect.regions.rows] + [seen[0]]


def test_the_key_card_tells_every_key_of_every_menu(qtbot: QtBot, window: Window) -> None:
    key(qtbot, window, Qt.Key.Key_F1)
    card = window._card
    assert card.isVisible()
    told = dict(card.lines)
    assert told["Real difference"] == "1"
    assert told["Cannot see"] == "5"
    assert told["Redo"].startswith("Ctrl+Shift+Z")
    for menu in window._menus.values():
        for action in menu.actions():
            if action.shortcuts() and action.isVisible():  # the keys of other places are told there
                name = action.text().rstrip("…").replace("&", "")
                assert name in told, name
    qtbot.keyClick(card, Qt.Key.Key_F1)
    assert not card.isVisible()


def test_no_two_actions_of_one_place_share_a_key(window: Window) -> None:
    taken: dict[str, str] = {}
    for menu in window._menus.values():
        for action in menu.actions():
            for shortcut in action.shortcuts() if action.isVisible() else ():
                name = shortcut.toString()
                assert name not in taken, (name, action.text(), taken[name])
                taken[name] = action.text()
    assert {"1", "2", "3", "4", "5", "A", "E", "N", "Backspace", "F1"} <= set(taken)


_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.messages import Messages
from app.settings import Settings, window_state
from app.window import Window
from tests.journeys.fake_bench import FakeBench
folder = Path(sys.argv[1])
application = QApplication([])
settings, state = Settings(folder / "s.ini"), window_state(folder / "w.ini")
bench = FakeBench(folder)
window = Window(bench, settings, Messages(), state)
window.show()
window.start()
window.inspect.add_paths(tuple(Path(one) for one in sys.argv[2:]))
def mark():
    if not window.inspect.regions.rows:
        return
    timer.stop()
    window.inspect.actions_book["next_region"].trigger()
    window.inspect.actions_book["mark_wear"].trigger()
    def look():
        subject = window.inspect.regions.rows[0].finding.subject
        if bench.workspace.findings(subject):
            print("written", flush=True)
    window.look = QTimer(interval=20, timeout=look)
    window.look.start()
timer = QTimer(interval=20, timeout=mark)
timer.start()
application.exec()
"""


def test_a_program_killed_after_a_mark_has_kept_it(
    qtbot: QtBot,
    bench: FakeBench,
    photo: Callable[[str], Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    command = [sys.executable, "-c", _PROGRAM, str(bench.folder), str(photo("differs-3.png"))]
    process = subprocess.Popen(
        command, cwd=_ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"written"
        kept_list = bench.folder / "photos.json"
        end = time.monotonic() + 20
        while time.monotonic() < end and '"done"' not in kept_list.read_text(encoding="utf-8"):
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process.stdout.close()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: len(again.inspect.regions.rows) == 3)
    assert opinions(again) == [Opinion.WEAR, None, None]
    assert progress(again) == ["1 of 3 looked at"]
