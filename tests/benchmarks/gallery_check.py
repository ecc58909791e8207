"""Plants faults in galleries of real photos and counts how many of them a check finds.

`python -m tests.benchmarks.gallery_check EVAL [--half 0|1|2] [--seeds 1 2 3]`, where EVAL is the
folder with smvs_dvd_covers, grocery_packages and cereal_shelf. Every genuine picture of the first
and the third set and every reference of the second becomes a reference; two covers that nothing
connects become the front and the back of one product. Half 0, every second product, is the one on
which limits were chosen; half 1 is the other one, 2 is both.

Found: the planted reference stands in a finding of the kind that was planted. False: a finding
about pictures of which none was touched; conflicts are counted and listed beside, as the sets do
have products that share their print, and so are pictures that the sets themselves hold twice.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from app.store import Workspace
from vision import Embedder
from vision.check.checking import check_gallery
from vision.check.flaws import Flaw, FlawKind

if TYPE_CHECKING:
    from vision import Gallery, Reference

_SETS = ("smvs_dvd_covers", "grocery_packages", "cereal_shelf")
_MOVED = (FlawKind.WRONG_SIDE, FlawKind.WRONG_PRODUCT)
_PLANTED = {
    FlawKind.WRONG_SIDE: 10,
    FlawKind.WRONG_PRODUCT: 10,
    FlawKind.NEAR_DUPLICATE: 10,
    FlawKind.UNFIT: 5,
    FlawKind.UNREADABLE: 5,
    FlawKind.OUTLIER: 5,
}
_OF_RECORDS = {FlawKind.NO_PROVENANCE, FlawKind.THIN_SIDE, FlawKind.MISSING_SIDE}


@dataclass(frozen=True)
class Item:
    """A picture to be filed."""

    file: Path
    product: str
    side: str


@dataclass
class Plan:
    """A gallery with its planted faults."""

    items: list[Item]
    faults: dict[Path, FlawKind] = field(default_factory=dict)
    touched: set[Path] = field(default_factory=set)


@dataclass
class Tally:
    """What became of the planted faults, and what was found beside them."""

    planted: Counter[FlawKind] = field(default_factory=Counter)
    found: Counter[FlawKind] = field(default_factory=Counter)
    otherwise: Counter[FlawKind] = field(default_factory=Counter)
    false: Counter[FlawKind] = field(default_factory=Counter)
    right: Counter[FlawKind] = field(default_factory=Counter)
    clean: int = 0
    lines: list[str] = field(default_factory=list)


def main() -> None:
    """Build, plant, check, print; once for every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1, 2), default=1)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--list", action="store_true", help="name what was missed and what is false")
    options = parser.parse_args()
    total = Tally()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory(prefix="touchstone-check-") as folder:
            _one_round(options.eval, options.half, seed, Path(folder), total)
    sys.stdout.write(_table(total))
    if options.list:
        sys.stdout.write("\n".join(total.lines) + "\n")


def _one_round(sets: Path, half: int, seed: int, folder: Path, total: Tally) -> None:
    rng = np.random.default_rng(seed)
    plan, strangers = _filed(sets, half, rng)
    _plant(plan, strangers, folder / "made", rng)
    embedder = Embedder(cache=Path(tempfile.gettempdir()) / "touchstone-check-models")
    with Workspace(folder / "workspace") as workspace:
        where = _imported(plan, folder, workspace)
        _break_files(plan, where, rng)
        for name in ("cold", "again"):
            begun = time.perf_counter()
            found, steps = _checked(workspace.gallery(embedder), workspace.cache / "check")
            took = time.perf_counter() - begun
            sys.stderr.write(
                f"seed {seed}: {len(where)} references, {name}: {took:.1f} s, {steps} steps\n"
            )
        _count(plan, where, found, seed, total)


def _checked(gallery: Gallery, cache: Path) -> tuple[tuple[Flaw, ...], int]:
    steps = 0
    found: tuple[Flaw, ...] = ()
    for step in check_gallery(gallery, cache=cache):
        steps += 1
        found = step.flaws
    return found, steps


def _filed(sets: Path, half: int, rng: np.random.Generator) -> tuple[Plan, list[Path]]:
    """File the pictures of one half of the products, but for five products that stay outside."""
    plan, strangers = Plan([]), list[Path]()
    for name in _SETS:
        rows = _rows(sets / name)
        products = sorted({row["product_id"] for row in rows})
        chosen = [p for n, p in enumerate(products) if half == 2 or n % 2 == half]
        if name == _SETS[0]:
            rng.shuffle(chosen)
            outside, chosen = chosen[:5], chosen[5:]
            filed = {p: (f"double-{n // 2}", ("front", "back")[n % 2]) for n, p in enumerate(chosen)}
            strangers = [sets / name / r["file"] for p in outside for r in rows if r["product_id"] == p][::5]
        else:
            filed = {p: (f"{name[:4]}-{p.replace('/', '-')}", "front") for p in chosen}
        plan.items += [
            Item(sets / name / row["file"], *filed[row["product_id"]])
            for row in rows
            if row["product_id"] in filed
        ]
    return plan, strangers


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if folder.name == "grocery_packages":  # its queries show any face, or the shelf
        return [row for row in rows if row["role"] == "reference"]
    return [row for row in rows if row["label"] in ("genuine", "variant")]


def _plant(plan: Plan, strangers: list[Path], made: Path, rng: np.random.Generator) -> None:
    made.mkdir()
    sides = _by_side(plan)
    full = [i for i in plan.items if len(sides[i.product, i.side]) >= 4]
    order = [full[n] for n in rng.permutation(len(full))]
    left, entered = set[tuple[str, str]](), set[tuple[str, str]]()
    for kind, count in _PLANTED.items():
        done = 0
        for item in list(order):
            if done == count or kind is FlawKind.OUTLIER:
                break
            side = (item.product, item.side)
            to = side
            if kind in _MOVED:
                free = [s for s in _elsewhere(item, kind, sides) if s not in entered]
                if not free or side in left:
                    continue
                to = free[int(rng.integers(len(free)))]
                left.add(side)
                entered.add(to)
            order.remove(item)
            done += 1
            _plant_one(plan, item, kind, to, made, rng)
    hosts = [side for side in sides if len(sides[side]) >= 4 and side not in entered]
    for stranger, place in zip(strangers, rng.permutation(len(hosts)), strict=False):
        plan.items.append(Item(stranger, *hosts[place]))
        plan.faults[stranger] = FlawKind.OUTLIER


def _by_side(plan: Plan) -> dict[tuple[str, str], list[Item]]:
    sides: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in plan.items:
        sides[item.product, item.side].append(item)
    return sides


def _elsewhere(
    item: Item, kind: FlawKind, sides: dict[tuple[str, str], list[Item]]
) -> list[tuple[str, str]]:
    """Where a picture may be misplaced: sides that have siblings enough to tell."""
    if kind is FlawKind.WRONG_SIDE:
        return [s for s in sides if s[0] == item.product and s[1] != item.side]
    return [s for s in sides if s[0] != item.product and len(sides[s]) >= 3]


def _plant_one(
    plan: Plan,
    item: Item,
    kind: FlawKind,
    to: tuple[str, str],
    made: Path,
    rng: np.random.Generator,
) -> None:
    plan.touched.add(item.file)
    file = item.file
    if kind is FlawKind.NEAR_DUPLICATE:
        file = made / f"again-{len(plan.faults)}.jpg"
        _saved_differently(item.file, file, rng)
    elif kind is FlawKind.UNFIT:
        file = made / f"blurred-{len(plan.faults)}.jpg"
        with Image.open(item.file) as picture:
            sigma = rng.uniform(5, 9) * max(picture.size) / 800
            picture.convert("RGB").filter(ImageFilter.GaussianBlur(sigma)).save(file, quality=90)
    if kind is not FlawKind.NEAR_DUPLICATE:
        plan.items.remove(item)
    plan.items.append(Item(file, *to))
    plan.faults[file] = kind


def _saved_differently(file: Path, to: Path, rng: np.random.Generator) -> None:
    """Recompress, and at random reduce, cut a little, or change the brightness."""
    with Image.open(file) as opened:
        picture = opened.convert("RGB")
    width, height = picture.size
    if rng.random() < 0.5:
        left, top, right, bottom = rng.uniform(0, 0.06, 4)
        box = (width * left, height * top, width * (1 - right), height * (1 - bottom))
        picture = picture.crop(tuple(round(edge) for edge in box))
    if rng.random() < 0.5:
        factor = rng.uniform(0.5, 0.9)
        picture = picture.resize((round(picture.width * factor), round(picture.height * factor)))
    if rng.random() < 0.5:
        picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.75, 1.3))
    picture.save(to, quality=int(rng.integers(40, 85)))


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
        spoilt = (b"", whole[: len(whole) // 3], rng.bytes(len(whole)))[number % 3]
        shutil.copy2(stored, stored.with_suffix(".kept"))
        stored.write_bytes(spoilt)


def _count(
    plan: Plan, where: dict[Path, Reference], flaws: tuple[Flaw, ...], seed: int, total: Tally
) -> None:
    file_of = {reference.id: file for file, reference in where.items()}
    kind_of = {file.absolute(): kind for file, kind in plan.faults.items()}
    said: defaultdict[Path, set[FlawKind]] = defaultdict(set)
    related = {file.absolute() for file in plan.touched} | set(kind_of)
    for flaw in flaws:
        if flaw.kind in _OF_RECORDS:
            continue
        files = [file_of[each] for each in flaw.references]
        for file in files:
            said[file].add(flaw.kind)
        if any(kind_of.get(file) is flaw.kind for file in files):
            total.right[flaw.kind] += 1
        elif not any(file in related for file in files):
            total.false[flaw.kind] += 1
            names = ", ".join(f"{f.parent.parent.name}/{f.name}" for f in files)
            total.lines.append(
                f"seed {seed}: {flaw.kind} {names} ({flaw.product}) measured {flaw.measured:.2f}"
                f" {flaw.elsewhere or ''}"
            )
    for file, kind in kind_of.items():
        total.planted[kind] += 1
        total.found[kind] += kind in said[file]
        total.otherwise[kind] += kind not in said[file] and bool(said[file])
        if kind not in said[file]:
            item = where[file]
            total.lines.append(
                f"seed {seed}: missed {kind} {file.name} under {item.product}: {said[file] or '-'}"
            )
    total.clean += len(where) - len(kind_of)


def _table(total: Tally) -> str:
    lines = [f"{'kind':16}{'planted':>8}{'found':>8}{'':>8}{'other kind':>12}{'false':>7}"]
    kinds = [kind for kind in FlawKind if total.planted[kind] or total.false[kind]]
    for kind in kinds:
        planted, found = total.planted[kind], total.found[kind]
        share = f"{found / planted:.0%}" if planted else "-"
        lines.append(
            f"{kind:16}{planted:8}{found:8}{share:>8}{total.otherwise[kind]:12}"
            f"{total.false[kind]:7}"
        )
    false = sum(n for kind, n in total.false.items() if kind is not FlawKind.CONFLICT)
    right = sum(total.right.values())
    lines.append(
        f"false findings, conflicts apart: {false} beside {right} right ones "
        f"({false / max(1, false + right):.1%} of findings), of {total.clean} untouched references "
        f"({false / max(1, total.clean):.1%})"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
