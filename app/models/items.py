"""Photos that show the sides of one item, summed up: the most serious side speaks for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.models.photo_rows import OPEN, State
from app.side_words import side_word
from app.words import outcome_title
from vision import Outcome

if TYPE_CHECKING:
    from app.models.photo_rows import PhotoRow

_SERIOUS: Final = (  # what asks most for a look comes first
    Outcome.DIFFERS,
    Outcome.MIXED,
    Outcome.PHOTO_UNFIT,
    Outcome.CANNOT_ALIGN,
    Outcome.NOT_IN_GALLERY,
    Outcome.GALLERY_TOO_THIN,
    Outcome.AGREES,
)


@dataclass(frozen=True, slots=True)
class Item:
    """The photos of one item, at least two, in the order of the list.

    `sides` are all products and sides of the gallery.
    """

    id: str
    rows: tuple[PhotoRow, ...]
    sides: tuple[tuple[str, str], ...] = ()

    @property
    def worst(self) -> Outcome | None:
        """The most serious of the outcomes so far; None while there is none."""
        found = {row.outcome for row in self.rows if row.state is State.DONE}
        return next((outcome for outcome in _SERIOUS if outcome in found), None)

    @property
    def waiting(self) -> int:
        """How many of the photos are not yet inspected."""
        return sum(row.state in OPEN for row in self.rows)

    @property
    def unread(self) -> int:
        """How many cannot be read, or are gone."""
        return sum(row.state in (State.FAILED, State.MISSING) for row in self.rows)

    @property
    def products(self) -> tuple[str, ...]:
        """The products that the photos were compared with, each once."""
        return tuple(dict.fromkeys(row.product for row in self.rows if row.product))

    @property
    def missing(self) -> tuple[str, ...]:
        """The sides of the product that no photo shows; none where the product is in doubt."""
        if len(self.products) != 1:
            return ()
        shown = {row.side for row in self.rows}
        (product,) = self.products
        return tuple(side for name, side in self.sides if name == product and side not in shown)

    def state_words(self) -> str:
        """The state of the item in a few words."""
        if self.worst is not None and (self.worst is not Outcome.AGREES or not self._is_open):
            return outcome_title(self.worst)
        if self._is_open:
            text = QCoreApplication.translate("Item", "{done} of {count} inspected")
            return text.format(done=len(self.rows) - self.waiting, count=len(self.rows))
        return QCoreApplication.translate("Item", "Not inspected")

    @property
    def _is_open(self) -> bool:
        """Whether a photo is still to come that may change a good result."""
        return self.waiting > 0

    def count_words(self) -> str:
        """How many photos there are."""
        return QCoreApplication.translate("Item", "{count} photos").format(count=len(self.rows))

    def sides_words(self) -> str:
        """What is missing or wrong about the sides; what there is, where nothing is."""
        if len(self.products) > 1:
            return QCoreApplication.translate("Item", "Different products: {names}").format(
                names=_listed(self.products)
            )
        if self.unread:
            return QCoreApplication.translate("Item", "Cannot be read: {count}").format(
                count=self.unread
            )
        if self.missing:
            return QCoreApplication.translate("Item", "Missing: {sides}").format(
                sides=_listed(tuple(side_word(side) for side in self.missing))
            )
        shown = tuple(dict.fromkeys(side_word(row.side) for row in self.rows if row.side))
        return (
            QCoreApplication.translate("Item", "All sides: {sides}").format(sides=_listed(shown))
            if shown
            else ""
        )


def _listed(names: tuple[str, ...]) -> str:
    return QCoreApplication.translate("Item", ", ").join(names)
