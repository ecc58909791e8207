"""The ranked list as it is painted: bars as long as their numbers, words and signs of geometry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.panes.actions import ActionBook
from app.panes.found_delegate import FoundDelegate
from app.panes.intake import Source
from app.panes.search_pane import Searched, SearchPane
from app.panes.workbench import Choice
from app.panes.workspace_bench import WorkspaceBench
from app.reading import read_photo
from app.views.theme import look_of
from tests.app.panes.test_workspace_bench import finish
from tests.journeys.fake_bench import drawn
from vision import Candidate, Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("nothing_left_over"),
]
SIMILAR = (1.0, 0.5, 0.25)
BAR = 54  # pixels of a whole bar


@pytest.fixture
def pane(qtbot: QtBot) -> SearchPane:
    owner = QWidget()
    qtbot.addWidget(owner)
    book = ActionBook(owner)
    for name in ("search_region", "search_photo", "stop", "automatic"):
        book.add(name, owner.update, icon_name="stop")
    made = SearchPane(book)
    qtbot.addWidget(made)
    made.set_sides(tuple((f"Product {n}", "front") for n in range(4)))
    made.resize(350, 700)
    made.show()
    return made


def show(pane: SearchPane, *verified: bool) -> None:
    found = tuple(
        Candidate(f"Product {n}", "front", SIMILAR[n], 100 - n, each, f"r{n}")
        for n, each in enumerate(verified)
    )
    pane.show_state(Searched.DONE, found)
    pane.list.clearSelection()
    pane.list.setCurrentIndex(pane.model.index(-1))


def row_of(pane: SearchPane, place: int) -> QImage:
    return pane.list.viewport().grab(pane.list.visualRect(pane.model.index(place))).toImage()


def bar_length(image: QImage, colour: QColor) -> int:
    """Pixels of a colour in the middle line of the bar."""
    y = 8 + 20 + 9
    right = image.width() - 12
    return sum(
        image.pixelColor(x, y).rgb() == colour.rgb() for x in range(right - BAR - 4, right + 1)
    )


def test_bars_are_as_long_as_the_similarity(pane: SearchPane) -> None:
    accent = QColor(look_of(pane.palette()).accent)
    show(pane, True, True, True)
    for place, value in enumerate(SIMILAR):
        assert bar_length(row_of(pane, place), accent) == pytest.approx(BAR * value, abs=3)


def test_what_is_not_confirmed_has_no_full_bar_and_another_sign(pane: SearchPane) -> None:
    accent = QColor(look_of(pane.palette()).accent)
    show(pane, True, False)
    sure, unsure = row_of(pane, 0), row_of(pane, 1)
    assert bar_length(unsure, accent) == 0
    signs = [
        image.copy(76, 50, 18, 18).convertToFormat(QImage.Format.Format_Grayscale8)
        for image in (sure, unsure)
    ]
    inks = [
        [one.pixelColor(x, y).lightness() < 200 for y in range(18) for x in range(18)]
        for one in signs
    ]
    assert sum(inks[0]) > 20
    assert sum(a != b for a, b in zip(*inks, strict=True)) > 30  # told apart without colour


def test_a_picture_is_painted_where_it_is_known(pane: SearchPane) -> None:
    show(pane, True, True)
    red = QImage(60, 60, QImage.Format.Format_RGB32)
    red.fill(QColor(200, 10, 10))
    pane.model.set_thumbnail("r1", red)
    middle = 14 + 26, FoundDelegate.height // 2
    assert row_of(pane, 1).pixelColor(*middle) == QColor(200, 10, 10)
    assert row_of(pane, 0).pixelColor(*middle) != QColor(200, 10, 10)


def test_the_chosen_row_is_what_the_button_tells(pane: SearchPane, qtbot: QtBot) -> None:
    show(pane, True, False)
    assert not pane.compare.isEnabled()
    pane.list.setCurrentIndex(pane.model.index(1))
    with qtbot.waitSignal(pane.chosen) as told:
        pane.compare.click()
    assert told.args == ["Product 1", "front"]


def test_sides_that_leave_the_gallery_leave_the_list(pane: SearchPane) -> None:
    show(pane, True, True)
    pane.set_sides((("Product 1", "front"),))
    assert [row.product for row in pane.model.rows] == ["Product 1"]
    pane.set_sides(())
    assert pane.model.rows == ()
    assert "no references yet" in pane.words


def test_the_workspace_ranks_and_records_what_was_chosen_by_hand(
    workspace_folder: Path, tmp_path: Path, qapp: object
) -> None:
    bench = WorkspaceBench(workspace_folder, threads=1)
    files = []
    for seed in range(3):
        file = tmp_path / f"{seed}.png"
        Image.fromarray(drawn(seed, 480, 640)).save(file)
        files.append(file)
        finish(bench.add((Source(file.name, file),), f"Print {seed}", "front", Provenance()))
    photo = read_photo(files[1])
    corners = ((80.0, 60.0), (600.0, 60.0), (600.0, 440.0), (80.0, 440.0))
    for region in (None, corners):
        _, found = finish(bench.search(photo, region))
        assert {each.product for each in found} == {"Print 0", "Print 1", "Print 2"}
        assert found[0].product == "Print 1"
    for choice in (Choice("Print 1", "front"), Choice()):
        given, _ = finish(bench.inspect(Source("1.png", files[1]), choice))
        assert given[1].choice == choice
        chosen = given[1].versions.get("product_and_side")
        assert chosen == ("chosen by hand" if choice.is_by_hand else None)
    recorded = bench._opened_workspace().recorded(2)
    documents = [json.loads(each.document) for each in recorded]
    assert "product_and_side" not in documents[0]
    assert documents[1]["product_and_side"] == {
        "by": "chosen by hand",
        "product": "Print 1",
        "side": "front",
    }
    bench.close()
