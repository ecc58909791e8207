"""Which pairs of a gallery are compared, and that none is compared twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.check.hand_made import BADGE, NOTHING, SAME, filed
from vision.check import links as links_module
from vision.check.known_pairs import KnownPairs
from vision.check.links import Links
from vision.check.neighbours import OTHERS, SIBLINGS, Neighbours
from vision.prepared import reference_key

if TYPE_CHECKING:
    from vision.check.pairs import Pair
    from vision.terms import Reference

_FILED = ("tea/front", "tea/front", "tea/back", "oil/front", "oil/front", "ink/front")
_ALONE = ("ink/front", "oil/front", "tea/front")
_CORNERS = ((10.0, 10.0), (90.0, 12.0), (88.0, 70.0), (12.0, 70.0))


class _Desk:
    """Says of two references what a test wants, and remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, str]] = []
        self.truth: dict[tuple[str, str], Pair] = {}
        monkeypatch.setattr(links_module, "compare_references", self._compare)

    def _compare(self, one: str, two: str, *, patient: bool = False) -> Pair:
        self.asked.append((one, two))
        return replace(self.truth.get((one, two), NOTHING), patient=patient)

    def compared(
        self, references: list[Reference], others: dict[int, list[int]], known: KnownPairs
    ) -> Links:
        count = len(references)
        siblings = np.full((count, SIBLINGS), -1, np.int32)
        foreign = np.full((count, OTHERS), -1, np.int32)
        for place, row in others.items():
            foreign[place, : len(row)] = row
        links = Links(references, Neighbours(siblings, foreign, np.zeros(count, np.float32)))
        assert len(list(links.compare(lambda reference: reference.id, known))) == 2 * count
        return links


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> _Desk:
    return _Desk(monkeypatch)


def test_neighbours_and_other_sides_of_the_product_are_compared_once(desk: _Desk) -> None:
    links = desk.compared(filed(*_FILED), {0: [3], 3: [0]}, KnownPairs(None))
    assert sorted(desk.asked) == [("0", "2"), ("0", "3"), ("1", "2")]
    assert links.pair(3, 0) == links.pair(0, 3) == NOTHING
    assert links.pair(0, 5) is None
    assert links.partners[0] == {2, 3}


def test_where_one_has_something_in_common_all_of_its_side_are_compared(desk: _Desk) -> None:
    desk.truth["0", "3"] = BADGE
    desk.compared(filed(*_FILED), {0: [3]}, KnownPairs(None))
    assert ("0", "4") in desk.asked
    assert not [pair for pair in desk.asked if "5" in pair]


def test_known_pairs_are_not_compared_again(desk: _Desk) -> None:
    known = KnownPairs(None)
    references = filed(*_ALONE)
    known.put(references[1].sha256, references[0].sha256, SAME)
    links = desk.compared(references, {0: [1]}, known)
    assert desk.asked == []
    assert links.pair(0, 1) == SAME


def test_what_is_compared_is_known_from_then_on(desk: _Desk) -> None:
    known = KnownPairs(None)
    references = filed(*_ALONE)
    desk.compared(references, {0: [1, 2]}, known)
    desk.compared(references, {0: [1, 2]}, known)
    assert sorted(desk.asked) == [("0", "1"), ("0", "2")]


def test_a_cropped_reference_is_compared_anew_and_one_given_back_whole_is_not(desk: _Desk) -> None:
    known = KnownPairs(None)
    whole = filed(*_ALONE)
    cropped = [whole[0], replace(whole[1], corners=_CORNERS), whole[2]]
    assert desk.compared(whole, {0: [1]}, known).pair(0, 1) == NOTHING
    desk.truth["0", "1"] = SAME
    assert desk.compared(cropped, {0: [1]}, known).pair(0, 1) == SAME
    assert desk.compared(whole, {0: [1]}, known).pair(0, 1) == NOTHING
    assert desk.compared(cropped, {0: [1]}, known).pair(0, 1) == SAME
    assert len(desk.asked) == 2


def test_a_second_look_at_a_cropped_reference_is_kept_by_its_corners(desk: _Desk) -> None:
    known = KnownPairs(None)
    whole = filed(*_ALONE)
    cropped = [whole[0], replace(whole[1], corners=_CORNERS), whole[2]]
    patient = replace(SAME, patient=True)
    known.put(whole[0].sha256, whole[1].sha256, replace(NOTHING, patient=True))
    desk.truth["0", "1"] = SAME
    links = desk.compared(cropped, {}, known)
    for _ in links.look_again([(0, 1)], lambda reference: reference.id, known):
        pass
    assert links.pair(0, 1) == patient
    assert known.get(reference_key(cropped[1]), whole[0].sha256) == patient
    assert known.get(whole[1].sha256, whole[0].sha256) == replace(NOTHING, patient=True)
