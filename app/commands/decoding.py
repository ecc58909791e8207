"""Decode many files in processes of their own: one that crashes or hangs costs its own row only."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.error_words import error_sentence
from app.reports.contract import Patches, ReadPart
from vision import PictureError, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from vision import Note, Pixels

LIMIT_S = 20.0
_START_S = 120.0  # a cold disk, a busy machine
_MOST_WORKERS = 4
_SPAWN = multiprocessing.get_context("spawn")  # works everywhere, also beside threads


def read_many(
    paths: Sequence[str],
    *,
    decode: Callable[[str], ReadPart] | None = None,
    limit_s: float = LIMIT_S,
) -> Iterator[ReadPart]:
    """Decode each file, answers in the order of `paths`.

    Args:
        paths: the files.
        decode: what to do with each, a function at the top of its module; default: read it. What
            it raises of our own errors is worded here, in the language of whoever asks.
        limit_s: how long one file may take.
    """
    count = max(1, min(len(paths), os.cpu_count() or 1, _MOST_WORKERS))
    decoders = [_Decoder(decode or _read, limit_s) for _ in range(count)]
    idle: SimpleQueue[_Decoder] = SimpleQueue()
    for decoder in decoders:
        idle.put(decoder)

    def one(path: str) -> ReadPart:
        decoder = idle.get()
        try:
            return decoder.read(path)
        finally:
            idle.put(decoder)

    if os.name == "posix":
        resource_tracker.ensure_running()  # its own start would lift the mask of the threads
    threads = ThreadPoolExecutor(count, thread_name_prefix="read", initializer=_leave_ctrl_c)
    try:
        yield from threads.map(one, paths)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for decoder in decoders:
            decoder.close()
        threads.shutdown()


def read_part(path: str) -> ReadPart:
    """Decode one file in this process."""
    try:
        return _read(path)
    except (PictureError, MemoryError) as error:
        return _refused(path, error)


def _read(path: str) -> ReadPart:
    """Decode one file.

    Raises:
        PictureError: it is none that can be read.
        MemoryError: it is too large for this computer.
    """
    photo = read(path)
    return ReadPart(
        path=path,
        ok=True,
        width=photo.width,
        height=photo.height,
        sha256=photo.sha256,
        format=photo.format,
        frames=photo.frames,
        notes=tuple(_note(note) for note in photo.notes),
        patches=patches(photo.pixels),
    )


def patches(pixels: Pixels) -> Patches:
    """Mean colour of corner patches, a twentieth of each side, and of a centre twice as wide."""
    height, width = pixels.shape[:2]
    tall, wide = max(1, height // 20), max(1, width // 20)
    middle, across = height // 2, width // 2
    return Patches(
        tl=_mean(pixels[:tall, :wide]),
        tr=_mean(pixels[:tall, -wide:]),
        bl=_mean(pixels[-tall:, :wide]),
        br=_mean(pixels[-tall:, -wide:]),
        c=_mean(
            pixels[
                max(0, middle - tall) : middle + tall,
                max(0, across - wide) : across + wide,
            ]
        ),
    )


def sha256_of(path: str, *, most_bytes: int = 1 << 30) -> str:
    """Hash of a file that may be anything; empty where it is no ordinary file or too large."""
    try:
        file = Path(path)
        if not file.is_file() or file.stat().st_size > most_bytes:
            return ""
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _mean(patch: Pixels) -> tuple[float, float, float]:
    red, green, blue = patch.reshape(-1, 3).mean(axis=0, dtype=np.float64)
    return round(float(red), 2), round(float(green), 2), round(float(blue), 2)


def _note(note: Note) -> str:
    return f"{note.code}: {note.value}" if note.value else str(note.code)


def _refused(path: str, error: Exception) -> ReadPart:
    if isinstance(error, MemoryError):
        return _failed(path, QCoreApplication.translate("commands", "there is not enough memory"))
    return ReadPart(path=path, ok=False, error=error_sentence(error))


def _failed(path: str, cause: str) -> ReadPart:
    return ReadPart(path=path, ok=False, error=f"{path}: {cause}.")


@dataclass(slots=True)
class _Decoder:
    """One decoding process, started when first needed and again after each that was lost."""

    decode: Callable[[str], ReadPart]
    limit_s: float
    closed: bool = field(default=False, init=False)
    _process: multiprocessing.process.BaseProcess | None = field(default=None, init=False)
    _line: Connection | None = field(default=None, init=False)

    def read(self, path: str) -> ReadPart:
        try:
            line = self._line or self._start()
            line.send(path)
            if line.poll(self.limit_s):
                answer: ReadPart | Exception = line.recv()
                return answer if isinstance(answer, ReadPart) else _refused(path, answer)
        except (EOFError, OSError):
            return self._lost(path)
        self._end()
        said = QCoreApplication.translate(
            "commands", "decoding was stopped after {seconds} seconds; the file may be damaged"
        )
        return _failed(path, said.format(seconds=f"{self.limit_s:.0f}"))

    def close(self) -> None:
        self.closed = True
        self._end()

    def _start(self) -> Connection:
        if self.closed:
            raise EOFError
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self.decode), daemon=True)
        process.start()
        theirs.close()
        self._process, self._line = process, ours
        if not ours.poll(_START_S):
            raise EOFError
        ours.recv()
        return ours

    def _lost(self, path: str) -> ReadPart:
        self._end()
        said = QCoreApplication.translate(
            "commands", "the decoder broke down at this file; it may be damaged"
        )
        return _failed(path, said)

    def _end(self) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if process is not None:
            process.kill()
            process.join()
        if line is not None:
            line.close()


def _leave_ctrl_c() -> None:
    """Processes started from this thread do not hear Ctrl-C: it is the asker's to answer."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(line: Connection, decode: Callable[[str], ReadPart]) -> None:
    """The life of a decoding process: it ends when nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where threads have no mask of their own
    warnings.simplefilter("ignore")  # what Pillow says of odd files is told by the photo's notes
    line.send("ready")
    while True:
        try:
            path: str = line.recv()
        except EOFError:
            return
        line.send(_answer(decode, path))


def _answer(decode: Callable[[str], ReadPart], path: str) -> ReadPart | Exception:
    """What becomes of a file; errors are sent as they are, since no translation is known here."""
    try:
        return decode(path)
    except (PictureError, MemoryError) as error:
        return error
    except Exception as error:  # noqa: BLE001 - the border of a process: the asker must hear of it
        return _failed(path, f"{type(error).__name__}: {error}")
