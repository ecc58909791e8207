"""The JSON document of a scan, printed part by part: there may be a hundred thousand files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.output import json_text
from app.reports.scan_contract import ScanDocument, file_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.commands.output import Output
    from app.reports.scan_contract import Facts
    from app.store import ScannedFile


def print_document(output: Output, facts: Facts, files: Iterator[ScannedFile]) -> None:
    """Print what `ScanDocument` says, without holding all of it."""
    empty = ScanDocument(
        versions=facts.versions,
        folders=facts.folders,
        text=facts.text,
        complete=facts.complete,
        counts=facts.counts,
        files=(),
    )
    head = json_text(empty).removesuffix("]}")
    output.stream.write(head)
    for number, file in enumerate(files):
        output.stream.write((",\n" if number else "\n") + json_text(file_part(file)))
    output.stream.write("]}\n")
