"""A pencil for one straight line on any picture: two clicks, or one drag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from typing_extensions import override

from app.views.canvas import PictureCanvas

if TYPE_CHECKING:
    from collections.abc import Iterable

_DRAG_PX: Final = 5


class LineTool(QObject):
    """While it is in hand, the left mouse button draws on the canvases it was given.

    `moved` tells canvas, start and end while the line is drawn, `drawn` the same once it is there;
    points are those of the canvas' picture. `given_up` that Escape has put it down. The wheel and
    the middle button move the picture as ever.
    """

    moved = Signal(object, object, object)
    drawn = Signal(object, object, object)
    given_up = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvases: tuple[PictureCanvas, ...] = ()
        self._canvas: PictureCanvas | None = None
        self._start = QPointF()
        self._pressed_at = QPointF()

    @property
    def is_in_hand(self) -> bool:
        """Whether the mouse draws."""
        return bool(self._canvases)

    def take(self, canvases: Iterable[PictureCanvas]) -> None:
        """Draw on these from now on."""
        self.put_down()
        self._canvases = tuple(canvases)
        for canvas in self._canvases:
            canvas.installEventFilter(self)
            canvas.setCursor(Qt.CursorShape.CrossCursor)

    def put_down(self) -> None:
        """Draw no more."""
        for canvas in self._canvases:
            canvas.removeEventFilter(self)
            canvas.unsetCursor()
        self._canvases, self._canvas = (), None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, PictureCanvas):
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # before Escape stops the queue
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.given_up.emit()
                return True
        if isinstance(event, QMouseEvent):
            return self._on_mouse(watched, event)
        return False

    def _on_mouse(self, canvas: PictureCanvas, event: QMouseEvent) -> bool:
        at = canvas.to_picture(event.position())
        is_left = event.button() is Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if is_left:
                if self._canvas is canvas:
                    self._end(canvas, at)
                else:
                    self._canvas, self._start, self._pressed_at = canvas, at, event.position()
                    canvas.setFocus()
                return True
            case QEvent.Type.MouseMove if self._canvas is canvas:
                self.moved.emit(canvas, self._start, at)
                return not event.buttons() & Qt.MouseButton.MiddleButton
            case QEvent.Type.MouseButtonRelease if is_left:
                dragged = (event.position() - self._pressed_at).manhattanLength() > _DRAG_PX
                if self._canvas is canvas and dragged:
                    self._end(canvas, at)
                return True
            case QEvent.Type.MouseButtonDblClick if is_left:
                return True
        return False

    def _end(self, canvas: PictureCanvas, at: QPointF) -> None:
        start, self._canvas = self._start, None
        if (canvas.to_screen(at) - canvas.to_screen(start)).manhattanLength() > _DRAG_PX:
            self.drawn.emit(canvas, start, at)
