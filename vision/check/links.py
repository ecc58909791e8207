"""All comparisons of a gallery's references among each other, and what counts as a link."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vision.check.neighbours import SIBLINGS
from vision.check.pairs import Pair, compare_references
from vision.prepared import reference_key
from vision.threads import one_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vision.check.known_pairs import KnownPairs
    from vision.check.neighbours import Neighbours
    from vision.features import ReferenceFeatures
    from vision.terms import Reference

Side = tuple[str, str]

_IN_MEMORY = 512  # references whose features stay while pairs are compared
_WORKERS = 2

# Set on 192 photos of drawn products, a quarter taken carelessly, a fifth with another product
# beside (tests/benchmarks/check_limits.py).
KIN, _SHARE = 12, 0.3  # point pairs that agree, and of those found: every photo has a sibling that
# reaches both; of photos filed among strangers, 8 % find such a one
_COVERED, _ASIDE, _AGREEING = 0.06, 0.1, 0.5  # pass: siblings 91 %, front and back 2 %, the most
# alike strangers 6 %


def shares_print(pair: Pair) -> bool:
    """Tell whether two references have something in common, if only a badge or a neighbour."""
    return pair.agreed >= max(KIN, _SHARE * pair.paired)


def shares_middle(pair: Pair) -> bool:
    """Tell whether what two references have in common is in the middle of both.

    Photos of one shelf share what stands behind: that makes none a sibling of the other.
    """
    return shares_print(pair) and pair.aside <= _ASIDE


def matches(pair: Pair) -> bool:
    """Tell whether more than a badge is common, and agrees when it is laid on each other."""
    return shares_print(pair) and pair.covered >= _COVERED and pair.agreeing >= _AGREEING


def same_print(pair: Pair) -> bool:
    """Tell whether both are of the same print: what is common is in the middle of both.

    A neighbour in the photo lies aside, and so does what a front shares with its back.
    """
    return matches(pair) and pair.aside <= _ASIDE


class Links:
    """What is known of pairs of references, by their place in a list.

    Args:
        references: readable ones that are fit.
        neighbours: theirs.
    """

    def __init__(self, references: Sequence[Reference], neighbours: Neighbours) -> None:
        self.references = references
        self._keys = [reference_key(each) for each in references]
        self.neighbours = neighbours
        self.pairs: dict[tuple[int, int], Pair] = {}
        self.partners: defaultdict[int, set[int]] = defaultdict(set)
        self.members: defaultdict[Side, list[int]] = defaultdict(list)
        self._sides_of: defaultdict[str, set[str]] = defaultdict(set)
        for place, each in enumerate(references):
            self.members[each.product, each.side].append(place)
            self._sides_of[each.product].add(each.side)

    def side(self, place: int) -> Side:
        """Return the product and side under which a reference is filed."""
        return self.references[place].product, self.references[place].side

    def pair(self, one: int, two: int) -> Pair | None:
        """Return what was found of two references, None where they were not compared."""
        return self.pairs.get((min(one, two), max(one, two)))

    def compare(
        self, features_of: Callable[[Reference], ReferenceFeatures], known: KnownPairs
    ) -> Iterator[None]:
        """Compare every reference with its neighbours; two ticks for each."""
        kept = lru_cache(maxsize=_IN_MEMORY)(features_of)

        def compared(key: tuple[int, int]) -> Pair:
            names = self._keys[key[0]], self._keys[key[1]]
            found = known.get(*names)
            if found is None:
                first, second = (kept(self.references[place]) for place in key)
                found = compare_references(first, second)
                known.put(*names, found)
            return found

        def compare_all(place: int, others: Iterable[int]) -> None:
            keys = {(min(place, other), max(place, other)) for other in others} - self.pairs.keys()
            wanted = sorted(keys)
            for key, pair in zip(wanted, pool.map(compared, wanted), strict=True):
                self._note(*key, pair)

        with one_each(), ThreadPoolExecutor(_WORKERS, thread_name_prefix="pairs") as pool:
            for place in range(len(self.references)):
                row = [*self.neighbours.siblings[place], *self.neighbours.others[place]]
                compare_all(place, [int(other) for other in row if other >= 0])
                yield
            for place in range(len(self.references)):
                sides = self._likely_sides(place)
                compare_all(place, [n for side in sides for n in self.members[side][:SIBLINGS]])
                yield

    def look_again(
        self,
        pairs: Iterable[tuple[int, int]],
        features_of: Callable[[Reference], ReferenceFeatures],
        known: KnownPairs,
    ) -> Iterator[None]:
        """Compare pairs once more, with all features; what agrees better counts from then on."""
        kept = lru_cache(maxsize=_IN_MEMORY)(features_of)
        for one, two in pairs:
            before = self.pair(one, two)
            if one == two or (before is not None and before.patient):
                continue
            key = (min(one, two), max(one, two))
            names = self._keys[key[0]], self._keys[key[1]]
            found = known.get(*names)
            if found is None or not found.patient:
                first, second = (kept(self.references[place]) for place in key)
                found = compare_references(first, second, patient=True)
                if before is not None and before.agreed > found.agreed:
                    found = replace(before, patient=True)
                known.put(*names, found)
            self._note(*key, found)
            yield

    def _note(self, one: int, two: int, pair: Pair) -> None:
        self.pairs[one, two] = pair
        self.partners[one].add(two)
        self.partners[two].add(one)

    def _likely_sides(self, place: int) -> list[Side]:
        """Return where else a reference may belong: other sides of its product are mixed up most.

        And sides of which one has something in common with it: do all of that side?
        """
        product = self.references[place].product
        found = {(product, side) for side in self._sides_of[product]}
        for other in self.partners[place]:
            pair = self.pair(place, other)
            if pair is not None and shares_print(pair):
                found.add(self.side(other))
        return sorted(found - {self.side(place)})
