"""Many references on disk, and which of them may stand in a photo, found by visual words.

What is added is appended, so that one more reference costs what one costs. A file that was broken
off counts as far as its list of references goes; the folder is a cache and may be deleted.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

import numpy as np

from vision.descriptor_index import INDEXED
from vision.features import LocalFeatures, ReferenceFeatures
from vision.file_lock import held
from vision.vocabulary import Vocabulary, learned_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

SAMPLED = 150  # references from which the words are learned
CANDIDATES = 60  # references that go on by their words
ALIKE = 20  # and by their whole look
_ASKED = 500  # descriptors of a photo that are looked up
_PROBED = 3  # words in which each is looked up
_NEAR = 20  # bits of 64 by which two signatures of one thing may differ
_LIST: Final = "references.txt"
_LOCK: Final = "lock"
_VOCABULARY: Final = "vocabulary.npz"
_PARTS: Final = {"descriptors": 128, "words": 2, "signatures": 8}  # bytes of each descriptor


@dataclass(slots=True)
class _Tables:
    """Signatures of all descriptors by word: those of word w lie in starts[w]:starts[w + 1]."""

    starts: NDArray[np.intp]
    signatures: NDArray[np.uint64]
    slots: NDArray[np.int32]
    rows: NDArray[np.intp]  # (R, 4) of each reference: first and count of descriptors, vectors


class WordIndex:
    """The indexed descriptors of references, named by the hash of their pictures.

    Args:
        folder: where it is kept; made when the first reference is added.

    Calls may come from several threads; one process writes at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._vocabulary = _vocabulary_of(folder / _VOCABULARY)
        self._slots: dict[str, int] = {}
        self._rows: list[tuple[int, int, int, int]] = []  # first and count: descriptors, vectors
        self._width = 0  # numbers of a vector
        self._maps: dict[str, NDArray[Any]] = {}
        self._size = 0  # bytes of the list that were read or written here
        self._tables: _Tables | None = None
        if self._vocabulary is not None:
            self._read_list()

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._slots

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def is_taught(self) -> bool:
        """Whether its words have been learned, without which nothing can be added."""
        return self._vocabulary is not None

    def teach(self, sample: Iterable[ReferenceFeatures]) -> None:
        """Learn the words from some references; what was indexed before is forgotten.

        Raises:
            OSError: the folder cannot be written.
        """
        parts = [each.local.first(INDEXED).descriptors for each in sample]
        learned = learned_vocabulary(np.concatenate([*parts, np.zeros((1, 128), np.uint8)]))
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            for each in (_LIST, *_PARTS, "vectors"):
                (self._folder / each).unlink(missing_ok=True)
            partial = self._folder / (_VOCABULARY + ".part")
            with partial.open("wb") as file:
                np.savez(file, words=learned.words, planes=learned.planes)
            partial.replace(self._folder / _VOCABULARY)
            self._vocabulary, self._slots, self._rows, self._tables = learned, {}, [], None
            self._width = self._size = 0
            self._maps = {}

    def add(self, known: Iterable[tuple[str, ReferenceFeatures]]) -> None:
        """Append references (SHA-256, features) that are not there yet.

        Raises:
            OSError: the folder cannot be written; what was there before still is.
            ValueError: it was not taught.
        """
        with self._lock:
            if self._vocabulary is None:
                raise ValueError("expected an index that was taught")
            with held(self._folder / _LOCK):
                if self._list_size() != self._size:  # another process has added some
                    self._read_list()
                self._append_new(known)

    def candidates(
        self,
        local: LocalFeatures,
        vectors: NDArray[np.float32],
        *,
        allowed: Iterable[str],
    ) -> tuple[str, ...]:
        """Return those that may stand in a photo, by hash; what is on the list is not compared yet.

        Args:
            local: features of the photo or of a region of it.
            vectors: (V, D) embeddings of its regions, or (0, 0).
            allowed: hashes of what may be found; others are passed over.
        """
        with self._lock:
            slots = {self._slots[each]: each for each in allowed if each in self._slots}
            mask = np.zeros(len(self._rows), bool)
            mask[list(slots)] = True
            votes = np.where(mask, self._votes(local), -1.0)
            likeness = np.where(mask, self._likeness(vectors), -2.0)
        chosen = [*_best(votes, CANDIDATES, above=0.0), *_best(likeness, ALIKE, above=0.0)]
        return tuple(slots[int(slot)] for slot in dict.fromkeys(chosen))

    def features(self, sha256: str) -> ReferenceFeatures:
        """Return what votes of a reference: its indexed descriptors, without places, and vectors.

        Raises:
            KeyError: it is not in the index.
        """
        first, count, first_vector, vector_count = self._rows[self._slots[sha256]]
        descriptors = self._mapped("descriptors", np.uint8, 128)[first : first + count]
        vectors = np.zeros((0, 0), np.float32)
        if vector_count:
            kept = self._mapped("vectors", np.float32, self._width)
            vectors = np.array(kept[first_vector : first_vector + vector_count])
        local = LocalFeatures(np.zeros((count, 2)), np.array(descriptors), 1.0)
        return ReferenceFeatures(local, (0, 0), vectors, np.zeros((0, 0), np.uint8))

    def get_ready(self) -> None:
        """Sort by word what was added since the last search."""
        with self._lock:
            self._sorted()

    def _append_new(self, known: Iterable[tuple[str, ReferenceFeatures]]) -> None:
        lines = []
        found: list[NDArray[np.uint8]] = []
        vectors = bytearray()
        before = len(self._rows)
        first, first_vector = self._ends()
        for sha256, features in known:
            if sha256 in self._slots:
                continue
            descriptors, kept = features.local.first(INDEXED).descriptors, self._fitting(features)
            row = first, len(descriptors), first_vector, len(kept)
            first, first_vector = row[0] + row[1], row[2] + row[3]
            found.append(descriptors)
            vectors += np.ascontiguousarray(kept, np.float32).tobytes()
            self._slots[sha256] = len(self._rows)
            self._rows.append(row)
            lines.append(f"{sha256} {' '.join(map(str, row))} {self._width}\n")
        if not lines:
            return
        self._tables = None
        try:
            data = self._encoded(np.concatenate(found))
            self._append({**data, "vectors": bytes(vectors)}, lines, before)
        except OSError:
            self._rows = self._rows[:before]
            self._slots = {sha: slot for sha, slot in self._slots.items() if slot < before}
            raise

    def _fitting(self, features: ReferenceFeatures) -> NDArray[np.float32]:
        """The vectors of a reference, none where they are of another length than the first ones."""
        vectors = features.vectors
        if not vectors.size or self._width not in (0, vectors.shape[1]):
            return np.zeros((0, 0), np.float32)
        self._width = vectors.shape[1]
        return vectors

    def _encoded(self, descriptors: NDArray[np.uint8]) -> dict[str, bytes]:
        """What the files hold of descriptors."""
        vocabulary = self._vocabulary
        if vocabulary is None:
            raise ValueError("expected an index that was taught")
        words = vocabulary.nearest(descriptors, 1)[:, 0]
        return {
            "descriptors": np.ascontiguousarray(descriptors).tobytes(),
            "words": words.astype(np.uint16).tobytes(),
            "signatures": vocabulary.signatures(descriptors, words).tobytes(),
        }

    def _votes(self, local: LocalFeatures) -> NDArray[np.float64]:
        """For each reference, how many descriptors of the photo are nearly among its own."""
        count = len(self._rows)
        vocabulary, tables = self._vocabulary, self._sorted()
        asked = local.first(_ASKED).descriptors
        if vocabulary is None or not len(asked) or not count:
            return np.zeros(count)
        probes = min(_PROBED, len(vocabulary.words))
        words = vocabulary.nearest(asked, probes).ravel()
        owners = np.repeat(np.arange(len(asked)), probes)
        signatures = vocabulary.signatures(asked[owners], words)
        found_slots, found_owners, found_near = [], [], []
        for word, owner, signature in zip(words, owners, signatures, strict=True):
            begin, end = tables.starts[word], tables.starts[word + 1]
            apart = np.bitwise_count(tables.signatures[begin:end] ^ signature)
            hits = np.flatnonzero(apart <= _NEAR)
            found_slots.append(tables.slots[begin:end][hits])
            found_owners.append(np.full(len(hits), owner))
            found_near.append(_NEAR + 1.0 - apart[hits])
        slots, by = np.concatenate(found_slots), np.concatenate(found_owners)
        near = np.concatenate(found_near)
        often = np.bincount(by, minlength=len(asked))  # what is found everywhere says little
        votes = np.bincount(slots, near / np.sqrt(often[by]), minlength=count)
        return votes.astype(np.float64)

    def _likeness(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        found = np.full(len(self._rows), -1.0, np.float32)
        if not vectors.size or vectors.shape[1] != self._width:
            return found
        rows = self._sorted().rows
        owning = np.flatnonzero(rows[:, 3] > 0)
        if len(owning):
            best = (self._mapped("vectors", np.float32, self._width) @ vectors.T).max(axis=1)
            found[owning] = np.maximum.reduceat(best, rows[owning, 2])
        return found

    def _sorted(self) -> _Tables:
        if self._tables is None:
            words = np.array(self._mapped("words", np.uint16, 1)[:, 0])
            order = np.argsort(words, kind="stable")
            counts = np.array([row[1] for row in self._rows], np.intp)
            owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
            sizes = np.bincount(words, minlength=65536)
            starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
            signatures = self._mapped("signatures", np.uint64, 1)[:, 0]
            rows = np.array(self._rows, np.intp).reshape(-1, 4)
            self._tables = _Tables(starts, np.array(signatures)[order], owners[order], rows)
        return self._tables

    def _mapped(self, name: str, kind: type[np.generic], width: int) -> NDArray[Any]:
        """The rows of one file that the list speaks of, read as they are needed."""
        ends = self._ends()
        count = ends[1] if name == "vectors" else ends[0]
        if not count:
            return np.zeros((0, max(1, width)), kind)
        known = self._maps.get(name)
        if known is None or len(known) != count:
            known = np.memmap(self._folder / name, kind, "r", shape=(count, width))
            self._maps[name] = known
        return known

    def _ends(self) -> tuple[int, int]:
        if not self._rows:
            return 0, 0
        first, count, first_vector, vector_count = self._rows[-1]
        return first + count, first_vector + vector_count

    def _append(self, data: dict[str, bytes], lines: list[str], before: int) -> None:
        """Write data first, then the lines that speak of it; a part broken off is overwritten."""
        sizes = {**_PARTS, "vectors": 4 * max(1, self._width)}
        ends = (0, 0)
        if before:
            first, count, first_vector, vector_count = self._rows[before - 1]
            ends = first + count, first_vector + vector_count
        for name, content in data.items():
            path = self._folder / name
            path.touch()
            with path.open("r+b") as file:
                file.seek((ends[1] if name == "vectors" else ends[0]) * sizes[name])
                file.write(content)
                file.truncate()
        with (self._folder / _LIST).open("a", encoding="ascii") as file:
            file.write("".join(lines))
        self._size = self._list_size()

    def _list_size(self) -> int:
        try:
            return (self._folder / _LIST).stat().st_size
        except FileNotFoundError:
            return 0

    def _read_list(self) -> None:
        """Take over what is indexed there, up to the first line that is not whole."""
        self._slots, self._rows, self._tables, self._width = {}, [], None, 0
        self._maps = {}
        try:
            lines = (self._folder / _LIST).read_text(encoding="ascii").splitlines(keepends=True)
            sizes = {name: (self._folder / name).stat().st_size for name in (*_PARTS, "vectors")}
        except (OSError, ValueError):
            lines, sizes = [], {}
        for line in lines:
            if not self._take_line(line, sizes):
                break
        whole = sum(len(line) for line in lines[: len(self._rows)])
        if whole < self._list_size():
            with (self._folder / _LIST).open("r+b") as file:
                file.truncate(whole)
        self._size = whole

    def _take_line(self, line: str, sizes: dict[str, int]) -> bool:
        """Take over one line; False where it is broken off, or its data is not all there."""
        try:
            sha256, *numbers = line.split()
            first, count, first_vector, vector_count, width = map(int, numbers)
        except ValueError:
            return False
        ends = first + count, first_vector + vector_count
        fits = (first, first_vector) == self._ends() and line.endswith("\n")
        fits = fits and all(ends[0] * size <= sizes[name] for name, size in _PARTS.items())
        if not fits or ends[1] * width * 4 > sizes["vectors"]:
            return False
        self._slots[sha256] = len(self._rows)
        self._rows.append((first, count, first_vector, vector_count))
        self._width = width or self._width
        return True


def _vocabulary_of(file: Path) -> Vocabulary | None:
    """The words of an index; None where there is none that can be read."""
    try:
        with np.load(file, allow_pickle=False) as stored:
            return Vocabulary(stored["words"], stored["planes"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _best(scores: NDArray[Any], count: int, *, above: float) -> NDArray[np.intp]:
    """The places of the highest scores, the highest first."""
    if len(scores) > count:
        places = np.argpartition(-scores, count)[:count]
    else:
        places = np.arange(len(scores))
    places = places[np.argsort(-scores[places], kind="stable")]
    return places[scores[places] > above]
