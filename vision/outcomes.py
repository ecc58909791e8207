"""A comparison and what stands around it -> the outcome, and the reason for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import find
from vision.inspection import Comparison, Outcome, Reason, ReasonCode
from vision.score import FEWEST_REFERENCES
from vision.sides import MOST_CONTRADICTED
from vision.zones import NEEDED

if TYPE_CHECKING:
    from vision.find import Found
    from vision.terms import Candidate, Fault, Photo, Zone

_LEAST_OVERLAP = 0.35  # of the outline inside the photo
_LEAST_SUPPORT = 0.20  # of the outline spanned by the matching points
_LEAST_JUDGED = 0.50  # of the outline that could be judged
_LARGEST_ERROR = 4.0  # frame pixels
_FEWEST_INLIERS = 15
_RIVAL_FILLS, _RIVAL_SHARE = 0.7, 0.4  # of the chosen candidate's area and points


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A comparison and what the outcome needs besides.

    `support` and `judged_share` are shares of the outline, `error` is in frame pixels,
    `contradicted` the share where references form two groups, `limit` the one of the regions.
    `unjudged` is a must-match zone of which too little could be judged, with that share, `lost` one
    that cannot be laid on the side at all.
    """

    comparison: Comparison
    support: float
    judged_share: float
    error: float
    contradicted: float
    limit: float
    references: int
    unjudged: tuple[Zone, float] | None = None
    lost: Zone | None = None


def decide(
    found: tuple[Found, ...],
    chosen: Found | None,
    compared: Compared | None,
    faults: tuple[Fault, ...],
    photo: Photo,
    *,
    given: bool = False,
) -> tuple[Outcome, Reason]:
    """Say one of the outcomes of a photo, and why.

    Args:
        found: the candidates of the search; empty only where the gallery is.
        chosen: the one compared with, None where none was verified.
        compared: the comparison, None where nothing could be compared.
        faults: of the photo.
        photo: the photo itself.
        given: a person named the product: then it is not looked for, and can only lie or not.
    """
    severe = tuple(dict.fromkeys(fault.kind for fault in faults if fault.severe))
    if severe:
        return Outcome.PHOTO_UNFIT, Reason(ReasonCode.FAULT, faults=severe)
    if not found:
        return Outcome.NOT_IN_GALLERY, Reason(ReasonCode.EMPTY_GALLERY)
    if chosen is None and (not found or not found[0].candidate.verified):
        most = max((each.candidate.inliers for each in found), default=0)
        if given:
            named = found[0].candidate
            return Outcome.CANNOT_ALIGN, Reason(
                ReasonCode.FEW_MATCHES, named.product, named.side, most, _FEWEST_INLIERS
            )
        return Outcome.NOT_IN_GALLERY, Reason(
            ReasonCode.NOTHING_VERIFIED, found=most, needed=find.VERIFIED_INLIERS
        )
    if compared is None:
        named = (chosen or found[0]).candidate
        return Outcome.CANNOT_ALIGN, Reason(
            ReasonCode.FEW_MATCHES, named.product, named.side, named.inliers, _FEWEST_INLIERS
        )
    rival = _rival(found, chosen, photo)
    return _outcome_of(compared, rival)


def _outcome_of(compared: Compared, rival: Candidate | None) -> tuple[Outcome, Reason]:
    comparison = compared.comparison
    doubt = _doubt(compared)
    product, side = comparison.product, comparison.side
    if doubt is not None:
        return Outcome.CANNOT_ALIGN, replace(doubt, product=product, side=side)
    if compared.judged_share < _LEAST_JUDGED:
        return Outcome.PHOTO_UNFIT, Reason(
            ReasonCode.MOSTLY_HIDDEN,
            found=compared.judged_share,
            needed=_LEAST_JUDGED,
            product=product,
            side=side,
        )
    if compared.references < FEWEST_REFERENCES:
        return Outcome.GALLERY_TOO_THIN, Reason(
            ReasonCode.FEW_REFERENCES,
            found=compared.references,
            needed=FEWEST_REFERENCES,
            product=product,
            side=side,
        )
    if rival is not None:
        return Outcome.MIXED, Reason(
            ReasonCode.TWO_PRODUCTS, product=rival.product, side=rival.side
        )
    if comparison.differing:
        return Outcome.DIFFERS, Reason(
            ReasonCode.OUTSIDE_SPREAD, found=len(comparison.differing), product=product, side=side
        )
    if compared.contradicted > MOST_CONTRADICTED:
        return Outcome.MIXED, Reason(ReasonCode.REFERENCES_DISAGREE, product=product, side=side)
    unheeded = _unheeded(compared)
    if unheeded is not None:
        return unheeded[0], replace(unheeded[1], product=product, side=side)
    return Outcome.AGREES, Reason(
        ReasonCode.WITHIN_SPREAD,
        found=comparison.suspicion,
        needed=compared.limit,
        product=product,
        side=side,
    )


def _unheeded(compared: Compared) -> tuple[Outcome, Reason] | None:
    """Return what to say where a must-match zone was not judged, None where each was."""
    if compared.lost is not None:
        return Outcome.GALLERY_TOO_THIN, Reason(ReasonCode.ZONE_LOST, zone=compared.lost.label)
    if compared.unjudged is not None:
        zone, share = compared.unjudged
        return Outcome.PHOTO_UNFIT, Reason(
            ReasonCode.ZONE_HIDDEN, found=share, needed=NEEDED, zone=zone.label
        )
    return None


def _doubt(compared: Compared) -> Reason | None:
    """Return why the alignment is not to be trusted, None where it is."""
    alignment = compared.comparison.alignment
    by_hand = alignment.pins > 0  # a person answers for the pins, however few
    if alignment.inliers < _FEWEST_INLIERS and not by_hand:
        return Reason(ReasonCode.FEW_MATCHES, found=alignment.inliers, needed=_FEWEST_INLIERS)
    if alignment.overlap < _LEAST_OVERLAP:
        return Reason(ReasonCode.LOW_OVERLAP, found=alignment.overlap, needed=_LEAST_OVERLAP)
    if compared.support < _LEAST_SUPPORT and not by_hand:
        return Reason(ReasonCode.LOW_OVERLAP, found=compared.support, needed=_LEAST_SUPPORT)
    if compared.error > _LARGEST_ERROR:
        return Reason(ReasonCode.LARGE_ERROR, found=compared.error, needed=_LARGEST_ERROR)
    return None


def _rival(found: tuple[Found, ...], chosen: Found | None, photo: Photo) -> Candidate | None:
    """Return another product that stands elsewhere in the photo and fills it as much."""
    if chosen is None or chosen.fit is None:
        return None
    own = chosen.candidate
    for other in found:
        candidate = other.candidate
        if not candidate.verified or candidate.product == own.product or other.fit is None:
            continue
        strong = candidate.inliers >= _RIVAL_SHARE * own.inliers
        if strong and candidate.fills >= _RIVAL_FILLS * own.fills and _apart(chosen, other, photo):
            return candidate
    return None


def _apart(one: Found, other: Found, photo: Photo) -> bool:
    """Tell whether the matching points of two candidates lie in different places of the photo."""
    hulls = []
    for each in (one, other):
        if each.fit is None:
            return False
        mask = np.zeros((64, 64), np.uint8)
        scale = 63.0 / np.array([max(photo.width - 1, 1), max(photo.height - 1, 1)])
        hull = cv2.convexHull(np.rint(each.fit.photo_points * scale).astype(np.int32))
        cv2.fillConvexPoly(mask, hull, 1)
        hulls.append(mask > 0)
    shared = float((hulls[0] & hulls[1]).sum())
    return shared < 0.2 * float(min(hulls[0].sum(), hulls[1].sum()))
