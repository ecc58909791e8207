"""The memory of sides: how many are made at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, cast

from vision import Reference, Zone, side_files
from vision.sides import SideCache, SideModel

if TYPE_CHECKING:
    from collections.abc import Sequence


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
