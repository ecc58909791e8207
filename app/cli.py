"""The command line: `touchstone` and its commands."""

from typing import Annotated

import typer

from app.commands.demo import demo
from app.commands.doctor import doctor
from app.commands.evaluate import evaluate
from app.commands.gallery import gallery_commands
from app.commands.inspect import inspect
from app.commands.options import (
    LanguageOption,
    OpenWindow,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.read import read
from app.commands.scan import scan
from app.commands.train import train
from app.reports.contract import touchstone_version


def build(open_window: OpenWindow) -> typer.Typer:
    """All commands; `open_window` shows the window on a workspace and returns its exit status."""
    cli = typer.Typer(
        name="touchstone",
        help="Compare photos of a suspect item with genuine references, and mark what differs.",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @cli.callback(invoke_without_command=True)
    def touchstone(
        context: typer.Context,
        workspace: WorkspaceOption = None,
        language: LanguageOption = None,
        version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    ) -> None:
        """Compare photos of a suspect item with genuine references, and mark what differs.

        Without a command the window opens.
        """
        context.obj = open_window
        if version:
            typer.echo(f"touchstone {touchstone_version()}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            folder = workspace_folder(context, workspace)
            spoken = language_code(context, language)
            raise typer.Exit(open_window(folder, language=spoken))

    cli.command()(read)
    cli.add_typer(gallery_commands, name="gallery")
    cli.command()(inspect)
    cli.command()(scan)
    cli.command()(demo)
    cli.command()(evaluate)
    cli.command()(doctor)
    cli.command()(train)
    return cli
