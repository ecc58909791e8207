"""The front door of a folder scan."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from vision.errors import FolderUnreachable, PictureError, ScanHalted, TouchstoneError
from vision.scan.answers import Failed, Judged
from vision.scan.contents import is_systemic
from vision.scan.control import ScanControl
from vision.scan.files import check_folder, check_folders
from vision.scan.judging import judge_file
from vision.scan.workers import NoMemory, Workers
from vision.threads import one_each

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from vision.gallery import Gallery
    from vision.scan.answers import Answer
    from vision.scan.judging import Judge
    from vision.scan.workers import ScanMemory

_GLANCE_S = 0.1  # between two looks at whether to stop
_PATIENCE_S = 1.0  # for photos in work when a scan is stopped
_FEW = 5  # failures in a row that have one cause: files gone, a model that cannot be used
_MANY = 25  # of our own mistakes, which may well be one odd kind of photo


def scan(
    folders: Sequence[Path | str],
    gallery: Gallery,
    *,
    text: bool = False,
    max_side: int = 1600,
    workers: int | None = None,
    control: ScanControl | None = None,
    memory: ScanMemory | None = None,
    judge: Judge | None = None,
) -> Generator[Answer, None, None]:
    """Judge every photo below some folders; the answers stream, in the order of getting ready.

    Everything that is found gets exactly one answer: `Judged` (the same as `inspect` of that photo
    alone), `Failed` (a bad file), `Repeated` (same bytes as an earlier one), `Remembered`, or
    `Aside` (side files, other files, folders that cannot be listed). Memory does not grow with the
    number of photos, but for a path and a hash of each.

    Args:
        folders: where to look, also below.
        gallery: genuine references.
        text: also read what is printed, which costs more than all the rest.
        max_side: pixels of the longer side to which photos are decoded.
        workers: photos judged at once; None: one more than there are processors, at most four.
        control: to pause and stop it from another thread.
        memory: what need not be judged again.
        judge: judges each file instead, as `judge_file` does, for instance in another process;
            `gallery`, `text` and `max_side` are then its own affair.

    Raises:
        FolderUnreachable: none of `folders` can be listed; one of several is an answer.
        ScanHalted: photo after photo fails for one cause. Those last photos got no answer.
        WeightsError: the network cannot be used.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"expected at least 1 worker, found {workers}")
    check_folders(folders)
    control = control or ScanControl()
    count = workers or min(4, 1 + (os.cpu_count() or 1))
    running = Workers(
        folders,
        judge or partial(judge_file, gallery=gallery, text=text, max_side=max_side),
        control=control,
        memory=memory or NoMemory(),
        count=count,
    )
    try:
        running.begin_reading()
        if judge is not None or _made_ready(gallery, control):
            with one_each():  # the threads work on between two answers, and would wait for others
                running.begin_judging()
                yield from _halting(_streamed(running, control))
        if running.mistake is not None:
            raise running.mistake
    finally:
        running.end(_PATIENCE_S)


def _made_ready(gallery: Gallery, control: ScanControl) -> bool:
    """Load the network and read what search needs; False when stopped meanwhile."""
    if gallery.embedder is not None:
        gallery.embedder.warm()
    steps = gallery.get_ready()
    while not control.is_stopped:
        if next(steps, steps) is steps:
            return True
    return False


def _streamed(running: Workers, control: ScanControl) -> Iterator[Answer]:
    while not (control.is_stopped or running.answers.is_drained):
        answer = running.answers.get(_GLANCE_S)
        if answer is not None:
            yield answer
    while (answer := running.answers.get(0.0)) is not None:  # stopped: what is ready is told
        yield answer


def _halting(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Hold back failures that may have one cause, until it is clear that they have not.

    Raises:
        ScanHalted: they have.
    """
    held: list[Failed] = []
    for answer in answers:
        if isinstance(answer, Failed) and _cause(answer):
            if held and _cause(held[0]) != _cause(answer):
                yield from held
                held.clear()
            held.append(answer)
            _halt_where_hopeless(held)
        else:
            if isinstance(answer, (Failed, Judged)):  # something works again
                yield from held
                held.clear()
            yield answer
    yield from held


def _cause(failed: Failed) -> str:
    """Name what may be behind a failure besides the file; "" for what is the file's own."""
    if isinstance(failed.error, PictureError):
        return "away" if is_systemic(failed.error) else ""
    if isinstance(failed.error, MemoryError):
        return "memory"
    return type(failed.error).__name__


def _halt_where_hopeless(held: Sequence[Failed]) -> None:
    last = held[-1]
    if _cause(last) == "away":
        try:
            check_folder(last.file.root)
        except FolderUnreachable as error:
            raise ScanHalted(error) from last.error
    limit = _FEW if isinstance(last.error, (TouchstoneError, MemoryError, OSError)) else _MANY
    if len(held) >= limit:
        raise ScanHalted(last.error) from last.error
