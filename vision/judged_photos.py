"""One photo of a set -> its record: it is searched for, once as a stranger, and compared."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import compare, figures, find, pictures, truth
from vision.errors import PictureError, UnknownSide
from vision.features import local_features
from vision.figures import Record
from vision.inspection import Comparison, Inspection, Outcome
from vision.photo_sets import SIDE, SINGLE_FAILURES, PhotoSet
from vision.regions import SHOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vision.gallery import Gallery
    from vision.terms import Candidate, Photo, Vertices
    from vision.truth import Place, Row

_log = logging.getLogger(__name__)


def judge_query(row: Row, of_set: PhotoSet) -> Record:
    """Judge one query by the references of its set; never raises for the photo's sake."""
    return _judge(row, of_set, of_set.gallery, of_set.gallery)


def judge_left_out(row: Row, of_set: PhotoSet, *, cache: Path) -> Record:
    """Judge a reference by the others, as if it were a genuine query."""
    reference = of_set.references[row.line]
    kind = type(of_set.gallery)
    own = kind(of_set.others(row), embedder=of_set.gallery.embedder, cache=cache)
    own.go_by(of_set.gallery.calibration)
    of_set.gallery.drop(reference.id)
    try:
        record = _judge(row, of_set, of_set.gallery, own)
    finally:
        of_set.gallery.add(reference)
    return replace(record, left_out=True)


def blank(row: Row) -> Record:
    """Return the record of a photo of which nothing is known yet."""
    return Record(row.set, row.product, row.name, row.label, row.kind, False, figures.FAILED)


def true_places(row: Row, manifest: Path, photo: Photo | None) -> tuple[Place, ...]:
    """Return where the item of a row truly differs; () where the manifest is wrong about it."""
    size = (photo.width, photo.height) if photo is not None else None
    try:
        return truth.places(row, manifest, size)
    except (PictureError, ValueError, cv2.error) as error:
        _log.warning("line %d, true places are left out: %s", row.line, error)
        return ()


def located(record: Record, comparison: Comparison, places: Sequence[Place]) -> Record:
    """Add to a record what was measured, and which of its places lie in true ones.

    Where fewer than three regions stand out, the weakest places follow them, numbered on.
    """
    regions = comparison.regions
    shown = (*regions, *comparison.weakest)[:SHOWN]
    centres = [centre(region.polygon) for region in shown]
    return replace(
        record,
        suspicion=comparison.suspicion,
        regions=len(regions),
        hits=hits(centres, places),
        recalled=sum(any(place.meets(r.polygon) for r in regions) for place in places),
    )


def hits(points: Sequence[tuple[float, float]], places: Sequence[Place]) -> tuple[bool, ...]:
    """Tell of each point (x, y) of a photo whether it lies in one of its true places."""
    return tuple(any(place.holds(x, y) for place in places) for x, y in points)


def centre(polygon: Vertices) -> tuple[float, float]:
    """Return the centre of area of a polygon, of its corners where it has no area."""
    corners = np.array(polygon, np.float64)
    middle = corners.mean(axis=0)
    moments = cv2.moments((corners - middle).astype(np.float32))
    if abs(moments["m00"]) < 1e-3:
        return float(middle[0]), float(middle[1])
    x, y = moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]
    return float(middle[0] + x), float(middle[1] + y)


def _judge(row: Row, of_set: PhotoSet, searched: Gallery, compared: Gallery) -> Record:
    """Judge one photo; whatever is the matter with it becomes its record.

    Args:
        row: the photo.
        of_set: its set.
        searched: where it is searched for.
        compared: where the references of its own product are.
    """
    record = blank(row)
    if row.product in of_set.known_products:
        record = replace(record, rank=0)
    begin = time.perf_counter()
    try:
        photo = pictures.read(row.path)
    except PictureError as error:
        _log.warning("%s", error)
        record = replace(record, outcome=figures.UNREADABLE, detail=str(error))
        return replace(record, places=len(true_places(row, of_set.manifest, None)))
    except MemoryError as error:
        _log.warning("%s", error)
        return replace(record, detail=str(error))
    read = time.perf_counter() - begin
    places = true_places(row, of_set.manifest, photo)
    record = replace(record, places=len(places))
    try:
        record, search = _searched(record, photo, searched)
        inspection, inspect = _inspected(photo, compared, row.product)
    except (*SINGLE_FAILURES, RuntimeError, MemoryError) as error:
        _log.exception("%s could not be judged", row.path)
        return replace(record, detail=f"{type(error).__name__}: {error}")
    if inspection is None:
        return replace(record, outcome=Outcome.NOT_IN_GALLERY.value, seconds=read + search)
    record = replace(
        record,
        outcome=inspection.outcome.value,
        detail=inspection.reason.code.value,
        seconds=read + search + inspect,
    )
    if inspection.comparison is None:
        return record
    return located(record, inspection.comparison, places)


def _searched(record: Record, photo: Photo, gallery: Gallery) -> tuple[Record, float]:
    """Search for a photo, then without its product; also return the seconds of the first search."""
    begin = time.perf_counter()
    local = local_features(photo.pixels, full_width=photo.width)
    found = _verified(find.shown(find.find(photo, gallery, local)))
    seconds = time.perf_counter() - begin
    names = [candidate.product for candidate in found]
    first = found[0] if found else None
    if record.rank is not None:
        place = names.index(record.product) + 1 if record.product in names else 0
        record = replace(record, rank=place)
    record = replace(
        record,
        first=first.product if first else "",
        first_inliers=first.inliers if first else 0,
    )
    if set(gallery.products()) <= {record.product}:
        return record, seconds  # there is nothing to be mistaken for
    others = find.find(photo, gallery, local, without_product=record.product)
    strangers = _verified(find.shown(others))
    return replace(
        record,
        stranger=strangers[0].product if strangers else "",
        stranger_inliers=strangers[0].inliers if strangers else 0,
    ), seconds


def _verified(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if candidate.verified]


def _inspected(photo: Photo, gallery: Gallery, product: str) -> tuple[Inspection | None, float]:
    """Compare with a product that is given; None where the gallery does not have it.

    The seconds leave out the local features, which the search has computed already, and the
    model of the side, which is built once for all photos.
    """
    try:
        gallery.side_text(gallery.side_model(product, SIDE))
    except (UnknownSide, PictureError):
        return None, 0.0
    begin = time.perf_counter()
    inspection = compare.inspect(photo, gallery, product=product, side=SIDE)
    return inspection, time.perf_counter() - begin - inspection.seconds.features
