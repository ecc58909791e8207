"""Manifest -> one small record a photo, in this process or in several.

Several processes give the same records as one, in the same order; only the seconds differ.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from vision.embedding import Embedder
from vision.gallery import Gallery
from vision.judged_photos import judge_left_out, judge_query
from vision.photo_sets import PhotoSet, gather, usable_rows
from vision.threads import one_each
from vision.truth import Role
from vision.versions import thresholds_version

if TYPE_CHECKING:
    from vision.calibration import Calibration
    from vision.figures import Record
    from vision.terms import Reference
    from vision.truth import Row

Progress = Callable[[str, int, int], None]

_QUERIES, _LEFT_OUT = "photos", "references left out"
_CALIBRATED = "sides"


@dataclass(frozen=True, slots=True)
class Judged:
    """All records of a manifest, and what they depend on."""

    records: tuple[Record, ...]
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Task:
    """Photos of one product, judged one after the other; `lines` of the manifest."""

    stage: str
    of_set: str
    lines: tuple[int, ...]


def judge(
    manifest: Path,
    *,
    cache: Path,
    progress: Progress,
    embedder: Embedder,
    workers: int = 1,
    propose_zones: bool = False,
) -> Judged:
    """Judge the queries of a manifest by the references of their set.

    Args:
        manifest: see `truth.read_manifest`.
        cache: folder for features and side models.
        progress: called with (stage, done, all of this stage).
        embedder: the network.
        workers: how many photos are judged at once, each in a process of its own.
        propose_zones: give each side the variable zones that its references propose.

    Returns:
        A record of each query that is not `unknown`, of each reference left out once, and of each
        row or reference that could not be used.

    Raises:
        TruthUnreadable: the manifest cannot be used at all.
        WeightsError: the network cannot be used.
        ValueError: `workers` is less than 1.
    """
    if workers < 1:
        raise ValueError(f"expected at least 1 worker, found {workers}")
    embedder.warm()
    rows, records = usable_rows(manifest)
    count = _Count(progress, "references", sum(row.role is Role.REFERENCE for row in rows))
    sets, unusable = gather(
        manifest,
        rows,
        cache=cache,
        embedder=embedder,
        step=count.step,
        propose_zones=propose_zones,
    )
    _calibrate(sets, progress)
    tasks = _tasks(sets)
    if workers == 1 or len(tasks) < 2:
        judged = _in_turn(tasks, _Bench(sets, cache), progress)
    else:
        found = {each.name: each.gallery.calibration for each in sets}
        judged = _at_once(tasks, manifest, cache, embedder, workers, progress, propose_zones, found)
    known = [reference for each in sets for reference in each.references.values()]
    return Judged(
        (*records, *unusable, *judged),
        {
            "model": embedder.version,
            "gallery": _version(known, propose_zones),
            "thresholds": _thresholds(sets),
        },
    )


def _thresholds(sets: Sequence[PhotoSet]) -> str:
    found = sorted({each.gallery.thresholds_version for each in sets}) or [thresholds_version()]
    if len(found) == 1:
        return found[0]
    return "sha256:" + hashlib.sha256("|".join(found).encode()).hexdigest()


def _calibrate(sets: Sequence[PhotoSet], progress: Progress) -> None:
    for each in sets:
        each.gallery.calibrate(told=lambda done, total: progress(_CALIBRATED, done, total))


def _version(references: Sequence[Reference], propose_zones: bool) -> str:
    """Name the gallery, and that its zones are those it proposes."""
    plain = Gallery(references, embedder=None, cache=None).version
    if not propose_zones:
        return plain
    return "sha256:" + hashlib.sha256(f"{plain} with proposed zones".encode()).hexdigest()


class _Count:
    """Counts the steps of one stage and tells of each."""

    def __init__(self, progress: Progress, stage: str, total: int) -> None:
        self._progress, self._stage, self._total, self._done = progress, stage, total, 0

    def step(self) -> None:
        self._done += 1
        self._progress(self._stage, self._done, self._total)


def _tasks(sets: Sequence[PhotoSet]) -> list[_Task]:
    found = []
    for stage in (_QUERIES, _LEFT_OUT):
        for each in sorted(sets, key=lambda s: s.name):
            rows = each.queries() if stage == _QUERIES else each.to_leave_out()
            for _, of_product in itertools.groupby(rows, key=lambda row: row.product):
                lines = tuple(row.line for row in of_product)
                found.append(_Task(stage, each.name, lines))
    return found


def _counts(tasks: Sequence[_Task], progress: Progress) -> dict[str, _Count]:
    return {
        stage: _Count(progress, stage, sum(len(t.lines) for t in tasks if t.stage == stage))
        for stage in (_QUERIES, _LEFT_OUT)
    }


class _Bench:
    """Judges the photos of tasks by sets that lie ready."""

    def __init__(self, sets: Sequence[PhotoSet], cache: Path) -> None:
        self._sets = {each.name: each for each in sets}
        self._rows: dict[tuple[str, int], Row] = {
            (each.name, row.line): row for each in sets for row in each.rows
        }
        self._cache = cache

    def judged(self, task: _Task) -> Iterator[Record]:
        of_set = self._sets[task.of_set]
        for line in task.lines:
            row = self._rows[task.of_set, line]
            if task.stage == _QUERIES:
                yield judge_query(row, of_set)
            else:
                yield judge_left_out(row, of_set, cache=self._cache)


def _in_turn(tasks: Sequence[_Task], bench: _Bench, progress: Progress) -> list[Record]:
    counts = _counts(tasks, progress)
    records = []
    for task in tasks:
        for record in bench.judged(task):
            records.append(record)
            counts[task.stage].step()
    return records


def _at_once(
    tasks: Sequence[_Task],
    manifest: Path,
    cache: Path,
    embedder: Embedder,
    workers: int,
    progress: Progress,
    propose_zones: bool,
    calibrations: dict[str, Calibration | None],
) -> list[Record]:
    counts = _counts(tasks, progress)
    network = (embedder.backend, embedder.model.name, _threads(workers))
    start = (str(manifest), str(cache), *network, propose_zones, calibrations)
    waiting: dict[Future[list[Record]], _Task] = {}
    with ProcessPoolExecutor(
        min(workers, len(tasks)),
        mp_context=get_context("spawn"),
        initializer=_set_up,
        initargs=start,
    ) as pool:
        asked = [pool.submit(_judge_here, task) for task in tasks]
        waiting.update(zip(asked, tasks, strict=True))
        try:
            while waiting:
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    task = waiting.pop(future)
                    for _ in future.result():
                        counts[task.stage].step()
        finally:  # also when a progress callback has lost interest
            for future in waiting:
                future.cancel()
    return [record for future in asked for record in future.result()]


def _threads(workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // workers)


_here: list[_Bench] = []  # of a worker process; empty in the process that asks


def _set_up(
    manifest: str,
    cache: str,
    backend: str,
    name: str,
    threads: int,
    propose_zones: bool,
    calibrations: dict[str, Calibration | None],
) -> None:
    """Make a worker process ready; the features are in the cache already."""
    cv2.setNumThreads(threads)
    one_each()  # its limit stays: nobody leaves the context
    rows, _ = usable_rows(Path(manifest))
    embedder = Embedder(
        "torch" if backend == "torch" else "auto", name, cache=Path(cache), threads=threads
    )
    sets, _ = gather(
        Path(manifest),
        rows,
        cache=Path(cache),
        embedder=embedder,
        step=lambda: None,
        propose_zones=propose_zones,
    )
    for each in sets:
        each.gallery.go_by(calibrations[each.name])
    _here.append(_Bench(sets, Path(cache)))


def _judge_here(task: _Task) -> list[Record]:
    return list(_here[0].judged(task))
