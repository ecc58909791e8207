"""The demo: a gallery of invented products, and suspects whose outcome is known."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.places import assets_dir
from vision import Outcome, Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from app.store import Workspace

_PROVENANCE = Provenance(vouched_by="Touchstone demo", obtained="drawn and photographed by program")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A demo photo to be judged.

    `expected` is what the program should say, `done` what was done to the item in plain English,
    `planted` the box of the planted difference in photo pixels, None where there is none.
    """

    file: Path
    expected: Outcome
    product: str
    side: str
    done: str
    planted: tuple[int, int, int, int] | None


def make_demo(workspace: Workspace) -> tuple[Suspect, ...]:
    """Add the demo gallery to `workspace`, unless it is there already, and list the suspects.

    Raises:
        FileNotFoundError: the demo pictures are missing; the installation is incomplete.
    """
    folder = assets_dir() / "demo"
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = {(r.sha256, r.product, r.side) for r in workspace.references()}
    for row in rows:
        if row["role"] != "reference":
            continue
        path = folder / row["file"]
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        if (sha256, row["product"], row["side"]) not in known:
            workspace.add_reference(
                path, product=row["product"], side=row["side"], provenance=_PROVENANCE
            )
    return tuple(_suspect(folder, row) for row in rows if row["role"] == "suspect")


def _suspect(folder: Path, row: dict[str, str]) -> Suspect:
    return Suspect(
        folder / row["file"],
        Outcome(row["expected"]),
        row["product"],
        row["side"],
        row["done"],
        _box(row["box"]),
    )


def _box(words: str) -> tuple[int, int, int, int] | None:
    if not words:
        return None
    x0, y0, x1, y1 = (int(word) for word in words.split())
    return x0, y0, x1, y1
