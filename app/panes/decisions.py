"""What examiners decide of photos, as it is now: changed at once, written at once, undone."""

from __future__ import annotations

import weakref
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from app.panes.finding_book import author
from app.panes.journal import Journal
from app.store import Decision
from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.messages import Messages
    from app.panes.workbench import Workbench
    from app.store import Decided, Subject

_DECISION: Final = QT_TRANSLATE_NOOP("acts", "decision")

_Change = tuple["Subject", "Decision | None", "Decision | None"]  # before and after


class Decisions(QObject):
    """`loaded` tells all that were made before; `changed` subjects, each with its decision or None.

    What is changed together is told together.
    """

    loaded = Signal(object)
    changed = Signal(object)

    def __init__(self, bench: Workbench, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages
        self._journal = Journal(bench.keep_decision, messages)
        self._known: dict[Subject, Decision] = {}
        self._own: set[Subject] = set()  # changed here, and perhaps not written yet
        self.versions: Mapping[str, str] = {}  # what decisions made now depend on
        self.stack = QUndoStack(self)

    def load(self) -> None:
        """Read what was decided before; what is known here already goes before."""
        run(
            self._bench.decisions(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_read,
            on_failed=self._messages.fail,
        )

    def decide(self, subjects: Iterable[Subject], decided: Decided | None) -> None:
        """Decide on photos, or take decisions back; one step to undo."""
        now = datetime.now(UTC)
        changes: list[_Change] = []
        for subject in dict.fromkeys(subjects):
            before = self._known.get(subject)
            if (before.decided if before is not None else None) is decided:
                continue
            after = None
            if decided is not None:
                after = Decision(subject, decided, author(), now, dict(self.versions))
            changes.append((subject, before, after))
        if changes:
            self.stack.push(_Deciding(self, tuple(changes)))

    def put(self, changes: Iterable[tuple[Subject, Decision | None]]) -> None:
        """Do changes, for their command."""
        told = tuple(changes)
        for subject, decision in told:
            self._known.pop(subject, None)
            if decision is not None:
                self._known[subject] = decision
            self._own.add(subject)
            self._journal.add(subject, decision)
        self.changed.emit(told)
        self._journal.write_soon(self)

    def finish(self) -> None:
        """Write what is not yet written, before the program ends."""
        self._journal.finish()

    def _on_read(self, kept: tuple[Decision, ...]) -> None:
        own = {subject: one for subject, one in self._known.items() if subject in self._own}
        read = {one.subject: one for one in kept if one.subject not in self._own}
        self._known = read | own
        self.loaded.emit(tuple(self._known.values()))


class _Deciding(QUndoCommand):
    """Decisions made together."""

    def __init__(self, decisions: Decisions, changes: tuple[_Change, ...]) -> None:
        super().__init__(str(_DECISION))  # said in the language of the moment
        # Weakly: else stack, command and owner make a circle that is destroyed twice.
        self._decisions, self._changes = weakref.proxy(decisions), changes

    @override
    def redo(self) -> None:
        self._decisions.put((subject, after) for subject, _, after in self._changes)

    @override
    def undo(self) -> None:
        self._decisions.put((subject, before) for subject, before, _ in self._changes)
