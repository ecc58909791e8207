"""Where one points in any view: the read-out below, the locked point, the loupe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from app.views.canvas import PictureCanvas
from app.views.loupe import Loupe
from app.views.read_out import ReadOutBar
from app.views.sampling import Reading, read_out
from app.views.viewport import mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from app.views.pixels import Picture
    from app.views.scene import Scene
    from app.views.side_by_side import SideBySideView


class Pointing(QObject):
    """Follows the cursor over the canvases it was given; `locked_changed` tells True or False.

    Args:
        view: knows whether its left picture is counted in photo pixels.
        pages: the area over which the loupe floats.
        canvases: all canvases of now.
    """

    locked_changed = Signal(bool)

    def __init__(
        self,
        view: SideBySideView,
        pages: QWidget,
        canvases: Callable[[], Iterable[PictureCanvas]],
    ) -> None:
        super().__init__(pages)
        self._view, self._pages, self._canvases = view, pages, canvases
        self.bar, self.loupe = ReadOutBar(), Loupe(pages)
        self._scene: Scene | None = None
        self._point: QPointF | None = None
        self._locked: QPointF | None = None
        self._before_click: QPointF | None = None
        self._loupe_wanted = False

    @property
    def locked(self) -> QPointF | None:
        """The locked point in reference pixels, None where the read-out follows the cursor."""
        return self._locked

    def take_in(self, canvas: PictureCanvas) -> None:
        """Follow the cursor over one more canvas."""
        canvas.pointed.connect(self._on_pointed)
        canvas.place_clicked.connect(self._on_clicked)
        canvas.fit_wished.connect(self._on_double_clicked)
        canvas.set_locked(self._on_canvas(canvas, self._locked))

    def show_scene(self, scene: Scene | None) -> None:
        """Another inspection: nothing is pointed at yet."""
        self._scene = scene
        self._point = None
        self.lock(None)
        self.loupe.hide()

    def swap(self, scene: Scene) -> None:
        """The same inspection in other pictures or with other marks."""
        self._scene = scene
        self._tell()

    def set_pictures(self, suspect: Picture | None, reference: Picture | None) -> None:
        """What the loupe enlarges: the pictures as they are seen, in whatever channel."""
        self.loupe.set_pictures(suspect, reference)

    def set_loupe_wanted(self, wanted: bool) -> None:
        """Show the loupe beside the cursor, or not."""
        self._loupe_wanted = wanted
        if not wanted:
            self.loupe.hide()

    def toggle_lock(self) -> None:
        """Lock the point under the cursor, or the middle of the view; or let it go."""
        if self._locked is not None:
            self.lock(None)
        elif self._is_pair:
            self.lock(self._point or self._view.frame_viewport.centre)

    def lock(self, point: QPointF | None) -> None:
        """Read out this point of the reference until told otherwise; None follows the cursor."""
        self._locked = point
        self.show_lock()
        self._tell()
        self.locked_changed.emit(point is not None)

    def show_lock(self) -> None:
        """Mark the locked point in every canvas."""
        for canvas in self._canvases():
            canvas.set_locked(self._on_canvas(canvas, self._locked))

    def _on_pointed(self, at: QPointF | None) -> None:
        canvas = self.sender()
        if not isinstance(canvas, PictureCanvas):
            return
        if self._scene is not None and self._scene.aligned is None:
            self._tell_alone(canvas, at)
            return
        self._point = None if at is None else self._on_reference(canvas, at)
        if self._locked is None:
            self._tell()
        if at is None or self._point is None or not self._loupe_wanted:
            self.loupe.hide()
            return
        place = canvas.mapTo(self._pages, canvas.to_screen(at).toPoint())
        self.loupe.follow(self._point, place, canvas.viewport.scale)

    def _on_clicked(self, at: QPointF) -> None:
        canvas = self.sender()
        if not isinstance(canvas, PictureCanvas) or not self._is_pair:
            return
        self._before_click = self._locked
        point = self._on_reference(canvas, at)
        near = False
        if self._locked is not None and point is not None:
            away = (point - self._locked) * canvas.viewport.scale
            near = away.manhattanLength() < 12
        self.lock(None if near else point)

    def _on_double_clicked(self) -> None:
        """The first click of the two was not meant for the lock."""
        self.lock(self._before_click)

    def _on_reference(self, canvas: PictureCanvas, at: QPointF) -> QPointF | None:
        """A point of a canvas in reference pixels; None where the two are not laid together."""
        if not self._counts_photo(canvas):
            return QPointF(at)
        if self._scene is None or self._scene.matrix is None:
            return None
        point, stretch = mapped(self._scene.matrix, at)
        return point if stretch > 0 else None

    def _on_canvas(self, canvas: PictureCanvas, point: QPointF | None) -> QPointF | None:
        if point is None or not self._counts_photo(canvas):
            return point
        if self._scene is None or self._scene.matrix is None:
            return None
        there, stretch = mapped(np.linalg.inv(self._scene.matrix), point)
        return there if stretch > 0 else None

    def _counts_photo(self, canvas: PictureCanvas) -> bool:
        return canvas is self._view.suspect and self._view.is_as_taken

    @property
    def _is_pair(self) -> bool:
        return self._scene is not None and self._scene.aligned is not None

    def _tell_alone(self, canvas: PictureCanvas, at: QPointF | None) -> None:
        """Read one picture in its own pixels, where the two do not lie on each other."""
        if at is None or self._scene is None:
            self.bar.show_reading(None)
        elif self._counts_photo(canvas):
            self.bar.show_reading(read_out(at, self._scene.photo, None))
        else:
            self.bar.show_reading(read_out(at, None, self._scene.reference))

    def _tell(self) -> None:
        point, scene = self._locked or self._point, self._scene
        reading: Reading | None = None
        if point is not None and scene is not None:
            reading = read_out(point, scene.aligned, scene.reference)
        self.bar.show_reading(reading, is_locked=self._locked is not None)
