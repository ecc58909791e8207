"""Files become references: kept one after the other, told, then made known to the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal

from app.tasks import Lane, run

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.intake import Source
    from app.panes.reference_form import ReferenceForm
    from app.panes.workbench import Added, Workbench
    from vision import Provenance


class ReferenceAdding(QObject):
    """`kept` tells that files have been kept, `known` that the search knows them too."""

    kept = Signal()
    known = Signal()

    def __init__(
        self, bench: Workbench, messages: Messages, form: ReferenceForm, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench, self._messages, self._form = bench, messages, form
        self._added: list[Added] = []
        self._count = 0

    def add(
        self, sources: tuple[Source, ...], product: str, side: str, provenance: Provenance
    ) -> None:
        """Keep files as references of one side."""
        self._added = []
        self._count = len(sources)
        self._form.set_progress(0, self._count)
        run(
            self._bench.add(sources, product, side, provenance),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_added,
            on_done=self._on_all_added,
            on_failed=self._on_failed,
        )

    def _on_added(self, added: Added) -> None:
        self._added.append(added)
        self._form.set_progress(len(self._added), self._count)
        if added.error is not None:
            self._messages.fail(added.error)

    def _on_all_added(self, _result: None) -> None:
        kept = tuple(added.reference for added in self._added if added.reference is not None)
        self._form.set_progress(1, 1)
        if kept:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "References added: {count}."), count=str(len(kept))
            )
        run(
            self._bench.take_up(kept),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_known,
            on_failed=self._messages.fail,
        )
        self.kept.emit()

    def _on_known(self, _result: None) -> None:
        self.known.emit()

    def _on_failed(self, error: Exception) -> None:
        self._form.set_progress(1, 1)
        self._messages.fail(error)
        self.kept.emit()
