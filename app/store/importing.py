"""The lines of a list of pictures, added one after the other; each has its own outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.store import manifests
from app.store.errors import EntryRefused
from vision import PictureError, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vision import Reference, TouchstoneError


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of one line of a manifest: a reference, or `error`, a sentence saying why not.

    `line` is its place in the file, `cause` the error behind the sentence, `is_new` False where the
    reference was there before.
    """

    file: str
    reference: Reference | None
    error: str
    line: int = 0
    cause: TouchstoneError | None = None
    is_new: bool = False


class Add(Protocol):
    """Keeps one picture; says whether it is new."""

    def __call__(
        self, file: Path, product: str, side: str, provenance: Provenance, /
    ) -> tuple[Reference, bool]:
        """Raise PictureError or EntryRefused where it cannot be kept."""


def imported(add: Add, folder: Path, rows: Iterable[manifests.ManifestRow]) -> Iterator[ImportRow]:
    """Add the pictures of the rows, whose names are relative to `folder`."""
    for row in rows:
        cells = row.cells
        file = cells.get("file", "")
        if row.fault:
            yield ImportRow(file, None, row.fault, row.line)
            continue
        try:
            if not file:
                raise EntryRefused("file", file, "it must not be empty")
            reference, is_new = add(
                _beside(folder, file),
                cells["product"],
                cells["side"],
                Provenance(**{key: cells.get(key, "") for key in manifests.PROVENANCE}),
            )
        except (PictureError, EntryRefused) as error:
            yield ImportRow(file, None, str(error), row.line, error)
        else:
            yield ImportRow(file, reference, "", row.line, None, is_new)


def _beside(folder: Path, file: str) -> Path:
    """The file named in a list; lists written under Windows divide folders by backslashes."""
    path = folder / file
    if "\\" in file and not path.exists():
        path = folder / file.replace("\\", "/")
    return path
