"""Measures time and memory of inspecting large photos, in a simulated gallery (`make bench`)."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

import vision
from app.reading import read_photo
from app.store import Workspace
from vision import simulate

_ARTWORK_SIDE = 1200
_REFERENCE_SIZE = (1000, 750)
_PHOTO_SIZE = (4000, 3000)  # 12 megapixels


def main() -> None:
    """Build gallery and photos in another process, inspect them in this one, print the figures."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="touchstone-bench-") as name:
        folder = Path(name)
        _say(f"Making a gallery of {options.products} products …")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            photos = other.submit(_prepare, folder, options).result()
        with Workspace(folder / "workspace") as workspace:
            started = time.perf_counter()
            gallery = _gallery(workspace, options)
            opened = time.perf_counter() - started
            fresh = [_inspect(photo, gallery) for photo in photos]
            again = [_inspect(photo, gallery) for photo in photos]
    _report(fresh, opened=opened, said="sides compared for the first time")
    _report(again, opened=opened, said="the same sides again")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100)
    parser.add_argument("--references", type=int, default=3, help="genuine photos a product")
    parser.add_argument("--photos", type=int, default=12, help="suspects; the first one warms up")
    parser.add_argument("--no-network", action="store_true", help="shortlist by descriptors only")
    options = parser.parse_args()
    if options.photos < 2:
        parser.error("--photos must be at least 2, since the first one is not counted")
    return options


def _gallery(workspace: Workspace, options: argparse.Namespace) -> vision.Gallery:
    embedder = None if options.no_network else vision.Embedder(cache=workspace.cache)
    return workspace.gallery(embedder)


def _prepare(folder: Path, options: argparse.Namespace) -> list[Path]:
    with Workspace(folder / "workspace") as workspace:
        for product in range(options.products):
            _add(workspace, folder, product, references=options.references)
        photos = _suspects(folder, count=options.photos, products=options.products)
        vision.inspect(vision.read(photos[0]), _gallery(workspace, options))  # fills cache/
    return photos


def _add(workspace: Workspace, folder: Path, product: int, *, references: int) -> None:
    artwork = simulate.draw(product, _ARTWORK_SIDE).pixels
    for number in range(references):
        file = folder / f"reference-{product}-{number}.jpg"
        pixels = _taken(artwork, 1000 * product + number, _REFERENCE_SIZE, hardness=0.3)
        _save(file, pixels, quality=92)
        workspace.add_reference(file, product=f"product {product}", side="front")
        file.unlink()


def _suspects(folder: Path, *, count: int, products: int) -> list[Path]:
    files = []
    for number in range(count):
        artwork = simulate.draw(number * 7 % products, 2 * _ARTWORK_SIDE).pixels
        file = folder / f"suspect-{number}.jpg"
        _save(file, _taken(artwork, 10**6 + number, _PHOTO_SIZE, hardness=0.6), quality=90)
        files.append(file)
    return files


def _taken(
    artwork: vision.Pixels, seed: int, size: tuple[int, int], *, hardness: float
) -> vision.Pixels:
    rng = np.random.default_rng(seed)
    camera = simulate.sample_camera(rng, width=size[0], height=size[1], hardness=hardness)
    return simulate.photograph(artwork, camera, rng).pixels


def _save(file: Path, pixels: vision.Pixels, *, quality: int) -> None:
    cv2.imwrite(
        str(file), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )


def _inspect(file: Path, gallery: vision.Gallery) -> tuple[vision.Inspection, float]:
    started = time.perf_counter()
    inspection = vision.inspect(read_photo(str(file)), gallery)
    return inspection, time.perf_counter() - started


def _report(results: list[tuple[vision.Inspection, float]], *, opened: float, said: str) -> None:
    counted = [seconds for _, seconds in results[1:]]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    first, *_ = results
    _say(f"gallery opened in {opened:.1f} s; {said}:")
    for inspection, seconds in results:
        steps = inspection.seconds
        _say(
            f"{seconds:6.2f} s  {inspection.outcome:16}  read {seconds - steps.total:.2f}  "
            f"features {steps.features:.2f}  search {steps.search:.2f}  "
            f"align {steps.align:.2f}  evidence {steps.evidence:.2f}"
        )
    sys.stdout.write(
        f"{said}: {len(counted)} photos of 12 megapixels, {os.cpu_count()} processors: median "
        f"{statistics.median(counted):.2f} s, longest {max(counted):.2f} s, first "
        f"{first[1]:.2f} s; peak memory {peak:.0f} MiB\n"
    )


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
