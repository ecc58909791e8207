"""The JSON document about thresholds of the gallery, and what they would do."""

from typing import Literal

from pydantic import Field, FiniteFloat

from app.reports.contract import Document
from vision import (
    CountedShare,
    LimitBasis,
    ThresholdEffect,
    ThresholdEvidence,
    Thresholds,
    threshold_effect,
)


class SharePart(Document):
    """`count` of `total`, and a 95 % interval (Clopper and Pearson) of the true share."""

    count: int
    total: int
    low: FiniteFloat
    high: FiniteFloat


class EffectPart(Document):
    """What a threshold does; `genuine`, `own` and `false` are the raw values, in its unit."""

    threshold: FiniteFloat
    basis: LimitBasis
    promised: FiniteFloat
    false_alarms: SharePart
    own_alarms: SharePart
    misses: SharePart
    promise: FiniteFloat
    is_few: bool
    genuine: tuple[FiniteFloat, ...]
    own: tuple[FiniteFloat, ...]
    false: tuple[FiniteFloat, ...]


class SetPart(Document):
    """A threshold that was set for a side."""

    product: str
    side: str
    threshold: FiniteFloat


class ThresholdsDocument(Document):
    """What `gallery threshold` prints; `margin` is that of the whole gallery, null where none.

    `effect` is null where it was not asked for.
    """

    schema_: Literal["touchstone.gallery-thresholds/1"] = Field(
        default="touchstone.gallery-thresholds/1", alias="schema"
    )
    margin: FiniteFloat | None
    sides: tuple[SetPart, ...]
    effect: EffectPart | None = None


def thresholds_document(
    thresholds: Thresholds, evidence: ThresholdEvidence | None = None
) -> ThresholdsDocument:
    """What was set, and what the threshold in use of one side or of the gallery does."""
    return ThresholdsDocument(
        margin=thresholds.margin,
        sides=tuple(SetPart(product=p, side=s, threshold=t) for p, s, t in thresholds.sides),
        effect=None if evidence is None else _effect_part(evidence),
    )


def _effect_part(evidence: ThresholdEvidence) -> EffectPart:
    effect: ThresholdEffect = threshold_effect(evidence, evidence.current)
    return EffectPart(
        threshold=effect.threshold,
        basis=evidence.basis,
        promised=evidence.promised,
        false_alarms=_share_part(effect.false_alarms),
        own_alarms=_share_part(effect.own_alarms),
        misses=_share_part(effect.misses),
        promise=effect.promise,
        is_few=effect.is_few,
        genuine=evidence.genuine,
        own=evidence.own,
        false=evidence.false,
    )


def _share_part(share: CountedShare) -> SharePart:
    return SharePart(count=share.count, total=share.total, low=share.low, high=share.high)
