"""A step that sets a known length does not hold what it is set on."""

from __future__ import annotations

import weakref

from app.panes.measuring import _KnownCommand
from app.store import KnownLength


class Lengths:
    """What is measured by, as far as its step knows it."""

    def __init__(self) -> None:
        self.known: list[KnownLength | None] = []

    def set_known(self, _reference: str, known: KnownLength | None) -> None:
        self.known.append(known)


def test_a_known_length_is_undone_and_holds_nobody(qapp: object) -> None:
    lengths, known = Lengths(), KnownLength((0, 0), (10, 0), 5.0)
    command = _KnownCommand(lengths, "a" * 64, None, known)
    command.redo()
    command.undo()
    assert lengths.known == [known, None]
    gone = weakref.ref(lengths)
    del lengths
    assert gone() is None
