"""Opening the database of a workspace: connections, transactions, and migrations on the way in."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from app.store import postgres
from app.store.errors import (
    NewerWorkspace,
    SharedGalleryAway,
    StoreError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from app.store.shared_places import parsed, shown_address
from app.store.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.pool import ConnectionPoolEntry

FILE_NAME = "touchstone.db"
BACKUPS = "backups"
SCRIPTS = Path(__file__).resolve().parent / "migrations"
BUSY_S = 15.0


class Database:
    """The database of one workspace, at the newest version once opened.

    Args:
        folder: the workspace, named in errors; touchstone.db lies there unless `url` is given.
        url: another database, as SQLAlchemy writes it.
        author: who is at work, for the audit.
        scripts: folder of the migrations.
        busy_s: how long to wait for another program that is writing.

    Raises:
        StoreError: it cannot be opened, is newer than this program, or is damaged.
    """

    def __init__(
        self,
        folder: Path,
        *,
        url: str | None = None,
        author: str = "",
        scripts: Path = SCRIPTS,
        busy_s: float = BUSY_S,
    ) -> None:
        self._folder = folder
        self._scripts = scripts
        self._busy_s = busy_s
        self._about = {"author": author}
        self._url = postgres.with_driver(parsed(url)) if url else _beside(folder)
        self.is_shared = self._url.get_backend_name() == postgres.NAME
        self._engine = create_engine(self._url, **(postgres.OPTIONS if self.is_shared else {}))
        if self.is_shared:
            postgres.prepare(self._engine, busy_s)
        else:
            _prepare_sqlite(self._engine, busy_s)
        self._reading = self._engine.execution_options(
            **(postgres.READING if self.is_shared else {})
        )
        self._writing = self._engine.execution_options(writing=True)
        try:
            self._migrate()
        except BaseException:
            self._engine.dispose()
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database."""
        with self._named_errors(), Session(self._reading, expire_on_commit=False) as session:
            if self.is_shared:
                session.connection()  # now, so that whoever asks learns at once that it is away
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all kept at its end, or none of them."""
        with (
            self._named_errors(),
            Session(self._writing, expire_on_commit=False, info=self._about) as session,
            session.begin(),
        ):
            event.listen(session, "before_flush", _sign)
            if self.is_shared:
                session.connection()
            yield session

    @property
    def is_away(self) -> bool:
        """A file is there or cannot be opened at all."""
        return False

    @property
    def seen_at(self) -> datetime | None:
        """There is no copy that could be old."""
        return None

    def recording(self) -> contextlib.AbstractContextManager[Session]:
        """A session for records of inspections."""
        return self.writing()

    def refresh(self) -> None:
        """Nothing to do: what is read is what is there."""

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _migrate(self) -> None:
        known = _known_versions(self._scripts)
        with self._named_errors():
            with self._engine.connect() as connection:
                found = self._version(connection, known)
            if found == known[-1]:
                return
            with self._writing.begin() as connection:  # one at a time; the second finds it done
                found = self._version(connection, known)
                if found == known[-1]:
                    return
                if found is not None and self._url.database and _is_sqlite(connection):
                    self._back_up(Path(self._url.database), found)
                _upgrade(connection, self._scripts)

    def _version(self, connection: Connection, known: list[str]) -> str | None:
        """The version of an existing database, None for an empty one."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise WorkspaceDamaged(self._folder, "it belongs to another program")
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is None:
            return None
        if found not in known:
            raise NewerWorkspace(self._folder, found=str(found), known=known[-1])
        return str(found)

    def _back_up(self, file: Path, version: str) -> None:
        """Copy the database as it was last committed; sees through its write-ahead log."""
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        target = self._folder / BACKUPS / f"touchstone-{version}-{now}.db"
        target.parent.mkdir(exist_ok=True)
        partial = target.with_suffix(".partial")
        with (
            contextlib.closing(sqlite3.connect(file)) as source,
            contextlib.closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy)
        partial.replace(target)

    @contextlib.contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise WorkspaceUnwritable(self._folder, error.strerror or str(error)) from error
        except DBAPIError as error:
            named = self._named(error)
            if named is None:
                raise
            raise named from error

    def _named(self, error: DBAPIError) -> StoreError | None:
        return self._named_by_server(error) if self.is_shared else self._named_by_file(error)

    def _named_by_server(self, error: DBAPIError) -> StoreError | None:
        place = shown_address(self._url.render_as_string(hide_password=False))
        match postgres.trouble(error):
            case postgres.Trouble.AWAY:
                return SharedGalleryAway(place, postgres.cause(error))
            case postgres.Trouble.BUSY:
                return WorkspaceBusy(place, waited_s=self._busy_s)
            case postgres.Trouble.UNWRITABLE:
                return WorkspaceUnwritable(place, postgres.cause(error))
        return None

    def _named_by_file(self, error: DBAPIError) -> StoreError | None:
        said = str(error.orig).lower()
        if isinstance(error, OperationalError):
            if "locked" in said or "busy" in said:
                return WorkspaceBusy(self._folder, waited_s=self._busy_s)
            if any(word in said for word in ("readonly", "full", "unable to open", "disk i/o")):
                return WorkspaceUnwritable(self._folder, str(error.orig))
        damaged = type(error) is DatabaseError and ("malformed" in said or "not a data" in said)
        return WorkspaceDamaged(self._folder, str(error.orig)) if damaged else None


def _sign(session: Session, *_details: object) -> None:
    """Let every entry of the audit say who made the change."""
    for row in session.new:
        if isinstance(row, AuditRow) and not row.author:
            row.author = session.info["author"]


def _beside(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / FILE_NAME))


def is_file(url: str) -> bool:
    """Whether a database is a file of this computer."""
    return parsed(url).get_backend_name() == "sqlite"


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _prepare_sqlite(engine: Engine, busy_s: float) -> None:
    """Foreign keys, write-ahead log, waiting; and transactions that hold tables' changes too."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy begins transactions, not the driver
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {int(busy_s * 1000)}")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA synchronous = FULL")
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                with contextlib.suppress(sqlite3.OperationalError):  # another one is doing it
                    cursor.execute("PRAGMA journal_mode = WAL")
        finally:
            cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer takes its place at once: a reader that turns writer may be turned away.
        is_writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _known_versions(scripts: Path) -> list[str]:
    return sorted(path.name[:4] for path in (scripts / "versions").glob("[0-9]*.py"))


def _upgrade(connection: Connection, scripts: Path) -> None:
    # Imported here: Alembic takes a while, and an up-to-date workspace has no need of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
