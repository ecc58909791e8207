"""Which rows of the triage table are shown, and by what they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from app.store import Decided

if TYPE_CHECKING:
    from app.models.triage_rows import TriageRow


class Grouping(Enum):
    """What the rows of one group have in common."""

    NONE = "none"
    SAME_PHOTO = "same_photo"
    ITEM = "item"
    PRODUCT = "product"


class Wanted(Enum):
    """Which rows, by what people have decided."""

    ALL = "all"
    OPEN = "open"
    DECIDED = "decided"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class TriageFilter:
    """What a row must be like; None and "" ask nothing.

    `aside` asks for what is no photo, instead of photos.
    """

    outcome: str | None = None
    aside: bool = False
    product: str | None = None
    folder: str | None = None
    fault: str | None = None
    wanted: Wanted = Wanted.ALL
    words: str = ""

    def accepts(self, row: TriageRow, decided: Decided | None) -> bool:
        """Whether a row is shown."""
        if row.is_photo == self.aside:
            return False
        if self.outcome is not None and self.outcome != row.outcome:
            return False
        if self.product is not None and self.product != row.product:
            return False
        if self.folder is not None and self.folder != row.folder:
            return False
        if self.fault is not None and self.fault not in row.faults:
            return False
        if self.words and not all(one in row.path.casefold() for one in self.words.split()):
            return False
        return self._is_wanted(row, decided)

    def _is_wanted(self, row: TriageRow, decided: Decided | None) -> bool:
        match self.wanted:
            case Wanted.OPEN:
                return decided is None and row.is_judged
            case Wanted.DECIDED:
                return decided in (Decided.AGREES, Decided.DIFFERS)
            case Wanted.LATER:
                return decided is Decided.LATER
        return True
