"""A picture that brings the reading process down is met once, and is then a result."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.reports.scanning import UNREADABLE
from app.store import ScannedFile, Workspace
from tests.vision.samples import artwork, saved

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import faulthandler, os, sys
faulthandler.disable()
from tests.app import scan_child
from vision import pictures
from vision.scan import trial

read_bytes = pictures.read_bytes

def read(data, name, *, max_side=None):
    if b"FATAL" in data:
        os.abort()
    return read_bytes(data, name, max_side=max_side)

pictures.read_bytes = read
program = "import os, sys; b'FATAL' in sys.stdin.buffer.read() and os.abort()"
scan_child.main(*sys.argv[1:], tried_by=program)
"""


def _scan(top: Path, folder: Path) -> int:
    command = [sys.executable, "-c", _SCRIPT, str(top / "workspace"), str(folder), str(top / "log")]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode


def _kept(workspace: Path, folder: Path) -> dict[str, ScannedFile]:
    with Workspace(workspace) as opened:
        record = opened.scans.last([str(folder)])
        assert record is not None
        return {Path(each.path).name: each for each in opened.scans.files(record.id)}


@pytest.mark.skipif(os.name == "nt", reason="a process goes down in another way there")
def test_a_picture_that_brings_the_process_down_is_a_result_when_the_scan_goes_on(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "photos"
    for number in range(4):
        saved(artwork(number, 160, 120), folder / f"{number}.png")
    with (folder / "2.png").open("ab") as fatal:
        fatal.write(b"FATAL")

    assert _scan(tmp_path, folder) < 0  # it goes down, and 2.png has no answer
    assert not {"2.png"} & set(_kept(tmp_path / "workspace", folder))
    assert _scan(tmp_path, folder) == 0

    found = _kept(tmp_path / "workspace", folder)
    assert len(found) == 4
    down = found.pop("2.png").judgement
    assert down is not None
    assert down.outcome == UNREADABLE
    assert "brings the program that reads it down" in down.document
    rest = [each.judgement.outcome for each in found.values() if each.judgement is not None]
    assert len(rest) == 3
    assert UNREADABLE not in rest
    assert _scan(tmp_path, folder) == 0  # and never again
    assert not list((tmp_path / "workspace" / "scans").iterdir())
