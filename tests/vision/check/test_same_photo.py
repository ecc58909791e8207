"""Groups of references that are one photo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vision.check.hand_made import COPY, SAME, filed, linked
from vision.check.flaws import FlawKind, Mend
from vision.check.same_photo import ALIKE, is_same_photo, near_duplicates


@pytest.mark.parametrize(
    "change", [{"strain": 1.5}, {"alike": 0.4}, {"overlap": 0.3}, {"agreed": 10}]
)
def test_each_doubt_alone_acquits(change: dict[str, float]) -> None:
    assert is_same_photo(COPY)
    assert not is_same_photo(replace(COPY, **change))


def test_copies_are_one_group_with_its_weakest_likeness() -> None:
    weaker = replace(COPY, alike=0.85)
    pairs = {(0, 1): COPY, (1, 3): weaker, (0, 2): SAME}
    [flaw] = near_duplicates(linked(filed(*["tea/front"] * 4), pairs))
    assert (flaw.kind, flaw.mend) == (FlawKind.NEAR_DUPLICATE, Mend.KEEP_ONE)
    assert flaw.references == ("0", "1", "3")
    assert (flaw.measured, flaw.limit) == (0.85, ALIKE)


def test_groups_that_meet_late_become_one() -> None:
    pairs = {(0, 1): COPY, (2, 3): COPY, (1, 3): COPY}
    [flaw] = near_duplicates(linked(filed(*["tea/front"] * 4), pairs))
    assert flaw.references == ("0", "1", "2", "3")


def test_copies_under_two_products_are_told_too() -> None:
    [flaw] = near_duplicates(linked(filed("tea/front", "oil/front"), {(0, 1): COPY}))
    assert flaw.references == ("0", "1")


def test_equal_files_are_left_to_the_exact_check() -> None:
    references = filed("tea/front", "tea/back")
    references[1] = replace(references[1], sha256=references[0].sha256)
    assert list(near_duplicates(linked(references, {(0, 1): COPY}))) == []
