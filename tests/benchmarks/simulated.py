"""Judges simulated photos of products that no training has seen: how much is found, by kind.

`python -m tests.benchmarks.simulated --out FOLDER` writes the set (once; the folder keeps it for
another build) and prints the figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.simulated_set import BENDS, FIRST_SEED, Recipe, write
from vision import evaluate

if TYPE_CHECKING:
    from vision.evaluate import Evaluation
    from vision.figures import Figures
    from vision.ranking import Interval


def main() -> None:
    """Write the set where it is not there yet, judge it, print the figures."""
    options = _options()
    recipe = Recipe(
        options.products,
        options.shots,
        options.bend,
        options.seed,
        options.references,
        options.hardness,
    )
    manifest = write(options.out, recipe, workers=options.workers, told=_teller(recipe.products))
    if options.only_write:
        return
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="touchstone-simulated-") as cache:
        # A cache that is kept could hold what an older build computed.
        found = evaluate(manifest, cache=Path(cache), progress=_progress, workers=options.workers)
    if options.figures is not None:
        options.figures.write_text(json.dumps(asdict(found)), encoding="utf-8")
    sys.stdout.write(report(found, recipe) + f"judged in {time.perf_counter() - started:.0f} s\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the set")
    parser.add_argument("--products", type=int, default=40)
    parser.add_argument("--shots", type=int, default=9, help="genuine, and altered, of each")
    parser.add_argument("--references", type=int, default=5)
    parser.add_argument("--bend", choices=BENDS, default=BENDS[0])
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help=f"{FIRST_SEED} or more")
    parser.add_argument(
        "--hardness", type=float, default=1.0, help="of light and camera: 0 careful, 1 ordinary"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--only-write", action="store_true", help="judge nothing")
    parser.add_argument("--figures", type=Path, help="JSON file to write all figures to")
    return parser.parse_args()


def report(found: Evaluation, recipe: Recipe) -> str:
    """The figures in words, a line for each kind of alteration."""
    overall = found.overall
    lines = [
        f"{recipe.name}, hardness {recipe.hardness:g}, seed {recipe.seed}: "
        f"{recipe.products} products of {recipe.references} references, "
        f"{overall.separation.n_genuine} genuine and {overall.separation.n_other} altered photos",
        f"{'':11}{'n':>5}  {'AUROC (95 %)':20}{'at 5 % FPR':>11}{'region 1':>10}{'of 3':>10}"
        f"{'differs':>9}",
    ]
    for kind, part in overall.separation.by_kind.items():
        lines.append(_line(kind, part))
    lines += [_line("all", _whole(overall)), _rest(overall), ""]
    return "\n".join(lines)


def _whole(overall: Figures) -> dict[str, Any]:
    part, placed = overall.separation, overall.localisation
    return {
        "n": part.n_other,
        "auroc": part.auroc,
        "ci95": part.ci95,
        "tpr_at_5pct_fpr": part.tpr_at_5pct_fpr,
        "top_region_hit": placed.top_region_hit,
        "top3_region_hit": placed.top3_region_hit,
        "found": part.found,
    }


def _line(name: str, part: dict[str, Any]) -> str:
    return (
        f"{name:11}{part['n']:5}  {with_interval(part['auroc'], part['ci95']):20}"
        f"{percent(part['tpr_at_5pct_fpr']):>11}{percent(part['top_region_hit']):>10}"
        f"{percent(part['top3_region_hit']):>10}{percent(part['found']):>9}"
    )


def _rest(overall: Figures) -> str:
    placed, times = overall.localisation, overall.seconds_per_photo
    false = with_interval(placed.false_regions_per_genuine_photo, placed.false_regions_ci95)
    return "\n".join(
        [
            f"genuine photos answered “differs”: {percent(overall.separation.alarmed)}; "
            f"false regions a genuine photo: {false}",
            f"first region right {percent(placed.top_region_hit)} {_bracket(placed.ci95, 1)}; "
            f"altered above its twin {percent(overall.paired.win_rate)} of {overall.paired.n}; "
            f"compared {percent(overall.separation.coverage)}",
            f"product found first {percent(overall.retrieval.recall_at_1)}; another accepted "
            f"{percent(overall.open_set.false_accept_rate)}; seconds a photo: "
            f"middle {_number(times.p50)}, 95 of 100 below {_number(times.p95)}",
            "outcomes: " + ", ".join(f"{k} {v}" for k, v in overall.outcomes.items()),
        ]
    )


def with_interval(value: float | None, interval: Interval | None) -> str:
    """“0.987 (0.97-0.99)”, as far as it can be had."""
    return "-" if value is None else f"{value:.3f} {_bracket(interval, 2)}".rstrip()


def percent(value: float | None) -> str:
    """“98.7 %”, “-” for nothing."""
    return "-" if value is None else f"{value * 100:.1f} %"


def _bracket(interval: Interval | None, digits: int) -> str:
    if interval is None:
        return ""
    factor, unit = (100, " %") if digits == 1 else (1, "")
    low, high = (value * factor for value in interval)
    return f"({low:.{digits}f}-{high:.{digits}f}{unit})"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _teller(products: int) -> Any:
    return lambda done: _progress("products written", done, products)


def _progress(stage: str, done: int, total: int) -> None:
    if done == total or done % 20 == 0:
        sys.stderr.write(f"{stage}: {done}/{total}\n")


if __name__ == "__main__":
    main()
