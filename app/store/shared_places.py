"""Where the gallery of a workspace is kept when a team shares it: one small file in its folder."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.store.errors import WorkspaceDamaged
from app.store.refusals import EntryRefused, Refusal

FILE_NAME = "shared.toml"
_FILES = ("sqlite", "sqlite+pysqlite")


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """`url` of the database as SQLAlchemy writes it; folder of originals that everybody sees."""

    url: str
    originals: Path


def read_place(workspace: Path) -> SharedPlace | None:
    """Where the gallery is shared; None where the workspace keeps it itself.

    Raises:
        WorkspaceDamaged: the file is there and says something else.
    """
    file = workspace / FILE_NAME
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        return SharedPlace(str(said["database"]), Path(str(said["originals"])).expanduser())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, RuntimeError) as error:  # no home of this name
        raise WorkspaceDamaged(workspace, f"{FILE_NAME} cannot be read ({error})") from error


def shown_address(url: str) -> str:
    """The address without its password, driver and options.

    Raises:
        EntryRefused: it is no address of a database.
    """
    address = parsed(url)
    plain = address.set(drivername=address.get_backend_name(), query={})
    return plain.render_as_string(hide_password=True)


def with_password(url: str, password: str) -> str:
    """The address with a password that was told apart; as it is where there is none.

    Raises:
        EntryRefused: it is no address of a database.
    """
    return parsed(url).set(password=password).render_as_string(False) if password else url


def parted(url: str) -> tuple[str, str]:
    """The address without its password, and the password; as it is where nothing can be parted."""
    try:
        address = parsed(url)
    except EntryRefused:
        return url, ""
    if not address.password:
        return url, ""
    without = URL.create(
        address.drivername,
        address.username,
        host=address.host,
        port=address.port,
        database=address.database,
        query=address.query,
    )
    return without.render_as_string(), str(address.password)


def parsed(url: str) -> URL:
    """The address of a database, in its parts.

    Raises:
        EntryRefused: it is none, or of a database that cannot keep a gallery.
    """
    try:
        address = make_url(url.strip())
        if address.get_backend_name() == "postgresql" or address.drivername in _FILES:
            return address
        raise ValueError(address.drivername)
    except (ArgumentError, ValueError):
        masked = re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)
        raise EntryRefused("address", masked, Refusal.NO_ADDRESS) from None


def write_place(workspace: Path, place: SharedPlace | None) -> None:
    """Remember where the gallery is shared; None: it is not any more.

    The file may hold a password, so only its owner can read it.

    Raises:
        OSError: the folder cannot be written.
    """
    file = workspace / FILE_NAME
    if place is None:
        file.unlink(missing_ok=True)
        return
    workspace.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.touch(mode=0o600)
    said = {"database": place.url, "originals": str(place.originals)}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items()]
    partial.write_text("".join(lines), encoding="utf-8")
    partial.replace(file)
