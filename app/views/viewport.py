"""Which part of a picture is seen: a scale and a centre, shared by views that must not part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal

if TYPE_CHECKING:
    from vision import Matrix

LEAST_SCALE: Final = 0.01
MOST_SCALE: Final = 64.0
_FIT_MARGIN: Final = 0.96


class Viewport(QObject):
    """`scale` is screen pixels for one picture pixel, `centre` the picture point in mid-view.

    Picture pixels are those of the full-size reference (or of the photo, where that is shown).
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scale = 1.0
        self._centre = QPointF(0.0, 0.0)

    @property
    def scale(self) -> float:
        """Screen pixels for one picture pixel."""
        return self._scale

    @property
    def centre(self) -> QPointF:
        """The picture point in the middle of every view."""
        return QPointF(self._centre)

    def show(self, centre: QPointF, scale: float | None = None) -> None:
        """Put a picture point in the middle, at a new scale where one is given."""
        bounded = min(max(scale or self._scale, LEAST_SCALE), MOST_SCALE)
        if centre == self._centre and bounded == self._scale:
            return
        self._centre, self._scale = QPointF(centre), bounded
        self.changed.emit()

    def zoom_at(self, factor: float, anchor: QPointF) -> None:
        """Zoom so that the picture point `anchor` stays where it is on the screen."""
        scale = min(max(self._scale * factor, LEAST_SCALE), MOST_SCALE)
        kept = self._scale / scale
        self.show(anchor + (self._centre - anchor) * kept, scale)

    def pan_by(self, screen: QPointF) -> None:
        """Move the picture by so many screen pixels."""
        self.show(self._centre - screen / self._scale)

    def fit(self, area: QRectF, view: QSizeF) -> None:
        """Show the whole of `area` (picture pixels) in a view of `view` screen pixels."""
        if area.isEmpty() or view.isEmpty():
            return
        self.show(area.center(), self.fitting_scale(area, view))

    def fitting_scale(self, area: QRectF, view: QSizeF) -> float:
        """The scale at which the whole of `area` is seen in a view; 0 where either is empty."""
        if area.isEmpty() or view.isEmpty():
            return 0.0
        return min(view.width() / area.width(), view.height() / area.height()) * _FIT_MARGIN


class Bridge(QObject):
    """Keeps two viewports on the same place of two pictures, one laid on the other."""

    def __init__(self, first: Viewport, second: Viewport, first_to_second: Matrix) -> None:
        super().__init__(first)
        self._views = (first, second)
        back: Matrix = np.linalg.inv(first_to_second).astype(np.float64)
        self._matrices = (first_to_second, back)
        self._busy = False
        first.changed.connect(self._on_first_changed)
        second.changed.connect(self._on_second_changed)

    def end(self) -> None:
        """Let the two go their own ways."""
        first, second = self._views
        first.changed.disconnect(self._on_first_changed)
        second.changed.disconnect(self._on_second_changed)
        self.deleteLater()

    def _on_first_changed(self) -> None:
        self._follow(0)

    def _on_second_changed(self) -> None:
        self._follow(1)

    def _follow(self, leader: int) -> None:
        if self._busy:
            return
        lead, follower = self._views[leader], self._views[1 - leader]
        centre, stretch = mapped(self._matrices[leader], lead.centre)
        if stretch <= 0:
            return
        self._busy = True
        try:
            follower.show(centre, lead.scale / stretch)
        finally:
            self._busy = False


def mapped(matrix: Matrix, point: QPointF) -> tuple[QPointF, float]:
    """Where a homography takes a point, and how much it stretches lengths there (0 beyond it)."""
    x, y, w = matrix @ np.array([point.x(), point.y(), 1.0])
    if w <= 0:
        return QPointF(point), 0.0
    jacobian = (matrix[:2, :2] - np.outer([x / w, y / w], matrix[2, :2])) / w
    return QPointF(x / w, y / w), float(np.sqrt(abs(np.linalg.det(jacobian))))


class Reduced(QObject):
    """Keeps a viewport of smaller views on the spot of a larger one, so that both see as much."""

    def __init__(self, whole: Viewport, small: Viewport) -> None:
        super().__init__(small)
        self._whole, self._small = whole, small
        self._factor = 1.0
        self._busy = False
        whole.changed.connect(self._on_whole_changed)
        small.changed.connect(self._on_small_changed)

    def set_factor(self, factor: float) -> None:
        """The small views are so many times as wide as the large one; the large one keeps still."""
        self._factor = max(factor, 0.01)
        self._on_whole_changed()

    def _on_whole_changed(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._small.show(self._whole.centre, self._whole.scale * self._factor)
        self._busy = False

    def _on_small_changed(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._whole.show(self._small.centre, self._small.scale / self._factor)
        self._busy = False
