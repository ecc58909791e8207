"""One folder scan under way: started, paused, stopped, and how far and how fast it is."""

from __future__ import annotations

import time
from collections import Counter, deque
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.triage_rows import TriageRow, row_of
from app.panes.workbench import ScanBegun
from app.tasks import Lane, Ticket, run
from vision import AsideKind, FolderUnreachable, ScanControl, ScanHalted

if TYPE_CHECKING:
    from collections.abc import Generator

    from app.panes.workbench import Workbench
    from app.store import ScannedFile

_TICK_MS: Final = 150
_AT_ONCE: Final = 1000  # rows told together
_YIELD_S: Final = 0.05
_WINDOW_S: Final = 30.0  # over which the rate is taken


class ScanState(Enum):
    """Where a scan stands."""

    IDLE = "idle"  # none was begun
    OPENING = "opening"  # gallery and model are being read
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"  # photos in work are dropped
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY: Final = (ScanState.OPENING, ScanState.RUNNING, ScanState.PAUSED, ScanState.STOPPING)


class ScanRun(QObject):
    """`found` tells rows of files, `begun` on what their judgement depends.

    `changed` tells that state or progress are others, `ended` that it is over, one way or another;
    `failed` the error that ended it.
    """

    found = Signal(object)
    begun = Signal(object)
    changed = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._ticket: Ticket | None = None
        self._outcome: ScanState | None = None  # how it ended, while rows are still to be told
        self._control = ScanControl()
        self.state = ScanState.IDLE
        self.counts: Counter[str] = Counter()  # answers of this run, by kind
        self.away: list[str] = []  # folders that cannot be reached
        self.is_away = False  # none of them can, or one went away meanwhile
        self.met: set[str] = set()  # paths of this run
        self._sink: deque[TriageRow] = deque()  # filled by the worker, emptied here
        self._moments: deque[tuple[float, int]] = deque()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def is_under_way(self) -> bool:
        """Whether it has begun and not come to an end."""
        return self.state in UNDER_WAY

    @property
    def has_looked(self) -> bool:
        """Whether it came to its end, or no folder can be reached: then it waits for them."""
        return self.state is ScanState.DONE or self.is_away

    @property
    def is_complete(self) -> bool:
        """Whether everything below all folders was met."""
        return self.state is ScanState.DONE and not self.away

    @property
    def done(self) -> int:
        """How many files have their answer."""
        return self.counts.total()

    @property
    def listed(self) -> int:
        """How many files were found so far, at least."""
        return max(self._control.listed, self.done)

    @property
    def is_listed(self) -> bool:
        """Whether there are no more than `listed`."""
        return self._control.is_listed

    @property
    def rate(self) -> float:
        """Files a second, of late; 0 while nothing can be said."""
        if len(self._moments) < 2:
            return 0.0
        (first, before), (last, now) = self._moments[0], self._moments[-1]
        return (now - before) / max(last - first, 1e-3)

    @property
    def remaining_s(self) -> float | None:
        """Seconds to the end, as far as can be told."""
        if not self.is_listed or self.rate <= 0:
            return None
        return (self.listed - self.done) / self.rate

    def start(self, folders: tuple[str, ...], *, anew: bool = False) -> None:
        """Scan folders; what is kept from earlier and still holds is told, not judged again.

        Args:
            folders: where to look, also below.
            anew: judge everything again.
        """
        if self.is_under_way:
            return
        self._forget()
        self._ticket = run(
            _filling(self._sink, self._bench.scan(folders, self._control, anew=anew)),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_step,
            on_done=self._on_done,
            on_failed=self._on_failed,
        )
        self._tick.start()
        self._enter(ScanState.OPENING)

    def reset(self) -> None:
        """Know nothing of the scan before; it is over."""
        if not self.is_under_way:
            self._forget()
            self._enter(ScanState.IDLE)

    def pause(self) -> None:
        """Begin no further photo."""
        if self.state is ScanState.RUNNING:
            self._control.pause()
            self._moments.clear()
            self._enter(ScanState.PAUSED)

    def go_on(self) -> None:
        """End a pause."""
        if self.state is ScanState.PAUSED:
            self._control.go_on()
            self._enter(ScanState.RUNNING)

    def stop(self) -> None:
        """End it now; what is done is kept. While nothing was begun yet, it is over at once."""
        if not self.is_under_way:
            return
        self._control.stop()
        if self.state is ScanState.OPENING and self._ticket is not None:
            self._ticket.cancel()
            while self._sink:  # the first photos may be there before it is known that it runs
                self._drain()
            self._end(ScanState.STOPPED)
        else:
            self._enter(ScanState.STOPPING)

    def _forget(self) -> None:
        self._control = ScanControl()
        self.counts.clear()
        self._sink = deque()
        self._moments.clear()
        self.away, self.met, self.is_away = [], set(), False

    def _on_step(self, step: ScanBegun | None) -> None:
        if step is not None:
            self.begun.emit(step.versions)
            if self.state is ScanState.OPENING:
                self._enter(ScanState.RUNNING)

    def _drain(self) -> None:
        """Tell what the worker has found; the rest of a flood comes with the next tick."""
        rows = tuple(self._sink.popleft() for _ in range(min(len(self._sink), _AT_ONCE)))
        for row in rows:
            self.counts[row.kind] += 1
            self.met.add(row.path)
            if row.kind == AsideKind.FOLDER_UNREACHABLE:
                self.away.append(row.path)
        if rows:
            self.found.emit(rows)

    def _on_done(self, _result: None) -> None:
        self._outcome = ScanState.STOPPED if self._control.is_stopped else ScanState.DONE
        self._on_tick()

    def _on_failed(self, error: Exception) -> None:
        cause = error.error if isinstance(error, ScanHalted) else error
        self.is_away = isinstance(cause, FolderUnreachable)
        self.failed.emit(error)
        self._outcome = ScanState.FAILED
        self._on_tick()

    def _on_tick(self) -> None:
        self._drain()
        if self._outcome is not None and not self._sink:
            self._end(self._outcome)
            return
        if self.state is ScanState.RUNNING:
            now = time.monotonic()
            self._moments.append((now, self.done))
            while self._moments[0][0] < now - _WINDOW_S:
                self._moments.popleft()
        self.changed.emit()

    def _enter(self, state: ScanState) -> None:
        self.state = state
        self.changed.emit()

    def _end(self, state: ScanState) -> None:
        self._tick.stop()
        self._ticket = self._outcome = None
        self._enter(state)
        self.ended.emit()


def _filling(
    sink: deque[TriageRow], steps: Generator[ScanBegun | ScannedFile, None, None]
) -> Generator[ScanBegun | None, None, None]:
    """FILES: put the rows of what is found into `sink`, however many, with few steps."""
    told = time.monotonic()
    try:
        for step in steps:
            if isinstance(step, ScanBegun):
                yield step
                continue
            sink.append(row_of(step))
            if time.monotonic() - told > _YIELD_S:
                yield None
                told = time.monotonic()
    finally:
        steps.close()


def kept_rows(
    steps: Generator[tuple[ScannedFile, ...], None, None],
) -> Generator[tuple[TriageRow, ...], None, None]:
    """FILES: the rows of an earlier scan, some at a time."""
    for files in steps:
        yield tuple(row_of(file) for file in files)
