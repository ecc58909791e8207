"""What happens after a reference was taken out of the gallery: it is told, and can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.panes.intake import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from vision import Provenance, Reference


class Told:
    """Tells which reference is gone, once the job is done."""

    def __init__(self, told: Callable[[Reference], None], reference: Reference) -> None:
        self._told, self._reference = told, reference

    def __call__(self, _result: None) -> None:
        """The job is done."""
        self._told(self._reference)


class PutBack:
    """Adds a removed reference again when called."""

    def __init__(
        self,
        add: Callable[[tuple[Source, ...], str, str, Provenance], None],
        reference: Reference,
    ) -> None:
        self._add, self._reference = add, reference

    def __call__(self) -> None:
        """Undo the removal."""
        one = self._reference
        file = Path(one.path)
        self._add((Source(file.name, file),), one.product, one.side, one.provenance)
