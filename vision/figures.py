"""Records of judged photos -> the figures of an evaluation; what cannot be had is None."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from vision.inspection import Outcome
from vision.ranking import (
    Interval,
    Values,
    auroc,
    auroc_interval,
    middle_for_missing,
    ratio_interval,
    share_interval,
    tpr_at,
)
from vision.truth import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

UNREADABLE = "unreadable"
FAILED = "failed"
BAD_ROW = "bad_row"
BAD_REFERENCE = "reference_unreadable"


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one photo, or of a row that could not be used.

    Attributes:
        set, product, name, label, kind: as the manifest says; `label` None for an unusable row.
        left_out: it is a reference that was left out of the gallery for once.
        outcome: a word of Outcome, or one of UNREADABLE, FAILED, BAD_ROW, BAD_REFERENCE.
        detail: why, in English.
        suspicion: None where nothing was compared.
        rank: place of its product among the verified candidates, 1 the first; 0 not among them;
            None where it was not searched for.
        stranger: the verified candidate that came first while its product was out of the gallery,
            "" for none, None where it was not searched for; `stranger_inliers` its point pairs.
        regions: how many were marked.
        hits: does the centre of each of the first three lie in a true place; None without truth.
        places, recalled: how many true places there are, and that some region meets.
        seconds: reading, search and comparison; None where it was not judged.
    """

    set: str
    product: str
    name: str
    label: Label | None
    kind: str
    left_out: bool
    outcome: str
    detail: str = ""
    suspicion: float | None = None
    rank: int | None = None
    first: str = ""
    first_inliers: int = 0
    stranger: str | None = None
    stranger_inliers: int = 0
    regions: int = 0
    hits: tuple[bool, ...] | None = None
    places: int = 0
    recalled: int = 0
    seconds: float | None = None

    @property
    def group(self) -> str:
        """The product within its set: what a bootstrap draws."""
        return f"{self.set}\n{self.product}"


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Is the product found? Shares of the photos whose product has a reference."""

    recall_at_1: float | None
    recall_at_5: float | None
    n: int
    ci95: Interval | None


@dataclass(frozen=True, slots=True)
class OpenSet:
    """Is a product that is not in the gallery taken for another?"""

    false_accept_rate: float | None
    n: int
    ci95: Interval | None


@dataclass(frozen=True, slots=True)
class Separation:
    """Do altered items stand above genuine ones? Declined photos have the middle rank.

    `coverage` is the share that was not declined, `auroc_covered` the AUROC of that part;
    `alarmed` and `found` the shares of genuine and of other photos answered `differs`; `ci95` of
    the AUROC.
    """

    auroc: float | None
    tpr_at_1pct_fpr: float | None
    tpr_at_5pct_fpr: float | None
    coverage: float | None
    auroc_covered: float | None
    n_genuine: int
    n_other: int
    alarmed: float | None
    found: float | None
    ci95: Interval | None
    by_kind: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Localisation:
    """Do the regions lie where the item truly differs? `n` photos have known places.

    A photo that was not compared, or in which no region was marked, is a miss; false regions are
    counted on the genuine photos that were compared. The intervals are those of the first, second,
    third and fourth figure.
    """

    top_region_hit: float | None
    top3_region_hit: float | None
    region_recall: float | None
    false_regions_per_genuine_photo: float | None
    n: int
    ci95: Interval | None
    top3_ci95: Interval | None
    region_recall_ci95: Interval | None
    false_regions_ci95: Interval | None


@dataclass(frozen=True, slots=True)
class Paired:
    """Is an altered photo above its own unaltered twin? `n` pairs of which both were compared."""

    win_rate: float | None
    n: int
    ci95: Interval | None


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds for one photo: middle, and 95th percentile."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one set, one product, or all; `images` counts what `outcomes` tells apart."""

    images: int
    retrieval: Retrieval
    open_set: OpenSet
    separation: Separation
    localisation: Localisation
    paired: Paired
    outcomes: dict[str, int]
    seconds_per_photo: Times


def figures_of(records: Sequence[Record]) -> Figures:
    """Compute every figure of some records."""
    judged = [record for record in records if record.label is not None]
    return Figures(
        images=len(records),
        retrieval=_retrieval(judged),
        open_set=_open_set(judged),
        separation=_separation(judged),
        localisation=_localisation(judged),
        paired=_paired(judged),
        outcomes=dict(sorted(Counter(record.outcome for record in records).items())),
        seconds_per_photo=_times(judged),
    )


def figures_by(records: Sequence[Record], key: Callable[[Record], str]) -> dict[str, Figures]:
    """Compute the figures of each group of records, in the order of names; "" is no group."""
    names = sorted({key(record) for record in records} - {""})
    return {name: figures_of([r for r in records if key(r) == name]) for name in names}


def _retrieval(records: Sequence[Record]) -> Retrieval:
    searched = [record for record in records if record.rank is not None]
    first = [record.rank == 1 for record in searched]
    near = [1 <= (record.rank or 0) <= 5 for record in searched]
    interval = share_interval(first, [record.group for record in searched])
    return Retrieval(_share(first), _share(near), len(searched), interval)


def _open_set(records: Sequence[Record]) -> OpenSet:
    asked = [record for record in records if record.stranger is not None]
    accepted = [bool(record.stranger) for record in asked]
    interval = share_interval(accepted, [record.group for record in asked])
    return OpenSet(_share(accepted), len(accepted), interval)


def _separation(records: Sequence[Record]) -> Separation:
    values = middle_for_missing([record.suspicion for record in records])
    genuine = np.array([record.label is Label.GENUINE for record in records], bool)
    covered = np.array([record.suspicion is not None for record in records], bool)
    groups = np.array([record.group for record in records], str)
    differs = np.array([record.outcome == Outcome.DIFFERS.value for record in records], bool)
    low, high = values[genuine], values[~genuine]
    return Separation(
        auroc=auroc(low, high),
        tpr_at_1pct_fpr=tpr_at(low, high, 0.01),
        tpr_at_5pct_fpr=tpr_at(low, high, 0.05),
        coverage=_share(covered),
        auroc_covered=auroc(values[genuine & covered], values[~genuine & covered]),
        n_genuine=len(low),
        n_other=len(high),
        alarmed=_share(differs[genuine]),
        found=_share(differs[~genuine]),
        ci95=auroc_interval(low, list(groups[genuine]), high, list(groups[~genuine])),
        by_kind=_by_kind(records, values, genuine),
    )


def _by_kind(
    records: Sequence[Record], values: Values, genuine: NDArray[np.bool_]
) -> dict[str, dict[str, Any]]:
    """Compare each kind of alteration with all genuine photos."""
    low = values[genuine]
    low_groups = [record.group for record in records if record.label is Label.GENUINE]
    found: dict[str, dict[str, Any]] = {}
    for kind in sorted({r.kind for r in records if r.label is not Label.GENUINE}):
        of_kind = [
            (record, value)
            for record, value in zip(records, values, strict=True)
            if record.label is not Label.GENUINE and record.kind == kind
        ]
        own = np.array([value for _, value in of_kind], np.float64)
        own_groups = [record.group for record, _ in of_kind]
        located = _localisation([record for record, _ in of_kind])
        found[kind] = {
            "n": len(own),
            "auroc": auroc(low, own),
            "ci95": auroc_interval(low, low_groups, own, own_groups),
            "tpr_at_1pct_fpr": tpr_at(low, own, 0.01),
            "tpr_at_5pct_fpr": tpr_at(low, own, 0.05),
            "coverage": _share([record.suspicion is not None for record, _ in of_kind]),
            "found": _share([record.outcome == Outcome.DIFFERS.value for record, _ in of_kind]),
            "top_region_hit": located.top_region_hit,
            "top3_region_hit": located.top3_region_hit,
        }
    return found


def _localisation(records: Sequence[Record]) -> Localisation:
    known = [record for record in records if record.places and record.label is not Label.GENUINE]
    clean = [
        record
        for record in records
        if record.label is Label.GENUINE and record.suspicion is not None
    ]
    top = [any((record.hits or ())[:1]) for record in known]
    top3 = [any((record.hits or ())[:3]) for record in known]
    places = [record.places for record in known]
    recalled = [record.recalled for record in known]
    marked = [record.regions for record in clean]
    groups, clean_groups = [r.group for r in known], [r.group for r in clean]
    return Localisation(
        top_region_hit=_share(top),
        top3_region_hit=_share(top3),
        region_recall=sum(recalled) / sum(places) if places else None,
        false_regions_per_genuine_photo=float(np.mean(marked)) if marked else None,
        n=len(known),
        ci95=share_interval(top, groups),
        top3_ci95=share_interval(top3, groups),
        region_recall_ci95=ratio_interval(recalled, places, groups),
        false_regions_ci95=ratio_interval(marked, [1] * len(marked), clean_groups),
    )


def _paired(records: Sequence[Record]) -> Paired:
    twins = {
        (record.set, record.product, record.name): record
        for record in records
        if record.label is Label.GENUINE and not record.left_out
    }
    wins, groups = [], []
    for record in records:
        if record.label is Label.GENUINE:
            continue
        twin = next((twins[k] for k in _unaltered(record) if k in twins), None)
        if twin is None or twin.suspicion is None or record.suspicion is None:
            continue
        wins.append(record.suspicion > twin.suspicion)
        groups.append(record.group)
    return Paired(_share(wins), len(wins), share_interval(wins, groups))


def _unaltered(record: Record) -> list[tuple[str, str, str]]:
    """Return the names that the twin of `X_kind.jpg` may have, the longest first."""
    path = PurePosixPath(record.name)
    words = path.stem.split("_")
    stems = ["_".join(words[:count]) for count in range(len(words) - 1, 0, -1)]
    names = [str(path.with_name(stem + path.suffix)) for stem in stems if stem]
    return [(record.set, record.product, name) for name in names]


def _times(records: Sequence[Record]) -> Times:
    seconds = [record.seconds for record in records if record.seconds is not None]
    if not seconds:
        return Times(None, None)
    p50, p95 = np.percentile(seconds, (50, 95))
    return Times(float(p50), float(p95))


def _share(hits: Sequence[bool] | NDArray[np.bool_]) -> float | None:
    return float(np.mean(hits)) if len(hits) else None
