"""Heat map: the evidence of all channels together, or of one, on one fixed scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from app.views.classes import HEAT_LIMIT, faint_print, heated
from app.views.legend import Entry, paint_legend
from app.views.measured import MeasuredCanvas
from app.views.pair_view import PairView
from app.views.pixels import picture_from_pixels
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS
from app.words import channel_name

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.views.viewing import Pair
    from app.views.viewport import Viewport
    from vision import Channel, Comparison


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
            QRectF(self.rect()).adjusted(self.ruler_room, 0, 0, 0),
        )


class HeatMapView(PairView):
    """The weighted sum of the channels, each over its own genuine spread; or one of them.

    `channel_changed` tells that another one is shown.
    """

    channel_changed = Signal()
    canvas: HeatMapCanvas

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(HeatMapCanvas(viewport), parent=parent)
        self._shown: Comparison | None = None
        self.chooser = QComboBox()
        self.chooser.currentIndexChanged.connect(self._on_chosen)
        self.controls.addWidget(self.chooser)
        self._reword()

    @property
    def channel(self) -> Channel | None:
        """The channel that is shown, None for all together."""
        place = self.chooser.currentIndex() - 1
        known = self._shown.by_channel if self._shown is not None else ()
        return known[place].channel if 0 <= place < len(known) else None

    @property
    @override
    def can_turn(self) -> bool:
        return self.chooser.count() > 1

    @override
    def turn(self, by: int) -> None:
        """Go to the next channel, or the one before."""
        last = self.chooser.count() - 1
        self.chooser.setCurrentIndex(min(max(self.chooser.currentIndex() + by, 0), last))

    @override
    def show_pair(self, pair: Pair | None) -> None:
        comparison = pair.comparison if pair is not None else None
        super().show_pair(pair)
        if comparison is not self._shown:
            chosen = self.channel
            self._shown = comparison
            self._fill_chooser(chosen)
            self._heat()

    def _fill_chooser(self, chosen: Channel | None) -> None:
        """Offer the channels of the comparison; what was chosen before stays so, if it is there."""
        known = self._shown.by_channel if self._shown is not None else ()
        channels = [each.channel for each in known]
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.addItem(self.tr("All channels together"))
        self.chooser.addItems([channel_name(channel) for channel in channels])
        self.chooser.setCurrentIndex(channels.index(chosen) + 1 if chosen in channels else 0)
        self.chooser.blockSignals(False)
        self.chooser.setEnabled(bool(channels))

    def _on_chosen(self, _place: int) -> None:
        self._heat()
        self.channel_changed.emit()

    def _heat(self) -> None:
        comparison, channel = self._shown, self.channel
        if comparison is None:
            self.canvas.set_measured(None)
            return
        one = [each.excess for each in comparison.by_channel if each.channel is channel]
        excess = one[0].astype(np.float32) if one else comparison.excess
        judged = comparison.judged
        self.canvas.anything_judged = bool(judged.any())
        self.canvas.peak = float(excess[judged].max()) if judged.any() else 0.0
        self.canvas.set_measured(
            picture_from_pixels(
                heated(faint_print(comparison.reference_pixels), excess, judged),
                scale=comparison.frame_scale,
                origin=comparison.frame_origin,
            )
        )

    @override
    def _reword(self) -> None:
        self.caption.setText(self.tr("Evidence, over what genuine items show"))
        self.canvas.setAccessibleName(self.tr("Heat map of the evidence"))
        self.chooser.setAccessibleName(self.tr("Channel of the heat map"))
        self.chooser.setToolTip(self.tr("Channel of the heat map ([ and ])"))
        self._fill_chooser(self.channel)
