"""`touchstone gallery share`: keep the gallery of a workspace on a server, for a whole team."""

from contextlib import suppress
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
from app.commands.output import Output, Refused, answering
from app.reports.versions import ShareDocument
from app.store import SharedPlace, Workspace, read_place, shown_address, write_place


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
            write_place(folder, None)
        elif url is not None and originals is not None:
            _share(folder, SharedPlace(url, originals.expanduser().absolute()))
        _answer(folder, output, as_json=as_json)


def _share(folder: Path, place: SharedPlace) -> None:
    """Use the server from now on, once it was reached and its folder was seen."""
    if not place.originals.is_dir():
        said = QCoreApplication.translate(
            "commands", "The folder “{folder}” is not there. Make it where the whole team sees it."
        )
        raise Refused(said.format(folder=place.originals))
    before = read_place(folder)
    write_place(folder, place)
    try:
        with Workspace(folder) as opened:
            is_reached = not opened.is_away
    except BaseException:
        _take_back(folder, before)
        raise
    if not is_reached:
        _take_back(folder, before)
        said = QCoreApplication.translate(
            "commands", "The server does not answer, so nothing was changed. Try again later."
        )
        raise Refused(said)


def _take_back(folder: Path, before: SharedPlace | None) -> None:
    with suppress(OSError):
        write_place(folder, before)


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
