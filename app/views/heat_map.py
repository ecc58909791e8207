"""Heat map: the evidence of all channels together, on one fixed scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from typing_extensions import override

from app.views.classes import HEAT_LIMIT, faint_print, heated
from app.views.legend import Entry, paint_legend
from app.views.measured import MeasuredCanvas
from app.views.pair_view import PairView
from app.views.pixels import picture_from_pixels
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.views.viewing import Pair
    from app.views.viewport import Viewport
    from vision import Comparison


class HeatMapCanvas(MeasuredCanvas):
    """Says so where nothing goes beyond what genuine items show."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self.peak = 0.0

    @override
    def _paint_above(self, painter: QPainter) -> None:
        if not self.is_measured:
            return
        if not self.anything_judged:
            self._paint_centred(painter, self.tr("Nothing could be judged here"), from_top=30)
        elif self.peak <= HEAT_LIMIT:
            said = self.tr("Nothing beyond what genuine items show")
            self._paint_centred(painter, said, from_top=30)
        painter.setFont(self.font())
        paint_legend(
            painter,
            (
                Entry(self.tr("Beyond what genuine items show"), DIFFERS),
                Entry(self.tr("Within what genuine items show"), AGREES),
                Entry(self.tr("Cannot judge"), CANNOT_JUDGE, is_hatched=True),
            ),
            QRectF(self.rect()),
        )


class HeatMapView(PairView):
    """The weighted sum of the channels, each over its own genuine spread."""

    canvas: HeatMapCanvas

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(HeatMapCanvas(viewport), parent=parent)
        self._shown: Comparison | None = None
        self._reword()

    @override
    def show_pair(self, pair: Pair | None) -> None:
        comparison = pair.comparison if pair is not None else None
        super().show_pair(pair)
        if comparison is self._shown:
            return
        self._shown = comparison
        if comparison is None:
            self.canvas.set_measured(None)
            return
        judged = comparison.judged
        self.canvas.anything_judged = bool(judged.any())
        self.canvas.peak = float(comparison.excess[judged].max()) if judged.any() else 0.0
        self.canvas.set_measured(
            picture_from_pixels(
                heated(faint_print(comparison.reference_pixels), comparison.excess, judged),
                scale=comparison.frame_scale,
                origin=comparison.frame_origin,
            )
        )

    @override
    def _reword(self) -> None:
        self.caption.setText(self.tr("All channels together, over what genuine items show"))
        self.canvas.setAccessibleName(self.tr("Heat map of the evidence"))
