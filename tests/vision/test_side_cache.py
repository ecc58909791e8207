"""The memory of sides: how many are made at once, and what is not to be remembered."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tests.vision.samples import saved_side, texture
from vision import Gallery, Provenance, Reference, Zone, side_files
from vision.side_cache import SideCache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.sides import SideModel


def test_two_sides_are_built_at_once_and_no_more() -> None:
    made = cast("SideModel", object())
    at_work: list[int] = []
    most: list[int] = []
    guard, together = threading.Lock(), threading.Barrier(2)

    def build(_references: Sequence[Reference], _zones: Sequence[Zone]) -> SideModel:
        with guard:
            at_work.append(1)
            most.append(len(at_work))
        together.wait(20)  # until another one is built, too
        with guard:
            at_work.pop()
        return made

    cache = SideCache(
        build, network="", folder=None, restore=side_files.restore, keep=side_files.keep
    )
    sides = [Reference(f"r{n}", f"p{n}", "front", f"{n}" * 64, "") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: cache.get([each]), sides))
    assert found == [made] * 4
    assert max(most) == 2


def test_a_picture_that_is_out_of_reach_for_a_while_counts_again_when_it_is_back(
    tmp_path: Path,
) -> None:
    pixels = texture(8, 320, 240)
    references = saved_side(tmp_path, [pixels] * 3)
    away = Path(references[2].path)
    away.rename(tmp_path / "away.png")
    gallery = Gallery(references, cache=tmp_path / "cache")
    thin = gallery.side_model("tea", "front")
    assert (thin.count, [each.id for each in thin.unread]) == (2, [references[2].id])
    assert gallery.side_model("tea", "front") is thin, "it is not built again for nothing"
    (tmp_path / "away.png").rename(away)
    assert gallery.side_model("tea", "front").count == 3
    assert Gallery(references, cache=tmp_path / "cache").side_model("tea", "front").count == 3


def test_a_side_that_was_renamed_has_its_new_name_at_once(tmp_path: Path) -> None:
    references = saved_side(tmp_path, [texture(9, 320, 240)] * 3)
    gallery = Gallery(references, cache=tmp_path / "cache")
    before = gallery.side_model("tea", "front")
    for each in references:
        gallery.add(replace(each, product="green tea", provenance=Provenance(batch="B7")))
    after = gallery.side_model("green tea", "front")
    assert (after.product, after.canonical.product) == ("green tea", "green tea")
    assert {each.reference.provenance.batch for each in after.placed} == {"B7"}
    assert after.spread is before.spread, "nothing is computed again"
    figures = gallery.side_figures("green tea", "front")
    assert figures is not None
    assert figures.product == "green tea"
