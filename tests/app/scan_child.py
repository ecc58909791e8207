"""Scans in processes of their own, to be killed: `python scan_child.py`, then a line for each.

A line has WORKSPACE, FOLDER and LOG, parted by tabs. Its answer is the number of the process, and,
once that has ended, its exit status. The processes are forked, so that each begins at once. Each
photo that is begun is written to LOG, so that whoever asks can see what was judged.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from app.reports.scanning import Resume, scan_folders
from app.store import Workspace
from tests.vision.samples import CellNetwork
from vision import Gallery, Inspection, Photo, ScanControl
from vision.compare import inspect
from vision.scan import judging, trial


class Network(CellNetwork):
    """Is ready at once."""

    def warm(self) -> None: ...


def open_gallery(workspace: str) -> Gallery:
    """The gallery of a workspace, on a worker of a cluster."""
    return Workspace(workspace).gallery(Network())  # type: ignore[arg-type]


def main(workspace: str, folder: str, log: str, *, tried_by: str = "pass") -> None:
    """Scan; a photo that was in work when an earlier run ended is tried by a program of its own."""
    with Path(log).open("ab", buffering=0) as lines, Workspace(workspace) as opened:

        def judged(photo: Photo, gallery: object, *, text: bool) -> Inspection:
            os.write(lines.fileno(), (Path(photo.path).name + "\n").encode())
            return inspect(photo, gallery, text=text)  # type: ignore[arg-type]

        judging.inspect = judged  # type: ignore[assignment]
        trial._PROGRAM = tried_by
        gallery = opened.gallery(Network())  # type: ignore[arg-type]
        control = ScanControl()
        for _ in scan_folders(opened, gallery, [folder], control=control, resume=Resume.YES):
            pass


def serve() -> None:
    """Fork a process for each line that comes in, and say what became of it."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(line.rstrip("\n").split("\t"))
        print(child, flush=True)  # noqa: T201 - for whoever asked
        print(os.waitpid(child, 0)[1], flush=True)  # noqa: T201 - the same


def _run(arguments: list[str]) -> None:
    status = 1
    try:
        main(*arguments)
        status = 0
    except Exception:  # noqa: BLE001 - told to whoever asked
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve()
