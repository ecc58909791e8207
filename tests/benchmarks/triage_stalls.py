"""How long the window stands still while a scan streams in: `python triage_stalls.py [ROWS ...]`.

A made-up scan tells its files as fast as they are taken. Meanwhile a hand moves the cursor,
decides, scrolls, filters and groups. Each line says how long the event loop stood still at most: by
the clock, and of the processor on the window's own thread (which other programs do not lengthen).
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel, QObject, QTimer

from app import tasks
from app.messages import Messages
from app.models.triage_filter import Grouping, Wanted
from app.panes.application import made_application, speak
from app.panes.workbench import ScanBegun
from app.places import assets_dir
from app.reports.scanning import PHOTO, REPEATED
from app.settings import Settings, window_state
from app.store import Decided, Judgement, ScannedFile
from app.views import theme
from app.window import Window
from tests.journeys.fake_bench import FakeBench
from vision import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from vision import ScanControl

_ROWS = (5000, 20000)
_MANY = 1000  # rows decided on at once
_ROWS_ALONE = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_BEAT_MS = 2
_PRODUCTS = 40
_COPIES = 12  # every twelfth file has the bytes of an earlier one


class _Streaming(FakeBench):
    """Tells so many files, whose photos are those of the demo."""

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder)
        self._count = count

    def scan(
        self, folders: tuple[str, ...], control: ScanControl, *, anew: bool = False
    ) -> Generator[ScanBegun | ScannedFile, None, None]:
        del anew
        chance = random.Random(7)
        yield ScanBegun({})
        for number in range(self._count):
            if control.is_stopped:
                return
            control.count_listed()
            yield _file(Path(folders[0]), number, chance)
        control.count_listed(is_all=True)


class _Pulse(QObject):
    """Beats as often as the event loop lets it, and remembers the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = self.busy_ms = 0.0
        self._last = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def reset(self) -> None:
        self.longest_ms = self.busy_ms = 0.0
        self._last = time.perf_counter(), time.thread_time()

    def beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now[0] - self._last[0]) * 1000)
        self.busy_ms = max(self.busy_ms, (now[1] - self._last[1]) * 1000)
        self._last = now


def _file(folder: Path, number: int, chance: random.Random) -> ScannedFile:
    outcome = chance.choice((Outcome.DIFFERS, Outcome.AGREES, Outcome.MIXED, Outcome.PHOTO_UNFIT))
    path = str(folder / f"{number % 97}" / f"{number:06}.jpg")
    if number % _COPIES == _COPIES - 1:
        first = number - chance.randrange(1, _COPIES - 1)
        original = str(folder / f"{first % 97}" / f"{first:06}.jpg")
        return ScannedFile(path, REPEATED, 1, 1, f"{first:064x}", first=original)
    said = Judgement(
        json.dumps({"photo": {"faults": [{"kind": "glare"}] if number % 9 == 0 else []}}),
        outcome.value,
        f"Product {chance.randrange(_PRODUCTS)}",
        "front",
        round(chance.expovariate(1.0), 4) if outcome is not Outcome.PHOTO_UNFIT else None,
    )
    return ScannedFile(path, PHOTO, 1, 1, f"{number:064x}", judgement=said)


def _photos(folder: Path, count: int) -> None:
    """A name for every file; all are links to the photos of the demo."""
    suspects = sorted((assets_dir() / "demo" / "suspects").iterdir())
    for number in range(count):
        place = folder / f"{number % 97}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.jpg").symlink_to(suspects[number % len(suspects)])


def _turn(until: Callable[[], bool], each: Callable[[], object], every_s: float = 0.15) -> float:
    """Let the window live, and do something now and then; how long it took, in seconds."""
    begun = last = time.monotonic()
    while not until():
        QCoreApplication.processEvents()
        time.sleep(0.0005)
        if time.monotonic() - last > every_s:
            last = time.monotonic()
            each()
    return time.monotonic() - begun


def _tell(what: str, pulse: _Pulse, note: str = "") -> None:
    pulse.beat()  # the last act may have been too long for another
    print(f"  {what:34} {pulse.longest_ms:7.1f} {pulse.busy_ms:7.1f}  {note}")  # noqa: T201 - its use
    pulse.reset()


def _measure(count: int, home: Path, grouping: Grouping) -> None:
    photos = home / f"photos-{count}"
    if not photos.exists():
        _photos(photos, count)
    settings = Settings(home / "settings.ini")
    bench = _Streaming(home / f"workspace-{count}-{grouping.value}", count)
    bench.folder.mkdir()
    window = Window(bench, settings, Messages(), window_state(home / "window.ini"))
    window.resize(1366, 768)
    window.show()
    window.go_to("scan")
    pane, pulse, hand = window.scan, _Pulse(), random.Random(1)
    QCoreApplication.processEvents()

    def act() -> None:
        shown = pane.model.rowCount()
        if not shown:
            return
        pane.view.go_to(hand.randrange(min(shown, 200)))
        pane.decide(hand.choice(tuple(Decided)))
        pane.next_open()

    pane.start((str(photos),))
    pane.filters.grouping.setCurrentIndex(list(Grouping).index(grouping))
    pulse.reset()
    took = _turn(lambda: not pane.scan.is_under_way and pane.view.is_fed, act)
    print(f"{count} rows, grouped by {grouping.value}")  # noqa: T201 - its use
    _tell("streaming, and a hand at work", pulse, f"{count / took:.0f} rows a second")
    if grouping is Grouping.NONE:
        bar = pane.view.verticalScrollBar()

        def decide_many() -> None:
            rows = QItemSelection(pane.model.index(0, 0), pane.model.index(_MANY - 1, 0))
            pane.view.selectionModel().select(rows, _ROWS_ALONE)
            pane.decide(hand.choice(tuple(Decided)))

        acts: dict[str, Callable[[], object]] = {
            f"deciding on {_MANY} rows": decide_many,
            "scrolling": lambda: bar.setValue(hand.randrange(bar.maximum() + 1)),
            "deciding": act,
            "filtering": lambda: pane.filters.wanted.setCurrentIndex(
                hand.randrange(len(list(Wanted)))
            ),
            "grouping": lambda: pane.filters.grouping.setCurrentIndex(
                hand.randrange(len(list(Grouping)))
            ),
        }
        for name, one in acts.items():
            end = time.monotonic() + 4
            _turn(lambda end=end: time.monotonic() > end, one, 1.5 if one is decide_many else 0.2)
            _tell(name, pulse)
    tasks.stop()
    window.close()
    bench.close()


def main() -> None:
    application = made_application()
    wanted = [int(one) for one in sys.argv[1:]] or list(_ROWS)
    with tempfile.TemporaryDirectory(prefix="touchstone-") as name:
        home = Path(name)
        settings = Settings(home / "settings.ini")
        settings.set("language", "en")
        speak(application, settings)
        theme.apply(application, "light")
        print(f"  {'longest stall, ms':34} {'clock':>7} {'busy':>7}")  # noqa: T201 - its use
        for count in wanted:
            for grouping in (Grouping.NONE, Grouping.PRODUCT):
                _measure(count, home, grouping)


if __name__ == "__main__":
    main()
