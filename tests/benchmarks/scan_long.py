"""A long folder scan: does it keep its pace and its memory, and say what `inspect` says?

The files are those of the shared test material, hostile ones among them, repeated with distinct
bytes. Rate and memory are told on the way, and a sample of the answers is compared with photos
inspected alone. `--keep FOLDER` leaves gallery and files for the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import vision
from app.commands.quiet import quiet_libraries
from app.reading import READ_SIDE
from app.reports.contract import inspection_part
from app.reports.scanning import PHOTO, scan_folders
from app.store import Workspace
from tests.benchmarks.scan_speed import (
    fill_folder,
    fill_gallery,
    memory,
    peak,
    prepare,
    say,
    shared,
)
from vision import Embedder, ScanControl

if TYPE_CHECKING:
    from app.store import ScannedFile
    from vision import Gallery

_MARKS = (100, 200, 300, 600, 1000, 2000, 3000, 4000, 5000)  # files after which figures are told
_CLOSE = 1e-3  # of suspicions: the networks' last digits depend on where their arrays lie


def main() -> None:
    """Make gallery and files, scan them, compare a sample, and print the figures."""
    options = _options()
    with quiet_libraries(), ExitStack() as stack:
        top = Path(
            options.keep
            or stack.enter_context(
                tempfile.TemporaryDirectory(prefix="touchstone-long-", ignore_cleanup_errors=True)
            )
        )
        top.mkdir(parents=True, exist_ok=True)
        queries = fill_gallery(top / "workspace", options)
        folder = fill_folder(top / f"long-{options.files}", queries, options)
        workspace = stack.enter_context(Workspace(top / "workspace"))
        gallery = workspace.gallery(Embedder(cache=workspace.cache / "models", threads=1))
        prepare(gallery)
        judged = _scan(workspace, gallery, folder, options)
        _compare(judged, gallery, options.sample)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--products", type=int, default=100)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--sample", type=int, default=30, help="answers compared with inspect")
    parser.add_argument("--keep", help="folder for gallery and files, used again if it is there")
    parser.add_argument("--shared", type=Path, default=shared())
    parser.set_defaults(no_hostile=False)
    options = parser.parse_args()
    if not (options.shared / "eval").is_dir():
        parser.error(f"no test material at {options.shared}; name it with --shared")
    return options


def _scan(
    workspace: Workspace, gallery: Gallery, folder: Path, options: argparse.Namespace
) -> list[ScannedFile]:
    """Scan, and tell at each mark; returns the photos that were judged."""
    outcomes: Counter[str] = Counter()
    judged: list[ScannedFile] = []
    done = photos = 0
    started, worked = time.perf_counter(), time.process_time()
    last = started, 0
    steps = scan_folders(
        workspace, gallery, [str(folder)], control=ScanControl(), workers=options.workers
    )
    for file in steps:
        done += 1
        photos += file.kind == PHOTO
        outcomes[file.judgement.outcome if file.judgement is not None else file.kind] += 1
        if file.judgement is not None:
            judged.append(file)
        if done in _MARKS:
            now = time.perf_counter()
            rate = (done - last[1]) / (now - last[0])
            say(f"{done}: {rate:.2f} files a second, memory {memory():.0f}, peak {peak():.0f} MiB")
            last = now, done
    took = time.perf_counter() - started
    sys.stdout.write(
        f"{done} files, {photos} photos in {took:.0f} s: {done / took:.2f} files and "
        f"{photos / took:.2f} photos a second; {(time.process_time() - worked) / max(1, done):.2f}"
        f" s of processor a file; peak {peak():.0f} MiB; {os.cpu_count()} processors, load "
        f"{os.getloadavg()[0]:.1f}\n{dict(outcomes.most_common())}\n"
    )
    return judged


def _compare(judged: list[ScannedFile], gallery: Gallery, count: int) -> None:
    """Inspect some photos alone, and say where the scan had said something else."""
    some = random.Random(7).sample(judged, min(count, len(judged)))
    other = 0
    for file in some:
        said = json.loads(file.judgement.document) if file.judgement is not None else {}
        alone = _alone(file.path, gallery)
        if _facts(said) != _facts(alone) or not _is_close(said, alone):
            other += 1
            say(f"{file.path}: {_facts(said)}, alone {_facts(alone)}")
    sys.stdout.write(f"{len(some)} photos inspected alone: {other} were told otherwise\n")


def _alone(path: str, gallery: Gallery) -> dict[str, object]:
    try:
        photo = vision.read(path, max_side=READ_SIDE)
    except vision.PictureError:
        return {}
    part = inspection_part(vision.inspect(photo, gallery, text=False))
    found: dict[str, object] = part.model_dump(mode="json", by_alias=True)
    return found


def _facts(said: dict[str, object]) -> tuple[object, ...]:
    compared = said.get("comparison") or {}
    if not isinstance(compared, dict) or not compared:
        return (said.get("outcome"), said.get("candidates")) if said.get("candidates") else ()
    regions = [each["channel"] for each in compared["regions"]]
    return said["outcome"], compared["product"], compared["side"], regions, said["candidates"]


def _is_close(one: dict[str, object], other: dict[str, object]) -> bool:
    pair = [said.get("comparison") for said in (one, other)]
    suspicions = [float(each["suspicion"]) if isinstance(each, dict) else 0.0 for each in pair]
    return abs(suspicions[0] - suspicions[1]) < _CLOSE


if __name__ == "__main__":
    main()
