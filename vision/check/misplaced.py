"""References that stand in the wrong place: under another product, another side, or nowhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from vision.check.flaws import Flaw, FlawKind, Mend
from vision.check.links import KIN, matches, same_print, shares_middle, shares_print

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vision.check.links import Links, Side
    from vision.check.pairs import Pair

FOREIGN_SHARE = 0.4  # of another side's references that must match
LOST_MATCHES = 2  # references of another side that suffice, where no sibling has anything in common
WELL_KNOWN = 2 * KIN  # point pairs by which one of these two may do with less than the same print,
# where no third side shows it (seen on real cartons and covers that were missed before)
STRONGER = 0.8  # times as much agrees there as with siblings, where few of these match
# The same between near variants, and where as many siblings match. Of drawn variants photographed
# in a shop one photo in a hundred agrees 1.5 times better with another variant, of those filed
# there by mistake 80 % (tests/benchmarks/variants.py).
MUCH_STRONGER = 1.7
VARIANT_SHARE = 0.25  # how often two sides have something in common, as a share of how often
# siblings have, from which they are near variants: 90 % of drawn ones are, and one in four others
_FEWEST_PAIRS = 4  # of two sides, below which that share tells nothing
_BY_CHANCE = 8.0  # point pairs that agree between photos of no common print
CONFLICTING_SHARE = 0.5  # of the pairs of two products
_SHOWN_BESIDE = 3

# Share of the other sides' references that are more alike than the nearest sibling: above it for
# 4 % of drawn photos among their siblings, 92 % of those among strangers (check_limits.py).
STRANGE = 0.02
_CROWD = 20  # references of other sides, below which that share tells nothing


@dataclass(frozen=True, slots=True)
class _Move:
    """A reference that belongs elsewhere; `share` of the references there match it."""

    place: int
    to: Side
    share: float
    ahead: float  # how many times as many point pairs agree there as with its siblings


class Placing:
    """Where references belong; what is found misplaced counts where it belongs from then on."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._members = {side: list(places) for side, places in links.members.items()}
        self._side = [links.side(place) for place in range(len(links.references))]
        self.moved: dict[int, _Move] = {}

    def has_better(self, place: int) -> bool:
        """Tell whether a reference seems to belong elsewhere."""
        return self._best_move(place) is not None

    def settle(self) -> None:
        """Move what belongs elsewhere, the clearest first, until nothing does."""
        waiting = {
            place: move for place in range(len(self._side)) if (move := self._best_move(place))
        }
        while waiting:
            move = max(waiting.values(), key=lambda m: (m.ahead, m.share, -m.place))
            touched = self._touched(move)
            self._members[self._side[move.place]].remove(move.place)
            self._members[move.to].append(move.place)
            self._side[move.place] = move.to
            self.moved[move.place] = move
            waiting.pop(move.place)
            for place in touched & waiting.keys():
                again = self._best_move(place)
                if again is None:
                    del waiting[place]
                else:
                    waiting[place] = again

    def flaws(self) -> Iterator[Flaw]:
        """Name what is misplaced, then what belongs nowhere, then sides that are one and the same.

        Call it when all is settled.
        """
        for place, move in sorted(self.moved.items()):
            yield self._misplaced(place, move)
        for place in range(len(self._side)):
            if place not in self.moved and self._is_stray(place):
                yield self._outlier(place)
        yield from self._conflicts()

    def _touched(self, move: _Move) -> set[int]:
        old = self._side[move.place]
        return {p for side in (old, move.to) for p in self._members[side]} | set(
            self._links.partners[move.place]
        )

    def _best_move(self, place: int) -> _Move | None:
        own = self._side[place]
        if len(self._members[own]) < 2:  # alone: which of two sides is wrong, nobody can say
            return None
        sides = {self._side[other] for other in self._links.partners[place]} - {own}
        moves = [m for side in sorted(sides) if (m := self._move(place, side)) is not None]
        return max(moves, key=lambda m: (m.ahead, m.share), default=None)

    def _move(self, place: int, to: Side) -> _Move | None:
        """Return the move to a side that matches much better than the siblings do.

        A reference that has nothing in common with its siblings may match aside of its middle.
        """
        here, there = self._pairs(place, self._side[place]), self._pairs(place, to)
        is_link = same_print if any(map(shares_print, here)) else matches
        own, foreign = _share(here, is_link), _share(there, is_link)
        is_lost = not any(map(shares_middle, here))
        if foreign < FOREIGN_SHARE and not (is_lost and self._is_told(place, to, there)):
            return None
        if self._are_variants(place, to):
            ahead, needed = strength(there) / (_BY_CHANCE + strength(here)), MUCH_STRONGER
        else:
            found = [pair for pair in there if is_link(pair)] if is_lost else there
            ahead = strength(found) / max(1.0, strength(here))
            needed = STRONGER if own <= foreign / 2 else MUCH_STRONGER
        return _Move(place, to, foreign, ahead) if ahead >= needed else None

    def _is_told(self, place: int, to: Side, there: list[Pair]) -> bool:
        """Tell whether few references of a side suffice for one that is like no sibling."""
        if _count(there) >= LOST_MATCHES:
            return True
        near = sum(pair.agreed >= WELL_KNOWN for pair in there)
        return _count(there) > 0 and near >= LOST_MATCHES and self._shown_by(place) == {to}

    def _shown_by(self, place: int) -> set[Side]:
        """Return the sides of which some reference shows the same print."""
        sides = {self._side[other] for other in self._links.partners[place]}
        return {side for side in sides if _count(self._pairs(place, side))}

    def _are_variants(self, place: int, to: Side) -> bool:
        """Tell whether the siblings of a reference have much in common with that side too."""
        siblings = [other for other in self._members[self._side[place]] if other != place]
        across = self._known_pairs(product(siblings, self._members[to]))
        within = self._known_pairs(combinations(siblings, 2))
        usual, share = _share(within, shares_middle), _share(across, shares_middle)
        return len(across) >= _FEWEST_PAIRS and usual > 0 and share >= VARIANT_SHARE * usual

    def _known_pairs(self, places: Iterable[tuple[int, int]]) -> list[Pair]:
        found = (self._links.pair(one, two) for one, two in places)
        return [pair for pair in found if pair is not None]

    def _pairs(self, place: int, side: Side) -> list[Pair]:
        """Return all that is known of a reference and those of a side.

        Copies are left out: a copy agrees with itself wherever it is filed.
        """
        links = self._links
        sha256 = links.references[place].sha256
        found = []
        for other in self._members[side]:
            pair = links.pair(place, other) if other != place else None
            if pair is not None and links.references[other].sha256 != sha256:
                found.append(pair)
        return found

    def _is_stray(self, place: int) -> bool:
        """Tell whether a reference is like none of its siblings, though these are alike.

        Geometry and likeness must both say so: a bent thing photographed askew fits no plane.
        """
        links, side = self._links, self._side[place]
        siblings = [other for other in self._members[side] if other != place]
        if len(siblings) < 2 or any(map(shares_print, self._pairs(place, side))):
            return False
        is_crowd = len(self._side) - len(self._members[side]) >= _CROWD
        if is_crowd and links.neighbours.before[place] <= STRANGE:
            return False
        among = (links.pair(one, two) for one, two in combinations(siblings, 2))
        return any(pair is not None and shares_print(pair) for pair in among)

    def _misplaced(self, place: int, move: _Move) -> Flaw:
        reference = self._links.references[place]
        is_side = move.to[0] == reference.product
        return Flaw(
            FlawKind.WRONG_SIDE if is_side else FlawKind.WRONG_PRODUCT,
            reference.product,
            reference.side,
            (reference.id,),
            Mend.MOVE,
            measured=move.share,
            limit=FOREIGN_SHARE,
            beside=self._ids(self._links.members[move.to], without=place),
            elsewhere=move.to,
        )

    def _outlier(self, place: int) -> Flaw:
        reference = self._links.references[place]
        side = self._side[place]
        nearest = max((pair.agreed for pair in self._pairs(place, side)), default=0)
        return Flaw(
            FlawKind.OUTLIER,
            *side,
            (reference.id,),
            Mend.LOOK,
            measured=float(nearest),
            limit=float(KIN),
            beside=self._ids(self._members[side], without=place),
        )

    def _conflicts(self) -> Iterator[Flaw]:
        """Name sides of two products of which half the compared pairs show the same print."""
        compared: Counter[tuple[Side, Side]] = Counter()
        matched: defaultdict[tuple[Side, Side], list[tuple[int, int]]] = defaultdict(list)
        for places, pair in self._links.pairs.items():
            first, second = sorted(places, key=lambda place: self._side[place])
            sides = self._side[first], self._side[second]
            if sides[0][0] != sides[1][0]:
                compared[sides] += 1
                if same_print(pair):
                    matched[sides].append((first, second))
        for (one, two), pairs in sorted(matched.items()):
            share = len(pairs) / compared[one, two]
            if share >= CONFLICTING_SHARE:
                yield Flaw(
                    FlawKind.CONFLICT,
                    *one,
                    self._ids(sorted({first for first, _ in pairs})),
                    Mend.TELL_APART,
                    measured=share,
                    limit=CONFLICTING_SHARE,
                    beside=self._ids(sorted({second for _, second in pairs})),
                    elsewhere=two,
                )

    def _ids(self, places: list[int], without: int = -1) -> tuple[str, ...]:
        shown = [place for place in places if place != without][:_SHOWN_BESIDE]
        return tuple(self._links.references[place].id for place in shown)


def strength(pairs: list[Pair]) -> float:
    """Return how many point pairs agree with the middle one of some references.

    They count as far as the texture there goes the same way, which near variants do not.
    """
    return float(np.median([pair.agreed * pair.agreeing for pair in pairs])) if pairs else 0.0


def _count(pairs: list[Pair]) -> int:
    return sum(map(same_print, pairs))


def _share(pairs: list[Pair], is_link: Callable[[Pair], bool]) -> float:
    return sum(map(is_link, pairs)) / len(pairs) if pairs else 0.0
