"""Photo -> candidates: the shortlist of the gallery, verified by geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vision import polygons
from vision.agreement import agreement, aside, photo_grey
from vision.align import Fit, fit_plane, photo_footprint
from vision.crops import region_crops
from vision.errors import NotAlignable, PictureError
from vision.features import local_features
from vision.outline import whole
from vision.searched_part import bounding_box, part_features
from vision.terms import Box, Candidate, Photo, Pixels, Reference, Vertices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vision.features import LocalFeatures, ReferenceFeatures
    from vision.gallery import Gallery
    from vision.shortlist import Shortlisted

VERIFIED_INLIERS = 12  # pairs found by the ratio test that agree; strangers reach 8 in 1 of 100
_AGREEING_SHARE = 0.3  # of the pairs found; strangers: 0.31 in 1 of 20, products nearly all 0.45
_TRIED = 2  # references of a shortlisted side that are tried
_SHORTLIST = 8
_QUICK = 800  # strongest features of either side that are matched first
_HOPEFUL = 4  # agreeing pairs among those below which the rest is not tried
_FEWEST_TRIED = 6  # agreeing pairs below which a fit is not kept at all
_WELL_MATCHED = 40  # agreeing pairs of a verified candidate that leave no doubt
_SPREAD_OUT = 0.06  # of the reference: inliers on less are a common badge, not the product
_SAME_PRINT = 0.3  # of the visible texture that agrees; less is a badge that products share
_ASIDE_SHOWN, _ASIDE_MOST = (0.1, 3.0), 0.5  # of a reference that does not reach the middle
_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is searched for: `local` are the features of the searched part, `grey` shows all.

    `region` is the box around that part, None for the whole photo.
    """

    photo: Photo
    local: LocalFeatures
    region: Box | None
    grey: NDArray[np.uint8]

    @classmethod
    def of(
        cls, photo: Photo, local: LocalFeatures | None, region: Box | Vertices | None = None
    ) -> Asked:
        """Make it from the features of the whole photo; a part of it gets its own."""
        grey = photo_grey(photo)
        if region is not None:
            return cls(photo, part_features(photo, region), bounding_box(region), grey)
        if local is None:
            local = local_features(photo.pixels, full_width=photo.width)
        return cls(photo, local, None, grey)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A candidate with the fit that speaks for it; None where no plane was found."""

    candidate: Candidate
    reference: Reference
    fit: Fit | None


def find(
    photo: Photo,
    gallery: Gallery,
    local: LocalFeatures | None,
    *,
    region: Box | Vertices | None = None,
    without_product: str | None = None,
    limit: int = _SHORTLIST,
) -> tuple[Found, ...]:
    """Shortlist sides and verify each; the best in the sense of `order` come first.

    Args:
        photo: upright picture.
        gallery: where to search.
        local: features of the whole photo, None to have them found.
        region: search with this box or polygon of the photo only, full-size pixels.
        without_product: as if this product were not in the gallery.
        limit: how many sides to verify.
    """
    steps = finding(
        photo, gallery, local, region=region, without_product=without_product, limit=limit
    )
    return tuple(sorted(steps, key=order))


def finding(
    photo: Photo,
    gallery: Gallery,
    local: LocalFeatures | None,
    *,
    region: Box | Vertices | None = None,
    without_product: str | None = None,
    limit: int = _SHORTLIST,
) -> Iterator[Found]:
    """Do what `find` does, one side after another, in the order of the shortlist."""
    asked = Asked.of(photo, local, region)
    vectors = np.zeros((0, 0), np.float32)
    if gallery.embedder is not None:
        vectors = gallery.embedder.embed(region_crops(_cut(photo, asked.region)))
    listed = gallery.nearest(asked.local, vectors, limit=limit, without_product=without_product)
    settled = False
    for side in listed:  # after a clear match the others can only be a second thing in the photo
        tries = 1 if settled else _TRIED
        found = verify(side, gallery, asked, tries=tries, thorough=not settled)
        yield found
        settled = settled or _is_clear(found)


def verify(
    side: Shortlisted,
    gallery: Gallery,
    asked: Asked,
    *,
    tries: int = _TRIED,
    thorough: bool = True,
) -> Found:
    """Try the side's `tries` best voted references; keep a verified one, of most point pairs.

    `thorough`: match all features where the strongest ones leave a doubt.
    """
    best: Found | None = None
    for reference in side.references[:tries]:
        tried = _try(reference, side, gallery, asked, thorough=thorough)
        if best is None or _weight(tried) > _weight(best):
            best = tried
        if _is_clear(best):
            break
    if best is None:
        raise ValueError("expected a side with at least one reference, found none")
    return best


def _is_clear(found: Found) -> bool:
    return found.candidate.verified and found.candidate.inliers >= _WELL_MATCHED


def _weight(found: Found) -> tuple[bool, int]:
    return found.candidate.verified, found.candidate.inliers


def _try(
    reference: Reference, side: Shortlisted, gallery: Gallery, asked: Asked, *, thorough: bool
) -> Found:
    try:
        known = gallery.features_of(reference)
        fit = _quick_fit(asked.local, known.local, thorough=thorough)
    except NotAlignable as nothing:
        return Found(_candidate(side, reference, nothing.inliers, False, 0.0), reference, None)
    except PictureError:
        return Found(_candidate(side, reference, 0, False, 0.0), reference, None)
    outline = reference.outline or whole(*known.size)
    fills = _fills(fit, outline, asked.photo, asked.region)
    verified = _is_product(fit, known, asked)
    return Found(_candidate(side, reference, fit.agreed, verified, fills), reference, fit)


def _is_product(fit: Fit, known: ReferenceFeatures, asked: Asked) -> bool:
    """Tell whether a fit shows that the photo is one of this product.

    Point pairs must agree, in number, in share and over a part of the reference; what is visible
    of the reference must look like it; and where all that lies beside the middle of the photo,
    as a neighbour does, enough of it must be seen.
    """
    if fit.agreed < max(VERIFIED_INLIERS, _AGREEING_SHARE * fit.paired):
        return False
    if _covered(fit, known.size) < _SPREAD_OUT:
        return False
    photo = asked.photo
    seen = agreement(asked.grey, photo.width, known.small, known.size[0], fit.matrix)
    if seen.agreeing < _SAME_PRINT:
        return False
    beside = aside(fit.photo_points, (photo.width, photo.height), asked.region)
    least, slope = _ASIDE_SHOWN
    return beside <= 0 or seen.shown >= min(_ASIDE_MOST, least + slope * beside)


def _quick_fit(local: LocalFeatures, known: LocalFeatures, *, thorough: bool) -> Fit:
    """Fit with the strongest features; if `thorough`, with all where that leaves a doubt."""
    try:
        fit = fit_plane(
            local.first(_QUICK), known.first(_QUICK), min_inliers=_FEWEST_TRIED, guided=False
        )
    except NotAlignable as nothing:
        if nothing.inliers < _HOPEFUL or not thorough:
            raise
    else:
        if fit.agreed >= 2 * VERIFIED_INLIERS or not thorough:
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
    return min(1.0, polygons.area(seen) / max(area, 1.0))


def _covered(fit: Fit, size: tuple[int, int]) -> float:
    """Return the share of the reference that the hull of the inliers covers."""
    return polygons.area(polygons.hull(fit.reference_points)) / max(1.0, float(size[0] * size[1]))


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
