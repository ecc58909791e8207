"""The one bar below everything: what there is to tell, and quietly what is going on."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton
from typing_extensions import override

from app.messages import Kind, Message, Messages
from app.views.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_INFO_STAYS_MS = 12_000
_PASSING: Final = (Kind.INFO, Kind.HINT)


class MessageBar(QFrame):
    """Shows one message at a time; warnings wait until they are closed, infos go by themselves."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._message: Message | None = None
        self._waiting: deque[Message] = deque()
        self._picture, self._text, self._status = QLabel(), QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._status.setObjectName("note")
        self._copy, self._undo, self._close = QPushButton(), QPushButton(), QToolButton()
        self._copy.clicked.connect(self._on_copy)
        self._undo.clicked.connect(self.undo)
        self._close.setObjectName("close_message")
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        for widget in (self._copy, self._undo, self._close, self._status):
            row.addWidget(widget)
        self.setMinimumHeight(38)
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(_INFO_STAYS_MS)
        self._leaving.timeout.connect(self._on_close)
        messages.said.connect(self._on_said)
        messages.hint_over.connect(self._on_hint_over)
        self._refresh()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty without one."""
        return self._text.text()

    @property
    def status(self) -> str:
        """What is going on, in words."""
        return self._status.text()

    def set_status(self, words: str) -> None:
        """Say quietly what is going on; empty for nothing."""
        self._status.setText(words)
        self._status.setVisible(bool(words))

    def undo(self) -> None:
        """Take back what the shown message tells of, where it can be."""
        if self._message is not None and self._message.undo is not None:
            take_back = self._message.undo
            self._on_close()
            take_back()

    def _on_said(self, message: Message) -> None:
        shown = self._message
        if shown is not None and shown.kind not in _PASSING and message.kind in _PASSING:
            self._waiting.append(message)
            return
        if shown is not None and shown.kind not in _PASSING:
            self._waiting.appendleft(shown)
        self._show(message)

    def _on_hint_over(self, source: str) -> None:
        def is_over(message: Message) -> bool:
            return message.kind is Kind.HINT and message.source == source

        self._waiting = deque(message for message in self._waiting if not is_over(message))
        if self._message is not None and is_over(self._message):
            self._on_close()

    def _show(self, message: Message | None) -> None:
        self._message = message
        self._leaving.stop()
        if message is not None and message.kind is Kind.INFO:
            self._leaving.start()
        self._refresh()

    def _on_close(self) -> None:
        self._show(self._waiting.popleft() if self._waiting else None)

    def _on_copy(self) -> None:
        if self._message is not None:
            QGuiApplication.clipboard().setText(self._message.details)

    def _refresh(self) -> None:
        message = self._message
        self._text.setText(message.text() if message is not None else "")
        self._text.setAccessibleName(self._text.text())
        for widget, shown in (
            (self._picture, message is not None),
            (self._copy, message is not None and bool(message.details)),
            (self._undo, message is not None and message.undo is not None),
            (self._close, message is not None),
            (self._status, bool(self._status.text())),
        ):
            widget.setVisible(shown)
        kind = message.kind if message is not None else Kind.INFO
        name = "info" if kind in _PASSING else "warning"
        self._picture.setPixmap(icon(name).pixmap(QSize(20, 20), self.devicePixelRatioF()))
        self._close.setIcon(icon("close"))
        self._copy.setText(self.tr("Copy details"))
        self._undo.setText(self.tr("Undo"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        if self.property("kind") != kind.value:
            self.setProperty("kind", kind.value)
            self.style().unpolish(self)
            self.style().polish(self)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._refresh()
        super().changeEvent(event)
