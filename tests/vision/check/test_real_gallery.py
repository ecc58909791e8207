"""Faults planted among real photos; a small part of what tests/benchmarks/gallery_check.py does.

The benchmark plants ten of each kind among all 430 photos, which takes minutes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.benchmarks.planted_gallery import Plan, part_of, plant, real_plan
from vision import Flaw, FlawKind, Gallery, Reference, check_gallery

if TYPE_CHECKING:
    from pathlib import Path

_SIDES = 6  # of each of three sets: 15 sides, some 80 photos
_COUNTS = {
    FlawKind.WRONG_SIDE: 1,
    FlawKind.WRONG_PRODUCT: 2,
    FlawKind.NEAR_DUPLICATE: 2,
    FlawKind.UNFIT: 1,
    FlawKind.UNREADABLE: 2,
}
_MOST_BESIDE = 2  # findings about photos that nobody touched


@pytest.fixture(scope="module")
def planted(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Plan, tuple[Flaw, ...]]:
    """A gallery with its faults, and what a check says of it; ids are paths."""
    sets = shared / "eval"
    if not (sets / "smvs_dvd_covers" / "manifest.csv").exists():
        pytest.skip(f"no sets of real photos in {sets}")
    folder = tmp_path_factory.mktemp("real")
    rng = np.random.default_rng(5)
    plan = part_of(real_plan(sets, rng), _SIDES)
    plant(plan, folder / "made", rng, _COUNTS)
    references = tuple(_filed(plan, folder))
    flaws: tuple[Flaw, ...] = ()
    for step in check_gallery(Gallery(references), references=references):
        flaws = step.flaws
    return plan, flaws


def _filed(plan: Plan, folder: Path) -> list[Reference]:
    found = []
    for number, item in enumerate(plan.items):
        stored = folder / f"{number}{item.file.suffix}"
        shutil.copyfile(item.file, stored)
        sha256 = hashlib.sha256(stored.read_bytes()).hexdigest()
        if plan.faults.get(item.file) is FlawKind.UNREADABLE:
            stored.write_bytes(stored.read_bytes()[: stored.stat().st_size // 3])
        found.append(Reference(str(item.file), item.product, item.side, sha256, str(stored)))
    return found


def _said_of(flaws: tuple[Flaw, ...]) -> dict[str, set[FlawKind]]:
    said: defaultdict[str, set[FlawKind]] = defaultdict(set)
    for flaw in flaws:
        for each in flaw.references:
            said[each].add(flaw.kind)
    return said


_PLACED = (FlawKind.WRONG_PRODUCT, FlawKind.WRONG_SIDE)


def test_every_planted_fault_of_a_file_is_named_as_what_it_is(
    planted: tuple[Plan, tuple[Flaw, ...]],
) -> None:
    plan, flaws = planted
    said = _said_of(flaws)
    missed = {
        file.name: kind
        for file, kind in plan.faults.items()
        if kind not in (*_PLACED, FlawKind.OUTLIER) and kind not in said[str(file)]
    }
    assert missed == {}
    assert len(plan.faults) >= sum(_COUNTS.values())


def test_every_misplaced_picture_is_named_one_at_most_without_its_right_place(
    planted: tuple[Plan, tuple[Flaw, ...]],
) -> None:
    plan, flaws = planted
    said = _said_of(flaws)
    misplaced = {file: kind for file, kind in plan.faults.items() if kind in _PLACED}
    assert all({*_PLACED, FlawKind.OUTLIER} & said[str(file)] for file in misplaced)
    unplaced = [file.name for file, kind in misplaced.items() if kind not in said[str(file)]]
    assert len(unplaced) <= 1, unplaced


def test_a_picture_of_no_product_in_the_gallery_is_found(
    planted: tuple[Plan, tuple[Flaw, ...]],
) -> None:
    plan, flaws = planted
    [stranger] = [file for file, kind in plan.faults.items() if kind is FlawKind.OUTLIER]
    assert FlawKind.OUTLIER in _said_of(flaws)[str(stranger)]


def test_little_is_said_of_what_nobody_touched(planted: tuple[Plan, tuple[Flaw, ...]]) -> None:
    plan, flaws = planted
    touched = {str(file) for file in plan.touched} | {str(file) for file in plan.faults}
    records = {FlawKind.NO_PROVENANCE, FlawKind.THIN_SIDE, FlawKind.MISSING_SIDE}
    beside = [
        flaw for flaw in flaws if flaw.kind not in records and not touched & set(flaw.references)
    ]
    wrong = [flaw for flaw in beside if flaw.kind is not FlawKind.NEAR_DUPLICATE]
    assert len(wrong) <= _MOST_BESIDE, wrong
