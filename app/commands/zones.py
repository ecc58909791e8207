"""`touchstone gallery zones` and `gallery zone`: where print must match, and where it varies."""

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text

import vision
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
from app.commands.output import Output, Refused, answering
from app.commands.proposing import changing
from app.commands.side_places import (
    box_text,
    check_inside,
    check_numbers,
    chosen_reference,
    polygon_of,
    references_of,
)
from app.reports.housekeeping import ZonesDocument, zone_part
from app.store import Workspace
from vision import Zone, ZoneKind

zone_commands = typer.Typer(
    help="Draw zones that must match or that vary, and drop them.", no_args_is_help=True
)

ProductOption = Annotated[str, typer.Option("--product", help="What the product is called.")]
SideOption = Annotated[str, typer.Option("--side", help="Which face of it.")]


class Kind(StrEnum):
    """Kinds of zones as they are typed."""

    MUST_MATCH = "must-match"
    VARIABLE = "variable"


_KINDS = {Kind.MUST_MATCH: ZoneKind.MUST_MATCH, Kind.VARIABLE: ZoneKind.VARIABLE}


def zones(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    propose: Annotated[
        bool,
        typer.Option("--propose", help="Also name places where the references differ by item."),
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep what is proposed; implies --propose.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """List the zones of a side, and propose variable ones from its references."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        references_of(opened, product, side)
        found = kept = opened.zones(product, side)
        if propose or accept:
            gallery = open_desk(opened).gallery
            model = gallery.side_model(product, side)
            found = (*found, *vision.propose_zones(model, gallery.learned))
        if accept:
            found = tuple(replace(zone, proposed=False) for zone in found)
            with changing(opened, output, as_json=as_json) as target:
                target.set_zones(product, side, found, expected=kept)
        _answer(product, side, found, output, as_json=as_json)


@zone_commands.command("add")
def add_zone(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    kind: Annotated[Kind, typer.Option(help="What the zone asks for.")],
    polygon: Annotated[
        str,
        typer.Option(metavar="X,Y,X,Y,X,Y,...", help="Its corners, in pixels of the reference."),
    ],
    label: Annotated[str, typer.Option(help="What it is called: seal, batch number.")] = "",
    reference: Annotated[
        str,
        typer.Option(
            metavar="FILE_OR_SHA",
            help="The reference that the corners lie on; else the first of the side.",
        ),
    ] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Add one zone to a side."""
    corners = polygon_of(polygon)
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        own = chosen_reference(references_of(opened, product, side), reference)
        check_inside(corners, own)
        made = Zone(_KINDS[kind], corners, own.sha256, label.strip())
        known = opened.zones(product, side)
        _check_judged(opened, product, side, (*known, made))
        with changing(opened, output, as_json=as_json) as target:
            target.set_zones(product, side, (*known, made), expected=known)
        _answer(product, side, opened.zones(product, side), output, as_json=as_json)


@zone_commands.command("drop")
def drop_zone(
    context: typer.Context,
    product: ProductOption,
    side: SideOption,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="[NUMBER]...", help="As “gallery zones” lists them."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Drop all zones of the side.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Drop zones of a side by their numbers; the others are numbered anew."""
    wanted = set(numbers or ())
    if every == bool(wanted):
        raise typer.BadParameter("give the numbers of zones, or --all", param_hint="NUMBER")
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        references_of(opened, product, side)
        found = opened.zones(product, side)
        said = QCoreApplication.translate(
            "commands", "{side} has no zone {number}; it has {count}."
        )
        check_numbers(wanted, product, side, len(found), said)
        kept = [z for n, z in enumerate(found, start=1) if not every and n not in wanted]
        with changing(opened, output, as_json=as_json) as target:
            target.set_zones(product, side, kept, expected=found)
        _answer(product, side, tuple(kept), output, as_json=as_json)


def _check_judged(workspace: Workspace, product: str, side: str, zones: tuple[Zone, ...]) -> None:
    """Refuse the last zone where variable ones leave nothing of a must-match one to compare."""
    must_match = [zone for zone in zones if zone.kind is ZoneKind.MUST_MATCH]
    if not must_match or len(must_match) == len(zones):
        return
    model = open_desk(workspace).gallery.side_model(product, side)
    anyway = vision.lost_zones(must_match, model)
    before = vision.lost_zones(zones[:-1], model)
    lost = [z for z in vision.lost_zones(zones, model) if z not in anyway and z not in before]
    if not lost:
        return
    said = QCoreApplication.translate(
        "commands",
        "The variable zones of {side} would leave nothing to compare of its must-match zone "
        "“{name}”. Choose other corners.",
    )
    raise Refused(said.format(name=lost[0].label, side=words.side_name(product, side)))


def _answer(
    product: str, side: str, found: tuple[Zone, ...], output: Output, *, as_json: bool
) -> None:
    if as_json:
        parts = tuple(zone_part(number, zone) for number, zone in enumerate(found, start=1))
        output.document(ZonesDocument(product=product, side=side, zones=parts))
        return
    if not found:
        said = QCoreApplication.translate("commands", "{side} has no zones.")
        output.console.print(said.format(side=words.side_name(product, side)), soft_wrap=True)
        return
    table = plain_table(
        QCoreApplication.translate("commands", "Zone"),
        QCoreApplication.translate("commands", "Kind"),
        QCoreApplication.translate("commands", "Name"),
        QCoreApplication.translate("commands", "Place"),
        QCoreApplication.translate("commands", "Reference"),
    )
    proposed = QCoreApplication.translate("commands", "{kind}, proposed")
    for number, zone in enumerate(found, start=1):
        kind = words.zone_kind(zone.kind)
        table.add_row(
            str(number),
            Text(proposed.format(kind=kind) if zone.proposed else kind),
            Text(zone.label),
            box_text(zone.polygon),
            zone.reference[:12],
        )
    output.console.print(table)
