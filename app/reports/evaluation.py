"""The JSON document of `touchstone evaluate`; a figure that cannot be had is null."""

from typing import Any, Literal

from pydantic import Field, FiniteFloat

from app.reports.contract import Document, VersionsPart

Figure = FiniteFloat | None
Interval = tuple[Figure, Figure] | None


class RetrievalPart(Document):
    """Is the product found?"""

    recall_at_1: Figure
    recall_at_5: Figure
    n: int
    ci95: Interval


class OpenSetPart(Document):
    """Is a product that is not in the gallery taken for another?"""

    false_accept_rate: Figure
    n: int
    ci95: Interval


class SeparationPart(Document):
    """Do altered items stand apart from genuine ones?"""

    auroc: Figure
    tpr_at_1pct_fpr: Figure
    tpr_at_5pct_fpr: Figure
    coverage: Figure
    auroc_covered: Figure
    n_genuine: int
    n_other: int
    alarmed: Figure
    found: Figure
    ci95: Interval
    by_kind: dict[str, Any]


class LocalisationPart(Document):
    """Do the regions lie where the difference is?"""

    top_region_hit: Figure
    top3_region_hit: Figure
    region_recall: Figure
    false_regions_per_genuine_photo: Figure
    n: int
    ci95: Interval
    top3_ci95: Interval
    region_recall_ci95: Interval
    false_regions_ci95: Interval


class PairedPart(Document):
    """Is the altered photo more suspicious than its own unaltered twin?"""

    win_rate: Figure
    n: int
    ci95: Interval


class TimePart(Document):
    """Seconds for one photo."""

    p50: Figure
    p95: Figure


class FiguresPart(Document):
    """All figures of one set, one product, or all."""

    images: int
    retrieval: RetrievalPart
    open_set: OpenSetPart
    separation: SeparationPart
    localisation: LocalisationPart
    paired: PairedPart
    outcomes: dict[str, int]
    seconds_per_photo: TimePart


class EvaluateDocument(Document):
    """What `touchstone evaluate --json` prints."""

    schema_: Literal["touchstone.evaluate/1"] = Field(
        default="touchstone.evaluate/1", alias="schema"
    )
    overall: FiguresPart
    sets: dict[str, FiguresPart]
    products: dict[str, FiguresPart]
    versions: VersionsPart
