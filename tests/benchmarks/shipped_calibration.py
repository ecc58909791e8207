"""Writes weights/genuine-comparisons.json: what simulated genuine photos show among themselves.

`python -m tests.benchmarks.shipped_calibration SET/manifest.csv --out FILE`, with a set of
`tests.benchmarks.simulated`. A gallery goes by it until it has enough comparisons of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from vision.calibration import as_json
from vision.embedding import Embedder
from vision.photo_sets import gather, usable_rows


def main() -> None:
    """Compare the references of every product of the manifest, and write what they show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows, _ = usable_rows(options.manifest)
    with tempfile.TemporaryDirectory(prefix="touchstone-calibration-") as cache:
        sets, _ = gather(
            options.manifest, rows, cache=Path(cache), embedder=Embedder(), step=lambda: None
        )
        [only] = sets
        found = only.gallery.calibrate(told=_tell)
    if found is None:
        raise SystemExit("expected a learned head and sides of three references")
    rounded = as_json(found)
    rounded["beyond"] = [round(value, 5) for value in rounded["beyond"]]
    options.out.write_text(json.dumps(rounded) + "\n", encoding="utf-8")
    sys.stdout.write(f"{found.comparisons} comparisons, usual {found.usual:.3f}\n")


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"side {done} of {total}\n")


if __name__ == "__main__":
    main()
