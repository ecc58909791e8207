from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.models.findings import (
    CANDIDATE_ROLE,
    REGION_ROLE,
    CandidateListModel,
    RegionListModel,
    RegionRow,
    in_order,
)
from app.models.photos import ROW_ROLE, PhotoListModel, PhotoRow, State, name_of
from app.models.references import (
    ReferenceListModel,
    ReferenceRow,
    SideListModel,
    sides_of,
)
from tests.app.store.test_findings import by_hand, finding
from vision import Candidate, Channel, FileUnreachable, Outcome, Provenance, Reference, Region

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester


def rows(*names: str) -> tuple[PhotoRow, ...]:
    return tuple(PhotoRow(key, name) for key, name in enumerate(names, 1))


def region(number: int) -> Region:
    square = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0))
    return Region(number, Channel.COLOUR, square, square, 0.5, 0.25, 2.0, "f" * 64)


def reference(name: str, product: str, side: str = "front") -> Reference:
    return Reference(
        name, product, side, "ab" * 32, f"/{name}.jpg", provenance=Provenance(batch="B7")
    )


def test_photo_model_is_lawful_while_it_changes(qtmodeltester: ModelTester) -> None:
    model = PhotoListModel()
    qtmodeltester.check(model)
    model.insert(0, rows("a.jpg", "b.jpg", "c.jpg"))
    model.replace(replace(model.rows[1], state=State.READING))
    model.take(0)
    model.insert(1, (PhotoRow(9, "d.jpg"),))
    model.insert(0, ())
    assert [row.name for row in model.rows] == ["b.jpg", "d.jpg", "c.jpg"]
    assert model.data(model.index(1)) == "d.jpg"
    assert model.place_of(9) == 1
    assert model.place_of(77) == -1


def test_photo_model_tells_which_row_changed(qtbot: object) -> None:
    model = PhotoListModel()
    model.insert(0, rows("a.jpg", "b.jpg"))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.replace(replace(model.rows[1], state=State.DONE))
    model.replace(PhotoRow(50, "gone.jpg"))
    assert told == [1]


def test_many_photos_change_at_once_and_are_told_once(qtbot: object) -> None:
    model = PhotoListModel()
    model.insert(0, tuple(PhotoRow(key, f"{key}.jpg") for key in range(1, 6)))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    stopped = tuple(replace(model.rows[place], state=State.STOPPED) for place in (1, 3))
    model.replace_all((*stopped, PhotoRow(9, "gone.jpg")))
    assert [row.state is State.STOPPED for row in model.rows] == [False, True, False, True, False]
    assert [row.key for row in model.rows] == [1, 2, 3, 4, 5]
    assert told == [(0, 3)]
    model.replace_all(())
    assert len(told) == 1


def test_photo_words(qapp: object) -> None:
    model = PhotoListModel()
    error = FileUnreachable("/x/a.jpg", "no such file", "Check the name.")
    model.insert(
        0,
        (
            PhotoRow(1, "a.jpg", "/x/a.jpg", State.FAILED, error=error),
            PhotoRow(2, "b.jpg", state=State.DONE, outcome=Outcome.AGREES),
        ),
    )
    assert model.state_words(model.rows[0]) == "Cannot be read"
    assert "a.jpg" in str(model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)).split("\n")[1]
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "b.jpg, Agrees"
    assert model.data(model.index(1), ROW_ROLE) is model.rows[1]


@pytest.mark.parametrize("state", list(State))
def test_every_state_but_done_has_words(qapp: object, state: State) -> None:
    words = PhotoListModel().state_words(PhotoRow(1, "a", state=state))
    assert bool(words) == (state is not State.DONE)


def test_name_of() -> None:
    assert name_of("/a/b/c.jpg") == "c.jpg"


def test_region_model(qtmodeltester: ModelTester) -> None:
    model = RegionListModel()
    qtmodeltester.check(model)
    model.set_rows((RegionRow(region(1)), RegionRow(region(2))))
    assert model.place_of(2) == 1
    assert model.place_of(3) == -1
    assert model.data(model.index(0)) == "Colour"
    assert model.data(model.index(1), REGION_ROLE) is model.rows[1]
    sentence = model.sentence(model.rows[1])
    assert "Region 2" in sentence
    assert "0.5" in sentence
    assert "0.25" in sentence


def test_rows_that_were_not_measured_have_names_of_their_own(qapp: object) -> None:
    model = RegionListModel()
    drawn, gone = by_hand(), finding(note="")
    model.set_rows(
        (
            RegionRow(region(1), finding=finding()),
            RegionRow(None, finding=drawn, added=1),
            RegionRow(None, finding=gone, added=2),
        )
    )
    assert [row.label for row in model.rows] == ["1", "+1", "+2"]
    assert len({row.number for row in model.rows}) == 3
    assert [model.title(row) for row in model.rows] == [
        "Colour",
        "Added by hand",
        "No longer stands out",
    ]
    assert [model.opinion_words(row) for row in model.rows] == [
        "Lighting",
        "Not looked at yet",
        "Lighting",
    ]
    assert model.sentence(model.rows[0]).endswith("Lighting. 反光 on the seal")
    assert "nothing was measured" in model.sentence(model.rows[1])


def test_regions_are_ordered_by_how_far_outside_they_lie() -> None:
    regions = [
        replace(region(number), ratio=ratio)
        for number, ratio in ((1, 2.0), (2, 5.0), (3, math.inf), (4, 2.0))
    ]
    assert [one.number for one in in_order(regions)] == [3, 2, 1, 4]


def test_other_findings_keep_what_is_chosen(qapp: object) -> None:
    model = RegionListModel()
    model.set_rows((RegionRow(region(1)), RegionRow(region(2))))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.replace_rows((RegionRow(region(1), finding=finding()), RegionRow(region(2))))
    assert not resets
    model.replace_rows((RegionRow(region(1)),))
    assert resets


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Outcome.DIFFERS, "1 of 4 looked at"), (Outcome.AGREES, "")],
)
def test_progress_is_told_where_there_are_regions(
    qapp: object, outcome: Outcome, words: str
) -> None:
    row = PhotoRow(1, "a", state=State.DONE, outcome=outcome, regions=4, examined=1)
    assert PhotoListModel().progress_words(row) == words
    assert PhotoListModel().progress_words(replace(row, regions=0)) == ""
    assert PhotoListModel().progress_words(replace(row, state=State.STOPPED)) == ""


def test_candidate_model(qtmodeltester: ModelTester) -> None:
    model = CandidateListModel()
    qtmodeltester.check(model)
    model.set_rows(
        (
            Candidate("Tea", "front", 0.9, 120, verified=True),
            Candidate("Oil", "back", 0.2, 4, False),
        )
    )
    assert model.data(model.index(0)) == "Tea · front"
    assert model.data(model.index(0), CANDIDATE_ROLE) is model.rows[0]
    assert "120" in model.state_words(model.rows[0])
    assert model.state_words(model.rows[0]) != model.state_words(model.rows[1])


def test_sides_are_grouped_and_sorted() -> None:
    one, two, three = reference("1", "Tea"), reference("2", "Oil"), reference("3", "Tea")
    grouped = sides_of((one, two, three))
    assert [(row.product, row.side, row.references) for row in grouped] == [
        ("Oil", "front", (two,)),
        ("Tea", "front", (one, three)),
    ]


def test_side_model_finds_by_words(qtmodeltester: ModelTester) -> None:
    model = SideListModel()
    qtmodeltester.check(model)
    references = (reference("1", "Green Tea"), reference("2", "Oil", "back"))
    model.set_rows(sides_of(references))
    assert model.rowCount() == 2
    model.set_words("TEA green")
    assert [row.product for row in model.rows] == ["Green Tea"]
    assert len(model.all_rows) == 2
    assert model.place_of("Oil", "back") == -1
    model.set_words("")
    assert model.place_of("Oil", "back") == 1


def test_reference_model(qtmodeltester: ModelTester) -> None:
    model = ReferenceListModel()
    qtmodeltester.check(model)
    model.set_rows((ReferenceRow(reference("1", "Tea")), ReferenceRow(reference("2", "Tea"))))
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    model.set_thumbnail("2", image)
    model.set_thumbnail("gone", image)
    assert model.data(model.index(0), Qt.ItemDataRole.DecorationRole) is None
    assert model.data(model.index(1), Qt.ItemDataRole.DecorationRole) == image
    assert model.data(model.index(0)) == "B7"
    assert "Batch: B7" in str(model.data(model.index(0), Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize(
    "model_kind",
    [PhotoListModel, RegionListModel, CandidateListModel, SideListModel, ReferenceListModel],
)
def test_empty_models_answer_nothing(qapp: object, model_kind: type) -> None:
    model = model_kind()
    assert model.rowCount() == 0
    assert model.data(model.index(0)) is None
    if hasattr(model, "reword"):
        model.reword()
