"""What PostgreSQL needs to behave as the file of a workspace does: one writer, still readers."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL
    from sqlalchemy.exc import DBAPIError

NAME: Final = "postgresql"
_DRIVER: Final = "postgresql+psycopg"
_LOCK: Final = 0x746F756368  # one number for everybody who writes: "touch"
_CONNECT_S: Final = 5

# For the engine: a connection that died while nobody used it is replaced before it is used.
OPTIONS: Final[dict[str, Any]] = {
    "pool_pre_ping": True,
    "connect_args": {"connect_timeout": _CONNECT_S},
}
# For sessions that read: all of them sees one moment.
READING: Final[dict[str, Any]] = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
}

_BUSY = {"55P03", "40P01", "40001"}  # lock not available, deadlock, serialization failure
_UNWRITABLE = {"42501", "25006", "53100"}  # no right, read-only, disk full
_SERVER_GONE = {"57P01", "57P02", "57P03"}  # shut down, crashed, starting


class Trouble(Enum):
    """What stands in the way."""

    AWAY = auto()
    BUSY = auto()
    UNWRITABLE = auto()


def with_driver(url: URL) -> URL:
    """The same address, with the driver that comes with the program."""
    is_ours = url.get_backend_name() in (NAME, "postgres")
    return url.set(drivername=_DRIVER) if is_ours else url


def prepare(engine: Engine, busy_s: float) -> None:
    """Let one transaction write at a time, as SQLite does: no two make the same product."""

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(busy_s * 1000)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def trouble(error: DBAPIError) -> Trouble | None:
    """What an error of the driver means; None: a mistake of the program."""
    state = getattr(error.orig, "sqlstate", None)
    if state in _BUSY:
        return Trouble.BUSY
    if state in _UNWRITABLE:
        return Trouble.UNWRITABLE
    is_lost = (
        error.connection_invalidated or state in _SERVER_GONE or (state or "").startswith("08")
    )
    refused = state is None and type(error.orig).__name__ == "OperationalError"
    return Trouble.AWAY if is_lost or refused else None


def cause(error: DBAPIError) -> str:
    """What the server or the network said, in one line."""
    said = " ".join(str(error.orig).split()).removeprefix("connection is bad: ")
    return said.split(" Is the server running")[0][:200].rstrip(".:")
