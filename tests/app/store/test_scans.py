"""Scans are kept as they come, judged once by content, and read back the worst first."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from app.store import Judgement, ScannedFile, Workspace
from vision import ListedFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BY = "sha256:one"


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


def _judged(path: str, suspicion: float | None, *, content: str = "") -> ScannedFile:
    said = Judgement(json.dumps({"of": path}), "differs", "tea", "front", suspicion)
    return ScannedFile(
        path, "judged", size=10, modified_ns=20, sha256=content or path * 2, judgement=said
    )


def test_files_come_back_whole_the_most_suspicious_first(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {"model": "m"})
    odd = os.fsdecode(b"bad_\xff.jpg") if os.name == "posix" else "bad.jpg"
    kept = [
        _judged("a", 0.5),
        _judged("b", None),
        _judged("假货.jpg", 3.0),
        ScannedFile(odd, "failed", why="it is cut short"),
    ]
    for each in kept:
        book.keep(scan, [each], _BY)
    assert list(book.files(scan)) == [kept[2], kept[0], kept[1], kept[3]]
    assert book.counts(scan) == {("judged", "differs"): 3, ("failed", ""): 1}


def test_one_content_is_judged_once_by_each_gallery(workspace: Workspace) -> None:
    book = workspace.scans
    first = book.begin(["/photos"], {})
    book.keep(first, [_judged("a", 1.0, content="c1")], _BY)
    assert book.has("c1", _BY)
    assert not book.has("c1", "sha256:two")
    assert not book.has("c2", _BY)
    second = book.begin(["/other"], {})
    book.keep(second, [ScannedFile("elsewhere", "judged", sha256="c1")], _BY)
    (found,) = book.files(second)
    assert found.judgement == _judged("a", 1.0).judgement
    book.keep(second, [ScannedFile("elsewhere", "judged", sha256="c1")], "sha256:two")
    (found,) = book.files(second)
    assert found.judgement is None


def test_a_file_is_known_again_as_long_as_it_looks_the_same(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {})
    book.keep(scan, [_judged("a", 1.0, content="c1")], _BY)
    assert book.content_of(ListedFile("a", "/photos", 10, 20)) == "c1"
    assert book.content_of(ListedFile("a", "/photos", 11, 20)) is None
    assert book.content_of(ListedFile("a", "/photos", 10, 21)) is None
    assert book.content_of(ListedFile("b", "/photos", 10, 20)) is None


def test_a_resumed_scan_keeps_what_it_has_and_forgets_what_is_gone(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {"gallery": "old"})
    book.keep(scan, [_judged("a", 1.0), _judged("gone", 2.0)], _BY)
    unfinished = book.last(["/photos"])
    assert unfinished is not None
    assert (unfinished.id, unfinished.ended_at, unfinished.files) == (scan, None, 2)
    again = book.resume(scan, {"gallery": "new"})
    book.keep(scan, [ScannedFile("a", "judged", sha256="aa")], _BY)
    assert len(list(book.files(scan))) == 2  # also while it goes on
    book.end(scan, again)
    (left,) = book.files(scan)
    assert left.path == "a"
    assert left.judgement == _judged("a", 1.0).judgement
    ended = book.last(["/photos"])
    assert ended is not None
    assert ended.ended_at is not None
    assert ended.versions == {"gallery": "new"}
    assert book.last(["/photos", "/more"]) is None


def test_a_scan_that_somebody_goes_on_with_is_theirs_to_end(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {})
    book.keep(scan, [_judged("a", 1.0), _judged("b", 2.0)], _BY)
    theirs = book.resume(scan, {})
    book.keep(scan, [_judged("c", 3.0)], _BY)
    book.end(scan)
    assert {each.path for each in book.files(scan)} == {"a", "b", "c"}
    going_on = book.last(["/photos"])
    assert going_on is not None
    assert going_on.ended_at is None
    book.end(scan, theirs)
    assert [each.path for each in book.files(scan)] == ["c"]


def test_a_scan_that_found_nothing_before_it_broke_off_hides_none(workspace: Workspace) -> None:
    book = workspace.scans
    yesterday = book.begin(["/photos"], {})
    book.keep(yesterday, [_judged("a", 1.0)], _BY)
    book.end(yesterday)
    today = book.begin(["/photos"], {})
    assert [one.id for one in book.newest()] == [yesterday]
    book.end(today)  # an empty folder is a result
    assert [one.id for one in book.newest()] == [today]


def test_a_path_is_kept_once_in_a_scan(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {})
    book.keep(scan, [_judged("a", 1.0), _judged("a", 2.0)], _BY)
    (found,) = book.files(scan)
    assert found.judgement == _judged("a", 2.0).judgement


def test_what_is_kept_together_is_kept_whole_or_not_at_all(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {})
    broken = ScannedFile("b", "judged", sha256="b", judgement=Judgement("no JSON", "differs"))
    with pytest.raises(ValueError, match="Expecting value"):
        book.keep(scan, [_judged("a", 1.0), broken], _BY)
    assert list(book.files(scan)) == []
    assert not book.has("aa", _BY)


def test_many_files_are_read_in_parts(workspace: Workspace) -> None:
    book = workspace.scans
    scan = book.begin(["/photos"], {})
    book.keep(scan, [_judged(str(n), float(n % 7)) for n in range(1200)], _BY)
    found = [each.judgement.suspicion for each in book.files(scan) if each.judgement]
    assert len(found) == 1200
    assert found == sorted(found, reverse=True)


def test_the_newest_scans_come_first_and_the_same_folders_once(workspace: Workspace) -> None:
    book = workspace.scans
    first = book.begin(["/photos"], {})
    other = book.begin(["/photos", "/more"], {})
    again = book.begin(["/photos"], {})
    book.keep(again, [_judged("a", 0.5)], _BY)
    book.end(other)
    assert [one.id for one in book.newest()] == [again, other]
    assert [one.id for one in book.newest(1)] == [again]
    assert first < other
    assert book.newest()[0].files == 1
