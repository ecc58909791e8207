"""From what a check found to where it is mended: the facts to say, or the pictures to add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.store import Gap
from vision import Flaw, Mend

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.models.references import SideListModel
    from app.panes.gallery_forms import GalleryForms
    from app.panes.reference_view import ReferenceView

_SAID: Final = {
    Mend.SAY_WHO: "vouched_by",
    Mend.RENEW: "valid_to",
    Mend.WRITE_DATE: "valid_to",
}
_ADDED: Final = (Mend.ADD_REFERENCES, Mend.ADD_AGAIN)


@dataclass(frozen=True, slots=True)
class Mending:
    """What mends a finding: to say `field` of `references`, of the product where there are none.

    Without a field, pictures of the side are to be added.
    """

    product: str
    side: str
    field: str = ""
    references: tuple[str, ...] = ()


def mending_of(found: Flaw | Gap | None) -> Mending | None:
    """What mends it; None where that is done otherwise."""
    if isinstance(found, Gap):
        return Mending(found.product, found.side, found.field, found.references)
    if found is None:
        return None
    if found.mend in _ADDED:
        return Mending(found.product, found.side)
    if field := _SAID.get(found.mend, ""):
        return Mending(found.product, found.side, field, found.references)
    return None


class CheckMends(QObject):
    """Leads from the page of the check to the side concerned and the form where it is mended.

    Args:
        sides: every side of the gallery.
        show_side: shows the references of a product and side.
        references: lists those of the side that is shown.
        forms: where facts are said and pictures added.
        parent: owns this.
    """

    def __init__(
        self,
        sides: SideListModel,
        show_side: Callable[[str, str], None],
        references: ReferenceView,
        forms: GalleryForms,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sides, self._show_side = sides, show_side
        self._references, self._forms = references, forms

    def lead(self, mending: Mending) -> None:
        """Show where it is done."""
        self._show_side(mending.product, self._side_to_show(mending))
        if not mending.field:
            self._forms.begin_adding(mending.product, mending.side)
            return
        if mending.references:
            self._references.clearSelection()
            self._references.choose(mending.references)
        self._forms.begin_saying(mending.field, of_product=not mending.references)

    def _side_to_show(self, mending: Mending) -> str:
        """The side itself, or another one of its product where there is nothing of it yet."""
        own = [row.side for row in self._sides.all_rows if row.product == mending.product]
        return mending.side if mending.side in own or not own else own[0]
