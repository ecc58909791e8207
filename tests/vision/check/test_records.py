"""What a gallery's records alone show; no file is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vision.check.flaws import Flaw, FlawKind, Mend
from vision.check.records import ENOUGH, check_records
from vision.terms import Provenance, Reference

_TODAY = date(2026, 6, 15)


def _reference(
    number: int, *, product: str = "Aurora", side: str = "front", sha256: str = "", **facts: str
) -> Reference:
    provenance = replace(Provenance(vouched_by="Li"), **facts)
    name = f"{product}/{side}/{number}"
    return Reference(name, product, side, sha256 or name, "nowhere.png", None, provenance)


def _side(product: str, side: str, **facts: str) -> list[Reference]:
    return [_reference(n, product=product, side=side, **facts) for n in range(ENOUGH)]


def _found(references: list[Reference]) -> tuple[Flaw, ...]:
    return check_records(references, today=_TODAY)


def test_a_good_gallery_has_no_flaw() -> None:
    assert (
        _found([*_side("Aurora", "front", valid_to="2026-06-15"), *_side("Aurora", "back")]) == ()
    )


def test_an_empty_gallery_has_no_flaw() -> None:
    assert _found([]) == ()


def test_one_picture_under_two_sides_is_a_duplicate() -> None:
    references = _side("Aurora", "front") + _side("Aurora", "back")
    references.append(_reference(9, side="back", sha256=references[0].sha256))
    [flaw] = _found(references)
    assert (flaw.kind, flaw.mend) == (FlawKind.DUPLICATE, Mend.KEEP_ONE)
    assert flaw.references == ("Aurora/front/0", "Aurora/back/9")
    assert (flaw.measured, flaw.limit) == (2, 1)


def test_a_thin_side_tells_how_many_it_has_and_needs() -> None:
    [flaw] = _found(_side("Aurora", "front")[:2])
    assert (flaw.kind, flaw.product, flaw.side) == (FlawKind.THIN_SIDE, "Aurora", "front")
    assert (flaw.measured, flaw.limit) == (2, 3)


@pytest.mark.parametrize(
    ("facts", "kind", "measured"),
    [
        ({"vouched_by": " "}, FlawKind.NO_PROVENANCE, 1),
        ({"valid_to": "2026-06-14"}, FlawKind.EXPIRED, 1),
        ({"valid_to": "2025-06-15T10:00:00"}, FlawKind.EXPIRED, 365),
        ({"valid_to": "next year"}, FlawKind.UNREADABLE_DATE, 0),
    ],
)
def test_provenance_is_judged(facts: dict[str, str], kind: FlawKind, measured: float) -> None:
    [flaw] = _found([*_side("Aurora", "front"), _reference(7, **facts)])
    assert (flaw.kind, flaw.references) == (kind, ("Aurora/front/7",))
    assert flaw.measured == measured
    assert flaw.detail == facts.get("valid_to", "")


def test_references_that_expired_on_one_day_are_one_flaw() -> None:
    [flaw] = _found(_side("Aurora", "front", valid_to="2020-01-01"))
    assert len(flaw.references) == ENOUGH


def test_a_side_that_most_products_have_is_missed() -> None:
    references = [each for p in "ABCD" for each in _side(p, "front")]
    references += [each for p in "ABC" for each in _side(p, "back")]
    [flaw] = _found(references)
    assert (flaw.kind, flaw.product, flaw.side) == (FlawKind.MISSING_SIDE, "D", "back")
    assert (flaw.measured, flaw.mend) == (0.75, Mend.ADD_REFERENCES)


def test_a_side_that_half_of_the_products_have_is_not_missed() -> None:
    references = [each for p in "ABCD" for each in _side(p, "front")]
    assert _found(references + [each for p in "AB" for each in _side(p, "back")]) == ()


def test_among_three_products_no_side_is_usual() -> None:
    references = [each for p in "ABC" for each in _side(p, "front")]
    assert _found(references + [each for p in "AB" for each in _side(p, "back")]) == ()


def test_a_batch_that_only_another_side_shows_is_missed() -> None:
    references = _side("Aurora", "front", batch="L1") + _side("Aurora", "back", batch="L1")
    references.append(_reference(8, batch="L2"))
    [flaw] = _found(references)
    assert (flaw.kind, flaw.side, flaw.detail) == (FlawKind.MISSING_BATCH, "back", "L2")
    assert flaw.beside == ("Aurora/front/8",)


def test_batches_are_not_missed_where_no_batch_is_known() -> None:
    assert _found([*_side("Aurora", "front", batch="L1"), *_side("Aurora", "back")]) == ()
