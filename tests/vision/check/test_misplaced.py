"""Where references belong, told from links whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.vision.check.hand_made import BADGE, SAME, all_alike, filed, linked
from vision.check.flaws import Flaw, FlawKind, Mend
from vision.check.misplaced import Placing

if TYPE_CHECKING:
    from vision.check.links import Links

_TEA, _TEA_BACK, _OIL = "tea/front", "tea/back", "oil/front"


def _flaws(links: Links) -> list[Flaw]:
    placing = Placing(links)
    placing.settle()
    return list(placing.flaws())


def test_sides_that_hold_together_have_no_flaw() -> None:
    references = filed(*[_TEA] * 3, *[_TEA_BACK] * 3, *[_OIL] * 3)
    assert _flaws(linked(references, all_alike(range(3), range(3, 6), range(6, 9)))) == []


def test_a_reference_of_another_product_is_sent_there() -> None:
    references = filed(*[_TEA] * 4, *[_OIL] * 3)
    [flaw] = _flaws(linked(references, all_alike(range(3), [3, 4, 5, 6])))
    assert (flaw.kind, flaw.mend) == (FlawKind.WRONG_PRODUCT, Mend.MOVE)
    assert (flaw.references, flaw.elsewhere) == (("3",), ("oil", "front"))
    assert (flaw.product, flaw.side) == ("tea", "front")
    assert flaw.beside == ("4", "5", "6")
    assert flaw.measured == 1.0


def test_a_back_among_fronts_is_a_wrong_side() -> None:
    references = filed(*[_TEA] * 4, *[_TEA_BACK] * 3)
    [flaw] = _flaws(linked(references, all_alike(range(3), [3, 4, 5, 6])))
    assert (flaw.kind, flaw.elsewhere) == (FlawKind.WRONG_SIDE, ("tea", "back"))


def test_two_that_were_exchanged_are_both_found() -> None:
    references = filed(*[_TEA] * 4, *[_TEA_BACK] * 4)
    found = _flaws(linked(references, all_alike([0, 1, 2, 7], [3, 4, 5, 6])))
    assert [(flaw.references, flaw.elsewhere) for flaw in found] == [
        (("3",), ("tea", "back")),
        (("7",), ("tea", "front")),
    ]


def test_two_of_three_in_the_wrong_place_are_found_and_the_right_one_is_left() -> None:
    references = filed(*[_TEA] * 3, *[_OIL] * 3)
    found = _flaws(linked(references, all_alike([1, 2, 3, 4, 5])))
    assert [flaw.references for flaw in found] == [("1",), ("2",)]


def test_a_shared_badge_moves_nothing() -> None:
    references = filed(*[_TEA] * 3, *[_OIL] * 3)
    badges = {(one, two): BADGE for one in range(3) for two in range(3, 6)}
    assert _flaws(linked(references, badges | all_alike(range(3), range(3, 6)))) == []


def test_of_near_variants_the_one_that_matches_far_better_wins() -> None:
    references = filed(*[_TEA] * 4, *[_OIL] * 3)
    faint = replace(SAME, agreed=SAME.agreed // 3, paired=80)
    pairs = all_alike(range(3), [3, 4, 5, 6]) | {(n, 3): faint for n in range(3)}
    [flaw] = _flaws(linked(references, pairs))
    assert (flaw.references, flaw.elsewhere) == (("3",), ("oil", "front"))


def test_a_neighbour_in_the_photo_moves_it_only_where_nothing_else_is_there() -> None:
    references = filed(*[_TEA] * 4, *[_OIL] * 3)
    aside = {(3, n): replace(SAME, aside=0.3) for n in (4, 5, 6)}
    others = all_alike(range(3), [4, 5, 6]) | aside
    [flaw] = _flaws(linked(references, others))
    assert flaw.kind is FlawKind.WRONG_PRODUCT
    assert _flaws(linked(references, others | {(0, 3): BADGE})) == []


def test_a_photo_is_not_moved_to_a_variant_that_agrees_little_better() -> None:
    """Few siblings match a careless photo; that another sort matches it better says little."""
    references = filed(*[_TEA] * 4, *[_OIL] * 4)
    hazy = {(n, 3): replace(SAME, agreed=50, agreeing=0.45) for n in range(3)}
    better = {(3, n): replace(SAME, agreed=40) for n in range(4, 8)}
    pairs = all_alike(range(3), range(4, 8)) | hazy | better
    shared = {(one, two): SAME for one in range(3) for two in range(4, 8)}
    assert [f.kind for f in _flaws(linked(references, pairs | shared))] == [FlawKind.CONFLICT]
    assert [f.kind for f in _flaws(linked(references, pairs))] == [FlawKind.WRONG_PRODUCT]


def test_print_that_goes_another_way_counts_less() -> None:
    """As many point pairs agree with a variant, but what lies between them does not."""
    references = filed(*[_TEA] * 4, *[_OIL] * 3)
    half = replace(SAME, agreeing=0.5)
    pairs = all_alike(range(3), [3, 4, 5, 6]) | {(n, 3): half for n in range(3)}
    [flaw] = _flaws(linked(references, pairs))
    assert (flaw.references, flaw.elsewhere) == (("3",), ("oil", "front"))


def test_two_matches_suffice_for_one_that_no_sibling_knows() -> None:
    references = filed(*[_TEA] * 4, *[_OIL] * 6)
    two = {(3, 4): SAME, (3, 5): SAME}
    others = all_alike(range(3), range(4, 10)) | two
    [flaw] = _flaws(linked(references, others))
    assert (flaw.references, flaw.elsewhere) == (("3",), ("oil", "front"))
    assert _flaws(linked(references, others | {(0, 3): replace(SAME, covered=0.02)})) == []


def test_one_match_and_one_well_known_suffice_where_no_third_side_shows_it() -> None:
    references = filed(*[_TEA] * 4, *[_OIL] * 6, *["rice/front"] * 3)
    alike = all_alike(range(3), range(4, 10), range(10, 13))
    near = replace(SAME, covered=0.02)
    one, well_known = {(3, 4): SAME}, {(3, 5): replace(near, agreed=40)}
    [flaw] = _flaws(linked(references, alike | one | well_known))
    assert (flaw.kind, flaw.elsewhere) == (FlawKind.WRONG_PRODUCT, ("oil", "front"))
    for weaker in (one, well_known, one | {(3, 5): replace(near, agreed=20, paired=40)}):
        [flaw] = _flaws(linked(references, alike | weaker))
        assert flaw.kind is FlawKind.OUTLIER
    [flaw] = _flaws(linked(references, alike | one | well_known | {(3, 10): SAME}))
    assert flaw.kind is FlawKind.OUTLIER, "it may as well be the third side's"


def test_a_reference_that_is_alone_on_its_side_is_not_moved() -> None:
    references = filed(_TEA, *[_OIL] * 3)
    kinds = [flaw.kind for flaw in _flaws(linked(references, all_alike(range(4))))]
    assert kinds == [FlawKind.CONFLICT]


def test_a_copy_elsewhere_moves_nothing() -> None:
    """The same file is filed twice: that is a duplicate, and says nothing of where it belongs."""
    references = filed(*[_TEA] * 4, *[_OIL] * 3)
    same = references[4]
    references[3] = type(same)("3", "tea", "front", same.sha256, same.path)
    pairs = all_alike(range(3), [4, 5, 6]) | {(3, 4): SAME, (0, 3): SAME, (1, 3): SAME}
    assert _flaws(linked(references, pairs)) == []


def test_what_is_like_nothing_is_an_outlier_shown_beside_its_siblings() -> None:
    references = filed(*[_TEA] * 5)
    [flaw] = _flaws(linked(references, all_alike(range(4))))
    assert (flaw.kind, flaw.references, flaw.mend) == (FlawKind.OUTLIER, ("4",), Mend.LOOK)
    assert flaw.beside == ("0", "1", "2")
    assert flaw.measured < flaw.limit


def test_where_no_siblings_are_alike_none_is_an_outlier() -> None:
    assert _flaws(linked(filed(*[_TEA] * 4), {})) == []


@pytest.mark.parametrize(("strange", "count"), [((4,), 1), ((), 0)])
def test_in_a_large_gallery_likeness_must_agree(strange: tuple[int, ...], count: int) -> None:
    references = filed(*[_TEA] * 5, *[_OIL] * 20)
    pairs = all_alike(range(4), range(5, 25))
    assert len(_flaws(linked(references, pairs, strange=strange))) == count


def test_two_products_of_one_print_are_a_conflict_told_once() -> None:
    references = filed(*[_TEA] * 3, *[_OIL] * 3)
    [flaw] = _flaws(linked(references, all_alike(range(6))))
    assert (flaw.kind, flaw.mend) == (FlawKind.CONFLICT, Mend.TELL_APART)
    assert (flaw.product, flaw.side, flaw.elsewhere) == ("oil", "front", ("tea", "front"))
    assert (flaw.references, flaw.beside) == (("3", "4", "5"), ("0", "1", "2"))
    assert flaw.measured == 1.0


def test_two_sides_of_one_product_are_no_conflict() -> None:
    assert _flaws(linked(filed(*[_TEA] * 3, *[_TEA_BACK] * 3), all_alike(range(6)))) == []


def test_products_of_which_few_pairs_match_are_no_conflict() -> None:
    references = filed(*[_TEA] * 3, *[_OIL] * 3)
    pairs = all_alike(range(3), range(3, 6)) | {(0, 3): SAME, (1, 4): SAME, (2, 5): SAME}
    assert _flaws(linked(references, pairs)) == []
