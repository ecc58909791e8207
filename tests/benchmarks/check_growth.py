"""Prints what a check of a large gallery costs: time and memory of its comparing, by size.

`python -m tests.benchmarks.check_growth 500 1000 2000`. Galleries of any size are made of the
features of some drawn products: the 128 parts of the descriptors are put into another order for
each product, which leaves its own photos as alike as they were and makes it a stranger to all
others. One reference in fifty is filed under a wrong product. Features come from files, as in a
workspace; reading pictures and computing features grow with their number and are not part of it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.drawn_gallery import drawn
from tests.vision.samples import features_of, reference_of
from vision import feature_files
from vision.check.known_pairs import KnownPairs
from vision.check.links import Links
from vision.check.misplaced import Placing
from vision.check.neighbours import neighbours_of
from vision.check.second_look import second_look
from vision.features import LocalFeatures, ReferenceFeatures
from vision.terms import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(tempfile.gettempdir()) / "touchstone-check" / "drawn"
_PRODUCTS, _A_SIDE = 8, 4
_MISFILED = 50  # one in so many
_VECTOR = 1280


def main() -> None:
    """Make, check, print; once for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    with tempfile.TemporaryDirectory(prefix="touchstone-growth-") as folder:
        kept = _kept(Path(folder))
        for size in parser.parse_args().sizes:
            _check(size, kept)


def _kept(folder: Path) -> list[Path]:
    """Keep the features of some drawn photos, a file each."""
    files = []
    for number, row in enumerate(drawn(_FOLDER, _PRODUCTS, photos=_A_SIDE)):
        found = features_of(reference_of(*row))
        rng = np.random.default_rng(number // _A_SIDE)
        vectors = rng.normal(0, 1, (1, _VECTOR)).astype(np.float32)
        files.append(folder / f"{number}.npz")
        feature_files.keep(files[-1], replace(found, vectors=vectors))
    return files


def _check(size: int, kept: list[Path]) -> None:
    references = [_reference(number) for number in range(size)]
    features = _features_of(kept)
    begun, worked = time.perf_counter(), time.process_time()
    *_, neighbours = neighbours_of(references, features, None)
    assert neighbours is not None
    near = time.perf_counter()
    links, known = Links(references, neighbours), KnownPairs(None)
    for _ in links.compare(features, known):
        pass
    compared = time.perf_counter()
    again = sum(1 for _ in second_look(links, features, known))
    placing = Placing(links)
    placing.settle()
    flaws = len(list(placing.flaws()))
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{size} references: neighbours {near - begun:.1f} s, {len(links.pairs)} pairs "
        f"{compared - near:.1f} s, second look ({again} steps) and judging "
        f"{done - compared:.1f} s; {1000 * (done - begun) / size:.0f} ms a reference, of a "
        f"processor {1000 * (time.process_time() - worked) / size:.0f} ms; {flaws} flaws, "
        f"peak {peak:.0f} MiB\n"
    )


def _reference(number: int) -> Reference:
    side = number // _A_SIDE
    filed = side + 1 if number % _MISFILED == 0 else side
    return Reference(str(number), f"product-{filed}", "front", f"{number:064x}", "")


def _features_of(kept: list[Path]) -> Callable[[Reference], ReferenceFeatures]:
    def features(reference: Reference) -> ReferenceFeatures:
        number = int(reference.id)
        found = feature_files.restore(kept[number % len(kept)])
        assert found is not None
        rng = np.random.default_rng(number // _A_SIDE)
        order = rng.permutation(found.local.descriptors.shape[1])
        mixed = np.ascontiguousarray(found.local.descriptors[:, order])
        local = LocalFeatures(found.local.points, mixed, found.local.scale)
        vectors = found.vectors[:, rng.permutation(found.vectors.shape[1])]
        return replace(found, local=local, vectors=vectors)

    return features


if __name__ == "__main__":
    main()
