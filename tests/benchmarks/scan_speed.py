"""How fast a folder scan is, and how much memory it takes, on files of the shared test material.

A gallery is made of the references of the evaluation sets, and a folder of their other photos and
of the hostile files, each repeated with distinct bytes. The gallery is prepared before the clock
starts, as it is in daily work; `--keep FOLDER` leaves it for the next run.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import os
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from app.reports.scanning import PHOTO, scan_folders
from app.store import EntryRefused, Workspace
from vision import Embedder, Gallery, PictureError, ScanControl

_ROOT = Path(__file__).resolve().parents[2]
_MARK = b"touchstone-benchmark-"  # after the end of the picture: other bytes, the same pixels
_EVERY = 250  # files between two lines of figures
_REFERENCES = 5


def main() -> None:
    """Make gallery and files, scan them, and print the figures."""
    options = _options()
    with contextlib.ExitStack() as stack:
        kept = options.keep or stack.enter_context(
            tempfile.TemporaryDirectory(prefix="touchstone-scan-", ignore_cleanup_errors=True)
        )
        top = Path(kept)
        top.mkdir(parents=True, exist_ok=True)
        queries = fill_gallery(top / "workspace", options)
        folder = fill_folder(top / f"photos-{options.files}", queries, options)
        with Workspace(top / "workspace") as workspace:
            gallery = workspace.gallery(Embedder(cache=workspace.cache / "models", threads=1))
            prepare(gallery)
            _scan(workspace, gallery, folder, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--products", type=int, default=100)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--text", action="store_true", help="also read what is printed")
    parser.add_argument("--no-hostile", action="store_true", help="photos of the sets only")
    parser.add_argument("--keep", help="folder for gallery and files, used again if it is there")
    parser.add_argument("--shared", type=Path, default=shared())
    options = parser.parse_args()
    if not (options.shared / "eval").is_dir():
        parser.error(f"no test material at {options.shared}; name it with --shared")
    return options


def shared() -> Path:
    return Path(os.environ.get("TOUCHSTONE_SHARED") or _ROOT.parent / "shared")


def fill_gallery(folder: Path, options: argparse.Namespace) -> list[Path]:
    """Add the references of the products that have most; returns all other photos."""
    by_product: dict[str, list[Path]] = defaultdict(list)
    queries: dict[Path, None] = {}
    for manifest in sorted((options.shared / "eval").glob("*/manifest.csv")):
        with manifest.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                file = (manifest.parent / row["file"]).resolve()
                if row["role"] == "reference":
                    by_product[row["product_id"]].append(file)
                else:
                    queries[file] = None
    names = sorted(by_product, key=lambda name: -len(set(by_product[name])))
    with Workspace(folder) as workspace:
        if not workspace.references():
            for name in names[: options.products]:
                for file in list(dict.fromkeys(by_product[name]))[:_REFERENCES]:
                    with contextlib.suppress(PictureError, EntryRefused):
                        workspace.add_reference(file, product=name, side="front")
        say(f"gallery: {options.products} products, {len(workspace.references())} references")
    return list(queries)


def fill_folder(folder: Path, queries: list[Path], options: argparse.Namespace) -> Path:
    """Write the files round by round, each round into a folder of its own."""
    hostile = options.shared / "hostile" / "files"
    odd = [p for p in hostile.rglob("*") if p.is_file()] if not options.no_hostile else []
    sources = sorted([*queries, *odd])
    sources = sources[:: max(1, len(sources) // options.files)]  # of a few files, some of each set
    if not folder.is_dir():
        for number in range(options.files):
            again, place = divmod(number, len(sources))
            source = sources[place]
            target = folder / f"round {again}" / f"{place:05d}_{source.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            data = source.read_bytes()
            target.write_bytes(data + _MARK + str(again).encode() if again else data)
    say(f"{options.files} files of {len(sources)} different ones")
    return folder


def prepare(gallery: Gallery) -> None:
    started = time.perf_counter()
    for _ in gallery.prepare():
        pass
    for product in gallery.products():
        with contextlib.suppress(PictureError):
            gallery.side_model(product, "front")
    say(f"gallery prepared in {time.perf_counter() - started:.0f} s")


def _scan(
    workspace: Workspace, gallery: Gallery, folder: Path, options: argparse.Namespace
) -> None:
    outcomes: Counter[str] = Counter()
    done = photos = 0
    started, worked = time.perf_counter(), time.process_time()
    last = started
    for file in scan_folders(
        workspace,
        gallery,
        [str(folder)],
        control=ScanControl(),
        text=options.text,
        workers=options.workers,
    ):
        done += 1
        photos += file.kind == PHOTO
        outcomes[file.judgement.outcome if file.judgement is not None else file.kind] += 1
        if done % _EVERY == 0:
            now = time.perf_counter()
            say(f"{done}: {_EVERY / (now - last):.2f} files a second, memory {memory():.0f} MiB")
            last = now
    took = time.perf_counter() - started
    processor = (time.process_time() - worked) / max(1, done)
    sys.stdout.write(
        f"{done} files, {photos} photos in {took:.0f} s: {done / took:.2f} files a second, "
        f"{photos / took:.2f} photos a second; {processor:.2f} s of processor a file; "
        f"peak memory {peak():.0f} MiB; {os.cpu_count()} processors, load "
        f"{os.getloadavg()[0]:.1f}\n{dict(outcomes.most_common())}\n"
    )


def memory() -> float:
    """Resident memory of now, MiB; the peak where that cannot be had."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, IndexError):
        return peak()
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def peak() -> float:
    """Largest resident memory so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
