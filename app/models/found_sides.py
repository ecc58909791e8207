"""What a search by hand lists: ranked sides first, then any other side whose name is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from app.models.row_list import RowListModel
from app.side_words import is_named, product_and_side, side_word

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Candidate

FOUND_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 7
Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FoundSide:
    """A product and side to choose; `candidate` is None where the search did not name it.

    `reference` is the id of the reference that stands for it, "" where none is known.
    """

    product: str
    side: str
    candidate: Candidate | None = None
    reference: str = ""
    thumbnail: QImage | None = None
    is_compared: bool = False

    @property
    def names(self) -> Names:
        """Product and side."""
        return self.product, self.side


class FoundSideModel(RowListModel[FoundSide]):
    """Ranked candidates; with words, or without a search, every side of the gallery that fits."""

    ROLE = FOUND_ROLE
    ROLE_NAME = b"found"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides: tuple[Names, ...] | None = None
        self._known: dict[Names, str] = {}
        self._found: tuple[Candidate, ...] | None = None
        self._words: list[str] = []
        self._thumbnails: dict[str, QImage] = {}
        self._compared: Names | None = None

    def set_sides(self, sides: tuple[Names, ...]) -> None:
        """The gallery holds these products and sides."""
        self._sides = sides
        self._refresh()

    def set_references(self, known: dict[Names, str]) -> None:
        """The ids of the references that stand for sides that no search has named."""
        self._known = known
        self._refresh()

    def set_found(self, found: tuple[Candidate, ...] | None) -> None:
        """What the search named, the best first; None before any search."""
        self._found = found
        self._refresh()

    def set_words(self, words: str) -> None:
        """List the sides in which all of these words occur."""
        self._words = words.casefold().split()
        self._refresh()

    def set_compared(self, names: Names | None) -> None:
        """The photo is compared with this side now."""
        if names != self._compared:
            self._compared = names
            self._rows = tuple(replace(row, is_compared=row.names == names) for row in self._rows)
            self.reword()

    def set_thumbnail(self, reference: str, image: QImage) -> None:
        """The small picture of a reference has been read."""
        self._thumbnails[reference] = image
        for place, row in enumerate(self._rows):
            if row.reference == reference:
                self._put(place, replace(row, thumbnail=image))

    def _refresh(self) -> None:
        found = [
            each
            for each in self._found or ()
            if self._sides is None or (each.product, each.side) in self._sides
        ]
        named = {(each.product, each.side) for each in found}
        listed = [FoundSide(each.product, each.side, each, each.reference) for each in found]
        if self._found is None or self._words:
            listed += [FoundSide(*names) for names in self._sides or () if names not in named]
        fitting = (row for row in listed if is_named(*row.names, self._words))
        self._list(tuple(self._filled(row) for row in fitting))

    def _filled(self, row: FoundSide) -> FoundSide:
        reference = row.reference or self._known.get(row.names, "")
        return replace(
            row,
            reference=reference,
            thumbnail=self._thumbnails.get(reference),
            is_compared=row.names == self._compared,
        )

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return product_and_side(*row.names)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{product_and_side(*row.names)}\n{self.state_words(row)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(row)
        return None

    def similarity_words(self, row: FoundSide) -> str:
        """The similarity as a number; empty where nothing was measured."""
        return f"{row.candidate.similarity:.2f}" if row.candidate is not None else ""

    def side_words(self, row: FoundSide) -> str:
        """The side, and whether it is the one compared with."""
        if not row.is_compared:
            return side_word(row.side)
        return self.tr("{side} · compared now").format(side=side_word(row.side))

    def state_words(self, row: FoundSide) -> str:
        """How sure the geometry is."""
        if row.candidate is None:
            return self.tr("Not searched") if self._found is None else self.tr("Not found")
        if row.candidate.verified:
            text = self.tr("Same print: {inliers} points agree")
        else:
            text = self.tr("Not confirmed: {inliers} points agree")
        return text.format(inliers=row.candidate.inliers)

    def _sentence(self, row: FoundSide) -> str:
        parts = [row.product, self.side_words(row), self.state_words(row)]
        if row.candidate is not None:
            said = self.tr("similarity {value}").format(value=self.similarity_words(row))
            parts.insert(2, said)
        return ", ".join(parts)
