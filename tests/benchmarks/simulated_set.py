"""Writes photos of invented products with planted differences, and the truth about them.

The artwork is of seeds that training never draws. Each altered photo has an unaltered twin, taken
by the same camera in the same moment.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.simulate import (
    Altered,
    Artwork,
    Camera,
    Kind,
    Shot,
    alter,
    draw,
    photograph,
    sample_camera,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from vision import Pixels

FIRST_SEED = 10_000_000  # training keeps below 1,000,000
BENDS = ("flat", "bending")
COLUMNS = ("file", "set", "role", "product_id", "label", "region", "notes")

_LONG, _SHORT = 1000, 750
_QUALITY = 95  # the simulated camera has saved its own JPEG already
_MOST_HIDDEN = 0.4  # of a planted difference, by glare or a finger: more asks for another photo
_TRIES, _DRAWS = 8, 6
_SEEN, _SEEN_AREA = 30, 60  # grey levels, and artwork pixels that differ by more
_BEND, _CRUMPLE = (0.006, 0.02), (0.0, 0.003)  # in parts of the width
_REFERENCE, _QUERY, _ALTER = range(3)  # streams of chance that never meet

Row = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to write: so many genuine and so many altered photos (`shots`) of each product.

    `hardness` is that of `sample_camera`, for references and queries alike.
    """

    products: int
    shots: int
    bend: str = "flat"
    seed: int = FIRST_SEED
    references: int = 5
    hardness: float = 1.0

    def __post_init__(self) -> None:
        if self.seed < FIRST_SEED:
            raise ValueError(f"expected a seed from {FIRST_SEED} on, found {self.seed}")
        if self.bend not in BENDS:
            raise ValueError(f"expected one of {BENDS}, found {self.bend!r}")
        if min(self.products, self.shots, self.references) < 1:
            raise ValueError(f"expected at least one of everything, found {self}")

    @property
    def name(self) -> str:
        """The set as its figures are called."""
        return f"simulated_{self.bend}"


def write(
    folder: Path, recipe: Recipe, *, workers: int = 1, told: Callable[[int], None] = lambda _: None
) -> Path:
    """Write the photos and `manifest.csv`, unless the folder holds this very set already.

    Args:
        folder: where to; made where it is missing.
        recipe: what.
        workers: processes; the pictures are the same for any number.
        told: called with the number of products done.

    Returns:
        The manifest.

    Raises:
        ValueError: the folder holds another set.
        FileNotFoundError: a font is not on this machine.
    """
    manifest, known = folder / "manifest.csv", folder / "recipe.json"
    if manifest.exists():
        if json.loads(known.read_text(encoding="utf-8")) != asdict(recipe):
            raise ValueError(f"expected an empty folder, {folder} holds another set")
        return manifest
    (folder / "images").mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    for number, found in enumerate(_written(folder, recipe, workers), start=1):
        rows += found
        told(number)
    known.write_text(json.dumps(asdict(recipe)), encoding="utf-8")
    with manifest.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return manifest


def _written(folder: Path, recipe: Recipe, workers: int) -> Iterable[list[Row]]:
    numbers = range(recipe.products)
    if workers == 1:
        yield from (write_product(folder, recipe, number) for number in numbers)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=cv2.setNumThreads, initargs=(1,)
    ) as pool:
        asked = [pool.submit(write_product, folder, recipe, number) for number in numbers]
        yield from (each.result() for each in asked)


def write_product(folder: Path, recipe: Recipe, number: int) -> list[Row]:
    """Write the photos of one product; its rows of the manifest."""
    seed = recipe.seed + number
    artwork = draw(seed, round(1.2 * _LONG))
    product = f"p{number:03d}"

    def row(name: str, shot: Shot, role: str, altered: Altered | None = None) -> Row:
        file = f"images/{product}_{name}.jpg"
        (folder / file).write_bytes(_jpeg(shot.pixels))
        region, notes, label = "", "", "genuine"
        if altered is not None:
            label = "counterfeit"
            region = " ".join(map(str, shot.box_of(altered.mask)))
            hidden = share_hidden(shot, altered)
            notes = f"planted {altered.kind}; of {altered.element}; {hidden:.0%} hidden"
        return file, recipe.name, role, product, label, region, notes

    rows = [
        row(f"ref{at}", take(artwork.pixels, recipe, (seed, _REFERENCE, at)), "reference")
        for at in range(recipe.references)
    ]
    for at, altered in enumerate(plant(artwork, recipe, number)):
        twin, shot = _twins(artwork, altered, recipe, (seed, _QUERY, at))
        rows.append(row(f"q{at}", twin, "query"))
        rows.append(row(f"q{at}_{altered.kind}", shot, "query", altered))
    return rows


def plant(artwork: Artwork, recipe: Recipe, number: int) -> list[Altered]:
    """Alter the artwork once for each shot, by every kind in turn as far as the sheet allows it.

    Where a product has fewer shots than there are kinds, the next product goes on.
    """
    kinds = list(Kind)
    start = number * recipe.shots % len(kinds)
    turn = kinds[start:] + kinds[:start]
    used: Counter[Kind] = Counter()
    planted: list[Altered] = []
    for shot in range(recipe.shots):
        rng = np.random.default_rng([recipe.seed + number, _ALTER, shot])
        order = sorted(turn, key=lambda each: used[each])  # stable: in turn among equals
        found = next(filter(None, (_visible(artwork, kind, rng) for kind in order)), None)
        if found is None:
            raise ValueError(f"{artwork.sheet.name}: nothing can be altered")
        used[found.kind] += 1
        planted.append(found)
    return planted


def _visible(artwork: Artwork, kind: Kind, rng: np.random.Generator) -> Altered | None:
    """Alter so that a person sees it in the print itself; None where this sheet has no such part.

    The hue of a grey line can be turned, for one, and nobody could ever tell.
    """
    for _ in range(_DRAWS):
        try:
            found = alter(artwork, kind, rng)
        except ValueError:  # nothing on this sheet can be altered so
            return None
        apart = cv2.absdiff(found.artwork.pixels, artwork.pixels).max(axis=2) > _SEEN
        if int(apart.sum()) >= _SEEN_AREA:
            return found
    return None


def take(printed: Pixels, recipe: Recipe, chance: tuple[int, ...]) -> Shot:
    """Photograph a print as `chance` has it: the same numbers give the same photo."""
    camera = _camera(recipe, printed, np.random.default_rng(chance))
    return photograph(printed, camera, np.random.default_rng((*chance, 1)))


def _camera(recipe: Recipe, printed: Pixels, rng: np.random.Generator) -> Camera:
    upright = printed.shape[0] > printed.shape[1]
    width, height = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    camera = sample_camera(rng, width=width, height=height, hardness=recipe.hardness)
    if recipe.bend == "flat":
        return replace(camera, bend=0.0, crumple=0.0)
    sag = float(rng.uniform(*_BEND)) * (1 if rng.random() < 0.5 else -1)
    return replace(camera, bend=sag, crumple=float(rng.uniform(*_CRUMPLE)))


def _twins(
    artwork: Artwork, altered: Altered, recipe: Recipe, chance: tuple[int, ...]
) -> tuple[Shot, Shot]:
    """Photograph the genuine and the altered print alike, so that the difference can be seen."""
    for attempt in range(_TRIES):
        shot = take(altered.artwork.pixels, recipe, (*chance, attempt))
        if share_hidden(shot, altered) <= _MOST_HIDDEN:
            break
    return take(artwork.pixels, recipe, (*chance, attempt)), shot


def share_hidden(shot: Shot, altered: Altered) -> float:
    """Return the share of a planted difference that is covered, or outside the photo."""
    rows, columns = np.nonzero(altered.mask)
    every = max(1, len(rows) // 2000)
    points = np.column_stack([columns, rows])[::every].astype(np.float64)
    at = np.rint(shot.to_photo(points)).astype(int)
    height, width = shot.hidden.shape
    inside = ((at >= 0) & (at < (width, height))).all(axis=1)
    seen = ~shot.hidden[at[inside, 1], at[inside, 0]]
    return 1.0 - float(seen.sum()) / len(at)


def _jpeg(pixels: Pixels) -> bytes:
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
