"""Reading print: PP-OCR finds lines of text in a picture, and reads upright crops of one line.

The networks are those that the `rapidocr` package carries; nothing is fetched. They are loaded
when first needed and shared. Each crop is run by itself, on one thread: on processors that gains
nothing from batches, and a line's reading does not depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision.errors import WeightsCorrupt, WeightsMissing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vision.terms import Map, Pixels, Points

LINE_HEIGHT = 48  # pixels of a crop, as the network was trained
STEP = 8  # crop pixels for one step of the reading
_NARROWEST = 96  # crop pixels; narrower crops are continued to this
_WORKERS = 2
_PACKAGE = "rapidocr"
_MEND = "Install the program again: pip install --force-reinstall rapidocr onnxruntime"
_DETECT_UNIT = 32  # sides of what the detector sees are multiples of this
_INK, _LEAST_SCORE = 0.3, 0.55  # of the detector: a pixel of text, the mean over a line
_UNCLIP = 1.6  # how far a line reaches beyond its core, as the detector was trained
_SMALLEST_SIDE = 5.0  # pixels
_SURE = 1e-7  # probabilities below this are all the same


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What one line says.

    `text` (n letters), `scores` (n,) how sure each letter is, `places` (n,) the middle of each in
    crop pixels, from the left. `steps` (t, k) natural logarithms of the probabilities of `letters`
    (k; the first stands for “nothing here”) at each step.
    """

    text: str
    scores: NDArray[np.float32]
    places: NDArray[np.float32]
    steps: Map
    letters: str

    @property
    def score(self) -> float:
        """How sure the whole line is: the mean over its letters, 0 where nothing was read."""
        return float(self.scores.mean()) if len(self.scores) else 0.0

    def likelihood(self, text: str) -> float:
        """Return the natural logarithm of the probability that the line says `text`.

        Over all ways to spread the letters over the steps; letters that were not kept count as
        all but impossible.

        Source: Graves et al., Connectionist Temporal Classification, ICML 2006, section 4.1.
        """
        unknown = np.full((len(self.steps), 1), np.log(_SURE))
        known = np.hstack([self.steps, unknown])
        column = {letter: place for place, letter in enumerate(self.letters)}
        states = [0]
        for letter in text:
            states += [column.get(letter, known.shape[1] - 1) if letter else 0, 0]
        order = np.array(states)
        may_skip = np.zeros(len(order), bool)
        may_skip[2:] = (order[2:] != 0) & (order[2:] != order[:-2])
        alive = np.full(len(order), -np.inf)
        alive[:2] = known[0, order[:2]]
        for step in known[1:]:
            once = np.concatenate([[-np.inf], alive[:-1]])
            twice = np.concatenate([[-np.inf, -np.inf], alive[:-2]])[: len(order)]
            twice[~may_skip] = -np.inf
            alive = np.logaddexp(np.logaddexp(alive, once), twice) + step[order]
        return float(np.logaddexp.reduce(alive[-2:]))


class Reader:
    """PP-OCR: a detector of lines and a recogniser of crops.

    Args:
        detector: ONNX file.
        recogniser: ONNX file that names its letters.

    Raises:
        WeightsCorrupt: a file cannot be used.
    """

    def __init__(self, detector: Path, recogniser: Path) -> None:
        self.version = _version(detector, recogniser)
        self._recogniser = _session(recogniser)
        self._detector = _session(detector)
        named = self._recogniser.get_modelmeta().custom_metadata_map.get("character", "")
        letters = named.splitlines()
        count = self._recogniser.get_outputs()[0].shape[-1]
        if len(letters) + 2 != count:
            cause = f"{len(letters)} letters are named, {count - 2} are needed"
            raise WeightsCorrupt("text", recogniser, cause, _MEND)
        self._letters = ["\0", *letters, " "]
        self._known = {letter: place for place, letter in enumerate(self._letters) if place}

    def find_lines(self, pixels: Pixels) -> Points:
        """Find lines of text.

        Args:
            pixels: (h, w, 3) uint8 RGB.

        Returns:
            (N, 4, 2) corners, from the upper left one clockwise as the line is read.

        Source: Liao et al., Real-time Scene Text Detection with Differentiable Binarization,
        AAAI 2020.
        """
        height, width = pixels.shape[:2]
        size = tuple(max(1, round(s / _DETECT_UNIT)) * _DETECT_UNIT for s in (width, height))
        fitted = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
        chance = self._run(self._detector, fitted)[0, 0]
        factor = np.array([width / size[0], height / size[1]])
        found = [quad * factor for quad in _quads(chance)]
        return np.array(found, np.float64).reshape(-1, 4, 2)

    def read(
        self, crops: Sequence[Pixels], *, kept: Sequence[str] | None = None
    ) -> tuple[Reading, ...]:
        """Read crops of one line each.

        Args:
            crops: (LINE_HEIGHT, w, 3) uint8 RGB each.
            kept: for each crop, letters whose probabilities are wanted besides those read.
        """
        wanted = kept if kept is not None else [""] * len(crops)
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="reading") as pool:
            return tuple(pool.map(self._read, crops, wanted))

    def _read(self, crop: Pixels, kept: str) -> Reading:
        width = max(crop.shape[1], _NARROWEST)
        width += -width % STEP
        more = width - crop.shape[1]
        wide = cv2.copyMakeBorder(crop, 0, 0, 0, more, cv2.BORDER_REPLICATE)
        chances = self._run(self._recogniser, np.asarray(wide, np.uint8))[0]
        best = chances.argmax(axis=1)
        starts = np.flatnonzero((best != 0) & (np.diff(best, prepend=0) != 0)).tolist()
        runs = [(start, _end(best, start)) for start in starts]
        middles = [(start + end) / 2 * width / len(best) for start, end in runs]
        scores = [chances[start:end, best[start]].max() for start, end in runs]
        text = "".join(self._letters[best[start]] for start in starts)
        columns = self._columns(text + kept)
        return Reading(
            text,
            np.array(scores, np.float32),
            np.array(middles, np.float32),
            np.log(np.maximum(chances[:, columns], _SURE)),
            "".join(self._letters[c] for c in columns),
        )

    def _columns(self, letters: str) -> list[int]:
        known = self._known
        return [0, *sorted({known[letter] for letter in letters if letter in known})]

    @staticmethod
    def _run(session: Any, pixels: Pixels) -> Map:
        blue_first = np.ascontiguousarray(pixels[..., ::-1]).astype(np.float32)
        given = (blue_first / 127.5 - 1.0).transpose(2, 0, 1)[None]
        name = session.get_inputs()[0].name
        return np.asarray(session.run(None, {name: np.ascontiguousarray(given)})[0], np.float32)


_loading = threading.Lock()


def shared_reader() -> Reader:
    """Return the reader of this process, loaded at the first call.

    Raises:
        WeightsMissing: the packages that carry it are not installed.
        WeightsCorrupt: its files cannot be used.
    """
    with _loading:
        return _shared()


@lru_cache(maxsize=1)
def _shared() -> Reader:
    return Reader(_file("det"), _file("rec"))


def _file(task: str) -> Path:
    for package in (_PACKAGE, "onnxruntime"):
        if importlib.util.find_spec(package) is None:
            raise WeightsMissing("text", package, "the package is not installed", _MEND)
    found = importlib.util.find_spec(_PACKAGE)
    folders = found.submodule_search_locations if found is not None else None
    folder = Path(next(iter(folders or ["."]))) / "models"
    files = sorted(folder.glob(f"*_{task}_*.onnx"))
    if not files:
        raise WeightsMissing("text", folder, f"no file *_{task}_*.onnx is there", _MEND)
    return files[-1]


def _session(file: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # onnxruntime's errors have no ancestor of their own
        raise WeightsCorrupt("text", file, str(error), _MEND) from error


def _version(*files: Path) -> str:
    """“sha256:” and a hash of what the files are: their names and sizes, which releases change."""
    facts = "|".join(f"{file.name} {file.stat().st_size}" for file in files)
    return "sha256:" + hashlib.sha256(facts.encode()).hexdigest()


def _end(best: NDArray[np.int64], start: int) -> int:
    """Return the first step after `start` at which another letter, or none, is the best."""
    others = np.flatnonzero(best[start:] != best[start])
    return int(start + others[0]) if len(others) else len(best)


def _quads(chance: Map) -> list[Points]:
    """Return the lines that a map (h, w) of chances shows, as boxes that may be turned."""
    ink = cv2.dilate((chance > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for each in outlines:
        outline = np.asarray(each, np.int32)
        middle, sides, angle = cv2.minAreaRect(outline)
        if min(sides) < 3 or _mean_within(chance, outline) < _LEAST_SCORE:
            continue
        more = _UNCLIP * sides[0] * sides[1] / (sides[0] + sides[1])
        grown = (sides[0] + more, sides[1] + more)
        if min(grown) >= _SMALLEST_SIDE:
            found.append(_clockwise(np.asarray(cv2.boxPoints((middle, grown, angle)), np.float64)))
    return found


def _mean_within(chance: Map, outline: NDArray[np.int32]) -> float:
    x, y, width, height = cv2.boundingRect(outline)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [outline - np.array([x, y])], 1)
    return float(cv2.mean(chance[y : y + height, x : x + width], mask)[0])


def _clockwise(corners: Points) -> Points:
    """Order four corners of a box from the upper left one, y pointing down."""
    middle = corners.mean(axis=0)
    angle = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angle)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.asarray(np.roll(ordered, -first, axis=0), np.float64)
