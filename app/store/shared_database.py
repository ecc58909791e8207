"""The database of a shared gallery: the server's, or while that is away a copy that is only read.

Records of inspections that are made meanwhile are kept beside the copy and handed in later.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app.store.contents import Contents, now, read_contents
from app.store.database import Database
from app.store.differences import differences
from app.store.errors import SharedGalleryAway
from app.store.replacing import make_changes
from app.store.tables import AuditRow, InspectionRow, RuleRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

COPY = "shared-copy"
_SEEN = "seen"  # rule of the copy: up to which change of the server it goes
_SEEN_AT = "seen_at"  # rule of the copy: when it was last like the server
_RETRY_S = 10.0

_log = logging.getLogger(__name__)


class SharedDatabase:
    """As `Database`, with a copy in the workspace for the time when the server is away.

    Args:
        folder: the workspace.
        url: the server's database.
        author: who is at work, for the audit.
        retry_s: how long after a failure the server is left in peace.

    Raises:
        SharedGalleryAway: it cannot be reached, and was never seen from here.
        StoreError: it is newer, or the workspace cannot be written.
    """

    def __init__(
        self, folder: Path, *, url: str, author: str = "", retry_s: float = _RETRY_S
    ) -> None:
        self._folder, self._url, self._author = folder, url, author
        self._retry_s = retry_s
        self._retry_at = 0.0
        self._lock = threading.Lock()
        self._server: Database | None = None
        (folder / COPY).mkdir(parents=True, exist_ok=True)
        self._copy = Database(folder / COPY, author=author)
        self._away: SharedGalleryAway | None = None
        try:
            self.refresh()
            self._check_seen()
        except BaseException:
            self.close()
            raise

    @property
    def is_away(self) -> bool:
        """Whether the server could not be reached when it was last needed."""
        return self._away is not None

    @property
    def seen_at(self) -> datetime | None:
        """When the copy was last like the server."""
        with self._copy.reading() as session:
            row = session.get(RuleRow, _SEEN_AT)
            return None if row is None else datetime.fromisoformat(str(row.value))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the server, or of the copy while it is away."""
        with self._noticing(), contextlib.ExitStack() as stack:
            try:
                session = stack.enter_context(self._reached().reading())
                self._find()
            except SharedGalleryAway as error:
                self._lose(error)
                session = stack.enter_context(self._copy.reading())
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session on the server whose changes are all kept, or none.

        Raises:
            SharedGalleryAway: it cannot be reached.
        """
        with self._noticing(), self._reached().writing() as session:
            self._find()
            yield session

    @contextlib.contextmanager
    def recording(self) -> Iterator[Session]:
        """A session for records of inspections: they are kept here while the server is away."""
        with self._noticing(), contextlib.ExitStack() as stack:
            try:
                session = stack.enter_context(self._reached().writing())
                self._find()
            except SharedGalleryAway as error:
                self._lose(error)
                session = stack.enter_context(self._copy.writing())
            yield session

    def refresh(self) -> None:
        """Hand in what was recorded here, and bring the copy up to what the server holds."""
        try:
            server = self._reached()
            self._hand_in(server)
            with server.reading() as session:
                self._find()
                newest = session.scalar(select(func.max(AuditRow.id))) or 0
                is_known = newest == self._seen()
                contents = Contents() if is_known else read_contents(session)
        except SharedGalleryAway as error:
            self._lose(error)
            return
        with self._copy.writing() as session:
            if not is_known:
                make_changes(session, differences(read_contents(session), contents))
                session.merge(RuleRow(name=_SEEN, value=newest))
            session.merge(RuleRow(name=_SEEN_AT, value=now().isoformat()))

    def close(self) -> None:
        """Let go of both."""
        for each in (self._server, self._copy):
            if each is not None:
                each.close()

    def _reached(self) -> Database:
        """The server's database, made on the first call that reaches it."""
        with self._lock:
            if self._away is not None and time.monotonic() < self._retry_at:
                raise self._away
            if self._server is None:
                self._server = Database(self._folder, url=self._url, author=self._author)
            return self._server

    def _find(self) -> None:
        self._away = None

    @contextlib.contextmanager
    def _noticing(self) -> Iterator[None]:
        """Remember that the server went away in the midst of something, which then fails."""
        try:
            yield
        except SharedGalleryAway as error:
            self._lose(error)
            raise

    def _lose(self, error: SharedGalleryAway) -> None:
        with self._lock:
            if self._away is None:
                _log.warning("%s is away: %s. A copy is read.", error.place, error.cause)
            if error is not self._away:
                self._retry_at = time.monotonic() + self._retry_s
            self._away = error

    def _check_seen(self) -> None:
        away = self._away
        if away is not None and self._seen() is None:
            raise away

    def _seen(self) -> int | None:
        with self._copy.reading() as session:
            row = session.get(RuleRow, _SEEN)
            return None if row is None else int(row.value)

    def _hand_in(self, server: Database) -> None:
        with self._copy.reading() as session:
            kept = list(session.scalars(select(InspectionRow).order_by(InspectionRow.id)))
        if not kept:
            return
        with server.writing() as session:
            for row in kept:
                known = select(InspectionRow.id).where(
                    InspectionRow.photo_sha256 == row.photo_sha256, InspectionRow.at == row.at
                )
                if session.scalars(known.limit(1)).one_or_none() is None:  # not cut off last time
                    session.add(_again(row))
        with self._copy.writing() as session:
            ids = [row.id for row in kept]
            session.execute(delete(InspectionRow).where(InspectionRow.id.in_(ids)))


def _again(row: InspectionRow) -> InspectionRow:
    return InspectionRow(
        photo_sha256=row.photo_sha256,
        outcome=row.outcome,
        gallery_version=row.gallery_version,
        document=row.document,
        at=row.at,
    )
