"""What is said of a side by hand: which reference is meant, and where on it."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from PySide6.QtCore import QCoreApplication

import vision
from app import words
from app.commands.output import Refused
from vision import UnknownSide

if TYPE_CHECKING:
    from app.store import Workspace
    from vision import Reference, Vertices

_SHORTEST_HASH = 8


def references_of(workspace: Workspace, product: str, side: str) -> tuple[Reference, ...]:
    """The references of a side.

    Raises:
        UnknownSide: there are none.
    """
    found = workspace.references(product=product, side=side)
    if not found:
        raise UnknownSide(product, side)
    return found


def chosen_reference(references: tuple[Reference, ...], named: str) -> Reference:
    """The reference of a side that is meant by a file, by the start of a SHA-256, or by nothing.

    Raises:
        PictureError: the file cannot be read.
        Refused: it is none of them.
    """
    if not named:
        return references[0]
    sha256 = named.removeprefix("sha256:").lower()
    is_hash = len(sha256) >= _SHORTEST_HASH and set(sha256) <= set(string.hexdigits)
    if Path(named).is_file() or not is_hash:
        sha256 = vision.read(named, max_side=64).sha256
    for reference in references:
        if reference.sha256.startswith(sha256):
            return reference
    said = QCoreApplication.translate("commands", "“{name}” is no reference of {side}.")
    side = words.side_name(references[0].product, references[0].side)
    raise Refused(said.format(name=named, side=side))


def polygon_of(text: str) -> Vertices:
    """`x,y,x,y,x,y,...`; spaces and semicolons may stand between the corners.

    Raises:
        typer.BadParameter: it is no area.
    """
    try:
        numbers = [
            float(part) for part in text.replace(";", ",").replace(" ", ",").split(",") if part
        ]
        if len(numbers) < 6 or len(numbers) % 2:
            raise ValueError(text)
        corners = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        vision.Zone(vision.ZoneKind.VARIABLE, corners, "")
    except ValueError:
        raise typer.BadParameter(
            "expected three or more corners x,y,x,y,x,y,...", param_hint="--polygon"
        ) from None
    return corners


def check_inside(corners: Vertices, reference: Reference) -> None:
    """Refuse corners that were meant for a picture of another size.

    Raises:
        PictureError: the reference cannot be read.
        Refused: they reach beyond it.
    """
    photo = vision.read_reference(reference)
    if all(-1 <= x <= photo.width and -1 <= y <= photo.height for x, y in corners):
        return
    said = QCoreApplication.translate(
        "commands",
        "The area reaches beyond the reference, which has {width} × {height} pixels. "
        "Choose corners inside it.",
    )
    raise Refused(said.format(width=photo.width, height=photo.height))


def check_numbers(wanted: set[int], product: str, side: str, count: int, said: str) -> None:
    """Refuse numbers above `count` in a sentence with {side}, {number} and {count}.

    Raises:
        Refused: it is one.
    """
    missing = sorted(wanted - set(range(1, count + 1)))
    if missing:
        place = words.side_name(product, side)
        raise Refused(said.format(side=place, number=missing[0], count=count))


def box_text(polygon: Vertices) -> str:
    """The box around an area, as tables tell it: x0,y0,x1,y1."""
    across, down = zip(*polygon, strict=True)
    return ",".join(f"{value:.0f}" for value in (min(across), min(down), max(across), max(down)))
