"""Photos shown one after another: what was looked at in one is looked at in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from app.panes.comparing_desk import ComparingDesk
    from app.panes.workbench import Inspected

    Laid = tuple[str, str, str]  # product, side, and the reference that photos are laid on


class KeptSpot:
    """Keeps the spot to which a person moved, for the next photo laid on the same reference.

    Where a region was gone to by key, or the whole is in view, the next photo is shown whole.
    """

    def __init__(self, desk: ComparingDesk) -> None:
        self._desk = desk
        self._shown: Laid | None = None
        self._kept: tuple[Laid, tuple[QPointF, float]] | None = None

    def show(self, found: Inspected | None) -> None:
        """Show another photo on the desk, or nothing."""
        self._note()
        comparison = found.inspection.comparison if found is not None else None
        names = (comparison.product, comparison.side) if comparison is not None else None
        self._desk.show_scene(found.scene if found is not None else None, names)
        self._shown = None
        if comparison is not None and self._desk.is_pair:
            self._shown = (comparison.product, comparison.side, comparison.reference.sha256)
        if self._kept is not None and self._kept[0] == self._shown:
            self._desk.frame_viewport.show(*self._kept[1])

    def _note(self) -> None:
        if self._shown is None:
            return
        spot = self._desk.frame_viewport.centre, self._desk.frame_viewport.scale
        if not self._desk.is_fitted and spot != self._desk.region_spot:
            self._kept = self._shown, spot
        elif self._kept is not None and self._kept[0] == self._shown:
            self._kept = None
