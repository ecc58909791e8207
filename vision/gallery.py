"""The gallery in memory: features of every reference, and the shortlist for a photo."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from vision import feature_files, side_files
from vision.descriptor_index import DescriptorIndex
from vision.errors import PictureError, UnknownSide
from vision.far_search import FROM, FarSearch
from vision.features import (
    LocalFeatures,
    ReferenceFeatures,
    feature_version,
)
from vision.gallery_limits import GalleryLimits
from vision.learned_sides import LearnedSides
from vision.prepared import read_reference, reference_key
from vision.score import score
from vision.shortlist import Shortlisted, shortlist
from vision.side_cache import SideCache
from vision.sides import MODEL_VERSION, SideModel, build_side
from vision.text_files import TextCache
from vision.threads import one_each
from vision.thresholds import Thresholds, limits_by, version_with
from vision.versions import thresholds_version
from vision.zones import moved_off

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vision.calibration import Calibration
    from vision.embedding import Embedder
    from vision.limits import Compared, Limits
    from vision.side_figures import SideFigures
    from vision.terms import Reference, Zone
    from vision.text_lines import SideText

READ_SIDE = 1400  # references are decoded at about this longer side
_AT_ONCE = 2  # references that are read at once
_HELD = 300  # references of a large gallery whose features stay in memory, 0.25 MB each


class Gallery:
    """All genuine references, searchable.

    Args:
        references: what the gallery holds; pictures are read when first needed.
        embedder: the network for region embeddings and fine features, or None to do without.
        cache: folder for computed features; None computes them each time. It may be deleted at
            any time.
        kept: folder for calibrations, which decide and so are no cache. Default: within `cache`.

    Search is exact while there are few references: every descriptor of the photo meets every
    indexed one, which is as fast as an index up to some 300,000 descriptors. Where there are more,
    visual words in the cache name those that are worth comparing.
    """

    def __init__(
        self,
        references: Iterable[Reference],
        *,
        embedder: Embedder | None = None,
        cache: Path | None = None,
        kept: Path | None = None,
    ) -> None:
        self._references = {reference.id: reference for reference in references}
        self.embedder = embedder
        self._cache = cache
        self._differ = None if embedder is None else embedder.differ
        kept_references = cache / "encoded" if cache is not None else None
        self.learned = (
            None if self._differ is None else LearnedSides(self._differ, folder=kept_references)
        )
        self._limits: GalleryLimits | None = None
        self.thresholds = Thresholds()
        if self._differ is not None:
            folder = kept or (cache / "calibration" if cache is not None else None)
            self._limits = GalleryLimits(folder, self._state)
        self._features: dict[str, ReferenceFeatures] = {}
        self._index: DescriptorIndex | None = None
        self._far: FarSearch | None = None
        self._sides = SideCache(
            self._build,
            network=self._network(),
            folder=cache / "sides" if cache is not None else None,
            restore=side_files.restore,
            keep=side_files.keep,
            skim=side_files.skim,
        )
        self._texts = TextCache(cache / "texts" if cache is not None else None)
        self._lock = threading.RLock()
        self._zones: dict[tuple[str, str], tuple[Zone, ...]] = {}

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every reference, in the order they were given."""
        return tuple(self._references.values())

    @property
    def version(self) -> str:
        """“sha256:” and a hash of what the gallery holds; equal galleries have equal versions."""
        rows = sorted(
            json.dumps([r.product, r.side, r.sha256, r.outline]) for r in self._references.values()
        )
        rows += sorted(
            json.dumps([r.product, r.side, r.sha256, r.corners, r.is_canonical])
            for r in self._references.values()
            if r.corners is not None or r.is_canonical
        )
        rows += sorted(
            json.dumps([*side, z.kind, z.reference, z.polygon])
            for side, zones in self._zones.items()
            for z in zones
        )
        return "sha256:" + hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def products(self) -> tuple[str, ...]:
        """Return the names of all products, sorted."""
        return tuple(sorted({r.product for r in self._references.values()}))

    def sides(self, product: str) -> tuple[str, ...]:
        """Return the sides of a product, sorted; empty for an unknown one."""
        return tuple(sorted({r.side for r in self._references.values() if r.product == product}))

    def of_side(self, product: str, side: str) -> tuple[Reference, ...]:
        """Return the references of one side.

        Raises:
            UnknownSide: there are none.
        """
        found = tuple(
            r for r in self._references.values() if r.product == product and r.side == side
        )
        if not found:
            raise UnknownSide(product, side)
        return found

    def zones(self, product: str, side: str) -> tuple[Zone, ...]:
        """Return the zones of one side, as they were set; empty for an unknown one."""
        return self._zones.get((product, side), ())

    def set_zones(self, product: str, side: str, zones: Iterable[Zone]) -> None:
        """Judge one side by these zones from now on, instead of those before."""
        with self._lock:
            self._zones[product, side] = tuple(zones)
            self._forget_limits()

    def add(self, reference: Reference) -> None:
        """Take a reference in, or replace the one with the same id."""
        with self._lock:
            self._references[reference.id] = reference
            self._forget_limits()
            self._forget(reference)

    def drop(self, reference_id: str) -> None:
        """Leave a reference out; its zones move to another of its side. Unknown ids are ignored."""
        self._move_zones(reference_id)
        with self._lock:
            reference = self._references.pop(reference_id, None)
            self._forget_limits()
            if reference is not None:
                self._forget(reference)

    def features_of(self, reference: Reference) -> ReferenceFeatures:
        """Return the features of one reference, computed or from the cache.

        Raises:
            PictureError: its file cannot be read any more.
        """
        known = self._features.get(reference.id)
        if known is None:
            known = self._load(reference)  # outside the lock: two threads may, neither waits
        elif not self._is_large:
            return known
        with self._lock:
            if reference.id in self._references:
                self._features.pop(reference.id, None)
                self._features[reference.id] = known  # the one used last is the last
            while self._is_large and len(self._features) > _HELD:
                del self._features[next(iter(self._features))]
        return known

    def read_features(self, reference: Reference) -> ReferenceFeatures:
        """Return what `features_of` does, without holding it in memory from now on.

        Raises:
            PictureError: its file cannot be read any more.
        """
        return self._features.get(reference.id) or self._load(reference)

    def have_features(self, reference: Reference) -> None:
        """Compute the features of a reference unless the cache or, without one, memory has them.

        Raises:
            PictureError: its file cannot be read any more.
        """
        stored = self._cache_file(reference)
        if stored is None:
            self.features_of(reference)
        elif not stored.exists():
            self._load(reference)

    def nearest(
        self,
        local: LocalFeatures,
        vectors: NDArray[np.float32],
        *,
        limit: int = 8,
        without_product: str | None = None,
    ) -> tuple[Shortlisted, ...]:
        """Shortlist the sides that may stand in a photo, the most voted first.

        All but two places go by the votes of local descriptors, the rest by the likeness of
        region embeddings where that names other sides. What is on the list is not verified.

        Args:
            local: features of the photo or of a region of it.
            vectors: (V, D) embeddings of its regions, or (0, 0).
            limit: at most so many sides.
            without_product: leave this product out, as if it were not in the gallery.

        Source: McCann and Lowe, Local Naive Bayes Nearest Neighbor, CVPR 2012 (the votes).
        """
        index = self._index_for(local, vectors, without_product)
        if not index.references:
            return ()
        votes = index.votes(local)
        likeness = index.likeness(vectors)
        if without_product is not None:
            gone = np.array([r.product == without_product for r in index.references])
            votes[gone], likeness[gone] = -1.0, -1.0
        return shortlist(index.references, votes, likeness, limit)

    def side_model(self, product: str, side: str) -> SideModel:
        """Return what is needed to compare photos with one side; computed once, then remembered.

        Raises:
            UnknownSide: the gallery has no reference of it.
            PictureError: none of its references can be read.
        """
        return self._sides.get(self.of_side(product, side), self.zones(product, side))

    def side_text(self, model: SideModel) -> SideText | None:
        """Return what the references of a side say; learned once, then remembered.

        None where this installation cannot read text.
        """
        return self._texts.get(model)

    def side_figures(self, product: str, side: str) -> SideFigures | None:
        """Return what a side's references show against each other; None until computed."""
        return self._sides.figures(self.of_side(product, side), self.zones(product, side))

    def limits(self, model: Compared) -> Limits:
        """Return from where on evidence of a side is worth a look, and from where on it differs."""
        return limits_by(model, self.calibration, self.thresholds)

    @property
    def thresholds_version(self) -> str:
        """“sha256:” and a hash of all that decides: constants, calibration, what trainers set."""
        version = thresholds_version() if self._limits is None else self._limits.version
        return version_with(self.thresholds, version)

    @property
    def is_calibrated(self) -> bool:
        """Whether limits rest on this gallery's own references, as far as there is a head."""
        return self._limits is None or self._limits.is_earned

    def calibrate(self, *, told: Callable[[int, int], None] | None = None) -> Calibration | None:
        """Compare the genuine references of all sides, and go by what they show from now on.

        Args:
            told: called with (sides done, all sides).

        Returns:
            What they show; None without a learned head, or where no side has three references.
        """
        if self._limits is None:
            return None
        sides = [(product, side) for product in self.products() for side in self.sides(product)]
        return self._limits.earn(sides, self.side_model, told)

    @property
    def calibration(self) -> Calibration | None:
        """What the limits rest on; None without a learned head."""
        return None if self._limits is None else self._limits.used

    @property
    def is_calibration_kept(self) -> bool:
        """Whether the last calibration will be there when the gallery is opened again."""
        return self._limits is None or self._limits.is_kept

    def go_by(self, found: Calibration | None) -> None:
        """Go by a calibration of another gallery, as of the whole this one is a part of."""
        if self._limits is not None and found is not None:
            self._limits.go_by(found)

    def _state(self) -> str:
        return f"{MODEL_VERSION} {self._network()} {self.version}"

    def prepare(self) -> Iterator[tuple[int, int]]:
        """Compute what search needs, two references at a time; yields (done, all) after each."""
        references = self.references
        if self._is_large:
            yield from self._far_search().take_in(references)
            return
        with one_each(), ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="features") as pool:
            waiting = [pool.submit(self._try_features, reference) for reference in references]
            try:
                for number, each in enumerate(waiting, start=1):
                    each.result()
                    yield number, len(references)
            finally:  # also when whoever asked has lost interest
                for each in waiting:
                    each.cancel()

    def get_ready(self) -> Iterator[tuple[int, int]]:
        """Read what search still lacks, few references a step; no step where it lacks nothing.

        Yields (done, all). Nothing is held over a `yield`, so that work in between is not slowed
        down, and whoever stops here stops at once.
        """
        if self._is_large:
            yield from self._far_search().take_in(self.references)
            self._far_search().get_ready()
            return
        if self._index is not None:
            return
        count = len(self.references)
        missing = [r for r in self.references if r.id not in self._features]
        for place in range(0, len(missing), _AT_ONCE):
            with one_each(), ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="features") as pool:
                list(pool.map(self._try_features, missing[place : place + _AT_ONCE]))
            yield count - len(missing) + min(place + _AT_ONCE, len(missing)), count

    @property
    def _is_large(self) -> bool:
        return self._cache is not None and len(self._references) >= FROM

    def _far_search(self) -> FarSearch:
        with self._lock:
            if self._far is None:
                if self._cache is None:
                    raise ValueError("expected a gallery with a cache")
                folder = self._cache / "words" / self._feature_key()
                self._far = FarSearch(folder, self.read_features)
            return self._far

    def _index_for(
        self, local: LocalFeatures, vectors: NDArray[np.float32], without_product: str | None
    ) -> DescriptorIndex:
        if not self._is_large:
            return self._ready_index()
        wanted = [r for r in self.references if r.product != without_product]
        try:
            return self._near(wanted, local, vectors)
        except (OSError, ValueError):  # somebody deleted the cache: it is made anew
            self._far = None
            return self._near(wanted, local, vectors)

    def _near(
        self, wanted: list[Reference], local: LocalFeatures, vectors: NDArray[np.float32]
    ) -> DescriptorIndex:
        for _ in self.prepare():
            pass
        return self._far_search().near(wanted, local, vectors)

    def _move_zones(self, reference_id: str) -> None:
        going = self._references.get(reference_id)
        side = ("", "") if going is None else (going.product, going.side)
        if going is None or all(z.reference != going.sha256 for z in self.zones(*side)):
            return
        with contextlib.suppress(PictureError):  # none can be read, so there is none to move to
            placed = self.side_model(*side).placed
            self.set_zones(*side, moved_off(going, self.zones(*side), placed))

    def _build(self, references: Sequence[Reference], zones: Sequence[Zone]) -> SideModel:
        return build_side(
            references,
            self.features_of,
            self.embedder,
            score=score,
            differ=self._differ,
            zones=zones,
        )

    def _try_features(self, reference: Reference) -> None:
        with contextlib.suppress(PictureError):  # told when asked for; search goes on without it
            self.features_of(reference)

    def _forget_limits(self) -> None:
        if self._limits is not None:
            self._limits.forget()

    def _forget(self, reference: Reference) -> None:
        self._features.pop(reference.id, None)
        self._index = None

    def _ready_index(self) -> DescriptorIndex:
        index = self._index
        if index is not None:
            return index
        for _ in self.prepare():  # without the lock, which its threads take
            pass
        with self._lock:
            if self._index is None:
                known = [
                    (reference, self._features[reference.id])
                    for reference in self._references.values()
                    if reference.id in self._features
                ]
                self._index = DescriptorIndex(known)
            return self._index

    def _load(self, reference: Reference) -> ReferenceFeatures:
        stored = self._cache_file(reference)
        if stored is not None and stored.exists():
            found = feature_files.restore(stored)
            if found is not None:
                return found
        photo = read_reference(reference, max_side=READ_SIDE)
        found = feature_files.computed(photo, self.embedder)
        if stored is not None:
            feature_files.keep(stored, found)
        return found

    def _network(self) -> str:
        return self.embedder.version if self.embedder is not None else "none"

    def _cache_file(self, reference: Reference) -> Path | None:
        if self._cache is None:
            return None
        return self._cache / "features" / self._feature_key() / f"{reference_key(reference)}.npz"

    def _feature_key(self) -> str:
        return hashlib.sha256(f"{feature_version()} {self._network()}".encode()).hexdigest()[:12]
