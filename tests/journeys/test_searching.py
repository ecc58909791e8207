"""Somebody searches the gallery with a region, chooses another product by hand, and goes back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt

from app.models.found_sides import FOUND_ROLE
from app.panes.search_pane import Searched
from app.panes.workbench import Choice
from app.store import Opinion
from tests.journeys.fake_bench import UNLIKE, FakeBench, drawn
from tests.journeys.test_regions import CTRL, SHIFT, drag, key, settled
from vision import Candidate, Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.panes.search_pane import SearchPane
    from app.window import Window

SIDES = (
    ("Qingshan Tea", "back"),
    ("Qingshan Tea", "front"),
    ("Northwind Audio", "front"),
    ("Harbour Soap", "front"),
    (UNLIKE, "front"),
)
BLANK = Choice()


def ranked(confirmed: int = 1) -> tuple[Candidate, ...]:
    names = (("Northwind Audio", "front"), ("Qingshan Tea", "back"), ("Harbour Soap", "front"))
    return tuple(
        Candidate(*each, 0.9 - 0.3 * n, 90 - 40 * n, n < confirmed, f"r-{each[0]}-{each[1]}")
        for n, each in enumerate(names)
    )


def pane(window: Window) -> SearchPane:
    return window.inspect.search.pane


def listed(window: Window) -> list[str]:
    return [f"{row.product} · {row.side}" for row in pane(window).model.rows]


def compared(window: Window) -> tuple[str, str, Choice]:
    found = window.inspect.queue.found(window.inspect.filmstrip.current_key)
    assert found is not None
    comparison = found.inspection.comparison
    assert comparison is not None
    return comparison.product, comparison.side, found.choice


def is_compared(window: Window, product: str, side: str) -> Callable[[], bool]:
    def now() -> bool:
        return settled(window, len(window.inspect.queue.model.rows)) and compared(window)[:2] == (
            product,
            side,
        )

    return now


def draw_region(qtbot: QtBot, window: Window, start: tuple = (30, 40), end: tuple = (90, 80)):
    """Press Q and drag a box on the photo, as staff would."""
    key(qtbot, window, Qt.Key.Key_Q)
    key(qtbot, window, Qt.Key.Key_F)
    drag(qtbot, window.inspect.view.suspect, start, end)


def double_click(qtbot: QtBot, window: Window, place: int) -> None:
    view = pane(window).list
    middle = view.visualRect(pane(window).model.index(place)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


@pytest.fixture
def searching(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
) -> Window:
    """A window on a photo, a gallery of five sides, and a search that names three."""
    for place, (product, side) in enumerate(SIDES):
        file = bench.folder / f"reference-{place}.png"
        Image.fromarray(drawn(40 + place)).save(file)
        name = f"r-{product}-{side}"
        bench.kept[name] = Reference(name, product, side, f"{place}" * 64, str(file))
    bench.ranked = ranked()
    window.start()
    drop(photo("differs-3.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    qtbot.waitUntil(lambda: len(window.inspect.search._references) == len(SIDES))
    return window


def test_a_region_is_drawn_and_another_product_compared_and_kept(
    qtbot: QtBot,
    searching: Window,
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    window, inspect = searching, searching.inspect
    assert not pane(window).isVisible()
    draw_region(qtbot, window)
    qtbot.waitUntil(lambda: pane(window).state is Searched.DONE)
    ((asked, region),) = bench.searched
    assert asked is inspect.queue.found(inspect.filmstrip.current_key).inspection.photo
    corners = [(30, 40), (90, 40), (90, 80), (30, 80)]
    assert [pytest.approx(corner, abs=1.0) for corner in corners] == list(region)
    assert pane(window).isVisible()
    assert not inspect.findings.isVisible()
    assert listed(window) == [
        "Northwind Audio · front",
        "Qingshan Tea · back",
        "Harbour Soap · front",
    ]
    assert pane(window).words == "Confirmed by geometry: 1 of 3."
    qtbot.waitUntil(lambda: all(row.thumbnail is not None for row in pane(window).model.rows))
    double_click(qtbot, window, 0)
    qtbot.waitUntil(is_compared(window, "Northwind Audio", "front"))
    assert bench.asked[-1][1] == Choice("Northwind Audio", "front")
    assert pane(window).isVisible()
    assert [row.is_compared for row in pane(window).model.rows] == [True, False, False]
    key(qtbot, window, Qt.Key.Key_F, CTRL)  # the pane goes, the card comes
    card = inspect.findings.compared
    assert card.words == "Compared with Northwind Audio · front"
    assert card.automatic.isVisible()
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(kept(bench, window)) == 1)
    (said,) = kept(bench, window)
    assert (said.subject.product, said.opinion) == ("Northwind Audio", Opinion.REAL_DIFFERENCE)
    window.close()
    again, fresh = opened_again()
    qtbot.waitUntil(lambda: len(fresh.asked) == 1 and settled(again, 1))
    assert compared(again) == ("Northwind Audio", "front", Choice("Northwind Audio", "front"))
    assert again.inspect.findings.compared.automatic.isVisible()
    key(qtbot, again, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(is_compared(again, "Qingshan Tea", "front"))
    assert compared(again)[2] == BLANK


def kept(bench: FakeBench, window: Window) -> tuple:
    found = window.inspect.queue.found(window.inspect.filmstrip.current_key)
    return bench.said_before(found.inspection) if found is not None else ()


def test_back_to_automatic_by_its_button(qtbot: QtBot, searching: Window) -> None:
    inspect = searching.inspect
    inspect.search.choose("Harbour Soap", "front")
    qtbot.waitUntil(is_compared(searching, "Harbour Soap", "front"))
    qtbot.mouseClick(inspect.findings.compared.automatic, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_compared(searching, "Qingshan Tea", "front"))
    assert not inspect.findings.compared.automatic.isVisible()
    assert not inspect.actions_book["automatic"].isEnabled()


def test_a_choice_is_undone_and_done_again(qtbot: QtBot, searching: Window) -> None:
    searching.inspect.search.choose("Northwind Audio", "front")
    qtbot.waitUntil(is_compared(searching, "Northwind Audio", "front"))
    key(qtbot, searching, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(is_compared(searching, "Qingshan Tea", "front"))
    assert "chosen by hand" in searching.bar.text
    key(qtbot, searching, Qt.Key.Key_Z, CTRL, SHIFT)
    qtbot.waitUntil(is_compared(searching, "Northwind Audio", "front"))


def test_undo_goes_back_to_the_photo_that_was_compared(
    qtbot: QtBot, searching: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(searching, 2))
    strip = searching.inspect.filmstrip
    strip.step(-1)
    first = strip.current_key
    searching.inspect.search.choose("Northwind Audio", "front")
    qtbot.waitUntil(lambda: settled(searching, 2))
    strip.step(1)
    key(qtbot, searching, Qt.Key.Key_Z, CTRL)
    assert strip.current_key == first
    qtbot.waitUntil(is_compared(searching, "Qingshan Tea", "front"))


def test_a_second_choice_does_not_wait_for_the_first(
    qtbot: QtBot, searching: Window, bench: FakeBench, gate: threading.Event
) -> None:
    gate.clear()
    searching.inspect.search.choose("Northwind Audio", "front")
    searching.inspect.search.choose("Harbour Soap", "front")
    gate.set()
    qtbot.waitUntil(is_compared(searching, "Harbour Soap", "front"))
    key(qtbot, searching, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(is_compared(searching, "Northwind Audio", "front"))


def test_any_side_is_chosen_by_its_name(qtbot: QtBot, searching: Window, bench: FakeBench) -> None:
    key(qtbot, searching, Qt.Key.Key_F, CTRL)
    field = pane(searching).filter
    qtbot.waitUntil(field.hasFocus)
    assert listed(searching) == [" · ".join(names) for names in sorted(SIDES)]
    qtbot.keyClicks(field, "tea back")  # letters are no keys of the window here
    assert listed(searching) == ["Qingshan Tea · back"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pane(searching).list.hasFocus()
    qtbot.keyClick(pane(searching).list, Qt.Key.Key_Return)
    qtbot.waitUntil(is_compared(searching, "Qingshan Tea", "back"))
    assert bench.searched == []


def test_a_side_that_was_not_found_is_listed_by_its_name(qtbot: QtBot, searching: Window) -> None:
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    assert searching.inspect.search.pane.searched_words == "The whole photo"
    assert len(listed(searching)) == 3
    pane(searching).filter.setText("tea")
    assert listed(searching) == ["Qingshan Tea · back", "Qingshan Tea · front"]
    ranks = [row.candidate is not None for row in pane(searching).model.rows]
    assert ranks == [True, False]
    pane(searching).filter.setText("no such thing")
    assert listed(searching) == []
    assert pane(searching)._nothing.isVisible()
    qtbot.keyClick(pane(searching).filter, Qt.Key.Key_Escape)
    assert not pane(searching).isVisible()


def test_the_button_compares_with_the_chosen_row(qtbot: QtBot, searching: Window) -> None:
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    pane(searching).list.setCurrentIndex(pane(searching).model.index(2))
    qtbot.mouseClick(pane(searching).compare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_compared(searching, "Harbour Soap", "front"))


def test_the_side_is_changed_on_the_card(qtbot: QtBot, searching: Window) -> None:
    box = searching.inspect.findings.compared.side_box
    assert box.isVisible()
    assert [box.itemText(n) for n in range(box.count())] == ["Side: back", "Side: front"]
    assert box.currentData() == "front"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.waitUntil(is_compared(searching, "Qingshan Tea", "back"))
    assert compared(searching)[2] == Choice("Qingshan Tea", "back")
    searching.inspect.search.choose("Harbour Soap", "front")
    qtbot.waitUntil(is_compared(searching, "Harbour Soap", "front"))
    assert not box.isVisible()  # it has one side only


def test_a_product_on_which_the_photo_cannot_be_laid(qtbot: QtBot, searching: Window) -> None:
    searching.inspect.search.choose(UNLIKE, "front")
    qtbot.waitUntil(lambda: settled(searching, 1))
    card = searching.inspect.findings.compared
    said = "The photo cannot be laid on {} · front. Choose another, or align by hand."
    assert card.words == said.format(UNLIKE)
    assert card.automatic.isVisible()
    assert searching.inspect.view.suspect.isVisible()
    key(qtbot, searching, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(is_compared(searching, "Qingshan Tea", "front"))


def test_an_empty_gallery_says_so(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    window.start()
    drop(photo("not_in_gallery.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    qtbot.waitUntil(lambda: window.inspect.unfilled is not None and pane(window)._is_empty)
    draw_region(qtbot, window)
    qtbot.waitUntil(lambda: pane(window).state is Searched.DONE)
    assert "no references yet" in pane(window).words
    assert not pane(window).list.isVisible()
    assert not pane(window).compare.isVisible()
    assert not pane(window).filter.isEnabled()


def test_nothing_confirmed_hints_at_a_closer_box(
    qtbot: QtBot, searching: Window, bench: FakeBench
) -> None:
    bench.ranked = ranked(confirmed=0)
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    assert pane(searching).words.startswith("Nothing is confirmed. Draw a box round the label")
    draw_region(qtbot, searching)
    qtbot.waitUntil(lambda: len(bench.searched) == 2 and pane(searching).state is Searched.DONE)
    assert "closer round the label" in pane(searching).words
    assert len(listed(searching)) == 3
    bench.ranked = ()
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: len(bench.searched) == 3 and pane(searching).state is Searched.DONE)
    assert listed(searching) == []


def test_candidates_without_a_confirmed_one_hint_at_a_region(
    qtbot: QtBot, searching: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    note = searching.inspect.findings._candidate_note
    assert "Double-click one" in note.text()
    drop(photo("not_in_gallery.png"))
    qtbot.waitUntil(lambda: settled(searching, 2))
    assert note.isVisible()
    assert "Press Q and draw a box round the label" in note.text()


def test_a_search_is_stopped_and_its_late_answer_dropped(
    qtbot: QtBot, searching: Window, bench: FakeBench
) -> None:
    bench.search_gate = threading.Event()
    draw_region(qtbot, searching)
    qtbot.waitUntil(lambda: len(bench.searched) == 1)
    assert pane(searching).state is Searched.BUSY
    assert pane(searching)._progress.isVisible()
    key(qtbot, searching, Qt.Key.Key_Escape)
    assert pane(searching).state is Searched.STOPPED
    assert not searching.inspect.search.is_busy
    bench.search_gate.set()
    bench.search_gate = None
    bench.ranked = ranked()[:1]
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    assert len(listed(searching)) == 1


def test_the_answer_for_another_photo_is_dropped(
    qtbot: QtBot,
    searching: Window,
    bench: FakeBench,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
) -> None:
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(searching, 2))
    bench.search_gate = threading.Event()
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: len(bench.searched) == 1)
    key(qtbot, searching, Qt.Key.Key_PageUp)
    bench.search_gate.set()
    assert pane(searching).state is Searched.NOT_YET
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: len(bench.searched) == 2 and pane(searching).state is Searched.DONE)
    current = searching.inspect.queue.found(searching.inspect.filmstrip.current_key)
    assert bench.searched[1][0] is current.inspection.photo


def test_a_search_that_fails_is_told(
    qtbot: QtBot, searching: Window, bench: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object):
        yield
        raise OSError("the disk is away")

    monkeypatch.setattr(bench, "search", fails)
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.FAILED)
    assert len(listed(searching)) == len(SIDES)
    assert searching.bar.text


def test_one_pencil_at_a_time(qtbot: QtBot, searching: Window, bench: FakeBench) -> None:
    book, view = searching.inspect.actions_book, searching.inspect.view
    key(qtbot, searching, Qt.Key.Key_A)
    key(qtbot, searching, Qt.Key.Key_Q)
    assert (book["add_region"].isChecked(), book["search_region"].isChecked()) == (False, True)
    assert (view.suspect.is_armed, view.reference.is_armed) == (True, False)
    assert view.side_by_side.is_as_taken
    key(qtbot, searching, Qt.Key.Key_A)
    assert (book["add_region"].isChecked(), book["search_region"].isChecked()) == (True, False)
    assert (view.suspect.is_armed, view.reference.is_armed) == (True, True)
    assert not view.side_by_side.is_as_taken
    drag(qtbot, view.reference, (90, 70), (120, 90))
    assert len(searching.inspect.regions.rows) == 4
    assert bench.searched == []
    key(qtbot, searching, Qt.Key.Key_Q)
    qtbot.keyClick(view.suspect, Qt.Key.Key_Escape)
    assert not book["search_region"].isChecked()
    assert not view.suspect.is_armed


def test_a_polygon_is_searched_with(qtbot: QtBot, searching: Window, bench: FakeBench) -> None:
    key(qtbot, searching, Qt.Key.Key_Q)
    key(qtbot, searching, Qt.Key.Key_F)
    canvas = searching.inspect.view.suspect
    for corner in ((20, 60), (60, 60), (40, 90)):
        place = canvas.to_screen(QPointF(*corner)).toPoint()
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    assert len(bench.searched[0][1]) == 3
    assert pane(searching).searched_words == "A region of 40 × 30 pixels"


def test_inspecting_again_keeps_what_was_chosen(
    qtbot: QtBot, searching: Window, bench: FakeBench
) -> None:
    searching.inspect.search.choose("Northwind Audio", "front")
    qtbot.waitUntil(is_compared(searching, "Northwind Audio", "front"))
    count = len(bench.asked)
    key(qtbot, searching, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: len(bench.asked) == count + 1 and settled(searching, 1))
    assert compared(searching)[2] == Choice("Northwind Audio", "front")


def test_rows_say_to_a_screen_reader_what_is_painted(qtbot: QtBot, searching: Window) -> None:
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    model = pane(searching).model
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Northwind Audio, front, similarity 0.90, Same print: 90 points agree"
    assert model.data(model.index(1), FOUND_ROLE).candidate.inliers == 50


def test_the_language_changes_the_list(qtbot: QtBot, searching: Window) -> None:
    key(qtbot, searching, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(searching).state is Searched.DONE)
    searching._settings.set("language", "zh_CN")
    model = pane(searching).model
    assert "90" in model.state_words(model.rows[0])
    assert pane(searching).state is Searched.DONE
    assert len(listed(searching)) == 3
    searching._settings.set("language", "en")
    assert pane(searching).words == "Confirmed by geometry: 1 of 3."
