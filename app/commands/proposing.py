"""Changing the gallery from the command line: at once, or as a proposal where two have to agree."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from app.change_words import change_sentence
from app.error_words import error_sentence
from app.reports.versions import ProposedDocument, change_part
from app.store import ProposalMade, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.commands.output import Output
    from app.store import Workspace


@contextmanager
def changing(
    workspace: Workspace, output: Output, *, as_json: bool, note: str = ""
) -> Iterator[Workspace]:
    """What a command changes the gallery through.

    Raises:
        typer.Exit: with status 0, where the changes now wait for a second person, which was told;
            what the command would say of changes that were made is not so.
        StoreError: the gallery cannot be read or changed.
    """
    try:
        with changed(workspace, note=note) as target:
            yield target
    except ProposalMade as made:
        _tell(made, workspace, output, as_json=as_json)
        raise typer.Exit from None


def _tell(made: ProposalMade, workspace: Workspace, output: Output, *, as_json: bool) -> None:
    found = next(each for each in workspace.approvals.all() if each.id == made.number)
    if as_json:
        parts = tuple(change_part(each) for each in found.changes)
        output.document(ProposedDocument(proposal=made.number, changes=parts))
    else:
        for change in found.changes:
            output.console.print(change_sentence(change), soft_wrap=True)
        output.console.print(error_sentence(made), soft_wrap=True)
    output.stream.flush()
