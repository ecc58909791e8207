"""Distinguishing features as they lie on another reference of their side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.store import KeptTrait
    from vision import SideModel


def carried_traits(traits: Iterable[KeptTrait], model: SideModel) -> tuple[KeptTrait, ...]:
    """Return them on the canonical reference; one that cannot be carried stays where it is."""
    first = model.canonical.sha256
    found = []
    for each in traits:
        laid = vision.carried_polygon(each.polygon, each.reference, model.placed)
        if laid is None:
            found.append(each)
        else:
            found.append(each.model_copy(update={"polygon": laid, "reference": first}))
    return tuple(found)


def traits_moved_off(
    traits: Iterable[KeptTrait], going: str, model: SideModel
) -> tuple[KeptTrait, ...]:
    """Return them with those on the reference of this hash, which is about to go, on another."""
    found = []
    for each in traits:
        is_its = each.reference == going
        moved = vision.polygon_moved_off(each.polygon, going, model.placed) if is_its else None
        if moved is None:
            found.append(each)
        else:
            update = {"polygon": moved[0], "reference": moved[1]}
            found.append(each.model_copy(update=update))
    return tuple(found)
