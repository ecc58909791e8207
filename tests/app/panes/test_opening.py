"""The bar says how far opening is, and the demo is prepared once at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction

from app import tasks
from app.messages import Messages
from app.panes.message_bar import MessageBar
from app.panes.opening import Opening
from app.panes.workbench import Stage

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class Doors:
    """The workbench, as far as it is opened; `gate` holds the demo."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def open(self) -> Generator[Stage, None, int]:
        yield Stage.GALLERY
        return 3

    def fill_with_demo(self) -> Generator[None, None, tuple[Path, ...]]:
        yield
        self.gate.wait(20)
        return ()

    def reopen_gallery(self) -> Generator[None, None, int]:
        yield
        return 8


@pytest.fixture
def doors() -> Doors:
    return Doors()


@pytest.fixture
def opening(qtbot: QtBot, doors: Doors) -> Iterator[Opening]:
    messages = Messages()
    bar = MessageBar(messages)
    qtbot.addWidget(bar)
    yield Opening(doors, bar, messages, QAction(), bar)
    doors.gate.set()
    assert tasks.stop(20)


def test_another_language_does_not_let_the_demo_be_asked_for_twice(
    qtbot: QtBot, opening: Opening, doors: Doors
) -> None:
    opening.open()
    qtbot.waitUntil(lambda: opening._count == 3)
    opening.open_demo()
    opening.say_again()
    assert not opening._demo.isEnabled()
    doors.gate.set()
    qtbot.waitUntil(opening._demo.isEnabled)
    assert opening._count == 8
