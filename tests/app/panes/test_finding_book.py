"""Findings are changed at once and written in order, also where the workspace fails for a while."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app import tasks
from app.messages import Messages
from app.panes.finding_book import ADD, MARK, NOTE, FindingBook
from app.store import EntryRefused, Finding, Opinion, Refusal, WorkspaceBusy
from tests.app.store.test_findings import SUBJECT, by_hand, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Shelf:
    """Keeps findings in memory; raises what lies in `trouble` first."""

    def __init__(self) -> None:
        self.kept: dict[str, Finding] = {}
        self.trouble: list[Exception] = []
        self.asked = 0

    def keep_finding(self, before: Finding | None, after: Finding | None) -> None:
        self.asked += 1
        if self.trouble:
            raise self.trouble.pop(0)
        for gone in (before,):
            if gone is not None:
                self.kept.pop(gone.id, None)
        if after is not None:
            self.kept[after.id] = after


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def told() -> list:
    return []


@pytest.fixture
def book(qapp: object, shelf: Shelf, told: list) -> Iterator[FindingBook]:
    messages = Messages()
    messages.said.connect(told.append)
    yield FindingBook(shelf, messages)
    assert tasks.stop(20)


def test_a_change_is_known_at_once_and_written_soon(
    qtbot: QtBot, book: FindingBook, shelf: Shelf
) -> None:
    first = finding()
    book.change(None, first, MARK)
    assert book.of(SUBJECT) == (first,)
    qtbot.waitUntil(lambda: shelf.kept == {first.id: first})
    book.stack.undo()
    assert book.of(SUBJECT) == ()
    qtbot.waitUntil(lambda: shelf.kept == {})
    book.stack.redo()
    qtbot.waitUntil(lambda: shelf.kept == {first.id: first})


def test_many_quick_changes_arrive_in_their_order(
    qtbot: QtBot, book: FindingBook, shelf: Shelf
) -> None:
    now = None
    for opinion in [*Opinion] * 8:
        then = replace(finding(), opinion=opinion)
        book.change(now, then, MARK)
        now = then
    qtbot.waitUntil(lambda: shelf.asked == 40)
    book.finish()
    assert [one.opinion for one in shelf.kept.values()] == [Opinion.CANNOT_SEE]


def test_what_could_not_be_written_is_told_and_tried_again_with_the_next(
    qtbot: QtBot, book: FindingBook, shelf: Shelf, told: list
) -> None:
    shelf.trouble.append(WorkspaceBusy("/w", waited_s=15))
    book.change(None, finding(), MARK)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert shelf.kept == {}
    assert book.of(SUBJECT) == (finding(),), "the work of a person is not thrown away"
    book.change(None, by_hand(), ADD)
    qtbot.waitUntil(lambda: len(shelf.kept) == 2)


def test_what_is_left_is_written_at_the_end(book: FindingBook, shelf: Shelf, told: list) -> None:
    shelf.trouble.append(WorkspaceBusy("/w", waited_s=15))
    book.change(None, finding(), MARK)
    book.finish()
    book.finish()
    assert list(shelf.kept) == [finding().id]


def test_what_is_refused_does_not_stand_in_the_way(
    qtbot: QtBot, book: FindingBook, shelf: Shelf, told: list
) -> None:
    shelf.trouble.append(EntryRefused("note", "x", Refusal.TOO_LONG, count=1, limit=0))
    book.change(None, finding(), MARK)
    qtbot.waitUntil(lambda: len(told) == 1)
    book.change(None, by_hand(), ADD)
    qtbot.waitUntil(lambda: list(shelf.kept) == [by_hand().id])


def test_a_note_while_it_is_typed_is_one_step(book: FindingBook) -> None:
    before = finding(note="")
    book.take(SUBJECT, (before,))
    texts = ["a", "ab", "abc"]
    for old, new in zip(["", *texts], texts, strict=False):
        changed = (replace(before, note=old), replace(before, note=new))
        book.change(*changed, NOTE, series=7)
    assert book.stack.count() == 1
    book.change(replace(before, note="abc"), replace(before, note="abcd"), NOTE, series=8)
    assert book.stack.count() == 2
    book.stack.undo()
    book.stack.undo()
    assert book.of(SUBJECT) == (before,)


def test_notes_on_two_regions_are_two_steps(book: FindingBook) -> None:
    book.change(None, finding("1", note="x"), NOTE, series=7)
    book.change(None, finding("2", note="y"), NOTE, series=7)
    assert book.stack.count() == 2


def test_a_note_typed_and_taken_back_is_no_step(book: FindingBook) -> None:
    before = finding(note="")
    book.take(SUBJECT, (before,))
    noted = replace(before, note="a")
    book.change(before, noted, NOTE, series=7)
    book.change(noted, before, NOTE, series=7)
    assert book.stack.count() == 0


def test_what_is_known_here_goes_before_what_was_kept(book: FindingBook) -> None:
    book.take(SUBJECT, (finding(),))
    after = replace(finding(), opinion=Opinion.WEAR)
    book.change(finding(), after, MARK)
    book.take(SUBJECT, (finding(),))
    assert book.of(SUBJECT) == (after,)
