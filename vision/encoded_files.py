"""References as the learned head sees them, on disk, so that a side seen once is ready at once.

Only a cache: what is damaged counts as absent, and what was used longest ago goes first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vision.difference import Gathered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.difference import Differ
    from vision.evidence.layer import Layer
    from vision.terms import Mask

_MOST = 4 << 30  # bytes that the files of one folder may take, about 8 MB a reference
_LEFT_FREE = 4 << 30  # bytes that stay free on the disk
_HEADER = 2048  # bytes
_WORD = 8


def key_of(differ: Differ, layers: Sequence[Layer], inside: Mask) -> str:
    """Name all that the encoding of some layers depends on."""
    name = hashlib.blake2b(differ.version.encode(), digest_size=20)
    for layer in layers:
        name.update(repr(layer.pixels.shape).encode())
        name.update(layer.pixels.tobytes())
        name.update(np.packbits(layer.seen & inside).tobytes())
    return name.hexdigest()


def restore(path: Path) -> Gathered | None:
    """Read encoded references; None where they are not there, or not whole."""
    try:
        data = np.fromfile(path, np.uint8)
        header = json.loads(bytes(data[:_HEADER]))
        shapes = [tuple(int(length) for length in shape) for shape in header["shapes"]]
        values = data[_HEADER:].view(np.float16)
        sizes = [math.prod(shape) for shape in shapes]
        if len(values) * 2 % _WORD or _sum(values) != header["sum"]:
            return None
        ends = np.cumsum([0, *sizes])
        parts = [
            values[start : start + size].reshape(shape)
            for start, size, shape in zip(ends[:-1], sizes, shapes, strict=True)
        ]
        os.utime(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Gathered(tuple(parts[:-1]), parts[-1].astype(np.float32))


def keep(path: Path, known: Gathered) -> None:
    """Write encoded references whole or not at all; what cannot be written costs time only."""
    parts = [*known.parts, known.seen.astype(np.float16)]  # seen holds but 0 and 1
    values = np.concatenate([part.ravel() for part in parts])
    values = np.pad(values, (0, -len(values) % (_WORD // 2)))
    header = json.dumps({"shapes": [part.shape for part in parts], "sum": _sum(values)})
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _made_room(path.parent, values.nbytes):
            return
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(header.encode().ljust(_HEADER))
                values.tofile(file)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def _sum(values: np.ndarray) -> int:
    """Add up words, wrapping; tells a file that a power cut has left half empty."""
    return int(np.add.reduce(values.view(np.uint64), dtype=np.uint64))


def _made_room(folder: Path, size: int) -> bool:
    """Drop what was used longest ago until there is room; False where the disk is nearly full."""
    found = []
    for each in folder.iterdir():
        with contextlib.suppress(OSError):
            state = each.stat()
            found.append((state.st_mtime, state.st_size, each))
    total = size + sum(length for _, length, _ in found)
    free = shutil.disk_usage(folder).free - size
    for _, length, each in sorted(found):
        if total <= _MOST and free >= _LEFT_FREE:
            break
        with contextlib.suppress(OSError):
            each.unlink()
            total, free = total - length, free + length
    return total <= _MOST and free >= _LEFT_FREE
