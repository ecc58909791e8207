"""The work behind the page on thresholds, off the GUI thread; every generator is for MODEL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store import changed
from vision import ThresholdEvidence, threshold_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from app.store import Workspace
    from vision import Gallery


class ThresholdWork:
    """What the page asks for.

    Args:
        opened: gives the workspace, opened on the first call; called on a worker only.
        gallery: gives the gallery that photos are judged by.
    """

    def __init__(self, opened: Callable[[], Workspace], gallery: Callable[[], Gallery]) -> None:
        self._opened, self._gallery = opened, gallery

    def evidence(self, product: str, side: str) -> Generator[None, None, ThresholdEvidence]:
        """All that is known of a side; without names, of the whole gallery."""
        yield
        known = self._opened().thresholds.known_false()
        return threshold_evidence(self._gallery(), product=product, side=side, known_false=known)

    def set(
        self, value: float | None, product: str, side: str
    ) -> Generator[None, None, float | None]:
        """Keep a threshold and judge by it; None goes back. Gives the one before."""
        yield
        workspace = self._opened()
        with changed(workspace) as target:
            before = target.thresholds.set(value, product=product, side=side)
        self._gallery().thresholds = workspace.thresholds.all()
        return before
