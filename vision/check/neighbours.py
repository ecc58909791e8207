"""Which references look alike: for each the few that are worth a comparison by geometry."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from vision.check.whole_files import write_whole
from vision.check.words_index import Vocabulary, WordsIndex
from vision.features import feature_version
from vision.prepared import reference_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vision.features import ReferenceFeatures
    from vision.terms import Reference

SIBLINGS = 6  # of each reference, the most alike, that it is compared with
OTHERS = 8  # references of other sides that it is compared with
_A_SIDE = 3  # of these, at most so many of one side
_INDEXED = 400  # descriptors of a reference that are looked at
_ASKED = 2000  # references from which words are chosen, about
_VERSION = f"neighbours-3 {feature_version()}"
_NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Places of references in a list, by likeness.

    `siblings` (N, 6) and `others` (N, 8) int32, the most alike first, -1 where there are no more.
    `before` (N,) float32 is the share of the references of other sides that are more alike than
    the most alike sibling; 0 where there is no sibling or no other side.
    """

    siblings: NDArray[np.int32]
    others: NDArray[np.int32]
    before: NDArray[np.float32]


def neighbours_of(
    references: Sequence[Reference],
    features_of: Callable[[Reference], ReferenceFeatures],
    file: Path | None,
) -> Iterator[Neighbours | None]:
    """Find the neighbours of every reference; yields None as a tick, and at last the result.

    Args:
        references: readable ones.
        features_of: gives the features of one.
        file: where the result is kept as long as nothing changes, or None.
    """
    state = _state(references)
    kept = None if file is None else _restored(file, state, len(references))
    if kept is not None:
        yield kept
        return
    every = 1 + len(references) // _ASKED
    asked = []
    for each in references[::every]:
        asked.append(_descriptors(features_of(each)))
        yield None
    vocabulary = Vocabulary(asked, times=every)
    words = []
    for each in references:  # read again: all of a large gallery would not fit into memory
        words.append(vocabulary.words(_descriptors(features_of(each))))
        yield None
    index = WordsIndex(words, vocabulary.branch**2)
    side = _numbered(references)
    result = _empty(len(references))
    for place in range(len(references)):
        _fill(result, place, side, index.likeness(place))
        yield None
    if file is not None:
        _keep(file, state, result)
    yield result


def _descriptors(features: ReferenceFeatures) -> NDArray[np.uint8]:
    return features.local.first(_INDEXED).descriptors.copy()


def _fill(
    result: Neighbours, place: int, side: NDArray[np.intp], likeness: NDArray[np.float64]
) -> None:
    own = side == side[place]
    order = np.argsort(-likeness, kind="stable")
    order = order[order != place]
    siblings = order[own[order]][:SIBLINGS]
    result.siblings[place, : len(siblings)] = siblings
    others: list[int] = []
    taken: dict[int, int] = {}
    for other in order[~own[order]]:
        if likeness[other] <= 0 or len(others) == OTHERS:
            break
        count = taken.get(int(side[other]), 0)
        if count < _A_SIDE:
            taken[int(side[other])] = count + 1
            others.append(int(other))
    result.others[place, : len(others)] = others
    foreign = likeness[~own]
    if len(siblings) and len(foreign):
        result.before[place] = float((foreign > likeness[siblings[0]]).mean())


def _numbered(references: Sequence[Reference]) -> NDArray[np.intp]:
    numbers: dict[tuple[str, str], int] = {}
    found = [numbers.setdefault((r.product, r.side), len(numbers)) for r in references]
    return np.array(found, np.intp)


def _empty(count: int) -> Neighbours:
    return Neighbours(
        np.full((count, SIBLINGS), _NONE, np.int32),
        np.full((count, OTHERS), _NONE, np.int32),
        np.zeros(count, np.float32),
    )


def _state(references: Sequence[Reference]) -> str:
    """Name all that the result depends on, in the order of the references."""
    rows = "\n".join(f"{reference_key(r)}\t{r.product}\t{r.side}" for r in references)
    return hashlib.sha256(f"{_VERSION}\n{rows}".encode()).hexdigest()


def _keep(file: Path, state: str, found: Neighbours) -> None:
    content = io.BytesIO()
    np.savez(
        content,
        state=np.array(state),
        siblings=found.siblings,
        others=found.others,
        before=found.before,
    )
    write_whole(file, content.getvalue())


def _restored(file: Path, state: str, count: int) -> Neighbours | None:
    """Read them; None where they are damaged or of another gallery."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            if str(stored["state"]) != state:
                return None
            found = Neighbours(stored["siblings"], stored["others"], stored["before"])
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile):
        return None
    expected = _empty(count)
    is_whole = found.siblings.shape == expected.siblings.shape
    is_whole &= found.others.shape == expected.others.shape
    return found if is_whole and found.before.shape == expected.before.shape else None
