"""The gallery as two lists: its sides, and the references of one side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from app.field_words import field_name
from app.models.row_list import RowListModel
from app.side_words import is_named, product_and_side, side_word

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.store import Gap
    from vision import Reference

SIDE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
REFERENCE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 3


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side of one product with its references."""

    product: str
    side: str
    references: tuple[Reference, ...]


def sides_of(references: tuple[Reference, ...]) -> tuple[SideRow, ...]:
    """Group references by product and side, sorted by name."""
    grouped: dict[tuple[str, str], list[Reference]] = {}
    for reference in references:
        grouped.setdefault((reference.product, reference.side), []).append(reference)
    return tuple(SideRow(*names, tuple(grouped[names])) for names in sorted(grouped))


class SideListModel(RowListModel[SideRow]):
    """The sides of the gallery, of which a part can be asked for by words."""

    ROLE = SIDE_ROLE
    ROLE_NAME = b"side"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[SideRow, ...] = ()
        self._words: list[str] = []
        self._gaps: dict[str, list[Gap]] = {}

    @property
    def all_rows(self) -> tuple[SideRow, ...]:
        """Every side of the gallery."""
        return self._all

    def set_rows(self, rows: tuple[SideRow, ...]) -> None:
        """Show another state of the gallery."""
        self._all = rows
        self._refresh()

    def set_gaps(self, found: tuple[Gap, ...]) -> None:
        """What is asked for and missing has changed."""
        self._gaps = {}
        for gap in found:
            self._gaps.setdefault(gap.product, []).append(gap)
        self.reword()

    def missing_words(self, row: SideRow) -> str:
        """What is asked for of a side and its product and is missing; empty where nothing is."""
        own = [gap for gap in self._gaps.get(row.product, ()) if gap.side in ("", row.side)]
        shots = [gap for gap in self._gaps.get(row.product, ()) if not gap.field]
        names = [field_name(gap.field) for gap in own if gap.field]
        names += [self.tr("side {side}").format(side=side_word(gap.side)) for gap in shots]
        said = self.tr("Missing: {names}")
        return said.format(names=", ".join(dict.fromkeys(names))) if names else ""

    def set_words(self, words: str) -> None:
        """Show the sides in which all of these words occur."""
        self._words = words.casefold().split()
        self._refresh()

    def _refresh(self) -> None:
        named = (row for row in self._all if is_named(row.product, row.side, self._words))
        self._list(tuple(named))

    def place_of(self, product: str, side: str) -> int:
        """The place of a side in the list, or -1."""
        names = [(row.product, row.side) for row in self._rows]
        return names.index((product, side)) if (product, side) in names else -1

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return product_and_side(row.product, row.side)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                told = f"{product_and_side(row.product, row.side)}, {self.count_words(row)}"
                missing = self.missing_words(row)
                return f"{told}\n{missing}" if missing else told
        return None

    def count_words(self, row: SideRow) -> str:
        """How many references a side has."""
        return self.tr("references: {count}").format(count=len(row.references))


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference with its small picture, None until it has been read."""

    reference: Reference
    thumbnail: QImage | None = None


class ReferenceListModel(RowListModel[ReferenceRow]):
    """The references of one side."""

    ROLE = REFERENCE_ROLE
    ROLE_NAME = b"reference"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: dict[str, int] = {}

    def set_rows(self, rows: tuple[ReferenceRow, ...]) -> None:
        """Show the references of another side."""
        self._places = {row.reference.id: place for place, row in enumerate(rows)}
        self._list(rows)

    def set_thumbnail(self, reference_id: str, thumbnail: QImage | None) -> None:
        """The small picture of a reference has been read, or was forgotten."""
        place = self._places.get(reference_id)
        if place is not None:
            self._put(place, replace(self._rows[place], thumbnail=thumbnail))

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        provenance = row.reference.provenance
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return provenance.batch or provenance.vouched_by or row.reference.sha256[:8]
            case Qt.ItemDataRole.DecorationRole:
                return row.thumbnail
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._story(row.reference)
        return None

    def _story(self, reference: Reference) -> str:
        told = (
            (self.tr("Vouched for by: {text}"), reference.provenance.vouched_by),
            (self.tr("Obtained: {text}"), reference.provenance.obtained),
            (self.tr("Batch: {text}"), reference.provenance.batch),
            (self.tr("Obtained on: {text}"), reference.provenance.obtained_on),
            (self.tr("Camera: {text}"), reference.provenance.camera),
            (self.tr("Proof: {text}"), reference.provenance.proof_name),
            (self.tr("SHA-256: {text}"), reference.sha256[:16]),
        )
        lines = [label.format(text=text) for label, text in told if text]
        if reference.is_canonical:
            lines.insert(0, self.tr("First reference of its side"))
        if reference.corners is not None:
            lines.append(self.tr("Straightened; the file is as it was"))
        return "\n".join(lines)
