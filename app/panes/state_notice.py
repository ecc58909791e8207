"""What is said, in place of a picture, of a photo that is not compared: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.models.photos import PhotoRow, State
from app.words import error_sentence

if TYPE_CHECKING:
    from app.panes.placeholder import Placeholder


def tell_state(notice: Placeholder, row: PhotoRow, words: str) -> None:
    """Tell the state of a photo; `words` are those of the list."""
    if row.state is State.FAILED and row.error is not None:
        notice.tell("failed", row.name, error_sentence(row.error))
    elif row.state is State.MISSING:
        hint = QCoreApplication.translate(
            "InspectPane",
            "The file is no longer at {path}. Put it back and press R, or press Delete to take "
            "it off the list.",
        )
        notice.tell("failed", row.name, hint.format(path=row.path))
    elif row.state is State.DONE:
        hint = QCoreApplication.translate(
            "InspectPane", "Press R to inspect this photo again and see its pictures."
        )
        said = QCoreApplication.translate("InspectPane", "{state}. {hint}")
        notice.tell("stopped", row.name, said.format(state=words, hint=hint))
    elif row.state is State.STOPPED:
        hint = QCoreApplication.translate(
            "InspectPane",
            "This photo was not inspected. Press R to inspect it now, or Shift+R to go on with "
            "all that were stopped.",
        )
        notice.tell("stopped", row.name, hint)
    else:
        notice.tell("waiting", row.name, words, busy=row.state is not State.WAITING)
