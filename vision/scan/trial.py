"""A picture tried in a process of its own, since it may have brought an earlier run down."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from vision import pictures
from vision.errors import DamagedPicture
from vision.features import local_features

if TYPE_CHECKING:
    from vision.scan.contents import Contents

_PROGRAM = "from vision.scan.trial import look; look()"
_SIDE = 1600  # pixels of the longer side to which it is decoded, as in a scan
_PATIENCE_S = 300.0  # longer than any sound picture takes on a busy machine
_CRASHED: Final = 0xC0000000  # exit status from which Windows says that a process was brought down
_ENDED_BY_CTRL_C: Final = 0xC000013A  # the same, where a person has ended it
_ENDED: Final = frozenset(  # by a person or the system, which is no fault of the file
    int(getattr(signal, name))
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")
    if hasattr(signal, name)
)
_HIDDEN: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def check_bearable(contents: Contents, path: str) -> None:
    """Decode a picture, and find what is on it, in a process that may be lost.

    Raises:
        DamagedPicture: that process went down, or did not come to an end.
    """
    paths = os.pathsep.join(each for each in sys.path if each)
    try:
        tried = subprocess.run(
            [sys.executable, "-c", _PROGRAM, path],
            input=contents.data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
            creationflags=_HIDDEN,
            start_new_session=True,  # Ctrl+C in a terminal is for the scan alone
        )
        is_down = _is_down(tried.returncode)
    except subprocess.TimeoutExpired:
        is_down = True
    except OSError:  # no process can be started: then it is tried as any other
        return
    if is_down:
        raise DamagedPicture(
            path,
            "it brings the program that reads it down",
            "Open it in another program, save it as JPEG or PNG, and choose that file.",
        )


def _is_down(status: int) -> bool:
    """Whether the file has brought the process down."""
    if status < 0:
        return -status not in _ENDED
    return status >= _CRASHED and status != _ENDED_BY_CTRL_C


def look() -> None:
    """Do in this process what may bring it down, with the bytes that come in."""
    with contextlib.suppress(Exception):  # an error is an answer, and comes again in the scan
        data, name = sys.stdin.buffer.read(), sys.argv[1]
        photo = pictures.read_bytes(data, name, max_side=_SIDE)
        local_features(photo.pixels, full_width=photo.width)
