"""Thresholds on made-up comparisons, kept by a real workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.panes.threshold_work import ThresholdWork
from vision import LimitBasis, ThresholdEvidence

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from app.store import Workspace
    from vision import Gallery

GENUINE = tuple(0.30 + 0.01 * place for place in range(20))  # 0.30 to 0.49
FALSE = (0.45, 0.70, 0.95)
PROMISED = 0.48


class FakeThresholds(ThresholdWork):
    """Sides and gallery show the same; what is set is kept as it would be."""

    def __init__(self, opened: Callable[[], Workspace], gallery: Gallery) -> None:
        super().__init__(opened, lambda: gallery)

    def evidence(self, product: str, side: str) -> Generator[None, None, ThresholdEvidence]:
        yield
        kept = self._opened().thresholds.all()
        own = kept.of_side(product, side) if product else kept.margin
        basis = LimitBasis.SIDE if product else LimitBasis.GALLERY
        return ThresholdEvidence(
            product=product,
            side=side,
            genuine=GENUINE,
            own=GENUINE[:4] if product else (),
            false=FALSE,
            promised=PROMISED,
            current=PROMISED if own is None else own,
            basis=LimitBasis.PROMISE if own is None else basis,
        )
