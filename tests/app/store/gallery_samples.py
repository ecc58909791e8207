"""Small galleries for tests of snapshots, travelling and approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from app.store import KnownLength, Workspace
from vision import Provenance, Zone, ZoneKind

if TYPE_CHECKING:
    from pathlib import Path

SQUARE = ((2.0, 3.0), (20.0, 3.0), (20.0, 18.0), (2.0, 18.0))


def picture(path: Path, seed: int) -> Path:
    """A picture of its own for every seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def fill(workspace: Workspace, folder: Path, *, first: int = 0, count: int = 5) -> None:
    """Add references of two products, with an outline, zones and a known length."""
    for seed in range(first, first + count):
        added = workspace.add_reference(
            picture(folder / f"图 {seed}.png", seed),
            product=("茶叶罐 200 g", "Biscuits")[seed % 2],
            side=("front", "背面")[seed % 3 == 2],
            provenance=Provenance("A. Lin", "maker", f"B-{seed}", "2026-01-01", "2027-01-01"),
        )
        if seed == first:
            workspace.set_outline(added.id, SQUARE)
            zone = Zone(ZoneKind.MUST_MATCH, SQUARE, added.sha256, "印章")
            workspace.set_zones(added.product, added.side, [zone])
            workspace.set_known_length(added.sha256, KnownLength((1.0, 1.0), (21.0, 1.0), 8.5))
