"""One scan of the same folders at a time: a lock on a file, which ends with its process."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO, Final

from app.store.errors import ScanInWork

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PATIENCE_S: Final = 2.0  # for one that is just ending
_GLANCE_S: Final = 0.05


@contextlib.contextmanager
def scan_turn(folder: Path, folders: Sequence[str]) -> Iterator[None]:
    """Be the only one who scans just these folders; `folder` is where such locks are kept.

    Where files cannot be locked, nobody is kept out.

    Raises:
        ScanInWork: another process, or another thread of this one, is at it.
    """
    key = json.dumps(list(folders)).encode()
    path = folder / f"{hashlib.sha256(key).hexdigest()[:32]}.lock"
    lock = None
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(path, folders)
    try:
        yield
    finally:
        if lock is not None:
            _let_go(path, lock)


def _locked(path: Path, folders: Sequence[str]) -> BinaryIO:
    until = time.monotonic() + _PATIENCE_S
    while True:
        file = path.open("a+b")
        try:
            if _try(file):
                if _is_still_there(path, file):
                    return file
            elif time.monotonic() > until:
                raise ScanInWork(folders)
        except BaseException:
            file.close()
            raise
        file.close()
        threading.Event().wait(_GLANCE_S)


def _try(file: BinaryIO) -> bool:
    """Lock it now; False where another one has it.

    Raises:
        OSError: it cannot be locked at all.
    """
    if sys.platform == "win32":
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still_there(path: Path, file: BinaryIO) -> bool:
    """Whether nobody removed it between opening and locking: others would then lock a new one."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _let_go(path: Path, file: BinaryIO) -> None:
    """Leave nothing behind; what is open cannot be removed under Windows."""
    if sys.platform == "win32":
        file.close()
    with contextlib.suppress(OSError):
        path.unlink()
    file.close()
