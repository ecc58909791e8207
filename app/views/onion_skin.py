"""Onion skin: the suspect laid over the reference, more or less transparent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from app.views.dial import Dial, per_cent
from app.views.pair_view import PairCanvas, PairView

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.views.pixels import Picture
    from app.views.viewport import Viewport


class OnionSkinCanvas(PairCanvas):
    """Paints the suspect over the reference with an opacity in [0, 1]."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._opacity = 0.5

    def set_opacity(self, opacity: float) -> None:
        """How much of the suspect is seen; 1 hides the reference."""
        self._opacity = opacity
        self.update()

    @override
    def _paint_pictures(self, painter: QPainter, picture: Picture) -> None:
        self._paint_one(painter, picture)
        if self._pair is None or self._pair.suspect is None or self._opacity <= 0:
            return
        painter.save()
        painter.setOpacity(self._opacity)
        self._paint_one(painter, self._pair.suspect, ground=None)
        painter.restore()


class OnionSkinView(PairView):
    """The dial is the opacity of the suspect."""

    canvas: OnionSkinCanvas

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        canvas = OnionSkinCanvas(viewport)
        dial = Dial(0.0, 1.0, 0.05, 0.5, per_cent)
        super().__init__(canvas, dial=dial, parent=parent)
        dial.changed.connect(canvas.set_opacity)
        self._reword()

    @override
    def _reword(self) -> None:
        self.caption.setText(self.tr("Photo laid over the reference"))
        self.canvas.setAccessibleName(self.tr("Photo laid over the reference"))
        if self.dial is not None:
            self.dial.reword(self.tr("Photo"))
