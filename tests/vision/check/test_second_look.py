"""Which references are looked at once more, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.check.hand_made import BADGE, NOTHING, SAME, all_alike, filed, linked
from vision.check import links as links_module
from vision.check.known_pairs import KnownPairs
from vision.check.misplaced import Placing
from vision.check.second_look import doubtful, second_look, worth_a_look

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.check.links import Links
    from vision.check.pairs import Pair

_TEA, _OIL = "tea/front", "oil/front"
_FILED = (*[_TEA] * 4, *[_OIL] * 3)


class _Features(str):
    """An id with an embedding: that of its product, so that a product looks like itself."""

    __slots__ = ()

    @property
    def vectors(self) -> NDArray[np.float32]:
        return np.eye(2, dtype=np.float32)[[int(int(self) >= 4)]]


class _Patience:
    """Says what a patient look finds, and remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, str]] = []
        self.truth: dict[tuple[str, str], Pair] = {}
        monkeypatch.setattr(links_module, "compare_references", self._compare)

    def _compare(self, one: str, two: str, *, patient: bool) -> Pair:
        assert patient
        self.asked.append((one, two))
        return replace(self.truth.get((one, two), NOTHING), patient=True)

    def look(self, links: Links, known: KnownPairs | None = None) -> int:
        known = known or KnownPairs(None)
        return len(list(second_look(links, lambda reference: _Features(reference.id), known)))


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> _Patience:
    return _Patience(monkeypatch)


def test_in_a_gallery_that_holds_together_nothing_is_compared_again(patience: _Patience) -> None:
    assert patience.look(linked(filed(*_FILED), all_alike(range(4), range(4, 7)))) == 0
    assert patience.asked == []


def test_doubtful_are_those_without_kin_and_those_with_a_better_place() -> None:
    links = linked(filed(*[_TEA] * 5, *[_OIL] * 3), all_alike(range(3), [4, 5, 6, 7]))
    assert doubtful(links, Placing(links)) == [3, 4]


def test_one_that_is_alone_on_its_side_is_not_doubtful() -> None:
    links = linked(filed(_TEA, *[_OIL] * 3), all_alike(range(1, 4)))
    assert doubtful(links, Placing(links)) == []


def test_a_patient_look_finds_the_siblings_that_a_hasty_one_missed(patience: _Patience) -> None:
    links = linked(filed(*_FILED), all_alike(range(3), range(4, 7)))
    patience.truth["0", "3"] = SAME
    patience.look(links)
    placing = Placing(links)
    placing.settle()
    assert list(placing.flaws()) == []


def test_a_patient_look_finds_where_it_belongs(patience: _Patience) -> None:
    links = linked(filed(*_FILED), all_alike(range(3), range(4, 7)))
    patience.truth.update({("3", "4"): SAME, ("3", "6"): SAME})
    patience.look(links)
    placing = Placing(links)
    placing.settle()
    [flaw] = placing.flaws()
    assert (flaw.references, flaw.elsewhere) == (("3",), ("oil", "front"))


def test_what_agreed_better_at_first_stays(patience: _Patience) -> None:
    links = linked(filed(*_FILED), all_alike(range(3), range(4, 7)) | {(3, 4): BADGE})
    patience.look(links)
    assert links.pair(3, 4) == replace(BADGE, patient=True)


def test_siblings_are_compared_with_a_side_that_has_something_in_common() -> None:
    links = linked(filed(*_FILED), all_alike(range(3), range(4, 7)) | {(3, 4): BADGE})
    wanted = set(worth_a_look(links, 3))
    assert {(3, 0), (3, 4), (3, 6), (0, 4), (2, 6)} <= wanted


def test_a_patient_pair_is_known_from_then_on(patience: _Patience) -> None:
    known = KnownPairs(None)
    for _ in range(2):
        patience.look(linked(filed(*_FILED), all_alike(range(3), range(4, 7))), known)
    assert len(patience.asked) == len(set(patience.asked)) > 0
