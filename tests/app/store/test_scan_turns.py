"""Only one scans the same folders at a time, and nobody for ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.store import ScanInWork, scan_turn, scan_turns

_ROOT = Path(__file__).resolve().parents[3]
_HOLDING = """
import sys
from pathlib import Path
from app.store import scan_turn
with scan_turn(Path(sys.argv[1]), ["/photos"]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_turns, "_PATIENCE_S", 0.1)


def test_a_second_one_is_refused_and_leaves_the_first_alone(tmp_path: Path) -> None:
    with scan_turn(tmp_path, ["/photos", "/more"]):
        for _ in range(2):
            with (
                pytest.raises(ScanInWork, match=r"“/photos, /more” is being scanned already"),
                scan_turn(tmp_path, ["/photos", "/more"]),
            ):
                pass
        with scan_turn(tmp_path, ["/photos"]):
            pass
    with scan_turn(tmp_path, ["/photos", "/more"]):
        pass
    assert not list(tmp_path.iterdir())


def test_it_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(tmp_path)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        with pytest.raises(ScanInWork), scan_turn(tmp_path, ["/photos"]):
            pass
        process.kill()
        process.wait(timeout=60)
    with scan_turn(tmp_path, ["/photos"]):
        pass
    assert not list(tmp_path.iterdir())


def test_where_no_file_can_be_locked_nobody_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "scans").write_text("no folder")
    with scan_turn(tmp_path / "scans", ["/photos"]), scan_turn(tmp_path / "scans", ["/photos"]):
        pass
