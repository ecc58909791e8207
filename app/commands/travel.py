"""`touchstone gallery export` and `load`: a gallery on its way from one workspace to another."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication

from app.change_words import conflict_sentence
from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import Output, Refused, answering
from app.commands.proposing import changing
from app.reports.versions import travel_document
from app.store import Keep, MergeConflicts, Travelled, Workspace

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A gallery file, as in tea.touchstone.")
]


class Whose(StrEnum):
    """Whose word counts, as it is typed."""

    MINE = "mine"
    THEIRS = "theirs"


def export(
    context: typer.Context,
    file: FileArgument,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Write the whole gallery, pictures and all, into one file."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        written = opened.travel.export(file)
        if as_json:
            output.document(travel_document(written))
            return
        said = QCoreApplication.translate("commands", "Written: {path}, references: {count}.")
        output.console.print(
            said.format(path=written.path, count=written.references), soft_wrap=True
        )
        _tell_seal(written, output)


def load(
    context: typer.Context,
    file: FileArgument,
    keep: Annotated[
        Whose | None,
        typer.Option(help="Whose word counts where the two galleries contradict each other."),
    ] = None,
    seal: Annotated[
        str, typer.Option(metavar="SHA256", help="The seal that the sender told you.")
    ] = "",
    preview: Annotated[
        bool, typer.Option("--preview", help="Only tell what would be loaded.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Take in the gallery of a file: all of it, or nothing."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        if preview:
            found = opened.travel.preview(file, seal=seal)
            _answer_loaded(found, output, done=False, as_json=as_json)
            return
        settle = None if keep is None else (lambda _conflict: Keep(keep.value))
        try:
            with changing(opened, output, as_json=as_json, note=file.name) as target:
                loaded = target.travel.load(file, settle=settle, seal=seal)
        except MergeConflicts:
            _answer_loaded(opened.travel.preview(file), output, done=False, as_json=as_json)
            said = QCoreApplication.translate(
                "commands",
                "The two galleries contradict each other, so nothing was loaded. Say whose word "
                "counts: --keep mine or --keep theirs.",
            )
            raise Refused(said) from None
        _answer_loaded(loaded, output, done=True, as_json=as_json)


def _answer_loaded(loaded: Travelled, output: Output, *, done: bool, as_json: bool) -> None:
    if as_json:
        output.document(travel_document(loaded, done=done))
        return
    for each in loaded.conflicts:
        output.console.print(f"≠ {conflict_sentence(each)}", soft_wrap=True)
    said = QCoreApplication.translate(
        "commands", "Would be added: {added}, changed: {changed}, in contradiction: {conflicts}."
    )
    if done:
        said = QCoreApplication.translate(
            "commands", "Added: {added}, changed: {changed}, in contradiction: {conflicts}."
        )
    counts = {"added": loaded.added, "changed": len(loaded.changes) - loaded.added}
    output.console.print(said.format(**counts, conflicts=len(loaded.conflicts)))
    _tell_seal(loaded, output)


def _tell_seal(travelled: Travelled, output: Output) -> None:
    """What sender and receiver compare, to know that the file is the one that was sent."""
    said = QCoreApplication.translate("commands", "Seal: {seal}").format(seal=travelled.seal)
    output.console.print(said, soft_wrap=True)
