"""Photos looked at before they are compared: their small pictures, and what is wrong with them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.models.photos import PhotoListModel, PhotoRow, State
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.panes.intake import Source
    from app.panes.workbench import Thumbnail, Workbench
    from app.views.scene import Scene

_KEPT: Final = 3  # photos whose pictures stay in memory; the others are read again


class FirstSights(QObject):
    """Reads the photos that wait, one at a time, beside the comparisons.

    `sighted` tells the key of a photo and its Thumbnail. One that cannot be read is passed over:
    its turn will come, and tell why.
    """

    sighted = Signal(int, object)

    def __init__(
        self,
        bench: Workbench,
        model: PhotoListModel,
        sources: Mapping[int, Source],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._model, self._sources = bench, model, sources
        self._scenes: OrderedDict[int, Scene] = OrderedDict()
        self._blind: set[int] = set()
        self._wanted = 0
        self._running: tuple[int, Ticket] | None = None

    def scene(self, key: int) -> Scene | None:
        """A photo with its faults marked; None while it is read, and when it was let go again."""
        return self._scenes.get(key)

    def want(self, key: int) -> None:
        """Look at a photo that waits before all others."""
        if key not in self._scenes:
            self._wanted = key
            self.go_on()

    def keep(self, key: int, sight: Thumbnail) -> None:
        """Keep the picture of a photo that was read on another way."""
        if sight.scene is not None:
            self._scenes[key] = sight.scene
            while len(self._scenes) > _KEPT:
                self._scenes.popitem(last=False)

    def forget(self, key: int) -> None:
        """A photo was compared: there is more to see of it now."""
        self._scenes.pop(key, None)

    def go_on(self) -> None:
        """Read the next photo that nobody has seen yet."""
        if self._running is not None:
            return
        unseen = [row for row in self._model.rows if self._is_unseen(row)]
        if not unseen:
            return
        row = next((row for row in unseen if row.key == self._wanted), unseen[0])
        ticket = run(
            self._bench.first_sight(self._sources[row.key]),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_sighted,
            on_failed=self._on_failed,
        )
        self._running = row.key, ticket

    def _is_unseen(self, row: PhotoRow) -> bool:
        if row.state is not State.WAITING or row.key in self._blind:
            return False
        return row.thumbnail is None or (row.key == self._wanted and row.key not in self._scenes)

    def _on_sighted(self, sight: Thumbnail) -> None:
        key = self._end()
        if key:
            self.keep(key, sight)
            self.sighted.emit(key, sight)
        self.go_on()

    def _on_failed(self, _error: Exception) -> None:
        self._blind.add(self._end())
        self.go_on()

    def _end(self) -> int:
        running, self._running = self._running, None
        return running[0] if running is not None else 0
