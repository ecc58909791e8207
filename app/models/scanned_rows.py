"""Everything that a scan has found so far, by path; copies bear what was said of the first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.models.triage_rows import copied
from app.reports.scanning import PHOTO, REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.models.triage_rows import TriageRow

Change = tuple["TriageRow | None", "TriageRow | None"]  # before and after


class ScannedRows:
    """The rows of a scan; `put` and `keep_only` tell what has become others.

    `kinds` counts everything by kind; `outcomes`, `products`, `folders` and `faults` count the
    photos that have them, copies too: as many rows as are shown of each.
    """

    def __init__(self) -> None:
        self._rows: dict[str, TriageRow] = {}
        self._paths: dict[str, dict[str, None]] = {}  # by SHA-256, in order of coming
        self.outcomes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.products: Counter[str] = Counter()
        self.folders: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[TriageRow]:
        return iter(self._rows.values())

    def of(self, path: str) -> TriageRow | None:
        """The row of a path."""
        return self._rows.get(path)

    def sharing(self, sha256: str) -> tuple[TriageRow, ...]:
        """The rows with these bytes."""
        return tuple(self._rows[path] for path in self._paths.get(sha256, ()))

    def photo_of(self, row: TriageRow) -> str:
        """By what the photo of a row is known: the same for all files that show it."""
        first = self._rows.get(row.near) if row.near else None
        return first.sha256 if first is not None else row.sha256

    def put(self, rows: Iterable[TriageRow]) -> list[Change]:
        """Take rows in; one of the same path is replaced."""
        changes: list[Change] = []
        for row in rows:
            self._put(self._told(row), changes)
            if row.kind == PHOTO and row.sha256:
                for other in self.sharing(row.sha256):
                    if other.kind == REPEATED:
                        self._put(copied(other, row), changes)
        return changes

    def keep_only(self, paths: set[str]) -> list[Change]:
        """Forget the rows of all other paths."""
        gone = [row for path, row in self._rows.items() if path not in paths]
        for row in gone:
            self._forget(row)
        return [(row, None) for row in gone]

    def _told(self, row: TriageRow) -> TriageRow:
        """The row; a copy with what is known of the first."""
        if row.kind != REPEATED:
            return row
        first = self._rows.get(row.first)
        if first is None or first.sha256 != row.sha256:
            same = self.sharing(row.sha256)
            first = next((one for one in same if one.kind == PHOTO), None)
        return copied(row, first) if first is not None else row

    def _put(self, row: TriageRow, changes: list[Change]) -> None:
        before = self._rows.get(row.path)
        if before == row:
            return
        if before is not None:
            self._forget(before)
        self._rows[row.path] = row
        if row.sha256:
            self._paths.setdefault(row.sha256, {})[row.path] = None
        self._count(row, 1)
        changes.append((before, row))

    def _forget(self, row: TriageRow) -> None:
        del self._rows[row.path]
        if row.sha256:
            sharing = self._paths[row.sha256]
            del sharing[row.path]
            if not sharing:
                del self._paths[row.sha256]
        self._count(row, -1)

    def _count(self, row: TriageRow, by: int) -> None:
        self.kinds[row.kind] += by
        if not row.is_photo:
            return
        self.outcomes[row.outcome] += by
        self.folders[row.folder] += by
        if row.product:
            self.products[row.product] += by
        for fault in row.faults:
            self.faults[fault] += by
