"""Decoders that misbehave as real ones do."""

from __future__ import annotations

import os
import signal
import time

from app.reports.contract import ReadPart
from vision import DamagedPicture


def misbehaving(path: str) -> ReadPart:
    """Crash, hang, raise or answer, as the name of the file says."""
    if "crash" in path:
        os._exit(139)
    if "hang" in path:
        time.sleep(600)
    if "raise" in path:
        raise RuntimeError("a mistake of ours")
    if "none" in path:
        raise DamagedPicture(path, "it is cut short", "Copy it again.")
    if "large" in path:
        raise MemoryError
    if "mask" in path:
        blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, set())
        return ReadPart(path=path, ok=blocked)
    return ReadPart(path=path, ok=True, width=os.getpid(), height=1)
