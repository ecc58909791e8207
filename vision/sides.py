"""One side of a product, ready for comparing: its frame, genuine layers and their spread."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vision import learned, polygons
from vision import outline as outlines
from vision.align import Fit, fit_plane, transform
from vision.code_records import CodeRecord, learn_records
from vision.errors import FileUnreachable, NotAlignable, PictureError
from vision.evidence.chart import find_standard
from vision.evidence.layer import Layer, prepare
from vision.evidence.visibility import depth, usable
from vision.frames import FINER_SIDE, FRAME_SIDE, Bow, Frame, Laid, frame_for, lay
from vision.further import Further, beyond
from vision.parts import find_parts, lay_parts
from vision.prepared import read_reference
from vision.side_figures import SideFigures
from vision.spread import CHANNELS, DEEP, ChannelMaps, Evidence, Spread, border_of
from vision.terms import Map, Mask, Matrix, Photo, Pixels, Points, Reference, Vertices, Zone
from vision.zones import LaidZones, lay_zones, without_variable

if TYPE_CHECKING:
    from vision.difference import Differ
    from vision.embedding import Embedder
    from vision.features import ReferenceFeatures

MOST_LAYERS = 6  # references of a side that are laid on its frame
READ_SIDE = 1400
MOST_CONTRADICTED = 0.002  # of the outline: places where the references form two groups
MODEL_VERSION = 19  # of what is computed here; part of the cache key
_PAIRED = 1000  # strongest features with which references are fitted to each other
_INSIDE_MARGIN = 3.0  # frame pixels left out along the outline, less where it is narrow
_CANONICAL_SHARE = 0.7  # of the best score: an earlier reference with this much is preferred

FeaturesOf = Callable[[Reference], "ReferenceFeatures"]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A reference on the frame.

    `matrix` maps its full-size pixels to those of the canonical one; `bow` is added to that.
    """

    reference: Reference
    matrix: Matrix
    bow: Bow | None
    layer: Layer


@dataclass(frozen=True, slots=True, eq=False)
class SideModel:
    """What comparing with one side needs.

    `placed` has the canonical reference first; `count` references could be laid on the frame;
    `inside` (h, w) is the product's own area; `genuine` the (suspicion, similarity) of each
    reference against the others, variable zones left out; `contradiction` (h, w) the places where
    references form two groups; `zones` those of the side; `codes` what the references carry in bar
    codes and matrix codes; `usual_odds` (h, w) the learned head's highest log-odds among the
    references themselves, None without a head; `peaks` the strongest evidence of each reference
    against the others; `each` what every reference shows at each place (see `genuine`), None for a
    single one; `parts` outlines, on the canonical reference, those that lie elsewhere on each item;
    `unread` are references that should have been asked, whose files could not be reached.
    """

    product: str
    side: str
    frame: Frame
    inside: Mask
    placed: tuple[Placed, ...]
    spread: ChannelMaps
    genuine: tuple[tuple[float, float], ...]
    contradiction: Mask
    zones: LaidZones
    codes: tuple[CodeRecord, ...] = ()
    usual_odds: Map | None = None
    peaks: tuple[float, ...] = ()
    each: Map | None = None
    parts: tuple[Vertices, ...] = ()
    unread: tuple[Reference, ...] = ()

    @property
    def canonical(self) -> Reference:
        """The reference on whose pixels the frame lies."""
        return self.placed[0].reference

    @property
    def figures(self) -> SideFigures:
        """What its references show against each other."""
        ids = tuple(each.reference.id for each in self.placed)
        return SideFigures(self.product, self.side, ids, self.genuine, self.peaks)

    @property
    def is_split(self) -> bool:
        """Whether the references form two groups, as of two printings."""
        split = float((self.contradiction & self.inside).sum())
        return split > MOST_CONTRADICTED * max(1, int(self.inside.sum()))

    @property
    def count(self) -> int:
        """How many references stand behind the spread."""
        return len(self.placed)


def build_side(
    references: Sequence[Reference],
    features_of: FeaturesOf,
    embedder: Embedder | None,
    *,
    score: Callable[..., tuple[float, float]],
    differ: Differ | None = None,
    zones: Sequence[Zone] = (),
) -> SideModel:
    """Lay the references of one side on a common frame and measure their spread.

    Args:
        references: of one side, at least one.
        features_of: gives the features of a reference.
        embedder: for fine features, or None.
        score: evidence -> (suspicion, similarity).
        differ: the learned head, or None.
        zones: of this side; the references they are drawn on are laid before others.

    Raises:
        PictureError: no reference could be read.
    """
    drawn_on = {zone.reference for zone in zones}
    ordered = sorted(
        references,
        key=lambda r: (not r.is_canonical, r.outline is None, r.sha256 not in drawn_on),
    )
    photos, failed = _read_all(ordered[: 2 * MOST_LAYERS])
    if not photos:
        raise failed[0][1]
    known = [reference for reference, _ in photos]
    unread = tuple(each for each, error in failed if isinstance(error, FileUnreachable))
    pixels = [photo for _, photo in photos]
    fits = _pairwise(known, features_of)
    first = _canonical(known, fits)
    others = [(place, fits[place, first]) for place in range(len(known)) if (place, first) in fits]
    outline = known[first].outline or _find_outline(pixels[first], pixels, others)
    others.sort(key=lambda o: (known[o[0]].sha256 not in drawn_on, -len(o[1].photo_points)))
    shown = [(pixels[place], fit.matrix) for place, fit in others[: MOST_LAYERS - 1]]
    side = _frame_side(outline, [(pixels[first], np.eye(3)), *shown])
    frame = frame_for(outline, (pixels[first].width, pixels[first].height), side=side)
    inside = own_area(frame)
    own = lay(pixels[first].pixels, pixels[first].scale, np.eye(3), frame)
    placed = [_place(known[first], own, np.eye(3), None, embedder)]
    parts = find_parts(pixels[first], [(pixels[place], fit) for place, fit in others], frame)
    for place, fit in others[: MOST_LAYERS - 1]:
        bent = lay_parts(pixels[place], fit, frame, own.pixels, inside, parts)
        placed.append(_place(known[place], bent.laid, bent.matrix, bent.bow, embedder))
    by_id = {reference.id: photo for reference, photo in photos}
    placed = [_lit(each, by_id[each.reference.id], outline) for each in placed]
    spread = Spread([p.layer for p in placed], inside)
    laid = lay_zones(zones, placed, frame, inside, border=border_of(inside))
    judged, usual = _judged(spread, [p.layer for p in placed], inside, differ)
    judged = tuple(without_variable(evidence, laid) for evidence in judged)
    return SideModel(
        product=references[0].product,
        side=references[0].side,
        frame=frame,
        inside=inside,
        placed=tuple(placed),
        spread=ChannelMaps(*(_as_kept(spread.maps.of(channel)) for channel in CHANNELS)),
        genuine=tuple(score(evidence) for evidence in judged),
        contradiction=spread.contradiction(),
        codes=_read_codes(
            placed, by_id, outline, beyond(placed, len(placed), ordered, features_of)
        ),
        usual_odds=usual,
        peaks=tuple(evidence.peak for evidence in judged),
        each=None if spread.each is None else _as_kept(spread.each),
        zones=laid,
        parts=parts,
        unread=unread,
    )


def own_area(frame: Frame) -> Mask:
    """Return (h, w) the product's own area, without a margin along its outline."""
    deep = depth(frame.inside()) / (DEEP + _INSIDE_MARGIN)
    return frame.inside(margin=_INSIDE_MARGIN * min(1.0, deep))


def _judged(
    spread: Spread, layers: Sequence[Layer], inside: Mask, differ: Differ | None
) -> tuple[tuple[Evidence, ...], Map | None]:
    """Judge each layer by the others; also return what the head finds usual among them all."""
    judged = spread.genuine()
    if differ is None or len(layers) < 2:
        return judged, None
    answers = learned.leave_one_out(differ, layers, inside)
    seen = [np.asarray(layer.seen & inside, bool) for layer in layers]
    odds = [learned.doubted_odds(answer) for answer in answers]
    usual = _as_kept(learned.usual_odds(odds, seen, inside.shape))
    weighed, border = [], border_of(inside)
    for place, evidence in enumerate(judged):
        others = [other for other in range(len(layers)) if other != place]
        known = learned.usual_odds(
            [odds[o] for o in others], [seen[o] for o in others], inside.shape
        )
        clear = usable(layers[place], [layers[other] for other in others], inside, border=border)
        weighed.append(learned.weigh(evidence, answers[place], known, clear))
    return tuple(weighed), usual


def make_layer(laid: Laid, embedder: Embedder | None) -> Layer:
    """Prepare a laid picture, with fine features where there is a network."""
    return prepare(laid, None if embedder is None else embedder.fine(laid.pixels))


def compose(fit: Fit, placed: Placed) -> Fit:
    """Carry a fit onto a reference over to the canonical one."""

    def carried(points: Points) -> Points:
        expected = transform(placed.matrix, points)
        return expected if placed.bow is None else placed.bow.laid(expected)

    return replace(
        fit,
        matrix=placed.matrix @ fit.matrix,
        reference_points=carried(fit.reference_points),
        loose=fit.loose and (fit.loose[0], carried(fit.loose[1])),
    )


def _read_all(
    references: Sequence[Reference],
) -> tuple[list[tuple[Reference, Photo]], list[tuple[Reference, PictureError]]]:
    photos, failed = [], []
    for reference in references:
        try:
            photos.append((reference, read_reference(reference, max_side=READ_SIDE)))
        except PictureError as error:
            failed.append((reference, error))
    return photos, failed


def _pairwise(
    references: Sequence[Reference], features_of: FeaturesOf
) -> dict[tuple[int, int], Fit]:
    """Fit every pair of references, both ways; pairs that share no plane are left out."""
    known = [features_of(reference).local.first(_PAIRED) for reference in references]
    fits = {}
    for one, two in itertools.combinations(range(len(references)), 2):
        try:
            fit = fit_plane(known[one], known[two])
            back = replace(
                fit,
                matrix=np.linalg.inv(fit.matrix),
                photo_points=fit.reference_points,
                reference_points=fit.photo_points,
                loose=fit.loose and fit.loose[::-1],
            )
        except (NotAlignable, np.linalg.LinAlgError):
            continue
        fits[one, two], fits[two, one] = fit, back
    return fits


def _canonical(references: Sequence[Reference], fits: dict[tuple[int, int], Fit]) -> int:
    """Choose the reference that the others agree with; an earlier one, if it is nearly as good."""
    for place, reference in enumerate(references):  # a trainer's choice comes first
        if reference.is_canonical or reference.outline is not None:
            return place
    scores = [
        sum(
            min(len(fits[other, place].photo_points), 200)
            for other in range(len(references))
            if (other, place) in fits
        )
        for place in range(len(references))
    ]
    return next(p for p, s in enumerate(scores) if s >= _CANONICAL_SHARE * max(scores))


def _frame_side(outline: Vertices, shown: Sequence[tuple[Photo, Matrix]]) -> int:
    """Choose how finely a side is compared: no finer than the coarsest reference shows it.

    `shown` are photos and what takes their full-size pixels to those of the outline.
    """
    corners = np.array(outline)
    longer = float(np.ptp(corners, axis=0).max())
    for photo, matrix in shown:
        there = transform(np.linalg.inv(matrix), corners) / photo.scale
        times = np.sqrt(polygons.area(there) / max(polygons.area(corners), 1.0))
        if longer * times < FINER_SIDE:
            return FRAME_SIDE
    return FINER_SIDE


def _find_outline(
    canonical: Photo, photos: Sequence[Photo], others: Sequence[tuple[int, Fit]]
) -> Vertices:
    width = canonical.width
    if not others:
        cut = outlines.margins_off(canonical.pixels, width)
        return cut or outlines.whole(width, canonical.height)
    points, own, laid = _matched(canonical, photos, others)
    return (
        outlines.around_edges(points, own, width, laid)
        or outlines.margins_off(canonical.pixels, width)
        or outlines.around_matches(points, own, width, laid)
        or outlines.whole(width, canonical.height)
    )


def _matched(
    canonical: Photo, photos: Sequence[Photo], others: Sequence[tuple[int, Fit]]
) -> tuple[Points, Pixels, list[tuple[Pixels, Mask]]]:
    """Return where others match the canonical photo, the whole of it, and these laid on it."""
    size = (canonical.width, canonical.height)
    side = min(400, max(canonical.pixels.shape[:2]))
    whole = frame_for(outlines.whole(*size), size, side=side)
    laid = [lay(photos[p].pixels, photos[p].scale, f.matrix, whole) for p, f in others]
    own = lay(canonical.pixels, canonical.scale, np.eye(3), whole)
    points = np.concatenate([fit.reference_points for _, fit in others])
    return points, own.pixels, [(each.pixels, each.seen) for each in laid]


def _place(
    reference: Reference, laid: Laid, matrix: Matrix, bow: Bow | None, embedder: Embedder | None
) -> Placed:
    layer = make_layer(laid, embedder)
    if layer.fine is not None:
        layer = replace(layer, fine=_as_kept(layer.fine))
    return Placed(reference, np.asarray(matrix), bow, layer)


def _lit(placed: Placed, photo: Photo, outline: Vertices) -> Placed:
    """Note the light that a chart or card beside the product tells."""
    layer = with_light(placed.layer, photo, placed.matrix, outline)
    return placed if layer is placed.layer else replace(placed, layer=layer)


def with_light(layer: Layer, photo: Photo, matrix: Matrix, outline: Vertices) -> Layer:
    """Return a layer with the light of its photo, where a chart or card in the photo tells it.

    Args:
        layer: the photo on the frame.
        photo: the photo itself.
        matrix: (3, 3) full-size photo to full-size canonical reference pixels.
        outline: of the product, in pixels of the canonical reference.
    """
    try:
        corners = transform(np.linalg.inv(matrix), np.array(outline, np.float64))
    except np.linalg.LinAlgError:
        return layer
    standard = find_standard(photo, tuple((float(x), float(y)) for x, y in corners))
    return layer if standard is None else replace(layer, light=standard.light)


def _read_codes(
    placed: Sequence[Placed], photos: dict[str, Photo], outline: Vertices, further: Further
) -> tuple[CodeRecord, ...]:
    """Learn what codes say from all references, those too that are not laid on the frame."""

    def read() -> Iterator[tuple[Photo, Matrix]]:
        for each in placed:
            yield photos[each.reference.id], each.matrix
        for reference in further.references:
            lies = further.lay(reference)
            if lies is None:
                continue
            with contextlib.suppress(PictureError):
                known = photos.get(reference.id)
                yield known or read_reference(reference, max_side=READ_SIDE), lies[0]

    return learn_records(read(), outline)


def _as_kept(values: Map) -> Map:
    """Round as a file does that keeps the model, so that a restored one gives the same answer."""
    return values.astype(np.float16).astype(np.float32)


def side_key(references: Sequence[Reference], network: str, zones: Sequence[Zone] = ()) -> str:
    """Name what a side model depends on, for caches."""
    rows = [json.dumps([r.id, r.sha256, r.outline]) for r in references]  # the first ones prevail
    rows += [
        json.dumps([r.id, r.corners, r.is_canonical])
        for r in references
        if r.corners is not None or r.is_canonical
    ]
    drawn = [json.dumps([z.kind, z.label, z.reference, z.polygon, z.proposed]) for z in zones]
    text = "\n".join([str(MODEL_VERSION), network, *rows, *drawn])
    return hashlib.sha256(text.encode()).hexdigest()
