"""Search in a gallery of many references: words on disk name some, which are then compared."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from vision.descriptor_index import DescriptorIndex
from vision.errors import PictureError
from vision.prepared import reference_key
from vision.threads import one_each
from vision.word_index import SAMPLED, WordIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from vision.features import LocalFeatures, ReferenceFeatures
    from vision.terms import Reference

FROM = 751  # references; up to here every descriptor meets every other one, which is as fast
_AT_ONCE = 2  # references that are read at once
_A_STEP = 16  # references that are taken in before others may have their turn


class FarSearch:
    """Keeps an index on disk up to date with a gallery.

    Args:
        folder: of the index; it may be deleted at any time.
        read: gives the features of a reference without keeping them in memory.
    """

    def __init__(self, folder: Path, read: Callable[[Reference], ReferenceFeatures]) -> None:
        self._folder, self._read = folder, read
        self._index = WordIndex(folder)
        self._unreadable: set[str] = set()

    def take_in(self, references: Sequence[Reference]) -> Iterator[tuple[int, int]]:
        """Index what is not yet, some a step; yields (done, all), and nothing where all is done.

        Nothing is held over a `yield`.

        Raises:
            OSError: the folder cannot be written.
        """
        missing = self._missing(references)
        if missing and not self._index.is_taught:
            every = max(1, len(references) // SAMPLED)
            sample = []
            for some, _ in self._reading(references[::every]):
                sample += some
                yield len(references) - len(missing), len(references)
            self._index.teach(features for _, features in sample)
        for some, last in self._reading(missing):
            self._index.add((reference_key(reference), features) for reference, features in some)
            yield len(references) - len(missing) + last, len(references)

    def near(
        self,
        references: Sequence[Reference],
        local: LocalFeatures,
        vectors: NDArray[np.float32],
    ) -> DescriptorIndex:
        """Return the few of these references that may stand in a photo, to be compared.

        Args:
            references: what may be found; those that are not indexed yet are not.
            local: features of the photo or of a region of it.
            vectors: (V, D) embeddings of its regions, or (0, 0).

        Raises:
            OSError: the index is gone.
        """
        by_key: dict[str, list[Reference]] = {}
        for each in references:
            by_key.setdefault(reference_key(each), []).append(each)
        found = self._index.candidates(local, vectors, allowed=by_key)
        known = [(each, self._index.features(one)) for one in found for each in by_key[one]]
        return DescriptorIndex(known)

    def get_ready(self) -> None:
        """Sort what was added, so that the next search need not."""
        self._index.get_ready()

    def _missing(self, references: Sequence[Reference]) -> list[Reference]:
        wanted = {reference_key(each): each for each in references}
        return [
            each
            for key, each in wanted.items()
            if key not in self._index and key not in self._unreadable
        ]

    def _reading(
        self, references: Sequence[Reference]
    ) -> Iterator[tuple[list[tuple[Reference, ReferenceFeatures]], int]]:
        """Some references with their features, and how many were read so far."""
        for start in range(0, len(references), _A_STEP):
            part = references[start : start + _A_STEP]
            with one_each(), ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="features") as pool:
                read = list(pool.map(self._try, part))
            known = [(each, one) for each, one in zip(part, read, strict=True) if one is not None]
            yield known, start + len(part)

    def _try(self, reference: Reference) -> ReferenceFeatures | None:
        try:
            return self._read(reference)
        except PictureError:  # told when asked for; search goes on without it
            self._unreadable.add(reference_key(reference))
            return None
