"""Files pictures as a gallery, and plants faults of known kinds in it."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image, ImageEnhance, ImageFilter

from tests.benchmarks.drawn_families import drawn_families
from tests.benchmarks.drawn_gallery import drawn
from vision import FlawKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np

PLANTED = {
    FlawKind.WRONG_SIDE: 10,
    FlawKind.WRONG_PRODUCT: 10,
    FlawKind.NEAR_DUPLICATE: 10,
    FlawKind.UNFIT: 5,
    FlawKind.UNREADABLE: 5,
    FlawKind.OUTLIER: 5,
}
STRANGERS = 5  # products of which one picture each lies where it does not belong
_MOVED = (FlawKind.WRONG_SIDE, FlawKind.WRONG_PRODUCT)
_FULL, _HOST = 4, 3  # references of a side that loses one, and of one that gets one
_SETS = ("smvs_dvd_covers", "grocery_packages", "cereal_shelf")

Side = tuple[str, str]


@dataclass(frozen=True)
class Item:
    """A picture to be filed."""

    file: Path
    product: str
    side: str

    @property
    def place(self) -> Side:
        """Where it is filed."""
        return self.product, self.side


@dataclass
class Plan:
    """A gallery with its planted faults; `touched` are the files that a copy was made of."""

    items: list[Item]
    strangers: list[Path]
    faults: dict[Path, FlawKind] = field(default_factory=dict)
    touched: set[Path] = field(default_factory=set)

    def sides(self) -> dict[Side, list[Item]]:
        """What is filed where."""
        found: defaultdict[Side, list[Item]] = defaultdict(list)
        for item in self.items:
            found[item.place].append(item)
        return dict(found)


def drawn_plan(folder: Path, products: int) -> Plan:
    """File the photos of drawn products; of five more, one photo each stays outside."""
    items = [Item(*row) for row in drawn(folder, products + STRANGERS)]
    names = sorted({item.product for item in items})
    outside = {name: next(i.file for i in items if i.product == name) for name in names[products:]}
    return Plan([i for i in items if i.product not in outside], list(outside.values()))


def shop_plan(folder: Path, products: int, families: int) -> Plan:
    """File the photos of drawn products, and beside them those of drawn families of variants."""
    plan = drawn_plan(folder / "drawn", products)
    plan.items += [Item(*row) for row in drawn_families(folder / "families", families)]
    return plan


def real_plan(sets: Path, rng: np.random.Generator) -> Plan:
    """File the pictures of three sets of real photos, but for five covers that stay outside.

    Of grocery_packages only the references: its queries show any face, or the shelf. Two covers
    that nothing connects become the front and the back of one product.
    """
    plan = Plan([], [])
    for name in _SETS:
        rows = _rows(sets / name)
        products = sorted({row["product_id"] for row in rows})
        filed = {p: (f"{name[:4]}-{p.replace('/', '-')}", "front") for p in products}
        if name == _SETS[0]:
            rng.shuffle(products)
            for product in products[:STRANGERS]:
                files = [row["file"] for row in rows if row["product_id"] == product]
                plan.strangers.append(sets / name / files[int(rng.integers(len(files)))])
            inside = products[STRANGERS:]
            filed = {
                p: (f"double-{n // 2}", ("front", "back")[n % 2]) for n, p in enumerate(inside)
            }
        for row in rows:
            if row["product_id"] in filed:
                plan.items.append(Item(sets / name / row["file"], *filed[row["product_id"]]))
    return plan


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if folder.name == "grocery_packages":
        return [row for row in rows if row["role"] == "reference"]
    return [row for row in rows if row["label"] in ("genuine", "variant")]


def part_of(plan: Plan, sides: int) -> Plan:
    """Leave a small plan: of each set of sides that have enough references, the first few."""
    full = [side for side, items in sorted(plan.sides().items()) if len(items) >= _FULL]
    kept: set[Side] = set()
    for name in sorted({side[0][:4] for side in full}):
        kept.update([side for side in full if side[0][:4] == name][:sides])
    return Plan([item for item in plan.items if item.place in kept], plan.strangers[:1])


def plant(
    plan: Plan,
    made: Path,
    rng: np.random.Generator,
    counts: Mapping[FlawKind, int] = PLANTED,
) -> None:
    """Plant all faults; what has to be written goes to the folder `made`.

    No side loses or gets more than one picture.
    """
    made.mkdir()
    sides = plan.sides()
    full = [item for item in plan.items if len(sides[item.place]) >= _FULL]
    order = [full[n] for n in rng.permutation(len(full))]
    left: set[Side] = set()
    entered: set[Side] = set()
    for kind in (each for each in counts if each is not FlawKind.OUTLIER):
        for _ in range(counts[kind]):
            item, to = _chosen(order, kind, sides, left, entered, rng)
            order.remove(item)
            _plant_one(plan, item, kind, to, made, rng)
    hosts = [side for side in sides if len(sides[side]) >= _FULL and side not in entered | left]
    for stranger, at in zip(plan.strangers, rng.permutation(len(hosts)), strict=False):
        plan.items.append(Item(stranger, *hosts[at]))
        plan.faults[stranger] = FlawKind.OUTLIER


def _chosen(
    order: list[Item],
    kind: FlawKind,
    sides: dict[Side, list[Item]],
    left: set[Side],
    entered: set[Side],
    rng: np.random.Generator,
) -> tuple[Item, Side]:
    """Take the next picture that this can be done to, and where it goes."""
    for item in order:
        if kind not in _MOVED:
            return item, item.place
        free = [side for side in _elsewhere(item, kind, sides) if side not in entered]
        if free and item.place not in left:
            to = free[int(rng.integers(len(free)))]
            left.add(item.place)
            entered.add(to)
            return item, to
    raise SystemExit(f"the gallery is too small to plant every {kind}")


def _elsewhere(item: Item, kind: FlawKind, sides: dict[Side, list[Item]]) -> list[Side]:
    if kind is FlawKind.WRONG_SIDE:
        return [s for s in sides if s[0] == item.product and s[1] != item.side]
    return [s for s in sides if s[0] != item.product and len(sides[s]) >= _HOST]


def _plant_one(
    plan: Plan, item: Item, kind: FlawKind, to: Side, made: Path, rng: np.random.Generator
) -> None:
    plan.touched.add(item.file)
    file = item.file
    if kind is FlawKind.NEAR_DUPLICATE:
        file = made / f"again-{len(plan.faults)}.jpg"
        save_differently(item.file, file, rng)
    elif kind is FlawKind.UNFIT:
        file = made / f"blurred-{len(plan.faults)}.jpg"
        with Image.open(item.file) as picture:
            sigma = rng.uniform(5, 9) * max(picture.size) / 800
            picture.convert("RGB").filter(ImageFilter.GaussianBlur(sigma)).save(file, quality=90)
    if kind is not FlawKind.NEAR_DUPLICATE:
        plan.items.remove(item)
    plan.items.append(Item(file, *to))
    plan.faults[file] = kind


def save_differently(file: Path, to: Path, rng: np.random.Generator) -> None:
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
