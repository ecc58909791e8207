"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Protocol

import typer

from app.places import default_workspace

if TYPE_CHECKING:
    from app.words import Language
    from vision import Box

_CODES: Final[dict[str, Language]] = {"en": "en", "zh": "zh_CN"}


class OpenWindow(Protocol):
    """Shows the window on a workspace until it is closed, and gives the exit status."""

    def __call__(
        self, workspace: Path, *, demo: bool = False, language: Language | None = None
    ) -> int:
        """`demo`: first put the demo gallery there, and choose its suspects.

        `language` is spoken instead of that of the settings, until the window is closed.
        """


class Tongue(StrEnum):
    """Languages that the program speaks, as they are typed."""

    EN = "en"
    ZH = "zh"


def language_code(context: typer.Context, given: Tongue | None) -> Language | None:
    """The language named after the command, else before it; None: that of the computer."""
    tongue = given or context.find_root().params.get("language")
    return None if tongue is None else _CODES[tongue]


def region_box(text: str | None) -> Box | None:
    """`x0,y0,x1,y1` in pixels of the upright picture, half-open.

    Raises:
        typer.BadParameter: no four whole numbers, or no box.
    """
    if text is None:
        return None
    try:
        x0, y0, x1, y1 = (int(part) for part in text.split(","))
    except ValueError:
        raise _wrong_region("expected four whole numbers x0,y0,x1,y1") from None
    if min(x0, y0) < 0 or x0 >= x1 or y0 >= y1:
        raise _wrong_region("expected 0 <= x0 < x1 and 0 <= y0 < y1")
    return x0, y0, x1, y1


def _wrong_region(what: str) -> typer.BadParameter:
    return typer.BadParameter(what, param_hint="--region")


def workspace_folder(context: typer.Context, given: Path | None) -> Path:
    """The workspace named after the command, else the one before it, else the person's own."""
    return given or context.find_root().params.get("workspace") or default_workspace()


WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Folder of gallery and records."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
LanguageOption = Annotated[
    Tongue | None, typer.Option("--language", help="Language of the sentences.")
]
PhotosArgument = Annotated[list[str], typer.Argument(metavar="PHOTO", help="Picture files.")]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="X0,Y0,X1,Y1", help="Part of the photo, in pixels."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write annotated pictures there.")
]
