"""The lines of sides, once learned, in memory and on disk.

Only a cache: a damaged file counts as absent, and one that cannot be written costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import cv2
import numpy as np

from vision.errors import WeightsError
from vision.evidence.reading import LINE_HEIGHT, shared_reader
from vision.evidence.text import Agreed, Letter
from vision.prepared import reference_key
from vision.text_lines import MODEL_VERSION, SideText, TextLine, learn_text

if TYPE_CHECKING:
    from vision.sides import SideModel

_REMEMBERED = 16  # sides kept in memory, about 2 MB each

_log = logging.getLogger(__name__)


class TextCache:
    """What the references of each side say.

    Args:
        folder: where it is kept; None keeps it in memory only.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._recent: OrderedDict[str, SideText] = OrderedDict()
        self._guard = threading.Lock()
        self._told = False

    def get(self, model: SideModel) -> SideText | None:
        """Return the lines of a side: remembered, restored or learned; None without a reader."""
        with self._guard:  # learning keeps all processors busy: one at a time
            try:
                key = _key(model, shared_reader().version)
            except WeightsError as error:
                self._tell(error)
                return None
            known = self._recent.get(key)
            if known is None:
                known = self._made(key, model)
            if not known.is_whole:  # until its files can be reached
                return known
            self._recent[key] = known
            self._recent.move_to_end(key)
            while len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)
            return known

    def _made(self, key: str, model: SideModel) -> SideText:
        if self._folder is None:
            return learn_text(model, shared_reader())
        path = self._folder / f"{key}.npz"
        known = restore(path) if path.exists() else None
        if known is None:
            known = learn_text(model, shared_reader())
            if known.is_whole:
                keep(path, known)
        return known

    def _tell(self, error: WeightsError) -> None:
        if not self._told:
            _log.warning("text is not compared: %s", error)
        self._told = True


def keep(path: Path, known: SideText) -> None:
    """Write the lines of a side whole or not at all."""
    arrays: dict[str, np.ndarray] = {}
    for number, line in enumerate(known.lines):
        letters = [[x.symbol, x.folded, x.at, x.x, x.score] for x in line.agreed.letters]
        said = json.dumps([line.agreed.text, letters, line.agreed.firm])
        arrays[f"said_{number}"] = np.array(said)
        arrays[f"matrix_{number}"] = line.matrix
        arrays[f"shown_{number}"] = _packed(np.vstack(line.shown))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, count=np.array(len(known.lines)), **arrays)  # type: ignore[arg-type]  # numpy's stub knows no keyword arrays
        Path(name).replace(path)


def restore(path: Path) -> SideText | None:
    """Read the lines of a side, or None where the file is damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = dict(stored)
        return SideText(tuple(_line(arrays, number) for number in range(int(arrays["count"]))))
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, cv2.error):
        return None


def _line(arrays: dict[str, np.ndarray], number: int) -> TextLine:
    text, letters, firm = json.loads(str(arrays[f"said_{number}"]))
    agreed = Agreed(text, tuple(Letter(*each) for each in letters), tuple(firm))
    stacked = np.asarray(cv2.imdecode(arrays[f"shown_{number}"], cv2.IMREAD_GRAYSCALE), np.uint8)
    shown = tuple(np.vsplit(stacked, stacked.shape[0] // LINE_HEIGHT))
    return TextLine(arrays[f"matrix_{number}"], stacked.shape[1], agreed, shown)


def _packed(grey: np.ndarray) -> np.ndarray:
    done, data = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise ValueError("expected pixels that PNG can hold")
    return data


def _key(model: SideModel, reader: str) -> str:
    """Name what the lines depend on: the references, how they lie on each other, and the reader."""
    rows = [[reference_key(p.reference), p.matrix.round(6).tolist()] for p in model.placed]
    frame = [model.frame.matrix.round(6).tolist(), model.frame.outline]
    facts = json.dumps([MODEL_VERSION, reader, rows, frame])
    return hashlib.sha256(facts.encode()).hexdigest()
