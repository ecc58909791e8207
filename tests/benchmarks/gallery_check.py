"""Plants faults in a gallery and counts how many of them a check finds.

`python -m tests.benchmarks.gallery_check --shop 30 20` plants them among drawn products and among
drawn families of variants as a shop has them, `... --drawn 30` among the former only: the limits
of the check were set there. `... --real EVAL` plants them among real photos, in the folder with
smvs_dvd_covers, grocery_packages and cereal_shelf: no limit was set there.

Found: the planted picture stands in a finding of the kind that was planted. False: a finding about
pictures of which none was touched. Some of these are right all the same: the sets of real photos
have faults of their own. Those that a person looked at and called right stand in
judged_findings.csv, with the reason; both counts are printed. Findings about the records alone are
left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.store import Workspace
from tests.benchmarks.planted_gallery import Plan, drawn_plan, plant, real_plan, shop_plan
from vision import Embedder, Flaw, FlawKind, check_gallery

if TYPE_CHECKING:
    from vision import Gallery, Reference

_OF_RECORDS = {
    FlawKind.NO_PROVENANCE,
    FlawKind.THIN_SIDE,
    FlawKind.MISSING_SIDE,
    FlawKind.MISSING_BATCH,
}
_JUDGED = Path(__file__).with_name("judged_findings.csv")
_SCRATCH = Path(tempfile.gettempdir()) / "touchstone-check"  # drawn photos and models, kept


@dataclass
class Tally:
    """What became of the planted faults, and what was found beside them."""

    planted: Counter[FlawKind] = field(default_factory=Counter)
    found: Counter[FlawKind] = field(default_factory=Counter)
    otherwise: Counter[FlawKind] = field(default_factory=Counter)
    false: Counter[FlawKind] = field(default_factory=Counter)
    judged_right: Counter[FlawKind] = field(default_factory=Counter)
    right: Counter[FlawKind] = field(default_factory=Counter)
    clean: int = 0
    lines: list[str] = field(default_factory=list)


def main() -> None:
    """Build, plant, check, print; once for every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--drawn", type=int, metavar="PRODUCTS")
    which.add_argument("--shop", type=int, nargs=2, metavar=("PRODUCTS", "FAMILIES"))
    which.add_argument("--real", type=Path, metavar="EVAL")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--keep", type=Path, help="cache of features for rounds whose time is idle")
    parser.add_argument("--list", action="store_true", help="name what was missed or false")
    options = parser.parse_args()
    total = Tally()
    for seed in options.seeds:
        rng = np.random.default_rng(seed)
        if options.real is not None:
            plan = real_plan(options.real, rng)
        elif options.shop is not None:
            plan = shop_plan(_SCRATCH, *options.shop)
        else:
            plan = drawn_plan(_SCRATCH / "drawn", options.drawn)
        with tempfile.TemporaryDirectory(prefix="touchstone-check-") as folder:
            _one_round(plan, seed, rng, Path(folder), total, keep=options.keep)
    sys.stdout.write(_table(total))
    if options.list:
        sys.stdout.write("\n".join(total.lines) + "\n")


def _one_round(
    plan: Plan,
    seed: int,
    rng: np.random.Generator,
    folder: Path,
    total: Tally,
    *,
    keep: Path | None = None,
) -> None:
    plant(plan, folder / "made", rng)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (folder / "workspace").mkdir()
        (folder / "workspace" / "cache").symlink_to(keep.absolute())
    embedder = Embedder(cache=_SCRATCH / "models")
    with Workspace(folder / "workspace") as workspace:
        where = _imported(plan, folder, workspace)
        _break_files(plan, where, rng)
        for name in ("cold", "again"):
            begun = time.perf_counter()
            found = _checked(workspace.gallery(embedder), workspace.cache / "check")
            took = time.perf_counter() - begun
            sys.stderr.write(f"seed {seed}: {len(where)} references, {name}: {took:.1f} s\n")
        _count(plan, where, found, seed, total)


def _checked(gallery: Gallery, cache: Path) -> tuple[Flaw, ...]:
    found: tuple[Flaw, ...] = ()
    for step in check_gallery(gallery, cache=cache):
        found = step.flaws
    return found


def _imported(plan: Plan, folder: Path, workspace: Workspace) -> dict[Path, Reference]:
    """Import all that was planned, by a manifest as a trainer would."""
    manifest = folder / "gallery.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "product", "side", "vouched_by"])
        table.writerows([i.file.absolute(), i.product, i.side, "benchmark"] for i in plan.items)
    rows = list(workspace.import_manifest(manifest))
    refused = [row.error for row in rows if row.reference is None]
    if refused:
        raise SystemExit(f"{len(refused)} pictures were refused, the first: {refused[0]}")
    return {Path(row.file): row.reference for row in rows if row.reference is not None}


def _break_files(plan: Plan, where: dict[Path, Reference], rng: np.random.Generator) -> None:
    """Damage stored originals after the import, which refuses what cannot be read."""
    broken = [file for file, kind in plan.faults.items() if kind is FlawKind.UNREADABLE]
    for number, file in enumerate(broken):
        stored = Path(where[file.absolute()].path)
        stored.chmod(0o644)
        whole = stored.read_bytes()
        stored.write_bytes((b"", whole[: len(whole) // 3], rng.bytes(len(whole)))[number % 3])


def _count(
    plan: Plan, where: dict[Path, Reference], flaws: tuple[Flaw, ...], seed: int, total: Tally
) -> None:
    file_of = {reference.id: file for file, reference in where.items()}
    kind_of = {file.absolute(): kind for file, kind in plan.faults.items()}
    said: defaultdict[Path, set[FlawKind]] = defaultdict(set)
    related = {file.absolute() for file in plan.touched} | set(kind_of)
    for flaw in (each for each in flaws if each.kind not in _OF_RECORDS):
        files = [file_of[each] for each in flaw.references]
        for file in files:
            said[file].add(flaw.kind)
        if any(kind_of.get(file) is flaw.kind for file in files):
            total.right[flaw.kind] += 1
        elif not any(file in related for file in files):
            total.false[flaw.kind] += 1
            is_right = _is_judged_right(flaw.kind, files)
            total.judged_right[flaw.kind] += is_right
            total.lines.append(f"seed {seed}: {_said(flaw, files, is_right=is_right)}")
    for file, kind in kind_of.items():
        total.planted[kind] += 1
        total.found[kind] += kind in said[file]
        total.otherwise[kind] += kind not in said[file] and bool(said[file])
        if kind not in said[file]:
            filed = where[file]
            total.lines.append(
                f"seed {seed}: missed {kind} {file.name} under {filed.product} {filed.side}: "
                f"{', '.join(sorted(said[file])) or '-'}"
            )
    total.clean += len(where) - len(related)


def _said(flaw: Flaw, files: list[Path], *, is_right: bool) -> str:
    names = ", ".join(f"{file.parent.parent.name}/{file.name}" for file in files)
    where = f"({flaw.product}) measured {flaw.measured:.2f} {flaw.elsewhere or ''}"
    return f"{'right by eye' if is_right else 'false'} {flaw.kind} {names} {where}"


def _is_judged_right(kind: FlawKind, files: list[Path]) -> bool:
    """Tell whether a person called a finding right that says this of these files, or of more."""
    names = {file.name for file in files}
    return any(kind == of and names <= judged for of, judged in _judged())


@cache
def _judged() -> list[tuple[str, set[str]]]:
    with _JUDGED.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], set(row["files"].split())) for row in csv.DictReader(file)]


def _table(total: Tally) -> str:
    lines = [
        f"{'kind':16}{'planted':>8}{'found':>8}{'':>8}{'other kind':>12}{'false':>7}{'by eye':>8}"
    ]
    for kind in (k for k in FlawKind if total.planted[k] or total.false[k]):
        planted, found = total.planted[kind], total.found[kind]
        share = f"{found / planted:.0%}" if planted else "-"
        lines.append(
            f"{kind:16}{planted:8}{found:8}{share:>8}{total.otherwise[kind]:12}"
            f"{total.false[kind]:7}{total.false[kind] - total.judged_right[kind]:8}"
        )
    false, right = sum(total.false.values()), sum(total.right.values())
    wrong = false - sum(total.judged_right.values())
    lines.append(
        f"false findings: {false} beside {right} right ones ({false / max(1, false + right):.1%} "
        f"of findings) where all about untouched references count, {wrong} "
        f"({wrong / max(1, false + right):.1%}) by eye; untouched references: {total.clean}"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
