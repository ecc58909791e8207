from __future__ import annotations

import gc
import sys
import threading
import weakref
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject

from app import tasks
from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytestqt.qtbot import QtBot


class Ear(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.threads.add(threading.current_thread())


@pytest.fixture
def ear(qapp: object) -> Ear:
    return Ear()


def count(to: int) -> Generator[int, None, str]:
    yield from range(to)
    return "end"


def held(gate: threading.Event, log: list[str]) -> Generator[str, None, None]:
    """One step that waits for the gate, then a second one."""
    try:
        gate.wait(10)
        yield "first"
        yield "second"
    finally:
        log.append("closed")


@pytest.mark.parametrize("lane", list(Lane))
def test_steps_and_result_arrive_in_order_on_the_gui_thread(
    qtbot: QtBot, ear: Ear, lane: Lane
) -> None:
    ticket = run(count(3), lane=lane, owner=ear, on_step=ear.hear, on_done=ear.hear)
    qtbot.waitUntil(lambda: ear.heard[-1:] == ["end"])
    assert ear.heard == [0, 1, 2, "end"]
    assert ear.threads == {threading.main_thread()}
    assert ticket.is_finished
    assert not ticket.is_cancelled


def test_the_work_itself_runs_elsewhere(qtbot: QtBot, ear: Ear) -> None:
    def where() -> Generator[threading.Thread, None, None]:
        yield threading.current_thread()

    run(where(), lane=Lane.MODEL, owner=ear, on_step=ear.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard != [threading.main_thread()]


def test_the_two_lanes_are_two(qapp: object) -> None:
    assert len(Lane) == 2
    assert Lane.MODEL.workers == 1
    assert Lane.FILES.workers >= 2


def test_model_lane_takes_turns(qtbot: QtBot, ear: Ear) -> None:
    gate = threading.Event()
    run(held(gate, []), lane=Lane.MODEL, owner=ear, on_step=ear.hear)
    run(count(2), lane=Lane.MODEL, owner=ear, on_step=ear.hear, on_done=ear.hear)
    gate.set()
    qtbot.waitUntil(lambda: "end" in ear.heard)
    assert ear.heard == ["first", 0, "second", 1, "end"]


def test_urgent_goes_before_what_waits(qtbot: QtBot, ear: Ear) -> None:
    gate = threading.Event()
    run(held(gate, []), lane=Lane.MODEL, owner=ear)
    run(count(1), lane=Lane.MODEL, owner=ear, on_step=ear.hear)
    run(iter_once("urgent"), lane=Lane.MODEL, owner=ear, on_step=ear.hear, urgent=True)
    gate.set()
    qtbot.waitUntil(lambda: len(ear.heard) == 2)
    assert ear.heard == ["urgent", 0]


def iter_once(what: str) -> Generator[str, None, None]:
    yield what


def test_files_lane_runs_jobs_at_the_same_time(qtbot: QtBot, ear: Ear) -> None:
    meeting = threading.Barrier(2, timeout=10)

    def meet() -> Generator[int, None, str]:
        meeting.wait()
        yield 1
        return "met"

    run(meet(), lane=Lane.FILES, owner=ear, on_done=ear.hear)
    run(meet(), lane=Lane.FILES, owner=ear, on_done=ear.hear)
    qtbot.waitUntil(lambda: ear.heard == ["met", "met"])


def test_nothing_is_told_after_cancel_and_the_generator_is_closed(qtbot: QtBot, ear: Ear) -> None:
    gate, log = threading.Event(), []
    ticket = run(held(gate, log), lane=Lane.MODEL, owner=ear, on_step=ear.hear, on_done=ear.hear)
    ticket.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ticket.is_finished)
    run(count(0), lane=Lane.MODEL, owner=ear, on_done=ear.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == ["end"]
    assert log in ([], ["closed"])  # not begun, or begun and closed
    assert ticket.is_cancelled


def test_a_job_cancelled_in_a_step_runs_its_finally(qtbot: QtBot, ear: Ear) -> None:
    begun, gate, log = threading.Event(), threading.Event(), []

    def work() -> Generator[int, None, None]:
        try:
            begun.set()
            gate.wait(10)
            yield 1
            log.append("went on")
        finally:
            log.append("closed")

    ticket = run(work(), lane=Lane.FILES, owner=ear, on_step=ear.hear)
    assert begun.wait(10)
    ticket.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ticket.is_finished)
    assert log == ["closed"]
    assert ear.heard == []


def test_nothing_is_told_once_the_owner_is_gone(qtbot: QtBot, ear: Ear) -> None:
    gate = threading.Event()
    gone = QObject()
    ticket = run(held(gate, []), lane=Lane.MODEL, owner=gone, on_step=ear.hear)
    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: ticket.is_finished)
    run(count(0), lane=Lane.MODEL, owner=ear, on_done=ear.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == ["end"]
    assert ticket.is_cancelled


def failing() -> Generator[int, None, None]:
    yield 1
    raise ValueError("seven")


def test_an_error_ends_the_job_and_is_told(qtbot: QtBot, ear: Ear) -> None:
    ticket = run(failing(), lane=Lane.MODEL, owner=ear, on_step=ear.hear, on_failed=ear.hear)
    qtbot.waitUntil(lambda: len(ear.heard) == 2)
    assert str(ear.heard[1]) == "seven"
    assert ticket.is_finished


def test_an_error_that_nobody_takes_reaches_the_excepthook(
    qtbot: QtBot, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: seen.append(error))
    run(failing(), lane=Lane.MODEL, owner=ear)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ValueError)


def test_an_error_while_closing_is_logged(
    qtbot: QtBot, ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    begun, gate = threading.Event(), threading.Event()

    def work() -> Generator[int, None, None]:
        try:
            begun.set()
            gate.wait(10)
            yield 1
        finally:
            raise RuntimeError("not tidy")

    ticket = run(work(), lane=Lane.MODEL, owner=ear)
    assert begun.wait(10)
    ticket.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ticket.is_finished)
    assert "not tidy" in caplog.text


def test_stop_ends_the_workers_and_run_starts_new_ones(qtbot: QtBot, ear: Ear) -> None:
    gate = threading.Event()
    running = run(held(gate, []), lane=Lane.MODEL, owner=ear)
    waiting = run(count(5), lane=Lane.MODEL, owner=ear, on_step=ear.hear)
    gate.set()
    assert tasks.stop(10)
    assert waiting.is_cancelled or waiting.is_finished
    assert running.is_cancelled or running.is_finished
    run(count(1), lane=Lane.MODEL, owner=ear, on_done=ear.hear)
    qtbot.waitUntil(lambda: "end" in ear.heard)


def test_a_dropped_ticket_goes_on(qtbot: QtBot, ear: Ear) -> None:
    run(count(2), lane=Lane.FILES, owner=ear, on_done=ear.hear)
    gc.collect()
    qtbot.waitUntil(lambda: ear.heard == ["end"])


class Circle:
    """Garbage that only the collector finds; tells on which thread that was."""

    def __init__(self, found_on: set[threading.Thread]) -> None:
        self._itself, self._found_on = self, found_on

    def __del__(self) -> None:
        self._found_on.add(threading.current_thread())


def littering(found_on: set[threading.Thread]) -> Generator[None, None, None]:
    for _ in range(20):
        made = [Circle(found_on) for _ in range(200)]
        del made
        yield


def test_garbage_is_collected_on_the_gui_thread_only(qtbot: QtBot, ear: Ear) -> None:
    found_on: set[threading.Thread] = set()
    run(littering(found_on), lane=Lane.FILES, owner=ear, on_done=ear.hear)
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: ear.heard == [None])
    qtbot.waitUntil(lambda: bool(found_on))
    assert found_on == {threading.main_thread()}
    assert tasks.stop()
    assert gc.isenabled()


def test_what_has_lived_for_long_is_looked_through_only_once_much_is_added(
    qapp: object, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def on_collected(phase: str, found: dict[str, int]) -> None:
        if phase == "stop":
            looked.append(found["generation"])

    run(count(1), lane=Lane.FILES, owner=ear)
    collector = tasks._collectors[0]
    monkeypatch.setattr(gc, "get_count", lambda: (0, 99, 99))
    gc.callbacks.append(on_collected)
    try:
        for _ in range(3):
            collector._on_time()
        assert looked == [1, 1, 1]
        made = [[number] for number in range(len(gc.get_objects()) // 2)]
        for _ in range(3):
            collector._on_time()
        assert made
        assert looked[3:] == [1, 2, 1]
    finally:
        gc.callbacks.remove(on_collected)
    assert tasks.stop()


@pytest.mark.parametrize("ends_by", ["itself", "cancel", "error"])
def test_a_job_that_has_ended_holds_nobody_who_listened(
    qtbot: QtBot, qapp: object, ends_by: str
) -> None:
    """A worker may be the last to hold the ticket, and Qt objects must not die there."""
    listener, ended = Ear(), threading.Event()
    gone = weakref.ref(listener)
    ticket = run(
        failing() if ends_by == "error" else count(2),
        lane=Lane.FILES,
        owner=listener,
        on_step=listener.hear,
        on_done=lambda _result: ended.set(),
        on_failed=lambda _error: ended.set(),
    )
    if ends_by == "cancel":
        ticket.cancel()
    else:
        qtbot.waitUntil(ended.is_set)
    del listener
    assert gone() is None
    assert ticket.is_cancelled is (ends_by == "cancel")
