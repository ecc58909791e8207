"""The front door: a photo and a gallery in, an Inspection out."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import find, grey, quality, text_regions
from vision.align import Fit, fit_plane, overlap, transform
from vision.by_hand import fit_by_hand
from vision.code_records import add_regions, compare_codes, raised, read_product
from vision.errors import NotAlignable, PictureError, UnknownSide
from vision.evidence.visibility import JUDGED, usable, visibility
from vision.features import LocalFeatures, local_features
from vision.further_layers import further_layers, lesser
from vision.inspection import Comparison, Inspection, Seconds
from vision.learned import weigh
from vision.outcomes import Compared, decide
from vision.parts import lay_parts
from vision.places import decimated
from vision.regions import Ground, find_regions, find_weakest
from vision.score import score
from vision.searched_part import check_part
from vision.see_through import missing_print
from vision.shortlist import Shortlisted
from vision.sides import SideModel, compose, make_layer, with_light
from vision.spread import Evidence, border_of, compare_layers, excess_by_channel, judge, least_of
from vision.terms import Alignment, Box, CodeAgreement, CodeResult, Map, Mask, NoteCode, Photo
from vision.zones import in_variable, lost_must_match, unjudged, without_variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.evidence.layer import Layer
    from vision.find import Found
    from vision.frames import Laid
    from vision.gallery import Gallery
    from vision.limits import Limits
    from vision.pins import Pinned
    from vision.text_lines import SideText

_COMPARED_LAYERS = 5
_GEOMETRY_LAYERS = 2


def inspect(
    photo: Photo,
    gallery: Gallery,
    *,
    product: str | None = None,
    side: str | None = None,
    region: Box | None = None,
    text: bool = True,
    pinned: Pinned | None = None,
) -> Inspection:
    """Find what a photo shows, compare it with the genuine references and say where it differs.

    Args:
        photo: upright picture of a suspect item.
        gallery: genuine references.
        product: compare with this product instead of searching.
        side: only with this side (of `product`, or of whatever is found).
        region: search with this part of the photo only, full-size pixels.
        text: also read what is printed; without a reader, text is left out.
        pinned: lay the photo by these pins instead of by what matches; needs product and side.

    Returns:
        An Inspection; `comparison` is None where nothing could be compared, which is an answer.

    Raises:
        UnknownSide: the gallery has no such product or side.
        ValueError: `region` is empty or outside the photo, or pins come without product and side.
        PinsUnusable: the pins do not tell how the photo lies.
    """
    begin = time.perf_counter()
    check_part(region, photo)
    if pinned is not None and None in (product, side):
        raise ValueError("pins need the product and the side whose reference they lie on")
    wanted = _wanted(gallery, product, side)
    local = local_features(photo.pixels, full_width=photo.width)
    featured = time.perf_counter()
    found = _candidates(photo, gallery, local, region, wanted)
    searched = time.perf_counter()
    given = product is not None
    chosen = found[0] if pinned is not None else _choose(found, given=given, side=side)
    compared, seconds = None, Seconds()
    if chosen is not None:
        compared, seconds = _compare(photo, gallery, local, chosen, text=text, pinned=pinned)
    area = _footprint(compared.comparison, photo) if compared is not None else region
    faults = quality.faults(photo, area=area)
    outcome, reason = decide(found, chosen, compared, faults, photo, given=given)
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


@dataclass(frozen=True, slots=True, eq=False)
class LaidPair:
    """A photo and the references it is compared with, all on the frame of their side.

    `photo` is the laid photo (pixels, what of the frame it shows, and the photo pixel shown at
    each place); `references` the layers of the references, the canonical one first; `inside`
    (h, w) the product's own area.
    """

    photo: Laid
    references: tuple[Layer, ...]
    inside: Mask


def laid_pair(
    photo: Photo, gallery: Gallery, *, product: str, side: str | None = None
) -> LaidPair | None:
    """Lay a photo and its references on one frame as `inspect` does, and judge nothing.

    For measuring other ways of judging on the very same pixels.

    Returns:
        None where the photo could not be laid on the side.

    Raises:
        UnknownSide: the gallery has no such product or side.
    """
    local = local_features(photo.pixels, full_width=photo.width)
    found = _candidates(photo, gallery, local, None, _wanted(gallery, product, side))
    chosen = _choose(found, given=True, side=side)
    placed = None if chosen is None else _placed(photo, gallery, local, chosen, None)
    if placed is None:
        return None
    model, _, laid = placed
    return LaidPair(laid, _compared_layers(model), model.inside)


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
        asked_for = [f for f in near if (f.candidate.product, f.candidate.side) in names]
        if asked_for:
            return tuple(asked_for)
        listed = listed[:12]  # none is likely, but an answer there must be
    asked = find.Asked.of(photo, local, region)
    tried = [find.verify(each, gallery, asked, tries=8) for each in listed]
    return tuple(sorted(tried, key=find.order))


def _choose(found: tuple[Found, ...], *, given: bool, side: str | None) -> Found | None:
    """Choose the first verified candidate; of a product staff named, an unverified one will do."""
    for each in found:
        if each.candidate.verified and side in (None, each.candidate.side):
            return each
    if given and found and found[0].fit is not None:
        return found[0]
    return None


def _compare(
    photo: Photo,
    gallery: Gallery,
    local: LocalFeatures,
    chosen: Found,
    *,
    text: bool,
    pinned: Pinned | None,
) -> tuple[Compared | None, Seconds]:
    begin = time.perf_counter()
    placed = _placed(photo, gallery, local, chosen, pinned)
    aligned = time.perf_counter()
    if placed is None:
        return None, Seconds(align=aligned - begin)
    model, fit, laid = placed
    layer = with_light(make_layer(laid, gallery.embedder), photo, fit.matrix, model.frame.outline)
    layers = _compared_layers(model)
    colourless = grey.lacks_colour(layer, layers)
    if colourless:
        layers = grey.grey_layers(layers, gallery.embedder)
    visible = visibility if gallery.learned is None else usable
    seen = visible(layer, layers, model.inside, border=border_of(model.inside))
    evidence = _evidence(layer, layers, model, gallery, seen)
    limits = gallery.limits(model)
    if evidence.peak >= limits.notice or model.zones.must_match:
        further = further_layers(model, gallery, _COMPARED_LAYERS)
        if colourless:
            further = grey.grey_layers(further, gallery.embedder)
        for each in further:
            evidence = lesser(evidence, _evidence(layer, (each,), model, gallery, seen))
    if any(note.code is NoteCode.TRANSPARENT for note in photo.notes):
        evidence = missing_print(evidence, layer, layers, model.inside)
        evidence = without_variable(evidence, model.zones)
    if colourless:
        evidence = grey.without_colour(evidence)
    known = gallery.side_text(model) if text else None
    known = None if known is None else text_regions.with_further(known, model, gallery)
    compared = _result(photo, model, fit, laid, evidence, known, limits, pinned)
    return compared, Seconds(align=aligned - begin, evidence=time.perf_counter() - aligned)


def _evidence(
    layer: Layer, layers: Sequence[Layer], model: SideModel, gallery: Gallery, seen: Map
) -> Evidence:
    """Judge a photo by some references of its side; the head works while the maps are made."""
    with ThreadPoolExecutor(1) as aside:
        head = gallery.learned
        asked = None if head is None else aside.submit(head.answer, layer, model, layers)
        maps = least_of(
            [
                compare_layers(layer, each, with_geometry=number < _GEOMETRY_LAYERS)
                for number, each in enumerate(layers)
            ]
        )
        evidence = judge(maps, seen, model.spread, model.count)
        if asked is not None:
            evidence = weigh(evidence, asked.result(), model.usual_odds, evidence.seen)
    return without_variable(evidence, model.zones)


def _placed(
    photo: Photo, gallery: Gallery, local: LocalFeatures, chosen: Found, pinned: Pinned | None
) -> tuple[SideModel, Fit, Laid] | None:
    """Lay the photo on the frame of the chosen side; None where that cannot be done."""
    try:
        model = gallery.side_model(chosen.candidate.product, chosen.candidate.side)
    except PictureError:
        return None
    fit = (
        _fit(model, gallery, local, chosen)
        if pinned is None
        else fit_by_hand(pinned, model, gallery, local)
    )
    if fit is None:
        return None
    canonical = model.placed[0].layer.pixels
    bent = lay_parts(photo, fit, model.frame, canonical, model.inside, model.parts)
    if pinned is not None and fit.agreed == len(pinned.pins):  # what the pins say stays said
        return model, replace(fit, matrix=bent.matrix), bent.laid
    return model, bent.fit, bent.laid


def _compared_layers(model: SideModel) -> tuple[Layer, ...]:
    return tuple(placed.layer for placed in model.placed[:_COMPARED_LAYERS])


def _fit(model: SideModel, gallery: Gallery, local: LocalFeatures, chosen: Found) -> Fit | None:
    """Fit the photo onto the canonical reference, by way of the matched one where it is surer."""
    by_id = {placed.reference.id: placed for placed in model.placed}
    fits = []
    for reference in dict.fromkeys((model.canonical.id, chosen.reference.id)):
        placed = by_id.get(reference)
        if placed is None:
            continue
        try:
            known = gallery.features_of(placed.reference).local
            fit = fit_plane(local, known, min_inliers=6)
        except (NotAlignable, PictureError):
            continue
        fits.append(compose(fit, placed))
    if not fits:
        return None
    direct = fits[0]
    best = max(fits, key=lambda f: len(f.photo_points))
    if len(direct.photo_points) >= 0.5 * len(best.photo_points):
        return direct
    # By way of another reference, a part that moves comes out where that reference has it.
    return replace(best, loose=direct.loose) if model.parts else best


def _result(
    photo: Photo,
    model: SideModel,
    fit: Fit,
    laid: Laid,
    evidence: Evidence,
    known: SideText | None,
    limits: Limits,
    pinned: Pinned | None,
) -> Compared:
    judged = np.asarray((evidence.seen > JUDGED) & model.inside, bool)
    suspicion, similarity = score(evidence)
    codes = _codes(photo, model, fit)
    letters = text_regions.find_letters(
        photo, laid.places, model.frame, judged, known, variable=model.zones.variable
    )
    suspicion = raised(suspicion, codes, limits.differs)
    suspicion = text_regions.raised(suspicion, letters, limits.differs)
    ground = Ground(
        evidence,
        model.spread,
        model.count,
        frame=model.frame,
        places=laid.places,
        reference=model.canonical.sha256,
        usual=limits.usual,
        genuine=model.each,
    )
    regions = find_regions(
        ground, limit=limits.differs, notice=limits.notice, strict=model.zones.strict
    )
    regions = text_regions.add_letters(regions, letters, model.canonical.sha256)
    regions = add_regions(regions, codes, model.canonical.sha256)
    weakest = find_weakest(ground, regions)
    size = (photo.width, photo.height)
    alignment = Alignment(
        fit.matrix,
        len(fit.photo_points),
        fit.error_px,
        overlap(fit.matrix, size, model.frame.outline),
        pins=0 if pinned is None else len(pinned.pins),
    )
    coloured = judged if evidence.coloured is None else judged & evidence.coloured
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
        aligned=np.asarray(laid.pixels, np.uint8),
        reference_pixels=model.placed[0].layer.pixels,
        judged=judged,
        excess=evidence.total,
        frame_scale=model.frame.scale,
        frame_origin=model.frame.origin,
        places=decimated(laid.places),
        weakest=weakest,
        outline=model.frame.outline,
        codes=codes,
        colour_judged=float(coloured.sum()) / max(1, int(judged.sum())),
        zones=model.zones.shown,
        apart=laid.apart,
        by_channel=excess_by_channel(evidence, model.spread, model.count),
        peak=evidence.peak,
        limit=limits.differs,
        limit_basis=limits.basis,
    )
    inside = max(1, int((model.inside & ~model.zones.variable).sum()))
    split = model.contradiction & judged
    return Compared(
        comparison=comparison,
        support=_support(fit, model),
        judged_share=float(judged.sum()) / inside,
        error=fit.error_px / model.frame.scale,
        contradicted=float(split.sum()) / inside,
        limit=limits.differs,
        references=model.count,
        unjudged=unjudged(judged, model.zones),
        lost=lost_must_match(model.zones),
    )


def _codes(photo: Photo, model: SideModel, fit: Fit) -> tuple[CodeResult, ...]:
    """Compare the codes; one in a variable zone may differ without saying anything."""
    readings = read_product(photo, fit.matrix, model.frame.outline, model.codes)
    results = compare_codes(model.codes, readings, fit.matrix)
    return tuple(
        replace(each, agreement=CodeAgreement.VARIABLE)
        if each.agreement is CodeAgreement.DIFFERS
        and in_variable(each.reference_polygon, model.zones, model.frame)
        else each
        for each in results
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
