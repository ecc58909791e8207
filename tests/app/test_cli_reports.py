"""The commands that report on many things at once: demo, evaluate, doctor."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from app import cli
from app.commands import demo as demo_command
from app.commands import desk, doctor
from app.commands import evaluate as evaluate_command
from app.demo import Suspect
from app.reports.evaluation import EvaluateDocument
from app.reports.housekeeping import CheckPart, DemoDocument, DoctorDocument, State
from tests.app import inspection_samples as samples
from vision import Inspection, Outcome, Photo
from vision.evaluate import Evaluation
from vision.figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store import Workspace


def _run(*arguments: str) -> tuple[int, str, str]:
    def never(_workspace: Path, *, demo: bool = False) -> int:
        raise AssertionError(f"no window was asked for, demo={demo}")

    result = CliRunner().invoke(cli.build(never), arguments, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


class _NoModel:
    version = "sha256:00"
    differ = None

    def __init__(self, *_: object, **__: object) -> None: ...


@pytest.fixture
def suspects(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two suspects, of which one is judged as expected."""
    expected = {"one.png": Outcome.DIFFERS, "two.png": Outcome.AGREES}

    def make(_workspace: Workspace) -> tuple[Suspect, ...]:
        return tuple(
            Suspect(samples.saved(tmp_path, name), outcome, "Aurora", "front", "", None)
            for name, outcome in expected.items()
        )

    def inspect(photo: Photo, _gallery: object, **_: object) -> Inspection:
        return samples.renamed(samples.inspection(Outcome.DIFFERS), photo.path)

    monkeypatch.setattr(demo_command, "make_demo", make)
    monkeypatch.setattr(desk, "Embedder", _NoModel)
    monkeypatch.setattr(desk.vision, "inspect", inspect)


@pytest.mark.usefixtures("suspects")
def test_demo_compares_with_what_is_expected_and_draws(tmp_path: Path) -> None:
    out = tmp_path / "out"
    where = ("--out", str(out), "--workspace", str(tmp_path / "w"))
    status, printed, _ = _run("demo", "--headless", "--json", *where)
    document = DemoDocument.model_validate_json(printed)
    assert status == 0
    assert document.right == 1
    assert [each.right for each in document.suspects] == [True, False]
    assert document.suspects[0].picture == str(out / "one.png")
    assert {each.name for each in out.iterdir()} == {"one.png", "two.png", "inspections.json"}
    status, printed, _ = _run("demo", "--headless", "--language", "en", *where)
    assert status == 0
    lines = printed.splitlines()
    assert lines[0] == "✓ one.png: Differs"
    assert lines[1] == "≠ two.png: Differs (expected: Agrees)"
    assert lines[-1].startswith("1 of 2 as expected.")


@pytest.fixture
def manifest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A table whose evaluation is at hand, without any figure that could be had."""
    table = tmp_path / "manifest.csv"
    table.write_text("file,role,product_id,label,region,notes\n", encoding="utf-8")

    def evaluate(
        manifest: Path,
        *,
        cache: Path,
        progress: Callable[[str, int, int], None],
        workers: int,
        propose_zones: bool,
    ) -> Evaluation:
        assert not propose_zones
        assert manifest == table
        assert cache.is_dir()
        progress("photos", 20, 20)
        nothing = figures_of([])
        separation = replace(nothing.separation, auroc=0.875, ci95=(0.8, 1.0), n_other=workers)
        retrieval = replace(nothing.retrieval, recall_at_1=0.5)
        some = replace(nothing, images=7, retrieval=retrieval, separation=separation)
        versions = {"model": "sha256:a", "gallery": "sha256:b", "thresholds": "sha256:c"}
        return Evaluation(overall=some, sets={"one": some}, products={}, versions=versions)

    monkeypatch.setattr(evaluate_command.vision, "evaluate", evaluate)
    return table


def test_evaluate_prints_every_key_of_the_contract(manifest: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "w")
    status, printed, said = _run("evaluate", str(manifest), "--json", "--workspace", folder)
    assert status == 0
    assert "photos: 20/20" in said
    document = json.loads(printed)
    assert set(document) == {"schema", "overall", "sets", "products", "versions"}
    figures = document["sets"]["one"]
    assert {name: set(figures[name]) for name in ("retrieval", "open_set", "separation")} == {
        "retrieval": {"recall_at_1", "recall_at_5", "n", "ci95"},
        "open_set": {"false_accept_rate", "n", "ci95"},
        "separation": {
            "auroc",
            "tpr_at_1pct_fpr",
            "tpr_at_5pct_fpr",
            "coverage",
            "auroc_covered",
            "n_genuine",
            "n_other",
            "alarmed",
            "found",
            "ci95",
            "by_kind",
        },
    }
    assert set(figures["localisation"]) == {
        "top_region_hit",
        "top3_region_hit",
        "region_recall",
        "false_regions_per_genuine_photo",
        "n",
        "ci95",
        "top3_ci95",
        "region_recall_ci95",
        "false_regions_ci95",
    }
    assert set(figures["paired"]) == {"win_rate", "n", "ci95"}
    assert set(figures["seconds_per_photo"]) == {"p50", "p95"}
    assert figures["separation"]["tpr_at_5pct_fpr"] is None
    assert figures["separation"]["ci95"] == [0.8, 1.0]
    assert figures["separation"]["n_other"] == 1  # workers, unless more are asked for
    assert EvaluateDocument.model_validate(document).overall.retrieval.recall_at_1 == 0.5


def test_evaluate_shows_a_table_to_people(manifest: Path, tmp_path: Path) -> None:
    printed = _run("evaluate", str(manifest), "--workspace", str(tmp_path / "w"))[1]
    assert "50.0%" in printed
    assert "–" in printed
    assert "0.875 (0.80–1.00)" in printed


def test_evaluate_passes_on_how_many_work_at_once(manifest: Path, tmp_path: Path) -> None:
    where = ("--workspace", str(tmp_path / "w"))
    printed = _run("evaluate", str(manifest), "--json", "--workers", "3", *where)[1]
    assert json.loads(printed)["overall"]["separation"]["n_other"] == 3
    status, printed, _ = _run("evaluate", str(manifest), "--workers", "0", *where)
    assert (status, printed) == (2, "")


def test_evaluate_without_a_table_is_a_sentence(tmp_path: Path) -> None:
    status, printed, said = _run("evaluate", str(tmp_path / "absent.csv"), "--json")
    assert (status, printed) == (1, "")
    assert "absent.csv" in said


def _probe_as(well: bool, said: str) -> Callable[..., tuple[bool, str]]:
    return lambda *_, **__: (well, said)


def _checks(tmp_path: Path) -> dict[str, CheckPart]:
    printed = _run("doctor", "--json", "--workspace", str(tmp_path / "w"))[1]
    return {part.name: part for part in DoctorDocument.model_validate_json(printed).checks}


def test_doctor_finds_a_whole_installation_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "_probe", _probe_as(well=True, said="fine"))
    checks = _checks(tmp_path)
    assert set(checks) == {
        "model",
        "openvino",
        "text",
        "window",
        "heif",
        "avif",
        "webp",
        "jpeg2000",
        "workspace",
        "free_space",
        "chinese",
    }
    assert [checks[name].state for name in ("model", "window", "heif", "webp", "workspace")] == [
        State.OK
    ] * 5
    assert not (tmp_path / "w").exists()


def test_doctor_says_what_is_missing_and_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "_probe", _probe_as(well=False, said="libEGL.so.1: not found"))
    monkeypatch.setattr(doctor, "TINY_PICTURES", {"HEIF": "AAAA"})
    monkeypatch.setattr(doctor, "chinese_font", lambda: None)
    checks = _checks(tmp_path)
    assert checks["model"].state is State.MISSING
    assert checks["openvino"].state is State.WARNING
    assert checks["text"].state is State.WARNING
    assert "rapidocr" in checks["text"].mend
    assert checks["window"].state is State.MISSING
    assert checks["window"].found == "libEGL.so.1: not found"
    assert "libegl1" in checks["window"].mend
    assert "pillow-heif" in checks["heif"].mend
    assert "fonts-noto-cjk" in checks["chinese"].mend
    status, printed, _ = _run("doctor", "--workspace", str(tmp_path / "w"), "--language", "en")
    assert status == 1
    assert "✗ Window: libEGL.so.1: not found" in printed


def test_doctor_takes_a_picture_of_the_wrong_colour_for_unread(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "_probe", _probe_as(well=True, said=""))
    monkeypatch.setattr(doctor, "COLOUR", (200, 20, 20))
    assert _checks(tmp_path)["webp"].state is State.WARNING


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the administrator may write everywhere",
)
def test_doctor_sees_a_folder_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "_probe", _probe_as(well=True, said=""))
    tmp_path.chmod(0o500)
    assert _checks(tmp_path)["workspace"].state is State.MISSING


def test_doctor_tells_of_a_disk_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "Q" / "ws"
    monkeypatch.setattr(doctor.Path, "is_dir", lambda _path: False)  # as of a drive of Windows
    for check in (doctor._workspace, doctor._free_space):
        part = check(missing)
        assert part.state is State.MISSING
        assert str(missing) in part.found


def test_doctor_tells_of_a_home_that_nobody_has(tmp_path: Path) -> None:
    for check in (doctor._workspace, doctor._free_space):
        assert check(Path("~nosuchuser/ws")).state is State.MISSING


def test_a_probe_tells_the_last_word_of_a_process() -> None:
    assert doctor._probe("print('a'); print('b')") == (True, "b")
    assert doctor._probe("import sys; sys.exit('no')") == (False, "no")
    assert doctor._probe("import os; os._exit(3)") == (False, "exit status 3")
    assert doctor._probe("import os; print(os.environ['X'])", X="y") == (True, "y")
