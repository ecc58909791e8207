"""Lists are read as spreadsheets write them; one bad line does not stop the rest."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app.store import EntryRefused, LineUnreadable, ManifestUnreadable, Workspace, manifests
from vision import FileUnreachable, NotAPicture, Provenance, pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vision.decoding import Decoded, Opened

_ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


def _pictures(folder: Path, count: int) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        pixels = np.random.default_rng(number).integers(0, 256, (16, 16, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"图 {number}.png")
    return [f"图 {number}.png" for number in range(count)]


def _manifest(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(
    workspace: Workspace, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    (name,) = _pictures(tmp_path, 1)
    text = f"file,product,side\r\n{name},酱油,正面\r\n".replace(",", delimiter)
    (row,) = workspace.import_manifest(_manifest(tmp_path, text, encoding))
    assert row.error == ""
    assert row.reference is not None
    assert (row.reference.product, row.reference.side) == ("酱油", "正面")


def test_columns_in_any_order_with_more_than_are_known(
    workspace: Workspace, tmp_path: Path
) -> None:
    (name,) = _pictures(tmp_path, 1)
    text = (
        "colour,Side, PRODUCT ,file,vouched_by,valid_from,valid_to,batch,obtained\n\n"
        f'red,front,"A, B",{name},Wu,2026/1/5,2026年12月31日,7,"shop\t"\n'
    )
    (row,) = workspace.import_manifest(_manifest(tmp_path, text))
    assert row.reference is not None, row.error
    assert row.reference.product == "A, B"
    assert row.reference.provenance == Provenance("Wu", "shop", "7", "2026-01-05", "2026-12-31")
    assert row.line == 3


def test_files_are_relative_to_the_list_also_upwards_and_with_backslashes(
    workspace: Workspace, tmp_path: Path
) -> None:
    names = _pictures(tmp_path / "pictures", 2)
    lists = tmp_path / "lists"
    lists.mkdir()
    text = f"file,product,side\n../pictures/{names[0]},A,front\n..\\pictures\\{names[1]},A,front\n"
    rows = list(workspace.import_manifest(_manifest(lists, text)))
    assert [row.error for row in rows] == ["", ""]
    assert len(workspace.references(product="A")) == 2


def test_bad_lines_are_results_among_the_good_ones(workspace: Workspace, tmp_path: Path) -> None:
    names = _pictures(tmp_path, 2)
    (tmp_path / "text.jpg").write_text("no picture")
    text = (
        "file,product,side,valid_from\n"
        f"{names[0]},A,front,\n"
        "text.jpg,A,front,\n"
        "none.jpg,A,front,\n"
        f"{names[1]},,front,\n"
        f"{names[1]},A,front,tomorrow\n"
        f"{names[1]}\n"
        ",A,front,\n"
        f"{names[0]},A,front,\n"
        f"{names[1]},A,front,\n"
    )
    rows = list(workspace.import_manifest(_manifest(tmp_path, text)))
    assert [row.reference is not None for row in rows] == [True] + [False] * 6 + [True, True]
    assert [row.is_new for row in rows if row.reference] == [True, False, True]
    assert [row.line for row in rows] == list(range(2, 11))
    assert isinstance(rows[1].cause, NotAPicture)
    assert "none.jpg" in rows[2].error
    assert isinstance(rows[4].cause, EntryRefused)
    assert rows[4].cause.field == "valid_from"
    assert all(bool(row.error) == (row.reference is None) for row in rows)
    assert len(workspace.references()) == 2


def test_a_line_that_found_no_memory_is_a_result_and_the_rest_is_added(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = _pictures(tmp_path, 3)
    decode, asked = pictures.decode, list[int]()

    def short(opened: Opened, *, max_side: int | None) -> Decoded:
        asked.append(1)
        if len(asked) == 2:
            raise MemoryError
        return decode(opened, max_side=max_side)

    monkeypatch.setattr(pictures, "decode", short)
    text = "file,product,side\n" + "".join(f"{name},A,front\n" for name in names)
    rows = list(workspace.import_manifest(_manifest(tmp_path, text)))
    assert [row.reference is not None for row in rows] == [True, False, True]
    assert isinstance(rows[1].cause, MemoryError)
    assert names[1] in rows[1].error


def test_a_line_that_is_no_csv_is_a_result(workspace: Workspace, tmp_path: Path) -> None:
    (name,) = _pictures(tmp_path, 1)
    text = f"file,product,side\n{'x' * 200_000},A,front\n{name},A,front\n"
    rows = list(workspace.import_manifest(_manifest(tmp_path, text)))
    assert [row.reference is not None for row in rows] == [False, True]
    assert "field limit" in rows[0].error


@pytest.mark.parametrize("column", ["file", "proof"])
@pytest.mark.parametrize("name", ["x" * 300 + ".png", "a\\" + "x" * 300 + ".png"])
def test_a_name_longer_than_a_disk_takes_is_a_bad_line(
    workspace: Workspace, tmp_path: Path, name: str, column: str
) -> None:
    one, two = _pictures(tmp_path, 2)
    cells = {"file": one, "proof": "", column: name}
    text = f"file,proof,product,side\n{cells['file']},{cells['proof']},A,front\n{two},,A,front\n"
    listed = _manifest(tmp_path, text)
    assert [row.is_good for row in workspace.preview_manifest(listed)] == [False, True]
    rows = list(workspace.import_manifest(listed))
    assert [row.reference is not None for row in rows] == [False, True]
    assert isinstance(rows[0].cause, FileUnreachable)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ("file", "product", "side")),
        ("\n\n", ("file", "product", "side")),
        ("file,product\na,b\n", ("side",)),
        ("path,name\n", ("file", "product", "side")),
    ],
)
def test_a_missing_column_is_named_at_once(
    workspace: Workspace, tmp_path: Path, text: str, missing: tuple[str, ...]
) -> None:
    with pytest.raises(ManifestUnreadable, match=f"no column “{missing[0]}”") as caught:
        workspace.import_manifest(_manifest(tmp_path, text))
    assert caught.value.missing == missing


def test_what_is_no_list_is_named_at_once(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ManifestUnreadable, match="cannot be read"):
        workspace.import_manifest(tmp_path / "none.csv")
    with pytest.raises(ManifestUnreadable, match="cannot be read"):
        workspace.import_manifest(tmp_path)
    noise = tmp_path / "noise.csv"
    noise.write_bytes(b"file,product,side\n\xff\xff\x80\x80\n")
    with pytest.raises(ManifestUnreadable, match="CSV UTF-8"):
        workspace.import_manifest(noise)
    monkeypatch.setattr(manifests, "_MAX_BYTES", 4)
    with pytest.raises(ManifestUnreadable, match="larger than"):
        workspace.import_manifest(noise)


def test_a_line_that_is_no_row_is_told_by_its_number(workspace: Workspace, tmp_path: Path) -> None:
    (name,) = _pictures(tmp_path, 1)
    text = f"file,product,side\n{'x' * 140_000},A,front\n{name},A,front\n"
    path = _manifest(tmp_path, text)
    bad, good = workspace.import_manifest(path)
    assert good.reference is not None
    assert isinstance(bad.cause, LineUnreadable)
    assert (bad.line, bad.cause.line) == (2, 2)
    assert bad.error == str(bad.cause)
    assert "Line 2 " in bad.error
    assert [type(each.cause) for each in workspace.preview_manifest(path)] == [
        LineUnreadable,
        type(None),
    ]


def test_what_was_added_stays_when_the_caller_stops(workspace: Workspace, tmp_path: Path) -> None:
    names = _pictures(tmp_path, 4)
    text = "file,product,side\n" + "".join(f"{name},A,front\n" for name in names)
    rows = workspace.import_manifest(_manifest(tmp_path, text))
    assert next(rows).reference
    assert next(rows).reference
    rows.close()  # type: ignore[attr-defined]
    assert len(workspace.references()) == 2


def test_the_last_day_may_not_come_before_the_first(workspace: Workspace, tmp_path: Path) -> None:
    (name,) = _pictures(tmp_path, 1)
    text = f"file,product,side,valid_from,valid_to\n{name},A,f,2026-02-01,2026-01-01\n"
    (row,) = workspace.import_manifest(_manifest(tmp_path, text))
    assert row.reference is None
    assert "before 2026-02-01" in row.error


_IMPORT = """
import sys
from app.store import Workspace
with Workspace(sys.argv[1]) as workspace:
    for row in workspace.import_manifest(sys.argv[2]):
        print(row.file, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killing_an_import_leaves_whole_references_only(
    workspace_folder: Path, tmp_path: Path
) -> None:
    names = _pictures(tmp_path, 60)
    lines = "".join(f"{name},产品 {number % 7},front\n" for number, name in enumerate(names))
    manifest = _manifest(tmp_path, "file,product,side\n" + lines)
    chance = random.Random(5)
    counts = [0]
    for rows_before_the_kill in (1, 15, 30):
        with subprocess.Popen(
            [sys.executable, "-c", _IMPORT, str(workspace_folder), str(manifest)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as importing:
            assert importing.stdout is not None
            for _ in range(rows_before_the_kill):
                assert importing.stdout.readline()
            time.sleep(chance.random() * 0.01)  # somewhere within the next row
            importing.send_signal(signal.SIGKILL)
        assert importing.returncode == -signal.SIGKILL
        with closing(sqlite3.connect(workspace_folder / "touchstone.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            lonely = "SELECT count(*) FROM side WHERE id NOT IN (SELECT side_id FROM reference)"
            assert database.execute(lonely).fetchone() == (0,)
        with Workspace(workspace_folder) as workspace:
            counts.append(len(workspace.references()))
            assert workspace.lost_originals(thorough=True) == ()
            assert workspace.tidy().orphans <= 3
    assert counts == sorted(counts)
    assert 30 <= counts[-1] < 60
    with Workspace(workspace_folder) as workspace:
        rows = list(workspace.import_manifest(manifest))
        assert sum(row.is_new for row in rows) == 60 - counts[-1]
        assert len(workspace.references()) == 60
        assert workspace.tidy().orphans == 0
