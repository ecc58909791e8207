from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.models.found_sides import FOUND_ROLE, FoundSideModel
from vision import Candidate

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

SIDES = (("Oil", "back"), ("Oil", "front"), ("Tea", "front"))
FOUND = (
    Candidate("Tea", "front", 0.9, 120, True, "r-tea"),
    Candidate("Oil", "back", 0.2, 4, False, "r-oil"),
)


def names(model: FoundSideModel) -> list[tuple[str, str]]:
    return [row.names for row in model.rows]


def test_it_is_lawful_while_it_changes(qtmodeltester: ModelTester) -> None:
    model = FoundSideModel()
    qtmodeltester.check(model)
    model.set_sides(SIDES)
    assert names(model) == list(SIDES)
    model.set_found(FOUND)
    assert names(model) == [("Tea", "front"), ("Oil", "back")]
    model.set_words("OIL")
    assert names(model) == [("Oil", "back"), ("Oil", "front")]
    model.set_words("")
    model.set_found(())
    assert names(model) == []
    model.set_found(None)
    assert names(model) == list(SIDES)


def test_rows_tell_number_geometry_and_what_is_compared() -> None:
    model = FoundSideModel()
    model.set_sides(SIDES)
    model.set_found(FOUND)
    model.set_compared(("Oil", "back"))
    tea, oil = model.rows
    assert (model.similarity_words(tea), model.similarity_words(oil)) == ("0.90", "0.20")
    assert "120" in model.state_words(tea)
    assert model.state_words(tea) != model.state_words(oil).replace("4", "120")
    assert (tea.is_compared, oil.is_compared) == (False, True)
    assert "compared now" in model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(model.index(0), FOUND_ROLE) is tea
    assert model.data(model.index(7)) is None
    assert model.data(model.index(0), Qt.ItemDataRole.ToolTipRole).startswith("Tea · front\n")
    model.set_words("front")
    assert [model.similarity_words(row) for row in model.rows] == ["0.90", ""]
    assert model.state_words(model.rows[1]) == "Not found"


def test_pictures_are_kept_for_the_next_search() -> None:
    model = FoundSideModel()
    model.set_sides(SIDES)
    model.set_references({("Oil", "front"): "first"})
    image = QImage(3, 3, QImage.Format.Format_RGB32)
    model.set_thumbnail("first", image)
    model.set_thumbnail("r-tea", image)
    assert [row.thumbnail is not None for row in model.rows] == [False, True, False]
    model.set_found(FOUND)
    assert [row.thumbnail is not None for row in model.rows] == [True, False]
