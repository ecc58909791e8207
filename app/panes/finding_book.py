"""What examiners say, as it is now: changed at once, written at once, and undone step by step."""

from __future__ import annotations

import getpass
import weakref
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from app.panes.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.messages import Messages
    from app.panes.workbench import Workbench
    from app.store import Finding, Subject

MARK: Final = QT_TRANSLATE_NOOP("acts", "mark")
NOTE: Final = QT_TRANSLATE_NOOP("acts", "note")
ADD: Final = QT_TRANSLATE_NOOP("acts", "added region")
REMOVE: Final = QT_TRANSLATE_NOOP("acts", "removed region")


class FindingBook(QObject):
    """The findings of the photos seen so far.

    `changed` tells the subject of a finding and its id; `gone_back` the finding that was undone or
    done again, so that its place can be shown. All changes go over `stack`, which other acts may
    share.
    """

    changed = Signal(object, str)
    gone_back = Signal(object)

    def __init__(self, bench: Workbench, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = Journal(bench.keep_finding, messages)
        self._known: dict[Subject, dict[str, Finding]] = {}
        self.stack = QUndoStack(self)

    def take(self, subject: Subject, kept: Sequence[Finding]) -> None:
        """What the workspace keeps of a subject; what is known here already goes before."""
        self._known.setdefault(subject, {finding.id: finding for finding in kept})

    def of(self, subject: Subject) -> tuple[Finding, ...]:
        """The findings of a subject, in the order in which they were made."""
        known = self._known.get(subject, {}).values()
        return tuple(sorted(known, key=lambda finding: (finding.added_at, finding.id)))

    def change(
        self, before: Finding | None, after: Finding | None, act: object, *, series: int = 0
    ) -> None:
        """Put `after` in the place of `before`; it can be undone.

        `act` names it, marked for translation in the context "acts". Changes of one finding with
        the same `series` other than 0 are one step to undo, as of a note while it is typed.
        """
        if before != after:
            self.stack.push(_ChangeCommand(self, before, after, str(act), series))

    def put(self, before: Finding | None, after: Finding | None, *, goes_back: bool) -> None:
        """Do a change, for its command."""
        finding = after or before
        if finding is None:
            return
        known = self._known.setdefault(finding.subject, {})
        known.pop(finding.id, None)
        if after is not None:
            known[after.id] = after
        self._journal.add(before, after)
        self._journal.write_soon(self)
        self.changed.emit(finding.subject, finding.id)
        if goes_back:
            self.gone_back.emit(finding)

    def finish(self) -> None:
        """Write what is not yet written, before the program ends."""
        self._journal.finish()


class _ChangeCommand(QUndoCommand):
    """One change of one finding."""

    def __init__(
        self,
        book: FindingBook,
        before: Finding | None,
        after: Finding | None,
        act: str,
        series: int,
    ) -> None:
        super().__init__(act)  # said in the language of the moment
        # Weakly: the book keeps the stack that keeps this, and a circle of them is destroyed twice.
        self._book, self._series = weakref.proxy(book), series
        self._before, self._after = before, after
        self._is_new = True

    @override
    def redo(self) -> None:
        self._book.put(self._before, self._after, goes_back=not self._is_new)
        self._is_new = False

    @override
    def undo(self) -> None:
        self._book.put(self._after, self._before, goes_back=True)

    @override
    def id(self) -> int:
        return self._series or -1

    @override
    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ChangeCommand) or other._before != self._after:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


def author() -> str:
    """Who is at the computer, as the computer knows it; "" where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user; under Windows no pwd
        return ""
