"""Where the program's own files and a person's data lie on this computer."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "touchstone"
_WORKSPACE_VARIABLE = "TOUCHSTONE_WORKSPACE"


def assets_dir() -> Path:
    """Folder of icons, translations and the demo gallery, inside a wheel or beside the code.

    Raises:
        FileNotFoundError: neither is there; the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_assets", here.parent / "assets"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The assets folder of {_NAME} is missing beside {here}. Install the program again."
    )


def default_workspace() -> Path:
    """Folder of the workspace when none is named; not created here.

    The environment variable TOUCHSTONE_WORKSPACE goes before the user's data folder.
    """
    named = os.environ.get(_WORKSPACE_VARIABLE, "").strip()
    if named:
        return home_expanded(Path(named))
    return platformdirs.user_data_path(_NAME, appauthor=False) / "workspace"


def home_expanded(path: Path) -> Path:
    """The path with the home that ~ stands for; as it is, where nobody has this home."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def cache_dir() -> Path:
    """Folder for what belongs to no workspace and may be deleted at any time; not created here."""
    return platformdirs.user_cache_path(_NAME, appauthor=False)


def settings_dir() -> Path:
    """Folder for the settings of this person on this computer; not created here."""
    return platformdirs.user_config_path(_NAME, appauthor=False)
