"""How the window was when it was last used: its place, its panes, and the view in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, QTimer

from app.views.viewing import ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QMainWindow

    from app.panes.inspect_pane import InspectPane

_PAUSE_MS: Final = 1500


class WindowMemory(QObject):
    """Kept while it changes, so that a crash costs nothing either.

    Args:
        state: where it is kept.
        place: tells the name of the place that is shown.
    """

    def __init__(
        self,
        window: QMainWindow,
        inspect: InspectPane,
        state: QSettings,
        place: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window, self._inspect, self._state, self._place = window, inspect, state, place
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def restore(self, places: tuple[str, ...]) -> str:
        """Bring everything back; the place to go to. What makes no sense any more is left alone."""
        if isinstance(geometry := self._state.value("geometry"), QByteArray):
            self._window.restoreGeometry(geometry)
        if isinstance(columns := self._state.value("columns"), QByteArray):
            self._inspect.splitter.restoreState(columns)
        view = str(self._state.value("view", ""))
        if view in set(ViewKind):
            self._inspect.view.choose(ViewKind(view))
        self._inspect.intake.last_folder = str(self._state.value("folder", ""))
        self._inspect.splitter.splitterMoved.connect(self.note)
        self._inspect.view.viewing_changed.connect(self.note)
        place = str(self._state.value("place", ""))
        return place if place in places else places[0]

    def note(self) -> None:
        """Something has changed; it is kept in a moment."""
        self._pause.start()

    def keep(self) -> None:
        """Keep everything as it is now."""
        self._pause.stop()
        self._state.setValue("geometry", self._window.saveGeometry())
        self._state.setValue("columns", self._inspect.splitter.saveState())
        self._state.setValue("view", self._inspect.view.wanted.value)
        self._state.setValue("folder", self._inspect.intake.last_folder)
        self._state.setValue("place", self._place())
        self._state.sync()
