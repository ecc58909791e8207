"""The spread within sides: what their references show against each other, a side at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vision.errors import PictureError, UnknownSide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vision.gallery import Gallery
    from vision.side_figures import SideFigures


def read_spreads(
    gallery: Gallery, sides: Iterable[tuple[str, str]], *, measure: bool = False
) -> Iterator[SideFigures | None]:
    """Say how far genuine references of sides lie apart.

    Args:
        gallery: has the references.
        sides: product and side each.
        measure: compare also the references of sides that have not been compared before, which
            takes seconds each; otherwise only what is known is looked up.

    Yields:
        For each side, in the order given, its figures with the limit of now; None where they are
        not known, the side is not in the gallery, or none of its references can be read.
    """
    for product, side in sides:
        try:
            found = gallery.side_figures(product, side)
            if found is None and measure:
                found = gallery.side_model(product, side).figures
        except (UnknownSide, PictureError):
            found = None
        yield found and replace(found, limit=gallery.limits(found).differs)
