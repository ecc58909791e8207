"""Prints what the limits of the gallery check rest on: how drawn photos are like each other.

`python -m tests.benchmarks.check_limits [PRODUCTS]`. Each photo is looked at among its siblings,
and once more among the photos of four sides of other products, as if it had been filed there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.drawn_gallery import drawn
from tests.vision.samples import features_of, reference_of
from vision.check.links import matches, same_print, shares_print
from vision.check.misplaced import STRANGE
from vision.check.pairs import Pair, compare_references
from vision.check.words_index import Vocabulary, WordsIndex

if TYPE_CHECKING:
    from vision import Reference

_FOLDER = Path(tempfile.gettempdir()) / "touchstone-check" / "drawn"
_INDEXED = 400  # as vision.check.neighbours has it
_HOSTS = 4
_SEED = 1


@dataclass(frozen=True)
class Among:
    """A photo among those of a side: whether it is kin to one, and what looks more like it."""

    kin: bool
    before: float


def main() -> None:
    """Draw, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int, nargs="?", default=24)
    study = Study(parser.parse_args().products)
    for name, found in (("siblings", study.at_home()), ("strangers", study.among_strangers())):
        kin = np.mean([each.kin for each in found])
        strange = np.mean([each.before > STRANGE for each in found])
        sys.stdout.write(
            f"among {name}: {len(found)} photos, {kin:.1%} have something in common with one, "
            f"{strange:.1%} look more like others\n"
        )
    for name, pairs in study.by_relation().items():
        shares = [
            np.mean([of(pair) for pair in pairs]) for of in (shares_print, matches, same_print)
        ]
        sys.stdout.write(
            f"{name}: {len(pairs)} pairs; something in common {shares[0]:.1%}, "
            f"matching {shares[1]:.1%}, the same print {shares[2]:.1%}\n"
        )


class Study:
    """A drawn gallery with all that is asked of it."""

    def __init__(self, products: int) -> None:
        self.references: list[Reference] = [
            reference_of(file, product, side) for file, product, side in drawn(_FOLDER, products)
        ]
        self._features = [features_of(each) for each in self.references]
        parts = [each.local.first(_INDEXED).descriptors for each in self._features]
        vocabulary = Vocabulary(parts)
        index = WordsIndex([vocabulary.words(part) for part in parts], vocabulary.branch**2)
        self._likeness = np.array([index.likeness(at) for at in range(len(parts))])
        self._side = [(each.product, each.side) for each in self.references]
        self._pair = cache(self._compared)

    def at_home(self) -> list[Among]:
        """Every photo among its siblings."""
        return [self._among(at, side) for at, side in enumerate(self._side)]

    def among_strangers(self) -> list[Among]:
        """Every photo among those of sides of other products, its own left out."""
        rng = np.random.default_rng(_SEED)
        sides = sorted(set(self._side))
        found = []
        for at, (product, _) in enumerate(self._side):
            others = [side for side in sides if side[0] != product]
            for number in rng.choice(len(others), _HOSTS, replace=False):
                found.append(self._among(at, others[number]))
        return found

    def by_relation(self) -> dict[str, list[Pair]]:
        """All pairs of one product, and of each photo with the most alike of other products."""
        found: dict[str, list[Pair]] = {"siblings": [], "front and back": [], "strangers": []}
        for one, side in enumerate(self._side):
            order = np.argsort(-self._likeness[one])
            strangers = [int(at) for at in order if self._side[at][0] != side[0]][:_HOSTS]
            found["strangers"] += [self._pair(one, two) for two in strangers]
            for two in range(one + 1, len(self._side)):
                if self._side[two][0] == side[0]:
                    relation = "siblings" if self._side[two] == side else "front and back"
                    found[relation].append(self._pair(one, two))
        return found

    def _among(self, at: int, host: tuple[str, str]) -> Among:
        there = [n for n, side in enumerate(self._side) if side == host and n != at]
        own = {side for side in self._side if side[0] == self._side[at][0]}
        gone = {host} if host in own else own | {host}
        rest = [n for n, side in enumerate(self._side) if side not in gone]
        likeness = self._likeness[at]
        kin = any(shares_print(self._pair(at, other)) for other in there)
        return Among(kin, float((likeness[rest] > likeness[there].max()).mean()))

    def _compared(self, one: int, two: int) -> Pair:
        return compare_references(self._features[one], self._features[two])


if __name__ == "__main__":
    main()
