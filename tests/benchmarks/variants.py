"""Prints how well a photo tells its own product from near variants of the same brand.

`python -m tests.benchmarks.variants [FAMILIES]`, on drawn families as a shop has them. For each
photo and each other product of its family: how many times as much agrees with that product as with
its siblings. The same figures, upside down, are those of a photo that was filed there by mistake.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np

from tests.benchmarks.drawn_families import drawn_families
from tests.vision.samples import features_of, reference_of
from vision.check.links import matches, same_print, shares_print
from vision.check.misplaced import MUCH_STRONGER, strength
from vision.check.pairs import Pair, compare_references

_FOLDER = Path(tempfile.gettempdir()) / "touchstone-check" / "families"


def main() -> None:
    """Draw, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", type=int, nargs="?", default=20)
    references = [
        reference_of(*row) for row in drawn_families(_FOLDER, parser.parse_args().families)
    ]
    features = [features_of(each) for each in references]

    @cache
    def pair(one: int, two: int) -> Pair:
        return compare_references(features[one], features[two], patient=True)

    members: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(references):
        members[each.product].append(place)
    ahead, kin = [], []
    own_pairs: list[Pair] = []
    other_pairs: list[Pair] = []
    for product, places in members.items():
        others = [name for name in members if name != product and _family(name) == _family(product)]
        for place in places:
            here = [pair(*sorted((place, other))) for other in places if other != place]
            kin.append(any(map(shares_print, here)))
            own_pairs += here
            for name in others:
                there = [pair(*sorted((place, other))) for other in members[name]]
                other_pairs += there
                ahead.append((strength(there) + 1.0) / (strength(here) + 1.0))
    _print(np.array(ahead), kin, {"siblings": own_pairs, "variants": other_pairs})


def _family(product: str) -> str:
    return product.rsplit("-", 1)[0]


def _print(ahead: np.ndarray, kin: list[bool], pairs: dict[str, list[Pair]]) -> None:
    write = sys.stdout.write
    write(f"{len(kin)} photos, {np.mean(kin):.1%} have something in common with a sibling\n")
    for name, some in pairs.items():
        shares = [
            np.mean([of(each) for each in some]) for of in (shares_print, matches, same_print)
        ]
        write(
            f"{name}: {len(some)} pairs; something in common {shares[0]:.1%}, "
            f"matching {shares[1]:.1%}, the same print {shares[2]:.1%}\n"
        )
    for limit in (1.0, 1.5, MUCH_STRONGER, 2.0):
        write(
            f"a variant agrees {limit:.1f} times better: {np.mean(ahead >= limit):.1%} of "
            f"{len(ahead)}; the photo's own product does, were it filed under the variant: "
            f"{np.mean(ahead <= 1 / limit):.1%}\n"
        )


if __name__ == "__main__":
    main()
