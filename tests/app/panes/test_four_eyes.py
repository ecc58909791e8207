"""Where two people have to agree, each act of a trainer becomes a proposal, told in words."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from app.messages import Kind, Message, Messages
from app.panes.gallery_changes import GalleryChanges
from app.panes.threshold_work import ThresholdWork
from app.panes.thresholds_page import ThresholdsPage
from app.panes.trainer_bench import TrainerWork
from app.panes.workspace_bench import WorkspaceBench
from app.store import (
    Change,
    KeptProduct,
    KeptTrait,
    KnownLength,
    Policy,
    ProposalMade,
    Shots,
    TrainerActs,
    Workspace,
)
from tests.app.panes.test_workspace_bench import finish
from tests.app.store.gallery_samples import fill, picture
from vision import Gallery, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from vision import Reference

    Do = Callable[[GalleryChanges, tuple[Reference, ...], Path], None]

pytestmark = pytest.mark.usefixtures("nothing_left_over")
TEA = "茶叶罐 200 g"
CORNERS = ((10.0, 0.0), (310.0, 10.0), (310.0, 230.0), (0.0, 230.0))


def _traits(reference: Reference) -> tuple[KeptTrait, ...]:
    point = ((4.0, 5.0),)
    return (KeptTrait(sentence="R 在此闭合", reference=reference.sha256, polygon=point),)


def _set_traits(changes: GalleryChanges, known: tuple[Reference, ...], _folder: Path) -> None:
    one = known[0]
    changes.set_traits(one.product, one.side, _traits(one))


def _add_proof(changes: GalleryChanges, known: tuple[Reference, ...], folder: Path) -> None:
    changes.add_proof(known[:2], str(picture(folder / "invoice.png", 80)))


def _take_back(changes: GalleryChanges, _known: tuple[Reference, ...], _folder: Path) -> None:
    facts = {"product": "Biscuits"}
    before, after = KeptProduct(**facts, brand="Other"), KeptProduct(**facts)
    changes.take_back((Change(before=before, after=after),))


# By what the window calls: each method of GalleryChanges that changes the gallery.
ACTS: dict[str, Do] = {
    "move": lambda changes, known, _: changes.move(known[:1], "Soap", "front"),
    "set_canonical": lambda changes, known, _: changes.set_canonical(known[0], wanted=True),
    "prepare": lambda changes, known, _: changes.prepare(known[0], CORNERS, size=(320, 240)),
    "say": lambda changes, known, _: changes.say(known, {"batch": "B-99"}),
    "add_proof": _add_proof,
    "set_product": lambda changes, _known, _: changes.set_product(TEA, {"brand": "青山"}),
    "set_traits": _set_traits,
    "set_policy": lambda changes, _known, _: changes.set_policy(
        Policy(of_product=("brand",), shots=(Shots(required=("front",)),))
    ),
    "take_back": _take_back,
}


@pytest.fixture
def ann(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder, author="Ann") as opened:
        fill(opened, tmp_path / "pictures")
        opened.approvals.need(True)
        yield opened


def _changes(ann: Workspace, messages: Messages, parent: QObject) -> GalleryChanges:
    def no_gallery() -> Gallery:
        raise AssertionError("a proposal changes nothing that photos are judged by")

    return GalleryChanges(TrainerWork(lambda: ann, no_gallery, lambda: None), messages, parent)


def test_every_act_of_the_window_is_tried_here() -> None:
    shown = {name for name, _ in inspect.getmembers(GalleryChanges, inspect.isfunction)}
    acts = {name for name in shown & set(vars(GalleryChanges)) if not name.startswith("_")}
    assert acts == set(ACTS)
    changing = {name for name in vars(TrainerActs) if name.startswith(("set_", "move", "prepare"))}
    assert changing <= set(ACTS), "what the store can do, the window does through these"


@pytest.mark.parametrize("act", ACTS)
def test_an_act_of_a_trainer_waits_for_a_second_person(
    qtbot: QtBot, ann: Workspace, tmp_path: Path, act: str
) -> None:
    messages, parent, said = Messages(), QObject(), []
    messages.said.connect(said.append)
    changes = _changes(ann, messages, parent)
    before = ann.snapshots.now()
    ACTS[act](changes, ann.references(), tmp_path)
    qtbot.waitUntil(lambda: bool(said))
    (message,) = said
    assert isinstance(message, Message)
    assert message.kind is Kind.WARNING, message.details
    assert isinstance(message.error, ProposalMade)
    assert "proposal 1" in message.text()
    assert ann.snapshots.now() == before
    with Workspace(ann.folder, author="Ben") as ben:
        assert ben.approvals.approve(1)
        assert ben.snapshots.now() != before


def test_what_changes_nothing_is_no_proposal(qtbot: QtBot, ann: Workspace) -> None:
    messages, parent, said = Messages(), QObject(), []
    messages.said.connect(said.append)
    _changes(ann, messages, parent).set_product(TEA, {"brand": ""})
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].kind is Kind.INFO
    assert ann.approvals.all() == ()


def test_a_threshold_waits_for_a_second_person(qtbot: QtBot, ann: Workspace) -> None:
    gallery, messages, said = Gallery(()), Messages(), []
    messages.said.connect(said.append)
    page = ThresholdsPage(ThresholdWork(lambda: ann, lambda: gallery), messages)
    qtbot.addWidget(page)
    for value in (0.25, None):
        page.keep_again(value, ("", ""))
    page.use_it()
    qtbot.waitUntil(lambda: len(said) == 3)
    kinds = [type(message.error) for message in said]
    assert kinds.count(ProposalMade) == 2, "to take back what nobody has set is no change"
    assert ann.thresholds.all().margin is None
    assert gallery.thresholds.margin is None
    with Workspace(ann.folder, author="Ben") as ben:
        ben.approvals.approve(1)
    assert ann.thresholds.all().margin == 0.25


def test_a_table_that_is_imported_waits_for_a_second_person(ann: Workspace, tmp_path: Path) -> None:
    picture(tmp_path / "new.png", 90)
    table = tmp_path / "list.csv"
    table.write_text("file,product,side,brand\nnew.png,Soap,front,Harbour\n", encoding="utf-8")
    bench = TrainerWork(lambda: ann, lambda: Gallery(()), lambda: None)
    with pytest.raises(ProposalMade):
        finish(bench.import_table(table))
    assert len(ann.references()) == 5
    with Workspace(ann.folder, author="Ben") as ben:
        ben.approvals.approve(1)
    assert len(ann.references()) == 6
    assert ann.acts.product("Soap").brand == "Harbour"


@pytest.mark.parametrize("act", ["remove", "zones", "length", "restore", "demo"])
def test_what_the_panes_ask_of_the_bench_waits_too(ann: Workspace, act: str) -> None:
    one = ann.references()[0]
    ann.approvals.need(False, agreed="Ben")
    ann.snapshots.take("all")
    ann.remove_reference(ann.references()[-1].id)
    ann.approvals.need(True)
    before = ann.snapshots.now()
    bench = WorkspaceBench(ann.folder, author="Ann")
    bench._gallery = ann.gallery(None)  # no network is needed for what is only proposed
    zone = Zone(ZoneKind.MUST_MATCH, CORNERS, one.sha256, "R")
    acts: dict[str, Callable[[], object]] = {
        "remove": lambda: finish(bench.drop(one.id)),
        "zones": lambda: finish(bench.set_zones(one.product, one.side, (zone,))),
        "length": lambda: bench.keep_known_length(one.sha256, KnownLength((1, 1), (9, 1), 5.0)),
        "restore": lambda: finish(bench.versions.restore("all", "")),
        "demo": lambda: finish(bench.fill_with_demo()),
    }
    with pytest.raises(ProposalMade):
        acts[act]()
    bench.close()
    assert ann.snapshots.now() == before
