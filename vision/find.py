"""Photo -> candidates: the shortlist of the gallery, verified by geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.align import Fit, fit_plane, photo_footprint
from vision.errors import NotAlignable, PictureError
from vision.gallery import Gallery, Shortlisted, region_crops
from vision.outline import whole
from vision.terms import Box, Candidate, Photo, Pixels, Reference

if TYPE_CHECKING:
    from vision.features import LocalFeatures

VERIFIED_INLIERS = 12  # pairs found by the ratio test that agree; strangers reach 8 in 1 of 100
_AGREEING_SHARE = (
    0.3  # of the pairs found; strangers: 0.31 in 1 of 20, the product: 0.45 in 99 of 100
)
_TRIED = 2  # references of a shortlisted side that are tried
_SHORTLIST = 8
_QUICK = 800  # strongest features of either side that are matched first
_HOPEFUL = 4  # agreeing pairs among those below which the rest is not tried
_FEWEST_TRIED = 6  # agreeing pairs below which a fit is not kept at all
_WELL_MATCHED = 40  # inliers after which no second reference of the side is tried
_SPREAD_OUT = 0.06  # of the reference: inliers on less are a common badge, not the product
_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A candidate with the fit that speaks for it; None where no plane was found."""

    candidate: Candidate
    reference: Reference
    fit: Fit | None


def find(
    photo: Photo,
    gallery: Gallery,
    local: LocalFeatures,
    *,
    region: Box | None = None,
    without_product: str | None = None,
    limit: int = _SHORTLIST,
) -> tuple[Found, ...]:
    """Shortlist sides and verify each; the best in the sense of `order` come first.

    Args:
        photo: upright picture.
        gallery: where to search.
        local: features of the whole photo.
        region: search with this part of the photo only, full-size pixels.
        without_product: as if this product were not in the gallery.
        limit: how many sides to verify.
    """
    asked = local if region is None else local.within(region)
    vectors = np.zeros((0, 0), np.float32)
    if gallery.embedder is not None:
        vectors = gallery.embedder.embed(region_crops(_cut(photo, region)))
    listed = gallery.nearest(asked, vectors, limit=limit, without_product=without_product)
    found = [verify(side, gallery, asked, photo, region=region) for side in listed]
    return tuple(sorted(found, key=order))


def verify(
    side: Shortlisted,
    gallery: Gallery,
    local: LocalFeatures,
    photo: Photo,
    *,
    region: Box | None = None,
    tries: int = _TRIED,
) -> Found:
    """Try the side's `tries` best voted references; keep the one that most point pairs agree on."""
    best: Found | None = None
    for reference in side.references[:tries]:
        tried = _try(reference, side, gallery, local, photo, region)
        if best is None or tried.candidate.inliers > best.candidate.inliers:
            best = tried
        if best.candidate.inliers >= _WELL_MATCHED:
            break
    if best is None:
        raise ValueError("expected a side with at least one reference, found none")
    return best


def _try(
    reference: Reference,
    side: Shortlisted,
    gallery: Gallery,
    local: LocalFeatures,
    photo: Photo,
    region: Box | None,
) -> Found:
    try:
        known = gallery.features_of(reference)
        fit = _quick_fit(local, known.local)
    except NotAlignable as nothing:
        return Found(_candidate(side, reference, nothing.inliers, False, 0.0), reference, None)
    except PictureError:
        return Found(_candidate(side, reference, 0, False, 0.0), reference, None)
    outline = reference.outline or whole(*known.size)
    fills = _fills(fit, outline, photo, region)
    count = fit.agreed
    verified = (
        count >= VERIFIED_INLIERS
        and count >= _AGREEING_SHARE * fit.paired
        and _covered(fit, known.size) >= _SPREAD_OUT
    )
    return Found(_candidate(side, reference, count, verified, fills), reference, fit)


def _quick_fit(local: LocalFeatures, known: LocalFeatures) -> Fit:
    """Fit with the strongest features; with all of them where that leaves a doubt."""
    try:
        fit = fit_plane(
            local.first(_QUICK), known.first(_QUICK), min_inliers=_FEWEST_TRIED, guided=False
        )
    except NotAlignable as nothing:
        if nothing.inliers < _HOPEFUL:
            raise
    else:
        if fit.agreed >= 2 * VERIFIED_INLIERS:
            return fit
    return fit_plane(local, known, min_inliers=_FEWEST_TRIED, guided=False)


def _candidate(
    side: Shortlisted, reference: Reference, inliers: int, verified: bool, fills: float
) -> Candidate:
    matched = 1.0 - float(np.exp(-inliers / 60.0))
    likeness = 0.5 * max(0.0, side.likeness)
    return Candidate(
        side.product,
        side.side,
        matched if verified else min(matched, likeness, 0.2),
        inliers,
        verified,
        reference.id,
        fills,
    )


def order(found: Found) -> tuple[bool, float]:
    """Return the sort key: verified first, then agreeing points weighed by the share filled."""
    candidate = found.candidate
    return not candidate.verified, -(candidate.inliers * (0.25 + min(candidate.fills, 1.0)))


def _fills(
    fit: Fit, outline: tuple[tuple[float, float], ...], photo: Photo, region: Box | None
) -> float:
    """Return the share of the photo, or region, that the reference's outline covers."""
    try:
        back = np.linalg.inv(fit.matrix)
    except np.linalg.LinAlgError:
        return 0.0
    seen = photo_footprint(back, outline, (photo.width, photo.height))
    if len(seen) < 3:
        return 0.0
    area = float(photo.width * photo.height)
    if region is not None:
        area = float((region[2] - region[0]) * (region[3] - region[1]))
    return min(1.0, abs(float(cv2.contourArea(seen.astype(np.float32)))) / max(area, 1.0))


def _covered(fit: Fit, size: tuple[int, int]) -> float:
    """Return the share of the reference that the hull of the inliers covers."""
    hull = cv2.convexHull(fit.reference_points.astype(np.float32))
    return float(cv2.contourArea(hull)) / max(1.0, float(size[0] * size[1]))


def shown(found: tuple[Found, ...]) -> tuple[Candidate, ...]:
    """Return what staff see: every verified candidate, and at least the nearest three."""
    verified = [each.candidate for each in found if each.candidate.verified]
    others = [each.candidate for each in found if not each.candidate.verified]
    return tuple((verified + others[: max(0, 3 - len(verified))])[:_SHOWN])


def _cut(photo: Photo, region: Box | None) -> Pixels:
    if region is None:
        return photo.pixels
    x0, y0, x1, y1 = (round(v / photo.scale) for v in region)
    height, width = photo.pixels.shape[:2]
    x0, y0 = min(max(0, x0), width - 1), min(max(0, y0), height - 1)
    return photo.pixels[y0 : max(y0 + 1, min(y1, height)), x0 : max(x0 + 1, min(x1, width))]
