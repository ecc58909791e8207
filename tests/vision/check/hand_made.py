"""Links between references as a test says they are, without any picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vision.check.links import Links
from vision.check.neighbours import OTHERS, SIBLINGS, Neighbours
from vision.check.pairs import Pair
from vision.terms import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SAME = Pair(
    agreed=90,
    paired=120,
    covered=0.5,
    aside=-0.2,
    agreeing=0.9,
    strain=20.0,
    alike=0.2,
    overlap=0.9,
)
BADGE = replace(SAME, agreed=30, paired=60, covered=0.02, aside=0.3)
NOTHING = Pair(paired=20)
COPY = replace(SAME, agreed=200, paired=220, strain=0.0, alike=0.95)


def filed(*sides: str) -> list[Reference]:
    """References, one for each word: `tea/front` is a product and a side; ids are numbers."""
    found = []
    for number, name in enumerate(sides):
        product, side = name.split("/")
        found.append(Reference(str(number), product, side, f"{number:064x}", "nowhere.png"))
    return found


def linked(
    references: list[Reference],
    pairs: Mapping[tuple[int, int], Pair],
    *,
    strange: Iterable[int] = (),
) -> Links:
    """Links in which all other pairs were compared too and have nothing in common.

    `strange` are the places that look more like others than like their siblings.
    """
    count = len(references)
    before = np.zeros(count, np.float32)
    before[list(strange)] = 0.5
    nobody = np.full((count, SIBLINGS), -1, np.int32), np.full((count, OTHERS), -1, np.int32)
    links = Links(references, Neighbours(*nobody, before))
    for one in range(count):
        for two in range(one + 1, count):
            links.pairs[one, two] = pairs.get((one, two), NOTHING)
            links.partners[one].add(two)
            links.partners[two].add(one)
    return links


def all_alike(*groups: Iterable[int]) -> dict[tuple[int, int], Pair]:
    """Pairs of which every two of one group show the same print."""
    found = {}
    for group in groups:
        places = sorted(group)
        for at, one in enumerate(places):
            found.update({(one, two): SAME for two in places[at + 1 :]})
    return found
