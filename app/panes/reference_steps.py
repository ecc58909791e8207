"""Stepping through the genuine references of a side beside the photo, the spot kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject

from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.actions import ActionBook
    from app.panes.comparing_desk import ComparingDesk
    from app.panes.workbench import Inspected, OtherReference, Workbench

_CHANGED: Final = QT_TRANSLATE_NOOP(
    "messages", "The references of this side have changed since. Press R to inspect again."
)
STEP_MENU: Final = "i:next_reference i:previous_reference"


class ReferenceSteps(QObject):
    """The reference that was compared with is the first; regions and measures stay its own."""

    def __init__(
        self, bench: Workbench, actions: ActionBook, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench, self._actions, self._messages = bench, actions, messages
        self._found: Inspected | None = None
        self._wanted = 0
        self._count = 0  # known once one has been seen
        self._laying: Ticket | None = None
        actions.add("next_reference", self.next, icon_name="next", keys=("K",))
        actions.add("previous_reference", self.previous, icon_name="previous", keys=("Shift+K",))

    def attach(self, desk: ComparingDesk) -> None:
        """Show them here from now on."""
        self._desk = desk
        self.refresh_actions()

    def take(self, found: Inspected | None) -> None:
        """Another photo is looked at, beside the reference that it was compared with."""
        self._cancel()
        self._found, self._wanted, self._count = found, 0, 0
        self.refresh_actions()

    def next(self) -> None:
        """Show the next reference; after the last, the first."""
        self._step(1)

    def previous(self) -> None:
        """Show the reference before; before the first, the last."""
        self._step(-1)

    def refresh_actions(self) -> None:
        """Let only that be done which can be done."""
        for name in ("next_reference", "previous_reference"):
            self._actions[name].setEnabled(self._found is not None and self._desk.is_pair)

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        return {
            "next_reference": self.tr("Next genuine reference"),
            "previous_reference": self.tr("Previous genuine reference"),
        }

    def _step(self, by: int) -> None:
        comparison = self._found.inspection.comparison if self._found is not None else None
        if comparison is None:
            return
        self._cancel()
        self._wanted += by
        if self._count:
            self._wanted %= self._count
        if self._wanted == 0:
            self._desk.show_reference(None)
            return
        self._laying = run(
            self._bench.other_reference(comparison, self._wanted),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_laid,
            on_failed=self._on_failed,
            urgent=True,
        )

    def _on_laid(self, other: OtherReference | None) -> None:
        self._laying = None
        if other is None:
            self._messages.warn(_CHANGED)
            self._wanted = 0
            return
        self._count, self._wanted = other.count, other.number
        self._desk.show_reference(other if other.number else None)

    def _on_failed(self, error: Exception) -> None:
        self._laying = None
        self._messages.fail(error)

    def _cancel(self) -> None:
        if self._laying is not None:
            self._laying.cancel()
            self._laying = None
