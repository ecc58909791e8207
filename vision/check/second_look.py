"""A patient look at the references that seem out of place, before anything is said of them.

What the first look proposes by few features and few neighbours is compared here with all features,
with all siblings, and with every side that it may belong to. Few references need it.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from vision.check.links import shares_middle, shares_print
from vision.check.misplaced import Placing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from vision.check.known_pairs import KnownPairs
    from vision.check.links import Links, Side
    from vision.features import ReferenceFeatures
    from vision.terms import Reference

    FeaturesOf = Callable[[Reference], ReferenceFeatures]

_ROUNDS = 3  # as what is found may make others doubtful
_SIBLINGS = 12  # of a doubtful reference, compared patiently
_RIVALS = 5  # sides that it may belong to, by the pairs that are known
_PROPOSED = 20  # sides that it may belong to, by their embeddings, where it is like no sibling
_ASKED, _MEMBERS = 2, 6  # references of each side, at first and where one has something in common
_WITNESSES = 4  # references of either side that tell whether the sides are variants


def second_look(links: Links, features_of: FeaturesOf, known: KnownPairs) -> Iterator[None]:
    """Compare patiently what tells where doubtful references belong; a tick for each pair."""
    seen: set[int] = set()
    for _ in range(_ROUNDS):
        waiting = [place for place in doubtful(links, Placing(links)) if place not in seen]
        for place in waiting:
            yield from links.look_again(worth_a_look(links, place), features_of, known)
        seen.update(waiting)
    lost = [place for place in sorted(seen) if is_lost(links, place)]
    if lost:
        yield from _proposed(links, lost, features_of, known)


def doubtful(links: Links, placing: Placing) -> list[int]:
    """Return the places of those that are like no sibling of theirs, or have a better place."""
    return [
        place
        for place in range(len(links.references))
        if is_lost(links, place) or placing.has_better(place)
    ]


def is_lost(links: Links, place: int) -> bool:
    """Tell whether a reference has siblings, but none that is alike in the middle."""
    siblings = _siblings(links, place)
    pairs = (links.pair(place, other) for other in siblings)
    return bool(siblings) and not any(pair and shares_middle(pair) for pair in pairs)


def worth_a_look(links: Links, place: int) -> Iterator[tuple[int, int]]:
    """Name the pairs that tell where a doubtful reference belongs; it goes by those before."""
    for other in _siblings(links, place)[:_SIBLINGS]:
        yield place, other
    for side in _rivals(links, place):
        yield from _of_side(links, place, side)


def _of_side(links: Links, place: int, side: Side) -> Iterator[tuple[int, int]]:
    members = links.members[side]
    yield from ((place, other) for other in members[:_ASKED])
    if any(_is_kin(links, place, other) for other in members):
        yield from ((place, other) for other in members[_ASKED:_MEMBERS])
        yield from product(_siblings(links, place)[:_WITNESSES], members[:_WITNESSES])


def _siblings(links: Links, place: int) -> list[int]:
    return [other for other in links.members[links.side(place)] if other != place]


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


def _proposed(
    links: Links, lost: list[int], features_of: FeaturesOf, known: KnownPairs
) -> Iterator[None]:
    """Compare those that are like no sibling with the sides that look alike as a whole."""
    vectors: list[NDArray[np.float16]] = []
    for each in links.references:
        vectors.append(_direction(features_of(each).vectors))
        yield None
    if not vectors[0].size:  # no network: nothing is proposed
        return
    table = np.stack(vectors)
    for place in lost:
        order = np.argsort(-(table @ table[place]).astype(np.float32), kind="stable")
        sides = dict.fromkeys(links.side(int(other)) for other in order)
        sides.pop(links.side(place))
        for side in list(sides)[:_PROPOSED]:
            yield from links.look_again(_of_side(links, place, side), features_of, known)


def _direction(vectors: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return the mean of some embeddings at unit length."""
    if not vectors.size:
        return np.zeros(0, np.float16)
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(1e-9, float(np.linalg.norm(mean))), np.float16)
