"""`touchstone inspect`: photos against the gallery."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.box import SIMPLE
from rich.progress import track
from rich.table import Table
from rich.text import Text

from app import words
from app.commands.desk import Wanted, open_desk
from app.commands.options import (
    JsonOption,
    LanguageOption,
    OutOption,
    PhotosArgument,
    RegionOption,
    WorkspaceOption,
    language_code,
    region_box,
    workspace_folder,
)
from app.commands.output import FAILED, Output, answering, json_text
from app.commands.sheets import sheets_in, tell_unwritten, write_text
from app.reports.contract import (
    CandidatePart,
    ComparisonPart,
    InspectDocument,
    InspectionPart,
    RegionPart,
    inspection_part,
)
from app.reports.examined import subject_of
from app.side_words import side_word
from app.store import Workspace
from app.text_words import difference_title
from vision import Channel, Inspection, Outcome, Wording

_SIGNS = {Outcome.AGREES: "●", Outcome.DIFFERS: "▲"}
_STYLES = {Outcome.AGREES: "bold #2F6FB7", Outcome.DIFFERS: "bold #D9731A"}
_OTHER_STYLE = "bold #7A7F87"
RECORD_FILE = "inspections.json"


def inspect(
    context: typer.Context,
    photos: PhotosArgument,
    product: Annotated[
        str | None, typer.Option(help="Compare with this product, whatever the search finds.")
    ] = None,
    side: Annotated[str | None, typer.Option(help="Compare with this side.")] = None,
    region: RegionOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Find the product in each photo, compare, and tell which places differ."""
    wanted = Wanted(product=product, side=side, region=region_box(region))
    with answering(language_code(context, language)) as output, ExitStack() as stack:
        opened = stack.enter_context(Workspace(workspace_folder(context, workspace)))
        desk = open_desk(opened)
        versions = desk.versions()
        sheets = None
        if out:
            within = sheets_in(out, language=output.language, versions=versions)
            sheets = stack.enter_context(within)
        parts: list[InspectionPart] = []
        progress = track(
            photos,
            description="",
            console=output.progress,
            transient=True,
            disable=not output.progress.is_terminal or len(photos) == 1,
        )
        for path in progress:
            inspection = desk.inspect(path, wanted)
            part = inspection_part(inspection)
            desk.record(part)
            parts.append(part)
            if sheets and isinstance(inspection, Inspection):
                sheets.add(inspection, opened.findings(subject_of(inspection)))
            if not as_json:
                tell(part, output)
        document = InspectDocument(versions=versions, inspections=tuple(parts))
        if as_json:
            output.document(document)
        if out:
            write_text(out / RECORD_FILE, json_text(document) + "\n")
        lacks_pictures = sheets is not None and tell_unwritten(sheets, output)
    if lacks_pictures:
        raise typer.Exit(FAILED)


def tell(part: InspectionPart, output: Output) -> None:
    """Print one inspection for a person."""
    style = _STYLES.get(part.outcome, _OTHER_STYLE)
    title = f"{_SIGNS.get(part.outcome, '■')} {words.outcome_title(part.outcome)}"
    show = output.console.print
    show(Text.assemble((title, style), f"  {part.photo.path}"), soft_wrap=True)
    show(f"  {part.reason}", soft_wrap=True)
    step = QCoreApplication.translate("commands", "Next: {step}").format(step=part.next_step)
    show(f"  {step}", soft_wrap=True)
    if part.comparison is not None:
        _tell_comparison(part.comparison, output)
    elif part.candidates:
        show(candidates_table(part.candidates))
    show()


def candidates_table(candidates: Sequence[CandidatePart]) -> Table:
    """Products that may stand in a photo, the best first."""
    table = plain_table(
        QCoreApplication.translate("commands", "Product"),
        QCoreApplication.translate("commands", "Side"),
        QCoreApplication.translate("commands", "Similarity"),
        QCoreApplication.translate("commands", "Matching points"),
        QCoreApplication.translate("commands", "Verified"),
    )
    for each in candidates:
        verified = "✓" if each.verified else "–"
        figures = (f"{each.similarity:.2f}", str(each.inliers), verified)
        table.add_row(Text(each.product), Text(side_word(each.side)), *figures)
    return table


def _tell_comparison(comparison: ComparisonPart, output: Output) -> None:
    said = QCoreApplication.translate(
        "commands", "Compared with {side}. Degree of agreement: {similarity}."
    ).format(
        side=words.side_name(comparison.product, comparison.side),
        similarity=f"{comparison.similarity:.2f}",
    )
    output.console.print(f"  {said}", soft_wrap=True)
    if comparison.apart:
        output.console.print(f"  {words.apart_sentence(comparison)}", soft_wrap=True)
    for code in comparison.codes:
        output.console.print(Text(f"  {code.sentence}"), soft_wrap=True)
    differing = [region for region in comparison.regions if region.outside]
    if not differing:
        return
    table = plain_table(
        QCoreApplication.translate("commands", "No."),
        QCoreApplication.translate("commands", "Kind of difference"),
        QCoreApplication.translate("commands", "Measured here"),
        QCoreApplication.translate("commands", "Among genuine items"),
        QCoreApplication.translate("commands", "Times as much"),
    )
    for region in differing:
        table.add_row(
            str(region.number),
            difference_title(region.channel, _wording(region)),
            f"{region.measured:.3g}",
            f"{region.genuine_spread:.3g}",
            f"{region.ratio:.1f}" if region.channel is not Channel.CODES else "",
        )
    output.console.print(table)


def _wording(region: RegionPart) -> Wording | None:
    if region.channel is not Channel.TEXT:
        return None
    return Wording(region.text.suspect, region.text.reference)


def plain_table(*heads: str) -> Table:
    """A table without lines between its rows."""
    table = Table(box=SIMPLE, pad_edge=True)
    for head in heads:
        table.add_column(Text(head))
    return table
