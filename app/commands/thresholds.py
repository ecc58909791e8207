"""`touchstone gallery threshold`: what trainers set instead of the promise, and its effect."""

from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text

from app import words
from app.commands.desk import open_desk, own_side
from app.commands.inspect import plain_table
from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import Output, answering
from app.commands.proposing import changing
from app.reports.thresholds import thresholds_document
from app.store import Workspace
from app.threshold_words import basis_words, few_words, share_words, value_words
from vision import ThresholdEvidence, Thresholds, threshold_effect, threshold_evidence

threshold_commands = typer.Typer(
    help="Set from where on a photo differs, and count what that does.", no_args_is_help=True
)
ProductOption = Annotated[
    str, typer.Option("--product", help="With --side: one side; else the whole gallery.")
]
SideOption = Annotated[str, typer.Option("--side", help="Which face of the product.")]


@threshold_commands.command("list")
def list_thresholds(
    context: typer.Context,
    product: ProductOption = "",
    side: SideOption = "",
    effect: Annotated[
        bool, typer.Option("--effect", help="Count false alarms and misses.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """List the thresholds that were set; with --effect also what the one in use does."""
    _check_names(product, side)
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        evidence = None
        if effect:
            side = own_side(opened, product, side) if product else ""
            known = opened.thresholds.known_false()
            gallery = open_desk(opened).gallery
            evidence = threshold_evidence(gallery, product=product, side=side, known_false=known)
        _answer(opened.thresholds.all(), evidence, output, as_json=as_json)


@threshold_commands.command("set")
def set_threshold(
    context: typer.Context,
    value: Annotated[float, typer.Argument(metavar="VALUE", help="The raw value.")],
    product: ProductOption = "",
    side: SideOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Judge by a threshold from now on.

    For a side VALUE is the strongest evidence that still agrees; for the whole gallery how far it
    may lie above what the references of each side lead to expect.
    """
    _keep(context, value, (product, side), as_json, workspace, language)


@threshold_commands.command("reset")
def reset_threshold(
    context: typer.Context,
    product: ProductOption = "",
    side: SideOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Go back to the promised rate of false alarms, for one side or the whole gallery."""
    _keep(context, None, (product, side), as_json, workspace, language)


def _keep(
    context: typer.Context,
    value: float | None,
    names: tuple[str, str],
    as_json: bool,
    workspace: WorkspaceOption,
    language: LanguageOption,
) -> None:
    product, side = names
    _check_names(product, side)
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side) if product else ""
        with changing(opened, output, as_json=as_json) as target:
            target.thresholds.set(value, product=product, side=side)
        _answer(opened.thresholds.all(), None, output, as_json=as_json)


def _check_names(product: str, side: str) -> None:
    if bool(product) != bool(side):
        raise typer.BadParameter("both are needed, or neither", param_hint="--product, --side")


def _answer(
    thresholds: Thresholds, evidence: ThresholdEvidence | None, output: Output, *, as_json: bool
) -> None:
    if as_json:
        output.document(thresholds_document(thresholds, evidence))
        return
    _tell_set(thresholds, output)
    if evidence is not None:
        _tell_effect(evidence, output)


def _tell_set(thresholds: Thresholds, output: Output) -> None:
    if not thresholds.is_set:
        said = QCoreApplication.translate(
            "commands", "No threshold was set: the promised rate of false alarms holds."
        )
        output.console.print(said)
        return
    table = plain_table(
        QCoreApplication.translate("commands", "Of"),
        QCoreApplication.translate("commands", "Threshold"),
    )
    if thresholds.margin is not None:
        whole = QCoreApplication.translate("commands", "whole gallery (margin)")
        table.add_row(whole, value_words(thresholds.margin))
    for product, side, value in thresholds.sides:
        table.add_row(Text(words.side_name(product, side)), value_words(value))
    output.console.print(table)


def _tell_effect(evidence: ThresholdEvidence, output: Output) -> None:
    effect = threshold_effect(evidence, evidence.current)
    rows = (
        (QCoreApplication.translate("commands", "In use"), value_words(evidence.current)),
        (QCoreApplication.translate("commands", "From"), basis_words(evidence.basis)),
        (QCoreApplication.translate("commands", "False alarms"), share_words(effect.false_alarms)),
        (QCoreApplication.translate("commands", "Misses"), share_words(effect.misses)),
    )
    for head, said in rows:
        output.console.print(f"{head}: {said}", soft_wrap=True)
    if effect.is_few:
        output.console.print(few_words(effect.false_alarms.total), soft_wrap=True)
