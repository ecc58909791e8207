"""Files become references: kept one after the other, told, then made known to the search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.panes.intake import SUFFIXES, Source, found_in, offer_from_mime
from app.tasks import Lane, run

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from app.messages import Messages
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
        self._pasted = 0

    def take(self, mime: QMimeData) -> None:
        """Gather what was dropped or pasted; adding it needs product and side."""
        name = self.tr("Pasted picture {number}").format(number=self._pasted + 1)
        offer = offer_from_mime(mime, name)
        self._pasted += len(offer.sources)
        self._form.gather(offer.sources)
        if offer.paths:
            self.add_paths(offer.paths)
        elif not offer.sources:
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "There is no picture in what was dropped or pasted. Drop picture files or "
                    "folders, or copy a picture and paste it.",
                )
            )

    def add_paths(self, paths: tuple[Path, ...]) -> None:
        """Gather files and the pictures in folders."""
        run(
            found_in(paths),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_found,
            on_failed=self._messages.fail,
        )

    def _on_found(self, sources: tuple[Source, ...]) -> None:
        self._form.gather(sources)
        if not all(self._form.names):
            self._form.product.setFocus()

    def choose_files(self) -> None:
        """Let a person choose files."""
        endings = " ".join(f"*{ending}" for ending in sorted(SUFFIXES))
        kinds = f"{self.tr('Pictures')} ({endings});;{self.tr('All files')} (*)"
        title = self.tr("Choose photos of genuine items")
        names, _ = QFileDialog.getOpenFileNames(self._form, title, "", kinds)
        if names:
            self.add_paths(tuple(Path(name) for name in names))

    def paste(self) -> None:
        """Gather what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

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
