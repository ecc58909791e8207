"""Judges the photos of a manifest by Touchstone and by what people use today, in one run.

`python -m tests.benchmarks.peers MANIFEST.csv…` prints a table for each manifest. All methods get
the same photos, laid on the same references by Touchstone's alignment; a photo that cannot be laid
has the middle rank for all. imagehash and anomalib are in the extra `peers`.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from tests.benchmarks.peer_methods import METHODS, Method, covered, peaks
from tests.benchmarks.simulated import percent, with_interval
from vision import Embedder, Gallery, inspect, pictures
from vision.compare import laid_pair
from vision.errors import PictureError
from vision.figures import Record, figures_of
from vision.judged_photos import blank, hits, located, true_places
from vision.photo_sets import FEWEST_GENUINE, FEWEST_LEFT, SIDE, gather, usable_rows
from vision.threads import one_each
from vision.truth import Label, Role, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision import Photo
    from vision.compare import LaidPair
    from vision.truth import Place

OURS = "Touchstone"


@dataclass(frozen=True, slots=True)
class Task:
    """The photos of one product; its references are left out once each where `leave_out`."""

    manifest: Path
    rows: tuple[Row, ...]
    leave_out: bool
    cache: Path
    workers: int


@dataclass(slots=True)
class Tally:
    """What one method said of a product's photos, and the seconds it took to learn its sides."""

    records: list[Record] = field(default_factory=list)
    learning: list[float] = field(default_factory=list)


def main() -> None:
    """Judge each manifest and print its table."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="touchstone-peers-") as cache:
        Embedder(cache=Path(cache)).warm()
        for manifest in options.manifest:
            tallies = judge(manifest, cache=Path(cache), workers=options.workers)
            sys.stdout.write(table(manifest, tallies, workers=options.workers) + "\n")
            sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path, nargs="+", metavar="MANIFEST.csv")
    parser.add_argument("--workers", type=int, default=1, help="processes; they share the seconds")
    return parser.parse_args()


def judge(manifest: Path, *, cache: Path, workers: int = 1) -> dict[str, Tally]:
    """Judge all photos of a manifest by every method that is installed.

    Args:
        manifest: as `vision.evaluate` takes it.
        cache: folder for the converted network.
        workers: processes; each judges products of its own.

    Returns:
        By the name of the method; the photos in the same order for all.
    """
    tasks = _tasks(manifest, cache, workers)
    done: dict[int, dict[str, Tally]] = {}
    if workers == 1:
        for number, task in enumerate(tasks):
            done[number] = judge_product(task)
            _tell(len(done), len(tasks))
    else:
        with ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_set_up, initargs=(workers,)
        ) as pool:
            asked = {pool.submit(judge_product, task): n for n, task in enumerate(tasks)}
            for future in as_completed(asked):
                done[asked[future]] = future.result()
                _tell(len(done), len(tasks))
    return _joined([done[number] for number in range(len(tasks))])


def _set_up(workers: int) -> None:
    cv2.setNumThreads(_threads(workers))
    one_each()  # its limit stays: nobody leaves the context


def _threads(workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // workers)


def _tasks(manifest: Path, cache: Path, workers: int) -> list[Task]:
    rows, _ = usable_rows(manifest)
    tasks = []
    for name in sorted({row.set for row in rows}):
        of_set = [row for row in rows if row.set == name]
        genuine = sum(row.role is Role.QUERY and row.label is Label.GENUINE for row in of_set)
        for product in sorted({row.product for row in of_set}):
            own = tuple(row for row in of_set if row.product == product)
            tasks.append(Task(manifest, own, genuine < FEWEST_GENUINE, cache, workers))
    return tasks


def judge_product(task: Task) -> dict[str, Tally]:
    """Judge the photos of one product by every method that is installed."""
    embedder = _embedder(task.cache, _threads(task.workers))
    (found,), _ = gather(task.manifest, task.rows, cache=None, embedder=embedder, step=lambda: None)
    methods = [method() for method in METHODS if method.is_installed()]
    tallies = {name: Tally() for name in (OURS, *(method.name for method in methods))}
    _judge_side(found.gallery, found.queries(), methods, task.manifest, tallies)
    leavable = task.leave_out and len(found.references) >= FEWEST_LEFT
    for row in (r for r in task.rows if leavable and r.line in found.references):
        others = Gallery(found.others(row), embedder=embedder)
        _judge_side(others, [row], methods, task.manifest, tallies, left_out=True)
    return tallies


@lru_cache(maxsize=1)
def _embedder(cache: Path, threads: int) -> Embedder:
    """One for all products of a process: each would hold compiled networks of its own."""
    return Embedder(cache=cache, threads=threads)


def _judge_side(
    gallery: Gallery,
    rows: Sequence[Row],
    methods: Sequence[Method],
    manifest: Path,
    tallies: dict[str, Tally],
    *,
    left_out: bool = False,
) -> None:
    """Judge photos by the references of a gallery; methods learn them with the first photo."""
    learnt = False
    for row in rows:
        record, photo, places = _opened(row, manifest)
        record = replace(record, left_out=left_out)
        if photo is None or not gallery.references:
            for tally in tallies.values():
                tally.records.append(record)
            continue
        begin = time.perf_counter()
        gallery.side_model(row.product, SIDE)
        tallies[OURS].learning += [] if learnt else [time.perf_counter() - begin]
        tallies[OURS].records.append(_ours(record, photo, gallery, places))
        begin = time.perf_counter()
        pair = laid_pair(photo, gallery, product=row.product, side=SIDE)
        aligning = time.perf_counter() - begin
        for method in methods:
            tally = tallies[method.name]
            if pair is None:
                tally.records.append(replace(record, seconds=aligning))
                continue
            if not learnt:
                begin = time.perf_counter()
                method.learn(covered(pair)[1])
                tally.learning.append(time.perf_counter() - begin)
            tally.records.append(_theirs(record, method, pair, places, aligning))
        learnt = learnt or pair is not None


def _opened(row: Row, manifest: Path) -> tuple[Record, Photo | None, tuple[Place, ...]]:
    try:
        photo = pictures.read(row.path)
    except PictureError as error:
        sys.stderr.write(f"{error}\n")
        photo = None
    places = true_places(row, manifest, photo)
    return replace(blank(row), places=len(places)), photo, places


def _ours(record: Record, photo: Photo, gallery: Gallery, places: Sequence[Place]) -> Record:
    begin = time.perf_counter()
    inspection = inspect(photo, gallery, product=record.product, side=SIDE)
    record = replace(record, outcome=inspection.outcome.value, seconds=time.perf_counter() - begin)
    if inspection.comparison is None:
        return record
    return located(record, inspection.comparison, places)


def _theirs(
    record: Record, method: Method, pair: LaidPair, places: Sequence[Place], aligning: float
) -> Record:
    begin = time.perf_counter()
    photo, _, compared = covered(pair)
    said = method.judge(photo, compared)
    seconds = aligning + time.perf_counter() - begin
    found = [] if said.map is None else peaks(said.map, compared)
    points = [(float(x), float(y)) for x, y in (pair.photo.places[y, x] for x, y in found)]
    return replace(
        record, suspicion=said.score, hits=hits(points, places), seconds=seconds, outcome="compared"
    )


def _joined(parts: Sequence[dict[str, Tally]]) -> dict[str, Tally]:
    whole: dict[str, Tally] = {}
    for part in parts:
        for name, tally in part.items():
            own = whole.setdefault(name, Tally())
            own.records += tally.records
            own.learning += tally.learning
    return whole


def table(manifest: Path, tallies: dict[str, Tally], *, workers: int = 1) -> str:
    """One Markdown table: a line for each method, also for those that are not installed."""
    head = (
        "| method | AUROC (95 %) | found at 5 % false alarms | first place right | one of three "
        "| altered above its twin | seconds a photo | seconds a side |"
    )
    lines = [head, "|" + "--|" * 8]
    for name in (OURS, *(method.name for method in METHODS)):
        tally = tallies.get(name)
        lines.append(
            f"| {name} | not installed |" + " |" * 6 if tally is None else _line(name, tally)
        )
    return "\n".join([_title(manifest, tallies[OURS], workers), "", *lines, ""])


def _title(manifest: Path, ours: Tally, workers: int) -> str:
    counts = figures_of(ours.records).separation
    versions = []
    for package in ("scikit-image", "ImageHash", "anomalib"):
        try:
            versions.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{package} not installed")
    return (
        f"{manifest.resolve().parent.name}: {counts.n_genuine} genuine and {counts.n_other} other "
        f"photos, {percent(counts.coverage)} could be laid; {', '.join(versions)}; "
        f"{os.cpu_count()} processors, {workers} at once"
    )


def _line(name: str, tally: Tally) -> str:
    figures = figures_of(tally.records)
    separation, placed = figures.separation, figures.localisation
    says_where = any(record.hits for record in tally.records)
    cells = (
        name,
        with_interval(separation.auroc, separation.ci95),
        percent(separation.tpr_at_5pct_fpr),
        percent(placed.top_region_hit) if says_where else "does not say",
        percent(placed.top3_region_hit) if says_where else "does not say",
        f"{percent(figures.paired.win_rate)} of {figures.paired.n}",
        _seconds(figures.seconds_per_photo.p50),
        _seconds(statistics.median(tally.learning) if tally.learning else None),
    )
    return "| " + " | ".join(cells) + " |"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _tell(done: int, total: int) -> None:
    if done == total or done % 5 == 0:
        sys.stderr.write(f"products: {done}/{total}\n")


if __name__ == "__main__":
    main()
