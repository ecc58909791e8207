"""Every measure, grade, lack and kind of finding has its words."""

from __future__ import annotations

from itertools import product

from app.health_words import (
    LACKS,
    grade_name,
    kind_name,
    lack_name,
    measure_name,
    measure_sentence,
    reading_words,
    value_words,
)
from vision import FlawKind, Grade, Lack, Measure, Reading, Reference, Shot, SideHealth


def test_everything_has_words_of_its_own() -> None:
    for names in (
        [measure_name(measure) for measure in Measure],
        [measure_sentence(measure) for measure in Measure],
        [grade_name(grade) for grade in Grade],
        [kind_name(kind) for kind in FlawKind],
        [lack_name(*each) for each in LACKS],
    ):
        assert all(names)
        assert len(set(names)) == len(names)


def test_every_lack_that_is_found_has_words() -> None:
    found = set()
    for count, known in product(range(4), range(4)):
        references = tuple(
            Reference(str(n), "tea", "front", str(n), "/x.jpg") for n in range(count)
        )
        for light in ((50.0, 0.0, 0.0), None):
            shots = {str(n): Shot("P60", "2026-01-01", light) for n in range(known)}
            side = SideHealth("tea", "front", references, shots)
            found |= {(measure, side.read(measure).lack) for measure in Measure}
    lacks = {(measure, lack) for measure, lack in found if lack is not Lack.NOTHING}
    assert lacks <= set(LACKS)
    assert (Measure.CAMERAS, Lack.SAYING_OF_SOME) in lacks
    assert (Measure.LIGHT, Lack.VARIETY) in lacks


def test_a_value_that_is_not_known_is_a_stroke() -> None:
    assert value_words(Measure.DAYS, Reading(Grade.UNKNOWN)) == "–"
    assert value_words(Measure.SPREAD, Reading(Grade.GOOD, 0.456)) == "0.46"
    assert value_words(Measure.REFERENCES, Reading(Grade.GOOD, 4.0)) == "4"


def test_a_reading_is_told_in_one_line() -> None:
    side = SideHealth("Tea", "front", ())
    assert reading_words(side, Measure.REFERENCES) == (
        "Tea · front · References · 0 · Missing sides · poor"
    )
