"""`touchstone gallery snapshot` and its kin: versions of the gallery, and what changed in it."""

from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text

from app.audit_words import about, act_name
from app.change_words import change_sentence
from app.commands.inspect import plain_table
from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import Output, answering
from app.commands.proposing import changing
from app.reports.versions import (
    AuditDocument,
    DifferenceDocument,
    SnapshotsDocument,
    audit_part,
    change_part,
    snapshot_part,
)
from app.store import AuditEntry, Change, Snapshot, Workspace

_SHOWN_HASH = len("sha256:") + 8
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of a snapshot.")]


def snapshot(
    context: typer.Context,
    name: NameArgument,
    note: Annotated[str, typer.Option(help="What this version is for.")] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Keep the gallery as it is now under a name, for good."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        taken = opened.snapshots.take(name, note=note)
        _answer_snapshots((taken,), taken.gallery_version, output, as_json=as_json)


def snapshots(
    context: typer.Context,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """List the snapshots of the gallery."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        version = opened.snapshots.now().version()
        _answer_snapshots(opened.snapshots.all(), version, output, as_json=as_json)


def diff(
    context: typer.Context,
    name: NameArgument,
    other: Annotated[
        str | None,
        typer.Argument(metavar="[OTHER]", help="A newer snapshot; else the gallery of now."),
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Tell what differs between a snapshot and another one, or the gallery as it is now."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        kept = opened.snapshots
        after = kept.now() if other is None else kept.contents(other)
        versions = (kept.contents(name).version(), after.version())
        _answer_changes(kept.differences(name, other), versions, output, as_json=as_json)


def restore(
    context: typer.Context,
    name: NameArgument,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Make the gallery as it was in a snapshot; how it was before is kept as a snapshot too."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        before = opened.snapshots.now().version()
        kept_as = QCoreApplication.translate("commands", "before “{name}”").format(name=name)
        changes: tuple[Change, ...] = ()
        if opened.approvals.is_needed:
            wanted = opened.snapshots.contents(name)
            with changing(opened, output, as_json=as_json, note=name) as target:
                target.hold(wanted)
        else:
            changes = opened.snapshots.restore(name, kept_as=kept_as)
        versions = (before, opened.snapshots.now().version())
        _answer_changes(changes, versions, output, as_json=as_json)
        if changes and not as_json:
            said = QCoreApplication.translate(
                "commands", "The gallery is as in “{name}” again. How it was before: “{before}”."
            )
            kept = opened.snapshots.all()[-1].name
            output.console.print(said.format(name=name, before=kept), soft_wrap=True)


def history(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many changes, the newest first.")] = 50,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """List the changes made last: what, by whom, when."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        entries = opened.audit(limit)
        if as_json:
            output.document(AuditDocument(entries=tuple(audit_part(each) for each in entries)))
        else:
            _tell_history(entries, output)


def _answer_snapshots(
    found: tuple[Snapshot, ...], version: str, output: Output, *, as_json: bool
) -> None:
    if as_json:
        parts = tuple(snapshot_part(each) for each in found)
        output.document(SnapshotsDocument(gallery=version, snapshots=parts))
        return
    table = plain_table(
        QCoreApplication.translate("commands", "Snapshot"),
        QCoreApplication.translate("commands", "Gallery version"),
        QCoreApplication.translate("commands", "References"),
        QCoreApplication.translate("commands", "By"),
        QCoreApplication.translate("commands", "When"),
        QCoreApplication.translate("commands", "Note"),
    )
    for each in found:
        at = f"{each.at.astimezone():%Y-%m-%d %H:%M}"
        version = each.gallery_version[:_SHOWN_HASH]
        table.add_row(
            Text(each.name), version, str(each.size), Text(each.author), at, Text(each.note)
        )
    output.console.print(table)


def _answer_changes(
    changes: tuple[Change, ...], versions: tuple[str, str], output: Output, *, as_json: bool
) -> None:
    if as_json:
        parts = tuple(change_part(each) for each in changes)
        output.document(DifferenceDocument(before=versions[0], after=versions[1], changes=parts))
        return
    for each in changes:
        output.console.print(f"• {change_sentence(each)}", soft_wrap=True)
    said = QCoreApplication.translate("commands", "Changes: {count}.")
    output.console.print(said.format(count=len(changes)))


def _tell_history(entries: tuple[AuditEntry, ...], output: Output) -> None:
    table = plain_table(
        QCoreApplication.translate("commands", "When"),
        QCoreApplication.translate("commands", "By"),
        QCoreApplication.translate("commands", "Act"),
        QCoreApplication.translate("commands", "What"),
    )
    for each in entries:
        at = f"{each.at.astimezone():%Y-%m-%d %H:%M:%S}"
        table.add_row(at, Text(each.author), act_name(each.act), Text(about(each)))
    output.console.print(table)
