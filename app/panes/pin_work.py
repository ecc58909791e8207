"""Aligning by hand: opens the editor of pins, keeps drafts, and has the photo laid by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal

from app.panes.pin_draft import Draft
from app.panes.pin_editor import PinEditor
from app.panes.side_choice import SideChoice
from app.panes.workbench import Choice
from app.side_words import product_and_side
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from app.messages import Messages
    from app.panes.actions import ActionBook
    from app.panes.filmstrip import Filmstrip
    from app.panes.photo_queue import PhotoQueue
    from app.panes.workbench import Inspected, PinGround, Workbench
    from vision import Matrix, Pinned

_MOVED: Final = QT_TRANSLATE_NOOP(
    "messages", "The pins lay on a reference that this side no longer has. Set them anew."
)


class PinWork(QObject):
    """`changed` tells that the editor came or went."""

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
        self._side: tuple[str, str] | None = None  # on which pins are being set
        self._opening: Ticket | None = None
        self._drafts: dict[int, tuple[str, Draft]] = {}  # of photos that were left meanwhile
        self._ground = ""
        self.editor = PinEditor()
        actions.add("pins", self.open, icon_name="pins", keys=("P",))
        self.editor.used.connect(self._on_used)
        self.editor.forgotten.connect(self._on_forgotten)
        self.editor.closed.connect(self.close)

    def attach(self, filmstrip: Filmstrip) -> None:
        """Work on the photos of this strip."""
        self._filmstrip = filmstrip

    @property
    def is_open(self) -> bool:
        """Whether pins are being set."""
        return self._side is not None

    def take(self, key: int, found: Inspected | None) -> None:
        """Another photo is looked at, or the same one compared anew; None while it is not."""
        if self.is_open and (key != self._key or found is not self._found):
            self._leave()
        self._key, self._found = key, found
        self.refresh_actions()

    def open(self) -> None:
        """Set pins on the photo that is looked at."""
        side = self._found.meant_side if self._found is not None else None
        if side is None or self.is_open:
            return
        self._side = side
        self._opening = run(
            self._bench.pin_ground(*side),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_ground,
            on_failed=self._on_failed,
            urgent=True,
        )
        self.changed.emit()
        self.editor.setFocus()

    def close(self) -> None:
        """Go back to the pictures; the pins stay as they are, for another time."""
        self._leave()
        self.changed.emit()

    def refresh_actions(self) -> None:
        """Let only that be done which can be done."""
        found = self._found
        can = found is not None and found.meant_side is not None and not self.is_open
        self._actions["pins"].setEnabled(can)

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        return {"pins": self.tr("Align by hand…")}

    def _leave(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        draft = self.editor.leave()
        if self._ground:
            self._drafts[self._key] = self._ground, draft
        self._side, self._ground = None, ""

    def _on_ground(self, ground: PinGround) -> None:
        self._opening = None
        found, side = self._found, self._side
        if found is None or side is None:
            return
        self._ground = ground.reference
        draft = self._draft(ground.reference)
        name = product_and_side(*side)
        self.editor.open(found.scene.photo, ground, name, draft, self._known(ground))

    def _on_failed(self, error: Exception) -> None:
        self._opening = None
        self._messages.fail(error)
        self.close()

    def _draft(self, reference: str) -> Draft:
        """The pins to begin with: those that were left, or those by which the photo lies."""
        kept_on, kept = self._drafts.get(self._key, ("", Draft()))
        if kept_on == reference:
            return kept
        pinned = self._queue.choice(self._key).pinned
        if pinned is None:
            return Draft()
        if pinned.reference != reference:
            self._messages.warn(_MOVED)
            return Draft()
        return Draft.of(pinned.pins)

    def _known(self, ground: PinGround) -> Matrix | None:
        """How the program laid the photo on this very reference."""
        comparison = self._found.inspection.comparison if self._found is not None else None
        if comparison is None or comparison.reference.sha256 != ground.reference:
            return None
        return comparison.alignment.matrix

    def _on_used(self, pinned: Pinned) -> None:
        side, choice = self._side, self._queue.choice(self._key)
        if side is None:
            return
        self._lay(Choice(*side, pinned, is_found=not choice.is_by_hand))

    def _on_forgotten(self) -> None:
        self._drafts.pop(self._key, None)
        self._ground = ""
        self._lay(self._queue.choice(self._key).without_pins())

    def _lay(self, choice: Choice) -> None:
        self.close()
        if choice != self._queue.choice(self._key):
            self._stack.push(SideChoice(self._queue, self._key, choice, self._filmstrip.choose))
        self._drafts.pop(self._key, None)
