"""Taking a photo off the list is undone by the stack, or by the message that told of it."""

from __future__ import annotations

import gc
import weakref
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QUndoStack

from app.messages import Message, Messages
from app.panes.photo_removal import remove_photo


class Rows:
    """The queue, as far as a removal knows it."""

    def __init__(self) -> None:
        self.keys = [1, 2]

    def row(self, key: int) -> SimpleNamespace | None:
        return SimpleNamespace(key=key, name=f"{key}.png") if key in self.keys else None

    def take_off(self, key: int) -> tuple[int, SimpleNamespace]:
        place = self.keys.index(key)
        del self.keys[place]
        return place, SimpleNamespace(key=key)

    def put_back(self, place: int, row: SimpleNamespace) -> None:
        self.keys.insert(place, row.key)


@pytest.fixture
def told() -> list[Message]:
    return []


@pytest.fixture
def messages(qapp: object, told: list[Message]) -> Messages:
    made = Messages()
    made.said.connect(told.append)
    return made


def test_the_message_takes_its_own_removal_back(messages: Messages, told: list[Message]) -> None:
    rows, stack = Rows(), QUndoStack()
    remove_photo(rows, 1, stack, messages)
    remove_photo(rows, 2, stack, messages)
    told[0].undo()
    assert rows.keys == [1]
    assert stack.index() == 2
    told[1].undo()
    assert sorted(rows.keys) == [1, 2]
    assert stack.index() == 1


def test_a_removal_does_not_hold_the_stack(messages: Messages, told: list[Message]) -> None:
    stack = QUndoStack()
    gone = weakref.ref(stack)
    gc.disable()
    try:
        remove_photo(Rows(), 1, stack, messages)
        del stack
        assert gone() is None
    finally:
        gc.enable()
