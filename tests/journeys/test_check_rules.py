"""What the rules ask for and is missing stands on the page of the check, and leads to its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.commands.checking import check_rules
from app.panes.check_mends import Mending, mending_of
from app.panes.gallery_forms import ADD, PRODUCT, REFERENCE
from app.store import Gap, Policy, Shots
from tests.journeys.test_trainer_forms import (  # noqa: F401 - fixtures
    SOAP,
    TEA,
    bench,
    pane,
    window,
    workspace,
)
from vision import CheckStage, CheckStep, Flaw, FlawKind, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.panes.gallery_pane import GalleryPane
    from app.panes.workspace_bench import WorkspaceBench
    from app.store import Workspace

POLICY = Policy(
    of_reference=("batch", "proof"),
    of_product=("brand",),
    shots=(Shots(required=("front", "back")),),
)


@pytest.fixture
def checked(
    qtbot: QtBot,
    pane: GalleryPane,  # noqa: F811 - a fixture
    bench: WorkspaceBench,  # noqa: F811
    workspace: Workspace,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> GalleryPane:
    """The page on a gallery with rules, where the pictures themselves show nothing wrong."""

    def check() -> Iterator[CheckStep]:
        yield CheckStep(CheckStage.JUDGING, 4, 4, ())

    monkeypatch.setattr(bench, "check_gallery", check)
    workspace.acts.set_policy(POLICY)
    pane.check_gallery()
    qtbot.waitUntil(lambda: pane.check_page.flaws.rowCount() > 0)
    return pane


def gap_at(pane: GalleryPane, wanted: Gap) -> None:  # noqa: F811
    place = pane.check_page.flaws.rows.index(wanted)
    pane.check_page.flaw_list.setCurrentIndex(pane.check_page.flaws.index(place))


def test_the_page_says_what_the_command_line_says(
    checked: GalleryPane,
    workspace: Workspace,  # noqa: F811
) -> None:
    flaws = checked.check_page.flaws
    said = [flaws.index(place).data() for place in range(flaws.rowCount())]
    told = [each.sentence for each in check_rules(workspace, workspace.references())]
    assert said == told
    assert len(said) == 9  # of 2 products a brand, of 3 sides batch and proof, and soap's back
    assert f"To put right: {len(said)}" in checked.check_page.note


def test_a_missing_fact_of_references_is_filled_in(
    qtbot: QtBot,
    checked: GalleryPane,
    workspace: Workspace,  # noqa: F811
) -> None:
    ids = tuple(each.id for each in workspace.references(product=TEA, side="front"))
    gap_at(checked, Gap(TEA, "front", "batch", ids))
    page = checked.check_page
    assert [row.reference.id for row in page.pictures.rows] == list(ids)
    assert page.buttons["say"].isEnabled()
    assert not page.buttons["add"].isEnabled()
    page.buttons["say"].click()
    assert checked.current_side == (TEA, "front")
    assert {each.id for each in checked.reference_list.chosen} == set(ids)
    form = checked.forms.reference
    assert checked.forms.currentIndex() == REFERENCE
    qtbot.waitUntil(form.edits["batch"].hasFocus)
    qtbot.keyClicks(form.edits["batch"], "B-7")
    form.keep_button.click()
    qtbot.waitUntil(
        lambda: (
            [each.provenance.batch for each in workspace.references(product=TEA, side="front")]
            == ["B-7", "B-7"]
        )
    )
    checked.check_gallery()
    qtbot.waitUntil(lambda: checked.check_page.flaws.rowCount() == 8)


def test_a_missing_proof_leads_to_the_button_that_chooses_one(
    qtbot: QtBot,
    checked: GalleryPane,
    workspace: Workspace,  # noqa: F811
) -> None:
    (one,) = workspace.references(product=SOAP)
    gap_at(checked, Gap(SOAP, "front", "proof", (one.id,)))
    checked.check_page.buttons["say"].click()
    assert checked.current_side == (SOAP, "front")
    qtbot.waitUntil(checked.forms.proof_button.hasFocus)
    assert checked.forms.proof_button.isEnabled()


def test_a_missing_fact_of_a_product_is_filled_in(
    qtbot: QtBot,
    checked: GalleryPane,
    workspace: Workspace,  # noqa: F811
) -> None:
    gap_at(checked, Gap(SOAP, "", "brand"))
    checked.check_page.buttons["say"].click()
    assert checked.current_side == (SOAP, "front")
    assert checked.forms.currentIndex() == PRODUCT
    form = checked.forms.product
    qtbot.waitUntil(form.edits["brand"].hasFocus)
    qtbot.keyClicks(form.edits["brand"], "Harbour")
    form.keep_button.click()
    qtbot.waitUntil(lambda: workspace.acts.product(SOAP).brand == "Harbour")


def test_a_missing_side_leads_to_adding_pictures_of_it(checked: GalleryPane) -> None:
    gap_at(checked, Gap(SOAP, "back"))
    assert checked.check_page.buttons["add"].isEnabled()
    assert not checked.check_page.buttons["say"].isEnabled()
    checked.check_page.buttons["add"].click()
    assert checked.forms.currentIndex() == ADD
    assert checked.form.names == (SOAP, "back")


@pytest.mark.parametrize(
    ("mend", "wanted"),
    [
        (Mend.SAY_WHO, Mending(TEA, "front", "vouched_by", ("r",))),
        (Mend.RENEW, Mending(TEA, "front", "valid_to", ("r",))),
        (Mend.WRITE_DATE, Mending(TEA, "front", "valid_to", ("r",))),
        (Mend.ADD_REFERENCES, Mending(TEA, "front")),
        (Mend.ADD_AGAIN, Mending(TEA, "front")),
        (Mend.LOOK, None),
    ],
)
def test_a_flaw_of_records_leads_to_its_form_too(mend: Mend, wanted: Mending | None) -> None:
    assert mending_of(Flaw(FlawKind.OUTLIER, TEA, "front", ("r",), mend)) == wanted
    assert mending_of(None) is None
