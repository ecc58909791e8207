"""One bar for all that is told: hints go with their tool, warnings wait until they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QToolButton, QWidget

from app.messages import Messages
from app.panes.message_bar import MessageBar

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture
def told(qapp: object) -> Generator[tuple[Messages, MessageBar], None, None]:
    messages = Messages()
    holder = QWidget()  # so that the bar is no window of its own
    yield messages, MessageBar(messages, holder)
    holder.deleteLater()


def test_a_hint_goes_when_its_tool_is_put_down(told: tuple[Messages, MessageBar]) -> None:
    messages, bar = told
    messages.hint("Drag a rectangle.")
    assert bar.text == "Drag a rectangle."
    messages.end_hint("Drag a rectangle.")
    assert bar.text == ""


def test_the_end_of_one_hint_leaves_another_message(told: tuple[Messages, MessageBar]) -> None:
    messages, bar = told
    messages.hint("Drag a rectangle.")
    messages.say("Marked.")
    messages.end_hint("Drag a rectangle.")
    assert bar.text == "Marked."
    messages.hint("Click two points.")
    messages.end_hint("Drag a rectangle.")
    assert bar.text == "Click two points."


def test_a_hint_waits_behind_a_warning_and_is_forgotten_with_its_tool(
    told: tuple[Messages, MessageBar],
) -> None:
    messages, bar = told
    messages.warn("The disk is full.")
    messages.hint("Drag a rectangle.")
    messages.say("Marked.")
    assert bar.text == "The disk is full."
    messages.end_hint("Drag a rectangle.")
    bar.findChild(QToolButton, "close_message").click()
    assert bar.text == "Marked."
