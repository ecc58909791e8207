"""Imports and loads, killed at any moment: what was committed stays, and all of it whole."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.store import Workspace
from tests.app.store.gallery_samples import picture

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]
_KILLS = 50
_PICTURES = 60

# Loads the program once, then forks one command after the other and kills each. Asked by lines of
# command, workspace, file, how many originals to wait for, and seconds to wait after that; answers
# "killed" or, where the command was done before, "done".
_KILLER = """
import os, signal, sys, time
from pathlib import Path
from app.__main__ import main

def originals(workspace):
    return sum(1 for path in Path(workspace, "originals").glob("*/*") if path.suffix)

for line in sys.stdin:
    command, workspace, file, wanted, delay = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        sys.stdout = sys.stderr = open(os.devnull, "w")
        os._exit(main(["gallery", command, file, "--workspace", workspace]))
    ended = 0
    while originals(workspace) < int(wanted) and not ended:
        ended = os.waitpid(child, os.WNOHANG)[0]
    if not ended:
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        ended = not os.WIFSIGNALED(status)
    print("done" if ended else "killed", flush=True)
"""


_forks = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the commands are forked, and this system cannot"
)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    lines = ["file,product,side,vouched_by"]
    for number in range(_PICTURES):
        file = picture(tmp_path / f"图 {number}.png", number)
        lines.append(f"{file.name},产品 {number % 7},front,A. Lin")
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def killer() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", _KILLER],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _kill(
    killer: subprocess.Popen[str], command: str, folder: Path, file: Path, wanted: int, delay: float
) -> str:
    assert killer.stdin is not None
    assert killer.stdout is not None
    print(command, folder, file, wanted, delay, sep="\t", file=killer.stdin, flush=True)
    return killer.stdout.readline().strip()


def _whole(folder: Path) -> set[str]:
    """The references, by id; every one of them with its picture, its side and its audit."""
    if not (folder / "touchstone.db").exists():
        return set()
    with Workspace(folder) as workspace:
        assert workspace.lost_originals(thorough=True) == ()
        references = workspace.references()
        assert {each.provenance.vouched_by for each in references} <= {"A. Lin"}
    with closing(sqlite3.connect(folder / "touchstone.db")) as database:
        ask = database.execute
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        told = [row[0] for row in ask("SELECT subject FROM audit WHERE act = 'add'")]
        assert sorted(told) == sorted(each.id for each in references)
        alone = "SELECT count(*) FROM side WHERE id NOT IN (SELECT side_id FROM reference)"
        assert ask(alone).fetchone() == (0,)
    return {each.id for each in references}


@_forks
def test_fifty_kills_lose_nothing_and_leave_nothing_half(
    killer: subprocess.Popen[str], manifest: Path, tmp_path: Path
) -> None:
    chance = random.Random(20)
    folders = [tmp_path / "workspace 0"]
    known: set[str] = set()
    kills = within = 0
    while kills < _KILLS:  # at a random moment each
        folder = folders[-1]
        wanted = len(known) + chance.randrange(12)  # 0 more: while the workspace is being opened
        delay = chance.random() * 0.02
        ended = _kill(killer, "import", folder, manifest, wanted, delay)
        kills += ended == "killed"
        found = _whole(folder)
        assert known <= found, "a committed reference is gone"
        within += ended == "killed" and 0 < len(found) < _PICTURES
        known = found
        if ended == "done":
            assert len(found) == _PICTURES
            folders.append(tmp_path / f"workspace {len(folders)}")
            known = set()
    assert within > _KILLS // 2  # most kills fell into the midst of an import
    with Workspace(folders[-1]) as workspace:
        rows = list(workspace.import_manifest(manifest))
        assert sum(row.is_new for row in rows) == _PICTURES - len(known)
        assert known <= {each.id for each in workspace.references()}
        assert workspace.tidy().orphans == 0


@_forks
def test_a_killed_load_loads_nothing(
    killer: subprocess.Popen[str], manifest: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.touchstone"
    with Workspace(tmp_path / "sender") as sender:
        assert all(row.is_new for row in sender.import_manifest(manifest))
        sender.travel.export(file)
        wanted = sender.snapshots.now()
    chance = random.Random(21)
    killed = 0
    for number in range(10):
        folder = tmp_path / f"receiver {number}"
        pictures, delay = chance.randrange(_PICTURES), chance.random() * 0.02
        killed += _kill(killer, "load", folder, file, pictures, delay) == "killed"
        assert len(_whole(folder)) in (0, _PICTURES)
        with Workspace(folder) as receiver:
            receiver.travel.load(file)
            assert receiver.snapshots.now() == wanted
            assert receiver.tidy().orphans == 0
    assert killed
