"""A gallery whose sides have the zones they propose: to measure those where nobody drew any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vision.gallery import Gallery
from vision.zone_proposals import propose_zones

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vision.embedding import Embedder
    from vision.sides import SideModel
    from vision.terms import Reference


class ProposingGallery(Gallery):
    """Each side has the variable zones that its references propose, and no others."""

    def __init__(
        self,
        references: Iterable[Reference],
        *,
        embedder: Embedder | None = None,
        cache: Path | None = None,
    ) -> None:
        super().__init__(references, embedder=embedder, cache=cache)
        self._asked: dict[tuple[str, str], frozenset[str]] = {}

    def side_model(self, product: str, side: str) -> SideModel:
        """Return the side with its proposed zones; see Gallery.side_model and propose_zones."""
        held = frozenset(reference.id for reference in self.of_side(product, side))
        if self._asked.get((product, side)) != held:
            self._zones[product, side] = ()  # the calibration in use stays: it is of the whole set
            self._zones[product, side] = propose_zones(
                super().side_model(product, side), self.learned
            )
            self._asked[product, side] = held
        return super().side_model(product, side)
