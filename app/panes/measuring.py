"""Rulers, a known length of each side, and distances: all counted in reference pixels."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QPointF
from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from app.panes.length_bar import LengthBar
from app.store import KnownLength
from app.tasks import Lane, run
from app.views.line_tool import LineTool
from app.views.rulers import Line, Ruler
from app.views.viewport import mapped

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QUndoStack

    from app.messages import Messages
    from app.panes.actions import ActionBook
    from app.panes.comparing_desk import ComparingDesk
    from app.panes.workbench import Inspected, Workbench
    from app.views.canvas import PictureCanvas

_SET = QT_TRANSLATE_NOOP("acts", "known length")
_ACTS: Final = ("rulers", "measure", "known_length")
_MEASURE_HINT: Final = QT_TRANSLATE_NOOP(
    "messages", "Click two points, or drag from one to the other. Esc ends measuring."
)


class Measuring(QObject):
    """Draws rulers and lines on the canvases of the desk.

    A known length belongs to a reference, so every photo that is laid on it is measured by it.
    """

    def __init__(
        self, bench: Workbench, actions: ActionBook, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench, self._actions, self._messages = bench, actions, messages
        self.bar, self.tool = LengthBar(), LineTool(self)
        self._known: dict[str, KnownLength | None] = {}
        self._reference = ""
        self._line: tuple[QPointF, QPointF] | None = None  # of the distance, reference pixels
        self._drawn: tuple[QPointF, QPointF] | None = None  # whose length is asked for
        add = actions.add
        add("rulers", self._on_rulers, icon_name="ruler", keys=("U",), checked=False)
        add("measure", self._on_measure, icon_name="distance", keys=("Shift+M",), checked=False)
        add(
            "known_length",
            self._on_known,
            icon_name="known-length",
            keys=("Shift+U",),
            checked=False,
        )
        actions.add_menu("measuring", _ACTS, icon_name="ruler")
        self.tool.moved.connect(self._on_moved)
        self.tool.drawn.connect(self._on_drawn)
        self.tool.given_up.connect(self.stop)
        self.bar.given.connect(self._on_given)
        self.bar.forgotten.connect(self._on_forgotten)
        self.bar.left.connect(self.stop)

    def attach(self, desk: ComparingDesk, stack: QUndoStack) -> None:
        """Work on these pictures from now on."""
        self._desk, self._stack = desk, stack
        desk.viewing_changed.connect(self.refresh)
        self.refresh()

    @property
    def ruler(self) -> Ruler:
        """What is counted now."""
        known = self._known.get(self._reference)
        return Ruler(known.px_per_mm if known is not None else None)

    @property
    def distance(self) -> str:
        """What was measured last, in words; empty where nothing was."""
        return self.ruler.length_words(*self._line) if self._line is not None else ""

    def take(self, found: Inspected | None) -> None:
        """Another photo is looked at."""
        self.stop()
        self._line = None
        comparison = found.inspection.comparison if found is not None else None
        self._reference = comparison.reference.sha256 if comparison is not None else ""
        if found is not None and self._reference:
            self._known.setdefault(self._reference, found.known_length)
        self.refresh()

    def stop(self) -> None:
        """Put the tool down."""
        self.tool.put_down()
        self._drawn = None
        self.bar.hide()
        for name in ("measure", "known_length"):
            self._actions[name].setChecked(False)
        self.refresh()

    def set_known(self, reference: str, known: KnownLength | None) -> None:
        """Count by this length from now on, and keep it; for its command."""
        self._known[reference] = known
        run(
            _keeping(self._bench, reference, known),
            lane=Lane.FILES,
            owner=self,
            on_failed=self._messages.fail,
        )
        self.refresh()

    def refresh(self) -> None:
        """Bring rulers and lines up to the state of now, on every canvas."""
        is_pair = self._desk.is_pair
        self._actions["rulers"].setEnabled(self._desk.has_scene)
        for name in ("measure", "known_length"):
            self._actions[name].setEnabled(is_pair)
        wanted = self._actions["rulers"].isChecked() and self._desk.has_scene
        line = self._drawn or self._line
        words = "" if self._drawn is not None else self.distance
        for canvas in self._desk.ruled_canvases():
            ruler = self.ruler if is_pair and not self._counts_photo(canvas) else Ruler()
            canvas.set_ruler(ruler if wanted else None)
            canvas.set_line(self._on_canvas(canvas, line, words) if line is not None else None)

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        return {
            "measuring": self.tr("Measure"),
            "rulers": self.tr("Rulers"),
            "measure": self.tr("Measure a distance"),
            "known_length": self.tr("Set a known length…"),
        }

    def _on_rulers(self, _wanted: bool) -> None:
        self.refresh()

    def _on_measure(self, wanted: bool) -> None:
        if not wanted:
            self._line = None
            self.stop()
            self._messages.end_hint(_MEASURE_HINT)
            return
        self._actions["known_length"].setChecked(False)
        self.tool.take(self._desk.ruled_canvases())
        self._desk.focus_picture()
        self._messages.hint(_MEASURE_HINT)

    def _on_known(self, wanted: bool) -> None:
        if not wanted:
            self.stop()
            return
        self._actions["measure"].setChecked(False)
        self.tool.take(self._desk.ruled_canvases())
        self.bar.ask_for_line(self._known.get(self._reference))
        self._desk.focus_picture()

    def _on_moved(self, canvas: PictureCanvas, start: QPointF, end: QPointF) -> None:
        line = self._on_reference(canvas, start), self._on_reference(canvas, end)
        if self._actions["known_length"].isChecked():
            self._drawn = line
        else:
            self._line = line
        self.refresh()

    def _on_drawn(self, canvas: PictureCanvas, start: QPointF, end: QPointF) -> None:
        self._on_moved(canvas, start, end)
        if self._actions["known_length"].isChecked():
            self.bar.ask_for_length()

    def _on_given(self, length_mm: float) -> None:
        if self._drawn is None:
            return
        start, end = self._drawn
        known = KnownLength((start.x(), start.y()), (end.x(), end.y()), length_mm)
        self._push(known)
        self._actions["rulers"].setChecked(True)

    def _on_forgotten(self) -> None:
        self._push(None)

    def _push(self, known: KnownLength | None) -> None:
        before = self._known.get(self._reference)
        self.stop()
        if before != known:
            self._stack.push(_KnownCommand(self, self._reference, before, known))

    def _counts_photo(self, canvas: PictureCanvas) -> bool:
        return canvas is self._desk.suspect and self._desk.side_by_side.is_as_taken

    def _on_reference(self, canvas: PictureCanvas, at: QPointF) -> QPointF:
        if not self._counts_photo(canvas) or self._desk.matrix is None:
            return at
        return mapped(self._desk.matrix, at)[0]

    def _on_canvas(
        self, canvas: PictureCanvas, line: tuple[QPointF, QPointF], words: str
    ) -> Line | None:
        if not self._counts_photo(canvas):
            return Line(*line, words)
        if self._desk.matrix is None:
            return None
        back = np.linalg.inv(self._desk.matrix)
        (start, near), (end, far) = (mapped(back, point) for point in line)
        return Line(start, end, words) if near > 0 and far > 0 else None


class _KnownCommand(QUndoCommand):
    """Another known length of a reference."""

    def __init__(
        self,
        measuring: Measuring,
        reference: str,
        before: KnownLength | None,
        after: KnownLength | None,
    ) -> None:
        super().__init__(str(_SET))  # said in the language of the moment
        # Weakly: measuring holds the stack that keeps this, and a circle is destroyed twice.
        self._measuring, self._reference = weakref.proxy(measuring), reference
        self._before, self._after = before, after

    @override
    def redo(self) -> None:
        self._measuring.set_known(self._reference, self._after)

    @override
    def undo(self) -> None:
        self._measuring.set_known(self._reference, self._before)


def _keeping(
    bench: Workbench, reference: str, known: KnownLength | None
) -> Generator[None, None, None]:
    """FILES: keep the known length of a reference."""
    yield
    bench.keep_known_length(reference, known)
