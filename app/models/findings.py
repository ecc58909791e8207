"""What was found in one photo: its numbered regions, and the candidates of the gallery."""

from __future__ import annotations

from dataclasses import dataclass
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

from app.text_words import difference_title, wording_phrase
from app.words import channel_name
from vision import Channel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Candidate, Region

Index = QModelIndex | QPersistentModelIndex
REGION_ROLE: Final = int(Qt.ItemDataRole.UserRole)
CANDIDATE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region with the two pictures of its place."""

    region: Region
    suspect: QImage | None = None
    reference: QImage | None = None


class RegionListModel(QAbstractListModel):
    """The regions of one comparison, the most striking first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RegionRow, ...] = ()

    @property
    def rows(self) -> tuple[RegionRow, ...]:
        """All rows in order."""
        return self._rows

    def set_rows(self, rows: tuple[RegionRow, ...]) -> None:
        """Show the regions of another photo."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def place_of(self, number: int) -> int:
        """The place of a region in the list, or -1."""
        places = (place for place, row in enumerate(self._rows) if row.region.number == number)
        return next(places, -1)

    def reword(self) -> None:
        """All words have changed with the language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

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
                return difference_title(row.region.channel, row.region.text)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self.sentence(row)
            case _ if role == REGION_ROLE:
                return row
        return None

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), REGION_ROLE: QByteArray(b"region")}

    def sentence(self, row: RegionRow) -> str:
        """The figures of a region in a sentence."""
        if row.region.channel is Channel.CODES:
            text = self.tr("Region {number}, {channel}: not what the references carry here.")
            return text.format(number=row.region.number, channel=channel_name(row.region.channel))
        if row.region.text is not None:
            text = self.tr("Region {number}, {channel}: {letters}.")
            return text.format(
                number=row.region.number,
                channel=channel_name(row.region.channel),
                letters=wording_phrase(row.region.text),
            )
        text = self.tr(
            "Region {number}, {channel}: measured {measured}; genuine items differ by up to "
            "{spread} here."
        )
        return text.format(
            number=row.region.number,
            channel=channel_name(row.region.channel),
            measured=f"{row.region.measured:.3g}",
            spread=f"{row.region.genuine_spread:.3g}",
        )


class CandidateListModel(QAbstractListModel):
    """Products and sides that may stand in the photo, the likeliest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Candidate, ...] = ()

    @property
    def rows(self) -> tuple[Candidate, ...]:
        """All candidates in order."""
        return self._rows

    def set_rows(self, rows: tuple[Candidate, ...]) -> None:
        """Show the candidates of another photo."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def reword(self) -> None:
        """All words have changed with the language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        candidate = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{candidate.product} · {candidate.side}"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{candidate.product} · {candidate.side}\n{self.state_words(candidate)}"
            case _ if role == CANDIDATE_ROLE:
                return candidate
        return None

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), CANDIDATE_ROLE: QByteArray(b"candidate")}

    def state_words(self, candidate: Candidate) -> str:
        """How sure the geometry is."""
        if candidate.verified:
            text = self.tr("Same print: {inliers} points agree")
        else:
            text = self.tr("Not confirmed: {inliers} points agree")
        return text.format(inliers=candidate.inliers)
