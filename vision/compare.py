"""The front door: a photo and a gallery in, an Inspection out."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import find, quality
from vision.align import Fit, fit_plane, overlap, transform
from vision.errors import NotAlignable, PictureError, UnknownSide
from vision.evidence.visibility import JUDGED, visibility
from vision.features import LocalFeatures, local_features
from vision.frames import fit_bow, lay
from vision.gallery import Gallery, Shortlisted
from vision.regions import find_regions
from vision.score import LIMIT, score
from vision.sides import SideModel, compose, make_layer
from vision.spread import BORDER, Evidence, compare_layers, judge, least_of
from vision.terms import (
    Alignment,
    Box,
    Candidate,
    Comparison,
    Fault,
    Inspection,
    Map,
    Mask,
    Outcome,
    Photo,
    Pixels,
    Reason,
    ReasonCode,
    Reference,
    Seconds,
)

if TYPE_CHECKING:
    from vision.find import Found

FEWEST_REFERENCES = 3
_COMPARED_LAYERS = 5
_GEOMETRY_LAYERS = 2
_LEAST_OVERLAP = 0.35  # of the outline inside the photo
_LEAST_SUPPORT = 0.20  # of the outline spanned by the matching points
_LEAST_JUDGED = 0.50  # of the outline that could be judged
_LARGEST_ERROR = 4.0  # frame pixels
_FEWEST_INLIERS = 15


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """A comparison and what the outcome needs besides."""

    comparison: Comparison
    support: float
    judged_share: float
    error: float
    contradicted: float
    references: int


def inspect(
    photo: Photo,
    gallery: Gallery,
    *,
    product: str | None = None,
    side: str | None = None,
    region: Box | None = None,
) -> Inspection:
    """Find what a photo shows, compare it with the genuine references and say where it differs.

    Args:
        photo: upright picture of a suspect item.
        gallery: genuine references.
        product: compare with this product instead of searching.
        side: only with this side (of `product`, or of whatever is found).
        region: search with this part of the photo only, full-size pixels.

    Returns:
        An Inspection; `comparison` is None where nothing could be compared, which is an answer.

    Raises:
        UnknownSide: the gallery has no such product or side.
        ValueError: `region` is empty or outside the photo.
    """
    begin = time.perf_counter()
    _check_region(region, photo)
    wanted = _wanted(gallery, product, side)
    local = local_features(photo.pixels, full_width=photo.width)
    featured = time.perf_counter()
    found = _candidates(photo, gallery, local, region, wanted)
    searched = time.perf_counter()
    chosen = _choose(found, given=product is not None, side=side)
    compared, seconds = None, Seconds()
    if chosen is not None:
        compared, seconds = _compare(photo, gallery, local, chosen)
    area = _footprint(compared.comparison, photo) if compared is not None else region
    faults = quality.faults(photo, area=area)
    outcome, reason = _outcome(gallery, found, chosen, compared, faults)
    end = time.perf_counter()
    return Inspection(
        photo=photo,
        faults=faults,
        outcome=outcome,
        reason=reason,
        candidates=find.shown(found),
        comparison=compared.comparison if compared is not None else None,
        seconds=replace(
            seconds, features=featured - begin, search=searched - featured, total=end - begin
        ),
    )


def search_gallery(
    photo: Photo,
    gallery: Gallery,
    *,
    region: Box | None = None,
    without_product: str | None = None,
) -> tuple[Candidate, ...]:
    """Search the gallery for what a photo, or a region of it, shows.

    Verified candidates come first.
    """
    _check_region(region, photo)
    local = local_features(photo.pixels, full_width=photo.width)
    found = find.find(photo, gallery, local, region=region, without_product=without_product)
    return find.shown(found)


def _check_region(region: Box | None, photo: Photo) -> None:
    if region is None:
        return
    x0, y0, x1, y1 = region
    if x1 <= max(x0, 0) or y1 <= max(y0, 0) or x0 >= photo.width or y0 >= photo.height:
        raise ValueError(
            f"expected a region inside the photo of {photo.width} x {photo.height} pixels, "
            f"found {x0},{y0},{x1},{y1}"
        )


def _wanted(
    gallery: Gallery, product: str | None, side: str | None
) -> tuple[tuple[str, str], ...] | None:
    """Return the sides asked for, None for all."""
    if product is None and side is None:
        return None
    names = {(r.product, r.side) for r in gallery.references}
    wanted = tuple(sorted(n for n in names if product in (None, n[0]) and side in (None, n[1])))
    if not wanted:
        raise UnknownSide(product or "", side)
    return wanted


def _candidates(
    photo: Photo,
    gallery: Gallery,
    local: LocalFeatures,
    region: Box | None,
    wanted: tuple[tuple[str, str], ...] | None,
) -> tuple[Found, ...]:
    if not gallery.references:
        return ()
    if wanted is None:
        return find.find(photo, gallery, local, region=region)
    listed = [Shortlisted(p, s, gallery.of_side(p, s), votes=0.0, likeness=0.0) for p, s in wanted]
    if len(listed) > 12:
        names = set(wanted)
        near = find.find(photo, gallery, local, region=region, limit=24)
        return tuple(f for f in near if (f.candidate.product, f.candidate.side) in names)
    asked = local if region is None else local.within(region)
    tried = [find.verify(each, gallery, asked, photo, region=region, tries=8) for each in listed]
    return tuple(sorted(tried, key=find.order))


def _choose(found: tuple[Found, ...], *, given: bool, side: str | None) -> Found | None:
    """Choose what to compare with.

    The first verified; of a product that staff named, also an unverified one.
    """
    for each in found:
        if each.candidate.verified and side in (None, each.candidate.side):
            return each
    if given and found and found[0].fit is not None:
        return found[0]
    return None


def _compare(
    photo: Photo, gallery: Gallery, local: LocalFeatures, chosen: Found
) -> tuple[_Compared | None, Seconds]:
    begin = time.perf_counter()
    try:
        model = gallery.side_model(chosen.candidate.product, chosen.candidate.side)
    except PictureError:
        return None, Seconds()
    fit = _fit(model, gallery, local, chosen)
    if fit is None:
        return None, Seconds(align=time.perf_counter() - begin)
    bow = fit_bow(fit, model.frame)
    laid = lay(photo.pixels, photo.scale, fit.matrix, model.frame, bow=bow)
    aligned = time.perf_counter()
    layer = make_layer(laid, gallery.embedder)
    layers = [placed.layer for placed in model.placed[:_COMPARED_LAYERS]]
    seen = visibility(layer, layers, model.inside, border=BORDER)
    seen = np.where(quality.cannot_judge(laid.pixels) & ~_white(model), 0.0, seen).astype(
        np.float32
    )
    maps = least_of(
        [
            compare_layers(layer, each, with_geometry=number < _GEOMETRY_LAYERS)
            for number, each in enumerate(layers)
        ]
    )
    evidence = judge(maps, seen, model.spread, model.count)
    compared = _result(photo, model, fit, laid.pixels, laid.places, evidence)
    return compared, Seconds(align=aligned - begin, evidence=time.perf_counter() - aligned)


def _fit(model: SideModel, gallery: Gallery, local: LocalFeatures, chosen: Found) -> Fit | None:
    """Fit the photo onto the canonical reference.

    By way of the reference that matched when that is surer.
    """
    by_id = {placed.reference.id: placed for placed in model.placed}
    fits = []
    for reference in dict.fromkeys((model.canonical.id, chosen.reference.id)):
        placed = by_id.get(reference)
        if placed is None:
            continue
        if reference == chosen.reference.id and chosen.fit is not None:
            fit = chosen.fit
        else:
            try:
                known = gallery.features_of(placed.reference).local
                fit = fit_plane(local, known, min_inliers=8)
            except (NotAlignable, PictureError):
                continue
        fits.append(compose(fit, placed))
    if not fits:
        return None
    direct = fits[0]
    best = max(fits, key=lambda f: len(f.photo_points))
    return direct if len(direct.photo_points) >= 0.5 * len(best.photo_points) else best


def _white(model: SideModel) -> Mask:
    """Return where genuine print itself is nearly white."""
    bright = np.stack([placed.layer.pixels.min(axis=2) > 215 for placed in model.placed])
    return np.asarray(bright.mean(axis=0) > 0.5, bool)


def _result(
    photo: Photo, model: SideModel, fit: Fit, pixels: Pixels, places: Map, evidence: Evidence
) -> _Compared:
    judged = np.asarray((evidence.seen > JUDGED) & model.inside, bool)
    suspicion, similarity = score(evidence)
    regions = find_regions(
        evidence,
        model.spread,
        model.count,
        frame=model.frame,
        places=places,
        reference=model.canonical.sha256,
        limit=LIMIT,
    )
    size = (photo.width, photo.height)
    alignment = Alignment(
        fit.matrix,
        len(fit.photo_points),
        fit.error_px,
        overlap(fit.matrix, size, model.frame.outline),
    )
    genuine = [value for value, _ in model.genuine]
    comparison = Comparison(
        product=model.product,
        side=model.side,
        reference=model.canonical,
        alignment=alignment,
        similarity=similarity,
        percentile=float(np.mean([g >= suspicion for g in genuine])) if genuine else None,
        genuine_pairs=len(genuine),
        suspicion=suspicion,
        regions=regions,
        aligned=np.asarray(pixels, np.uint8),
        reference_pixels=model.placed[0].layer.pixels,
        judged=judged,
        excess=evidence.total,
        frame_scale=model.frame.scale,
        frame_origin=model.frame.origin,
        outline=model.frame.outline,
    )
    inside = max(1, int(model.inside.sum()))
    split = model.contradiction & judged
    return _Compared(
        comparison=comparison,
        support=_support(fit, model),
        judged_share=float(judged.sum()) / inside,
        error=fit.error_px / model.frame.scale,
        contradicted=float(split.sum()) / inside,
        references=model.count,
    )


def _support(fit: Fit, model: SideModel) -> float:
    """Return the share of the outline that the matching points span."""
    hull = cv2.convexHull(fit.reference_points.astype(np.float32))
    outline = np.array(model.frame.outline, np.float32)
    return float(cv2.contourArea(hull)) / max(1.0, abs(float(cv2.contourArea(outline))))


def _footprint(comparison: Comparison, photo: Photo) -> Box | None:
    """Return the box of the product in the photo."""
    try:
        back = np.linalg.inv(comparison.alignment.matrix)
    except np.linalg.LinAlgError:
        return None
    corners = transform(back, np.array(comparison.outline, np.float64))
    low = np.clip(np.floor(corners.min(axis=0)), 0, (photo.width - 1, photo.height - 1))
    high = np.clip(np.ceil(corners.max(axis=0)) + 1, low + 1, (photo.width, photo.height))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _outcome(
    gallery: Gallery,
    found: tuple[Found, ...],
    chosen: Found | None,
    compared: _Compared | None,
    faults: tuple[Fault, ...],
) -> tuple[Outcome, Reason]:
    severe = tuple(dict.fromkeys(fault.kind for fault in faults if fault.severe))
    if severe:
        return Outcome.PHOTO_UNFIT, Reason(ReasonCode.FAULT, faults=severe)
    if not gallery.references:
        return Outcome.NOT_IN_GALLERY, Reason(ReasonCode.EMPTY_GALLERY)
    if chosen is None and (not found or not found[0].candidate.verified):
        most = max((each.candidate.inliers for each in found), default=0)
        return Outcome.NOT_IN_GALLERY, Reason(
            ReasonCode.NOTHING_VERIFIED, found=most, needed=find.VERIFIED_INLIERS
        )
    if compared is None:
        most = chosen.candidate.inliers if chosen is not None else 0
        return Outcome.CANNOT_ALIGN, Reason(
            ReasonCode.FEW_MATCHES, found=most, needed=_FEWEST_INLIERS
        )
    return _outcome_of(compared)


def _outcome_of(compared: _Compared) -> tuple[Outcome, Reason]:
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
    if comparison.regions:
        return Outcome.DIFFERS, Reason(
            ReasonCode.OUTSIDE_SPREAD, found=len(comparison.regions), product=product, side=side
        )
    if compared.contradicted > 0.002:
        return Outcome.MIXED, Reason(ReasonCode.REFERENCES_DISAGREE, product=product, side=side)
    return Outcome.AGREES, Reason(
        ReasonCode.WITHIN_SPREAD,
        found=comparison.suspicion,
        needed=LIMIT,
        product=product,
        side=side,
    )


def _doubt(compared: _Compared) -> Reason | None:
    """Return why the alignment is not to be trusted, None where it is."""
    alignment = compared.comparison.alignment
    if alignment.inliers < _FEWEST_INLIERS:
        return Reason(ReasonCode.FEW_MATCHES, found=alignment.inliers, needed=_FEWEST_INLIERS)
    if alignment.overlap < _LEAST_OVERLAP:
        return Reason(ReasonCode.LOW_OVERLAP, found=alignment.overlap, needed=_LEAST_OVERLAP)
    if compared.support < _LEAST_SUPPORT:
        return Reason(ReasonCode.LOW_OVERLAP, found=compared.support, needed=_LEAST_SUPPORT)
    if compared.error > _LARGEST_ERROR:
        return Reason(ReasonCode.LARGE_ERROR, found=compared.error, needed=_LARGEST_ERROR)
    return None


def reference_of(gallery: Gallery, candidate: Candidate) -> Reference | None:
    """Return the reference that a candidate matched best, if the gallery still has it."""
    return next((r for r in gallery.references if r.id == candidate.reference), None)
