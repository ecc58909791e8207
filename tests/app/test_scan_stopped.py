"""Ctrl-C keeps what is done, also within a photo that takes long."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vision.samples import artwork, saved

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
import app.__main__ as entry
from app.commands import desk
from tests.app.scan_child import Network
from vision.scan import judging
inspect = judging.inspect

def slowly(photo, gallery, *, text):
    number = int(photo.path.rpartition("/")[2].partition(".")[0])
    if number >= 4:
        print("in work", file=sys.stderr, flush=True)
        time.sleep(600)
    return inspect(photo, gallery, text=text)

judging.inspect = slowly
desk.Embedder = lambda *_, **__: Network()
sys.exit(entry.main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_keeps_what_is_done_and_does_not_wait_for_a_long_photo(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    for number in range(12):
        saved(artwork(number, 160, 120), folder / f"{number}.png")
    out = tmp_path / "scan.csv"
    command = ["scan", str(folder), "--workers", "1", "--out", str(out)]
    with subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, *command, "--workspace", str(tmp_path / "workspace")],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line == b"in work\n":
                break
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait(timeout=60) == 130
    assert "--resume" in said
    assert "Traceback" not in said
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert sorted(row["file"] for row in rows) == ["0.png", "1.png", "2.png", "3.png"]
