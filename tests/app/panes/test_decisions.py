"""Decisions are known at once, told together, and written in order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app import tasks
from app.messages import Messages
from app.panes.decisions import Decisions
from app.store import Decided, Decision, Subject

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from pytestqt.qtbot import QtBot

MOMENT = datetime(2026, 3, 4, tzinfo=UTC)
SUBJECTS = tuple(Subject(f"{n:064x}", "Tea", "front") for n in range(1000))


class Shelf:
    """Keeps decisions in memory."""

    def __init__(self) -> None:
        self.kept: dict[Subject, Decision] = {}

    def decisions(self) -> Generator[None, None, tuple[Decision, ...]]:
        yield
        return tuple(self.kept.values())

    def keep_decision(self, subject: Subject, decision: Decision | None) -> None:
        self.kept.pop(subject, None)
        if decision is not None:
            self.kept[subject] = decision


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def decisions(qapp: object, shelf: Shelf) -> Iterator[Decisions]:
    yield Decisions(shelf, Messages())
    assert tasks.stop(20)


def test_what_is_decided_together_is_told_together(
    qtbot: QtBot, decisions: Decisions, shelf: Shelf
) -> None:
    told: list[tuple[tuple[Subject, Decision | None], ...]] = []
    decisions.changed.connect(told.append)
    decisions.decide(SUBJECTS, Decided.DIFFERS)
    decisions.stack.undo()
    assert [len(changes) for changes in told] == [len(SUBJECTS)] * 2
    assert {one.decided for _, one in told[0] if one is not None} == {Decided.DIFFERS}
    assert [one for _, one in told[1]] == [None] * len(SUBJECTS)
    decisions.stack.redo()
    qtbot.waitUntil(lambda: set(shelf.kept) == set(SUBJECTS))


def test_what_is_decided_before_the_kept_ones_are_read_goes_before_them_alone(
    qtbot: QtBot, decisions: Decisions, shelf: Shelf
) -> None:
    first, second, third = SUBJECTS[:3]
    for subject in (first, second, third):
        shelf.kept[subject] = Decision(subject, Decided.AGREES, "Lin", MOMENT)
    decisions.load()
    decisions.decide((first, second), Decided.DIFFERS)
    decisions.decide((second,), None)
    with qtbot.waitSignal(decisions.loaded) as told:
        pass
    found = {one.subject: one.decided for one in told.args[0]}
    assert found == {first: Decided.DIFFERS, third: Decided.AGREES}
    decisions.decide((third,), Decided.AGREES)  # it is decided so already
    assert decisions.stack.count() == 2
