"""`touchstone gallery`: fill, list, check and search the gallery of genuine references."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.console import Console
from rich.text import Text

import vision
from app import words
from app.commands.checking import (
    check_pictures,
    check_rules,
    check_traits,
    check_zones,
    tell_findings,
)
from app.commands.desk import inside, open_desk, own_side
from app.commands.inspect import candidates_table, plain_table
from app.commands.mending import first, move, product, say, straighten
from app.commands.options import (
    JsonOption,
    LanguageOption,
    RegionOption,
    WorkspaceOption,
    language_code,
    region_box,
    workspace_folder,
)
from app.commands.output import Output, Refused, answering
from app.commands.proposing import changing
from app.commands.rules import rules
from app.commands.sharing import share
from app.commands.staged_progress import staged_progress
from app.commands.thresholds import threshold_commands
from app.commands.traits import feature_commands, features
from app.commands.travel import export, load
from app.commands.versions import diff, history, restore, snapshot, snapshots
from app.commands.zones import zone_commands, zones
from app.reading import read_photo
from app.reports.contract import candidate_part
from app.reports.housekeeping import (
    AddDocument,
    AddPart,
    AddState,
    CheckDocument,
    ListDocument,
    SearchDocument,
    reference_part,
)
from app.side_words import named_side, product_and_side, side_word
from app.store import ImportRow, Workspace
from vision import PictureError, Provenance, Reference

gallery_commands = typer.Typer(
    help="Fill, list, check and search the gallery of genuine references.", no_args_is_help=True
)
gallery_commands.command()(zones)
gallery_commands.add_typer(zone_commands, name="zone")
gallery_commands.command()(features)
gallery_commands.add_typer(feature_commands, name="feature")
for mending in (move, first, straighten, say, product, rules):
    gallery_commands.command()(mending)
gallery_commands.add_typer(threshold_commands, name="threshold")
for command in (snapshot, snapshots, diff, restore, history, export, load, share):
    gallery_commands.command()(command)
_SIGNS = {AddState.ADDED: "✓", AddState.PRESENT: "=", AddState.REFUSED: "✗"}


@gallery_commands.command()
def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Genuine pictures.")],
    product: Annotated[str, typer.Option(help="What the product is called.")],
    side: Annotated[str, typer.Option(help="Which face is shown: front, back, logo, label.")],
    vouched_by: Annotated[str, typer.Option(help="Who says that the item is genuine.")] = "",
    obtained: Annotated[str, typer.Option(help="Where and when the item was obtained.")] = "",
    batch: Annotated[str, typer.Option(help="Production batch of the item.")] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Add pictures of genuine items, all of one product and side."""
    product, side = _named(product, "--product"), _named(side, "--side")
    provenance = Provenance(vouched_by=vouched_by, obtained=obtained, batch=batch)
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        side = own_side(opened, product, side)
        known = {each.id for each in opened.references()}
        rows: list[AddPart] = []
        note = product_and_side(product, side)
        with _adding(opened, output, rows, as_json=as_json, note=note) as target:
            for file in files:
                try:
                    reference = target.add_reference(
                        file, product=product, side=side, provenance=provenance
                    )
                except (PictureError, MemoryError) as error:
                    rows.append(_refused(str(file), words.error_sentence(error)))
                else:
                    rows.append(_added(str(file), reference, known))
        _answer_added(rows, output, as_json=as_json)


@gallery_commands.command("import")
def import_(
    context: typer.Context,
    manifest: Annotated[
        Path,
        typer.Argument(
            metavar="MANIFEST.csv",
            help="Columns file, product, side and others.",
        ),
    ],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Add the pictures that a table lists; file names are relative to the table."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        rows: list[AddPart] = []
        with _adding(opened, output, rows, as_json=as_json, note=manifest.name) as target:
            found = target.import_manifest(manifest, side_of=named_side)
            rows += (_imported(row) for row in found)
        _answer_added(rows, output, as_json=as_json)


@gallery_commands.command("list")
def list_(
    context: typer.Context,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """List products, sides and how many references each has."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        references = opened.references()
        if as_json:
            parts = tuple(reference_part(each) for each in references)
            output.document(ListDocument(references=parts))
            return
        table = plain_table(
            QCoreApplication.translate("commands", "Product"),
            QCoreApplication.translate("commands", "Side"),
            QCoreApplication.translate("commands", "References"),
        )
        counts: dict[tuple[str, str], int] = {}
        for each in references:
            key = (each.product, each.side)
            counts[key] = counts.get(key, 0) + 1
        for (product, side), count in sorted(counts.items()):
            table.add_row(Text(product), Text(side_word(side)), str(count))
        output.console.print(table)


@gallery_commands.command()
def check(
    context: typer.Context,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Find duplicates, misplaced and unfit references, thin sides, missing or old provenance."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        references = opened.references()
        gallery, cache = open_desk(opened).gallery, opened.cache / "check"
        with staged_progress(output) as progress:
            findings = check_pictures(gallery, references, cache, progress)
        findings += check_zones(opened.all_zones(), references)
        findings += check_traits(opened.acts.all_traits(), references)
        findings += check_rules(opened, references)
        if as_json:
            output.document(CheckDocument(references=len(references), findings=findings))
        else:
            tell_findings(findings, references, output.console)


@gallery_commands.command()
def search(
    context: typer.Context,
    photo: Annotated[str, typer.Argument(metavar="PHOTO", help="A picture file.")],
    region: RegionOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Find the products of the gallery that may stand in a photo."""
    box = region_box(region)
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        looked_at = read_photo(photo)
        candidates = tuple(
            candidate_part(each)
            for each in vision.search(
                looked_at, open_desk(opened).gallery, region=inside(looked_at, box)
            )
        )
        if as_json:
            output.document(
                SearchDocument(
                    path=photo,
                    sha256=looked_at.sha256,
                    candidates=candidates,
                )
            )
            return
        output.console.print(candidates_table(candidates))


@gallery_commands.command()
def calibrate(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Compare all genuine references of each side, so that limits rest on your own gallery."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        if opened.approvals.is_needed:
            said = QCoreApplication.translate(
                "commands",
                "This gallery changes only where two people agree, and measured limits cannot be "
                "proposed. Nothing was changed. Let both lift the rule in the window, calibrate, "
                "then let it hold again.",
            )
            raise Refused(said)
        gallery = open_desk(opened).gallery
        found = gallery.calibrate()
        if not gallery.is_calibration_kept:
            said = QCoreApplication.translate(
                "commands",
                "The limits could not be written to “{folder}”. Make the folder writable, then "
                "calibrate again.",
            )
            raise Refused(said.format(folder=opened.calibration))
        said = QCoreApplication.translate(
            "commands", "Limits now rest on {count} comparisons of genuine references."
        )
        if found is None:
            said = QCoreApplication.translate(
                "commands",
                "No side has three references yet, so there is nothing to rest limits on.",
            )
        output.console.print(said.format(count=found.comparisons if found else 0), soft_wrap=True)


@contextmanager
def _adding(
    workspace: Workspace, output: Output, rows: list[AddPart], *, as_json: bool, note: str
) -> Iterator[Workspace]:
    """As `changing`; what of `rows` was refused is told also where the rest is proposed."""
    with changing(workspace, output, as_json=as_json, note=note) as target:
        yield target
        if target is not workspace:
            _tell_rows([row for row in rows if row.state is AddState.REFUSED], output.progress)


def _named(text: str, option: str) -> str:
    if not text.strip():
        raise typer.BadParameter("must not be empty", param_hint=option)
    return text.strip()


def _added(file: str, reference: Reference, known: set[str]) -> AddPart:
    state = AddState.PRESENT if reference.id in known else AddState.ADDED
    known.add(reference.id)
    return AddPart(file=file, state=state, reference=reference_part(reference), error="")


def _imported(row: ImportRow) -> AddPart:
    if row.reference is None:
        return _refused(row.file, words.error_sentence(row.cause) if row.cause else row.error)
    return AddPart(
        file=row.file,
        state=AddState.ADDED if row.is_new else AddState.PRESENT,
        reference=reference_part(row.reference),
        error="",
    )


def _refused(file: str, error: str) -> AddPart:
    return AddPart(file=file, state=AddState.REFUSED, reference=None, error=error)


def _answer_added(rows: list[AddPart], output: Output, *, as_json: bool) -> None:
    """Tell what was added; when nothing at all could be, the request was not carried out."""
    if as_json:
        output.document(AddDocument(rows=tuple(rows)))
    else:
        _tell_rows(rows, output.console)
    if rows and all(row.state is AddState.REFUSED for row in rows):
        raise Refused(
            QCoreApplication.translate("commands", "Nothing could be added: {error}").format(
                error=rows[0].error
            )
        )


def _tell_rows(rows: list[AddPart], console: Console) -> None:
    for row in rows:
        console.print(f"{_SIGNS[row.state]} {row.error or row.file}", soft_wrap=True)
