"""What was in work when a scan broke off is known when it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store import InWork

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_in_work_when_it_broke_off_is_known_again(tmp_path: Path) -> None:
    file = tmp_path / "scans" / "1.in-work"
    broken_off = InWork(file)
    assert not broken_off.begin("a")
    broken_off.begin("b")
    broken_off.finish("a")  # and then nothing more: the process is gone

    resumed = InWork(file)

    assert resumed.left_over == {"b"}
    assert not resumed.begin("a")
    assert resumed.begin("b")
    resumed.finish("b")
    assert InWork(file).left_over == {"a"}


def test_a_scan_that_is_over_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "1.in-work"
    work = InWork(file)
    work.begin("a")

    work.close()

    assert not file.exists()
    work.finish("a")  # a thread that was late
    assert not file.exists()


def test_what_cannot_be_written_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "scans").write_text("no folder")
    work = InWork(tmp_path / "scans" / "1.in-work")

    assert not work.begin("a")
    work.finish("a")
    work.close()
