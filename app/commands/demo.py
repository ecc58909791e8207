"""`touchstone demo`: invented products and suspects whose outcome is known."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text
from threadpoolctl import threadpool_limits

from app import words
from app.commands.desk import Desk, open_desk
from app.commands.options import (
    JsonOption,
    LanguageOption,
    OpenWindow,
    WorkspaceOption,
    language_code,
)
from app.commands.output import FAILED, Output, answering, json_text
from app.commands.sheets import Sheets, sheets_in, tell_unwritten, write_text
from app.demo import Suspect, make_demo
from app.places import assets_dir, cache_dir
from app.reports.contract import InspectDocument, InspectionPart, Unreadable, inspection_part
from app.reports.housekeeping import DemoDocument, DemoPart
from app.store import Workspace
from vision import Inspection

_OUT = Path("demo-results")


def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="Open no window.")] = False,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Write annotated pictures there.")
    ] = _OUT,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Inspect the demo suspects and compare the outcomes with what they should be."""
    if as_json and not headless:
        raise typer.BadParameter("needs --headless", param_hint="--json")
    folder = workspace or context.find_root().params.get("workspace") or demo_folder()
    if not headless:
        show: OpenWindow = context.find_root().obj
        raise typer.Exit(show(folder, demo=True, language=language_code(context, language)))
    with answering(language_code(context, language)) as output, Workspace(folder) as opened:
        suspects = make_demo(opened)
        desk = open_desk(opened)
        if not desk.gallery.is_calibrated:
            desk.gallery.calibrate()
        _inspect_all(desk, suspects, out, output, as_json=as_json)


def _inspect_all(
    desk: Desk, suspects: tuple[Suspect, ...], out: Path, output: Output, *, as_json: bool
) -> None:
    versions = desk.versions()
    parts: list[InspectionPart] = []
    rows: list[DemoPart] = []
    with (
        sheets_in(out, language=output.language, versions=versions) as sheets,
        threadpool_limits(1, user_api="blas"),  # or the two workers wait for each other's threads
        ThreadPoolExecutor(2, thread_name_prefix="inspect") as pool,
    ):
        found_in_turn = pool.map(desk.inspect_anything, [str(s.file) for s in suspects])
        for suspect, inspection in zip(suspects, found_in_turn, strict=True):
            part, row = _row(desk, suspect, inspection, sheets)
            parts.append(part)
            rows.append(row)
            if not as_json:
                _tell(row, suspect, output)
    lacks_pictures = tell_unwritten(sheets, output)
    found = InspectDocument(versions=versions, inspections=tuple(parts))
    write_text(out / "inspections.json", json_text(found) + "\n")
    right = sum(row.right for row in rows)
    if as_json:
        output.document(DemoDocument(versions=versions, right=right, suspects=tuple(rows)))
    else:
        said = QCoreApplication.translate(
            "commands", "{right} of {all} as expected. Pictures: {folder}"
        )
        output.console.print(said.format(right=right, all=len(rows), folder=out), soft_wrap=True)
    if lacks_pictures:
        raise typer.Exit(FAILED)


def _row(
    desk: Desk, suspect: Suspect, inspection: Inspection | Unreadable, sheets: Sheets
) -> tuple[InspectionPart, DemoPart]:
    part = inspection_part(inspection)
    desk.record(part)
    picture = str(sheets.add(inspection)) if isinstance(inspection, Inspection) else ""
    return part, DemoPart(
        file=str(suspect.file),
        outcome=part.outcome,
        expected=suspect.expected,
        right=part.outcome is suspect.expected,
        picture=picture,
    )


def _tell(row: DemoPart, suspect: Suspect, output: Output) -> None:
    said = QCoreApplication.translate("commands", "{name}: {outcome}").format(
        name=suspect.file.name, outcome=words.outcome_title(row.outcome)
    )
    if not row.right:
        expected = QCoreApplication.translate("commands", " (expected: {outcome})")
        said += expected.format(outcome=words.outcome_title(row.expected))
    output.console.print(Text(f"{'✓' if row.right else '≠'} {said}"), soft_wrap=True)


def demo_folder() -> Path:
    """A workspace in the person's cache, another one when the demo pictures have changed."""
    pictures = sorted((assets_dir() / "demo" / "gallery").iterdir())
    listing = "\n".join(f"{each.name} {each.stat().st_size}" for each in pictures)
    return cache_dir() / f"demo-{hashlib.sha256(listing.encode()).hexdigest()[:12]}"
