"""Well-known sides are shown in the language of now; what is kept stays as it was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app import words
from app.commands.desk import own_side
from app.commands.inspect import candidates_table
from app.models.findings import CandidateListModel
from app.models.found_sides import FoundSideModel
from app.models.items import Item
from app.models.photo_rows import PhotoRow, State
from app.models.references import SideListModel, SideRow
from app.panes.reference_form import ReferenceForm
from app.reports.contract import candidate_part, inspection_part
from app.side_words import STANDARD_SIDES, named_side, product_and_side, side_word, stored_side
from app.store import Workspace
from app.views.side_by_side import SideBySideView
from tests.app import inspection_samples as samples
from vision import Candidate, Outcome, UnknownSide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class _Foreign(QTranslator):
    """A language in which a well-known side stands between stars; sentences end in a space."""

    @override
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return {"sides": f"*{source}*", "words": f"{source} "}.get(context, source)

    @override
    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def foreign(qapp: object) -> Iterator[_Foreign]:
    translator = _Foreign()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


def _row(side: str) -> SideRow:
    return SideRow("Tea", side, ())


def _candidate(side: str) -> Candidate:
    return Candidate("Tea", side, 0.5, 20, True)


def test_in_english_a_side_is_shown_as_it_was_written(qapp: object) -> None:
    assert [side_word(each) for each in ("front", "Front", "lid 2")] == ["front", "Front", "lid 2"]
    assert product_and_side("Tea", "Back") == "Tea · Back"
    assert product_and_side("Tea", "") == "Tea"


@pytest.mark.usefixtures("foreign")
def test_well_known_names_are_translated_however_they_are_written() -> None:
    assert [side_word(each) for each in ("front", " FRONT ", "lid 2", "正面")] == [
        "*front*",
        "*front*",
        "lid 2",
        "正面",
    ]
    assert product_and_side("front", "front") == "front · *front*"


@pytest.mark.usefixtures("foreign")
def test_what_is_shown_means_what_is_stored() -> None:
    assert stored_side("*front*", ("back", "Front")) == "Front"
    assert stored_side("front", ("back", "front")) == "front"
    assert stored_side("*front*", ("front", "*front*")) == "*front*"
    assert stored_side("sleeve", ("back", "front")) == "sleeve"


def test_a_well_known_side_is_meant_in_every_language(qapp: object) -> None:
    assert [named_side(each) for each in ("正面", " 封签 ", "Front", "蓋", "spout")] == [
        "front",
        "seal",
        "front",
        "蓋",
        "spout",
    ]
    assert named_side("正面", ("back", "Front")) == "Front"
    assert named_side("front", ("正面", "back")) == "正面"  # two of them would look the same
    assert named_side("正面", ("正面", "front")) == "正面"
    assert set(STANDARD_SIDES) == {named_side(each) for each in STANDARD_SIDES}


@pytest.mark.usefixtures("foreign")
def test_every_list_shows_it() -> None:
    sides, found, candidates = SideListModel(), FoundSideModel(), CandidateListModel()
    sides.set_rows((_row("front"),))
    found.set_found((_candidate("front"),))
    candidates.set_rows((_candidate("front"),))
    for model in (sides, found, candidates):
        assert model.index(0).data() == "Tea · *front*"
    assert found.side_words(found.rows[0]) == "*front*"
    sides.set_words("*front*")
    found.set_words("front")  # either name finds it
    assert len(sides.rows) == len(found.rows) == 1


@pytest.mark.usefixtures("foreign")
def test_missing_sides_of_an_item_are_told_so() -> None:
    row = PhotoRow(1, "a.jpg", state=State.DONE, outcome=Outcome.AGREES, product="T", side="back")
    item = Item("i", (row, row), (("T", "back"), ("T", "front")))
    assert item.missing == ("front",)
    assert "*front*" in item.sides_words()
    assert "*back*" in Item("i", (row, row), (("T", "back"),)).sides_words()


@pytest.mark.usefixtures("foreign")
def test_sentences_and_tables_show_it_and_json_does_not() -> None:
    assert "*back*" in words.side_name("Tea", "back")
    assert "*back*" in words.error_sentence(UnknownSide("Tea", "back"))
    part = candidate_part(_candidate("back"))
    assert part.side == "back"
    assert next(iter(candidates_table((part,)).columns[1].cells)).plain == "*back*"
    printed = inspection_part(samples.inspection(Outcome.DIFFERS))
    assert printed.comparison is not None
    assert printed.comparison.side == "front"
    assert "*front*" in printed.reason


@pytest.mark.usefixtures("foreign")
def test_the_command_line_takes_the_name_that_it_shows(tmp_path: Path) -> None:
    picture = tmp_path / "label.png"
    samples.artwork().save(picture)
    workspace = Workspace(tmp_path / "workspace")
    try:
        workspace.add_reference(picture, product="Tea", side="front")
        assert own_side(workspace, "Tea", "*front*") == "front"
        assert own_side(workspace, "Box", "*front*") == "front"  # of a product that is new
        assert own_side(workspace, " Tea ", " *front* ") == "front"
        assert own_side(workspace, "Tea", "spout") == "spout"
    finally:
        workspace.close()


def test_a_reference_is_stored_under_the_name_of_its_product(qtbot: QtBot) -> None:
    form = ReferenceForm()
    qtbot.addWidget(form)
    form.offer_names((SideRow("Tea", "Front", ()), SideRow("Box", "lid", ())))
    form.set_names("Tea", "Front")
    translator = _Foreign()
    QCoreApplication.installTranslator(translator)
    qtbot.waitUntil(lambda: form.side.currentText() == "*front*")
    assert form.names == ("Tea", "Front")
    offered = [form.side.itemText(place) for place in range(form.side.count())]
    assert "*front*" in offered
    assert "front" not in offered
    form.product.setCurrentText("Box")
    form.side.setCurrentText("*back*")
    assert form.names == ("Box", "back")
    form.side.setCurrentText("spout")
    assert form.names == ("Box", "spout")
    form.set_names("Tea", "Front")
    QCoreApplication.removeTranslator(translator)
    qtbot.waitUntil(lambda: form.side.currentText() == "Front")
    assert form.names == ("Tea", "Front")


def test_the_caption_of_the_reference_follows_the_language(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    view = SideBySideView(holder)
    view.show_scene(None, ("Tea", "front"))
    caption = view._captions[1]
    view._retranslate()
    assert caption.text().endswith("Tea · front")
    translator = _Foreign()
    QCoreApplication.installTranslator(translator)
    qtbot.waitUntil(lambda: caption.text().endswith("Tea · *front*"))
    QCoreApplication.removeTranslator(translator)
