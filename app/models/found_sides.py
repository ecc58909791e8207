"""What a search by hand lists: ranked sides first, then any other side whose name is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from app.plain_text import tip_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Candidate

Index = QModelIndex | QPersistentModelIndex
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


class FoundSideModel(QAbstractListModel):
    """Ranked candidates; with words, or without a search, every side of the gallery that fits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides: tuple[Names, ...] | None = None
        self._known: dict[Names, str] = {}
        self._found: tuple[Candidate, ...] | None = None
        self._words: list[str] = []
        self._thumbnails: dict[str, QImage] = {}
        self._compared: Names | None = None
        self._rows: tuple[FoundSide, ...] = ()

    @property
    def rows(self) -> tuple[FoundSide, ...]:
        """The rows that are listed."""
        return self._rows

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
                changed = replace(row, thumbnail=image)
                self._rows = (*self._rows[:place], changed, *self._rows[place + 1 :])
                self.dataChanged.emit(self.index(place), self.index(place))

    def reword(self) -> None:
        """All words have changed with the language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

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
        rows = tuple(self._filled(row) for row in listed if self._fits(row))
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _fits(self, row: FoundSide) -> bool:
        name = f"{row.product} {row.side}".casefold()
        return all(word in name for word in self._words)

    def _filled(self, row: FoundSide) -> FoundSide:
        reference = row.reference or self._known.get(row.names, "")
        return replace(
            row,
            reference=reference,
            thumbnail=self._thumbnails.get(reference),
            is_compared=row.names == self._compared,
        )

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.product} · {row.side}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip_of(f"{row.product} · {row.side}\n{self.state_words(row)}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(row)
            case _ if role == FOUND_ROLE:
                return row
        return None

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), FOUND_ROLE: QByteArray(b"found")}

    def similarity_words(self, row: FoundSide) -> str:
        """The similarity as a number; empty where nothing was measured."""
        return f"{row.candidate.similarity:.2f}" if row.candidate is not None else ""

    def side_words(self, row: FoundSide) -> str:
        """The side, and whether it is the one compared with."""
        if not row.is_compared:
            return row.side
        return self.tr("{side} · compared now").format(side=row.side)

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
