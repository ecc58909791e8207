"""Photos of one item: joined and split by hand, summed up, undone, and kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.items import Item
from app.models.photos import PhotoRow, State
from tests.journeys.test_getting_photos_in import drag_and_drop, mime_of_files
from vision import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

_SIDES = (("Tea", "front"), ("Tea", "back"), ("Tea", "label"), ("Box", "lid"))


def a_row(key: int, **changes: object) -> PhotoRow:
    given = {"state": State.DONE, "outcome": Outcome.AGREES, "product": "Tea", "side": "front"}
    return PhotoRow(key, f"{key}.jpg", item="i", **{**given, **changes})


@pytest.mark.parametrize(
    ("outcomes", "worst"),
    [
        ((Outcome.AGREES, Outcome.DIFFERS), Outcome.DIFFERS),
        ((Outcome.PHOTO_UNFIT, Outcome.MIXED), Outcome.MIXED),
        ((Outcome.AGREES, Outcome.NOT_IN_GALLERY), Outcome.NOT_IN_GALLERY),
        ((Outcome.AGREES, Outcome.AGREES), Outcome.AGREES),
    ],
)
def test_the_most_serious_side_speaks_for_the_item(
    outcomes: tuple[Outcome, ...], worst: Outcome
) -> None:
    rows = tuple(a_row(number, outcome=one) for number, one in enumerate(outcomes))
    assert Item("i", rows, _SIDES).worst is worst


def test_missing_sides_are_those_that_no_photo_shows() -> None:
    rows = (a_row(1), a_row(2, side="label"))
    assert Item("i", rows, _SIDES).missing == ("back",)
    assert Item("i", rows, _SIDES).sides_words() == "Missing: back"
    complete = Item("i", (*rows, a_row(3, side="back")), _SIDES)
    assert complete.sides_words() == "All sides: front, label, back"


def test_a_good_result_is_not_told_while_a_side_may_change_it() -> None:
    rows = (a_row(1), a_row(2, state=State.WAITING, outcome=None, product="", side=""))
    assert Item("i", rows, _SIDES).state_words() == "1 of 2 inspected"
    differs = (a_row(1, outcome=Outcome.DIFFERS), rows[1])
    assert Item("i", differs, _SIDES).state_words() == "Differs"


def test_photos_of_different_products_are_told() -> None:
    item = Item("i", (a_row(1), a_row(2, product="Box", side="lid")), _SIDES)
    assert item.sides_words() == "Different products: Tea, Box"
    assert item.missing == ()


@pytest.fixture
def four(qtbot: QtBot, window: Window, photo: Callable[[str], Path]) -> Window:
    """Four single photos, all inspected."""
    window.start()
    names = ("agrees.png", "differs-1.png", "mixed-1.png", "not_in_gallery.png")
    drag_and_drop(window, mime_of_files(*map(photo, names)))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (4, 4))
    window.inspect.set_sides((("Qingshan Tea", "front"), ("Qingshan Tea", "back")))
    return window


def click(window: Window, place: int, key: Qt.KeyboardModifier) -> None:
    view = window.inspect.filmstrip.view
    at = view.visualRect(window.inspect.queue.model.index(place)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, key, at)


def grouping(window: Window) -> list[tuple[str, bool]]:
    """The names in order, and which of them belong to an item of several."""
    model = window.inspect.queue.model
    return [(row.name, model.item(row.item) is not None) for row in model.rows]


def test_photos_are_joined_split_and_all_is_undone(
    qtbot: QtBot, four: Window, bench: FakeBench
) -> None:
    before = grouping(four)
    click(four, 0, Qt.KeyboardModifier.NoModifier)
    click(four, 2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(four, Qt.Key.Key_J)
    joined = [
        ("agrees.png", True),
        ("mixed-1.png", True),
        ("differs-1.png", False),
        ("not_in_gallery.png", False),
    ]
    assert grouping(four) == joined
    head = four.inspect.queue.model.item_headed_by(0)
    assert (head.worst, head.missing) == (Outcome.MIXED, ("back",))
    photos = tuple(row.sha256 for row in head.rows)
    qtbot.waitUntil(lambda: bench.workspace.items() == {head.id: photos})
    click(four, 3, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(four, Qt.Key.Key_J)
    assert [row.name for row in four.inspect.queue.model.item_headed_by(0).rows] == [
        "agrees.png",
        "mixed-1.png",
        "not_in_gallery.png",
    ]
    click(four, 1, Qt.KeyboardModifier.NoModifier)
    four.inspect.actions_book["take_out"].trigger()
    assert grouping(four) == [
        ("agrees.png", True),
        ("not_in_gallery.png", True),
        ("mixed-1.png", False),
        ("differs-1.png", False),
    ]
    click(four, 0, Qt.KeyboardModifier.NoModifier)
    four.inspect.actions_book["split_item"].trigger()
    assert not any(is_joined for _, is_joined in grouping(four))
    qtbot.waitUntil(lambda: bench.workspace.items() == {})
    for _ in range(3):
        four._book["undo"].trigger()
    assert grouping(four) == joined
    four._book["undo"].trigger()
    assert grouping(four) == before
    for _ in range(4):
        four._book["redo"].trigger()
    assert not any(is_joined for _, is_joined in grouping(four))


def test_one_photo_alone_cannot_be_joined(four: Window) -> None:
    click(four, 1, Qt.KeyboardModifier.NoModifier)
    before = grouping(four)
    QTest.keyClick(four, Qt.Key.Key_J)
    assert grouping(four) == before
    assert "Choose the photos of one item first" in four.bar.text


def test_the_photo_that_is_looked_at_stays_when_the_list_is_rearranged(four: Window) -> None:
    click(four, 0, Qt.KeyboardModifier.NoModifier)
    click(four, 3, Qt.KeyboardModifier.ControlModifier)
    key = four.inspect.filmstrip.current_key
    four.inspect.actions_book["join_item"].trigger()
    assert four.inspect.filmstrip.current_key == key
    assert four.inspect.queue.row(key).name == "not_in_gallery.png"


def test_photos_dropped_as_one_item_are_one(
    qtbot: QtBot, window: Window, bench: FakeBench, photo: Callable[[str], Path]
) -> None:
    window.start()
    qtbot.waitUntil(lambda: window.bar.status != "")
    files = (photo("agrees.png"), photo("differs-2.png"))
    drag_and_drop(window, mime_of_files(*files), field=1)
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (2, 2))
    item = window.inspect.queue.model.item_headed_by(0)
    assert [row.name for row in item.rows] == ["agrees.png", "differs-2.png"]
    drag_and_drop(window, mime_of_files(photo("mixed-1.png")))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (3, 3))
    assert window.inspect.queue.model.rows[2].item == ""
    qtbot.waitUntil(lambda: len(bench.workspace.items()) == 1)
    kept = bench.folder / "photos.json"
    qtbot.waitUntil(
        lambda: (
            [one.get("item") for one in json.loads(kept.read_text()).get("photos", [])]
            == [item.id, item.id, None]
        )
    )


def test_a_photo_taken_off_the_list_stays_in_the_record_of_its_item(
    qtbot: QtBot, window: Window, bench: FakeBench, photo: Callable[[str], Path]
) -> None:
    window.start()
    files = (photo("agrees.png"), photo("differs-2.png"))
    drag_and_drop(window, mime_of_files(*files), field=1)
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (2, 2))
    qtbot.waitUntil(lambda: len(bench.workspace.items()) == 1)
    before = bench.workspace.items()
    window.inspect.actions_book["remove"].trigger()
    window.inspect.items.keep()
    window.inspect.actions_book["remove"].trigger()
    window.inspect.items.keep()
    window.close()
    assert bench.workspace.items() == before


def test_the_recognised_side_stands_on_each_photo(four: Window) -> None:
    model = four.inspect.queue.model
    assert model.below_words(model.rows[0]) == "Qingshan Tea · front"
    assert model.below_words(model.rows[1]) == "front · 0 of 1 looked at"
