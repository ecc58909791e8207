"""Measures whether the promised rate of false alarms holds on products not calibrated on.

`python -m tests.benchmarks.promised_rate MANIFEST.csv [--products N]`. Every genuine photo of the
manifest counts as a reference. Limits are calibrated on half of the products; then each photo of
the other half is left out once and judged by the rest of its product; then the halves change
places.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vision.calibration import PROMISED
from vision.embedding import Embedder
from vision.inspection import Outcome
from vision.judged_photos import judge_left_out
from vision.photo_sets import gather, usable_rows
from vision.ranking import share_interval
from vision.truth import Label, Role

if TYPE_CHECKING:
    from vision.figures import Record
    from vision.photo_sets import PhotoSet


def main() -> None:
    """Judge both halves, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--products", type=int, default=1000, help="only the first so many")
    options = parser.parse_args()
    halves = ((options.manifest, options.products, half) for half in (0, 1))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        records = [record for found in pool.map(_judged, halves) for record in found]
    compared = [record for record in records if record.suspicion is not None]
    groups = [record.product for record in compared]
    differs = [record.outcome == Outcome.DIFFERS.value for record in compared]
    low, high = share_interval(differs, groups) or (0.0, 1.0)
    outcomes = {
        name: sum(r.outcome == name for r in records) for name in {r.outcome for r in records}
    }
    sys.stdout.write(
        f"{len(records)} genuine photos of {len(set(groups))} products, {len(compared)} compared\n"
        f"said to differ: {np.mean(differs):.1%} (95 %: {low:.1%} to {high:.1%}), "
        f"promised at most {PROMISED:.0%}\n"
        f"regions a photo: {np.mean([record.regions for record in compared]):.2f}\n"
        f"outcomes: {outcomes}\n"
    )


def _judged(asked: tuple[Path, int, int]) -> list[Record]:
    """Calibrate on one half of the products, judge the other."""
    manifest, limit, half = asked
    rows = tuple(
        replace(row, role=Role.REFERENCE)
        for row in usable_rows(manifest)[0]
        if row.label is Label.GENUINE
    )
    products = sorted({row.product for row in rows})[:limit]
    own = frozenset(products[half::2])
    with tempfile.TemporaryDirectory(prefix="touchstone-promised-") as cache:
        embedder = Embedder(cache=Path(cache), threads=1)

        def gathered(wanted: frozenset[str]) -> PhotoSet:
            chosen = tuple(row for row in rows if row.product in wanted)
            (found,), _ = gather(
                manifest, chosen, cache=Path(cache), embedder=embedder, step=lambda: None
            )
            return found

        others = gathered(frozenset(products) - own)
        calibration = others.gallery.calibrate()
        judged = gathered(own)
        judged.gallery.go_by(calibration)
        return [
            judge_left_out(row, judged, cache=Path(cache))
            for row in judged.rows
            if row.line in judged.references
        ]


if __name__ == "__main__":
    main()
