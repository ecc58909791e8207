"""The lines of a list of pictures, added one after the other; each has its own outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from app.store import entries, manifests
from app.store.refusals import EntryRefused, Refusal
from vision import FileUnreachable, NotAPicture, PictureError, Provenance, seems_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
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
    cause: TouchstoneError | MemoryError | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A line of a manifest before it is imported; `error`, and its `cause`, say what is wrong."""

    line: int
    file: str
    product: str
    side: str
    error: str = ""
    cause: TouchstoneError | None = None

    @property
    def is_good(self) -> bool:
        """Whether nothing is known to be wrong."""
        return not self.error


class Add(Protocol):
    """Keeps one picture; says whether it is new."""

    def __call__(
        self, file: Path, product: str, side: str, provenance: Provenance, /
    ) -> tuple[Reference, bool]:
        """Raise PictureError or EntryRefused where it cannot be kept."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How what a line tells is kept: its picture, its proof, and what it says of the product."""

    add: Add
    keep_file: Callable[[Path], str]
    set_product: Callable[[str, Mapping[str, str]], object]


def imported(
    keeping: Keeping, folder: Path, rows: Iterable[manifests.ManifestRow]
) -> Iterator[ImportRow]:
    """Add the pictures of the rows, whose names are relative to `folder`."""
    for row in rows:
        file = row.cells.get("file", "")
        if row.fault:
            yield ImportRow(file, None, str(row.fault), row.line, row.fault)
            continue
        try:
            reference, is_new = _kept(keeping, folder, row.cells)
        except (PictureError, EntryRefused, MemoryError) as error:
            yield ImportRow(file, None, str(error) or "MemoryError", row.line, error)
        else:
            yield ImportRow(file, reference, "", row.line, None, is_new)


def previewed(folder: Path, rows: Iterable[manifests.ManifestRow]) -> Iterator[PreviewRow]:
    """Look for what is wrong with rows, without keeping anything; no picture is decoded."""
    for row in rows:
        file, product, side = (row.cells.get(name, "") for name in manifests.REQUIRED)
        if row.fault:
            yield PreviewRow(row.line, file, product, side, error=str(row.fault), cause=row.fault)
            continue
        try:
            _checked(folder, row.cells)
        except (PictureError, EntryRefused) as error:
            yield PreviewRow(row.line, file, product, side, error=str(error), cause=error)
        else:
            yield PreviewRow(row.line, file, product, side)


def _kept(keeping: Keeping, folder: Path, cells: Mapping[str, str]) -> tuple[Reference, bool]:
    """Keep what one line tells; what it says of the product was found to be possible before."""
    facts = _product_facts(cells)
    product = entries.name(cells["product"], "product")
    provenance = _provenance(cells)
    proof = cells.get(manifests.PROOF, "")
    if proof:
        file = _beside(folder, proof)
        provenance = replace(provenance, proof=keeping.keep_file(file), proof_name=file.name)
    added = keeping.add(_named(folder, cells), product, cells["side"], provenance)
    if facts:
        keeping.set_product(product, facts)
    return added


def _checked(folder: Path, cells: Mapping[str, str]) -> None:
    file = _named(folder, cells)
    entries.name(cells["product"], "product")
    entries.name(cells["side"], "side")
    entries.provenance(_provenance(cells))
    _product_facts(cells)
    proof = cells.get(manifests.PROOF, "")
    for needed in (file, *([_beside(folder, proof)] if proof else [])):
        _check_there(needed)
    if not seems_picture(file):
        raise NotAPicture(
            file, "this is no picture", "Choose a picture file.", found="something else"
        )


def _check_there(file: Path) -> None:
    cause = "there is no such file"
    try:
        if file.is_file():
            return
    except OSError as error:  # a name longer than the disk takes
        cause = f"it cannot be read ({error.strerror or error})"
    raise FileUnreachable(file, cause, "Check whether it was moved, renamed or deleted.")


def _named(folder: Path, cells: Mapping[str, str]) -> Path:
    file = cells.get("file", "")
    if not file:
        raise EntryRefused("file", file, Refusal.EMPTY)
    return _beside(folder, file)


def _provenance(cells: Mapping[str, str]) -> Provenance:
    return Provenance(**{key: cells.get(key, "") for key in manifests.PROVENANCE})


def _product_facts(cells: Mapping[str, str]) -> dict[str, str]:
    """What a line says of its product; an empty cell says nothing."""
    said = {name: cells[key] for key, name in manifests.PRODUCT.items() if cells.get(key)}
    kept = entries.product_facts(said)
    entries.check_order(kept.get("valid_from", ""), kept.get("valid_to", ""))
    return kept


def _beside(folder: Path, file: str) -> Path:
    """The file named in a list; lists written under Windows divide folders by backslashes."""
    path = folder / file
    if "\\" in file and not _exists(path):
        path = folder / file.replace("\\", "/")
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the disk takes
        return False
