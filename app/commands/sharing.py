"""`touchstone gallery share`: keep the gallery of a workspace on a server, for a whole team."""

from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication

from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import Output, answering
from app.places import home_expanded
from app.reports.versions import ShareDocument
from app.store import (
    SharedPlace,
    Workspace,
    begin_sharing,
    end_sharing,
    read_place,
    shown_address,
)


def share(
    context: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(metavar="[URL]", help="postgresql://user@server/database"),
    ] = None,
    originals: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the pictures, which the whole team sees."),
    ] = None,
    stop: Annotated[
        bool, typer.Option("--stop", help="Use the workspace's own gallery again.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Share a gallery through PostgreSQL; without a URL, tell where it is kept."""
    if url is not None and (originals is None or stop):
        raise typer.BadParameter("needed with a URL, and --stop is not", param_hint="--originals")
    folder = workspace_folder(context, workspace)
    with answering(language_code(context, language)) as output:
        if stop:
            end_sharing(folder)
        elif url is not None and originals is not None:
            begin_sharing(folder, SharedPlace(url, home_expanded(originals).absolute()))
        _answer(folder, output, as_json=as_json)


def _answer(folder: Path, output: Output, *, as_json: bool) -> None:
    place = read_place(folder)
    with Workspace(folder) as opened:
        is_away, count = opened.is_away, len(opened.references())
        where = str(opened.originals)
    address = shown_address(place.url) if place else ""
    if as_json:
        document = ShareDocument(
            database=address, originals=where, reachable=not is_away, references=count
        )
        output.document(document)
        return
    said = QCoreApplication.translate(
        "commands", "The gallery is kept in this workspace. References: {count}."
    )
    if place is not None:
        said = QCoreApplication.translate(
            "commands",
            "The gallery is shared at {address}, its pictures are in “{folder}”. References: "
            "{count}.",
        )
    if is_away:
        said = QCoreApplication.translate(
            "commands",
            "The gallery is shared at {address}, which cannot be reached now: it is read from a "
            "copy and cannot be changed. References: {count}.",
        )
    output.console.print(said.format(address=address, folder=where, count=count), soft_wrap=True)
