"""What the program says of one photo: the comparison, the outcome, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vision.terms import (
        Alignment,
        Candidate,
        Channel,
        CodeResult,
        Fault,
        FaultKind,
        Map,
        Mask,
        Photo,
        Pixels,
        Reference,
        Region,
        Vertices,
        Zone,
    )


class Outcome(StrEnum):
    """What the program says of one photo."""

    AGREES = "agrees"
    DIFFERS = "differs"
    PHOTO_UNFIT = "photo_unfit"
    NOT_IN_GALLERY = "not_in_gallery"
    GALLERY_TOO_THIN = "gallery_too_thin"
    CANNOT_ALIGN = "cannot_align"
    MIXED = "mixed"


class LimitBasis(StrEnum):
    """Whom the limit comes from by which a photo was judged."""

    PROMISE = "promise"  # the promised rate of false alarms
    GALLERY = "gallery"  # a threshold set by a trainer for the whole gallery
    SIDE = "side"  # one set for this side


class ReasonCode(StrEnum):
    """Why an outcome was given; worded by app.words."""

    WITHIN_SPREAD = "within_spread"
    OUTSIDE_SPREAD = "outside_spread"
    FAULT = "fault"
    NOTHING_VERIFIED = "nothing_verified"
    EMPTY_GALLERY = "empty_gallery"
    FEW_REFERENCES = "few_references"
    FEW_MATCHES = "few_matches"
    LOW_OVERLAP = "low_overlap"
    LARGE_ERROR = "large_error"
    MOSTLY_HIDDEN = "mostly_hidden"
    REFERENCES_DISAGREE = "references_disagree"
    TWO_PRODUCTS = "two_products"
    ZONE_HIDDEN = "zone_hidden"
    ZONE_LOST = "zone_lost"


@dataclass(frozen=True, slots=True, eq=False)
class ChannelExcess:
    """What one channel measured, over what genuine items show: (h, w) float16, above 1 outside."""

    channel: Channel
    excess: Map


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One photo against one side of one product.

    `aligned` (h, w, 3) is the photo laid on the frame of the canonical reference,
    `reference_pixels` that reference at the same scale, `judged` (h, w) True where the two could be
    compared, `excess` (h, w) the weighted sum of the channels, each over what genuine items show
    (above 1: outside). `frame_scale` is full-size reference pixels per frame pixel; `frame_origin`
    the full-size reference pixel (x, y) whose top-left corner is that of the frame. `percentile` is
    the share of genuine-to-genuine comparisons that agree no better than this one, None when there
    are none; `suspicion` orders a batch, larger first. `codes` are the bar codes and
    matrix codes of photo and references; `zones` those of the side, on the canonical reference.
    `weakest` are the places that agree least though nothing stands out there, numbered on after the
    regions, as many as make three together.
    `places` (rows, columns, 2) are the photo pixels shown at every eighth pixel of the frame, bends
    of the surface included (see `in_photo`). `colour_judged` is the share of judged places at
    which the light was good enough to judge colour. `by_channel` are the channels that make up
    `excess`. `apart` counts the parts that the photo shows elsewhere, as genuine items do, and that
    were compared in their own place. `peak` is the strongest evidence, `limit` what it was held to.
    """

    product: str
    side: str
    reference: Reference
    alignment: Alignment
    similarity: float
    percentile: float | None
    genuine_pairs: int
    suspicion: float
    regions: tuple[Region, ...]
    aligned: Pixels
    reference_pixels: Pixels
    judged: Mask
    excess: Map
    frame_scale: float
    outline: Vertices = ()
    frame_origin: tuple[float, float] = (0.0, 0.0)
    zones: tuple[Zone, ...] = ()
    codes: tuple[CodeResult, ...] = ()
    colour_judged: float = 1.0
    places: Map = field(default_factory=lambda: np.zeros((0, 0, 2), np.float32))
    weakest: tuple[Region, ...] = ()
    by_channel: tuple[ChannelExcess, ...] = ()
    apart: int = 0
    peak: float = 0.0
    limit: float = 0.0
    limit_basis: LimitBasis = LimitBasis.PROMISE

    @property
    def differing(self) -> tuple[Region, ...]:
        """The regions that differ by more than genuine items do."""
        return tuple(region for region in self.regions if region.outside)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the outcome is what it is; the fields fill the sentence."""

    code: ReasonCode
    product: str = ""
    side: str = ""
    found: float = 0.0
    needed: float = 0.0
    faults: tuple[FaultKind, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Seconds:
    """Time spent on one photo, in seconds."""

    read: float = 0.0
    features: float = 0.0
    search: float = 0.0
    align: float = 0.0
    evidence: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """Everything the program says of one photo. `comparison` is None where nothing was compared."""

    photo: Photo
    faults: tuple[Fault, ...]
    outcome: Outcome
    reason: Reason
    candidates: tuple[Candidate, ...]
    comparison: Comparison | None
    seconds: Seconds
