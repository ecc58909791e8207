"""References of a side beyond those laid on its frame: how they lie, found when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vision.align import fit_plane
from vision.errors import NotAlignable, PictureError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vision.align import Fit
    from vision.features import ReferenceFeatures
    from vision.frames import Bow
    from vision.terms import Matrix, Reference
    from vision.zones import OnFrame

MOST_REFERENCES = 24  # of a side that have a say in what its codes and lines may read
_FITTED = 1000  # strongest features with which a reference is fitted to the canonical one


@dataclass(frozen=True, slots=True, eq=False)
class Further:
    """References that nothing was learned from yet.

    `lay` gives the matrix (3, 3) from a reference's full-size pixels to those of the canonical one
    and the bow to add, None where the two share no plane.
    """

    references: tuple[Reference, ...]
    lay: Callable[[Reference], tuple[Matrix, Bow | None] | None]


def fitted(
    reference: Reference,
    canonical: Reference,
    features_of: Callable[[Reference], ReferenceFeatures],
) -> Fit | None:
    """Fit a reference onto the canonical one; None where that cannot be done."""
    try:
        own, theirs = (features_of(each).local.first(_FITTED) for each in (reference, canonical))
        return fit_plane(own, theirs)
    except (NotAlignable, PictureError):
        return None


def beyond(
    placed: Sequence[OnFrame],
    known: int,
    references: Sequence[Reference],
    features_of: Callable[[Reference], ReferenceFeatures],
) -> Further:
    """Return the references of a side but the first `known` of those laid on its frame.

    Args:
        placed: on the frame of the side, the canonical reference first.
        known: how many of them need not be asked again.
        references: of the side; MOST_REFERENCES in all are considered.
        features_of: gives the features of a reference.
    """
    laid = {each.reference.id: each for each in placed}
    canonical = placed[0].reference
    rest = [reference for reference in references if reference.id not in laid]
    asked = [*(each.reference for each in placed[known:]), *rest]

    def lay(reference: Reference) -> tuple[Matrix, Bow | None] | None:
        if reference.id in laid:
            return laid[reference.id].matrix, laid[reference.id].bow
        fit = fitted(reference, canonical, features_of)
        return None if fit is None else (fit.matrix, None)

    return Further(tuple(asked[: max(0, MOST_REFERENCES - known)]), lay)
