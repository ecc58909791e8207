"""Finds what shows how a shot is taken, while pictures of it are being gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.messages import Messages
    from app.panes.ghost_view import Ghost, GhostView
    from app.panes.intake import Source
    from app.panes.reference_form import ReferenceForm
    from app.panes.trainer_bench import TrainerBench


class GhostWork(QObject):
    """Looks only once files have been gathered for a product and side that are named."""

    def __init__(
        self,
        bench: TrainerBench,
        messages: Messages,
        form: ReferenceForm,
        view: GhostView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bench, self._messages, self._form, self._view = bench, messages, form, view
        self._source: Source | None = None
        self._names = ("", "")
        self._reading: Ticket | None = None
        self._finding: Ticket | None = None
        form.asked_for.connect(self.refresh)

    def refresh(self) -> None:
        """What is gathered, or what it is of, may have changed."""
        sources, names = self._form.sources, self._form.names
        source = sources[0] if sources else None
        if source is not self._source:
            self._source = source
            self._view.show_picture(None)
            self._read(source)
        wanted = names if source is not None and all(names) else ("", "")
        if wanted != self._names:
            self._names = wanted
            self._view.look_for_ghost(is_looked_for=all(wanted))
            self._find(*wanted)

    def _read(self, source: Source | None) -> None:
        if self._reading is not None:
            self._reading.cancel()
        if source is not None:
            self._reading = run(
                self._bench.small_picture(source),
                lane=Lane.FILES,
                owner=self,
                on_done=self._on_read,
                on_failed=self._on_unreadable,
            )

    def _find(self, product: str, side: str) -> None:
        if self._finding is not None:
            self._finding.cancel()
        if product:
            self._finding = run(
                self._bench.ghost(product, side),
                lane=Lane.MODEL,
                owner=self,
                on_done=self._on_found,
                on_failed=self._on_not_found,
            )

    def _on_read(self, image: QImage) -> None:
        self._view.show_picture(image)

    def _on_unreadable(self, _error: Exception) -> None:
        """Adding it will tell why."""
        self._view.show_picture(None)

    def _on_not_found(self, error: Exception) -> None:
        self._view.show_ghost(None)
        self._messages.fail(error)

    def _on_found(self, ghost: Ghost | None) -> None:
        self._view.show_ghost(ghost)
