"""What the last check of a gallery found, kept in the cache until the next one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vision.check.flaws import Flaw, FlawKind, Mend
from vision.check.whole_files import write_whole
from vision.prepared import reference_key
from vision.terms import Fault, FaultKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vision.terms import Reference

_VERSION = 2


@dataclass(frozen=True, slots=True)
class LastCheck:
    """All flaws that were found, when, and the `state` of the gallery then (see `state_of`)."""

    at: datetime
    state: str
    flaws: tuple[Flaw, ...]

    def is_of(self, references: Iterable[Reference]) -> bool:
        """Whether the references are still those that were checked, filed and cropped as then."""
        return self.state == state_of(references)


def state_of(references: Iterable[Reference]) -> str:
    """Name references as they are filed and cropped, in any order; equal ones are named alike."""
    rows = sorted(
        json.dumps([each.id, each.product, each.side, reference_key(each), asdict(each.provenance)])
        for each in references
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def keep_check(cache: Path, references: Iterable[Reference], flaws: Iterable[Flaw]) -> None:
    """Keep what a check that ends now has found; a cache that cannot be written is no harm."""
    kept = {
        "version": _VERSION,
        "at": datetime.now(UTC).isoformat(),
        "state": state_of(references),
        "flaws": [asdict(flaw) for flaw in flaws],
    }
    write_whole(cache / "last.json", json.dumps(kept).encode())


def last_check(cache: Path) -> LastCheck | None:
    """Read what was kept, None where nothing was, or the file is damaged."""
    try:
        kept = json.loads((cache / "last.json").read_bytes())
        if kept["version"] != _VERSION:
            return None
        flaws = tuple(_flaw(row) for row in kept["flaws"])
        return LastCheck(datetime.fromisoformat(kept["at"]), str(kept["state"]), flaws)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _flaw(row: dict[str, Any]) -> Flaw:
    elsewhere = row["elsewhere"]
    return Flaw(
        FlawKind(row["kind"]),
        str(row["product"]),
        str(row["side"]),
        tuple(str(each) for each in row["references"]),
        Mend(row["mend"]),
        measured=float(row["measured"]),
        limit=float(row["limit"]),
        beside=tuple(str(each) for each in row["beside"]),
        elsewhere=None if elsewhere is None else (str(elsewhere[0]), str(elsewhere[1])),
        detail=str(row["detail"]),
        faults=tuple(_fault(fault) for fault in row["faults"]),
    )


def _fault(row: dict[str, Any]) -> Fault:
    x0, y0, x1, y1 = (int(value) for value in row["where"])
    return Fault(
        FaultKind(row["kind"]),
        (x0, y0, x1, y1),
        float(row["measured"]),
        float(row["limit"]),
        bool(row["severe"]),
    )
