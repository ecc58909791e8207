"""What stands in the middle for a photo whose pictures cannot be shown: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.photos import State
from app.panes.placeholder import Placeholder
from app.words import error_sentence

if TYPE_CHECKING:
    from app.models.photos import PhotoRow


class StateNotice(Placeholder):
    """Tells of one photo of the list."""

    def tell_of(self, row: PhotoRow, state_words: str) -> None:
        """Say how far a photo is, or what stood in the way; `state_words` as the list has them."""
        if row.state is State.FAILED and row.error is not None:
            self.tell("failed", row.name, error_sentence(row.error))
        elif row.state is State.MISSING:
            hint = self.tr(
                "The file is no longer at {path}. Put it back and press R, or press Delete to take "
                "it off the list."
            )
            self.tell("failed", row.name, hint.format(path=row.path))
        elif row.state is State.DONE:
            hint = self.tr("Press R to inspect this photo again and see its pictures.")
            said = self.tr("{state}. {hint}")
            self.tell("stopped", row.name, said.format(state=state_words, hint=hint))
        elif row.state is State.STOPPED:
            hint = self.tr(
                "This photo was not inspected. Press R to inspect it now, or Shift+R to go on with "
                "all that were stopped."
            )
            self.tell("stopped", row.name, hint)
        else:
            self.tell("waiting", row.name, state_words, busy=row.state is not State.WAITING)
