"""Manifest -> sets of photos whose truth is known, each with a gallery of its references."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2

from vision import figures, pictures, truth
from vision.errors import TouchstoneError
from vision.figures import Record
from vision.gallery import Gallery
from vision.proposing_gallery import ProposingGallery
from vision.terms import Reference
from vision.truth import BadRow, Label, Role, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vision.embedding import Embedder

SIDE = "front"  # manifests tell no sides apart
FEWEST_GENUINE = 10  # genuine queries of a set, below which references are left out once
FEWEST_LEFT = 3  # references of a product that may be left out
SINGLE_FAILURES = (TouchstoneError, cv2.error, ValueError, ArithmeticError, LookupError)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoSet:
    """One set of a manifest: its rows, and a gallery of its readable references."""

    name: str
    manifest: Path
    rows: tuple[Row, ...]
    gallery: Gallery
    references: dict[int, Reference]  # by line of the manifest

    @property
    def known_products(self) -> frozenset[str]:
        """Products that have a reference in the manifest, readable or not."""
        return frozenset(row.product for row in self.rows if row.role is Role.REFERENCE)

    def queries(self) -> list[Row]:
        """Return the queries, those of one product side by side: side models are kept a while."""
        return sorted((r for r in self.rows if r.role is Role.QUERY), key=lambda row: row.product)

    def to_leave_out(self) -> list[Row]:
        """Return the references that count as genuine queries, as the set has too few of those."""
        genuine = sum(row.role is Role.QUERY and row.label is Label.GENUINE for row in self.rows)
        if genuine >= FEWEST_GENUINE:
            return []
        count = Counter(reference.product for reference in self.references.values())
        return [
            row
            for row in self.rows
            if row.line in self.references and count[row.product] >= FEWEST_LEFT
        ]

    def others(self, row: Row) -> list[Reference]:
        """Return the references of a row's product without the row itself."""
        return [
            reference
            for line, reference in self.references.items()
            if reference.product == row.product and line != row.line
        ]


def usable_rows(manifest: Path) -> tuple[tuple[Row, ...], list[Record]]:
    """Read a manifest; lines that cannot be used become records, `unknown` ones are left out.

    Raises:
        TruthUnreadable: it cannot be used at all.
    """
    rows, records = [], []
    for row in truth.read_manifest(manifest):
        if isinstance(row, BadRow):
            _log.warning("line %d is left out: %s", row.line, row.fault)
            records.append(_bad(row.set, figures.BAD_ROW, f"line {row.line}: {row.fault}"))
        elif row.label is not Label.UNKNOWN:
            rows.append(row)
    return tuple(rows), records


def gather(
    manifest: Path,
    rows: tuple[Row, ...],
    *,
    cache: Path | None,
    embedder: Embedder | None,
    step: Callable[[], None],
    propose_zones: bool = False,
) -> tuple[tuple[PhotoSet, ...], list[Record]]:
    """Build the gallery of each set, without the references that cannot be read.

    Args:
        manifest: where the rows are from.
        rows: usable ones.
        cache: folder for features and side models, or None to keep nothing.
        embedder: the network, or None to do without.
        step: called after each reference.
        propose_zones: give each side the variable zones that its references propose.

    Returns:
        The sets in the order of the manifest, and a record of each unusable reference.
    """
    sets, records = [], []
    for name in dict.fromkeys(row.set for row in rows):
        of_set = tuple(row for row in rows if row.set == name)
        kind = ProposingGallery if propose_zones else Gallery
        gallery = kind((), embedder=embedder, cache=cache)
        known: dict[int, Reference] = {}
        for row in (r for r in of_set if r.role is Role.REFERENCE):
            try:
                known[row.line] = _taken_in(row, gallery)
            except SINGLE_FAILURES as error:
                _log.warning("reference %s is left out: %s", row.path, error)
                gallery.drop(_identity(row))
                records.append(_bad(name, figures.BAD_REFERENCE, str(error), row))
            step()
        sets.append(PhotoSet(name, manifest, of_set, gallery, known))
    return tuple(sets), records


def _taken_in(row: Row, gallery: Gallery) -> Reference:
    sha256 = pictures.read(row.path, max_side=64).sha256
    reference = Reference(_identity(row), row.product, SIDE, sha256, str(row.path))
    gallery.add(reference)
    gallery.features_of(reference)
    return reference


def _identity(row: Row) -> str:
    return f"{row.set}:{row.line}"


def _bad(of_set: str, outcome: str, detail: str, row: Row | None = None) -> Record:
    product, name, kind = (row.product, row.name, row.kind) if row else ("", "", "")
    return Record(of_set, product, name, None, kind, False, outcome, detail)
