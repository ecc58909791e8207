"""What was found in one photo: its regions with what examiners say of them, and the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from typing_extensions import override

from app.finding_words import opinion_name
from app.models.row_list import RowListModel
from app.side_words import product_and_side
from app.text_words import difference_title, wording_phrase
from app.words import channel_name
from vision import Candidate, Channel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QImage

    from app.store import Finding, Opinion
    from vision import Region

REGION_ROLE: Final = int(Qt.ItemDataRole.UserRole)
CANDIDATE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
FIRST_ADDED: Final = 1000  # numbers of regions that were not measured begin after it


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region with the two pictures of its place, and what an examiner says of it.

    Without `region` it was not measured: an examiner added it, or spoke of it when it was still
    found; `added` then is its place among these, from 1.
    """

    region: Region | None
    suspect: QImage | None = None
    reference: QImage | None = None
    finding: Finding | None = None
    added: int = 0

    @property
    def number(self) -> int:
        """What the row is chosen by; the two kinds never have the same."""
        return self.region.number if self.region is not None else FIRST_ADDED + self.added

    @property
    def label(self) -> str:
        """What stands on the badge."""
        return str(self.region.number) if self.region is not None else f"+{self.added}"

    @property
    def opinion(self) -> Opinion | None:
        """What the examiner takes the difference for."""
        return self.finding.opinion if self.finding is not None else None


def in_order(regions: Iterable[Region]) -> list[Region]:
    """Regions by how far they lie outside the genuine spread, the farthest first."""
    return sorted(regions, key=lambda region: (-region.ratio, region.number))


class RegionListModel(RowListModel[RegionRow]):
    """The regions of one comparison, those farthest outside the genuine spread first."""

    ROLE = REGION_ROLE
    ROLE_NAME = b"region"

    def set_rows(self, rows: tuple[RegionRow, ...]) -> None:
        """Show the regions of another photo."""
        self._list(rows)

    def place_of(self, number: int) -> int:
        """The place of a region in the list, or -1."""
        places = (place for place, row in enumerate(self._rows) if row.number == number)
        return next(places, -1)

    @override
    def told(self, place: int, role: int) -> object:
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(row)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self.sentence(row)
        return None

    def replace_rows(self, rows: tuple[RegionRow, ...]) -> None:
        """Show the same regions with other findings; what is chosen stays chosen."""
        if [row.number for row in rows] != [row.number for row in self._rows]:
            self.set_rows(rows)
            return
        self._rows = rows
        self.reword()

    def title(self, row: RegionRow) -> str:
        """What a region is, in a few words."""
        if row.region is not None:
            return difference_title(row.region.channel, row.region.text)
        if row.finding is not None and row.finding.by_hand:
            return self.tr("Added by hand")
        return self.tr("No longer stands out")

    def opinion_words(self, row: RegionRow) -> str:
        """What the examiner takes it for, or that nobody has said."""
        if row.opinion is None:
            return self.tr("Not looked at yet")
        return opinion_name(row.opinion)

    def sentence(self, row: RegionRow) -> str:
        """A region in sentences: its figures, what the examiner says, and the note."""
        note = row.finding.note if row.finding is not None else ""
        parts = (self.figures(row), f"{self.opinion_words(row)}.", note)
        return " ".join(part for part in parts if part)

    def figures(self, row: RegionRow) -> str:
        """The figures of a region in a sentence."""
        region = row.region
        if region is None:
            text = self.tr("Region {label}: {title}; nothing was measured.")
            return text.format(label=row.label, title=self.title(row))
        channel = channel_name(region.channel)
        if region.channel is Channel.CODES:
            text = self.tr("Region {number}, {channel}: not what the references carry here.")
            return text.format(number=region.number, channel=channel)
        if region.text is not None:
            text = self.tr("Region {number}, {channel}: {letters}.")
            letters = wording_phrase(region.text)
            return text.format(number=region.number, channel=channel, letters=letters)
        text = self.tr(
            "Region {number}, {channel}: measured {measured}; genuine items differ by up to "
            "{spread} here."
        )
        return text.format(
            number=region.number,
            channel=channel,
            measured=f"{region.measured:.3g}",
            spread=f"{region.genuine_spread:.3g}",
        )


class CandidateListModel(RowListModel[Candidate]):
    """Products and sides that may stand in the photo, the likeliest first."""

    ROLE = CANDIDATE_ROLE
    ROLE_NAME = b"candidate"

    def set_rows(self, rows: tuple[Candidate, ...]) -> None:
        """Show the candidates of another photo."""
        self._list(rows)

    @override
    def told(self, place: int, role: int) -> object:
        candidate = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return product_and_side(candidate.product, candidate.side)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                name = product_and_side(candidate.product, candidate.side)
                return f"{name}\n{self.state_words(candidate)}"
        return None

    def state_words(self, candidate: Candidate) -> str:
        """How sure the geometry is."""
        if candidate.verified:
            text = self.tr("Same print: {inliers} points agree")
        else:
            text = self.tr("Not confirmed: {inliers} points agree")
        return text.format(inliers=candidate.inliers)
