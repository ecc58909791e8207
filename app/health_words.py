"""The words about how sides of a gallery stand: measures, what they lack, what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.side_words import product_and_side
from vision import FlawKind, Grade, Lack, Measure

if TYPE_CHECKING:
    from vision import Reading, SideHealth

_MEASURES: Final[dict[Measure, object]] = {
    Measure.REFERENCES: QT_TRANSLATE_NOOP("health", "References"),
    Measure.FLAWS: QT_TRANSLATE_NOOP("health", "To put right"),
    Measure.UNFIT: QT_TRANSLATE_NOOP("health", "Unfit photos"),
    Measure.EXPIRED: QT_TRANSLATE_NOOP("health", "Expired"),
    Measure.BATCHES: QT_TRANSLATE_NOOP("health", "Batches"),
    Measure.DAYS: QT_TRANSLATE_NOOP("health", "Days"),
    Measure.CAMERAS: QT_TRANSLATE_NOOP("health", "Cameras"),
    Measure.LIGHT: QT_TRANSLATE_NOOP("health", "Light"),
    Measure.SPREAD: QT_TRANSLATE_NOOP("health", "Spread"),
}

_WHAT: Final[dict[Measure, object]] = {
    Measure.REFERENCES: QT_TRANSLATE_NOOP("health", "How many references the side has."),
    Measure.FLAWS: QT_TRANSLATE_NOOP("health", "What the last check found, and what records tell."),
    Measure.UNFIT: QT_TRANSLATE_NOOP("health", "References that cannot be judged by."),
    Measure.EXPIRED: QT_TRANSLATE_NOOP("health", "References whose last valid day has passed."),
    Measure.BATCHES: QT_TRANSLATE_NOOP("health", "How many different batches are shown."),
    Measure.DAYS: QT_TRANSLATE_NOOP("health", "On how many different days photos were taken."),
    Measure.CAMERAS: QT_TRANSLATE_NOOP("health", "With how many different cameras."),
    Measure.LIGHT: QT_TRANSLATE_NOOP(
        "health", "How far the photos lie apart in their mean colour (CIE76)."
    ),
    Measure.SPREAD: QT_TRANSLATE_NOOP(
        "health",
        "The strongest evidence of a reference against its siblings; 1 is the limit from which on "
        "a photo differs.",
    ),
}

_LACKS: Final[dict[tuple[Measure, Lack], object]] = {
    (Measure.REFERENCES, Lack.ALL): QT_TRANSLATE_NOOP("health", "Missing sides"),
    (Measure.REFERENCES, Lack.SOME): QT_TRANSLATE_NOOP("health", "Thin sides"),
    (Measure.BATCHES, Lack.VARIETY): QT_TRANSLATE_NOOP("health", "One batch only"),
    (Measure.BATCHES, Lack.SAYING): QT_TRANSLATE_NOOP("health", "Batch never told"),
    (Measure.BATCHES, Lack.SAYING_OF_SOME): QT_TRANSLATE_NOOP("health", "Batch partly told"),
    (Measure.DAYS, Lack.VARIETY): QT_TRANSLATE_NOOP("health", "One day only"),
    (Measure.DAYS, Lack.SAYING): QT_TRANSLATE_NOOP("health", "Day never told"),
    (Measure.DAYS, Lack.SAYING_OF_SOME): QT_TRANSLATE_NOOP("health", "Day partly told"),
    (Measure.CAMERAS, Lack.VARIETY): QT_TRANSLATE_NOOP("health", "One camera only"),
    (Measure.CAMERAS, Lack.SAYING): QT_TRANSLATE_NOOP("health", "Camera never told"),
    (Measure.CAMERAS, Lack.SAYING_OF_SOME): QT_TRANSLATE_NOOP("health", "Camera partly told"),
    (Measure.LIGHT, Lack.VARIETY): QT_TRANSLATE_NOOP("health", "One light only"),
    (Measure.LIGHT, Lack.SAYING): QT_TRANSLATE_NOOP("health", "Light not known"),
}

_KINDS: Final[dict[FlawKind, object]] = {
    FlawKind.UNREADABLE: QT_TRANSLATE_NOOP("health", "Unreadable files"),
    FlawKind.ORIGINAL_CHANGED: QT_TRANSLATE_NOOP("health", "Changed files"),
    FlawKind.ORIGINAL_MISSING: QT_TRANSLATE_NOOP("health", "Files that are gone"),
    FlawKind.UNFIT: QT_TRANSLATE_NOOP("health", "Photos that cannot be judged by"),
    FlawKind.WRONG_PRODUCT: QT_TRANSLATE_NOOP("health", "Wrong product"),
    FlawKind.WRONG_SIDE: QT_TRANSLATE_NOOP("health", "Wrong side"),
    FlawKind.OUTLIER: QT_TRANSLATE_NOOP("health", "Unlike their siblings"),
    FlawKind.DUPLICATE: QT_TRANSLATE_NOOP("health", "Filed twice"),
    FlawKind.NEAR_DUPLICATE: QT_TRANSLATE_NOOP("health", "The same photo again"),
    FlawKind.CONFLICT: QT_TRANSLATE_NOOP("health", "Taken for each other"),
    FlawKind.THIN_SIDE: QT_TRANSLATE_NOOP("health", "Thin sides"),
    FlawKind.MISSING_SIDE: QT_TRANSLATE_NOOP("health", "Missing sides"),
    FlawKind.MISSING_BATCH: QT_TRANSLATE_NOOP("health", "Batches missing on a side"),
    FlawKind.NO_PROVENANCE: QT_TRANSLATE_NOOP("health", "Nobody vouches"),
    FlawKind.EXPIRED: QT_TRANSLATE_NOOP("health", "Expired"),
    FlawKind.UNREADABLE_DATE: QT_TRANSLATE_NOOP("health", "Dates that are none"),
}

_GRADES: Final[dict[Grade, object]] = {
    Grade.GOOD: QT_TRANSLATE_NOOP("health", "good"),
    Grade.FAIR: QT_TRANSLATE_NOOP("health", "could be better"),
    Grade.POOR: QT_TRANSLATE_NOOP("health", "poor"),
    Grade.UNKNOWN: QT_TRANSLATE_NOOP("health", "not known"),
}

LACKS: Final = tuple(_LACKS)


def measure_name(measure: Measure) -> str:
    """A measure in a word or two."""
    return _say(_MEASURES[measure])


def measure_sentence(measure: Measure) -> str:
    """What the value of a measure is."""
    return _say(_WHAT[measure])


def lack_name(measure: Measure, lack: Lack) -> str:
    """What some sides lack, as a heading over them."""
    return _say(_LACKS[measure, lack])


def kind_name(kind: FlawKind) -> str:
    """What was found, as a heading over all that is of this kind."""
    return _say(_KINDS[kind])


def grade_name(grade: Grade) -> str:
    """How good something is."""
    return _say(_GRADES[grade])


def value_words(measure: Measure, reading: Reading) -> str:
    """The value alone, as it stands in a table."""
    if reading.value is None:
        return "–"
    return f"{reading.value:.2f}" if measure is Measure.SPREAD else f"{reading.value:.0f}"


def reading_words(side: SideHealth, measure: Measure) -> str:
    """Product and side, measure, value, what is lacking, how good that is: one line."""
    reading = side.read(measure)
    said = [measure_name(measure), value_words(measure, reading)]
    if reading.lack is not Lack.NOTHING:
        said.append(lack_name(measure, reading.lack))
    said.append(grade_name(reading.grade))
    return f"{product_and_side(side.product, side.side)} · " + " · ".join(said)


def _say(source: object) -> str:
    return QCoreApplication.translate("health", str(source))
