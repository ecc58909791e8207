"""How long the window stands still while many photos are dropped: `python photo_drop.py [--real]`.

A timer beats every few milliseconds; the longest time between two beats is told by the clock and of
the processor as far as the window's own thread used it (which other programs do not lengthen), and
the most memory the process had. A second process that only beats tells what pauses the machine
itself makes meanwhile. With --real the photos are inspected as they are in earnest, on
the demo gallery; without it the comparisons are made up, the reading is real.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parents[2]))

from PIL import Image
from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QMimeData,
    QObject,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app import tasks
from app.messages import Messages
from app.panes.workspace_bench import WorkspaceBench
from app.settings import Settings, window_state
from app.window import Window
from tests.journeys.fake_bench import FakeBench, drawn

TARGET_MS = 100.0
_SIZE = (4000, 3000)
_DIFFERENT = 8
_BEAT_MS = 4


_IDLE = """
import select, sys, time
longest, last = 0.0, time.perf_counter()
while not select.select([sys.stdin], [], [], 0.004)[0]:
    now = time.perf_counter()
    longest, last = max(longest, now - last), now
print(1000 * longest)
"""


class Heart(QObject):
    """Beats while the event loop turns, and remembers its longest pauses."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[tuple[float, float]] = []
        self._last = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(_BEAT_MS)

    def _on_beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.gaps.append((1000 * (now[0] - self._last[0]), 1000 * (now[1] - self._last[1])))
        self._last = now


def made_photos(folder: Path, count: int) -> tuple[Path, ...]:
    """A few pictures of 12 megapixels under many names; every fourth differs in three places."""
    originals = []
    for number in range(min(_DIFFERENT, count)):
        file = folder / f"original{number}.jpg"
        Image.fromarray(drawn(number, 300, 400)).resize(_SIZE).save(file, quality=90)
        originals.append(file)
    photos = []
    for number in range(count):
        file = folder / f"{number:03d}" / ("differs-3.jpg" if number % 4 == 0 else "agrees.jpg")
        file.parent.mkdir()
        os.link(originals[number % len(originals)], file)
        photos.append(file)
    return tuple(photos)


def dropped(window: Window, photos: tuple[Path, ...]) -> None:
    """Drop files on the window as a file manager does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo)) for photo in photos])
    event = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(
        event
    )  # Qt delivers one that is sent to a window only while something is dragged


def _turn(until: object, limit_s: float) -> bool:
    clock = QElapsedTimer()
    clock.start()
    while not until():  # type: ignore[operator]
        QCoreApplication.processEvents()
        time.sleep(0.0005)
        if clock.elapsed() > 1000 * limit_s:
            return False
    return True


def main() -> None:
    """Drop, wait until all are inspected, and tell what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--limit", type=float, default=110.0, help="seconds")
    asked = parser.parse_args()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="touchstone-drop-") as name:
        folder = Path(name)
        photos = made_photos(folder, asked.photos)
        bench = WorkspaceBench(folder / "workspace") if asked.real else FakeBench(folder)
        settings = Settings(folder / "settings.ini")
        window = Window(bench, settings, Messages(), window_state(folder / "window.ini"))
        window.resize(1366, 768)
        window.show()
        window.start(demo=asked.real)
        queue = window.inspect.queue
        _turn(lambda: window.inspect.keeper._armed, 20)
        if asked.real:
            _turn(lambda: queue.counts()[1] > 0 and not queue.is_busy, 60)
        _turn(lambda: False, 0.5)
        before, began = queue.counts()[0], time.perf_counter()
        idle = subprocess.Popen(
            [sys.executable, "-c", _IDLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        heart = Heart()
        dropped(window, photos)
        _turn(lambda: queue.counts()[0] >= before + len(photos), asked.limit)
        took = time.perf_counter() - began
        paused, _ = idle.communicate("\n")
        _tell(heart, queue.counts()[0] - before, took, float(paused))
        tasks.stop()
        bench.close()
    del application


def _tell(heart: Heart, settled: int, took: float, paused: float) -> None:
    clock, own = (np.array(each) for each in zip(*heart.gaps, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{settled} photos in {took:.1f} s; target {TARGET_MS:.0f} ms\n"
        f"longest pause by the clock {clock.max():.0f} ms, median {np.median(clock):.1f}, "
        f"99.9 % {np.percentile(clock, 99.9):.0f}, "
        f"over the target {int((clock > TARGET_MS).sum())}\n"
        f"longest of a process that only beats {paused:.0f} ms\n"
        f"longest of the window's thread {own.max():.0f} ms, "
        f"99.9 % {np.percentile(own, 99.9):.0f}\n"
        f"most memory {peak:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
