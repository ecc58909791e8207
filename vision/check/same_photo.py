"""One photo that stands in a gallery twice, saved, reduced, cut or brightened differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vision.check.flaws import Flaw, FlawKind, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vision.check.links import Links
    from vision.check.pairs import Pair

# Of 40 drawn photos saved again smaller, cut, brighter and coarser, all stay within both limits; of
# 40 pairs of items photographed one after the other on a copy stand, which are most easily taken
# for copies, two do (tests/benchmarks/saved_again.py).
ALIKE = 0.7  # local correlation that nine tenths of the shared part reach
_STRAIN = 0.6  # pixels of the coarser one
_OVERLAP = 0.5
_AGREED = 20


def is_same_photo(pair: Pair) -> bool:
    """Tell whether two files are one exposure: moved and scaled exactly, alike everywhere."""
    return (
        pair.strain <= _STRAIN
        and pair.alike >= ALIKE
        and pair.overlap >= _OVERLAP
        and pair.agreed >= _AGREED
    )


def near_duplicates(links: Links) -> Iterator[Flaw]:
    """Name the groups of references that are one photo; equal files are told elsewhere."""
    group: dict[int, set[int]] = {}
    least: dict[int, float] = {}
    for (one, two), pair in sorted(links.pairs.items()):
        if not is_same_photo(pair):
            continue
        if links.references[one].sha256 == links.references[two].sha256:
            continue
        joined = group.get(one, {one}) | group.get(two, {two})
        lowest = min(pair.alike, *(least.get(place, 1.0) for place in joined))
        for place in joined:
            group[place], least[place] = joined, lowest
    for place, joined in sorted(group.items()):
        if place == min(joined):
            first = links.references[place]
            yield Flaw(
                FlawKind.NEAR_DUPLICATE,
                first.product,
                first.side,
                tuple(links.references[each].id for each in sorted(joined)),
                Mend.KEEP_ONE,
                measured=least[place],
                limit=ALIKE,
            )
