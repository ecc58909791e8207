"""Opens workspace, model and gallery in the background, and says in the bar how far that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.panes.workbench import Stage
from app.tasks import Lane, run

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from app.messages import Messages
    from app.panes.message_bar import MessageBar
    from app.panes.workbench import Workbench


class Opening(QObject):
    """`demo_filled` tells the demo's suspect photos, once its gallery is in the workspace.

    Args:
        demo: cannot be asked for while it is being prepared.
    """

    demo_filled = Signal(object)

    def __init__(
        self,
        bench: Workbench,
        bar: MessageBar,
        messages: Messages,
        demo: QAction,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._bar, self._messages, self._demo = bench, bar, messages, demo
        self._stage: Stage | None = None
        self._count: int | None = None

    def open(self) -> None:
        """Open what there is."""
        run(
            self._bench.open(),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_stage,
            on_done=self._on_opened,
            on_failed=self._on_failed,
        )

    def open_demo(self) -> None:
        """Put the demo gallery into the workspace, and open that."""
        self._demo.setEnabled(False)
        self._bar.set_status(QCoreApplication.translate("Window", "Preparing the demo gallery…"))
        run(
            self._bench.fill_with_demo(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_filled,
            on_failed=self._on_failed,
        )

    def say_again(self) -> None:
        """The language has changed."""
        if self._stage is not None:
            self._on_stage(self._stage)
        else:
            self._say_count()

    def _on_filled(self, suspects: tuple[Path, ...]) -> None:
        run(
            self._bench.reopen_gallery(),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_opened,
            on_failed=self._on_failed,
        )
        self._bar.set_status(QCoreApplication.translate("Window", "Loading the gallery…"))
        self.demo_filled.emit(suspects)

    def _on_stage(self, stage: Stage) -> None:
        self._stage = stage
        self._bar.set_status(
            {
                Stage.WORKSPACE: QCoreApplication.translate("Window", "Opening the workspace…"),
                Stage.MODEL: QCoreApplication.translate("Window", "Loading the model…"),
                Stage.GALLERY: QCoreApplication.translate("Window", "Loading the gallery…"),
            }[stage]
        )

    def _on_opened(self, count: int) -> None:
        self._stage, self._count = None, count
        self._demo.setEnabled(True)
        self._say_count()

    def _say_count(self) -> None:
        if self._count is not None:
            said = QCoreApplication.translate("Window", "References in the gallery: {count}")
            self._bar.set_status(said.format(count=self._count))

    def _on_failed(self, error: Exception) -> None:
        self._stage = None
        self._demo.setEnabled(True)
        self._bar.set_status("")
        self._messages.fail(error)
