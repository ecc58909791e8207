"""A patient look at the references that seem out of place, before anything is said of them.

What the first look proposes by few features and few neighbours is compared here with all features,
with all siblings, and with every side that it may belong to. Few references need it.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from vision.check.links import shares_print
from vision.check.misplaced import Placing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vision.check.known_pairs import KnownPairs
    from vision.check.links import Links, Side
    from vision.features import ReferenceFeatures
    from vision.terms import Reference

_ROUNDS = 3
_SIBLINGS = 12  # of a doubtful reference, compared patiently
_RIVALS = 5  # sides that it may belong to
_MEMBERS = 6  # references of each
_WITNESSES = 4  # references of either side that tell whether the sides are variants


def second_look(
    links: Links, features_of: Callable[[Reference], ReferenceFeatures], known: KnownPairs
) -> Iterator[None]:
    """Compare patiently what tells where doubtful references belong; a tick for each pair."""
    seen: set[int] = set()
    for _ in range(_ROUNDS):  # what is found may make others doubtful
        waiting = [place for place in doubtful(links, Placing(links)) if place not in seen]
        for place in waiting:
            yield from links.look_again(list(worth_a_look(links, place)), features_of, known)
        seen.update(waiting)


def doubtful(links: Links, placing: Placing) -> list[int]:
    """Return the places of those that have no kin among their siblings, or a better place."""
    found = []
    for place in range(len(links.references)):
        siblings = [other for other in links.members[links.side(place)] if other != place]
        pairs = [pair for other in siblings if (pair := links.pair(place, other)) is not None]
        if siblings and (not any(map(shares_print, pairs)) or placing.has_better(place)):
            found.append(place)
    return found


def worth_a_look(links: Links, place: int) -> Iterator[tuple[int, int]]:
    """Name the pairs that tell where a doubtful reference belongs."""
    own = links.side(place)
    siblings = [other for other in links.members[own] if other != place]
    for other in siblings[:_SIBLINGS]:
        yield place, other
    for side in _rivals(links, place):
        members = links.members[side]
        for other in members[:_MEMBERS]:
            yield place, other
        if any(_is_kin(links, place, other) for other in members):
            yield from product(siblings[:_WITNESSES], members[:_WITNESSES])


def _rivals(links: Links, place: int) -> list[Side]:
    """Return the sides of which one agrees best, the best first."""
    best: dict[Side, int] = {}
    for other in links.partners[place]:
        pair, side = links.pair(place, other), links.side(other)
        if pair is not None and side != links.side(place):
            best[side] = max(best.get(side, 0), pair.agreed)
    return sorted(best, key=lambda side: (-best[side], side))[:_RIVALS]


def _is_kin(links: Links, one: int, two: int) -> bool:
    pair = links.pair(one, two)
    return pair is not None and shares_print(pair)
