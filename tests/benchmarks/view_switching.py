"""How long a view or a channel takes to appear, on a large screen: `python view_switching.py`.

Each figure is the time from the choice until the area is painted, offscreen, in milliseconds: the
first time by the clock (what is measured in the background included), and the slowest of the times
after it, by the clock and of the processor (which other programs do not lengthen).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app import tasks
from app.panes.comparing_desk import ComparingDesk
from app.views.contact_sheet import sheet_picture
from app.views.pixels import laid_on, picture_from_pixels
from app.views.scene import Scene
from app.views.viewing import PictureChannel, ViewKind
from vision import Alignment, Comparison, LaidReference, Reference

_PHOTO = (3000, 4000)
_REFERENCE = (1800, 2400)
_FRAME = (384, 512)
_ROUNDS = 5


def _print(height: int, width: int) -> np.ndarray:
    coarse = np.random.default_rng(1).integers(0, 255, (height // 20, width // 20, 3))
    return np.kron(coarse.astype(np.uint8), np.ones((20, 20, 1), np.uint8))


def _comparison() -> Comparison:
    reference, aligned = _print(*_FRAME), _print(*_FRAME)
    aligned[100:140, 200:260] = (200, 30, 30)
    whole = np.ones(reference.shape[:2], bool)
    return Comparison(
        product="Tea",
        side="front",
        reference=Reference("r1", "Tea", "front", "ab" * 32, ""),
        alignment=Alignment(np.eye(3), 100, 0.5, 1.0),
        similarity=0.9,
        percentile=None,
        genuine_pairs=0,
        suspicion=1.0,
        regions=(),
        aligned=aligned,
        reference_pixels=reference,
        judged=whole,
        excess=np.zeros(whole.shape, np.float32),
        frame_scale=_REFERENCE[1] / reference.shape[1],
    )


def _sheet_of(comparison: Comparison):
    yield
    laid = LaidReference(comparison.reference, comparison.reference_pixels, comparison.judged)
    return tuple(sheet_picture(laid, comparison) for _ in range(6))


def _scene() -> Scene:
    photo = picture_from_pixels(_print(*_PHOTO))
    reference = picture_from_pixels(_print(*_REFERENCE))
    matrix = np.array([[0.6, 0.01, 4.0], [-0.01, 0.6, 9.0], [1e-6, 0.0, 1.0]])
    return Scene(
        photo,
        (),
        QImage(2, 2, QImage.Format.Format_RGB32),
        aligned=laid_on(photo, matrix, reference.area),
        reference=reference,
        matrix=matrix,
        comparison=_comparison(),
    )


def _ready(desk: ComparingDesk) -> bool:
    if desk.kind is ViewKind.DIFFERENCE:
        return desk.difference.canvas.is_measured
    if desk.kind is ViewKind.CONTACT_SHEET:
        return len(desk.sheet.canvases) == 7
    return desk.channels_ready


def _seconds(desk: ComparingDesk, choose: object, what: object) -> tuple[float, float]:
    image = QImage(desk.size(), QImage.Format.Format_RGB32)
    begin, own = time.perf_counter(), time.process_time()
    choose(what)  # type: ignore[operator]
    while not _ready(desk):
        QCoreApplication.processEvents()
    desk.render(image)
    return time.perf_counter() - begin, time.process_time() - own


def main() -> None:
    """Measure every view, then every channel in the swipe view."""
    application = QApplication(sys.argv[:1])
    desk = ComparingDesk(_sheet_of)
    desk.resize(1900, 1400)
    desk.show()
    desk.show_scene(_scene())
    QCoreApplication.processEvents()
    desk.frame_viewport.show(QPointF(1200, 900), 0.9)
    for choose, all_ in ((desk.choose, ViewKind), (desk.choose_channel, PictureChannel)):
        if all_ is PictureChannel:
            desk.choose(ViewKind.SWIPE)
        found: dict[object, list[tuple[float, float]]] = {each: [] for each in all_}
        for _ in range(1 + _ROUNDS):
            for each in all_:
                found[each].append(_seconds(desk, choose, each))
        for each, (first, *later) in found.items():
            clock, own = (1000 * max(times) for times in zip(*later, strict=True))
            sys.stdout.write(
                f"{each.value:16s} first {1000 * first[0]:7.1f} ms, "
                f"then {clock:6.1f} ms, of the processor {own:6.1f} ms\n"
            )
    tasks.stop()
    del application


if __name__ == "__main__":
    main()
