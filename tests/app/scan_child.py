"""A scan in a process of its own, to be killed: `python scan_child.py WORKSPACE FOLDER LOG`.

Each photo that is begun is written to LOG, so that whoever asks can see what was judged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.reports.scanning import Resume, scan_folders
from app.store import Workspace
from tests.vision.samples import CellNetwork
from vision import Gallery, Inspection, Photo, ScanControl
from vision.compare import inspect
from vision.scan import judging


class Network(CellNetwork):
    """Is ready at once."""

    def warm(self) -> None: ...


def open_gallery(workspace: str) -> Gallery:
    """The gallery of a workspace, on a worker of a cluster."""
    return Workspace(workspace).gallery(Network())  # type: ignore[arg-type]


def main(workspace: str, folder: str, log: str) -> None:
    with Path(log).open("ab", buffering=0) as lines, Workspace(workspace) as opened:

        def judged(photo: Photo, gallery: object, *, text: bool) -> Inspection:
            os.write(lines.fileno(), (Path(photo.path).name + "\n").encode())
            return inspect(photo, gallery, text=text)  # type: ignore[arg-type]

        judging.inspect = judged  # type: ignore[assignment]
        gallery = opened.gallery(Network())  # type: ignore[arg-type]
        control = ScanControl()
        for _ in scan_folders(opened, gallery, [folder], control=control, resume=Resume.YES):
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
