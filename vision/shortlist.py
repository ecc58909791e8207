"""From votes to a shortlist: the sides that may stand in a photo, the most voted first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vision.terms import Reference


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """A side that may stand in the photo: its references by vote, the best first."""

    product: str
    side: str
    references: tuple[Reference, ...]
    votes: float
    likeness: float


def shortlist(
    references: Sequence[Reference],
    votes: NDArray[np.float32],
    likeness: NDArray[np.float32],
    limit: int,
) -> tuple[Shortlisted, ...]:
    """Group references by side; all but two places go by votes, the rest by likeness.

    Args:
        references: N of them.
        votes: (N,) how much a photo votes for each; below 0 it is passed over.
        likeness: (N,) how much each looks like the photo as a whole.
        limit: at most so many sides.
    """
    by_side: dict[tuple[str, str], list[int]] = {}
    for place, reference in enumerate(references):
        if votes[place] >= 0:
            by_side.setdefault((reference.product, reference.side), []).append(place)
    listed = []
    for (product, side), places in by_side.items():
        order = sorted(places, key=lambda p: (-votes[p], -likeness[p]))
        listed.append(
            Shortlisted(
                product,
                side,
                tuple(references[p] for p in order),
                float(votes[order[0]]),
                float(max(likeness[p] for p in places)),
            )
        )
    by_votes = sorted(listed, key=lambda s: -s.votes)
    by_likeness = sorted(listed, key=lambda s: -s.likeness)
    chosen = by_votes[: max(1, limit - 2)]
    for each in by_likeness:
        if len(chosen) >= limit:
            break
        if each not in chosen and each.likeness > 0:
            chosen.append(each)
    return tuple(chosen)
