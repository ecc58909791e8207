"""`touchstone scan` in this process, with a stand-in for the judging."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from PIL import Image
from typer.testing import CliRunner

from app import cli
from app.commands import desk as desk_module
from app.reports.scan_contract import ScanDocument, ScanFilePart
from app.reports.scan_csv import cell
from app.reports.scanning import Resume, scan_folders
from app.store import ScanInWork, ScannedFile, Workspace, scan_turn, scan_turns
from tests.app import inspection_samples as samples
from vision import Gallery, Inspection, Outcome, Photo, ScanControl, pictures
from vision.scan import judging

if TYPE_CHECKING:
    from vision.decoding import Decoded, Opened

_Run = "Callable[..., tuple[int, str, str]]"
_GPS = b"GPS-MARK-IN-EXIF"


class _NoModel:
    """Stands for the network."""

    version = "sha256:00"
    differ = None

    def __init__(self, *_: object, **__: object) -> None: ...

    def warm(self) -> None: ...


class _Judge:
    """Says of each photo what its name asks for, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []

    def __call__(self, photo: Photo, _gallery: object, *, text: bool) -> Inspection:
        self.asked.append((Path(photo.path).name, text))
        wanted = [each for each in Outcome if each.value in photo.path]
        found = samples.inspection(wanted[0] if wanted else Outcome.AGREES)
        return type(found)(
            photo=photo,
            faults=found.faults,
            outcome=found.outcome,
            reason=found.reason,
            candidates=found.candidates,
            comparison=found.comparison,
            seconds=found.seconds,
        )


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> _Judge:
    judge = _Judge()
    monkeypatch.setattr(desk_module, "Embedder", _NoModel)
    monkeypatch.setattr(judging, "inspect", judge)
    return judge


@pytest.fixture
def run(workspace_folder: Path) -> _Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(
            cli.build(lambda *_, **__: 0),
            ["scan", *arguments, "--workspace", str(workspace_folder)],
            catch_exceptions=False,
        )
        return result.exit_code, result.stdout, result.stderr

    return command


def _photo(path: Path, seed: int, *, gps: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    if gps:
        exif[0x010E] = _GPS.decode()
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (39.0, 54.0, 26.0)
    image = Image.new("RGB", (64, 48), (seed % 256, 90, 30))
    image.save(path, "JPEG", exif=exif, comment=f"photo {seed}")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four photos, a copy, a broken one, a side file and a text."""
    top = tmp_path / "到货"
    _photo(top / "agrees_1.jpg", 1)
    _photo(top / "sub" / "differs_假货.jpg", 2, gps=True)
    _photo(top / "0012345678905", 3)
    _photo(top / "=cmd!A1.jpg", 4)
    shutil.copy(top / "agrees_1.jpg", top / "sub" / "copy.jpg")
    (top / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    (top / "agrees_1.xmp").write_text("<x/>")
    (top / "notes.txt").write_text("words")
    return top


def test_the_document_tells_of_everything_the_worst_first(
    run: _Run, judge: _Judge, folder: Path
) -> None:
    status, said, told = run(str(folder), "--json")
    assert status == 0, told
    document = ScanDocument.model_validate_json(said)
    counts = document.counts
    assert (counts.found, counts.photos, counts.repeated) == (8, 5, 1)
    assert counts.outcomes == {"agrees": 3, "differs": 1, "unreadable": 1}
    assert counts.aside == {"side_file": 1, "not_a_picture": 1}
    assert document.complete
    assert Path(document.files[0].path).name == "differs_假货.jpg"
    parts = {Path(each.path).name: each for each in document.files}
    assert parts["copy.jpg"].first == str(folder / "agrees_1.jpg")
    assert parts["copy.jpg"].inspection is None
    assert parts["notes.txt"].why == "text, not a picture"
    broken = parts["broken.jpg"].inspection
    assert broken is not None
    assert broken.outcome is Outcome.PHOTO_UNFIT
    assert "broken.jpg" in broken.reason
    assert not any(text for _, text in judge.asked)


def test_text_is_read_where_it_is_asked_for(run: _Run, judge: _Judge, folder: Path) -> None:
    assert run(str(folder), "--text")[0] == 0
    assert all(text for _, text in judge.asked)


def test_a_resumed_scan_judges_only_what_is_new(run: _Run, judge: _Judge, folder: Path) -> None:
    _, first, _ = run(str(folder), "--json")
    judge.asked.clear()
    _photo(folder / "new.jpg", 9)
    (folder / "agrees_1.jpg").unlink()
    status, said, _ = run(str(folder), "--json", "--resume")
    assert status == 0
    assert [name for name, _ in judge.asked] == ["new.jpg"]
    before = {each.path: each for each in ScanDocument.model_validate_json(first).files}
    after = {each.path: each for each in ScanDocument.model_validate_json(said).files}
    assert set(after) - set(before) == {str(folder / "new.jpg")}
    assert set(before) - set(after) == {str(folder / "agrees_1.jpg")}
    same = set(after) & set(before) - {str(folder / "sub" / "copy.jpg")}
    assert {path: after[path] for path in same} == {path: before[path] for path in same}
    copy = after[str(folder / "sub" / "copy.jpg")]  # is now the only one of its content
    assert copy.kind == "photo"
    assert copy.inspection is not None
    assert copy.inspection.photo.path == copy.path
    judge.asked.clear()
    run(str(folder), "--json")
    assert len(judge.asked) == 5  # without --resume everything is judged anew


def test_a_changed_photo_is_judged_again(run: _Run, judge: _Judge, folder: Path) -> None:
    run(str(folder))
    judge.asked.clear()
    _photo(folder / "agrees_1.jpg", 77)
    run(str(folder), "--resume")
    assert [name for name, _ in judge.asked] == ["agrees_1.jpg"]


def test_a_changed_model_or_question_judges_all_again(
    run: _Run, judge: _Judge, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(str(folder))
    judge.asked.clear()
    run(str(folder), "--resume", "--text")
    assert len(judge.asked) == 4
    judge.asked.clear()
    monkeypatch.setattr(_NoModel, "version", "sha256:01")
    run(str(folder), "--resume")
    assert len(judge.asked) == 4


def test_csv_is_safe_in_excel(run: _Run, judge: _Judge, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "scan.csv"
    assert run(str(folder), "--out", str(out))[0] == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 8
    assert rows[0]["file"] == "differs_假货.jpg"
    names = {row["file"] for row in rows}
    assert {"'0012345678905", "'=cmd!A1.jpg", "agrees_1.jpg"} <= names
    assert all(row["sha256"] for row in rows if row["outcome"] in {"agrees", "differs"})
    (unread,) = [row for row in rows if row["outcome"] == "unreadable"]
    assert unread["reason"]
    assert not [p for p in out.parent.iterdir() if p != out]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("-2", "'-2"),
        ("007", "'007"),
        ("1/2", "'1/2"),
        ("6901234567892", "'6901234567892"),
        ("1e5", "'1e5"),
        ("tea 200 g", "tea 200 g"),
        ("茶叶", "茶叶"),
        ("", ""),
        (None, ""),
        (-0.5, "-0.5"),
        (3, "3"),
    ],
)
def test_cells_stay_what_they_are(value: str | float | None, shown: str) -> None:
    assert cell(value) == shown


def test_jsonl_has_a_line_for_each_file(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scan.jsonl"
    assert run(str(folder), "--out", str(out))[0] == 0
    lines = [ScanFilePart.model_validate_json(line) for line in out.read_text().splitlines()]
    assert len(lines) == 8
    assert lines[0].inspection is not None
    assert lines[0].inspection.outcome is Outcome.DIFFERS


def test_jsonl_grows_while_the_scan_runs_and_ends_in_order(
    run: _Run, judge: _Judge, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "scan.jsonl"
    out.write_text("of an earlier scan\n")
    lengths: list[int] = []

    def slowly(photo: Photo, gallery: object, *, text: bool) -> Inspection:
        lines = out.read_text().splitlines() if "sub" in photo.path else []
        lengths.extend([len(lines)] if lines else [])
        assert all(ScanFilePart.model_validate_json(line) for line in lines)
        return judge(photo, gallery, text=text)

    monkeypatch.setattr(judging, "inspect", slowly)

    assert run(str(folder), "--out", str(out), "--workers", "1")[0] == 0

    assert lengths[-1] >= 1
    lines = [ScanFilePart.model_validate_json(line) for line in out.read_text().splitlines()]
    assert len(lines) == 8 > lengths[-1]
    assert "differs" in lines[0].path


def test_xlsx_has_pictures_links_and_what_was_not_judged(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scan.xlsx"
    assert run(str(folder), "--out", str(out))[0] == 0
    photos, left, summary = openpyxl.load_workbook(out).worksheets
    heads = [each.value for each in photos[1]]
    at = {name: heads.index(name) for name in ("File", "Result", "Suspicion", "SHA-256")}
    rows = list(photos.iter_rows(min_row=2))
    assert rows[0][at["File"]].value == "differs_假货.jpg"
    names = {row[at["File"]].value: row[at["File"]] for row in rows}
    assert names["=cmd!A1.jpg"].data_type == "s"
    assert names["0012345678905"].value == "0012345678905"
    link = names["agrees_1.jpg"].hyperlink
    assert link is not None
    assert link.target == (folder / "agrees_1.jpg").as_uri()
    assert len(photos._images) == 4
    assert left.max_row == 5  # copy, broken, side file, text and their heads
    assert any(cell.value == "Differs" for cell in summary["A"])
    with zipfile.ZipFile(out) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if "media/" in name]
    assert len(pictures) == 4
    for each in pictures:
        assert _GPS not in each
        assert not Image.open(io.BytesIO(each)).getexif()


def test_html_tells_in_words_and_plots_and_runs_nothing(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    _photo(folder / "differs_<b>bold<b> onerror=x.jpg", 12)
    out = tmp_path / "scan.html"
    assert run(str(folder), "--out", str(out))[0] == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert "<b>" not in page
    assert "differs_&lt;b&gt;" in page
    assert "text, not a picture" in page
    assert page.count("data:image/jpeg;base64,") == 5
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_several_tables_are_written_at_once(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    names = ["a.csv", "b.jsonl"]
    outs = [part for name in names for part in ("--out", str(tmp_path / "out" / name))]
    assert run(str(folder), *outs)[0] == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == names


def test_what_cannot_be_written_is_said_before_the_work(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    status, _, told = run(str(folder), "--out", str(tmp_path / "scan.docx"))
    assert status == 2
    assert ".xlsx" in told
    (tmp_path / "file").write_text("")
    status, _, told = run(str(folder), "--out", str(tmp_path / "file" / "scan.csv"))
    assert status == 1
    assert told.strip()
    assert judge.asked == []


def test_a_folder_that_is_away_is_no_empty_answer(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    status, said, told = run(str(tmp_path / "share"))
    assert status == 1
    assert "not reachable" in told
    assert "share" in told
    assert said == ""
    status, said, told = run(str(tmp_path / "share"), str(folder), "--json")
    assert status == 1
    assert "not reachable" in told
    document = ScanDocument.model_validate_json(said)
    assert not document.complete
    assert document.counts.photos == 5


def test_a_folder_that_was_away_costs_nothing_when_it_is_back(
    run: _Run, judge: _Judge, folder: Path, tmp_path: Path
) -> None:
    other = _photo(tmp_path / "share" / "x.jpg", 50).parent
    assert run(str(folder), str(other))[0] == 0
    other.rename(tmp_path / "away")
    judge.asked.clear()
    status, said, told = run(str(folder), str(other), "--resume", "--json")
    assert status == 1
    assert "not reachable" in told
    kept = {Path(each.path).name for each in ScanDocument.model_validate_json(said).files}
    assert "x.jpg" in kept
    (tmp_path / "away").rename(other)
    assert run(str(folder), str(other), "--resume")[0] == 0
    assert judge.asked == []


def test_a_folder_that_is_away_hides_no_earlier_scan(
    run: _Run, judge: _Judge, folder: Path, workspace_folder: Path
) -> None:
    assert run(str(folder))[0] == 0
    folder.rename(folder.with_name("away"))
    assert run(str(folder))[0] == 1
    with Workspace(workspace_folder) as opened:
        (record,) = opened.scans.newest()
        known = opened.scans.last([str(folder)])
    assert record.files == 8
    assert known == record


def test_a_second_scan_of_the_same_folder_is_refused_and_harms_nothing(
    run: _Run,
    judge: _Judge,
    folder: Path,
    workspace_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan_turns, "_PATIENCE_S", 0.0)
    refusals: list[str] = []

    def meanwhile(photo: Photo, gallery: Gallery, *, text: bool) -> Inspection:
        with Workspace(workspace_folder) as opened:
            for resume in Resume:
                steps = scan_folders(
                    opened, gallery, [str(folder)], control=ScanControl(), resume=resume
                )
                with pytest.raises(ScanInWork) as refused:
                    next(steps)
                refusals.append(str(refused.value))
        return judge(photo, gallery, text=text)

    monkeypatch.setattr(judging, "inspect", meanwhile)
    status, said, _ = run(str(folder), "--json", "--workers", "1")
    assert status == 0
    assert len(refusals) == 8  # in each of four photos, with and without resuming
    document = ScanDocument.model_validate_json(said)
    assert document.complete
    assert document.counts.photos == 5
    assert document.counts.found == 8
    with Workspace(workspace_folder) as opened:
        assert len(opened.scans.newest()) == 1


def test_a_folder_that_is_being_scanned_is_one_sentence(
    run: _Run,
    judge: _Judge,
    folder: Path,
    workspace_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan_turns, "_PATIENCE_S", 0.0)
    with scan_turn(workspace_folder / "scans", [str(folder)]):
        for more in ((), ("--resume",)):
            status, said, told = run(str(folder), "--json", *more)
            assert (status, said) == (1, "")
            assert f"“{folder}” is being scanned already" in told
            assert len(told.strip().splitlines()) == 1
    assert judge.asked == []
    assert run(str(folder))[0] == 0


def test_a_scan_reports_what_it_found_itself(
    run: _Run,
    judge: _Judge,
    folder: Path,
    workspace_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On another machine with the same shared gallery, no lock is seen."""

    def meanwhile(photo: Photo, gallery: object, *, text: bool) -> Inspection:
        with Workspace(workspace_folder) as opened:
            other = opened.scans.begin([str(folder)], {})
            opened.scans.keep(other, [ScannedFile("/elsewhere.jpg", "photo")], "sha256:other")
        return judge(photo, gallery, text=text)

    monkeypatch.setattr(judging, "inspect", meanwhile)
    _, said, _ = run(str(folder), "--json")
    document = ScanDocument.model_validate_json(said)
    assert document.counts.found == 8
    assert "/elsewhere.jpg" not in {each.path for each in document.files}


def test_a_folder_without_pictures_is_said_to_be_so(
    run: _Run, judge: _Judge, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    status, _, told = run(str(tmp_path / "empty"))
    assert status == 0
    assert "No pictures" in told


def test_wrong_usage_is_2(run: _Run, judge: _Judge, folder: Path) -> None:
    assert run()[0] == 2
    assert run(str(folder), "--workers", "0")[0] == 2


def test_a_halted_scan_tells_one_cause_and_keeps_what_is_done(
    run: _Run, judge: _Judge, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(40):
        _photo(folder / "z" / f"{number}.jpg", 20 + number)

    def sometimes(photo: Photo, gallery: object, *, text: bool) -> Inspection:
        if "/z/" in photo.path:
            raise MemoryError
        return judge(photo, gallery, text=text)

    monkeypatch.setattr(judging, "inspect", sometimes)
    out = tmp_path / "scan.csv"
    status, said, told = run(str(folder), "--json", "--out", str(out), "--workers", "1")
    assert status == 1
    assert told.count("not enough memory") == 1
    assert ScanDocument.model_validate_json(said).counts.outcomes["differs"] == 1
    assert "differs_假货.jpg" in out.read_text(encoding="utf-8-sig")
    monkeypatch.setattr(judging, "inspect", judge)
    judge.asked.clear()
    status, said, _ = run(str(folder), "--json", "--resume")
    assert status == 0
    assert {name for name, _ in judge.asked} == {f"{n}.jpg" for n in range(40)}
    assert json.loads(said)["counts"]["photos"] == 45


def test_a_photo_that_found_no_memory_is_judged_when_the_scan_is_resumed(
    run: _Run, judge: _Judge, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode = pictures.decode

    def short(opened: Opened, *, max_side: int | None) -> Decoded:
        if opened.image.info.get("comment") == b"photo 2":
            raise MemoryError
        return decode(opened, max_side=max_side)

    monkeypatch.setattr(pictures, "decode", short)
    status, said, told = run(str(folder), "--json")
    assert status == 0, told
    parts = {Path(each.path).name: each for each in ScanDocument.model_validate_json(said).files}
    assert "not enough memory" in parts["differs_假货.jpg"].why
    monkeypatch.undo()
    monkeypatch.setattr(desk_module, "Embedder", _NoModel)
    monkeypatch.setattr(judging, "inspect", judge)
    judge.asked.clear()
    _, said, _ = run(str(folder), "--json", "--resume")
    assert [name for name, _ in judge.asked] == ["differs_假货.jpg"]
    assert ScanDocument.model_validate_json(said).counts.outcomes["differs"] == 1
