"""The only way to tell staff something: one signal, shown by one bar.

A message keeps its words untranslated, so that it can be said again after a change of language.
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal
from typing_extensions import override

from app.words import error_sentence
from vision import TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)

_OURS = QT_TRANSLATE_NOOP(
    "messages",
    "Touchstone made a mistake here. Your photos and the gallery are untouched. "
    "Copy the details and send them to whoever looks after the program.",
)


class Kind(Enum):
    """How much a message asks for."""

    INFO = "info"
    HINT = "hint"  # how to use the tool in hand; goes when that is put down
    WARNING = "warning"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Marked:
    """A field of a message that is marked for translation itself, in a context of its own."""

    context: str
    source: str

    @override
    def __str__(self) -> str:
        return QCoreApplication.translate(self.context, self.source)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell.

    `source` is the English text, marked for translation in the context "messages"; `fields` fill
    it. A message made from an error is worded by app.words instead. `details` is for people who
    mend the program. `undo`, where given, takes back what the message tells of.
    """

    kind: Kind
    source: str = ""
    fields: Mapping[str, str | Marked] = field(default_factory=dict)
    error: Exception | None = None
    details: str = ""
    undo: Callable[[], object] | None = None

    def text(self) -> str:
        """The sentence in the language of now."""
        if self.error is not None and not self.source:
            return error_sentence(self.error)
        return QCoreApplication.translate("messages", self.source).format(**self.fields)


def is_worlds_fault(error: BaseException) -> bool:
    """Whether the world stood in the way (a file, a disk, memory), and not a mistake of ours."""
    return isinstance(error, (TouchstoneError, OSError, MemoryError))


class Messages(QObject):
    """Takes what panes have to say and hands it to the bar."""

    said = Signal(object)
    hint_over = Signal(str)

    def say(
        self, source: object, *, undo: Callable[[], object] | None = None, **fields: str | Marked
    ) -> None:
        """Tell something that needs no act."""
        self.said.emit(Message(Kind.INFO, str(source), fields, undo=undo))

    def hint(self, source: object) -> None:
        """Tell how to use the tool in hand, until `end_hint`."""
        self.said.emit(Message(Kind.HINT, str(source)))

    def end_hint(self, source: object) -> None:
        """The tool was put down: its hint is of no use any more."""
        self.hint_over.emit(str(source))

    def warn(self, source: object, **fields: str) -> None:
        """Tell what could not be done, and what to do instead."""
        self.said.emit(Message(Kind.WARNING, str(source), fields))

    def fail(self, error: BaseException) -> None:
        """Tell of an error: a notice if it is the world's fault, else details to copy."""
        if isinstance(error, Exception) and is_worlds_fault(error):
            _log.warning("%s", error)
            self.said.emit(Message(Kind.WARNING, error=error))
            return
        details = "".join(traceback.format_exception(error))
        _log.error("a mistake in the program:\n%s", details)
        self.said.emit(Message(Kind.MISTAKE, str(_OURS), details=details))
