"""A scan that is killed again and again loses nothing and judges nothing twice."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.reports.scanning import UNREADABLE
from app.store import ScannedFile, Workspace
from tests.vision.samples import artwork, saved, seen_through, tilted

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]
_SIZE = (240, 180)
_PHOTOS = 48
_KILLS = 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photos of the product and of none, a copy, a broken one, and a side file."""
    top = tmp_path / "photos"
    for number in range(_PHOTOS):
        view = seen_through(artwork(number % 3, *_SIZE), tilted(*_SIZE, number, 8), noise=1)
        saved(view, top / f"{number}.png")
    (top / "copy.png").write_bytes((top / "3.png").read_bytes())
    (top / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    (top / "3.xmp").write_text("<x/>")
    return top


def _new_workspace(folder: Path) -> Path:
    with Workspace(folder) as opened:
        for seed in range(3):
            view = seen_through(artwork(0, *_SIZE), tilted(*_SIZE, 50 + seed, 8), noise=1)
            file = saved(view, folder / f"reference-{seed}.png")
            opened.add_reference(file, product="tea", side="front")
    return folder


class _Nursery:
    """Begins scans in processes of their own, one after another."""

    def __init__(self, told: Path) -> None:
        self.told = told
        with told.open("wb") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("scan_child.py"))],
                cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )

    def begin(self, *arguments: Path) -> int:
        """Begin a scan of WORKSPACE, FOLDER and LOG; the number of its process."""
        assert self._process.stdin is not None
        self._process.stdin.write("\t".join(map(str, arguments)) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> int:
        """Wait for what the nursery says next: after the number, how the process ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.told.read_text()
        return int(line)

    def close(self) -> None:
        self._process.communicate(timeout=60)
        assert "Traceback" not in self.told.read_text(), self.told.read_text()


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[_Nursery]:
    nursery = _Nursery(tmp_path / "told")
    yield nursery
    nursery.close()


class _Child:
    """One scan in its own process."""

    def __init__(self, nursery: _Nursery, workspace: Path, folder: Path, log: Path) -> None:
        self.log = log
        log.touch()
        self._before = len(self.lines())
        self._nursery = nursery
        self._pid = nursery.begin(workspace, folder, log)

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def new(self) -> list[str]:
        """Photos begun in this run."""
        return self.lines()[self._before :]

    def kill_after(self, count: int, then_s: float) -> bool:
        """Kill it once so many photos were begun, and a moment later; False if it ended before."""
        while self._is_there() and len(self.new()) < count:
            time.sleep(0.002)
        time.sleep(then_s)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        return os.WIFSIGNALED(self._nursery.answer())

    def _is_there(self) -> bool:
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        return True

    def finish(self) -> None:
        assert self._nursery.answer() == 0, self._nursery.told.read_text()


def _kept(workspace: Path, folder: Path) -> dict[str, ScannedFile]:
    with Workspace(workspace) as opened:
        record = opened.scans.last([str(folder)])
        if record is None:
            return {}
        return {Path(each.path).name: each for each in opened.scans.files(record.id)}


def _said(files: dict[str, ScannedFile]) -> Iterator[tuple[str, Any]]:
    """What was said of each, but for the time that it took."""
    for name, file in sorted(files.items()):
        said = None
        if file.judgement is not None:
            said = json.loads(file.judgement.document)
            del said["seconds"]
        yield name, (file.kind, file.sha256, Path(file.first).name, file.why, said)


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
@pytest.mark.timeout(600)
def test_a_scan_that_is_killed_again_and_again_loses_and_repeats_nothing(
    tmp_path: Path, folder: Path, nursery: _Nursery
) -> None:
    workspace = _new_workspace(tmp_path / "killed")
    log = tmp_path / "log"
    draw = random.Random(4)
    kills = 0
    for _ in range(_KILLS):
        before = _kept(workspace, folder)
        child = _Child(nursery, workspace, folder, log)
        kills += child.kill_after(draw.randint(1, 3), draw.random() * 0.1)
        after = _kept(workspace, folder)
        assert set(before) <= set(after)
        judged = {name for name, file in before.items() if file.judgement is not None}
        assert not judged & set(child.new())
    assert kills >= 15  # else the photos were too few, and nothing was proved
    last = _Child(nursery, workspace, folder, log)
    last.finish()
    found = _kept(workspace, folder)

    undisturbed = _new_workspace(tmp_path / "undisturbed")
    once = _Child(nursery, undisturbed, folder, tmp_path / "once")
    once.finish()
    assert dict(_said(found)) == dict(_said(_kept(undisturbed, folder)))
    assert len(once.new()) == _PHOTOS
    outcomes = {file.judgement.outcome for file in found.values() if file.judgement is not None}
    assert len(outcomes - {UNREADABLE}) > 1
    # Only what was in work when it was killed is begun again, at most a few each time.
    assert len(last.lines()) <= _PHOTOS + kills * 8

    again = _Child(nursery, workspace, folder, log)
    again.finish()
    assert again.new() == []
