"""Difference: where the aligned suspect and the reference differ in colour, in three classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF
from typing_extensions import override

from app.tasks import Lane, Ticket, run
from app.views.classes import SEEN_FROM, classified, faint_print, important_places
from app.views.dial import Dial
from app.views.legend import Entry, paint_legend
from app.views.measured import MeasuredCanvas
from app.views.pair_view import PairView
from app.views.pixels import picture_from_pixels
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS
from vision import colour_gap

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.views.viewing import Pair
    from app.views.viewport import Viewport
    from vision import Comparison, Map, Pixels

_LEAST: Final = 1.0
_MOST: Final = 30.0
_USUAL: Final = 6.0
_STEP: Final = 0.5
_REMEMBERED: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """The measured difference of one comparison, and the pale print it is shown on."""

    comparison: Comparison
    gap: Map
    ground: Pixels


def measured_gap(comparison: Comparison) -> Generator[None, None, Gap]:
    """Measure, on a worker."""
    yield
    return Gap(comparison, colour_gap(comparison), faint_print(comparison.reference_pixels))


class DifferenceCanvas(MeasuredCanvas):
    """Paints the classes; says so where there is nothing above the tolerance."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self.tolerance = _USUAL
        self.share = 0.0

    @override
    def _paint_above(self, painter: QPainter) -> None:
        if not self.is_measured:
            self._paint_centred(painter, self.tr("Measuring the difference…"), from_top=30)
            return
        if not self.anything_judged:
            self._paint_centred(painter, self.tr("Nothing could be judged here"), from_top=30)
        elif self.share == 0:
            self._paint_centred(painter, self.tr("Nothing above the threshold"), from_top=30)
        painter.setFont(self.font())
        tolerance = f"{self.tolerance:.1f}"
        important = self.tr("Important: over ΔE {tolerance}, {share} % of what was judged")
        paint_legend(
            painter,
            (
                Entry(
                    important.format(tolerance=tolerance, share=_short(self.share)),
                    DIFFERS,
                ),
                Entry(
                    self.tr("Unimportant: ΔE {seen} to {tolerance}").format(
                        seen=f"{SEEN_FROM:.0f}", tolerance=tolerance
                    ),
                    AGREES,
                ),
                Entry(self.tr("Cannot judge"), CANNOT_JUDGE, is_hatched=True),
            ),
            QRectF(self.rect()).adjusted(self.ruler_room, 0, 0, 0),
        )


class DifferenceView(PairView):
    """Measures in the background what is shown; the dial is the tolerance in units of CIEDE2000."""

    canvas: DifferenceCanvas

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        canvas = DifferenceCanvas(viewport)
        dial = Dial(_LEAST, _MOST, _STEP, _USUAL, _delta_e)
        super().__init__(canvas, dial=dial, parent=parent)
        self._known: dict[int, Gap] = {}
        self._shown: Gap | None = None
        self._wanted: Comparison | None = None
        self._measuring: Ticket | None = None
        dial.changed.connect(self._on_dial_changed)
        self._reword()

    @override
    def show_pair(self, pair: Pair | None) -> None:
        comparison = pair.comparison if pair is not None else None
        super().show_pair(pair)
        if comparison is self._wanted:
            return
        if self._measuring is not None:
            self._measuring.cancel()
            self._measuring = None
        self._wanted, self._shown = comparison, None
        self.canvas.set_measured(None)
        if comparison is None:
            return
        known = self._known.get(id(comparison))
        if known is not None:
            self._on_measured(known)
        else:
            self._measuring = run(
                measured_gap(comparison), lane=Lane.FILES, owner=self, on_done=self._on_measured
            )

    def _on_measured(self, gap: Gap) -> None:
        self._measuring = None
        self._known[id(gap.comparison)] = gap
        while len(self._known) > _REMEMBERED:
            self._known.pop(next(iter(self._known)))
        self._shown = gap
        self._classify()

    def _on_dial_changed(self, _amount: float) -> None:
        self._classify()

    def _classify(self) -> None:
        gap, dial = self._shown, self.dial
        if gap is None or dial is None:
            return
        comparison, canvas = gap.comparison, self.canvas
        judged = comparison.judged
        important = important_places(gap.gap, judged, dial.amount)
        canvas.tolerance = dial.amount
        canvas.share = float(important.sum()) / max(1, int(judged.sum()))
        canvas.anything_judged = bool(judged.any())
        canvas.set_measured(
            picture_from_pixels(
                classified(gap.ground, gap.gap, judged, dial.amount),
                scale=comparison.frame_scale,
                origin=comparison.frame_origin,
            )
        )

    @override
    def _reword(self) -> None:
        self.caption.setText(self.tr("Differences of colour, light evened out"))
        self.canvas.setAccessibleName(self.tr("Differences between photo and reference"))
        if self.dial is not None:
            self.dial.reword(self.tr("Tolerance"))


def _delta_e(amount: float) -> str:
    return f"ΔE {amount:.1f}"


def _short(share: float) -> str:
    """A share in per cent; never 0 for what is there."""
    if 0 < share < 0.001:
        return "< 0.1"
    return f"{np.round(100 * share, 1):g}"
