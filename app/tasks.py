"""The only way off the GUI thread: work is a generator, and each `yield` is a place to stop.

`run` is called on the GUI thread, and its callbacks come there. Between two steps of one job its
lane serves the others in turn, so a short job never waits for a long one to end.

Qt objects must die on the GUI thread. So a job lets go of what listens to it there, and from the
first `run` to `stop` Python collects its garbage there only, where it would otherwise do so on
whatever thread happens to need memory.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections import deque
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_log = logging.getLogger(__name__)

_COLLECTING_MS: Final = 200
_OLDEST: Final = 2  # the generation that holds all that has lived for long
_SHARE: Final = 0.25  # of it, which must have been added before it is looked through; as in Python

Step = TypeVar("Step")
Result = TypeVar("Result")


class Lane(Enum):
    """Where a job runs: MODEL has one worker, FILES several."""

    MODEL = "model"
    FILES = "files"

    @property
    def workers(self) -> int:
        """How many jobs of this lane may be in a step at once."""
        return 1 if self is Lane.MODEL else max(2, min(4, os.cpu_count() or 2))


class Ticket:
    """One job under way; dropping the ticket does not stop it, `cancel` does."""

    def __init__(
        self,
        steps: Generator[Any, None, Any],
        owner: QObject,
        on_step: Callable[[Any], object] | None,
        on_done: Callable[[Any], object] | None,
        on_failed: Callable[[Exception], object] | None,
    ) -> None:
        self._steps = steps
        self._owner: QObject | None = owner
        self._calls = {"step": on_step, "done": on_done, "failed": on_failed}
        self._cancelled = threading.Event()
        self._ended = threading.Event()

    def cancel(self) -> None:
        """Stop before the next step; no callback comes from now on."""
        self._cancelled.set()
        self._let_go()

    @property
    def is_cancelled(self) -> bool:
        """Cancelled by `cancel`, or because the owner is gone."""
        owner = self._owner
        return self._cancelled.is_set() or (owner is not None and not shiboken6.isValid(owner))

    @property
    def is_finished(self) -> bool:
        """The generator has ended, by itself, by an error or by cancelling."""
        return self._ended.is_set()

    def _advance(self) -> tuple[str, Any] | None:
        """Take one step on a worker; what to tell, or None when there is nothing more to do."""
        if self.is_cancelled:
            self._close()
            return None
        try:
            return "step", next(self._steps)
        except StopIteration as end:
            self._ended.set()
            return "done", end.value
        except Exception as error:  # noqa: BLE001 - the border of all work; on_failed words it
            self._ended.set()
            return "failed", error

    def _close(self) -> None:
        try:
            self._steps.close()
        except Exception:  # noqa: BLE001 - the border of all work; nobody listens any more
            _log.exception("a cancelled job failed while it was closed")
        self._ended.set()

    def _deliver(self, event: str, payload: Any) -> None:
        if self.is_cancelled:
            return
        call = self._calls.get(event)
        if event != "step":
            self._let_go()
        if call is not None:
            call(payload)
        elif event == "failed":
            sys.excepthook(type(payload), payload, payload.__traceback__)

    def _let_go(self) -> None:
        """On the GUI thread: the worker may be the last to hold this ticket."""
        self._owner, self._calls = None, {}


class _Collector(QObject):
    """Collects garbage while the event loop turns, as often as Python itself would.

    So it obeys Python's rule for the oldest generation, which `gc.collect` alone does not: all that
    lives is looked through only once what has grown old since then is a quarter as much. Modules
    and widgets are some hundred thousand objects, and the window stands still meanwhile.
    """

    def __init__(self) -> None:
        super().__init__()
        self._old = 0  # objects that the last look through all of them has left
        self._aged = 0  # those that have grown old since
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECTING_MS)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        gc.disable()
        self._old = len(gc.get_objects())  # what is there by now counts as old
        self._aged = -_young()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    def _on_time(self) -> None:
        limits, found = gc.get_threshold(), gc.get_count()
        if found[_OLDEST] > limits[_OLDEST] and self._aged > self._old * _SHARE:
            gc.collect(_OLDEST)
            self._old, self._aged = len(gc.get_objects(generation=_OLDEST)), 0
        elif found[1] > limits[1]:
            self._aged += _young() - gc.collect(1)
        elif found[0] > limits[0]:
            gc.collect(0)


def _young() -> int:
    return len(gc.get_objects(generation=0)) + len(gc.get_objects(generation=1))


class _Courier(QObject):
    """Carries what workers have to tell to the GUI thread."""

    told = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @Slot(object, str, object)
    def _on_told(self, ticket: Ticket, event: str, payload: object) -> None:
        ticket._deliver(event, payload)


class _Queue:
    """The jobs of one lane and the threads that serve them in turn."""

    def __init__(self, lane: Lane, courier: _Courier) -> None:
        self._waiting: deque[Ticket] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._courier = courier
        self._threads = [
            threading.Thread(target=self._serve, name=f"{lane.name.lower()}-{number}", daemon=True)
            for number in range(lane.workers)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, ticket: Ticket, *, urgent: bool = False) -> None:
        with self._changed:
            if urgent:
                self._waiting.appendleft(ticket)
            else:
                self._waiting.append(ticket)
            self._changed.notify()

    def stop(self, timeout_s: float) -> bool:
        with self._changed:
            self._stopping = True
            for ticket in self._waiting:
                ticket.cancel()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (ticket := self._take()) is not None:
            told = ticket._advance()
            if self._stopping:
                ticket._cancelled.set()
            if told is not None:
                self._courier.told.emit(ticket, *told)
                if told[0] == "step":
                    self.put(ticket)

    def _take(self) -> Ticket | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopping)
            return self._waiting.popleft() if self._waiting else None


_queues: Final[dict[Lane, _Queue]] = {}
_couriers: Final[list[_Courier]] = []
_collectors: Final[list[_Collector]] = []


def run(
    steps: Generator[Step, None, Result],
    *,
    lane: Lane,
    owner: QObject,
    on_step: Callable[[Step], object] | None = None,
    on_done: Callable[[Result], object] | None = None,
    on_failed: Callable[[Exception], object] | None = None,
    urgent: bool = False,
) -> Ticket:
    """Start a job; call this on the GUI thread.

    Args:
        steps: the work, over inputs that nobody changes meanwhile.
        lane: MODEL for what needs the gallery's model, FILES for reading and writing.
        owner: no callback comes once this object is gone, and the job is closed.
        on_step: gets what each `yield` gives.
        on_done: gets what the generator returns.
        on_failed: gets the error that ended it; without it the error goes to `sys.excepthook`.
        urgent: the first step goes before the jobs that wait already.
    """
    ticket = Ticket(steps, owner, on_step, on_done, on_failed)
    if not _couriers:
        _couriers.append(_Courier())
        _collectors.append(_Collector())
    if not _queues:
        _collectors[0].start()
    if lane not in _queues:
        _queues[lane] = _Queue(lane, _couriers[0])
    _queues[lane].put(ticket, urgent=urgent)
    return ticket


def stop(timeout_s: float = 5.0) -> bool:
    """Cancel everything and end the workers; True when all have ended in time."""
    ended = [queue.stop(timeout_s) for queue in _queues.values()]
    _queues.clear()
    for collector in _collectors:
        collector.stop()
    return all(ended)
