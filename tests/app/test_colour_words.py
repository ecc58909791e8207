from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from rich.console import Console

from app import words
from app.commands.inspect import tell
from app.commands.output import Output
from app.panes.verdict_card import VerdictCard
from app.reports.contract import inspection_part
from tests.app import inspection_samples as samples
from vision import Inspection, Outcome


def _inspection(judged: float, outcome: Outcome = Outcome.DIFFERS) -> Inspection:
    one = samples.inspection(outcome)
    assert one.comparison is not None
    return replace(one, comparison=replace(one.comparison, colour_judged=judged))


def _said(judged: float) -> str:
    comparison = _inspection(judged).comparison
    assert comparison is not None
    return words.colour_sentence(comparison)


@pytest.mark.parametrize("judged", [1.0, 0.97])
def test_where_colour_was_judged_nothing_is_said(judged: float) -> None:
    assert _said(judged) == ""


def test_the_share_that_could_not_be_judged_is_told(qapp: object) -> None:
    assert "at 38 % of the places" in _said(0.62)
    words.install_language("zh_CN")
    try:
        chinese = _said(0.0)
    finally:
        words.install_language("en")
    assert "100 %" in chinese
    assert re.search("[一-鿿]", chinese)


def test_the_card_tells_it(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    card = VerdictCard(window)
    card.show_inspection(_inspection(0.62))
    assert "at 38 % of the places" in card._remarks.text()
    card.show_inspection(_inspection(1.0))
    assert "Colour" not in card._remarks.text()


def test_parts_that_were_compared_in_their_own_place_are_told(qapp: object) -> None:
    comparison = _inspection(1.0).comparison
    assert comparison is not None
    assert words.apart_sentence(comparison) == ""
    said = words.apart_sentence(replace(comparison, apart=2))
    assert "compared in its own place" in said
    words.install_language("zh_CN")
    try:
        chinese = words.apart_sentence(replace(comparison, apart=1))
    finally:
        words.install_language("en")
    assert re.search("[一-鿿]", chinese)


@pytest.mark.parametrize("apart", [0, 2])
def test_the_command_line_tells_it(qapp: object, apart: int) -> None:
    inspection = _inspection(1.0)
    assert inspection.comparison is not None
    comparison = replace(inspection.comparison, apart=apart)
    told = io.StringIO()
    console = Console(file=told, width=200)
    tell(
        inspection_part(replace(inspection, comparison=comparison)),
        Output(stream=told, console=console, progress=console, language="en"),
    )
    assert ("compared in its own place" in told.getvalue()) == bool(apart)


def test_the_card_tells_of_such_parts(qapp: object) -> None:
    inspection = _inspection(1.0)
    assert inspection.comparison is not None
    holder = QWidget()  # so that the card is no window of its own
    card = VerdictCard(holder)
    card.show_inspection(replace(inspection, comparison=replace(inspection.comparison, apart=1)))
    assert "compared in its own place" in card._remarks.text()
    assert "where it really lies is hatched" in card._remarks.text()
    card.show_inspection(inspection)
    assert "hatched" not in card._remarks.text()
