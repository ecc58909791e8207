"""Searching by hand: a region is drawn, the gallery searched with it, a side chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal

from app.panes.search_pane import Searched, SearchPane
from app.panes.side_choice import SideChoice
from app.panes.workbench import Choice
from app.tasks import Lane, Ticket, run
from app.views.pixels import cut_out
from app.views.region_marks import DrawnOn
from app.views.scene import THUMBNAIL_SIDE

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QUndoStack

    from app.messages import Messages
    from app.panes.actions import ActionBook
    from app.panes.comparing_desk import ComparingDesk
    from app.panes.filmstrip import Filmstrip
    from app.panes.photo_queue import PhotoQueue
    from app.panes.workbench import Inspected, Workbench
    from app.views.region_marks import Drawn
    from vision import Box, Candidate, Reference, Vertices

_PICTURED: Final = 60  # rows of the list whose small pictures are read
SEARCH_MENU: Final = "i:search_region i:search_photo i:search_gallery i:automatic"
_PENCIL_HINT: Final = QT_TRANSLATE_NOOP(
    "messages",
    "On the photo: drag a box round the label, or click corner after corner and "
    "double-click the last one. Esc puts the pencil down.",
)


class SearchWork(QObject):
    """`changed` tells that the pane came or went, or that a search began or ended."""

    changed = Signal()

    def __init__(
        self,
        bench: Workbench,
        actions: ActionBook,
        queue: PhotoQueue,
        stack: QUndoStack,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bench, self._actions, self._queue = bench, actions, queue
        self._stack, self._messages = stack, messages
        self._key = 0
        self._found: Inspected | None = None
        self._searching: Ticket | None = None
        self._picturing: Ticket | None = None
        self._listing: Ticket | None = None
        self._references: dict[str, Reference] = {}
        self._asked_for: set[str] = set()
        self._was_as_taken: bool | None = None
        self._make_actions()
        self.pane = SearchPane(actions)
        self.pane.chosen.connect(self.choose)
        self.pane.closed.connect(self.close)
        self.pane.listed.connect(self._picture)

    def _make_actions(self) -> None:
        add = self._actions.add
        add("search_region", self._on_pencil, icon_name="search-region", keys=("Q",), checked=False)
        add("search_photo", self.search_photo, icon_name="search-photo", keys=("Shift+Q",))
        add(
            "search_gallery",
            self._on_opened,
            icon_name="search-gallery",
            keys=("Ctrl+F",),
            checked=False,
        )
        add("automatic", self.back_to_automatic, icon_name="automatic", keys=("Ctrl+R",))

    def attach(self, view: ComparingDesk, filmstrip: Filmstrip) -> None:
        """Work on these widgets from now on."""
        self._view, self._filmstrip = view, filmstrip
        view.region_drawn.connect(self._on_drawn)
        view.drawing_ended.connect(self._put_down)
        self._actions["add_region"].toggled.connect(self._on_other_pencil)

    @property
    def is_open(self) -> bool:
        """Whether the pane is wanted."""
        return self._actions["search_gallery"].isChecked()

    @property
    def is_busy(self) -> bool:
        """Whether the gallery is being searched."""
        return self._searching is not None

    def set_sides(self, sides: tuple[tuple[str, str], ...]) -> None:
        """The gallery holds these products and sides."""
        self.pane.set_sides(sides)
        self._asked_for.clear()
        if self._listing is not None:
            self._listing.cancel()
        self._listing = run(
            self._bench.references(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_references,
            on_failed=self._messages.fail,
        )

    def take(self, key: int, found: Inspected | None) -> None:
        """Work on another photo, or on the same one compared anew; None while it has no pictures.

        What was searched for in another photo is forgotten.
        """
        if key != self._key:
            self._cancel()
            self._put_down()
            self.pane.show_state(Searched.NOT_YET)
        elif found is None:
            self._put_down()
        is_new = key != self._key or found is not self._found
        self._key, self._found = key, found
        comparison = found.inspection.comparison if found is not None else None
        if is_new and self.pane.state is Searched.NOT_YET:
            self._show_searched(None)
        if found is not None:
            names = (comparison.product, comparison.side) if comparison is not None else None
            self.pane.model.set_compared(names)
        self.refresh_actions()

    def search_photo(self) -> None:
        """Search the gallery with the whole photo."""
        self.search(None)

    def search(self, region: Vertices | None) -> None:
        """Search the gallery with a region of the photo (its pixels), or with all of it."""
        if self._found is None:
            return
        self._cancel()
        self.open()
        self._show_searched(region)
        self.pane.show_state(Searched.BUSY)
        self._searching = run(
            self._bench.search(self._found.inspection.photo, region),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_searched,
            on_failed=self._on_failed,
            urgent=True,
        )
        self.changed.emit()

    def stop(self) -> bool:
        """Stop the search that is under way; False where there is none."""
        if self._searching is None:
            return False
        self._cancel()
        self.pane.show_state(Searched.STOPPED)
        self.changed.emit()
        return True

    def choose(self, product: str, side: str) -> None:
        """Compare the photo with this product and side; it can be undone."""
        self._compare(Choice(product, side))

    def back_to_automatic(self) -> None:
        """Compare the photo with what the search finds by itself; it can be undone."""
        self._compare(Choice())

    def open(self) -> None:
        """Show the pane."""
        self._actions["search_gallery"].setChecked(True)

    def close(self) -> None:
        """Put the pane away."""
        self.stop()
        self._actions["search_gallery"].setChecked(False)
        self._view.focus_picture()

    def _compare(self, choice: Choice) -> None:
        if self._queue.row(self._key) is None or choice == self._queue.choice(self._key):
            return
        self._stack.push(SideChoice(self._queue, self._key, choice, self._filmstrip.choose))
        self.refresh_actions()

    def _cancel(self) -> None:
        if self._searching is not None:
            self._searching.cancel()
            self._searching = None

    def _on_opened(self, wanted: bool) -> None:
        self.changed.emit()
        if wanted:
            self._picture()
            if not self.is_busy:
                self.pane.focus_words()

    def _on_searched(self, found: tuple[Candidate, ...]) -> None:
        self._searching = None
        self.pane.show_state(Searched.DONE, found)
        if found:
            self.pane.list.setFocus()
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._searching = None
        self.pane.show_state(Searched.FAILED)
        self._messages.fail(error)
        self.changed.emit()

    def _on_pencil(self, wanted: bool) -> None:
        as_taken = self._actions["as_taken"]
        if not wanted:
            self._messages.end_hint(_PENCIL_HINT)
            if not self._actions["add_region"].isChecked():
                self._view.set_drawing(False)
            if self._was_as_taken is not None:
                as_taken.setChecked(self._was_as_taken)
                self._was_as_taken = None
            return
        self._actions["add_region"].setChecked(False)
        if self._view.is_pair:
            self._was_as_taken = as_taken.isChecked()
            as_taken.setChecked(True)
        self._view.set_drawing(True, on_reference=False)
        self._messages.hint(_PENCIL_HINT)

    def _on_other_pencil(self, wanted: bool) -> None:
        if wanted:
            self._put_down()

    def _put_down(self) -> None:
        self._actions["search_region"].setChecked(False)

    def _on_drawn(self, drawn: Drawn) -> None:
        if self._actions["search_region"].isChecked() and drawn.on is DrawnOn.PHOTO:
            self._put_down()
            self.search(drawn.polygon)

    def _show_searched(self, region: Vertices | None) -> None:
        picture: QImage | None = None
        box: Box | None = None
        if self._found is not None:
            picture = cut_out(self._found.scene.photo, region, THUMBNAIL_SIDE)
        if region is not None:
            xs, ys = zip(*region, strict=True)
            box = round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))
        self.pane.show_searched(picture, box)

    def _on_references(self, references: tuple[Reference, ...]) -> None:
        self._references = {reference.id: reference for reference in references}
        first: dict[tuple[str, str], str] = {}
        for reference in references:
            first.setdefault((reference.product, reference.side), reference.id)
        self.pane.model.set_references(first)

    def _picture(self) -> None:
        """Have the small pictures of the first rows read, once each."""
        rows = self.pane.model.rows[:_PICTURED] if self.is_open else ()
        wanted = [
            self._references[row.reference]
            for row in rows
            if row.thumbnail is None and row.reference in self._references
        ]
        new = [one for one in wanted if one.id not in self._asked_for]
        if not new:
            return
        if self._picturing is not None:
            self._picturing.cancel()
        self._asked_for = {one.id for one in wanted}
        self._picturing = run(
            self._bench.thumbnails(tuple(wanted)),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_thumbnail,
            on_failed=self._messages.fail,
        )

    def _on_thumbnail(self, step: tuple[str, QImage]) -> None:
        self.pane.model.set_thumbnail(*step)

    def refresh_actions(self) -> None:
        """Let only that be done which can be done."""
        has_photo = self._found is not None
        for name in ("search_region", "search_photo"):
            self._actions[name].setEnabled(has_photo)
        row = self._queue.row(self._key)
        self._actions["search_gallery"].setEnabled(row is not None)
        can_go_back = row is not None and not self._queue.choice(self._key).is_automatic
        self._actions["automatic"].setEnabled(can_go_back)

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        return {
            "search_region": self.tr("Search with a region"),
            "search_photo": self.tr("Search with the whole photo"),
            "search_gallery": self.tr("Another product or side…"),
            "automatic": self.tr("Back to the automatic choice"),
        }

    def short_words(self) -> dict[str, str]:
        """What stands on the buttons."""
        return {
            "search_region": self.tr("Draw a region"),
            "search_photo": self.tr("Search the whole photo"),
            "automatic": self.tr("Back to automatic"),
        }
