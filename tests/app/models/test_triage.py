"""The triage table puts rows in order as they come, and touches no other."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.models.triage import ENTRY_ROLE, FILE, OUTCOME, TriageHead, TriageModel
from app.models.triage_filter import Grouping, TriageFilter, Wanted
from app.models.triage_rows import TriageRow, row_of
from app.reports.scanning import PHOTO, REPEATED, UNREADABLE
from app.store import Decided, Decision, Judgement, ScannedFile
from vision import AsideKind

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

MOMENT = datetime(2026, 3, 4, tzinfo=UTC)


def row(name: str, suspicion: float | None = 1.0, **facts: object) -> TriageRow:
    made = TriageRow(f"/photos/{name}", PHOTO, f"{name:0>64}", "differs", "Tea", "front", suspicion)
    return replace(made, **facts)


def copy_of(first: TriageRow, path: str) -> TriageRow:
    return TriageRow(path, REPEATED, first.sha256, first=first.path)


def differs(row: TriageRow) -> Decision:
    return Decision(row.subject, Decided.DIFFERS, "Lin", MOMENT)


def names(model: TriageModel) -> list[str]:
    return [one.name for one in model.entries if isinstance(one, TriageRow)]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> TriageModel:
    made = TriageModel()
    qtmodeltester.check(made)
    return made


def test_rows_that_come_in_any_order_lie_in_the_one_order(model: TriageModel) -> None:
    rows = [row(f"{n:03}", n / 10 if n % 7 else None) for n in range(200)]
    chance = random.Random(3)
    mixed = chance.sample(rows, len(rows))
    for start in range(0, 200, 13):
        model.put(mixed[start : start + 13])
    assert list(model.entries) == sorted(rows, key=lambda one: one.key)
    assert names(model)[0] == "199"
    assert all(model.place_of(one.path) == at for at, one in enumerate(model.entries))


def test_only_the_rows_that_come_are_inserted(model: TriageModel) -> None:
    model.put([row("a", 3.0), row("b", 1.0)])
    seen: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: seen.append((first, last)))
    model.put([row("c", 4.0), row("d", 2.0), row("e", 1.5), row("f", 0.5)])
    assert names(model) == ["c", "a", "d", "e", "b", "f"]
    assert sorted(seen) == [(0, 0), (1, 2), (2, 2)]


def test_the_same_row_again_changes_nothing_and_another_answer_moves_it(model: TriageModel) -> None:
    model.put([row("a", 3.0), row("b", 1.0)])
    seen: list[object] = []
    model.rowsInserted.connect(lambda *what: seen.append(what))
    model.put([row("a", 3.0)])
    assert not seen
    model.put([row("a", 0.1)])
    assert names(model) == ["b", "a"]


def test_a_copy_that_comes_before_its_first_is_told_with_it(model: TriageModel) -> None:
    first = row("a", 3.0, faults=("glare",))
    model.put([copy_of(first, "/elsewhere/copy.jpg"), row("b", 1.0)])
    assert names(model)[-1] == "copy.jpg"
    assert model.index(1, OUTCOME).data() == "Same file as another"
    model.put([first])
    assert names(model) == ["copy.jpg", "a", "b"]
    assert model.entry(0).faults == ("glare",)
    assert model.rows.outcomes["differs"] == 3  # as many as are shown
    model.show_only(TriageFilter(outcome="differs"))
    assert model.shown_rows == 3


def test_a_decision_holds_for_every_copy(model: TriageModel) -> None:
    first = row("a", 3.0)
    copy = copy_of(first, "/elsewhere/copy.jpg")
    model.put([first, copy, row("b", 1.0)])
    model.decide([(first.subject, differs(first))])
    assert [model.decided(one) for one in model.entries] == [Decided.DIFFERS, Decided.DIFFERS, None]
    assert model.next_open(0) == 2
    model.show_only(TriageFilter(wanted=Wanted.OPEN))
    assert names(model) == ["b"]
    model.decide([(first.subject, None)])
    assert len(names(model)) == 3


def test_many_decisions_are_one_change_of_neighbours(model: TriageModel) -> None:
    rows = [row(f"{n:03}", 9 - n / 100) for n in range(300)]
    model.put(rows)
    changed: list[tuple[int, int]] = []
    removed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.rowsRemoved.connect(lambda _parent, first, last: removed.append((first, last)))
    model.decide((one.subject, differs(one)) for one in rows[100:150] + rows[200:300])
    assert changed == [(100, 149), (200, 299)]
    model.show_only(TriageFilter(wanted=Wanted.OPEN))
    model.decide((one.subject, differs(one)) for one in rows[50:100])
    assert removed == [(50, 99)]
    assert names(model) == [one.name for one in rows[:50] + rows[150:200]]
    model.decide((one.subject, None) for one in rows[50:100])
    assert names(model) == [one.name for one in rows[:100] + rows[150:200]]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TriageFilter(), ["a", "b", "torn", "c"]),
        (TriageFilter(outcome="agrees"), ["b"]),
        (TriageFilter(product="Soap"), ["b"]),
        (TriageFilter(fault="glare"), ["a"]),
        (TriageFilter(folder="/photos"), ["a", "b", "torn", "c"]),
        (TriageFilter(folder="/other"), []),
        (TriageFilter(words="photos b"), ["b"]),
        (TriageFilter(aside=True), ["list.txt"]),
        (TriageFilter(outcome=UNREADABLE), ["torn"]),
    ],
)
def test_filters(model: TriageModel, wanted: TriageFilter, expected: list[str]) -> None:
    model.put(
        [
            row("a", 3.0, faults=("glare",)),
            row("b", 1.0, outcome="agrees", product="Soap"),
            row("c", None, outcome=""),
            row("torn", None, outcome=UNREADABLE),
            TriageRow("/photos/list.txt", AsideKind.NOT_A_PICTURE),
        ]
    )
    model.show_only(wanted)
    assert names(model) == expected


def test_groups_follow_their_worst_row(model: TriageModel) -> None:
    model.group_by(Grouping.PRODUCT)
    model.put([row("a", 1.0), row("b", 2.0, product="Soap"), row("c", 3.0), row("d", 0.5)])
    heads = [one for one in model.entries if isinstance(one, TriageHead)]
    assert [(one.name, one.count, one.waiting) for one in heads] == [("Tea", 3, 3), ("Soap", 1, 1)]
    assert names(model) == ["c", "a", "d", "b"]
    assert model.shown_rows == 4
    assert model.index(0, 0).data().startswith("Tea")
    model.put([row("e", 9.0, product="Soap")])
    assert names(model) == ["e", "b", "c", "a", "d"]


def test_only_photos_used_again_are_grouped_as_the_same_photo(model: TriageModel) -> None:
    first = row("a", 3.0)
    model.put([first, row("b", 4.0), copy_of(first, "/elsewhere/a.jpg")])
    model.group_by(Grouping.SAME_PHOTO)
    head, *rest = model.entries
    assert isinstance(head, TriageHead)
    assert (head.count, head.folders) == (2, 2)
    assert [one.path for one in rest] == ["/elsewhere/a.jpg", "/photos/a"]


def test_a_photo_saved_differently_is_grouped_with_its_first_and_judged_by_itself(
    model: TriageModel,
) -> None:
    first, small = row("a", 1.0), row("small", 3.0, path="/other/small", near="/photos/a")
    model.put([small, row("b", 4.0), copy_of(small, "/third/copy")])
    model.group_by(Grouping.SAME_PHOTO)
    model.put([first])
    head, *rest = model.entries
    assert isinstance(head, TriageHead)
    assert (head.count, head.folders) == (3, 3)
    assert [one.path for one in rest] == ["/other/small", "/third/copy", "/photos/a"]
    assert [one.suspicion for one in rest] == [3.0, 3.0, 1.0]
    assert model.place_words(small).endswith("saved again: a")
    assert "/photos/a" in model.tip(small)


def test_photos_of_one_item_are_grouped_wherever_they_lie(model: TriageModel) -> None:
    rows = [row("a", 3.0), row("b", 2.0, path="/other/b"), row("c", 1.0)]
    model.put(rows)
    model.set_items({"item": (rows[0].sha256, rows[1].sha256)})
    model.group_by(Grouping.ITEM)
    heads = [model.head_words(one) for one in model.entries if isinstance(one, TriageHead)]
    assert [head.partition("  ")[0] for head in heads] == ["One item", "/photos"]


def test_what_a_scan_does_not_meet_any_more_goes(model: TriageModel) -> None:
    model.put([row("a", 3.0), row("b", 2.0), row("c", 1.0)])
    model.keep_only({"/photos/a", "/photos/c"})
    assert names(model) == ["a", "c"]
    assert model.rows.outcomes["differs"] == 2
    assert model.rows.folders["/photos"] == 2


def test_cells_say_what_a_screen_reader_says(model: TriageModel) -> None:
    model.put([row("a", 3.0, faults=("glare",), product="<b>Tea</b>")])
    index = model.index(0, FILE)
    assert index.data(ENTRY_ROLE).name == index.data() == "a"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a"
    assert model.headerData(FILE, Qt.Orientation.Horizontal) == "File"
    assert "glare" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_scanned_file_becomes_a_row() -> None:
    document = {"photo": {"faults": [{"kind": "blur"}, {"kind": "blur"}]}, "reason": "x"}
    said = Judgement(json.dumps(document), "differs", "Tea", "front", 1.5)
    made = row_of(ScannedFile("/a/b.jpg", PHOTO, 1, 2, "ab", judgement=said))
    expected = TriageRow("/a/b.jpg", PHOTO, "ab", "differs", "Tea", "front", 1.5, ("blur",))
    assert made == expected
    torn = row_of(ScannedFile("/a/c.jpg", PHOTO, why="/a/c.jpg: the disk is gone"))
    assert (torn.outcome, torn.why) == (UNREADABLE, "The disk is gone")
    assert not torn.is_judged
