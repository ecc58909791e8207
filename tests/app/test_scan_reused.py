"""A photo that was saved again is told as the one it is, in the store and in every table."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import openpyxl
import pytest

from app.reports.scan_contract import Facts, ScanFilePart, counts_part
from app.reports.scan_csv import write_csv, write_jsonl
from app.reports.scan_outputs import write_output
from app.reports.scanning import REPEATED, Resume, scan_folders, versions_of
from app.store import Workspace
from tests.app import inspection_samples as samples
from tests.vision.samples import artwork, saved
from vision import Contents, Judged, ListedFile, Outcome, ScanControl, read_bytes
from vision.scan.imprint import imprint_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store import ScannedFile


class _Gallery:
    embedder = None
    version = "sha256:gallery"
    thresholds_version = "sha256:limits"


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two photos; of the first a smaller one and a cut one, and a copy of the smaller one."""
    top = tmp_path / "photos"
    photo = artwork(1)
    saved(photo, top / "1 first.png")
    saved(artwork(2), top / "2 other.png")
    half = np.asarray(cv2.resize(photo, (320, 240), interpolation=cv2.INTER_AREA), np.uint8)
    saved(half, top / "b" / "3 small.jpg")
    saved(photo[10:-10, 13:-13], top / "b" / "4 cut.jpg")
    shutil.copy(top / "b" / "3 small.jpg", top / "b" / "5 copy.jpg")
    return top


def _judge(file: ListedFile, contents: Contents) -> Judged:
    photo = read_bytes(contents.data, file.path)
    said = samples.inspection(Outcome.DIFFERS)
    facts = {name: getattr(said, name) for name in type(said).__dataclass_fields__}
    return Judged(file, type(said)(**{**facts, "photo": photo}), imprint_of(photo.pixels))


def _scan(workspace: Workspace, folder: Path, resume: Resume = Resume.YES) -> list[ScannedFile]:
    steps = scan_folders(
        workspace,
        _Gallery(),
        [str(folder)],
        control=ScanControl(),
        resume=resume,
        judge=_judge,
        workers=1,
    )
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(workspace.scans.files(end.value))


def _near(files: list[ScannedFile]) -> dict[str, str]:
    return {Path(one.path).name: Path(one.near).name for one in files}


_FOUND = {
    "1 first.png": "",
    "2 other.png": "",
    "3 small.jpg": "1 first.png",
    "4 cut.jpg": "1 first.png",
    "5 copy.jpg": "1 first.png",
}


def test_a_photo_saved_again_bears_the_path_of_the_first(
    workspace: Workspace, folder: Path
) -> None:
    files = _scan(workspace, folder)
    assert _near(files) == _FOUND
    assert [one.kind for one in files].count(REPEATED) == 1


def test_a_resumed_scan_knows_it_without_judging_again(workspace: Workspace, folder: Path) -> None:
    _scan(workspace, folder)
    saved(artwork(1)[8:-8, 8:-8], folder / "0 newest.jpg")
    near = _near(_scan(workspace, folder))
    assert near["2 other.png"] == ""
    assert near["0 newest.jpg"] or near["1 first.png"]
    (folder / "0 newest.jpg").unlink()
    (folder / "1 first.png").unlink()
    assert _near(_scan(workspace, folder)) == {
        "2 other.png": "",
        "3 small.jpg": "",
        "4 cut.jpg": "3 small.jpg",
        "5 copy.jpg": "",
    }


def test_tables_name_the_first(workspace: Workspace, folder: Path) -> None:
    files = _scan(workspace, folder)
    first = str(folder / "1 first.png")
    stream = io.StringIO()
    write_csv(stream, files)
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(stream.getvalue()))}
    told = {name: row["same_photo_as"] for name, row in rows.items()}
    assert [told[name] for name in ("3 small.jpg", "4 cut.jpg", "5 copy.jpg")] == [first] * 3
    assert told["2 other.png"] == ""
    assert rows["5 copy.jpg"]["same_as"] == str(folder / "b" / "3 small.jpg")
    stream = io.StringIO()
    write_jsonl(stream, files)
    parts = [
        ScanFilePart.model_validate(json.loads(line))
        for line in stream.getvalue().split("\n")
        if line
    ]
    assert sum(part.near == first for part in parts) == 3


def test_what_was_judged_before_imprints_were_kept_is_nobodys_copy(
    workspace: Workspace, folder: Path
) -> None:
    _scan(workspace, folder)
    with workspace._database.writing() as session:
        session.connection().exec_driver_sql("update judgement set imprint = null")
    assert set(_near(_scan(workspace, folder)).values()) == {""}


def test_pages_and_workbooks_link_to_the_first(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    (folder / "notes.txt").write_text("words")
    files = _scan(workspace, folder)
    facts = Facts(versions_of(_Gallery()), (str(folder),), False, True, counts_part({}))
    write_output(tmp_path / "scan.html", facts, lambda: iter(files))
    page = (tmp_path / "scan.html").read_text(encoding="utf-8")
    assert page.count(f'Same photo as: <a href="{(folder / "1 first.png").as_uri()}">') == 3
    left = page.partition("What was not judged")[2]
    assert left.count("<th>") == 4
    write_output(tmp_path / "scan.xlsx", facts, lambda: iter(files))
    photos, others, _ = openpyxl.load_workbook(tmp_path / "scan.xlsx").worksheets
    heads = [each.value for each in photos[1]]
    named = [row[heads.index("Same photo as")].value for row in photos.iter_rows(min_row=2)]
    assert sorted(filter(None, named)) == [str(folder / "1 first.png")] * 2
    assert photos.auto_filter.ref == "B1:Q5"
    assert others.auto_filter.ref == "B1:Q3"
