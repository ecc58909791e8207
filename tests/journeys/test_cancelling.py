"""Somebody stops in the middle of work, or closes the window: nothing done is lost or hangs."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from app.models.photos import State
from app.panes.intake import Found, Source
from app.panes.search_pane import Searched
from app.store import Opinion
from tests.journeys.test_inspecting import press, states
from tests.journeys.test_regions import key, settled
from tests.journeys.test_searching import SIDES, ranked
from vision import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

MANY, SEEN = 40, 12
LEFT = Qt.MouseButton.LeftButton


class Turnstile:
    """Takes the place of a gate, and lets as many comparisons through as it is told."""

    def __init__(self) -> None:
        self._passes = threading.Semaphore(0)

    def let(self, count: int) -> None:
        self._passes.release(count)

    def open(self) -> None:
        self.let(1000)

    def wait(self, timeout_s: float) -> bool:
        return self._passes.acquire(timeout=timeout_s)


@pytest.fixture
def turnstile(window: Window, bench: FakeBench) -> Iterator[Turnstile]:
    made = Turnstile()
    bench.gate = made
    yield made
    made.open()


@pytest.fixture
def many(photo: Callable[[str], Path]) -> list[Path]:
    """Forty photos; the first four have regions."""
    with_regions = [photo(f"differs-{count}.png") for count in range(1, 5)]
    return [*with_regions, *(photo(f"agrees{number}.png") for number in range(MANY - 4))]


@pytest.fixture
def halfway(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    many: list[Path],
    turnstile: Turnstile,
) -> Window:
    """A window in which twelve photos of forty are done, and the thirteenth is being compared."""
    window.start()
    drop(*many)
    turnstile.let(SEEN)
    qtbot.waitUntil(lambda: states(window)[: SEEN + 1] == [State.DONE] * SEEN + [State.COMPARING])
    return window


def button(window: Window, name: str) -> QToolButton:
    """The button for an action below the photos."""
    action = window.inspect.actions_book[name]
    found = window.inspect.filmstrip.findChildren(QToolButton)
    (made,) = [one for one in found if one.defaultAction() is action]
    return made


def strip_words(window: Window) -> list[str]:
    return [one.text() for one in window.inspect.filmstrip.findChildren(QLabel) if one.isVisible()]


def test_what_was_done_stays_and_the_rest_is_gone_on_with_by_one_button(
    qtbot: QtBot, halfway: Window, bench: FakeBench, turnstile: Turnstile, many: list[Path]
) -> None:
    pane, rest = halfway.inspect, button(halfway, "go_on")
    assert f"{SEEN} of {MANY} inspected" in strip_words(halfway)
    assert not rest.isVisible()
    qtbot.mouseClick(button(halfway, "stop"), LEFT)
    assert states(halfway) == [State.DONE] * SEEN + [State.STOPPED] * (MANY - SEEN)
    assert not pane.queue.is_busy
    assert f"{MANY - SEEN}" in halfway.bar.text
    assert f"{SEEN} of {MANY} inspected" in strip_words(halfway), "stopped is not inspected"
    assert not button(halfway, "stop").isVisible()
    key(qtbot, halfway, Qt.Key.Key_N)
    key(qtbot, halfway, Qt.Key.Key_1)
    assert pane.regions.rows[0].opinion is Opinion.REAL_DIFFERENCE
    for _ in range(3):
        key(qtbot, halfway, Qt.Key.Key_PageDown)
        assert pane.findings.card.title == "Differs"
    assert rest.isVisible()
    assert rest.text() == "Go on with the rest"
    turnstile.open()
    qtbot.mouseClick(rest, LEFT)
    qtbot.waitUntil(lambda: settled(halfway, MANY))
    assert states(halfway) == [State.DONE] * MANY
    assert not rest.isVisible()
    asked = [name for name, _ in bench.asked]
    done = [file.name for file in many[:SEEN]]
    assert [name for name in asked if name in done] == done, "nothing is done twice"
    assert set(asked) == {file.name for file in many}
    assert pane.queue.model.rows[0].examined == 1


def test_the_answer_of_a_stopped_photo_comes_too_late(
    qtbot: QtBot, halfway: Window, bench: FakeBench, turnstile: Turnstile
) -> None:
    press(halfway, "Esc")
    turnstile.open()
    qtbot.waitUntil(lambda: len(bench.asked) == SEEN + 1)
    press(halfway, "R")  # of the first photo: it is compared after the late answer has come
    qtbot.waitUntil(lambda: len(bench.asked) == SEEN + 2 and not halfway.inspect.queue.is_busy)
    assert states(halfway) == [State.DONE] * SEEN + [State.STOPPED] * (MANY - SEEN)


def test_one_photo_alone_is_gone_on_with_then_all(
    qtbot: QtBot, halfway: Window, turnstile: Turnstile
) -> None:
    press(halfway, "Esc")
    last = halfway.inspect.queue.model.rows[-1].key
    halfway.inspect.filmstrip.choose(last)
    assert "Shift+R" in halfway.inspect.notice.lines
    turnstile.let(2)  # one of them for the photo that was stopped under way
    press(halfway, "R")
    qtbot.waitUntil(lambda: states(halfway)[-1] is State.DONE)
    assert states(halfway)[SEEN:-1] == [State.STOPPED] * (MANY - SEEN - 1)
    assert f"{SEEN + 1} of {MANY} inspected" in strip_words(halfway)
    turnstile.open()
    press(halfway, "Shift+R")
    qtbot.waitUntil(lambda: states(halfway) == [State.DONE] * MANY)


def test_what_is_found_in_a_folder_after_the_stop_waits_too(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    many: list[Path],
    turnstile: Turnstile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A folder on a slow disk is still looked through when stop is pressed."""
    slow = threading.Event()

    def found_in(paths):
        yield tuple(Source(file.name, file) for file in many[:5])
        slow.wait(20)
        yield tuple(Source(file.name, file) for file in many[5:])
        return Found(len(many), ())

    monkeypatch.setattr("app.panes.photo_intake.found_in", found_in)
    drop(many[0].parent)
    qtbot.waitUntil(lambda: State.COMPARING in states(window))
    press(window, "Esc")
    slow.set()
    qtbot.waitUntil(lambda: len(states(window)) == MANY)
    assert states(window) == [State.STOPPED] * MANY
    assert not window.inspect.queue.is_busy
    turnstile.open()
    press(window, "Shift+R")
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * MANY)


def test_a_photo_that_was_done_before_keeps_its_outcome_when_it_is_stopped(
    qtbot: QtBot, halfway: Window, turnstile: Turnstile
) -> None:
    press(halfway, "Esc")
    turnstile.let(1)
    halfway.bar._on_close()
    press(halfway, "R")
    first = halfway.inspect.queue.model.rows[0]
    qtbot.waitUntil(lambda: states(halfway)[0] is State.COMPARING)
    press(halfway, "Esc")
    assert halfway.inspect.queue.row(first.key).state is State.DONE
    assert halfway.inspect.queue.row(first.key).outcome is Outcome.DIFFERS
    assert "not inspected" not in halfway.bar.text


def test_the_photo_under_way_is_taken_off_and_put_back(
    qtbot: QtBot, halfway: Window, turnstile: Turnstile
) -> None:
    under_way = halfway.inspect.queue.model.rows[SEEN]
    halfway.inspect.filmstrip.choose(under_way.key)
    press(halfway, "Del")
    assert halfway.inspect.queue.row(under_way.key) is None
    qtbot.waitUntil(lambda: states(halfway)[SEEN] in (State.READING, State.COMPARING))
    press(halfway, "Ctrl+Z")
    assert states(halfway)[SEEN] is State.WAITING
    turnstile.open()
    qtbot.waitUntil(lambda: settled(halfway, MANY))
    assert halfway.inspect.queue.row(under_way.key).state is State.DONE


def test_what_was_stopped_is_there_after_a_restart_and_can_be_gone_on_with(
    qtbot: QtBot,
    halfway: Window,
    turnstile: Turnstile,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    press(halfway, "Esc")
    halfway.close()
    turnstile.open()
    again, fresh = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == MANY)
    qtbot.waitUntil(lambda: settled(again, MANY))
    assert states(again) == [State.DONE] * SEEN + [State.STOPPED] * (MANY - SEEN)
    assert len(fresh.asked) == 1, "the one that is looked at"
    qtbot.mouseClick(button(again, "go_on"), LEFT)
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * MANY)
    assert len(fresh.asked) == 1 + MANY - SEEN


def test_the_window_is_closed_during_work_and_the_work_goes_on_next_time(
    qtbot: QtBot,
    halfway: Window,
    turnstile: Turnstile,
    many: list[Path],
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    key(qtbot, halfway, Qt.Key.Key_N)
    key(qtbot, halfway, Qt.Key.Key_E)
    qtbot.keyClicks(halfway.inspect.findings.region_card.note, "half typed")
    halfway.close()
    assert not halfway.isVisible()
    turnstile.open()
    again, fresh = opened_again()
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * MANY)
    asked = [name for name, _ in fresh.asked]
    assert sorted(asked) == sorted([many[0].name, *(file.name for file in many[SEEN:])])
    (said,) = [row.finding.note for row in again.inspect.regions.rows if row.finding]
    assert said == "half typed"


def test_escape_stops_the_search_first_and_the_inspections_then(
    qtbot: QtBot, halfway: Window, bench: FakeBench, turnstile: Turnstile
) -> None:
    search = halfway.inspect.search.pane
    halfway.inspect.set_sides(SIDES)
    bench.ranked, bench.search_gate = ranked(), threading.Event()
    press(halfway, "Shift+Q")
    turnstile.let(1)  # the one worker is free again
    qtbot.waitUntil(lambda: len(bench.searched) == 1)
    press(halfway, "Esc")
    assert search.state is Searched.STOPPED
    assert search.words == "The search was stopped."
    assert State.WAITING in states(halfway), "the photos go on"
    bench.search_gate.set()
    qtbot.waitUntil(lambda: states(halfway)[SEEN + 1] is State.COMPARING)
    assert search.state is Searched.STOPPED, "a late answer is not shown"
    press(halfway, "Esc")
    assert State.WAITING not in states(halfway)
    turnstile.open()
    press(halfway, "Shift+Q")
    qtbot.waitUntil(lambda: search.state is Searched.DONE)
    assert search.model.rows[0].product == "Northwind Audio"


def test_the_window_is_closed_during_a_search(
    qtbot: QtBot,
    halfway: Window,
    bench: FakeBench,
    turnstile: Turnstile,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    press(halfway, "Esc")
    turnstile.let(1)
    bench.ranked, bench.search_gate = ranked(), threading.Event()
    press(halfway, "Shift+Q")
    qtbot.waitUntil(lambda: len(bench.searched) == 1)
    halfway.close()
    bench.search_gate.set()
    turnstile.open()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == MANY)
    qtbot.waitUntil(lambda: settled(again, MANY))
    assert states(again) == [State.DONE] * SEEN + [State.STOPPED] * (MANY - SEEN)
    assert again.inspect.search.pane.state is Searched.NOT_YET
