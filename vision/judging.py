"""Manifest -> one small record a photo: it is searched for, once as a stranger, and compared."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import compare, figures, pictures, truth
from vision.errors import PictureError, TouchstoneError, UnknownSide
from vision.figures import Record
from vision.gallery import Gallery
from vision.score import THRESHOLDS_VERSION
from vision.terms import Candidate, Comparison, Inspection, Outcome, Photo, Reference, Vertices
from vision.truth import BadRow, Label, Place, Role, Row

if TYPE_CHECKING:
    from pathlib import Path

    from vision.embedding import Embedder

Progress = Callable[[str, int, int], None]

SIDE = "front"  # manifests tell no sides apart
FEWEST_GENUINE = 10  # genuine queries of a set, below which references are left out once
FEWEST_LEFT = 3  # references of a product that may be left out
_SHOWN_REGIONS = 3
_SINGLE_FAILURES = (TouchstoneError, cv2.error, ValueError, ArithmeticError, LookupError)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judged:
    """All records of a manifest, and what they depend on."""

    records: tuple[Record, ...]
    versions: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Set:
    """One set of the manifest: its rows, and a gallery of its readable references."""

    name: str
    manifest: Path
    rows: tuple[Row, ...]
    gallery: Gallery
    references: dict[int, Reference]  # by line of the manifest

    @property
    def known_products(self) -> frozenset[str]:
        """Products that have a reference in the manifest, readable or not."""
        return frozenset(row.product for row in self.rows if row.role is Role.REFERENCE)


def judge(manifest: Path, *, cache: Path, progress: Progress, embedder: Embedder) -> Judged:
    """Judge the queries of a manifest by the references of their set.

    Args:
        manifest: see `truth.read_manifest`.
        cache: folder for features and side models.
        progress: called with (stage, done, all of this stage).
        embedder: the network.

    Returns:
        A record of each query that is not `unknown`, of each reference left out once, and of each
        row or reference that could not be used.

    Raises:
        TruthUnreadable: the manifest cannot be used at all.
        WeightsError: the network cannot be used.
    """
    embedder.warm()
    rows, records = _usable_rows(manifest)
    sets = []
    steps = _Steps(progress, "references", sum(row.role is Role.REFERENCE for row in rows))
    for name in dict.fromkeys(row.set for row in rows):
        of_set = tuple(row for row in rows if row.set == name)
        gathered, unusable = _gather(name, of_set, manifest, cache, embedder, steps)
        sets.append(gathered)
        records += unusable
    records += _judge_queries(sets, progress)
    records += _judge_left_out(sets, progress, cache)
    known = [reference for each in sets for reference in each.references.values()]
    return Judged(
        tuple(records),
        {
            "model": embedder.version,
            "gallery": Gallery(known, embedder=None, cache=None).version,
            "thresholds": THRESHOLDS_VERSION,
        },
    )


class _Steps:
    """Counts the steps of one stage and tells of each."""

    def __init__(self, progress: Progress, stage: str, total: int) -> None:
        self._progress, self._stage, self._total, self._done = progress, stage, total, 0

    def step(self) -> None:
        self._done += 1
        self._progress(self._stage, self._done, self._total)


def _usable_rows(manifest: Path) -> tuple[tuple[Row, ...], list[Record]]:
    rows, records = [], []
    for row in truth.read_manifest(manifest):
        if isinstance(row, BadRow):
            _log.warning("line %d is left out: %s", row.line, row.fault)
            records.append(_bad(row.set, figures.BAD_ROW, f"line {row.line}: {row.fault}"))
        elif row.label is not Label.UNKNOWN:
            rows.append(row)
    return tuple(rows), records


def _gather(
    name: str,
    rows: tuple[Row, ...],
    manifest: Path,
    cache: Path,
    embedder: Embedder,
    steps: _Steps,
) -> tuple[_Set, list[Record]]:
    """Build the gallery of a set, without the references that cannot be read."""
    gallery = Gallery((), embedder=embedder, cache=cache)
    known, unusable = {}, []
    for row in rows:
        if row.role is not Role.REFERENCE:
            continue
        try:
            reference = _reference(row)
            gallery.add(reference)
            gallery.features_of(reference)
            known[row.line] = reference
        except _SINGLE_FAILURES as error:
            _log.warning("reference %s is left out: %s", row.path, error)
            gallery.drop(_identity(row))
            unusable.append(_bad(name, figures.BAD_REFERENCE, str(error), row))
        steps.step()
    return _Set(name, manifest, rows, gallery, known), unusable


def _reference(row: Row) -> Reference:
    sha256 = pictures.read(row.path, max_side=64).sha256
    return Reference(_identity(row), row.product, SIDE, sha256, str(row.path))


def _identity(row: Row) -> str:
    return f"{row.set}:{row.line}"


def _judge_queries(sets: Sequence[_Set], progress: Progress) -> Iterator[Record]:
    queries = [(each, row) for each in sets for row in each.rows if row.role is Role.QUERY]
    queries.sort(
        key=lambda query: (query[0].name, query[1].product)
    )  # side models are kept a while
    steps = _Steps(progress, "photos", len(queries))
    for each, row in queries:
        yield _judge_row(row, each, each.gallery, each.gallery)
        steps.step()


def _judge_left_out(sets: Sequence[_Set], progress: Progress, cache: Path) -> Iterator[Record]:
    """Judge references by the others, in sets with too few genuine queries to say anything."""
    asked = [(each, row) for each in sets for row in _to_leave_out(each)]
    steps = _Steps(progress, "references left out", len(asked))
    for each, row in asked:
        reference = each.references[row.line]
        others = [
            r for r in each.references.values() if r.product == row.product and r is not reference
        ]
        own = Gallery(others, embedder=each.gallery.embedder, cache=cache)
        each.gallery.drop(reference.id)
        try:
            record = _judge_row(row, each, each.gallery, own)
        finally:
            each.gallery.add(reference)
        yield replace(record, left_out=True)
        steps.step()


def _to_leave_out(each: _Set) -> list[Row]:
    genuine = sum(row.role is Role.QUERY and row.label is Label.GENUINE for row in each.rows)
    if genuine >= FEWEST_GENUINE:
        return []
    count = Counter(reference.product for reference in each.references.values())
    return [
        row
        for row in each.rows
        if row.line in each.references and count[row.product] >= FEWEST_LEFT
    ]


def _judge_row(row: Row, of_set: _Set, searched: Gallery, compared: Gallery) -> Record:
    """Judge one photo; whatever is the matter with it becomes its record.

    Args:
        row: the photo.
        of_set: its set.
        searched: where it is searched for.
        compared: where the references of its own product are.
    """
    record = Record(row.set, row.product, row.name, row.label, row.kind, False, figures.FAILED)
    if row.product in of_set.known_products:
        record = replace(record, rank=0)
    begin = time.perf_counter()
    try:
        photo = pictures.read(row.path)
    except PictureError as error:
        _log.warning("%s", error)
        record = replace(record, outcome=figures.UNREADABLE, detail=str(error))
        return replace(record, places=len(_places(row, of_set.manifest, None)))
    read = time.perf_counter() - begin
    true_places = _places(row, of_set.manifest, photo)
    record = replace(record, places=len(true_places))
    try:
        record, search = _searched(record, photo, searched)
        inspection, inspect = _inspected(photo, compared, row.product)
    except (*_SINGLE_FAILURES, RuntimeError, MemoryError) as error:
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
    return _located(record, inspection.comparison, true_places)


def _searched(record: Record, photo: Photo, gallery: Gallery) -> tuple[Record, float]:
    """Search for a photo, then without its product; also return the seconds of the first search."""
    begin = time.perf_counter()
    found = _verified(compare.search_gallery(photo, gallery))
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
    strangers = _verified(compare.search_gallery(photo, gallery, without_product=record.product))
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
        gallery.side_model(product, SIDE)
    except (UnknownSide, PictureError):
        return None, 0.0
    begin = time.perf_counter()
    inspection = compare.inspect(photo, gallery, product=product, side=SIDE)
    return inspection, time.perf_counter() - begin - inspection.seconds.features


def _places(row: Row, manifest: Path, photo: Photo | None) -> tuple[Place, ...]:
    size = (photo.width, photo.height) if photo is not None else None
    try:
        return truth.places(row, manifest, size)
    except (PictureError, ValueError, cv2.error) as error:
        _log.warning("line %d, true places are left out: %s", row.line, error)
        return ()


def _located(record: Record, comparison: Comparison, true_places: Sequence[Place]) -> Record:
    regions = comparison.regions
    centres = [centre(region.polygon) for region in regions[:_SHOWN_REGIONS]]
    return replace(
        record,
        suspicion=comparison.suspicion,
        regions=len(regions),
        hits=tuple(any(place.holds(x, y) for place in true_places) for x, y in centres),
        recalled=sum(any(place.meets(r.polygon) for r in regions) for place in true_places),
    )


def centre(polygon: Vertices) -> tuple[float, float]:
    """Return the centre of area of a polygon, of its corners where it has no area."""
    corners = np.array(polygon, np.float64)
    middle = corners.mean(axis=0)
    moments = cv2.moments((corners - middle).astype(np.float32))
    if abs(moments["m00"]) < 1e-3:
        return float(middle[0]), float(middle[1])
    x, y = moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]
    return float(middle[0] + x), float(middle[1] + y)


def _bad(of_set: str, outcome: str, detail: str, row: Row | None = None) -> Record:
    product, name, kind = (row.product, row.name, row.kind) if row else ("", "", "")
    return Record(of_set, product, name, None, kind, False, outcome, detail)
