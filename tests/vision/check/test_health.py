"""How sides stand: each measure says good, fair, poor or unknown, and what to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vision.check.flaws import Flaw, FlawKind, Mend
from vision.check.health import Grade, Lack, Measure, Reading, SideHealth, side_healths
from vision.check.shots import Shot
from vision.side_figures import SideFigures
from vision.terms import Provenance, Reference

_TODAY = date(2026, 6, 15)


def _references(count: int, *, side: str = "front", **facts: str) -> tuple[Reference, ...]:
    provenance = replace(Provenance(vouched_by="Li"), **facts)
    return tuple(
        Reference(f"{side}{n}", "tea", side, f"{side}{n}", "nowhere.png", None, provenance)
        for n in range(count)
    )


def _batches(*batches: str) -> tuple[Reference, ...]:
    return tuple(
        replace(each, provenance=Provenance(batch=batch))
        for each, batch in zip(_references(len(batches)), batches, strict=True)
    )


def _health(references: tuple[Reference, ...], **facts: object) -> SideHealth:
    return SideHealth("tea", "front", references, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "grade", "lack"),
    [
        (0, Grade.POOR, Lack.ALL),
        (2, Grade.POOR, Lack.SOME),
        (3, Grade.FAIR, Lack.NOTHING),
        (4, Grade.GOOD, Lack.NOTHING),
    ],
)
def test_references_are_counted(count: int, grade: Grade, lack: Lack) -> None:
    found = _health(_references(count)).read(Measure.REFERENCES)
    assert (found.grade, found.value, found.lack) == (grade, count, lack)
    assert len(found.references) == count


@pytest.mark.parametrize(
    ("batches", "grade", "value", "lack", "shown"),
    [
        (("", ""), Grade.UNKNOWN, None, Lack.SAYING, 2),
        (("A", "A", "A"), Grade.POOR, 1, Lack.VARIETY, 3),
        (("A", "A", ""), Grade.POOR, 1, Lack.VARIETY, 3),
        (("A", "B", ""), Grade.FAIR, 2, Lack.SAYING_OF_SOME, 1),
        (("A", "B", "B"), Grade.GOOD, 2, Lack.NOTHING, 3),
        (("A",), Grade.FAIR, 1, Lack.NOTHING, 1),
    ],
)
def test_batches_that_are_missing_or_all_the_same(
    batches: tuple[str, ...], grade: Grade, value: float | None, lack: Lack, shown: int
) -> None:
    found = _health(_batches(*batches)).read(Measure.BATCHES)
    assert (found.grade, found.value, found.lack) == (grade, value, lack)
    assert len(found.references) == shown


def test_cameras_and_days_come_from_the_files() -> None:
    references = _references(3)
    shots = {
        "front0": Shot("P60", "2026-01-01"),
        "front1": Shot("P60", "2026-02-02"),
        "front2": Shot("P60"),
    }
    side = _health(references, shots=shots)
    assert side.values(Measure.DAYS) == {
        "": ("front2",),
        "2026-01-01": ("front0",),
        "2026-02-02": ("front1",),
    }
    assert side.read(Measure.CAMERAS).lack is Lack.VARIETY
    assert side.read(Measure.DAYS) == Reading(Grade.FAIR, 2.0, ("front2",), Lack.SAYING_OF_SOME)


def test_what_a_person_says_of_the_camera_goes_before_the_file() -> None:
    side = _health(_references(1, camera="EOS R5"), shots={"front0": Shot("P60")})
    assert side.values(Measure.CAMERAS) == {"EOS R5": ("front0",)}


def test_other_measures_have_no_values_to_tell_apart() -> None:
    with pytest.raises(ValueError, match="expected batches, days or cameras, found light"):
        _health(_references(1)).values(Measure.LIGHT)


@pytest.mark.parametrize(
    ("lights", "grade", "lack"),
    [
        (((50, 0, 0), (51, 1, 0), (52, 0, 1)), Grade.POOR, Lack.VARIETY),
        (((50, 0, 0), (50, 0, 9), (51, 0, 0)), Grade.GOOD, Lack.NOTHING),
        (((50, 0, 0), None), Grade.UNKNOWN, Lack.SAYING),
    ],
)
def test_light_that_is_all_the_same(
    lights: tuple[tuple[float, float, float] | None, ...], grade: Grade, lack: Lack
) -> None:
    shots = {f"front{n}": Shot(light=light) for n, light in enumerate(lights)}
    found = _health(_references(len(lights)), shots=shots).read(Measure.LIGHT)
    assert (found.grade, found.lack) == (grade, lack)


@pytest.mark.parametrize(
    ("peaks", "grade", "shown"),
    [
        ((0.2, 0.3, 0.7), Grade.GOOD, ("front0", "front1", "front2")),
        ((0.2, 0.95, 0.3), Grade.FAIR, ("front1",)),
        ((1.2, 0.3, 1.1), Grade.POOR, ("front0", "front2")),
    ],
)
def test_the_spread_is_held_against_the_limit(
    peaks: tuple[float, ...], grade: Grade, shown: tuple[str, ...]
) -> None:
    ids = tuple(f"front{n}" for n in range(3))
    figures = SideFigures("tea", "front", ids, (), tuple(2 * p for p in peaks), limit=2.0)
    found = _health(_references(3), figures=figures).read(Measure.SPREAD)
    assert (found.grade, found.references) == (grade, shown)
    assert found.value == pytest.approx(max(peaks))


def test_two_references_have_no_spread() -> None:
    figures = SideFigures("tea", "front", ("front0", "front1"), (), (0.4, 0.5), limit=1.0)
    side = _health(_references(2), figures=figures)
    assert side.read(Measure.SPREAD).grade is Grade.UNKNOWN
    assert _health(_references(2)).read(Measure.SPREAD).grade is Grade.UNKNOWN


def test_measuring_the_spread_changes_nothing_else() -> None:
    [side] = side_healths(_references(3), today=_TODAY)
    figures = SideFigures("tea", "front", side.ids, (), (0.1, 0.2, 0.3), limit=1.0)
    measured = side.with_figures(figures)
    assert side.read(Measure.SPREAD).grade is Grade.UNKNOWN
    assert measured.read(Measure.SPREAD).grade is Grade.GOOD
    others = [measure for measure in Measure if measure is not Measure.SPREAD]
    assert [measured.read(one) for one in others] == [side.read(one) for one in others]


def test_expired_references_are_counted_from_the_records() -> None:
    old, new = _references(3, valid_to="2026-01-01"), _references(3, side="back")
    some = (*old[:1], *(replace(each, provenance=Provenance("Li")) for each in old[1:]))
    [back, front] = side_healths((*old, *new), today=_TODAY)
    assert front.read(Measure.EXPIRED) == Reading(Grade.POOR, 3.0, front.ids)
    assert back.read(Measure.EXPIRED) == Reading(Grade.GOOD, 0.0)
    [front] = side_healths(some, today=_TODAY)
    assert front.read(Measure.EXPIRED) == Reading(Grade.FAIR, 1.0, ("front0",))


def test_all_of_a_product_that_is_no_longer_valid_has_expired() -> None:
    [side] = side_healths(_references(3), today=_TODAY, expired={"tea"})
    assert side.read(Measure.EXPIRED) == Reading(Grade.POOR, 3.0, side.ids)


def test_what_was_never_checked_is_not_called_good() -> None:
    [side] = side_healths(_references(3), today=_TODAY)
    assert side.read(Measure.FLAWS).grade is Grade.UNKNOWN
    assert side.read(Measure.UNFIT).grade is Grade.UNKNOWN
    [side] = side_healths(_references(3), today=_TODAY, checked=())
    assert side.read(Measure.FLAWS) == Reading(Grade.GOOD, 0.0)
    assert side.read(Measure.UNFIT) == Reading(Grade.GOOD, 0.0)


def test_flaws_of_the_last_check_stand_at_their_sides() -> None:
    blurred = Flaw(FlawKind.UNFIT, "tea", "front", ("front1",), Mend.REMOVE)
    odd = Flaw(FlawKind.OUTLIER, "tea", "back", ("back0",), Mend.LOOK)
    gone = Flaw(FlawKind.OUTLIER, "tea", "back", ("removed",), Mend.LOOK)
    references = (*_references(3), *_references(3, side="back"))
    [back, front] = side_healths(references, today=_TODAY, checked=(blurred, odd, gone))
    assert front.read(Measure.UNFIT) == Reading(Grade.POOR, 1.0, ("front1",))
    assert back.flaws == (odd,)
    assert back.read(Measure.FLAWS) == Reading(Grade.FAIR, 1.0, ("back0",))


def test_what_records_tell_is_judged_anew() -> None:
    thin = Flaw(FlawKind.THIN_SIDE, "tea", "front", ("front0",), Mend.ADD_REFERENCES)
    [side] = side_healths(_references(4), today=_TODAY, checked=(thin,))
    assert side.flaws == ()


def test_a_flaw_about_two_sides_stands_at_both() -> None:
    front = _references(3)
    back = tuple(replace(each, id=f"b{each.id}", side="back") for each in front)
    found = side_healths((*front, *back), today=_TODAY)
    assert [[flaw.kind for flaw in side.flaws] for side in found] == [[FlawKind.DUPLICATE] * 3] * 2


def test_a_side_that_is_missed_is_there_without_pictures() -> None:
    references = []
    for number in range(5):
        sides = ("front", "back") if number else ("front",)
        references += [
            replace(
                each, id=f"{number}{each.id}", sha256=f"{number}{each.id}", product=f"p{number}"
            )
            for side in sides
            for each in _references(3, side=side)
        ]
    found = side_healths(references, today=_TODAY)
    missed = next(side for side in found if (side.product, side.side) == ("p0", "back"))
    assert missed.read(Measure.REFERENCES) == Reading(Grade.POOR, 0.0, (), Lack.ALL)
    assert replace(missed, was_checked=True).read(Measure.UNFIT) == Reading(Grade.UNKNOWN)
