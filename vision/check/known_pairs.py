"""Pairs of references that were compared before, remembered by the keys of both.

A key names what is seen of a reference, see `prepared.reference_key`.
"""

from __future__ import annotations

import io
from dataclasses import astuple, fields
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from vision.check.pairs import Pair
from vision.check.whole_files import write_whole
from vision.features import feature_version

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = f"pairs-5 {feature_version()}"
_WIDTH = len(fields(Pair))


class KnownPairs:
    """What is known of pairs, kept in one file of a cache folder, which may be deleted.

    Args:
        file: where to keep them, or None to forget them at the end.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known = {} if file is None else _restored(file)
        self._is_kept = True

    def get(self, one: str, two: str) -> Pair | None:
        """Return the pair of two keys, in either order; None where it was never compared."""
        return self._known.get(_key(one, two))

    def put(self, one: str, two: str, pair: Pair) -> None:
        """Remember a pair."""
        self._known[_key(one, two)] = pair
        self._is_kept = False

    def keep(self) -> None:
        """Write what is new; a cache that cannot be written is no harm."""
        if self._file is None or self._is_kept:
            return
        content = io.BytesIO()
        names = np.array(["".join(key) for key in self._known], "S128")
        values = np.array([astuple(pair) for pair in self._known.values()], np.float32)
        np.savez(content, version=np.array(_VERSION), names=names, values=values)
        write_whole(self._file, content.getvalue())
        self._is_kept = True


def _key(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one <= two else (two, one)


def _restored(file: Path) -> dict[tuple[str, str], Pair]:
    """Read them; a file that is damaged or of another version counts as absent."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            if str(stored["version"]) != _VERSION:
                return {}
            names, values = stored["names"].tolist(), stored["values"]
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile):
        return {}
    if values.shape != (len(names), _WIDTH):
        return {}
    return {
        (name[:64].decode(), name[64:].decode()): _pair(row)
        for name, row in zip(names, values.tolist(), strict=True)
    }


def _pair(row: list[float]) -> Pair:
    agreed, paired, covered, aside, agreeing, strain, alike, overlap, patient = row
    rest = (covered, aside, agreeing, strain, alike, overlap)
    return Pair(int(agreed), int(paired), *rest, bool(patient))
