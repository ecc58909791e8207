"""Writes weights/genuine-comparisons.json: what simulated genuine photos show among themselves.

`python -m tests.benchmarks.shipped_calibration SET/manifest.csv MORE/manifest.csv --out FILE`, with
sets of `tests.benchmarks.simulated`: what ships joins ordinary photos of flat prints
(`--products 24 --shots 1 --seed 15000000`) and far worse ones of bent prints (the same with
`--hardness 1.6 --bend bending`), since real photos are less even than simulated ones. A gallery
goes by it until it has enough comparisons of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import reduce
from pathlib import Path

from vision.calibration import Calibration, as_json
from vision.embedding import Embedder
from vision.photo_sets import gather, usable_rows


def main() -> None:
    """Compare the references of every product of the manifest, and write what they show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    each = [_calibrated(manifest) for manifest in options.manifest]
    found = None if None in each else reduce(Calibration.joined, filter(None, each))
    if found is None:
        raise SystemExit("expected a learned head and sides of three references")
    rounded = as_json(found)
    rounded["beyond"] = [round(value, 5) for value in rounded["beyond"]]
    options.out.write_text(json.dumps(rounded) + "\n", encoding="utf-8")
    sys.stdout.write(f"{found.comparisons} comparisons, usual {found.usual:.3f}\n")


def _calibrated(manifest: Path) -> Calibration | None:
    rows, _ = usable_rows(manifest)
    with tempfile.TemporaryDirectory(prefix="touchstone-calibration-") as cache:
        [only], _ = gather(
            manifest, rows, cache=Path(cache), embedder=Embedder(), step=lambda: None
        )
        return only.gallery.calibrate(told=_tell)


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"side {done} of {total}\n")


if __name__ == "__main__":
    main()
