"""`touchstone read`: what the program sees in each file."""

import typer
from rich.progress import track

from app import words
from app.commands.decoding import read_many
from app.commands.options import (
    JsonOption,
    LanguageOption,
    PhotosArgument,
    WorkspaceOption,
    language_code,
)
from app.commands.output import Output, answering
from app.reports.contract import ReadDocument, ReadPart
from vision import Note, NoteCode


def read(
    context: typer.Context,
    files: PhotosArgument,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Decode each file and tell what was found in it; a bad file is a row, not a failure."""
    with answering(language_code(context, language)) as output:
        progress = track(
            read_many(files),
            total=len(files),
            description="",
            console=output.progress,
            transient=True,
            disable=as_json or not output.progress.is_terminal,
        )
        if as_json:
            output.document(ReadDocument(files=tuple(progress)))
            return
        for part in progress:
            _tell(part, output)


def _tell(part: ReadPart, output: Output) -> None:
    if not part.ok:
        output.console.print(f"✗ {part.error}", soft_wrap=True)
        return
    size = f"{part.width} × {part.height} {part.format}"
    notes = " ".join(words.note_sentence(_note(text)) for text in part.notes)
    output.console.print(f"✓ {part.path}: {size}. {notes}".rstrip(), soft_wrap=True)


def _note(text: str) -> Note:
    code, _, value = text.partition(": ")
    return Note(NoteCode(code), value)
