"""Text channel: readings of one line -> what the references agree on, and which letters differ.

A difference of readings counts only where it could not be the reader's: letters that look alike
are one letter here, and the other reading must be far less likely for the same pixels.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vision.evidence.reading import Reading
    from vision.terms import Map, Pixels

LEAST_MARGIN = 4.0  # natural logarithm: fifty times as likely as what the references say
LEAST_SCORE = 0.80  # of a line, below which its reading is ignored
LEAST_SUPPORT = 2  # readings of genuine items that must say the same
MOST_CHANGED = 0.5  # share of a line's letters; more is a failed reading, not a difference
ALIKE = 0.97  # likeness above which a place shows the same print, whatever was read
_SURE = 0.90  # score that each changed letter must have
_LONGEST = 3  # letters in a run; longer ones are something that lies on the print
_MOVED = 0.6  # of a letter's width: how far neighbours give way to each letter more or less
_DISSENT = 0.80  # score from which a letter that reads otherwise makes a place variable
_BESIDE = 24.0  # crop pixels by which two readings may place a letter differently
_WINDOW = 12  # half crop pixels: width of the window of likeness
_SHIFTS = tuple((x, y) for x in (-2, -1, 0, 1, 2) for y in (-1, 0, 1))
_FAR = (2, 1)  # the farthest of them
_SOFT = 1.5  # sigma in half crop pixels: how much softer one picture may be
_NOISE = 9.0  # grey levels squared: variance that is no print
# Each row is one letter here. Case counts only where the shapes differ.
_ONE = (
    "0oO○〇ΟоО", "1lI|!ιІ", "cCсС", "kK", "pPрР", "sS", "uU", "vV", "wW", "xXхХ", "yY", "zZ",
    "日曰", "口囗", "一-",
)  # fmt: skip
_FOLDED = {letter: row[0] for row in _ONE for letter in row}


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a reading: `at` in the text, `x` in crop pixels, `folded` for comparing."""

    symbol: str
    folded: str
    at: int
    x: float
    score: float


@dataclass(frozen=True, slots=True)
class Agreed:
    """What genuine items say at one line.

    `firm` tells of each letter whether enough readings support it and none speaks against it.
    """

    text: str
    letters: tuple[Letter, ...]
    firm: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Letters of a line that differ.

    `suspect` and `reference` are the letters (either may be empty), `start` and `end` bound them
    in crop pixels; `margin` is by how much, as a natural logarithm, the suspect's letters are
    likelier than the reference's.
    """

    suspect: str
    reference: str
    start: float
    end: float
    margin: float


def fold(letter: str) -> str:
    """Return what stands for `letter` in comparing; empty for blanks and punctuation."""
    plain = unicodedata.normalize("NFKC", letter)
    plain = "".join(_FOLDED.get(each, each) for each in plain)
    return plain if any(each.isalnum() for each in plain) else ""


def folded(letters: str) -> str:
    """Return what stands for several letters in comparing."""
    return "".join(fold(letter) for letter in letters)


def letters_of(reading: Reading) -> tuple[Letter, ...]:
    """Return the letters that count."""
    return tuple(
        Letter(symbol, fold(symbol), at, float(reading.places[at]), float(reading.scores[at]))
        for at, symbol in enumerate(reading.text)
        if fold(symbol)
    )


def agree(readings: Sequence[Reading]) -> Agreed | None:
    """Find what readings of one line in several genuine pictures agree on; None for nothing."""
    usable = [reading for reading in readings if reading.score >= LEAST_SCORE]
    spelt = [letters_of(reading) for reading in usable]
    count = Counter(_folded(letters) for letters in spelt)
    if not count:
        return None
    ranked = sorted(range(len(usable)), key=lambda i: (-count[_folded(spelt[i])], -usable[i].score))
    first = ranked[0]
    own = spelt[first]
    if not own:
        return None
    support = np.ones(len(own), int)
    dissent = np.zeros(len(own) + 1, bool)  # the last takes what follows the line
    for other in ranked[1:]:
        pairs = pair_letters(own, spelt[other])
        same = [i for i, j in pairs if i is not None and _same(own, spelt[other], i, j)]
        if len(same) < (1 - MOST_CHANGED) * len(own):
            continue  # light lies on it, or it lies beside its place
        support[same] += 1
        _note_dissent(pairs, own, spelt[other], dissent)
    firm = (support >= LEAST_SUPPORT) & ~dissent[:-1]
    return Agreed(usable[first].text, own, tuple(bool(each) for each in firm))


def changes(reading: Reading, agreed: Agreed) -> tuple[Change, ...]:
    """Find the letters in which a suspect's reading departs from what genuine items say.

    Args:
        reading: of the suspect, with the probabilities of the letters of `agreed` kept.
        agreed: what genuine items say at this line.

    Returns:
        One for each run of letters, from the left, whose `margin` is LEAST_MARGIN or more, where
        the references are firm. Empty where the reading as a whole is poor.
    """
    letters = letters_of(reading)
    if reading.score < LEAST_SCORE or not letters:
        return ()
    pairs = pair_letters(agreed.letters, letters)
    same = sum(_same(agreed.letters, letters, i, j) for i, j in pairs)
    if same < (1 - MOST_CHANGED) * max(len(letters), len(agreed.letters)):
        return ()
    found = []
    for run in _runs(pairs, agreed.letters, letters):
        change = _change(reading, agreed, letters, pairs, run)
        if change is not None and change.margin >= LEAST_MARGIN:
            found.append(change)
    return tuple(found)


def repeats(letters: Sequence[Letter], agreed: Agreed, change: Change) -> bool:
    """Tell whether another reading of a line, sure or not, departs as `change` does."""
    pairs = pair_letters(agreed.letters, letters)
    for run in _runs(pairs, agreed.letters, letters):
        theirs = [agreed.letters[i] for i, _ in pairs[slice(*run)] if i is not None]
        ours = [letters[j] for _, j in pairs[slice(*run)] if j is not None]
        places = [letter.x for letter in (*theirs, *ours)]
        if (
            "".join(letter.folded for letter in theirs) == folded(change.reference)
            and "".join(letter.folded for letter in ours) == folded(change.suspect)
            and min(places) - _BESIDE <= change.end
            and max(places) + _BESIDE >= change.start
        ):
            return True
    return False


def pair_letters(
    one: Sequence[Letter], two: Sequence[Letter]
) -> tuple[tuple[int | None, int | None], ...]:
    """Pair the letters of two readings of one line, in order; None where one has no partner.

    Source: Needleman and Wunsch, J. Mol. Biol. 48 (1970); letters that lie far apart pair less
    willingly, for both readings are of the same place.
    """
    rows, columns = len(one), len(two)
    cost = np.zeros((rows + 1, columns + 1))
    cost[:, 0], cost[0, :] = np.arange(rows + 1), np.arange(columns + 1)
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            cost[i, j] = min(
                cost[i - 1, j - 1] + _apart(one[i - 1], two[j - 1]),
                cost[i - 1, j] + 1,
                cost[i, j - 1] + 1,
            )
    pairs: list[tuple[int | None, int | None]] = []
    i, j = rows, columns
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + _apart(one[i - 1], two[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return tuple(reversed(pairs))


def likeness(one: Pixels, other: Pixels) -> Map:
    """Say how alike two crops of one line are, at each place along it.

    Args:
        one: (h, w) uint8 grey.
        other: (h, w) uint8 grey.

    Returns:
        (w,) float32 in [-1, 1]: normalised correlation in a window as high as the line, at the
        best small shift; 1 where neither shows any print.
    """
    half = (max(2, one.shape[1] // 2), max(2, one.shape[0] // 2))
    a, b = _halved(one, half), _halved(other, half)
    pairs = ((a, b), (_softer(a), b), (a, _softer(b)))
    best = np.maximum.reduce([_best_correlation(*pair) for pair in pairs])
    at = (np.arange(one.shape[1]) // 2).clip(0, half[0] - 1)
    return np.asarray(best[at], np.float32)


def _halved(values: Map | Pixels, half: tuple[int, int]) -> Map:
    blurred = cv2.GaussianBlur(values.astype(np.float32), (0, 0), 1.2)
    return np.asarray(cv2.resize(blurred, half), np.float32)


def _softer(values: Map) -> Map:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _SOFT), np.float32)


def _best_correlation(a: Map, b: Map) -> Map:
    """Return (w,) the highest correlation of two crops (h, w) over all small shifts."""
    height, width = a.shape
    around = np.pad(b, ((_FAR[1],) * 2, (_FAR[0],) * 2), mode="wrap")
    crossed = np.empty((len(_SHIFTS), width), np.float32)
    for row, (x, y) in zip(crossed, _SHIFTS, strict=True):
        left, top = _FAR[0] - x, _FAR[1] - y
        moved = around[top : top + height, left : left + width]
        np.einsum("hw,hw->w", a, moved, out=row)
    mean_a, square_a = _windowed(np.stack([a.sum(axis=0), (a * a).sum(axis=0)]), a.shape)
    own = np.stack([b.sum(axis=0), (b * b).sum(axis=0)])  # a shift up or down leaves these
    rolled = own[:, (np.arange(width) - np.array([[x] for x, _ in _SHIFTS])) % width]
    mean_b = _windowed(rolled[0], a.shape)
    square_b = _windowed(rolled[1], a.shape)
    covariance = _windowed(crossed, a.shape) - mean_a * mean_b
    one = np.maximum(square_a - mean_a**2, 0.0) + _NOISE
    two = np.maximum(square_b - mean_b**2, 0.0) + _NOISE
    values = (covariance + _NOISE) / np.sqrt(one * two)
    return np.asarray(values.max(axis=0), np.float32)


def _windowed(sums: Map, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the means (n, w) over the window at each place, from sums (n, w) over the height."""
    height, width = shape
    window = (min(_WINDOW, width), 1)
    means = cv2.blur(sums.astype(np.float64), window, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(means / height, np.float64)


def _folded(letters: Sequence[Letter]) -> tuple[str, ...]:
    return tuple(letter.folded for letter in letters)


def _apart(one: Letter, two: Letter) -> float:
    far = min(abs(one.x - two.x) / 200.0, 0.4)
    return far if one.folded == two.folded else 1.0 + far


def _same(one: Sequence[Letter], two: Sequence[Letter], i: int | None, j: int | None) -> bool:
    return i is not None and j is not None and one[i].folded == two[j].folded


def _note_dissent(
    pairs: Sequence[tuple[int | None, int | None]],
    own: Sequence[Letter],
    other: Sequence[Letter],
    dissent: NDArray[np.bool_],
) -> None:
    """Mark the letters of `own` against which `other` speaks, in place."""
    last = -1
    for i, j in pairs:
        last = i if i is not None else last
        if _same(own, other, i, j) or (j is not None and other[j].score < _DISSENT):
            continue
        if i is not None:
            dissent[i] = True
        else:  # a letter between two of ours
            dissent[[max(last, 0), last + 1]] = True


def _runs(
    pairs: Sequence[tuple[int | None, int | None]],
    one: Sequence[Letter],
    two: Sequence[Letter],
) -> list[tuple[int, int]]:
    """Return the runs (first, past the last) of pairs that differ."""
    differs = np.array([not _same(one, two, i, j) for i, j in pairs], bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], differs, [False]]).astype(int)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _change(
    reading: Reading,
    agreed: Agreed,
    letters: Sequence[Letter],
    pairs: Sequence[tuple[int | None, int | None]],
    run: tuple[int, int],
) -> Change | None:
    """Weigh one run; None where the references are not firm there, or the reader is not sure."""
    theirs = [i for i, _ in pairs[slice(*run)] if i is not None]
    ours = [j for _, j in pairs[slice(*run)] if j is not None]
    if max(len(theirs), len(ours)) > _LONGEST or any(letters[j].score < _SURE for j in ours):
        return None
    around = _neighbours(pairs, run)
    if len(theirs) != len(ours) and not _gave_way(agreed.letters, letters, around):
        return None
    asked = theirs or [i for i, _ in around]
    if not asked or not all(agreed.firm[i] for i in asked):
        return None
    start, end = _span(letters, ours, around)
    expected = "".join(agreed.letters[i].symbol for i in theirs)
    replaced = reading.text[:start] + expected + reading.text[end:]
    margin = reading.likelihood(reading.text) - reading.likelihood(replaced)
    places = [agreed.letters[i].x for i in asked] + [letters[j].x for j in ours]
    suspect = "".join(letters[j].symbol for j in ours)
    return Change(suspect, expected, min(places), max(places), margin)


def _neighbours(
    pairs: Sequence[tuple[int | None, int | None]], run: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the pairs that stand just before and just after a run."""
    found = []
    for place in (run[0] - 1, run[1]):
        i, j = pairs[place] if 0 <= place < len(pairs) else (None, None)
        if i is not None and j is not None:
            found.append((i, j))
    return found


def _gave_way(
    one: Sequence[Letter], two: Sequence[Letter], around: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether the neighbours of a run with letters more or less stand wider or closer for it.

    Where they do not, something lies on the print.
    """
    if len(around) < 2 or len(one) < 3:
        return False
    (i0, j0), (i1, j1) = around
    wide = float(np.median(np.diff(sorted(letter.x for letter in one))))
    moved = (two[j1].x - two[j0].x) - (one[i1].x - one[i0].x)
    more = (j1 - j0) - (i1 - i0)
    return bool(moved * np.sign(more) >= _MOVED * wide * abs(more))


def _span(
    letters: Sequence[Letter], ours: Sequence[int], around: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Return where in the text of a reading the letters `ours` stand, or would stand."""
    if ours:
        return letters[ours[0]].at, letters[ours[-1]].at + 1
    place = letters[around[0][1]].at + 1
    return place, place
