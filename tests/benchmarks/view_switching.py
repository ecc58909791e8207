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
from typing import TYPE_CHECKING

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app import tasks
from app.panes.comparing_desk import ComparingDesk
from app.views.pixels import laid_on, picture_from_pixels
from app.views.scene import Scene
from app.views.viewing import PictureChannel, ViewKind
from tests.app.views.pair_samples import comparison_of
from tests.benchmarks.large_pair import blocks, is_ready, sheet_of

if TYPE_CHECKING:
    from vision import Comparison

_PHOTO = (3000, 4000)
_REFERENCE = (1800, 2400)
_FRAME = (384, 512)
_BLOCK = 20
_ROUNDS = 5


def _comparison() -> Comparison:
    reference, aligned = blocks(*_FRAME, _BLOCK), blocks(*_FRAME, _BLOCK)
    aligned[100:140, 200:260] = (200, 30, 30)
    return comparison_of(aligned, reference, frame_scale=_REFERENCE[1] / reference.shape[1])


def _scene() -> Scene:
    photo = picture_from_pixels(blocks(*_PHOTO, _BLOCK))
    reference = picture_from_pixels(blocks(*_REFERENCE, _BLOCK))
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


def _seconds(desk: ComparingDesk, choose: object, what: object) -> tuple[float, float]:
    image = QImage(desk.size(), QImage.Format.Format_RGB32)
    begin, own = time.perf_counter(), time.process_time()
    choose(what)  # type: ignore[operator]
    while not is_ready(desk):
        QCoreApplication.processEvents()
    desk.render(image)
    return time.perf_counter() - begin, time.process_time() - own


def main() -> None:
    """Measure every view, then every channel in the swipe view."""
    application = QApplication(sys.argv[:1])
    desk = ComparingDesk(sheet_of)
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
