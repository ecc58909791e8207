"""A canvas that shows a measured map in colours instead of the pictures themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from app.views.pair_view import PairCanvas
from app.views.theme import PICTURE_GREY

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.views.pixels import Picture
    from app.views.viewport import Viewport

_SQUARES_FROM: Final = 1.0  # a class or a value is never smeared into its neighbours


class MeasuredCanvas(PairCanvas):
    """Until the map is there, nothing but the grey ground is seen below the marks."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._map: Picture | None = None
        self.anything_judged = True

    @property
    def is_measured(self) -> bool:
        """Whether the map is there."""
        return self._map is not None

    def set_measured(self, picture: Picture | None) -> None:
        """Show a map on the frame; None while it is being measured."""
        self._map = picture
        self.update()

    @override
    def _paint_pictures(self, painter: QPainter, picture: Picture) -> None:
        if self._map is None:
            painter.fillRect(self.rect(), PICTURE_GREY)
        else:
            self._paint_one(painter, self._map, pixels_seen_from=_SQUARES_FROM)
