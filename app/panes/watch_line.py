"""One line that says which folder is watched, and whether it can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.plain_text import tip_of
from app.views.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.panes.actions import ActionBook
    from app.panes.folder_watch import FolderWatch

_SIGN_PX = 17


class WatchLine(QWidget):
    """Hidden where no folder is watched."""

    def __init__(
        self, watch: FolderWatch, actions: ActionBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._sign, self._label = QLabel(), QLabel()
        self._label.setObjectName("note")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 4)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)
        row.addWidget(actions.button("unwatch_folder"))
        watch.changed.connect(self.refresh)
        self.refresh()

    @property
    def words(self) -> str:
        """The whole of what is said, also where the line is too short for it."""
        folder = self._watch.folder
        if folder is None:
            return ""
        if self._watch.is_reachable:
            return self.tr("Watched: {folder}").format(folder=folder.name or str(folder))
        return self.tr("Not reachable: {folder}").format(folder=folder.name or str(folder))

    def refresh(self) -> None:
        """Show the state of now."""
        self.setVisible(self._watch.folder is not None)
        self.setToolTip(tip_of(str(self._watch.folder or "")))
        self.setAccessibleName(self.words)
        name = "watch" if self._watch.is_reachable else "warning"
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(icon(name).pixmap(QSize(_SIGN_PX, _SIGN_PX), ratio))
        self._cut()

    def _cut(self) -> None:
        metrics = self._label.fontMetrics()
        middle = Qt.TextElideMode.ElideMiddle
        self._label.setText(metrics.elidedText(self.words, middle, max(self._label.width(), 60)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.refresh()
        super().changeEvent(event)
