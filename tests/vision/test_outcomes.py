"""Outcomes: every one and every reason, and which comes first where several hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.vision.samples import photo_of, plain
from vision.align import Fit
from vision.find import Found
from vision.inspection import Comparison, Outcome, Reason, ReasonCode
from vision.outcomes import Compared, decide
from vision.score import FEWEST_REFERENCES
from vision.terms import (
    Alignment,
    Candidate,
    Channel,
    Fault,
    FaultKind,
    Reference,
    Region,
    Zone,
    ZoneKind,
)

PHOTO = photo_of(plain(128, 640, 480))
REFERENCE = Reference("1", "tea", "front", "ab" * 32, "tea.png")
LEFT, RIGHT = (40.0, 60.0, 280.0, 420.0), (360.0, 60.0, 600.0, 420.0)
PLACE = ((1.0, 1.0), (9.0, 1.0), (9.0, 9.0))
SEAL = Zone(ZoneKind.MUST_MATCH, PLACE, REFERENCE.sha256, "seal")


def _found(
    product: str = "tea",
    *,
    verified: bool = True,
    inliers: int = 200,
    fills: float = 0.6,
    at: tuple[float, float, float, float] | None = LEFT,
) -> Found:
    """A candidate whose matching points span the box `at` of the photo; None: no plane."""
    reference = replace(REFERENCE, product=product)
    candidate = Candidate(product, "front", 0.9, inliers, verified, "1", fills)
    if at is None:
        return Found(candidate, reference, None)
    x0, y0, x1, y1 = at
    points = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    return Found(candidate, reference, Fit(np.eye(3), points, points, 0.5, inliers, inliers))


def _regions(count: int) -> tuple[Region, ...]:
    return tuple(
        Region(number, Channel.STRUCTURE, PLACE, PLACE, 0.9, 0.3, 3.0, REFERENCE.sha256)
        for number in range(1, count + 1)
    )


def _compared(
    *,
    regions: int = 0,
    inliers: int = 200,
    overlap: float = 0.98,
    support: float = 0.8,
    judged: float = 0.9,
    error: float = 0.6,
    contradicted: float = 0.0,
    references: int = 5,
    unjudged: tuple[Zone, float] | None = None,
    lost: Zone | None = None,
) -> Compared:
    pixels = plain(128, 60, 40)
    comparison = Comparison(
        product="tea",
        side="front",
        reference=REFERENCE,
        alignment=Alignment(np.eye(3), inliers, error, overlap),
        similarity=0.9,
        percentile=0.8,
        genuine_pairs=references,
        suspicion=0.42,
        regions=_regions(regions),
        aligned=pixels,
        reference_pixels=pixels,
        judged=np.ones((40, 60), bool),
        excess=np.zeros((40, 60), np.float32),
        frame_scale=1.0,
    )
    return Compared(
        comparison, support, judged, error, contradicted, 0.7, references, unjudged, lost
    )


def _decided(compared: Compared, *others: Found) -> tuple[Outcome, Reason]:
    own = _found()
    return decide((own, *others), own, compared, (), PHOTO)


def _fault(kind: FaultKind, *, severe: bool) -> Fault:
    return Fault(kind, (0, 0, 640, 480), 3.0, 2.0, severe)


def test_agrees_within_the_spread() -> None:
    outcome, reason = _decided(_compared())
    assert outcome is Outcome.AGREES
    assert reason == Reason(
        ReasonCode.WITHIN_SPREAD, product="tea", side="front", found=0.42, needed=0.7
    )


def test_differs_with_any_region() -> None:
    outcome, reason = _decided(_compared(regions=3))
    assert outcome is Outcome.DIFFERS
    assert reason == Reason(ReasonCode.OUTSIDE_SPREAD, product="tea", side="front", found=3)


def test_severe_faults_come_before_all_else_and_are_each_named_once() -> None:
    own = _found()
    faults = (
        _fault(FaultKind.BLUR, severe=True),
        _fault(FaultKind.TOO_DARK, severe=True),
        _fault(FaultKind.BLUR, severe=True),
        _fault(FaultKind.GLARE, severe=False),
    )
    unfit = Reason(ReasonCode.FAULT, faults=(FaultKind.BLUR, FaultKind.TOO_DARK))
    for found, chosen, compared in (
        ((own,), own, _compared(regions=3)),
        ((_found(verified=False),), None, None),
        ((), None, None),
    ):
        assert decide(found, chosen, compared, faults, PHOTO) == (Outcome.PHOTO_UNFIT, unfit)


def test_slight_faults_stop_nothing() -> None:
    own = _found()
    faults = (_fault(FaultKind.BLUR, severe=False), _fault(FaultKind.GLARE, severe=False))
    assert decide((own,), own, _compared(), faults, PHOTO)[0] is Outcome.AGREES


def test_photo_unfit_where_most_of_the_product_is_hidden() -> None:
    outcome, reason = _decided(_compared(judged=0.2, regions=2))
    assert outcome is Outcome.PHOTO_UNFIT
    assert reason.code is ReasonCode.MOSTLY_HIDDEN
    assert (reason.product, reason.side, reason.found) == ("tea", "front", 0.2)
    assert reason.found < reason.needed


def test_not_in_an_empty_gallery() -> None:
    assert decide((), None, None, (), PHOTO) == (
        Outcome.NOT_IN_GALLERY,
        Reason(ReasonCode.EMPTY_GALLERY),
    )


def test_not_in_gallery_where_nothing_is_verified() -> None:
    found = (
        _found("tea", verified=False, inliers=5),
        _found("cocoa", verified=False, inliers=9, at=None),
    )
    outcome, reason = decide(found, None, None, (), PHOTO)
    assert outcome is Outcome.NOT_IN_GALLERY
    assert (reason.code, reason.found) == (ReasonCode.NOTHING_VERIFIED, 9)
    assert reason.found < reason.needed


def test_a_product_that_staff_named_is_compared_though_it_is_not_verified() -> None:
    own = _found(verified=False, inliers=9)
    assert decide((own,), own, _compared(), (), PHOTO)[0] is Outcome.AGREES


def test_a_product_that_staff_named_and_that_cannot_be_laid_is_not_missing_in_the_gallery() -> None:
    own = _found(verified=False, inliers=5, at=None)
    outcome, reason = decide((own,), None, None, (), PHOTO, given=True)
    assert outcome is Outcome.CANNOT_ALIGN
    assert reason == Reason(ReasonCode.FEW_MATCHES, "tea", "front", 5, reason.needed)
    assert reason.found < reason.needed


@pytest.mark.parametrize("doubt", [{"inliers": 4}, {"support": 0.05}])
def test_few_pins_are_no_doubt_for_a_person_set_them(doubt: dict[str, float]) -> None:
    doubtful = _compared(**doubt)
    pinned = replace(doubtful.comparison.alignment, pins=4)
    laid = replace(doubtful, comparison=replace(doubtful.comparison, alignment=pinned))
    assert _decided(doubtful)[0] is Outcome.CANNOT_ALIGN
    assert _decided(laid)[0] is Outcome.AGREES


def test_pins_that_miss_widely_are_doubted() -> None:
    doubtful = _compared(error=25.0)
    pinned = replace(doubtful.comparison.alignment, pins=6)
    laid = replace(doubtful, comparison=replace(doubtful.comparison, alignment=pinned))
    assert _decided(laid)[0] is Outcome.CANNOT_ALIGN


def test_cannot_align_where_nothing_could_be_compared() -> None:
    own = _found(inliers=14)
    outcome, reason = decide((own,), own, None, (), PHOTO)
    assert outcome is Outcome.CANNOT_ALIGN
    assert (reason.code, reason.found) == (ReasonCode.FEW_MATCHES, 14)


@pytest.mark.parametrize(
    ("doubt", "code"),
    [
        ({"inliers": 7}, ReasonCode.FEW_MATCHES),
        ({"overlap": 0.1}, ReasonCode.LOW_OVERLAP),
        ({"support": 0.05}, ReasonCode.LOW_OVERLAP),
    ],
)
def test_cannot_align_on_weak_support(doubt: dict[str, float], code: ReasonCode) -> None:
    outcome, reason = _decided(_compared(regions=2, **doubt))
    assert outcome is Outcome.CANNOT_ALIGN
    assert (reason.code, reason.product, reason.side) == (code, "tea", "front")
    assert reason.found == next(iter(doubt.values()))
    assert reason.found < reason.needed


def test_cannot_align_on_a_large_error() -> None:
    outcome, reason = _decided(_compared(error=25.0))
    assert outcome is Outcome.CANNOT_ALIGN
    assert (reason.code, reason.found) == (ReasonCode.LARGE_ERROR, 25.0)
    assert reason.found > reason.needed


@pytest.mark.parametrize("references", range(1, FEWEST_REFERENCES))
def test_a_thin_side_says_nothing_more(references: int) -> None:
    outcome, reason = _decided(_compared(references=references, regions=4))
    assert outcome is Outcome.GALLERY_TOO_THIN
    assert reason == Reason(
        ReasonCode.FEW_REFERENCES,
        product="tea",
        side="front",
        found=references,
        needed=FEWEST_REFERENCES,
    )


def test_enough_references_are_not_too_thin() -> None:
    assert _decided(_compared(references=FEWEST_REFERENCES))[0] is Outcome.AGREES


def test_mixed_where_references_contradict_each_other() -> None:
    outcome, reason = _decided(_compared(contradicted=0.05))
    assert outcome is Outcome.MIXED
    assert reason == Reason(ReasonCode.REFERENCES_DISAGREE, product="tea", side="front")


def test_what_differs_from_either_printing_differs() -> None:
    assert _decided(_compared(contradicted=0.05, regions=1))[0] is Outcome.DIFFERS


def test_a_must_match_zone_that_was_not_judged_keeps_a_photo_from_agreeing() -> None:
    outcome, reason = _decided(_compared(unjudged=(SEAL, 0.25)))
    assert outcome is Outcome.PHOTO_UNFIT
    assert (reason.code, reason.zone, reason.found) == (ReasonCode.ZONE_HIDDEN, "seal", 0.25)
    assert (reason.product, reason.side) == ("tea", "front")
    assert reason.found < reason.needed < 1


def test_a_must_match_zone_that_cannot_be_laid_is_the_gallerys_fault() -> None:
    outcome, reason = _decided(_compared(lost=SEAL, unjudged=(SEAL, 0.25)))
    assert outcome is Outcome.GALLERY_TOO_THIN
    assert reason == Reason(ReasonCode.ZONE_LOST, product="tea", side="front", zone="seal")


def test_what_differs_elsewhere_differs_though_a_zone_was_not_judged() -> None:
    unheeded = _compared(regions=1, lost=SEAL, unjudged=(SEAL, 0.0))
    assert _decided(unheeded)[0] is Outcome.DIFFERS


@pytest.mark.parametrize("regions", [0, 2])
def test_mixed_where_two_products_fill_the_photo(regions: int) -> None:
    outcome, reason = _decided(_compared(regions=regions), _found("cocoa", at=RIGHT))
    assert outcome is Outcome.MIXED
    assert reason == Reason(ReasonCode.TWO_PRODUCTS, product="cocoa", side="front")


@pytest.mark.parametrize(
    "other",
    [
        _found("cocoa", at=RIGHT, fills=0.1),
        _found("cocoa", at=RIGHT, inliers=20),
        _found("cocoa", at=RIGHT, verified=False),
        _found("cocoa", at=LEFT),  # shares its print: a sister product
        _found("cocoa", at=None),
        _found("tea", at=RIGHT),  # two packs of one product
    ],
    ids=["small", "few points", "not verified", "same place", "no plane", "same product"],
)
def test_what_is_no_second_product_does_not_mix(other: Found) -> None:
    assert _decided(_compared(), other)[0] is Outcome.AGREES


def test_an_untrusted_alignment_comes_before_what_it_would_show() -> None:
    doubtful = _compared(inliers=3, judged=0.1, references=1, regions=2, contradicted=0.5)
    assert _decided(doubtful, _found("cocoa", at=RIGHT))[0] is Outcome.CANNOT_ALIGN


def test_every_outcome_and_reason_is_reached() -> None:
    own, other = _found(), _found("cocoa", at=RIGHT)
    severe = (_fault(FaultKind.BLUR, severe=True),)
    said = [
        decide((own,), own, _compared(), severe, PHOTO),
        decide((), None, None, (), PHOTO),
        decide((_found(verified=False),), None, None, (), PHOTO),
        decide((own,), own, None, (), PHOTO),
        _decided(_compared(overlap=0.1)),
        _decided(_compared(error=25.0)),
        _decided(_compared(judged=0.1)),
        _decided(_compared(references=2)),
        _decided(_compared(contradicted=0.1)),
        _decided(_compared(), other),
        _decided(_compared(regions=1)),
        _decided(_compared(unjudged=(SEAL, 0.1))),
        _decided(_compared(lost=SEAL)),
        _decided(_compared()),
    ]
    assert {outcome for outcome, _ in said} == set(Outcome)
    assert {reason.code for _, reason in said} == set(ReasonCode)
