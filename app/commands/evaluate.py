"""`touchstone evaluate`: the figures of a set of photos whose truth is known."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text

import vision
from app.commands.inspect import plain_table
from app.commands.options import JsonOption, LanguageOption, WorkspaceOption, language_code
from app.commands.output import Output, Refused, answering
from app.commands.staged_progress import staged_progress
from app.places import cache_dir
from app.reports.contract import VersionsPart, touchstone_version
from app.reports.evaluation import EvaluateDocument, FiguresPart


def evaluate(
    context: typer.Context,
    manifest: Annotated[Path, typer.Argument(metavar="MANIFEST.csv", help="Photos and truth.")],
    workers: Annotated[
        int, typer.Option(min=1, help="Photos judged at once, each in a process of its own.")
    ] = 1,
    propose_zones: Annotated[
        bool,
        typer.Option("--propose-zones", help="Claim nothing where the references differ by item."),
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Judge photos whose truth is known, in a gallery of their own, and print the figures."""
    folder = workspace or context.find_root().params.get("workspace")
    cache = (folder / "cache" if folder else cache_dir()) / "evaluate"
    with answering(language_code(context, language)) as output:
        if not manifest.is_file():
            said = QCoreApplication.translate("commands", "There is no table at “{path}”.")
            raise Refused(said.format(path=manifest))
        cache.mkdir(parents=True, exist_ok=True)
        with staged_progress(output) as progress:
            evaluation = vision.evaluate(
                manifest,
                cache=cache,
                progress=progress,
                workers=workers,
                propose_zones=propose_zones,
            )
        document = document_of(asdict(evaluation))
        if as_json:
            output.document(document)
        else:
            _tell(document, output)


def document_of(evaluation: dict[str, Any]) -> EvaluateDocument:
    """The figures as the contract tells them; the program's own version is added here."""
    versions = {"touchstone": touchstone_version(), **evaluation["versions"]}
    return EvaluateDocument(
        overall=FiguresPart(**evaluation["overall"]),
        sets=_figures(evaluation["sets"]),
        products=_figures(evaluation["products"]),
        versions=VersionsPart(**versions),
    )


def _figures(parts: dict[str, Any]) -> dict[str, FiguresPart]:
    return {name: FiguresPart(**figures) for name, figures in parts.items()}


def _tell(document: EvaluateDocument, output: Output) -> None:
    table = plain_table(
        QCoreApplication.translate("commands", "Set"),
        QCoreApplication.translate("commands", "Photos"),
        QCoreApplication.translate("commands", "Found first"),
        QCoreApplication.translate("commands", "Wrongly accepted"),
        "AUROC",
        QCoreApplication.translate("commands", "Judged"),
        QCoreApplication.translate("commands", "Region 1 right"),
        QCoreApplication.translate("commands", "One of 3 right"),
    )
    everything = QCoreApplication.translate("commands", "All")
    for name, part in (*document.sets.items(), (everything, document.overall)):
        table.add_row(
            Text(name),
            str(part.images),
            _share(part.retrieval.recall_at_1),
            _share(part.open_set.false_accept_rate),
            _auroc(part),
            _share(part.separation.coverage),
            _share(part.localisation.top_region_hit),
            _share(part.localisation.top3_region_hit),
        )
    output.console.print(table)


def _auroc(part: FiguresPart) -> str:
    """The figure, and its interval where there is one."""
    figures = part.separation
    if figures.auroc is None:
        return "–"
    if figures.ci95 is None:
        return f"{figures.auroc:.3f}"
    low, high = figures.ci95
    return f"{figures.auroc:.3f} ({low:.2f}–{high:.2f})"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"
