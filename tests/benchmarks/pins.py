"""Measures what pins set by hand are worth, alone and made exact by what matches near them.

Simulated photos whose truth is known; each pin lies off its place by a normal error in x and y.
Prints, for each number of pins, the median and the 95th percentile of the error over the print, in
pixels of the frame.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

from tests.vision.simulated import Bench, print_points
from vision import Embedder, Pin, Pinned
from vision.align import transform
from vision.by_hand import fit_by_hand
from vision.features import local_features
from vision.pins import fit_pins

_PRINTS = (("tea", "tea", "front"), ("tea back", "tea", "back"), ("serum", "serum", "front"))
_COUNTS = {2: (0, 8), 3: (0, 2, 7), 4: (0, 2, 6, 8), 6: (0, 2, 3, 5, 6, 8)}


def main() -> None:
    """Take photos, set pins, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=12, help="of each of three prints")
    parser.add_argument("--off", type=float, default=4.0, help="deviation of a pin, photo pixels")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Embedder())
        errors = _errors(bench, asked.photos, asked.off)
    say = sys.stdout.write
    say(f"{'pins':>4}  {'alone':>16}  {'made exact':>16}  frame pixels, median and 95 %\n")
    for count, rows in errors.items():
        alone, exact = np.array(rows).transpose(1, 0, 2).reshape(2, -1)
        shown = [
            f"{np.median(each):7.2f} {np.quantile(each, 0.95):8.2f}" for each in (alone, exact)
        ]
        say(f"{count:>4}  {'  '.join(shown)}\n")


def _errors(
    bench: Bench, photos: int, off: float
) -> dict[int, list[tuple[np.ndarray, np.ndarray]]]:
    rng = np.random.default_rng(11)
    errors: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {count: [] for count in _COUNTS}
    for name, product, side in _PRINTS:
        model = bench.gallery.side_model(product, side)
        reference = bench.gallery.of_side(product, side)[1]
        for number in range(photos):
            taken = bench.shoot(name, 300 + number)
            local = local_features(taken.photo.pixels)
            points = print_points(bench.print_of(name))
            here = taken.shot.to_photo(points)
            there = bench.shots[reference.id].to_photo(points)
            goal = bench.shots[model.canonical.id].to_photo(points)
            to_canonical = next(p for p in model.placed if p.reference.id == reference.id).matrix
            for count, which in _COUNTS.items():
                shaken = here[list(which)] + rng.normal(0, off, (count, 2))
                pins = tuple(
                    Pin((float(a), float(b)), (float(x), float(y)))
                    for (a, b), (x, y) in zip(shaken, there[list(which)], strict=True)
                )
                alone = to_canonical @ fit_pins(pins).matrix
                fit = fit_by_hand(Pinned(pins, reference.sha256), model, bench.gallery, local)
                missed = tuple(
                    np.linalg.norm(transform(matrix, here) - goal, axis=1) / model.frame.scale
                    for matrix in (alone, fit.matrix)
                )
                errors[count].append(missed)  # type: ignore[arg-type]  # two of them
    return errors


if __name__ == "__main__":
    main()
