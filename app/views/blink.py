"""Blink: suspect and reference in turn in one place, so that what differs jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from typing_extensions import override

from app.views.dial import Dial
from app.views.pair_view import PairCanvas, PairView

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.views.pixels import Picture
    from app.views.viewing import Pair
    from app.views.viewport import Viewport

FASTEST_S: Final = 0.2  # for each picture: no more than three flashes a second (WCAG 2.3.1)
_SLOWEST_S: Final = 3.0


class BlinkCanvas(PairCanvas):
    """Shows one of the two and says which; `paused` tells a press of the space bar."""

    paused = Signal()

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._shows_suspect = True
        self._names = "", ""

    @property
    def shows_suspect(self) -> bool:
        """Which of the two is seen."""
        return self._shows_suspect

    def set_names(self, suspect: str, reference: str) -> None:
        """What the two are called."""
        self._names = suspect, reference
        self.update()

    def flip(self) -> None:
        """Show the other one."""
        self._shows_suspect = not self._shows_suspect
        self._take_marks()
        self.update()

    @override
    def show_pair(self, pair: Pair | None) -> None:
        super().show_pair(pair)
        self._take_marks()

    def _take_marks(self) -> None:
        if self._pair is not None:
            pair = self._pair
            self._marks = pair.suspect_marks if self._shows_suspect else pair.reference_marks

    @override
    def _paint_pictures(self, painter: QPainter, picture: Picture) -> None:
        suspect = self._pair.suspect if self._pair is not None else None
        self._paint_one(painter, suspect if self._shows_suspect and suspect else picture)

    @override
    def _paint_above(self, painter: QPainter) -> None:
        corner = Qt.Corner.TopLeftCorner if self._shows_suspect else Qt.Corner.TopRightCorner
        name = self._names[0] if self._shows_suspect else self._named(self._names[1])
        self._paint_corner(painter, name, corner)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.paused.emit()
        else:
            super().keyPressEvent(event)


class BlinkView(PairView):
    """Alternates only while it is seen; the dial says for how long each picture stays."""

    canvas: BlinkCanvas

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        canvas = BlinkCanvas(viewport)
        dial = Dial(FASTEST_S, _SLOWEST_S, 0.1, 0.7, _seconds)
        super().__init__(canvas, dial=dial, parent=parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(canvas.flip)
        self._is_paused = False
        dial.changed.connect(self._on_dial_changed)
        canvas.paused.connect(self.toggle_pause)
        self._on_dial_changed(dial.amount)
        self._reword()

    @property
    def is_running(self) -> bool:
        """Whether the pictures change by themselves at present."""
        return self._timer.isActive()

    def toggle_pause(self) -> None:
        """Hold the picture that is seen, or go on."""
        self._is_paused = not self._is_paused
        self._run_if_seen()
        self._reword()

    def _run_if_seen(self) -> None:
        if self.isVisible() and not self._is_paused:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_dial_changed(self, seconds: float) -> None:
        self._timer.setInterval(round(1000 * seconds))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_if_seen()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @override
    def _reword(self) -> None:
        self.caption.setText(
            self.tr("Held; the space bar goes on")
            if self._is_paused
            else self.tr("Photo and reference in turn; the space bar holds")
        )
        self.canvas.set_names(self.tr("Photo"), self.tr("Genuine reference"))
        self.canvas.setAccessibleName(self.tr("Photo and reference in turn"))
        if self.dial is not None:
            self.dial.reword(self.tr("Each for"))


def _seconds(amount: float) -> str:
    said = QCoreApplication.translate("BlinkView", "{seconds} s")
    return said.format(seconds=f"{amount:.1f}")
