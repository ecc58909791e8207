"""References, how they were taken and what was found -> how each side of a gallery stands.

measure     one thing that is looked at on every side, such as its cameras.
reading     what a measure shows of one side: a value, how good that is, and the pictures concerned.
lack        what is missing for a good reading.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from vision.check.flaws import Flaw, FlawKind
from vision.check.records import ENOUGH, check_records
from vision.check.shots import Shot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from vision.side_figures import SideFigures
    from vision.terms import Reference

TELLING: Final = 4  # references from which a side can be seen to be unlike others
EVEN_LIGHT: Final = 5.0  # CIE76 across all photos of a side, below which their light is one
NEAR_LIMIT: Final = 0.8  # of the limit, from where on a reference is nearly alarmed itself
RECORDED: Final = frozenset(
    {
        FlawKind.DUPLICATE,
        FlawKind.THIN_SIDE,
        FlawKind.MISSING_SIDE,
        FlawKind.MISSING_BATCH,
        FlawKind.NO_PROVENANCE,
        FlawKind.EXPIRED,
        FlawKind.UNREADABLE_DATE,
    }
)
"""Kinds that records alone tell, so that they are known without a check."""

_UNFIT = frozenset(
    {
        FlawKind.UNREADABLE,
        FlawKind.ORIGINAL_CHANGED,
        FlawKind.ORIGINAL_MISSING,
        FlawKind.UNFIT,
    }
)
_GRAVE = _UNFIT | {FlawKind.WRONG_PRODUCT, FlawKind.WRONG_SIDE, FlawKind.CONFLICT}


class Measure(StrEnum):
    """What is looked at; the `value` of a reading is in the unit given here."""

    REFERENCES = "references"  # how many
    FLAWS = "flaws"  # how many things to put right
    UNFIT = "unfit"  # references that cannot be judged by
    EXPIRED = "expired"  # references whose last valid day has passed
    BATCHES = "batches"  # different ones that are known
    DAYS = "days"  # different ones that are known
    CAMERAS = "cameras"  # different ones that are known
    LIGHT = "light"  # CIE76 across the box that holds the mean colours of all photos
    SPREAD = "spread"  # strongest evidence of a reference against the others, over the limit


class Grade(StrEnum):
    """How good a reading is."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    UNKNOWN = "unknown"


class Lack(StrEnum):
    """What is missing."""

    NOTHING = "nothing"
    ALL = "all"  # there is no reference at all
    SOME = "some"  # there are too few
    SAYING = "saying"  # nobody, or no file, says it of any reference
    SAYING_OF_SOME = "saying_of_some"  # it is known of some only
    VARIETY = "variety"  # all references are the same in this


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` in the unit of the measure, None where it is not known.

    `references` are the ids of the pictures concerned: those that are at fault, or all of the side.
    """

    grade: Grade
    value: float | None = None
    references: tuple[str, ...] = ()
    lack: Lack = Lack.NOTHING


@dataclass(frozen=True, slots=True)
class SideHealth:
    """One side: its references, how each was taken, what is to be put right.

    `was_checked` says whether the pictures have been looked at; `figures` are None until measured.
    `has_expired` says that the product itself, as a version of a packaging, is no longer valid.
    """

    product: str
    side: str
    references: tuple[Reference, ...]
    shots: Mapping[str, Shot] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()
    was_checked: bool = False
    figures: SideFigures | None = None
    has_expired: bool = False
    _known: dict[Measure, Reading] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its references."""
        return tuple(each.id for each in self.references)

    def values(self, measure: Measure) -> dict[str, tuple[str, ...]]:
        """Return the ids of its references by batch, day or camera, "" for those not known."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.references:
            found[self.value(measure, each)].append(each.id)
        return {value: tuple(ids) for value, ids in sorted(found.items())}

    def with_figures(self, figures: SideFigures) -> SideHealth:
        """Return the same side, its spread measured."""
        made = replace(self, figures=figures)
        made._known.update(self._known)
        made._known.pop(Measure.SPREAD, None)
        return made

    def value(self, measure: Measure, reference: Reference) -> str:
        """Return batch, day or camera of one of its references, "" where it is not known."""
        return _value(measure, reference, self.shots.get(reference.id, Shot()))

    def read(self, measure: Measure) -> Reading:
        """Return what a measure shows of this side; worked out once."""
        if measure not in self._known:
            self._known[measure] = self._read(measure)
        return self._known[measure]

    def _read(self, measure: Measure) -> Reading:
        match measure:
            case Measure.REFERENCES:
                return self._count()
            case Measure.FLAWS:
                return self._flawed(frozenset(FlawKind), _GRAVE)
            case Measure.UNFIT:
                return self._flawed(_UNFIT, _UNFIT)
            case Measure.EXPIRED:
                return self._expired()
            case Measure.LIGHT:
                return self._light()
            case Measure.SPREAD:
                return self._spread()
        return self._variety(measure)

    def _count(self) -> Reading:
        count = len(self.references)
        if not count:
            return Reading(Grade.POOR, 0.0, (), Lack.ALL)
        if count < ENOUGH:
            return Reading(Grade.POOR, float(count), self.ids, Lack.SOME)
        return Reading(Grade.GOOD if count >= TELLING else Grade.FAIR, float(count), self.ids)

    def _flawed(self, kinds: frozenset[FlawKind], grave: frozenset[FlawKind]) -> Reading:
        flaws = [flaw for flaw in self.flaws if flaw.kind in kinds]
        if not flaws:
            is_known = self.was_checked and self.references
            return Reading(Grade.GOOD, 0.0) if is_known else Reading(Grade.UNKNOWN)
        shown = (each for flaw in flaws for each in flaw.references or flaw.beside)
        ids = tuple(dict.fromkeys(shown))
        grade = Grade.POOR if any(flaw.kind in grave for flaw in flaws) else Grade.FAIR
        return Reading(grade, float(len(flaws)), ids)

    def _expired(self) -> Reading:
        flaws = [flaw for flaw in self.flaws if flaw.kind is FlawKind.EXPIRED]
        ids = tuple(each for flaw in flaws for each in flaw.references)
        if self.has_expired:
            ids = self.ids
        if not ids:
            return Reading(Grade.GOOD, 0.0) if self.references else Reading(Grade.UNKNOWN)
        grade = Grade.POOR if len(ids) == len(self.references) else Grade.FAIR
        return Reading(grade, float(len(ids)), ids)

    def _variety(self, measure: Measure) -> Reading:
        values = self.values(measure)
        unsaid = values.pop("", ())
        known = len(values)
        if not known:
            return Reading(Grade.UNKNOWN, None, self.ids, Lack.SAYING)
        if known == 1 and len(self.references) - len(unsaid) > 1:
            return Reading(Grade.POOR, 1.0, self.ids, Lack.VARIETY)
        if unsaid:
            return Reading(Grade.FAIR, float(known), unsaid, Lack.SAYING_OF_SOME)
        return Reading(Grade.GOOD if known > 1 else Grade.FAIR, float(known), self.ids)

    def _light(self) -> Reading:
        lights = [shot.light for each in self.ids if (shot := self.shots.get(each))]
        known = np.array([light for light in lights if light is not None], np.float64)
        if len(known) < 2:
            return Reading(Grade.UNKNOWN, None, self.ids, Lack.SAYING)
        apart = float(np.linalg.norm(known.max(axis=0) - known.min(axis=0)))
        if apart < EVEN_LIGHT:
            return Reading(Grade.POOR, apart, self.ids, Lack.VARIETY)
        return Reading(Grade.GOOD, apart, self.ids)

    def _spread(self) -> Reading:
        figures = self.figures
        if figures is None or len(figures.peaks) < ENOUGH or figures.limit <= 0:
            return Reading(Grade.UNKNOWN, None, self.ids)
        shares = [peak / figures.limit for peak in figures.peaks]
        largest = max(shares)
        if largest <= NEAR_LIMIT:
            return Reading(Grade.GOOD, largest, figures.references)
        high = tuple(
            each
            for each, share in zip(figures.references, shares, strict=True)
            if share > min(1.0, largest - 1e-9)
        )
        return Reading(Grade.POOR if largest > 1.0 else Grade.FAIR, largest, high)


def side_healths(
    references: Sequence[Reference],
    *,
    today: date,
    shots: Mapping[str, Shot] | None = None,
    checked: Iterable[Flaw] | None = None,
    figures: Mapping[tuple[str, str], SideFigures] | None = None,
    expired: Collection[str] = (),
) -> tuple[SideHealth, ...]:
    """Say how every side stands, those too that are missed; sorted by product and side.

    All measures have been read, so that asking for them costs nothing.

    Args:
        references: of the whole gallery.
        today: the day by which dates are judged.
        shots: how references were taken, by id.
        checked: flaws that the last check found, None where there was none. Those that records
            tell are judged anew; those about references that are gone are left out.
        figures: what was measured of sides, by product and side.
        expired: products whose own last valid day has passed.
    """
    there = {each.id for each in references}
    flaws = [*check_records(references, today=today)]
    flaws += [
        flaw
        for flaw in checked or ()
        if flaw.kind not in RECORDED and all(each in there for each in flaw.references)
    ]
    of_side: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for each in references:
        of_side[each.product, each.side].append(each)
    found: defaultdict[tuple[str, str], list[Flaw]] = defaultdict(list)
    side_of = {each.id: (each.product, each.side) for each in references}
    for flaw in flaws:
        concerned = {side_of[each] for each in flaw.references}
        for side in sorted({(flaw.product, flaw.side), *concerned}):
            found[side].append(flaw)
    healths = tuple(
        SideHealth(
            *side,
            tuple(of_side.get(side, ())),
            {each.id: shots[each.id] for each in of_side.get(side, ()) if each.id in shots}
            if shots
            else {},
            tuple(found.get(side, ())),
            checked is not None,
            (figures or {}).get(side),
            side[0] in expired,
        )
        for side in sorted({*of_side, *found})
    )
    for each_side in healths:
        for measure in Measure:
            each_side.read(measure)
    return healths


def _value(measure: Measure, reference: Reference, shot: Shot) -> str:
    if measure is Measure.BATCHES:
        return reference.provenance.batch.strip()
    if measure is Measure.CAMERAS:
        return reference.provenance.camera.strip() or shot.camera
    if measure is Measure.DAYS:
        return shot.day
    raise ValueError(f"expected batches, days or cameras, found {measure}")
