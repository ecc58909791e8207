"""How smoothly 48-megapixel pictures pan and zoom, offscreen: `python pan_zoom.py [VIEW ...]`.

The real desk is moved by mouse and wheel events; each figure is the time from one event until the
window is painted anew, in milliseconds, by the clock and of the processor (all threads; which other
programs do not lengthen). Every size of screen gets a process of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app import tasks
from app.panes.comparing_desk import ComparingDesk
from app.views.pixels import Picture, hatched, laid_on, picture_from_pixels
from app.views.scene import Mark, MarkKind, Scene
from app.views.viewing import ViewKind
from tests.app.views.pair_samples import comparison_of, square
from tests.benchmarks.large_pair import blocks, is_ready, sheet_of

if TYPE_CHECKING:
    from vision import Comparison

SCREENS = {"1366x768": (1366, 768, 1), "3840x2160 at 200 %": (1920, 1080, 2)}
TARGET_MS = 16.7
_PHOTO, _REFERENCE = (6000, 8000), (6000, 8000)
_FRAME = (768, 1024)
_SCALES = (0.0, 0.3, 0.7, 1.0, 2.5)  # where panning is measured; 0 is the whole picture
_MOVES = 40
_NONE = Qt.KeyboardModifier.NoModifier


def printed(height: int, width: int, seed: int = 1) -> np.ndarray:
    """A print of coloured squares with fine grain."""
    grain = np.random.default_rng(seed).integers(0, 40, (40, 40, 1)).astype(np.uint8)
    large = blocks(height, width, 40, seed)
    return large // 2 + np.tile(grain, (height // 40, width // 40, 1))


def made_scene() -> Scene:
    """A photo slightly tilted to its reference, with marks and hatch as an inspection has."""
    photo = picture_from_pixels(printed(*_PHOTO))
    reference = picture_from_pixels(printed(*_REFERENCE, seed=2))
    matrix = np.array([[0.97, 0.02, 40.0], [-0.02, 0.97, 160.0], [1e-6, 1e-6, 1.0]])
    comparison = _comparison(reference.width / _FRAME[1])
    scale = comparison.frame_scale
    hatch = Picture((hatched(~comparison.judged),), scale, reference.width, reference.height)
    marks = tuple(
        Mark(MarkKind.REGION, square(600 * number, 450 * number, 300), number)
        for number in range(1, 12)
    )
    return Scene(
        photo,
        (),
        QImage(2, 2, QImage.Format.Format_RGB32),
        aligned=laid_on(photo, matrix, reference.area),
        reference=reference,
        hatch=hatch,
        aligned_marks=marks,
        reference_marks=marks,
        matrix=matrix,
        comparison=comparison,
    )


def _comparison(scale: float) -> Comparison:
    reference, aligned = printed(760, 1000), printed(760, 1000)
    reference = np.pad(reference, ((0, 8), (0, 24), (0, 0)))
    aligned = np.pad(aligned, ((0, 8), (0, 24), (0, 0)))
    aligned[100:140, 200:260] = (200, 30, 30)
    judged = np.ones(reference.shape[:2], bool)
    judged[:150, :200] = False
    excess = np.tile(np.linspace(0, 2, reference.shape[1], dtype=np.float32), (768, 1))
    return comparison_of(aligned, reference, judged=judged, excess=excess, frame_scale=scale)


class Mover:
    """Sends real events to one widget and times each until the window is painted."""

    def __init__(self, window: QWidget, target: QWidget) -> None:
        self._window, self._target = window, target
        self.frames: list[tuple[float, float]] = []

    def pan(self, moves: int, by: QPointF) -> None:
        """Drag the picture to and fro."""
        at = QPointF(self._target.width() / 2, self._target.height() / 4)
        self._mouse(QEvent.Type.MouseButtonPress, at)
        for number in range(moves):
            at += by if number % 20 < 10 else -by
            self._timed(self._mouse, QEvent.Type.MouseMove, at)
        self._mouse(QEvent.Type.MouseButtonRelease, at)

    def zoom(self, turns: int) -> None:
        """Turn the wheel a notch at a time, in and out again."""
        at = QPointF(self._target.width() / 3, self._target.height() / 3)
        for number in range(turns):
            self._timed(self._wheel, 120 if number < turns // 2 else -120, at)

    def _timed(self, act: object, *args: object) -> None:
        clock, own = time.perf_counter(), time.process_time()
        act(*args)  # type: ignore[operator]
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        took = time.perf_counter() - clock, time.process_time() - own
        self.frames.append((1000 * took[0], 1000 * took[1]))
        QCoreApplication.processEvents()

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        left = Qt.MouseButton.LeftButton
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else left
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
        event = QMouseEvent(kind, at, QPointF(self._target.mapToGlobal(at)), button, held, _NONE)
        QCoreApplication.sendEvent(self._target, event)

    def _wheel(self, turned: int, at: QPointF) -> None:
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(
            at,
            QPointF(self._target.mapToGlobal(at)),
            QPoint(),
            QPoint(0, turned),
            none,
            _NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.sendEvent(self._target, event)


def _target(desk: ComparingDesk) -> QWidget:
    pages = {
        ViewKind.SIDE_BY_SIDE: lambda: desk.suspect,
        ViewKind.CONTACT_SHEET: lambda: desk.sheet.canvases[0],
        ViewKind.SWIPE: lambda: desk.swipe.canvas,
        ViewKind.BLINK: lambda: desk.blink.canvas,
        ViewKind.ONION_SKIN: lambda: desk.onion_skin.canvas,
        ViewKind.DIFFERENCE: lambda: desk.difference.canvas,
        ViewKind.HEAT_MAP: lambda: desk.heat_map.canvas,
    }
    return pages[desk.kind]()


def _settle(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)


def measure(desk: ComparingDesk, kind: ViewKind) -> tuple[Mover, Mover]:
    """Pan at several scales, and zoom from the whole to the pixels and back."""
    desk.choose(kind)
    while not is_ready(desk):
        _settle(0.05)
    pan, zoom = (Mover(desk.window(), _target(desk)) for _ in range(2))
    for scale in _SCALES:
        desk.fit()
        if scale:
            desk.frame_viewport.show(QPointF(4000, 3000), scale)
        _settle(0.5)
        pan.pan(_MOVES, QPointF(7.0, 5.0))
    desk.fit()
    _settle(0.5)
    zoom.zoom(60)
    return pan, zoom


def _line(name: str, frames: list[tuple[float, float]]) -> str:
    clock, own = (np.array(each) for each in zip(*frames, strict=True))
    parts = (
        f"median {np.median(each):6.1f}  95 % {np.percentile(each, 95):6.1f}  "
        f"worst {each.max():6.1f}"
        for each in (clock, own)
    )
    by_clock, by_processor = parts
    return f"{name:24s} clock: {by_clock}   processor: {by_processor}\n"


def _run(width: int, height: int, kinds: tuple[ViewKind, ...], *, verbose: bool) -> None:
    application = QApplication(sys.argv[:1])
    desk = ComparingDesk(sheet_of)
    desk.resize(width, height)
    desk.show()
    desk.show_scene(made_scene())
    _settle(0.2)
    for kind in kinds:
        pan, zoom = measure(desk, kind)
        sys.stdout.write(_line(f"{kind.value} pan", pan.frames))
        if verbose:
            for place, scale in enumerate(_SCALES):
                part = pan.frames[place * _MOVES : (place + 1) * _MOVES]
                sys.stdout.write(_line(f"   at {scale}", part))
        sys.stdout.write(_line(f"{kind.value} zoom", zoom.frames))
        sys.stdout.flush()
    tasks.stop()
    del application


def main() -> None:
    """Measure the views that were named, or all, on both screens."""
    parser = argparse.ArgumentParser()
    parser.add_argument("views", nargs="*", metavar="VIEW")
    parser.add_argument("--screen", choices=tuple(SCREENS))
    parser.add_argument("--here", action="store_true", help="in this process")
    parser.add_argument("--verbose", action="store_true", help="each scale by itself")
    asked = parser.parse_args()
    kinds = tuple(ViewKind(name) for name in asked.views) or tuple(ViewKind)
    for name, (width, height, factor) in SCREENS.items():
        if asked.screen not in (None, name):
            continue
        if asked.here:
            _run(width, height, kinds, verbose=asked.verbose)
            continue
        sys.stdout.write(f"{name}, target {TARGET_MS} ms\n")
        sys.stdout.flush()
        again = [*sys.argv, "--here", *([] if asked.screen else ["--screen", name])]
        environment = {**os.environ, "QT_SCALE_FACTOR": str(factor)}
        subprocess.run([sys.executable, *again], env=environment, check=True)


if __name__ == "__main__":
    main()
