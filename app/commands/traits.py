"""`touchstone gallery features` and `gallery feature`: what tells genuine items from others."""

from pathlib import Path
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
from app.commands.side_places import (
    box_text,
    check_inside,
    check_numbers,
    chosen_reference,
    polygon_of,
    references_of,
)
from app.reports.housekeeping import FeaturesDocument, feature_part
from app.store import KeptTrait, Workspace
from vision import Reference

feature_commands = typer.Typer(
    help="Say by what genuine items are told from others, at a place of a side.",
    no_args_is_help=True,
)

ProductOption = Annotated[str, typer.Option("--product", help="What the product is called.")]
SideOption = Annotated[str, typer.Option("--side", help="Which face of it.")]
NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="As “gallery features” lists it.")
]
SentenceOption = Annotated[
    str | None, typer.Option(help="What to see there, such as: the R closes here.")
]
GenuineOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A picture of a genuine item there.")
]
KnownFalseOption = Annotated[
    Path | None, typer.Option("--known-false", metavar="FILE", help="The same of a false item.")
]


def features(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """List what tells genuine items of a side from others."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        references_of(opened, product, side)
        _answer(product, side, opened.acts.traits(product, side), output, as_json=as_json)


@feature_commands.command("add")
def add_feature(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    polygon: Annotated[
        str,
        typer.Option(metavar="X,Y,X,Y,X,Y,...", help="Its corners, in pixels of the reference."),
    ],
    sentence: Annotated[str, typer.Option(help="What to see there: the R closes here.")],
    reference: Annotated[
        str,
        typer.Option(
            metavar="FILE_OR_SHA",
            help="The reference that the corners lie on; else the one that stands for the side.",
        ),
    ] = "",
    genuine: GenuineOption = None,
    known_false: KnownFalseOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Add a place, and what genuine items show there."""
    corners, said = polygon_of(polygon), _sentence(sentence)
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        references = references_of(opened, product, side)
        own = (
            chosen_reference(references, reference)
            if reference or len(references) == 1
            else _standing_for(opened, product, side)
        )
        check_inside(corners, own)
        made = KeptTrait(
            sentence=said,
            reference=own.sha256,
            polygon=corners,
            **_pictures(opened, genuine, known_false),
        )
        known = opened.acts.traits(product, side)
        kept = (*known, made)
        with changing(opened, output, as_json=as_json) as target:
            target.acts.set_traits(product, side, kept, expected=known)
        _answer(product, side, kept, output, as_json=as_json)


@feature_commands.command("change")
def change_feature(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    number: NumberArgument,
    sentence: SentenceOption = None,
    genuine: GenuineOption = None,
    known_false: KnownFalseOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Change the sentence or the pictures; what is not named stays as it is."""
    said = {} if sentence is None else {"sentence": _sentence(sentence)}
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        references_of(opened, product, side)
        known = opened.acts.traits(product, side)
        _check_numbers({number}, product, side, len(known))
        update = {**said, **_pictures(opened, genuine, known_false)}
        changed = known[number - 1].model_copy(update=update)
        kept = (*known[: number - 1], changed, *known[number:])
        with changing(opened, output, as_json=as_json) as target:
            target.acts.set_traits(product, side, kept, expected=known)
        _answer(product, side, kept, output, as_json=as_json)


@feature_commands.command("drop")
def drop_feature(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="[NUMBER]...", help="As “gallery features” lists them."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Drop all features of the side.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Drop features of a side by their numbers; the others are numbered anew."""
    wanted = set(numbers or ())
    if every == bool(wanted):
        raise typer.BadParameter("give the numbers of features, or --all", param_hint="NUMBER")
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        references_of(opened, product, side)
        known = opened.acts.traits(product, side)
        _check_numbers(wanted, product, side, len(known))
        kept = tuple(t for n, t in enumerate(known, start=1) if not every and n not in wanted)
        with changing(opened, output, as_json=as_json) as target:
            target.acts.set_traits(product, side, kept, expected=known)
        _answer(product, side, kept, output, as_json=as_json)


def _sentence(text: str) -> str:
    if not text.strip():
        raise typer.BadParameter("say what to see there", param_hint="--sentence")
    return text.strip()


def _standing_for(workspace: Workspace, product: str, side: str) -> Reference:
    """The reference on which the window shows features."""
    return open_desk(workspace).gallery.side_model(product, side).canonical


def _pictures(
    workspace: Workspace, genuine: Path | None, known_false: Path | None
) -> dict[str, str]:
    """The stored names of those that are given."""
    given = {"genuine": genuine, "known_false": known_false}
    return {
        field: workspace.acts.keep_picture(file)
        for field, file in given.items()
        if file is not None
    }


def _check_numbers(wanted: set[int], product: str, side: str, count: int) -> None:
    said = QCoreApplication.translate("commands", "{side} has no feature {number}; it has {count}.")
    check_numbers(wanted, product, side, count, said)


def _answer(
    product: str, side: str, found: tuple[KeptTrait, ...], output: Output, *, as_json: bool
) -> None:
    if as_json:
        parts = tuple(feature_part(number, each) for number, each in enumerate(found, start=1))
        output.document(FeaturesDocument(product=product, side=side, features=parts))
        return
    if not found:
        said = QCoreApplication.translate(
            "commands", "Nothing is said yet of how to tell genuine items of {side}."
        )
        output.console.print(said.format(side=words.side_name(product, side)), soft_wrap=True)
        return
    table = plain_table(
        QCoreApplication.translate("commands", "Feature"),
        QCoreApplication.translate("commands", "What to see there"),
        QCoreApplication.translate("commands", "Pictures"),
        QCoreApplication.translate("commands", "Place"),
        QCoreApplication.translate("commands", "Reference"),
    )
    genuine = QCoreApplication.translate("commands", "genuine")
    known_false = QCoreApplication.translate("commands", "known false")
    for number, each in enumerate(found, start=1):
        shown = [genuine] * bool(each.genuine) + [known_false] * bool(each.known_false)
        table.add_row(
            str(number),
            Text(each.sentence),
            Text(words.in_a_row(shown)),
            box_text(each.polygon),
            each.reference[:12],
        )
    output.console.print(table)
