from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from typer.testing import CliRunner

import app.__main__ as entry
from app import cli
from app.commands import desk as desk_module
from app.commands import gallery as gallery_module
from app.reports.contract import InspectDocument, ReadDocument
from app.reports.housekeeping import (
    AddDocument,
    CheckDocument,
    FindingKind,
    ListDocument,
    SearchDocument,
)
from tests.app import inspection_samples as samples
from vision import Box, Candidate, Inspection, Outcome, Photo, UnknownSide

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = Path(__file__).resolve().parents[2]


class _Runner:
    """Runs the commands in this process, on one workspace."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.opened: list[tuple[Path, bool]] = []
        self.spoken: str | None = None

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(
            cli.build(self._open_window),
            [*arguments, "--workspace", str(self.workspace)],
            catch_exceptions=False,
        )
        return result.exit_code, result.stdout, result.stderr

    def _open_window(
        self, workspace: Path, *, demo: bool = False, language: str | None = None
    ) -> int:
        self.opened.append((workspace, demo))
        self.spoken = language
        return 0


@pytest.fixture
def run(workspace_folder: Path) -> _Runner:
    return _Runner(workspace_folder)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return samples.saved(tmp_path)


class _NoModel:
    """Stands for the network, which these tests do not need."""

    version = "sha256:00"
    differ = None

    def __init__(self, *_: object, **__: object) -> None: ...


class _Judge:
    """Answers for the vision layer, and remembers what it was asked."""

    def __init__(self) -> None:
        self.outcome = Outcome.DIFFERS
        self.asked: list[tuple[str | None, str | None, Box | None]] = []

    def inspect(
        self,
        photo: Photo,
        _gallery: object,
        *,
        product: str | None = None,
        side: str | None = None,
        region: Box | None = None,
    ) -> Inspection:
        self.asked.append((product, side, region))
        if product == "Nobody":
            raise UnknownSide(product, side)
        return samples.renamed(samples.inspection(self.outcome), photo.path)

    def search(
        self, _photo: Photo, _gallery: object, *, region: Box | None = None
    ) -> Sequence[Candidate]:
        self.asked.append((None, None, region))
        return (samples.candidate(),)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> _Judge:
    judge = _Judge()
    monkeypatch.setattr(desk_module, "Embedder", _NoModel)
    monkeypatch.setattr(desk_module.vision, "inspect", judge.inspect)
    monkeypatch.setattr(gallery_module.vision, "search", judge.search)
    return judge


def test_alone_it_opens_the_window(run: _Runner) -> None:
    assert run()[0] == 0
    assert run.opened == [(run.workspace, False)]
    assert run.spoken is None
    run("--language", "zh")
    assert run.spoken == "zh_CN"


def test_demo_opens_the_window_with_the_demo(run: _Runner) -> None:
    assert run("demo")[0] == 0
    assert run.opened == [(run.workspace, True)]
    run("demo", "--language", "zh")
    assert run.spoken == "zh_CN"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["read"],
        ["inspect"],
        ["read", "--nonsense", "x"],
        ["inspect", "x.jpg", "--region", "1,2,3"],
        ["inspect", "x.jpg", "--region", "a,b,c,d"],
        ["inspect", "x.jpg", "--region", "5,5,5,9"],
        ["inspect", "x.jpg", "--region", "-1,0,5,9"],
        ["gallery", "add", "x.jpg"],
        ["gallery", "add", "x.jpg", "--product", " ", "--side", "front"],
        ["inspect", "x.jpg", "--language", "fr"],
        ["demo", "--json"],
    ],
)
def test_wrong_usage_ends_with_2_and_prints_nothing(run: _Runner, arguments: list[str]) -> None:
    status, printed, said = run(*arguments)
    assert status == 2
    assert printed == ""
    assert said
    assert not run.workspace.exists()


def test_a_workspace_that_cannot_be_is_a_sentence(run: _Runner, picture: Path) -> None:
    run.workspace = picture
    status, printed, said = run("gallery", "list")
    assert (status, printed) == (1, "")
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said


def test_a_gallery_is_filled_listed_and_checked(run: _Runner, picture: Path) -> None:
    add = ("gallery", "add", str(picture), "--product", "Aurora", "--side", "front", "--json")
    status, printed, _ = run(*add)
    [row] = AddDocument.model_validate_json(printed).rows
    assert (status, row.state) == (0, "added")
    status, printed, _ = run(*add, "--vouched-by", "Li")
    assert AddDocument.model_validate_json(printed).rows[0].state == "present"
    listed = ListDocument.model_validate_json(run("gallery", "list", "--json")[1])
    assert [(each.product, each.side) for each in listed.references] == [("Aurora", "front")]
    assert "Aurora" in run("gallery", "list")[1]
    checked = CheckDocument.model_validate_json(run("gallery", "check", "--json")[1])
    assert [finding.kind for finding in checked.findings] == [
        FindingKind.THIN_SIDE,
        FindingKind.NO_PROVENANCE,
    ]


def test_provenance_is_kept(run: _Runner, picture: Path) -> None:
    add = ("gallery", "add", "--product", "Aurora", "--side", "front", str(picture))
    assert run(*add, "--vouched-by", "李", "--obtained", "shop", "--batch", "7")[0] == 0
    [reference] = ListDocument.model_validate_json(run("gallery", "list", "--json")[1]).references
    kept = reference.provenance
    assert (kept.vouched_by, kept.obtained, kept.batch) == ("李", "shop", "7")


def test_a_bad_file_among_good_ones_is_a_row(run: _Runner, picture: Path, tmp_path: Path) -> None:
    files = (str(tmp_path / "missing.jpg"), str(picture))
    status, printed, _ = run("gallery", "add", *files, "--product", "A", "--side", "b", "--json")
    assert status == 0
    rows = AddDocument.model_validate_json(printed).rows
    assert [row.state for row in rows] == ["refused", "added"]
    assert rows[0].error


def test_nothing_added_is_a_request_not_carried_out(run: _Runner, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.jpg")
    status, _, said = run("gallery", "add", missing, "--product", "A", "--side", "b")
    assert status == 1
    assert "missing.jpg" in said


def test_a_table_is_imported(run: _Runner, picture: Path, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(
        f"file,product,side,batch\n{picture.name},Aurora,front,7\nno.jpg,Aurora,front,7\n",
        encoding="utf-8",
    )
    status, printed, _ = run("gallery", "import", str(table), "--json")
    assert status == 0
    rows = AddDocument.model_validate_json(printed).rows
    assert [row.state for row in rows] == ["added", "refused"]
    assert run("gallery", "import", str(tmp_path / "absent.csv"))[0] == 1


def test_inspect_prints_the_document(run: _Runner, judge: _Judge, picture: Path) -> None:
    status, printed, _ = run("inspect", str(picture), "--json")
    assert status == 0
    document = InspectDocument.model_validate_json(printed)
    [one] = document.inspections
    assert one.photo.path == str(picture)
    assert one.outcome is Outcome.DIFFERS
    assert document.versions.model == "sha256:00"
    assert document.versions.gallery.startswith("sha256:")
    assert one.seconds.total >= one.seconds.read > 0
    assert judge.asked == [(None, None, None)]


def test_what_is_wanted_reaches_the_comparison(run: _Runner, judge: _Judge, picture: Path) -> None:
    run("inspect", "--region", "10,20,9999,40", str(picture), "--product", "P", "--side", "s")
    assert judge.asked == [("P", "s", (10, 20, 1600, 40))]


def test_a_region_outside_the_photo_is_refused(run: _Runner, judge: _Judge, picture: Path) -> None:
    status, printed, said = run("inspect", str(picture), "--region", "1600,0,1700,5", "--json")
    assert (status, printed) == (1, "")
    assert "1600 × 1400" in said
    assert not judge.asked


def test_an_unknown_product_is_a_sentence(run: _Runner, judge: _Judge, picture: Path) -> None:
    status, printed, said = run("inspect", str(picture), "--product", "Nobody", "--json")
    assert (status, printed) == (1, "")
    assert "Nobody" in said
    assert judge.asked


@pytest.mark.usefixtures("judge")
def test_unreadable_photos_are_answers(run: _Runner, picture: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    files = [str(tmp_path / "missing.jpg"), str(tmp_path), str(broken), str(picture)]
    status, printed, _ = run("inspect", *files, "--json")
    assert status == 0
    parts = InspectDocument.model_validate_json(printed).inspections
    assert [part.photo.path for part in parts] == files
    assert [part.outcome for part in parts[:3]] == [Outcome.PHOTO_UNFIT] * 3
    assert [bool(part.photo.sha256) for part in parts] == [False, False, True, True]
    assert all(part.reason and part.comparison is None for part in parts[:3])
    assert parts[3].outcome is Outcome.DIFFERS


@pytest.mark.usefixtures("judge")
def test_out_has_a_picture_for_each_photo_and_the_document(
    run: _Runner, picture: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "out"
    other = tmp_path / "other"
    other.mkdir()
    twin = samples.saved(other, "SUSPECT.png")
    status, printed, _ = run("inspect", str(picture), str(twin), "--out", str(out), "--json")
    assert status == 0
    assert sorted(each.name.lower() for each in out.iterdir()) == [
        "inspections.json",
        "suspect-2.png",
        "suspect.png",
    ]
    assert (out / "inspections.json").read_text(encoding="utf-8") == printed
    with Image.open(out / "suspect.png") as sheet:
        assert sheet.width == 1800


@pytest.mark.usefixtures("judge")
@pytest.mark.skipif(os.name == "nt", reason="names are counted otherwise there")
def test_a_photo_with_the_longest_name_has_its_picture(
    run: _Runner, picture: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    names = ["罐" * 80 + ".png", "罐" * 80 + ".PNG", "x" * 255, "x" * 254]
    photos = [picture.with_name(name) for name in names]
    for photo in photos:
        photo.write_bytes(picture.read_bytes())
    status, printed, told = run("inspect", *map(str, photos), "--out", str(out), "--json")
    assert status == 0, told
    assert len(InspectDocument.model_validate_json(printed).inspections) == 4
    made = {each.name for each in out.iterdir()}
    assert {"罐" * 80 + ".png", "罐" * 80 + "-2.png", "x" * 251 + ".png"} <= made
    assert len(made) == 5


@pytest.mark.usefixtures("judge")
def test_a_picture_that_cannot_be_written_costs_only_itself(
    run: _Runner, picture: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "suspect.png" / "in the way").mkdir(parents=True)
    others = [samples.saved(tmp_path, f"{n}.png") for n in range(3)]
    status, printed, told = run(
        "inspect", *map(str, (picture, *others)), "--out", str(out), "--json", "--language", "en"
    )
    assert status == 1
    assert told.count("could not be written") == 1
    assert str(picture) in told
    assert len(InspectDocument.model_validate_json(printed).inspections) == 4
    assert (out / "inspections.json").is_file()
    assert {"0.png", "1.png", "2.png"} <= {each.name for each in out.iterdir()}
    assert not list(out.glob(".*"))


@pytest.mark.usefixtures("judge")
def test_people_read_outcome_reason_step_and_regions(run: _Runner, picture: Path) -> None:
    status, printed, _ = run("inspect", str(picture), "--language", "en")
    assert status == 0
    for part in ("Differs", "Next: Go through", "Aurora 100", "Fine features", "4.7"):
        assert part in printed


@pytest.mark.usefixtures("judge")
def test_search_prints_candidates(run: _Runner, picture: Path) -> None:
    printed = run("gallery", "search", str(picture), "--json")[1]
    document = SearchDocument.model_validate_json(printed)
    assert document.path == str(picture)
    assert [each.product for each in document.candidates] == ["Aurora 100"]
    assert "212" in run("gallery", "search", str(picture))[1]
    assert run("gallery", "search", "missing.jpg")[0] == 1


def test_a_mistake_of_ours_is_one_sentence_and_a_file(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    judge: _Judge,
    picture: Path,
    tmp_path: Path,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(judge, "inspect", fail)
    monkeypatch.setattr(desk_module.vision, "inspect", fail)
    monkeypatch.setattr(entry.platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    status = entry.main(["inspect", str(picture), "--workspace", str(tmp_path / "w")])
    said = capsys.readouterr().err
    assert status == 1
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said
    assert "ZeroDivisionError: ours" in (tmp_path / "log" / "errors.log").read_text()


def test_without_a_screen_the_window_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert entry.main(["--workspace", str(tmp_path / "w")]) == 1
    assert "screen" in capsys.readouterr().err


def _process(*arguments: str | bytes, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=_ROOT,
        capture_output=True,
        timeout=120,
        check=False,
        **more,  # type: ignore[call-overload]
    )


def test_read_in_a_process_prints_one_document_and_nothing_else(
    picture: Path, tmp_path: Path
) -> None:
    odd = os.fsencode(tmp_path) + b"/odd \xff \xe8\xaf\x95.png"
    try:
        with open(odd, "wb") as file:  # noqa: PTH123 - a name of bytes
            file.write(picture.read_bytes())
    except OSError:
        pytest.skip("this file system takes no such name")
    missing = str(tmp_path / "missing.jpg")
    done = _process("read", str(picture), odd, missing, str(tmp_path), "--json")
    assert done.returncode == 0
    rows = json.loads(done.stdout.decode("utf-8"))["files"]
    assert [row["ok"] for row in rows] == [True, True, False, False]
    assert os.fsencode(rows[1]["path"]) == odd
    assert rows[0]["sha256"] == rows[1]["sha256"]
    assert ReadDocument.model_validate(json.loads(done.stdout)).files[3].path == str(tmp_path)
    assert b"Traceback" not in done.stderr


_LOADED = """
import sys
import app.__main__ as entry
status = entry.main(sys.argv[1:])
heavy = {"torch", "torchvision", "timm", "openvino", "onnxruntime"}
heavy |= {"PySide6.QtWidgets", "PySide6.QtGui"}
print(status, sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "missing.jpg"]])
def test_light_commands_load_no_network_and_no_widgets(arguments: list[str]) -> None:
    script = [sys.executable, "-c", _LOADED, *arguments]
    done = subprocess.run(script, cwd=_ROOT, capture_output=True, timeout=120, check=True)
    assert done.stderr.decode().splitlines()[-1] == "0 []"
    assert done.stdout


_NOISY = """
import ctypes, os, sys
from app.commands import output
with output.answering("en") as out:
    print("python noise")
    os.write(1, b"descriptor noise\\n")
    ctypes.CDLL(None).puts(b"c noise")
    out.stream.write("result\\n")
print("after", file=sys.stdout)
"""


@pytest.mark.skipif(os.name == "nt", reason="the C library is found otherwise there")
def test_noise_of_libraries_never_reaches_stdout() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NOISY], cwd=_ROOT, capture_output=True, timeout=60, check=True
    )
    assert done.stdout.decode().splitlines() == ["result", "after"]
    for noise in (b"python noise", b"descriptor noise", b"c noise"):
        assert noise in done.stderr


def test_a_reader_who_goes_away_is_no_crash(picture: Path) -> None:
    many = [str(picture)] * 3
    with subprocess.Popen(
        [sys.executable, "-m", "app", "read", *many],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(timeout=60) == 1
    assert said == b""


_WAITING = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
from app.commands import output
import typer
cli = typer.Typer()
@cli.command()
def wait():
    with output.answering("en"):
        print("ready", flush=True)
        time.sleep(60)
cli()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_ends_with_a_word() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WAITING],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait(timeout=30) == 130
    assert said.strip() == "Stopped."
