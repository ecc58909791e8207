"""Widgets of one size of which one is seen: hidden ones keep up, so showing one moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Pages(QWidget):
    """Like a QStackedWidget, except that hidden pages are resized with the others.

    A page that learned its size only when it is shown would be laid out twice, and pictures in it
    would jump.
    """

    def __init__(self, pages: tuple[QWidget, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        for page in pages:
            page.setParent(self)
            page.setVisible(page is pages[0])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        least = [page.minimumSizeHint() for page in pages]
        self.setMinimumSize(
            min(420, max(size.width() for size in least)), max(size.height() for size in least)
        )

    @property
    def shown(self) -> QWidget:
        """The page that is seen."""
        return next((page for page in self._pages if not page.isHidden()), self._pages[0])

    def show_page(self, wanted: QWidget) -> None:
        """Show one page instead of the one before; the keyboard goes with it."""
        before = self.shown
        if wanted is before:
            return
        had_focus = before.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        wanted.setGeometry(self.rect())
        wanted.show()
        if had_focus:
            wanted.setFocus()
        before.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for page in self._pages:
            page.setGeometry(self.rect())
