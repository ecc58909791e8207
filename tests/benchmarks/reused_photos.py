"""Counts how often photos are taken for one photo saved again: rightly, wrongly, and not at all.

`python -m tests.benchmarks.reused_photos FOLDER... [--drawn 40]`: every picture below the folders
is met once, so that each that is called a copy is wrong (or really there twice: the pairs are
printed), and then saved again in several ways, so that each that is called new is missed. *drawn*:
two photos of a drawn item, laid one after the other under a fixed camera, and two exposures of one
that lies still, which nothing but noise and light tells apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.drawn_gallery import FIRST_SEED
from tests.benchmarks.saved_again import on_a_stand
from tests.vision.saved_again import AGAIN
from vision import PictureError, SamePhotos, read
from vision.scan.imprint import imprint_of
from vision.simulate import paint
from vision.simulate.backs import back
from vision.simulate.brands import invent_brand
from vision.simulate.layouts import front

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vision import Pixels

_ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}
_SIDE = 1600  # as in a scan


def main() -> None:
    """Meet, save again, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--drawn", type=int, default=40)
    options = parser.parse_args()
    imprints: dict[str, bytes] = {}
    met = SamePhotos(lambda name: imprints.get(name, b""))
    wrong, spent = [], []
    for file in _pictures(options.folders):
        pixels = _read(file)
        if pixels is None:
            continue
        begun = time.perf_counter()
        imprints[str(file)] = imprint_of(pixels)
        first = met.first(str(file), imprints[str(file)])
        spent.append(time.perf_counter() - begun)
        if first != str(file):
            wrong.append((first, str(file)))
    if spent:
        _say(f"{len(spent)} pictures, called a copy of another: {len(wrong)}")
        for first, other in wrong:
            _say(f"  {first}  {other}")
        _say(f"{1e3 * float(np.mean(spent)):.1f} ms a picture")
        _say(f"{np.mean([len(one) for one in imprints.values()]) / 1e3:.1f} kB an imprint")
        _tell_missed(imprints, {other for _, other in wrong})
    _tell_drawn(options.drawn)


def _tell_missed(imprints: dict[str, bytes], wrong: set[str]) -> None:
    names = [name for name in imprints if name not in wrong]
    for how, save in AGAIN.items():
        met = SamePhotos(lambda name: imprints.get(name, b""))
        for name in names:
            met.first(name, imprints[name])
        missed, other = [], 0
        for name in names:
            pixels = _read(Path(name))
            if pixels is None:
                continue
            again = imprint_of(np.ascontiguousarray(save(pixels)))
            first = met.first(f"{name} again", again)
            missed += [name] if first == f"{name} again" else []
            other += first not in (name, f"{name} again")
        _say(f"saved again ({how}): {len(missed)} of {len(names)} missed, {other} wrong")
        for name in missed[:6]:
            _say(f"  {name}")


def _tell_drawn(count: int) -> None:
    laid = still = 0
    for number in range(count):
        brand = invent_brand(np.random.default_rng(FIRST_SEED + 700 + number))
        printed = paint(front(brand) if number % 2 else back(brand), 1200).pixels
        shots = [on_a_stand(printed, number, item, shot) for shot, item in enumerate((0, 1, 1))]
        one, two, three = (imprint_of(shot) for shot in shots)
        laid += _are_one(one, two)
        still += _are_one(two, three)
    _say(f"drawn, laid anew under a fixed camera: {laid} of {count} called one photo")
    _say(f"drawn, two exposures of an item that lies still: {still} of {count} called one photo")


def _are_one(one: bytes, two: bytes) -> bool:
    met = SamePhotos({"one": one}.__getitem__)
    met.first("one", one)
    return met.first("two", two) == "one"


def _pictures(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(f for f in folder.rglob("*") if f.suffix.lower() in _ENDINGS)


def _read(file: Path) -> Pixels | None:
    try:
        return read(file, max_side=_SIDE).pixels
    except PictureError:
        return None


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
