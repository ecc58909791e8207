"""What can be done with the chosen references: move them, straighten one, let one come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.models.references import SideRow
    from app.panes.actions import ActionBook
    from app.panes.gallery_changes import GalleryChanges
    from app.panes.gallery_lists import ReferenceList
    from app.panes.move_bar import MoveBar

CHOSEN_MENU = "g:first_reference g:straighten g:move_reference"


class ReferenceActs(QObject):
    """`straighten_wished` asks for the corners of a reference."""

    straighten_wished = Signal(object)

    def __init__(
        self,
        book: ActionBook,
        listed: ReferenceList,
        bar: MoveBar,
        changes: GalleryChanges,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._book, self._list, self._bar, self._changes = book, listed, bar, changes
        book.add("move_reference", self.move, icon_name="move", keys=("Ctrl+M",))
        book.add("straighten", self.straighten, icon_name="straighten", keys=("Ctrl+R",))
        book.add("first_reference", self.make_first, icon_name="first-reference", keys=("Ctrl+T",))
        bar.wished.connect(self._on_move_wished)

    def move(self) -> None:
        """Ask where the chosen references go."""
        chosen = self._list.chosen
        if chosen:
            self._bar.open(chosen[0].product, chosen[0].side, len(chosen))

    def make_first(self) -> None:
        """Let the chosen reference stand for its side, or leave that to the program again."""
        chosen = self._list.chosen
        if len(chosen) == 1:
            self._changes.set_canonical(chosen[0], wanted=not chosen[0].is_canonical)

    def straighten(self) -> None:
        """Ask for the corners of the chosen reference."""
        chosen = self._list.chosen
        if len(chosen) == 1:
            self.straighten_wished.emit(chosen[0])

    def take(self, ids: tuple[str, ...], row: SideRow) -> None:
        """References of the list were let go on a side."""
        dragged = [each for each in self._list.listed if each.id in ids]
        if dragged and (row.product, row.side) != (dragged[0].product, dragged[0].side):
            self._changes.move(dragged, row.product, row.side)

    def refresh(self, *, is_possible: bool) -> None:
        """Let only that be done which can be done."""
        chosen = self._list.chosen
        is_one = len(chosen) == 1
        self._book["move_reference"].setEnabled(bool(chosen) and is_possible)
        self._book["first_reference"].setEnabled(is_one and is_possible)
        self._book["straighten"].setEnabled(is_one and is_possible)
        self._book.reword(self.words())

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        chosen = self._list.chosen
        first = self.tr("Make this the first reference of its side")
        if len(chosen) == 1 and chosen[0].is_canonical:
            first = self.tr("Let the program choose the first reference")
        return {
            "move_reference": self.tr("Move to another side…"),
            "straighten": self.tr("Straighten or crop…"),
            "first_reference": first,
        }

    def _on_move_wished(self, product: str, side: str) -> None:
        self._changes.move(self._list.chosen, product, side)
